"""Starts the kernel: reads every app's measures and keeps the roles equal to the table."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


def write_roles(using: str, **_kwargs: Any) -> None:
    """Make the groups and their permissions equal to the table in :mod:`trekker.kernel.access`."""
    from trekker.kernel.access import ROLES  # noqa: PLC0415 - it needs models, which load later

    # Django makes the permissions of an app when that app's turn comes; these come later.
    ours = [config.label for config in apps.get_app_configs() if config.name.startswith("trekker.")]
    for label in (*ours, "wagtailadmin"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    group_model = apps.get_model("auth", "Group")
    stored = apps.get_model("auth", "Permission").objects.using(using)
    entry = list(stored.filter(content_type__app_label="wagtailadmin", codename="access_admin"))
    users = list(stored.filter(content_type__app_label="people", content_type__model="account"))
    # Wagtail shows of its log only the lines about models that someone has a permission of Django for.
    log = list(stored.filter(content_type__app_label__in=ours, codename__startswith="view_"))
    for role, permissions in ROLES.items():
        group, _ = group_model.objects.using(using).get_or_create(name=role.value)
        names = {permission.codename for permission in permissions}
        own = stored.filter(content_type__app_label="kernel", codename__in=names)
        group.permissions.set([*own, *entry, *([*users, *log] if "users_change" in names else [])])
    group_model.objects.using(using).filter(name__in=["Moderators", "Editors"]).delete()


class KernelConfig(AppConfig):
    """The kernel."""

    name = "trekker.kernel"
    verbose_name = "kern"

    def ready(self) -> None:
        """Read what rooms declare: measures, acts, and rules of merging and erasing; keep the roles."""
        from trekker.kernel.measures import announced  # noqa: F401, PLC0415 - announces by being read

        autodiscover_modules("measures")
        autodiscover_modules("actions")
        post_migrate.connect(write_roles, sender=apps.get_app_config("people"))
