"""One page as the checking browser sees it, and everything a page of ours promises."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib

from trekker.kernel import plain

MOST_BYTES = 50_000
OFFICE = "/beheer/"
# Where Wagtail's own templates leave the standard; nothing of ours may.
WAGTAIL_MAY = {
    "non-void-element-with-trailing-slash",  # it writes <use … /> and custom elements in the XML way
    "unexpected-null-character",
}
CONTROLS = {"input", "select", "textarea", "button"}
TOKENS = {"csrfmiddlewaretoken", "ticket"}  # Django's own, and the one of kernel/tickets.py
NO_LABEL_NEEDED = {"hidden", "submit", "button", "reset", "image"}
DAYS = ("_from", "_to")
DATA = "application/ld+json"  # a script element of this type is data: no browser runs it
LOADED = {"src", "srcset", "action", "formaction", "poster", "data"}
BLOCKS = {
    "p",
    "li",
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "label",
    "legend",
    "summary",
    "caption",
    "figcaption",
}
RUNNING = {"p", "li", "dd"}
NOT_READ = {"script", "style", "svg", "noscript", "template", "table", "code", "pre", "form"}


class NotAsPromised(AssertionError):
    """The page breaks a promise; the message lists each one."""


@dataclass(frozen=True)
class Page:
    """An HTML page with its address, parsed as a browser parses it."""

    html: str
    path: str = "/"

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(self.html)
        return root, [code for _position, code, _details in parser.errors]

    @property
    def root(self) -> Element:
        """The ``html`` element."""
        return self._parsed[0]

    @property
    def is_fragment(self) -> bool:
        """Whether this is a piece that a script puts into a page, instead of a whole page."""
        return "<html" not in self.html[:500].lower()

    @property
    def is_office(self) -> bool:
        """Whether Wagtail's shell is around it."""
        return self.path.startswith(OFFICE)

    def check(self) -> None:
        """
        Hold the page against every promise that applies to it.

        :raises NotAsPromised: with one line for each promise broken
        """
        checks: list[Callable[[Page], Iterator[str]]] = [standard, ids, labels, alternatives]
        if not self.is_fragment:
            checks += [language, heading, title]
        if not self.is_office:
            checks += [forms, nothing_inline, nothing_from_others, weight, levels, plain_dutch]
        broken = [f"{check.__name__}: {fault}" for check in checks for fault in check(self)]
        if broken:
            raise NotAsPromised(f"{self.path}\n  " + "\n  ".join(broken))


