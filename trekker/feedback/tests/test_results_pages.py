"""Pages of results: what a team reads of an evaluation, and what nobody ever does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.models import FollowUp, Lesson, Mode, Response, RoomNote
from trekker.feedback.queries import results
from trekker.feedback.queries.results_spread import Share
from trekker.feedback.tests.factories import (
    NOW,
    EvaluationFactory,
    QuestionnaireFactory,
    answers,
    asked,
)
from trekker.feedback.tests.reading import Everyone, closed
from trekker.kernel.access import Role
from trekker.kernel.periods import Period
from trekker.themes.models import Theme

pytestmark = pytest.mark.django_db
YEAR = "/beheer/feedback/resultaten/"
NOTHING = "We tonen niets, zodat niemand herkenbaar is."


def page_of(evaluation) -> str:
    return reverse("results:evaluation", args=[evaluation.pk])


class TestPage:
    def test_tells_first_in_words_what_stands_out(self, as_role):
        evaluation = closed(yes=29, no=9, audience_size=52)

        response = as_role(Role.MANAGEMENT).get(page_of(evaluation))

        text = " ".join(response.content.decode().split())
        assert "38 van 52 mensen antwoordden." in text
        assert "29 van hen kunnen ermee aan de slag." in text

    @pytest.mark.parametrize("many", [0, 4])
    def test_shows_nothing_under_five_answers(self, as_role, many):
        evaluation = EvaluationFactory(closed=True)
        answers(evaluation, *[{"can_use": "ja", "intention": "Een geheim plan"}] * many)
        officer = as_role(Role.PROGRAMME_OFFICER)

        for address in (page_of(evaluation), reverse("results:texts", args=[evaluation.pk])):
            for query in ({}, {"export": "csv"}, {"export": "xlsx"}, {"zoek": "geheim"}, {"label": "x"}):
                response = officer.get(address, query)
                assert NOTHING in response.content.decode()
                assert "geheim" not in response.content.decode()
                assert "Content-Disposition" not in response.headers

    def test_keeps_what_is_sealed_until_it_closes(self, as_role):
        evaluation = EvaluationFactory()
        answers(evaluation, *[{"can_use": "ja"}] * 9)

        response = as_role(Role.PROGRAMME_OFFICER).get(page_of(evaluation))

        assert "Deze evaluatie loopt nog" in response.content.decode()
        assert "kunnen ermee aan de slag" not in response.content.decode()

    def test_shows_answers_on_name_at_once_without_a_name(self, as_role):
        evaluation = EvaluationFactory(mode=Mode.NAMED)
        answers(evaluation, *[{"can_use": "ja", "intention": "Ik begin"}] * 5, name="Fien Peeters")

        page = as_role(Role.PROGRAMME_OFFICER).get(page_of(evaluation)).content.decode()

        assert "5 van hen kunnen" in page
        assert "Peeters" not in page

    def test_quotes_only_who_agreed(self, as_role):
        evaluation = EvaluationFactory(closed=True)
        answers(evaluation, *[{"intention": "Dit mag"}] * 5)
        answers(evaluation, {"intention": "Dit mag niet"}, may_quote=False)

        page = as_role(Role.MANAGEMENT).get(page_of(evaluation)).content.decode()

        assert page.count("Dit mag") == 5
        assert "Dit mag niet" not in page
        assert "open-antwoorden" not in page

    def test_text_of_people_stays_text(self, as_role):
        payload = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        form = QuestionnaireFactory(
            questions=["intention", asked(payload, QuestionKind.ONE, options=payload)]
        )
        evaluation = EvaluationFactory(closed=True, title=payload, questionnaire=form)
        answers(evaluation, *[{"intention": payload, payload: payload}] * 5)
        Lesson.objects.create(text=payload, evaluation=evaluation, decided_at=NOW)
        officer = as_role(Role.PROGRAMME_OFFICER)

        for address in (
            page_of(evaluation),
            reverse("results:texts", args=[evaluation.pk]),
            f"{YEAR}?jaar=2026",
        ):
            page = officer.get(address).content.decode()
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "&lt;img src=x" in page

    def test_shows_lessons_to_all_and_notes_to_who_may_read(self, as_role):
        evaluation = closed()
        Lesson.objects.create(text="Meer tijd om te oefenen", evaluation=evaluation, decided_at=NOW)
        RoomNote.objects.create(evaluation=evaluation, text="Te warm", heard_on=NOW, noted_at=NOW)

        management = as_role(Role.MANAGEMENT).get(page_of(evaluation)).content.decode()
        officer = as_role(Role.PROGRAMME_OFFICER).get(page_of(evaluation)).content.decode()

        assert "Meer tijd om te oefenen" in management
        assert "Te warm" not in management
        assert "Te warm" in officer

    def test_costs_the_same_queries_for_any_number_of_answers(self, as_role, django_assert_max_num_queries):
        form = QuestionnaireFactory(
            questions=[
                "can_use",
                "satisfaction",
                "intention",
                asked("Wat?", QuestionKind.MANY, options="a\nb"),
            ]
        )
        for year in range(2020, 2027):
            evaluation = EvaluationFactory(closed=True, questionnaire=form, about_on=date(year, 5, 1))
            answers(evaluation, *[{"can_use": "ja", "satisfaction": 4, "intention": "Ja", "Wat?": "a"}] * 30)
        officer = as_role(Role.PROGRAMME_OFFICER)
        officer.get(page_of(evaluation))

        with django_assert_max_num_queries(14):
            officer.get(page_of(evaluation))


class TestFollowUp:
    def follow(self, evaluation, *outcomes):
        for response in Response.objects.filter(evaluation=evaluation):
            outcome = outcomes[0] if outcomes else ""
            outcomes = outcomes[1:]
            FollowUp.objects.create(
                response=response,
                due_on=NOW,
                asked_on=NOW,
                outcome=outcome,
                answered_on=NOW if outcome else None,
            )

    def test_says_what_came_of_it_for_five(self, as_role):
        evaluation = closed(yes=7, no=0)
        self.follow(evaluation, "DONE", "DONE", "PARTLY", "NOT_YET", "NO")

        page = " ".join(as_role(Role.MANAGEMENT).get(page_of(evaluation)).content.decode().split())

        assert "Later vertelden 5 van 7 mensen wat ervan kwam. Gedaan: 2. Deels: 1." in page

    def test_shows_nothing_for_four(self, as_role):
        evaluation = closed(yes=7, no=0)
        self.follow(evaluation, "DONE", "DONE", "DONE", "DONE")

        page = as_role(Role.MANAGEMENT).get(page_of(evaluation)).content.decode()

        assert "Nog geen 5 mensen vertelden wat ervan kwam." in page
        assert "Gedaan:" not in page
        assert "opvolging-verdeling" not in page

    def test_tells_what_helped_and_hindered_to_who_may_read_answers(self, as_role):
        evaluation = closed(yes=7, no=0)
        self.follow(evaluation, *["DONE"] * 5)
        FollowUp.objects.filter(outcome="DONE").update(helped="Een collega", hindered="Geen <b>tijd</b>")

        for role, reads in ((Role.PARTNER_OFFICER, True), (Role.MANAGEMENT, False)):
            page = as_role(role).get(page_of(evaluation)).content.decode()
            assert ("Een collega" in page) is reads
            assert ("Geen &lt;b&gt;tijd" in page) is reads

    def test_tells_no_words_of_four(self, as_role):
        evaluation = closed(yes=7, no=0)
        self.follow(evaluation, *["DONE"] * 4)
        FollowUp.objects.filter(outcome="DONE").update(helped="Een collega")

        page = as_role(Role.PROGRAMME_OFFICER).get(page_of(evaluation)).content.decode()

        assert "Een collega" not in page

    def test_adds_up_only_evaluations_where_five_told(self, as_role):
        many, few = closed(yes=7, no=0), closed(yes=7, no=0)
        self.follow(many, *["DONE"] * 5)
        self.follow(few, *["NO"] * 4)

        page = " ".join(as_role(Role.MANAGEMENT).get(YEAR, {"jaar": "2026"}).content.decode().split())

        assert "Later vertelden 5 van 7 mensen wat ervan kwam." in page
        assert "1 evaluatie telt hier nog niet mee: daar vertelden geen 5 mensen wat ervan kwam." in page


class TestEditions:
    def test_stands_beside_earlier_editions_of_the_same_strand(self, as_role):
        strand = {"strand": "course:1", "strand_name": "Starten met AI"}
        closed(yes=2, no=28, about_on=date(2025, 5, 1), **strand)
        this = closed(yes=28, no=2, **strand)
        closed(yes=5, about_on=date(2025, 6, 1))

        page = " ".join(as_role(Role.MANAGEMENT).get(page_of(this)).content.decode().split())

        assert "Naast vorige edities" in page
        assert "Dat verschil is groter dan toeval." in page
        assert "1 juni 2025" not in page

    def test_without_a_strand_stands_beside_the_same_kind(self, as_role):
        closed(yes=4, no=2, about_on=date(2025, 5, 1))
        closed(about_on=date(2025, 6, 1), kind="training")
        this = closed(yes=5, no=1)

        page = " ".join(as_role(Role.MANAGEMENT).get(page_of(this)).content.decode().split())

        assert "Naast vorige activiteiten van deze soort" in page
        assert "Het verschil met de vorige keer kan toeval zijn." in page
        assert "1 juni 2025" not in page

    def test_does_not_compare_with_too_few_answers(self, as_role):
        few = EvaluationFactory(closed=True, about_on=date(2025, 5, 1))
        answers(few, *[{"can_use": "ja"}] * 4, *[{"satisfaction": 3}] * 5)

        page = as_role(Role.MANAGEMENT).get(page_of(closed())).content.decode()

        assert "te weinig antwoorden" in page
        assert "niet te vergelijken" in page


class TestYear:
    def test_lists_each_evaluation_that_may_be_read(self, as_role):
        closed(yes=4, no=1, audience_size=9, title="Netwerkdag")
        closed(yes=4, no=0, title="Te klein")
        closed(yes=5, title="Vorig jaar", about_on=date(2025, 5, 1))

        response = as_role(Role.MANAGEMENT).get(YEAR, {"jaar": "2026"})

        (line,) = response.context["lines"]
        assert (line.evaluation.title, line.answered, line.of) == ("Netwerkdag", 5, 9)
        assert line.can_use == Share(4, 5)
        assert "1 evaluatie telt niet mee" in response.content.decode()
        assert "Te klein" not in response.content.decode()

    def test_says_of_no_evaluation_what_four_people_answered(self, as_role):
        evaluation = closed(yes=4, no=0)
        answers(evaluation, *[{"satisfaction": 4}] * 6)

        response = as_role(Role.MANAGEMENT).get(YEAR, {"jaar": "2026"})

        (line,) = response.context["lines"]
        assert (line.answered, line.can_use) == (10, None)
        assert response.context["sizes"] is None

    def test_is_divided_by_size_once_it_is_over_and_nothing_runs(self):
        year = Period.year(2025)

        before = results.is_complete(year, date(2025, 12, 31))
        after = results.is_complete(year, date(2026, 1, 5))
        EvaluationFactory(about_on=date(2025, 6, 1))
        running = results.is_complete(year, date(2026, 1, 5))

        assert (before, after, running) == (False, True, False)

    def test_reads_a_kind_together(self, as_role):
        closed(yes=4, no=1)
        closed(yes=5, no=0)
        closed(yes=9, kind="training")

        response = as_role(Role.MANAGEMENT).get(
            YEAR, {"jaar": "2026", "keuze": "kind", "sleutel": "network_meeting"}
        )

        assert response.context["can_use"] == Share(9, 10)

    def test_reads_a_theme_together_with_its_parts(self, as_role):
        wide = Theme.objects.create(name="Basis", code="basis")
        part = Theme.objects.create(name="Toestel", code="toestel", part_of=wide)
        closed(yes=5, no=0).themes.set([part, wide])
        closed(yes=6, no=0).themes.set([wide])
        closed(yes=7, no=0)
        officer = as_role(Role.PROGRAMME_OFFICER)

        whole = officer.get(YEAR, {"jaar": "2026", "keuze": "theme", "sleutel": "basis"})
        only_part = officer.get(YEAR, {"jaar": "2026", "keuze": "theme", "sleutel": "toestel"})

        assert whole.context["reading"].reach.answered == 11
        assert only_part.context["reading"].reach.answered == 5

    def test_reads_a_strand_together(self, as_role):
        closed(strand="course:1", strand_name="Starten met AI")
        closed()
        manager = as_role(Role.MANAGEMENT)

        choices = manager.get(YEAR, {"jaar": "2026", "keuze": "strand"})
        chosen = manager.get(YEAR, {"jaar": "2026", "keuze": "strand", "sleutel": "course:1"})

        assert "Starten met AI" in choices.content.decode()
        assert chosen.context["reading"].reach.answered == 5

    @pytest.mark.parametrize(
        "query",
        [
            {"jaar": "2026"},
            {"jaar": "2026", "export": "csv"},
            {"jaar": "2026", "keuze": "kind", "sleutel": "network_meeting"},
            {"jaar": "2026", "keuze": "kind", "sleutel": "network_meeting", "export": "xlsx"},
        ],
    )
    def test_shows_nothing_of_small_evaluations_even_together(self, as_role, query):
        for _ in range(3):
            closed(yes=4, no=0)

        response = as_role(Role.MANAGEMENT).get(YEAR, query)

        assert NOTHING in response.content.decode()
        assert "aan de slag" not in response.content.decode()

    @pytest.mark.parametrize("wrong", ["", "0", "99999", "٢٠٢٦", "2026'--"])
    def test_reads_what_is_no_year_as_this_year(self, as_role, wrong):
        response = as_role(Role.MANAGEMENT).get(YEAR, {"jaar": wrong, "keuze": "x", "sleutel": "<b>"})

        assert response.status_code == 200
        assert response.context["asked"].code == ""

    def test_costs_few_queries_whatever_the_number(self, as_role, django_assert_max_num_queries):
        for place in range(60):
            closed(yes=5, about_on=date(2026, 1, 1) + timedelta(days=place))
        officer = as_role(Role.PROGRAMME_OFFICER)
        officer.get(YEAR, {"jaar": "2026"})

        with django_assert_max_num_queries(14):
            officer.get(YEAR, {"jaar": "2026"})
        with django_assert_max_num_queries(14):
            officer.get(YEAR, {"jaar": "2026", "keuze": "kind", "sleutel": "network_meeting"})


class TestDownload:
    def test_sends_each_answer_with_how_many_and_what_share(self, as_role):
        evaluation = closed(yes=4, no=1, audience_size=9)

        response = as_role(Role.MANAGEMENT).get(page_of(evaluation), {"export": "csv"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        assert "Wie antwoordde?;konden antwoorden;9;;" in text
        assert "Kun je hiermee aan de slag?;ja;4;80,0;5" in text
        line = ModelLogEntry.objects.get(action="kernel.downloaded")
        assert line.data["list"] == f"cijfers {evaluation.title}"

    def test_sends_a_selection_as_excel(self, as_role):
        closed()

        response = as_role(Role.MANAGEMENT).get(
            YEAR, {"jaar": "2026", "keuze": "kind", "sleutel": "network_meeting", "export": "xlsx"}
        )

        assert response["Content-Disposition"].endswith('.xlsx"')
        assert b"".join(response.streaming_content).startswith(b"PK")


def test_a_selection_never_widens_what_may_be_read():
    small, large = closed(yes=4, no=0), closed(yes=5, no=0)
    period = Period.year(2026)

    found = results.within(Everyone(), period, code="kind", key="network_meeting")

    assert [each.pk for each in found] == [large.pk]
    assert small.pk not in [each.pk for each in results.within(Everyone(), period)]
