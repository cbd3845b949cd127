"""Mails in the back office: outbox, texts, senders, addresses that do not work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from trekker.kernel.access import ModelAccess, Permission, may
from trekker.mail import forms
from trekker.mail.models import Message, Sender, StoppedAddress
from trekker.mail.views import addresses, outbox, wordings

P = Permission


class MessageViewSet(ModelAccess, ModelViewSet):
    """The outbox; what is in it is changed by actions only."""

    model = Message
    view_permission = P.MAIL_VIEW
    name = "message"
    url_prefix = "mail/uit"
    icon = "mail"
    menu_label = "Mails"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    ordering = ("-due_at", "-pk")
    index_view_class = outbox.Outbox
    inspect_view_class = outbox.MessagePage
    form_fields = ()


class SenderViewSet(ModelAccess, ModelViewSet):
    """In whose name mails leave."""

    model = Sender
    view_permission = P.MAIL_VIEW
    change_permission = P.MAIL_CHANGE
    name = "sender"
    url_prefix = "mail/afzenders"
    icon = "user"
    menu_label = "Afzenders"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    ordering = "name"
    index_view_class = addresses.SenderList
    inspect_view_class = addresses.SenderPage
    add_view_class = addresses.AddSender
    edit_view_class = addresses.EditSender
    edit_handler = forms.SENDER_PANELS


class StoppedViewSet(ModelAccess, ModelViewSet):
    """Addresses that do not work; an action lets them be mailed again."""

    model = StoppedAddress
    view_permission = P.MAIL_VIEW
    name = "stopped"
    url_prefix = "mail/adressen"
    icon = "warning"
    menu_label = "Adressen die niet werken"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    ordering = ("-since", "-pk")
    index_view_class = addresses.StoppedList
    inspect_view_class = addresses.StoppedPage
    form_fields = ()


class _ForViewers(MenuItem):
    """A menu item for who may see mails."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, P.MAIL_VIEW)


class WordingViewSet(ViewSet):
    """The texts of every kind of mail."""

    name = "wording"
    url_prefix = "mail/teksten"
    icon = "doc-full"
    menu_label = "Teksten"
    menu_item_class = _ForViewers

    def get_urlpatterns(self) -> list[URLPattern]:
        """Give our own screens."""
        return [
            path("", wordings.listing, name="index"),
            path("<str:code>/", wordings.edit, name="edit"),
            path("<str:code>/terug/", wordings.restore, name="restore"),
        ]


class Mail(ViewSetGroup):
    """The menu of mails."""

    items = (MessageViewSet, WordingViewSet, SenderViewSet, StoppedViewSet)
    menu_label = "Mail"
    menu_icon = "mail"
    menu_order = 70


@hooks.register("register_admin_viewset")
def register_mail() -> Any:
    """Put the outbox and what belongs to it in the back office."""
    return Mail()
