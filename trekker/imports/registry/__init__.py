"""
What can be read in: an app above declares its importer in ``importers.py``, and it is listed here.

``imports`` reads, maps, shows, asks and keeps the order of the work; the importer knows what the
columns mean, whom a row is about, and what storing it does.
"""

from trekker.imports.models import OWN
from trekker.imports.registry.importer import Field, Format, Importer, Raw, Shaping
from trekker.imports.registry.recognise import Recognised, normal, recognise, signature

importers: dict[str, Importer] = {}


def register(new: Importer) -> None:
    """
    Add an importer to the list.

    :raises ValueError: if the code is taken
    """
    if new.code in importers:
        raise ValueError(f"Importer {new.code} is declared twice")
    importers[new.code] = new
    OWN[new.code] = new.own


__all__ = [
    "Field",
    "Format",
    "Importer",
    "Raw",
    "Recognised",
    "Shaping",
    "importers",
    "normal",
    "recognise",
    "register",
    "signature",
]
