"""
The measures whose registers are still to come, so that a plan can already speak of them.

Reading this module announces them. An app that builds such a register declares the measure in its
own ``measures.py`` under the same code, which takes the place of the announcement; its entry here
then goes away.
"""

from __future__ import annotations

from dataclasses import replace

from trekker.kernel.measures.catalogue import announce
from trekker.kernel.measures.filters import Choice, Filter, Value
from trekker.kernel.measures.measure import Control, Kind, Unit

ORGANISER = ("our_role", "organiser")

EVENT_KINDS = (
    Choice(
        value="network_meeting",
        label="netwerkbijeenkomst",
        words=(r"(?:netwerk)?bijeenkomst(?:en)?\b", r"netwerkmoment(?:en)?\b"),
        settles=ORGANISER,
    ),
    Choice(
        value="intervision",
        label="intervisie",
        words=(r"intervisie(?:sessie|moment)?\w*",),
        settles=ORGANISER,
    ),
    Choice(value="info_session", label="infosessie", words=(r"info(?:rmatie)?sessie\w*", r"webinar\w*")),
    Choice(
        value="inspiration_event",
        label="inspiratiemoment",
        words=(r"inspiratie(?:moment|dag|sessie)\w*",),
    ),
    Choice(
        value="training",
        label="opleiding",
        words=(r"(?:\w*[\w-])?opleiding(?:en)?\b", r"vorming(?:en)?\b"),
    ),
    Choice(value="focus_group", label="focusgroep", words=(r"focusgroep\w*",), settles=ORGANISER),
    Choice(value="presentation", label="presentatie", words=(r"presentaties?\b", r"lezing(?:en)?\b")),
    Choice(value="workshop", label="workshop", words=(r"workshops?\b",)),
    Choice(value="study_visit", label="studiebezoek", words=(r"studiebezoek\w*", r"studiereis\w*")),
)
EVENT_UNITS: dict[Value, str] = {
    "network_meeting": "bijeenkomsten",
    "intervision": "sessies",
    "info_session": "infosessies",
    "inspiration_event": "inspiratiemomenten",
    "training": "opleidingen",
    "focus_group": "focusgroepen",
    "presentation": "presentaties",
    "workshop": "workshops",
    "study_visit": "studiebezoeken",
}
EVENT_KIND = Filter(code="kind", label="soort activiteit", choices=EVENT_KINDS)
OUR_ROLE = Filter(
    code="our_role",
    label="onze rol",
    choices=(
        Choice(value="supporter", label="ondersteuner", words=(r"ondersteun\w*", r"medewerking aan")),
        Choice(value="facilitator", label="facilitator", words=(r"facilite\w+",)),
        Choice(value="speaker", label="spreker", words=(r"geeft\b", r"geven\b", r"spreker")),
        Choice(
            value="organiser",
            label="organisator",
            words=(r"organis(?:atie|eert|eren)\b", r"inrichten van"),
        ),
    ),
)
FORMAT = Filter(
    code="format",
    label="vorm",
    choices=(
        Choice(value="physical", label="fysiek", words=(r"fysieke?\b", r"offline\b", r"ter plaatse")),
        Choice(
            value="online",
            label="online",
            words=(
                r"(?:bijeenkomst|sessie)\w* online",
                r"online (?:bijeenkomst|sessie|infosessie)\w*",
            ),
        ),
        Choice(value="hybrid", label="hybride", words=(r"hybride?\b",)),
    ),
)
REGION = Filter(
    code="region",
    label="gewest",
    choices=(
        Choice(
            value="brussels_capital_region",
            label="Brussels Hoofdstedelijk Gewest",
            words=(r"brussels?\b",),
        ),
        Choice(value="flanders", label="Vlaams Gewest", words=(r"in vlaanderen",)),
        Choice(value="wallonia", label="Waals Gewest", words=(r"in walloni[eë]",)),
    ),
)
ORGANISED_BY = Filter(
    code="organiser",
    label="organisator",
    party_words=(r"georganiseerd door {party}", r"ondersteun(?:ing|en|t) (?:van|aan) {party}"),
)
ORGANISATION_KIND = Filter(
    code="organisation_kind",
    label="soort organisatie",
    choices=(
        Choice(
            value="local_government",
            label="lokaal bestuur",
            words=(r"loka(?:al|le) bestu(?:ur|ren)", r"gemeente(?:n|besturen)?\b"),
        ),
        Choice(
            value="igs",
            label="intergemeentelijk samenwerkingsverband",
            words=(r"(?:intergemeentelijke? )?samenwerkingsverband(?:en)?", r"\bigs\b"),
        ),
    ),
)
DIGITAL_INCLUSION = Choice(
    value="digital_inclusion", label="digitale inclusie", words=(r"digitale[- ]inclusie",)
)
THEME = Filter(code="theme", label="thema", choices=(DIGITAL_INCLUSION,))
OWN_THEME = replace(THEME, choices=(replace(DIGITAL_INCLUSION, default=True),))

