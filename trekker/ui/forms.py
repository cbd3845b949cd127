"""How every form of ours is drawn: two templates, no markup in any app; and a field that Django lacks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from trekker.kernel.numbers import LONGEST_NUMBER


class Renderer(TemplatesSetting):
    """Draws every form with ``ui/form.html`` and every field with ``ui/field.html``."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class SeveralField(forms.ModelMultipleChoiceField):
    """Asks which records; a number that no database can hold is no choice, as any other that is not there."""

    def clean(self, value: Any) -> Any:
        """
        Give the chosen records.

        :raises ValidationError: if one is not offered
        """
        for each in value if isinstance(value, list | tuple) else ():
            if len(str(each)) > LONGEST_NUMBER:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(each)[:LONGEST_NUMBER]},
                )
        return super().clean(value)
