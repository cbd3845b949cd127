"""Asking, weeks later, what came of an intention."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trekker.feedback import emails
from trekker.feedback.actions.storing import ADDRESS
from trekker.feedback.models import FollowUp
from trekker.feedback.queries.followups import intention_of
from trekker.ideas.actions import note_idea
from trekker.ideas.models import Idea
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.kernel.sealing import BrokenSeal, unseal
from trekker.people.queries import erased_among

IDEA = audit.act("feedback.idea", "idee gemaakt van een opvolging")
SETTLED = audit.act("feedback.offer_settled", "aanbod afgehandeld")
REMIND_AFTER, WAITS = timedelta(days=10), timedelta(weeks=4)
BATCH = 200


class NoLongerAsked(Exception):
    """The question is no longer open: answered too long ago, or its time is over."""


def ask_due(*, now: datetime) -> int:
    """Ask everyone whose weeks have passed what came of their intention; says how many."""
    today = timezone.localdate(now)
    return _mail(FollowUp.objects.filter(asked_on=None, due_on__lte=today), today, now=now, again=False)


def remind_due(*, now: datetime) -> int:
    """Ask once more who did not answer after ten days; says how many."""
    today = timezone.localdate(now)
    silent = FollowUp.objects.filter(outcome="", reminded=False, asked_on__lte=today - REMIND_AFTER)
    return _mail(silent, today, now=now, again=True)


def _mail(rows: object, today: date, *, now: datetime, again: bool) -> int:
    count = 0
    due = rows.filter(address__isnull=False).order_by("due_on", "pk").values_list("pk", flat=True)  # type: ignore[attr-defined]
    for pk in list(due[:BATCH]):
        with transaction.atomic():
            found = FollowUp.objects.select_for_update(of=("self",)).select_related("response__evaluation")
            follow_up = found.get(pk=pk)
            if (follow_up.reminded if again else follow_up.asked_on) or follow_up.address is None:
                continue  # another process was a moment sooner
            if again:
                follow_up.reminded = True
            else:
                follow_up.asked_on = today
            count += _ask(follow_up, now=now, again=again)
            follow_up.save(update_fields=["reminded", "asked_on", "address"])
    return count


def _ask(follow_up: FollowUp, *, now: datetime, again: bool) -> int:
    """Queue the mail; an address that cannot be opened, or of someone erased, is thrown away."""
    try:
        address = unseal(follow_up.address, purpose=ADDRESS)  # type: ignore[arg-type]
    except BrokenSeal:
        address = ""
    if not address or erased_among([address]):
        follow_up.address = None
        return 0
    emails.follow_up(follow_up, address=address, again=again, now=now)
    return 1


def expire(*, now: datetime) -> int:
    """Throw away the address of who was asked four weeks ago; says how many."""
    before = timezone.localdate(now) - WAITS
    return FollowUp.objects.filter(asked_on__lt=before, address__isnull=False).update(address=None)


@transaction.atomic
def answer_follow_up(
    *,
    follow_up: FollowUp,
    outcome: str,
    helped: str = "",
    hindered: str = "",
    offers: str = "",
    contact: str = "",
    now: datetime,
) -> FollowUp:
    """
    Write down what came of it, and throw the address away, as it has served.

    Until its time is over, or everybody of the same evaluation answered, it can be corrected by sending it
    again.

    :raises NoLongerAsked: if its time is over
    """
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if not is_asked(follow_up, now):
        raise NoLongerAsked
    follow_up.outcome, follow_up.helped, follow_up.hindered = outcome, helped, hindered
    follow_up.offers, follow_up.contact = offers, contact if offers else ""
    follow_up.answered_on, follow_up.address = timezone.localdate(now), None
    follow_up.save()
    return follow_up


def is_asked(follow_up: FollowUp, now: datetime) -> bool:
    """
    Tell whether the question is open at this moment.

    Once the round of the evaluation has ended its figures are shown, and nothing may move them by one.
    """
    in_time = follow_up.asked_on is not None and timezone.localdate(now) <= follow_up.asked_on + WAITS
    return in_time and not FollowUp.objects.of_ended_rounds().filter(pk=follow_up.pk).exists()  # type: ignore[attr-defined]


@transaction.atomic
def make_idea(
    *, follow_up: FollowUp, title: str, form: str = Idea.Form.EVENT, by: AnyAccount, now: datetime
) -> Idea:
    """Note an idea from what someone did and offers; a second time gives the same idea."""
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if follow_up.idea:
        return follow_up.idea
    told = [intention_of(follow_up.pk), follow_up.helped, follow_up.hindered]
    evaluation = follow_up.response.evaluation
    idea = note_idea(
        facts={
            "title": title,
            "form": form,
            "description": "\n\n".join(filter(None, told)),
            "origin": Idea.Origin.FEEDBACK,
            "origin_text": f"Opvolging na {evaluation.title}"[:300],
        },
        themes=evaluation.themes.all(),
        by=by,
        now=now,
    )
    follow_up.idea, follow_up.is_settled = idea, True
    follow_up.save(update_fields=["idea", "is_settled"])
    audit.record(IDEA, idea, by=by, at=now)
    return idea


@transaction.atomic
def settle(*, follow_up: FollowUp, by: AnyAccount, now: datetime) -> None:
    """Say that an offer was dealt with: contacted, or set aside."""
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    follow_up.is_settled = True
    follow_up.save(update_fields=["is_settled"])
    audit.record(SETTLED, follow_up.response.evaluation, by=by, at=now)
