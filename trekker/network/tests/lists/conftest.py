"""A list of members as a sheet, and as a download of Mailchimp."""

import pytest

HEADINGS = ["E-mail", "Naam", "Organisatie", "Telefoon", "Lid sinds"]


@pytest.fixture
def sheet(tmp_path):
    """Write a sheet with these rows; gives where it is."""
    from trekker.imports.tests import files

    def write(*rows, headings=HEADINGS):
        return files.csv_file(tmp_path / "leden.csv", [headings, *rows])

    return write


@pytest.fixture
def audience(tmp_path):
    """Write what Mailchimp gives of these people; gives where it is."""
    from trekker.imports.tests import files

    def write(**people):
        return files.mailchimp_zip(tmp_path / "audience.zip", **people)

    return write
