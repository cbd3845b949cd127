"""Letters without a shape become a square, wherever they stand."""

from trekker.kernel.typesetting import drawable, undrawable


def test_only_what_no_font_has_cannot_be_drawn():
    assert undrawable(["日 é 😀 ž", "Ж\x07"]) == {"日", "😀", "\x07"}


def test_a_square_stands_for_each_in_every_text():
    facts = {"name": "Li 李", "days": ("1 mei", "😀"), "rows": [{"label": "é"}], "many": 3}

    assert drawable(facts) == {"name": "Li □", "days": ["1 mei", "□"], "rows": [{"label": "é"}], "many": 3}
