"""What holds for the platform as a whole, whichever room a page or figure belongs to."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from trekker.kernel.access import ROLES, Permission
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period

ROOT = Path(__file__).parents[1]
OUR_MODELS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("trekker.") and model._meta.managed and not model._meta.proxy
]
# Wagtail and allauth guard their own views; a sign-in page is open by its nature.
GUARDED_ELSEWHERE = ("wagtail.", "allauth.", "django.views.generic.base", "modelsearch.")


def views(patterns, above=""):
    for pattern in patterns:
        address = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield pytest.param(pattern.callback, id=address or "/")


def is_ours(view) -> bool:
    view = getattr(view, "__wrapped__", view)
    return view.__module__.startswith("trekker.") and not hasattr(view, "view_class")


ALL_VIEWS = list(views(get_resolver().url_patterns))
OUR_VIEWS = [each for each in ALL_VIEWS if is_ours(each.values[0])]


def test_there_are_views_to_check():
    assert len(OUR_VIEWS) > 10


@pytest.mark.parametrize("view", OUR_VIEWS)
def test_every_view_of_ours_names_its_permission(view):
    assert isinstance(getattr(view, "permission", None), Permission)


@pytest.mark.parametrize("view", ALL_VIEWS)
def test_every_other_view_comes_from_a_guarded_frame(view):
    module = getattr(view, "view_class", getattr(view, "__wrapped__", view)).__module__

    assert module.startswith(("trekker.", *GUARDED_ELSEWHERE))


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_held_by_some_role(permission):
    assert any(permission in held for held in ROLES.values())


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_guards_something(permission):
    code = "\n".join(
        path.read_text() for path in (ROOT / "trekker").rglob("*.py") if "tests" not in path.parts
    )

    assert len(re.findall(rf"\.{permission.name}\b", code)) >= 1


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_field_says_whether_it_is_personal(model):
    fields = {field.name for field in model._meta.concrete_fields}

    assert fields == model.privacy.fields


GLOSSARY = dict(re.findall(r"^\| (\w+) \| ([^|]+) \|", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE))


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_called_what_the_glossary_calls_it(model):
    assert GLOSSARY[model.__name__] == model._meta.verbose_name


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_what_it_is(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.django_db
@pytest.mark.parametrize("measure", catalogue.values(), ids=list(catalogue))
def test_every_measure_with_a_register_counts_nothing_in_an_empty_platform(measure):
    nothing = None if measure.is_share else 0  # a part of nothing is not known
    if measure.has_register:
        assert measure.value(Period.year(2026), {}) == nothing
        assert measure.series([Period.year(2025), Period.year(2026)], {}) == [nothing, nothing]
    assert measure.definition


@pytest.mark.django_db
def test_the_page_of_measures_is_up_to_date(capsys):
    call_command("measures", markdown=True)

    assert capsys.readouterr().out == (ROOT / "docs/measures.md").read_text(), "run: make docs"


@pytest.mark.django_db
def test_the_catalogue_reads_as_json(capsys):
    call_command("measures", json=True)

    listed = json.loads(capsys.readouterr().out)
    assert {"code", "label", "definition", "filters", "kind"} <= set(listed[0])
    assert {entry["code"] for entry in listed} == set(catalogue)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_floors_hold():
    lint = Path(sys.executable).parent / "lint-imports"

    found = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stdout
    assert "0 broken" in found.stdout


def test_no_lock_file_names_an_index():
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|file:|--(extra-)?index|--find-links", lock.read_text()), lock
