"""Documents made for the tests: Word files, and PDFs written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

import docx

LEADING = 14
LINES_A_PAGE = 50


def word(paragraphs: Iterable[str]) -> bytes:
    """Write a Word document of these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document) -> bytes:
    """Give the bytes of a Word document."""
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def package(**members: bytes) -> bytes:
    """Write a zip with these members under word/."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"word/{name}.xml", content)
    return kept.getvalue()


def pdf(lines: Sequence[str], *, encrypted: bool = False, pages: int = 0) -> bytes:
    """Write lines of text on as many pages as they need; blank lines leave room."""
    starts = range(0, max(len(lines), 1), LINES_A_PAGE)
    contents = [_page(lines[at : at + LINES_A_PAGE]) for at in starts] + [b""] * pages
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, content in enumerate(contents):
        objects += [
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] "
                f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
            ).encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'a1' * 32}> /U <{'b2' * 32}> >>"
    trailer = f"/Root 1 0 R /ID [<{'c3' * 16}> <{'c3' * 16}>] {lock if encrypted else ''}"
    return _assembled(objects, trailer)


def _page(lines: Sequence[str]) -> bytes:
    shown = [b"BT /F1 10 Tf %d TL 50 800 Td" % LEADING]
    for line in lines:
        text = line.strip().encode("cp1252", "replace")
        for mark in (b"\\", b"(", b")"):
            text = text.replace(mark, b"\\" + mark)
        shown.append(b"(%s) Tj T*" % text)
    return b"\n".join([*shown, b"ET"])


def _assembled(objects: Sequence[bytes], trailer: str) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer.encode(), len(written))
    )
