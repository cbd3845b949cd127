"""Whether what was fixed is still as it was: the hash again, and everything said beside the bytes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from trekker.kernel import audit
from trekker.reports.contents import Contents
from trekker.reports.formats.canonical import decimal_text, read
from trekker.reports.models import Snapshot
from trekker.reports.queries.reports import document_of

FIXED = audit.act("reports.fixed", "rapport vastgesteld")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """
    What checking a snapshot found: ``faults`` say in Dutch what is no longer as it was fixed.

    ``sha256`` is the hash of its bytes as they are now; ``contents`` are none where nobody can read them.
    """

    snapshot: Snapshot
    sha256: str
    faults: tuple[str, ...]
    contents: Contents | None = None

    @property
    def is_untouched(self) -> bool:
        """Whether everything is as it was fixed."""
        return not self.faults


def verify(snapshot: Snapshot) -> Verdict:
    """
    Check a snapshot: its bytes against its hash, and both against the log and the snapshot after it.

    Who changes the bytes and the hash together still has to change what the log keeps and what a
    restatement says of it.
    """
    try:
        data = snapshot.data
    except zlib.error:
        return Verdict(snapshot=snapshot, sha256="", faults=("De bewaarde inhoud is niet meer leesbaar.",))
    found = sha256(data).hexdigest()
    faults = []
    if found != snapshot.sha256:
        faults.append("De inhoud past niet meer bij het controlegetal.")
    if _logged(snapshot) not in {None, found}:
        faults.append("De inhoud past niet bij het controlegetal in het logboek.")
    try:
        document = document_of(snapshot)
        contents = read(Contents, document["contents"])
        faults += _beside(snapshot, document, contents)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
        faults.append("De inhoud heeft niet meer de vorm van een rapport.")
        return Verdict(snapshot=snapshot, sha256=found, faults=tuple(faults))
    after = Snapshot.objects.filter(report=snapshot.report_id, number=snapshot.number + 1).first()
    if after is not None and _named_by(after) not in {None, found}:
        faults.append("De herziening die erop volgde, noemt een ander controlegetal.")
    return Verdict(snapshot=snapshot, sha256=found, faults=tuple(faults), contents=contents)


def _logged(snapshot: Snapshot) -> str | None:
    """Give the hash that the log kept; nothing where the log was emptied."""
    for line in audit.lines_of([snapshot]).filter(action=FIXED):
        return str(line.data.get("sha256", "")) or None
    return None


def _named_by(after: Snapshot) -> str | None:
    """Give the hash that a restatement names of the one before it; nothing where it is unreadable."""
    try:
        return str(document_of(after)["fixing"]["before"])
    except (zlib.error, ValueError, KeyError, TypeError):
        return None


def _beside(snapshot: Snapshot, document: dict[str, Any], contents: Contents) -> list[str]:
    """Compare what stands beside the bytes with what stands in them, and the figures with their rows."""
    faults = []
    stands = (
        snapshot.report_id,
        snapshot.number,
        snapshot.version_id,
        snapshot.last_day.isoformat(),
        snapshot.reason,
        snapshot.fixed_at,
    )
    fixing = document["fixing"]
    said = (
        document["report"]["key"],
        fixing["number"],
        document["version"]["key"],
        document["contents"]["last_day"],
        fixing["reason"],
        datetime.fromisoformat(fixing["fixed_at"]),
    )
    if stands != said:
        faults.append("Wat naast de inhoud staat, zegt iets anders dan de inhoud.")
    for goal, _promise, line in contents.every_line():
        if line.value is not None and line.adds_up and line.evidence.added() != line.value:
            rows, value = decimal_text(line.evidence.added()), decimal_text(line.value)
            faults.append(f"{goal.code}: de rijen tellen op tot {rows}, het cijfer zegt {value}.")
    return faults
