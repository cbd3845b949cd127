"""Trying another plan, in one call."""

from trekker.plan import actions
from trekker.plan.models import Indicator
from trekker.plan.tests.factories import NOW


def tried(version, label="minder middelen"):
    return actions.start_trial(version=version, label=label, by=None, now=NOW)


def promises(version):
    return list(Indicator.objects.filter(goal__version=version).order_by("pk"))


def revise(trial, *, targets=None, dropped=()):
    actions.revise_trial(trial=trial, targets=targets or {}, dropped=dropped, by=None, now=NOW)
