"""How every form of ours is drawn: two templates, no markup in any app."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every form with ``ui/form.html`` and every field with ``ui/field.html``."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
