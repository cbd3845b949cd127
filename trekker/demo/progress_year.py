"""How the actions of the demo plan went, and the talks about them; every record by the door a user takes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils import timezone

from trekker.demo.talks import GENERAL, TALKS, Talk
from trekker.people.models import Account
from trekker.plan import actions
from trekker.plan.actions import meetings as talking
from trekker.plan.actions.meetings import About
from trekker.plan.actions.progress import note_progress, plan_action
from trekker.plan.models import Action, Goal, PlanVersion


class Noted(NamedTuple):
    """One line of the log: when, to which state, what, and whether the report may use it."""

    day: str
    to: str
    text: str = ""
    for_report: bool = False


class Course(NamedTuple):
    """How one action went, found by some of its words."""

    words: str
    starts: str
    ends: str
    log: tuple[Noted, ...] = ()


COURSES = (
    Course(
        "nodigt de leden uit",
        "2026-01-05",
        "2026-12-18",
        (
            Noted("2026-01-12", "BUSY", "De kalender van het netwerk staat vast tot de zomer."),
            Noted(
                "2026-06-22",
                "",
                "De bijeenkomst buiten Brussel trok ook besturen die we nog niet kenden.",
                for_report=True,
            ),
            Noted("2026-11-18", "", "De laatste bijeenkomst van het jaar is aangekondigd."),
        ),
    ),
    Course(
        "vraagt na elke bijeenkomst",
        "2026-01-05",
        "2026-12-31",
        (
            Noted("2026-02-09", "BUSY", "We gebruiken overal dezelfde korte vragenlijst."),
            Noted(
                "2026-10-26",
                "",
                "Deelnemers vroegen meer tijd voor eigen vragen. Die krijgt nu elke bijeenkomst.",
                for_report=True,
            ),
        ),
    ),
    Course(
        "houdt een Teamskanaal open",
        "2026-01-05",
        "2026-12-31",
        (
            Noted("2026-01-19", "BUSY"),
            Noted("2026-11-09", "", "Vragen krijgen meestal dezelfde dag een antwoord van een collega."),
        ),
    ),
    Course(
        "trekker van de infosessies",
        "2026-01-05",
        "2026-11-20",
        (
            Noted("2026-01-16", "BUSY", "De eerste infosessie is geweest."),
            Noted(
                "2026-11-19",
                "DONE",
                "Alle infosessies van dit jaar zijn gegeven. De opnames staan online.",
                for_report=True,
            ),
        ),
    ),
    Course(
        "trekker van de inspiratiemomenten",
        "2026-02-01",
        "2026-11-13",
        (
            Noted("2026-03-02", "BUSY", "Het programma voor april is rond."),
            Noted("2026-11-10", "", "De nabespreking volgt nog."),
        ),
    ),
    Course(
        "met praktijken en sprekers",
        "2026-02-01",
        "2026-10-30",
        (
            Noted("2026-03-09", "BUSY"),
            Noted("2026-10-28", "DONE", "Zeven sprekers uit lokale besturen deden mee.", for_report=True),
        ),
    ),
    Course(
        "verzamelt goede praktijken",
        "2026-01-12",
        "2026-12-18",
        (
            Noted("2026-02-16", "BUSY", "Drie besturen schrijven hun praktijk uit."),
            Noted("2026-11-04", "", "Het tweede artikel ligt bij de redactie."),
        ),
    ),
    Course(
        "komt spreken waar anderen",
        "2026-01-05",
        "2026-12-31",
        (Noted("2026-02-06", "BUSY", "De eerste vraag van het jaar kwam van diensthoofden."),),
    ),
    Course(
        "trekker van deze opleidingen",
        "2026-03-01",
        "2026-11-27",
        (
            Noted("2026-09-07", "BUSY", "De groep voor wie met ouderen werkt is volzet."),
            Noted("2026-11-17", "", "De laatste dag is geweest. De lijst van wie er was ontbreekt nog."),
        ),
    ),
    Course(
        "welke thema’s medewerkers aan het loket",
        "2026-01-12",
        "2026-12-11",
        (Noted("2026-02-02", "BUSY", "Diverscity neemt onze halve dag op in twee opleidingen."),),
    ),
    Course(
        "trekker van de meeste hulpmiddelen",
        "2026-04-01",
        "2026-12-18",
        (
            Noted("2026-05-04", "BUSY"),
            Noted("2026-11-12", "", "Zes besturen testen de nieuwe versie van de gids."),
        ),
    ),
    Course(
        "maakt zelf een kader",
        "2026-03-01",
        "2026-10-31",
        (
            Noted("2026-03-16", "BUSY", "Een eerste versie ging naar vijf besturen."),
            Noted("2026-10-12", "STUCK", "De juristen vragen meer tijd voor het stuk over privacy."),
        ),
    ),
    Course(
        "beantwoordt vragen van lokale besturen",
        "2026-01-05",
        "2026-12-31",
        (Noted("2026-01-26", "BUSY", "De meeste vragen gaan over het loket."),),
    ),
    Course("begeleidt een lokaal bestuur", "2026-09-15", "2026-12-31"),
)


def load(*, by: Account, partner: Account) -> None:
    """Plan the actions, note how they went, keep two forecasts, and hold three talks."""
    version = PlanVersion.objects.adopted().order_by("year", "number").last()
    if version is None:
        return
    for account, party in ((by, "VVSG"), (partner, "Mediawijs")):
        actions.set_parties(account=account, parties=[party], by=by, now=_at("2026-01-05"))
    for course in COURSES:
        _follow(version, course, by=by, partner=partner)
    for talk in TALKS:
        if talk in (TALKS[0], TALKS[-1]):
            actions.keep_forecasts(version=version, by=None, now=_at(talk.day, 6))
        _hold(version, talk, by=by, partner=partner)


def _follow(version: PlanVersion, course: Course, *, by: Account, partner: Account) -> None:
    action = Action.objects.select_related("goal").get(goal__version=version, text__contains=course.words)
    writer = partner if action.text.startswith("Mediawijs") else by
    plan_action(
        action=action,
        edition=0,
        starts_on=date.fromisoformat(course.starts),
        ends_on=date.fromisoformat(course.ends),
        in_charge=writer,
        by=by,
        now=_at("2026-01-08"),
    )
    for edition, noted in enumerate(course.log, start=1):
        note_progress(
            action=action,
            edition=edition,
            to=noted.to,
            text=noted.text,
            for_report=noted.for_report,
            by=writer,
            now=_at(noted.day),
        )


def _hold(version: PlanVersion, talk: Talk, *, by: Account, partner: Account) -> None:
    who = {"VVSG": by, "Mediawijs": partner}
    facts: dict[str, Any] = {"by": by, "now": _at(talk.day, 10)}
    meeting = talking.start_meeting(
        plan=version.plan, held_on=date.fromisoformat(talk.day), present=[by, partner], **facts
    )
    for code, text in talk.minutes:
        talking.write_minute(meeting=meeting, about=_about(version, code), text=text, edition=0, **facts)
    for promised in talk.agreements:
        agreement = talking.agree(
            meeting=meeting,
            about=_about(version, promised.code),
            text=promised.text,
            owner=who.get(promised.who),
            due_on=date.fromisoformat(promised.due) if promised.due else None,
            **facts,
        )
        if promised.done:
            talking.settle_agreement(
                agreement=agreement, outcome=promised.outcome, by=by, now=_at(promised.done)
            )
    if talk.is_closed:
        talking.close_meeting(meeting=meeting, by=by, now=_at(talk.day, 12))


def _about(version: PlanVersion, code: str) -> About:
    if code == GENERAL:
        return About()
    goal = Goal.objects.get(version=version, code=code)
    return About(goal.thread, str(goal))


def _at(day: str, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(hour)))
