"""A certificate of attendance as accessible PDF (PDF/UA-1), drawn by Typst with the fonts it carries."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from trekker.kernel.typesetting import drawable, typeset

# Values come in as data, never as text of the program: a name cannot become a command.
DRAWING = """
#let it = json(bytes(sys.inputs.at("facts")))
#set document(title: it.title, author: it.organisers, keywords: ())
#set text(lang: "nl", region: "BE", font: "Libertinus Serif", size: 14pt, fill: rgb("#16211c"))
#set page(paper: "a4", flipped: true, margin: (x: 3.2cm, y: 2.6cm), background: pdf.artifact(
  place(center + horizon, rect(width: 100% - 2cm, height: 100% - 2cm, stroke: 1.2pt + rgb("#10563c")))
))
#set par(leading: 0.7em, spacing: 1.1em)
#show heading: set text(fill: rgb("#10563c"))
#show heading.where(level: 1): set text(size: 30pt, weight: "semibold")
#heading(level: 1, "Attest van deelname")
#v(0.8em)
#text(size: 24pt, weight: "semibold", it.name)

volgde #it.hours uur van de opleiding

#text(size: 17pt, weight: "semibold", it.course)

#if it.dates.len() == 1 [op #it.dates.at(0).] else [
  op deze dagen:
  #list(..it.dates.map(day => [#day]))
]
#v(1fr)
#if it.organisers != "" [Georganiseerd door #it.organisers.]

#text(size: 10pt, fill: rgb("#435049"))[Opgemaakt op #it.made_on. De opleiding telde #it.total uur.]
"""


@dataclass(frozen=True)
class Certificate:
    """What stands on a certificate; no address, no date of birth."""

    name: str
    course: str
    hours: str
    total: str
    dates: tuple[str, ...]
    organisers: str
    made_on: str

    @property
    def title(self) -> str:
        """The title of the document, as a reader of screens says it."""
        return f"Attest van deelname: {self.course}, {self.name}"


def draw(certificate: Certificate, made_at: datetime) -> bytes:
    """Draw a certificate as PDF; the same facts and moment give the same file."""
    facts = {**asdict(certificate), "title": certificate.title}
    stamp = made_at.replace(microsecond=0)
    return typeset(DRAWING, drawable(facts), format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
