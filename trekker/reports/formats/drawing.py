"""The way of one figure over the year, as an SVG that stands on its own: on a page, in a PDF, in Word."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from trekker.reports.contents import Line
from trekker.reports.formats import style, words
from trekker.reports.formats.document import Picture
from trekker.ui import charts

WIDTH, HEIGHT = 400, 190
FONT = 13
MONTHS = "jfmamjjasond"
FEWEST = 2  # known points of a drawing worth looking at


def trend(line: Line) -> Picture | None:
    """Draw the way of a figure month by month, with its target; nothing where fewer than two are known."""
    if sum(value is not None for _day, value in line.trend) < FEWEST:
        return None
    known = [(words.month(day), value) for day, value in line.trend]
    # The axis is a whole year: what is still to come stays empty.
    points = known + [("", None)] * (len(MONTHS) - len(known))
    laid = charts.line(points, target=line.target)
    title = words.named(line)
    alt = f"{title}. Lijn met het cijfer op het einde van elke maand. {_spoken(line)}"
    return Picture(_svg(laid, line, title, alt), alt, title)


def _spoken(line: Line) -> str:
    """Say what the drawing shows, for who cannot see it."""
    last = next(((day, value) for day, value in reversed(line.trend) if value is not None), None)
    if last is None:
        return ""
    return f"Laatste cijfer: {charts.number(last[1])} op {words.day(last[0])}."


def _x(percent: float) -> float:
    return round(WIDTH * percent / 100, 1)


def _y(percent: float) -> float:
    return round(HEIGHT * percent / 100, 1)


def _along(points: str) -> str:
    pairs = (pair.split(",") for pair in points.split())
    return " ".join(f"{_x(float(x))},{_y(float(y))}" for x, y in pairs)


def _svg(laid: charts.Line, line: Line, title: str, description: str) -> str:
    base = _y(charts.BOTTOM)
    fonts = escape(f"{style.FONTS[0]}, sans-serif")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"',
        f' height="{HEIGHT}" font-family="{fonts}" font-size="{FONT}" fill="{style.INK_SOFT}">',
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{style.SURFACE}"/>',
        f'<path d="M0 {base}H{WIDTH}" stroke="{style.EDGE}"/>',
        *(f'<polygon points="{_along(area)}" fill="{style.ACCENT_SOFT}"/>' for area in laid.areas),
        *_target(laid, line),
        *(
            f'<polyline points="{_along(stretch)}" fill="none" stroke="{style.ACCENT}" stroke-width="2.5" '
            'stroke-linejoin="round"/>'
            for stretch in laid.stretches
        ),
        *_spots(laid),
        *_axis(laid),
        "</svg>",
    ]
    return "".join(parts)


def _target(laid: charts.Line, line: Line) -> Sequence[str]:
    if laid.target_y is None:
        return ()
    y = _y(laid.target_y)
    return (
        f'<path d="M0 {y}H{WIDTH}" stroke="{style.HEED}" stroke-width="1.5" stroke-dasharray="6 4"/>',
        f'<text x="0" y="{y - 6}" fill="{style.HEED}">doel {charts.number(line.target)}</text>',
    )


def _spots(laid: charts.Line) -> Sequence[str]:
    parts = [
        f'<circle cx="{_x(spot.x)}" cy="{_y(spot.y)}" r="{5 if spot is laid.last else 2.5}" '
        f'fill="{style.ACCENT}"/>'
        for spot in laid.spots
        if spot.y is not None
    ]
    last = laid.last
    if last is not None and last.y is not None:
        anchor = "end" if last.x > 80 else "start" if last.x < 10 else "middle"  # noqa: PLR2004 - percent
        height = _y(last.y) + (24 if laid.label_below else -12)
        parts.append(
            f'<text x="{_x(last.x)}" y="{height}" text-anchor="{anchor}" font-weight="600" font-size="18" '
            f'fill="{style.INK}">{last.shown}</text>'
        )
    return parts


def _axis(laid: charts.Line) -> Sequence[str]:
    return [
        f'<text x="{_x(spot.x)}" y="{_y(charts.BOTTOM) + 20}" text-anchor="middle">{letter}</text>'
        for letter, spot in zip(MONTHS, laid.spots, strict=False)
    ]
