"""A few pictures of the board are kept; whatever moves or changes colour is seen here."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop_app.ui.theme import Scheme
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.every_state import fill
from tests.ui.kept_pictures import KEEP_ANEW, MOST_FAR_PERMILLE, difference

SIZE = (1440, 900)


def board(
    ward: Ward, window: MainWindow, scheme: Scheme, density: str, size: tuple[int, int] = SIZE
) -> QImage:
    ward.settings.values["density"] = density
    window.theme.choose(scheme=scheme)
    window.resize(*size)
    window.refresh()
    QApplication.processEvents()
    window.board.focus("1")
    return window.grab().toImage()


@pytest.mark.parametrize(
    ("scheme", "density"),
    [(Scheme.LIGHT, "roomy"), (Scheme.DARK, "roomy"), (Scheme.LIGHT, "dense"), (Scheme.DARK, "dense")],
)
def test_the_board_looks_as_it_was_kept(ward: Ward, window: MainWindow, scheme: Scheme, density: str) -> None:
    fill(ward)
    found = difference(board(ward, window, scheme, density), f"board-{scheme}-{density}")
    assert found.far_permille <= MOST_FAR_PERMILLE, found


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_large_text_on_a_small_screen_looks_as_it_was_kept(
    ward: Ward, window: MainWindow, scheme: Scheme
) -> None:
    fill(ward)
    window.theme.choose(text_percent=150)
    picture = board(ward, window, scheme, "roomy", (1280, 720))
    found = difference(picture, f"board-{scheme}-large-text")
    assert found.far_permille <= MOST_FAR_PERMILLE, found


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_lock_screen_looks_as_it_was_kept(ward: Ward, window: MainWindow, scheme: Scheme) -> None:
    fill(ward)
    window.theme.choose(scheme=scheme)
    window.resize(*SIZE)
    window.refresh()
    window.locking.lock()
    found = difference(window.grab().toImage(), f"lock-{scheme}")
    assert found.far_permille <= MOST_FAR_PERMILLE, found


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_an_empty_board_looks_as_it_was_kept(ward: Ward, window: MainWindow, scheme: Scheme) -> None:
    found = difference(board(ward, window, scheme, "roomy"), f"board-{scheme}-empty")
    assert found.far_permille <= MOST_FAR_PERMILLE, found


def test_another_scheme_or_a_card_elsewhere_is_another_picture(
    ward: Ward, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEEP_ANEW, raising=False)
    fill(ward)
    picture = board(ward, window, Scheme.LIGHT, "roomy")
    assert difference(picture, "board-dark-roomy").far_permille > 500
    moved = QImage(picture.size(), picture.format())
    moved.fill(QColor("#F4F6F8"))
    painter = QPainter(moved)
    painter.drawImage(24, 24, picture)
    painter.end()
    assert difference(moved, "board-light-roomy").far_permille > MOST_FAR_PERMILLE * 2
