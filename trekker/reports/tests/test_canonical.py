"""The same contents give the same bytes, and come back from them."""

import dataclasses
import json
from array import array
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trekker.reports.contents import Contents, Evidence, Line
from trekker.reports.formats import canonical
from trekker.reports.tests.contents import contents, line

numbers = st.integers(0, 2**62)
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=0, max_value=10**9)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def evidences(draw):
    rows = draw(st.lists(st.tuples(numbers, amounts, amounts, numbers), max_size=8))
    kinds = draw(st.integers(0, 2))
    return Evidence(
        pks=array("q", [row[0] for row in rows]),
        contributions=[row[1] for row in rows] if kinds else (),
        wholes=[row[2] for row in rows] if kinds == 2 else (),
        organisations=array("q", [row[3] for row in rows]),
    )


def with_line(changed: Line) -> Contents:
    whole = contents()
    (first, *rest) = whole.goals
    goal = next(each for each in whole.every_goal() if each.promises)
    promise = dataclasses.replace(goal.promises[0], lines=(changed,))
    return dataclasses.replace(
        whole, goals=(dataclasses.replace(goal, promises=(promise,), below=()), first, *rest)
    )


class TestBytes:
    @given(evidences(), amounts, words)
    def test_come_back_as_the_same_bytes(self, evidence, value, text):
        whole = with_line(line(value=value, sentence=text, evidence=evidence))

        data = canonical.to_bytes(whole)
        back = canonical.from_bytes(data)

        assert canonical.to_bytes(back) == data
        found = next(line for _goal, _promise, line in back.every_line())
        assert list(found.evidence.rows()) == list(evidence.rows())
        assert (found.value, found.sentence) == (value, text)

    def test_of_a_whole_report_come_back_as_that_report(self):
        whole = contents()

        back = canonical.from_bytes(canonical.to_bytes(whole))

        assert canonical.plain(back) == canonical.plain(whole)
        assert back.made_at == whole.made_at
        assert back.organisations == dict(whole.organisations)

    def test_do_not_depend_on_how_a_figure_or_a_moment_is_written(self):
        brussels = timezone(timedelta(hours=1))
        one = dataclasses.replace(
            with_line(line(value=Decimal("80.50"))), made_at=datetime(2026, 11, 30, 10, 30, tzinfo=brussels)
        )
        other = dataclasses.replace(
            with_line(line(value=Decimal("80.5"))), made_at=datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
        )

        assert canonical.to_bytes(one) == canonical.to_bytes(other)

    def test_hold_no_fraction_of_a_binary_number(self):
        with pytest.raises(TypeError):
            canonical.to_bytes(with_line(line(filters={"hours": [0.1]})))

        assert not any(isinstance(each, float) for each in flat(json.loads(canonical.to_bytes(contents()))))

    @pytest.mark.parametrize(
        ("value", "text"),
        [("80.420", "80.42"), ("1100", "1100"), ("-0", "0"), ("1E+3", "1000"), ("0.00", "0")],
    )
    def test_write_a_decimal_in_one_way(self, value, text):
        assert canonical.decimal_text(Decimal(value)) == text

    def test_of_rows_with_a_column_cut_short_are_refused(self):
        evidence = Evidence(pks=array("q", [1, 2]), organisations=array("q", [1]))

        with pytest.raises(ValueError, match="not whole"):
            canonical.from_bytes(canonical.to_bytes(with_line(line(evidence=evidence))))

    def test_of_an_older_form_are_read_with_what_they_do_not_say_left_out(self):
        old = json.loads(canonical.to_bytes(contents()))
        del old["introduction"]
        for goal in old["goals"]:
            goal["unheard_of"] = 1

        assert canonical.read(Contents, old).introduction == ""


def flat(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    yield value
    for each in inner:
        yield from flat(each)
