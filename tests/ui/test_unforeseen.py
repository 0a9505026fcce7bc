"""A fault of the program itself is said on screen, its report can be copied, and the window goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.unforeseen import COPIED, NOTHING_WRONG, TOLD, tell_faults
from desktop_app.ui.widgets.toast import Toast
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist

Tell = Callable[[Callable[[str], None]], list[str]]


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tell]:
    """Lets faults be told from now on, and gives what was kept of them."""
    ends: list[Callable[[], None]] = []

    def begin(say: Callable[[str], None]) -> list[str]:
        kept: list[str] = []

        def keep(fault: BaseException) -> str:
            kept.append(str(fault))
            return f"report of a {type(fault).__name__}"

        monkeypatch.setattr(sys, "excepthook", lambda _kind, fault, _trace: kept.append(f"python: {fault}"))
        ends.append(tell_faults(say, keep))
        return kept

    yield begin
    for end in ends:
        end()


def failing(_session: object, _when: object) -> None:
    raise ValueError("a slip of ours")


def test_a_press_whose_answer_fails_is_told_and_the_next_one_is_taken(
    ward: Ward, window: MainWindow, typist: Typist, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tell(window.unforeseen.tell)
    session = ward.start(ward.seat("1"))
    window.board.focus("1")
    with monkeypatch.context() as broken:
        broken.setattr("desktop_app.ui.late.perform", failing)
        window.board.asked.emit("stop", "1")
    assert kept
    assert "went wrong" in TOLD
    assert (window.toast.text, window.toast.stands) == (TOLD, True)
    assert window.toast.undo_button.text() == "Copy report (Ctrl+R)"
    typist.press("x")
    assert ward.session(session.id).services[0].stop is not None
    assert window.toast.undo_button.text() == "Undo (Ctrl+Z)"


def test_the_report_is_copied_by_the_button_and_by_a_key(
    window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    typist.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.toast.text == NOTHING_WRONG
    window.unforeseen.tell("the report")
    mouse.click(window.toast.undo_button)
    assert QGuiApplication.clipboard().text() == "the report"
    assert window.toast.text == COPIED
    assert not window.toast.undo_button.isVisible()
    QGuiApplication.clipboard().clear()
    typist.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "the report"


def test_after_the_copy_the_button_is_the_undo_again(window: MainWindow, qtbot: QtBot, mouse: Mouse) -> None:
    window.unforeseen.tell("the report")
    window.toast.say_saved("Chair 1 · seated", can_undo=True)
    with qtbot.waitSignal(window.toast.undo_wanted):
        mouse.click(window.toast.undo_button)


def test_a_fault_that_stayed_in_its_place_is_reported_without_its_words(
    tell: Tell, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    kept = tell(said.append)
    try:
        failing(None, None)
    except ValueError:
        logging.getLogger("desktop_app.ui.isolated").exception("drawing failed")
    assert (kept, said) == (["a slip of ours"], [])
    assert capsys.readouterr().err == "report of a ValueError\n"
    assert caplog.messages == ["drawing failed"]
    caplog.clear()


def test_a_fault_in_a_thread_or_in_what_is_thrown_away_is_reported_without_its_words(
    tell: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    class Odd:
        def __del__(self) -> None:
            failing(None, None)

    kept = tell(lambda _: None)
    thread = threading.Thread(target=failing, args=(None, None))
    thread.start()
    thread.join()
    del thread
    odd = Odd()
    del odd
    assert kept == ["a slip of ours"] * 2
    assert capsys.readouterr().err == "report of a ValueError\n" * 2


def test_a_program_that_is_ended_from_outside_has_no_fault(tell: Tell) -> None:
    said: list[str] = []
    kept = tell(said.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt("Ctrl+C"), None)
    assert (kept, said) == (["python: Ctrl+C"], [])


def test_the_button_that_copies_is_reached_by_its_name(window: MainWindow) -> None:
    window.unforeseen.tell("the report")
    assert window.toast.undo_button.accessibleName() == "Copy the report of what went wrong"
    assert window.toast.undo_button.height() >= 40
    assert isinstance(window.toast, Toast)
