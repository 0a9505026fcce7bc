"""A backup is what the journal was, is tried before it counts, and every byte of it is vouched for."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.moments import HOUR_US, ClockReading, local_time
from desktop_app.store import backups
from desktop_app.store.backup import Pace, Source, make_backup
from desktop_app.store.backup_state import BackupState, keep_state, known_backups, read_state
from desktop_app.store.backups import RECENT, Backup, in_place, on_shelf, read_backup, stay
from desktop_app.store.checking import backup_fault
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.faults import BackupFailed, DatabaseDamaged
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, Folder
from desktop_app.store.keys import Head, create_keys, read_keys
from desktop_app.store.manifest import MANIFEST_NAME, Manifest
from desktop_app.store.opening import open_folder
from desktop_app.store.places import default_place
from desktop_app.store.signed_head import read_plain
from desktop_app.store.still import journal_of, open_still
from desktop_app.store.verify_heads import fault_of_noted
from tests.fakes import FakeClock
from tests.store.examples import made_read_only, open_here, put, seated, session, started

AT_ONCE = Pace(10_000, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    """A folder somebody works in, with a session of thirty events."""
    opened = open_here(tmp_path / "data")
    session(opened.journal, "a", *(started(str(n)) for n in range(29)))
    yield opened
    opened.close()


def backed_up(folder: Folder, clock: FakeClock | None = None, pace: Pace = AT_ONCE) -> Backup:
    source = Source(folder.path, folder.database_key)
    return make_backup(source, default_place(folder.path), clock or FakeClock(), pace)


def events_in(backup: Backup, folder: Folder) -> list[str]:
    database = open_still(backup.path / DATABASE_NAME, folder.database_key)
    try:
        return [recorded.id for recorded in journal_of(database).everything()]
    finally:
        database.close()


def content(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())}


def test_a_backup_holds_every_event_beside_a_program_that_works(folder: Folder) -> None:
    backup = backed_up(folder)
    assert events_in(backup, folder) == [recorded.id for recorded in folder.journal.everything()]
    assert backup.manifest is not None
    assert (backup.manifest.events, backup.manifest.head.seq) == (30, 30)
    assert backup_fault(backup) == ""


def test_a_backup_says_where_the_journal_was_signed_last(folder: Folder) -> None:
    folder.heads.sign()
    put(folder.journal, "session/a", started("more"))
    manifest = backed_up(folder).manifest
    assert manifest is not None
    head = read_plain(manifest.signed_head)
    assert head is not None
    assert head.seq == 30
    assert fault_of_noted(folder, head) == ""


def test_what_is_touched_while_a_copy_is_taken_is_stored_and_in_the_next_one(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[object] = []

    def touch_meanwhile(_seconds: float) -> None:
        waits.append(put(folder.journal, f"session/{len(waits)}", seated()))

    monkeypatch.setattr("desktop_app.store.backup.time.sleep", touch_meanwhile)
    first = backed_up(folder, pace=Pace(1, 0))
    assert len(waits) > 5
    assert len(events_in(first, folder)) == 30
    monkeypatch.undo()
    assert len(events_in(backed_up(folder), folder)) == 30 + len(waits)


def test_looking_at_a_backup_changes_no_byte_of_it(folder: Folder) -> None:
    backup = backed_up(folder)
    before = content(backup.path)
    assert backup_fault(backup) == ""
    assert content(backup.path) == before
    assert sorted(before) == [DATABASE_NAME, KEYS_NAME, MANIFEST_NAME]


@pytest.mark.parametrize("name", [DATABASE_NAME, KEYS_NAME, MANIFEST_NAME])
def test_any_flipped_byte_of_a_backup_is_noticed_and_its_file_named(folder: Folder, name: str) -> None:
    backup = backed_up(folder)
    path = backup.path / name
    whole = path.read_bytes()
    chance = random.Random(7)  # noqa: S311 - the same bytes each time
    for at in (0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(30))):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        assert backup_fault(read_backup(backup.path)) == f"{path} is not what was written", at
    path.write_bytes(whole)
    assert backup_fault(read_backup(backup.path)) == ""


@pytest.mark.parametrize("name", [DATABASE_NAME, KEYS_NAME, MANIFEST_NAME])
def test_a_missing_file_of_a_backup_is_named(folder: Folder, name: str) -> None:
    backup = backed_up(folder)
    (backup.path / name).unlink()
    assert backup_fault(read_backup(backup.path)) == f"{backup.path / name} is missing"


def test_a_backup_has_the_key_file_of_what_is_copied_whatever_is_recorded_meanwhile(
    folder: Folder, tmp_path: Path
) -> None:
    pages = Pace(1, 0)

    class Meanwhile(FakeClock):
        """Lets a touch be recorded, and the key file be told of it, while the copy is made."""

        def now(self) -> ClockReading:
            put(folder.journal, f"session/{folder.journal.count()}", seated())
            folder.keep_head()
            return super().now()

    backup = backed_up(folder, Meanwhile(), pages)
    assert backup.manifest is not None
    head = read_keys(backup.path / KEYS_NAME).head
    assert head == backup.manifest.head
    assert folder.known_head != head
    copy = shutil.copytree(backup.path, tmp_path / "copy")
    open_folder(copy, read_only=True).close()


def test_that_the_key_file_was_told_where_the_journal_stands_is_worth_no_backup(folder: Folder) -> None:
    first = backed_up(folder)
    assert folder.keep_head() == ""
    assert backed_up(folder).name == first.name


def test_a_backup_keeps_the_key_file_as_it_was(folder: Folder) -> None:
    folder.keep_head()
    before = (folder.path / KEYS_NAME).read_bytes()
    backup = backed_up(folder)
    (folder.path / KEYS_NAME).unlink()
    create_keys(folder.path / KEYS_NAME)
    assert (backup.path / KEYS_NAME).read_bytes() == before
    assert backup_fault(backup) == ""
    (folder.path / KEYS_NAME).write_bytes(before)


def test_where_nothing_happened_since_no_second_one_is_made(folder: Folder) -> None:
    first, second = backed_up(folder), backed_up(folder)
    assert second.name == first.name
    put(folder.journal, "session/b", seated())
    assert backed_up(folder).number == first.number + 1


def test_a_changed_setting_or_file_of_the_practice_is_worth_a_backup(folder: Folder) -> None:
    first = backed_up(folder)
    folder.settings.set("suite-name", "West wing")
    second = backed_up(folder)
    (folder.path / "protocols").mkdir()
    (folder.path / "protocols" / "iron.toml").write_text("# ours\n")
    third = backed_up(folder)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert (third.path / "protocols" / "iron.toml").read_text() == "# ours\n"
    (third.path / "protocols" / "iron.toml").write_text("# not ours\n")
    assert "iron.toml is not what was written" in backup_fault(third)


def test_a_damaged_journal_makes_no_backup_and_takes_no_good_ones_place(tmp_path: Path) -> None:
    opened = open_here(tmp_path / "data")
    session(opened.journal, "a", *(started(str(n)) for n in range(200)))
    good = backed_up(opened)
    put(opened.journal, "session/b", seated())
    key = opened.database_key
    opened.close()
    file = tmp_path / "data" / DATABASE_NAME
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    with pytest.raises(DatabaseDamaged, match=f"The database {file} is damaged"):
        make_backup(Source(tmp_path / "data", key), default_place(tmp_path / "data"), FakeClock(), AT_ONCE)
    assert [backup.name for backup in on_shelf(good.path.parent)] == [good.name]
    assert sorted(path.name for path in good.path.parent.iterdir()) == [good.name, "backup.lock"]


def test_what_was_begun_and_cut_off_is_taken_away_by_the_next(folder: Folder) -> None:
    shelf = backed_up(folder).path.parent
    half = shelf / ".making-000002"
    half.mkdir()
    (half / DATABASE_NAME).write_bytes(b"half")
    put(folder.journal, "session/b", seated())
    backup = backed_up(folder)
    assert not half.exists()
    assert backup_fault(backup) == ""


def test_two_at_once_are_one(folder: Folder) -> None:
    shelf = backed_up(folder).path.parent
    lock = FolderLock(shelf / "backup.lock")
    put(folder.journal, "session/b", seated())
    with pytest.raises(BackupFailed, match=r"is being made in .* already"):
        backed_up(folder)
    lock.release()
    assert backed_up(folder).number == 2


def test_a_folder_that_is_a_file_is_said_in_one_sentence(folder: Folder) -> None:
    default_place(folder.path).write_text("mine")
    with pytest.raises(BackupFailed, match=r"^The backup folder .* cannot be used: .*\.$"):
        backed_up(folder)
    put(folder.journal, "session/b", seated())


def test_a_folder_that_may_not_be_written_is_said_in_one_sentence(user_folder: Path) -> None:
    opened = open_here(user_folder / "data")
    session(opened.journal, "a")
    with made_read_only(user_folder), pytest.raises(BackupFailed, match="Permission denied"):
        backed_up(opened)
    assert backed_up(opened).number == 1
    opened.close()


@pytest.mark.parametrize(("free", "told"), [(60_000, "less than 1"), (1_999_999, "1")])
def test_a_full_drive_is_said_with_what_is_needed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, free: int, told: str
) -> None:
    first = backed_up(folder)
    put(folder.journal, "session/b", seated())
    full = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(BackupFailed, match=rf"has {told} MB left; a backup needs \d+ MB"):
        backed_up(folder)
    assert [backup.name for backup in on_shelf(first.path.parent)] == [first.name]


def made_at(number: int, hours: float) -> Backup:
    made_us = FakeClock().now().wall_us + round(hours * HOUR_US)
    manifest = Manifest(
        journal="j", made_us=made_us, program="1", events=number, head=Head("o", 1, ""), rest="", files={}
    )
    return Backup(Path(backups.name_of(number, made_us)), manifest)


def test_twenty_four_hours_thirty_days_and_twelve_months_are_left() -> None:
    left: list[Backup] = []
    hours = [
        *range(0, 450 * 24, 24),
        *range(450 * 24, 460 * 24),
        *range(460 * 24, 490 * 24, 4),
        *range(490 * 24, 492 * 24),
    ]
    for number, hour in enumerate(hours, start=1):
        left.append(made_at(number, hour))
        names = stay(left)
        left = [backup for backup in left if backup.name in names]
    last = len(hours)
    assert [backup.number for backup in left][-24:] == list(range(last - 23, last + 1))
    made = [local_time(backup.manifest.made_us, "UTC") for backup in left if backup.manifest]
    assert len({one.date() for one in made}) == 30 + 12 - 2
    assert len({(one.year, one.month) for one in made}) == 12


def test_a_clock_set_back_makes_the_newest_backup_no_older() -> None:
    yesterday = [made_at(number, 24 + number) for number in range(1, 40)]
    newest = made_at(40, 0)
    assert newest.name in stay([*yesterday, newest])


def test_a_backup_that_holds_less_takes_no_fuller_ones_place() -> None:
    fuller, *newer = (made_at(900 + at, at / 100) for at in range(RECENT + 1))
    emptier = [Backup(one.path, replace(one.manifest, events=5)) for one in newer if one.manifest]
    assert stay([fuller, *emptier]) == {fuller.name, *(one.name for one in emptier)}
    assert stay([fuller, *newer]) == {one.name for one in newer}


def test_backups_made_by_hand_take_no_earlier_ones_place() -> None:
    hourly, by_hand = made_at(1, 0.1), [made_at(at, at / 100) for at in range(11, 15)]
    assert stay([hourly, *by_hand]) == {hourly.name, *(one.name for one in by_hand)}
    yesterdays = [made_at(at, at - 24) for at in range(1, 4)]
    many = [made_at(at, at / 1_000) for at in range(11, 40)]
    kept = stay([*yesterdays, *many])
    assert {one.name for one in yesterdays} < kept
    assert {one.name for one in many[-RECENT:]} < kept
    assert len(kept) == len(yesterdays) + RECENT


def test_a_backup_of_another_journal_on_the_same_drive_is_left_alone(folder: Folder, tmp_path: Path) -> None:
    place = default_place(folder.path)
    other = open_here(tmp_path / "other")
    session(other.journal, "z")
    theirs = make_backup(Source(other.path, other.database_key), place, FakeClock(), AT_ONCE)
    ours = backed_up(folder)
    assert ours.manifest is not None
    assert [backup.path for backup in in_place(place, ours.manifest.journal)] == [ours.path]
    assert {backup.path for backup in in_place(place)} == {ours.path, theirs.path}
    other.close()


def test_what_went_wrong_is_kept_and_the_good_ones_are_still_found(folder: Folder) -> None:
    backup = backed_up(folder)
    assert known_backups(folder.path)[0].path == backup.path
    state = BackupState(place=str(folder.path / "gone"), fault="The drive is gone.", tried_us=5)
    keep_state(folder.path, state)
    assert read_state(folder.path) == state
    assert known_backups(folder.path)[0].path == backup.path
    (folder.path / "backups.json").write_text("[]")
    assert read_state(folder.path).fault == ""
