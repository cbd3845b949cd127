"""Putting the results of a year on the website, counting them again, and taking them off."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.reports.models import Publication
from trekker.reports.queries.publication import Gathered, gathered

SHOWN = audit.act("reports.shown", "resultaten op de website gezet")
CHANGED = audit.act("reports.shown_changed", "resultaten op de website gewijzigd")
TAKEN_OFF = audit.act("reports.taken_off", "resultaten van de website gehaald")
FRESH_FOR = timedelta(minutes=30)
log = logging.getLogger(__name__)


class NothingToShow(Exception):
    """There is no plan for the year, or no report of it was fixed."""


def publish(*, year: int, shows: str, hosts: Sequence[str], by: AnyAccount, now: datetime) -> Publication:
    """
    Put the results of a year on the website, or change which ones; they are counted at once.

    ``hosts`` are the origins of the websites that may show them in a frame.

    :raises NothingToShow: if there is no plan for the year, or no fixed report where that is asked
    """
    found = gathered(year, shows, now=now)
    if found is None:
        raise NothingToShow
    with transaction.atomic():  # counting takes a while, and holds up nobody
        publication, _is_new = Publication.objects.select_for_update().get_or_create(year=year)
        act = CHANGED if publication.is_shown else SHOWN
        publication.shows, publication.hosts = shows, list(hosts)
        publication.is_shown, publication.changed_by = True, by
        _keep(publication, found, now)
        audit.record(act, publication, by=by, at=now, shows=shows, hosts=list(hosts))
    return publication


def _keep(publication: Publication, found: Gathered, now: datetime) -> None:
    publication.figures, publication.drawing, publication.counted_at = found.figures, found.drawing, now
    publication.save()


@transaction.atomic
def take_off(*, publication: Publication, by: AnyAccount, now: datetime) -> None:
    """Take the results of a year off the website; what was kept of its figures goes too."""
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    if not publication.is_shown:
        return
    publication.is_shown, publication.changed_by = False, by
    publication.figures, publication.drawing, publication.counted_at = {}, "", None
    publication.save()
    audit.record(TAKEN_OFF, publication, by=by, at=now)


def count_again(*, now: datetime) -> int:
    """
    Count what the website shows once more where that was half an hour ago; give how many years.

    What can no longer be gathered stays as it was, with the moment that it says it is of. Nobody decides
    anything here, so the log gets no line.
    """
    due = Publication.objects.shown().filter(counted_at__lte=now - FRESH_FOR)
    done = 0
    for year, shows in list(due.values_list("year", "shows")):
        try:
            found = gathered(year, shows, now=now)
        except Exception:  # one year that cannot be gathered may not hold up the others
            log.exception("The results of %s cannot be counted", year)
            continue
        if found is None:
            continue
        with transaction.atomic():
            # Someone may have changed or taken it off meanwhile: then what we counted is of no use.
            mine = Publication.objects.shown().select_for_update().filter(year=year, shows=shows)
            for publication in mine.filter(counted_at__lte=now - FRESH_FOR):
                _keep(publication, found, now)
                done += 1
    return done
