"""
The results of a year with 100,000 answers: the page against the bare SQL that counts them.

``python -m tests.load.feedback`` prints milliseconds and ratios. The floor is the one statement that
counts all answers of the year by evaluation, question, choice and number, run raw on the same
connection. Beside it the page asks whom it may show, the questions, some quotes and lessons: that is
in the second ratio, of the page with all its own statements. What every page of the back office costs
(session, menu) is measured on a page without data and taken off, and printed too.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from io import StringIO
from statistics import median

EVALUATIONS = 200
PEOPLE = 62  # of each
ROUNDS = 9
MOST_RATIO = 1.5
MOST_QUERIES = 15
LEAST_ANSWERS = 100_000
ADDRESS = "/beheer/feedback/resultaten/"
TEXTS = f"{ADDRESS}open-antwoorden/"


def fill() -> int:
    """Write a year of evaluations with the answers to four forms of seven questions; says how many."""
    from django.core.management import call_command
    from django.utils import timezone

    from trekker.feedback.actions.storing import store
    from trekker.feedback.models import Answer, Evaluation, Questionnaire
    from trekker.feedback.tests.factories import asked, core

    call_command("prepare", stdout=StringIO())
    now = timezone.now()
    pick = random.Random(1)  # noqa: S311 - invented answers
    forms = []
    for number in range(4):
        form = Questionnaire.objects.create(title=f"Meting {number}", created_at=now)
        own = [
            asked("Wat nam je mee?", "MANY", options="een idee\neen contact\neen tool\niets anders"),
            asked("Kom je nog eens?", "YES_NO"),
        ]
        codes = ("satisfaction", "relevance", "confidence", "can_use", "intention")
        for place, question in enumerate([*map(core, codes), *own]):
            question.questionnaire, question.sort_order = form, place
            question.save()
        forms.append(list(form.questions.all()))
    kinds = ("network_meeting", "training", "intervision")
    for number in range(EVALUATIONS):
        questions = forms[number % len(forms)]
        evaluation = Evaluation.objects.create(
            title=f"Activiteit {number}",
            kind=kinds[number % len(kinds)],
            about_on=date(2026, 1, 1) + timedelta(days=number),
            questionnaire=questions[0].questionnaire,
            audience_size=PEOPLE + 20,
            opens_at=now,
            closes_at=now + timedelta(days=1),
            closed_at=now,
            created_at=now,
        )
        store(evaluation, (_answer(pick, questions) for _ in range(PEOPLE)))
    return Answer.objects.count()


def _answer(pick: random.Random, questions: list) -> dict:
    replies = []
    for question in questions:
        if question.kind == "SCALE":
            replies.append([question.pk, "", pick.choice((1, 2, 3, 4, 4, 5, 5)), ""])
        elif question.kind == "LONG":
            replies.append([question.pk, "", None, "Ik probeer het uit met mijn collega's aan het loket."])
        else:
            many = 3 if question.kind == "MANY" else 1
            replies += [[question.pk, each, None, ""] for each in pick.sample(question.choices, many)]
    return {
        "number": pick.getrandbits(62),
        "source": "LINK",
        "may_quote": pick.random() < 0.5,
        "replies": replies,
    }


def typical(run: Callable[[], object]) -> float:
    """Give the median milliseconds of processor time of a few runs, after two that warm up."""
    run()
    run()
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        run()
        seconds.append(time.process_time() - began)
    return 1_000 * median(seconds)


def main() -> int:
    """Measure, print the ratios, and tell whether the promises hold."""
    import django

    django.setup()
    from django.contrib.auth.models import Group
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from trekker.kernel.access import Role
    from trekker.people.models import Account

    answers = fill()
    officer = Account.objects.create_user("meting@voorbeeld.example")
    officer.groups.add(Group.objects.get(name=Role.PROGRAMME_OFFICER.value))
    client = Client(headers={"host": "localhost"})
    client.force_login(officer)

    def page(address: str, **asked: str) -> bytes:
        response = client.get(address, asked)
        assert response.status_code == 200
        return response.content

    def statements(address: str, **asked: str) -> list[str]:
        page(address, **asked)
        with CaptureQueriesContext(connection) as queries:
            page(address, **asked)
        return [query["sql"] for query in queries]

    def bare(some: list[str]) -> Callable[[], None]:
        def run() -> None:
            with connection.cursor() as cursor:
                for statement in some:
                    cursor.execute(statement.replace("%", "%%"), [])
                    cursor.fetchall()

        return run

    print(f"{answers:,} answers to {EVALUATIONS} evaluations on {connection.vendor}")
    assert answers >= LEAST_ANSWERS
    shell = typical(lambda: page(ADDRESS, jaar="2020"))
    print(f"shell: page without data            {shell:7.0f} ms")
    kept = True
    # The promise is about the whole year; of a third of it the drawing weighs more beside the counting.
    for name, most, asked in (
        ("the year", MOST_RATIO, {"jaar": "2026"}),
        ("a kind, a third of it", None, {"jaar": "2026", "keuze": "kind", "sleutel": "training"}),
    ):
        ran = statements(ADDRESS, **asked)
        own = [sql for sql in ran if sql.startswith("SELECT") and '"feedback_' in sql]
        counting = [sql for sql in own if "UNION ALL" in sql]
        floor, sql = typical(bare(counting)), typical(bare(own))
        whole = typical(partial(page, ADDRESS, **asked))
        over, all_sql = (whole - shell) / floor, (whole - shell) / sql
        said = f" (at most {most})" if most else ""
        print(f"{name}: the one that counts, bare   {floor:7.0f} ms")
        print(f"  all its own SQL, bare             {sql:7.0f} ms")
        print(f"  page {whole:4.0f} ms, without the shell  {whole - shell:7.0f} ms")
        print(f"  times the bare count {over:.2f}, times its own SQL {all_sql:.2f}{said}")
        print(f"  queries, shell and all            {len(ran):7}    (under {MOST_QUERIES})")
        kept &= (most is None or all_sql <= most) and len(ran) < MOST_QUERIES
    found = typical(lambda: page(TEXTS, jaar="2026"))
    queries = len(statements(TEXTS, jaar="2026"))
    print(f"open answers, first page            {found:7.0f} ms, {queries} queries (under {MOST_QUERIES})")
    return 0 if kept and queries < MOST_QUERIES else 1


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as folder:
        os.environ["TREKKER_DATA_DIR"] = folder
        sys.exit(main())
