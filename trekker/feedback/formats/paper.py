"""A questionnaire on paper as accessible PDF (PDF/UA-1), drawn by Typst with the fonts it carries."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from trekker.kernel.typesetting import drawable, typeset

# Values come in as data, never as text of the program: a question cannot become a command.
DRAWING = """
#let it = json(bytes(sys.inputs.at("facts")))
#set document(title: it.title, keywords: ())
#set text(lang: "nl", region: "BE", font: "Libertinus Serif", size: 12pt, fill: rgb("#16211c"))
#set page(paper: "a4", margin: (x: 2.2cm, top: 2cm, bottom: 2.2cm), numbering: "1 / 1")
#set par(leading: 0.65em, spacing: 0.8em)
#show heading: set text(fill: rgb("#10563c"))
#show heading.where(level: 1): set text(size: 22pt, weight: "semibold")
#show heading.where(level: 2): set text(size: 13pt, weight: "semibold", fill: rgb("#16211c"))
#show heading.where(level: 2): set block(above: 1.7em, below: 0.7em, sticky: true)
#let tick = box(width: 1em, height: 1em, baseline: 0.15em, stroke: 0.8pt)
#let rule = block(width: 100%, height: 1.9em, spacing: 0pt, stroke: (bottom: 0.6pt + rgb("#768078")))
#let lines(many) = { for _ in range(many) { rule } }

#heading(level: 1, it.title)
#text(size: 14pt, it.about)

#if it.intro != "" [#it.intro]

#it.privacy

#for (place, asked) in it.questions.enumerate(start: 1) {
  block(above: 1.7em, breakable: asked.options.len() > 8, {
    heading(level: 2, [#place. #asked.label])
    if asked.condition != "" [#emph(asked.condition) \\ ]
    if asked.help != "" [#asked.help \\ ]
    if asked.hint != "" [#text(size: 10.5pt, asked.hint)]
    if asked.across {
      grid(columns: asked.options.len(), column-gutter: 1.6em, row-gutter: 0.5em,
        ..asked.options.map(each => [#tick #each]))
      let (low, high) = (asked.options.first(), asked.options.last())
      if asked.low != "" [#text(size: 10.5pt)[#low: #asked.low. #high: #asked.high.]]
    } else {
      for each in asked.options { block(above: 0.5em, below: 0.5em)[#tick #h(0.3em) #each] }
    }
    lines(asked.lines)
  })
}

#if it.permissions.len() > 0 {
  heading(level: 2, "Wat mogen we met je antwoord doen?")
  for each in it.permissions {
    block(above: 0.5em, below: 0.5em)[#if each.box [#tick #h(0.3em)] #each.label]
    lines(each.lines)
  }
}

#heading(level: 2, "Klaar?")
#it.back

#if it.link != "" [
  Liever online? Ga naar:\\
  #text(hyphenate: false, link(it.link))
]
"""


@dataclass(frozen=True)
class OnPaper:
    """One question on paper: boxes to tick, ``across`` for a scale, and lines to write on."""

    label: str
    help: str = ""
    condition: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    across: bool = False
    low: str = ""
    high: str = ""
    lines: int = 0


@dataclass(frozen=True)
class Permitted:
    """Something to allow or fill in at the end."""

    label: str
    box: bool = True
    lines: int = 0


@dataclass(frozen=True)
class PaperForm:
    """All that stands on the paper; ``link`` is for who answers online after all."""

    title: str
    about: str
    intro: str
    privacy: str
    questions: tuple[OnPaper, ...]
    permissions: tuple[Permitted, ...]
    back: str
    link: str = ""


def draw(form: PaperForm, made_at: datetime) -> bytes:
    """Draw a form as PDF; the same form and moment give the same file."""
    stamp = made_at.replace(microsecond=0)
    return typeset(DRAWING, drawable(asdict(form)), format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
