"""A report as HTML: blocks for a page of the site, or a file that stands on its own."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trekker.reports.formats.document import Document, plain

ICON = "ui/logo.svg"
STYLES = ("ui/tokens.css", "reports/report.css")


def body(document: Document) -> SafeString:
    """Give the report as the content of a page that links its styles."""
    return render_to_string("reports/report/body.html", {"document": _drawn(plain(document))})


def write(document: Document) -> bytes:
    """Give the report as one file that needs nothing else: no script, nothing from elsewhere."""
    styles = SafeString("\n".join(_ours(each) for each in STYLES))
    context = {"document": document, "body": body(document), "styles": styles, "icon": _address(_ours(ICON))}
    return render_to_string("reports/report/file.html", context).encode()


def _ours(name: str) -> str:
    """
    Read a static file of ours.

    :raises LookupError: if there is none of that name
    """
    found = finders.find(name)
    if not found:
        raise LookupError(f"there is no static file {name}")
    return Path(found).read_text("utf-8")


def _address(svg: str) -> str:
    """Give a drawing as an address, of a picture in which nothing can run."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _drawn(value: object) -> object:
    """Turn each drawing into an address."""
    if isinstance(value, dict):
        return {name: _address(each) if name == "svg" else _drawn(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_drawn(each) for each in value]
    return value
