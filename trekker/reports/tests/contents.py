"""Contents of a report, made by hand: a small year with each kind of thing a report can say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from trekker.reports.contents import (
    Contents,
    Earlier,
    Evidence,
    GoalContents,
    Line,
    Narrative,
    Part,
    Promise,
    Reach,
    Revision,
)

MADE_AT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
MAP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" width="100" height="40">'
    "<title>Kaart</title><desc>Een kaart.</desc>"
    '<rect width="100" height="40" fill="#10563c"/></svg>'
)


def line(key: int = 1, **changes) -> Line:
    """Make a figure: 4 of 4 meetings, with rows of two organisations."""
    facts = {
        "key": key,
        "measure": "events.held",
        "sentence": "Activiteiten (soort activiteit: netwerkbijeenkomst)",
        "definition": "Gehouden activiteiten met een datum in de periode.",
        "filters": {"kind": ["network_meeting"]},
        "comparator": ">=",
        "goal_words": "minstens 4 bijeenkomsten",
        "target": Decimal(4),
        "unit": "bijeenkomsten",
        "value": Decimal(4),
        "state": ("reached", "gehaald"),
        "trend": (
            (date(2026, 1, 31), Decimal(1)),
            (date(2026, 2, 28), None),
            (date(2026, 3, 31), Decimal(2)),
            (date(2026, 4, 30), Decimal(4)),
        ),
        "rows_are": "activiteiten",
        "evidence": Evidence(pks=(11, 12, 15, 19), organisations=(7, 7, 8, 0)),
    }
    return Line(**{**facts, **changes})


def promise(key: int = 1, *lines: Line, **changes) -> Promise:
    """Make a promise with these figures, or one with the usual figure."""
    facts = {
        "key": key,
        "text": "minstens vier bijeenkomsten van het netwerk",
        "is_narrative": False,
        "counting_note": "Hybride telt niet als fysiek.",
        "lines": lines or (line(key),),
    }
    return Promise(**{**facts, **changes})


def hours() -> Line:
    """Make a figure of hours, with a target that was changed and something that is not known yet."""
    return line(
        2,
        measure="participations.hours",
        sentence="Deelnemersuren (soort activiteit: infosessie)",
        goal_words="minstens 100 deelnemersuren",
        target=Decimal(100),
        unit="deelnemersuren",
        value=Decimal("80.42"),
        state=("running", "loopt"),
        unknown=((3, "deelnames zonder organisatie"),),
        foretold="Nodig: 19,6 in 31 dagen.",
        was=(Earlier(target=Decimal(160), until=date(2026, 7, 1), reason="een sessie viel weg"),),
        rows_are="aanwezigheden, elk met hun uren",
        evidence=Evidence(
            pks=(1, 2, 3),
            contributions=(Decimal("40.21"), Decimal(40), Decimal("0.21")),
            organisations=(8, 9, 9),
        ),
    )


def share() -> Line:
    """Make a figure that is a part of something."""
    return line(
        3,
        measure="feedback.can_use",
        sentence="Aandeel dat ermee aan de slag kan",
        goal_words="minstens 70 %",
        target=Decimal(70),
        unit="%",
        value=Decimal(75),
        is_share=True,
        adds_up=False,
        rows_are="evaluaties",
        evidence=Evidence(
            pks=(4, 5),
            contributions=(Decimal(5), Decimal(4)),
            wholes=(Decimal(6), Decimal(6)),
            organisations=(),
        ),
    )


def without_register() -> Line:
    """Make a figure that nothing counts yet."""
    return line(
        4,
        measure="issues.sent",
        sentence="Nieuwsbrieven",
        goal_words="minstens 9 edities",
        target=Decimal(9),
        unit="edities",
        value=None,
        state=("no_register", "nog geen register"),
        trend=(),
        rows_are="edities",
        evidence=Evidence(),
    )


def contents(**changes) -> Contents:
    """Make the contents of a whole report."""
    goal = GoalContents(
        key=2,
        code="OD1.1",
        title="VVSG houdt een levendig netwerk",
        level="operational",
        text="Een netwerk leeft van ontmoeting.",
        leads=("VVSG",),
        supports=("Mediawijs",),
        actions=(("VVSG nodigt de leden uit.", "", ""),),
        promises=(
            promise(1),
            promise(2, hours(), text="minstens 100 deelnemersuren aan de infosessies", counting_note=""),
            promise(3, share(), text="70 % kan ermee aan de slag", counting_note=""),
            promise(4, without_register(), text="negen keer de nieuwsbrief", counting_note=""),
            Promise(key=5, text="beschrijving van de methodiek", is_narrative=True, counting_note=""),
        ),
        effect=(Part(label="kan ermee aan de slag", count=32, of=59),),
        narrative=Narrative(text="Het werd een goed jaar.\n\nVolgend jaar opnieuw.", by="Fien", at=MADE_AT),
    )
    top = GoalContents(
        key=1,
        code="SD1",
        title="VVSG brengt besturen samen",
        level="strategic",
        leads=("VVSG",),
        below=(goal,),
    )
    facts = {
        "title": "Jaarrapport 2026",
        "owner": "VVSG",
        "plan": "Jaaractieplan digitale inclusie 2026",
        "version": 2,
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 11, 30),
        "made_at": MADE_AT,
        "introduction": "Dit was 2026.",
        "goals": (top,),
        "revisions": (
            Revision(number=1, since=date(2026, 1, 1), reason=""),
            Revision(
                number=2,
                since=date(2026, 7, 1),
                reason="Een sessie viel weg.",
                changes=("Doel 160 werd 100.",),
            ),
        ),
        "reach": Reach(
            drawing=MAP,
            caption="Bereik in 2026. Kaart van Vlaanderen: 132 lid en nam deel.",
            source="Grenzen: Statbel",
            counts=(("Lid of nam deel", 178, 285),),
            splits=(("Per provincie", (("Antwerpen", 41, 67),)),),
            places=(("Aalst", "lid en nam deel"),),
            title="Bereik in 2026: lid of nam deel",
            legend=(("full", "132 lid en nam deel"), ("empty", "107 niet bereikt")),
        ),
        "organisations": {7: "Aalst", 8: "Brugge", 9: "Diest"},
    }
    return Contents(**{**facts, **changes})
