from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page

from trekker.network.models import Membership
from trekker.people.models import Account, Person
from trekker.people.tests.factories import AccountFactory, PersonFactory
from trekker.plan.models import PlanVersion

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
