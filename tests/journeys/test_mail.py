"""The outbox and the texts of mails, with hostile words in all of them, in a real browser."""

import pytest

from trekker.kernel.access import Role
from trekker.mail.actions import default_sender
from trekker.mail.formats import write
from trekker.mail.models import Message, Wording
from trekker.mail.registry import KINDS
from trekker.mail.tests.factories import MessageFactory, StoppedAddressFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
HOSTILE = (
    "<script>document.title='gelopen'</script><img src=x onerror=\"top.document.title='gelopen'\">"
    '<svg onload=alert(1)></iframe><a href="javascript:alert(1)">klik</a>\'"{{ 7|add:7 }}'
)


def test_hostile_words_run_nowhere(window, signed_in):
    default_sender()
    kind = next(iter(KINDS.values()))
    written = write(kind, HOSTILE, HOSTILE, dict.fromkeys(kind.placeholders, HOSTILE), HOSTILE)
    words = {"subject": HOSTILE, "text": written.text, "html": written.html, "problem": HOSTILE}
    message = MessageFactory(**words, status="DOUBT")
    stopped = StoppedAddressFactory(reason=HOSTILE[:300])
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    for address in ("", f"inspect/{message.pk}/", f"history/{message.pk}/"):
        page.goto(f"/beheer/mail/uit/{address}")
        page.wait_for_load_state()
        assert page.title() != "gelopen"
    page.goto(f"/beheer/mail/adressen/inspect/{stopped.pk}/")
    assert page.title() != "gelopen"
    page.goto(f"/beheer/mail/uit/{message.pk}/aangekomen/")
    assert page.title() != "gelopen"
    page.get_by_role("button", name="Ja, ze kwam aan").click()
    page.get_by_text("De mail staat nu als verstuurd.").wait_for()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_screens_are_for_everyone(window, signed_in, inspect, width):
    message = MessageFactory(
        status="FAILED", problem="Het adres bestaat niet. Antwoord van de server: 550 5.1.1"
    )
    page = signed_in(window(width=width), Role.PROGRAMME_OFFICER)
    code = next(iter(KINDS))

    for name, address in {
        "uit": "uit/",
        "een": f"uit/inspect/{message.pk}/",
        "teksten": "teksten/",
        "tekst": f"teksten/{code}/",
        "opnieuw": f"uit/{message.pk}/opnieuw/",
    }.items():
        page.goto(f"/beheer/mail/{address}")
        inspect(page, f"mail-{name}-{width}", wagtail=True)


def test_a_text_is_changed_looked_at_and_tried(window, signed_in):
    kind = next(iter(KINDS.values()))
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    page.goto(f"/beheer/mail/teksten/{kind.code}/")
    page.get_by_label("Onderwerp").fill("Welkom bij ons")
    page.get_by_role("button", name="Bekijk").click()
    page.get_by_text("Onderwerp: Welkom bij ons").wait_for()
    page.get_by_role("button", name="Stuur een proef").click()
    page.get_by_text("De proefmail vertrekt").wait_for()
    assert Message.objects.get().subject == "Proef: Welkom bij ons"
    page.get_by_role("button", name="Bewaar").click()

    page.get_by_text("De tekst is bewaard.").wait_for()
    assert Wording.objects.get().subject == "Welkom bij ons"
