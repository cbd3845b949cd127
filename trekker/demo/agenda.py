"""The activities of the invented year as plain facts: what, when, where, and how many came."""

from __future__ import annotations

from dataclasses import dataclass, field

VVSG, MEDIAWIJS, DIVERSCITY = "VVSG", "Mediawijs", "Diverscity"


@dataclass(frozen=True, kw_only=True)
class Part:
    """
    One session: day and clock, hours that count, theme, and who of those present missed some of it.

    Of all who came to the activity, the first left after so many ``minutes`` each, and the last
    ``missed`` this session whole. ``settled`` says whether someone noted who was there.
    """

    day: str
    clock: str
    hours: str
    theme: str = ""
    title: str = ""
    minutes: tuple[int, ...] = ()
    missed: int = 0
    settled: bool = True


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """How many came, by what they came for, and how many registered and did not come."""

    local: int = 0
    igs: int = 0
    partners: int = 0
    unplaced: int = 0
    absent: int = 0
    withdrawn: int = 0
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One activity; without parts it is still an idea."""

    title: str
    kind: str
    parts: tuple[Part, ...]
    summary: str
    text: str
    state: str = "HELD"
    role: str = "organiser"
    organisers: tuple[str, ...] = (VVSG,)
    format: str = "online"
    place: str = ""
    town: str = ""
    themes: tuple[str, ...] = ("digital_inclusion",)
    audiences: tuple[str, ...] = ("network_members",)
    crowd: Crowd = field(default_factory=Crowd)
    facts: dict[str, object] = field(default_factory=dict)
    course: str = ""
    series: str = ""
    idea: str = ""
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Training:
    """One course, of which editions are given."""

    title: str
    provider: str
    summary: str
    focus: str = "main"
    role: str = "organiser"
    themes: tuple[str, ...] = ("digital_inclusion",)
    audiences: tuple[str, ...] = ("frontline_staff",)
    e_learning: bool = False


SAFE, HELPER = "Veilig online helpen", "Collega en digihelper"
DESK, OLDER, ONBOARD = "Iedereen mee aan het loket", "Digicoach voor ouderen", "Sterk aan het onthaal"
TRAININGS = (
    Training(
        title=HELPER,
        provider=DIVERSCITY,
        focus="part",
        summary="Een dag voor wie collega's op het werk digitaal verder helpt.",
        themes=("digital_help",),
    ),
    Training(
        title=ONBOARD,
        provider=VVSG,
        focus="part",
        summary="Basisopleiding voor onthaal en balie, met een halve dag digitale inclusie.",
        themes=("digital_inclusion", "inclusive_communication"),
    ),
    Training(
        title=DESK,
        provider=VVSG,
        summary="Leer aan het loket zien wie digitaal vastloopt, en wat je dan doet.",
        audiences=("local_government_staff", "frontline_staff"),
    ),
    Training(
        title=SAFE,
        provider=VVSG,
        summary="Wat doe je als iemand zijn codes of kaart in jouw hand legt?",
        themes=("online_safety",),
        audiences=("professionals",),
    ),
    Training(
        title=OLDER,
        provider=MEDIAWIJS,
        role="supporter",
        summary="Drie dagen oefenen voor wie ouderen digitaal op weg zet.",
        audiences=("professionals",),
    ),
    Training(
        title="Eerste hulp bij digitale vragen",
        provider=VVSG,
        e_learning=True,
        summary="Een e-learning van een uur, in stukjes van tien minuten. Nog in opbouw.",
        themes=("digital_help",),
    ),
)

NETWORK = (
    Activity(
        title="Netwerk digitale inclusie: plannen voor het nieuwe jaar",
        kind="network_meeting",
        parts=(Part(day="2026-01-22", clock="13:30-16:00", hours="2.25", minutes=(60, 90)),),
        summary="We kijken vooruit, en horen van elkaar wat er dit jaar op stapel staat.",
        text="Elk bestuur brengt één voornemen mee.\n\nDaarna zoeken we wie wie kan helpen.",
        crowd=Crowd(local=24, igs=2, partners=4, unplaced=1, absent=6, withdrawn=3),
    ),
    Activity(
        title="Netwerk op bezoek in Mechelen: de bib als digipunt",
        kind="network_meeting",
        parts=(Part(day="2026-03-24", clock="09:30-12:30", hours="2.5"),),
        summary="Mechelen toont hoe de bib, het OCMW en de wijkwerking één digipunt delen.",
        text="We starten met een rondgang.\n\nDaarna leggen drie besturen hun eigen digipunt ernaast.",
        format="physical",
        place="Zaal boven de bib",
        town="Mechelen",
        crowd=Crowd(local=21, igs=3, partners=2, absent=4, withdrawn=1),
        facts={
            "max_registrations": 40,
            "access_note": "Er is een lift en een ringleiding.",
            "asks_diet": True,
        },
    ),
    Activity(
        title="Netwerk in Gent en online: samen met welzijn",
        kind="network_meeting",
        parts=(Part(day="2026-06-18", clock="13:30-16:30", hours="2.5"),),
        summary="Hoe werk je samen met welzijnsorganisaties zonder elkaar in de weg te lopen?",
        text="Kom naar Gent of volg online.\n\nWie online volgt, praat mee in een eigen groep.",
        format="hybrid",
        place="Vergadercentrum aan de Leie",
        town="Gent",
        crowd=Crowd(local=19, igs=2, partners=3, absent=7),
        facts={"max_registrations": 30, "max_online": 60},
    ),
    Activity(
        title="Netwerk in Brussel: wat vragen we aan de overheid?",
        kind="network_meeting",
        parts=(Part(day="2026-10-06", clock="10:00-15:00", hours="4", settled=False),),
        summary="We bundelen wat er lokaal knelt, en kiezen drie vragen voor de hogere overheid.",
        text="Breng een voorbeeld mee van een dienst die enkel nog digitaal kan.\n\nWe lunchen samen.",
        format="physical",
        place="Zaal aan het Noordstation",
        town="Schaarbeek",
        crowd=Crowd(absent=31),
        facts={"max_registrations": 45, "asks_diet": True},
    ),
    Activity(
        title="Netwerk digitale inclusie: terugblik en plannen voor 2027",
        kind="network_meeting",
        parts=(Part(day="2027-02-04", clock="13:30-16:00", hours="2.25"),),
        summary="We kijken terug op het jaar en leggen de thema's voor 2027 vast.",
        text="Noteer de datum al. Inschrijven kan vanaf januari.",
        state="PLANNED",
    ),
)
SERIES = "Intervisies 2026"
CASES = """\
Bij je inschrijving schrijf je jouw vraagstuk op.

