"""What the screens ask that lay versions of the plan beside each other, and try others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from trekker.plan.forms.versions import Number
from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, PlanVersion
from trekker.plan.queries.diff import TARGET, Kind, What

MOST = 80  # of the words of a part, beside a box to tick


def named(version: PlanVersion) -> str:
    """Name a version in a list, in short: its year, its number or name, and whether it is a concept."""
    return f"{version.year}, {version.short_name}{' (concept)' if version.is_concept else ''}"


class Compare(forms.Form):
    """Two versions to lay beside each other, and what of it to show."""

    only_filters = True

    van = forms.ChoiceField(label="Van", required=False)
    naar = forms.ChoiceField(label="Naar", required=False)
    soort = forms.ChoiceField(label="Soort wijziging", required=False)
    wat = forms.ChoiceField(label="Van wat", required=False)

    def __init__(self, *args: Any, versions: Iterable[PlanVersion], **kwargs: Any) -> None:
        """Offer every version that this user may see."""
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), named(each)) for each in versions]
        kinds = [*((str(kind), str(kind)) for kind in Kind), (TARGET.lower(), "streefwaarde")]
        self.fields["van"].choices = choices  # type: ignore[attr-defined]
        self.fields["naar"].choices = choices  # type: ignore[attr-defined]
        self.fields["soort"].choices = [("", "alle"), *kinds]  # type: ignore[attr-defined]
        self.fields["wat"].choices = [("", "alles"), *((str(what), what.many) for what in What)]  # type: ignore[attr-defined]


class Origins(forms.Form):
    """The parts of earlier versions that a part comes in the place of: a list of boxes for each version."""

    only_filters = True  # none need be ticked

    def __init__(
        self, *args: Any, offered: Sequence[tuple[PlanVersion, Sequence[Any]]], node: Any, **kwargs: Any
    ) -> None:
        """Offer the parts of the same sort, the newest version first, in the order of the plan."""
        super().__init__(*args, **kwargs)
        self.parts = {str(part.pk): part for _version, parts in offered for part in parts}
        known = {str(part.pk) for part in node.supersedes.all()}
        for place, (version, parts) in enumerate(offered):
            mine = [str(part.pk) for part in parts]
            self.fields[f"versie-{version.pk}"] = forms.MultipleChoiceField(
                label=f"Uit {named(version)}",
                help_text="Wat niet meeging naar een latere versie." if place else "",
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(pk, _said(self.parts[pk])) for pk in mine],
                initial=[pk for pk in mine if pk in known],
            )

    def chosen(self) -> list[Any]:
        """Give the parts that were ticked."""
        return [self.parts[pk] for ticked in self.cleaned_data.values() for pk in ticked]


def _said(part: Any) -> str:
    if isinstance(part, Goal):
        return str(part)
    words = str(part)
    return f"{part.goal.code}: {words if len(words) <= MOST else words[:MOST].rsplit(' ', 1)[0] + ' …'}"


class TrialName(forms.Form):
    """What a trial is called, and what it starts from."""

    label = forms.CharField(
        label="Naam", max_length=80, help_text="Bijvoorbeeld: de middelen voor lokale projecten vallen weg."
    )
    start = forms.ChoiceField(label="Begin van", required=False)

    def __init__(self, *args: Any, base: PlanVersion, trials: Sequence[PlanVersion], **kwargs: Any) -> None:
        """Offer the plan as it is, and the other trials."""
        super().__init__(*args, **kwargs)
        self.versions = {str(each.pk): each for each in (base, *trials)}
        self.fields["start"].choices = [(pk, each.short_name) for pk, each in self.versions.items()]  # type: ignore[attr-defined]
        if not trials:
            del self.fields["start"]

    def source(self) -> PlanVersion:
        """Give the version to copy."""
        first = next(iter(self.versions))
        return self.versions[self.cleaned_data.get("start") or first]


class NextYear(forms.Form):
    """What the plan of the next year is called."""

    title = forms.CharField(label="Titel van het plan", max_length=200)


class Trial(forms.Form):
    """Every target of a trial at once, with a box to drop each promise and each action."""

    only_filters = True  # nothing here must be filled in, and saying so beside each field would be noise

    def __init__(
        self, *args: Any, lines: Sequence[IndicatorLine], parts: Sequence[Any], **kwargs: Any
    ) -> None:
        """Offer what the trial promises now."""
        super().__init__(*args, **kwargs)
        self.lines, self.parts = lines, {(type(each), each.pk): each for each in parts}
        for line in lines:
            self.fields[f"doel-{line.pk}"] = Number(
                label=f"{line.get_comparator_display()}{f' ({line.unit})' if line.unit else ''}".capitalize(),
                required=False,
                max_digits=14,
                decimal_places=2,
                min_value=0,
                show_hidden_initial=True,  # what the page showed: someone else may change another target
            )
            self.initial[f"doel-{line.pk}"] = line.target
        for part in parts:
            self.fields[_box(part)] = forms.BooleanField(label="Schrap", required=False)

    def of(self, part: Indicator | Action) -> dict[str, Any]:
        """Give the fields of one part: its targets and the box to drop it."""
        mine = [line for line in self.lines if isinstance(part, Indicator) and line.indicator_id == part.pk]
        return {"targets": [self[f"doel-{line.pk}"] for line in mine], "drop": self[_box(part)]}

    def targets(self) -> dict[int, Any]:
        """Give what was typed where that is not what the page showed, by the number of each line."""
        typed = {line.pk: f"doel-{line.pk}" for line in self.lines}
        return {pk: self.cleaned_data[name] for pk, name in typed.items() if name in self.changed_data}

    def dropped(self) -> list[Any]:
        """Give what was ticked to drop."""
        return [part for part in self.parts.values() if self.cleaned_data[_box(part)]]


def _box(part: Indicator | Action) -> str:
    return f"schrap-{'belofte' if isinstance(part, Indicator) else 'actie'}-{part.pk}"
