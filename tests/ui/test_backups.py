"""The window makes backups beside the work, says lastingly what is wrong with them, and puts one back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.commands.window_backups import WindowBackups
from desktop_app.core.access import Role
from desktop_app.store.backups import in_place
from desktop_app.store.checking import backup_fault
from desktop_app.store.open_copies import open_copies
from desktop_app.store.places import default_place
from desktop_app.ui.sheets.backups import BackupsSheet, RestoreSheet
from desktop_app.ui.sheets.open_copies import DestroySheet
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.signin.first_person import FirstPersonSheet
from desktop_app.ui.signin.switch import WhoIsItSheet
from tests.core.staffed import name_person
from tests.ui.office import Office
from tests.ui.secrets import StandInSecrets


@pytest.fixture
def backups(office: Office) -> Iterator[WindowBackups]:
    """The backups of the office, looked after as in the program."""
    made = WindowBackups(office.parts)
    office.window.upkeep.look_after(made)
    yield made
    process = made._process  # noqa: SLF001 - what was begun is not to outlive the test
    if process is not None:
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def made_one(office: Office, backups: WindowBackups, qtbot: QtBot) -> None:
    backups.make()
    qtbot.waitUntil(lambda: ticked(office) and not backups.now().is_making, timeout=60_000)


def ticked(office: Office) -> bool:
    office.window.upkeep.tick()
    return True


def test_a_backup_is_made_soon_after_the_start_and_then_every_hour(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    ticked(office)
    assert not backups.now().is_making
    office.clock.advance(1)
    ticked(office)
    assert backups.now().is_making
    qtbot.waitUntil(lambda: ticked(office) and not backups.now().is_making, timeout=60_000)
    (backup,) = in_place(default_place(office.parts.folder.path))
    assert backup_fault(backup) == ""
    office.clock.advance(59)
    ticked(office)
    assert not backups.now().is_making
    office.clock.advance(2)
    ticked(office)
    assert backups.now().is_making


@pytest.mark.usefixtures("backups")
def test_the_settings_tell_how_they_stand_and_make_one_at_a_press(office: Office, qtbot: QtBot) -> None:
    card = office.window.settings.backups
    office.window.show_page("settings", "backups")
    assert card.told.text().startswith("None was made yet.")
    assert card.make.hasFocus()
    office.mouse.click(card.make)
    assert card.told.text() == "A backup is being made…"
    assert not card.make.isEnabled()
    qtbot.waitUntil(lambda: ticked(office) and card.make.isEnabled(), timeout=60_000)
    assert "They go to" in card.told.text()
    assert card.trouble.isHidden()


def test_a_folder_that_is_gone_is_said_on_the_rail_until_a_backup_is_made_again(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    rail, place = office.window.rail, default_place(office.parts.folder.path)
    place.write_text("a file, where a folder should be")
    made_one(office, backups, qtbot)
    assert rail.care.isVisible()
    assert rail.care.text() == "No backup"
    assert "cannot be used" in rail.care.accessibleName()
    again = WindowBackups(office.parts)
    assert [sign.short for sign in again.signs()] == ["No backup"]
    office.seat("2")
    assert office.parts.desk.waiting == ()
    rail.care.click()
    assert office.window.page == "settings"
    assert "cannot be used" in office.window.settings.backups.trouble.text()
    place.unlink()
    made_one(office, backups, qtbot)
    assert not rail.care.isVisible()
    assert office.window.settings.backups.trouble.isHidden()


def test_a_folder_that_cannot_be_used_is_said_as_soon_as_it_is_set(
    office: Office, backups: WindowBackups, tmp_path: Path, qtbot: QtBot
) -> None:
    made_one(office, backups, qtbot)
    card, entry = office.window.settings.backups, office.window.settings.entries["backup-folder"]
    office.window.show_page("settings", "backups")
    taken = tmp_path / "no folder"
    taken.write_text("a file, where a folder should be")
    for place, works in ((taken, False), (tmp_path / "drive", True)):
        entry.field.edit.setText(str(place))
        entry.field.edit.editingFinished.emit()
        assert card.told.text() == "A backup is being made…"
        qtbot.waitUntil(lambda: ticked(office) and not backups.now().is_making, timeout=60_000)
        assert office.parts.folder.settings.get("backup-folder") == str(place)
        assert (f"They go to {place}." in card.told.text()) is works
        assert (f"The backup folder {place} cannot be used" in card.trouble.text()) is not works
        assert (office.window.rail.care.text() == "No backup") is not works


@pytest.mark.usefixtures("backups")
def test_little_room_is_said_before_there_is_none(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    low = shutil.disk_usage("/")._replace(free=499_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: low)
    ticked(office)
    assert office.window.rail.care.text() == "Disk low"
    assert "499 MB left" in office.window.rail.care.accessibleName()
    monkeypatch.undo()
    office.clock.advance(1)
    ticked(office)
    assert not office.window.rail.care.isVisible()


def asked_about_the_only_backup(office: Office) -> tuple[str, RestoreSheet]:
    """Choose the only backup there is in the settings; return its name and the sheet that asks."""
    office.mouse.click(office.window.settings.backups.restore)
    sheet = office.window.sheets.sheet
    assert isinstance(sheet, BackupsSheet)
    (name,) = sheet.choices
    sheet.choices[name].click()
    asked = office.window.sheets.sheet
    assert isinstance(asked, RestoreSheet)
    return name, asked


def test_a_backup_is_chosen_said_what_it_does_and_put_back_once_the_window_is_closed(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    made_one(office, backups, qtbot)
    office.window.show_page("settings", "backups")
    name, asked = asked_about_the_only_backup(office)
    asked.stay.click()
    assert backups.wanted == ""
    _, asked = asked_about_the_only_backup(office)
    asked.on.click()
    assert office.window.beside.leaving.is_quitting
    assert backups.at_the_end() == name


def test_where_people_sign_in_a_restore_asks_who_it_is_before_the_window_closes(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    name_person(office.parts.desk, "AK", Role.ADMINISTRATOR)
    office.window.station.secrets.ask = lambda: StandInSecrets({"AK": "four words in a row"}, {"AK": "4711"})
    made_one(office, backups, qtbot)
    office.window.show_page("settings", "backups")
    name, asked = asked_about_the_only_backup(office)
    asked.on.click()
    shows = office.window.sheets.sheet
    assert isinstance(shows, WhoIsItSheet)
    for pin, is_quitting in (("9999", False), ("4711", True)):
        shows.entry.secret.set_text(pin)
        shows.confirm(now=False)
        assert office.window.beside.leaving.is_quitting is is_quitting
    assert backups.at_the_end() == name


def test_a_nurse_who_unlocks_before_the_list_of_backups_restores_none(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    name_person(office.parts.desk, "AK", Role.ADMINISTRATOR)
    name_person(office.parts.desk, "BN", Role.NURSE)
    made_one(office, backups, qtbot)
    office.window.show_page("settings", "backups")
    office.mouse.click(office.window.settings.backups.restore)
    sheet = office.window.sheets.sheet
    assert isinstance(sheet, BackupsSheet)
    office.window.locking.lock()
    office.window.locking.unlock("BN", "word")
    next(iter(sheet.choices.values())).click()
    asked = office.window.sheets.sheet
    assert isinstance(asked, RestoreSheet)
    asked.on.click()
    assert not office.window.beside.leaving.is_quitting
    assert "A nurse restores nothing from a backup" in office.window.toast.text


def test_no_touch_waits_for_the_process_that_makes_one(office: Office, backups: WindowBackups) -> None:
    backups.make()
    assert backups.now().is_making
    before = office.parts.folder.journal.last()[0]
    office.visit()
    assert office.parts.folder.journal.last()[0] == before + 4


def test_the_end_of_the_program_makes_one_that_outlives_it(backups: WindowBackups, tmp_path: Path) -> None:
    assert backups.at_the_end() == ""
    process = backups._process  # noqa: SLF001 - the test waits for what nobody else waits for
    assert process is not None
    assert process.wait() == 0
    assert len(in_place(default_place(tmp_path / "data"))) == 1


def test_a_journal_that_turns_out_damaged_is_said_as_that(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    office.visit()
    run = office.parts.folder.journal._run  # noqa: SLF001 - as somebody with the key could
    run("DROP TRIGGER event_is_never_changed")
    run("UPDATE event SET actor = 'X' WHERE place & 0xFFFF = 2")
    made_one(office, backups, qtbot)
    assert office.window.rail.care.text() == "Damaged"
    assert "is damaged: event 2" in office.window.rail.care.accessibleName()
    assert backups.lines() == ()


def test_only_who_may_restores(office: Office, backups: WindowBackups, qtbot: QtBot) -> None:
    made_one(office, backups, qtbot)
    desk = office.parts.desk
    name_person(desk, "AD", Role.ADMINISTRATOR)
    desk.actor = "AD"
    name_person(desk, "NU", Role.NURSE)
    office.window.show_page("settings", "backups")
    for name, may in (("NU", False), ("AD", True)):
        desk.actor = name
        office.window.settings.backups.restore.click()
        assert isinstance(office.window.sheets.sheet, BackupsSheet) is may


def test_copies_that_open_without_a_passphrase_stay_on_the_rail(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    made_one(office, backups, qtbot)
    folder = office.parts.folder
    quarantined(folder.path)
    assert office.window.rail.care.text() != "Copies"
    folder.sign_in.enrol("AK", "four words in a row")
    made_one(office, backups, qtbot)
    assert [sign.short for sign in backups.signs()] == ["Copies"]
    assert backups.signs()[0].text.startswith("2 copies of the record from before the first passphrase open")
    for copy in open_copies(folder.path):
        shutil.rmtree(copy)
    made_one(office, backups, qtbot)
    assert backups.signs() == []


def quarantined(folder: Path) -> Path:
    """Let a journal of before lie in the quarantine as a restore puts it there; return where."""
    place = folder / "quarantine" / "2026-03-02T170501Z"
    shutil.copytree(in_place(default_place(folder))[0].path, place)
    (place / "manifest.json").rename(place / "why.txt")
    return place


def with_open_copies(office: Office, backups: WindowBackups, qtbot: QtBot) -> Path:
    """Let a backup of before and a sealed one lie there; return the one that is in quarantine."""
    made_one(office, backups, qtbot)
    folder = office.parts.folder
    before = quarantined(folder.path)
    folder.sign_in.enrol("AK", "four words in a row")
    made_one(office, backups, qtbot)
    return before


def test_copies_that_open_without_a_passphrase_are_named_and_destroyed_at_a_press(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    before, folder = with_open_copies(office, backups, qtbot), office.parts.folder
    newest, _before = (backup.path for backup in in_place(default_place(folder.path)))
    office.window.show_page("settings", "backups")
    card = office.window.settings.backups
    office.mouse.click(card.destroy_copies)
    sheet = office.window.sheets.sheet
    assert isinstance(sheet, DestroySheet)
    shown = "".join(label.text() for label in sheet.findChildren(QLabel)).replace("\u200b", "")
    assert str(before) in shown
    assert str(newest) not in shown
    assert sheet.first_field() is sheet.stay
    office.mouse.click(sheet.on)
    assert sheet.problem.startswith("Close Chairtime and open it again first")
    assert before.is_dir()
    folder.may_renew = False
    office.mouse.click(sheet.on)
    assert office.window.sheets.sheet is None
    assert open_copies(folder.path) == []
    assert (newest.is_dir(), before.exists()) == (True, False)
    assert not card.destroy_copies.isVisible()
    assert not office.window.rail.care.isVisible()


def test_the_only_backups_there_are_are_not_destroyed(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    made_one(office, backups, qtbot)
    office.parts.folder.sign_in.enrol("AK", "four words in a row")
    office.parts.folder.may_renew = False
    assert backups.destroy_open_copies().startswith("make a backup first")
    assert len(in_place(default_place(office.parts.folder.path))) == 1


def shown(office: Office) -> Sheet | None:
    return office.window.sheets.sheet


def test_only_who_names_people_and_shows_who_they_are_destroys_copies(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    with_open_copies(office, backups, qtbot)
    desk = office.parts.desk
    name_person(desk, "AK", Role.ADMINISTRATOR)
    desk.actor = "AK"
    name_person(desk, "NU", Role.NURSE)
    office.window.show_page("settings", "backups")
    desk.actor = "NU"
    office.window.settings.backups.destroy_copies.click()
    assert shown(office) is None
    desk.actor = "AK"
    office.window.settings.backups.destroy_copies.click()
    asked = shown(office)
    assert isinstance(asked, WhoIsItSheet)
    asked.entry.secret.set_text("four words in a row")
    asked.confirm(now=False)
    qtbot.waitUntil(lambda: isinstance(shown(office), DestroySheet), timeout=5_000)
    sheet = shown(office)
    assert isinstance(sheet, DestroySheet)
    desk.actor = "NU"
    sheet.on.click()
    assert open_copies(office.parts.folder.path)


def test_the_page_of_the_first_administrator_names_what_stays_open(
    office: Office, backups: WindowBackups, qtbot: QtBot
) -> None:
    made_one(office, backups, qtbot)
    office.window.station.secrets.copies = backups.open_copies
    sheet = FirstPersonSheet(office.window.station, "AK")
    shown = "".join(label.text() for label in sheet.findChildren(QLabel)).replace("\u200b", "")
    (backup,) = in_place(default_place(office.parts.folder.path))
    assert "1 backup or quarantined journal from before opens without a passphrase still" in shown
    assert str(backup.path) in shown
    sheet.deleteLater()
