"""What tests of results share: closed evaluations, and reading them as someone who may do all."""

from __future__ import annotations

from trekker.feedback.models import Evaluation
from trekker.feedback.queries import results
from trekker.feedback.queries.results_counting import count
from trekker.feedback.tests.factories import EvaluationFactory, answers


class Everyone:
    """Someone who may do all."""

    is_active = True

    def has_perm(self, _name: str) -> bool:
        return True


def closed(*, yes=3, no=2, **more) -> Evaluation:
    """Make a closed evaluation with answers that say yes and no."""
    evaluation = EvaluationFactory(closed=True, **more)
    answers(evaluation, *[{"can_use": "ja"}] * yes, *[{"can_use": "neen"}] * no)
    return evaluation


def read(*evaluations) -> results.Reading:
    rows = results.readable(Everyone()).filter(pk__in=[each.pk for each in evaluations])
    found = list(rows.order_by("-about_on", "-pk"))
    return results.read(found, count(found))
