"""Every pair of colours that is drawn one on the other meets WCAG 2.2 AA, in both schemes.

The tables are what the screens draw; ``test_no_colour_is_drawn_that_is_no_token`` holds that no
other colour comes in beside them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

import desktop_app.ui
from desktop_app.ui.board.card_view import TONES
from desktop_app.ui.theme import DARK, LIGHT, Scheme, Theme, contrast

TEXT = 450
PICTURE = 300
TINTS = ("accent", "alert")
STATES = tuple(sorted(set(TONES.values()) - {"ink_2"}))
ON_TINTS = [
    *((ink, tint) for ink in ("ink", "ink_2") for tint in TINTS),
    *((tone, tone) for tone in (*STATES, "accent")),
    ("alert", "accent"),
]
"""Words on quiet fills: chosen and hovered things, pills, findings, a chosen session with a fault."""
ON_PLATES = [
    (ink, plate)
    for plate in ("background", "surface", "raised")
    for ink in ("ink", "ink_2", "accent", *STATES)
]
ON_FULL = [("on_accent", "accent"), ("surface", "ink")]
"""Words on full colour: main buttons, news, tips."""
SHAPES = [
    *((tone, plate) for tone in (*STATES, "accent", "ink_3") for plate in ("surface", "raised")),
    *((tone, "background") for tone in (*STATES, "accent")),
]
"""Outlines, icons, bars and rings that mean something; what is beside them tells the same in words."""


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK], ids=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: object) -> Theme:
    assert qapp is not None
    return Theme(scheme=request.param)


@pytest.mark.parametrize(("ink", "plate"), [*ON_PLATES, *ON_FULL])
def test_words_on_plates_and_on_full_colour(theme: Theme, ink: str, plate: str) -> None:
    assert contrast(theme.color(ink), theme.color(plate)) >= TEXT


@pytest.mark.parametrize(("ink", "tint"), ON_TINTS)
def test_words_on_quiet_fills(theme: Theme, ink: str, tint: str) -> None:
    assert contrast(theme.color(ink), theme.tint(tint)) >= TEXT


def test_words_on_a_pressed_main_button(theme: Theme) -> None:
    assert contrast(theme.color("on_accent"), theme.color("accent").darker(112)) >= TEXT


def test_the_link_in_the_news_is_readable_on_ink(theme: Theme) -> None:
    other = LIGHT if theme.is_dark else DARK
    assert contrast(other.color("accent"), theme.color("ink")) >= TEXT


@pytest.mark.parametrize("bar", ["run", "done"])
def test_words_in_the_bars_of_the_timeline(theme: Theme, bar: str) -> None:
    words = theme.color("surface" if theme.is_dark else "on_accent")
    assert contrast(words, theme.color(bar)) >= TEXT


@pytest.mark.parametrize(("shape", "plate"), SHAPES)
def test_what_is_drawn_and_means_something_can_be_seen(theme: Theme, shape: str, plate: str) -> None:
    assert contrast(theme.color(shape), theme.color(plate)) >= PICTURE


@pytest.mark.parametrize("tone", STATES)
def test_how_far_a_bar_has_come_can_be_seen_against_the_rest_of_it(theme: Theme, tone: str) -> None:
    assert contrast(theme.color(tone), theme.color("line")) >= PICTURE


def test_what_was_infused_stands_out_from_the_bar_it_crosses(theme: Theme) -> None:
    assert contrast(theme.color("surface"), theme.color("accent")) >= PICTURE
    assert contrast(theme.color("run"), theme.color("surface")) >= PICTURE


def test_no_colour_is_drawn_that_is_no_token() -> None:
    room = Path(next(iter(desktop_app.ui.__path__)))
    found = {
        str(path.relative_to(room)): re.findall(r"QColor\(\"#[0-9A-Fa-f]+\"\)", path.read_text("utf-8"))
        for path in room.rglob("*.py")
        if path.name != "theme.py"
    }
    assert {name: colors for name, colors in found.items() if colors} == {
        "panel/timeline.py": ['QColor("#566B80")', 'QColor("#5F7488")']
    }


def test_words_in_a_fluid_s_bar(theme: Theme) -> None:
    fluid = QColor("#5F7488").lighter(140) if theme.is_dark else QColor("#566B80")
    assert contrast(theme.color("surface" if theme.is_dark else "on_accent"), fluid) >= TEXT
