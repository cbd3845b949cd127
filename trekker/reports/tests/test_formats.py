"""A report in four formats says the same: every figure, in the same order, for every reader."""

from __future__ import annotations

import re
import shutil
import subprocess
from colorsys import hls_to_rgb
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import page
import pytest
from docx.oxml.ns import qn

from trekker.kernel.typesetting import typeset
from trekker.reports.contents import Evidence, GoalContents
from trekker.reports.formats import annex, drawing, outline, style, words, writing, xlsx
from trekker.reports.formats.document import Heading, Said, Table
from trekker.reports.tests import contents as made
from trekker.reports.tests.reading import html_words, pdf_pages, sheets, word_text, written
from trekker.ui.charts import number

TOKENS = Path(__file__).parents[2] / "ui" / "static" / "ui" / "tokens.css"


@cache
def usual(code: str) -> bytes:
    """Write the usual contents once for all tests."""
    return written(made.contents(), code)


class TestEveryFormat:
    @pytest.fixture
    def report(self):
        return made.contents()

    @pytest.fixture
    def files(self):
        return {code: usual(code) for code in writing.FORMATS}

    def texts(self, files):
        return {
            "pdf": " ".join(pdf_pages(files["pdf"])),
            "docx": word_text(files["docx"]),
            "html": " ".join(html_words(files["html"])),
        }

    def test_says_each_figure_with_its_target_and_state(self, report, files):
        texts = self.texts(files)

        for _goal, promise, line in report.every_line():
            said = " ".join([words.goal(line), *words.earlier(line), words.figure(line), line.unit])
            for code, text in texts.items():
                assert words.opening(promise.text) in text, code
                assert said in text, code
                assert line.state[1] in text, code

    def test_says_what_the_target_was_and_why_it_changed(self, files):
        for text in self.texts(files).values():
            assert "Doel was 160, sinds 1 juli 100, omdat: een sessie viel weg." in text

    def test_says_who_wrote_the_story_of_a_goal(self, files):
        for text in self.texts(files).values():
            assert "Het werd een goed jaar." in text
            assert "Fien, 30 november 2026" in text

    def test_says_that_it_is_a_concept_and_of_which_day(self, files):
        for text in self.texts(files).values():
            assert "Concept, stand van 30 november 2026" in text

    def test_says_when_it_was_fixed(self):
        fixed = made.contents(fixed_on=date(2027, 1, 15))

        for code in ("pdf", "docx", "html"):
            text = self.texts({each: written(fixed, each) for each in ("pdf", "docx", "html")})[code]
            assert "Vastgesteld op 15 januari 2027" in text
            assert "oncept" not in text

    def test_names_no_organisation_beyond_those_shown(self):
        many = Evidence(pks=tuple(range(60)), organisations=tuple(range(1, 61)))
        names = {key: f"Gemeente {key:02}" for key in range(1, 61)}
        goal = GoalContents(
            key=1, code="OD1", title="Doel", level="", promises=(made.promise(1, made.line(evidence=many)),)
        )

        text = " ".join(pdf_pages(written(made.contents(goals=(goal,), organisations=names), "pdf")))

        assert "Gemeente 40 en 20 andere" in text
        assert "Gemeente 41" not in text
        assert "Alle rijen staan in het Excelbestand" in text

    def test_is_the_same_file_for_the_same_contents(self, report, files):
        for code in ("pdf", "xlsx", "html"):
            assert written(report, code) == files[code], code


class TestPdf:
    @pytest.mark.parametrize("profile", ["ua1", "2a"])
    def test_passes_the_checker(self, profile):
        found = page.validate_pdf_bytes(usual("pdf"), profile=page.ValidationProfile(profile))

        assert [(each.rule_id, each.message) for each in found.failures] == []
        assert found.is_compliant

    def test_the_checker_finds_a_fault_where_there_is_one(self):
        plain_file = typeset("= Kop", {}, format="pdf", pdf_tags=False)

        assert not page.validate_pdf_bytes(plain_file, profile=page.ValidationProfile.PDF_UA_1).is_compliant

    def test_reads_in_the_order_of_the_page(self):
        report = made.contents()
        # All after the list of contents; of the PDF without the foot of its pages.
        on_page = " ".join(html_words(written(report, "html")))
        on_page = on_page[on_page.index("In het kort Het plan") :].split(" ")
        foot = re.compile(r" ?VVSG – Jaarrapport 2026, concept, stand van 30 november 2026 \d+$")
        on_paper = " ".join(foot.sub("", each) for each in pdf_pages(written(report, "pdf")))
        on_paper = on_paper[on_paper.index("In het kort Het plan") :].split(" ")

        extra = _beyond(on_page, on_paper)

        # What paper has more are the dots of lists and the letters within drawings.
        letters = {*drawing.MONTHS, "•", "doel", "4", "2", "100", "80,42", "70", "75"}
        assert extra is not None
        assert {each for each in extra if each not in letters} == set()

    def test_numbers_its_pages_and_names_itself_beneath(self):
        pages = pdf_pages(usual("pdf"))

        assert all(each.endswith(str(number)) for number, each in enumerate(pages[1:], start=1))
        assert "VVSG – Jaarrapport 2026, concept, stand van 30 november 2026" in pages[2]


