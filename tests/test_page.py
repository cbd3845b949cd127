"""Each promise of a page is kept by a good page, and each breach of it is seen."""

import pytest

from tests.page import NotAsPromised, Page

GOOD = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Welkom</title></head>
<body><main><h1>Welkom</h1><h2>Zoeken</h2><p>Zoek hier een naam.</p>
<form action="/zoek/" method="post" novalidate>
<input type="hidden" name="csrfmiddlewaretoken" value="x">
<label for="q">Naam</label><input id="q" name="q"><button>Zoek</button></form>
<img src="/static/x.svg" alt=""></main></body></html>"""

LONG = " ".join(["woord"] * 21)
SLOW = "Een zin met net iets meer dan twaalf woorden is op zichzelf goed. " * 4
HARD = "Digitale inclusiecoördinatoren organiseren intergemeentelijke intervisiebijeenkomsten. " * 8


def test_a_good_page_passes():
    Page(GOOD).check()


@pytest.mark.parametrize(
    ("promise", "before", "after"),
    [
        ("standard", "</h1>", "</h2>"),
        ("standard", "<!doctype html>", ""),
        ("language", 'lang="nl"', 'lang="en"'),
        ("heading", "<h2>Zoeken</h2>", "<h1>Zoeken</h1>"),
        ("heading", "<h1>Welkom</h1>", "<h1></h1>"),
        ("title", "<title>Welkom</title>", "<title></title>"),
        ("title", "<title>", "<title>Fout: "),
        ("title", "<h2>", '<div class="tk-errors">Fouten</div><h2>'),
        ("ids", "<p>", '<p id="q">'),
        ("labels", '<label for="q">', '<label for="anders">'),
        ("labels", "<button>Zoek</button>", "<button></button>"),
        ("alternatives", ' alt=""', ""),
        ("alternatives", "<h2>", '<svg role="img"></svg><h2>'),
        ("forms", 'action="/zoek/"', ""),
        ("forms", "csrfmiddlewaretoken", "iets"),
        ("forms", " novalidate", ""),
        ("nothing_inline", "<p>", '<p style="color: red">'),
        ("nothing_inline", "<p>", '<p onclick="x()">'),
        ("nothing_inline", "<p>", "<script>x()</script><p>"),
        ("nothing_inline", "<meta", "<style>p { color: red }</style><meta"),
        ("nothing_from_others", "/static/x.svg", "https://elders.example/x.svg"),
        ("nothing_from_others", "/static/x.svg", "//elders.example/x.svg"),
        ("weight", "<p>", "<!-- " + "x" * 50_000 + " --><p>"),
        ("levels", "<h2>Zoeken</h2>", "<h3>Zoeken</h3>"),
        ("plain_dutch", "Zoek hier een naam", LONG),
        ("plain_dutch", "Zoek hier een naam.", SLOW),
        ("plain_dutch", "Zoek hier een naam.", HARD),
        ("plain_dutch", "<h2>Zoeken", f"<h2>{LONG}"),
    ],
)
def test_a_breach_is_seen(promise, before, after):
    assert before in GOOD

    with pytest.raises(NotAsPromised, match=rf"\n  {promise}: "):
        Page(GOOD.replace(before, after, 1)).check()


def test_the_back_office_may_style_its_own_pages():
    Page(GOOD.replace("<p>", '<p style="color: red">'), "/beheer/").check()


def test_a_piece_of_a_page_needs_no_heading_but_does_need_labels():
    Page("<p>Geen resultaten.</p>").check()

    with pytest.raises(NotAsPromised, match="labels"):
        Page('<p>Zoek <input name="q"></p>').check()
