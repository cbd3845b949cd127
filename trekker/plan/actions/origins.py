"""What a part of a version came in the place of: read from a text, set by hand, kept when a version goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product
from typing import Any, TypeAlias

from django.db import transaction

from trekker.kernel import audit
from trekker.plan.actions.copies import HEIRS, link
from trekker.plan.actions.threads import take_thread
from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, Moment, PlanVersion
from trekker.plan.reader import Change
from trekker.plan.reader import proposal as read

ORIGINS_SET = audit.act("plan.origins_set", "Gezegd in de plaats waarvan iets komt")

Heir: TypeAlias = Goal | Action | Indicator | Moment


class NotEarlier(Exception):
    """Something can only come in the place of what stands in an earlier version of a plan."""


def link_read(before: PlanVersion, version: PlanVersion, changes: Sequence[Change]) -> None:
    """
    Link what a changed text says again, in the same words or others, to what it said before.

    Parts are known by their lines of the text; what people gave other lines is not recognised. Planned
    moments go on where goal and words are the same.
    """
    pairs: list[tuple[Any, Any]] = []
    for model, part in ((Goal, read.Goal), (Action, read.Action), (Indicator, read.Indicator)):
        old, new = _by_lines(model, before), _by_lines(model, version)
        for change in changes:
            if isinstance(change.new, part) and change.old:
                pair = new.get(change.new.source_lines), old.get(change.old.source_lines)
                pairs += [pair] if all(pair) else []
    for heir, origin in list(pairs):
        if isinstance(heir, Indicator):
            pairs += _like_lines([heir], [origin])
    goes_on = {(heir.pk, origin.pk) for heir, origin in pairs if isinstance(heir, Goal)}
    for heir, origin in product(_moments(version), _moments(before)):
        if heir.text == origin.text and (heir.goal_id, origin.goal_id) in goes_on:
            pairs.append((heir, origin))
    link(pairs)


def _by_lines(model: type[Any], version: PlanVersion) -> dict[tuple[int, ...], Any]:
    rows = model.objects.filter(**{"version" if model is Goal else "goal__version": version})
    return {tuple(node.source_lines): node for node in rows if node.source_lines}


def _moments(version: PlanVersion) -> list[Moment]:
    return list(Moment.objects.filter(goal__version=version))


def _like_lines(
    heirs: Iterable[Indicator], sources: Iterable[Indicator]
) -> list[tuple[IndicatorLine, IndicatorLine]]:
    """Pair lines that measure the same, else those that are alone on both sides."""
    new = [line for each in heirs for line in each.lines.order_by("position", "pk")]
    old = [line for each in sources for line in each.lines.order_by("position", "pk")]
    found: list[tuple[IndicatorLine, IndicatorLine]] = []
    for line in list(new):
        same = next(
            (each for each in old if (each.measure, each.filters) == (line.measure, line.filters)), None
        )
        if same:
            found.append((line, same))
            new.remove(line)
            old.remove(same)
    return found + ([(new[0], old[0])] if len(new) == len(old) == 1 else [])


def version_of(node: Heir) -> PlanVersion:
    """Give the version that a part stands in."""
    return node.version if isinstance(node, Goal) else node.goal.version


def comes_before(among: PlanVersion, version: PlanVersion) -> bool:
    """
    Tell whether parts of a version can come in the place of those of another.

    A concept or a trial follows on all that was adopted, also on what was made after it.
    """
    if among.pk == version.pk or among.year != version.year:
        return among.year < version.year
    if among.may_be_mended or version.may_be_mended:
        return not among.may_be_mended or (version.may_be_mended and among.made_at <= version.made_at)
    held = [(each.in_force_from or each.made_at.date(), each.number) for each in (among, version)]
    return held[0] < held[1]


@transaction.atomic
def set_origins(
    *, node: Heir, origins: Sequence[Heir], among: Sequence[PlanVersion], by: Any, now: datetime
) -> None:
    """
    Say in the place of which parts of earlier versions a part comes; none clears it.

    Links to other versions stay. It may be said of what holds already: it changes no promise, only how
    versions are laid beside each other. The lines of a promise follow, and the progress of an action where it
    is one and one.

    :raises NotEarlier: if a part is of another version or sort, or a version does not come before
    """
    version, known = version_of(node), {each.pk for each in among}
    mixed = any(type(each) is not type(node) or version_of(each).pk not in known for each in origins)
    if mixed or not all(comes_before(each, version) for each in among):
        raise NotEarlier
    model: Any = type(node)
    where = "version__in" if model is Goal else "goal__version__in"
    node.supersedes.remove(*model.objects.filter(**{where: known}))
    link((node, each) for each in origins)
    if isinstance(node, Indicator):
        ours = IndicatorLine.objects.filter(indicator=node)
        IndicatorLine.supersedes.through.objects.filter(
            from_indicatorline__in=ours, to_indicatorline__indicator__goal__version__in=known
        ).delete()
        link(_like_lines([node], [each for each in origins if isinstance(each, Indicator)]))
    if isinstance(node, Goal | Action) and len(origins) == 1:
        take_thread(node, getattr(origins[0], "thread", node.thread))
    said, versions = [str(each) for each in origins], [each.number for each in among]
    audit.record(ORIGINS_SET, node, by=by, at=now, of=said, among=versions)


def pass_on(version: PlanVersion) -> None:
    """Before a version goes: what came from it comes from what it came from itself."""
    version.next_versions.update(based_on=version.based_on)
    for model in HEIRS:
        where = {Goal: "version", IndicatorLine: "indicator__goal__version"}.get(model, "goal__version")
        field = model._meta.get_field("supersedes")
        heir, origin = field.m2m_column_name(), field.m2m_reverse_name()
        through = model.supersedes.through
        ours = model.objects.filter(**{where: version}).values("pk")
        above: dict[int, list[int]] = {}
        for mine, theirs in through.objects.filter(**{f"{heir}__in": ours}).values_list(heir, origin):
            above.setdefault(mine, []).append(theirs)
        rows = [
            through(**{heir: later, origin: earlier})
            for later, mine in through.objects.filter(**{f"{origin}__in": ours}).values_list(heir, origin)
            for earlier in above.get(mine, ())
        ]
        through.objects.bulk_create(rows, ignore_conflicts=True)
