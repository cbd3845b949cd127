"""What each model holds about people, so that erasure, export and expiry never forget a field."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """
    Names every field of a model: the personal ones with what erasure leaves, and the others.

    ``why`` says in Dutch why the personal fields are kept and ``until`` how long; both are shown
    on the privacy page. A model without personal fields needs neither.
    """

    personal: Mapping[str, Any] = field(default_factory=dict)
    other: Set[str]
    why: str = ""
    until: str = ""

    def __post_init__(self) -> None:
        """Refuse personal fields that nobody says the reason and the term of."""
        if self.personal and not (self.why and self.until):
            raise ValueError("Personal fields need a reason (why) and a term (until)")

    @property
    def fields(self) -> set[str]:
        """Every field that was spoken of."""
        return {*self.personal, *self.other}
