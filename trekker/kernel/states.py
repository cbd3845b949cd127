"""States that follow one another by a table of steps, and the drawing of such a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Step(NamedTuple):
    """One step from a state to another; ``label`` is the button that takes it."""

    source: str
    target: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """
    The states of a model and every step between them.

    ``title`` and ``place`` say in the documentation what it is of and in which file it stands; ``states``
    are (code, word), ``starts`` the states to start in, with the word for the start.
    """

    title: str
    place: str
    states: Sequence[tuple[str, str]]
    starts: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str, str]]


TABLES: list[Table] = []


def declare_states(table: Table) -> Table:
    """Let the documentation draw a table of states."""
    TABLES.append(table)
    return table


def diagram(table: Table) -> str:
    """Draw a table as a Mermaid diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {state}" + (f" : {word}" if word else "") for state, word in table.starts]
    lines += [f"    {state} : {word}" for state, word in table.states]
    lines += [f"    {source} --> {target} : {label}" for source, target, label in table.steps]
    return "\n".join(lines) + "\n"
