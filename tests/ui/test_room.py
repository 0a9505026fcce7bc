"""Little room and long words: what is cut, and what never is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from desktop_app.ui.board.card_paint import who_words, wrapped
from desktop_app.ui.window import MainWindow
from tests.ui.billing_day import sign
from tests.ui.conftest import Ward


def test_long_initials_are_cut_before_the_digits_of_the_mrn(window: MainWindow) -> None:
    shown = who_words("Maximiliana Josephine · ••4821", window.theme, 120)
    assert shown.endswith("… · ••4821")
    assert QFontMetrics(window.theme.font(12)).horizontalAdvance(shown) <= 120


def test_codes_that_do_not_fit_are_counted(window: MainWindow) -> None:
    codes = ("96413 ×1", "96415 ×1", "96375 ×2", "J1745 ×40")
    assert wrapped(codes, window.theme, 180, most=1) == ["96413 ×1 · 96415 ×1 +2"]
    assert wrapped(codes[:2], window.theme, 180, most=1) == ["96413 ×1 · 96415 ×1"]


@pytest.mark.parametrize("percent", [100, 150])
def test_the_words_of_the_panel_s_buttons_are_whole_on_the_smallest_window(
    window: MainWindow, ward: Ward, percent: int
) -> None:
    ward.seat("1")
    window.resize(1024, 700)
    window.theme.choose(text_percent=percent)
    window.refresh()
    panel = window.board.panel
    panel.fit(window.board.width())
    panel.layout().activate()  # type: ignore[union-attr]
    for button in (panel.service, panel.mark, panel.end):
        assert button.width() >= button.words_width()


def test_what_became_of_an_export_stays_when_nothing_is_left_to_send(
    window: MainWindow, ward: Ward, qtbot: QtBot, tmp_path: Path
) -> None:
    ward.start(ward.seat("1"))
    ward.clock.advance(30)
    sign(ward, window.station, "1")
    window.show_page("export")
    window.export.folder.set_text(str(tmp_path))
    window.export.export()
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way)
    assert window.export.result.text().startswith("Sent 1 session")
    window.export.export()
    assert window.export.result.text().startswith("Sent 1 session")
