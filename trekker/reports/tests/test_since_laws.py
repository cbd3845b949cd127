"""After fixing, whatever happens to the registers: what was fixed stays as it is, and «sinds» adds up."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import ProtectedError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trekker.events.actions.registering import cancel_registration
from trekker.events.actions.states import WrongStep, move
from trekker.events.models import Attendance, Course, Event, Registration, Session
from trekker.events.tests.factories import CourseFactory
from trekker.feedback.models import Evaluation, FollowUp, Response
from trekker.feedback.tests.factories import EvaluationFactory, answers
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.network.actions import end_membership
from trekker.network.models import Membership
from trekker.network.tests.factories import NEWSLETTER
from trekker.organisations.actions import merge_organisations, settle_standings
from trekker.organisations.models import Organisation
from trekker.people.actions import erase_person
from trekker.people.models import Person, Position
from trekker.plan.models import IndicatorLine
from trekker.plan.tests.factories import IndicatorFactory
from trekker.reports.formats import canonical
from trekker.reports.models import Snapshot
from trekker.reports.queries.reports import fixed_contents
from trekker.reports.queries.since import since
from trekker.reports.queries.verify import verify
from trekker.reports.tests.factories import NOW, ReportFactory, fixed, write
from trekker.reports.tests.test_reach_laws import bodies, comings, people, stored

LATER = NOW + timedelta(days=30)
YEAR = Period.year(2026)
QUESTIONS = [(code, {}) for code, measure in catalogue.items() if measure.has_register] + [
    ("events.held", {"kind": ["training"]}),
    ("participations.count", {"status": ["attended"]}),
    ("members.count", {"channel": [NEWSLETTER]}),
    ("members.organisations", {"organisation_kind": ["local_government"]}),
]
changes = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("drop event", "unhold event", "hold event", "shorten session", "drop session"),
                *("cancel registration", "drop registration", "move registration", "come", "register"),
                *("erase person", "drop position", "end membership", "drop membership", "join"),
                *("merge organisations", "rename organisation", "edition of a course", "drop course"),
                *("drop response", "answer later", "drop evaluation", "drop line", "drop person"),
            ]
        ),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=12,
)


def one(rows, number):
    """Pick one of these rows; none where there are none."""
    found = list(rows.order_by("pk"))
    return found[number % len(found)] if found else None


def delete(rows, number):
    if each := one(rows, number):
        try:
            type(each)._base_manager.filter(pk=each.pk).delete()
        except ProtectedError:
            return  # the database holds on to it: nothing changes


def evaluated(number):
    """Ask seven people about something, of whom six say later what came of it."""
    evaluation = EvaluationFactory(closed=True, about_on=date(2026, 3, 1 + number % 20))
    said = [{"can_use": "ja" if place % 2 else "nog niet"} for place in range(7)]
    for place, response in enumerate(answers(evaluation, *said)):
        organisation = one(Organisation.objects.all(), place + number)
        Response.objects.filter(pk=response).update(organisation=organisation)
        if place:
            FollowUp.objects.create(
                response_id=response, outcome="DONE" if place % 3 else "NOT_YET", **FOLLOWED
            )


FOLLOWED = {"due_on": date(2026, 5, 1), "answered_on": date(2026, 5, 2)}


def change(what, number):  # noqa: C901, PLR0912, PLR0915 - one branch for each kind of change
    event, registration = one(Event.objects.all(), number), one(Registration.objects.all(), number)
    person, session = one(Person.objects.filter(erased_at=None), number), one(Session.objects.all(), number)
    body = one(Organisation.objects.all(), number)
    match what:
        case "drop event":
            delete(Event.objects.all(), number)
        case "unhold event" | "hold event" if event:
            to = "CONFIRMED" if what == "unhold event" else "HELD"
            try:
                move(event=event, to=to, by=None, now=LATER)
            except WrongStep:
                return
        case "shorten session" if session:
            Session.objects.filter(pk=session.pk).update(hours=Decimal("1.25"))
        case "drop session":
            delete(Session.objects.all(), number)
        case "cancel registration" if registration:
            cancel_registration(registration=registration, overrule=True, by=None, now=LATER)
        case "drop registration":
            delete(Registration.objects.all(), number)
        case "move registration" if registration:
            Registration.objects.filter(pk=registration.pk).update(organisation=body)
        case "come" if registration and registration.event.sessions.exists():
            Attendance.objects.update_or_create(
                registration=registration,
                session=registration.event.sessions.first(),
                defaults={"present": bool(number % 2), "minutes": number * 7, "recorded_at": LATER},
            )
        case "register" if event:
            Registration.objects.create(event=event, organisation=body, registered_at=LATER)
        case "erase person" if person:
            erase_person(person=person, by=None, now=LATER)
        case "drop person":
            delete(Person.objects.all(), number)
        case "drop position":
            delete(Position.objects.all(), number)
        case "end membership":
            if running := one(Membership.objects.filter(until_on=None), number):
                on = max(running.from_on, date(2026, 6, 1))
                end_membership(membership=running, until_on=on, because="LEFT", by=None, now=LATER)
        case "drop membership":
            delete(Membership.objects.all(), number)
        case "join" if person and not person.memberships.exists():
            channel = Membership._meta.get_field("channel").related_model.objects.get(code=NEWSLETTER)
            Membership.objects.create(person=person, channel=channel, from_on=date(2026, 2, 1))
        case "merge organisations":
            other = one(Organisation.objects.exclude(pk=body.pk), number)
            same = other and other.counts_as_id is None and body.counts_as_id is None
            if same and other.merged_into_id is None and body.merged_into_id is None:
                merge_organisations(kept=body, dropped=other, by=None, now=LATER)
        case "rename organisation":
            Organisation.objects.filter(pk=body.pk).update(name=f"Anders {number}")
        case "edition of a course" if event:
            Event.objects.filter(pk=event.pk).update(course=CourseFactory())
        case "drop course":
            delete(Course.objects.all(), number)
        case "drop response":
            delete(Response.objects.all(), number)
        case "answer later":
            FollowUp.objects.filter(response=one(Response.objects.all(), number)).update(outcome="DONE")
        case "drop evaluation":
            delete(Evaluation.objects.all(), number)
        case "drop line":
            delete(IndicatorLine.objects.all(), number)


class TestWhatWasFixed(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(bodies, min_size=3, max_size=5),
        st.lists(people, min_size=2, max_size=5),
        st.lists(comings, min_size=3, max_size=7),
        st.lists(st.sampled_from(range(len(QUESTIONS))), min_size=5, max_size=5, unique=True),
        changes,
    )
    def test_stays_byte_for_byte_and_what_changed_since_adds_up(
        self, all_bodies, all_people, all_comings, asked, all_changes
    ):
        stored(all_bodies, all_people, all_comings)
        indicator = IndicatorFactory()
        for measure, filters in map(QUESTIONS.__getitem__, asked):
            IndicatorLine.objects.create(indicator=indicator, measure=measure, filters=filters, target=2)
        for number in range(2):
            evaluated(number)
        report = ReportFactory(plan=indicator.goal.version.plan)
        write(report, "Zo liep het.", indicator.goal.code)
        snapshot = fixed(report)
        before, packed = snapshot.data, bytes(snapshot.packed)
        rows = [list(line.evidence.rows()) for _g, _p, line in fixed_contents(snapshot).every_line()]

        assert all(each.is_same for each in since(fixed_contents(snapshot)))
        for what, number in all_changes:
            change(what, number)
        settle_standings()

        kept = Snapshot.objects.get(pk=snapshot.pk)
        contents = fixed_contents(kept)
        assert (kept.data, bytes(kept.packed)) == (before, packed)
        assert canonical.to_bytes(contents) in kept.data
        assert [list(line.evidence.rows()) for _g, _p, line in contents.every_line()] == rows
        assert verify(kept).faults == ()
        for each in since(contents):
            measure = catalogue[each.line.measure]
            assert each.now == measure.value(YEAR, each.line.filters)
            if measure.is_share:
                (then, of), (now, of_now) = each.parts
                assert then + each.plus - each.minus == now
                assert each.then == percent(then, of)
                assert each.now == percent(now, of_now)
            else:
                assert each.then + each.plus - each.minus + each.doubles == each.now
                assert measure.overlaps or each.doubles == 0

    def test_what_is_made_up_here_counts_in_every_measure(self):
        stored(BODIES, PEOPLE, COMINGS)
        evaluated(0)
        Event.objects.filter(state="HELD").update(course=CourseFactory())

        counted = {code: catalogue[code].value(YEAR, filters) for code, filters in QUESTIONS}

        # Nobody says of how many were asked: of that one there is nothing to count.
        assert {code for code, value in counted.items() if not value} == {"feedback.response_rate"}


def percent(part, whole):
    return (100 * part / whole).quantize(Decimal("0.1"), "ROUND_FLOOR") if whole else None


BODY = {"region": "flanders", "province": "Limburg", "population": 15_000, "is_closed": False}
BODIES = [BODY | {"kind": Organisation.Kind.MUNICIPALITY, "into": None, "counts_as": None}] * 3
FIRST = date(2026, 1, 1)
PEOPLE = [{"at": 0, "until": None, "from": FIRST, "left": None, "newsletter": True}]
COMINGS = [
    {"at": 0, "kind": "training", "on": FIRST, "held": True, "status": "REGISTERED", "present": True},
]
