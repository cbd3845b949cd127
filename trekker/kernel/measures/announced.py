"""
The measures whose registers are still to come, so that a plan can already speak of them.

Reading this module announces them. An app that builds such a register declares the measure in its
own ``measures.py`` under the same code, which takes the place of the announcement; its entry here
then goes away.
"""

from __future__ import annotations

from dataclasses import replace

from trekker.kernel.measures.catalogue import announce
from trekker.kernel.measures.filters import Choice, Filter
from trekker.kernel.measures.measure import Control, Kind, Subject
from trekker.kernel.measures.unit import Unit

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
    "practices.published",
    label="Praktijken",
    definition="Praktijken die in de periode voor het eerst in de praktijkenbank kwamen.",
    kind=Kind.FLOW,
    unit=Unit("praktijk", "praktijken"),
    subject=Subject.THINGS,
    filters=(
        Filter(
            code="status",
            label="stand",
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
    subject=Subject.THINGS,
    filters=(
        Filter(
            code="kind",
            label="soort publicatie",
            choices=(Choice(value="article", label="artikel", words=(r"artikel(?:s|en)?\b",)),),
            units={"article": Unit("artikel", "artikels")},
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
    subject=Subject.THINGS,
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
            label="stand",
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
    subject=Subject.THINGS,
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
            label="stand",
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
    subject=Subject.THINGS,
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
