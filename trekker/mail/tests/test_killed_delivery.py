"""A delivering process that is killed at any moment sends none twice, loses none, and leaves few in doubt."""

import pytest

from trekker.mail.tests.killing import kill_again_and_again

KILLS = 12  # the promise is 200: python -m tests.load mail


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_none_twice_none_lost_and_at_most_one_in_doubt_for_each_kill():
    found = kill_again_and_again(KILLS)

    assert found.faults() == []
