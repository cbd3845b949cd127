"""Gives Wagtail what the kernel has for it: the acts of its log, the style of our pages."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from trekker.kernel.audit import ACTS


@hooks.register("register_log_actions")
def register_acts(registry: Any) -> None:
    """Give each act its label and message in the history of a record."""
    for code, label in ACTS.items():
        registry.register_action(code, label, label)


@hooks.register("insert_global_admin_css")
def record_style() -> SafeString:
    """Style lists and pages of records."""
    return format_html('<link rel="stylesheet" href="{}">', static("kernel/record.css"))
