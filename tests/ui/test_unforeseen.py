"""A fault of the program itself is said on screen; the window goes on."""

from __future__ import annotations

import sys

import pytest

from desktop_app.ui.unforeseen import TOLD, tell_faults
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keeps what would have gone to standard error."""
    faults: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, fault, _trace: faults.append(str(fault)))
    return faults


def test_a_press_whose_answer_fails_is_told_and_the_next_one_is_taken(
    ward: Ward, window: MainWindow, typist: Typist, traced: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: object, _when: object) -> None:
        raise ValueError("a slip of ours")

    tell_faults(window.toast.say_late)
    session = ward.start(ward.seat("1"))
    window.board.focus("1")
    with monkeypatch.context() as broken:
        broken.setattr("desktop_app.ui.late.perform", fail)
        window.board.asked.emit("stop", "1")
    assert traced
    assert window.toast.text == TOLD
    typist.press("x")
    assert ward.session(session.id).services[0].stop is not None


def test_a_program_that_is_ended_from_outside_has_no_fault(traced: list[str]) -> None:
    said: list[str] = []
    tell_faults(said.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt("Ctrl+C"), None)
    assert (traced, said) == (["Ctrl+C"], [])
