"""A certificate is drawn whatever someone is called, and stays readable for everyone."""

from datetime import UTC

import page
import pypdfium2
import pytest

from trekker.events.formats.certificate import Certificate, draw
from trekker.events.tests.factories import NOW

MADE_AT = NOW.astimezone(UTC)


@pytest.mark.parametrize(
    ("name", "written"),
    [("Žana Đorđević", "Žana Đorđević"), ("Li 李", "Li □"), ("An 😀", "An □"), ("An\x07Bo", "An□Bo")],
)
def test_any_name_can_stand_on_it(name, written):
    made = draw(Certificate(name, "Digihulp 日", "2", "2", ("1 mei 2026",), "Gent", "2 mei 2026"), MADE_AT)

    text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    assert written in text
    assert "Digihulp □" in text
    assert page.validate_pdf_bytes(made, profile=page.ValidationProfile.PDF_UA_1).is_compliant
