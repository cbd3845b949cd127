"""Persons, positions and accounts for tests; all invented."""

from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from trekker.kernel.access import Role
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.models import Account, Alias, Person, Position


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    first_name = factory.Sequence(lambda number: f"Fien{number}")
    last_name = "Voorbeeld"
    email = factory.Sequence(lambda number: f"fien{number}@bestuur.example")


class AliasFactory(DjangoModelFactory):
    class Meta:
        model = Alias

    person = factory.SubFactory(PersonFactory)
    email = factory.Sequence(lambda number: f"ander{number}@bestuur.example")


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    function = "medewerker digitale inclusie"


class AccountFactory(DjangoModelFactory):
    """An account with one role, a programme officer unless told otherwise; ``role=False`` gives none."""

    class Meta:
        model = Account
        skip_postgeneration_save = True

    first_name = "Ans"
    last_name = factory.Sequence(lambda number: f"Account{number}")
    email = factory.Sequence(lambda number: f"account{number}@koepel.example")
    password = factory.django.Password(None)

    @factory.post_generation
    def role(self: Any, create: bool, extracted: Any, **_options: Any) -> None:
        if create and extracted is not False:
            self.groups.add(Group.objects.get(name=(extracted or Role.PROGRAMME_OFFICER).value))
