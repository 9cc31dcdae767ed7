"""Around the content of every page: its `form` carries a key, and gets back what its writer typed before."""

from typing import Any

from django import template
from django.forms import BaseForm
from django.template.context import Context
from django.template.loader import render_to_string

from cases.forms import typed
from cases.forms.basis import Basis

register = template.Library()


class GetyptNode(template.Node):
    """Draws the content, with a notice above it when a form in it was filled with text from before."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        form, page = context.get("form"), context.get("getypt")
        if page is None or not isinstance(form, Basis):
            return self.nodelist.render(context)
        notice = self._put_back(form, page)
        widget = typed.carry(form, page.name, page.key)
        content = self.nodelist.render(context)
        if notice and widget.drawn:
            values = {**notice, "naam": page.name, "sleutel": page.key, "csrf_token": context["csrf_token"]}
            content = render_to_string("components/getypt.html", values) + content
        return content

    @staticmethod
    def _put_back(form: BaseForm, page: Any) -> dict[str, Any]:
        """What the notice says; nothing when nothing was typed, or when the form was sent and shows its own text."""
        kept = None if form.is_bound else page.kept
        if kept is None or not typed.differs(form, kept.as_typed()):
            return {}
        notice = {"wanneer": kept.typed_at, "ouder": typed.built_on_older(form, kept.as_typed())}
        typed.put_back(form, kept.as_typed())
        return notice


@register.tag
def getypt(parser: template.base.Parser, token: template.base.Token) -> GetyptNode:
    """{% getypt %}content{% endgetypt %}"""
    nodelist = parser.parse(("endgetypt",))
    parser.delete_first_token()
    return GetyptNode(nodelist)
