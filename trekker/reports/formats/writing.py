"""The formats of a report: what each is called, and the one way to write a report in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from django.utils.text import slugify

from trekker.reports.contents import Contents
from trekker.reports.formats import docx, html, outline, pdf, xlsx


@dataclass(frozen=True)
class Format:
    """A format: its code, which also ends the name of a file, what it is for, and its kind for a browser."""

    code: str
    label: str
    purpose: str
    kind: str


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    each.code: each
    for each in (
        Format("pdf", "PDF", "om te lezen, af te drukken en te bewaren", "application/pdf"),
        Format("docx", "Word", "om verder te bewerken", f"{OFFICE}.wordprocessingml.document"),
        Format("xlsx", "Excel", "elk cijfer met alle rijen erachter", f"{OFFICE}.spreadsheetml.sheet"),
        Format("html", "webpagina", "om op een scherm te lezen", "text/html; charset=utf-8"),
    )
}


def write(contents: Contents, code: str, target: IO[bytes]) -> None:
    """
    Write a report in one of the formats.

    :raises KeyError: if there is no such format
    """
    if FORMATS[code].code == "xlsx":
        xlsx.write(contents, target)
        return
    document = outline.outline(contents)
    made_at = contents.made_at
    data = {
        "pdf": lambda: pdf.write(document, made_at),
        "docx": lambda: docx.write(document, made_at),
        "html": lambda: html.write(document),
    }[code]()
    target.write(data)


def file_name(contents: Contents, code: str) -> str:
    """Name a file of a report: jaarrapport-2026-stand-2026-11-30.pdf."""
    fixed = contents.fixed_on
    said = f"vastgesteld-{fixed.isoformat()}" if fixed else f"stand-{contents.last_day.isoformat()}"
    return f"{slugify(contents.title) or 'rapport'}-{said}.{code}"
