"""From the lines of a plan to a proposal of goals, actions, indicators and moments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from trekker.kernel.measures import Measure
from trekker.plan.reader import codes, definitions, marks, moments, targets
from trekker.plan.reader.blocks import Block, Kind, Outline, Zone
from trekker.plan.reader.codes import Code
from trekker.plan.reader.matching import Matched, Matcher, Promise
from trekker.plan.reader.names import Parties
from trekker.plan.reader.promises import NARRATIVE
from trekker.plan.reader.proposal import (
    Action,
    Caution,
    Goal,
    Indicator,
    Lead,
    Level,
    Moment,
    Passage,
    PassageKind,
    Proposal,
    Role,
)
from trekker.plan.reader.spelling import Speller
from trekker.plan.reader.structure import outline

MOST_LINES = 10_000
LONGEST_LINE = 5_000
MOST_PARTS = 1_000
# Long runs of blanks or dots say no more than short ones, and cost patterns much time.
RUN = re.compile(r"(\s|\.|…)\1{9,}")
FEWEST_TITLES = 2
TOO_LONG = "Dit bestand is te lang om een jaarplan te zijn. Kies een ander bestand, of typ het plan zelf in."


class NotAPlan(Exception):
    """The text has no goals with indicators; the message says so in Dutch and how to go on."""


def read(
    lines: Sequence[str],
    *,
    measures: Mapping[str, Measure],
    owner: str | None = None,
    year: int | None = None,
) -> Proposal:
    """
    Read a plan; the same lines give the same proposal, and every line stands in exactly one node.

    ``owner`` is the organisation whose plan it is, ``year`` the year it is for; both are taken from
    the text where they are not given.

    :raises NotAPlan: if nothing in the text reads as a goal with an indicator
    """
    given = [line.rstrip("\r\n") for line in lines]
    if len(given) > MOST_LINES or any(len(line) > LONGEST_LINE for line in given):
        raise NotAPlan(TOO_LONG)
    if not any(line.strip() for line in given):
        raise NotAPlan("Deze tekst is leeg. Kies een ander bestand, of typ het plan zelf in.")
    speller = Speller(given, measures)
    plain = [RUN.sub(lambda run: run[1] * 9, line) for line in given]
    found = outline(plain, lambda text: speller.correct(text)[0])
    _refuse_other_texts(found)
    return _Reading(given, found, speller=speller, measures=measures, owner=owner, year=year).proposal()


def _refuse_other_texts(found: Outline) -> None:
    titles = found.titles()
    lists = [block for block in found.blocks if block.kind is Kind.ITEM]
    if len(titles) + len(lists) > MOST_PARTS:
        raise NotAPlan(TOO_LONG)
    if not titles and not lists:
        raise NotAPlan(
            "In deze tekst staan geen doelstellingen met een code, zoals OD1.1. Er staat ook geen lijst met "
            "indicatoren in. Kies een ander bestand, of typ het plan zelf in."
        )
    if not lists and (found.numbered or len(titles) < FEWEST_TITLES):
        raise NotAPlan(
            "In deze tekst staat geen enkele indicator. Kies een ander bestand, of typ het plan zelf in."
        )


class _Reading:
    """One plan on its way from outline to proposal."""

    def __init__(
        self,
        lines: list[str],
        found: Outline,
        *,
        speller: Speller,
        measures: Mapping[str, Measure],
        owner: str | None,
        year: int | None,
    ) -> None:
        self.lines, self.outline, self.speller = lines, found, speller
        texts = {id(block): self.speller.correct(block.text)[0] for block in found.blocks}
        self.texts = texts
        spoken = [
            block for block in found.blocks if block.kind not in (Kind.NOISE, Kind.CONTENTS, Kind.HEADING)
        ]
        self.parties = Parties(texts[id(block)] for block in spoken)
        self.owner = owner or self.parties.foremost
        self.year = year or _year(lines)
        self.matcher = Matcher(measures, _definitions(spoken, texts))
        self.warnings = list(found.warnings)
        self.codes = [block.goal for block in found.titles() if block.goal]

    def proposal(self) -> Proposal:
        indicators = self._indicators()
        goals = tuple(self._goal(block) for block in self.outline.titles())
        self._check_goals(goals, indicators)
        actions, passages = self._actions(), self._passages()
        found = Proposal(
            goals=goals,
            indicators=tuple(indicators),
            actions=tuple(actions),
            passages=tuple(passages),
            moments=tuple(self._moments()),
            warnings=tuple(sorted(self.warnings, key=lambda each: (each.source_lines[:1], each.code))),
            lines=tuple(self.lines),
        )
        owned = sorted(number for node in found.nodes() for number in node.source_lines)
        if owned != list(range(1, len(self.lines) + 1)):
            raise AssertionError("A line of the plan is in no node, or in two")
        return found

    def _goal(self, block: Block) -> Goal:
        code = block.goal
        assert code is not None  # noqa: S101 - a title always opens a goal
        mine = [each for each in self.outline.blocks if each.goal == code]
        body = [self.texts[id(each)] for each in mine if each.kind in (Kind.TEXT, Kind.BULLET)]
        leads, partners = self.parties.of_goal(self.texts[id(block)], body)
        for each in mine:
            if each.kind is Kind.LABEL:
                names = self.parties.listed(each.text.partition(":")[2])
                leads = tuple(dict.fromkeys([*(names if each.word in marks.LEADING else []), *leads]))
                partners = tuple(
                    dict.fromkeys([*partners, *(names if each.word in marks.PARTNERING else [])])
                )
        return Goal(
            code=str(code),
            title=block.text.rstrip(" ."),
            level=codes.level(code, min((len(each.numbers) for each in self.codes), default=1)),
            parent=self._parent(code),
            leads=leads,
            partners=tuple(name for name in partners if name not in leads),
            text="\n\n".join(
                each.text for each in mine if each.kind is Kind.TEXT and not self._is_action(each)
            ),
            certainty=block.certainty,
            source_lines=tuple(block.owned),
        )

    def _parent(self, code: Code) -> str | None:
        above = [each for each in self.codes if each.numbers == code.numbers[:-1] and each != code]
        if above:
            return str(above[0])
        shallowest = min(len(each.numbers) for each in self.codes)
        mine = codes.level(code, shallowest)
        before = self.codes[: self.codes.index(code)]
        higher = [
            each
            for each in before
            if list(Level).index(codes.level(each, shallowest)) < list(Level).index(mine)
        ]
        return str(higher[-1]) if higher else None

    def _check_goals(self, goals: Sequence[Goal], indicators: Sequence[Indicator]) -> None:
        measured = {indicator.goal for indicator in indicators}
        parents = {goal.parent for goal in goals}
        for goal in goals:
            if goal.level is not Level.STRATEGIC and goal.code not in measured | parents:
                self._warn("no_indicator", f"{goal.code} heeft geen indicator.", goal.source_lines[:1])
            if goal.level is not Level.STRATEGIC and goal.parent is None:
                self._warn("no_parent", f"Het doel boven {goal.code} ontbreekt.", goal.source_lines[:1])
            if not goal.title:
                self._warn("no_title", f"{goal.code} heeft geen titel.", goal.source_lines[:1])

    def _warn(self, code: str, text: str, lines: Sequence[int]) -> None:
        self.warnings.append(Caution(code=code, text=text, source_lines=tuple(lines)))

    def _indicators(self) -> list[Indicator]:
        indicators: list[Indicator] = []
        earlier: dict[Code | None, list[Promise]] = {}
        for block in self.outline.blocks:
            if block.kind is not Kind.ITEM:
                continue
            promises = earlier.setdefault(block.goal, [])
            count = sum(1 for each in indicators if each.goal == (str(block.goal) if block.goal else None))
            name = f"{block.goal or 'plan'}-{count + 1}"
            indicator, matched = self._indicator(block, name, promises)
            promises += [Promise(name, each) for each in matched]
            indicators.append(indicator)
        return indicators

    def _indicator(
        self, block: Block, name: str, earlier: Sequence[Promise]
    ) -> tuple[Indicator, list[Matched]]:
        text, found, matched = self._proposed(block.text, earlier)
        corrected: list[tuple[str, str]] = []
        meant, misread = self.speller.correct(block.text)
        if misread:
            again = self._proposed(meant, earlier)
            # A correction counts only where it changes what is proposed, and no less is recognised.
            changed = [each.line for each in again[2]] != [each.line for each in matched]
            if changed and _recognised(again[1], again[2]) >= _recognised(found, matched):
                (text, found, matched), corrected = again, misread
        certainty = block.certainty * self._doubt(block, corrected, found, matched)
        dated = self._block_moments(block) if not matched else []
        narrative = not matched and bool(NARRATIVE.match(text))
        if not matched and not narrative:
            certainty *= 0.5
            if dated:
                self._warn(
                    "date_target",
                    "Hier is een datum het doel. Volg die op als gepland moment.",
                    block.owned[:1],
                )
            else:
                self._warn(
                    "no_target",
                    "Hier staat geen getal. Vul een streefwaarde in, of maak er een tekst van.",
                    block.owned[:1],
                )
        indicator = Indicator(
            name=name,
            goal=str(block.goal) if block.goal else None,
            text=block.text,
            certainty=round(certainty, 2),
            lines=tuple(each.line for each in matched),
            narrative=narrative,
            inherits=next((each.inherits for each in matched if each.inherits), None),
            conditions=found.conditions,
            source_lines=tuple(block.owned),
        )
        return indicator, matched

    def _proposed(self, text: str, earlier: Sequence[Promise]) -> tuple[str, targets.Reading, list[Matched]]:
        found = targets.find(text)
        return text, found, self.matcher.propose(text, found.targets, earlier)

    def _doubt(
        self,
        block: Block,
        corrected: Sequence[tuple[str, str]],
        found: targets.Reading,
        matched: Sequence[Matched],
    ) -> float:
        """Say in warnings what was assumed, and give how much certainty is left."""
        where, left = block.owned[:1], 1.0
        if not block.owned:
            where = [piece.line for piece in block.pieces[:1]]
            self._warn("shared_line", "Deze regel bevat meer dan één indicator.", where)
        for written, meant in corrected:
            left *= 0.95
            self._warn("word_misread", f"«{written}» is gelezen als «{meant}».", where)
        for target in found.targets:
            if target.article:
                left *= 0.7
                self._warn("article_as_one", "«een» is gelezen als 1. Klopt dat?", where)
            elif target.assumed:
                left *= 0.9
                self._warn(
                    "comparator_assumed",
                    f"Bij {target.number} staat geen «minstens». Dat is aangenomen.",
                    where,
                )
            if target.misread:
                left *= 0.8
                self._warn("number_misread", f"Een getal is gelezen als {target.number}. Klopt dat?", where)
        for each in matched:
            if each.line.measure is None:
                left *= 0.5
                what = f"{each.line.target} {each.line.unit}".strip()
                self._warn("no_measure", f"Voor «{what}» is geen maat gevonden. Kies er zelf een.", where)
        for condition in found.conditions:
            self._warn("condition", f"Gelezen als voorwaarde, niet als doel: «{condition[:80]}».", where)
        return left

    def _actions(self) -> list[Action]:
        actions = []
        for block in self.outline.blocks:
            if self._is_action(block):
                text = self.texts[id(block)]
                actions.append(
                    Action(
                        goal=str(block.goal),
                        text=block.text,
                        leads=self._leads(text),
                        source_lines=tuple(block.owned),
                    )
                )
        return actions

    def _leads(self, text: str) -> tuple[Lead, ...]:
        prefix = re.match(r"\s*([A-Z][\w-]+):\s", text)
        if prefix and prefix[1] in self.parties.known | {self.owner}:
            return (Lead(party=prefix[1], role=Role.LEAD),)
        return self.parties.leads(text)

    def _is_action(self, block: Block) -> bool:
        if block.goal is None or block.zone is Zone.BACK or not block.owned:
            return False
        if block.kind is Kind.BULLET or (block.kind is Kind.LABEL and block.word in marks.ACTING):
            return True
        return (
            block.kind is Kind.TEXT
            and block.zone is Zone.BODY
            and bool(self.parties.leads(self.texts[id(block)]))
        )

    def _passages(self) -> list[Passage]:
        return [
            Passage(
                kind=self._passage_kind(block),
                goal=str(block.goal) if block.goal else None,
                text=block.text,
                source_lines=tuple(block.owned),
            )
            for block in self.outline.blocks
            if block.owned and block.kind not in (Kind.TITLE, Kind.ITEM) and not self._is_action(block)
        ]

    def _passage_kind(self, block: Block) -> PassageKind:
        fixed = {
            Kind.NOISE: PassageKind.NOISE,
            Kind.CONTENTS: PassageKind.CONTENTS,
            Kind.HEADING: PassageKind.HEADING,
            Kind.LABEL: PassageKind.LABEL,
        }
        if block.kind in fixed:
            return fixed[block.kind]
        if block.zone in (Zone.LIST, Zone.BACK):
            return PassageKind.CLOSING
        return PassageKind.BODY if block.goal else PassageKind.INTRO

    def _moments(self) -> list[Moment]:
        kinds = (Kind.TEXT, Kind.BULLET, Kind.ITEM, Kind.LABEL)
        return [
            moment
            for block in self.outline.blocks
            if block.kind in kinds
            for moment in self._block_moments(block)
        ]

    def _block_moments(self, block: Block) -> list[Moment]:
        goal = str(block.goal) if block.goal else None
        return list(moments.find(block.stretch, goal=goal, year=self.year))


def _definitions(blocks: Sequence[Block], texts: Mapping[int, str]) -> list[definitions.Definition]:
    """Find definitions in the text as it stands and as it was meant."""
    both = dict.fromkeys(text for block in blocks for text in (block.text, texts[id(block)]))
    return definitions.find(both)


def _recognised(found: targets.Reading, matched: Sequence[Matched]) -> float:
    """Give how much of a promise was understood: targets, measures, and what its words choose."""
    return len(found.conditions) + sum(
        2
        + (not target.assumed)
        + (not target.article)
        + (each.line.measure is not None) * 4
        + each.spoken
        - each.away / 10
        for target, each in zip(found.targets, matched, strict=True)
    )


def _year(lines: Sequence[str]) -> int:
    """Give the year the plan is for: the one its indicator headings name, or the one named most."""
    headed = [line for line in lines if marks.heading(line, marks.INDICATOR_WORDS)]
    for some in (headed, lines):
        if years := Counter(year for line in some for year in marks.YEAR.findall(line)):
            return int(years.most_common(1)[0][0])
    return 0
