"""The tokens keep their contrast: 7 to 1 for running text, 4.5 for all other text, 3 for edges."""

import colorsys
import re
from pathlib import Path

import pytest

TOKENS = dict(
    re.findall(r"--tk-([\w-]+): ([^;]+);", (Path(__file__).parents[1] / "static/ui/tokens.css").read_text())
)


def channels(name: str) -> tuple[float, float, float]:
    """Read a token as red, green and blue, from 0 to 1."""
    value = re.sub(r"var\(--tk-([\w-]+)\)", lambda found: TOKENS[found[1]], TOKENS[name])
    if value.startswith("#"):
        digits = value[1:] if len(value) == 7 else "".join(digit * 2 for digit in value[1:])
        return tuple(int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, saturation, lightness = (float(part) for part in re.findall(r"[\d.]+", value))
    return colorsys.hls_to_rgb(hue / 360, lightness / 100, saturation / 100)


def luminance(name: str) -> float:
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(name))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["paper", "surface", "accent-soft", "wrong-soft", "heed-soft"])
def test_running_text_stands_out_seven_to_one(ground):
    assert contrast("ink", ground) >= 7
    assert contrast("ink-soft", ground) >= 7


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("accent", "paper"),
        ("accent", "surface"),
        ("accent", "accent-soft"),
        ("accent-deep", "accent-soft"),
        ("on-accent", "accent"),
        ("on-accent", "accent-deep"),
        ("on-accent", "wrong"),
        ("wrong", "paper"),
        ("wrong", "surface"),
        ("heed", "heed-soft"),
    ],
)
def test_links_buttons_and_errors_stand_out_seven_to_one(text, ground):
    assert contrast(text, ground) >= 7


@pytest.mark.parametrize(("text", "ground"), [("wrong", "wrong-soft"), ("heed", "surface")])
def test_marks_stand_out(text, ground):
    assert contrast(text, ground) >= 4.5


def test_the_edge_of_a_control_can_be_seen():
    assert contrast("edge", "surface") >= 3
    assert contrast("edge", "paper") >= 3
