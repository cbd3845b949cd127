"""Making a course or an event of an idea."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.events.actions import ideas as actions
from trekker.events.forms import requests as forms
from trekker.events.models import Event
from trekker.ideas.actions import DoesNotGoAhead
from trekker.ideas.models import Idea
from trekker.kernel.access import Permission, access
from trekker.kernel.pages import form_screen

PAGE = "idea:inspect"
NOT_DECIDED = "Beslis eerst dat dit idee doorgaat."


def _found(request: HttpRequest, pk: int) -> Idea:
    return get_object_or_404(Idea.objects.visible_to(request.user), pk=pk)


def _trail(idea: Idea) -> list[tuple[str, str]]:
    return [(reverse("idea:index"), "Ideeën"), (reverse(PAGE, args=[idea.pk]), idea.title)]


@access(Permission.EVENTS_CHANGE)
@require_http_methods(["GET", "POST"])
def make_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a course of an idea."""
    idea = _found(request, pk)
    known = {"title": idea.title, "e_learning": idea.form == Idea.Form.E_LEARNING}
    form = forms.MakeCourse(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            course = actions.make_course(idea=idea, **form.cleaned_data, by=request.user, now=timezone.now())
        except DoesNotGoAhead:
            form.add_error(None, NOT_DECIDED)
        except actions.CourseExists:
            form.add_error("title", "Er is al een opleiding met deze titel. Kies een andere titel.")
        else:
            messages.success(request, "De opleiding is gemaakt. Vul ze aan of plan een editie.")
            return redirect("course:inspect", course.pk)
    return form_screen(
        request,
        form,
        title="Maak er een opleiding van",
        submit="Maak de opleiding",
        trail=_trail(idea),
        intro="Beschrijving, thema's en doelgroepen gaan mee. Daarna plan je een editie.",
    )


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def make_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an event of an idea."""
    idea = _found(request, pk)
    kind = Event.Kind.TRAINING if idea.form in {Idea.Form.COURSE, Idea.Form.E_LEARNING} else ""
    form = forms.MakeEvent(request.POST or None, initial={"title": idea.title, "kind": kind})
    if request.method == "POST" and form.is_valid():
        try:
            event = actions.make_event(idea=idea, **form.cleaned_data, by=request.user, now=timezone.now())
        except DoesNotGoAhead:
            form.add_error(None, NOT_DECIDED)
        else:
            messages.success(request, "De activiteit is gemaakt. Vul ze nu aan.")
            return redirect("events:edit", event.pk)
    return form_screen(
        request,
        form,
        title="Maak er een activiteit van",
        submit="Maak de activiteit",
        trail=_trail(idea),
        intro="Beschrijving, thema's en doelgroepen gaan mee. Daarna kies je een dag.",
    )
