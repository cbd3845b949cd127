"""The back office's screens about channels and memberships."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, AddRecord, EditRecord, Fact, RecordPage, form_screen
from trekker.network import actions, forms
from trekker.network.models import Channel, Membership
from trekker.network.queries import with_members_now
from trekker.people.models import Person
from trekker.people.queries import places_on

PERSON = "person:inspect"
COVERED = "In die periode is er al een lidmaatschap van dit kanaal. Verbeter dat eerst."
TOO_EARLY = "Het einde mag niet voor het begin liggen."


class ChannelList(Listing):
    """All channels."""

    download_permission = Permission.PEOPLE_EXPORT
    default_ordering = "name"
    is_searchable = False
    fields = (
        Field("naam", lambda each: each.name, "name"),
        Field("soort", lambda each: each.get_kind_display(), "kind"),
        Field("leden nu", lambda each: each.members_now, "members_now"),
        Field(
            "maakt lid van het netwerk", lambda each: "ja" if each.makes_members else "nee", on_phone=False
        ),
    )

    def prepare(self, rows: QuerySet, today: date) -> QuerySet:
        """Count who is on each today."""
        return with_members_now(rows, today)


class ChannelPage(RecordPage):
    """One channel."""

    acts = (
        Act("Verbeter", "channel:edit", Permission.PEOPLE_CHANGE),
        Act("Geschiedenis", "channel:history", Permission.PEOPLE_CHANGE, "history"),
    )

    def facts(self) -> list[Fact]:
        """Give what it is and how many are on it."""
        it: Any = with_members_now(Channel.objects.filter(pk=self.object.pk), timezone.localdate()).get()
        members = f"{reverse('membership:index')}?channel={it.pk}&state=loopt"
        return [
            Fact("Soort", it.get_kind_display()),
            Fact("Leden nu", f"{it.members_now}", members),
            Fact("Maakt lid van het netwerk", "ja" if it.makes_members else "nee"),
            Fact("Woorden in een plan", it.words),
            Fact("Code in meetlijnen", it.code),
        ]


class AddChannel(AddRecord):
    """Adds a channel."""

    success_message = "%(object)s is toegevoegd."


class EditChannel(EditRecord):
    """Corrects a channel."""

    success_message = "%(object)s is bewaard."


class MembershipList(Listing):
    """All memberships, with a filter for who was a member on a day."""

    base_filters = forms.MembershipFilters
    download_permission = Permission.PEOPLE_EXPORT
    default_ordering = ("person__last_name", "person__first_name", "pk")
    is_searchable = True
    fields = (
        Field("persoon", lambda each: str(each.person), "person__last_name"),
        Field("mailadres", lambda each: each.person.email or "", on_screen=False),
        Field("kanaal", lambda each: each.channel.name, "channel__name"),
        Field(
            "organisatie nu",
            lambda each: ", ".join(p.organisation.name for p in each.person.places_now),
            on_phone=False,
        ),
        Field("van", lambda each: each.from_on, "from_on"),
        Field("tot", lambda each: each.until_on, "until_on"),
        Field("reden van einde", lambda each: each.get_ended_because_display(), on_phone=False),
        Field("herkomst", lambda each: each.source, on_screen=False),
        Field("toestemming", lambda each: each.consent_text, on_screen=False),
        Field("moment van toestemming", lambda each: each.consent_at, on_screen=False),
    )

    def prepare(self, rows: QuerySet, today: date) -> QuerySet:
        """Load the person, where they work today, and the channel."""
        at_work = Prefetch("person__positions", places_on(today), to_attr="places_now")
        return rows.select_related("person", "channel").prefetch_related(at_work)

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in name, address or organisation of the person."""
        if not self.is_searching:
            return queryset
        return queryset.filter(person__in=Person.objects.matching(self.search_query).values("pk"))

    def get_inspect_url(self, instance: Model) -> str:
        """Lead to the page of the person."""
        return reverse(PERSON, args=[instance.person_id])  # type: ignore[attr-defined]


def _trail(person: Person) -> list[tuple[str, str]]:
    return [(reverse("person:index"), "Personen"), (reverse(PERSON, args=[person.pk]), str(person))]


@access(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a person on a channel."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    form = forms.StartForm(request.POST or None, initial={"from_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.start_membership(person=person, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.AlreadyMember:
            form.add_error("channel", COVERED)
        else:
            messages.success(request, "Het lidmaatschap is gestart.")
            return redirect(PERSON, person.pk)
    return form_screen(request, form, title="Start een lidmaatschap", submit="Start", trail=_trail(person))


@access(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership on a day, with a reason."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).open(), pk=pk)
    form = forms.EndForm(request.POST or None, initial={"until_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_membership(
                membership=membership, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except actions.EndsBeforeStart:
            form.add_error("until_on", TOO_EARLY)
        else:
            messages.success(request, "Het lidmaatschap is beëindigd.")
            return redirect(PERSON, membership.person_id)
    return form_screen(
        request,
        form,
        title="Beëindig een lidmaatschap",
        submit="Beëindig",
        trail=_trail(membership.person),
        intro=f"{membership.person} verlaat {membership.channel}.",
    )


@access(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the facts of a membership."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user), pk=pk)
    known = {name: getattr(membership, name, "") for name in forms.CorrectForm.base_fields}
    form = forms.CorrectForm(request.POST or None, initial=known | {"because": membership.ended_because})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_membership(
                membership=membership, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except actions.EndsBeforeStart:
            form.add_error("until_on", TOO_EARLY)
        except actions.AlreadyMember:
            form.add_error("from_on", COVERED)
        else:
            messages.success(request, "Het lidmaatschap is bewaard.")
            return redirect(PERSON, membership.person_id)
    title = f"Verbeter het lidmaatschap van {membership.channel}"
    return form_screen(request, form, title=title, submit="Bewaar", trail=_trail(membership.person))
