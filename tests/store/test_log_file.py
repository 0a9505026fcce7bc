"""A log that was left by a crash: a touch cut off is passed over, a changed byte further up is told."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path
from struct import pack

import pytest

from desktop_app.store.faults import DatabaseDamaged
from desktop_app.store.folder import DATABASE_NAME, open_folder
from desktop_app.store.log_file import _MAGIC, LeftLog, _read, _summed, log_of, read_log
from tests.store.examples import abandon, made_folder, open_here, put, started

TOUCHES = 6


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A folder as a crash leaves it, with touches in its log that were answered."""
    folder = open_here(made_folder(tmp_path / "data"))
    for number in range(TOUCHES):
        put(folder.journal, "session/a", started(f"more {number}"))
    # What the next connection finds; closing this one would fold the log in.
    copy = Path(shutil.copytree(tmp_path / "data", tmp_path / "crashed"))
    abandon(folder)
    return copy


def log(folder: Path) -> Path:
    return log_of(folder / DATABASE_NAME)


def flip(file: Path, at: int, bits: int = 1) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= bits
    file.write_bytes(content)


def events(folder: Path) -> int:
    opened = open_folder(folder)
    count, _ = opened.journal.last()
    opened.close()
    return count


def test_a_log_that_was_left_is_whole_and_all_in_it_is_there(crashed: Path) -> None:
    left = read_log(crashed / DATABASE_NAME)
    assert (left.is_damaged, left.is_cut_off) == (False, False)
    assert left.pages
    assert events(crashed) == 3 + TOUCHES


def test_no_log_is_an_empty_one(tmp_path: Path) -> None:
    assert read_log(made_folder(tmp_path) / DATABASE_NAME) == LeftLog()


def test_a_log_cut_off_in_its_last_touch_has_lost_that_touch_alone(crashed: Path) -> None:
    content = log(crashed).read_bytes()
    log(crashed).write_bytes(content[:-10])
    assert read_log(crashed / DATABASE_NAME).is_cut_off
    opened = open_folder(crashed)
    assert opened.was_cut_off
    assert opened.journal.last()[0] == 3 + TOUCHES - 1
    opened.close()


def test_a_byte_changed_in_the_last_touch_looks_like_a_touch_cut_off_and_is_told_as_one(
    crashed: Path,
) -> None:
    flip(log(crashed), log(crashed).stat().st_size - 100)
    opened = open_folder(crashed, read_only=True)
    assert opened.was_cut_off
    opened.close()


def test_a_byte_changed_anywhere_else_in_the_log_is_told_and_nothing_is_changed(crashed: Path) -> None:
    content = log(crashed).read_bytes()
    frame, chance = 24 + 4096, random.Random(1)  # noqa: S311 - places, not secrets
    places = [*range(24), *range(32, 56), *chance.sample(range(32, len(content) - 3 * frame), 30)]
    for place in places:
        flip(log(crashed), place, chance.randrange(1, 256))
        before = {path.name: path.read_bytes() for path in crashed.iterdir()}
        for read_only in (False, True):
            with pytest.raises(DatabaseDamaged, match=r"chairtime\.db-wal is damaged"):
                open_folder(crashed, read_only=read_only)
        assert {path.name: path.read_bytes() for path in crashed.iterdir()} == before, place
        log(crashed).write_bytes(content)
    assert events(crashed) == 3 + TOUCHES


def test_a_log_that_a_program_is_at_work_on_is_its_own(
    crashed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(log(crashed).read_bytes())
    content[100] ^= 1
    looks = 0

    def growing(_path: Path) -> bytes:
        nonlocal looks
        looks += 1
        return bytes(content) + bytes(looks)

    monkeypatch.setattr(Path, "read_bytes", growing)
    assert read_log(crashed / DATABASE_NAME) == LeftLog()


def test_a_page_that_was_being_written_back_stands_whole_in_the_log(crashed: Path) -> None:
    database = crashed / DATABASE_NAME
    page = min(read_log(database).pages - {1})
    flip(database, (page - 1) * 4096 + 7)
    opened = open_folder(crashed, read_only=True)
    assert opened.journal.bad_page() == ""
    opened.close()


PAGE = 512
"""As small as pages can be; heads of frames meet the ends of sectors as they do with large ones."""


def turn(chance: random.Random, touches: list[int]) -> bytes:
    """Return a log of touches of so many frames each, as the engine writes it."""
    salts = chance.randbytes(8)
    content = pack(">4I", _MAGIC, 3_007_000, PAGE, 0) + salts
    sums = _summed(content, (0, 0), swapped=sys.byteorder == "big")
    content += pack(">2I", *sums)
    for frames in touches:
        for number in range(1, frames + 1):
            checked = pack(">2I", number, 24 if number == frames else 0) + chance.randbytes(PAGE)
            sums = _summed(checked, sums, swapped=sys.byteorder == "big")
            content += checked[:8] + salts + pack(">2I", *sums) + checked[8:]
    return content


def test_a_touch_torn_over_an_older_turn_of_the_log_is_never_taken_for_damage() -> None:
    chance = random.Random(1)  # noqa: S311 - sectors, not secrets
    for _ in range(400):
        older = turn(chance, [chance.randint(1, 4) for _ in range(40)])
        answered, torn = [2] * chance.randint(14, 21), chance.randint(2, 9)
        newer = turn(chance, [*answered, torn])
        done = len(newer) - torn * (PAGE + 24)
        disk = bytearray(newer[:done] + older[done:]).ljust(len(newer), b"\0")
        for start in range(done // 512 * 512, len(newer), 512):
            if chance.random() < 0.5:
                place = slice(max(start, done), min(start + 512, len(newer)))
                disk[place] = newer[place]
        left = _read(bytes(disk))
        assert not left.is_damaged
