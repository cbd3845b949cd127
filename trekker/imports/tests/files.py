"""Files as other programs write them, and files that mean harm; all people in them are invented."""

import csv
import io
import zipfile
from pathlib import Path

import xlsxwriter

MAILCHIMP = [
    *("Email Address", "First Name", "Last Name", "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP"),
    *("CONFIRM_TIME", "CONFIRM_IP", "LAST_CHANGED", "LEID", "EUID", "NOTES", "TAGS"),
]
ENTRA = [
    *("userPrincipalName", "displayName", "surname", "mail", "givenName", "id", "userType", "jobTitle"),
    *("department", "companyName", "telephoneNumber", "createdDateTime"),
]
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_END = "</sheetData></worksheet>"
OFFICE = "http://schemas.openxmlformats.org"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="a" '
    f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{OFFICE}/spreadsheetml/2006/main" '
    f'xmlns:r="{OFFICE}/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship '
    f'Id="b" Type="{OFFICE}/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def csv_file(path: Path, rows, delimiter=";", encoding="utf-8") -> Path:
    """Write rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(path: Path, rows) -> Path:
    """Write rows as a workbook of one sheet."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Leden")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return path


def people(count: int, domains: int = 300):
    """Give the headings and rows of a list of invented people."""
    yield ["E-mail", "Voornaam", "Achternaam", "Organisatie", "Telefoon", "Lid sinds"]
    for number in range(count):
        domain = f"bestuur{number % domains}.example"
        phone = f"+32 475 {number:06d}"
        yield [f"fien{number}@{domain}", f"Fien{number}", "Voorbeeld", "", phone, "2025-03-01"]


def mailchimp_row(email: str, opted_in="2025-01-31 23:30:00", changed="2025-06-01 10:00:00", first="Fien"):
    """Give a row of an audience, for the headings of ``MAILCHIMP``."""
    return [email, first, "Voorbeeld", "2", opted_in, "", opted_in, "", changed, "1", "a1", "", '"wervend"']


def mailchimp_zip(path: Path, subscribed=(), unsubscribed=(), cleaned=()) -> Path:
    """Write an audience as Mailchimp does; of who left, each row is (email, opted in, left)."""
    gone = [*MAILCHIMP, "UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE"]
    bounced = [*MAILCHIMP, "CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE"]
    parts = {
        "cleaned": [bounced, *([*mailchimp_row(email, since), left, ""] for email, since, left in cleaned)],
        "subscribed": [MAILCHIMP, *(mailchimp_row(email, since) for email, since in subscribed)],
        "unsubscribed": [
            gone,
            *([*mailchimp_row(email, since), left, ""] for email, since, left in unsubscribed),
        ],
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, rows in parts.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            container.writestr(f"{name}_members_export_a1b2.csv", text.getvalue())
    return path


def workbook_of(path: Path, sheet: str) -> Path:
    """Write a workbook whose only sheet is this XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in PARTS.items():
            container.writestr(name, text)
        container.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def bomb(path: Path, size: int) -> Path:
    """Write a workbook whose sheet unpacks into so many bytes of nothing."""
    block = b" " * 1_000_000
    workbook_of(path, SHEET)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as container,
        container.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(size // len(block)):
            part.write(block)
    return path


def lying_bomb(path: Path, size: int) -> Path:
    """Write a bomb whose table of contents says that it is small."""
    bomb(path, size)
    with zipfile.ZipFile(path) as container:
        stated = container.getinfo("xl/worksheets/sheet2.xml").file_size
    raw = path.read_bytes().replace(stated.to_bytes(4, "little"), (2_000_000).to_bytes(4, "little"))
    path.write_bytes(raw)
    return path


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f'{SHEET}<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>{SHEET_END}'
)
FAR_CORNER = (
    f'{SHEET}<row r="1"><c r="A1"><v>1</v></c></row>'
    f'<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>{SHEET_END}'
)
UNSEEN_CORNER = (
    f"{SHEET}<row><c r = 'A1'><v>1</v></c></row><row><c r = 'ZZ1048576'><v>1</v></c></row>{SHEET_END}"
)
MILLION_COLUMNS = f'{SHEET}<row r="1">{"<c><v>1</v></c>" * 1_000_000}{SHEET_END}'
EXTERNAL = (
    f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{SHEET}<row><c><v>&e;</v></c></row>{SHEET_END}'
)
