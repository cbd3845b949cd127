"""A mail reads well as text and as HTML, and a value is never more than literal text."""

from dataclasses import replace

import html5lib
import pytest

from tests.page import Page, language, standard
from trekker.mail.formats import to_plain, write
from trekker.mail.registry import Kind, declare, unknown_placeholders
from trekker.mail.tests.factories import CONFIRMATION, GREETING

LINK = "http://127.0.0.1:8000/inschrijving/x/"
PAYLOADS = [
    "{event.__init__.__globals__}",
    "{{ settings.SECRET_KEY }}",
    "%(naam)s %s",
    "[link]",
    "${7*7}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "**vet** _schuin_ `code`",
    "[klik](https://kwaad.example)",
    "<https://kwaad.example>",
    "https://kwaad.example/?a=<b>",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;",
]


def written(text, values=None, kind=GREETING, subject="Dag [naam]", **more):
    return write(kind, subject, text, {"naam": "Fien", "link": LINK, **(values or {})}, **more)


def body(html):
    return html5lib.parse(html, namespaceHTMLElements=False).find(".//main")


class TestValues:
    @pytest.mark.parametrize("payload", PAYLOADS)
    def test_stay_literal_in_subject_text_and_html(self, payload):
        mail = written("Dag [naam]!", {"naam": payload})

        assert mail.subject == f"Dag {payload}"
        assert mail.text == f"Dag {payload}!\n"
        main = body(mail.html)
        assert "".join(main.itertext()).strip() == f"Dag {payload}!"
        assert [each.tag for each in main.iter()] == ["main", "p"]

    @pytest.mark.parametrize("payload", ["{event.x}", "{{ 7|add:7 }}", "%(x)s", "{% now 'Y' %}", "${x}"])
    def test_are_the_only_thing_that_is_filled_in(self, payload):
        mail = written(payload, subject=payload)

        assert (mail.subject, mail.text) == (payload, f"{payload}\n")
        assert "".join(body(mail.html).itertext()).strip() == payload

    def test_reach_nothing_behind_a_name(self):
        mail = written("{event.__init__.__globals__} [naam.__class__] [__class__]", subject="{naam.__init__}")

        assert mail.subject == "{naam.__init__}"
        assert mail.text == "{event.init.globals} [naam.class] [class]\n"  # bold, as marked text has it

    def test_cannot_add_a_header_or_turn_the_text_around(self):
        mail = written("x", {"naam": "Fien\r\nBcc: a@b.example\u2028\u202eneiF"})

        assert mail.subject == "Dag Fien Bcc: a@b.example neiF"

    def test_become_a_link_where_the_placeholder_is_ours(self):
        mail = written("Kijk op [link]")

        assert [each.get("href") for each in body(mail.html).iter("a")] == [LINK]
        assert LINK in mail.text

    @pytest.mark.parametrize("value", ["javascript:alert(1)", "http://a b", 'http://a"onclick=', ""])
    def test_become_no_link_when_they_are_no_web_address(self, value):
        mail = written("Kijk [hier]([link]) of [link]", {"link": value})

        assert {each.get("href") for each in body(mail.html).iter("a")} <= {"#"}

    def test_may_be_the_address_of_a_link_with_words(self):
        mail = written("[Schrijf je uit]([link]) nu")

        assert [(each.get("href"), each.text) for each in body(mail.html).iter("a")] == [
            (LINK, "Schrijf je uit")
        ]
        assert mail.text == f"Schrijf je uit: {LINK} nu\n"

    def test_that_are_empty_leave_no_hole(self):
        mail = written("Een.\n\n[activiteit]\n[link]\n\nTwee.\n[activiteit]\n", {"link": ""})

        assert mail.text == "Een.\n\nTwee.\n"
        assert [each.text for each in body(mail.html)] == ["Een.", "Twee."]

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("Win geld op https://kwaad.example/x", "Win geld op https: //kwaad. example/x"),
            ("www.kwaad.example", "www. kwaad. example"),
            ("J.Peeters", "J. Peeters"),
            ("Fien (14.30 uur)", "Fien (14.30 uur)"),
        ],
    )
    def test_make_no_link_in_a_mail_that_anyone_can_cause(self, name, shown):
        mail = written("Dag [naam]\n[link]", {"naam": name}, kind=CONFIRMATION)

        assert mail.text == f"Dag {shown}\n{LINK}\n"
        assert mail.subject == f"Dag {shown}"
        assert len(list(body(mail.html).iter("a"))) == 1


class TestShapes:
    def test_text_has_no_signs_that_only_a_program_reads(self):
        marked = "# Welkom\n\nDit is **vet** en *schuin*.\n\n- een\n- twee\n\n1. eerst\n2. dan\n\n"
        marked += "[Lees meer](https://a.example) of <https://b.example>\\!"

        assert to_plain(marked) == (
            "Welkom\n\nDit is vet en schuin.\n\n- een\n- twee\n\n1. eerst\n2. dan\n\n"
            "Lees meer: https://a.example of https://b.example!"
        )

    def test_html_is_a_dutch_page_that_follows_the_standard(self):
        page = Page(written("# Welkom\n\nDag [naam]", signature="Groeten").html)

        assert [*standard(page), *language(page)] == []
        assert [each.tag for each in page.root.iter() if each.tag in {"h1", "h2"}] == ["h2"]
        assert "prefers-color-scheme: dark" in page.html


class TestKinds:
    def test_may_not_name_a_placeholder_they_do_not_have(self):
        with pytest.raises(ValueError, match="no placeholder dag"):
            declare(Kind(code="tests.wrong", label="x", subject="[dag]", text="", placeholders={}))

    def test_are_declared_once(self):
        with pytest.raises(ValueError, match="declared twice"):
            declare(GREETING)

    @pytest.mark.parametrize(
        ("text", "unknown"),
        [("[Naam]", ["Naam"]), ("[naam 2] [naam]", ["naam 2"]), ("[x](https://a.example)", [])],
    )
    def test_tell_what_looks_like_a_placeholder_and_is_none(self, text, unknown):
        assert unknown_placeholders(GREETING, text) == unknown


class TestLists:
    LIST = replace(
        GREETING,
        code="tests.list",
        text="Dag\n\n[lijst]\n",
        placeholders={"lijst": "de lijst"},
        lists=("lijst",),
    )

    def written(self, value):
        return write(self.LIST, "Lijst", self.LIST.text, {"lijst": value})

    def test_a_line_links_with_its_words_in_html_and_shows_its_address_in_text(self, settings):
        settings.BASE_URL = "https://trekker.example"

        found = self.written("Wat veranderde\n– Leden <b>: https://trekker.example/x/?a=1&b=2")

        assert '– <a href="https://trekker.example/x/?a=1&amp;b=2">Leden &lt;b&gt;</a>' in found.html
        assert "<strong>Wat veranderde</strong><br>" in found.html
        assert "– Leden <b>: https://trekker.example/x/?a=1&b=2" in found.text

    def test_an_address_that_is_not_ours_becomes_no_link(self, settings):
        settings.BASE_URL = "https://trekker.example"

        for address in (
            "https://elders.example/",
            "https://trekker.example.elders.example/",
            "javascript:alert(1)",
        ):
            assert "<a" not in self.written(f"– Leden: {address}").html.partition("Dag")[2]

    def test_what_anyone_can_cause_holds_no_list(self):
        with pytest.raises(ValueError, match="did not ask"):
            declare(replace(CONFIRMATION, code="tests.wrong", lists=("naam",)))
