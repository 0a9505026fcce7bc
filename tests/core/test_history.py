"""Every value a moment ever had can be told again: who, when, how known, why, and how it ended."""

from __future__ import annotations

from desktop_app.core.care import pause_service, resume_service
from desktop_app.core.corrections import correct_moment, remove_stop
from desktop_app.core.history import CORRECTED, TAKEN_BACK, UNDONE, Value, entries, values_of
from desktop_app.core.later_stops import take_later_stop
from desktop_app.core.moments import HowKnown
from tests.core.chairside import Chairside, ended, moment, running, us

PAUSING = {"pause": pause_service, "resume": resume_service}


def correct(side: Chairside, time: str, what: str, to: str, reason: str = "pump log") -> None:
    keys = {"service": "a", "what": what, "to_us": us(to), "how": HowKnown.PUMP, "reason": reason}
    side.do(time, correct_moment, **keys)


def values(side: Chairside, what: str) -> tuple[Value, ...]:
    return values_of(side.desk.history("s"), "a", what)


def test_an_uncorrected_moment_has_one_value() -> None:
    assert values(running(), "start") == (Value(moment=moment("09:00")),)
    assert values(running(), "stop") == ()


def test_a_corrected_moment_tells_both_values_newest_first() -> None:
    side = running()
    correct(side, "09:20", "start", "08:58")
    assert values(side, "start") == (
        Value(moment=moment("08:58", HowKnown.PUMP, recorded="09:20"), reason="pump log"),
        Value(moment=moment("09:00"), ended=CORRECTED),
    )


def test_a_stop_taken_back_is_told_with_its_reason_and_the_next_one_stands() -> None:
    side = ended()
    side.do("10:35", remove_stop, service="a", reason="it still runs")
    assert values(side, "stop") == (
        Value(moment=moment("10:00"), ended=TAKEN_BACK, ended_why="it still runs"),
    )
    side.stop("10:50")
    assert [(value.moment.at_us, value.stands) for value in values(side, "stop")] == [
        (us("10:50"), True),
        (us("10:00"), False),
    ]


def test_an_undone_correction_is_told_and_the_first_value_stands_again() -> None:
    side = running()
    correct(side, "09:20", "start", "08:58")
    side.undo("09:21")
    assert values(side, "start") == (
        Value(moment=moment("09:00")),
        Value(moment=moment("08:58", HowKnown.PUMP, recorded="09:20"), reason="pump log", ended=UNDONE),
    )


def test_a_start_that_was_undone_stays_readable() -> None:
    side = running()
    side.undo("09:01")
    side.start("09:05")
    assert values(side, "start") == (
        Value(moment=moment("09:05")),
        Value(moment=moment("09:00"), ended=UNDONE),
    )


def test_a_later_stop_that_was_taken_tells_its_reason() -> None:
    side = running()
    side.stop("10:00")
    side.stop("10:03")
    side.do("10:05", take_later_stop, service="a", proposed_us=us("10:03"), reason="bag was not empty")
    assert [(value.moment.at_us, value.reason) for value in values(side, "stop")] == [
        (us("10:03"), "bag was not empty"),
        (us("10:00"), ""),
    ]


def test_each_pause_has_a_history_of_its_own() -> None:
    side = running()
    for time, act in (("09:10", "pause"), ("09:20", "resume"), ("09:30", "pause"), ("09:40", "resume")):
        side.do(time, PAUSING[act], service="a")
    second = values_of(side.desk.history("s"), "a", "resume", 1)
    assert second == (Value(moment=moment("09:40")),)


def test_the_history_of_a_session_is_everything_newest_first_and_says_what_was_undone() -> None:
    side = running()
    side.stop("10:00")
    side.undo("10:01")
    told = [(entry.recorded.event.KIND, entry.undone) for entry in entries(side.desk.history("s"))]
    assert told == [
        ("touch-undone", False),
        ("service-stopped", True),
        ("service-started", False),
        ("patient-seated", False),
    ]


def test_a_session_nobody_knows_has_no_history() -> None:
    assert running().desk.history("nobody") == ()
