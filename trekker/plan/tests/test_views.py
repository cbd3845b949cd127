from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from trekker.kernel.access import Role
from trekker.network.tests.factories import NEWSLETTER, ChannelFactory, MembershipFactory
from trekker.plan.models import Goal, Indicator, IndicatorLine, PlanVersion
from trekker.plan.tests.factories import TEXT, GoalFactory, IndicatorFactory, LineFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


@pytest.fixture(autouse=True)
def channel():
    return ChannelFactory()


def upload(browser, text=TEXT, name="plan.txt", **changes):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    fields = {"title": "Digitale inclusie", "owner": "VVSG", "year": 2026, "file": file, **changes}
    return browser.post(reverse("plan:upload"), fields, follow=True)


class TestReading:
    def test_shows_what_was_read_beside_the_text(self, officer):
        page = upload(officer)

        version = PlanVersion.objects.get()
        assert page.redirect_chain == [(version.get_absolute_url(), 302)]
        assert "3 doelstellingen, 3 indicatoren, 3 streefwaarden." in page.text
        assert 'id="regel-9"' in page.text

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Boodschappen: melk, brood en kaas.", "lijst.txt"),
            (b"", "leeg.txt"),
            (b"%PDF-1.4 kapot", "plan.pdf"),
            (b"PK\x03\x04 kapot", "plan.docx"),
            (b"MZ\x90", "plan.exe"),
        ],
    )
    def test_stores_nothing_of_what_is_no_plan_and_says_so(self, officer, text, name):
        page = upload(officer, text, name)

        assert not PlanVersion.objects.exists()
        assert "Kijk dit nog eens na" in page.text

    def test_says_that_nothing_changed(self, officer):
        upload(officer)

        page = upload(officer)

        assert "Deze tekst staat er al zo." in page.text
        assert PlanVersion.objects.count() == 1

    def test_is_adopted_with_a_click(self, officer):
        upload(officer)
        version = PlanVersion.objects.get()

        page = officer.post(
            reverse("plan:adopt", args=[version.pk]), {"in_force_from": "2026-01-01"}, follow=True
        )

        version.refresh_from_db()
        assert not version.is_concept
        assert "Vastgesteld" in page.text

    def test_a_second_version_shows_what_changes_and_asks_why(self, officer):
        upload(officer)
        officer.post(
            reverse("plan:adopt", args=[PlanVersion.objects.get().pk]), {"in_force_from": "2026-01-01"}
        )
        upload(officer, TEXT.replace("minstens vier", "minstens vijf"))
        version = PlanVersion.objects.get(number=2)
        address = reverse("plan:adopt", args=[version.pk])

        page = officer.get(address)
        refused = officer.post(address, {"in_force_from": "2026-07-01"})

        assert "minstens <ins>vijf</ins> bijeenkomsten" in page.text
        assert "was <del>4</del>, wordt <ins>5</ins>" in page.text
        assert "gewijzigd" in page.text
        assert "Kijk dit nog eens na" in refused.text
        version.refresh_from_db()
        assert version.is_concept

    def test_adopting_twice_changes_nothing(self, officer):
        version = VersionFactory()

        page = officer.post(
            reverse("plan:adopt", args=[version.pk]), {"in_force_from": "2026-05-01"}, follow=True
        )

        version.refresh_from_db()
        assert version.in_force_from == date(2026, 1, 1)
        assert "was al vastgesteld" in page.text

    def test_a_concept_is_thrown_away_after_a_question(self, officer):
        version = VersionFactory(concept=True)
        address = reverse("plan:discard", args=[version.pk])

        assert "Wil je dit concept weggooien?" in officer.get(address).text
        officer.post(address)

        assert not PlanVersion.objects.exists()

    def test_what_holds_cannot_be_thrown_away(self, officer):
        version = VersionFactory()

        assert officer.post(reverse("plan:discard", args=[version.pk])).status_code == 404

    def test_a_plan_is_typed_by_hand(self, officer):
        officer.post(reverse("plan:start"), {"title": "Eigen plan", "year": 2027})
        version = PlanVersion.objects.get()

        officer.post(
            reverse("plan:add_goal", args=[version.pk]),
            {"code": "OD1", "title": "Doel", "level": "operational", "leads": "VVSG, Mediawijs"},
        )
        goal = Goal.objects.get()
        officer.post(reverse("plan:add_indicator", args=[version.pk]), {"goal": goal.pk, "text": "3 keer"})

        assert [lead.party for lead in goal.leads.order_by("pk")] == ["VVSG", "Mediawijs"]
        assert Indicator.objects.get().text == "3 keer"

    def test_the_list_of_versions_is_empty_at_first(self, officer):
        assert "Er is nog geen plan." in officer.get(reverse("plan:versions")).text

    def test_the_list_names_every_version(self, officer):
        version = VersionFactory()

        assert version.get_absolute_url() in officer.get(reverse("plan:versions")).text


