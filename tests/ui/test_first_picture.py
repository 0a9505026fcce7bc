"""The first picture of a start waits for no coder: true as far as it goes, and every touch simply works."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.ui.board.card_view import CardState
from desktop_app.ui.board.suite_bar import NOT_KNOWN
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.every_state import fill
from tests.ui.hands import Mouse
from tests.ui.stand_ins import DRUGS, StandInCoder


class NoCoderYet(StandInCoder):
    """Fails where it is asked before it may be."""

    is_there = False

    def __getattribute__(self, name: str) -> object:
        if name not in {"is_there", "__class__"} and not self.is_there:
            pytest.fail(f"the coder was asked for {name}")
        return super().__getattribute__(name)


Opening = Callable[..., MainWindow]


@pytest.fixture
def opening(ward: Ward, qtbot: QtBot) -> Iterator[Opening]:
    """Opens windows on the ward as a start does, whole at once or in two pictures."""
    made: list[MainWindow] = []

    def opened(coder: StandInCoder, *, lines_later: bool) -> MainWindow:
        window = MainWindow(
            desk=ward.desk,
            coder=coder,
            clock=ward.clock,
            billing=ward.billing,
            settings=ward.settings,
            drugs=DRUGS,
            products=ward.products,
            protocols=ward.protocols,
            lines_later=lines_later,
        )
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield opened
    for window in made:
        window.ticker.stop()


def picture(window: MainWindow) -> QImage:
    QCoreApplication.processEvents()
    return window.grab().toImage()


def words_on(window: MainWindow) -> list[str]:
    return [shown.text() for shown in window.findChildren(QLabel) if shown.isVisibleTo(window)]


def test_the_first_picture_has_every_chair_with_its_state_and_time_and_asks_no_coder(
    ward: Ward, opening: Opening
) -> None:
    fill(ward)
    first = opening(NoCoderYet(), lines_later=True)
    whole = opening(StandInCoder(), lines_later=False)
    for early, card in zip(first.board.grid.cards, whole.board.grid.cards, strict=True):
        now, then = early.view, card.view
        assert (now.state, now.who, now.pill, now.title, now.notes) == (
            then.state, then.who, then.pill, then.title, then.notes
        )  # fmt: skip
        assert (now.buttons, now.due, now.sentence) == (then.buttons, then.due, then.sentence)
        if now.state not in {CardState.READY, CardState.STOP_MISSING}:
            assert now.time == then.time


def test_what_is_not_known_yet_is_left_open_and_never_called_nothing(ward: Ward, opening: Opening) -> None:
    fill(ward)
    first = opening(NoCoderYet(), lines_later=True)
    assert words_on(first).count(NOT_KNOWN) == 3
    assert not [word for word in words_on(first) if "No line" in word or word in {"0 h", "0"}]
    for card in first.board.grid.cards:
        assert (card.view.codes, card.view.codes_rest) == ((), "")
        assert "infused" not in card.view.time


def test_the_second_picture_is_that_of_a_window_that_waited(ward: Ward, opening: Opening) -> None:
    fill(ward)
    coder = NoCoderYet()
    first = opening(coder, lines_later=True)
    early = picture(first)
    coder.is_there = True
    first.show_lines()
    late = picture(first)
    assert late != early
    assert late == picture(opening(StandInCoder(), lines_later=False))


def test_the_chairs_stand_where_they_will_stand(ward: Ward, opening: Opening) -> None:
    fill(ward)
    coder = NoCoderYet()
    window = opening(coder, lines_later=True)
    before = [card.geometry() for card in window.board.grid.cards]
    coder.is_there = True
    window.show_lines()
    picture(window)
    assert [card.geometry() for card in window.board.grid.cards] == before


def test_a_touch_before_the_lines_are_there_is_done_and_kept(
    ward: Ward, opening: Opening, mouse: Mouse
) -> None:
    session = ward.start(ward.seat("2"))
    coder = NoCoderYet()
    window = opening(coder, lines_later=True)
    card = window.board.grid.card("2")
    assert card is not None
    mouse.click(card.buttons[0])
    assert card.view.state is CardState.SEATED
    assert ward.session(session.id).services[0].stop is not None
    assert ward.journal.kinds[-1] == "service-stopped"
    coder.is_there = True
    window.show_lines()
    assert window.board.panel.view is not None


def test_the_review_has_its_lines_however_early_it_is_opened(ward: Ward, opening: Opening) -> None:
    fill(ward)
    coder = NoCoderYet()
    window = opening(coder, lines_later=True)
    coder.is_there = True
    window.show_page("review")
    assert not window.station.codings.are_awaited


def test_every_label_of_the_first_window_has_the_programs_font_and_not_the_systems(
    opening: Opening, qapp: QApplication
) -> None:
    qapp.setStyleSheet("")
    qapp.setFont(QFont("Another"))

    window = opening(StandInCoder(), lines_later=False)

    families = {shown.font().family() for shown in window.findChildren(QLabel)}
    assert families == {window.theme.font(13).family()}
