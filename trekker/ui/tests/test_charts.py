"""Charts lie where the figures say, and never draw what is not known."""

from decimal import Decimal

import pytest

from trekker.ui import charts


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1100, "1.100"),
        (2.5, "2,5"),
        (Decimal("80.42"), "80,42"),
        (Decimal("12.00"), "12"),
        (None, "–"),
        (0, "0"),
    ],
)
def test_writes_numbers_the_dutch_way(value, shown):
    assert charts.number(value) == shown


def test_the_highest_value_is_at_the_top_and_zero_at_the_bottom():
    line = charts.line([("jan", 0), ("feb", 10)])

    assert [spot.y for spot in line.spots] == [charts.BOTTOM, charts.TOP]
    assert [spot.x for spot in line.spots] == [charts.LEFT, charts.RIGHT]


def test_a_target_above_every_value_fits_in_the_drawing():
    line = charts.line([("jan", 5)], target=10)

    assert line.target_y == charts.TOP
    assert line.spots[0].y == (charts.TOP + charts.BOTTOM) / 2


def test_an_unknown_value_leaves_a_gap():
    line = charts.line([("jan", 1), ("feb", 2), ("mrt", None), ("apr", 3), ("mei", 4)])

    assert len(line.stretches) == 2
    assert line.spots[2].shown == "niet gekend"
    assert line.last.label == "mei"


def test_the_room_beneath_each_stretch_is_closed_along_the_axis():
    line = charts.line([("jan", 0), ("feb", 10)])

    assert line.areas == ("2.0,82.0 2.0,82.0 96.0,14.0 96.0,82.0",)


@pytest.mark.parametrize(("value", "below"), [(99, True), (50, False), (100, False)])
def test_the_last_figure_keeps_clear_of_the_target(value, below):
    assert charts.line([("jan", value)], target=100).label_below is below


def test_without_a_target_the_last_figure_stands_above_its_point():
    assert charts.line([("jan", 1)]).label_below is False


def test_a_line_of_which_nothing_is_known_has_no_last_value():
    line = charts.line([("jan", None)])

    assert line.last is None
    assert line.stretches == ()


def test_the_longest_bar_takes_the_full_width():
    assert [bar.length for bar in charts.bars([("a", 5), ("b", 10), ("c", 0)])] == [50.0, 100.0, 0.0]


def test_a_share_stays_between_nothing_and_all():
    assert charts.share(3, 12) == 25.0
    assert charts.share(15, 12) == 100.0
    assert charts.share(-1, 12) == 0.0
    assert charts.share(1, 0) == 0.0


def test_words_stand_above_their_bar_in_lines_that_fit_on_a_phone():
    laid = charts.slats([("Ja", "3 (60 %)", 60.0, None), ("woord " * 10, "2 (40 %)", 40.0, (12.0, 77.0))])

    first, second = laid.rows
    assert (len(first.lines), len(second.lines)) == (1, 2)
    assert first.lines[0][0] < first.top < second.lines[0][0] < second.lines[1][0] < second.top
    assert laid.height == second.top + charts.BAR_HEIGHT
    assert max(len(line) for row in laid.rows for _y, line in row.lines) <= charts.LETTERS


def test_a_bar_of_all_leaves_room_for_its_figure():
    whole, span = charts.slats([("Alles", "", 100.0, None), ("Deels", "", 50.0, (0.0, 100.0))]).rows

    assert whole.length == charts.WIDEST
    assert span.span == (0.0, charts.WIDEST)
    assert span.width == charts.WIDEST


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0 %"), (0.4, "minder dan 1 %"), (55.5, "56 %"), (99.6, "meer dan 99 %"), (100, "100 %")],
)
def test_never_says_nobody_or_everybody_of_almost(value, shown):
    assert charts.percent(value) == shown
