"""What is put right stays true: pauses under a stop that moves, and records that were struck out."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.service import ServiceState
from tests.fakes import at
from tests.script.house import DAY, House, do, seat, start

NOON = at(f"{DAY}T12:00")


@pytest.fixture
def house() -> House:
    """A house where an infusion of 09:00 was paused at 09:30 and stopped at 10:00 in its pause."""
    house = House()
    house.play(
        seat(), start(time="09:00"), do("pause", "09:30", service="a"), do("stop", "10:00", service="a")
    )
    return house


def test_a_stop_in_a_pause_counts_up_to_the_pause(house: House) -> None:
    (service,) = house.session("s4").services
    assert service.state is ServiceState.STOPPED
    assert service.open_pause is None
    assert service.elapsed_us(NOON) == 30 * MINUTE_US


def test_a_stop_taken_back_leaves_the_service_paused_as_it_was(house: House) -> None:
    assert house.one(**do("unstop", "10:10"))["ok"]
    (service,) = house.session("s4").services
    assert service.state is ServiceState.PAUSED
    assert service.elapsed_us(NOON) == 30 * MINUTE_US


def test_a_stop_in_a_pause_can_be_corrected_to_an_earlier_instant_of_it(house: House) -> None:
    earlier = do("correct", "10:10", what="stop", to=f"{DAY}T09:40", reason="pump log")
    assert house.one(**earlier)["ok"]
    (service,) = house.session("s4").services
    assert service.elapsed_us(NOON) == 30 * MINUTE_US


def test_a_stop_is_not_corrected_to_before_the_pause_it_ended(house: House) -> None:
    too_early = do("correct", "10:10", what="stop", to=f"{DAY}T09:20", reason="pump log")
    assert house.one(**too_early)["refused"] == "the stop of infliximab would be before its pause"


def test_a_pause_that_a_stop_ended_has_no_resume_to_correct(house: House) -> None:
    answer = house.one(**do("correct", "10:10", what="resume", to=f"{DAY}T09:40", reason="pump log"))
    assert answer["refused"] == "service “a” has no resume to correct"


@pytest.mark.parametrize(
    ("word", "keys"),
    [("dose", {"dose": 5}), ("change", {"planned_minutes": 5}), ("pause", {}), ("not-witnessed", {})],
)
def test_nothing_more_is_recorded_of_what_was_struck_out(
    house: House, word: str, keys: dict[str, Any]
) -> None:
    house.play(do("void", "10:20", reason="wrong patient"))
    assert not house.one(**do(word, "10:30", service="a", **keys))["ok"]


def test_nothing_goes_on_in_what_nobody_saw_stop() -> None:
    house = House()
    house.play(seat(), start(time="09:00"), do("not-witnessed", "10:00"))
    for word in ("pause", "resume", "bag"):
        answer = house.one(**do(word, "10:10", service="a"))
        assert answer["refused"] == "infliximab in chair 4 is not running"
    assert house.one(**do("not-witnessed", "10:10", service="a"))["refused"] == (
        "the stop of infliximab is recorded as not witnessed already"
    )
    assert house.one(**do("stop", "10:10", service="a"))["events"] == ["service-stopped"]


def stopped_twice() -> House:
    house = House()
    house.play(seat(), start(time="09:00"), do("stop", "10:00", service="a"))
    assert house.one(**do("stop", "10:03", service="a"))["events"] == ["stop-proposed"]
    return house


def test_a_later_stop_is_taken_with_a_reason_or_the_first_stands() -> None:
    house = stopped_twice()
    later = {"to": f"{DAY}T10:03", "service": "a"}
    assert house.one(**do("settle", "10:10", **later))["refused"] == "a correction needs its reason"
    taken = house.one(**do("settle", "10:10", reason="bag was not empty", **later))
    assert taken["events"] == ["moment-corrected", "proposals-settled"]
    (service,) = house.session("s4").services
    assert service.elapsed_us(NOON) == 63 * MINUTE_US
    house = stopped_twice()
    assert house.one(**do("settle", "10:10"))["events"] == ["proposals-settled"]
    (service,) = house.session("s4").services
    assert (service.elapsed_us(NOON), service.proposals) == (60 * MINUTE_US, ())
