"""What an importer declares, and what it must be able to do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from trekker.imports.models import Decision, Import, Row, RowQuerySet


@dataclass(frozen=True, kw_only=True)
class Field:
    """
    Something a column can hold.

    ``words`` are headings by which such a column is recognised, in small letters. A required field
    needs a column, or one of a field that ``stands_in_for`` it. The column of a ``fixed`` field follows
    from the format: it is neither asked nor shown.
    """

    code: str
    label: str
    words: tuple[str, ...] = ()
    required: bool = False
    stands_in_for: str = ""
    fixed: bool = False


@dataclass(frozen=True, kw_only=True)
class Format:
    """
    A file that some program writes: recognised by headings that only it has.

    ``columns`` says which heading holds which field; ``options`` what the format tells of the whole
    list; ``file_name`` narrows it to files whose name starts so.
    """

    code: str
    label: str
    headings: tuple[str, ...]
    columns: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)
    file_name: str = ""


@dataclass(frozen=True)
class Raw:
    """A row as it came: its number in the file and its texts by field; empty ones are left out."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Shaping:
    """
    What makes a plain table of the rows of a file, in the process that reads it.

    ``function`` is ``module:name`` of what is called with the rows and ``context``; it gives the
    rows, and what it found out of the whole file. The module needs no Django.
    """

    function: str
    context: Mapping[str, Any]


class Importer(ABC):
    """
    Reads one kind of list into one register.

    ``judge`` and ``store`` get at most 500 rows at a time and may not query per row. What is not
    ``starts_alone`` begins on the page of a record. ``one_row_each`` tells that a second row about
    someone is an error, and ``ends`` that a complete list can end something. ``without`` names the
    choice of no target, and ``undecided`` says what becomes of a row without a decision. ``searches``
    tells that a target can be sought beyond what a row offers.
    """

    code: ClassVar[str]
    label: ClassVar[str]
    explanation: ClassVar[str]
    key_label: ClassVar[str]
    target_label: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    formats: ClassVar[tuple[Format, ...]]
    options: ClassVar[type[forms.Form]]
    starts_alone: ClassVar[bool] = True
    one_row_each: ClassVar[bool] = True
    ends: ClassVar[bool] = True
    searches: ClassVar[bool] = True
    without: ClassVar[str] = "zonder organisatie"
    undecided: ClassVar[str] = (
        "Ze worden ingelezen zonder organisatie. Je kunt die later toevoegen, of eerst beslissen."
    )
    untouched: ClassVar[str] = "Personen en lidmaatschappen blijven zoals ze zijn."
    not_found: ClassVar[str] = "Bestaat de organisatie nog niet? Voeg ze eerst toe bij Organisaties."

    def shaping(self, options: Mapping[str, Any]) -> Shaping | None:  # noqa: ARG002 - for those that need one
        """Give what shapes the rows of a file as it is read, if anything does."""
        return None

    def fields_for(self, options: Mapping[str, Any]) -> Sequence[Field]:  # noqa: ARG002 - for those of one record
        """Give what the columns of a list can hold, where that depends on what the list is about."""
        return self.fields

    def columns_by(
        self,
        headings: Sequence[str],  # noqa: ARG002 - for those whose words alone do not tell
        options: Mapping[str, Any],  # noqa: ARG002
    ) -> Mapping[str, int]:
        """Propose the column of each field, where something else than its words tells; else nothing."""
        return {}

    def notices(self, draft: Import) -> Sequence[tuple[str, str]]:  # noqa: ARG002 - for those that have one
        """Give what must be known before storing, each as a title and a sentence."""
        return ()

    def own(self, user: Any) -> Q:  # noqa: ARG002 - for those whose lists belong to what someone leads
        """Narrow imports to those of what someone leads, for who may not read in every list."""
        return Q(pk__in=())

    def recalls(self, draft: Import, decisions: QuerySet[Decision]) -> QuerySet[Decision]:  # noqa: ARG002 - for those of one record
        """Narrow what was decided in earlier files to what who reads this one in may learn of."""
        return decisions

    def tie(self, rows: RowQuerySet, target: int | None) -> None:
        """Note on rows, just tied to what was chosen, what storing them will do now."""
        # Who was known already, and gets an organisation now, is no longer unchanged.
        if target is not None:
            rows.filter(outcome=Row.Outcome.UNCHANGED).update(outcome=Row.Outcome.CHANGED)

    def group_name(self, row: Row) -> str:
        """Name the group of a row for who decides on it."""
        return row.group

    def about(self, draft: Import) -> str:  # noqa: ARG002 - for those whose list belongs to one record
        """Say in one line what a list is about, where its label does not."""
        return ""

    def follow_up(self, draft: Import) -> tuple[str, str] | None:  # noqa: ARG002 - for those that have one
        """Give where to go on after storing, as words and address."""
        return None

    @abstractmethod
    def judge(
        self, draft: Import, *, decisions: Mapping[str, int | None], now: datetime
    ) -> Callable[[Sequence[Raw]], list[Row]]:
        """
        Prepare for a file; give a function that turns rows as they came into judged, unsaved rows.

        ``decisions`` says what the rows of a group were tied to before.
        """

    @abstractmethod
    def store(self, draft: Import, *, now: datetime) -> Callable[[Sequence[Row]], list[Row]]:
        """
        Prepare to store; give a function that stores rows, inside one transaction for the file.

        It gives back the rows whose outcome turned out otherwise than was judged.
        """

    @abstractmethod
    def finish(self, draft: Import, *, now: datetime) -> Iterable[Row]:
        """End what a complete list no longer names; give an unsaved row for each, without a number."""

    @abstractmethod
    def ending(self, draft: Import) -> QuerySet[Any]:
        """Give the records that storing would end because a complete list does not name them."""

    @abstractmethod
    def targets(self, ids: Iterable[int]) -> Mapping[int, Any]:
        """Give the things that rows are tied to, by id; each has a ``pk`` and a name."""

    @abstractmethod
    def search(self, text: str, draft: Import) -> Sequence[Any]:
        """Give at most twenty things that a row could be tied to, best first."""

    @abstractmethod
    def summary(self, draft: Import) -> list[tuple[str, str]]:
        """Give the options as label and value, to read before confirming."""
