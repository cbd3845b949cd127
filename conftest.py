"""
The ground under every test: settings of their own, a browser that checks pages, a client per role.

The database is the one of ``DATABASE_URL``, or SQLite when nothing is set. While working,
``pytest --reuse-db`` keeps the migrated database between runs and saves most of the waiting; a
journey empties that database, so add ``--create-db`` after one.
"""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

# Settings are read once, so the place for data must be known before Django reads them. Workers of
# xdist inherit the place of the process that started them.
if "PYTEST_XDIST_WORKER" not in os.environ:
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        pytest.exit("Unset DJANGO_SETTINGS_MODULE: the tests choose their own settings.", returncode=4)
    if "--reuse-db" in sys.argv:
        os.environ["TREKKER_DATA_DIR"] = str(Path(__file__).parent / "var" / "trekker-test-kept")
    else:
        os.environ["TREKKER_DATA_DIR"] = tempfile.mkdtemp(prefix="trekker-test-")
        atexit.register(shutil.rmtree, os.environ["TREKKER_DATA_DIR"], ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"


def pytest_configure(config: pytest.Config) -> None:
    """Make what is only for safety cheap: password hashing, waiting for the disk, names of static files."""
    from django.conf import settings
    from django.test.signals import setting_changed

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # A worker of xdist has Django set up before it comes here: let go of the storages it made.
    setting_changed.send(sender=type(settings), setting="STORAGES", value=settings.STORAGES, enter=True)
    settings.WHITENOISE_AUTOREFRESH = True  # no scan of all static files for each client


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what asks no database: nothing of it differs from the run on SQLite."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return
    left_out = [each for each in items if not _asks_the_database(each)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [each for each in items if _asks_the_database(each)]


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = {*getattr(item, "fixturenames", ())}
    database = {"db", "transactional_db", "live_server", "django_db_setup"}
    return item.get_closest_marker("django_db") is not None or bool(fixtures & database)


@pytest.fixture(autouse=True)
def _no_page_of_another_test():
    """Forget the pages that a process keeps for a few seconds."""
    from django.core.cache import caches

    caches["rush"].clear()


@pytest.fixture
def client():
    """A visitor who is not signed in, in a browser that checks every page."""
    from tests.browser import Browser

    return Browser()


@pytest.fixture
def account_of(db) -> Callable:
    """Make an account that holds one role: ``account_of(Role.MANAGEMENT)``."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    def make(role, email: str = ""):
        accounts = get_user_model().objects
        account = accounts.create_user(
            email or f"{role.name.lower()}@voorbeeld.example", "een goed wachtwoord"
        )
        account.groups.add(Group.objects.get(name=role.value))
        return account

    return make


@pytest.fixture
def as_role(account_of) -> Callable:
    """Open the browser as someone with one role: ``as_role(Role.PROGRAMME_OFFICER).get(…)``."""
    from tests.browser import Browser

    def sign_in(role) -> Browser:
        browser = Browser()
        browser.force_login(account_of(role))
        return browser

    return sign_in
