"""Choosing the municipality where an event is."""

from __future__ import annotations

from django.db.models import QuerySet

from trekker.kernel.access import Permission
from trekker.kernel.choosing import RecordChooser
from trekker.organisations.models import Organisation


class _Municipalities:
    """Mixin: lists municipalities alone."""

    def get_object_list(self) -> QuerySet:
        return super().get_object_list().filter(kind=Organisation.Kind.MUNICIPALITY)  # type: ignore[misc]


class _Choose(_Municipalities, RecordChooser.choose_view_class):  # type: ignore[valid-type, misc]
    """The window to choose in."""


class _Results(_Municipalities, RecordChooser.choose_results_view_class):  # type: ignore[valid-type, misc]
    """The list in that window, after searching."""


class MunicipalityChooserViewSet(RecordChooser):
    """Chooses a municipality."""

    model = Organisation
    view_permission = Permission.EVENTS_VIEW
    icon = "globe"
    choose_one_text = "Kies een gemeente"
    register_widget = False
    choose_view_class = _Choose
    choose_results_view_class = _Results


chooser = MunicipalityChooserViewSet("municipality_chooser", url_prefix="activiteiten/gemeente")
MunicipalityChooser = chooser.widget_class
