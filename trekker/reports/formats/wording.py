"""Parts of a Word document that python-docx leaves to its XML: styles, fields, bookmarks, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from trekker.reports.formats import style
from trekker.reports.formats.document import Cell, Column, Document, Look

NAME_LENGTH = 40  # of a bookmark
TWIPS = 567  # in a centimetre
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def colour(code: str) -> RGBColor:
    """Give a colour of the house style as Word writes it."""
    return RGBColor.from_string(code.lstrip("#").upper())


def bookmark(anchor: str) -> str:
    """Name the place of a heading: letters, digits and lines only."""
    return f"_{anchor.replace('-', '_')}"[:NAME_LENGTH]


def element(tag: str, /, **attributes: str) -> Any:
    """Make an element of Word, such as ``w:shd`` with its attributes."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


# -- styles -----------------------------------------------------------------------------------------
def dress(word: Word, document: Document, made_at: datetime) -> None:
    """Give a new document its page, language, properties, styles and footer."""
    core = word.core_properties
    core.title, core.author, core.subject = document.title, document.owner, document.subtitle
    core.language, core.comments, core.keywords = f"{style.LANGUAGE}-{style.REGION}", document.state, ""
    core.created = core.modified = made_at.replace(tzinfo=None, microsecond=0)
    core.last_modified_by = document.owner
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
    section.different_first_page_header_footer = True
    _language(word)
    word.settings.element.find(qn("w:defaultTabStop")).addnext(element("w:autoHyphenation", val="true"))
    _styles(word)
    _footer(word, f"{document.owner} – {document.title}, {document.state}")


def _language(word: Word) -> None:
    code = f"{style.LANGUAGE}-{style.REGION}"
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=code, eastAsia=code, bidi="ar-SA"))


def _styles(word: Word) -> None:
    normal = word.styles["Normal"]
    _font(normal, style.BODY, colour(style.INK))
    _spacing(normal, after=6, line=1.15)
    for level, size in enumerate(style.HEADINGS, start=1):
        heading = word.styles[f"Heading {level}"]
        _font(heading, size, colour(style.ACCENT if level < 3 else style.INK), bold=True)  # noqa: PLR2004
        _spacing(heading, before=(24, 20, 14)[level - 1], after=6, line=1.05)
        heading.paragraph_format.keep_with_next = True
    _font(word.styles["Title"], 40, colour(style.ACCENT), bold=True)
    _spacing(word.styles["Title"], before=120, after=10, line=1.0)
    for rule in word.styles["Title"].element.iter(qn("w:pBdr")):
        rule.getparent().remove(rule)
    _font(word.styles["Subtitle"], 18, colour(style.INK_SOFT))
    _spacing(word.styles["Subtitle"], after=180)
    _font(word.styles["Caption"], style.SMALL, colour(style.INK_SOFT), bold=True)
    _spacing(word.styles["Caption"], before=10, after=4)
    _font(word.styles["List Bullet"], style.BODY, colour(style.INK))
    _spacing(word.styles["List Bullet"], after=4)
    for name, size, paint, bold, before, after in (
        ("Intro", 13, style.INK, False, 0, 8),
        ("Opmerking", style.SMALL, style.INK_SOFT, False, 0, 6),
        ("Omslag", 13, style.ACCENT, False, 0, 4),
        ("Inhoudstitel", style.HEADINGS[0], style.ACCENT, True, 0, 12),
        ("Feit", 9.5, style.INK, False, 0, 2),
        ("Verhaal", style.BODY, style.INK, False, 0, 6),
        ("Ondertekening", style.SMALL, style.INK_SOFT, False, 0, 12),
        ("Tekening", style.BODY, style.INK, False, 0, 8),
        ("Na tabel", 4, style.INK, False, 0, 6),
        ("Inhoud 1", style.BODY, style.INK, True, 6, 2),
        ("Inhoud 2", style.BODY, style.INK, False, 0, 2),
        ("Cel", 9.5, style.INK, False, 0, 1),
    ):
        made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = normal
        _font(made, size, colour(paint), bold=bold)
        _spacing(made, before=before, after=after)
    word.styles["Inhoud 2"].paragraph_format.left_indent = Cm(0.6)
    for name in ("Verhaal", "Ondertekening"):
        _bar(word.styles[name])
    _table_style(word)


def _font(named: Any, size: float, paint: RGBColor, *, bold: bool = False) -> None:
    font = named.font
    font.name, font.size, font.bold, font.italic = style.OFFICE_FONT, Pt(size), bold, False
    font.color.rgb = paint
    fonts = named.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), style.OFFICE_FONT)


def _spacing(named: Any, *, before: float = 0, after: float = 0, line: float = 1.1) -> None:
    form = named.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line


def _bar(named: Any) -> None:
    """Draw a bar along the left of a style: what someone wrote."""
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="18", space="10", color=style.ACCENT.lstrip("#")))
    properties = named.element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(borders)
    named.paragraph_format.left_indent = Cm(0.5)


