"""What a part of a version may come in the place of."""

from __future__ import annotations

from typing import Any, TypeAlias

from trekker.plan.models import Action, Goal, Indicator, Moment, PlanVersion
from trekker.plan.queries.history import forerunners
from trekker.plan.queries.lineage import links_of, origins

Node: TypeAlias = Goal | Action | Indicator | Moment


def offered(node: Node) -> list[tuple[PlanVersion, list[Any]]]:
    """
    Give the parts of the same sort that a part may come in the place of, by version, the newest first.

    Of the version just before all; of each earlier one what did not go on into a later version of these,
    and what was chosen before. A version with nothing to offer is left out.
    """
    is_goal = isinstance(node, Goal)
    model: Any = type(node)
    before = forerunners(node.version if isinstance(node, Goal) else node.goal.version)
    where = "version" if is_goal else "goal__version"
    rows = model.objects.filter(**{f"{where}__in": before}).order_by("position", "pk")
    of: dict[int, list[Any]] = {version.pk: [] for version in before}
    for part in rows.select_related("version__plan" if is_goal else "goal__version__plan"):
        of[part.version_id if is_goal else part.goal.version_id].append(part)
    links, chosen = links_of(model), {each.pk for each in node.supersedes.all()}
    goes_on: set[int] = set()
    found = []
    for version in before:
        parts = [part for part in of[version.pk] if part.pk not in goes_on or part.pk in chosen]
        for part in of[version.pk]:
            goes_on |= origins(links, part.pk).keys()
        if parts:
            found.append((version, parts))
    return found
