"""What can happen to a computer's clock while somebody is timed, each through the real window and record.

In each an infusion starts at 09:00 and half an hour later something happens; half an hour after that it is
stopped. What is expected of each is told in docs/clocks.md, a row a scenario, with the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.coding.clock_findings import BY_THE_WALL, COUNTED
from desktop_app.core import events as e
from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US, HowKnown
from desktop_app.core.session import Session
from tests.fakes import FakeClock
from tests.ui.office import Office, opened_office

SOUTH = "America/Chicago"


class Place:
    """One workstation: the program on it can be closed, cut off and opened again."""

    def __init__(self, folder: Path, qtbot: QtBot, start: str) -> None:
        self.clock = FakeClock(start)
        self._folder, self._qtbot = folder, qtbot
        self._opened: AbstractContextManager[Office]
        self.office = self._open()

    def _open(self) -> Office:
        self._opened = opened_office(self._folder, self._qtbot, self.clock)
        return self._opened.__enter__()

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    def reopen(self) -> None:
        self.close()
        self.office = self._open()

    def go_on(self, minutes: int) -> None:
        """Let time pass, with a look at the clocks every five minutes."""
        for _ in range(minutes // 5):
            self.clock.advance(5)
            self.office.window.refresh()

    @property
    def session(self) -> Session:
        (session,) = self.office.parts.desk.suite.sessions.values()
        return session

    @property
    def kinds(self) -> list[str]:
        return [recorded.event.KIND for recorded in self.office.parts.desk.suite.clock.entries]

    @property
    def bar(self) -> str:
        keeper = self.office.window.clock_keeper
        return keeper.bar.text if "bar" in vars(keeper) else ""

    @property
    def findings(self) -> list[str]:
        found = self.office.parts.coder.as_recorded(self.session).findings
        return [finding.text for finding in found if finding.name == "clock-not-trusted"]


Happens = Callable[[Place], None]


def jump(us: int) -> Happens:
    return lambda place: place.clock.shift_wall(us)


def drift(place: Place) -> None:
    """Let the wall gain 250 ms in five minutes, twelve times: 3 s an hour."""
    for _ in range(12):
        place.clock.shift_wall(250_000)
        place.go_on(5)


def paused(place: Place) -> None:
    """Stop the whole computer for 20 minutes: nothing counts, and then its wall's clock is put right."""
    place.clock.shift_wall(20 * MINUTE_US)


def sleep(place: Place) -> None:
    """Let the computer sleep: both clocks go on, and nobody looks at them."""
    place.clock.advance(20)


def reboot(place: Place, off_minutes: int = 10, wall: str = "") -> None:
    """Turn the computer off and on again, its clock right or as told."""
    place.close()
    place.clock.advance(off_minutes)
    place.clock.reboot("boot-2")
    if wall:
        place.clock.set_wall(wall)
    place.office = place._open()  # noqa: SLF001 - between the two the computer was off


def dead_clock(place: Place) -> None:
    reboot(place, wall="2019-01-01T00:00")


def crash(place: Place) -> None:
    """End the program as a crash does, and open it again after three minutes."""
    place.office.window.ticker.stop()
    place.clock.advance(3)
    place.reopen()


def next_day(place: Place) -> None:
    reboot(place, off_minutes=22 * 60)


def other_zone(place: Place) -> None:
    place.clock.move_to(SOUTH)


def nothing(_: Place) -> None:
    """Let the hands move by themselves: summer time begins, or ends."""


@dataclass(frozen=True)
class Scenario:
    """What happens, how long the infusion then is, and what is told of it."""

    name: str
    happens: Happens
    minutes: int = 60
    kinds: tuple[str, ...] = ()
    finding: str = ""
    start: str = "2026-03-02T09:00"
    stop_how: HowKnown = HowKnown.PRESSED

    @property
    def is_told(self) -> bool:
        """Whether a bar says it until somebody has seen it."""
        return not UNTOLD.issuperset(self.kinds)

    def __str__(self) -> str:
        return self.name


