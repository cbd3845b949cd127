"""Reading: every way a list is written gives the same rows, and no file does harm."""

import subprocess
import sys
import zipfile

import pytest

from trekker.imports.models import Block, Import
from trekker.imports.reading import read
from trekker.imports.tests import files
from trekker.kernel.access import Role

ROWS = [["E-mail", "Naam"], ["zoë@bestuur.example", "Zoë Voorbeeld; van Gent"], [], ["b@c.example"]]


def rows_of(path):
    with read(path) as table:
        return [row for block in table.blocks() for row in block]


class TestText:
    @pytest.mark.parametrize("delimiter", ["\t", ";", ",", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_reads_any_separator_and_encoding(self, tmp_path, delimiter, encoding):
        path = files.csv_file(tmp_path / "a.csv", ROWS, delimiter, encoding)

        assert rows_of(path) == ROWS

    def test_believes_the_line_in_which_excel_names_the_separator(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_text("sep=;\nE-mail;Naam, voluit\na@b.example;x, y\n")

        assert rows_of(path) == [["E-mail", "Naam, voluit"], ["a@b.example", "x, y"]]

    def test_keeps_ragged_rows(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_text("a;b;c\n1;2\n1;2;3;4\n")

        assert rows_of(path) == [["a", "b", "c"], ["1", "2"], ["1", "2", "3", "4"]]

    def test_takes_off_what_keeps_a_cell_from_running(self, tmp_path):
        path = files.csv_file(tmp_path / "a.csv", [["'=1+1", "'+32-9", '="0475"', "'s avonds", "+32 9"]])

        assert rows_of(path) == [["=1+1", "+32-9", "0475", "'s avonds", "+32 9"]]


class TestSheets:
    def test_reads_a_workbook_with_numbers_as_they_show(self, tmp_path):
        path = files.xlsx_file(tmp_path / "a.xlsx", [["Tel", "Aantal"], [32475123456, 1.5]])

        assert rows_of(path) == [["Tel", "Aantal"], ["32475123456", "1.5"]]

    def test_knows_a_workbook_by_what_is_in_it(self, tmp_path):
        path = files.xlsx_file(tmp_path / "a.csv", ROWS[:1])

        assert rows_of(path) == ROWS[:1]

    def test_puts_the_files_of_a_zip_under_each_other(self, tmp_path):
        path = tmp_path / "lijst.zip"
        with zipfile.ZipFile(path, "w") as container:
            container.writestr("../../a.csv", "x,y\n1,2\n")
            container.writestr("map/b.csv", "y,z\n3,4\n")

        assert rows_of(path) == [["x", "y", "z", "Bestand"], ["1", "2", "", "a.csv"], ["", "3", "4", "b.csv"]]


def entities(path):
    return files.workbook_of(path, files.ENTITIES)


def outside_entity(path):
    return files.workbook_of(path, files.EXTERNAL)


def far_corner(path):
    return files.workbook_of(path, files.FAR_CORNER)


def unseen_corner(path):
    return files.workbook_of(path, files.UNSEEN_CORNER)


def million_columns(path):
    return files.workbook_of(path, files.MILLION_COLUMNS)


def million_columns_of_text(path):
    path.write_text(";" * 1_000_000 + "x\n")
    return path


def bomb(path):
    return files.bomb(path, 700_000_000)


def lying_bomb(path):
    return files.lying_bomb(path, 300_000_000)


def truncated(path):
    files.xlsx_file(path, files.people(2_000))
    path.write_bytes(path.read_bytes()[:20_000])
    return path


def damaged(path):
    files.xlsx_file(path, files.people(2_000))
    raw = bytearray(path.read_bytes())
    raw[20_000:20_040] = b"\xff" * 40
    path.write_bytes(raw)
    return path


def one_long_line(path):
    path.write_bytes(b"a" * 50_000_000)
    return path


def open_quote(path):
    path.write_text('e-mail;naam\na@b.be;"An\n' + "x@y.be;Jan\n" * 50_000)
    return path


def many_parts(path):
    with zipfile.ZipFile(path, "w") as container:
        for number in range(3_000):
            container.writestr(f"{number}.csv", "a")
    return path


def pdf(path):
    path.write_bytes(b"%PDF-1.4 ...")
    return path


def binary(path):
    path.write_bytes(bytes(range(256)) * 100)
    return path


def html(path):
    path.write_text("<html><table><tr><td>a@b.be</td></tr></table></html>")
    return path


def broken_xls(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20_000))
    return path


def blank(path):
    path.write_text("\n;;\n\n")
    return path


HARMFUL = [
    *(entities, outside_entity, far_corner, unseen_corner, million_columns, million_columns_of_text, bomb),
    *(
        lying_bomb,
        truncated,
        damaged,
        one_long_line,
        open_quote,
        many_parts,
        pdf,
        binary,
        html,
        broken_xls,
        blank,
    ),
]


# In a small process of its own: the memory of this one would be counted with that of its children.
MEASURE = """
import resource, sys
from pathlib import Path
from trekker.imports.reading import Unreadable, read
try:
    with read(Path(sys.argv[1])):
        print("gelezen")
except Unreadable as problem:
    print(problem)
spent = resource.getrusage(resource.RUSAGE_CHILDREN)
print(spent.ru_utime + spent.ru_stime)
print(spent.ru_maxrss)
"""


class TestHarmfulFiles:
    @pytest.mark.parametrize("make", HARMFUL, ids=lambda make: make.__name__)
    def test_gives_a_clear_sentence_in_two_seconds_and_200_mb(self, tmp_path, make):
        path = make(tmp_path / "lijst.xlsx")

        done = subprocess.run(  # noqa: S603 - our own measuring
            [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
        )

        sentence, seconds, kilobytes = done.stdout.splitlines()
        assert float(seconds) < 2
        assert int(kilobytes) < 200_000
        assert sentence.startswith(("Dit bestand", "Ergens"))
        assert sentence.count(".") >= 2  # what is wrong, and how to go on

    def test_stores_nothing(self, tmp_path, as_role):
        with (bomb(tmp_path / "a.xlsx")).open("rb") as file:
            page = as_role(Role.PROGRAMME_OFFICER).post(
                "/beheer/inlezen/nieuw/", {"importer": "members", "file": file}
            )

        assert "Dit bestand is te groot" in page.content.decode()
        assert not Import.objects.exists()
        assert not Block.objects.exists()
