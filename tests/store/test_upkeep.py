"""What is done behind the touches: the log goes back into the database before a touch has to do it."""

from __future__ import annotations

from pathlib import Path

from desktop_app.store.folder import Folder
from desktop_app.store.upkeep import EVENTS_A_WRITE_BACK
from tests.store.examples import open_here, put, session, started


def not_written_back(folder: Folder) -> int:
    """Return how many pages stand in the log only."""
    run = folder.journal._run  # noqa: SLF001 - NOOP tells and writes nothing back
    _busy, in_log, written_back = run("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return int(in_log) - int(written_back)


def touch(folder: Folder, times: int) -> None:
    for number in range(times):
        put(folder.journal, "session/a", started(f"more {number}"))
        folder.upkeep.do_due()


def test_the_log_is_written_back_in_time_and_stays_short(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a")
    touch(folder, EVENTS_A_WRITE_BACK - 2)
    assert not_written_back(folder) > EVENTS_A_WRITE_BACK
    touch(folder, 1)
    assert not_written_back(folder) == 0
    touch(folder, 3 * EVENTS_A_WRITE_BACK)
    log = (tmp_path / "chairtime.db-wal").stat().st_size
    folder.close()
    assert log < 1_000 * 4_096, "the engine never had to write back within a touch"


def test_a_disk_that_takes_nothing_is_told_by_a_touch_and_not_behind_one(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a")
    touch(folder, EVENTS_A_WRITE_BACK)
    database = folder._database  # noqa: SLF001 - there is no other way to take it away
    database.close()
    folder.upkeep._written_back = -EVENTS_A_WRITE_BACK  # noqa: SLF001 - it is due once more
    folder.upkeep.do_due()
    assert folder.upkeep._written_back == -EVENTS_A_WRITE_BACK  # noqa: SLF001 - and is due again
