"""The outbox: what went out, what waits, what is in doubt or failed, and what a person does about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods

from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, Fact, RecordPage, form_screen
from trekker.mail import actions, forms
from trekker.mail.models import Message
from trekker.mail.queries import is_private, label_of, standing, subject_of, topic_words

Status = Message.Status
INDEX, PAGE = "message:index", "message:inspect"
TOO_LATE = "Deze mail is intussen van stand veranderd. Kijk hieronder hoe het nu staat."
STILL_STOPPED = "Dit adres werkt niet. Laat het eerst weer toe bij Adressen die niet werken."
# What may be done with a mail, by how it stands.
ACTS = {
    "send_again": Act("Stuur opnieuw", "mail:send_again", Permission.MAIL_CHANGE, "mail"),
    "arrived": Act("Ze kwam aan", "mail:arrived", Permission.MAIL_CHANGE, "check"),
    "take_back": Act("Trek in", "mail:take_back", Permission.MAIL_CHANGE, "undo"),
}
OFFERED = {
    Status.QUEUED: ("take_back",),
    Status.SENDING: (),
    Status.SENT: ("send_again",),
    Status.DOUBT: ("send_again", "arrived"),
    Status.FAILED: ("send_again",),
    Status.STOPPED: ("send_again",),
    Status.WITHDRAWN: ("send_again",),
}


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}" if moment else ""


def _stands(message: Message) -> str:
    status = message.get_status_display()
    return f"{status}, teruggekomen" if message.bounced_at else status


class Outbox(Listing):
    """All mails, to search, filter and download, with what asks for a look on top."""

    template_name = "mail/outbox.html"
    base_filters = forms.MessageFilters
    download_permission = Permission.PEOPLE_EXPORT
    default_ordering = ("-due_at", "-pk")
    is_searchable = True
    fields = (
        Field("onderwerp", lambda each: each.subject or "gewist", "subject"),
        Field("naar", lambda each: each.address, "address", on_phone=False),
        Field("soort", lambda each: label_of(each.kind), "kind", on_phone=False),
        Field("stand", _stands, "status"),
        Field("vertrekt vanaf", lambda each: _moment(each.due_at), "due_at", on_phone=False),
        Field("verstuurd op", lambda each: _moment(each.sent_at), "sent_at", on_phone=False),
        Field("teruggekomen op", lambda each: _moment(each.bounced_at), on_screen=False),
        Field("pogingen", lambda each: each.attempts, on_screen=False),
        Field("gaat over", lambda each: topic_words(each.topic), on_screen=False),
        Field("wat misliep", lambda each: each.problem, on_screen=False),
    )

    def prepare(self, rows: QuerySet, today: date) -> QuerySet:  # noqa: ARG002 - of the list
        """Leave the words of the mails where they are: they are long."""
        return rows.defer("text", "html")

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find what was typed in address or subject."""
        if not self.is_searching:
            return queryset
        return queryset.filter(
            Q(address__icontains=self.search_query) | Q(subject__icontains=self.search_query)
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how the outbox stands."""
        context = super().get_context_data(*args, **kwargs)
        seen = Message.objects.visible_to(self.request.user)
        context["standing"] = standing(seen, now=timezone.now())
        context["index"] = reverse(INDEX)
        return context


class MessagePage(RecordPage):
    """One mail as it was or will be sent."""

    template_name = "mail/message_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the text is for the receiver alone."""
        return super().get_context_data(is_private=is_private(self.object), **kwargs)

    def facts(self) -> list[Fact]:
        """Give to whom, when, and how it stands."""
        it = self.object
        sender = it.sender
        return [
            Fact("Stand", _stands(it)),
            Fact("Wat misliep", it.problem),
            Fact("Naar", it.address),
            Fact("Van", f"{sender.name} <{sender.address}>" if sender else ""),
            Fact("Antwoorden gaan naar", it.reply_to or (sender.reply_to if sender else "")),
            Fact("Soort", label_of(it.kind)),
            Fact("Gaat over", *subject_of(it.topic)),
            Fact("Mails hierover", it.topic and "Toon ze", f"{reverse(INDEX)}?topic={it.topic}"),
            Fact("Vertrekt vanaf", _moment(it.due_at)),
            Fact("Vertrekt niet meer na", _moment(it.until_at)),
            Fact("Verstuurd op", _moment(it.sent_at)),
            Fact("Teruggekomen op", _moment(it.bounced_at)),
            Fact("Pogingen", it.attempts or ""),
            Fact("Bijlagen", "\n".join(it.attachments.order_by("pk").values_list("name", flat=True))),
            Fact("Kenmerk (Message-ID)", it.message_id),
        ]

    @cached_property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """Offer what fits how the mail stands."""
        return [ACTS[name] for name in OFFERED[Status(self.object.status)]]


def _decide(
    request: HttpRequest,
    pk: int,
    *,
    act: Callable[..., Message],
    title: str,
    submit: str,
    intro: str,
    done: str,
) -> HttpResponse:
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    page = reverse(PAGE, args=[message.pk])
    if request.method == "POST":
        try:
            act(message=message, by=request.user, now=timezone.now())
        except actions.NotNow:
            messages.error(request, TOO_LATE)
        except actions.StillStopped:
            messages.error(request, STILL_STOPPED)
        else:
            messages.success(request, done)
        return redirect(page)
    trail = [(reverse(INDEX), "Mails"), (page, str(message))]
    return form_screen(request, forms.Confirm(), title=title, submit=submit, trail=trail, intro=intro)


@access(Permission.MAIL_CHANGE)
@require_http_methods(["GET", "POST"])
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a mail back in the queue."""
    return _decide(
        request,
        pk,
        act=actions.send_again,
        title="Stuur opnieuw",
        submit="Stuur opnieuw",
        intro="De mail vertrekt dan meteen. Kwam de vorige toch aan, dan krijgt de ontvanger ze twee keer.",
        done="De mail vertrekt zo meteen.",
    )


@access(Permission.MAIL_CHANGE)
@require_http_methods(["GET", "POST"])
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that a mail in doubt did leave."""
    return _decide(
        request,
        pk,
        act=actions.note_arrival,
        title="De mail kwam aan",
        submit="Ja, ze kwam aan",
        intro="Vraag het de ontvanger, of zoek de mail in het logboek van je mailserver.",
        done="De mail staat nu als verstuurd.",
    )


@access(Permission.MAIL_CHANGE)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a mail that has not left."""
    return _decide(
        request,
        pk,
        act=actions.take_back,
        title="Trek de mail in",
        submit="Trek in",
        intro="De mail vertrekt dan niet. Je kunt ze later toch nog sturen.",
        done="De mail is ingetrokken.",
    )
