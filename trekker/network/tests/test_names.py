import pytest

from trekker.network.importers.wishes import _names


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"first_name": "Cas", "full_name": "Papier"}, ("Cas", "Papier")),
        ({"first_name": "Cas", "full_name": "Cas Papier"}, ("Cas", "Papier")),
        ({"first_name": "Cas", "full_name": "Papier, Cas"}, ("Cas", "Papier")),
        ({"first_name": "Cas", "last_name": "Stift", "full_name": "Papier"}, ("Cas", "Stift")),
        ({"full_name": "Cas Van Papier"}, ("Cas", "Van Papier")),
        ({"full_name": "Van Papier, Cas"}, ("Cas", "Van Papier")),
        ({"full_name": "cas@papier.example"}, ("", "")),
        ({"first_name": "Cas"}, ("Cas", "")),
    ],
)
def test_a_name_is_read_however_the_columns_cut_it(values, names):
    assert _names(values) == names
