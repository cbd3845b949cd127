import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from trekker.events.actions import material as actions
from trekker.events.formats import material as files
from trekker.events.models import Material, Recording
from trekker.events.queries.material import (
    materials_for_all,
    recordings_for_all,
    recordings_without_captions,
)
from trekker.events.queries.personal import kept_for
from trekker.events.tests.factories import NOW, EventFactory, RegistrationFactory
from trekker.kernel.access import Role

pytestmark = pytest.mark.django_db
OFFICER, PARTNER = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
ODT = "application/vnd.oasis.opendocument.text"


@pytest.fixture(autouse=True)
def own_place_for_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(form: str, **more) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(kept, format=form, **more)
    return kept.getvalue()


def packed(parts: dict[str, bytes | str], **how) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", how.get("packing", zipfile.ZIP_STORED)) as container:
        for name, content in parts.items():
            container.writestr(name, content)
        container.comment = how.get("comment", b"")
    return kept.getvalue()


def office(main: str, **more) -> bytes:
    return packed({"[Content_Types].xml": "<Types/>", main: "<x/>", **more})


TAKEN = {
    "dia.pdf": PDF,
    "DIA.PDF": PDF,
    "tekst.docx": office("word/document.xml"),
    "dia.pptx": office("ppt/presentation.xml"),
    "lijst.xlsx": office("xl/workbook.xml"),
    "tekst.odt": packed({"mimetype": ODT, "content.xml": "<x/>"}),
    "dia.odp": packed({"mimetype": ODT.replace("text", "presentation"), "content.xml": "<x/>"}),
    "beeld.png": picture("PNG"),
    "beeld.jpg": picture("JPEG"),
    "beeld.jpeg": picture("JPEG"),
}
REFUSED = {
    "svg": ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    "html": ("x.html", b"<html></html>"),
    "no extension": ("x", PDF),
    "two extensions": ("x.pdf.html", PDF),
    "program": ("x.exe", b"MZ"),
    "with macros by name": ("x.docm", office("word/document.xml")),
    "html as pdf": ("x.pdf", b"<html><script>alert(1)</script></html>"),
    "page inside pdf": ("x.pdf", b"%PDF-1.7 <script>alert(1)</script>" + PDF),
    "junk before pdf": ("x.pdf", b"GIF89a" + PDF),
    "pdf that is a zip too": ("x.pdf", PDF + packed({"a.html": "<html>"})),
    "cut pdf": ("x.pdf", b"%PDF-1.7\n"),
    "svg as png": ("x.png", b"<svg/>"),
    "jpg as png": ("x.png", picture("JPEG")),
    "cut png": ("x.png", picture("PNG")[:45]),
    "gif as jpg": ("x.jpg", picture("GIF")),
    "docx as pptx": ("x.pptx", office("word/document.xml")),
    "zip as docx": ("x.docx", packed({"a.txt": "hallo"})),
    "text as docx": ("x.docx", b"hallo"),
    "page before docx": ("x.docx", b"<html><script></script>" + office("word/document.xml")),
    "page after docx": ("x.docx", office("word/document.xml") + b"<script></script>"),
    "comment in docx": (
        "x.docx",
        packed({"[Content_Types].xml": "", "word/document.xml": ""}, comment=b"<html>"),
    ),
    "macros in docx": ("x.docx", office("word/document.xml", **{"word/vbaProject.bin": b"x"})),
    "part that climbs": ("x.docx", office("word/document.xml", **{"../../weg.txt": b"x"})),
    "bomb": (
        "x.docx",
        packed(
            {"[Content_Types].xml": "", "word/document.xml": b"\0" * 30_000_000}, packing=zipfile.ZIP_DEFLATED
        ),
    ),
    "odt that says it is something else": ("x.odt", packed({"mimetype": "text/html"})),
    "odt without kind": ("x.odt", packed({"content.xml": "<x/>"})),
    "empty zip": ("x.odt", packed({})),
    "name that climbs": ("../../x.pdf", PDF),
    "name with a folder": ("map\\x.pdf", PDF),
}


