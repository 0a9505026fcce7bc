"""What a card says of rate steps, and what it offers beside its stop: a due step, the next, or the pause."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from desktop_app.core.care import change_rate, pause_service
from desktop_app.ui.board.card_model import card_view
from desktop_app.ui.board.card_view import CardView, Deed
from desktop_app.ui.codings import Codings
from tests.ui.conftest import SALINE, VANCOMYCIN, Ward
from tests.ui.orders import GLOBULIN
from tests.ui.stand_ins import StandInCoder


def view(ward: Ward, chair: str = "9") -> CardView:
    return card_view(ward.desk.suite, Codings(StandInCoder()), chair, ward.clock.now().wall_us)


def beside(ward: Ward, chair: str = "9") -> tuple[Deed, str]:
    button = view(ward, chair).buttons[1]
    return button.deed, button.text


def test_a_titrated_drug_shows_its_step_and_ticks_where_the_others_begin(ward: Ward) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    assert (view(ward).title_rest, view(ward).steps) == ("· step 1 of 4", (166, 333, 500))
    ward.clock.advance(30)
    session = ward.do(session, partial(change_rate, service="1", rate_ml_h="60"))
    assert view(ward).title_rest == "· step 2 of 4"
    ward.do(session, partial(change_rate, service="1", rate_ml_h="45"))
    assert view(ward).title_rest == "· 45 mL/h"


def test_without_steps_the_site_stands_there_and_no_tick(ward: Ward) -> None:
    ward.start(ward.seat("9"), replace(VANCOMYCIN, site="left forearm"))
    assert (view(ward).title_rest, view(ward).steps) == ("· left forearm", ())


def test_steps_without_a_planned_end_have_no_place_on_a_bar(ward: Ward) -> None:
    ward.start(ward.seat("9"), replace(GLOBULIN, planned_minutes=None))
    assert (view(ward).permille, view(ward).steps) == (None, ())


def test_a_step_stands_beside_the_stop_from_when_it_is_due(ward: Ward) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    ward.clock.advance(29)
    assert beside(ward) == (Deed.PAUSE, "Pause")
    ward.clock.advance(12)
    assert beside(ward) == (Deed.NEXT_STEP, "60 mL/h")
    ward.do(session, partial(change_rate, service="1", rate_ml_h="60"))
    ward.clock.advance(29)
    assert beside(ward) == (Deed.PAUSE, "Pause"), "a late step does not hurry the next"
    ward.clock.advance(1)
    assert beside(ward) == (Deed.NEXT_STEP, "120 mL/h")


def test_a_step_of_two_that_are_titrated_is_not_guessed(ward: Ward) -> None:
    ward.start(ward.start(ward.seat("9"), GLOBULIN), replace(GLOBULIN, drug="Rituximab"))
    ward.clock.advance(30)
    assert beside(ward) == (Deed.PAUSE, "Pause")


def test_a_paused_drug_offers_to_run_on_though_a_step_is_due(ward: Ward) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    ward.clock.advance(31)
    ward.do(session, partial(pause_service, service="1"))
    assert [button.deed for button in view(ward).buttons] == [Deed.RESUME, Deed.STOP]


@pytest.mark.parametrize(
    ("minutes", "offered"),
    [
        (0, Deed.PAUSE),
        (49, Deed.PAUSE),
        (50, Deed.STOP_AND_NEXT),
        (60, Deed.STOP_AND_NEXT),
        (64, Deed.STOP_AND_NEXT),
        (65, Deed.STOPPED_AT),
    ],
)
def test_the_plans_next_is_offered_around_the_planned_end(ward: Ward, minutes: int, offered: Deed) -> None:
    ward.plan(ward.start(ward.seat("2")), SALINE)
    ward.clock.advance(minutes)
    assert beside(ward, "2")[0] is offered


def test_without_a_planned_end_the_next_may_come_at_any_time(ward: Ward) -> None:
    ward.plan(ward.start(ward.seat("2"), replace(VANCOMYCIN, planned_minutes=None)), SALINE)
    assert beside(ward, "2") == (Deed.STOP_AND_NEXT, "Next")
    assert view(ward, "2").notes == ("Since 09:00, no planned end",)


def test_while_several_run_the_next_is_not_offered(ward: Ward) -> None:
    ward.plan(ward.start(ward.start(ward.seat("2")), SALINE), GLOBULIN)
    ward.clock.advance(58)
    assert beside(ward, "2")[0] is Deed.PAUSE
