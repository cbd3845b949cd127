"""The signals of a week: to each lead, once, only when there is something to say, and on a page too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.urls import reverse

from trekker.events.tests.factories import EventFactory, RegistrationFactory, SessionRequestFactory
from trekker.kernel.access import Role
from trekker.mail.actions import deliver
from trekker.mail.models import Message
from trekker.mail.tests.relay import Server, free_port, serving
from trekker.network.tests.factories import MembershipFactory
from trekker.people.tests.factories import AccountFactory
from trekker.plan.actions.leads import set_parties
from trekker.plan.models import Action, Forecast, Lead, Plan, Progress
from trekker.plan.tests.factories import LineFactory, VersionFactory
from trekker.reports import actions, chores
from trekker.reports.models import SignalChoice
from trekker.reports.queries.signals import Week, signals_for
from trekker.reports.tests.factories import ReportFactory, fixed, write

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = datetime(2026, 6, 29, 8, 0, tzinfo=BRUSSELS)
TODAY = MONDAY.date()
LAST_MONDAY = TODAY - timedelta(days=7)


@pytest.fixture
def line():
    """Mediawijs leads a goal that promises twelve members; there are seven."""
    MembershipFactory.create_batch(7)
    line = LineFactory(target=12, indicator__text="minstens 12 leden van het netwerk")
    Lead.objects.create(goal=line.indicator.goal, party="Mediawijs")
    return line


@pytest.fixture
def lead(line):
    """Someone who works for Mediawijs, which leads the goal."""
    assert line.indicator.goal.leads.exists()
    account = AccountFactory(role=Role.PARTNER_OFFICER, email="pat@mediawijs.example", first_name="Pat")
    set_parties(account=account, parties=["Mediawijs"], by=None, now=MONDAY)
    return account


def kept(line, value, *, week=LAST_MONDAY, **facts):
    known = {"low": 7, "middle": 8, "high": 9, "target": line.target}
    return Forecast.objects.create(line=line, week=week, made_on=week, value=value, **{**known, **facts})


def texts(found):
    return [each.text for each in found]


def signals(reader, day=TODAY):
    return signals_for(reader, Week.of(day))


class TestChanged:
    @pytest.mark.parametrize(
        ("before", "told"), [(5, "2 meer dan op 22 juni"), (10, "3 minder dan op 22 juni")]
    )
    def test_says_how_a_figure_differs_from_what_was_kept_last_week(self, line, lead, before, told):
        kept(line, before)
        kept(line, 1, week=LAST_MONDAY - timedelta(days=7))

        found = signals(lead).changed

        assert texts(found) == [
            f"{line.indicator.goal.code} minstens 12 leden van het netwerk: nu 7 leden, {told}."
        ]

    def test_says_nothing_of_what_stayed_the_same(self, line, lead):
        kept(line, 7)

        assert signals(lead).changed == ()

    def test_what_was_kept_this_week_is_not_last_week(self, line, lead):
        kept(line, 3, week=TODAY)

        assert signals(lead).changed == ()

    @pytest.mark.usefixtures("line")
    def test_without_a_kept_figure_the_registers_say_what_it_was(self, lead):
        MembershipFactory(from_on=date(2026, 6, 25))

        assert "1 meer dan op 22 juni" in signals(lead).changed[0].text

    def test_names_the_activities_that_came(self, line, lead):
        at = datetime(2026, 6, 25, 14, tzinfo=BRUSSELS)
        EventFactory(held=True, title="Netwerk in Aalst", starts_at=at)
        other = LineFactory(
            indicator__goal=line.indicator.goal, measure="events.held", filters={}, unit="sessies"
        )
        kept(other, 0)

        found = signals(lead).changed

        assert found[-1].text.endswith("nu 1 sessie, 1 meer dan op 22 juni. Nieuw: Netwerk in Aalst.")
        assert found[-1].url == reverse("plan:rows", args=[other.pk])

    def test_names_no_person(self, line, lead):
        kept(line, 5)
        MembershipFactory(person__first_name="Geheim", from_on=date(2026, 6, 25))

        assert "Geheim" not in "".join(texts(signals(lead).changed))

    def test_is_only_of_what_the_reader_leads(self, line, lead):
        other = LineFactory(target=3, indicator__goal__version=line.indicator.goal.version)
        kept(other, 1)

        assert signals(lead).changed == ()
        assert len(signals(AccountFactory(role=Role.MANAGEMENT)).changed) == 1


class TestBehind:
    def test_names_a_target_that_will_likely_not_be_reached(self, line, lead):
        at = datetime(2026, 6, 10, 14, tzinfo=BRUSSELS)
        EventFactory(held=True, starts_at=at)
        asked = LineFactory(
            indicator__goal=line.indicator.goal, measure="events.held", filters={}, target=90, unit="sessies"
        )

        found = [
            each for each in signals(lead).behind if each.url == reverse("plan:forecast", args=[asked.pk])
        ]

        assert len(found) == 1
        assert "Kans op 90 of meer: bijna uitgesloten (minder dan 1 op 10)." in found[0].text

    def test_names_what_was_missed_once_the_year_is_over(self, line, lead):
        found = signals_for(lead, Week(line.indicator.goal.version, date(2027, 1, 4)))

        assert texts(found.behind) == [
            f"{line.indicator.goal.code} minstens 12 leden van het netwerk: niet gehaald. Leg uit waarom."
        ]

    def test_names_rows_that_are_unknown_with_their_page(self, line, lead):
        event = RegistrationFactory(event__held=True).event
        attended = LineFactory(
            indicator__goal=line.indicator.goal,
            measure="participations.count",
            filters={"status": ["attended"]},
            unit="deelnames",
        )

        found = [each for each in signals(lead).behind if "aanwezigheidslijst" in each.text]

        assert event.state == "HELD"
        assert [each.url for each in found] == [reverse("plan:rows", args=[attended.pk]) + "?onbekend=0"]

    def test_a_link_leads_where_the_reader_may_go(self, line, lead):
        manager = AccountFactory(role=Role.MANAGEMENT)
        kept(line, 5)

        assert signals(lead).changed[0].url == reverse("plan:rows", args=[line.pk])
        assert signals(manager).changed[0].url.endswith(f"#indicator-{line.indicator.pk}")

    def test_names_actions_that_are_late(self, line, lead):
        action = Action.objects.create(goal=line.indicator.goal, text="Een vraag rondsturen")
        Progress.objects.create(thread=action.thread, year=2026, ends_on=date(2026, 6, 1))

        found = signals(lead).behind

        assert any("«Een vraag rondsturen»" in each.text for each in found)
        assert found[-1].url == reverse("plan:action_progress", args=[action.pk])


class TestDecide:
    @pytest.mark.usefixtures("line")
    def test_names_agreements_of_the_reader_and_of_nobody(self, lead):
        meeting = Plan.objects.get().meetings.create(held_on=date(2026, 6, 15))
        meeting.agreements.create(text="Bel de zaal", owner=lead, due_on=date(2026, 7, 1))
        meeting.agreements.create(text="Kies een datum")
        meeting.agreements.create(text="Van een ander", owner=AccountFactory())
        meeting.agreements.create(text="Al gedaan", done_at=MONDAY)

        assert texts(signals(lead).decide) == [
            "Afspraak: Bel de zaal. Tegen 1 juli.",
            "Afspraak: Kies een datum. Wie doet dit?",
        ]

    def test_names_what_is_still_to_be_measured_to_who_may_choose(self, line, lead):
        unset = LineFactory(indicator__goal=line.indicator.goal, unset=True)
        officer = AccountFactory(role=Role.PROGRAMME_OFFICER)

        assert [each.url for each in signals(officer).decide] == [reverse("plan:line", args=[unset.pk])]
        assert signals(lead).decide == ()

    @pytest.mark.usefixtures("line")
    def test_counts_requests_that_wait(self, lead):
        SessionRequestFactory(ticket="x")

        assert texts(signals(AccountFactory(role=Role.PROGRAMME_OFFICER)).decide) == [
            "1 vraag om een sessie wacht op een antwoord."
        ]
        assert signals(lead).decide == ()


class TestSending:
    def mails(self):
        return Message.objects.filter(kind="reports.signals").order_by("pk")

    @pytest.mark.usefixtures("lead")
    def test_each_lead_gets_one_mail_a_week_however_often_the_chore_runs(self, line):
        kept(line, 5)
        AccountFactory(role=Role.MANAGEMENT)  # works for nobody

        made = [actions.send_signals(now=MONDAY + timedelta(hours=hour)) for hour in (0, 1, 24, 72)]

        assert made == [1, 0, 0, 0]
        assert [each.address for each in self.mails()] == ["pat@mediawijs.example"]
        kept(line, 6, week=TODAY)
        assert actions.send_signals(now=MONDAY + timedelta(days=7)) == 1
        assert self.mails().count() == 2

    def test_a_new_address_in_the_same_week_gets_no_second_one(self, line, lead):
        kept(line, 5)
        actions.send_signals(now=MONDAY)
        lead.email = "nieuw@mediawijs.example"
        lead.save()

        actions.send_signals(now=MONDAY + timedelta(hours=1))

        assert self.mails().count() == 1

    @pytest.mark.usefixtures("lead")
    def test_after_a_crash_neither_mail_nor_mark_is_there_and_it_comes_after_all(self, line):
        kept(line, 5)

        with pytest.raises(KeyboardInterrupt):
            _sent_and_fell()

        assert not SignalChoice.objects.filter(looked_in=TODAY).exists()
        assert not self.mails().exists()
        assert actions.send_signals(now=MONDAY + timedelta(minutes=5)) == 1

    def test_who_has_nothing_to_know_gets_none_and_is_not_asked_again(self, lead, line):
        MembershipFactory.create_batch(5)
        kept(line, 12)

        assert actions.send_signals(now=MONDAY) == 0
        assert not self.mails().exists()
        assert SignalChoice.objects.get(account=lead).looked_in == TODAY

    @pytest.mark.parametrize(("day", "days_later"), [(2, 2), (4, 4)])
    def test_comes_on_the_day_that_was_chosen(self, line, lead, day, days_later):
        kept(line, 5)
        actions.choose_day(account=lead, day=day, by=lead, now=MONDAY)

        made = [actions.send_signals(now=MONDAY + timedelta(days=later)) for later in range(7)]

        assert made.index(1) == days_later
        assert sum(made) == 1

    def test_who_wants_none_gets_none(self, line, lead):
        kept(line, 5)
        actions.choose_day(account=lead, day=SignalChoice.Day.NEVER, by=lead, now=MONDAY)

        assert [actions.send_signals(now=MONDAY + timedelta(days=later)) for later in range(7)] == [0] * 7

    @pytest.mark.usefixtures("lead")
    def test_nobody_is_woken(self, line):
        kept(line, 5)

        assert actions.send_signals(now=MONDAY.replace(hour=6)) == 0

    def test_an_account_that_stopped_gets_none(self, line, lead):
        kept(line, 5)
        lead.is_active = False
        lead.save()

        chores.send_signals(MONDAY)

        assert not self.mails().exists()

    @pytest.mark.usefixtures("lead")
    def test_arrives_as_text_and_as_html_with_links_to_exactly_those_pages(self, line, settings):
        settings.BASE_URL = "https://trekker.example"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
        kept(line, 5)
        actions.send_signals(now=MONDAY)

        with serving(Server(), settings.EMAIL_PORT) as server:
            deliver(clock=lambda: MONDAY)

        mail = server.mails[0]
        rows = f"https://trekker.example{reverse('plan:rows', args=[line.pk])}"
        text, html = (mail.get_body((shape,)).get_content() for shape in ("plain", "html"))
        assert str(mail["Subject"]) == "Signalen van de week: 1 veranderd, 1 achter"
        assert "Dag Pat," in text
        assert f"– {line.indicator.goal.code} minstens 12 leden van het netwerk: nu 7 leden" in text
        assert f": {rows}" in text
        assert f'<a href="{rows}">' in html
        assert "https://trekker.example/beheer/signalen/" in html
        assert "Wat een beslissing vraagt" not in text

    @pytest.mark.usefixtures("lead")
    def test_a_tag_in_the_plan_stays_text(self, line):
        line.indicator.text = "<b>vet</b>: https://elders.example/x"
        line.indicator.save()
        kept(line, 5)

        actions.send_signals(now=MONDAY)

        assert "<b>vet" not in self.mails().get().html
        assert 'href="https://elders' not in self.mails().get().html

    @pytest.mark.usefixtures("lead")
    def test_many_leads_share_the_figures(self, line, django_assert_max_num_queries):
        kept(line, 5)
        for number in range(10):
            account = AccountFactory(role=Role.PARTNER_OFFICER, email=f"p{number}@mediawijs.example")
            set_parties(account=account, parties=["Mediawijs"], by=None, now=MONDAY)

        with django_assert_max_num_queries(30 + 11 * 25):
            assert actions.send_signals(now=MONDAY) == 11


def _sent_and_fell():
    with transaction.atomic():
        assert actions.send_signals(now=MONDAY) == 1
        raise KeyboardInterrupt


class TestTheTurnOfTheYear:
    """In January last year's report waits to be fixed, and the new year may have no plan."""

    JANUARY = date(2027, 1, 4)

    def test_asks_who_may_to_fix_the_report_and_to_have_a_plan(self, line, lead):
        officer = AccountFactory(role=Role.PROGRAMME_OFFICER)

        asked = texts(signals(officer, self.JANUARY).decide)

        assert asked[:2] == ["Stel het jaarrapport 2026 vast.", "Voor 2027 staat er nog geen plan vast."]
        assert not {*asked} & {*texts(signals(lead, self.JANUARY).decide)}
        assert texts(signals(officer, line.indicator.goal.version.period.last_day).decide) == []

    def test_asks_no_longer_what_was_done(self, line):
        officer, version = AccountFactory(role=Role.PROGRAMME_OFFICER), line.indicator.goal.version
        VersionFactory(plan=version.plan, year=2027)
        report = ReportFactory(plan=version.plan, year=2026)
        write(report, "Minder mensen schreven zich in.", line.indicator.goal.code)
        fixed(report)

        assert texts(signals(officer, self.JANUARY).decide) == []


