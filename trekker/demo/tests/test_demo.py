from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page

from trekker.mail.models import Message
from trekker.network.models import Membership
from trekker.people.models import Account, Person
from trekker.people.tests.factories import AccountFactory, PersonFactory
from trekker.plan.models import PlanVersion
from trekker.plan.queries.history import dropped, history
from trekker.plan.queries.trials import outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    def run(**options) -> str:
        said = StringIO()
        call_command("demo", stdout=said, **options)
        return said.getvalue()

    yield run
    settings.DEMO_MARK.unlink(missing_ok=True)


def figures() -> str:
    said = StringIO()
    call_command("indicators", "--year=2026", "--as-of=2026-11-01", "--json", stdout=said)
    return said.getvalue()


def test_fills_an_empty_platform_once_and_builds_it_anew_on_request(demo):
    assert "De demo is klaar." in demo()
    first = figures()
    people = Person.objects.count()
    Membership.objects.first().person.delete()

    assert "De demo stond er al." in demo()
    assert Person.objects.count() == people - 1
    assert "De demo is klaar." in demo(fresh=True)

    assert figures() == first
    assert '"value": 11' in first
    assert set(PlanVersion.objects.values_list("file_name", flat=True)) == {"jaaractieplan-2026.docx"}
    assert Account.objects.count() == 4
    assert Page.objects.filter(depth=1).exists()


@pytest.mark.parametrize("factory", [PersonFactory, AccountFactory])
def test_never_touches_data_of_ones_own(demo, factory):
    kept = factory()

    for fresh in (False, True):
        with pytest.raises(CommandError, match="eigen gegevens"):
            demo(fresh=fresh)

    assert type(kept).objects.filter(pk=kept.pk).exists()


def test_revises_its_plan_once_and_tries_another(demo):
    demo()
    first, second = PlanVersion.objects.adopted().order_by("number")

    told = history(second)

    assert [change.split(":")[0] for change in told.revisions[1].changes] == [
        "OD1.2, belofte geschrapt",
        "OD1.3, doel was 5, wordt 6",
        "OD3.3, doel was 3, wordt 1",
        "OD3.3, actie gewijzigd",
    ]
    assert [each.last_day.isoformat() for each in dropped(told, today=date(2026, 11, 22))] == ["2026-06-30"]
    now, (then,) = outcomes(second, PlanVersion.objects.trials(), today=date(2026, 11, 22))
    assert (len(now.promises), then.remaining, len(then.changed)) == (23, 22, 4)
    assert first.in_force_from == date(2026, 1, 1)


def test_shows_its_results_to_anyone_and_tells_each_lead(demo, client):
    demo()

    page = client.get("/resultaten/2026/")

    assert page.status_code == 200
    assert "minstens 1.100 leden" in page.text
    assert set(Message.objects.filter(kind="reports.signals").values_list("address", flat=True)) <= {
        "partner@demo.trekker.example",
        "programma@demo.trekker.example",
    }
