"""The back office's screens about mails."""

from datetime import timedelta

import html5lib
import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.kernel.models import Turn
from trekker.mail.actions import TRIAL, default_sender
from trekker.mail.models import Message, Sender, StoppedAddress, Wording
from trekker.mail.queries import DELIVER
from trekker.mail.tests.factories import GREETING, NOW, MessageFactory, StoppedAddressFactory

pytestmark = pytest.mark.django_db
OUTBOX = "/beheer/mail/uit/"
TEXTS = "/beheer/mail/teksten/"
GREETING_TEXT = f"{TEXTS}{GREETING.code}/"
OFFICER = Role.PROGRAMME_OFFICER
PAYLOADS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7|add:7 }}</iframe>"


def subjects(response):
    return {each.subject for each in response.context["object_list"]}


def of(page, tag):
    return list(html5lib.parse(page.text, namespaceHTMLElements=False).iter(tag))


def page_of(message):
    return reverse("message:inspect", args=[message.pk])


class TestTheOutbox:
    def test_says_on_top_what_asks_for_a_look(self, as_role):
        MessageFactory.create_batch(2, status="DOUBT")
        MessageFactory(status="FAILED")
        StoppedAddressFactory()

        page = as_role(OFFICER).get(OUTBOX).text

        for words in ("2 in twijfel", "1 mislukt", "0 klaar om te vertrekken", "1 adres dat niet werkt"):
            assert words in page
        assert "Er vertrekken geen mails" not in page

    def test_says_when_no_mail_leaves(self, as_role):
        MessageFactory(due_at=timezone.now() - timedelta(minutes=20))

        assert "Er vertrekken geen mails sinds" in as_role(OFFICER).get(OUTBOX).text

    @pytest.mark.parametrize(("minutes", "stands_still"), [(1, False), (20, True)])
    def test_says_when_the_clock_stands_still_also_if_no_mail_waits(self, as_role, minutes, stands_still):
        Turn.objects.create(chore=DELIVER, next_at=timezone.now() - timedelta(minutes=minutes))

        assert ("Er vertrekken geen mails sinds" in as_role(OFFICER).get(OUTBOX).text) == stands_still

    def test_narrows_and_finds(self, as_role):
        MessageFactory(subject="Eén", status="SENT", bounced_at=NOW, topic="event:1")
        MessageFactory(subject="Twee", status="DOUBT", address="ans@bestuur.example", kind=TRIAL)
        browser = as_role(OFFICER)

        assert subjects(browser.get(OUTBOX, {"status": "DOUBT"})) == {"Twee"}
        assert subjects(browser.get(OUTBOX, {"kind": GREETING.code})) == {"Eén"}
        assert subjects(browser.get(OUTBOX, {"topic": "event:1"})) == {"Eén"}
        assert subjects(browser.get(OUTBOX, {"returned": "ja"})) == {"Eén"}
        assert subjects(browser.get(OUTBOX, {"returned": "nee"})) == {"Twee"}
        assert subjects(browser.get(OUTBOX, {"q": "ANS@"})) == {"Twee"}
        assert subjects(browser.get(OUTBOX, {"due_at_from": "2026-05-05"})) == set()

    def test_downloads_and_notes_who_took_it(self, as_role):
        MessageFactory(problem="=cmd|x", address="fien@bestuur.example")

        response = as_role(OFFICER).get(OUTBOX, {"export": "csv"})

        text = b"".join(response.streaming_content).decode()
        assert "fien@bestuur.example" in text
        assert ";'=cmd|x" in text
        assert lines_of([response.wsgi_request.user]).get().data["list"] == "mails"

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        browser = as_role(OFFICER)
        MessageFactory.create_batch(3)
        browser.get(OUTBOX)
        with django_assert_max_num_queries(20) as few:
            browser.get(OUTBOX)
        MessageFactory.create_batch(47)

        with django_assert_max_num_queries(len(few)):
            browser.get(OUTBOX)

    @pytest.mark.parametrize("role", [Role.MANAGEMENT, Role.PARTNER_OFFICER])
    def test_is_not_for_everyone(self, as_role, role):
        message = MessageFactory()
        browser = as_role(role)

        assert browser.get(OUTBOX).status_code == 302
        assert browser.get(page_of(message)).status_code in {302, 404}
        assert browser.post(reverse("mail:send_again", args=[message.pk])).status_code == 302
        assert "/beheer/mail/" not in browser.get("/beheer/").text


