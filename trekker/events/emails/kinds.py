"""
The kinds of mail to participants, each with its text.

None holds a word that a visitor typed: anyone can have a mail sent to any address.
"""

from __future__ import annotations

from trekker.mail.registry import Kind, declare

TOO_FEW = "Er waren te weinig inschrijvingen."  # the reason that a decision for lack of people gives

EVENT = {
    "activiteit": "de titel van de activiteit",
    "wanneer": "dag en uren",
    "waar": "zaal en adres, of online",
    "link_pagina": "het adres van de openbare pagina",
}
OWN = {
    **EVENT,
    "link": "de persoonlijke link van de deelnemer",
    "online_uitleg": "een zin boven de link om online mee te doen; leeg ter plaatse",
    "link_online": "de link om online mee te doen; leeg ter plaatse",
}
FACTS = "Wanneer: [wanneer]\nWaar: [waar]\n\n[online_uitleg]\n[link_online]\n\n"
CHANGE = "Wil je iets wijzigen, of kun je niet komen? Gebruik dan je persoonlijke link:\n[link]\n"

REGISTERED = declare(
    Kind(
        code="events.registered",
        label="Ingeschreven",
        subject="Je bent ingeschreven: [activiteit]",
        text="Dag,\n\nJe bent ingeschreven voor [activiteit].\n\n"
        + FACTS
        + "De uitnodiging voor je agenda zit bij deze mail.\n\n"
        + CHANGE
        + "\nSchreef je je niet zelf in? Gebruik dan ook die link.\n",
        placeholders=OWN,
        confirms=True,
    )
)
ALREADY = declare(
    Kind(
        code="events.already",
        label="Was al ingeschreven",
        subject="Je stond al op de lijst: [activiteit]",
        text="Dag,\n\nIemand vulde je mailadres in om in te schrijven voor [activiteit]. "
        "Je stond al op de lijst. Er verandert niets.\n\nJe staat zo genoteerd: [stand].\n\n"
        + FACTS
        + CHANGE,
        placeholders={**OWN, "stand": "ingeschreven, of op de wachtlijst"},
        confirms=True,
        delays_others=False,
    )
)
WAITING = declare(
    Kind(
        code="events.waiting",
        label="Op de wachtlijst",
        subject="Je staat op de wachtlijst: [activiteit]",
        text="Dag,\n\n[activiteit] is volzet. Je staat op de wachtlijst.\n\n"
        "Wanneer: [wanneer]\nWaar: [waar]\n\n"
        "Komt er een plaats vrij? Dan krijg je die vanzelf, en een mail van ons.\n\n"
        "Je plaats op de wachtlijst vind je hier. Daar haal je je er ook af.\n[link]\n",
        placeholders=OWN,
        confirms=True,
    )
)
MOVED_UP = declare(
    Kind(
        code="events.moved_up",
        label="Van de wachtlijst naar een plaats",
        subject="Je hebt een plaats: [activiteit]",
        text="Dag,\n\nGoed nieuws. Er kwam een plaats vrij en die is voor jou. "
        "Je bent nu ingeschreven voor [activiteit].\n\n"
        + FACTS
        + "Kun je toch niet komen? Schrijf je dan snel uit. Zo kan iemand anders mee.\n[link]\n",
        placeholders=OWN,
    )
)
CANCELLED = declare(
    Kind(
        code="events.withdrawn",
        label="Uitgeschreven",
        subject="Je bent uitgeschreven: [activiteit]",
        text="Dag,\n\nJe bent uitgeschreven voor [activiteit]. We verwachten je niet meer.\n\n"
        "Je kunt je opnieuw inschrijven op deze pagina:\n[link_pagina]\n",
        placeholders=EVENT,
    )
)
HANDED_OVER = declare(
    Kind(
        code="events.handed_over",
        label="Plaats doorgegeven",
        subject="Je gaf je plaats door: [activiteit]",
        text="Dag,\n\nJe gaf je plaats voor [activiteit] aan een collega. Je collega krijgt een mail.\n\n"
        "Jij bent niet langer ingeschreven.\n",
        placeholders=EVENT,
    )
)
TAKEN_OVER = declare(
    Kind(
        code="events.taken_over",
        label="Plaats gekregen van een collega",
        subject="Een collega gaf je een plaats: [activiteit]",
        text="Dag,\n\nDeze mail gaat over [activiteit]. "
        "Een collega van jou gaf [plaats] door aan jou.\n\n"
        + FACTS
        + "Wil je die plaats niet? Weiger ze met één klik op deze pagina:\n[link_weiger]\n\n"
        + "Kom je wel? Dan hoef je niets te doen. Je gegevens vind je met je persoonlijke link:\n[link]\n",
        placeholders={
            **OWN,
            "plaats": "een plaats, of een plaats op de wachtlijst",
            "link_weiger": "het adres waar de collega de plaats weigert",
        },
        confirms=True,
    )
)
CHANGED = declare(
    Kind(
        code="events.changed",
        label="Dag, plaats of link veranderde",
        subject="Er is iets veranderd: [activiteit]",
        text="Dag,\n\nEr is iets veranderd aan [activiteit]. Dit veranderde: [wat].\n\nZo is het nu:\n\n"
        + FACTS
        + "Kun je nu niet meer komen? Laat het ons weten met je persoonlijke link:\n[link]\n",
        placeholders={**OWN, "wat": "wat veranderde: dag, plaats of link"},
    )
)
EVENT_CANCELLED = declare(
    Kind(
        code="events.event_cancelled",
        label="De activiteit gaat niet door",
        subject="Gaat niet door: [activiteit]",
        text="Dag,\n\n[activiteit] gaat niet door. Je hoeft niets te doen.\n\nHet was gepland: [wanneer].\n\n"
        "[reden]\n\n[volgende_uitleg]\n[link_volgende]\n",
        placeholders={
            **EVENT,
            "reden": "de reden van annuleren; kan leeg zijn",
            "volgende_uitleg": "een zin over de volgende datum van de reeks; kan leeg zijn",
            "link_volgende": "het adres van de volgende activiteit van de reeks; kan leeg zijn",
        },
    )
)
NO_GO = declare(
    Kind(
        code="events.no_go",
        label="Te weinig inschrijvingen",
        subject="Gaat niet door: [activiteit]",
        text="Dag,\n\nVoor [activiteit] waren er te weinig inschrijvingen. Ze gaat dus niet door.\n\n"
        "Het was gepland: [wanneer].\n\nJe vraagstuk blijft welkom.\n\n[volgende_uitleg]\n[link_volgende]\n",
        placeholders=EVENT_CANCELLED.placeholders,
    )
)
REPLANNED = declare(
    Kind(
        code="events.replanned",
        label="De activiteit staat opnieuw in de planning",
        subject="Toch opnieuw gepland: [activiteit]",
        text="Dag,\n\nEerder schreven we je dat [activiteit] niet doorging. "
        "Nu staat ze opnieuw in de planning.\n\nJe hoeft je niet opnieuw in te schrijven. "
        "Je staat zo genoteerd: [stand].\n\n" + FACTS + CHANGE,
        placeholders={**OWN, "stand": "ingeschreven, of op de wachtlijst"},
    )
)
GOES_AHEAD = declare(
    Kind(
        code="events.goes_ahead",
        label="De activiteit gaat door",
        subject="Gaat door: [activiteit]",
        text="Dag,\n\n[activiteit] gaat door. We kijken ernaar uit.\n\n" + FACTS + CHANGE,
        placeholders=OWN,
    )
)
WEEK_BEFORE = declare(
    Kind(
        code="events.week_before",
        label="Herinnering een week vooraf",
        subject="Volgende week: [activiteit]",
        text="Dag,\n\nBinnen een week is het zover: [activiteit].\n\n" + FACTS + CHANGE,
        placeholders=OWN,
    )
)
DAY_BEFORE = declare(
    Kind(
        code="events.day_before",
        label="Herinnering een dag vooraf",
        subject="Bijna zover: [activiteit]",
        text="Dag,\n\nMorgen is het zover: [activiteit].\n\n" + FACTS + "Tot dan!\n\n" + CHANGE,
        placeholders=OWN,
    )
)
AFTERWARDS = declare(
    Kind(
        code="events.afterwards",
        label="Na de activiteit",
        subject="Bedankt: [activiteit]",
        text="Dag,\n\nBedankt voor je interesse in [activiteit].\n\n"
        "Zijn er opnames of presentaties? Dan vind je ze op je persoonlijke pagina:\n[link]\n",
        placeholders=OWN,
    )
)
DECIDE = declare(
    Kind(
        code="events.decide",
        label="Beslis of de intervisie doorgaat",
        subject="Beslis vandaag: [activiteit]",
        text="Dag,\n\nDe inschrijvingen voor [activiteit] zijn gesloten. [tel]\n\nOns advies: [advies].\n\n"
        "Jij beslist, met één klik. Iedereen krijgt dan de juiste mail.\n[link_beslis]\n",
        placeholders={
            **EVENT,
            "tel": "hoeveel inschrijvingen er zijn, naast het minimum",
            "advies": "laat ze doorgaan, of annuleer",
            "link_beslis": "het adres waar je beslist",
        },
    )
)
# What is about coming: taken back when someone no longer comes.
ABOUT_COMING = (
    *(REGISTERED, ALREADY, WAITING, MOVED_UP, TAKEN_OVER, CHANGED, REPLANNED, GOES_AHEAD),
    *(WEEK_BEFORE, DAY_BEFORE),
)
CALLED_OFF = (EVENT_CANCELLED, NO_GO)
