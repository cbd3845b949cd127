"""What a column of a list of members can hold, and the programs whose lists are known."""

from __future__ import annotations

from trekker.imports.registry import Field, Format
from trekker.network.importers.wishes import Standing

FIELDS = (
    Field(
        code="email",
        label="mailadres",
        words=(
            *("email", "e-mail", "mail", "e-mailadres", "emailadres", "email address", "e-mail address"),
            *("mail adres", "adres", "user email", "contact email"),
        ),
        required=True,
    ),
    Field(
        code="upn",
        label="aanmeldnaam (UPN)",
        words=("userprincipalname", "user principal name", "upn", "aanmeldnaam"),
        stands_in_for="email",
    ),
    Field(code="first_name", label="voornaam", words=("first name", "given name", "givenname", "vnaam")),
    Field(
        code="last_name",
        label="achternaam",
        words=("last name", "surname", "familienaam", "family name", "anaam"),
    ),
    Field(
        code="full_name",
        label="volledige naam",
        words=("naam", "name", "display name", "displayname", "naam en voornaam", "contactpersoon"),
    ),
    Field(
        code="phone",
        label="telefoon",
        words=(
            *("telefoonnummer", "tel", "gsm", "mobiel", "phone", "phone number", "mobile"),
            *("mobilephone", "telephonenumber"),
        ),
    ),
    Field(
        code="organisation",
        label="organisatie",
        words=(
            *("organisation", "organization", "bestuur", "lokaal bestuur", "gemeente", "stad", "werkgever"),
            *("company", "companyname", "bedrijf", "company name", "gemeente of ocmw", "naam organisatie"),
        ),
    ),
    Field(
        code="function",
        label="functie",
        words=("job title", "jobtitle", "functietitel", "rol", "title", "beroep"),
    ),
    Field(
        code="policy_domain",
        label="beleidsdomein",
        words=("department", "dienst", "afdeling", "beleidsdomeinen", "domein"),
    ),
    Field(
        code="since",
        label="ingeschreven op",
        words=(
            *("opt in time", "ingeschreven", "inschrijfdatum", "datum inschrijving", "lid sinds", "datum"),
            *("aanmelddatum", "subscribed at", "signup date", "since", "sinds"),
        ),
    ),
    Field(code="confirmed", label="inschrijving bevestigd op", words=("confirm time", "bevestigd op")),
    Field(
        code="ended",
        label="uitgeschreven op",
        words=("unsub time", "uitschrijfdatum", "datum uitschrijving", "lid tot"),
    ),
    Field(code="cleaned", label="onbestelbaar sinds", words=("clean time", "bounced at")),
    Field(code="changed", label="laatst gewijzigd op", words=("last changed", "laatst gewijzigd")),
    Field(
        code="status",
        label="ingeschreven of niet",
        words=("status", "stand", "toestand", "subscription status"),
    ),
    Field(
        code="consent_text",
        label="tekst van de toestemming",
        words=("toestemming", "consent", "consent text"),
    ),
)

_MAILCHIMP = {
    "email": "Email Address",
    "first_name": "First Name",
    "last_name": "Last Name",
    "since": "OPTIN_TIME",
    "confirmed": "CONFIRM_TIME",
    "changed": "LAST_CHANGED",
}
_MARKS = ("Email Address", "OPTIN_TIME", "LEID", "EUID")
FORMATS = (
    Format(
        code="mailchimp_all",
        label="Mailchimp, de hele lijst (zip)",
        headings=(*_MARKS, "Bestand"),
        columns={**_MAILCHIMP, "ended": "UNSUB_TIME", "cleaned": "CLEAN_TIME", "status": "Bestand"},
        options={"utc": True, "status": Standing.SUBSCRIBED},
    ),
    Format(
        code="mailchimp_unsubscribed",
        label="Mailchimp, wie zich uitschreef",
        headings=(*_MARKS, "UNSUB_TIME"),
        columns={**_MAILCHIMP, "ended": "UNSUB_TIME"},
        options={"utc": True, "status": Standing.UNSUBSCRIBED},
    ),
    Format(
        code="mailchimp_cleaned",
        label="Mailchimp, onbestelbare adressen",
        headings=_MARKS,
        columns={**_MAILCHIMP, "cleaned": "CLEAN_TIME"},
        options={"utc": True, "status": Standing.BOUNCED},
        file_name="cleaned",
    ),
    Format(
        code="mailchimp",
        label="Mailchimp, wie ingeschreven is",
        headings=_MARKS,
        columns=_MAILCHIMP,
        options={"utc": True, "status": Standing.SUBSCRIBED},
    ),
    Format(
        code="entra",
        label="Microsoft Entra, lijst van gebruikers",
        headings=("userPrincipalName", "displayName", "userType"),
        columns={
            "email": "mail",
            "upn": "userPrincipalName",
            "first_name": "givenName",
            "last_name": "surname",
            "full_name": "displayName",
            "phone": "telephoneNumber",
            "organisation": "companyName",
            "function": "jobTitle",
            "policy_domain": "department",
        },
        options={"status": Standing.SUBSCRIBED},
    ),
)