class TestOneMail:
    def test_shows_its_words_and_runs_nothing(self, as_role):
        message = MessageFactory(
            subject=PAYLOADS, text=PAYLOADS, html=PAYLOADS, problem=PAYLOADS, status="FAILED"
        )

        page = as_role(OFFICER).get(page_of(message))

        frame = of(page, "iframe")[0]
        assert frame.get("sandbox") == ""
        assert frame.get("srcdoc") == PAYLOADS
        assert PAYLOADS in "".join(of(page, "pre")[0].itertext())
        assert PAYLOADS not in page.text
        assert not [each for each in of(page, "img") if each.get("onerror")]

    @pytest.mark.parametrize(
        ("status", "acts"),
        [
            ("QUEUED", {"Trek in"}),
            ("SENDING", set()),
            ("SENT", {"Stuur opnieuw"}),
            ("DOUBT", {"Stuur opnieuw", "Ze kwam aan"}),
            ("FAILED", {"Stuur opnieuw"}),
        ],
    )
    def test_offers_what_fits(self, as_role, status, acts):
        page = as_role(OFFICER).get(page_of(MessageFactory(status=status))).text

        assert {each for each in ("Trek in", "Stuur opnieuw", "Ze kwam aan") if each in page} == acts

    @pytest.mark.parametrize(
        ("name", "before", "after"),
        [
            ("send_again", "FAILED", "QUEUED"),
            ("arrived", "DOUBT", "SENT"),
            ("take_back", "QUEUED", "WITHDRAWN"),
        ],
    )
    def test_is_decided_by_a_post_and_only_once(self, as_role, name, before, after):
        message, browser = MessageFactory(status=before), as_role(OFFICER)
        address = reverse(f"mail:{name}", args=[message.pk])

        assert browser.get(address).status_code == 200
        message.refresh_from_db()
        assert message.status == before
        response = browser.post(address, follow=True)
        message.refresh_from_db()
        assert message.status == after
        assert response.redirect_chain == [(page_of(message), 302)]
        assert "intussen van stand veranderd" in browser.post(address, follow=True).text

    def test_to_an_address_that_does_not_work_says_how_to_go_on(self, as_role):
        message = MessageFactory(status="STOPPED", address=StoppedAddressFactory().address)

        page = as_role(OFFICER).post(reverse("mail:send_again", args=[message.pk]), follow=True)

        assert "Laat het eerst weer toe" in page.text


class TestTexts:
    def test_list_every_kind_with_its_room(self, as_role):
        Wording.objects.create(kind=GREETING.code, subject="x", text="y")

        page = as_role(OFFICER).get(TEXTS).text

        assert "Groet" in page
        assert "gewijzigd" in page
        assert "Ingeschreven" in page
        assert "activiteiten" in page

    def test_are_changed_and_put_back(self, as_role):
        browser = as_role(OFFICER)
        chosen = {"subject": "Hallo [naam]", "text": "Welkom [naam]", "act": "keep"}

        assert browser.post(GREETING_TEXT, chosen).status_code == 302
        wording = Wording.objects.get()
        assert (wording.kind, wording.subject) == (GREETING.code, "Hallo [naam]")
        assert "Terug naar het origineel" in browser.get(GREETING_TEXT).text
        assert "w-unsaved" not in browser.get(f"{GREETING_TEXT}terug/").text  # nothing to lose
        browser.post(f"{GREETING_TEXT}terug/")
        assert not Wording.objects.exists()
        browser.post(f"{GREETING_TEXT}terug/")

    def test_show_how_they_would_read_without_keeping_it(self, as_role):
        chosen = {"subject": "Hallo [naam]", "text": "Kom naar **[activiteit]**\n[link]", "act": "look"}

        page = as_role(OFFICER).post(GREETING_TEXT, chosen)

        assert "Hallo de naam" in page.text
        assert 'data-w-unsaved-force-value="true"' in page.text
        assert "".join(of(page, "pre")[0].itertext()).startswith(
            "Kom naar de activiteit\nhttp://127.0.0.1:8000/"
        )
        assert not Wording.objects.exists()

    @pytest.mark.parametrize("text", ["Dag [Naam]", "Dag [voornaam]", "[naam] en [naam.__class__]"])
    def test_refuse_a_placeholder_that_is_none(self, as_role, text):
        page = as_role(OFFICER).post(GREETING_TEXT, {"subject": "x", "text": text, "act": "keep"})

        assert "bestaat niet bij deze mail. Kies een invulwoord uit de lijst." in page.text
        assert not Wording.objects.exists()

    def test_are_tried_by_mail_to_oneself(self, as_role):
        page = as_role(OFFICER).post(GREETING_TEXT, {"subject": "Hallo", "text": PAYLOADS, "act": "try"})

        trial = Message.objects.get()
        assert trial.address == page.wsgi_request.user.email
        assert (trial.subject, trial.kind) == ("Proef: Hallo", TRIAL)
        assert "&lt;script&gt;" in trial.html
        assert f"De proefmail vertrekt naar {trial.address}" in page.text

    def test_of_a_kind_that_does_not_exist_are_not_found(self, as_role):
        assert as_role(OFFICER).get(f"{TEXTS}tests.none/").status_code == 404


class TestSenders:
    def test_are_added_and_corrected_with_one_default(self, as_role):
        first, browser = default_sender(), as_role(OFFICER)
        facts = {"name": "Netwerk", "address": "n@koepel.example", "is_default": "on"}

        browser.post("/beheer/mail/afzenders/new/", facts)
        second = Sender.objects.get(name="Netwerk")
        browser.post(f"/beheer/mail/afzenders/edit/{second.pk}/", {**facts, "signature": "Groeten"})

        second.refresh_from_db()
        first.refresh_from_db()
        assert (second.is_default, second.signature, first.is_default) == (True, "Groeten", False)
        assert "Groeten" in browser.get(reverse("sender:inspect", args=[second.pk])).text
        assert "n@koepel.example" in browser.get("/beheer/mail/afzenders/").text


class TestAddressesThatDoNotWork:
    def test_are_listed_and_let_in_again(self, as_role):
        stopped, browser = StoppedAddressFactory(reason=PAYLOADS), as_role(OFFICER)
        address = reverse("mail:lift", args=[stopped.pk])

        assert stopped.address in browser.get("/beheer/mail/adressen/", {"q": "WEG"}).text
        page = browser.get(reverse("stopped:inspect", args=[stopped.pk])).text
        assert PAYLOADS not in page
        assert "Laat weer toe" in page
        browser.get(address)
        assert StoppedAddress.objects.exists()
        browser.post(address)
        assert not StoppedAddress.objects.exists()