def text(element: Element) -> str:
    """Give all text inside an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def standard(page: Page) -> Iterator[str]:
    """Parse without an error in the HTML."""
    may = WAGTAIL_MAY if page.is_office else set()
    if page.is_fragment:
        may = may | {"expected-doctype-but-got-start-tag", "expected-doctype-but-got-chars"}
    yield from sorted(set(page._parsed[1]) - may)


def language(page: Page) -> Iterator[str]:
    """Say that the language is Dutch."""
    if page.root.get("lang") != "nl":
        yield f"lang is {page.root.get('lang')!r}"


def heading(page: Page) -> Iterator[str]:
    """Have exactly one main heading, with words in it."""
    found = [text(element) for element in page.root.iter("h1")]
    if len(found) != 1 or not found[0]:
        yield f"h1: {found}"


def title(page: Page) -> Iterator[str]:
    """Have a title, which starts with "Fout:" when the page lists errors."""
    words = text(page.root.find("head/title")) if page.root.find("head/title") is not None else ""
    if not words:
        yield "no title"
    wrong = any("tk-errors" in element.get("class", "").split() for element in page.root.iter())
    if not page.is_office and wrong != words.startswith("Fout:"):
        yield f"{words!r} while the page {'lists' if wrong else 'has no'} errors"


def ids(page: Page) -> Iterator[str]:
    """Use an id once."""
    counted = Counter(element.get("id") for element in page.root.iter() if element.get("id"))
    yield from (f"#{name} {count} times" for name, count in counted.items() if count > 1)


def labels(page: Page) -> Iterator[str]:
    """Name every control: by a label, by aria-label(ledby), or a button by its text."""
    labelled = {label.get("for") for label in page.root.iter("label") if text(label)}
    wrapped = {id(inner) for label in page.root.iter("label") if text(label) for inner in label.iter()}
    for control in page.root.iter():
        if control.tag not in CONTROLS or control.get("type") == "hidden" or "hidden" in control.attrib:
            continue
        if control.get("aria-label") or control.get("aria-labelledby"):
            continue
        # Wagtail names the two days of a filter by a placeholder only.
        if page.is_office and control.get("placeholder") and control.get("name", "").endswith(DAYS):
            continue
        if control.tag == "button":
            named = bool(text(control))
        elif control.get("type") in NO_LABEL_NEEDED:
            named = bool(control.get("value") or control.get("alt"))
        else:
            named = control.get("id") in labelled or id(control) in wrapped
        if not named:
            yield f"<{control.tag} name={control.get('name')!r}> has no label"


def alternatives(page: Page) -> Iterator[str]:
    """Say of every image what it shows, or that it shows nothing (alt="")."""
    yield from (
        f"no alt on {image.get('src')}" for image in page.root.iter("img") if image.get("alt") is None
    )
    for drawing in page.root.iter("{http://www.w3.org/2000/svg}svg"):
        if drawing.get("role") == "img" and not drawing.get("aria-labelledby"):
            yield "a drawing (svg role=img) has no aria-labelledby"


def forms(page: Page) -> Iterator[str]:
    """Send every form to a named address, with the token, and leave checking to us."""
    for form in page.root.iter("form"):
        if not form.get("action"):
            yield f"a form without action ({form.get('id')})"
        if form.get("method", "get").lower() != "post":
            continue
        if not any(field.get("name") in TOKENS for field in form.iter("input")):
            yield f"no token in the form to {form.get('action')}"
        asks = any(field.get("type") != "hidden" for field in form.iter("input"))
        if asks and form.get("novalidate") is None:
            yield f"no novalidate on the form to {form.get('action')}"


def nothing_inline(page: Page) -> Iterator[str]:
    """Hold no style or script in the page itself: the security policy forbids both."""
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        is_script = element.tag == "script" and element.get("type") != DATA
        if element.tag == "style" or (is_script and not element.get("src")):
            yield f"<{element.tag}> in the page"
        yield from (
            f"{name} on <{element.tag}>"
            for name in element.keys()  # noqa: SIM118 - an Element is no mapping
            if name == "style" or str(name).startswith("on")
        )


def nothing_from_others(page: Page) -> Iterator[str]:
    """Load nothing from another address."""
    for element in page.root.iter():
        for name, value in element.items():
            named = element.tag == "link" and element.get("rel") == "canonical"
            loaded = name in LOADED or (element.tag == "link" and name == "href" and not named)
            if loaded and re.match(r"\s*(https?:)?//", value):
                yield f"{name}={value}"


def weight(page: Page) -> Iterator[str]:
    """Stay under 50 KB of HTML."""
    size = len(page.html.encode())
    if size > MOST_BYTES:
        yield f"{size} bytes"


def levels(page: Page) -> Iterator[str]:
    """Skip no level of heading on the way down."""
    before = 0
    for element in page.root.iter():
        if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            level = int(element.tag[1])
            if level > before + 1:
                yield f"h{level} {text(element)!r} after h{before}"
            before = level


def plain_dutch(page: Page) -> Iterator[str]:
    """Read as plain Dutch: every block for its sentences, running text also for its ease."""
    main = page.root.find("body//main")
    area = main if main is not None else page.root
    yield from plain.read(blocks(area, RUNNING)).faults()
    headings = plain.read(blocks(area, BLOCKS - RUNNING)).sentences
    yield from (f"lang: {s}" for s in headings if len(plain.words(s)) > plain.MOST_WORDS)


def blocks(element: Element, names: set[str]) -> Iterator[str]:
    """List the text of each block with one of these names, without what sits in a block inside it."""
    for child in element:
        if child.tag in NOT_READ or not isinstance(child.tag, str) or child.tag.startswith("{"):
            continue
        if "tk-agenda" in child.get("class", "").split():  # names, days and places: data, as in a table
            continue
        if child.tag in names and not any(inner.tag in names for inner in child.iter() if inner is not child):
            yield text(child)
        else:
            yield from blocks(child, names)
