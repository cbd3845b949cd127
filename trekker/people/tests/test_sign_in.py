"""Signing in: by mailed code first, by password second, with a second step for who wants it."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests.browser import Browser
from trekker.kernel.access import Role
from trekker.people import queries
from trekker.people.models import Account

pytestmark = pytest.mark.django_db

ASK = "/aanmelden/"
ENTER = "/aanmelden/code/"
PASSWORD = "/aanmelden/wachtwoord/"


@pytest.fixture
def officer(account_of):
    return account_of(Role.PROGRAMME_OFFICER, "pim@voorbeeld.example")


def mailed_code() -> str:
    return re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE).group(1)


class TestByCode:
    def test_signs_in_with_the_mailed_code(self, client, officer):
        sent = client.post(ASK, {"email": officer.email}, follow=True)
        done = client.post(ENTER, {"code": mailed_code()})

        assert "pim@voorbeeld.example" in sent.text
        assert done.url == reverse("wagtailadmin_home")
        assert client.get(done.url).status_code == 200

    def test_takes_a_code_that_was_copied_with_spaces_and_small_letters(self, client, officer):
        client.post(ASK, {"email": f" {officer.email.title()} "})
        done = client.post(ENTER, {"code": f"  {mailed_code().lower()} "})

        assert done.status_code == 302

    def test_goes_on_to_the_page_that_was_asked_for(self, client, officer):
        asked = client.get("/beheer/reports/site-history/", follow=True)
        client.post(asked.redirect_chain[-1][0], {"email": officer.email, "next": "/beheer/reports/"})
        done = client.post(ENTER, {"code": mailed_code(), "next": "/ui/"})

        assert done.url == "/ui/"

    def test_never_goes_on_to_another_site(self, client, officer):
        client.post(ASK, {"email": officer.email, "next": "https://elders.example/"})
        done = client.post(ENTER, {"code": mailed_code(), "next": "https://elders.example/"})

        assert done.url == reverse("wagtailadmin_home")

    def test_says_plainly_that_a_code_is_wrong_and_keeps_the_page(self, client, officer):
        client.post(ASK, {"email": officer.email})
        again = client.post(ENTER, {"code": "AAAA-BBBB"})

        assert again.status_code == 200
        assert again.text.count("Deze code klopt niet.") == 2
        assert "<title>Fout: " in again.text

    def test_the_code_stops_working_after_a_quarter_of_an_hour(self, client, officer):
        client.post(ASK, {"email": officer.email})
        code = mailed_code()
        session = client.session
        session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= timedelta(
            minutes=16
        ).total_seconds()
        session.save()

        assert client.post(ENTER, {"code": code}).url == ASK

    def test_the_code_field_lets_a_phone_fill_it_in(self, client, officer):
        page = client.post(ASK, {"email": officer.email}, follow=True)

        assert 'autocomplete="one-time-code"' in page.text

    def test_the_mail_is_plain_text_and_html_without_anything_from_elsewhere(self, client, officer):
        client.post(ASK, {"email": officer.email})

        message = mail.outbox[-1]
        html = message.alternatives[0].content
        assert message.to == [officer.email]
        assert mailed_code() in message.subject
        assert mailed_code() in html
        assert "http" not in message.body + html
        assert "een kwartier" in message.body

    def test_answers_the_same_for_a_known_and_an_unknown_address(self, officer):
        pages = []
        for address in (officer.email, "wie@voorbeeld.example"):
            visitor = Browser()
            page = visitor.post(ASK, {"email": address}, follow=True)
            plain = re.sub(r'value="[^"]{64}"', "", page.text).replace(address, "")
            pages.append((page.status_code, page.redirect_chain, plain))

        assert pages[0] == pages[1]
        assert "geen account" in mail.outbox[-1].body

    def test_no_code_opens_the_door_for_an_unknown_address(self, client):
        client.post(ASK, {"email": "wie@voorbeeld.example"})

        assert client.post(ENTER, {"code": ""}).status_code == 200
        assert client.post(ENTER, {"code": "AAAA-BBBB"}).status_code == 200

    def test_an_account_that_stopped_gets_no_code(self, client, officer):
        Account.objects.update(is_active=False)
        client.post(ASK, {"email": officer.email})

        assert "geen account" in mail.outbox[-1].body

    def test_a_fourth_code_within_a_minute_is_refused(self, officer):
        for _time in range(3):
            Browser().post(ASK, {"email": officer.email})

        refused = Browser().post(ASK, {"email": officer.email})

        assert "te vaak na elkaar" in refused.text
        assert len(mail.outbox) == 3

    def test_an_address_that_is_none_is_refused_beside_the_field(self, client):
        refused = client.post(ASK, {"email": "pim"})

        assert refused.text.count("Vul een mailadres in zoals naam@gemeente.be.") == 2
        assert 'value="pim"' in refused.text


class TestByPassword:
    def test_signs_in(self, client, officer):
        assert client.post(PASSWORD, {"login": officer.email, "password": "een goed wachtwoord"}).url == (
            reverse("wagtailadmin_home")
        )

    def test_says_the_same_for_a_wrong_password_and_an_unknown_address(self, client, officer):
        wrong = client.post(PASSWORD, {"login": officer.email, "password": "fout"})
        unknown = client.post(PASSWORD, {"login": "wie@voorbeeld.example", "password": "fout"})

        for page in (wrong, unknown):
            assert "Het mailadres of het wachtwoord klopt niet." in page.text

    def test_is_refused_after_five_wrong_passwords(self, client, officer):
        for _time in range(5):
            client.post(PASSWORD, {"login": officer.email, "password": "fout"})

        refused = client.post(PASSWORD, {"login": officer.email, "password": "een goed wachtwoord"})

        assert "te vaak na elkaar" in refused.text


class TestSecondStep:
    def test_is_switched_on_asked_for_and_switched_off(self, client, officer):
        client.post(PASSWORD, {"login": officer.email, "password": "een goed wachtwoord"})
        client.post(reverse("account_reauthenticate"), {"password": "een goed wachtwoord"})
        page = client.get(reverse("mfa_activate_totp"))
        secret = re.search(r"<code>(\w+)</code>", page.text).group(1)
        client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
        assert "Staat aan" in client.get(reverse("mfa_index")).text
        spare = re.search(r"<code>(\w+)</code>", client.get(reverse("mfa_view_recovery_codes")).text).group(1)
        assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
        client.post(reverse("account_logout"))

        client.post(ASK, {"email": officer.email})
        asked = client.post(ENTER, {"code": mailed_code()}, follow=True)
        assert "code uit je app" in asked.text
        wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "<title>Fout: " in wrong.text
        done = client.post(reverse("mfa_authenticate"), {"code": spare})
        assert done.url == reverse("wagtailadmin_home")
        client.post(reverse("account_reauthenticate"), {"password": "een goed wachtwoord"})
        assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
        client.post(reverse("mfa_deactivate_totp"))
        assert "Staat uit" in client.get(reverse("mfa_index")).text


def code_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(timezone.now().timestamp()) // 30))


class TestClosed:
    @pytest.mark.parametrize(
        "address", ["signup/", "email/", "password/reset/", "password/change/", "confirm-email/"]
    )
    def test_what_nobody_needs_does_not_exist(self, client, address):
        assert client.get(f"/aanmelden/{address}").status_code == 404

    def test_the_back_office_sends_a_visitor_to_sign_in(self, client):
        assert client.get("/beheer/").url.startswith(ASK)
        assert client.get("/beheer/login/").url == ASK

    def test_sign_out_asks_first_and_then_signs_out(self, as_role):
        browser = as_role(Role.MANAGEMENT)

        assert "Wil je je afmelden?" in browser.get(reverse("account_logout")).text
        assert browser.post(reverse("account_logout")).url == "/"
        assert browser.get("/beheer/").status_code == 302


class TestStopping:
    def test_an_account_that_stops_is_out_at_its_next_page(self, as_role):
        browser = as_role(Role.MANAGEMENT)
        assert browser.get("/ui/").status_code == 200

        Account.objects.update(is_active=False)

        assert browser.get("/ui/").status_code == 302


class TestDemo:
    @pytest.fixture
    def mark(self):
        mark = django_settings.DEMO_MARK
        mark.write_text("een goed wachtwoord", encoding="ascii")
        yield mark
        mark.unlink()

    @pytest.mark.usefixtures("mark")
    def test_offers_each_invented_account_with_one_button(self, client, account_of):
        account_of(Role.MANAGEMENT, f"directie@{queries.DEMO_DOMAIN}")
        account_of(Role.PROGRAMME_OFFICER, "echt@voorbeeld.example")

        page = client.get(ASK)

        assert f"directie@{queries.DEMO_DOMAIN}" in page.text
        assert "echt@voorbeeld.example" not in page.text
        offered = {"login": f"directie@{queries.DEMO_DOMAIN}", "password": "een goed wachtwoord"}
        assert client.post(PASSWORD, offered).url == reverse("wagtailadmin_home")

    def test_shows_nothing_of_it_without_the_mark(self, client, account_of):
        account_of(Role.MANAGEMENT, f"directie@{queries.DEMO_DOMAIN}")

        page = client.get(ASK)

        assert "demo" not in page.text.lower()
