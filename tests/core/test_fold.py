"""Replaying a stream: the same events give the same session, today and in ten years."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core import events as e
from desktop_app.core.care import pause_service
from desktop_app.core.fold import evolve, fold
from desktop_app.core.moments import HowKnown
from desktop_app.core.service import Service, moment_named
from desktop_app.core.session import sessions_by_age
from tests.core.chairside import Chairside, ended, infusion, moment, running, seated, us


def test_a_stream_without_events_is_no_session() -> None:
    assert fold(()) is None


def test_a_replay_gives_the_live_session() -> None:
    side = ended()
    side.sign("10:40")
    assert side.replayed() == side.session()


def test_every_prefix_of_a_stream_is_the_session_as_it_was_then() -> None:
    side = seated()
    lived = [side.session()]
    side.desk.listen(lambda _: lived.append(side.session()))
    side.start("09:00")
    side.do("09:10", pause_service, service="a")
    side.stop("10:00")
    side.undo("10:01")
    side.undo("10:02")
    history = side.journal.load("session/s")
    assert [fold(history[: length + 1]) for length in range(len(history))] == lived


def test_an_event_before_the_seating_is_out_of_place() -> None:
    side = running()
    started = side.journal.load("session/s")[1]
    with pytest.raises(ValueError, match="comes before the patient was seated"):
        evolve(None, started)


def test_an_event_about_a_service_nobody_entered_is_out_of_place() -> None:
    side = running()
    stray = replace(side.journal.load("session/s")[1], event=e.ServiceStopped(at_us=us("10:00"), service="x"))
    with pytest.raises(ValueError, match="session s has no service x"):
        evolve(side.session(), stray)


def test_a_correction_of_what_is_not_there_is_out_of_place() -> None:
    side = running()
    correction = e.MomentCorrected(
        at_us=us("10:00"),
        service="a",
        what="resume",
        from_us=us("09:10"),
        to_us=us("09:20"),
        to_how=HowKnown.CHARTED,
        reason="read again",
    )
    with pytest.raises(ValueError, match="corrects a resume that service a does not have"):
        evolve(side.session(), replace(side.journal.load("session/s")[1], event=correction))


def test_the_way_back_is_no_part_of_what_a_session_is() -> None:
    side = running()
    assert replace(side.session(), before=None) == side.session()


@pytest.mark.parametrize(("what", "index"), [("pause", 1), ("pause", -1), ("resume", 0), ("stop", 0)])
def test_a_moment_that_is_not_there_has_no_name(what: str, index: int) -> None:
    side = running()
    side.do("09:10", pause_service, service="a")
    assert moment_named(side.service(), what, index) is None
    assert moment_named(side.service(), "pause") == moment("09:10")
    assert moment_named(Service(id="b", order=infusion()), "start") is None


def test_the_next_service_takes_the_lowest_free_number() -> None:
    side = seated()
    assert side.session().next_service_id == "1"
    for service in ("1", "3", "2"):
        side.start("09:00", service)
    assert side.session().next_service_id == "4"
    side.undo("09:01")
    assert side.session().next_service_id == "2"


def test_sessions_are_listed_by_when_they_were_seated() -> None:
    side = Chairside()
    for session, time, chair in (("z", "08:00", "1"), ("b", "08:05", "2"), ("a", "08:05", "3")):
        side.seat(time, session=session, chair=chair)
    sessions = reversed(list(side.desk.suite.sessions.values()))
    assert [session.id for session in sessions_by_age(sessions)] == ["z", "a", "b"]
