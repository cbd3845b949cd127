"""The forms and filters of the back office for organisations."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from trekker.kernel.access import Permission
from trekker.kernel.choosing import RecordChooser
from trekker.organisations.models import Organisation
from trekker.organisations.queries import provinces


class OrganisationChooserViewSet(RecordChooser):
    """Chooses an organisation."""

    model = Organisation
    view_permission = Permission.ORGANISATIONS_VIEW
    icon = "globe"
    choose_one_text = "Kies een organisatie"


chooser = OrganisationChooserViewSet("organisation_chooser", url_prefix="organisaties/kies")
OrganisationChooser = chooser.widget_class


class OrganisationForm(WagtailAdminModelForm):
    """What people may write about an organisation."""

    mail_domains = forms.CharField(
        label="Maildomeinen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Eén per regel, bijvoorbeeld hasselt.be. Ze stellen bij het inlezen deze organisatie voor.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the mail domains of the organisation."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            domains = self.instance.mail_domains.order_by("domain").values_list("domain", flat=True)
            self.fields["mail_domains"].initial = "\n".join(domains)

    def clean_mail_domains(self) -> list[str]:
        """Read one domain a line."""
        return self.cleaned_data["mail_domains"].split()

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself."""
        cleaned = super().clean()
        if bool(cleaned.get("merged_into")) != bool(cleaned.get("merged_on")):
            self.add_error("merged_on", "Vul bij een fusie beide in: tot wie, en op welke dag.")
        if cleaned.get("closed_on") and not cleaned.get("is_closed"):
            self.add_error("is_closed", "Vink dit aan als er een dag staat waarop de organisatie stopte.")
        for name in ("counts_as", "merged_into"):
            if self.instance.pk and cleaned.get(name) == self.instance:
                self.add_error(name, "Kies een andere organisatie dan deze zelf.")
        return cleaned


PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("legal_form")]),
                FieldPanel("website"),
                FieldPanel("mail_domains"),
                FieldPanel("note"),
            ],
            heading="Wie",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("region"), FieldPanel("province")]),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("locality")]),
                FieldPanel("population"),
            ],
            heading="Waar",
        ),
        MultiFieldPanel(
            [
                FieldPanel("counts_as", widget=OrganisationChooser),
                FieldRowPanel(
                    [FieldPanel("merged_into", widget=OrganisationChooser), FieldPanel("merged_on")]
                ),
            ],
            heading="Waarvoor ze meetelt",
        ),
        MultiFieldPanel(
            [FieldPanel("founded_on"), FieldRowPanel([FieldPanel("is_closed"), FieldPanel("closed_on")])],
            heading="Begin en einde",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("nis_code"), FieldPanel("kbo_number"), FieldPanel("ovo_code")])],
            heading="Nummers",
        ),
    ],
    base_form_class=OrganisationForm,
)


class OrganisationFilters(WagtailFilterSet):
    """How to narrow the list of organisations."""

    kind = django_filters.MultipleChoiceFilter(
        label="Soort", choices=Organisation.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    province = django_filters.MultipleChoiceFilter(
        label="Provincie", choices=provinces, widget=forms.CheckboxSelectMultiple
    )
    region = django_filters.MultipleChoiceFilter(
        label="Gewest", choices=Organisation.Region.choices, widget=forms.CheckboxSelectMultiple
    )
    active = django_filters.ChoiceFilter(
        label="Actief",
        choices=[("ja", "actief"), ("nee", "gestopt of gefuseerd")],
        method="narrow_to_active",
        widget=forms.RadioSelect,
        empty_label="alle",
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    def narrow_to_active(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep who is active today, or who is not."""
        active = Organisation.objects.active_on(timezone.localdate()).values("pk")
        return rows.filter(pk__in=active) if value == "ja" else rows.exclude(pk__in=active)


class ChooseDouble(forms.Form):
    """Asks for the other record of the same organisation."""

    other = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Welke organisatie is dezelfde?",
        widget=OrganisationChooser,
        error_messages={"required": "Kies een organisatie."},
    )
