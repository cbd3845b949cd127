"""A report says what came of what was dropped under way, with the figures of the dashboard of that day."""

from datetime import date

import pytest

from trekker.kernel.access import Role
from trekker.plan import actions
from trekker.plan.models import Indicator, IndicatorLine
from trekker.plan.tests.factories import NOW as ADOPTED
from trekker.plan.tests.factories import LineFactory
from trekker.plan.tests.test_effect import evaluation, goal_with, held
from trekker.reports.formats.openly import published
from trekker.reports.formats.writing import FORMATS
from trekker.reports.queries.contents import contents
from trekker.reports.tests.factories import NOW
from trekker.reports.tests.reading import html_words, pdf_pages, sheets, word_text, written

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
TRAININGS = {"measure": "events.held", "filters": {"kind": ["training"]}, "unit": "opleidingen", "target": 2}
FIGURE = "1 opleiding, doel minstens 2 opleidingen."
PARTS = "kan ermee aan de slag 5 van 6, deed er later iets mee 5 van 5, antwoordde 6 van 10."


@pytest.fixture
def version():
    """Give a plan of two promises."""
    first = goal_with({"measure": "members.count"}, {**TRAININGS, "indicator__text": "twee vormingen"})
    first.version.goals.update(code="OD1.1")
    return first.version


def without(version, drop):
    """Revise the plan from 1 May, with something dropped from the copy."""
    second = actions.copy_version(version=version, by=None, now=ADOPTED)
    drop(second)
    since = date(2026, 5, 1)
    return actions.adopt(version=second, in_force_from=since, reason="Minder geld", by=None, now=ADOPTED)


def without_the_promise(version):
    promises = Indicator.objects.filter(goal__version=version, text="twee vormingen")
    actions.remove_node(node=promises.get(), by=None, now=ADOPTED)


def without_the_goal(version):
    actions.remove_node(node=version.goals.get(code="OD1.1"), by=None, now=ADOPTED)


def without_the_line(version):
    lines = IndicatorLine.objects.filter(indicator__goal__version=version, unit="opleidingen")
    actions.remove_line(line=lines.get(), by=None, now=ADOPTED)


def report(version):
    return contents(version, DAY, today=DAY, now=NOW)


def said(version):
    """Give what the report says of the revision, but not which parts changed."""
    changes = report(version).revisions[1].changes
    return [each for each in changes if "laatste stand" in each or "effect" in each]


def text_of(data, code):
    read = {"pdf": pdf_pages, "html": html_words, "docx": lambda data: [word_text(data)]}
    if code == "xlsx":
        return " ".join(str(cell) for rows in sheets(data).values() for row in rows for cell in row)
    return " ".join(read[code](data))


class TestAPromise:
    def test_is_told_of_with_what_the_dashboard_says(self, version, as_role):
        held(evaluation(5, 1, outcomes=["DONE"] * 5), kind="training")
        second = without(version, without_the_promise)

        dashboard = as_role(Role.MANAGEMENT).get("/beheer/", {"op": DAY.isoformat()}).text

        assert said(second)[1:] == [f"OD1.1, effect van «twee vormingen» tot en met 30 april 2026: {PARTS}"]
        assert f"Effect tot en met 30 april: {PARTS}" in dashboard

    @pytest.mark.parametrize("code", FORMATS)
    def test_is_told_of_in_every_format(self, version, code):
        held(evaluation(5, 1, outcomes=["DONE"] * 5), kind="training")

        data = written(report(without(version, without_the_promise)), code)

        assert f"effect van «twee vormingen» tot en met 30 april 2026: {PARTS}" in text_of(data, code)

    @pytest.mark.parametrize("answered", [None, 4])
    def test_says_nothing_without_five_answers(self, version, answered):
        held(evaluation(answered) if answered else None, kind="training")

        (stand,) = said(without(version, without_the_promise))

        assert stand == f"OD1.1, laatste stand van «twee vormingen» op 30 april 2026: {FIGURE}"

    def test_says_only_what_five_people_answered(self, version):
        held(evaluation(6, outcomes=["DONE"] * 4), kind="training")

        effect = said(without(version, without_the_promise))[1]

        assert effect.endswith("2026: kan ermee aan de slag 6 van 6, antwoordde 6 van 10.")

    def test_of_which_the_goal_went_too_is_told_of(self, version):
        held(evaluation(5, 1, outcomes=["DONE"] * 5), kind="training")
        LineFactory(indicator__goal__version=version, indicator__goal__code="OD2.1")

        second = without(version, without_the_goal)

        assert f"OD1.1, effect van «twee vormingen» tot en met 30 april 2026: {PARTS}" in said(second)

    def test_is_not_told_of_on_the_website_with_figures_that_are_not_rounded(self, version):
        held(evaluation(5, 1, outcomes=["DONE"] * 5), kind="training")

        public = published(report(without(version, without_the_promise)), {})

        assert "van 6" not in str(public.plain())


class TestALine:
    def test_of_a_promise_that_stays_is_told_of_as_such(self, version):
        held(evaluation(5, 1, outcomes=["DONE"] * 5), kind="training")

        stand, effect = said(without(version, without_the_line))

        named = "een geschrapt cijfer bij «twee vormingen»"
        assert stand == f"OD1.1, laatste stand van {named} op 30 april 2026: {FIGURE}"
        assert effect == f"OD1.1, effect van {named} tot en met 30 april 2026: {PARTS}"