class TestPage:
    @pytest.mark.usefixtures("line")
    def test_shows_the_same_to_whoever_may_see_the_dashboard(self, as_role):
        html = as_role(Role.MANAGEMENT).get(reverse("signals:show")).text

        assert "Je ziet alle doelen" in html

    def test_a_visitor_has_to_sign_in(self, client):
        assert client.get(reverse("signals:show")).status_code == 302

    def test_without_a_plan_says_what_to_do(self, as_role):
        assert "Lees het eerst in" in as_role(Role.MANAGEMENT).get(reverse("signals:show")).text

    def test_shows_how_the_mail_reads(self, client, lead):
        client.force_login(lead)

        html = client.get(reverse("signals:mail")).text

        assert "Onderwerp:" in html or "niets te melden" in html

    def test_each_chooses_the_day_in_their_own_profile(self, client, lead):
        client.force_login(lead)
        address = reverse("wagtailadmin_account")
        names = {"name_email-first_name": "Pat", "name_email-last_name": "Partner", "signals-day": "3"}
        locale = {"locale-preferred_language": "", "locale-current_time_zone": "", "theme-theme": "system"}
        theme = {"theme-density": "default", "theme-contrast": "system", "theme-keyboard_shortcuts": "on"}

        assert "Mail met signalen" in client.get(address).text
        client.post(address, {**names, **locale, **theme})

        assert SignalChoice.objects.get(account=lead).day == 3

    def test_who_works_for_nobody_has_no_day_to_choose(self, as_role):
        html = as_role(Role.MANAGEMENT).get(reverse("wagtailadmin_account")).text

        assert "Mail met signalen" not in html
