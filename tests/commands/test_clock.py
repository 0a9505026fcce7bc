"""``clock``: what the clocks say, a day's report of them, and the true time, from a terminal."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from desktop_app.app import open_parts
from desktop_app.commands.clock_report import on_day, print_report
from desktop_app.core.care import start_service, stop_service
from desktop_app.core.clocks import noting
from desktop_app.core.events import SUITE_STREAM, MarkMade, Stamp
from desktop_app.core.jump_watch import JumpWatch
from desktop_app.core.moments import HOUR_US, local_date
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
    assert "Nothing is on record of that: the clock is watched while the window is open" in done.out


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
