"""What people answered after the activities of the invented year, as plain facts and invented words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Round:
    """
    One round of asking after the activity whose title starts with ``about``.

    So many said ``yes``, ``partly``, ``no`` and ``unsure`` to whether they can use it. Of who agreed to
    be asked later, ``later`` has a letter for each that answered: D(one), P(artly), N(ot yet), X for no;
    ``silent`` did not answer. ``by_code`` came in by the QR code on the wall.
    """

    about: str
    yes: int
    partly: int = 0
    no: int = 0
    unsure: int = 0
    later: str = ""
    silent: int = 0
    by_code: int = 0
    mode: str = ""
    is_open: bool = False


ROUNDS = (
    Round(
        about="Infosessie: hulp aan het loket",
        yes=12,
        partly=4,
        no=1,
        unsure=1,
        later="DDDDPPNNX",
        silent=3,
    ),
    Round(
        about="Netwerk digitale inclusie: plannen", yes=8, partly=6, no=1, unsure=2, later="DDDPPNX", silent=2
    ),
    Round(about="Collega en digihelper, in Hasselt", yes=5, partly=2, later="DDPPN"),
    Round(about="Intervisie: nieuwe vrijwilligers", yes=5, partly=1, later="DDPPN"),
    Round(about="Workshop: een brief die iedereen", yes=6, partly=2, later="DDDPN", silent=1),
    Round(about="Collega en digihelper, in Gent", yes=2, partly=2, later="D"),
    Round(
        about="Netwerk op bezoek in Mechelen",
        yes=10,
        partly=3,
        no=1,
        unsure=1,
        later="DDPPPNNX",
        silent=3,
        by_code=2,
    ),
    Round(about="Focusgroep: welke tools", yes=4, partly=1, no=1, later="DDPNN"),
    Round(about="Intervisie: hulp bij itsme", yes=2, partly=1, later="D"),
    Round(about="Infosessie: chatbots", yes=5, partly=5, no=2, unsure=1, later="DPPNNX", silent=2),
    Round(about="Studiebezoek: het digihuis", yes=6, partly=2, no=1, later="DDPPNX"),
    Round(about="Veilig online helpen", yes=5, partly=1, no=1, later="DDPN", silent=1),
    Round(about="Inspiratievoormiddag online", yes=6, partly=4, no=1, later="DPNNX", silent=1),
    Round(about="Focusgroep: wat heeft een klein bestuur", yes=3, partly=2, mode="ANONYMOUS"),
    Round(about="Netwerk in Gent en online", yes=6, partly=4, no=1, unsure=1, later="DPNN", silent=3),
    Round(about="Workshop: zelf een oefenhoek", yes=5, partly=2, silent=3),
    Round(about="Netwerk in Brussel", yes=3, partly=4, no=2, silent=4),
    Round(about="Sterk aan het onthaal, najaar", yes=4, partly=1, unsure=1, silent=3, mode="NAMED"),
    Round(about="Digicoach voor ouderen, najaar", yes=2, partly=1, is_open=True),
)
# About these we asked nothing: others asked, or it was a short talk on a day of someone else.
SKIPPED = (
    "Infosessie van Mediawijs",
    "Inspiratiedag: digitaal ouder worden",
    "Digitale drempels in de dienstverlening",
    "Infosessie op vraag: digitaal loket",
)
INTENTIONS = (
    "Ik leg het blad met de grenzen naast elke computer aan de balie.",
    "We plannen een uur overleg met het OCMW over wie wat doet.",
    "Ik probeer de oefening uit met twee collega's.",
    "Ik bel de bib om samen een vast moment te kiezen.",
    "Ons team herschrijft drie brieven in gewone taal.",
    "Ik vraag mijn diensthoofd om een halve dag per maand.",
    "We maken een lijst van diensten waar je enkel digitaal terecht kunt.",
    "Ik zoek twee vrijwilligers via de wijkwerking.",
    "Ik neem het mee naar het managementteam.",
    "We hangen een affiche op met wie je kan helpen.",
    "Ik oefen zelf eerst met itsme op een testtoestel.",
    "We testen het formulier met vijf inwoners.",
)
BETTER = (
    "Meer tijd om met elkaar te praten.",
    "Stuur de slides vooraf door.",
    "Meer voorbeelden van kleine gemeenten.",
    "De pauze mocht langer.",
    "Niets, het was goed zo.",
    "Het geluid online viel soms weg.",
    "Minder uitleg in het begin, sneller oefenen.",
    "Een verslag van één blad zou helpen.",
)
HELD_BACK = (
    "Ik heb er geen uren voor.",
    "Mijn dienst beslist hier niet over.",
    "Wij gebruiken een ander systeem.",
    "Het is te nieuw, ik wil eerst zien hoe het bij anderen gaat.",
)
TAKEN_HOME = (
    "Dat anderen met dezelfde vragen zitten.",
    "Eerst luisteren, dan pas helpen.",
    "Een vrijwilliger wil ook bijleren.",
    "Klein beginnen mag.",
)
HELPED = (
    "Mijn collega deed mee.",
    "Het voorbeeld uit de sessie konden we zo overnemen.",
    "Het diensthoofd gaf er tijd voor.",
    "De bib wilde meteen mee.",
)
HINDERED = (
    "Het was druk aan de balie.",
    "De collega die het zou doen, werd ziek.",
    "We wachten nog op de nieuwe website.",
    "Het budget is pas volgend jaar rond.",
)
# Who offers what, in turn: of those that did it.
OFFERS = (("PRACTICE", "Bel gerust naar de dienst onthaal."), ("STORY", "digipunt@bestuur.example"))
# What the evaluation is about, for which kinds, and when it was decided.
LESSONS = (
    (
        "Netwerk op bezoek",
        "Plan een half uur om met elkaar te praten.",
        ["network_meeting"],
        "2026-04-28",
    ),
    (
        "Infosessie: chatbots",
        "Stuur de slides een dag vooraf. Zo kunnen mensen meelezen.",
        ["info_session", "presentation"],
        "2026-06-16",
    ),
    (
        "Veilig online",
        "Begin met een oefening. Leg pas daarna uit.",
        ["training", "workshop"],
        "2026-06-30",
    ),
    ("Infosessie: hulp", "Zet een verslag van één blad online.", ["info_session"], "2026-02-17"),
)
NOTES = (
    ("Netwerk op bezoek", "In de pauze vroegen drie besturen naar een modelafspraak met de bib."),
    ("Focusgroep: welke tools", "Een deelnemer: «Ik gebruik de kaartjes, de website vind ik nooit terug.»"),
    ("Studiebezoek", "Op de trein terug: dit kan bij ons ook, maar kleiner."),
)
