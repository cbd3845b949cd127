"""Who else reads of the invented year: anyone on the website, and each lead by mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from trekker.demo import post
from trekker.people.models import Account
from trekker.people.queries import DEMO_DOMAIN
from trekker.plan.actions.forecasts import keep_forecasts
from trekker.plan.actions.leads import set_parties
from trekker.plan.models import PlanVersion
from trekker.plan.queries.leads import parties_of
from trekker.plan.queries.versions import current_version
from trekker.reports import actions
from trekker.reports.models import Publication

WORK_FOR = {"programma": ["VVSG"], "partner": ["Mediawijs"]}
HOSTS = ["https://www.gemeente.example"]


def load(*, year: int, by: Account, now: datetime) -> None:
    """Put the results on the website, and send the signals of this week as if its morning came."""
    for name, parties in WORK_FOR.items():
        account = Account.objects.get(email=f"{name}@{DEMO_DOMAIN}")
        if not parties_of(account):
            set_parties(account=account, parties=parties, by=by, now=now)
    actions.publish(year=year, shows=Publication.Shows.TODAY, hosts=HOSTS, by=by, now=now)
    earlier = now - timedelta(days=21)  # in one week of the invented year little happens
    day = timezone.localdate(earlier)
    version = current_version(PlanVersion.objects.all(), year=day.year, day=day)
    if version is not None:
        keep_forecasts(version=version, by=None, now=earlier)
        actions.send_signals(now=timezone.localtime(now).replace(hour=8, minute=0))
        post.let_leave()
