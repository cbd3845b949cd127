"""The invented year, room by room; every record goes in by the door a user would take."""

from __future__ import annotations

from datetime import date, datetime

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import Model
from wagtail.models import ModelLogEntry

from trekker.demo import (
    around,
    events_year,
    feedback_year,
    members,
    plan_text,
    progress_year,
    reports_year,
    revision,
    telling,
)
from trekker.imports.actions.pace import count_anew
from trekker.kernel.access import Role
from trekker.kernel.measures import catalogue
from trekker.people.models import Account, Person
from trekker.people.queries import DEMO_DOMAIN
from trekker.plan import actions
from trekker.plan.models import Indicator, PlanVersion
from trekker.plan.reader import extract, read

YEAR, OWNER, FILE_NAME = 2026, "VVSG", "jaaractieplan-2026.docx"
PASSWORD = "demo-trekker-2026"  # noqa: S105 - shown on the sign-in page of the demo
PEOPLE = {
    "beheer": ("Bo", "Beheerder", Role.ADMINISTRATOR),
    "programma": ("Pim", "Programma", Role.PROGRAMME_OFFICER),
    "partner": ("Pat", "Partner", Role.PARTNER_OFFICER),
    "directie": ("Dirk", "Directie", Role.MANAGEMENT),
}


def is_loaded() -> bool:
    """Tell whether this database holds the demo."""
    return Account.objects.filter(email__endswith=f"@{DEMO_DOMAIN}").exists()


def has_own_data() -> bool:
    """Tell whether this database holds accounts or persons that are not the demo's."""
    strangers = Account.objects.exclude(email__endswith=f"@{DEMO_DOMAIN}").exists()
    return strangers or (Person.objects.exists() and not is_loaded())


@transaction.atomic
def clear() -> None:
    """Delete every record of ours; what Wagtail and Django need for themselves stays."""
    Account.objects.all().delete()
    ModelLogEntry.objects.all().delete()
    with connection.cursor() as cursor:
        # Foreign keys are checked when the transaction ends, so that the order is free.
        for model in _ours():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _ours() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if _is_ours(model)]


def _is_ours(model: type[Model]) -> bool:
    # The shared lists of themes and audiences came with the platform, not with the demo.
    ours = model.__module__.startswith("trekker.") and model._meta.app_label != "themes"
    return ours and model._meta.managed


@transaction.atomic
def load(*, now: datetime) -> None:
    """Put the whole demo into an empty platform; the same data every time."""
    officer = accounts()
    members.channels()
    plan(by=officer, now=now)
    count_anew(*_ours())  # what is written next is looked up among thousands of rows written just now
    members.load()
    count_anew(*_ours())
    partner = Account.objects.get(email=f"partner@{DEMO_DOMAIN}")
    events_year.load(by=officer, partner=partner, now=now)
    around.load(by=officer)
    feedback_year.load(by=officer)
    progress_year.load(by=officer, partner=partner)
    count_anew(*_ours())
    reports_year.load(year=YEAR, by=officer, partner=partner, now=now)
    count_anew(*_ours())
    telling.load(year=YEAR, by=officer, now=now)


def accounts() -> Account:
    """Make one account for each role; give the programme officer's."""
    for name, (first, last, role) in PEOPLE.items():
        account = Account.objects.create_user(
            f"{name}@{DEMO_DOMAIN}", PASSWORD, first_name=first, last_name=last, is_staff=True
        )
        account.groups.add(Group.objects.get(name=role.value))
    return Account.objects.get(email=f"programma@{DEMO_DOMAIN}")


# What the text leaves open and the officer settled, by words of the indicator.
NOTES = {
    "fysiek": "Hybride telt niet als fysiek. Brussel is het hele gewest, met negentien gemeenten.",
    "leden van het netwerk": "Lid is wie de nieuwsbrief ontvangt, elk één keer geteld.",
    "vertegenwoordiging": "Gemeente en OCMW tellen samen als één bestuur. Fusies gelden vanaf hun datum.",
    "deelnames": "Deelnames, geen personen. Intervisies tellen niet mee.",
    "twee opleidingen": "Een opleiding telt één keer, ook met meer edities.",
}


def _settle(version: PlanVersion, *, by: Account, now: datetime) -> None:
    for words, note in NOTES.items():
        for indicator in Indicator.objects.filter(goal__version=version, text__contains=words):
            actions.note_choice(indicator=indicator, counting_note=note, by=by, now=now)


def plan(*, by: Account, now: datetime) -> None:
    """Read the year's plan from a Word document by the real reader, adopt it, and revise it once."""
    lines = extract(plan_text.build_docx(), FILE_NAME)
    proposal = read(lines, measures=catalogue, owner=OWNER, year=YEAR)
    version = actions.store_proposal(
        proposal=proposal,
        title=plan_text.TITLE,
        owner=OWNER,
        year=YEAR,
        file_name=FILE_NAME,
        by=by,
        now=now,
    )
    _settle(version, by=by, now=now)
    revision.visits(version=version, by=by, now=now)
    actions.adopt(version=version, in_force_from=date(YEAR, 1, 1), reason="", by=by, now=now)
    revision.load(version=version, by=by, now=now)
