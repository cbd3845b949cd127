"""The kinds of mail that ask, each with its text; none holds a word that someone typed."""

from __future__ import annotations

from trekker.mail.registry import Kind, declare

ASKED = {
    "activiteit": "waarover de vragen gaan",
    "tot": "de laatste dag om te antwoorden",
    "link": "de persoonlijke link naar de vragen",
}
LATER = {
    "activiteit": "waarover de vragen gingen",
    "link": "de persoonlijke link naar de vraag",
}
INVITE = declare(
    Kind(
        code="feedback.invite",
        label="Vraag om feedback",
        subject="Wat vond je van [activiteit]?",
        text="Dag,\n\nDit gaat over [activiteit]. Wat vond je ervan? Kun je ermee aan de slag?\n\n"
        "Antwoorden duurt twee minuten. Het kan tot en met [tot].\n\n[link]\n\n"
        "De link is van jou. Je kunt er één keer mee antwoorden.\n",
        placeholders=ASKED,
        private=True,
    )
)
REMIND = declare(
    Kind(
        code="feedback.remind",
        label="Herinnering om feedback",
        subject="Nog even: wat vond je van [activiteit]?",
        text="Dag,\n\nWe horen graag wat je vond van [activiteit]. Je kunt antwoorden tot en met [tot].\n\n"
        "[link]\n\nDit is de enige herinnering.\n",
        placeholders=ASKED,
        private=True,
    )
)
FOLLOW_UP = declare(
    Kind(
        code="feedback.follow_up",
        label="Wat kwam ervan?",
        subject="Wat kwam ervan na [activiteit]?",
        text="Dag,\n\nNa [activiteit] schreef je wat je ging doen. Is het gelukt?\n\n"
        "Op deze pagina zie je wat je schreef. Antwoorden duurt een minuut.\n\n[link]\n\n"
        "Je zei dat we dit mochten vragen. Wil je niet meer? Op dezelfde pagina trek je alles in.\n",
        placeholders=LATER,
        private=True,
    )
)
FOLLOW_UP_AGAIN = declare(
    Kind(
        code="feedback.follow_up_again",
        label="Wat kwam ervan? Herinnering",
        subject="Nog even: wat kwam ervan na [activiteit]?",
        text="Dag,\n\nWe zijn benieuwd wat er van je plan kwam na [activiteit]. "
        "Ook niets is een antwoord.\n\n[link]\n\nDit is de enige herinnering. Daarna wissen we je adres.\n",
        placeholders=LATER,
        private=True,
    )
)
