"""How much of a file is taken, and the one error that a file can give."""

from __future__ import annotations

FILE_SIZE = 100_000_000  # bytes, as it was sent
UNPACKED_SIZE = 600_000_000  # bytes, of all parts of a container together
PARTS = 2_000  # files in one container
RATIO = 250  # unpacked against packed, of one part; real sheets stay under 60
ROWS = 500_000
COLUMNS = 702  # up to ZZ
CELLS = 6_000_000  # the rectangle that holds every filled cell of a sheet
CELL = 32_767  # characters
LINE = 2_000_000  # characters
BLOCK = 500  # rows that travel together; also what one query may name
SECONDS = 90
MEMORY = 900_000_000  # bytes of address space of the process that reads


class Unreadable(Exception):
    """The file cannot be read; the text is a Dutch sentence that says how to go on."""

    @classmethod
    def too_large(cls) -> Unreadable:
        """Say that there is too much in it."""
        return cls(
            f"Dit bestand is te groot. Het mag {FILE_SIZE // 1_000_000} MB en {ROWS} rijen tellen. "
            "Splits de lijst en lees de delen apart in."
        )

    @classmethod
    def too_wide(cls) -> Unreadable:
        """Say that it has too many columns."""
        return cls(
            f"Dit bestand heeft meer dan {COLUMNS} kolommen. Bewaar alleen de kolommen die je nodig hebt."
        )

    @classmethod
    def broken(cls) -> Unreadable:
        """Say that it is damaged."""
        return cls(
            "Dit bestand is beschadigd of niet volledig. Download of bewaar het opnieuw en probeer nog eens."
        )

    @classmethod
    def suspicious(cls) -> Unreadable:
        """Say that it is built in a way that no spreadsheet program builds."""
        return cls(
            "Dit bestand is niet veilig te openen. Bewaar de lijst opnieuw als CSV en probeer dan nog eens."
        )

    @classmethod
    def no_table(cls) -> Unreadable:
        """Say that it is another kind of file."""
        return cls(
            "Dit bestand is geen tabel. Kies een bestand dat eindigt op .csv, .xlsx, .xls, .ods of .zip."
        )

    @classmethod
    def empty(cls) -> Unreadable:
        """Say that nothing stands in it."""
        return cls("Dit bestand is leeg. Kies een bestand met minstens één rij.")
