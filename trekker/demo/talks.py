"""Three talks between VVSG and Mediawijs, as plain facts in our own words."""

from __future__ import annotations

from typing import NamedTuple

GENERAL = ""  # about the plan as a whole, under no goal


class Promised(NamedTuple):
    """What was agreed: about which goal, by whom, by when, and what came of it on which day."""

    code: str
    text: str
    who: str = ""
    due: str = ""
    done: str = ""
    outcome: str = ""


class Talk(NamedTuple):
    """One talk: its day, the minutes by the code of a goal, the agreements."""

    day: str
    minutes: tuple[tuple[str, str], ...]
    agreements: tuple[Promised, ...] = ()
    is_closed: bool = True


TALKS = (
    Talk(
        "2026-11-02",
        (
            ("OD1.2", "Het najaarsmoment liep vlot. De zaal was te klein voor de workshops."),
            (
                "OD3.1",
                "Het kader wacht op advies van de juristen. Een deel kan al verschijnen.",
            ),
            (GENERAL, "Volgend jaar is er minder geld. We bekijken in december wat we schrappen."),
        ),
        (
            Promised("OD1.2", "Een grotere zaal zoeken voor volgend voorjaar.", "Mediawijs", "2026-11-20"),
            Promised(
                "OD2.1",
                "De deelnemerslijst van het traject doorsturen.",
                "Mediawijs",
                "2026-11-13",
                "2026-11-13",
                "De lijst is er, op de laatste dag na.",
            ),
            Promised("OD1.3", "We publiceren geen praktijken in de week van 11 november."),
        ),
    ),
    Talk(
        "2026-11-16",
        (
            ("OD1.1", "Voor de bijeenkomst van december zoeken we nog een bestuur dat zijn verhaal vertelt."),
            ("OD3.1", "We splitsen het kader. Het deel over afspraken aan het loket verschijnt eerst."),
        ),
        (
            Promised("OD3.1", "Het eerste deel van het kader nalezen en bezorgen.", "VVSG", "2026-12-04"),
            Promised("OD1.1", "Twee besturen bellen over een verhaal voor december.", "VVSG", "2026-11-25"),
            Promised("OD3.1", "Het kader verschijnt in twee delen."),
        ),
    ),
    Talk(
        "2026-11-30",
        (("OD1.2", "De nabespreking van de inspiratiemomenten plannen we samen met het netwerk."),),
        (Promised(GENERAL, "Een voorstel maken voor het plan van 2027.", "VVSG", "2026-12-14"),),
        is_closed=False,
    ),
)
