import pytest

from trekker.plan.models import Plan, PlanVersion


@pytest.mark.parametrize(
    ("title", "name"),
    [("Digitale inclusie", "Digitale inclusie 2026"), ("Jaarplan 2026", "Jaarplan 2026")],
)
def test_a_version_names_its_year_once(title, name):
    assert PlanVersion(plan=Plan(title=title), year=2026).name == name