def _table_style(word: Word) -> None:
    made = word.styles.add_style("Rapporttabel", WD_STYLE_TYPE.TABLE)
    made.base_style = word.styles["Normal Table"]
    line = style.LINE.lstrip("#")
    borders = element("w:tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=line))
    margins = element("w:tblCellMar")
    for side, width in (("top", "50"), ("left", "60"), ("bottom", "50"), ("right", "60")):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    properties = element("w:tblPr")
    properties.append(borders)
    properties.append(margins)
    made.element.append(properties)
    first = element("w:tblStylePr", type="firstRow")
    letters = element("w:rPr")
    letters.append(element("w:b"))
    letters.append(element("w:color", val=style.INK_SOFT.lstrip("#")))
    cells = element("w:tcPr")
    rules = element("w:tcBorders")
    rules.append(element("w:bottom", val="single", sz="8", space="0", color=style.ACCENT.lstrip("#")))
    cells.append(rules)
    first.append(letters)
    first.append(cells)
    made.element.append(first)


def _footer(word: Word, text: str) -> None:
    footer = word.sections[0].footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = word.styles["Opmerking"]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{text}\t")
    _field(paragraph, "PAGE", "1")


# -- fields and bookmarks ---------------------------------------------------------------------------
def _field(paragraph: Paragraph, code: str, shown: str) -> None:
    for part in ("begin", None, "separate"):
        run = paragraph.add_run()._r  # noqa: SLF001 - python-docx has no fields
        if part:
            run.append(element("w:fldChar", fldCharType=part))
        else:
            run.append(_instruction(code))
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))  # noqa: SLF001


def _instruction(code: str) -> Any:
    made = OxmlElement("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = f" {code} "
    return made


def contents(word: Word, entries: Sequence[tuple[int, str, str]], *, deepest: int) -> None:
    """
    Write a list of contents as a field, filled with (level, text, bookmark); Word adds the pages.

    It is filled, so that it reads well before anyone asks Word to bring it up to date.
    """
    last = len(entries) - 1
    for place, (level, text, mark) in enumerate(entries):
        paragraph = word.add_paragraph(style=f"Inhoud {level}")
        if place == 0:
            begin = element("w:fldChar", fldCharType="begin", dirty="true")
            for part in (begin, _instruction(f'TOC \\o "1-{deepest}" \\h \\z \\u'), _separate()):
                paragraph.add_run()._r.append(part)  # noqa: SLF001
        link = element("w:hyperlink", anchor=mark, history="1")
        run = element("w:r")
        words = OxmlElement("w:t")
        words.set(qn("xml:space"), "preserve")
        words.text = text
        run.append(words)
        link.append(run)
        paragraph._p.append(link)  # noqa: SLF001
        if place == last:
            paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))  # noqa: SLF001


def _separate() -> Any:
    return element("w:fldChar", fldCharType="separate")


@contextmanager
def marked(paragraph: Paragraph, name: str, number: int) -> Iterator[None]:
    """Put a bookmark around what is added to a paragraph meanwhile."""
    paragraph._p.append(element("w:bookmarkStart", id=str(number), name=name))  # noqa: SLF001
    yield
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001


def decorative(inline: Any) -> None:
    """Say of a picture that it only decorates: a reader of screens passes it by."""
    properties = inline._inline.docPr  # noqa: SLF001
    properties.set("descr", "")
    links = OxmlElement("a:extLst")
    link = OxmlElement("a:ext")
    link.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    mark = link.makeelement(f"{{{DECORATIVE}}}decorative", {"val": "1"}, nsmap={"adec": DECORATIVE})
    link.append(mark)
    links.append(link)
    properties.append(links)


# -- tables -----------------------------------------------------------------------------------------
def table(
    word: Word, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, width: float, size: float
) -> Any:
    """Write a table: a heading row that comes back on each page, rows that no page breaks."""
    look = word.styles["Cel"].style_id
    weights = sum(column.weight for column in columns)
    widths = [str(round(TWIPS * width * column.weight / weights)) for column in columns]
    made = element("w:tbl")
    properties = element("w:tblPr")
    properties.append(element("w:tblStyle", val=word.styles["Rapporttabel"].style_id))
    properties.append(element("w:tblW", w=str(sum(map(int, widths))), type="dxa"))
    properties.append(element("w:tblLayout", type="fixed"))
    properties.append(element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0"))
    made.append(properties)
    grid = element("w:tblGrid")
    for each in widths:
        grid.append(element("w:gridCol", w=each))
    made.append(grid)
    heading = _row(is_heading=True)
    for column, each in zip(columns, widths, strict=True):
        heading.append(
            _cell(word, (look, each, column), [(column.label, Look.STRONG, "")], min(size, style.SMALL))
        )
    made.append(heading)
    for row in rows:
        line = _row(is_heading=False)
        for column, each, cell in zip(columns, widths, row, strict=True):
            line.append(
                _cell(word, (look, each, column), [(said.text, said.look, said.tone) for said in cell], size)
            )
        made.append(line)
    word.element.body.insert_element_before(made, "w:sectPr")
    return made


def _row(*, is_heading: bool) -> Any:
    row = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:cantSplit"))
    if is_heading:
        properties.append(element("w:tblHeader"))
    row.append(properties)
    return row


def _cell(
    word: Word, place: tuple[str, str, Column], lines: Sequence[tuple[str, Look, str]], size: float
) -> Any:
    style_id, width, column = place
    cell = element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", w=width, type="dxa"))
    cell.append(properties)
    for text, look, tone in lines or [("", Look.PLAIN, "")]:
        paragraph: Any = OxmlElement("w:p")
        paragraph.style = style_id
        cell.append(paragraph)
        wrapped = Paragraph(paragraph, word._body)  # noqa: SLF001 - the one way to fill what we made
        if column.numbers:
            wrapped.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = wrapped.add_run(text)
        run.font.size = Pt(min(size, 8.5) if look is Look.QUIET else size)
        if look is Look.STRONG:
            run.bold = True
        if look is Look.QUIET:
            run.font.color.rgb = colour(style.INK_SOFT)
        if tone in style.TONES:
            run.font.color.rgb = colour(style.TONES[tone])
    return cell


def describe(made: Any, title: str, description: str) -> None:
    """Name a table for who cannot see it."""
    properties = made.find(qn("w:tblPr"))
    look = properties.find(qn("w:tblLook"))
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        if text:
            said = element(name, val=text)
            properties.append(said)
    if look is not None:
        properties.find(qn("w:tblLayout")).addnext(look)
