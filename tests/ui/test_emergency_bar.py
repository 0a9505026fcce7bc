"""The bar over an open emergency access names who works, whatever the disk does meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from desktop_app.core import events as e
from desktop_app.core.access import Role
from desktop_app.core.ports import JournalError
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward


@pytest.fixture
def staffed(ward: Ward, window: MainWindow) -> MainWindow:
    """AK, a nurse and administrator, is on."""
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    return window


def open_emergency(window: MainWindow) -> None:
    """Open an emergency access as Zoe Q, who is none of the people here."""
    window.locking.lock()
    door = window.locking.screen.door
    door.help_button.click()
    form = door.emergency
    assert form is not None
    form.name.set_text("Zoe Q")
    form.reason.set_text("a patient needs care")
    form.go.click()


def test_an_emergency_that_waits_to_be_saved_is_told_with_who_works(ward: Ward, staffed: MainWindow) -> None:
    ward.journal.is_full = True
    open_emergency(staffed)
    told = "Emergency access is open: Zoe Q works as a nurse, on record as emergency 1."
    assert staffed.locking.emergency_bar.text.startswith(told)
    ward.journal.is_full = False
    staffed.touches.retry()
    staffed.locking.tick(ward.desk.now().now_us)
    assert staffed.locking.emergency_bar.text.startswith(told)


def test_who_works_in_an_emergency_is_asked_again_until_it_is_known(
    ward: Ward, staffed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable() -> tuple[e.EmergencyOpened, ...]:
        raise JournalError("The journal cannot be read.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ward.desk.access, "emergencies", unreadable)
        open_emergency(staffed)
    assert "somebody works as a nurse" in staffed.locking.emergency_bar.text
    staffed.locking.tick(ward.desk.now().now_us)
    assert "Zoe Q works as a nurse" in staffed.locking.emergency_bar.text
    staffed.locking.lock()
    staffed.locking.tick(ward.desk.now().now_us)
    assert staffed.locking.emergency_bar.text == ""


def test_the_lock_screen_after_an_emergency_stands_as_close_as_before_it(staffed: MainWindow) -> None:
    door = staffed.locking.screen.door
    heights = []
    for _ in range(2):
        staffed.locking.lock()
        assert door.entry is not None
        QCoreApplication.processEvents()
        heights.append(door.entry.height())
        open_emergency(staffed)
    assert heights[0] == heights[1]