class TestFiles:
    @pytest.mark.parametrize("name", TAKEN)
    def test_takes_what_is_what_it_says(self, name):
        extension, kept = files.checked(name, io.BytesIO(TAKEN[name]))

        assert extension == name.lower().rpartition(".")[2]
        assert kept.read()

    @pytest.mark.parametrize("case", REFUSED)
    def test_refuses_what_is_not(self, case):
        name, content = REFUSED[case]

        with pytest.raises(files.WrongFile):
            files.checked(name, io.BytesIO(content))

    def test_refuses_what_is_too_large(self):
        with pytest.raises(files.WrongFile, match="25 MB"):
            files.checked("x.pdf", io.BytesIO(PDF + b" " * files.LARGEST))

    def test_refuses_a_picture_of_too_many_points(self, monkeypatch):
        monkeypatch.setattr(files, "PIXELS", 10)

        with pytest.raises(files.WrongFile, match="punten"):
            files.checked("x.png", io.BytesIO(picture("PNG")))

    def test_draws_a_picture_anew(self):
        told = Image.Exif()
        told[0x010E] = "geheime plek"
        content = picture("JPEG", exif=told) + b"<script>alert(1)</script>"
        assert b"geheime plek" in content

        _extension, kept = files.checked("x.jpg", io.BytesIO(content))

        drawn = kept.read()
        assert b"geheime plek" not in drawn
        assert b"script" not in drawn


def keep_recording(event, **facts) -> Recording:
    given = {
        "title": "Opname",
        "url": "https://video.example/1",
        "has_captions": True,
        "transcript": "Dag.",
        "reason_without": "",
        "seen_by": "ALL",
        "by": None,
        "now": NOW,
    }
    return actions.keep_recording(event=event, **(given | facts))


def keep_material(event, **facts) -> Material:
    given = {"title": "Dia's", "seen_by": "ALL", "by": None, "now": NOW}
    if "url" not in facts and "file" not in facts:
        given |= {"file": io.BytesIO(PDF), "name": "dia.pdf"}
    return actions.keep_material(event=event, **(given | facts))


class TestRecordings:
    @pytest.mark.parametrize("lacks", [{"has_captions": False}, {"transcript": "  "}])
    def test_need_captions_and_transcript_or_a_reason(self, lacks):
        event = EventFactory(held=True)

        with pytest.raises(actions.NeedsReason):
            keep_recording(event, **lacks)
        recording = keep_recording(event, reason_without="De spreker wilde het niet.", **lacks)

        assert [each.reason for each in recordings_without_captions()] == [recording.reason_without]

    def test_need_no_reason_once_complete(self):
        recording = keep_recording(EventFactory(), reason_without="ooit")

        assert recording.reason_without == ""
        assert recordings_without_captions() == []

    def test_stand_in_the_statement_only_when_the_public_sees_them(self):
        keep_recording(EventFactory(), transcript="", reason_without="x", seen_by="PARTICIPANTS")
        keep_recording(EventFactory(visibility="INTERNAL"), transcript="", reason_without="x")

        assert recordings_without_captions() == []

    def test_are_for_who_took_part_when_they_say_so(self):
        event = EventFactory()
        own = keep_recording(event, seen_by="PARTICIPANTS")
        registration = RegistrationFactory(event=event)

        assert kept_for(registration) == [own]
        assert list(recordings_for_all(event)) == []
        assert kept_for(RegistrationFactory()) == []
        assert kept_for(RegistrationFactory(event=event, waiting=True)) == []
        assert kept_for(RegistrationFactory(event=event, cancelled=True)) == []


class TestMaterial:
    def test_is_a_file_or_a_link(self):
        event = EventFactory()

        with pytest.raises(actions.FileOrLink):
            keep_material(event, url="")
        with pytest.raises(actions.FileOrLink):
            keep_material(event, url="https://x.example", file=io.BytesIO(PDF), name="x.pdf")

    def test_keeps_its_file_when_only_the_title_changes(self):
        event = EventFactory()
        material = keep_material(event)
        stored = material.file.name

        changed = keep_material(event, material=material, title="Anders", url="")

        assert changed.file.name == stored

    def test_lets_go_of_a_file_that_is_replaced(self, django_capture_on_commit_callbacks):
        event = EventFactory()
        material = keep_material(event)
        stored, storage = material.file.name, material.file.storage

        with django_capture_on_commit_callbacks(execute=True):
            changed = keep_material(event, material=material, url="https://x.example")

        assert not changed.file
        assert not storage.exists(stored)

    def test_goes_with_its_file(self, django_capture_on_commit_callbacks):
        material = keep_material(EventFactory())
        stored, storage = material.file.name, material.file.storage

        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_material(material=material, by=None, now=NOW)

        assert not Material.objects.exists()
        assert not storage.exists(stored)

    def test_is_for_who_took_part_when_it_says_so(self):
        event = EventFactory()
        own = keep_material(event, seen_by="PARTICIPANTS")

        assert kept_for(RegistrationFactory(event=event)) == [own]
        assert list(materials_for_all(event)) == []


def path_of(material, key="") -> str:
    return reverse("agenda:material", args=[material.pk]) + (f"?sleutel={key}" if key else "")


def status_of(response) -> int:
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, the client closes the file
    return response.status_code


