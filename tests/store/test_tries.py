"""Wrong tries slow down, on disk: no restart and no clock shortens a wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.ports import MustWait, NotSaved
from desktop_app.store.tries import FREE_TRIES, FailedTry, TriesFile, Wrong, require_free
from tests.fakes import FakeClock
from tests.store.examples import made_read_only

SECOND = 1_000_000


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def door(path: Path, clock: FakeClock) -> TriesFile:
    """Return the tries as a program finds them that has just started."""
    return TriesFile(path / "tries.txt", clock)


def try_wrong(path: Path, clock: FakeClock, times: int = FREE_TRIES, name: str = "AK") -> None:
    for _ in range(times):
        door(path, clock).note(name, right=False)


def be_told(path: Path, clock: FakeClock) -> None:
    door(path, clock).be_told(door(path, clock).failed())


def wait_of(path: Path, clock: FakeClock, name: str = "AK") -> int:
    try:
        door(path, clock).require_free(name)
    except MustWait as wait:
        return wait.seconds
    return 0


def test_four_wrong_tries_are_free_and_the_fifth_lets_wait(tmp_path: Path, clock: FakeClock) -> None:
    try_wrong(tmp_path, clock, 4)
    assert wait_of(tmp_path, clock) == 0
    try_wrong(tmp_path, clock, 1)
    with pytest.raises(MustWait, match=r"^There were 5 wrong tries; the next one can be made in 30 seconds"):
        door(tmp_path, clock).require_free("AK")


def test_each_further_one_doubles_the_wait_up_to_a_quarter_of_an_hour(
    tmp_path: Path, clock: FakeClock
) -> None:
    waits = []
    try_wrong(tmp_path, clock, 4)
    for _ in range(8):
        try_wrong(tmp_path, clock, 1)
        waits.append(wait_of(tmp_path, clock))
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_a_wait_is_over_to_the_microsecond(tmp_path: Path, clock: FakeClock) -> None:
    try_wrong(tmp_path, clock)
    clock.advance(us=30 * SECOND - 1)
    assert wait_of(tmp_path, clock) == 1
    clock.advance(us=1)
    assert wait_of(tmp_path, clock) == 0


@pytest.mark.parametrize("day", ["2020-01-01T00:00", "2030-01-01T00:00"])
def test_the_clock_on_the_wall_neither_shortens_nor_lengthens_it(
    tmp_path: Path, clock: FakeClock, day: str
) -> None:
    try_wrong(tmp_path, clock)
    clock.set_wall(day)
    assert wait_of(tmp_path, clock) == 30


def test_another_start_of_the_computer_does_not_shorten_it_and_the_time_since_counts(
    tmp_path: Path, clock: FakeClock
) -> None:
    try_wrong(tmp_path, clock)
    clock.reboot("boot-2")
    assert wait_of(tmp_path, clock) == 30
    clock.advance(us=20 * SECOND)
    assert wait_of(tmp_path, clock) == 10
    clock.advance(us=10 * SECOND)
    assert wait_of(tmp_path, clock) == 0


def test_a_system_whose_boots_have_no_name_is_no_way_around_it(tmp_path: Path, clock: FakeClock) -> None:
    try_wrong(tmp_path, clock)
    clock.name_boot("start-of-another-program")
    assert wait_of(tmp_path, clock) == 30


def test_one_persons_tries_let_nobody_else_wait(tmp_path: Path, clock: FakeClock) -> None:
    try_wrong(tmp_path, clock)
    assert wait_of(tmp_path, clock, "BN") == 0


def test_a_right_one_forgives_the_wrong_ones_before(tmp_path: Path, clock: FakeClock) -> None:
    try_wrong(tmp_path, clock, 4)
    door(tmp_path, clock).note("AK", right=True)
    try_wrong(tmp_path, clock, 4)
    assert wait_of(tmp_path, clock) == 0


def test_a_wrong_one_is_on_the_disk_before_it_is_answered(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    monkeypatch.setattr(
        "desktop_app.store.tries.os.fsync", lambda _: synced.append((tmp_path / "tries.txt").read_bytes())
    )
    try_wrong(tmp_path, clock, 1)
    assert [line.count(b"AK") for line in synced] == [1]


def test_right_ones_alone_write_nothing(tmp_path: Path, clock: FakeClock) -> None:
    door(tmp_path, clock).note("AK", right=True)
    assert list(tmp_path.iterdir()) == []


def test_what_failed_is_told_once_and_still_lets_wait(tmp_path: Path, clock: FakeClock) -> None:
    try_wrong(tmp_path, clock, 1, "BN")
    door(tmp_path, clock).note("BN", right=True)
    try_wrong(tmp_path, clock)
    at_us = clock.now().wall_us
    assert door(tmp_path, clock).failed() == (FailedTry("BN", at_us), *[FailedTry("AK", at_us)] * 5)
    be_told(tmp_path, clock)
    assert door(tmp_path, clock).failed() == ()
    assert wait_of(tmp_path, clock) == 30
    try_wrong(tmp_path, clock, 1)
    assert len(door(tmp_path, clock).failed()) == 1
    assert wait_of(tmp_path, clock) == 60


def test_a_try_made_while_the_earlier_ones_are_told_is_told_the_next_time(
    tmp_path: Path, clock: FakeClock
) -> None:
    try_wrong(tmp_path, clock, 1)
    told = door(tmp_path, clock).failed()
    try_wrong(tmp_path, clock, 1)
    try_wrong(tmp_path, clock, 4, "BN")
    door(tmp_path, clock).note("BN", right=True)
    door(tmp_path, clock).be_told(told)
    at_us = clock.now().wall_us
    assert door(tmp_path, clock).failed() == (FailedTry("AK", at_us), *[FailedTry("BN", at_us)] * 4)
    try_wrong(tmp_path, clock, 3, "BN")
    assert wait_of(tmp_path, clock, "BN") == 0
    try_wrong(tmp_path, clock, 3)
    assert wait_of(tmp_path, clock) == 30


def test_a_program_that_never_lets_go_locks_nobody_out_for_ever(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.store.tries.LONGEST_WAIT_FOR_OTHERS_S", 0.1)
    with (
        door(tmp_path, clock).one_at_a_time(),
        pytest.raises(NotSaved, match=r"tries\.lock and does not let go of it, so no secret is tried"),
        door(tmp_path, clock).one_at_a_time(),
    ):
        pytest.fail("two tries at once")
    with door(tmp_path, clock).one_at_a_time():
        assert (tmp_path / "tries.lock").exists()


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_no_secret_is_tried_where_something_else_is_in_the_way_of_the_lock(
    tmp_path: Path, clock: FakeClock, kind: str
) -> None:
    lock = tmp_path / "tries.lock"
    lock.mkdir() if kind == "folder" else lock.symlink_to(tmp_path / "elsewhere")
    with (
        pytest.raises(NotSaved, match=r"tries\.lock cannot be locked \(.+\), so no secret is tried"),
        door(tmp_path, clock).one_at_a_time(),
    ):
        pytest.fail("a try that counts one after the other with nobody's")
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_is_left_where_nobody_waits(tmp_path: Path, clock: FakeClock) -> None:
    try_wrong(tmp_path, clock, 2)
    door(tmp_path, clock).note("AK", right=True)
    be_told(tmp_path, clock)
    assert list(tmp_path.iterdir()) == []


def test_lines_that_tell_nothing_are_passed_over(tmp_path: Path, clock: FakeClock) -> None:
    try_wrong(tmp_path, clock)
    with (tmp_path / "tries.txt").open("ab") as file:
        file.write(b'\xff\n["AK", 1\n[]\n{"name": 1}\n[1, 2, 3, true, false]\n')
    assert wait_of(tmp_path, clock) == 30
    assert len(door(tmp_path, clock).failed()) == 5


def test_a_very_long_list_is_read_from_its_end(tmp_path: Path, clock: FakeClock) -> None:
    (tmp_path / "tries.txt").write_bytes(b"x" * 3_000_000 + b"\n")
    try_wrong(tmp_path, clock)
    assert wait_of(tmp_path, clock) == 30


def test_a_folder_that_cannot_be_written_counts_nothing_and_breaks_nothing(
    user_folder: Path, clock: FakeClock
) -> None:
    with made_read_only(user_folder):
        try_wrong(user_folder, clock)
    assert wait_of(user_folder, clock) == 0


def test_many_tries_overflow_nothing() -> None:
    with pytest.raises(MustWait) as caught:
        require_free(Wrong(10_000, 0), 0)
    assert caught.value.seconds == 900
