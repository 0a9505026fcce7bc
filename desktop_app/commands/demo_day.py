"""The demo day: a suite's day as a touch script, played on throw-away data.

Nowhere else may a script set the clock. Here it does, so that the demo looks like a day that
was pressed touch by touch; the folder it is played into is deleted afterwards.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from desktop_app import paths
from desktop_app.app import Parts, open_parts, script_defaults
from desktop_app.commands.billing import ScriptBilling
from desktop_app.core.moments import ClockReading, instant_us, local_time
from desktop_app.core.values import dataclass
from desktop_app.script.play import Answer, play
from desktop_app.store.clock import SystemClock, local_zone

MID_MORNING = time(10, 42)
DEMO_SETTINGS = {
    "suite-name": "Demo suite",
    "chairs": "12",
    "actor": "AK",
    "recent-people": "AK, BN, RS",
    "cpt-licence": "yes",
}


class DemoClock:
    """A clock that stands where the script is, and goes on from there when it is let go."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self._real = SystemClock(lambda: zone)
        self._standing_us: int | None = self._real.now().wall_us
        self._ahead_us = 0

    def in_zone(self, zone_of: Callable[[], str]) -> DemoClock:
        """Follow the zone of the settings from now on."""
        self._real = SystemClock(zone_of)
        return self

    def now(self) -> ClockReading:
        """Read the real clocks, every one of them moved to the demo's time."""
        reading = self._real.now()
        moved_us = self._ahead_us if self._standing_us is None else self._standing_us - reading.wall_us
        counting_us = reading.counting_us + moved_us
        return replace(reading, wall_us=reading.wall_us + moved_us, counting_us=counting_us)

    def stand_at(self, at_us: int) -> None:
        """Stand still at an instant."""
        self._standing_us = at_us

    def go_on(self) -> None:
        """Go on from where it stands, at the pace of the real clock."""
        if self._standing_us is not None:
            self._ahead_us = self._standing_us - self._real.now().wall_us
            self._standing_us = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the script without its time, and the instant it is played at."""

    at_us: int
    text: str


@contextmanager
def demo_day() -> Iterator[DemoDay]:
    """Open the demo's suite, empty, in a folder that is deleted at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="chairtime-demo-") as name,
        demo_day_in(Path(name) / "data") as day,
    ):
        yield day


@contextmanager
def demo_day_in(folder: Path) -> Iterator[DemoDay]:
    """Open the demo's suite, empty, in a new data folder."""
    clock = DemoClock(local_zone())
    with open_parts(folder, make_clock=clock.in_zone) as parts:
        _prepare(parts)
        yield DemoDay(parts, clock)


class DemoDay:
    """The demo's script, moved to today, and how far it has been played."""

    def __init__(self, parts: Parts, clock: DemoClock) -> None:
        self.parts = parts
        self.clock = clock
        raw = [json.loads(line) for line in _script().splitlines() if line.strip()]
        today = local_time(clock.now().wall_us, clock.zone).date()
        written = datetime.fromisoformat(raw[0]["at"]).date()
        self._shift = today - written
        self._lines = [self._moved(line) for line in raw]
        self._played = 0

    def play_until(self, end: time | None = None) -> None:
        """Play on, to a local time or to the end; raises RuntimeError when a line is refused."""
        until_us = None if end is None else self._today_us(end)
        for answer in play(
            self._lines_until(until_us),
            self.parts.desk,
            coder=self.parts.coder,
            billing=ScriptBilling(self.parts),
            defaults=script_defaults(self.parts.folder),
            shift=self._shift,
        ):
            _require_ok(answer)
        if until_us is not None:
            self.clock.stand_at(until_us)

    def _lines_until(self, until_us: int | None) -> Iterator[str]:
        while self._played < len(self._lines):
            line = self._lines[self._played]
            if until_us is not None and line.at_us > until_us:
                return
            self.clock.stand_at(line.at_us)
            self._played += 1
            yield line.text

    def _moved(self, line: dict[str, Any]) -> _Line:
        at = datetime.fromisoformat(line.pop("at"))
        return _Line(self._today_us(at.time()), json.dumps(line))

    def _today_us(self, at: time) -> int:
        now = local_time(self.clock.now().wall_us, self.clock.zone)
        return instant_us(datetime.combine(now.date(), at, tzinfo=now.tzinfo))


def _script() -> str:
    return paths.resource("demo", "day.jsonl").read_text(encoding="utf-8")


def _require_ok(answer: Answer) -> None:
    if not answer["ok"]:
        why = answer.get("refused") or answer.get("error")
        message = f"line {answer['line']} of the demo day was not taken: {why}"
        raise RuntimeError(message)


def _prepare(parts: Parts) -> None:
    """Set a throw-away folder up as the demo's suite."""
    for key, value in DEMO_SETTINGS.items():
        parts.folder.settings.set(key, value)
    parts.desk.set_chairs(parts.folder.settings.chairs())
    parts.desk.actor = DEMO_SETTINGS["actor"]
    parts.exporter.actor = DEMO_SETTINGS["actor"]
