"""From a kind of mail and its values to subject, plain text and HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from trekker.kernel.markup import to_html
from trekker.mail.registry import PLACEHOLDER, Kind

# What has a meaning in marked text: a value may not use it, so that a name never becomes a link.
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~&])")
_LINES = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Written:
    """A mail as it will be read."""

    subject: str
    text: str
    html: str


def write(kind: Kind, subject: str, text: str, values: Mapping[str, str], signature: str = "") -> Written:
    """
    Fill in the placeholders of a kind of mail and give both its shapes.

    A value is literal text, also where it looks like a placeholder, a tag or a link. A value that
    starts with ``http`` stands alone on its line as a link; its address is ours.
    """
    marked = PLACEHOLDER.sub(lambda found: _marked(kind, values, found), text)
    plain = PLACEHOLDER.sub(lambda found: _plain(kind, values, found), text)
    one_line = _LINES.sub(" ", PLACEHOLDER.sub(lambda found: _plain(kind, values, found), subject))
    html = render_to_string(
        "mail/message.html", {"subject": one_line, "body": to_html(marked), "signature": signature}
    )
    return Written(one_line[:250], f"{plain}\n\n{signature}".strip() + "\n", html)


def _value(kind: Kind, values: Mapping[str, str], found: re.Match[str]) -> str | None:
    return values.get(found[1], "") if found[1] in kind.placeholders else None


def _plain(kind: Kind, values: Mapping[str, str], found: re.Match[str]) -> str:
    value = _value(kind, values, found)
    return found[0] if value is None else value


def _marked(kind: Kind, values: Mapping[str, str], found: re.Match[str]) -> str:
    value = _value(kind, values, found)
    if value is None:
        return _SIGNS.sub(r"\\\1", found[0])
    if value.startswith(("http://", "https://")):
        return f"<{value}>"
    return _SIGNS.sub(r"\\\1", value)
