"""
The kinds of mail: each room declares its own, with a text that staff may change.

And who wants to know that an address stopped working, or works again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

PLACEHOLDER = re.compile(r"\[([a-z_]+)\]")
# Between square brackets and no link: staff meant a placeholder, however it is written.
MEANT = re.compile(r"\[([^\[\]\n]{1,60})\](?!\()")
Find = Callable[[int], tuple[str, str] | None]
KINDS: dict[str, Kind] = {}
TOPICS: dict[str, Topic] = {}
ROOMS: dict[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """
    One kind of mail.

    ``text`` is marked text; ``placeholders`` is the whole list of what may stand between square
    brackets in subject and text, each with what it means, and ``examples`` what the preview shows
    for them. ``sends_again`` says what happens to one that is in doubt after a crash. ``confirms``
    marks what anyone can cause by filling in a form: an address gets at most one such mail an hour
    and three a day, the others leave later. One that ``delays_others`` not, has the same limits but
    takes no turn of the rest: forms filled in with someone's address hold up none of theirs.

    What is ``private`` holds a link that opens what only the receiver may see: no screen shows its text,
    and the text goes once it was sent.

    ``links`` are the placeholders that hold a web or mail address which we chose; those whose name
    starts with ``link`` are so by themselves. Any other value stays text, and in a mail that
    ``confirms`` it is written so that no mail program makes a link of it.

    A placeholder of the ``lists`` holds lines that we wrote: a heading, or «– words: address» with an address
    of ours, which becomes a link with those words. In a mail that ``confirms`` there are none.
    """

    code: str
    label: str
    subject: str
    text: str
    placeholders: Mapping[str, str]
    sends_again: bool = True
    confirms: bool = False
    delays_others: bool = True
    private: bool = False
    links: Collection[str] = ()
    lists: Collection[str] = ()
    examples: Mapping[str, str] = field(default_factory=dict)

    def may_link(self, name: str) -> bool:
        """Tell whether the value of a placeholder is an address that we chose."""
        return name.startswith("link") or name in self.links


def declare(kind: Kind) -> Kind:
    """
    Add a kind of mail to the list.

    :raises ValueError: if the code is taken, if the text holds a placeholder that is not in the list, or if
        what anyone can cause holds a list with links
    """
    if kind.code in KINDS:
        raise ValueError(f"Mail {kind.code} is declared twice")
    if wrong := unknown_placeholders(kind, kind.subject + kind.text):
        raise ValueError(f"Mail {kind.code} has no placeholder {wrong[0]}")
    if wrong := sorted({*kind.links, *kind.lists, *kind.examples} - set(kind.placeholders)):
        raise ValueError(f"Mail {kind.code} has no placeholder {wrong[0]}")
    if kind.confirms and kind.lists:
        raise ValueError(f"Mail {kind.code} goes to who did not ask for it, and holds a list with links")
    KINDS[kind.code] = kind
    return kind


def unknown_placeholders(kind: Kind, text: str) -> list[str]:
    """Give what looks like a placeholder in a text, and is none of this kind of mail."""
    return [name for name in MEANT.findall(text) if name not in kind.placeholders]


@dataclass(frozen=True)
class Topic:
    """
    How the subject of mails reads: ``event:12`` is *activiteit 12*.

    ``find`` gives its title and address by its id, or nothing once it is gone.
    """

    word: str
    find: Find


def topic_reads(prefix: str, word: str) -> Callable[[Find], Find]:
    """Declare how topics with this prefix read; the decorated function finds title and address by id."""

    def declared(find: Find) -> Find:
        TOPICS[prefix] = Topic(word, find)
        return find

    return declared


def call_room(prefix: str, name: str) -> None:
    """Say to what kinds of mail belong whose code starts with no room, but with this."""
    ROOMS[prefix] = name


class Listener(Protocol):
    """What a room does when an address stopped working, or works again."""

    def __call__(self, *, address: str, by: Any, now: datetime) -> None:
        """Act on it, within the caller's transaction."""


STOPPED: list[Listener] = []
LIFTED: list[Listener] = []


def when_stopped(listener: Listener) -> Listener:
    """Call the decorated function each time an address stops working."""
    STOPPED.append(listener)
    return listener


def when_lifted(listener: Listener) -> Listener:
    """Call the decorated function each time a person lets an address be mailed again."""
    LIFTED.append(listener)
    return listener