De groep kiest er twee om samen uit te diepen.
"""
INTERVISIONS = (
    Activity(
        title="Intervisie: nieuwe vrijwilligers vinden en houden",
        kind="intervision",
        series=SERIES,
        parts=(Part(day="2026-02-26", clock="13:30-15:30", hours="2"),),
        summary="Leg je eigen vraag voor aan een kleine groep collega's.",
        text=CASES,
        crowd=Crowd(local=6, igs=1, absent=1),
    ),
    Activity(
        title="Intervisie: hulp bij itsme en andere sleutels",
        kind="intervision",
        series=SERIES,
        parts=(Part(day="2026-05-07", clock="13:30-15:30", hours="2"),),
        summary="Waar stopt helpen en waar begint overnemen?",
        text=CASES,
        crowd=Crowd(local=5, withdrawn=1),
    ),
    Activity(
        title="Intervisie: digihulp in een klein bestuur",
        kind="intervision",
        series=SERIES,
        parts=(Part(day="2026-09-17", clock="13:30-15:30", hours="2"),),
        summary="Alleen aan het roer? Hier denken collega's van kleine besturen mee.",
        text=CASES,
        state="CANCELLED",
        because="Er waren twee inschrijvingen. Een intervisie gaat door vanaf drie.",
        crowd=Crowd(absent=2),
    ),
    Activity(
        title="Intervisie: moeilijke gesprekken aan de balie",
        kind="intervision",
        series=SERIES,
        parts=(Part(day="2026-12-08", clock="13:30-15:30", hours="2"),),
        summary="Wat doe je als iemand boos wordt omdat het niet op papier kan?",
        text=CASES,
        state="OPEN",
        crowd=Crowd(absent=2),
    ),
)
INFO_SESSIONS = (
    Activity(
        title="Infosessie: hulp aan het loket, wat mag je doen?",
        kind="info_session",
        parts=(Part(day="2026-01-15", clock="10:00-11:30", hours="1.5", minutes=(30, 45, 80)),),
        summary="Mag je inloggen voor iemand anders? Een jurist legt de grenzen uit.",
        text="Je krijgt een overzicht op één blad.\n\nVragen stellen kan de hele tijd.",
        audiences=("frontline_staff", "local_government_staff"),
        crowd=Crowd(local=25, igs=2, partners=3, unplaced=2, absent=8),
    ),
    Activity(
        title="Infosessie: chatbots en kunstmatige intelligentie in gewone taal",
        kind="info_session",
        parts=(Part(day="2026-05-12", clock="10:00-11:30", hours="1.5", minutes=(40, 40)),),
        summary="Wat kunnen ze, wat niet, en wat zeg je tegen wie er bang voor is?",
        text="We proberen samen drie chatbots uit.\n\nJe gaat naar huis met een lesje van een half uur.",
        audiences=("frontline_staff",),
        crowd=Crowd(local=21, igs=1, partners=2, absent=5),
    ),
    Activity(
        title="Infosessie van Mediawijs: de basisvaardigheden meten",
        kind="info_session",
        parts=(Part(day="2026-01-29", clock="14:00-15:30", hours="1.5"),),
        summary="Mediawijs stelt een meting voor. Wij brengen de lokale besturen erbij.",
        text="Je ziet hoe je de meting afneemt.\n\nTwee besturen vertellen hoe het bij hen ging.",
        role="facilitator",
        organisers=(MEDIAWIJS,),
        audiences=("professionals",),
        crowd=Crowd(local=14, partners=6, absent=3),
    ),
    Activity(
        title="Infosessie: subsidies voor digipunten in 2027",
        kind="info_session",
        parts=(Part(day="2027-01-14", clock="10:00-11:30", hours="1.5"),),
        summary="Wat is er zeker, wat niet, en wat vul je wanneer in?",
        text="We overlopen de regels en de termijnen.\n\nJe kunt je vraag vooraf doorgeven.",
        audiences=("local_government_staff",),
        state="OPEN",
        crowd=Crowd(absent=17),
        facts={"online_link": "https://overleg.example/subsidies", "deadline_at": "2027-01-12 12:00"},
    ),
)
INSPIRATION = (
    Activity(
        title="Inspiratiedag: digitaal ouder worden",
        kind="inspiration_event",
        parts=(Part(day="2026-04-21", clock="09:30-16:00", hours="5"),),
        summary="Een dag vol praktijken over ouderen en schermen.",
        text="Mediawijs organiseert. Wij zorgden voor vijf sprekers uit lokale besturen.",
        role="supporter",
        organisers=(MEDIAWIJS,),
        format="physical",
        place="Cultuurcentrum",
        town="Leuven",
        audiences=("professionals",),
        crowd=Crowd(local=28, igs=3, partners=14, absent=9),
        facts={"external_url": "https://inschrijven.example/ouder-worden"},
    ),
    Activity(
        title="Inspiratievoormiddag online: jongeren zonder wifi",
        kind="inspiration_event",
        parts=(Part(day="2026-06-03", clock="09:30-12:00", hours="2.25"),),
        summary="Niet elke jongere is handig met een computer. Vier praktijken tonen het anders.",
        text="Mediawijs organiseert. Wij brachten twee jeugddiensten mee.",
        role="supporter",
        organisers=(MEDIAWIJS,),
        audiences=("professionals",),
        crowd=Crowd(local=17, partners=11, absent=6),
        facts={"external_url": "https://inschrijven.example/jongeren"},
    ),
    Activity(
        title="Inspiratiedag: aan de slag met taal en schermen",
        kind="inspiration_event",
        parts=(Part(day="2026-11-19", clock="09:30-16:00", hours="5"),),
        summary="Taalbuddy's, beeldwoordenboeken en vertaalapps: een dag om te proberen.",
        text="Mediawijs organiseert. Wij zoeken sprekers uit lokale besturen.",
        role="supporter",
        organisers=(MEDIAWIJS,),
        format="physical",
        place="Stadsfeestzaal",
        town="Kortrijk",
        audiences=("professionals",),
        state="CONFIRMED",
        facts={"external_url": "https://inschrijven.example/taal"},
    ),
)
