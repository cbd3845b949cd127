"""The meter for plain Dutch counts as a teacher would."""

import pytest

from trekker.kernel import plain


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("trekker", 2),
        ("organisatie", 5),
        ("geëerd", 2),
        ("coördinator", 5),
        ("leeuw", 1),
        ("draaien", 2),
        ("huis", 1),
        ("bijeenkomst", 3),
        ("ideeën", 3),
        ("VVSG", 1),
        ("2026", 1),
        ("Donderdag", 1),
        ("januari", 1),
    ],
)
def test_counts_syllables(word, count):
    assert plain.syllables(word) == count


def test_splits_sentences_but_not_at_shortenings_or_numbers():
    found = plain.sentences("Er zijn 1.100 leden. Bel bv. morgen! Mail hulp@voorbeeld.be gerust.")

    assert found == ["Er zijn 1.100 leden", "Bel bv. morgen", "Mail hulp@voorbeeld.be gerust"]


def test_a_sentence_ends_with_its_block():
    assert plain.read(["Een kop", "En een zin."]).sentences == ("Een kop", "En een zin")


def test_gives_the_figure_of_flesch_and_douma():
    reading = plain.read(["De man loopt naar huis."])

    assert reading.average == 5
    assert reading.ease == pytest.approx(206.84 - 0.93 * 5 - 77 * 5 / 5)


def test_a_text_without_words_has_no_faults():
    assert plain.read(["", "–"]).faults() == []
    assert plain.read([]).ease == 100
    assert plain.read([]).average == 0


def test_names_each_fault_of_a_hard_text():
    hard = "Intergemeentelijke samenwerkingsverbanden organiseren " + "bijkomende " * 20

    faults = plain.read([hard, hard]).faults()

    assert len(faults) == 4
    assert "zin van 23 woorden" in faults[0]
    assert "gemiddeld" in faults[2]
    assert "leesgemak" in faults[3]


def test_holds_a_short_text_only_to_its_sentences():
    assert plain.read(["Intergemeentelijke samenwerkingsverbanden organiseren bijeenkomsten."]).faults() == []
