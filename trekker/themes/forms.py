"""The forms of the back office for themes and audiences."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList

from trekker.themes.models import Theme


class TermForm(WagtailAdminModelForm):
    """What staff may write about a word of a shared list; a code that was given stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fix the code once it is given, and say in our words what is missing."""
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = "Vul een naam in."
        code = self.fields["code"]
        code.error_messages["required"] = "Vul een code in, zoals digitale-inclusie."
        code.error_messages["invalid"] = "Gebruik in de code enkel letters, cijfers en streepjes."
        code.help_text = "Meetlijnen kennen het woord aan deze code. Daarna ligt ze vast."
        if self.instance.pk:
            code.disabled = True
            code.help_text = "Meetlijnen kennen het woord aan deze code. Ze ligt vast."


class ThemeForm(TermForm):
    """What staff may write about a theme; it is part of a wider one, one level deep."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer only themes that are wide themselves."""
        super().__init__(*args, **kwargs)
        wide = Theme.objects.filter(part_of=None).exclude(pk=self.instance.pk)
        self.fields["part_of"].queryset = wide

    def clean_part_of(self) -> Theme | None:
        """Keep a theme that has parts at the top."""
        wider = self.cleaned_data["part_of"]
        if wider and self.instance.pk and self.instance.parts.exists():
            raise forms.ValidationError("Dit thema heeft zelf delen. Het kan geen deel zijn van een ander.")
        return wider


FIELDS = [FieldPanel("name"), FieldPanel("code"), FieldPanel("words")]
THEME_PANELS = ObjectList([*FIELDS, FieldPanel("part_of")], base_form_class=ThemeForm)
AUDIENCE_PANELS = ObjectList(FIELDS, base_form_class=TermForm)
