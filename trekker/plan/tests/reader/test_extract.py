"""Text out of documents: in every kind of file, and a clear word about what cannot be read."""

from __future__ import annotations

import time

import docx
import pytest

from trekker.plan.reader import extract, read
from trekker.plan.reader.extract import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    ScannedFile,
    UnknownFileType,
    UnreadableFile,
)
from trekker.plan.tests.reader import documents, shapes

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>'


def promised(proposal):
    return [
        (each.goal, line.measure, dict(line.filters), line.comparator, line.target, line.unit)
        for each in proposal.indicators
        for line in each.lines
    ]


class TestPlainText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
    def test_is_read_in_every_encoding_of_an_office(self, encoding):
        content = "Één doel\r\nideeën\rcafé".encode(encoding)

        assert extract(content, "plan.txt") == ["Één doel", "ideeën", "café"]


class TestWord:
    def test_gives_headings_lists_and_tables_in_order(self):
        document = docx.Document()
        document.add_heading("OD1.1 De Kring komt samen", 2)
        document.add_paragraph("minstens 4 bijeenkomsten", style="List Bullet")
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Timing:", "voorjaar"
        table.cell(1, 0).merge(table.cell(1, 1)).text = "Wie"
        document.add_paragraph("Slot")

        assert extract(documents.saved(document), "plan.docx") == [
            *("OD1.1 De Kring komt samen", "", "• minstens 4 bijeenkomsten", ""),
            *("Timing: voorjaar", "Wie", "", "Slot", ""),
        ]

    def test_of_paragraphs_gives_the_same_plan_as_its_text(self, seed, seed_lines, measures):
        paragraphs = [" ".join(each.split()) for each in "\n".join(seed_lines).split("\n\n")]

        lines = extract(documents.word(paragraphs), "plan.docx")

        assert promised(read(lines, measures=measures)) == promised(seed)

    def test_with_every_line_pasted_apart_gives_the_same_plan_as_its_text(self, seed, seed_lines, measures):
        lines = extract(documents.word(seed_lines), "plan.docx")

        assert promised(read(lines, measures=measures)) == promised(seed)


class TestPdf:
    def test_gives_the_same_plan_as_its_text(self, seed, seed_lines, measures):
        lines = extract(documents.pdf(seed_lines), "plan.pdf")

        proposal = read(lines, measures=measures)
        assert promised(proposal) == promised(seed)
        assert [goal.title for goal in proposal.goals] == [goal.title for goal in seed.goals]

    def test_gives_a_blank_line_where_the_page_has_room(self):
        lines = extract(
            documents.pdf(["Eerste regel", "tweede regel", "", "Nieuwe alinea", "loopt door"]), "x.pdf"
        )

        assert lines == ["Eerste regel", "tweede regel", "", "Nieuwe alinea", "loopt door", ""]


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "name", "error"),
        [
            (b"", "plan.txt", EmptyFile),
            (b" \n ", "plan.txt", EmptyFile),
            ("\ufeff \n".encode(), "plan.txt", EmptyFile),
            (documents.word([""]), "plan.docx", EmptyFile),
            (b"x" * 20_000_001, "plan.txt", FileTooLarge),
            (b"tekst\n" * 500_000, "plan.txt", FileTooLarge),
            (b"\x00\x01\x02\x03binair", "plan.txt", UnknownFileType),
            (b"\x81\x8d\x8f", "plan.txt", UnknownFileType),
            (b"\xff\xfe\x00\xd8", "plan.txt", UnknownFileType),
            (b"naam;mail", "leden.csv", UnknownFileType),
            (OLD_OFFICE + b"WordDocument", "plan.doc", UnknownFileType),
            (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "plan.docx", EncryptedFile),
            (b"geen zip", "plan.docx", BrokenFile),
            (documents.word(["OD1.1 Doel"])[:2000], "plan.docx", BrokenFile),
            (documents.package(styles=b"<x/>"), "plan.docx", UnknownFileType),
            (documents.package(document=b"<geen woord/>"), "plan.docx", BrokenFile),
            (documents.package(document=ENTITIES), "plan.docx", BrokenFile),
            (documents.package(document=b" " * 9_000_000), "plan.docx", FileTooLarge),
            (documents.package(document=b"<x/>", picture=b"\0" * 60_000_000), "plan.docx", FileTooLarge),
            (
                documents.package(document=b"<x/>", **{f"x{n}": b"" for n in range(2100)}),
                "p.docx",
                FileTooLarge,
            ),
            (documents.pdf([]), "scan.pdf", ScannedFile),
            (documents.pdf(["OD1.1 Doel"], encrypted=True), "plan.pdf", EncryptedFile),
            (documents.pdf(["OD1.1 Doel"])[:40], "plan.pdf", BrokenFile),
            (documents.pdf(["x"], pages=400), "plan.pdf", FileTooLarge),
        ],
    )
    def test_with_an_error_of_its_own_within_two_seconds(self, content, name, error):
        started = time.process_time()

        with pytest.raises(error) as refused:
            extract(content, name)

        assert time.process_time() - started < 2
        assert str(refused.value) == error.message
        assert issubclass(error, UnreadableFile)

    def test_word_with_a_locked_member(self):
        content = bytearray(documents.word([shapes.LETTER]))
        # The first bit of the flags in a directory entry says that the member is encrypted.
        content[content.index(b"PK\x01\x02") + 8] |= 1

        with pytest.raises(EncryptedFile):
            extract(bytes(content), "plan.docx")

    def test_pdf_page_with_endless_text(self):
        with pytest.raises(FileTooLarge):
            extract(documents.pdf(["x" * 1_000] * 49), "plan.pdf")
