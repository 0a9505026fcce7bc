"""Who works here is one or two touches, and is kept with every touch from then on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.ports import JournalError
from desktop_app.core.stay import end_session
from desktop_app.ui.panel.rows import ServiceButton
from desktop_app.ui.people import come_on, initials, recent
from desktop_app.ui.sheets.who import WhoSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, says, sheet_of, shown
from tests.ui.stand_ins import StandInSettings

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_two_keys_change_who_works_here_and_the_rail_says_it(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("3"))
    window.refresh()
    window.board.focus("3")
    typist.press(Qt.Key.Key_I, CONTROL)
    assert focused() is sheet_of(window, WhoSheet).other.edit
    typist.enter("bn")
    assert typist.touches == 2
    assert (window.sheets.sheet, window.rail.user.text()) == (None, "BN")
    assert ward.settings.get("actor") == "BN"
    window.board.focus("3")
    typist.press("x")
    (service,) = ward.session(session.id).services
    assert service.start is not None
    assert service.stop is not None
    assert (service.start.by, service.stop.by) == ("AK", "BN")


def test_two_clicks_bring_back_whoever_was_here_before(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    come_on(ward.settings, "AK")
    come_on(ward.settings, "BN")
    mouse.click(window.rail.user)
    opened = sheet_of(window, WhoSheet)
    assert window.page == "board"
    assert list(opened.people) == ["AK"]
    assert says(
        opened,
        "BN is on: each touch is kept with these initials. Whoever you choose is on from now on.",
    )
    mouse.click(opened.people["AK"])
    assert mouse.touches == 2
    assert window.rail.user.text() == "AK"
    assert recent(ward.settings) == ("BN",)


def test_no_initials_are_refused_in_place(ward: Ward, window: MainWindow, typist: Typist) -> None:
    typist.press(Qt.Key.Key_I, CONTROL)
    opened = sheet_of(window, WhoSheet)
    for typed in ("12", "•", "a,b", "much too long a name"):
        opened.other.set_text(typed)
        typist.press(Qt.Key.Key_Return)
        assert opened.problem == "Initials are at most 12 characters, such as AK."
    assert ward.settings.get("actor") == "AK"
    typist.press(Qt.Key.Key_Escape)
    assert window.rail.user.text() == "AK"


def test_what_cannot_be_kept_is_said_and_nobody_else_is_on(
    ward: Ward, window: MainWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_key: str, _text: str) -> None:
        raise JournalError("the disk is full.")

    monkeypatch.setattr(ward.settings, "set", full)
    typist.press(Qt.Key.Key_I, CONTROL)
    typist.enter("BN")
    assert sheet_of(window, WhoSheet).problem == "The disk is full."
    assert window.station.desk.actor == "AK"


def test_the_settings_show_who_is_on_now(window: MainWindow, typist: Typist) -> None:
    window.show_page("settings")
    window.show_page("board")
    typist.press(Qt.Key.Key_I, CONTROL)
    typist.enter("BN")
    window.show_page("settings")
    assert window.settings.entries["actor"].field.text == "BN"


def test_the_panel_and_the_card_say_by_whom(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    session = ward.start(ward.seat("3"))
    window.refresh()
    window.board.focus("3")
    card = window.board.grid.card("3")
    assert card is not None
    assert "Started 09:00 by AK" in card.view.whole
    assert window.board.panel.under.text() == "MRN ••4821 · seated 09:00 by AK"
    ward.desk.actor = "BN"
    ward.clock.advance(20)
    ward.stop(session)
    window.refresh()
    told = [button.row.how for button in shown(qtbot, window.board.panel, ServiceButton)]
    assert "1000 mg site 1 · by AK, stop by BN" in told


def test_the_one_who_signs_is_whoever_is_on(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.do(ward.stop(ward.start(ward.seat("3"))), end_session)
    typist.press(Qt.Key.Key_I, CONTROL)
    typist.enter("BN")
    window.show_page("review", session.id)
    window.review.sign()
    signature = ward.session(session.id).signature
    assert signature is not None
    assert signature.at.by == "BN"


@pytest.mark.parametrize(
    ("typed", "kept"), [("ak", "AK"), (" r.n. ", "r.n."), ("Mary K", "Mary K"), ("Anna\tK", "Anna K")]
)
def test_short_letters_are_written_large(typed: str, kept: str) -> None:
    assert initials(typed) == kept


def test_at_most_nine_are_remembered_newest_first() -> None:
    settings = StandInSettings()
    for letter in "abcdefghijklm":
        come_on(settings, f"{letter}{letter}")
    assert recent(settings) == ("LL", "KK", "JJ", "II", "HH", "GG", "FF", "EE")
