"""The forms and filters of the back office for channels and memberships."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from trekker.network.models import Channel, Membership, MembershipQuerySet

END_CHOICES = [
    choice
    for choice in Membership.End.choices
    if choice[0] != Membership.End.ERASED  # only erasing gives that reason
]


class ChannelForm(WagtailAdminModelForm):
    """What people may write about a channel; its code is fixed once given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lock the code of a channel that exists: lines of plans name it."""
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = bool(self.instance.pk)


CHANNEL_PANELS = ObjectList(
    [FieldPanel(name) for name in ("name", "code", "kind", "makes_members", "words")],
    base_form_class=ChannelForm,
)


class MembershipFilters(WagtailFilterSet):
    """How to narrow the list of memberships."""

    channel = django_filters.ModelMultipleChoiceFilter(
        label="Kanaal", queryset=Channel.objects.order_by("name"), widget=forms.CheckboxSelectMultiple
    )
    day = django_filters.DateFilter(
        label="Op datum", method="narrow_to_day", widget=AdminDateInput, help_text="Wie die dag lid was."
    )
    state = django_filters.ChoiceFilter(
        label="Stand",
        choices=[("loopt", "loopt"), ("gestopt", "gestopt")],
        method="narrow_to_state",
        widget=forms.RadioSelect,
        empty_label="alle",
    )
    because = django_filters.MultipleChoiceFilter(
        label="Reden van einde",
        field_name="ended_because",
        choices=Membership.End.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Membership
        fields: list[str] = []

    def narrow_to_day(self, rows: MembershipQuerySet, _name: str, day: Any) -> QuerySet:
        """Keep who was a member on the day."""
        return rows.active_on(day)

    def narrow_to_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep those without an end, or with one."""
        return rows.filter(until_on__isnull=value == "loopt")


class _Origin(forms.Form):
    """Asks since when someone is on a channel, from where, and the consent."""

    from_on = forms.DateField(
        label="Van", widget=AdminDateInput, error_messages={"required": "Vul een dag in."}
    )
    source = forms.CharField(
        label="Herkomst",
        max_length=200,
        help_text="Bijvoorbeeld: telefoon, studiedag, mail.",
        error_messages={"required": "Zeg waar dit lidmaatschap vandaan komt."},
    )
    consent_text = forms.CharField(
        label="Tekst van de toestemming", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    consent_at = forms.DateTimeField(
        label="Moment van de toestemming", required=False, widget=AdminDateTimeInput
    )


class StartForm(_Origin):
    """Asks what channel someone comes on, since when, from where, and the consent."""

    field_order = ("channel",)
    channel = forms.ModelChoiceField(
        Channel.objects.order_by("name"), label="Kanaal", error_messages={"required": "Kies een kanaal."}
    )


class EndForm(forms.Form):
    """Asks the first day without a membership, and why it ends."""

    until_on = forms.DateField(
        label="Tot",
        widget=AdminDateInput,
        help_text="De eerste dag zonder lidmaatschap.",
        error_messages={"required": "Vul een dag in."},
    )
    because = forms.ChoiceField(label="Reden", choices=END_CHOICES)


class CorrectForm(_Origin):
    """Asks the right facts of a membership."""

    field_order = ("from_on", "until_on", "because")
    until_on = forms.DateField(
        label="Tot",
        required=False,
        widget=AdminDateInput,
        help_text="De eerste dag zonder lidmaatschap. Leeg: het loopt.",
    )
    because = forms.ChoiceField(label="Reden van einde", choices=[("", "–"), *END_CHOICES], required=False)

    def clean(self) -> dict[str, Any]:
        """Ask a reason with an end."""
        cleaned = super().clean() or {}
        if cleaned.get("until_on") and not cleaned.get("because"):
            self.add_error("because", "Kies waarom het lidmaatschap eindigt.")
        return cleaned
