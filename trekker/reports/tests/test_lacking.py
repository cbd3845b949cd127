"""What a report lacks is said once, however many figures it touches."""

from trekker.reports.formats import words
from trekker.reports.queries.lacking import what_lacks
from trekker.reports.tests.open_report import line, report


class TestUnknownRows:
    def test_are_named_once_for_all_figures_of_a_goal(self):
        both = [line(2, unknown=((10, "leden zonder organisatie"),)) for _each in range(2)]

        said = [each.words for each in what_lacks(report(*both)) if not each.to_write]

        assert said == ["OD1: 10 leden zonder organisatie. Vul aan."]


class TestShares:
    def test_never_read_as_more_than_they_are(self):
        assert words.share(799, 1000) == "79 %"
        assert words.share(23, 42) == "54 %"
        assert words.share(0, 0) == "–"