def _beyond(within: list[str], words_found: list[str]) -> list[str] | None:
    """Give the words that stand between those of ``within``; nothing if its order is another."""
    extra, rest = [], iter(words_found)
    for wanted in within:
        for found in rest:
            if found == wanted:
                break
            extra.append(found)
        else:
            return None
    return extra


class TestWord:
    @pytest.fixture
    def word(self):
        return docx.Document(BytesIO(usual("docx")))

    def test_has_real_styles(self, word):
        styles = {paragraph.style.name for paragraph in word.paragraphs}

        assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet"} <= styles

    def test_has_headings_in_order(self, word):
        levels = [
            int(paragraph.style.name[-1])
            for paragraph in word.paragraphs
            if paragraph.style.name.startswith("Heading")
        ]

        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))

    def test_repeats_the_heading_of_each_table(self, word):
        assert word.tables
        for table in word.tables:
            first, *others = table._tbl.tr_lst
            assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            assert all(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for row in others)

    def test_says_what_each_picture_shows(self, word):
        shown = [shape._inline.docPr for shape in word.inline_shapes]

        assert shown
        assert all(each.get("descr") or list(each.iter(qn("a:ext"))) for each in shown)
        assert any("Laatste cijfer: 4 op 30 april 2026." in each.get("descr") for each in shown)

    def test_is_in_dutch_and_has_a_title(self, word):
        assert word.core_properties.title == "Jaarrapport 2026"
        assert word.core_properties.language == "nl-BE"
        assert word.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "nl-BE"

    def test_has_a_list_of_contents_that_leads_to_each_heading(self, word):
        body = word.element.body
        targets = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
        links = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))]
        instructions = [each.text for each in body.iter(qn("w:instrText"))]

        assert links
        assert set(links) <= targets
        assert any("TOC" in each for each in instructions)

    def test_opens_in_libreoffice(self, tmp_path):
        office = shutil.which("soffice")
        if office is None:
            pytest.skip("LibreOffice is not installed here")
        (tmp_path / "rapport.docx").write_bytes(usual("docx"))

        home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
        asked = [
            office,
            home,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / "rapport.docx",
        ]
        subprocess.run(asked, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own command

        text = " ".join(pdf_pages((tmp_path / "rapport.pdf").read_bytes()))
        for _goal, promise, line in made.contents().every_line():
            assert words.opening(promise.text) in text
            assert words.figure(line) in text
        assert "Per provincie" in text


class TestWorkbook:
    @pytest.fixture
    def book(self):
        return sheets(usual("xlsx"))

    def test_has_every_figure_as_a_number(self, book):
        heading, *rows = book["Cijfers"]
        figures = [row[heading.index("Cijfer")] for row in rows]
        targets = [row[heading.index("Doel")] for row in rows]

        assert figures == [4.0, 80.42, 75.0, "", ""]
        assert targets == [4.0, 100.0, 70.0, 9.0, ""]

    def test_has_every_row_behind_a_figure(self, book):
        assert book["OD1.1 (1)"] == [
            ["Nummer in het register", "Organisatie"],
            [11.0, "Aalst"],
            [12.0, "Aalst"],
            [15.0, "Brugge"],
            [19.0, ""],
        ]
        assert book["OD1.1 (2)"][1] == [1.0, "Brugge", 40.21]
        assert book["OD1.1 (3)"] == [
            ["Nummer in het register", "Organisatie", "Telt voor", "Van"],
            [4.0, "", 5.0, 6.0],
            [5.0, "", 4.0, 6.0],
        ]

    def test_leads_from_a_figure_to_its_rows(self, book):
        heading, *rows = book["Cijfers"]

        leads = [row[heading.index("Rijen")] for row in rows if row[heading.index("Rijen")]]

        assert leads == ["OD1.1 (1)", "OD1.1 (2)", "OD1.1 (3)"]
        assert set(leads) <= set(book)

    def test_has_days_as_days(self, book):
        assert book["Herzieningen"][2][:2] == [2.0, date(2026, 7, 1)]
        assert book["Verloop"][1][3:5] == [date(2026, 1, 31), 1.0]

    def test_has_effect_reach_and_counting_notes(self, book):
        assert book["Effect"][1][2:] == ["kan ermee aan de slag", 32.0, 59.0]
        assert book["Bereik"][1] == ["Lokale besturen", "Lid of nam deel", 178.0, 285.0]
        assert book["Gemeenten"][1] == ["Aalst", "lid en nam deel"]
        assert book["Telregels"][1][2] == "Hybride telt niet als fysiek."

    def test_goes_on_in_a_next_sheet_once_one_is_full(self, monkeypatch):
        monkeypatch.setattr(xlsx, "SHEET_ROWS", 3)

        book = sheets(written(made.contents(), "xlsx"))

        assert [row[0] for row in book["OD1.1 (1)"]] == ["Nummer in het register", 11.0, 12.0]
        assert [row[0] for row in book["OD1.1 (1) vervolg 2"]] == ["Nummer in het register", 15.0, 19.0]

    def test_names_sheets_once_and_within_what_excel_takes(self):
        codes = ("OD[1]:*?/\\'" + "x" * 40, "OD 1 " + "x" * 40, "", "Cijfers", "𝖈" * 20)
        goals = tuple(
            GoalContents(key=nth, code=code, title="", level="", promises=(made.promise(nth),))
            for nth, code in enumerate(codes, start=1)
        )

        names = list(xlsx.sheet_names(made.contents(goals=goals)).values())

        assert len({each.lower() for each in names}) == len(codes)
        assert all(0 < len(each) <= 31 and not set(each) & set("[]:*?/\\'") for each in names)


class TestOutline:
    def test_leaves_out_chapters_that_would_be_empty(self):
        bare = made.contents(goals=(), revisions=(), reach=None, introduction="")

        headings = [each.text for each in outline.outline(bare).headings()]

        assert headings == ["In het kort"]

    def test_counts_the_promises_by_state_in_short(self):
        said = next(each for each in outline.outline(made.contents()).blocks if isinstance(each, Said))

        assert said.text == (
            "Het plan doet 5 beloften. Daar horen 4 cijfers bij. Op 30 november 2026 zijn er 2 gehaald. "
            "1 loopt nog. Voor 1 is er nog geen cijfer. Eén is een beschrijving, zonder cijfer."
        )

    def test_has_unique_anchors(self):
        anchors = [
            each.anchor for each in outline.outline(made.contents()).blocks if isinstance(each, Heading)
        ]

        assert len(anchors) == len(set(anchors))

    def test_every_table_without_a_caption_is_named_by_a_heading(self):
        blocks = outline.outline(made.contents()).blocks
        anchors = {each.anchor for each in blocks if isinstance(each, Heading)}

        assert all(
            each.caption or set(each.named_by.split()) <= anchors
            for each in blocks
            if isinstance(each, Table)
        )

    def test_says_that_a_plan_was_not_revised(self):
        once = made.contents(revisions=made.contents().revisions[:1])

        said = [each.text for each in annex.revisions(once) if isinstance(each, Said)]

        assert said == ["Het plan geldt sinds 1 januari 2026. Het is daarna niet herzien."]

    def test_adds_up_the_organisations_that_are_not_shown(self):
        evidence = Evidence(
            pks=tuple(range(40)),
            contributions=tuple(Decimal(each) for each in range(40)),
            organisations=tuple(range(1, 21)) * 2,
        )
        found = annex.by_organisation(evidence)

        table = annex._organisations(made.line(evidence=evidence), found, made.contents())

        shown = [row[-1][0].text for row in table.rows]
        assert sum(int(each.replace(".", "")) for each in shown) == sum(range(40))
        assert table.rows[-1][0][0].text == "10 andere"

    def test_draws_no_way_of_a_figure_with_one_known_point(self):
        assert drawing.trend(made.line(trend=((date(2026, 1, 31), Decimal(1)),))) is None


def _as_hex(colour: str, tokens: dict[str, str]) -> str:
    """Write a colour of the style sheet, given by hue, as red, green and blue."""
    plain_colour = re.sub(r"var\(--tk-([a-z]+)\)", lambda found: tokens[found[1]], colour)
    hue, saturation, lightness = (float(each) for each in re.findall(r"[0-9.]+", plain_colour))
    parts = hls_to_rgb(hue / 360, lightness / 100, saturation / 100)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


class TestHouseStyle:
    def test_has_the_colours_of_the_screens(self):
        tokens = dict(re.findall(r"--tk-([a-z-]+): ([^;]+);", TOKENS.read_text("utf-8")))

        for name in ("ink", "ink-soft", "line", "edge", "paper", "wrong", "wrong-soft", "heed", "heed-soft"):
            assert getattr(style, name.upper().replace("-", "_")) == tokens[name]
        for name in ("accent", "accent-deep", "accent-soft"):
            assert getattr(style, name.upper().replace("-", "_")) == _as_hex(tokens[name], tokens)

    def test_groups_thousands_as_people_write_them(self):
        assert words.goal(made.line(target=Decimal(1100))) == "minstens 1.100"
        assert words.figure(replace(made.line(), value=None)) == "niet gekend"
        assert number(Decimal("80.42")) == "80,42"
