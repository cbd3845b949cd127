"""Plans of other organisations, in other shapes; all invented."""

BBC = """Gemeente Wilgendaal
Meerjarenplan 2026-2031: digitale dienstverlening

Beleidsdoelstelling 1: Wilgendaal is digitaal bereikbaar voor iedereen

Actieplan 1.1: Inwoners vinden hulp in hun buurt

Actie 1.1.1: Bibliotheek Wilgendaal houdt zitdagen
Initiatiefnemer: Bibliotheek Wilgendaal
Partners: OCMW
Timing: voorjaar 2026
Meting: minstens 40 zitdagen

AC 1.1.2 Medewerkers volgen een opleiding
Probleem: medewerkers kennen de hulpmiddelen niet.
Timing: tegen 30 juni 2026
Indicatoren:
- tussen 1.000 en 1.200 deelnemersuren aan opleidingen
- tevredenheid > 7/10
- 90 % van de deelnemers past het geleerde toe
- het draaiboek ligt klaar tegen 15 september 2026

AP 1.2 Wilgendaal luistert
Indicatoren
• maximaal 3 focusgroepen
• meer dan 12 infosessies
"""

NUMBERED = """Jaarplan 2027

7 Digitale inclusie

7.1 Kennis delen

7.1.1 Het netwerk samenbrengen

We brengen het netwerk samen in Mechelen.

Indicatoren 2027:
1. minstens 3 bijeenkomsten van het netwerk
2. minstens 50 deelnames

7.1.2 Opleidingen geven

Indicatoren 2027:
a) twee opleidingen
"""

CONTENTS = """Inhoudsopgave

SD1 De Kring verbindt haar leden ........ 2
OD1.1 De Kring houdt bijeenkomsten ...... 3
OD1.2 De Kring schrijft een nieuwsbrief . . . . 4

SD1 De Kring verbindt haar leden

OD1.1 De Kring houdt bijeenkomsten

De Kring nodigt iedereen uit.

Indicatoren 2026:
- minstens 2 bijeenkomsten

OD1.2 De Kring schrijft een nieuwsbrief

Indicatoren 2026:
- minstens 4 keer de nieuwsbrief
"""

LOST = """SD1 De Kring verbindt haar leden

OD1.1 De Kring houdt bijeenkomsten

De Kring nodigt iedereen uit, zoals elk jaar.

Indicatoren 2026:
- minstens 2 bijeenkomsten

De Kring schrijft een nieuwsbrief

Wie lid is, krijgt de brief in de bus.

Indikatoren 2026:
- minstens 4 keer de nieuwsbrief

OD1.3 De Kring geeft advies

Indicatoren 2026:
- minstens 5 adviesgesprekken
"""

LETTER = """Beste leden,

Op 12 maart 2026 vieren we feest. Er zijn minstens vier soorten taart.

Breng gerust iemand mee.

Met vriendelijke groeten
"""

RECIPE = """1. Ingrediënten

2 eieren en minstens 300 gram bloem.

2. Bereiding

Meng alles.
"""
