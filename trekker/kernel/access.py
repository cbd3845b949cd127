"""
Who may do what, on one page an auditor can read: the closed list of permissions and roles.

Every view carries one permission, by the decorator :func:`access`; plain records in the back
office get theirs by :class:`AccessPolicy`. The page *Wie kan wat* and its test read this table.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from wagtail.permission_policies.base import BasePermissionPolicy


class Permission(StrEnum):
    """Everything someone can be allowed to do; the value is what users read."""

    PUBLIC = "openbare pagina's bekijken"
    OFFICE = "het dashboard en het plan bekijken"
    ORGANISATIONS_VIEW = "organisaties bekijken"
    ORGANISATIONS_CHANGE = "organisaties toevoegen, verbeteren en samenvoegen"
    PEOPLE_VIEW = "personen en hun lidmaatschappen bekijken"
    PEOPLE_CHANGE = "personen en lidmaatschappen toevoegen en verbeteren"
    PEOPLE_ERASE = "personen wissen"
    PEOPLE_EXPORT = "lijsten met namen downloaden"
    IMPORT = "bestanden inlezen"
    PLAN_CHANGE = "het plan inlezen en verbeteren"
    PROGRESS_CHANGE = "voortgang van acties en overleg noteren"
    REPORTS_WRITE = "het verhaal bij een rapport schrijven"
    REPORTS_CHANGE = "rapporten nakijken, vaststellen en herzien"
    EVENTS_VIEW = "activiteiten en de jaarkalender bekijken"
    EVENTS_LEAD = "activiteiten maken, en die waarvan je trekker bent beheren, met hun deelnemers en lijsten"
    EVENTS_CHANGE = "alle activiteiten en hun deelnemers beheren"
    IDEAS_VIEW = "ideeën en vragen om een sessie bekijken"
    IDEAS_CHANGE = "ideeën en vragen om een sessie afwegen en beslissen"
    FEEDBACK_VIEW = "uitkomsten van evaluaties en lessen bekijken"
    FEEDBACK_READ = "open antwoorden en notities lezen"
    FEEDBACK_CHANGE = "vragenlijsten, evaluaties en lessen beheren"
    MAIL_VIEW = "zien welke mails vertrokken"
    MAIL_CHANGE = "mails opnieuw sturen, mailteksten en afzenders aanpassen"
    USERS_CHANGE = "accounts en rollen beheren"

    @property
    def codename(self) -> str:
        """The name under which Django stores the permission."""
        return self.name.lower()


class Role(StrEnum):
    """The roles an account can have; the value is the name on the screen."""

    ADMINISTRATOR = "Beheerder"
    PROGRAMME_OFFICER = "Programmamedewerker"
    PARTNER_OFFICER = "Partnermedewerker"
    MANAGEMENT = "Management"


P = Permission
ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.PROGRAMME_OFFICER: frozenset(Permission) - {P.USERS_CHANGE},
    Role.PARTNER_OFFICER: frozenset(
        {
            *(P.PUBLIC, P.OFFICE, P.ORGANISATIONS_VIEW, P.PEOPLE_VIEW),
            *(P.EVENTS_VIEW, P.EVENTS_LEAD, P.IDEAS_VIEW, P.FEEDBACK_VIEW, P.FEEDBACK_READ),
            *(P.PROGRESS_CHANGE, P.REPORTS_WRITE),
        }
    ),
    Role.MANAGEMENT: frozenset(
        {P.PUBLIC, P.OFFICE, P.ORGANISATIONS_VIEW, P.EVENTS_VIEW, P.IDEAS_VIEW, P.FEEDBACK_VIEW}
    ),
}


def may(user: Any, permission: Permission) -> bool:
    """Tell whether a user, signed in or not, holds a permission."""
    if permission is Permission.PUBLIC:
        return True
    return bool(user and user.is_active and user.has_perm(f"kernel.{permission.codename}"))


View = Callable[..., HttpResponseBase]


def access(permission: Permission) -> Callable[[View], View]:
    """
    Let a view through only for who holds the permission, and say so on the view itself.

    :raises PermissionDenied: if the user lacks it
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.login_required = permission is not Permission.PUBLIC  # type: ignore[attr-defined]
        return guarded

    return decorate


class AccessPolicy(BasePermissionPolicy):
    """
    Tells Wagtail who may view and change the records of one model, from the closed list.

    ``view`` is asked for looking and choosing, ``change`` for adding and changing, ``delete`` for
    deleting; a policy without ``delete`` lets nobody delete.
    """

    def __init__(
        self,
        model: type[Model],
        *,
        view: Permission,
        change: Permission | None = None,
        delete: Permission | None = None,
    ) -> None:
        """Remember which permission stands for which of Wagtail's actions."""
        super().__init__(model)
        self.by_action = {"view": view, "choose": view, "add": change, "change": change, "delete": delete}

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tell whether the user may do this to records of the model."""
        permission = self.by_action.get(action)
        return permission is not None and may(user, permission)

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        """Tell whether the user may do one of these; who may change may look."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet:
        """Give the active accounts that may do one of these."""
        names = {p.codename for action in actions if (p := self.by_action.get(action))}
        accounts = get_user_model().objects.filter(is_active=True)
        return accounts.filter(groups__permissions__codename__in=names).distinct()


class ModelAccess:
    """Mixin for a Wagtail viewset: the permissions of its records, from the closed list."""

    view_permission: Permission
    change_permission: Permission | None = None
    delete_permission: Permission | None = None

    @cached_property
    def permission_policy(self) -> AccessPolicy:
        """The policy Wagtail asks."""
        return AccessPolicy(
            self.model,  # type: ignore[attr-defined]
            view=self.view_permission,
            change=self.change_permission,
            delete=self.delete_permission,
        )
