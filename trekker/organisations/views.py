"""The back office's screens about organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.kernel import merging
from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, AddRecord, EditRecord, Fact, RecordPage, form_screen, screen
from trekker.organisations import actions, forms
from trekker.organisations.models import MailDomain, Organisation, Standing

INDEX = "organisation:index"
PAGE = "organisation:inspect"


def state(organisation: Organisation) -> str:
    """Say in a word or two whether it still works."""
    if organisation.merged_on:
        return f"gefuseerd op {organisation.merged_on:%d/%m/%Y}"
    if organisation.is_closed:
        return f"gestopt op {organisation.closed_on:%d/%m/%Y}" if organisation.closed_on else "gestopt"
    return "actief"


def counted_for(organisation: Organisation) -> str:
    """Name what it counts for today, when that is another."""
    now = organisation.standings_now[0].counted  # type: ignore[attr-defined]
    return "" if now == organisation else now.name


class OrganisationList(Listing):
    """All organisations, to search, filter, sort and download."""

    base_filters = forms.OrganisationFilters
    download_permission = Permission.PEOPLE_EXPORT
    default_ordering = "name"
    is_searchable = True
    fields = (
        Field("naam", lambda each: each.name, "name"),
        Field("soort", lambda each: each.get_kind_display(), "kind"),
        Field("provincie", lambda each: each.province, "province", on_phone=False),
        Field("gewest", lambda each: each.get_region_display(), on_screen=False),
        Field("telt voor", counted_for, on_phone=False),
        Field("stand", state),
        Field("NIS-code", lambda each: each.nis_code, on_screen=False),
        Field("KBO-nummer", lambda each: each.kbo_number, on_screen=False),
        Field("OVO-code", lambda each: each.ovo_code, on_screen=False),
        Field("postcode", lambda each: each.postal_code, on_screen=False),
        Field("plaats", lambda each: each.locality, on_screen=False),
        Field("website", lambda each: each.website, on_screen=False),
        Field(
            "maildomeinen", lambda each: ", ".join(d.domain for d in each.mail_domains.all()), on_screen=False
        ),
    )

    def prepare(self, rows: QuerySet, today: Any) -> QuerySet:
        """Load what each counts for today, and its mail domains."""
        standings = Standing.objects.on(today).select_related("counted")
        domains = MailDomain.objects.order_by("domain")
        return rows.prefetch_related(
            Prefetch("standings", standings, to_attr="standings_now"), Prefetch("mail_domains", domains)
        )

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in name, place, number or mail domain."""
        return queryset.matching(self.search_query) if self.is_searching else queryset


