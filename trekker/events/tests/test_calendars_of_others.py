from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from trekker.events.actions import calendars
from trekker.events.chores.calendars import fetch_all
from trekker.events.formats.icalreading import Found
from trekker.events.models import OtherCalendar, OtherEvent
from trekker.events.tests.factories import NOW
from trekker.events.tests.test_fetching import Other, website
from trekker.events.tests.test_icalreading import OUTLOOK, calendar
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.themes.models import Audience

pytestmark = pytest.mark.django_db
ADD = "/beheer/kalender/anderen/nieuw/"
LIST = "/beheer/kalender/anderen/"
AT = datetime(2026, 4, 16, 11, 0, tzinfo=UTC)
OF_TODAY = OUTLOOK.replace("20260416", f"{timezone.localdate():%Y%m%d}")


def made(**facts) -> OtherCalendar:
    return OtherCalendar.objects.create(**{"name": "Mediawijs", **facts})


def moment(uid="1", title="Studiedag", at=AT) -> Found:
    return Found(at, at + timedelta(hours=2), uid, title)


def titles(of: OtherCalendar) -> set[str]:
    return set(of.events.values_list("title", flat=True))


def file(content: bytes | str = OF_TODAY) -> SimpleUploadedFile:
    return SimpleUploadedFile("agenda.ics", content.encode() if isinstance(content, str) else content)


class TestTakeIn:
    def test_changes_nothing_when_the_same_comes_again(self):
        it = made()
        calendars.take_in(calendar=it, found=[moment()], by=None, now=NOW)
        before = it.events.get().pk

        changed = calendars.take_in(calendar=it, found=[moment()], by=None, now=NOW + timedelta(days=1))

        assert changed == 0
        assert it.events.get().pk == before
        assert [line.action for line in lines_of([it])] == [calendars.RENEWED]
        it.refresh_from_db()
        assert it.fetched_at == NOW + timedelta(days=1)

    def test_replaces_what_changed_and_forgets_what_went_away(self):
        it, other = made(), made(name="Een andere")
        for each in (it, other):
            calendars.take_in(calendar=each, found=[moment("1"), moment("2", "Weg")], by=None, now=NOW)

        calendars.take_in(calendar=it, found=[moment("1", "Nieuwe titel")], by=None, now=NOW)

        assert titles(it) == {"Nieuwe titel"}
        assert titles(other) == {"Studiedag", "Weg"}

    def test_takes_two_thousand_moments_in_few_queries(self, django_assert_max_num_queries):
        many = [moment(str(number)) for number in range(2000)]

        with django_assert_max_num_queries(30):
            calendars.take_in(calendar=made(), found=many, by=None, now=NOW)


class TestFetchingEachDay:
    @pytest.fixture(autouse=True)
    def here(self, settings, monkeypatch):
        settings.TREKKER_FETCH_LOOPBACK = True
        monkeypatch.setattr(Other, "give_agenda", lambda it: it.say(body=OUTLOOK.encode()), raising=False)
        monkeypatch.setattr(Other, "give_page", lambda it: it.say(body=b"<html></html>"), raising=False)

    def test_reads_every_calendar_with_an_address(self):
        by_file = made(name="Uit een bestand")
        with website() as address:
            it = made(url=f"{address}/agenda")
            fetch_all(NOW)

        it.refresh_from_db()
        by_file.refresh_from_db()
        assert titles(it) == {"Studiedag mediawijsheid"}
        assert (it.fetched_at, it.problem) == (NOW, "")
        assert by_file.fetched_at is None

    @pytest.mark.parametrize("path", ["page", "gone", "large", "inward"])
    def test_keeps_what_there_was_when_it_fails_and_goes_on(self, path):
        with website() as address:
            broken = made(name="A", url=f"{address}/{path}")
            calendars.take_in(calendar=broken, found=[moment(title="Blijft")], by=None, now=NOW)
            good = made(name="B", url=f"{address}/agenda")
            fetch_all(NOW + timedelta(days=1))

        broken.refresh_from_db()
        assert broken.problem
        assert broken.fetched_at == NOW
        assert titles(broken) == {"Blijft"}
        assert titles(good) == {"Studiedag mediawijsheid"}