class TestMending:
    @pytest.fixture
    def version(self, officer):
        upload(officer)
        return PlanVersion.objects.get()

    def test_marked_lines_become_an_indicator_of_the_goal_above(self, officer, version):
        page = officer.post(
            reverse("plan:mark", args=[version.pk]), {"regel": ["5"], "maak": "indicator"}, follow=True
        )

        assert "VVSG organiseert de bijeenkomsten. Mediawijs ondersteunt VVSG daarbij." in page.text
        assert page.context["form"]["goal"].value() == version.goals.get(code="OD1.1").pk

    def test_marked_lines_become_a_goal(self, officer, version):
        page = officer.post(
            reverse("plan:mark", args=[version.pk]), {"regel": ["5"], "maak": "doelstelling"}, follow=True
        )

        assert (
            page.context["form"]["title"].value()
            == "VVSG organiseert de bijeenkomsten. Mediawijs ondersteunt VVSG daarbij."
        )

    def test_marking_nothing_says_what_to_do(self, officer, version):
        page = officer.post(reverse("plan:mark", args=[version.pk]), {"maak": "indicator"}, follow=True)

        assert "Duid eerst regels van de tekst aan." in page.text

    def test_a_goal_is_corrected(self, officer, version):
        goal = version.goals.get(code="OD1.2")

        officer.post(
            reverse("plan:goal", args=[goal.pk]),
            {"code": "OD1.2", "title": "Beter", "level": "operational", "source_lines": "13-14"},
        )

        goal.refresh_from_db()
        assert (goal.title, goal.source_lines) == ("Beter", [13, 14])

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"code": "OD1.1"}, "Een andere doelstelling heeft deze code al."),
            ({"source_lines": "3-"}, "Schrijf regelnummers zo: 12-15, 18."),
            ({"source_lines": "900"}, "De tekst heeft regels 1 tot"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field(self, officer, version, changes, message):
        goal = version.goals.get(code="OD1.2")
        typed = {"code": "OD1.2", "title": "Beter", "level": "operational", **changes}

        page = officer.post(reverse("plan:goal", args=[goal.pk]), typed)

        assert message in page.text
        goal.refresh_from_db()
        assert goal.title != "Beter"

    def test_a_goal_cannot_hang_under_itself(self, officer, version):
        top, below = version.goals.get(code="SD1"), version.goals.get(code="OD1.1")
        typed = {"code": "SD1", "title": "T", "level": "strategic", "parent": below.pk}

        page = officer.post(reverse("plan:goal", args=[top.pk]), typed)

        assert "kan niet onder zichzelf staan" in page.text

    def test_a_taken_code_is_refused_for_a_new_goal(self, officer, version):
        typed = {"code": "SD1", "title": "T", "level": "strategic"}

        assert "heeft deze code al" in officer.post(reverse("plan:add_goal", args=[version.pk]), typed).text

    def test_an_indicator_and_an_action_are_corrected(self, officer, version):
        indicator = Indicator.objects.get(goal__code="OD1.2")
        action = version.goals.get(code="OD1.1").actions.get()

        officer.post(
            reverse("plan:indicator", args=[indicator.pk]), {"goal": indicator.goal_id, "text": "Anders"}
        )
        officer.post(reverse("plan:action", args=[action.pk]), {"goal": action.goal_id, "text": "Ook anders"})

        indicator.refresh_from_db()
        action.refresh_from_db()
        assert (indicator.text, action.text) == ("Anders", "Ook anders")

    def test_a_moment_is_corrected_and_removed(self, officer, version):
        moment = version.goals.get(code="OD1.1").moments.create(text="in het voorjaar", source_lines=[5])
        address = reverse("plan:moment", args=[moment.pk])
        typed = {"goal": moment.goal_id, "text": "op 8 januari", "start": "2026-01-08", "end": "2026-01-07"}

        refused = officer.post(address, typed)
        officer.post(address, {**typed, "end": "2026-01-08"})

        assert "De laatste dag komt voor de eerste." in refused.text
        moment.refresh_from_db()
        assert (moment.text, moment.start) == ("op 8 januari", date(2026, 1, 8))
        officer.post(reverse("plan:remove", args=["moment", moment.pk]))
        assert not type(moment).objects.exists()

    @pytest.mark.parametrize("kind", ["doelstelling", "indicator", "actie"])
    def test_a_part_is_removed_after_a_question(self, officer, version, kind):
        goal = version.goals.get(code="OD1.1")
        node = {"doelstelling": goal, "indicator": goal.indicators.first(), "actie": goal.actions.get()}[kind]
        address = reverse("plan:remove", args=[kind, node.pk])

        assert "verwijderen?" in officer.get(address).text
        officer.post(address)

        assert not type(node).objects.filter(pk=node.pk).exists()

    def test_only_parts_of_a_plan_are_removed(self, officer, version):
        assert officer.get(reverse("plan:remove", args=["versie", version.pk])).status_code == 404

    def test_a_remark_is_settled(self, officer):
        upload(officer, TEXT.replace("minstens zes", "zes"))
        remark = PlanVersion.objects.get().remarks.first()

        officer.post(reverse("plan:settle", args=[remark.pk]))

        remark.refresh_from_db()
        assert remark.is_settled

    @pytest.mark.parametrize("name", ["goal", "add_goal", "indicator", "add_indicator", "adopt", "line"])
    def test_only_who_may_change_the_plan_reaches_it(self, as_role, name):
        line = LineFactory()
        found = {
            "goal": line.indicator.goal,
            "indicator": line.indicator,
            "line": line,
        }.get(name, line.indicator.goal.version)

        answer = as_role(Role.PARTNER_OFFICER).get(reverse(f"plan:{name}", args=[found.pk]))

        assert answer.status_code in (302, 403)


class TestWhatHolds:
    def test_offers_a_new_version_instead_of_changes(self, officer):
        version = LineFactory().indicator.goal.version

        page = officer.get(version.get_absolute_url())

        assert "Maak een nieuwe versie" in page.text
        assert "Doelstelling toevoegen" not in page.text

    def test_a_new_version_is_copied_after_a_question(self, officer):
        version = LineFactory().indicator.goal.version
        address = reverse("plan:copy", args=[version.pk])

        assert "Wil je een nieuwe versie maken?" in officer.get(address).text
        page = officer.post(address, follow=True)

        assert page.redirect_chain == [(PlanVersion.objects.get(number=2).get_absolute_url(), 302)]

    @pytest.mark.parametrize("name", ["goal", "add_goal", "add_indicator", "add_line", "remove_line"])
    def test_its_parts_cannot_be_reached_to_change(self, officer, name):
        line = LineFactory()
        goal = line.indicator.goal
        found = {"goal": goal, "add_line": line.indicator, "remove_line": line}.get(name, goal.version)

        assert officer.get(reverse(f"plan:{name}", args=[found.pk])).status_code == 404

    def test_the_list_marks_the_version_that_holds_now(self, officer):
        year = timezone.localdate().year
        before = VersionFactory(year=year - 1, in_force_from=date(year - 1, 1, 1))
        now = VersionFactory(plan=before.plan, year=year, in_force_from=date(year, 1, 1))

        page = officer.get(reverse("plan:versions"))

        assert page.context["current"] == now
        assert page.text.count("geldt nu") == 1
        assert "Versie 1. Geldt vanaf 1 januari" in officer.get(now.get_absolute_url()).text

    def test_its_counting_note_is_settled(self, officer):
        indicator = IndicatorFactory()

        officer.post(reverse("plan:indicator", args=[indicator.pk]), {"counting_note": "mail telt niet"})

        indicator.refresh_from_db()
        assert indicator.counting_note == "mail telt niet"

    def test_its_target_cannot_be_typed_over(self, officer):
        line = LineFactory(target=2)
        typed = {
            "measure": "members.count",
            "comparator": "<=",
            "target": "1",
            "unit": "leden",
            "bewaar": "1",
        }

        officer.post(reverse("plan:line", args=[line.pk]), typed)

        line.refresh_from_db()
        assert (line.comparator, line.target, line.filters) == (">=", 2, {})


class TestLineBuilder:
    typed = {"measure": "members.count", "comparator": ">=", "target": "1.100,5", "unit": "leden"}

    def test_shows_the_sentence_the_count_and_the_first_rows(self, officer):
        person = MembershipFactory().person
        line = LineFactory(concept=True)

        page = officer.get(reverse("plan:line", args=[line.pk]))

        assert "Leden (kanaal:" in page.text
        assert person.email in page.text

    def test_counts_anew_without_keeping_it(self, officer):
        line = LineFactory(concept=True)
        MembershipFactory()

        page = officer.post(
            reverse("plan:line", args=[line.pk]),
            {**self.typed, "f_channel": NEWSLETTER, "m_channel": "not_in", "bekijk": "1"},
        )

        assert "niet Nieuwsbrief" in page.text
        assert "<strong>0</strong>" in page.text
        line.refresh_from_db()
        assert line.filters == {"channel": [NEWSLETTER]}

    def test_keeps_what_was_chosen(self, officer):
        line = LineFactory(filters={}, concept=True)

        officer.post(
            reverse("plan:line", args=[line.pk]),
            {**self.typed, "f_organisation_kind": ["igs"], "m_organisation_kind": "not_in", "bewaar": "1"},
        )

        line.refresh_from_db()
        assert line.filters == {"organisation_kind": {"not_in": ["igs"]}}
        assert line.target == 1100.5

    def test_keeps_names_and_yes_or_no_for_a_register_to_come(self, officer):
        indicator = IndicatorFactory(concept=True)

        officer.post(
            reverse("plan:add_line", args=[indicator.pk]),
            {
                **self.typed,
                "measure": "courses.given",
                "f_organiser": "Mediawijs, VVSG",
                "f_multi_day": "True",
                "bewaar": "1",
            },
        )

        line = IndicatorLine.objects.get()
        assert line.filters == {"organiser": ["Mediawijs", "VVSG"], "multi_day": [True]}

    def test_asks_for_a_measure(self, officer):
        line = LineFactory(concept=True)

        page = officer.post(
            reverse("plan:line", args=[line.pk]), {**self.typed, "measure": "", "bewaar": "1"}
        )

        assert "Kijk dit nog eens na" in page.text

    def test_a_line_is_removed_after_a_question(self, officer):
        line = LineFactory(concept=True)
        address = reverse("plan:remove_line", args=[line.pk])

        assert "verwijderen?" in officer.get(address).text
        officer.post(address)

        assert not IndicatorLine.objects.exists()


def test_a_plan_page_costs_as_many_queries_for_twenty_indicators_as_for_one(
    officer, django_assert_max_num_queries
):
    goal = GoalFactory()
    LineFactory.create_batch(20, indicator__goal=goal)

    with django_assert_max_num_queries(21):
        officer.get(goal.version.get_absolute_url())
