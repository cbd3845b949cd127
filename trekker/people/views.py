"""The back office's screens about persons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.widgets.button import Button
from wagtail.users.views import bulk_actions, users

from trekker.kernel import audit, merging, privacy
from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, AddRecord, EditRecord, Fact, RecordPage, form_screen, screen
from trekker.people import actions, forms
from trekker.people.models import Account, Person
from trekker.people.queries import places_on, possible_doubles

INDEX = "person:index"
PAGE = "person:inspect"
OUT_OF_ORDER = "De laatste dag moet na de eerste komen."


class PersonList(Listing):
    """All persons, to search, filter, sort and download."""

    base_filters = forms.PersonFilters
    download_permission = Permission.PEOPLE_EXPORT
    default_ordering = ("last_name", "first_name", "pk")
    is_searchable = True
    fields = (
        Field("naam", str, "last_name"),
        Field("voornaam", lambda each: each.first_name, on_screen=False),
        Field("achternaam", lambda each: each.last_name, on_screen=False),
        Field("mailadres", lambda each: each.email or "", "email", on_phone=False),
        Field("telefoon", lambda each: each.phone, on_screen=False),
        Field("organisatie", lambda each: ", ".join(place.organisation.name for place in each.places_now)),
        Field(
            "functie",
            lambda each: ", ".join(filter(None, (p.function for p in each.places_now))),
            on_screen=False,
        ),
        Field("mail onbestelbaar sinds", lambda each: each.bounced_on, on_screen=False),
    )

    def prepare(self, rows: QuerySet, today: date) -> QuerySet:
        """Load where each works today."""
        return rows.prefetch_related(Prefetch("positions", places_on(today), to_attr="places_now"))

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in name, address or organisation."""
        return queryset.matching(self.search_query) if self.is_searching else queryset

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the possible doubles as well."""
        doubles = Button("Mogelijk dubbel", url=reverse_lazy("people:doubles"), icon_name="copy", priority=10)
        return [*super().header_more_buttons, doubles]


class PersonPage(RecordPage):
    """One person with all that is known of them."""

    template_name = "people/person.html"
    acts = (
        Act("Verbeter", "person:edit", Permission.PEOPLE_CHANGE),
        Act("Dubbel?", "people:double", Permission.PEOPLE_CHANGE, "copy"),
        Act("Wis", "people:erase", Permission.PEOPLE_ERASE, "bin"),
    )

    def facts(self) -> list[Fact]:
        """Give how to reach them."""
        it = self.object
        others = it.aliases.order_by("email").values_list("email", flat=True)
        return [
            Fact("Mailadres", it.email, f"mailto:{it.email}"),
            Fact("Andere mailadressen", "\n".join(others)),
            Fact("Telefoon", it.phone),
            Fact("Mail onbestelbaar sinds", it.bounced_on and f"{it.bounced_on:%d/%m/%Y}"),
            Fact("Notitie", it.note),
        ]


class _Facts:
    """Mixin: what the form of a person gives to the action."""

    refusals: Mapping[type[Exception], str] = {actions.AddressTaken: "email"}

    def sentence(self, refused: Exception) -> str:
        """Say whose address it is."""
        taken = refused.person  # type: ignore[attr-defined]
        return f"{refused} is al van {taken}. Open die persoon, of voeg beide samen."


class AddPerson(_Facts, AddRecord):
    """Adds a person."""

    success_message = "%(object)s is toegevoegd."

    def save_instance(self) -> Person:
        """Add them by the action."""
        return actions.add_person(**self.form.cleaned_data, by=self.request.user, now=timezone.now())


class EditPerson(_Facts, EditRecord):
    """Corrects a person."""

    success_message = "%(object)s is bewaard."

    def save_instance(self) -> Person:
        """Correct them by the action."""
        facts = dict(self.form.cleaned_data)
        aliases = facts.pop("aliases")
        return actions.correct_person(
            person=self.object, facts=facts, aliases=aliases, by=self.request.user, now=timezone.now()
        )


class AccountList(users.IndexView):
    """All accounts that the reader may change."""

    def get_base_queryset(self) -> QuerySet:
        """Leave out superusers for who is none."""
        changeable = Account.objects.changeable_by(self.request.user)
        return super().get_base_queryset().filter(pk__in=changeable)


class _Changeable:
    """Mixin: an account that the reader may not change is not there."""

    def get_object(self, *args: Any, **kwargs: Any) -> Account:
        """Give the account, or 404."""
        account = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not Account.objects.changeable_by(self.request.user).filter(pk=account.pk).exists():  # type: ignore[attr-defined]
            raise Http404
        return account


class EditAccount(_Changeable, users.EditView):
    """Changes an account."""


class DeleteAccount(_Changeable, users.DeleteView):
    """Deletes an account."""

    def delete_action(self) -> None:
        """Delete it, and forget its name in the log."""
        pk = self.object.pk
        super().delete_action()
        audit.forget(Account(pk=pk))


class AccountHistory(_Changeable, users.HistoryView):
    """What was done with an account."""


class AccountUsage(_Changeable, UsageView):
    """Where an account is used."""


class _Several:
    """Mixin: of several accounts, those that the reader may not change are not there."""

    def get_actionable_objects(self) -> tuple[list[Account], dict[str, list[Account]]]:
        """Leave them out."""
        chosen, refused = super().get_actionable_objects()  # type: ignore[misc]
        changeable = set(Account.objects.changeable_by(self.request.user))  # type: ignore[attr-defined]
        return [each for each in chosen if each in changeable], {
            why: [each for each in accounts if each in changeable] for why, accounts in refused.items()
        }


class AssignRole(_Several, bulk_actions.AssignRoleBulkAction):
    """Gives several accounts a role."""


class SetActive(_Several, bulk_actions.SetActiveStateBulkAction):
    """Opens or closes several accounts."""


class DeleteAccounts(_Several, bulk_actions.DeleteBulkAction):
    """Deletes several accounts."""

    @classmethod
    def execute_action(cls, objects: list[Account], **kwargs: Any) -> tuple[int, int]:
        """Delete them, and forget their names in the log."""
        done: tuple[int, int] = super().execute_action(objects, **kwargs)
        for account in objects:
            audit.forget(account)
        return done


def visible(request: HttpRequest, pk: int) -> Person:
    """Give a person this reader may see, or 404."""
    return get_object_or_404(Person.objects.visible_to(request.user), pk=pk)


def trail(person: Person) -> list[tuple[str, str]]:
    """Lead back to the list and the person."""
    return [(reverse(INDEX), "Personen"), (reverse(PAGE, args=[person.pk]), str(person))]


@access(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "POST"])
def add_position(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask where a person works, and since when."""
    person = visible(request, pk)
    form = forms.PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_position(person=person, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.PositionOutOfOrder:
            form.add_error("until_on", OUT_OF_ORDER)
        else:
            messages.success(request, "De functie is toegevoegd.")
            return redirect(PAGE, person.pk)
    return form_screen(request, form, title="Voeg een functie toe", submit="Voeg toe", trail=trail(person))


@access(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "POST"])
def correct_position(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Correct where a person works or worked."""
    person = visible(request, pk)
    place = get_object_or_404(person.positions, pk=position)
    known = {name: getattr(place, name) for name in forms.PositionForm.base_fields}
    form = forms.PositionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_position(position=place, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.PositionOutOfOrder:
            form.add_error("until_on", OUT_OF_ORDER)
        else:
            messages.success(request, "De functie is bewaard.")
            return redirect(PAGE, person.pk)
    return form_screen(request, form, title="Verbeter een functie", submit="Bewaar", trail=trail(person))


@access(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "POST"])
def end_position(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Ask the day on which a position ends."""
    person = visible(request, pk)
    place = get_object_or_404(person.positions, pk=position)
    form = forms.EndPositionForm(request.POST or None, initial={"until_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_position(position=place, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.PositionOutOfOrder:
            form.add_error("until_on", OUT_OF_ORDER)
        else:
            messages.success(request, "De functie is beëindigd.")
            return redirect(PAGE, person.pk)
    return form_screen(
        request,
        form,
        title="Beëindig een functie",
        submit="Beëindig",
        trail=trail(person),
        intro=f"{person} werkt niet meer bij {place.organisation}.",
    )


@access(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "POST"])
def double(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which other record is the same person."""
    person = visible(request, pk)
    form = forms.ChooseDoublePerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        if other != person:
            return redirect("people:merge", person.pk, other.pk)
        form.add_error("other", "Kies een andere persoon dan deze zelf.")
    return form_screen(
        request,
        form,
        title="Dubbel?",
        submit="Vergelijk",
        trail=trail(person),
        icon="copy",
        intro=f"Staat {person} er twee keer in? Kies de andere. Daarna zie je eerst wat er verandert.",
    )


@access(Permission.PEOPLE_CHANGE)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Show what merging two records would do, and do it once confirmed."""
    kept, dropped = visible(request, pk), visible(request, other)
    if request.method == "POST" and kept != dropped:
        try:
            kept = actions.merge_persons(kept=kept, dropped=dropped, by=request.user, now=timezone.now())
        except actions.NoLongerThere:
            messages.error(
                request, "Een van beide is intussen gewist of samengevoegd. Er is niets veranderd."
            )
            return redirect(INDEX)
        messages.success(request, f"Samengevoegd. {kept} heeft nu alles van beide.")
        return redirect(PAGE, kept.pk)
    context = {
        "kept": kept,
        "dropped": dropped,
        "swap": reverse("people:merge", args=[other, pk]),
        "differences": merging.differences(kept, dropped),
        "moving": merging.preview(dropped),
    }
    return screen(
        request, "kernel/merge.html", title="Voeg samen", trail=trail(kept), icon="copy", context=context
    )


@access(Permission.PEOPLE_CHANGE)
def doubles(request: HttpRequest) -> HttpResponse:
    """List the pairs that may be one person."""
    return screen(
        request,
        "people/doubles.html",
        title="Mogelijk dubbel",
        trail=[(reverse(INDEX), "Personen")],
        icon="copy",
        context={"pairs": possible_doubles(timezone.localdate())},
    )


@access(Permission.PEOPLE_ERASE)
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what erasing a person takes away and leaves, and do it once confirmed."""
    person = visible(request, pk)
    if request.method == "POST":
        actions.erase_person(person=person, by=request.user, now=timezone.now())
        messages.success(request, "Gewist. De cijfers van vroeger blijven gelijk.")
        return redirect(INDEX)
    context = {
        "person": person,
        "traces": privacy.traces(person),
        "account": Account.objects.filter(email=person.email, is_active=True).first()
        if person.email
        else None,
        "back": reverse(PAGE, args=[person.pk]),
    }
    return screen(
        request,
        "people/erase.html",
        title="Wis een persoon",
        trail=trail(person),
        icon="bin",
        context=context,
    )
