"""The machine's clocks, read as they are."""

from __future__ import annotations

import sys
import time

import pytest
import tzlocal

from desktop_app.core.ports import Clock
from desktop_app.store import clock as clocks
from desktop_app.store.clock import SystemClock, local_zone
from tests.fakes import at


def test_a_reading_lies_between_what_the_system_says_before_and_after() -> None:
    clock: Clock = SystemClock(lambda: "America/New_York")
    before, first, second, after = time.time_ns(), clock.now(), clock.now(), time.time_ns()
    assert before // 1000 <= first.wall_us <= after // 1000
    assert 0 <= second.counting_us - first.counting_us <= (after - before) // 1000 + 1
    assert first.boot == second.boot != ""
    assert first.zone == "America/New_York"
    assert first.offset_s in (-5 * 3600, -4 * 3600)


@pytest.mark.parametrize(
    ("text", "offset_s"), [("2026-03-08 06:59", -5 * 3600), ("2026-03-08 07:00", -4 * 3600)]
)
def test_the_offset_follows_summer_time(monkeypatch: pytest.MonkeyPatch, text: str, offset_s: int) -> None:
    wall_ns = at(text, "UTC") * 1_000
    monkeypatch.setattr(time, "time_ns", lambda: wall_ns)
    assert SystemClock(lambda: "America/New_York").now().offset_s == offset_s


@pytest.mark.skipif(sys.platform != "linux", reason="the boot's name as Linux gives it")
def test_two_clocks_of_one_boot_can_be_compared() -> None:
    first, second = SystemClock().now(), SystemClock().now()
    assert first.boot == second.boot
    assert first.counting_us <= second.counting_us
    assert abs(first.counting_us - time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000) < 60_000_000


def test_a_boot_without_a_name_is_never_taken_for_another() -> None:
    def nameless() -> str:
        raise FileNotFoundError

    assert clocks._this_boot(nameless) != clocks._this_boot(nameless)  # noqa: SLF001 - no such system is at hand


def test_the_zone_of_the_computer_is_one_that_can_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: "Europe/Vienna")
    assert local_zone() == "Europe/Vienna"


@pytest.mark.parametrize("name", ["Nowhere/Land", "", "../up"])
def test_a_computer_that_cannot_tell_its_zone_counts_in_utc(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: name)
    assert local_zone() == "UTC"
