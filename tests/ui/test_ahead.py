"""What a session will have been once its plan is carried out."""

from __future__ import annotations

from desktop_app.core.ahead import carried_out, has_plan
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category, Order, Route
from desktop_app.core.service import ServiceState
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward

ENDLESS = Order(drug="saline", category=Category.HYDRATION, route=Route.IV_INFUSION)


def now_us(ward: Ward) -> int:
    return ward.clock.now().wall_us


def test_what_is_planned_follows_one_after_another_from_now(ward: Ward) -> None:
    session = ward.plan(ward.plan(ward.plan(ward.seat("1"), VANCOMYCIN), DIPHENHYDRAMINE), SALINE)
    end_us, done = carried_out(session, now_us(ward))
    starts = [service.start.at_us - now_us(ward) for service in done.services if service.start]
    assert [start // MINUTE_US for start in starts] == [0, 60, 60]
    assert end_us == now_us(ward) + 150 * MINUTE_US
    assert [service.state for service in done.services] == [
        ServiceState.STOPPED,
        ServiceState.GIVEN,
        ServiceState.STOPPED,
    ]


def test_what_is_planned_waits_for_the_planned_end_of_what_runs_and_lets_it_run(ward: Ward) -> None:
    session = ward.plan(ward.start(ward.seat("1"), VANCOMYCIN), SALINE)
    ward.clock.advance(20)
    end_us, done = carried_out(session, now_us(ward))
    assert end_us == now_us(ward) + (40 + 90) * MINUTE_US
    assert [service.id for service in done.open_services] == ["1"]


def test_what_is_past_its_plan_holds_the_plan_up_to_now_alone(ward: Ward) -> None:
    session = ward.plan(ward.start(ward.seat("1"), VANCOMYCIN), SALINE)
    ward.clock.advance(100)
    end_us, _ = carried_out(session, now_us(ward))
    assert end_us == now_us(ward) + 90 * MINUTE_US


def test_an_infusion_of_no_planned_length_is_not_guessed(ward: Ward) -> None:
    session = ward.plan(ward.seat("1"), ENDLESS)
    assert not has_plan(session)
    assert carried_out(session, now_us(ward)) == (now_us(ward), session)
