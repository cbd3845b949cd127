import pytest
from django.urls import reverse

from trekker.feedback.models import FollowUp
from trekker.feedback.tests.factories import EvaluationFactory, offered
from trekker.ideas.models import Idea
from trekker.kernel.access import Role

pytestmark = pytest.mark.django_db
LIST = "/beheer/feedback/opvolging/"
OFFICER, PARTNER = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER


def page_of(offer) -> str:
    return reverse("offer:inspect", args=[offer.pk])


def to(name, offer) -> str:
    return reverse(f"evaluations:{name}", args=[offer.pk])


def test_the_list_shows_what_people_offer_and_what_waits_first(as_role):
    offered(intention="Klaar", is_settled=True)
    offered(intention="Te doen")
    offered(intention="Niets aangeboden", offers="")
    browser = as_role(PARTNER)

    response = browser.get(LIST)

    assert [each.intention for each in response.context["object_list"]] == ["Te doen", "Klaar"]
    assert [each.intention for each in browser.get(LIST, {"is_settled": "True"}).context["object_list"]] == [
        "Klaar"
    ]
    assert "Wat ervan kwam (1)" in response.text


def test_a_download_of_contacts_is_for_who_may_take_names(as_role):
    offered()

    assert as_role(PARTNER).get(LIST, {"export": "csv"}).status_code in {302, 403}
    response = as_role(OFFICER).get(LIST, {"export": "csv"})
    assert "014 00 00 00" in b"".join(response.streaming_content).decode()


def test_costs_the_same_number_of_queries_for_more_rows(as_role, django_assert_max_num_queries):
    browser = as_role(OFFICER)
    offered()
    browser.get(LIST)
    with django_assert_max_num_queries(30) as few:
        browser.get(LIST)
    for _ in range(10):
        offered()

    with django_assert_max_num_queries(len(few)):
        browser.get(LIST)


def test_the_page_tells_what_they_did(as_role):
    offer = offered(helped="Een vrijwilliger")

    text = as_role(PARTNER).get(page_of(offer)).text

    for words in ("Een buurtbabbel", "gedaan", "Een vrijwilliger", "een praktijk", "014 00 00 00"):
        assert words in text
    assert to("make_idea", offer) not in text


def test_becomes_an_idea_without_the_contact(as_role):
    offer, browser = offered(intention="Elke week " + "een babbel " * 20), as_role(OFFICER)

    form = browser.get(to("make_idea", offer)).context["form"]
    title = form.initial["title"]
    assert form.initial["form"] == Idea.Form.EVENT
    response = browser.post(to("make_idea", offer), {"title": title, "form": Idea.Form.TOOL})

    idea = Idea.objects.get()
    assert title.startswith("Elke week een babbel")
    assert title.endswith("…")
    assert idea.form == Idea.Form.TOOL
    assert response.headers["Location"] == reverse("idea:inspect", args=[idea.pk])
    assert "014 00 00 00" not in idea.description
    page = browser.get(page_of(offer)).text
    assert reverse("idea:inspect", args=[idea.pk]) in page
    assert to("make_idea", offer) not in page
    assert to("settle", offer) not in page


def test_an_idea_needs_a_title(as_role):
    response = as_role(OFFICER).post(to("make_idea", offered()), {"title": ""})

    assert "Geef het idee een titel." in response.text
    assert "Kies wat het idee kan worden." in response.text


def test_the_list_tells_offers_apart_where_nothing_was_intended(as_role):
    evaluation = EvaluationFactory(closed=True, title="Netwerk in mei")
    offered(evaluation, intention="", helped="Een vrijwilliger")
    offered(evaluation, intention="", offers=FollowUp.Offer.STORY)

    text = as_role(PARTNER).get(LIST).text

    assert "Een vrijwilliger" in text
    assert "Een verhaal, na Netwerk in mei" in text


def test_is_settled_after_asking(as_role):
    offer, browser = offered(), as_role(OFFICER)

    assert "Nam je contact op" in browser.get(to("settle", offer)).text
    browser.post(to("settle", offer))

    assert FollowUp.objects.get().is_settled
    assert to("settle", offer) not in browser.get(page_of(offer)).text
