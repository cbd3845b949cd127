"""
Lists in the back office: Wagtail's, with our access, our download, and what other rooms know.

The list of persons stands in a low room; the channels they are on are known higher up. A higher
room declares an :class:`Extra` for the model, and the list shows its columns and filters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django_filters import Filter
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView

from trekker.kernel import audit, exports
from trekker.kernel.access import Permission, may

DOWNLOADED = audit.act("kernel.downloaded", "lijst gedownload")
CHUNK = 1000


@dataclass(frozen=True)
class Field:
    """
    One column of a list: heading and the value of a row, on the screen and in the download.

    What is not ``on_phone`` shows on wider screens only; the page of the record has it.
    """

    label: str
    value: Callable[[Any], Any]
    sort_key: str | None = None
    on_screen: bool = True
    on_phone: bool = True


@dataclass(frozen=True)
class Extra:
    """What a room adds to the list of a model of a lower room; ``prepare`` loads what it shows."""

    fields: Sequence[Field] = ()
    filters: Mapping[str, Filter] = field(default_factory=dict)
    prepare: Callable[[QuerySet, date], QuerySet] = lambda rows, _today: rows


EXTRAS: dict[type[Model], list[Extra]] = {}


def extend(model: type[Model], extra: Extra) -> None:
    """Add a room's columns and filters to every list of this model."""
    EXTRAS.setdefault(model, []).append(extra)


class Listing(IndexView):
    """
    A list of records that this reader may see, to search, filter, sort and download.

    ``fields`` are its columns; the first links to the page of the record. ``base_filters`` is its
    filter set. Who lacks ``download_permission`` sees no download.
    """

    fields: Sequence[Field] = ()
    base_filters: type[Any] | None = None
    download_permission: Permission
    paginate_by = 50

    def prepare(self, rows: QuerySet, today: date) -> QuerySet:  # noqa: ARG002 - for subclasses
        """Load with the rows what the columns show, so that a row costs no query."""
        return rows

    @cached_property
    def today(self) -> date:
        """The day of this request."""
        return timezone.localdate()

    @cached_property
    def extras(self) -> list[Extra]:
        """What other rooms add."""
        return EXTRAS.get(self.model, [])

    @cached_property
    def all_fields(self) -> list[Field]:
        """The columns, ours and those of other rooms."""
        return [*self.fields, *(each for extra in self.extras for each in extra.fields)]

    @cached_property
    def filterset_class(self) -> type[Any] | None:
        """The filters, ours and those of other rooms."""
        if self.base_filters is None:
            return None
        added = {name: each for extra in self.extras for name, each in extra.filters.items()}
        return type("Filters", (self.base_filters,), added)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns as Wagtail draws them."""
        shown = [each for each in self.all_fields if each.on_screen]
        first, *others = shown
        title = TitleColumn(
            "first",
            label=first.label.capitalize(),
            accessor=first.value,
            sort_key=first.sort_key,
            get_url=self.get_inspect_url,
        )
        return [
            title,
            *(
                Column(
                    f"c{place}",
                    label=each.label.capitalize(),
                    accessor=each.value,
                    sort_key=each.sort_key,
                    classname=None if each.on_phone else "record__wide",
                )
                for place, each in enumerate(others)
            ),
        ]

    def get_base_queryset(self) -> QuerySet:
        """Start from what the reader may see."""
        rows = self.model.objects.visible_to(self.request.user)
        for prepare in (self.prepare, *(extra.prepare for extra in self.extras)):
            rows = prepare(rows, self.today)
        return rows

    @cached_property
    def show_export_buttons(self) -> bool:
        """Offer the download only to who may have it."""
        return may(self.request.user, self.download_permission)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse a download to who may not have it."""
        if self.is_export and not may(request.user, self.download_permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the list, or send it without first gathering all of it for the screen."""
        if self.is_export:
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponseBase:
        """Send the whole list, and write in the log who took it."""
        name = str(self.model._meta.verbose_name_plural)
        audit.record(
            DOWNLOADED,
            self.request.user,
            by=self.request.user,
            at=timezone.now(),
            list=name,
            rows=queryset.count(),
        )
        headings = [each.label for each in self.all_fields]
        send = exports.RESPONSES[spreadsheet_format]
        return send(f"{name} {self.today:%Y-%m-%d}".replace(" ", "-"), headings, self._rows(queryset))

    def _rows(self, queryset: QuerySet) -> Iterator[list[Any]]:
        for row in queryset.iterator(chunk_size=CHUNK):
            yield [each.value(row) for each in self.all_fields]

    def get_edit_url(self, instance: Model) -> str | None:  # noqa: ARG002 - Wagtail's signature
        """Give no link to edit from the list; the page of the record has it."""
        return None

    def get_inspect_url(self, instance: Model) -> str:
        """Give the address of the page of the record."""
        return reverse(self.inspect_url_name, args=[instance.pk])
