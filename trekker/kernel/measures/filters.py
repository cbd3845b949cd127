"""The filters a measure allows, the choices of each, and what a line may ask of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db.models import Q

from trekker.kernel.measures.unit import Unit
from trekker.kernel.periods import Period

# What a line stores: {"kind": ["intervision"], "region": {"not_in": ["brussels_capital_region"]}}.
Value: TypeAlias = str | bool
Filters: TypeAlias = Mapping[str, "Sequence[Value] | Mapping[str, Sequence[Value]]"]


class InvalidFilters(ValueError):
    """A line asks for a filter or a choice that its measure does not know; says which, in Dutch."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """
    One value a filter can take.

    ``words`` are the regular expressions, in lower case, by which plans speak of this choice;
    the reader of plans proposes the choice where one of them is found. A ``default`` is proposed
    where the words of the plan choose nothing. ``settles`` names the filters that need no further
    choice next to this one: *our role* in a meeting that only we hold.
    """

    value: Value
    label: str
    words: tuple[str, ...] = ()
    default: bool = False
    settles: tuple[str, ...] = ()


Condition: TypeAlias = Callable[[Period, "Sequence[Value]"], Q]


def by_value(lookup: str) -> Condition:
    """Ask whether what lies at the end of this path is one of the values."""

    def condition(_period: Period, values: Sequence[Value]) -> Q:
        return Q(**{f"{lookup}__in": list(values)})

    return condition


@dataclass(frozen=True, kw_only=True, eq=False)
class Filter:
    """
    One question a line may narrow a measure by.

    ``choices`` are fixed, or asked of the register at the moment of use. ``lookup`` is the path
    from the base rows to the value; a filter that needs more gives ``condition(period, values)``.
    ``of_counted`` asks the question of the counted rows instead of the base rows.
    ``by_day`` says that the answer for a row depends on the last day of the period.
    ``known`` holds for rows that have a value at all: the others are neither in nor left out.
    ``beside`` asks the same of the rows of an unknown that has a base of its own.
    ``units`` gives the noun of a line that asks exactly one of these values.
    ``party_words`` are the regular expressions with ``{party}`` where plans name an organisation;
    a filter that has them and no choices takes any name.
    """

    code: str
    label: str
    choices: tuple[Choice, ...] | Callable[[], Iterable[Choice]] = ()
    lookup: str = ""
    condition: Condition | None = None
    of_counted: bool = False
    by_day: bool = False
    known: Q = field(default_factory=Q)
    beside: Condition | None = None
    units: Mapping[Value, Unit] = field(default_factory=dict)
    party_words: tuple[str, ...] = ()

    def all_choices(self) -> tuple[Choice, ...]:
        """Give every choice, in the order of the screen."""
        return tuple(self.choices() if callable(self.choices) else self.choices)

    @property
    def takes_names(self) -> bool:
        """Whether any name will do: there is no list to choose from."""
        return bool(self.party_words) and not self.choices

    def where(self, period: Period, values: Sequence[Value]) -> Q:
        """Give the condition under which a base row has one of these values in the period."""
        return (self.condition or by_value(self.lookup))(period, values)


class Labels:
    """The labels of choices, asked of the registers once for all the lines of a page."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: dict[Filter, dict[Value, str]] = {}

    def of(self, each: Filter) -> dict[Value, str]:
        """Give the label of each choice of a filter."""
        if each not in self._known:
            self._known[each] = {choice.value: choice.label for choice in each.all_choices()}
        return self._known[each]


@dataclass(frozen=True)
class Chosen:
    """One filter with the values a line asks of it, or asks to leave out."""

    filter: Filter
    values: tuple[Value, ...]
    leave_out: bool = False

    def where(self, period: Period) -> Q:
        """Give the condition on a base row."""
        condition = self.filter.where(period, self.values)
        return ~condition & self.filter.known if self.leave_out else condition

    def beside(self, period: Period) -> Q:
        """Give the condition on a row of an unknown with a base of its own; none where it has no say."""
        if self.filter.beside is None:
            return Q()
        condition = self.filter.beside(period, self.values)
        return ~condition if self.leave_out else condition

    def sentence(self, labels: Labels) -> str:
        """Say the choice in Dutch: *kanaal: nieuwsbrief of teamskanaal*."""
        known = labels.of(self.filter)
        names = " of ".join(known.get(value, str(value)) for value in self.values)
        return f"{self.filter.label}: {'niet ' if self.leave_out else ''}{names}"


@dataclass(frozen=True)
class FilterSet:
    """The filters of one measure; reads what a line stores and refuses what it does not know."""

    filters: tuple[Filter, ...] = field(default=())

    def read(self, stored: Filters) -> list[Chosen]:
        """
        Turn what a line stores into chosen filters, in the order of the declaration.

        :raises InvalidFilters: if a filter is unknown, empty or badly formed
        """
        known = {each.code: each for each in self.filters}
        if unknown := set(stored) - set(known):
            raise InvalidFilters(f"Deze maat kent de filter {min(unknown)} niet.")
        return [self._chosen(each, stored[each.code]) for each in self.filters if each.code in stored]

    def _chosen(self, each: Filter, value: object) -> Chosen:
        leave_out = isinstance(value, Mapping)
        if isinstance(value, Mapping):
            if set(value) != {"not_in"}:
                raise InvalidFilters(f"{each.label}: alleen een lijst of «niet in» is mogelijk.")
            value = value["not_in"]
        if not isinstance(value, list | tuple) or not value:
            raise InvalidFilters(f"{each.label}: kies minstens één waarde.")
        return Chosen(each, tuple(value), leave_out)

    def check(self, stored: Filters) -> None:
        """
        Refuse what the measure cannot count.

        :raises InvalidFilters: if a filter or one of its choices is unknown
        """
        for chosen in self.read(stored):
            if chosen.filter.takes_names and all(isinstance(value, str) for value in chosen.values):
                continue
            choices = {choice.value for choice in chosen.filter.all_choices()}
            for value in chosen.values:
                if value not in choices:
                    raise InvalidFilters(f"{chosen.filter.label}: «{value}» bestaat niet.")
