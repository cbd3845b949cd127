import pytest
from django.db.models import ManyToManyField

from trekker.kernel import merging
from trekker.kernel.tests.any_row import any_row
from trekker.organisations.models import Organisation, Standing
from trekker.people.models import Person

pytestmark = pytest.mark.django_db
RELATIONS = [
    (model, field) for model in (Organisation, Person) for field in dict.fromkeys(merging.relations(model))
]


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=str)
def test_every_relation_to_a_record_moves_with_it(model, field):
    kept, dropped = any_row(model), any_row(model)
    if isinstance(field, ManyToManyField):
        row = any_row(field.model)
        getattr(row, field.name).add(dropped)
    else:
        together = {"merged_on": "2025-01-01"} if field.name == "merged_into" else {}
        row = any_row(field.model, **{field.name: dropped}, **together)

    dropped_key = dropped.pk
    merging.merge(kept=kept, dropped=dropped)

    assert not model.objects.filter(pk=dropped_key).exists()
    if field.model is Standing:
        assert not Standing.objects.filter(pk=row.pk).exists()  # derived: settled again by the action
    else:
        assert field.model._base_manager.filter(pk=row.pk, **{field.name: kept}).exists()


class TestMerge:
    def test_refuses_a_record_with_itself(self):
        person = any_row(Person)

        with pytest.raises(merging.CannotMerge):
            merging.merge(kept=person, dropped=person)

    def test_refuses_records_of_two_models(self):
        with pytest.raises(merging.CannotMerge):
            merging.merge(kept=any_row(Person), dropped=any_row(Organisation))
