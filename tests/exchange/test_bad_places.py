"""A place that is full, missing, slow or taken away: no half batch in any format, and one sentence."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from desktop_app.core.decisions import Refusal
from desktop_app.exchange.formats import FORMATS
from desktop_app.exchange.ledger import Batch, BatchState
from desktop_app.exchange.place import GrowingFile
from desktop_app.exchange.whole_folder import differing
from tests.exchange.failing_disk import FailingDisk, telling
from tests.exchange.kinds import READ_BY_BILLING
from tests.exchange.month import Month, signed_month
from tests.exchange.receivers import RECEIVERS
from tests.exchange.signed import exported, hidden_in, refused, visible

SESSIONS = 4
EVERY_FORMAT = tuple(FORMATS)


@pytest.fixture
def month() -> Month:
    return signed_month(SESSIONS)


def export(month: Month, folder: Path, formats: tuple[str, ...] = EVERY_FORMAT) -> Batch | Refusal:
    return month.exporter().export(month.sessions, folder, formats)


def check_that_nothing_was_sent(month: Month, folder: Path, outcome: Batch | Refusal) -> str:
    """See that a place is as it was before, and return the one sentence that says why."""
    said = refused(outcome)
    _, _, what_to_do = said.partition("; nothing was sent: ")
    assert what_to_do, said
    assert said.isprintable()
    assert (visible(folder), hidden_in(folder)) == ([], [])
    assert month.exporter().sent() == frozenset()
    assert all(batch.state is BatchState.ABANDONED for batch in month.exporter().batches())
    return said


def check_that_all_is_sent_now(month: Month, folder: Path) -> None:
    """Export into a good place, and hear from every receiver what was sent."""
    batch = exported(export(month, folder))
    assert batch.state is BatchState.SENT
    assert (visible(folder), hidden_in(folder)) == ([batch.name], [])
    books = []
    for name in READ_BY_BILLING:
        receiver = RECEIVERS[name]()
        receiver.take(batch.folder)
        assert set(receiver.heard.values()) == {1}
        books.append(receiver.books)
    assert all(one == books[0] for one in books)
    assert len(books[0]) == SESSIONS


def steps_of_an_export(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    month, disk = signed_month(SESSIONS), FailingDisk(folder)
    with monkeypatch.context() as patch:
        disk.put_under(patch)
        exported(export(month, folder))
    shutil.rmtree(folder / visible(folder)[0])
    return disk.steps


SAYS = {
    errno.ENOSPC: "is full",
    errno.EDQUOT: "is full",
    errno.EIO: "did not work (input/output error)",
    errno.EROFS: "nobody may write",
}


SOME = 5
"""Of so many steps one fails in turn; under ``stress`` every one does."""


def some_of(places: list[int], renamed: int, each: int) -> list[int]:
    """Return the steps that fail now: some before the rename, the rename, and all behind it."""
    return [place for at, place in enumerate(places) if at % each == 0 or place >= renamed]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_a_disk_that_fails_at_any_step_leaves_no_half_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """A full disk stays full; a broken one fails once."""
    let_steps_fail(tmp_path.resolve(), monkeypatch, code, each=SOME)


def let_steps_fail(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int, *, each: int) -> None:
    """Let one step of so many fail, each in an export of its own, and see what is left."""
    month = signed_month(SESSIONS)
    steps = steps_of_an_export(folder, monkeypatch)
    assert len(telling(steps)) > 25
    renamed = next(place for place, name in enumerate(steps, start=1) if name.startswith("rename"))
    for place in some_of(telling(steps), renamed, each):
        with monkeypatch.context() as patch:
            FailingDisk(folder, place, code, lasts=code == errno.ENOSPC).put_under(patch)
            outcome = export(month, folder)
        if place <= renamed:
            assert SAYS[code] in check_that_nothing_was_sent(month, folder, outcome), steps[place - 1]
            continue
        batch = exported(outcome)
        assert "is written" in batch.note
        assert differing(batch.folder, batch.files) == ""
        assert "nothing to send" in refused(export(month, folder))
        assert month.exporter().batches()[-1].state is BatchState.SENT
        shutil.rmtree(batch.folder)
        month = signed_month(SESSIONS)
    check_that_all_is_sent_now(month, folder)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond a size: the system refuses what is more."""
    import resource  # noqa: PLC0415 - Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size")
