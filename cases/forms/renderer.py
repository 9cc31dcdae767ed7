"""Forms are drawn with our own templates: label, hint, error, input, in that order (design/brief.md 4.3)."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Looks templates up in settings.TEMPLATES, so that templates/django/forms/ may replace Django's widgets."""

    form_template_name = "components/form.html"
    field_template_name = "components/veld.html"
