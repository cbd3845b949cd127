"""
Every address, opened by every role and by a visitor.

The addresses come from the resolver; a new one fails here until it has a rule and its arguments can
be filled. Wagtail's own addresses get their rule in ``RULES``, ours carry it on the view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from trekker.config.urls import NOT_USED
from trekker.events.models import FeedKey, Material, OtherCalendar, Recording
from trekker.events.tests.factories import (
    AttendanceFactory,
    CourseFactory,
    EventFactory,
    RegistrationFactory,
    SessionRequestFactory,
)
from trekker.events.views.registering import RECEIPT
from trekker.feedback.queries.followups import RECEIPT as RECEIPT_OF_ANSWER
from trekker.feedback.queries.followups import token_of
from trekker.feedback.queries.invitations import token_of as link_of
from trekker.feedback.tests.factories import InvitationFactory, offered
from trekker.ideas.tests.factories import ConsultationFactory
from trekker.imports.models import Block, Import, Row
from trekker.kernel.access import ROLES, Permission, Role
from trekker.kernel.sealing import to_token
from trekker.mail.actions import default_sender
from trekker.mail.registry import KINDS
from trekker.mail.tests.factories import MessageFactory, StoppedAddressFactory
from trekker.network.tests.factories import MembershipFactory
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import AccountFactory, PersonFactory, PositionFactory
from trekker.plan.actions import start_trial
from trekker.plan.actions.progress import note_progress
from trekker.plan.models import Action, Remark
from trekker.plan.tests.factories import NOW, LineFactory
from trekker.reports.tests.factories import ReportFactory, fixed
from trekker.reports.tests.files import ready_file
from trekker.reports.tests.open_report import shown
from trekker.themes.models import Audience, Theme

pytestmark = pytest.mark.django_db
SECRET = "geheim.adres@bestuur.example"
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
P = Permission
OPENED = {200, 302, 405}  # 405: the address only takes what is sent
SHUT = {302, 403, 404}
# A step of signing in that someone has not come to answers so by itself.
NOT_YET = {403, 404}
NOBODY = None
# Who may open an address of Wagtail's; the first that fits counts.
RULES = {
    r"beheer/(netwerk|organisaties)/.*delete/": NOBODY,
    r"beheer/netwerk/lidmaatschappen/(new|edit)": NOBODY,
    r"beheer/netwerk/\w+/(new|edit)/": P.PEOPLE_CHANGE,
    r"beheer/netwerk/": P.PEOPLE_VIEW,
    r"beheer/organisaties/(new|edit)/": P.ORGANISATIONS_CHANGE,
    r"beheer/organisaties/": P.ORGANISATIONS_VIEW,
    r"beheer/(opleidingen|themas|doelgroepen)/.*delete/": NOBODY,
    r"beheer/(themas|doelgroepen)/": P.EVENTS_CHANGE,
    r"beheer/opleidingen/(new|edit)/": P.EVENTS_CHANGE,
    r"beheer/opleidingen/": P.EVENTS_VIEW,
    r"beheer/activiteiten/": P.EVENTS_VIEW,
    r"beheer/ideeen/.*delete/": NOBODY,
    r"beheer/mail/.*delete/": NOBODY,
    r"beheer/mail/(uit|adressen)/(new|edit)/": NOBODY,
    r"beheer/mail/afzenders/(new|edit)/": P.MAIL_CHANGE,
    r"beheer/mail/": P.MAIL_VIEW,
    r"beheer/ideeen/(new|edit)/": P.IDEAS_CHANGE,
    r"beheer/ideeen/": P.IDEAS_VIEW,
    r"beheer/feedback/.*delete/": NOBODY,
    r"beheer/feedback/vragenlijsten/(new|edit)/": P.FEEDBACK_CHANGE,
    r"beheer/feedback/opvolging/": P.FEEDBACK_READ,
    r"beheer/feedback/": P.FEEDBACK_VIEW,
    r"beheer/vragen/.*delete/": NOBODY,
    r"beheer/vragen/(new|edit)/": P.IDEAS_CHANGE,
    r"beheer/vragen/": P.IDEAS_VIEW,
    r"beheer/(users|bulk/<str:app_label>/<str:model_name>/<str:action>)/": P.USERS_CHANGE,
    r"beheer/(account|logout|dismissibles|editing-sessions/\w+)/": P.OFFICE,
    r"beheer/(jsi18n|sprite)/": P.PUBLIC,
}
# What the arguments of an address name on the stage; the first that fits counts.
ARGUMENTS = [
    (r"agenda/", {"slug": "announced", "signed": "receipt"}),
    (r"inschrijving/", {"key": "personal_key"}),
    (r"beheer/activiteiten/inschrijving/", {"pk": "registration"}),
    (r"beheer/activiteiten/<int:pk>/(inschrijven|beslis)/", {"pk": "led"}),
    (
        r"beheer/activiteiten/<int:pk>/(opname|materiaal)/",
        {"pk": "led", "recording": "recording", "material": "material"},
    ),
    (r"beheer/activiteiten/<int:pk>/attesten/", {"pk": "training", "registration": "attended"}),
    (r"beheer/activiteiten/<int:pk>/(deelnemers|aanwezigheid|onthaal)/", {"pk": "led", "session": "session"}),
    (r"beheer/activiteiten/opleiding/", {"pk": "course"}),
    (r"beheer/activiteiten/gemeente/", {"pk": "organisation"}),
    (
        r"beheer/activiteiten/((inspect|history|history-results|usage)/|<int:pk>/(verbeter|kopieer|herhaal|stap|annuleer|feedback)/)",
        {"pk": "led"},
    ),
    (r"beheer/opleidingen/", {"pk": "course"}),
    (r"beheer/themas/", {"pk": "theme"}),
    (r"beheer/doelgroepen/", {"pk": "audience"}),
    (r"materiaal/", {"pk": "file"}),
    (r"(beheer/)?resultaten/", {"year": "shown_year"}),
    (r"kalender/", {"key": "feed_key"}),
    (r"beheer/kalender/anderen/", {"pk": "other_calendar"}),
    (r"beheer/plan/meetlijn/<int:pk>/(rijen|voorspelling)/", {"pk": "counted"}),
    (r"beheer/plan/meetlijn/", {"pk": "line"}),
    (r"beheer/plan/(indicator|<str:kind>)/", {"pk": "indicator", "kind": "word"}),
    (r"beheer/plan/doelstelling/", {"pk": "goal"}),
    (r"beheer/plan/moment/", {"pk": "moment"}),
    (r"beheer/plan/actie/<int:pk>/voortgang/", {"pk": "promised_action", "note": "progress_note"}),
    (r"beheer/plan/actie/", {"pk": "action"}),
    (r"beheer/plan/wie-werkt-voor-wie/", {"pk": "colleague"}),
    (r"beheer/overleg/afspraken/", {"pk": "agreement"}),
    (r"beheer/overleg/<int:pk>/(verslag|afspraak)/", {"pk": "meeting", "thread": "goal_thread"}),
    (r"beheer/overleg/<int:pk>/heropenen/", {"pk": "closed_meeting"}),
    (r"beheer/overleg/", {"pk": "meeting"}),
    (r"beheer/plan/opmerking/", {"pk": "remark"}),
    (r"beheer/plan/versies/<int:pk>/((nieuw|wat-als|volgend-jaar)/)?$", {"pk": "version"}),
    (r"beheer/plan/versies/wat-als/", {"pk": "trial"}),
    (r"beheer/plan/versies/", {"pk": "concept"}),
    (
        r"beheer/rapporten/bestanden/van-rapport/<int:pk>/vaststelling/",
        {"pk": "fixed_report", "number": "one"},
    ),
    (r"beheer/rapporten/bestanden/van-rapport/", {"pk": "report"}),
    (r"beheer/rapporten/bestanden/", {"pk": "report_file"}),
    (
        r"beheer/rapporten/<int:pk>/(herzien|vaststelling)/",
        {"pk": "fixed_report", "number": "one", "key": "counted"},
    ),
    (r"beheer/rapporten/", {"pk": "report"}),
    (r"beheer/organisaties/", {"pk": "organisation", "other": "other_organisation"}),
    (r"beheer/inlezen/<int:pk>/(kolommen|titels)/", {"pk": "mapping"}),
    (r"beheer/inlezen/<int:pk>/verslag/", {"pk": "done", "kind": "csv"}),
    (r"beheer/inlezen/<int:pk>/bezig/", {"pk": "done"}),
    (r"beheer/inlezen/", {"pk": "review", "row": "row"}),
    (r"beheer/netwerk/personen/", {"pk": "person", "other": "other_person", "position": "position"}),
    (r"beheer/netwerk/lidmaatschappen/", {"pk": "membership"}),
    (r"beheer/netwerk/kanalen/", {"pk": "channel"}),
    (r"beheer/mail/uit/<int:pk>/aangekomen/", {"pk": "doubted"}),
    (r"beheer/mail/uit/", {"pk": "message"}),
    (r"beheer/mail/adressen/", {"pk": "stopped"}),
    (r"beheer/mail/afzenders/", {"pk": "sender"}),
    (r"beheer/mail/teksten/", {"code": "mail_kind"}),
    (r"beheer/users/", {"pk": "colleague"}),
    (r"beheer/ideeen/bevragingen/", {"pk": "consultation"}),
    (r"beheer/ideeen/", {"pk": "idea"}),
    (r"beheer/vragen/idee/", {"pk": "idea"}),
    (r"beheer/vragen/", {"pk": "session_request"}),
    (r"vraag-een-sessie/", {"ticket": "asked"}),
    (r"antwoord/", {"token": "invitation_link"}),
    (r"vragen/<str:key>/", {"key": "open_key"}),
    (r"vragen/<str:token>/", {"token": "thanks"}),
    (r"wat-kwam-ervan/", {"token": "what_came_of_it"}),
    (r"beheer/feedback/vragenlijsten/", {"pk": "questionnaire"}),
    (r"beheer/feedback/notities/", {"pk": "note"}),
    (r"beheer/feedback/lessen/", {"pk": "lesson"}),
    (r"beheer/feedback/opvolging/", {"pk": "offer"}),
    (r"beheer/feedback/(evaluaties|resultaten)/", {"pk": "evaluation"}),
    (r"beheer/bulk/", {"app_label": "people", "model_name": "account", "action": "delete"}),
    (
        r"beheer/editing-sessions/",
        {"app_label": "people", "model_name": "person", "object_id": "person", "session_id": "one"},
    ),
]
# Addresses that are not opened, each with the reason.
NOT_OPENED = {
    "beheer/^.*/$": "every other address of the back office: it always answers 404",
    "beheer/login/": "leads every visitor to the page to sign in; the journeys walk it",
}


@dataclass(frozen=True)
class Address:
    """A way to the platform as the resolver has it, with who may take it."""

    route: str
    permission: P | None

    def path(self, stage: SimpleNamespace) -> str:
        """Fill the arguments with what is on the stage."""
        names = next((names for start, names in ARGUMENTS if re.match(start, self.route)), {})
        filled = ARGUMENT.sub(lambda found: str(getattr(stage, names[found[1]], names[found[1]])), self.route)
        return f"/{filled}?id={stage.colleague}"  # a bulk action asks for whom

    def is_open_to(self, role: Role | None) -> bool:
        """Tell whether a role, or a visitor, may take it."""
        return self.permission is P.PUBLIC or bool(role and self.permission in ROLES[role])


def patterns(found: list, above: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in found:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, route)
        else:
            yield route, pattern


CLOSED = re.compile(rf"\^beheer/|beheer/(?:{'|'.join(NOT_USED[:-1])})/")
ROUTES: dict[str, URLPattern] = {}
for each_route, each_pattern in patterns(get_resolver().url_patterns):
    ROUTES.setdefault(each_route, each_pattern)
OPEN = {route: each for route, each in ROUTES.items() if not CLOSED.match(route)}


def rule(route: str) -> P | None:
    own = getattr(OPEN[route].callback, "permission", None)
    return own or next(who for start, who in RULES.items() if re.match(start, route))


def addresses() -> list[Address]:
    return [Address(route, rule(route)) for route in OPEN if route not in NOT_OPENED]


@pytest.fixture
def stage() -> SimpleNamespace:
    """One of everything, and a person whose address not everyone may read."""
    person = PersonFactory(email=SECRET, first_name="Geheim")
    membership = MembershipFactory(person=person)
    position = PositionFactory(person=person)
    counted = LineFactory()
    line = LineFactory(indicator__goal__version__concept=True, indicator__goal__version__year=2027)
    concept = line.indicator.goal.version
    registration = RegistrationFactory(person=person)
    report = {"event": registration.event.pk, "session": registration.event.sessions.get().pk}
    drafts = {
        status: Import.objects.create(
            importer="attendance",  # the one that who leads an activity may read in too
            file_name="verslag.csv",
            headings=["E-mail"],
            mapping={"email": 0},
            options=report,
            rows_read=1,
            status=status,
            created_at=NOW,
            stored_at=NOW if status == "DONE" else None,
        )
        for status in ("MAPPING", "REVIEW", "DONE")
    }
    for draft in drafts.values():
        Block.objects.create(of=draft, first=2, rows=[[SECRET]])
        row = {"number": 2, "key": SECRET, "label": "Geheim", "match": person.pk, "group": "@bestuur.example"}
        Row.objects.create(of=draft, state="UNKNOWN", outcome="NEW", **row)
    consultation = ConsultationFactory()
    announced = EventFactory()
    attendance = AttendanceFactory(registration__event__training=True)
    invitation = InvitationFactory(email=SECRET, evaluation__named=True)
    evaluation = invitation.evaluation
    offer = offered(contact=SECRET)
    promised = Action.objects.create(goal=counted.indicator.goal, text="VVSG vraagt rond")
    noted = note_progress(action=promised, edition=0, text="Loopt", by=None, now=NOW)
    plan = counted.indicator.goal.version.plan
    fixed_report = fixed(ReportFactory(plan=plan, mid_year=True)).report
    meeting = plan.meetings.create(held_on=NOW.date())
    shut = plan.meetings.create(held_on=NOW.date() - timedelta(days=14), state="CLOSED", closed_at=NOW)
    return SimpleNamespace(
        meeting=meeting.pk,
        closed_meeting=shut.pk,
        agreement=meeting.agreements.create(text="Bellen").pk,
        goal_thread=counted.indicator.goal.thread,
        report=ReportFactory(plan=plan).pk,
        report_file=ready_file().pk,
        fixed_report=fixed_report.pk,
        promised_action=promised.pk,
        progress_note=noted.pk,
        evaluation=evaluation.pk,
        invitation_link=link_of(invitation),
        open_key=evaluation.key,
        thanks=to_token(f"{evaluation.pk}.{offer.pk}", purpose=RECEIPT_OF_ANSWER),
        what_came_of_it=token_of(offer),
        questionnaire=evaluation.questionnaire.pk,
        note=evaluation.notes.create(text="Goed", heard_on=NOW.date(), noted_at=NOW).pk,
        lesson=evaluation.lessons.create(text="Korter", kinds=["tool"], decided_at=NOW).pk,
        offer=offer.pk,
        consultation=consultation.pk,
        idea=consultation.idea.pk,
        session_request=SessionRequestFactory(email=SECRET, name="Geheim", ticket="gevraagd").pk,
        asked="gevraagd",
        counted=counted.pk,
        line=line.pk,
        indicator=line.indicator.pk,
        goal=line.indicator.goal.pk,
        action=Action.objects.create(goal=line.indicator.goal, text="VVSG vraagt rond").pk,
        moment=line.indicator.goal.moments.create(text="in het voorjaar").pk,
        remark=Remark.objects.create(version=concept, text="Niet zeker").pk,
        version=counted.indicator.goal.version.pk,
        concept=concept.pk,
        trial=start_trial(version=counted.indicator.goal.version, label="Krap", by=None, now=NOW).pk,
        organisation=position.organisation.pk,
        other_organisation=OrganisationFactory().pk,
        mapping=drafts["MAPPING"].pk,
        review=drafts["REVIEW"].pk,
        done=drafts["DONE"].pk,
        row=drafts["REVIEW"].rows.get().pk,
        person=person.pk,
        other_person=PersonFactory().pk,
        position=position.pk,
        membership=membership.pk,
        channel=membership.channel.pk,
        colleague=AccountFactory().pk,
        message=MessageFactory(address=SECRET).pk,
        doubted=MessageFactory(address=SECRET, status="DOUBT").pk,
        stopped=StoppedAddressFactory(address=SECRET).pk,
        sender=default_sender().pk,
        mail_kind=next(iter(KINDS)),
        announced=announced.slug,
        receipt=RECEIPT.sign(f"{announced.pk}.R"),
        registration=registration.pk,
        personal_key=registration.key,
        led=registration.event.pk,
        session=registration.event.sessions.get().pk,
        training=attendance.registration.event.pk,
        attended=attendance.registration.pk,
        recording=Recording.objects.create(
            event=registration.event, title="Opname", reason_without="Oud.", added_at=NOW
        ).pk,
        material=Material.objects.create(event=registration.event, url="https://x.example", added_at=NOW).pk,
        file=Material.objects.create(
            event=announced, file=ContentFile(b"%PDF-1.7", "x.pdf"), added_at=NOW
        ).pk,
        course=CourseFactory().pk,
        theme=Theme.objects.create(name="Los", code="los").pk,
        audience=Audience.objects.create(name="Los", code="los").pk,
        other_calendar=OtherCalendar.objects.create(name="Mediawijs", url="https://mediawijs.example/a").pk,
        feed_key=FeedKey.objects.create(account=AccountFactory(role=Role.MANAGEMENT), made_at=NOW).key,
        shown_year=shown().year,
        word="indicator",
        one=1,
    )


def body(response) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return whole.decode("utf-8", errors="ignore")


def test_every_address_has_a_rule():
    ruled = [route for route in OPEN if hasattr(OPEN[route].callback, "permission")]
    without = set(OPEN) - set(ruled) - set(NOT_OPENED)

    assert {route for route in without if not any(re.match(start, route) for start in RULES)} == set()
    assert len(OPEN) > 100


def test_every_exception_is_still_needed():
    assert set(NOT_OPENED) <= set(OPEN)
    assert all(any(re.match(start, route) for route in OPEN) for start in RULES)
    assert all(any(re.match(start, route) for route in OPEN) for start, _names in ARGUMENTS)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.name.lower() if role else "visitor")
def test_opens_only_what_is_theirs(stage, role):
    client = Client(raise_request_exception=False)
    if role:
        account = AccountFactory(role=role, email=f"{role.name.lower()}@koepel.example")
        account.leading.set([stage.led, stage.training])
        Import.objects.update(created_by=account)  # who leads an activity opens what they read in themselves
        client.force_login(account)
    sees_people = bool(role and P.PEOPLE_VIEW in ROLES[role])
    faults = []

    for address in addresses():
        path = address.path(stage)
        response = client.get(path)
        status, text = response.status_code, body(response)  # a file is closed once it is read
        expected = OPENED if address.is_open_to(role) else SHUT
        if status not in expected | (NOT_YET if path.startswith("/aanmelden/") else set()):
            faults.append(f"{status} {path} ({address.route})")
        if not sees_people and SECRET in text:
            faults.append(f"shows a mail address: {path}")

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR], ids=["visitor", "administrator"])
def test_what_is_not_used_is_closed(role):
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(AccountFactory(role=role))
    routes = [route for route in set(ROUTES) - set(OPEN) if not route.startswith("^")]
    closed = [re.sub(r"[\^$\\()]|\(.*\)", "", ARGUMENT.sub("1", route)) for route in routes]

    found = {f"/{path}": client.get(f"/{path}").status_code for path in closed}

    assert {path: status for path, status in found.items() if status != 404} == {}
