import pytest
from hypothesis import given
from hypothesis import strategies as st

from trekker.plan import lines


@given(st.lists(st.integers(1, 400)))
def test_numbers_written_as_ranges_read_back_as_the_same_numbers(numbers):
    assert lines.read(lines.write(numbers), last=400) == sorted(set(numbers))


def test_ranges_are_short():
    assert lines.write([14, 12, 13, 18]) == "12-14, 18"


@pytest.mark.parametrize("text", ["drie", "3-", "5-2", "0", "401", "1-500", "-1"])
def test_what_is_no_line_of_the_text_is_refused(text):
    with pytest.raises(lines.NotLines):
        lines.read(text, last=400)