class TestDownload:
    def test_is_saved_and_never_shown_as_a_page(self, client):
        response = client.get(path_of(keep_material(EventFactory())))

        assert response.headers["Content-Disposition"] == 'attachment; filename="dias.pdf"'
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response.streaming_content) == PDF

    @pytest.mark.parametrize("facts", [{"state": "IDEA"}, {"visibility": "INTERNAL"}])
    def test_is_not_there_before_the_event_is_announced(self, client, facts):
        material = keep_material(EventFactory(**facts))

        assert status_of(client.get(path_of(material))) == 404

    def test_asks_the_key_of_who_took_part(self, client):
        event = EventFactory()
        material = keep_material(event, seen_by="PARTICIPANTS")

        found = [
            status_of(client.get(path_of(material, key)))
            for key in (
                "",
                "geraden",
                RegistrationFactory(event=event).key,
                RegistrationFactory().key,
                RegistrationFactory(event=event, cancelled=True).key,
                RegistrationFactory(event=event, waiting=True).key,
            )
        ]

        assert found == [404, 404, 200, 404, 404, 404]

    def test_is_there_for_staff(self, as_role):
        material = keep_material(EventFactory(idea=True), seen_by="PARTICIPANTS")

        assert status_of(as_role(Role.MANAGEMENT).get(path_of(material))) == 200

    def test_says_not_found_when_the_file_is_gone(self, client):
        material = keep_material(EventFactory())
        material.file.storage.delete(material.file.name)

        assert status_of(client.get(path_of(material))) == 404

    def test_is_no_page_for_a_link(self, client):
        material = keep_material(EventFactory(), url="https://x.example")

        assert status_of(client.get(path_of(material))) == 404


class TestScreens:
    def test_add_a_recording_and_say_what_is_missing(self, as_role):
        event = EventFactory()
        browser = as_role(OFFICER)
        path = reverse("events:add_recording", args=[event.pk])
        given = {"title": "Opname", "url": "video.example/1", "seen_by": "ALL", "transcript": "Dag."}
        assert browser.get(path).status_code == 200

        refused = browser.post(path, given)
        browser.post(path, given | {"has_captions": "on"})

        assert "Zeg hier waarom" in refused.text
        assert "Dag." in refused.text
        assert event.recordings.get().url == "https://video.example/1"
        assert "Opname" in browser.get(reverse("event:inspect", args=[event.pk])).text

    def test_correct_and_remove_a_recording(self, as_role):
        recording = keep_recording(EventFactory())
        browser = as_role(OFFICER)
        names = [recording.event_id, recording.pk]
        assert "https://video.example/1" in browser.get(reverse("events:recording", args=names)).text

        browser.get(reverse("events:remove_recording", args=names))
        browser.post(reverse("events:remove_recording", args=names))

        assert not Recording.objects.exists()

    def test_add_a_file_and_say_why_one_is_refused(self, as_role):
        event = EventFactory()
        browser = as_role(OFFICER)
        path = reverse("events:add_material", args=[event.pk])
        given = {"title": "Dia's", "seen_by": "PARTICIPANTS"}
        svg = SimpleUploadedFile("x.svg", b"<svg/>")

        refused = browser.post(path, given | {"file": svg})
        neither = browser.post(path, given)
        taken = browser.post(path, given | {"file": SimpleUploadedFile("../../dia.pdf", PDF)})

        assert "Dit soort bestand nemen we niet" in refused.text
        assert "Kies een bestand, of vul een link in" in neither.text
        assert taken.status_code == 302
        assert event.materials.get().file.name.startswith("materiaal/")

    def test_correct_and_remove_material(self, as_role):
        material = keep_material(EventFactory())
        browser = as_role(OFFICER)
        names = [material.event_id, material.pk]

        assert "Er is al een bestand" in browser.get(reverse("events:material", args=names)).text
        browser.post(reverse("events:material", args=names), {"title": "Nieuw", "seen_by": "ALL"})
        material.refresh_from_db()
        assert (material.title, bool(material.file)) == ("Nieuw", True)

        browser.get(reverse("events:remove_material", args=names))
        browser.post(reverse("events:remove_material", args=names))
        assert not Material.objects.exists()

    def test_do_not_open_for_a_partner_who_does_not_lead(self, as_role):
        recording = keep_recording(EventFactory())
        browser = as_role(PARTNER)

        path = reverse("events:recording", args=[recording.event_id, recording.pk])

        assert browser.get(path).status_code == 404
        assert browser.post(path, {}).status_code == 404

    def test_do_not_reach_what_belongs_to_another_event(self, as_role):
        recording = keep_recording(EventFactory())
        other = EventFactory(starts_at=recording.event.starts_at + timedelta(days=1))

        path = reverse("events:remove_recording", args=[other.pk, recording.pk])

        assert as_role(OFFICER).post(path).status_code == 404
