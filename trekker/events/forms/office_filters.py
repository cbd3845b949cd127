"""How staff narrow the lists of events and courses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from trekker.events.models import Course, Event, Series
from trekker.events.models.course import OurRole
from trekker.events.queries.events import coming, to_round_off, years
from trekker.kernel.periods import Period
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience, Theme

COMING, ROUND_OFF, PAST, IDEAS = "komend", "af-te-ronden", "voorbij", "ideeen"
WHEN = ((COMING, "komend"), (ROUND_OFF, "af te ronden"), (PAST, "voorbij"), (IDEAS, "ideeën"))


def _ticks(label: str, choices: Any) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple
    )


def _records(label: str, rows: Any, **more: Any) -> django_filters.ModelMultipleChoiceFilter:
    return django_filters.ModelMultipleChoiceFilter(
        label=label, queryset=rows, widget=forms.CheckboxSelectMultiple, **more
    )


def _leading(_request: Any) -> QuerySet:
    accounts = get_user_model().objects.filter(leading__isnull=False).distinct()
    return accounts.order_by("first_name", "last_name", "email")


class EventFilters(WagtailFilterSet):
    """How to narrow the list of events."""

    when = django_filters.ChoiceFilter(
        label="Wanneer",
        choices=WHEN,
        method="narrow_to_when",
        widget=forms.RadioSelect,
        empty_label="alles",
    )
    kind = _ticks("Soort", Event.Kind.choices)
    state = _ticks("Stand", Event.State.choices)
    format = _ticks("Vorm", Event.Format.choices)
    year = django_filters.ChoiceFilter(
        label="Jaar",
        choices=years,
        method="narrow_to_year",
        widget=forms.RadioSelect,
        empty_label="alle jaren",
    )
    period = django_filters.DateFromToRangeFilter(
        label="Periode", method="narrow_to_period", widget=DateRangePickerWidget
    )
    themes = _records("Thema", Theme.objects.all(), method="narrow_to_theme")
    audiences = _records("Doelgroep", Audience.objects.all())
    our_role = _ticks("Onze rol", OurRole.choices)
    leads = _records("Trekker", _leading)
    series = _records("Reeks", Series.objects.order_by("name"))
    region = _ticks("Gewest", Organisation.Region.choices)

    class Meta:
        model = Event
        fields: list[str] = []

    def narrow_to_when(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep what is to come, what is past, or what has no day yet."""
        now = timezone.now()
        if value == COMING:
            return coming(rows, now)
        if value == ROUND_OFF:
            return to_round_off(rows, now)
        if value == IDEAS:
            return rows.filter(state=Event.State.IDEA)
        return rows.filter(ends_at__lt=now)

    def narrow_to_year(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep what starts in that year."""
        return rows.starting_within(Period.year(int(value)))  # type: ignore[attr-defined]

    def narrow_to_period(self, rows: QuerySet, _name: str, value: Any) -> QuerySet:
        """Keep what starts from the first day up to and including the last."""
        if value.start:
            rows = rows.filter(starts_at__gte=value.start)
        if value.stop:
            midnight = value.stop.replace(hour=0, minute=0, second=0, microsecond=0)
            rows = rows.filter(starts_at__lt=midnight + timedelta(days=1))
        return rows

    def narrow_to_theme(self, rows: QuerySet, _name: str, chosen: Any) -> QuerySet:
        """Keep what is about one of these themes, or about a part of one."""
        if not chosen:
            return rows
        within = Theme.objects.within([each.code for each in chosen])
        return rows.filter(themes__in=within).distinct()


class CourseFilters(WagtailFilterSet):
    """How to narrow the list of courses."""

    our_role = _ticks("Onze rol", OurRole.choices)
    focus = _ticks("Plaats van het thema", Course.Focus.choices)
    themes = _records("Thema", Theme.objects.all())
    audiences = _records("Doelgroep", Audience.objects.all())

    class Meta:
        model = Course
        fields: list[str] = []
