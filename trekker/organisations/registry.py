"""Reads the register of organisations from the files in ``data/`` into records to load."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from trekker.organisations.models import Organisation

FOLDER = Path(__file__).parent / "data"
Kind = Organisation.Kind
Row = dict[str, str]

KINDS = {
    "gemeente": Kind.MUNICIPALITY,
    "ocmw": Kind.OCMW,
    "district": Kind.DISTRICT,
    "agb": Kind.MUNICIPAL_AGENCY,
    "igs": Kind.IGS,
    "welzijnsvereniging": Kind.WELFARE_ASSOCIATION,
    "provincie": Kind.PROVINCE,
    "apb": Kind.PROVINCIAL_AGENCY,
    "vgc": Kind.COMMUNITY_COMMISSION,
}
REGIONS = {
    "Vlaams Gewest": Organisation.Region.FLANDERS,
    "Brussels Hoofdstedelijk Gewest": Organisation.Region.BRUSSELS,
}
# The register names these by their place alone, which says too little on a screen.
PREFIXES = {"ocmw": "OCMW", "district": "District", "provincie": "Provincie"}
ANTWERP = "11002"  # the only municipality of Belgium that has districts


@dataclass(frozen=True)
class Record:
    """
    One organisation as the register tells it.

    ``fields`` holds what the model keeps, as JSON; links to others (``counts_as``,
    ``merged_into``, and the ``participants`` of an association) are sources.
    """

    uri: str
    fields: dict[str, str | int | bool | None]
    mail_domain: str
    participants: list[str] = field(default_factory=list)


def read(folder: Path = FOLDER) -> list[Record]:
    """
    Give every organisation of the register, once.

    :raises FileNotFoundError: if a file is missing from the folder
    """
    rows = list(_rows(folder / "organisations.csv"))
    by_kbo = _by_kbo(rows)
    finder = _Finder(rows, list(_rows(folder / "municipalities.csv")))
    participants: dict[str, list[str]] = defaultdict(list)
    for pair in _rows(folder / "igs_participants.csv"):
        association, member = by_kbo.get(pair["organisation_kbo"]), by_kbo.get(pair["member_kbo"])
        if association and member and association != member:
            participants[association["uri"]].append(member["uri"])
    return [
        Record(
            uri=row["uri"],
            fields={**_facts(row), **_links(row, by_kbo, finder)},
            mail_domain=row["mail_domain"].lower(),
            participants=sorted(set(participants[row["uri"]])),
        )
        for row in rows
    ]


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: " ".join(value.split()) for key, value in row.items()}


def _by_kbo(rows: list[Row]) -> dict[str, Row]:
    """Give the row of each KBO number; where two rows share one, the active row."""
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["status"] == "actief"):
        if row["kbo_number"]:
            found[row["kbo_number"]] = row
    return found


def _facts(row: Row) -> dict[str, str | int | bool | None]:
    prefix = PREFIXES.get(row["type"])
    stopped = row["status"] == "niet actief" and not row["merged_into_kbo"]
    return {
        "name": f"{prefix} {row['name']}" if prefix else row["name"],
        "kind": KINDS[row["type"]].value,
        "legal_form": row["legal_form"],
        "nis_code": row["nis_code"],
        "kbo_number": row["kbo_number"],
        "ovo_code": row["ovo_code"],
        "province": "" if row["province"] in REGIONS else row["province"],
        "region": REGIONS[row["region"]].value,
        "postal_code": row["postal_code"],
        "locality": row["locality"],
        "website": row["website"],
        "population": int(row["population_est_2026"]) if row["population_est_2026"] else None,
        "founded_on": row["valid_from"] or None,
        "is_closed": stopped,
        "closed_on": (stopped and row["valid_to"]) or None,
    }


def _links(row: Row, by_kbo: dict[str, Row], finder: _Finder) -> dict[str, str | None]:
    successor = by_kbo.get(row["merged_into_kbo"])
    counts_as = finder.counts_as(row)
    return {
        "counts_as": counts_as["uri"] if counts_as else None,
        "merged_into": successor["uri"] if successor else None,
        "merged_on": row["valid_to"] if successor else None,
    }


class _Finder:
    """Finds the municipality or province that a row counts for."""

    def __init__(self, rows: list[Row], municipalities: list[Row]) -> None:
        """Index the rows by code and by name."""
        own = [row for row in rows if row["type"] in {"gemeente", "provincie"}]
        self.by_nis = {row["nis_code"]: row for row in own if row["nis_code"]}
        for now in municipalities:
            for code in filter(None, now["predecessor_nis_codes"].split(";")):
                self.by_nis.setdefault(code, self.by_nis[now["nis_code"]])
        self.municipalities = {row["name"]: row for row in own if row["type"] == "gemeente"}
        self.provinces = {row["name"]: row for row in own if row["type"] == "provincie"}

    def counts_as(self, row: Row) -> Row | None:
        """Give the row it counts for, or nothing when it counts for itself."""
        match row["type"]:
            case "ocmw":
                return self.by_nis.get(row["nis_code"]) or self.municipalities.get(row["name"])
            case "agb":
                return self.by_nis.get(row["nis_code"]) or self.municipalities.get(row["locality"])
            case "district":
                return self.by_nis[ANTWERP]
            case "apb":
                return self.provinces.get(row["province"])
        return None