JUMPED, ANEW = ("clock-jumped",), ("clock-restarted",)
UNTOLD = {*ANEW, "clock-zone-changed"}
"""What is on record, and no bar is shown of: the wall is as good as it was."""
BACK, ON = "clock was set back by", "clock was set forward by"
SCENARIOS = (
    Scenario("a time server steps it on by 3 s", jump(3 * SECOND_US), kinds=JUMPED, finding=f"{ON} 3 s"),
    Scenario("a time server steps it back by 3 s", jump(-3 * SECOND_US), kinds=JUMPED, finding=f"{BACK} 3 s"),
    Scenario("somebody sets it on by an hour", jump(HOUR_US), kinds=JUMPED, finding=f"{ON} 1 h"),
    Scenario("somebody sets it back by an hour", jump(-HOUR_US), kinds=JUMPED, finding=f"{BACK} 1 h"),
    Scenario("somebody sets it back by a day", jump(-24 * HOUR_US), kinds=JUMPED, finding=f"{BACK} 1 day"),
    Scenario("summer time begins", nothing, start="2026-03-08T01:15"),
    Scenario("summer time ends", nothing, start="2026-11-01T01:15"),
    Scenario("the computer sleeps for 20 minutes", sleep, 80),
    Scenario("a virtual computer is paused for 20 minutes", paused, kinds=JUMPED, finding="too few"),
    Scenario("it is started anew with a good clock", reboot, 70, kinds=ANEW, finding=BY_THE_WALL),
    Scenario(
        "it is started anew with a dead clock",
        dead_clock,
        30,
        kinds=("clock-behind",),
        finding="the earliest it can have been",
        stop_how=HowKnown.EARLIEST,
    ),
    Scenario("its zone is changed", other_zone, kinds=("clock-zone-changed",)),
    Scenario("the program crashes and is opened 3 minutes later", crash, 63),
    Scenario("its clock gains 3 s in an hour", drift, 120, kinds=("clock-drifted",), finding="too fast"),
    Scenario("the session goes on on another day", next_day, 23 * 60, kinds=ANEW, finding=BY_THE_WALL),
)


@pytest.fixture(params=SCENARIOS, ids=str)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    found: Scenario = request.param
    return found


@pytest.fixture
def place(scenario: Scenario, tmp_path: Path, qtbot: QtBot) -> Iterator[Place]:
    """A workstation with an infusion of half an hour, to which it happens, and half an hour more."""
    made = Place(tmp_path, qtbot, scenario.start)
    made.office.start(made.office.seat("1"))
    made.go_on(30)
    scenario.happens(made)
    made.go_on(30)
    yield made
    made.close()


def test_what_the_clock_does_is_seen_told_and_survived(place: Place, scenario: Scenario) -> None:
    assert place.kinds == list(scenario.kinds)
    assert bool(place.bar) is scenario.is_told
    told = place.bar
    place.office.stop(place.session)
    (service,) = place.session.services
    assert service.elapsed_us(0) // MINUTE_US == scenario.minutes
    assert service.stop is not None
    assert service.stop.how is scenario.stop_how
    assert ("chair 1" in told) is scenario.is_told
    assert [scenario.finding in text for text in place.findings] == [True] * bool(scenario.finding)
    _no_touch_is_lost_and_their_order_holds(place, scenario)


def test_it_is_told_once_and_until_somebody_has_seen_it(tmp_path: Path, qtbot: QtBot) -> None:
    place = Place(tmp_path, qtbot, "2026-03-02T09:00")
    place.office.start(place.office.seat("1"))
    place.go_on(30)
    place.clock.shift_wall(-HOUR_US)
    place.go_on(5)
    told = place.bar
    place.reopen()
    assert place.kinds == list(JUMPED)
    assert place.bar == told != ""
    place.office.mouse.click(place.office.window.clock_keeper.bar.seen)
    place.reopen()
    assert place.kinds == [*JUMPED, "clock-seen"]
    assert place.bar == ""
    place.close()


def _no_touch_is_lost_and_their_order_holds(place: Place, scenario: Scenario) -> None:
    history = place.office.parts.desk.history(place.session.id)
    noted = sum(kind != "clock-zone-changed" for kind in scenario.kinds)
    kinds = [recorded.event.KIND for recorded in history]
    assert sorted(kinds) == sorted(
        ["patient-seated", "service-started", *["timing-noted"] * noted, "service-stopped"]
    )
    moments = [recorded.event.at_us for recorded in history]
    assert all(earlier <= later for earlier, later in pairwise(moments))
    journal = place.office.parts.folder.journal
    in_all = [recorded for recorded in journal.since(0) if recorded.stream == e.CLOCK_STREAM]
    assert len(in_all) == len(scenario.kinds)


def test_a_clock_that_is_put_right_soon_after_another_start_is_not_said_to_be_counted_past(
    tmp_path: Path, qtbot: QtBot
) -> None:
    place = Place(tmp_path, qtbot, "2026-03-02T09:00")
    place.office.start(place.office.seat("1"))
    place.go_on(30)
    reboot(place)
    place.clock.shift_wall(-5 * MINUTE_US)
    place.go_on(5)
    assert place.kinds == [*ANEW, *JUMPED]
    place.office.stop(place.session)
    (finding,) = place.findings
    assert COUNTED not in finding
    assert BY_THE_WALL in finding
    assert place.session.services[0].elapsed_us(0) == 40 * MINUTE_US
    place.close()
