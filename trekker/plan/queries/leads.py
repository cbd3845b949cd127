"""Who works for which party of the plan, and what a party leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from trekker.people.models import Account
from trekker.plan.models import Action, Goal, Lead, PlanVersion, Representative


@dataclass(frozen=True)
class Led:
    """The goals and actions of one version that someone leads, by their numbers."""

    goals: frozenset[int] = frozenset()
    actions: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether there is anything at all."""
        return bool(self.goals or self.actions)


def parties_of(user: Any) -> list[str]:
    """List the parties an account works for, by name; a visitor works for none."""
    if not getattr(user, "pk", None):
        return []
    rows = Representative.objects.filter(account=user.pk)
    return list(rows.values_list("party", flat=True).order_by("party"))


def people_of(party: str) -> QuerySet[Account]:
    """Give the active accounts that work for a party, by name."""
    rows = Account.objects.filter(is_active=True, represents__party=party)
    return rows.order_by("first_name", "last_name", "pk")


def leads_of(user: Any, version: PlanVersion) -> Led:
    """Give what the parties of an account lead in a version; see :func:`led_by`."""
    return led_by(parties_of(user), version)


def led_by(parties: Iterable[str], version: PlanVersion) -> Led:
    """
    Give what these parties lead in a version.

    An action that names who leads it is theirs; one that names nobody is of who leads its goal.
    """
    mine = set(parties)
    if not mine:
        return Led()
    goals = version.goals.prefetch_related(
        "leads", Prefetch("actions", Action.objects.prefetch_related("leads"))
    )
    led, actions = set(), set()
    for goal in goals:
        if mine & set(leading(goal)):
            led.add(goal.pk)
        actions |= {each.pk for each in goal.actions.all() if mine & set(leading_action(each, goal))}
    return Led(frozenset(led), frozenset(actions))


def leading(node: Goal | Action) -> list[str]:
    """Name who leads a goal or action by its own words; supporters left out. Leads are prefetched."""
    return [each.party for each in node.leads.all() if each.role == Lead.Role.LEAD]


def leading_action(action: Action, goal: Goal) -> list[str]:
    """Name who leads an action: who it names, or else who leads its goal."""
    return leading(action) or leading(goal)


def known_parties() -> list[str]:
    """List every party that an adopted plan names or someone works for, by name."""
    adopted = PlanVersion.objects.adopted().values("pk")
    named = [
        *Lead.objects.filter(goal__version__in=adopted).values_list("party", flat=True).distinct(),
        *Lead.objects.filter(action__goal__version__in=adopted).values_list("party", flat=True).distinct(),
        *Representative.objects.values_list("party", flat=True).distinct(),
    ]
    return sorted(set(named), key=str.lower)


@dataclass(frozen=True)
class Working:
    """One account with the parties it works for."""

    account: Account
    parties: Sequence[str]


def everyone_working() -> list[Working]:
    """List the active accounts with the parties each works for, by name."""
    accounts = Account.objects.filter(is_active=True).prefetch_related("represents")
    return [
        Working(each, sorted(row.party for row in each.represents.all()))
        for each in accounts.order_by("first_name", "last_name", "pk")
    ]
