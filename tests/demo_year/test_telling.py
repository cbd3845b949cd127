"""The plan of the demo year is revised under way, and others read of it."""

from datetime import UTC, date, datetime

import pytest

from trekker.mail.models import Message
from trekker.people.models import Account
from trekker.plan.models import PlanVersion
from trekker.plan.queries.history import dropped, history
from trekker.plan.queries.trials import outcomes
from trekker.reports.queries.contents import contents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_the_plan_is_revised_once_and_another_is_tried():
    first, second = PlanVersion.objects.adopted().order_by("number")

    told = history(second)

    assert [change.split(":")[0] for change in told.revisions[1].changes] == [
        "OD1.2, belofte geschrapt",
        "OD1.3, doel was 5, wordt 6",
        "OD3.3, doel was 3, wordt 1",
        "OD3.3, actie gewijzigd",
    ]
    assert [each.last_day.isoformat() for each in dropped(told, today=DAY)] == ["2026-06-30"]
    now, (then,) = outcomes(second, PlanVersion.objects.trials(), today=DAY)
    assert (len(now.promises), then.remaining, len(then.changed)) == (23, 22, 4)
    assert first.in_force_from == date(2026, 1, 1)


def test_the_report_says_where_a_dropped_promise_stood_at_its_end(demo):
    said = contents(demo, DAY, today=DAY, now=NOW, with_rows=False).revisions[1].changes

    assert [each for each in said if "laatste stand" in each] == [
        (
            "OD1.2, laatste stand van «minstens twee studiebezoeken aan lokale projecten» op 30 juni 2026: "
            "1 studiebezoek, doel minstens 2 studiebezoeken."
        )
    ]


def test_report_and_dashboard_say_what_came_of_a_dropped_promise(demo, client):
    # The study visit to Kortrijk, on paper: 15 asked, 9 answered, 6 can use it, 4 of 6 did something with it.
    parts = "kan ermee aan de slag 6 van 9, deed er later iets mee 4 van 6, antwoordde 9 van 15."
    report = contents(demo, DAY, today=DAY, now=NOW, with_rows=False).revisions[1].changes
    client.force_login(Account.objects.get(email__startswith="programma@"))
    dashboard = client.get("/beheer/", {"op": DAY.isoformat()}).text

    named = "«minstens twee studiebezoeken aan lokale projecten»"
    assert [each for each in report if ", effect van" in each] == [
        f"OD1.2, effect van {named} tot en met 30 juni 2026: {parts}"
    ]
    assert f"Effect tot en met 30 juni: {parts}" in dashboard


def test_anyone_reads_the_results(client):
    page = client.get("/resultaten/2026/")

    assert page.status_code == 200
    assert "minstens 1.100 leden" in page.text


def test_each_lead_is_told_what_changed():
    told = Message.objects.filter(kind="reports.signals").values_list("address", flat=True)

    assert set(told) == {"partner@demo.trekker.example", "programma@demo.trekker.example"}
