"""
Someone who holds the database, every backup, the logs and the outbox tries to join answers and people.

They lack only the secret key, which never lies in the database. See decision 0008.
"""

from __future__ import annotations

import io
import logging
import random
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from trekker.feedback.actions import evaluations
from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.models import (
    Answer,
    Evaluation,
    FollowUp,
    Invitation,
    Mode,
    Questionnaire,
    Response,
    SealedAnswer,
)
from trekker.feedback.queries.invitations import token_of
from trekker.feedback.tests.factories import EvaluationFactory, QuestionnaireFactory, asked
from trekker.kernel import sealing
from trekker.mail.models import Message
from trekker.organisations.models import Organisation
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.models import Person
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PEOPLE, PLACE = 12, "@bestolen.example"
Backup = dict[str, list[dict[str, Any]]]


def backup() -> Backup:
    """Copy every table as it lies on the disk: in its physical order, with what the database adds itself."""
    own = {"sqlite": "rowid AS row_at, *", "postgresql": "ctid::text AS row_at, xmin::text AS made_in, *"}
    found: Backup = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.managed or table not in connection.introspection.table_names(cursor):
                continue
            cursor.execute(f'SELECT {own[connection.vendor]} FROM "{table}"')  # noqa: S608 - our own names
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def cells(rows: list[dict[str, Any]], *, without: Collection[str] = ()) -> list[str]:
    """Give all that stands in rows, but for the place on the disk and these columns."""
    return [
        bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
        for row in rows
        for name, value in row.items()
        if name not in {"row_at", "made_in", *without}
    ]


@dataclass
class Heist:
    """All that was stolen, and what really happened."""

    evaluation: Evaluation
    answered: list[tuple[str, str]] = field(default_factory=list)  # (address, words), in the order they came
    backups: list[Backup] = field(default_factory=list)
    log: str = ""

    @property
    def words(self) -> list[str]:
        return [words for _address, words in self.answered]

    @property
    def last(self) -> Backup:
        return self.backups[-1]


def respond(invitation: Invitation, words: str, *, agrees: bool) -> None:
    """Answer as a browser does."""
    visitor, url = Client(), reverse("feedback:personal", args=[token_of(invitation)])
    page = visitor.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    name = re.search(r'name="(vraag_\d+)"', page)[1]
    more = {"agrees": "on"} if agrees else {}
    assert visitor.post(url, {**hidden, name: words, **more}).status_code == 302


@pytest.fixture(scope="module", params=[Mode.ANONYMOUS, Mode.PSEUDONYM], ids=["anonymous", "pseudonym"])
def heist(request, django_db_setup, django_db_blocker) -> Iterator[Heist]:  # noqa: ARG001 - the database must be there
    """Steal everything once; each act was a transaction of its own, as on a server."""
    with django_db_blocker.unblock():
        try:
            yield commit(request.param)
        finally:
            for model in (FollowUp, Response, Evaluation, Questionnaire, Message, ModelLogEntry):
                model.objects.all().delete()
            Person.objects.filter(email__endswith=PLACE).delete()
            Organisation.objects.filter(name=PLACE).delete()


def commit(mode: str) -> Heist:
    """Let twelve people answer, one after the other, with a backup after each; then close."""
    now = timezone.now()
    form = QuestionnaireFactory(questions=[asked("Wat?", QuestionKind.LONG)])
    evaluation = EvaluationFactory(
        mode=mode,
        follow_up_weeks=10 if mode == Mode.PSEUDONYM else None,
        questionnaire=form,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
    )
    organisation = OrganisationFactory(name=PLACE)
    people = [PersonFactory(email=f"p{number}{PLACE}") for number in range(PEOPLE)]
    evaluations.invite(
        evaluation=evaluation,
        invitees=[
            evaluations.Invitee(each.email, str(each), person=each, organisation=organisation)
            for each in people
        ],
        by=None,
        now=now,
    )
    heist = Heist(evaluation, backups=[backup()])
    order = list(evaluation.invitations.all())
    random.Random(4).shuffle(order)  # noqa: S311 - the order of a test
    listened = io.StringIO()
    listener = logging.StreamHandler(listened)
    logging.getLogger().addHandler(listener)
    for number, invitation in enumerate(order):
        words = f"woorden van nummer {number} {'x' * 40 * number}".strip()
        respond(invitation, words, agrees=number % 2 == 0)
        heist.answered.append((invitation.email, words))
        heist.backups.append(backup())
    evaluations.close_evaluation(evaluation=evaluation, by=None, now=now)
    logging.getLogger().removeHandler(listener)
    heist.backups.append(backup())
    heist.log = listened.getvalue()
    return heist


