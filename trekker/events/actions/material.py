"""Adding, correcting and removing recordings and material of an event."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import IO

from django.core.files import File
from django.db import transaction
from django.utils.text import slugify

from trekker.events.formats.material import checked
from trekker.events.models import Event, Material, Recording
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

RECORDING_KEPT = audit.act("events.recording_kept", "opname bewaard")
RECORDING_REMOVED = audit.act("events.recording_removed", "opname verwijderd")
MATERIAL_KEPT = audit.act("events.material_kept", "materiaal bewaard")
MATERIAL_REMOVED = audit.act("events.material_removed", "materiaal verwijderd")


class NeedsReason(Exception):
    """A recording without captions or transcript says no reason."""


class FileOrLink(Exception):
    """Material is neither a file nor a link, or both."""


@transaction.atomic
def keep_recording(
    *,
    event: Event,
    title: str,
    url: str,
    has_captions: bool,
    transcript: str,
    reason_without: str,
    seen_by: str,
    recording: Recording | None = None,
    by: AnyAccount,
    now: datetime,
) -> Recording:
    """
    Add a recording to an event, or correct one.

    :raises NeedsReason: if captions or transcript are missing without a reason
    """
    complete = has_captions and bool(transcript.strip())
    if not complete and not reason_without.strip():
        raise NeedsReason
    recording = recording or Recording(event=event, added_at=now)
    recording.title, recording.url, recording.seen_by = title, url, seen_by
    recording.has_captions, recording.transcript = has_captions, transcript.strip()
    recording.reason_without = "" if complete else reason_without.strip()
    recording.save()
    audit.record(RECORDING_KEPT, event, by=by, at=now, title=title)
    return recording


@transaction.atomic
def remove_recording(*, recording: Recording, by: AnyAccount, now: datetime) -> None:
    """Take a recording off its event."""
    audit.record(RECORDING_REMOVED, recording.event, by=by, at=now, title=recording.title)
    recording.delete()


@transaction.atomic
def keep_material(
    *,
    event: Event,
    title: str,
    seen_by: str,
    url: str = "",
    file: IO[bytes] | None = None,
    name: str = "",
    material: Material | None = None,
    by: AnyAccount,
    now: datetime,
) -> Material:
    """
    Add a file or a link to an event, or correct one; without a new file the old one stays.

    :raises FileOrLink: if it would be neither a file nor a link, or both
    :raises WrongFile: if the file is not of a kind that we take
    """
    material = material or Material(event=event, added_at=now)
    stays = bool(material.file) and not url
    if bool(file or stays) == bool(url):
        raise FileOrLink
    earlier = material.file.name if material.file and (file or url) else ""
    material.title, material.url, material.seen_by = title, url, seen_by
    if url:
        material.file = ""  # type: ignore[assignment]
    if file:
        extension, content = checked(name, file)
        stored = f"{slugify(title)[:80] or 'bestand'}.{extension}"
        material.file.save(stored, File(content), save=False)
    material.save()
    if earlier:
        transaction.on_commit(partial(material.file.storage.delete, earlier))
    audit.record(MATERIAL_KEPT, event, by=by, at=now, title=title)
    return material


@transaction.atomic
def remove_material(*, material: Material, by: AnyAccount, now: datetime) -> None:
    """Take material off its event, with its file."""
    audit.record(MATERIAL_REMOVED, material.event, by=by, at=now, title=material.title)
    if material.file:
        transaction.on_commit(partial(material.file.storage.delete, str(material.file.name)))
    material.delete()
