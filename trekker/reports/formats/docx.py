"""A report as a Word document to go on editing: real styles, headings, lists, captions and tables."""

from __future__ import annotations

from datetime import datetime
from functools import singledispatchmethod
from io import BytesIO

import docx
from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from trekker.reports.formats import style, typesetting, wording
from trekker.reports.formats.document import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Key,
    Look,
    Picture,
    Pictures,
    Points,
    Said,
    Story,
    Table,
    Tally,
)
from trekker.reports.formats.wording import colour

WIDTH = 16.4  # centimetres between the margins
NARROW = 9.5  # of a drawing that stands beside another on paper
POINTS = 28.35  # in a centimetre
DEEPEST = 2  # level of headings in the list of contents
STYLES = {Look.PLAIN: "Normal", Look.LEAD: "Intro", Look.QUIET: "Opmerking", Look.STRONG: "Normal"}


def write(document: Document, made_at: datetime) -> bytes:
    """Write the report as a Word document."""
    word = docx.Document()
    wording.dress(word, document, made_at)
    _cover(word, document)
    _contents(word, document)
    drawer = _Drawer(word)
    for block in document.blocks:
        drawer.draw(block)
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def _cover(word: Word, document: Document) -> None:
    word.add_paragraph(document.owner, style="Omslag")
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(document.subtitle, style="Subtitle")
    word.add_paragraph(document.period, style="Omslag")
    said = word.add_paragraph(document.state[:1].upper() + document.state[1:], style="Omslag")
    said.runs[0].bold = True
    said.add_run().add_break(WD_BREAK.PAGE)


def _contents(word: Word, document: Document) -> None:
    """Write the list of contents as a field: it leads to each heading, and Word adds the pages."""
    word.add_paragraph("Inhoud", style="Inhoudstitel")
    entries = [(each.level, each.text, wording.bookmark(each.anchor)) for each in document.headings()]
    wording.contents(word, entries, deepest=DEEPEST)


class _Drawer:
    """Draws blocks one after the other."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.marks = 0

    @singledispatchmethod
    def draw(self, block: Block) -> None:
        """
        Draw one block.

        :raises TypeError: for a block of a kind that is not known
        """
        raise TypeError(f"{type(block).__name__} cannot be drawn")

    @draw.register
    def _said(self, block: Said) -> None:
        run = self.word.add_paragraph(style=STYLES[block.look]).add_run(block.text)
        run.bold = True if block.look is Look.STRONG else None
        if block.tone in style.TONES:
            run.font.color.rgb = colour(style.TONES[block.tone])

    @draw.register
    def _heading(self, block: Heading) -> None:
        paragraph = self.word.add_paragraph(style=f"Heading {block.level}")
        paragraph.paragraph_format.page_break_before = True if block.opens else None
        self.marks += 1
        with wording.marked(paragraph, wording.bookmark(block.anchor), self.marks):
            paragraph.add_run(block.text)

    @draw.register
    def _points(self, block: Points) -> None:
        for item in block.items_said:
            self.word.add_paragraph(item, style="List Bullet")

    @draw.register
    def _story(self, block: Story) -> None:
        for each in block.paragraphs:
            self.word.add_paragraph(each, style="Verhaal")
        if block.signed:
            self.word.add_paragraph(block.signed, style="Ondertekening")

    @draw.register
    def _facts(self, block: Facts) -> None:
        for name, value in block.pairs:
            paragraph = self.word.add_paragraph(style="Feit")
            paragraph.add_run(name).bold = True
            paragraph.add_run(f"  {value}")

    @draw.register
    def _tally(self, block: Tally) -> None:
        columns = tuple(Column(label[:1].upper() + label[1:]) for _many, label, _tone in block.counts)
        row = tuple((Said(str(many), Look.STRONG, tone),) for many, _label, tone in block.counts)
        table = wording.table(self.word, columns, (row,), width=WIDTH, size=24)
        wording.describe(table, "In het kort", "Hoeveel cijfers in elke stand zijn.")

    @draw.register
    def _pictures(self, block: Pictures) -> None:
        for picture in block.drawings:
            self._picture(picture, NARROW if block.across > 1 else WIDTH)

    def _picture(self, picture: Picture, width: float) -> None:
        self.word.add_paragraph(picture.caption, style="Caption").paragraph_format.keep_with_next = True
        image = BytesIO(typesetting.png(picture.svg, width=width * POINTS))
        paragraph = self.word.add_paragraph(style="Tekening")
        inline = paragraph.add_run().add_picture(image, width=Cm(width))
        properties = inline._inline.docPr  # noqa: SLF001 - python-docx has no other way to an alt text
        properties.set("descr", picture.alt)
        properties.set("title", picture.caption)

    @draw.register
    def _key(self, block: Key) -> None:
        for sample in block.samples:
            paragraph = self.word.add_paragraph(style="Feit")
            image = BytesIO(typesetting.png(sample.svg, width=18))
            inline = paragraph.add_run().add_picture(image, height=Pt(9))
            wording.decorative(inline)
            paragraph.add_run(f"  {sample.label}")

    @draw.register
    def _table(self, block: Table) -> None:
        if block.caption:
            self.word.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
        size = style.TINY if block.dense else 9.5
        width = WIDTH * 0.62 if block.narrow else WIDTH
        table = wording.table(self.word, block.columns, block.rows, width=width, size=size)
        wording.describe(table, block.caption, "")
        self.word.add_paragraph(style="Na tabel")
