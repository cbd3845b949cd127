"""The components of the platform; a tag's signature is the contract of its component."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from trekker.ui import charts
from trekker.ui.charts import Number

register = template.Library()

Tone = Literal["plain", "good", "heed", "wrong"]
Kind = Literal["first", "second", "plain", "danger"]


# -- blocks of a page -------------------------------------------------------------------------------
@register.simple_block_tag
def panel(
    content: str, *, title: str, tone: Literal["plain", "soft"] = "plain", level: int = 2
) -> SafeString:
    """Set a titled block of the page apart; ``level`` is the level of its heading."""
    return render_to_string(
        "ui/panel.html", {"content": content, "title": title, "tone": tone, "level": level}
    )


@register.simple_block_tag
def notice(content: str, *, title: str = "", tone: Tone = "plain") -> SafeString:
    """Draw attention to a message; the title carries the tone in words."""
    return render_to_string("ui/notice.html", {"content": content, "title": title, "tone": tone})


@register.simple_block_tag
def empty(content: str, *, title: str) -> SafeString:
    """Say that there is nothing yet, and in the content what one can do."""
    return render_to_string("ui/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def details(content: str, *, summary: str, opened: bool = False) -> SafeString:
    """Keep content closed until someone opens it; works without script."""
    return render_to_string("ui/details.html", {"content": content, "summary": summary, "opened": opened})


@register.simple_block_tag
def table(content: str, *, caption: str, name: str) -> SafeString:
    """Put rows (``thead`` and ``tbody``) in a captioned table that scrolls sideways by itself."""
    return render_to_string("ui/table.html", {"content": content, "caption": caption, "name": name})


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context,
    content: str,
    *,
    action: str,
    button: str,
    back: str,
    tone: Literal["first", "danger"] = "first",
) -> SafeString:
    """Ask whether to go on: the content says what will happen, the button posts to ``action``."""
    shown = {"content": content, "action": action, "button": button, "back": back, "tone": tone}
    return render_to_string("ui/confirm.html", shown, request=context.get("request"))


# -- words and marks --------------------------------------------------------------------------------
@register.inclusion_tag("ui/status.html")
def status(text: str, tone: Tone = "plain") -> dict[str, Any]:
    """Show a state as a word with a mark; the mark differs in shape as well as in colour."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("ui/tag.html")
def tag(text: str) -> dict[str, Any]:
    """Show a short label, such as a theme or the one who leads."""
    return {"text": text}


@register.inclusion_tag("ui/link_button.html")
def link_button(text: str, url: str, kind: Kind = "first") -> dict[str, Any]:
    """Show a link that looks like a button: it goes somewhere and changes nothing."""
    return {"text": text, "url": url, "kind": kind}