def test_until_it_closes_no_backup_holds_a_word_of_any_answer(heist):
    for each in heist.backups[:-1]:
        text = "\n".join(cell for rows in each.values() for cell in cells(rows))

        assert not any(words in text for words in heist.words)


def test_all_seals_are_equally_long(heist):
    lengths = {len(bytes(row["content"])) for row in heist.backups[-2]["feedback_sealedanswer"]}

    assert len(lengths) == 1


def test_closing_leaves_no_seal_and_no_key_to_open_one_of_an_old_backup(heist):
    (evaluation,) = heist.last["feedback_evaluation"]
    stolen = heist.backups[-2]["feedback_sealedanswer"][0]["content"]

    assert heist.last["feedback_sealedanswer"] == []
    assert bytes(evaluation["salt"]) == b""
    with pytest.raises(sealing.BrokenSeal):
        sealing.unseal(bytes(stolen), purpose="feedback.answer", salt=evaluation["salt"])


def test_what_appeared_beside_a_link_that_served_is_gone_afterwards(heist):
    """Two backups show which seal came with which link; nothing of that seal is left to follow."""
    seals = set()
    for before, after in zip(heist.backups, heist.backups[1:-1], strict=False):
        known = {row["number"] for row in before["feedback_sealedanswer"]}
        seals |= {row["number"] for row in after["feedback_sealedanswer"]} - known
    left = "\n".join(cell for rows in heist.last.values() for cell in cells(rows))

    assert len(seals) == PEOPLE
    assert not any(str(number) in left for number in seals)


def test_the_order_of_answers_is_that_of_numbers_that_say_nothing(heist):
    rows = {row["text"]: row for row in heist.last["feedback_answer"]}

    for column in ("id", "response_id"):
        as_they_came = [rows[words][column] for words in heist.words]
        assert as_they_came != sorted(as_they_came)
        assert as_they_came != sorted(as_they_came, reverse=True)


def test_the_disk_holds_answers_in_no_other_order(heist):
    """In PostgreSQL the place on the disk and the transaction tell nothing more; in SQLite the row id."""
    rows = heist.last["feedback_response"]

    assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)
    assert len({row.get("made_in") for row in rows}) == 1
    links = {row.get("made_in") for row in heist.last["feedback_invitation"]}
    assert len(links) == 1


def test_no_moment_stands_with_an_answer_or_a_link():
    moments = (models.DateField, models.TimeField)
    for model in (Response, Answer, SealedAnswer, Invitation):
        assert [each.name for each in model._meta.fields if isinstance(each, moments)] == []


def test_answers_share_no_value_with_people_links_or_mails(heist):
    """
    Joins are made on equal values: there are none but those that all twelve share.

    The numbers that the database counts out are left out: they say nothing (see their order above), and the
    digits of one may stand in a moment or a key elsewhere by chance.
    """
    theirs = [*heist.last["feedback_response"], *heist.last["feedback_answer"]]
    if heist.evaluation.mode == Mode.PSEUDONYM:
        theirs += heist.last["feedback_followup"]
    found = cells(theirs, without={"id"})
    telling = {cell for cell in found if len(cell) > 3 and found.count(cell) < PEOPLE / 2}
    of_people = [
        *heist.last["people_person"],
        *(row for each in heist.backups for row in each["feedback_invitation"]),
        *heist.last["mail_message"],
        *heist.last["wagtailcore_modellogentry"],
    ]
    elsewhere = "\n".join(cells(of_people))

    assert telling
    assert [cell for cell in telling if cell in elsewhere] == []


def test_unless_on_name_it_is_forgotten_who_was_invited(heist):
    left = "\n".join(cells([*heist.last["feedback_invitation"], *heist.last["feedback_response"]]))

    assert not any(address in left for address, _words in heist.answered)


def test_an_address_kept_to_ask_again_cannot_be_read(heist):
    follow_ups = heist.last["feedback_followup"]
    text = "\n".join(cells(follow_ups))

    assert len(follow_ups) == (PEOPLE / 2 if heist.evaluation.mode == Mode.PSEUDONYM else 0)
    assert not any(address in text for address, _words in heist.answered)
    assert len({len(bytes(row["address"])) for row in follow_ups}) <= 1


def test_the_logs_say_nothing_of_an_answer(heist):
    acts = [row["action"] for row in heist.last["wagtailcore_modellogentry"]]

    assert not any(words[:20] in heist.log for words in heist.words)
    assert acts.count("feedback.closed") == 1
    assert [act for act in acts if "answer" in act] == []
