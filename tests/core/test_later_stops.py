"""A second stop is a proposal until a person says which of the two is true."""

from __future__ import annotations

from functools import partial

import pytest

from desktop_app.core.care import stop_service
from desktop_app.core.corrections import remove_stop
from desktop_app.core.later_stops import leave_first_stop, take_later_stop
from desktop_app.core.moments import HowKnown
from tests.core.chairside import Chairside, moment, running, seated, us


def proposed(*times: str) -> Chairside:
    """Return a suite whose service was stopped at 10:00, and again at other times."""
    side = running()
    for time in ("10:00", *times):
        side.stop(time)
    return side


def test_taking_the_later_stop_corrects_the_first_with_a_reason_and_answers_the_proposal() -> None:
    side = proposed("10:03")
    kinds = side.do(
        "10:05",
        take_later_stop,
        service="a",
        proposed_us=us("10:03"),
        reason=" the bag was not empty ",
    )
    assert kinds == ["moment-corrected", "proposals-settled"]
    assert side.service().stop == moment("10:03", recorded="10:05")
    assert side.service().proposals == ()
    (correction,) = side.service().corrections
    assert correction.before == moment("10:00")
    assert correction.reason == "the bag was not empty"
    assert side.replayed() == side.session()


def test_leaving_the_first_stop_answers_every_proposal() -> None:
    side = proposed("10:03", "10:04")
    assert side.do("10:05", leave_first_stop, service="a", reason="pressed twice") == ["proposals-settled"]
    assert side.service().stop == moment("10:00")
    assert side.service().proposals == ()
    assert side.service().corrections == ()


def test_either_answer_is_one_undo() -> None:
    side = proposed("10:03")
    side.do("10:05", take_later_stop, service="a", proposed_us=us("10:03"), reason="pump log")
    side.undo("10:06")
    assert side.service().stop == moment("10:00")
    assert side.service().proposals == (moment("10:03"),)
    side.do("10:07", leave_first_stop, service="a")
    side.undo("10:08")
    assert side.service().proposals == (moment("10:03"),)


def test_a_back_dated_proposal_keeps_how_it_is_known() -> None:
    side = running()
    side.stop("10:10")
    from_pump = side.when("10:12", back_to="10:04", known=HowKnown.PUMP)
    side.desk.touch("s", partial(stop_service, service="a"), from_pump)
    side.do("10:13", take_later_stop, service="a", proposed_us=us("10:04"), reason="pump log")
    assert side.service().stop == moment("10:04", HowKnown.PUMP, recorded="10:13")


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("a correction needs its reason", {"proposed_us": us("10:03"), "reason": "  "}),
        ("no such stop is proposed for infliximab", {"proposed_us": us("10:09"), "reason": "pump log"}),
    ],
)
def test_a_later_stop_is_not_taken_without_what_it_needs(said: str, keys: dict[str, object]) -> None:
    assert proposed("10:03").refused("10:05", take_later_stop, service="a", **keys) == said


def test_nothing_is_settled_where_nothing_is_proposed() -> None:
    for side in (proposed(), seated()):
        said = "service “a” has no later stop to settle"
        assert side.refused("10:05", leave_first_stop, service="a") == said
        assert side.refused("10:05", take_later_stop, service="a", proposed_us=0, reason="x") == said


def test_a_signed_session_is_not_settled() -> None:
    side = proposed("10:03")
    side.end("10:10")
    side.sign("10:20")
    assert "is signed" in side.refused("10:21", leave_first_stop, service="a")


def test_a_stop_taken_back_takes_its_proposals_along() -> None:
    side = proposed("10:03")
    side.do("10:05", remove_stop, service="a", reason="it still runs")
    side.stop("10:30")
    assert side.service().proposals == ()
    assert side.service().stop == moment("10:30")
