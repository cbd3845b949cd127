"""Tells Wagtail's log the label of every act that a room declared."""

from typing import Any

from wagtail import hooks

from trekker.kernel.audit import ACTS


@hooks.register("register_log_actions")
def register_acts(registry: Any) -> None:
    """Give each act its label and message in the history of a record."""
    for code, label in ACTS.items():
        registry.register_action(code, label, label)
