"""What follows the goals in a report: reach, revisions, how we count, and the evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from trekker.kernel.measures import noun
from trekker.reports.contents import Contents, Evidence, Line
from trekker.reports.formats import flanders, words
from trekker.reports.formats.document import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Key,
    Look,
    Picture,
    Pictures,
    Points,
    Said,
    Sample,
    Table,
    cell,
)
from trekker.ui.charts import number

ORGANISATIONS_SHOWN = 10  # for each figure; the others are added up
NAMES_SHOWN = 40  # of organisations that count for one each
LOOKS = {look.code: look for look in (*flanders.LOOKS, flanders.BRUSSELS)}

Share = tuple[int, int, Decimal]  # an organisation, its rows, and what they contribute


def reach(contents: Contents) -> Iterator[Block]:
    """Say whom the programme reached: the map, and the same in a table."""
    found = contents.reach
    if found is None:
        return
    yield Heading(1, "Wie we bereikten", "bereik", opens=True)
    title, alt = words.clean(found.title), words.clean(found.caption)
    yield Pictures((Picture(found.drawing, alt, title or alt),))
    if known := [(LOOKS[code], said) for code, said in found.legend if code in LOOKS]:
        yield Key(
            tuple(Sample(flanders.standalone_swatch(look), words.opening(said)) for look, said in known)
        )
    yield Said(words.clean(found.source).rstrip(".") + ".", Look.QUIET)
    for caption, counts in (("Lokale besturen", found.counts), *found.splits):
        if counts:
            yield _counts(words.clean(caption), counts)


def _counts(caption: str, counts: Sequence[tuple[str, int, int]]) -> Table:
    columns = (
        Column("Bereik", 5),
        Column("Bereikt", 1.5, numbers=True),
        Column("Van", 1.5, numbers=True),
        Column("Aandeel", 1.5, numbers=True),
    )
    rows = tuple(
        (cell(words.opening(label)), cell(number(many)), cell(number(of)), cell(words.share(many, of)))
        for label, many, of in counts
    )
    return Table(caption, columns, rows)


def revisions(contents: Contents) -> Iterator[Block]:
    """Say which versions of the plan held, and what each changed."""
    if not contents.revisions:
        return
    yield Heading(1, "Herzieningen van het plan", "herzieningen", opens=True)
    if len(contents.revisions) == 1:
        yield Said(
            f"Het plan geldt sinds {words.day(contents.revisions[0].since)}. Het is daarna niet herzien."
        )
        return
    yield Said("Een plan mag in de loop van het jaar wijzigen. Hier staat wat er wijzigde en waarom.")
    for each in contents.revisions:
        yield Heading(2, f"Versie {each.number}, sinds {words.day(each.since)}", f"versie-{each.number}")
        yield from (Said(said) for said in words.paragraphs(each.reason))
        if not each.reason and not each.changes:
            yield Said("Zo begon het plan.")
        if each.changes:
            yield Points(tuple(words.clean(change) for change in each.changes))


def counting(contents: Contents) -> Iterator[Block]:
    """Give the counting notes: how each promise with a choice in it is counted."""
    rows = [
        (
            cell(words.clean(goal.code)),
            cell(words.opening(promise.text)),
            cell(words.opening(promise.counting_note)),
        )
        for goal in contents.every_goal()
        for promise in goal.promises
        if promise.counting_note
    ]
    if not rows:
        return
    yield Heading(1, "Hoe we tellen", "telregels", opens=not contents.revisions)
    yield Said("Een belofte laat soms een keuze open. Deze telregels zeggen wat we kozen.")
    columns = (Column("Doel", 1), Column("Belofte", 5), Column("Telregel", 5))
    yield Table("", columns, tuple(rows), named_by="telregels")


def evidence(contents: Contents) -> Iterator[Block]:
    """List the evidence behind each figure: what counts, how many rows, and for which organisations."""
    if all(line.value is None for _goal, _promise, line in contents.every_line()):
        return
    yield Heading(1, "Bijlage: bewijs per cijfer", "bewijs", opens=True)
    yield Said("Elk cijfer is de telling van rijen uit onze registers. Namen van personen staan er niet bij.")
    yield Said("Alle rijen staan in het Excelbestand bij dit rapport.")
    code = ""
    for goal, promise, line in contents.every_line():
        if line.value is None:
            continue
        if goal.code != code:
            code = goal.code
            yield Heading(2, words.clean(f"{goal.code} {goal.title}"), f"bewijs-{goal.key}")
        text = words.opening(promise.text)
        name = text if len(promise.lines) == 1 else f"{text}: {words.clean(line.unit)}"
        yield Heading(3, name, f"rijen-{line.key}")
        yield from _evidence(line, contents)


def _evidence(line: Line, contents: Contents) -> Iterator[Block]:
    rows = len(line.evidence)
    facts = (
        ("Telt", words.clean(line.sentence)),
        ("Cijfer", f"{words.figure(line)} {noun(words.clean(line.unit), line.value)}".strip()),
        ("Rijen", f"{number(rows)} {noun(words.clean(line.rows_are), rows)}".strip()),
    )
    yield Facts(facts)
    if line.definition:
        yield Said(words.clean(line.definition), Look.QUIET)
    found = by_organisation(line.evidence)
    if found and all(organisation and many == added == 1 for organisation, many, added in found):
        yield Said(f"Organisaties: {_listed(found, contents)}.", Look.QUIET)
    elif found:
        yield _organisations(line, found, contents)
    elif len(line.evidence):
        yield Said("Deze rijen horen niet bij één organisatie.", Look.QUIET)


def _listed(found: list[Share], contents: Contents) -> str:
    """Name organisations that count for one each, by name; the others as a number."""
    names = sorted(_name(each[0], contents) for each in found)
    shown, others = names[:NAMES_SHOWN], names[NAMES_SHOWN:]
    return ", ".join(shown) + (f" en {number(len(others))} andere" if others else "")


def by_organisation(evidence: Evidence) -> list[Share]:
    """Give (organisation, rows, what they contribute), the largest first; 0 is none, and comes last."""
    rows: dict[int, int] = defaultdict(int)
    added: dict[int, Decimal] = defaultdict(Decimal)
    for place, organisation in enumerate(evidence.organisations):
        rows[organisation] += 1
        added[organisation] += evidence.contributions[place] if evidence.contributions else 1
    if not any(rows):
        return []
    return sorted(
        ((each, rows[each], added[each]) for each in rows), key=lambda it: (not it[0], -it[2], -it[1], it[0])
    )


def _organisations(line: Line, found: list[Share], contents: Contents) -> Table:
    """Show the organisations that contribute most; the others are one row."""
    shown, others = found[:ORGANISATIONS_SHOWN], found[ORGANISATIONS_SHOWN:]
    if len(others) == 1:
        shown, others = found, []
    named = [(_name(organisation, contents), many, added) for organisation, many, added in shown]
    if others:
        many = sum(each[1] for each in others)
        added = sum((each[2] for each in others), Decimal(0))
        named.append((f"{number(len(others))} andere", many, added))
    with_sum = bool(line.evidence.contributions) and line.adds_up
    columns = [Column("Organisatie", 6), Column("Rijen", 1.5, numbers=True)]
    if with_sum:
        columns.append(Column(words.clean(line.unit).capitalize() or "Bijdrage", 2, numbers=True))

    def row(name: str, many: int, added: Decimal) -> tuple[Cell, ...]:
        cells = (cell(name), cell(number(many)))
        return (*cells, cell(number(added))) if with_sum else cells

    rows = tuple(row(*each) for each in named)
    caption = f"Per organisatie: {words.clean(line.rows_are) or 'rijen'}"
    return Table(caption, tuple(columns), rows, dense=True, narrow=True)


def _name(organisation: int, contents: Contents) -> str:
    if not organisation:
        return "zonder organisatie"
    return words.clean(contents.organisations.get(organisation, f"organisatie {organisation}"))
