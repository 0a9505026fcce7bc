"""Rate steps, pauses with a note and the open vein in the touch script."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.core.titration import step_in_force
from tests.script.house import House, do, seat, start


@pytest.fixture
def house() -> House:
    return House()


def test_an_ordered_titration_is_read_and_its_steps_are_reached_by_rates(house: House) -> None:
    steps = [{"after_minutes": 0, "rate_ml_h": 30}, {"after_minutes": 30, "rate_ml_h": 62.5}]
    begun = start(rate_steps=steps, vitals_every_minutes=15, observe_minutes=30)
    house.play(seat(), begun, do("rate", "09:24:07", rate_ml_h=62.5))
    (service,) = house.session("s4").services
    assert service.order.rate_steps[1].rate_ml_h == Decimal("62.5")
    assert (service.order.vitals_every_minutes, service.order.observe_minutes) == (15, 30)
    here = step_in_force(service)
    assert here is not None
    assert (here.number, here.of) == (2, 2)


@pytest.mark.parametrize("minutes", [(0, 30, 30), (0, 60, 30), (10, 30)])
def test_rate_steps_out_of_their_order_are_refused(house: House, minutes: tuple[int, ...]) -> None:
    house.play(seat())
    steps = [{"after_minutes": after, "rate_ml_h": 30} for after in minutes]
    answer = house.one(**start(rate_steps=steps))
    assert answer["refused"] == "the rate steps must begin at minute 0 and stand in order of time"


def test_a_pause_and_what_is_noted_of_it_are_one_touch(house: House) -> None:
    house.play(seat(), start())
    answer = house.one(**do("pause", "09:30", reason="Reaction", note="hives on both arms"))
    assert answer["events"] == ["service-paused", "note-added"]
    (note,) = house.session("s4").notes
    assert (note.text, note.service) == ("hives on both arms", "a")


def test_the_vein_is_kept_open_from_the_instant_of_the_stop(house: House) -> None:
    house.play(seat(), start())
    fluid = {"service": "k", "drug": "normal saline", "category": "hydration", "kvo": True}
    answer = house.one(**do("stop", "10:15", service="a", next=fluid))
    assert answer["events"] == ["service-stopped", "service-started"]
    drug, kept = house.session("s4").services
    assert drug.stop is not None
    assert kept.start is not None
    assert (kept.order.kvo, kept.start.at_us) == (True, drug.stop.at_us)
