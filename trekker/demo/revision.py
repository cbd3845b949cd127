"""The plan of the demo is revised once in the year, and an officer tries what a thinner plan would give."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from trekker.people.models import Account
from trekker.plan import actions
from trekker.plan.models import Action, Indicator, IndicatorLine, PlanVersion

SINCE = date(2026, 7, 1)
REASON = (
    "De steun voor lokale projecten liep eind juni af. Lokale besturen hebben minder handen vrij voor een "
    "traject. Ze vragen ons wel vaker om bij hen te komen spreken."
)
# A promise that the text does not have: the officer added it by hand, and it was dropped with the support.
VISITS = "minstens twee studiebezoeken aan lokale projecten"
# Of each promise, by some of its words: what it comes to promise, and what that is tried at.
REVISED = {"drie ondersteuningstrajecten": 1, "op vraag van anderen": 6}
TRIED = {"minstens 1100 leden": 1000, "minstens 90 deelnames": 70, "minstens 160 deelnemersuren": 120}
NAME = "volgend jaar één medewerker minder"


def visits(*, version: PlanVersion, by: Account, now: datetime) -> None:
    """Promise the study visits in a concept, and say how they are counted."""
    promise = actions.add_indicator(
        goal=version.goals.get(code="OD1.2"),
        text=VISITS,
        is_narrative=False,
        condition="",
        counting_note="",
        source_lines=[],
        by=by,
        now=now,
    )
    actions.save_line(
        indicator=promise,
        line=None,
        measure="events.held",
        filters={"kind": ["study_visit"]},
        comparator=">=",
        target=Decimal(2),
        unit="studiebezoeken",
        by=by,
        now=now,
    )


def load(*, version: PlanVersion, by: Account, now: datetime) -> None:
    """Adopt a second version from 1 July, and leave one trial."""
    second = actions.copy_version(version=version, by=by, now=now)
    for words, target in REVISED.items():
        _promise(second, words, target, by=by, now=now)
    promises = Indicator.objects.filter(goal__version=second)
    for dropped in promises.filter(text=VISITS):
        actions.remove_node(node=dropped, by=by, now=now)
    for action in Action.objects.filter(goal__version=second, goal__code="OD3.3")[:1]:
        leads = {
            role: list(action.leads.filter(role=role).values_list("party", flat=True))
            for role in ("lead", "support")
        }
        actions.correct_action(
            action=action,
            goal=action.goal,
            text=f"{action.text} Een kort traject van drie gesprekken mag ook.",
            leads=leads["lead"],
            partners=leads["support"],
            source_lines=action.source_lines,
            by=by,
            now=now,
        )
    actions.adopt(version=second, in_force_from=SINCE, reason=REASON, by=by, now=now)
    _try(second, by=by, now=now)


def _promise(version: PlanVersion, words: str, target: int, *, by: Account, now: datetime) -> None:
    line = IndicatorLine.objects.get(indicator__goal__version=version, indicator__text__contains=words)
    actions.save_line(
        indicator=line.indicator,
        line=line,
        measure=line.measure,
        filters=line.filters,
        comparator=line.comparator,
        target=Decimal(target),
        unit=line.unit,
        by=by,
        now=now,
    )


def _try(version: PlanVersion, *, by: Account, now: datetime) -> None:
    trial = actions.start_trial(version=version, label=NAME, by=by, now=now)
    promises = Indicator.objects.filter(goal__version=trial)
    lines = IndicatorLine.objects.filter(indicator__in=promises)
    actions.revise_trial(
        trial=trial,
        targets={lines.get(indicator__text__contains=words).pk: Decimal(to) for words, to in TRIED.items()},
        dropped=[promises.get(text__contains="digitale hulp aan huis")],
        by=by,
        now=now,
    )