@register.inclusion_tag("ui/button.html")
def button(text: str, kind: Kind = "first", name: str = "", value: str = "") -> dict[str, Any]:
    """Show a button that sends the form around it."""
    return {"text": text, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("ui/definitions.html")
def definitions(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """List terms with what they mean here; nothing filled in shows as a dash."""
    return {"pairs": pairs}


@register.filter
def number(value: Number | None) -> str:
    """Write a number the Dutch way: 1.100 and 2,5."""
    return charts.number(value)


@register.simple_tag
def day(moment: datetime) -> SafeString:
    """Show a day the way a tear-off calendar does; a list of days shows many."""
    local = localtime(moment)
    return format_html(
        '<time class="tk-day" datetime="{}"><span>{}</span> <strong>{}</strong> <span>{}</span></time>',
        *(local.isoformat(), date_format(local, "D"), local.day, date_format(local, "b")),
    )


@register.simple_tag
def hours(begins: datetime, ends: datetime) -> str:
    """Say from when to when: the hours within one day, otherwise the days."""
    begins, ends = localtime(begins), localtime(ends)
    if begins.date() == ends.date():
        return f"van {begins:%H:%M} tot {ends:%H:%M} uur"
    return f"van {date_format(begins, 'j F')} tot en met {date_format(ends, 'j F Y')}"


# -- finding the way --------------------------------------------------------------------------------
@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Show the pages above this one as (text, address), the highest first."""
    return {"pairs": pairs}


@register.inclusion_tag("ui/tabs.html")
def tabs(label: str, pairs: Sequence[tuple[str, str]], current: str) -> dict[str, Any]:
    """Show views of one thing as (text, address); ``current`` is the address of this one."""
    return {"label": label, "pairs": pairs, "current": current}


@register.inclusion_tag("ui/pagination.html")
def pagination(page: Page, label: str, query: str = "") -> dict[str, Any]:
    """Lead to the page before and after; ``query`` is kept, such as ``zoek=gent``."""
    return {"page": page, "label": label, "query": f"{query}&" if query else ""}


@register.inclusion_tag("ui/steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """Show where someone is in a row of steps; the first is number 1."""
    return {"steps": [(label, place) for place, label in enumerate(labels, 1)], "current": current}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Sequence[tuple[Any, str, str]]) -> dict[str, Any]:
    """List what happened as (date, what, more about it), in the order given."""
    return {"entries": entries}


# -- forms ------------------------------------------------------------------------------------------
@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List every error of a form with a link to its field, and take the focus; nothing without errors."""
    errors = [
        ("" if field.is_hidden else field.id_for_label or field.auto_id, _named(field, str(error)))
        for field in form
        for error in field.errors
    ]
    return {"form": form, "errors": errors}


def _named(field: BoundField, error: str) -> str:
    """Put the label before one of Django's own sentences: those do not say which field they are about."""
    classes = type(field.field).__mro__
    general = {
        str(sentence) for kind in classes for sentence in getattr(kind, "default_error_messages", {}).values()
    }
    return f"{str(field.label).rstrip('?:')}: {error}" if error in general else error


# -- figures ----------------------------------------------------------------------------------------
@register.inclusion_tag("ui/figure.html")
def figure(
    label: str,
    value: Number | None,
    *,
    target: Number | None = None,
    reached: bool | None = None,
    unit: str = "",
    url: str = "",
    note: str = "",
    unknown: str = "nog geen register",
) -> dict[str, Any]:
    """
    Show a figure against its target, in words, in a bar and with a mark.

    ``reached`` overrules the plain comparison (for a target that is a maximum), ``url`` leads to the
    rows behind the figure, and ``unknown`` is said when there is no value.
    """
    if reached is None and value is not None and target is not None:
        reached = value >= target
    return {
        "label": label,
        "value": value,
        "target": target,
        "reached": reached,
        "unit": unit,
        "url": url,
        "note": note,
        "unknown": unknown,
        "share": None if value is None or not target else charts.share(value, target),
    }


@register.inclusion_tag("ui/trend.html")
def trend(
    title: str,
    points: Sequence[tuple[str, Number | None]],
    *,
    name: str,
    target: Number | None = None,
) -> dict[str, Any]:
    """
    Draw (label, value) as a line with the target, and the same figures in a table beneath.

    ``name`` is used once on a page: ids are made from it. An unknown value (None) leaves a gap.
    """
    return {
        "title": title,
        "name": name,
        "target": target,
        "line": charts.line(points, target=target),
    }


@register.inclusion_tag("ui/sparkline.html")
def sparkline(title: str, points: Sequence[tuple[str, Number | None]], *, name: str) -> dict[str, Any]:
    """Draw a small line beside a figure; first and last value are said in words."""
    return {"title": title, "name": name, "line": charts.line(points)}


@register.inclusion_tag("ui/bars.html")
def bars(title: str, rows: Sequence[tuple[str, Number]], *, name: str) -> dict[str, Any]:
    """Draw (label, value) as bars in a table, so that figures and drawing are one."""
    return {"title": title, "name": name, "bars": charts.bars(rows)}


@register.inclusion_tag("ui/distribution.html")
def distribution(title: str, rows: Sequence[tuple[str, int, float]], *, name: str) -> dict[str, Any]:
    """
    Draw (words, number of people, percentage) as bars of a hundred, with the same figures in a table beneath.

    ``name`` is used once on a page: ids are made from it.
    """
    figures = [(label, many, charts.percent(part)) for label, many, part in rows]
    drawn = [
        (label, f"{charts.number(many)} ({charts.percent(part)})", part, None) for label, many, part in rows
    ]
    return {"title": title, "name": name, "slats": charts.slats(drawn), "figures": figures}


@register.inclusion_tag("ui/intervals.html")
def intervals(
    title: str, rows: Sequence[tuple[str, float, tuple[float, float]]], *, name: str
) -> dict[str, Any]:
    """
    Draw (words, percentage, between which two it may lie), with the same figures in a table beneath.

    The dot is the percentage; the box around it is where it may lie.
    """
    figures = [
        (label, charts.percent(part), charts.percent(low), charts.percent(high))
        for label, part, (low, high) in rows
    ]
    drawn = [(label, charts.percent(part), part, span) for label, part, span in rows]
    return {"title": title, "name": name, "slats": charts.slats(drawn), "figures": figures}


@register.filter
def percent(value: float) -> str:
    """Write a percentage as it is read aloud: 56 %."""
    return charts.percent(value)


# -- the shell --------------------------------------------------------------------------------------
@register.simple_tag
def warn_unsaved(unsaved: Any = False) -> SafeString:  # noqa: FBT002 - a template says it by place
    """
    Give a form of the back office the attributes by which Wagtail warns before typed text is lost.

    ``unsaved`` says that the form already holds something unsaved as it opens: a refused form, say.
    """
    return format_html(
        ' data-controller="w-unsaved" data-w-unsaved-force-value="{}"'
        ' data-w-unsaved-confirmation-value="true"'
        ' data-action="w-unsaved#submit beforeunload@window->w-unsaved#confirm"',
        "true" if unsaved else "false",
    )


@register.inclusion_tag("ui/help.html")
def help_line() -> dict[str, Any]:
    """Say how to reach a person; the same words at the same place on every page."""
    return {"email": settings.TREKKER_HELP_EMAIL, "phone": settings.TREKKER_HELP_PHONE}