class TestScreens:
    def test_takes_in_a_file_at_once(self, as_role):
        audience = Audience.objects.create(name="Bibliotheken", code="bib")

        response = as_role(Role.PROGRAMME_OFFICER).post(
            ADD, {"name": "Mediawijs", "file": file(), "audiences": [audience.pk]}, follow=True
        )

        it = OtherCalendar.objects.get()
        assert titles(it) == {"Studiedag mediawijsheid"}
        assert list(it.audiences.all()) == [audience]
        assert "Mediawijs is bewaard, met 1 moment." in response.text

    def test_lets_a_job_fetch_an_address(self, as_role):
        as_role(Role.PROGRAMME_OFFICER).post(ADD, {"name": "M", "url": "webcal://mediawijs.example/agenda"})

        assert OtherCalendar.objects.get().url == "https://mediawijs.example/agenda"
        assert DBTaskResult.objects.count() == 1

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({}, "Vul een adres in of kies een bestand."),
            ({"url": "http://mediawijs.example/a"}, "Het adres moet met https:// beginnen."),
            ({"url": "https://m.example/a", "file": True}, "Niet allebei."),
            ({"name": "bestaat al", "url": "https://m.example/a"}, "Deze naam is al in gebruik."),
            ({"file": b"<html>"}, "Dit bestand is geen kalender"),
        ],
    )
    def test_says_what_is_wrong_and_adds_nothing(self, as_role, sent, sentence):
        made(name="Bestaat al")
        if "file" in sent:
            sent = {**sent, "file": file(OF_TODAY if sent["file"] is True else sent["file"])}

        response = as_role(Role.PROGRAMME_OFFICER).post(ADD, {"name": "Nieuw", **sent})

        assert sentence in response.text
        assert OtherCalendar.objects.count() == 1

    def test_keeps_the_moments_when_a_newer_file_is_broken(self, as_role):
        browser = as_role(Role.PROGRAMME_OFFICER)
        browser.post(ADD, {"name": "Mediawijs", "file": file()})
        it = OtherCalendar.objects.get()

        browser.post(f"{LIST}{it.pk}/", {"name": "Mediawijs", "file": file(b"stuk")})
        assert titles(it) == {"Studiedag mediawijsheid"}

        newer = calendar(f"UID:9\nSUMMARY:Anders\nDTSTART:{timezone.localdate():%Y%m%d}T100000Z")
        browser.post(f"{LIST}{it.pk}/", {"name": "Mediawijs", "file": file(newer)})
        assert titles(it) == {"Anders"}

    def test_removes_a_calendar_with_its_moments_after_a_question(self, as_role):
        it = made()
        calendars.take_in(calendar=it, found=[moment()], by=None, now=NOW)
        browser = as_role(Role.PROGRAMME_OFFICER)

        assert "verdwijnt uit de jaarkalender" in browser.get(f"{LIST}{it.pk}/verwijder/").text
        assert OtherCalendar.objects.exists()
        browser.post(f"{LIST}{it.pk}/verwijder/")

        assert not OtherEvent.objects.exists()

    @pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.MANAGEMENT])
    def test_lets_only_an_officer_change_them(self, as_role, role):
        it = made(url="https://m.example/a")
        browser = as_role(role)

        assert browser.get(LIST).status_code == 200
        assert "Voeg een kalender toe" not in browser.get(LIST).text
        for path in ("nieuw/", f"{it.pk}/", f"{it.pk}/haal-op/", f"{it.pk}/verwijder/"):
            browser.post(f"{LIST}{path}", {"name": "X", "url": "https://x.example/"})
        assert list(OtherCalendar.objects.values_list("name", flat=True)) == ["Mediawijs"]

    def test_shows_what_went_wrong(self, as_role):
        made(problem="De andere website antwoordt niet. Kijk het adres na.")

        assert "De andere website antwoordt niet." in as_role(Role.MANAGEMENT).get(LIST).text
