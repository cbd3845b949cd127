"""The forms and filters of the back office for mails."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList

from trekker.mail.models import Message
from trekker.mail.queries import kind_choices, topic_of
from trekker.mail.registry import Kind, unknown_placeholders

SENDER_PANELS = ObjectList(
    [FieldPanel(name) for name in ("name", "address", "reply_to", "signature", "is_default")]
)


class MessageFilters(WagtailFilterSet):
    """How to narrow the outbox."""

    status = django_filters.MultipleChoiceFilter(
        label="Stand", choices=Message.Status.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label="Soort", choices=kind_choices, empty_label="alle")
    topic = django_filters.CharFilter(
        label="Gaat over", help_text="Bijvoorbeeld: activiteit 12.", method="narrow_to_topic"
    )
    returned = django_filters.ChoiceFilter(
        label="Teruggekomen",
        choices=[("ja", "ja"), ("nee", "nee")],
        method="narrow_to_returned",
        widget=forms.RadioSelect,
        empty_label="alle",
    )
    due_at = django_filters.DateFromToRangeFilter(label="Vertrekt", widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields: list[str] = []

    def narrow_to_topic(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep those about one thing, typed in words or as it is kept."""
        return rows.filter(topic=topic_of(value))

    def narrow_to_returned(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep those that came back, or did not."""
        return rows.filter(bounced_at__isnull=value == "nee")


class Confirm(forms.Form):
    """Asks nothing but to go on."""


class WordingForm(forms.Form):
    """Asks the subject and text of one kind of mail."""

    subject = forms.CharField(
        label="Onderwerp", max_length=150, error_messages={"required": "Vul een onderwerp in."}
    )
    text = forms.CharField(
        label="Tekst",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Een lege regel begint een nieuwe alinea. Met **sterretjes** staat iets vet.",
        error_messages={"required": "Vul een tekst in."},
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        """Remember of which kind the text is."""
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_subject(self) -> str:
        """Refuse a placeholder that this kind does not have."""
        return self._known(self.cleaned_data["subject"])

    def clean_text(self) -> str:
        """Refuse a placeholder that this kind does not have."""
        return self._known(self.cleaned_data["text"])

    def _known(self, text: str) -> str:
        unknown = unknown_placeholders(self.kind, text)
        if unknown:
            raise forms.ValidationError(
                f"[{unknown[0]}] bestaat niet bij deze mail. Kies een invulwoord uit de lijst."
            )
        return text
