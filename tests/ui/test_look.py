"""Both schemes, every text size, and the contrast of every pair that is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QImage
from pytestqt.qtbot import QtBot

from desktop_app.ui.board.picture import picture_of_board
from desktop_app.ui.theme import DARK, LIGHT, Scheme, Theme, Tokens, contrast
from desktop_app.ui.widgets.tick import Tick
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import SALINE, Ward

TEXT_AA = 450
OUTLINE_AA = 300
TONES = ("run", "pause", "due", "alert", "done", "accent")
PLATES = ("background", "surface", "raised")


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("plate", PLATES)
@pytest.mark.parametrize("ink", ["ink", "ink_2", *TONES])
def test_every_text_colour_is_readable_on_every_plate(tokens: Tokens, plate: str, ink: str) -> None:
    assert contrast(tokens.color(ink), tokens.color(plate)) >= TEXT_AA


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("tone", TONES)
def test_every_tone_is_readable_on_its_own_tint(scheme: Scheme, tone: str) -> None:
    theme = Theme(scheme=scheme)
    assert contrast(theme.color(tone), theme.tint(tone)) >= TEXT_AA


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_words_are_readable_on_the_accent_and_on_alert_tint(scheme: Scheme) -> None:
    theme = Theme(scheme=scheme)
    assert contrast(theme.color("on_accent"), theme.color("accent")) >= TEXT_AA
    assert contrast(theme.color("ink"), theme.tint("alert")) >= TEXT_AA


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_field_outlines_and_focus_can_be_seen(tokens: Tokens) -> None:
    assert contrast(tokens.color("ink_3"), tokens.color("surface")) >= OUTLINE_AA
    assert contrast(tokens.color("accent"), tokens.color("surface")) >= OUTLINE_AA


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("ticked", [True, False])
def test_the_frame_of_a_box_to_tick_can_be_seen(qtbot: QtBot, scheme: Scheme, ticked: bool) -> None:  # noqa: FBT001 - a row of a table
    theme = Theme(scheme=scheme)
    box = Tick(theme, "Single-dose")
    qtbot.addWidget(box)
    box.setChecked(ticked)
    picture = box.grab().toImage()
    middle = picture.height() // 2
    drawn = [picture.pixelColor(x, middle) for x in range(12)]
    assert max(contrast(color, theme.color("surface")) for color in drawn) >= OUTLINE_AA


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == 2100
    assert contrast(QColor("#767676"), QColor("#FFFFFF")) == 454


@pytest.mark.usefixtures("qapp")
def test_figures_have_one_width() -> None:
    metrics = QFontMetrics(Theme(scheme=Scheme.LIGHT).font(34, bold=True))
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_the_board_is_drawn_in_both_schemes(
    ward: Ward, window: MainWindow, tmp_path: Path, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    ward.start(ward.start(ward.seat("1")), SALINE)
    window.theme.choose(scheme=scheme, text_percent=percent)
    picture_of_board(window, tmp_path / "board.png", *size)
    picture = QImage(str(tmp_path / "board.png"))
    assert (picture.width(), picture.height()) == size
    plate = window.theme.color("surface")
    card = window.board.grid.cards[0]
    corner = card.mapTo(window, card.rect().center())
    assert picture.pixelColor(corner.x(), corner.y() + 4) == plate or picture.pixelColor(4, 400) == plate


def test_a_chosen_scheme_is_in_force_at_once(ward: Ward, window: MainWindow) -> None:
    choice = window.settings.entries["scheme"].choice
    assert choice is not None
    choice.chip("dark").click()
    assert window.theme.is_dark
    assert ward.settings.values["scheme"] == "dark"


@pytest.mark.usefixtures("qapp")
def test_text_has_four_fifths_of_its_size_up_to_one_and_a_half_times() -> None:
    theme = Theme(scheme=Scheme.LIGHT)
    theme.choose(text_percent=400)
    assert theme.px(100) == 150
    theme.choose(text_percent=10)
    assert theme.px(100) == 80
    assert theme.target(40) == 40