announce(
    "events.held",
    label="Activiteiten",
    definition="Gehouden activiteiten met een datum in de periode, elk één keer geteld.",
    kind=Kind.FLOW,
    unit=Unit("sessie", "sessies"),
    filters=(
        replace(EVENT_KIND, units=EVENT_UNITS),
        FORMAT,
        REGION,
        Filter(
            code="on_request",
            label="op vraag",
            choices=(
                Choice(value=True, label="ja", words=(r"op (?:aan)?vraag\b",)),
                Choice(value=False, label="nee"),
            ),
        ),
        ORGANISED_BY,
        OUR_ROLE,
        Filter(
            code="purpose",
            label="doel",
            choices=(
                Choice(
                    value="evaluate_tools",
                    label="tools evalueren",
                    words=(r"(?:evalu\w+|evaluatie) van .{0,40}?tools", r"tools .{0,20}?evalueren"),
                ),
                Choice(value="outreach", label="outreaching", words=(r"outreach\w*", r"aan huis\b")),
            ),
        ),
    ),
    words=(
        *(word for choice in EVENT_KINDS if choice.value != "training" for word in choice.words),
        r"activiteit(?:en)?\b",
        r"evenement(?:en)?\b",
    ),
)
announce(
    "participations.count",
    label="Deelnames",
    definition="Deelnames aan gehouden activiteiten. Wie twee keer komt, telt twee keer.",
    kind=Kind.FLOW,
    unit=Unit("deelname", "deelnames"),
    control=Control.ASKED,
    filters=(
        EVENT_KIND,
        ORGANISATION_KIND,
        OUR_ROLE,
        Filter(
            code="status",
            label="aanwezigheid",
            choices=(
                Choice(value="attended", label="aanwezig", default=True),
                Choice(value="registered", label="ingeschreven", words=(r"ingeschreven\b",)),
            ),
        ),
    ),
    words=(r"deelnames?\b", r"deelnemingen\b", r"deelnemers\b"),
)
announce(
    "participations.hours",
    label="Deelnemersuren",
    definition="Uren van sessies, maal het deel dat elke deelnemer aanwezig was.",
    kind=Kind.FLOW,
    unit=Unit("deelnemersuur", "deelnemersuren"),
    control=Control.ASKED,
    filters=(
        EVENT_KIND,
        OUR_ROLE,
        replace(THEME, code="session_theme", label="thema van de sessie"),
    ),
    words=(r"deelnemersu(?:ur|ren)\b", r"deelname-?uren\b", r"uren deelname\b"),
)
announce(
    "courses.given",
    label="Opleidingen",
    definition="Opleidingen met een gehouden editie in de periode. Elke opleiding telt één keer.",
    kind=Kind.FLOW,
    unit=Unit("opleiding", "opleidingen"),
    filters=(
        ORGANISED_BY,
        OUR_ROLE,
        Filter(
            code="provider",
            label="aanbieder",
            party_words=(r"opleiding(?:en)? van {party}", r"aanbod van {party}"),
        ),
        Filter(
            code="focus",
            label="plaats van het thema",
            choices=(
                Choice(
                    value="part",
                    label="deel van de opleiding",
                    words=(r"integre\w+", r"ge[iï]ntegreerd", r"als onderdeel"),
                    settles=("theme", "our_role", "organiser"),
                ),
                Choice(value="main", label="hoofdthema", words=(r"thematische?\b",), settles=("theme",)),
            ),
        ),
        Filter(
            code="audience",
            label="doelgroep",
            choices=(
                Choice(
                    value="local_government_staff",
                    label="medewerkers van lokale besturen",
                    words=(
                        r"(?:medewerkers|personeel) (?:van|in|bij) (?:\w+ )?loka(?:al|le) bestu(?:ur|ren)",
                        r"(?:medewerkers|personeel) van gemeenten",
                    ),
                ),
                Choice(value="professionals", label="professionals", words=(r"voor professionals",)),
            ),
        ),
        Filter(
            code="multi_day",
            label="meerdaags",
            choices=(
                Choice(value=True, label="ja", words=(r"meerdaagse?\b",)),
                Choice(value=False, label="nee"),
            ),
        ),
        THEME,
    ),
    words=(r"(?:\w*[\w-])?opleiding(?:en)?\b", r"cursus(?:sen)?\b", r"vorming(?:en)?\b"),
)
announce(
    "practices.published",
    label="Praktijken",
    definition="Praktijken die in de periode voor het eerst in de praktijkenbank kwamen.",
    kind=Kind.FLOW,
    unit=Unit("praktijk", "praktijken"),
    filters=(
        Filter(
            code="status",
            label="toestand",
            choices=(
                Choice(value="published", label="gepubliceerd", default=True),
                Choice(value="draft", label="concept"),
            ),
        ),
        ORGANISATION_KIND,
        OWN_THEME,
    ),
    words=(r"praktijk(?:en|voorbeeld|voorbeelden)?\b",),
)
announce(
    "publications.published",
    label="Publicaties",
    definition="Artikels en andere publicaties die in de periode verschenen.",
    kind=Kind.FLOW,
    unit=Unit("publicatie", "publicaties"),
    filters=(
        Filter(
            code="kind",
            label="soort publicatie",
            choices=(Choice(value="article", label="artikel", words=(r"artikel(?:s|en)?\b",)),),
            units={"article": "artikels"},
        ),
        Filter(
            code="medium",
            label="medium",
            choices=(
                Choice(
                    value="Lokaal",
                    label="magazine Lokaal",
                    words=(r"(?:magazine|tijdschrift|blad) lokaal",),
                ),
                Choice(value="website", label="website", words=(r"website\b",)),
            ),
        ),
        OWN_THEME,
    ),
    words=(r"artikel(?:s|en)?\b", r"publicaties?\b"),
)
announce(
    "issues.sent",
    label="Nieuwsbrieven",
    definition="Edities van een nieuwsbrief die in de periode verstuurd zijn.",
    kind=Kind.FLOW,
    unit=Unit("editie", "edities"),
    filters=(
        Filter(
            code="newsletter",
            label="nieuwsbrief",
            choices=(
                Choice(
                    value="digital_inclusion",
                    label="digitale inclusie",
                    words=(r"nieuwsbrie(?:f|ven) (?:over )?digitale[- ]inclusie",),
                ),
            ),
        ),
        Filter(
            code="status",
            label="toestand",
            choices=(
                Choice(value="sent", label="verstuurd", default=True),
                Choice(value="draft", label="concept"),
            ),
        ),
    ),
    words=(r"(?:[\w-]+-)?nieuwsbrie(?:f|ven)\b",),
)
announce(
    "conversations.held",
    label="Adviesgesprekken",
    definition="Gesprekken waarin advies gegeven is, met een datum in de periode.",
    kind=Kind.FLOW,
    unit=Unit("gesprek", "gesprekken"),
    control=Control.ASKED,
    filters=(
        ORGANISATION_KIND,
        Filter(
            code="mode",
            label="wijze",
            choices=(
                Choice(value="conversation", label="gesprek", words=(r"(?:advies)?gesprek(?:ken)?\b",)),
                Choice(value="mail", label="mail", words=(r"(?:via|per) mail\b",)),
            ),
        ),
        Filter(
            code="status",
            label="toestand",
            choices=(
                Choice(value="held", label="gevoerd", default=True),
                Choice(value="planned", label="gepland"),
            ),
        ),
    ),
    words=(r"adviesgesprek(?:ken)?\b", r"adviesvra(?:ag|gen)\b", r"adviezen\b"),
)
announce(
    "trajectories.started",
    label="Ondersteuningstrajecten",
    definition="Trajecten die in de periode startten, na akkoord over de intake.",
    kind=Kind.FLOW,
    unit=Unit("traject", "trajecten"),
    control=Control.ASKED,
    filters=(
        Filter(
            code="kind",
            label="soort traject",
            choices=(
                Choice(
                    value="support_trajectory",
                    label="ondersteuning op maat",
                    words=(r"ondersteuningstraject(?:en)?(?: op maat)?",),
                ),
                Choice(
                    value="process_guidance",
                    label="procesbegeleiding",
                    words=(r"procesbegeleiding(?:en)?",),
                ),
            ),
        ),
        Filter(
            code="phase",
            label="fase",
            choices=(
                Choice(value="requested", label="aangevraagd", words=(r"aangevraagde?\b",)),
                Choice(value="running", label="lopend", default=True),
                Choice(value="closed", label="afgesloten", default=True),
                Choice(value="evaluated", label="geëvalueerd", default=True),
            ),
        ),
        ORGANISATION_KIND,
    ),
    words=(r"ondersteuningstraject(?:en)?\b", r"procesbegeleiding(?:en)?\b", r"traject(?:en)?\b"),
)
