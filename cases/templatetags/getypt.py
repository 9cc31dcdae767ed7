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
        earlier, notice = self._put_back(form, page)
        key = page.key(earlier, typed.labels_of(form))
        widget = typed.carry(form, page.name, key)
        content = self.nodelist.render(context)
        if notice and widget.drawn:
            values = {**notice, "naam": page.name, "sleutel": key, "csrf_token": context["csrf_token"]}
            content = render_to_string("components/getypt.html", values) + content
        return content

    @staticmethod
    def _put_back(form: BaseForm, page: Any) -> tuple[Any, dict[str, Any]]:
        """The text that stands in the fields again, with what the notice says; nothing when nothing was typed, or when the
        form was sent and shows its own text. What was typed in other windows is shown beside it."""
        rows = [] if form.is_bound else [row for row in page.kept if typed.differs(form, row.as_typed())]
        if not rows:
            return None, {}
        row, *others = rows
        here = row.as_typed()
        elsewhere = [
            typed.OtherWindow(other.typed_at, fields, page.key_to_throw_away(other))
            for other in others
            if (fields := typed.beside(form, here, other.as_typed()))
        ]
        notice = {"wanneer": row.typed_at, "ouder": typed.built_on_older(form, here), "elders": elsewhere}
        typed.put_back(form, here)
        return row, notice


@register.tag
def getypt(parser: template.base.Parser, token: template.base.Token) -> GetyptNode:
    """{% getypt %}content{% endgetypt %}"""
    nodelist = parser.parse(("endgetypt",))
    parser.delete_first_token()
    return GetyptNode(nodelist)
