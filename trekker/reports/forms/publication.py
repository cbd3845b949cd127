"""What the website shows of a year, and who may frame it."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from trekker.reports.models import Publication

MOST_HOSTS = 20
Shows = Publication.Shows
# What goes into a header: a scheme, a name, perhaps a port; no path, no wildcard, nothing else.
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"https://(?:{LABEL}\.)+[a-z]{{2,63}}(?::\d{{1,5}})?", re.ASCII)
# A page on one's own machine, to try it out.
LOCAL = re.compile(r"http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?", re.ASCII)


class PublicationForm(forms.Form):
    """Chooses which figures the website shows, and which websites may show them in a frame."""

    shows = forms.ChoiceField(
        label="Wat toon je?",
        choices=Shows.choices,
        widget=forms.RadioSelect,
        help_text="De cijfers van vandaag tellen we elk half uur opnieuw. Een rapport blijft gelijk.",
    )
    hosts = forms.CharField(
        label="Websites die het kader mogen tonen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Eén adres per regel, zoals https://www.vvsg.be. Laat leeg als niemand het mag.",
    )

    def __init__(self, *args: Any, is_fixed: bool, **options: Any) -> None:
        """Offer the fixed report only where there is one."""
        super().__init__(*args, **options)
        if not is_fixed:
            shows = self.fields["shows"]
            shows.choices = [(Shows.TODAY.value, Shows.TODAY.label)]  # type: ignore[attr-defined]
            shows.help_text = "Is er een rapport van dit jaar vastgesteld? Dan kun je ook dat tonen."

    def clean_hosts(self) -> list[str]:
        """Give the origins, each once; refuse what is none."""
        lines = (line.strip().lower().rstrip("/") for line in self.cleaned_data["hosts"].splitlines())
        hosts = list(dict.fromkeys(filter(None, lines)))
        for host in hosts:
            if not HOST.fullmatch(host) and not LOCAL.fullmatch(host):
                raise forms.ValidationError(
                    f"«{host}» is geen adres van een website. Schrijf het zoals https://www.vvsg.be."
                )
        if len(hosts) > MOST_HOSTS:
            raise forms.ValidationError(f"Geef hoogstens {MOST_HOSTS} websites.")
        return hosts