@pytest.mark.parametrize("name", [*FORMATS, "all"])
def test_a_file_that_may_not_grow_leaves_no_half_batch(month: Month, tmp_path: Path, name: str) -> None:
    """The system itself refuses to write, and what is buffered once more when the file is closed."""
    formats = EVERY_FORMAT if name == "all" else (name,)
    whole = exported(export(month, tmp_path, formats))
    largest = max(path.stat().st_size for path in whole.folder.iterdir())
    shutil.rmtree(whole.folder)
    month = signed_month(SESSIONS)
    for size in (0, largest // 2, largest - 1):
        with room_for(size):
            outcome = export(month, tmp_path, formats)
        assert "file too large" in check_that_nothing_was_sent(month, tmp_path, outcome)
    check_that_all_is_sent_now(month, tmp_path)


def is_missing(folder: Path) -> None:
    folder.rmdir()


def is_a_file(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("", encoding="utf-8")


@pytest.mark.parametrize(("spoil", "says"), [(is_missing, "is not there"), (is_a_file, "is no folder")])
def test_a_place_that_is_none_is_named(
    month: Month, tmp_path: Path, spoil: Callable[[Path], None], says: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    spoil(folder)
    said = refused(export(month, folder))
    assert says in said
    assert str(folder) in said
    assert "nothing was sent" in said
    assert month.exporter().batches() == ()


def outcome_of(steps: Generator[object, None, Batch | Refusal]) -> Batch | Refusal:
    """Take all steps that are left."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("Batch | Refusal", end.value)


def goes_away(folder: Path) -> None:
    folder.rename(folder.with_name("unplugged"))


def loses_what_is_written(folder: Path) -> None:
    shutil.rmtree(folder / hidden_in(folder)[0])


def becomes_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("", encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take away what is open")
@pytest.mark.parametrize("takes_away", [goes_away, loses_what_is_written, becomes_a_file])
@pytest.mark.parametrize("written", range(1, SESSIONS + 1))
def test_a_place_that_is_taken_away_while_a_batch_is_written_sends_nothing(
    month: Month, tmp_path: Path, takes_away: Callable[[Path], None], written: int
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    steps = month.exporter().exporting(month.sessions, folder, EVERY_FORMAT)
    for _ in range(written):
        next(steps)
    takes_away(folder)
    assert "nothing was sent" in refused(outcome_of(steps))
    assert month.exporter().sent() == frozenset()
    if folder.is_file():
        folder.unlink()
    if not folder.exists():
        unplugged = tmp_path / "unplugged"
        unplugged.rename(folder) if unplugged.exists() else folder.mkdir()
    assert visible(folder) == []
    check_that_all_is_sent_now(month, folder)


@pytest.mark.parametrize("written", range(SESSIONS + 1))
def test_an_export_that_is_given_up_leaves_nothing(month: Month, tmp_path: Path, written: int) -> None:
    steps = month.exporter().exporting(month.sessions, tmp_path, EVERY_FORMAT)
    for _ in range(written):
        next(steps)
    steps.close()
    assert (visible(tmp_path), hidden_in(tmp_path)) == ([], [])
    assert month.exporter().batches() == ()
    check_that_all_is_sent_now(month, tmp_path)


def test_a_disk_so_slow_that_midnight_passes_makes_one_batch_of_the_day_it_was_begun(
    month: Month, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each write takes twenty minutes by every clock."""
    write = GrowingFile.write

    def slow(file: GrowingFile, data: bytes) -> int:
        month.clock.advance(20)
        return write(file, data)

    with monkeypatch.context() as disk:
        disk.setattr(GrowingFile, "write", slow)
        begun = month.clock.now().wall_us
        batch = exported(export(month, tmp_path))
    assert batch.name == "chairtime-2026-03-31-A"
    assert batch.at_us > begun + 24 * 60 * 60 * 1_000_000
    assert differing(batch.folder, batch.files) == ""
    assert "nothing to send" in refused(export(month, tmp_path))
