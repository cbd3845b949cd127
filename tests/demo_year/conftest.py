"""One demo year for all tests here: they look and leave it as it is; filling it is the slow part."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """Fill the year, give the version of its plan that holds, and take all back after the last test."""
    # Django is not set up yet when this file is read.
    from trekker.demo import year
    from trekker.plan.models import PlanVersion

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_organisations", stdout=StringIO())
        year.load(now=NOW)
        yield PlanVersion.objects.in_force(year=2026, day=date(2026, 11, 22)).first()
        transaction.set_rollback(True)
