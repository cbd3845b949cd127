"""The whole form of an event, of all its parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from trekker.events.actions.changing import Asked, Sitting
from trekker.events.forms.office.event import DEADLINE, EventForm
from trekker.events.forms.office.rows import Involved, InvolvedForm, Questions, Sessions
from trekker.events.models import Event
from trekker.organisations.models import Organisation


class RefineEvent:
    """The whole form of an event: its facts, sessions, questions and organisations."""

    def __init__(self, event: Event, data: QueryDict | None = None) -> None:
        """Fill in what is known, or what was sent."""
        self.event = event
        self.form = EventForm(data, instance=event, for_user=None)
        self.sessions = Sessions(data, prefix="sessies", initial=self._sessions())
        self.questions = Questions(data, prefix="vragen", initial=self._questions())
        self.involved = Involved(data, prefix="organisaties", initial=self._involved())

    def _sessions(self) -> list[dict[str, Any]]:
        found = []
        for each in self.event.sessions.all():
            starts, ends = timezone.localtime(each.starts_at), timezone.localtime(each.ends_at)
            known = {name: getattr(each, name) for name in ("pk", "hours", "title", "theme")}
            found.append(known | {"day": starts.date(), "start": starts.time(), "end": ends.time()})
        return found

    def _questions(self) -> list[dict[str, Any]]:
        names = ("pk", "label", "kind", "options", "required")
        return [{name: getattr(each, name) for name in names} for each in self.event.questions.all()]

    def _involved(self) -> list[dict[str, Any]]:
        return [
            {"organisation": each.pk, "part": part}
            for part, _label in InvolvedForm.PARTS
            for each in getattr(self.event, part).order_by("name")
        ]

    @property
    def parts(self) -> list[Any]:
        """The forms that make it up."""
        return [self.form, self.sessions, self.questions, self.involved]

    @property
    def media(self) -> forms.Media:
        """The scripts of all parts."""
        found = forms.Media()
        for each in (self.form, self.involved.empty_form):
            found += each.media
        return found

    def is_valid(self) -> bool:
        """Check every part, and what they say together."""
        fine = all([each.is_valid() for each in self.parts])  # noqa: C419 - every part shows its errors
        if not fine:
            return False
        deadline = self.form.deadline_at()
        starts = [each.starts_at for each in self.sittings()]
        if deadline and starts and deadline > min(starts):
            self.form.add_error("deadline_day", "Inschrijven moet sluiten voor het begint.")
        return not self.form.errors

    @property
    def errors(self) -> list[str]:
        """Say how many fields need another look, for the head of the page."""
        wrong = sum(len(each.errors) for each in (self.form, *self._rows()))
        return (
            ["Kijk het veld met een fout na."] if wrong == 1 else [f"Kijk de {wrong} velden met een fout na."]
        )

    def _rows(self) -> list[Any]:
        return [form for rows in (self.sessions, self.questions, self.involved) for form in rows]

    def sittings(self) -> list[Sitting]:
        """Give the sessions as they should be; a row nobody touched stays as it was."""
        return [form.sitting() for form in self.sessions if _is_filled(form, self.sessions)]

    def asked(self) -> list[Asked]:
        """Give the questions as they should be."""
        return [form.asked() for form in self.questions if _is_filled(form, self.questions)]

    def facts(self) -> dict[str, Any]:
        """Give everything else, by the names that the action knows."""
        organisations: dict[str, list[Organisation]] = {part: [] for part, _label in InvolvedForm.PARTS}
        for form in self.involved:
            if form not in self.involved.deleted_forms and (chosen := form.cleaned_data.get("organisation")):
                organisations[form.cleaned_data["part"]].append(chosen)
        facts = {name: self.form.cleaned_data[name] for name in self.form.fields if name not in DEADLINE}
        return facts | organisations | {"deadline_at": self.form.deadline_at()}


def _is_filled(form: Any, rows: Any) -> bool:
    return form not in rows.deleted_forms and bool(
        form.cleaned_data.get("label") or form.cleaned_data.get("day")
    )
