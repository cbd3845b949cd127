"""Which measure and filters a promise speaks of, by the words declared with the measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from trekker.kernel.measures import Choice, Filter, Measure
from trekker.plan.reader import targets
from trekker.plan.reader.definitions import Definition
from trekker.plan.reader.names import NAME
from trekker.plan.reader.proposal import Line
from trekker.plan.reader.targets import Target

PARTY = rf"(?P<party>(?-i:{NAME}(?:(?:,|\sof|\sen)\s{NAME})*))"
LEFT_OUT = re.compile(
    r"\b(?:buiten|niet in|niet|behalve|uitgezonderd|zonder|exclusief)\s+(?:het\s|de\s)?$", re.IGNORECASE
)
DEFINITE = re.compile(r"\b(?:deze|die|dezelfde|bovenstaande|genoemde|de|dit|het)\s+$", re.IGNORECASE)
POINTING = re.compile(r"\b(?:van|aan|bij|op)\s+(?:deze|die|dezelfde)\b", re.IGNORECASE)
LISTED = re.compile(r"^(?:\s*,\s*|\s+(?:of|en|en/of)\s+|\s*/\s*)(?:een\s+|de\s+|het\s+)?$", re.IGNORECASE)
# The thing that is counted stands within so many words of its number.
NEAR = 6
SHARE = "%"  # the scale of a part of something
NOUN = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True)
class Match:
    """Where words of a declaration stand in the text."""

    start: int
    end: int
    values: tuple[Any, ...] = ()
    written: str = ""


@dataclass
class Chosen:
    """What the words of one line say about one filter."""

    values: list[Any]
    leave_out: bool = False
    definite: bool = False


@dataclass(frozen=True)
class Matched:
    """
    A proposed line, and how it was come by.

    ``spoken`` counts the values that the words themselves choose, ``away`` the words between the
    number and what is counted; ``root`` says that it points back to no earlier line.
    """

    line: Line
    filters: Mapping[str, Chosen]
    spoken: int = 0
    away: int = 0
    inherits: str | None = None
    root: bool = True


@dataclass(frozen=True)
class Promise:
    """An earlier line of the same goal that a later one may point back to."""

    name: str
    matched: Matched


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words.replace('{party}', PARTY)})", re.IGNORECASE)


def _found(words: Sequence[str], text: str) -> Iterator[re.Match[str]]:
    for each in words:
        yield from _pattern(each).finditer(text)


@dataclass
class Matcher:
    """Proposes measure, filters and unit for the targets of a promise."""

    measures: Mapping[str, Measure]
    definitions: Sequence[Definition] = ()
    _choices: dict[int, tuple[Choice, ...]] = field(default_factory=dict)

    def propose(self, text: str, found: Sequence[Target], earlier: Sequence[Promise]) -> list[Matched]:
        """
        Propose one line for each target.

        ``earlier`` are the lines of the same goal that came before: a promise about *deze
        bijeenkomsten* takes over their filters.
        """
        matched: list[Matched] = []
        for at, target in enumerate(found):
            scope = self._scope(text, found, at)
            other_scale = target.scale not in {"", SHARE}
            measure, away = (None, 0) if other_scale else self._measure(scope, text, target)
            if measure is None and matched and not target.scale and not self._other_thing(text, target):
                measure = self.measures.get(matched[-1].line.measure or "")
            others = [
                self._scope(text, found, other).own
                for other, each in enumerate(found)
                if each.start != target.start
            ]
            matched.append(self._line(target, scope, (measure, away), others, earlier))
        return matched

    def _scope(self, text: str, found: Sequence[Target], at: int) -> Scope:
        start, end = _sentence(text, found[at])
        before = [each for each in found if each.start < found[at].start]
        after = [each for each in found if each.start > found[at].start]
        own_start = found[at].start if before else start
        own_end = min(end, after[0].start) if after else end
        own = text[own_start:own_end]
        head = text[start : found[0].start] if before else ""
        if before and "waarvan" in text[before[-1].start : found[at].start].lower():
            head = text[start : found[at].start]
        return Scope(own, own_start, head, text[found[at].end : own_end])

    def _measure(self, scope: Scope, text: str, target: Target) -> tuple[Measure | None, int]:
        ranked: list[tuple[int, int, str]] = []
        fitting = {
            code: each for code, each in self.measures.items() if each.is_share == (target.scale == SHARE)
        }
        for code, measure in fitting.items():
            for match in _found(measure.words, scope.own):
                start, end = match.start() + scope.start, match.end() + scope.start
                after = start >= target.end
                between = text[target.end : start] if after else text[end : target.start]
                away = len(between.split()) + (0 if after else 1)
                if away <= NEAR and not re.search(r"[;:]\s", between):
                    ranked.append((away, start - end, code))
        ranked.sort()
        if not ranked or (
            len(ranked) > 1 and ranked[0][:2] == ranked[1][:2] and ranked[0][2] != ranked[1][2]
        ):
            return None, NEAR
        return self.measures[ranked[0][2]], ranked[0][0]

    def _other_thing(self, text: str, target: Target) -> bool:
        """Whether the words after a second number are of another kind than the first line's filters."""
        return not any(
            next(_found(choice.words, text[target.end : target.end + 80]), None)
            for measure in self.measures.values()
            for each in measure.filters
            for choice in self.choices(each)
        )

    def choices(self, each: Filter) -> tuple[Choice, ...]:
        """Give the choices of a filter, asked of the register once for a whole plan."""
        if id(each) not in self._choices:
            self._choices[id(each)] = each.all_choices()
        return self._choices[id(each)]

    def _line(
        self,
        target: Target,
        scope: Scope,
        counted: tuple[Measure | None, int],
        others: Sequence[str],
        earlier: Sequence[Promise],
    ) -> Matched:
        measure, away = counted
        if measure is None:
            unit = target.scale or _noun(scope.after)
            return Matched(
                Line(measure=None, filters={}, comparator=target.comparator, target=target.number, unit=unit),
                {},
            )
        chosen = self._chosen(measure, scope, others)
        spoken = sum(len(each.values) for each in chosen.values())
        source = _antecedent(measure, chosen, scope, earlier)
        if source:
            known = {each.code for each in measure.filters} - set(chosen)
            taken = {code: each for code, each in source.matched.filters.items() if code in known}
            chosen |= {code: Chosen(list(each.values), each.leave_out) for code, each in taken.items()}
            if not taken and not POINTING.search(scope.own):
                source = None
        self._complete(measure, chosen)
        self._settle(measure, chosen)
        filters = {
            each.code: {"not_in": chosen[each.code].values}
            if chosen[each.code].leave_out
            else chosen[each.code].values
            for each in measure.filters
            if each.code in chosen
        }
        line = Line(
            measure=measure.code,
            filters=filters,
            comparator=target.comparator,
            target=target.number,
            unit=_unit(measure, filters),
        )
        return Matched(line, chosen, spoken, away, source.name if source else None, root=source is None)

    def _chosen(self, measure: Measure, scope: Scope, others: Sequence[str]) -> dict[str, Chosen]:
        chosen: dict[str, Chosen] = {}
        for each in measure.filters:
            for text in (scope.own, scope.head):
                if text and (found := self._choice(each, text, others)):
                    chosen[each.code] = found
                    break
        return chosen

    def _choice(self, each: Filter, text: str, others: Sequence[str]) -> Chosen | None:
        if named := next(_found(each.party_words, text), None):
            return Chosen(re.findall(NAME, named["party"]))
        matches = sorted(self._matches(each, text), key=lambda match: (match.start, -match.end))
        if not matches:
            return None
        taken = [matches[0]]
        for match in matches[1:]:
            if match.start >= taken[-1].end and LISTED.match(text[taken[-1].end : match.start]):
                taken.append(match)
        values = {value for match in taken for value in match.values}
        for match in taken:
            values |= self._meant(each, match.written, others)
        before = text[: taken[0].start]
        ordered = [choice.value for choice in self.choices(each) if choice.value in values]
        return Chosen(ordered, bool(LEFT_OUT.search(before)), bool(DEFINITE.search(before)))

    def _matches(self, each: Filter, text: str) -> Iterator[Match]:
        for choice in self.choices(each):
            for match in _found(choice.words, text):
                yield Match(match.start(), match.end(), (choice.value,), match[0].lower())

    def _meant(self, each: Filter, written: str, others: Sequence[str]) -> set[Any]:
        """Give what the plan's own definition of these words adds, unless another target counts it apart."""
        meant = set()
        for definition in self.definitions:
            if written and (definition.term in written or written in definition.term):
                meant |= {
                    value for match in self._matches(each, definition.meaning) for value in match.values
                }
        apart = {value for other in others for match in self._matches(each, other) for value in match.values}
        return meant - apart

    def _complete(self, measure: Measure, chosen: dict[str, Chosen]) -> None:
        for each in measure.filters:
            if each.code in chosen:
                continue
            defined: set[Any] = set()
            for definition in self.definitions:
                if next(_found(measure.words, definition.term), None) or definition.term in _singulars(
                    measure
                ):
                    defined |= {
                        value for match in self._matches(each, definition.meaning) for value in match.values
                    }
            choices = self.choices(each)
            values = [choice.value for choice in choices if choice.value in defined] or [
                choice.value for choice in choices if choice.default
            ]
            if values:
                chosen[each.code] = Chosen(values)

    def _settle(self, measure: Measure, chosen: dict[str, Chosen]) -> None:
        settled = {
            code
            for each in measure.filters
            if each.code in chosen
            for choice in self.choices(each)
            if choice.value in chosen[each.code].values
            for code in choice.settles
        }
        for code in settled:
            chosen.pop(code, None)


