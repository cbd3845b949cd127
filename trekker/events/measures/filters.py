"""The questions that lines of plans ask of activities, and the words by which plans ask them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from trekker.events.models import Attendance, Course, Event, Session
from trekker.kernel.measures import Choice, Filter, Unit, by_value
from trekker.kernel.measures.announced import DIGITAL_INCLUSION, ORGANISATION_KIND
from trekker.kernel.measures.filters import Value
from trekker.kernel.periods import Period
from trekker.organisations.models import Organisation
from trekker.organisations.queries import counting_as
from trekker.themes.models import Audience, Theme, choices

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
EVENT_UNITS: Mapping[Value, Unit] = {
    "network_meeting": Unit("bijeenkomst", "bijeenkomsten"),
    "intervision": Unit("sessie", "sessies"),
    "info_session": Unit("infosessie", "infosessies"),
    "inspiration_event": Unit("inspiratiemoment", "inspiratiemomenten"),
    "training": Unit("opleiding", "opleidingen"),
    "focus_group": Unit("focusgroep", "focusgroepen"),
    "presentation": Unit("presentatie", "presentaties"),
    "workshop": Unit("workshop", "workshops"),
    "study_visit": Unit("studiebezoek", "studiebezoeken"),
}
EVENT_KIND = Filter(code="kind", label="soort activiteit", choices=EVENT_KINDS, lookup="kind")
OUR_ROLE = Filter(
    code="our_role",
    label="onze rol",
    lookup="our_role",
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
    lookup="format",
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
    lookup="region",
    known=~Q(region=""),
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
ON_REQUEST = Filter(
    code="on_request",
    label="op vraag",
    lookup="on_request",
    choices=(
        Choice(value=True, label="ja", words=(r"op (?:aan)?vraag\b",)),
        Choice(value=False, label="nee"),
    ),
)
PURPOSE = Filter(
    code="purpose",
    label="doel",
    lookup="purpose",
    choices=(
        Choice(
            value="evaluate_tools",
            label="tools evalueren",
            words=(r"(?:evalu\w+|evaluatie) van .{0,40}?tools", r"tools .{0,20}?evalueren"),
        ),
        Choice(value="outreach", label="outreaching", words=(r"outreach\w*", r"aan huis\b")),
    ),
)


def _named(names: Sequence[Value]) -> QuerySet:
    """Give the ids of the organisations with one of these names, in capitals or not."""
    spelled = Q()
    for name in names:
        spelled |= Q(name__iexact=str(name))
    return Organisation.objects.filter(spelled).values("pk")


def _organised_by(_period: Period, names: Sequence[Value]) -> Q:
    links = Event.organisers.through.objects.filter(organisation__in=_named(names))
    return Q(pk__in=links.values("event"))


ORGANISED_BY = Filter(
    code="organiser",
    label="organisator",
    condition=_organised_by,
    party_words=(r"georganiseerd door {party}", r"ondersteun(?:ing|en|t) (?:van|aan) {party}"),
)


def of_event(each: Filter, path: str) -> Filter:
    """Ask a question about the activity at the end of a path, and of sessions that are unknown."""
    return replace(each, lookup=f"{path}__{each.code}", beside=by_value(f"event__{each.code}"))


def also_beside(each: Filter) -> Filter:
    """Ask a question about activities of the unknown activities too."""
    return replace(each, beside=each.where)


def _attended(_period: Period, values: Sequence[Value]) -> Q:
    if "registered" in values:
        return Q(pk__isnull=False)
    return Q(Exists(Attendance.objects.filter(registration=OuterRef("pk"), present=True)))


STATUS = Filter(
    code="status",
    label="aanwezigheid",
    condition=_attended,
    known=~Q(Exists(Session.objects.filter(event=OuterRef("event"), attendance_at=None))),
    choices=(
        Choice(value="attended", label="aanwezig", default=True),
        Choice(value="registered", label="ingeschreven", words=(r"ingeschreven\b",)),
    ),
)
FROM_ORGANISATION = replace(
    ORGANISATION_KIND,
    condition=lambda period, groups: Q(organisation__in=counting_as(period, groups)),
    by_day=True,
    known=Q(organisation__isnull=False),
)

# By these words plans speak of the terms they cannot do without; the registers add their own.
SPOKEN: Mapping[Value, tuple[str, ...]] = {
    DIGITAL_INCLUSION.value: DIGITAL_INCLUSION.words,
    "local_government_staff": (
        r"(?:medewerkers|personeel) (?:van|in|bij) (?:\w+ )?loka(?:al|le) bestu(?:ur|ren)",
        r"(?:medewerkers|personeel) van gemeenten",
    ),
    "professionals": (r"voor professionals",),
}


def _spoken(terms: Iterable[Choice]) -> Iterable[Choice]:
    for term in terms:
        yield replace(term, words=(*SPOKEN.get(term.value, ()), *term.words))


def themes() -> Iterable[Choice]:
    """Give every theme as a choice."""
    return _spoken(choices(Theme))


def audiences() -> Iterable[Choice]:
    """Give every audience as a choice."""
    return _spoken(choices(Audience))


SESSION_THEME = Filter(
    code="session_theme",
    label="thema van de sessie",
    choices=themes,
    condition=lambda _period, codes: Q(session__theme__in=_within(codes)),
    beside=lambda _period, codes: Q(theme__in=_within(codes)),
)


def _within(codes: Sequence[Value]) -> QuerySet:
    return Theme.objects.within(codes).values("pk")


def _on_theme(_period: Period, codes: Sequence[Value]) -> Q:
    links = Course.themes.through.objects.filter(theme__in=_within(codes))
    return Q(course__in=links.values("course"))


def _for_audience(_period: Period, codes: Sequence[Value]) -> Q:
    links = Course.audiences.through.objects.filter(audience__code__in=codes)
    return Q(course__in=links.values("course"))


def _of_more_days(period: Period, values: Sequence[Value]) -> Q:
    editions = Event.objects.starting_within(period).exclude(course=None)
    days = Session.objects.filter(event__in=editions).order_by().values("event")
    several = days.annotate(days=Count(TruncDate("starts_at"), distinct=True)).filter(days__gt=1)
    wanted = Q(pk__in=several.values("event"))
    if len(set(values)) > 1:
        return Q(pk__isnull=False)
    return wanted if values[0] else ~wanted


PROVIDER = Filter(
    code="provider",
    label="aanbieder",
    condition=lambda _period, names: Q(course__provider__in=_named(names)),
    party_words=(r"opleiding(?:en)? van {party}", r"aanbod van {party}"),
)
FOCUS = Filter(
    code="focus",
    label="plaats van het thema",
    lookup="course__focus",
    choices=(
        Choice(
            value="part",
            label="deel van de opleiding",
            words=(r"integre\w+", r"ge[iï]ntegreerd", r"als onderdeel"),
            settles=("theme", "our_role", "organiser"),
        ),
        Choice(value="main", label="hoofdthema", words=(r"thematische?\b",), settles=("theme",)),
    ),
)
AUDIENCE = Filter(code="audience", label="doelgroep", choices=audiences, condition=_for_audience)
MULTI_DAY = Filter(
    code="multi_day",
    label="meerdaags",
    condition=_of_more_days,
    choices=(
        Choice(value=True, label="ja", words=(r"meerdaagse?\b",)),
        Choice(value=False, label="nee"),
    ),
)
COURSE_THEME = Filter(code="theme", label="thema", choices=themes, condition=_on_theme)
