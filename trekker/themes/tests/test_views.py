import pytest
from django.urls import reverse

from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.themes.models import Audience, Theme

pytestmark = pytest.mark.django_db
OFFICER = Role.PROGRAMME_OFFICER


@pytest.mark.parametrize(("name", "model"), [("theme", Theme), ("audience", Audience)])
class TestTerms:
    def test_are_listed(self, as_role, name, model):
        text = as_role(OFFICER).get(reverse(f"{name}:index")).text

        assert model.objects.first().name in text

    def test_are_added(self, as_role, name, model):
        browser = as_role(OFFICER)
        assert browser.get(reverse(f"{name}:add")).status_code == 200

        browser.post(reverse(f"{name}:add"), {"name": "Nieuw woord", "code": "nieuw-woord", "words": ""})

        term = model.objects.get(code="nieuw-woord")
        assert lines_of([term]).get().action == "themes.added"

    def test_keep_their_code(self, as_role, name, model):
        term = model.objects.first()
        path = reverse(f"{name}:edit", args=[term.pk])
        browser = as_role(OFFICER)
        assert browser.get(path).status_code == 200

        browser.post(path, {"name": "Andere naam", "code": "andere-code", "words": "iets"})

        known, code = model.objects.get(pk=term.pk), term.code
        assert (known.name, known.code, known.words) == ("Andere naam", code, "iets")

    @pytest.mark.parametrize("facts", [{"name": ""}, {"code": ""}, {"code": "met spatie"}, {"code": "bezet"}])
    def test_say_what_is_wrong_and_keep_what_was_typed(self, as_role, name, model, facts):
        model.objects.create(name="Bezet", code="bezet")
        given = {"name": "Getypt", "code": "getypt", "words": "wat ik typte"}

        response = as_role(OFFICER).post(reverse(f"{name}:add"), given | facts)

        assert set(response.context["form"].errors) == set(facts)
        assert "wat ik typte" in response.text

    @pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.MANAGEMENT])
    def test_are_for_officers(self, as_role, name, model, role):
        response = as_role(role).get(reverse(f"{name}:index"))

        assert response.status_code == 302
        assert model

    def test_show_nothing_for_one_that_does_not_exist(self, as_role, name, model):
        assert model
        assert as_role(OFFICER).get(reverse(f"{name}:edit", args=[999])).status_code == 404


class TestParts:
    def test_are_one_level_deep(self, as_role):
        wide = Theme.objects.create(name="Breed", code="breed")
        part = Theme.objects.create(name="Deel", code="deel", part_of=wide)
        browser = as_role(OFFICER)
        given = {"name": "X", "code": "x", "words": ""}

        under_part = browser.post(reverse("theme:add"), given | {"part_of": part.pk})
        other = Theme.objects.create(name="Ander", code="ander")
        with_parts = browser.post(reverse("theme:edit", args=[wide.pk]), given | {"part_of": other.pk})

        assert "part_of" in under_part.context["form"].errors
        assert "part_of" in with_parts.context["form"].errors
