"""Words that other forms use for the five steps of a scale; only to propose a step, never to decide."""

from __future__ import annotations

# From the lowest step to the highest, as :func:`trekker.feedback.formats.formsfile.plain` writes them.
LADDERS: tuple[tuple[str, ...], ...] = (
    (
        "helemaal niet tevreden|heel ontevreden|zeer ontevreden|zeer niet tevreden|very dissatisfied",
        "niet tevreden|ontevreden|eerder ontevreden|dissatisfied|somewhat dissatisfied",
        "neutraal|niet tevreden niet ontevreden|neutral|neither satisfied nor dissatisfied",
        "tevreden|eerder tevreden|satisfied|somewhat satisfied",
        "heel tevreden|zeer tevreden|helemaal tevreden|very satisfied",
    ),
    (
        "helemaal oneens|volledig oneens|helemaal mee oneens|helemaal niet akkoord|strongly disagree",
        "oneens|mee oneens|eerder oneens|niet akkoord|disagree|somewhat disagree",
        "neutraal|niet eens niet oneens|neutral|neither agree nor disagree",
        "eens|mee eens|eerder eens|akkoord|agree|somewhat agree",
        "helemaal eens|volledig eens|helemaal mee eens|helemaal akkoord|strongly agree",
    ),
    (
        "helemaal niet|not at all",
        "weinig|niet echt|een beetje|slightly",
        "neutraal|matig|redelijk|moderately",
        "veel|best wel|behoorlijk|very",
        "heel veel|heel erg|zeer veel|extremely",
    ),
    (
        "heel slecht|zeer slecht|very poor",
        "slecht|poor",
        "neutraal|voldoende|redelijk|gemiddeld|fair|average",
        "goed|good",
        "heel goed|zeer goed|uitstekend|very good|excellent",
    ),
)
STEPS = {
    word: step
    for ladder in LADDERS
    for step, words in enumerate(ladder, start=1)
    for word in words.split("|")
}
