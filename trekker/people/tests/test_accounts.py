"""The screens of accounts: who may change whom, and what is left of who was deleted."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import ModelLogEntry

from trekker.kernel.access import Role
from trekker.people.models import Account

pytestmark = pytest.mark.django_db
SCREENS = ("edit", "delete", "history", "usage")
BULK = "/beheer/bulk/people/account"


@pytest.fixture
def root():
    return Account.objects.create_superuser("baas@koepel.example", "een lang wachtwoord")


@pytest.fixture
def ans():
    return Account.objects.create_user("ans@koepel.example", first_name="Ans")


@pytest.fixture
def administrator(as_role):
    return as_role(Role.ADMINISTRATOR)


class TestASuperuser:
    @pytest.mark.parametrize("screen", SCREENS)
    def test_cannot_be_opened_by_who_is_none(self, administrator, root, screen):
        assert administrator.get(f"/beheer/users/{screen}/{root.pk}/").status_code == 404

    def test_cannot_be_taken_over(self, administrator, root):
        facts = {"email": "dief@koepel.example", "first_name": "A", "last_name": "B", "is_active": "on"}

        response = administrator.post(f"/beheer/users/edit/{root.pk}/", facts)

        root.refresh_from_db()
        assert (response.status_code, root.email) == (404, "baas@koepel.example")

    @pytest.mark.usefixtures("root", "ans")
    def test_stands_not_in_the_list(self, administrator):
        page = administrator.get("/beheer/users/").text

        assert "ans@koepel.example" in page
        assert "baas@koepel.example" not in page

    def test_stays_as_it_is_when_several_are_changed(self, administrator, root, ans):
        chosen = f"?id={root.pk}&id={ans.pk}"
        assert "baas@koepel.example" not in administrator.get(f"{BULK}/set_active_state/{chosen}").text
        officer = Group.objects.get(name=Role.PROGRAMME_OFFICER)

        administrator.post(f"{BULK}/set_active_state/{chosen}", {"mark_as_active": "False"})
        administrator.post(f"{BULK}/assign_role/{chosen}", {"role": officer.pk})
        administrator.post(f"{BULK}/delete/?id={root.pk}")

        root.refresh_from_db()
        ans.refresh_from_db()
        assert (root.is_active, ans.is_active) == (True, False)
        assert list(officer.user_set.all()) == [ans]

    def test_is_changed_by_another(self, client, root):
        client.force_login(Account.objects.create_superuser("ook@koepel.example"))

        assert client.get(f"/beheer/users/edit/{root.pk}/").status_code == 200


class TestDeleting:
    def forgotten(self):
        return not ModelLogEntry.objects.filter(label__contains="Ans").exists()

    @pytest.fixture(autouse=True)
    def corrected(self, administrator, ans):
        facts = {"email": ans.email, "first_name": "Ans", "last_name": "Proef", "is_active": "on"}
        administrator.post(f"/beheer/users/edit/{ans.pk}/", facts)
        assert not self.forgotten()

    def test_takes_the_name_out_of_the_log(self, administrator, ans):
        administrator.post(f"/beheer/users/delete/{ans.pk}/")

        assert not Account.objects.filter(pk=ans.pk).exists()
        assert self.forgotten()
        assert ModelLogEntry.objects.filter(object_id=str(ans.pk), action="wagtail.delete").exists()

    def test_takes_the_names_of_several_out_of_the_log(self, administrator, ans):
        administrator.post(f"{BULK}/delete/?id={ans.pk}")

        assert not Account.objects.filter(pk=ans.pk).exists()
        assert self.forgotten()
