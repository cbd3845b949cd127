"""The order of a report: from what it says to the blocks that every writer draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trekker.reports.contents import Contents, GoalContents, Line, Narrative, Promise
from trekker.reports.formats import annex, drawing, words
from trekker.reports.formats.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Look,
    Pictures,
    Points,
    Said,
    Story,
    Table,
    Tally,
    cell,
)
from trekker.reports.formats.steering import steering
from trekker.ui.charts import number

# The order in which states are counted, with the words for them where the contents know none yet.
STATES = {
    "reached": "gehaald",
    "running": "loopt",
    "missed": "niet gehaald",
    "unknown": "nog niet bekend",
    "no_register": "nog geen register",
    "unset": "nog in te stellen",
}
PROMISES = ("Belofte", "Doel", "Cijfer", "Stand")
WIDTHS = (4.3, 1.9, 3, 3.1)
WIDTHS_REVISED = (3.9, 3.5, 2.3, 2.6)  # where a target changed, with the reason why
DEEPEST = 3  # level of headings


def outline(contents: Contents) -> Document:
    """Give a report as blocks, in the order in which it is read."""
    return Document(
        title=words.clean(contents.title),
        subtitle=words.clean(contents.plan),
        owner=words.clean(contents.owner),
        period=words.period(contents),
        state=words.state(contents),
        blocks=tuple(_blocks(contents)),
    )


def _blocks(contents: Contents) -> Iterator[Block]:
    yield from _short(contents)
    yield from steering(contents)
    for goal in contents.goals:
        yield from _goal(goal, 1)
    yield from annex.reach(contents)
    yield from annex.revisions(contents)
    yield from annex.counting(contents)
    yield from annex.evidence(contents)


# -- in short ---------------------------------------------------------------------------------------
def _short(contents: Contents) -> Iterator[Block]:
    lines = [line for _goal, _promise, line in contents.every_line()]
    states = Counter(line.state[0] for line in lines)
    yield Heading(1, "In het kort", "kort", opens=True)
    yield Said(_summary(contents, len(lines), states), Look.LEAD)
    yield Tally(tuple((states[code], label, code) for code, label in STATES.items() if states[code]))
    yield from (Said(each) for each in words.paragraphs(contents.introduction))
    rows = tuple(_overview(goal) for goal in contents.every_goal() if goal.promises)
    if rows:
        columns = (
            Column("Doelstelling", 6),
            *(Column(label, 1.6, numbers=True) for label in ("Beloften", "Cijfers")),
            *(
                Column(STATES[code].capitalize(), 1.6, numbers=True)
                for code in ("reached", "running", "missed")
            ),
            Column("Niet geteld", 1.6, numbers=True),
        )
        yield Table("Hoe elke doelstelling ervoor staat", columns, rows)
        yield Said("Niet geteld: er is nog geen register, of het cijfer is nog niet bekend.", Look.QUIET)


def _summary(contents: Contents, lines: int, states: Counter[str]) -> str:
    promises = [promise for goal in contents.every_goal() for promise in goal.promises]
    told = sum(promise.is_narrative for promise in promises)
    said = [
        f"Het plan doet {words.count(len(promises), 'belofte', 'beloften')}.",
        f"Daar horen {words.count(lines, 'cijfer', 'cijfers')} bij.",
        f"Op {words.day(contents.last_day)} zijn er {number(states['reached'])} gehaald.",
        f"{words.count(states['running'], 'loopt', 'lopen')} nog.",
    ]
    if states["missed"]:
        said.append(f"{_are(states['missed'])} niet gehaald.")
    if without := states["unknown"] + states["no_register"] + states["unset"]:
        said.append(f"Voor {number(without)} is er nog geen cijfer.")
    if told:
        said.append(f"{_are(told)} een beschrijving, zonder cijfer.")
    return " ".join(said)


def _are(many: int) -> str:
    return "Eén is" if many == 1 else f"{number(many)} zijn"


def _overview(goal: GoalContents) -> tuple[Cell, ...]:
    lines = [line for promise in goal.promises for line in promise.lines]
    states = Counter(line.state[0] for line in lines)
    rest = len(lines) - states["reached"] - states["running"] - states["missed"]
    counts = (len(goal.promises), len(lines), states["reached"], states["running"], states["missed"], rest)
    return cell(title(goal)), *(cell(number(each)) for each in counts)


# -- goals ------------------------------------------------------------------------------------------
def title(goal: GoalContents) -> str:
    """Give a goal by its code and title."""
    return words.clean(f"{goal.code} {goal.title}")


def _goal(goal: GoalContents, level: int) -> Iterator[Block]:
    yield Heading(min(level, DEEPEST), title(goal), f"doel-{goal.key}", opens=level == 1)
    yield from (Said(each, Look.LEAD if level == 1 else Look.PLAIN) for each in words.paragraphs(goal.text))
    parties = (("Trekker", goal.leads), ("Ondersteunt", goal.supports))
    if facts := tuple((name, ", ".join(map(words.clean, those))) for name, those in parties if those):
        yield Facts(facts)
    if goal.narrative:
        yield from _story(goal.narrative)
    below = min(level + 1, DEEPEST)
    if goal.promises:
        yield Heading(below, "Wat we beloofden", f"beloften-{goal.key}")
        is_revised = any(line.was for promise in goal.promises for line in promise.lines)
        columns = map(Column, PROMISES, WIDTHS_REVISED if is_revised else WIDTHS)
        yield Table(
            "", tuple(columns), tuple(_promises(goal)), named_by=f"doel-{goal.key} beloften-{goal.key}"
        )
        yield from _ways(goal)
    if goal.actions:
        yield Heading(below, "Wat we deden", f"acties-{goal.key}")
        yield from _actions(goal)
    if goal.effect:
        yield Heading(below, "Wat het opleverde", f"effect-{goal.key}")
        yield _effect(goal)
    for each in goal.below:
        yield from _goal(each, level + 1)


def _story(narrative: Narrative) -> Iterator[Block]:
    said = words.paragraphs(narrative.text)
    if said:
        yield Story(said, f"{words.clean(narrative.by)}, {words.day_of(narrative.at)}".lstrip(", "))


def _promises(goal: GoalContents) -> Iterator[tuple[Cell, ...]]:
    for promise in goal.promises:
        if not promise.lines:
            word = "een beschrijving, geen cijfer" if promise.is_narrative else "nog geen cijfer gekozen"
            yield cell(words.opening(promise.text)), (), (), cell(word, tone="unknown")
        for place, line in enumerate(promise.lines):
            yield _promise(promise, line, first=place == 0)


def _promise(promise: Promise, line: Line, *, first: bool) -> tuple[Cell, ...]:
    text = words.opening(promise.text)
    promised = Said(text) if first else Said(f"Ook: {words.clean(line.unit) or text}")
    targets = (Said(words.goal(line)), *(Said(each, Look.QUIET) for each in words.earlier(line)))
    known = line.value is not None
    figures = [Said(words.figure(line), Look.STRONG if known else Look.QUIET)]
    if unit := words.clean(line.unit):
        figures.append(Said(unit, Look.QUIET))
    figures += [
        Said(f"Kan nog stijgen: {number(many)} {words.clean(what)}.", Look.QUIET)
        for many, what in line.unknown
    ]
    states = [Said(words.clean(line.state[1]), Look.STRONG, line.state[0])]
    if line.foretold:
        states.append(Said(words.clean(line.foretold), Look.QUIET))
    return (promised,), targets, tuple(figures), tuple(states)


def _ways(goal: GoalContents) -> Iterator[Block]:
    """Draw the way of each figure over the year, and give the same figures in one table."""
    lines = [line for promise in goal.promises for line in promise.lines]
    drawn = [(line, picture) for line in lines if (picture := drawing.trend(line))]
    if not drawn:
        return
    yield Pictures(tuple(picture for _line, picture in drawn), across=2)
    months = sorted({day for line, _picture in drawn for day, _value in line.trend})
    columns = (Column("Cijfer", 3.6), *(Column(words.month(day), numbers=True) for day in months))
    rows = []
    for line, picture in drawn:
        known = dict(line.trend)
        rows.append((cell(picture.caption), *(cell(number(known.get(day))) for day in months)))
    caption = f"Op het einde van elke maand, {words.clean(goal.code)}"
    yield Table(caption, columns, tuple(rows), dense=True)


def _actions(goal: GoalContents) -> Iterator[Block]:
    if not any(state or note for _text, state, note in goal.actions):
        yield Points(tuple(words.clean(text) for text, _state, _note in goal.actions))
        return
    columns: tuple[Column, ...] = (Column("Actie", 5), Column("Stand", 1.6), Column("Toelichting", 4))
    if not any(note for _text, _state, note in goal.actions):
        columns = columns[:2]
    rows = tuple(tuple(cell(words.clean(each)) for each in action[: len(columns)]) for action in goal.actions)
    yield Table("", columns, rows, named_by=f"doel-{goal.key} acties-{goal.key}")


def _effect(goal: GoalContents) -> Table:
    columns = (Column("Uit de evaluaties", 6), Column("Antwoord", 2), Column("Aandeel", 1.5, numbers=True))
    rows = tuple(
        (
            cell(words.opening(part.label)),
            cell(f"{number(part.count)} van {number(part.of)}"),
            cell(words.share(part.count, part.of)),
        )
        for part in goal.effect
    )
    return Table("", columns, rows, named_by=f"doel-{goal.key} effect-{goal.key}")
