"""From a kind of mail and its values to subject, plain text and HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from markdown_it import MarkdownIt
from markdown_it.token import Token

from trekker.kernel.markup import to_html
from trekker.mail.registry import PLACEHOLDER, Kind

SUBJECT_LENGTH = 250
ITEM = "– "  # how a line of a list starts
# A placeholder travels through the marked text between two characters that nobody types; in the
# address of a link the reader of marked text writes those with percent signs. Values come in last, so
# that nothing in a value is ever read as marked text.
_OPEN, _SHUT = "\ue000", "\ue001"
_SLOT = re.compile(f"{_OPEN}([a-z_]+){_SHUT}|%EE%80%80([a-z_]+)%EE%80%81")
_TAG_OR_SLOT = re.compile(f"<[^>]*>|{_OPEN}[a-z_]+{_SHUT}")
_LINES = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# Control characters, and those that turn the direction of what follows.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000\ue001]")
_LINK = re.compile(r"https?://[^\s<>\"'`\\]+")
_DOT = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2})")
_SCHEME = re.compile(r":(?=//)")

# What a value that is empty leaves: a paragraph without words, a line without words.
_EMPTY = (
    (re.compile(r"<p>(?:<br />|\s)+"), "<p>"),
    (re.compile(r"(?:<br />|\s)+</p>"), "</p>"),
    (re.compile(r"<p></p>\n?"), ""),
)
_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


@dataclass(frozen=True)
class Written:
    """A mail as it will be read."""

    subject: str
    text: str
    html: str


def write(kind: Kind, subject: str, text: str, values: Mapping[str, str], signature: str = "") -> Written:
    """
    Fill in the placeholders of a kind of mail and give both its shapes.

    A value is literal text, also where it looks like a placeholder, a tag or a link. Only a placeholder
    that holds an address of ours becomes a link: see :class:`Kind`.
    """
    known = {name: _clean(kind, name, values.get(name, "")) for name in kind.placeholders}
    html, plain = _shapes(text, frozenset(kind.placeholders))
    line = _LINES.sub(" ", PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), subject))
    body = _TAG_OR_SLOT.sub(lambda found: _in_html(kind, known, found[0]), html)
    for empty, nothing in _EMPTY:
        body = empty.sub(nothing, body)
    return Written(
        line.strip()[:SUBJECT_LENGTH],
        _GAP.sub("\n\n", f"{_filled(plain, known)}\n\n{signature}").strip() + "\n",
        _frame(escape(line), body, escape(signature)),
    )


def _clean(kind: Kind, name: str, value: str) -> str:
    value = _UNSEEN.sub("", value.replace("\r\n", "\n"))
    if kind.confirms and not _is_link(kind, name, value) and not kind.may_link(name):
        # Who gets this mail may not have asked for it: no mail program may make a link of a name.
        return _DOT.sub(". ", _SCHEME.sub(": ", value))
    return value


def _is_link(kind: Kind, name: str, value: str) -> bool:
    ours = kind.may_link(name) or value.startswith(f"{settings.BASE_URL}/")
    return ours and bool(_LINK.fullmatch(value))


def _in_html(kind: Kind, known: Mapping[str, str], found: str) -> str:
    """Fill one slot in text, or the slots in one tag."""
    if found.startswith("<"):
        return _SLOT.sub(lambda slot: _in_tag(kind, known, slot), found)
    name = found[1:-1]
    value = escape(known[name])
    if _is_link(kind, name, known[name]):
        return f'<a href="{value}">{value}</a>'
    if name in kind.lists:
        return "<br>\n".join(_list_line(line) for line in known[name].split("\n"))
    return value.replace("\n", "<br>\n")


def _list_line(line: str) -> str:
    """Write one line of a list: words that link to an address of ours, other words, or a heading."""
    if not line.startswith(ITEM):
        return f"<strong>{escape(line)}</strong>" if line else ""
    words, _, address = line.removeprefix(ITEM).rpartition(": ")
    if words and address.startswith(f"{settings.BASE_URL}/") and _LINK.fullmatch(address):
        return f'{ITEM}<a href="{escape(address)}">{escape(words)}</a>'
    return escape(line)


def _in_tag(kind: Kind, known: Mapping[str, str], slot: re.Match[str]) -> str:
    name = slot[1] or slot[2]
    return escape(known[name]) if _is_link(kind, name, known[name]) else "#"


def _filled(plain: str, known: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: known[slot[1] or slot[2]], plain)


@lru_cache(maxsize=256)
def _shapes(text: str, names: frozenset[str]) -> tuple[str, str]:
    """Give the HTML and the plain text of a marked text, with slots where its placeholders stood."""
    marked = PLACEHOLDER.sub(
        lambda found: f"{_OPEN}{found[1]}{_SHUT}" if found[1] in names else found[0],
        text.replace(_OPEN, "").replace(_SHUT, ""),
    )
    return str(to_html(marked)), to_plain(marked)


def _frame(subject: str, body: str, signature: str) -> str:
    before, between, after, last = _frame_pieces(bool(signature))
    return f"{before}{subject}{between}{body}{after}{signature}{last}"


@lru_cache(maxsize=2)
def _frame_pieces(signed: bool) -> tuple[str, str, str, str]:  # noqa: FBT001 - a key of the cache
    """Cut the template at the places of subject, body and signature; rendering it costs too much."""
    slots = {"subject": f"{_OPEN}a{_SHUT}", "body": f"{_OPEN}b{_SHUT}", "signature": f"{_OPEN}c{_SHUT}"}
    if not signed:
        slots["signature"] = ""
    pieces = re.split(f"{_OPEN}[abc]{_SHUT}", render_to_string("mail/message.html", slots))
    before, between, after, last = (*pieces, "")[:4]
    return before, between, after, last


_READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "html_block", "html_inline"]
)


def to_plain(text: str) -> str:
    """Give a marked text as people write plain mails: no signs, a link as its bare address."""
    lines: list[str] = []
    numbers: list[int | None] = []  # for each list we are in, its next number
    bullet = ""
    for token in _READER.parse(text):
        if token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type == "ordered_list_open":
            numbers.append(int(token.attrs.get("start", 1)))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            numbers.pop()
            _blank(lines, only_if=not numbers)
        elif token.type == "list_item_open":
            bullet = "- " if numbers[-1] is None else f"{numbers[-1]}. "
            numbers[-1] = None if numbers[-1] is None else numbers[-1] + 1
        elif token.type in {"inline", "fence", "code_block"}:
            content = _inline(token.children) if token.type == "inline" else token.content.rstrip("\n")
            indent = "  " * max(len(numbers) - 1, 0)
            hang = f"{indent}{' ' * len(bullet)}"
            lines += [
                f"{indent if not at else hang}{bullet if not at else ''}{line}"
                for at, line in enumerate(content.split("\n"))
            ]
            bullet = ""
            _blank(lines, only_if=not numbers)
    return "\n".join(lines).strip()


def _blank(lines: list[str], *, only_if: bool) -> None:
    if only_if and lines and lines[-1]:
        lines.append("")


def _inline(children: list[Token] | None) -> str:
    """Give one run of text; a link is its words and then its address, or the address alone."""
    out: list[str] = []
    links: list[tuple[str, int]] = []
    for child in children or ():
        if child.type in {"text", "code_inline", "text_special"}:
            out.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            out.append("\n")
        elif child.type == "link_open":
            links.append((str(child.attrs.get("href", "")), len(out)))
        elif child.type == "link_close":
            address, start = links.pop()
            words = "".join(out[start:])
            address = address.removeprefix("mailto:")
            if words != address:
                out[start:] = [f"{words}: {address}"]
    return "".join(out)