@dataclass(frozen=True)
class Scope:
    """The words that belong to one target: its own, those before all targets, and those after it."""

    own: str
    start: int
    head: str
    after: str


def _sentence(text: str, target: Target) -> tuple[int, int]:
    """Give the sentence a target stands in, up to where its examples begin."""
    start, end = 0, len(text)
    for match in targets.SENTENCE.finditer(text):
        if match.end() <= target.start:
            start = match.end()
        elif match.start() >= target.end:
            end = match.start()
            break
    if example := targets.EXAMPLE.search(text, target.end, end):
        end = example.start()
    return start, end


def _antecedent(
    measure: Measure, chosen: Mapping[str, Chosen], scope: Scope, earlier: Sequence[Promise]
) -> Promise | None:
    definite = {code: each for code, each in chosen.items() if each.definite}
    for promise in earlier:
        shared = promise.matched.filters
        if promise.matched.root and any(
            code in shared and set(each.values) & set(shared[code].values) for code, each in definite.items()
        ):
            return promise
    same = [each for each in earlier if each.matched.line.measure == measure.code]
    return same[-1] if same and POINTING.search(scope.own) and not definite else None


def _singulars(measure: Measure) -> tuple[str, ...]:
    return (measure.unit.one, measure.unit.many)


def _unit(measure: Measure, filters: Mapping[str, Any]) -> str:
    for each in measure.filters:
        asked = filters.get(each.code)
        if each.units and isinstance(asked, list) and len(asked) == 1 and asked[0] in each.units:
            return each.units[asked[0]].many
    return measure.unit.many


def _noun(text: str) -> str:
    words = NOUN.findall(text)[:4]
    return next(
        (word for word in words if word.endswith(("en", "s", "'s", "’s"))), words[0] if words else ""
    ).lower()
