"""The year plan of the demo, in our own words, and the Word document that it is delivered as."""

from __future__ import annotations

import io

import docx

TITLE = "Jaaractieplan digitale inclusie 2026"
TEXT = """\
Inleiding

Dit plan zegt wat VVSG in 2026 doet om iedereen digitaal mee te krijgen. Het bouwt voort op het \
meerjarenplan voor de jaren tot 2029.

Veel acties gebeuren samen met Mediawijs. Per actie staat erbij wie trekt en wie helpt.

Wanneer we in dit plan spreken over lokale besturen, bedoelen we de lokale besturen én hun \
samenwerkingsverbanden.

SD1 VVSG brengt lokale besturen en hun partners samen om van elkaar te leren

OD1.1 VVSG houdt een levendig netwerk digitale inclusie

VVSG nodigt de leden uit, houdt de ledenlijst bij en maakt het netwerk bekend. Mediawijs ondersteunt \
VVSG bij het programma en bij de praktische kant.

VVSG vraagt na elke bijeenkomst wat de deelnemers ermee zullen doen. Wat ze antwoorden, stuurt de \
volgende keer.

Als “lid” van het netwerk wordt beschouwd iedereen die de VVSG-nieuwsbrief digitale inclusie \
ontvangt.

VVSG houdt een Teamskanaal open waar collega’s elkaar snel een vraag stellen.

In een intervisie legt iemand een eigen vraag voor aan een kleine groep. Dat doen we 4 keer per \
jaar.

Indicatoren 2026:

- minstens vier bijeenkomsten van het netwerk
- minstens 1 van deze bijeenkomsten is fysiek en vindt plaats buiten Brussel
- minstens 1100 leden van het netwerk
- minstens 300 leden van de online kennisdeling op Teams
- vertegenwoordiging vanuit minstens 180 lokale besturen en 10 intergemeentelijke \
samenwerkingsverbanden
- minstens 90 deelnames van medewerkers van lokale besturen of intergemeentelijke \
samenwerkingsverbanden aan de bijeenkomsten van het netwerk
- vier keer een intervisiesessie. Een sessie gaat pas door vanaf minimaal 3 inschrijvingen.

OD1.2 VVSG en Mediawijs zetten nieuwe thema’s op de agenda met infosessies en inspiratiemomenten

VVSG is trekker van de infosessies. Een infosessie speelt kort in op wat leeft. De eerste staat op \
15 januari 2026 en gaat over hulp aan het loket.

Mediawijs is trekker van de inspiratiemomenten. Die zijn er voor iedereen die met digitale inclusie \
bezig is. Het eerste valt op 21 april 2026. Daarna volgen een online dag in het voorjaar en een \
fysieke dag in het najaar.

VVSG ondersteunt Mediawijs met praktijken en sprekers uit lokale besturen.

Indicatoren 2026:

- organisatie van minstens 2 infosessies over een actueel thema
- minstens 100 deelnemersuren aan de infosessies
- ondersteuning bij 3 inspiratiemomenten, georganiseerd door Mediawijs

OD1.3 VVSG vertelt actief wat er leeft en wat werkt

VVSG verzamelt goede praktijken en zet die in de praktijkenbank. VVSG schrijft ook artikels en een \
nieuwsbrief.

VVSG komt spreken waar anderen dat vragen. Daarbij telt hoeveel mensen uit lokale besturen we zo \
bereiken.

Indicatoren 2026:

- minstens vier praktijken van lokale besturen of intergemeentelijke samenwerkingsverbanden in de \
praktijkenbank
- minstens twee artikels over digitale inclusie in het magazine Lokaal
- minstens negen keer de VVSG-nieuwsbrief digitale inclusie
- VVSG geeft minstens vijf infosessies, presentaties of workshops op vraag van anderen

SD2 VVSG maakt lokale besturen sterker met opleidingen

OD2.1 VVSG ondersteunt Mediawijs bij opleidingen van meer dagen

Mediawijs is trekker van deze opleidingen. VVSG denkt mee over de inhoud en begeleidt deelnemers.

In het najaar van 2026 staat een traject gepland voor wie met ouderen werkt.

Indicator 2026:

- ondersteuning van Mediawijs bij minstens één meerdaagse praktijkgerichte opleiding over digitale \
inclusie

OD2.2 VVSG geeft en verspreidt opleidingen over digitale inclusie

VVSG kijkt welke thema’s medewerkers aan het loket nodig hebben. VVSG brengt digitale inclusie ook \
binnen in andere opleidingen.

Een opleiding van Diverscity staat twee keer gepland, in februari en maart 2026.

Indicatoren 2026:

- VVSG integreert digitale inclusie in minstens twee opleidingen van VVSG of Diverscity
- VVSG organiseert minstens één thematische opleiding voor medewerkers van lokale besturen
- minstens 160 deelnemersuren aan opleidingen over digitale inclusie

SD3 VVSG helpt lokale besturen met hulpmiddelen, advies en begeleiding

OD3.1 VVSG maakt en verspreidt hulpmiddelen en handleidingen

Mediawijs is trekker van de meeste hulpmiddelen. VVSG brengt de ervaringen van lokale besturen \
binnen.

VVSG maakt zelf een kader voor collega’s die aan het loket digitale hulp geven.

Indicatoren 2026:

- minstens één focusgroep met lokale besturen ter evaluatie van de bestaande tools
- een focusgroep over outreachend werken en digitale hulp aan huis

OD3.2 VVSG geeft advies over digitale inclusie

VVSG beantwoordt vragen van lokale besturen. Vaak groeit daar een gesprek uit. Die gesprekken tonen \
ook waar het knelt.

Indicator 2026:

- VVSG voert zes adviesgesprekken met lokale besturen

OD3.3 VVSG begeleidt lokale besturen op maat

VVSG begeleidt een lokaal bestuur dat een plan of een aanpak wil uitwerken. VVSG doet dat waar het \
kan in samenwerking met Mediawijs.

Indicatoren 2026:

- drie ondersteuningstrajecten op maat of procesbegeleidingen voor lokale besturen
- beschrijving van de geboden ondersteuning en de gebruikte methodieken

Slot

Verandert er iets aan de middelen, dan herbekijken we dit plan samen. Elke wijziging krijgt een \
reden en een datum.
"""
STYLES = {
    "SD": "Heading 1",
    "OD": "Heading 2",
    "Indicator": "Heading 3",
    "Inleiding": "Heading 1",
    "Slot": "Heading 1",
}


def build_docx() -> bytes:
    """Write the plan as a Word document with real headings and lists of bullets."""
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.language = "nl-BE"
    document.add_paragraph(TITLE, style="Title")
    for line in TEXT.splitlines():
        if line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        elif line:
            style = next((style for start, style in STYLES.items() if line.startswith(start)), None)
            document.add_paragraph(line, style=style)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
