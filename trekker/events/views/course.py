"""Courses in the back office: the list, the page with its editions, and a new edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.events.actions import courses
from trekker.events.forms.course import EditionForm, sittings
from trekker.events.forms.office import NewSessions
from trekker.events.forms.office_filters import CourseFilters
from trekker.events.models import Course, Event
from trekker.events.queries.events import with_registered
from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, AddRecord, EditRecord, Fact, RecordPage, screen
from trekker.kernel.sections import section

INDEX, PAGE = "course:index", "course:inspect"


class CourseList(Listing):
    """All courses, with how often they were given."""

    base_filters = CourseFilters
    download_permission = Permission.EVENTS_VIEW
    default_ordering = "title"
    is_searchable = True
    fields = (
        Field("titel", lambda each: each.title, "title"),
        Field("aanbieder", lambda each: each.provider and each.provider.name, "provider__name"),
        Field("onze rol", lambda each: each.get_our_role_display(), "our_role", on_phone=False),
        Field("plaats van het thema", lambda each: each.get_focus_display(), on_screen=False),
        Field("e-learning", lambda each: each.e_learning, on_screen=False),
        Field("gegeven", lambda each: each.held, "held"),
        Field("komt nog", lambda each: each.to_come, "to_come", on_phone=False),
    )

    def prepare(self, rows: QuerySet, _today: Any) -> QuerySet:
        """Count the editions of each."""
        ended = [Event.State.HELD, Event.State.CANCELLED]
        return rows.select_related("provider").annotate(
            held=Count("editions", filter=Q(editions__state=Event.State.HELD), distinct=True),
            to_come=Count("editions", filter=~Q(editions__state__in=ended), distinct=True),
        )

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in the title or the provider."""
        for word in (self.search_query or "").split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(provider__name__icontains=word))
        return queryset


class CoursePage(RecordPage):
    """One course with its editions."""

    acts = (
        Act("Nieuwe editie", "events:new_edition", Permission.EVENTS_LEAD, "plus"),
        Act("Verbeter", "course:edit", Permission.EVENTS_CHANGE),
        Act("Geschiedenis", "course:history", Permission.EVENTS_CHANGE, "history"),
    )

    def facts(self) -> list[Fact]:
        """Give whose it is, and what it is about."""
        it = self.object
        provider = reverse("organisation:inspect", args=[it.provider_id]) if it.provider_id else ""
        return [
            Fact("Aanbieder", it.provider and it.provider.name, provider),
            Fact("Onze rol", it.get_our_role_display()),
            Fact("Plaats van het thema", it.get_focus_display()),
            Fact("E-learning", "ja" if it.e_learning else ""),
            Fact("Thema's", ", ".join(map(str, it.themes.all()))),
            Fact("Doelgroepen", ", ".join(map(str, it.audiences.all()))),
            Fact("Uit het idee", it.idea and it.idea.title),
            Fact("Korte uitleg", it.summary),
            Fact("Beschrijving", it.description),
        ]


class AddCourse(AddRecord):
    """Adds a course, ours or of another provider."""

    success_message = "%(object)s is toegevoegd."

    def save_instance(self) -> Course:
        """Add it by the action."""
        return courses.add_course(**self.form.cleaned_data, by=self.request.user, now=timezone.now())


class EditCourse(EditRecord):
    """Corrects a course."""

    success_message = "%(object)s is bewaard."

    def save_instance(self) -> Course:
        """Correct it by the action."""
        return courses.correct_course(
            course=self.object, facts=self.form.cleaned_data, by=self.request.user, now=timezone.now()
        )


@section(
    Course,
    title="Edities",
    template="events/office/_editions.html",
    permission=Permission.EVENTS_VIEW,
    order=10,
)
def editions(course: Course, _today: date) -> Mapping[str, Any]:
    """Give every time it was and will be given, the latest first, with how many came to register."""
    rows = list(with_registered(Event.objects.filter(course=course)).order_by("-starts_at", "-pk"))
    held = [each for each in rows if each.state == Event.State.HELD]
    registered = sum(each.registered for each in held)  # type: ignore[attr-defined]
    return {"editions": rows, "held": len(held), "registered": registered}


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def new_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a course once more, on one or more days."""
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = EditionForm(data, initial={"title": course.title, "format": Event.Format.PHYSICAL})
    rows = NewSessions(data, prefix="sessies")
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        event = courses.new_edition(
            course=course, sessions=sittings(rows), by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "De editie is gemaakt. Vul aan wat nog ontbreekt.")
        return redirect("event:inspect", event.pk)
    page = reverse(PAGE, args=[course.pk])
    return screen(
        request,
        "events/office/edition.html",
        title="Nieuwe editie",
        trail=[(reverse(INDEX), "Opleidingen"), (page, course.title)],
        icon="plus",
        context={"form": form, "rows": rows, "back": page},
        media=form.media,
    )
