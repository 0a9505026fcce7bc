"""``clock``: what the clocks say, a day's report of them, and the true time, from a terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from desktop_app.app import open_parts
from desktop_app.commands.clock_report import on_day, print_report
from desktop_app.core.care import add_note, start_service, stop_service
from desktop_app.core.clock_words import instant_words
from desktop_app.core.clocks import noting
from desktop_app.core.events import SUITE_STREAM, MarkMade, Stamp
from desktop_app.core.jump_watch import JumpWatch
from desktop_app.core.moments import HOUR_US, ClockReading, local_date
from desktop_app.core.orders import Setting
from desktop_app.core.ports import Write
from desktop_app.store.clock import SystemClock
from tests.commands.program import Done, chairtime, log, play
from tests.commands.touches import END, SEAT, START, STOP
from tests.exchange.signed import saved
from tests.fakes import NEW_YORK, FakeClock
from tests.store.examples import open_here
from tests.ui.office import INFLIXIMAB


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    assert play(data, SEAT, START, STOP, END).status == 0
    return data


def clock(data: Path, *words: object) -> Done:
    return chairtime("clock", "--data-dir", data, *words)


def test_it_says_what_the_clocks_say_and_that_nothing_happened(data: Path) -> None:
    done = clock(data)
    assert done.status == 0
    assert "on the wall" in done.out
    assert "steady over" in done.out
    assert "Nothing is on record: the clock was steady." in done.out


def test_it_does_not_call_a_clock_steady_that_was_set_since_the_last_record(data: Path) -> None:
    reading = SystemClock(lambda: "UTC").now()
    folder = open_here(data)
    event = MarkMade(at_us=reading.wall_us, mark="m1")
    stamp = Stamp(touch="m", actor="LT", reading=replace(reading, wall_us=reading.wall_us - 24 * HOUR_US))
    folder.journal.append([Write(SUITE_STREAM, 0, (event,))], stamp)
    folder.close()
    done = clock(data)
    assert done.status == 0
    assert "set forward by" in done.out
    assert "the clock was steady" not in done.out
    assert "Nothing is on record of that yet: the window notes it" in done.out


def test_the_true_time_is_kept_with_who_said_so_and_told_again(data: Path) -> None:
    done = clock(data, "--true", "2026-03-02T09:31", "--known", "radio clock", "--by", "AK")
    assert done.status == 0
    assert done.out.startswith("The true time Mon 2 Mar 2026 09:31:00 is on record; the clock is off by")
    *_, stored = log(data)
    assert (stored["kind"], stored["stream"]) == ("clock-true-time-told", "clock")
    assert (stored["body"]["known"], stored["body"]["by"]) == ("radio clock", "AK")
    told = clock(data)
    assert "told by AK (radio clock)" in told.out
    assert "AK told the true time" in told.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--true", "25:00", "--known", "radio"), "25:00 is no time such as 10:31:00 or 2026-03-02T10:31."),
        (("--true", "10:00"), "The true time needs a word on how it is known, such as radio clock."),
        (("--report", "yesterday"), "yesterday is no date such as 2026-03-02."),
    ],
)
def test_what_it_cannot_do_is_one_sentence_and_nothing_is_kept(
    data: Path, words: tuple[str, ...], said: str
) -> None:
    before = len(log(data))
    done = clock(data, *words)
    assert (done.status, done.sentence) == (2, said)
    assert len(log(data)) == before


def test_a_day_without_anybody_says_so(data: Path) -> None:
    done = clock(data, "--report", "2020-01-01")
    assert done.status == 0
    assert "Nothing happened to the clock on this day." in done.out
    assert "Nobody was timed on this day." in done.out


def test_a_days_report_says_what_happened_to_whom_and_what_their_minutes_stand_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now, name = FakeClock("2026-03-02T09:00"), ""
    with open_parts(tmp_path / "data", make_clock=lambda _zone: now, rules_later=True) as parts:
        desk = parts.desk
        for chair in ("1", "2"):
            seated = desk.seat(
                desk.now(), chair=chair, mrn="123456", initials="RM", zone=NEW_YORK, setting=Setting.FACILITY
            )
            name = saved(seated).session
            saved(desk.touch(name, partial(start_service, service="1", order=INFLIXIMAB)))
            now.advance(10)
            if chair == "1":
                saved(desk.touch(name, stop_service))
        watch = JumpWatch(now.now())
        now.shift_wall(-HOUR_US)
        saved(desk.take(noting(watch.look(now.now(), desk.now().at_us, (name,)))))
        now.advance(50)
        saved(desk.touch(name, stop_service))
        day = local_date(desk.now().at_us, NEW_YORK)
        print_report(parts.folder, on_day(desk.suite.clock, day, NEW_YORK))
    told = capsys.readouterr().out
    assert "09:20:00  This computer's clock was set back by 1 h, from 09:20:00 to 08:20:00." in told
    first, second = (line for line in told.splitlines() if "R. M. · ••3456" in line)
    assert first.split()[-7:] == ["09:00:00", "09:10:00", "10", "the", "clock", "that", "counts"]
    assert " ".join(second.split()[8:11]) == "09:10:00 10:10:00 60"
    assert "the clock that counts" in second
    assert "the computer's clock was set back" in second


@dataclass(frozen=True)
class StandingClock:
    """A clock that shows one reading."""

    reading: ClockReading

    def now(self) -> ClockReading:
        return self.reading


def recorded_before(data: Path, by_us: int, boot: str = "") -> ClockReading:
    """Record a mark with the clock as it was before somebody moved it by so much."""
    folder = open_here(data)
    now = SystemClock(lambda: folder.settings.get("zone")).now()
    reading = replace(now, wall_us=now.wall_us - by_us, boot=boot or now.boot)
    event = MarkMade(at_us=reading.wall_us, mark="m1")
    folder.journal.append([Write(SUITE_STREAM, 0, (event,))], Stamp(touch="m", actor="LT", reading=reading))
    folder.close()
    return reading


@pytest.mark.parametrize(("by_us", "said"), [(24 * HOUR_US, "forward by"), (-24 * HOUR_US, "back by")])
def test_a_command_that_writes_notes_a_jump_since_the_last_record(
    tmp_path: Path, by_us: int, said: str
) -> None:
    data = tmp_path / "data"
    assert play(data, SEAT).status == 0
    recorded_before(data, by_us)
    done = play(data, START)
    assert done.status == 0
    assert f"This computer's clock was set {said}" in done.err
    assert "while the program was closed" in done.err
    assert done.err.endswith("It is on record.\n")
    kinds = [stored["kind"] for stored in log(data)]
    assert kinds[-3:] == ["clock-jumped", "timing-noted", "service-started"]
    state = clock(data)
    assert "steady over" in state.out
    assert f"set {said}" in state.out
    assert "was steady" not in state.out
    assert "Nothing is on record" not in state.out


def test_a_jump_is_noted_for_who_is_timed_and_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert play(data, SEAT, START).status == 0
    recorded_before(data, HOUR_US)
    for _ in range(2):
        assert play(data, STOP).status in {0, 1}
    kinds = [stored["kind"] for stored in log(data)]
    assert kinds.count("clock-jumped") == 1
    assert kinds[kinds.index("clock-jumped") :][:3] == ["clock-jumped", "timing-noted", "service-stopped"]


def test_a_clock_behind_the_last_record_of_another_start_is_said(data: Path) -> None:
    before = recorded_before(data, -24 * HOUR_US, boot="boot-of-yesterday")
    state = clock(data)
    assert "the wall stands 23 h 59 min" in " ".join(state.out.split())
    assert "was steady" not in state.out
    done = play(data)
    assert done.status == 0
    assert "before the last record at" in done.err
    assert instant_words(before.wall_us, "UTC")[:15] in done.err
    assert "clock-behind" not in [stored["kind"] for stored in log(data)]


def test_a_clock_behind_is_on_record_where_somebody_is_timed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert play(data, SEAT, START).status == 0
    now = SystemClock(lambda: "UTC").now()
    later = StandingClock(replace(now, wall_us=now.wall_us + 24 * HOUR_US, boot="boot-of-yesterday"))
    with open_parts(data, make_clock=lambda _zone: later, rules_later=True) as parts:
        (session,) = (one for one in parts.desk.suite.sessions.values() if one.needs_time)
        saved(parts.desk.touch(session.id, partial(add_note, text="seen")))
    done = play(data, STOP)
    assert "started anew, and its clock shows" in done.err
    kinds = [stored["kind"] for stored in log(data)]
    assert kinds[-3:] == ["clock-behind", "timing-noted", "service-stopped"]


def test_a_folder_that_nothing_was_recorded_in_has_no_clock_to_tell_of(tmp_path: Path) -> None:
    done = play(tmp_path / "new", SEAT)
    assert (done.status, done.err) == (0, "")
