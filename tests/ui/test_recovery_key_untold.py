"""A recovery key that is in force though the record could not be told of it: what is said when it is left."""

from __future__ import annotations

from typing import NoReturn

import pytest

from desktop_app.core.access import Role
from desktop_app.core.ports import JournalError
from desktop_app.store import slots
from desktop_app.store.keys import Cost
from desktop_app.ui import late
from desktop_app.ui.signin.first_person import FirstPersonSheet
from desktop_app.ui.signin.recovery import RecoverySheet, show_new_recovery_key
from tests.core.staffed import name_person
from tests.ui.hands import sheet_of
from tests.ui.office import Office

WORDS = "four words in a row"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch secrets no longer than a test needs."""
    monkeypatch.setattr(slots, "COST", Cost(memory_kib=64, passes=1, lanes=1))


def confirm_and_leave(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Type the group while the journal takes nothing any more, and leave the sheet that says why."""
    monkeypatch.setattr(office.parts.desk, "take", damaged)
    sheet = sheet_of(office.window, RecoverySheet)
    sheet.confirmation.set_text(sheet.shown[6].signs.text())
    sheet.confirm(now=False)
    assert "The journal is damaged" in sheet.problem
    sheet.back.click()
    assert office.window.sheets.sheet is None


def damaged(*_: object) -> NoReturn:
    raise JournalError("The journal is damaged.")


def test_a_new_key_that_was_not_told_is_said_to_be_in_force(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in = office.parts.folder.sign_in
    name_person(office.parts.desk, "AK", Role.ADMINISTRATOR)
    sign_in.protect("AK", WORDS, sign_in.draft_recovery_key())
    before = sign_in.slot_of("")
    assert show_new_recovery_key(office.window.station) == ""
    confirm_and_leave(office, monkeypatch)
    assert sign_in.slot_of("") != before
    assert "The recovery key that was shown is in force" in office.window.toast.text
    assert "Not done" not in office.window.toast.text


def test_a_first_passphrase_that_was_not_told_is_said_to_lock(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    late.ask_first_person(office.window.station, lambda: None)
    asked = sheet_of(office.window, FirstPersonSheet)
    asked.name.set_text("AK")
    asked.full_name.set_text("Ada King")
    for field in (asked.passphrase.first, asked.passphrase.second):
        field.set_text(WORDS)
    asked.confirm(now=False)
    confirm_and_leave(office, monkeypatch)
    assert office.parts.folder.sign_in.names() == ("AK",)
    assert "The record is locked" in office.window.toast.text
    assert "opens nothing" not in office.window.toast.text
