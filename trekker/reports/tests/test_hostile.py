"""What others typed breaks no report and runs nowhere: not in Typst, not in a page, not in a sheet."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trekker.reports.contents import GoalContents, Narrative
from trekker.reports.formats import typesetting, words
from trekker.reports.tests import contents as made
from trekker.reports.tests.reading import html_words, pdf_pages, plain, sheets, word_text, written

HOSTILE = (
    "#panic[x] *vet* _schuin_ <script>alert(1)</script> @naam $x$ `code` \\",
    '=1+1 =HYPERLINK("http://x") +1 -1 @SUM(A1)',
    "{{ settings.SECRET_KEY }} {% debug %} &amp; ]]> %s %d %(x)s",
    "Donaudampfschifffahrt" * 12,
    "klok\x07\x00\x1b[31m en\x0bnog\u2028een",
    "emoji 😀🎉 en 日本語 en العربية en עברית",
    "\u202eomgekeerd\u202c \ufffe\uffff \u200bnul \u00adzacht",
    "=cmd|'/c calc'!A1",
)


class TestWhatOthersTyped:
    def hostile(self, text):
        goal = GoalContents(
            key=1,
            code=text[:20],
            title=text,
            level="",
            text=text,
            leads=(text,),
            actions=((text, text, text),),
            promises=(
                made.promise(
                    1, made.line(unit=text, sentence=text, definition=text), text=text, counting_note=text
                ),
            ),
            effect=made.contents().goals[0].below[0].effect,
            narrative=Narrative(text=f"{text}\n\n{text}", by=text, at=made.MADE_AT),
        )
        return made.contents(
            title=text,
            owner=text,
            plan=text,
            introduction=text,
            goals=(goal,),
            organisations=dict.fromkeys((7, 8, 9), text),
        )

    @pytest.mark.parametrize("text", HOSTILE)
    def test_stands_in_the_pdf_as_it_was_typed(self, text):
        data = written(self.hostile(text), "pdf")

        assert page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1).is_compliant
        wanted = words.clean(text)
        for strange in typesetting.undrawable([wanted]):
            wanted = wanted.replace(strange, typesetting.INSTEAD)
        first = wanted.split(" ")[0]
        assert plain(first) in "".join(pdf_pages(data)).replace(" ", "") or not wanted.isascii()

    @pytest.mark.parametrize("text", HOSTILE)
    def test_stands_in_word_as_it_was_typed(self, text):
        assert plain(words.clean(text)) in word_text(written(self.hostile(text), "docx"))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_adds_no_element_to_a_page(self, text):
        data = written(self.hostile(text), "html")

        assert b"<script" not in data
        assert plain(words.clean(text)) in " ".join(html_words(data))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_is_never_a_formula_or_a_link(self, text):
        data = written(self.hostile(text), "xlsx")

        assert b"<f>" not in _unpacked(data)
        assert b"TargetMode" not in _unpacked(data)
        assert sheets(data)["Cijfers"][1][2] == words.clean(text)

    @settings(max_examples=25, deadline=None)
    @given(st.text(min_size=1, max_size=60))
    def test_breaks_no_writer(self, text):
        report = self.hostile(text)

        assert all(written(report, code) for code in ("docx", "html", "xlsx"))

    def test_a_letter_without_a_shape_becomes_a_square(self):
        assert typesetting.undrawable(["日 é 😀 ž"]) == {"日", "😀"}


def _unpacked(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as book:
        return b"".join(book.read(name) for name in book.namelist() if "worksheets/" in name)