class OrganisationPage(RecordPage):
    """One organisation with all that is known of it."""

    template_name = "organisations/organisation.html"
    acts = (
        Act("Verbeter", "organisation:edit", Permission.ORGANISATIONS_CHANGE),
        Act("Dubbel?", "organisations:double", Permission.ORGANISATIONS_CHANGE, "copy"),
        Act("Geschiedenis", "organisation:history", Permission.ORGANISATIONS_CHANGE, "history"),
    )

    def facts(self) -> list[Fact]:
        """Give where it lies, how it is known, and since when."""
        it = self.object
        place = " ".join(filter(None, [it.postal_code, it.locality]))
        return [
            Fact("Rechtsvorm", it.legal_form),
            Fact("Plaats", place),
            Fact("Provincie", it.province),
            Fact("Gewest", it.get_region_display()),
            Fact("Website", it.website, it.website),
            Fact(
                "Maildomeinen", ", ".join(it.mail_domains.order_by("domain").values_list("domain", flat=True))
            ),
            Fact("Inwoners (schatting)", it.population),
            Fact("NIS-code", it.nis_code),
            Fact("KBO-nummer", it.kbo_number),
            Fact("OVO-code", it.ovo_code),
            Fact("Opgericht op", it.founded_on and f"{it.founded_on:%d/%m/%Y}"),
            Fact("Notitie", it.note),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what it counts for, through time."""
        return super().get_context_data(**kwargs) | {"state": state(self.object)}


class _Facts:
    """Mixin: what the form of an organisation gives to the action."""

    refusals: Mapping[type[Exception], str] = {actions.CountsInCircle: "counts_as"}

    def sentence(self, refused: Exception) -> str:
        """Name the circle."""
        return f"Zo telt een organisatie voor zichzelf mee: {refused}. Kies een andere."

    def _given(self) -> tuple[dict[str, Any], list[str]]:
        facts = dict(self.form.cleaned_data)  # type: ignore[attr-defined]
        return facts, facts.pop("mail_domains")


class AddOrganisation(_Facts, AddRecord):
    """Adds a partner, or another organisation that the register does not have."""

    success_message = "%(object)s is toegevoegd."

    def save_instance(self) -> Organisation:
        """Add it by the action."""
        facts, domains = self._given()
        return actions.add_organisation(
            **facts, mail_domains=domains, by=self.request.user, now=timezone.now()
        )


class EditOrganisation(_Facts, EditRecord):
    """Corrects an organisation."""

    success_message = "%(object)s is bewaard."

    def save_instance(self) -> Organisation:
        """Correct it by the action."""
        facts, domains = self._given()
        return actions.correct_organisation(
            organisation=self.object,
            facts=facts,
            mail_domains=domains,
            by=self.request.user,
            now=timezone.now(),
        )


def _trail(organisation: Organisation) -> list[tuple[str, str]]:
    return [(reverse(INDEX), "Organisaties"), (reverse(PAGE, args=[organisation.pk]), organisation.name)]


@access(Permission.ORGANISATIONS_CHANGE)
@require_http_methods(["GET", "POST"])
def double(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which other record is the same organisation."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    form = forms.ChooseDouble(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        if other != organisation:
            return redirect("organisations:merge", organisation.pk, other.pk)
        form.add_error("other", "Kies een andere organisatie dan deze zelf.")
    return form_screen(
        request,
        form,
        title="Dubbel?",
        submit="Vergelijk",
        trail=_trail(organisation),
        icon="copy",
        intro=f"Staat {organisation.name} er twee keer in? Kies de andere. "
        "Daarna zie je eerst wat er verandert. Fuseerden twee besturen? Vul dan de fusie in bij Verbeter.",
    )


def _merged(request: HttpRequest, kept: Organisation, dropped: Organisation) -> HttpResponse:
    try:
        kept = actions.merge_organisations(kept=kept, dropped=dropped, by=request.user, now=timezone.now())
    except actions.NoLongerThere:
        messages.error(request, "Een van beide is intussen samengevoegd. Er is niets veranderd.")
        return redirect(INDEX)
    except actions.CountsInCircle as circle:
        messages.error(
            request,
            f"Zo telt een organisatie voor zichzelf mee: {circle}. Verbeter eerst voor wie ze telt.",
        )
    else:
        messages.success(request, f"Samengevoegd. {kept.name} heeft nu alles van beide.")
    return redirect(PAGE, kept.pk)


@access(Permission.ORGANISATIONS_CHANGE)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Show what merging two records would do, and do it once confirmed."""
    visible = Organisation.objects.visible_to(request.user)
    kept, dropped = get_object_or_404(visible, pk=pk), get_object_or_404(visible, pk=other)
    if request.method == "POST" and kept != dropped:
        return _merged(request, kept, dropped)
    return screen(
        request,
        "kernel/merge.html",
        title="Voeg samen",
        trail=_trail(kept),
        icon="copy",
        context={
            "kept": kept,
            "dropped": dropped,
            "swap": reverse("organisations:merge", args=[other, pk]),
            "differences": merging.differences(kept, dropped),
            "moving": merging.preview(dropped, without={Standing}),
        },
    )
