"""Activities, registrations and attendance to set the stage of a test."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from trekker.events.models import Attendance, Course, Event, Registration, Session, SessionRequest
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import PersonFactory

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=BRUSSELS)
STARTS = datetime(2026, 4, 16, 13, 30, tzinfo=BRUSSELS)
TWO_HOURS = timedelta(hours=2)


class CourseFactory(DjangoModelFactory):
    title = factory.Sequence("Inclusief werken {}".format)

    class Meta:
        model = Course


class EventFactory(DjangoModelFactory):
    """An online network meeting in the agenda, without a limit, with one session of two hours."""

    title = factory.Sequence("Netwerk in de praktijk {}".format)
    slug = factory.Sequence("netwerk-in-de-praktijk-{}".format)
    kind = Event.Kind.NETWORK_MEETING
    state = Event.State.OPEN
    starts_at = STARTS
    ends_at = factory.LazyAttribute(lambda each: each.starts_at and each.starts_at + TWO_HOURS)
    created_at = NOW

    class Meta:
        model = Event
        skip_postgeneration_save = True

    class Params:
        held = factory.Trait(state=Event.State.HELD)
        idea = factory.Trait(state=Event.State.IDEA, starts_at=None)
        physical = factory.Trait(format=Event.Format.PHYSICAL, place="Raadzaal", address="Markt 1")
        intervision = factory.Trait(kind=Event.Kind.INTERVISION, min_registrations=3, asks_case=True)
        training = factory.Trait(kind=Event.Kind.TRAINING)

    @factory.post_generation
    def session(self, create, wanted, **facts):
        """``session=False`` leaves it out; ``session__hours=3`` and so on changes it."""
        if create and wanted is not False and self.starts_at:
            SessionFactory(event=self, starts_at=self.starts_at, ends_at=self.ends_at, **facts)

    @factory.post_generation
    def leads(self, create, wanted, **_facts):
        if create and wanted:
            self.leads.set(wanted)


class SessionFactory(DjangoModelFactory):
    event = factory.SubFactory(EventFactory, session=False)
    starts_at = STARTS
    ends_at = factory.LazyAttribute(lambda each: each.starts_at + TWO_HOURS)
    hours = factory.LazyAttribute(lambda each: (each.ends_at - each.starts_at).total_seconds() / 3600)

    class Meta:
        model = Session


class RegistrationFactory(DjangoModelFactory):
    """A registration from the website, of someone known, for an organisation."""

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(PersonFactory)
    first_name = factory.SelfAttribute("person.first_name")
    last_name = factory.SelfAttribute("person.last_name")
    email = factory.SelfAttribute("person.email")
    organisation = factory.SubFactory(OrganisationFactory)
    registered_at = NOW

    class Meta:
        model = Registration

    class Params:
        waiting = factory.Trait(status=Registration.Status.WAITING)
        cancelled = factory.Trait(status=Registration.Status.CANCELLED, cancelled_at=NOW)
        nameless = factory.Trait(person=None, first_name="Gast", last_name="", email="")


class AttendanceFactory(DjangoModelFactory):
    """Someone was at the whole first session of the event of the registration."""

    registration = factory.SubFactory(RegistrationFactory, event__held=True)
    session = factory.LazyAttribute(lambda each: each.registration.event.sessions.get())
    recorded_at = NOW

    class Meta:
        model = Attendance


class SessionRequestFactory(DjangoModelFactory):
    name = "Wies Vragend"
    email = "wies@bestuur.example"
    organisation_text = "Gemeente Ergens"
    subject = "Digihulp in de bib"
    wish = "We willen tips voor onze balie."
    audience = "baliemedewerkers"
    received_at = NOW

    class Meta:
        model = SessionRequest
