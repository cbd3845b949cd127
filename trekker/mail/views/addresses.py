"""Senders, and addresses that do not work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, AddRecord, EditRecord, Fact, RecordPage, form_screen
from trekker.mail import actions, forms
from trekker.mail.models import Sender, StoppedAddress


class SenderList(Listing):
    """All senders."""

    download_permission = Permission.PEOPLE_EXPORT
    default_ordering = "name"
    is_searchable = False
    fields = (
        Field("naam", lambda each: each.name, "name"),
        Field("adres", lambda each: each.address, "address", on_phone=False),
        Field("antwoordadres", lambda each: each.reply_to, on_phone=False),
        Field("standaard", lambda each: "ja" if each.is_default else "nee"),
    )


class SenderPage(RecordPage):
    """One sender."""

    acts = (Act("Verbeter", "sender:edit", Permission.MAIL_CHANGE),)

    def facts(self) -> list[Fact]:
        """Give what receivers see."""
        it = self.object
        return [
            Fact("Adres", it.address),
            Fact("Antwoorden gaan naar", it.reply_to or it.address),
            Fact("Ondertekening", it.signature),
            Fact("Standaard", "ja" if it.is_default else "nee"),
        ]


class _Kept:
    """Mixin: an action saves what the form says."""

    success_message = "%(object)s is bewaard."

    def save_instance(self) -> Sender:
        """Save it, so that there is one default."""
        return actions.keep_sender(
            sender=self.form.instance,  # type: ignore[attr-defined]
            facts=self.form.cleaned_data,  # type: ignore[attr-defined]
            by=self.request.user,  # type: ignore[attr-defined]
            now=timezone.now(),
        )


class AddSender(_Kept, AddRecord):
    """Adds a sender."""


class EditSender(_Kept, EditRecord):
    """Corrects a sender."""


class StoppedList(Listing):
    """All addresses that do not work."""

    download_permission = Permission.PEOPLE_EXPORT
    default_ordering = ("-since", "-pk")
    is_searchable = True
    fields = (
        Field("adres", lambda each: each.address, "address"),
        Field("sinds", lambda each: f"{timezone.localtime(each.since):%d/%m/%Y}", "since"),
        Field("reden", lambda each: each.reason, on_phone=False),
    )

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find what was typed in the address."""
        return queryset.filter(address__icontains=self.search_query) if self.is_searching else queryset


class StoppedPage(RecordPage):
    """One address that does not work."""

    acts = (Act("Laat weer toe", "mail:lift", Permission.MAIL_CHANGE, "check"),)

    def facts(self) -> list[Fact]:
        """Give since when, and why."""
        it = self.object
        return [
            Fact("Sinds", f"{timezone.localtime(it.since):%d/%m/%Y %H:%M}"),
            Fact("Reden", it.reason),
            Fact("Mails naar dit adres", "Toon ze", f"{reverse('message:index')}?q={it.address}"),
        ]


@access(Permission.MAIL_CHANGE)
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an address be mailed again."""
    stopped = get_object_or_404(StoppedAddress.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        actions.lift_stop(stopped=stopped, by=request.user, now=timezone.now())
        messages.success(request, f"{stopped.address} krijgt weer mail.")
        return redirect("stopped:index")
    trail = [
        (reverse("stopped:index"), "Adressen die niet werken"),
        (reverse("stopped:inspect", args=[pk]), stopped.address),
    ]
    return form_screen(
        request,
        forms.Confirm(),
        title="Laat het adres weer toe",
        submit="Laat weer toe",
        trail=trail,
        intro="Nieuwe mails vertrekken dan weer. Een nieuwsbrief die stopte, begint niet vanzelf opnieuw.",
    )
