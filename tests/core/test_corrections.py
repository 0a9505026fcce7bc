"""Putting a record right: corrections, stops taken back, services struck out, touches undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_app.core.care import (
    add_note,
    change_rate,
    give_service,
    open_site,
    pause_service,
    resume_service,
    stop_and_start_next,
    stop_service,
)
from desktop_app.core.corrections import (
    correct_moment,
    correct_seating,
    not_witnessed,
    remove_stop,
    void_service,
)
from desktop_app.core.moments import HowKnown
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Stage
from desktop_app.core.stay import end_session, hold_session
from tests.core.chairside import (
    Chairside,
    Decide,
    Keys,
    ended,
    infusion,
    kinds,
    moment,
    push,
    running,
    seated,
    us,
)


def correct(side: Chairside, what: str, to: str, *, index: int = 0, service: str = "a") -> list[str]:
    """Correct a moment at 12:00, as somebody who saw it."""
    return side.do("12:00", correct_moment, **_said(what, to, index, service))


def cannot_correct(side: Chairside, what: str, to: str, *, index: int = 0, service: str = "a") -> str:
    return side.refused("12:00", correct_moment, **_said(what, to, index, service))


def _said(what: str, to: str, index: int, service: str) -> dict[str, Keys]:
    how = HowKnown.BACK_DATED
    return {
        "service": service,
        "what": what,
        "to_us": us(to),
        "index": index,
        "how": how,
        "reason": " read again ",
    }


def paused_twice() -> Chairside:
    """Return a service that ran 09:00 to 11:00 with pauses 09:20 to 09:30 and 10:00 to 10:15."""
    side = running()
    for since, until in (("09:20", "09:30"), ("10:00", "10:15")):
        side.do(since, pause_service, service="a")
        side.do(until, resume_service, service="a")
    side.stop("11:00")
    return side


@pytest.mark.parametrize(
    ("what", "index", "to"),
    [
        ("start", 0, "08:00"),
        ("start", 0, "09:20"),
        ("pause", 0, "09:00"),
        ("pause", 0, "09:30"),
        ("resume", 0, "09:20"),
        ("resume", 0, "10:00"),
        ("pause", 1, "09:30"),
        ("resume", 1, "11:00"),
        ("stop", 0, "10:15"),
        ("stop", 0, "12:00"),
    ],
)
def test_a_moment_may_move_up_to_its_neighbours(what: str, index: int, to: str) -> None:
    side = paused_twice()
    assert correct(side, what, to, index=index) == ["moment-corrected"]
    (correction,) = side.service().corrections
    assert (correction.what, correction.index, correction.reason) == (what, index, "read again")
    assert correction.after == moment(to, HowKnown.BACK_DATED, recorded="12:00")


@pytest.mark.parametrize(
    ("what", "index", "to", "said"),
    [
        ("start", 0, "07:59:59", "the start of infliximab would be before the patient was seated"),
        ("start", 0, "09:20:01", "the start of infliximab would be after its pause"),
        ("pause", 0, "08:59:59", "the pause of infliximab would be before its start"),
        ("pause", 0, "09:30:01", "the pause of infliximab would be after its resume"),
        ("resume", 0, "09:19:59", "the resume of infliximab would be before its pause"),
        ("resume", 0, "10:00:01", "the resume of infliximab would be after its pause"),
        ("pause", 1, "09:29:59", "the pause of infliximab would be before its resume"),
        ("resume", 1, "11:00:01", "the resume of infliximab would be after its stop"),
        ("stop", 0, "10:14:59", "the stop of infliximab would be before its resume"),
        ("stop", 0, "12:00:01", "that time has not come yet"),
    ],
)
def test_a_moment_may_not_pass_its_neighbours(what: str, index: int, to: str, said: str) -> None:
    assert cannot_correct(paused_twice(), what, to, index=index) == said


def test_the_start_of_what_still_runs_may_move_up_to_now() -> None:
    side = running()
    correct(side, "start", "12:00")
    assert side.service().start == moment("12:00", HowKnown.BACK_DATED, recorded="12:00")
    assert "not come yet" in cannot_correct(side, "start", "12:00:00.000001")


def test_the_first_value_stays_however_often_it_is_corrected() -> None:
    side = ended()
    correct(side, "stop", "10:05")
    correct(side, "stop", "09:55")
    assert [(c.before.at_us, c.after.at_us) for c in side.service().corrections] == [
        (us("10:00"), us("10:05")),
        (us("10:05"), us("09:55")),
    ]
    assert side.service().corrections[0].before == moment("10:00")
    assert side.service().stop == moment("09:55", HowKnown.BACK_DATED, recorded="12:00")


def test_a_correction_leaves_the_other_end_where_it_was() -> None:
    side = paused_twice()
    before = side.service()
    correct(side, "start", "08:50")
    assert (side.service().stop, side.service().pauses) == (before.stop, before.pauses)


def test_a_proposed_stop_can_be_made_the_one_that_stands() -> None:
    side = running()
    side.stop("10:00")
    side.stop("10:03")
    correct(side, "stop", "10:03")
    assert side.service().stop == moment("10:03", HowKnown.BACK_DATED, recorded="12:00")
    assert [proposal.at_us for proposal in side.service().proposals] == [us("10:03")]


def test_the_charted_end_of_a_push_can_be_corrected_but_not_before_it_began() -> None:
    side = seated()
    side.do("08:10", give_service, service="p", order=push(), back_to="08:05", until_us=us("08:09"))
    assert correct(side, "stop", "08:08", service="p") == ["moment-corrected"]
    assert "before its start" in cannot_correct(side, "stop", "08:04", service="p")


@pytest.mark.parametrize(
    ("what", "index", "said"),
    [
        ("stop", 0, "service “a” has no stop to correct"),
        ("pause", 0, "service “a” has no pause to correct"),
        ("resume", 0, "service “a” has no resume to correct"),
        ("pause", -1, "service “a” has no pause to correct"),
        ("start", 1, "a service has only one start: the index is for its pauses"),
        ("stop", 1, "a service has only one stop: the index is for its pauses"),
        ("end", 0, "“end” cannot be corrected; only start, stop, pause, resume can"),
    ],
)
def test_only_what_is_there_can_be_corrected(what: str, index: int, said: str) -> None:
    assert cannot_correct(running(), what, "09:30", index=index) == said


def test_a_plan_has_no_start_to_correct_and_an_unknown_service_none_at_all() -> None:
    side = seated()
    side.plan("08:05")
    assert cannot_correct(side, "start", "09:30") == "service “a” has no start to correct"
    assert cannot_correct(side, "start", "09:30", service="x") == "chair 4 has no service “x”"


def test_a_correction_needs_its_reason() -> None:
    side = running()
    said = {**_said("start", "08:50", 0, "a"), "reason": "  "}
    assert side.refused("12:00", correct_moment, **said) == "a correction needs its reason"


def test_an_open_pause_moves_between_the_start_and_now() -> None:
    side = running()
    side.do("09:20", pause_service, service="a")
    assert "before its start" in cannot_correct(side, "pause", "08:59")
    assert correct(side, "pause", "11:59") == ["moment-corrected"]
    assert side.service().state is ServiceState.PAUSED


def test_a_stop_in_a_pause_may_be_corrected_to_any_time_after_the_pause_began() -> None:
    side = running()
    side.do("09:30", pause_service, service="a")
    side.stop("10:30")
    assert cannot_correct(side, "resume", "10:00") == "service “a” has no resume to correct"
    correct(side, "stop", "09:40")
    correct(side, "stop", "11:30")
    assert side.service().elapsed_us(us("12:00")) == us("09:30") - us("09:00")
    assert cannot_correct(side, "stop", "09:29") == "the stop of infliximab would be before its pause"


def test_nobody_saw_it_stop_is_a_truthful_answer() -> None:
    side = running()
    assert side.do("10:00", not_witnessed, service="a") == ["stop-not-witnessed"]
    assert side.service().state is ServiceState.NOT_WITNESSED
    assert (side.service().not_witnessed, side.service().stop) == ("nobody saw it stop", None)
    assert side.session().open_services == ()


def test_not_witnessed_keeps_its_reason_and_is_said_once() -> None:
    side = running()
    side.do("10:00", not_witnessed, reason=" the pump was gone ")
    assert side.service().not_witnessed == "the pump was gone"
    assert "not witnessed already" in side.refused("10:01", not_witnessed, service="a")
    assert side.refused("10:01", not_witnessed) == "chair 4 has nothing running"


def test_a_real_stop_takes_the_place_of_not_witnessed() -> None:
    side = running()
    side.do("10:00", not_witnessed, service="a")
    assert side.do("10:05", stop_service, service="a", back_to="09:50", known=HowKnown.PUMP) == [
        "service-stopped"
    ]
    assert side.service().stop == moment("09:50", HowKnown.PUMP, recorded="10:05")
    assert side.service().not_witnessed == ""


def test_not_witnessed_is_for_what_runs() -> None:
    side = running()
    side.stop("10:00")
    assert "is not running" in side.refused("10:01", not_witnessed, service="a")
    assert "no service “x”" in side.refused("10:01", not_witnessed, service="x")


def test_a_stop_taken_back_lets_the_service_run_on_from_its_first_start() -> None:
    side = running()
    side.stop("10:00")
    assert side.do("10:01", remove_stop, service="a", reason="wrong chair") == ["stop-removed"]
    assert side.service().state is ServiceState.RUNNING
    assert side.service().elapsed_us(us("10:30")) == us("10:30") - us("09:00")


def test_a_stop_taken_back_in_a_pause_leaves_the_pause_open() -> None:
    side = running()
    side.do("09:30", pause_service, service="a", reason="itching")
    side.stop("09:50")
    side.do("09:51", remove_stop, service="a")
    assert side.service().state is ServiceState.PAUSED
    assert side.service().elapsed_us(us("10:30")) == us("09:30") - us("09:00")
    side.do("10:30", resume_service, service="a")
    assert [(p.since, p.until) for p in side.service().pauses] == [(moment("09:30"), moment("10:30"))]


def test_not_witnessed_can_be_taken_back_like_a_stop() -> None:
    side = running()
    side.do("10:00", not_witnessed, service="a")
    side.do("10:01", remove_stop, service="a")
    assert side.service().state is ServiceState.RUNNING


def test_a_stop_can_be_taken_back_after_the_session_ended_and_is_missing_then() -> None:
    side = ended()
    side.do("10:45", remove_stop, service="a", reason="it ran on")
    assert side.session().stage is Stage.ENDED
    assert [service.id for service in side.session().missing_stops] == ["a"]


def test_only_a_stop_can_be_taken_back() -> None:
    side = running()
    side.do("09:01", give_service, service="p", order=push(), until_us=us("09:01"))
    for service in ("a", "p", "x"):
        assert side.refused("09:30", remove_stop, service=service) == (
            f"service “{service}” has no stop to take back"
        )


def test_a_service_is_struck_out_with_a_reason_and_stays_readable() -> None:
    side = running()
    assert side.refused("09:30", void_service, service="a", reason=" ") == "striking out needs a reason"
    assert side.do("09:30", void_service, service="a", reason=" wrong chair ") == ["service-voided"]
    assert (side.service().state, side.service().void_reason) == (ServiceState.VOIDED, "wrong chair")
    assert side.service().start == moment("09:00")
    assert side.session().open_services == side.session().begun_services == ()


def test_what_is_struck_out_stays_so() -> None:
    side = running()
    side.do("09:30", void_service, service="a", reason="wrong chair")
    said = "chair 4 has no service “a” to strike out"
    assert side.refused("09:31", void_service, service="a", reason="again") == said
    assert side.refused("09:31", remove_stop, service="a") == "service “a” has no stop to take back"
    assert cannot_correct(side, "start", "08:59") == "chair 4 has no service “a”"


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        (correct_moment, _said("stop", "09:50", 0, "a")),
        (not_witnessed, {"service": "a"}),
        (remove_stop, {"service": "a"}),
        (void_service, {"service": "a", "reason": "wrong chair"}),
    ],
)
def test_a_signed_session_is_not_put_right_in_place(action: Decide, keys: dict[str, Keys]) -> None:
    side = ended()
    side.sign("10:40")
    assert side.refused("12:00", action, **keys) == (
        "the session in chair 4 is signed: reopen it with a reason first"
    )


def test_an_undo_takes_back_the_last_touch_and_both_stay_in_the_journal() -> None:
    side = running()
    before = side.session()
    side.stop("10:00")
    touch = side.session().touch
    assert kinds(side.undo("10:00:05")) == ["touch-undone"]
    assert side.session().services == before.services
    assert side.session().version == before.version + 2
    stored = [recorded.event for recorded in side.journal.load("session/s")][-2:]
    assert [event.KIND for event in stored] == ["service-stopped", "touch-undone"]
    assert getattr(stored[1], "touch", "") == touch


def test_an_undo_takes_back_all_events_of_a_touch() -> None:
    side = running()
    side.do("10:00", stop_and_start_next, service="a", next_service="b", order=infusion("rituximab"))
    side.undo("10:00:05")
    assert [service.id for service in side.session().services] == ["a"]
    assert side.service().state is ServiceState.RUNNING


def test_undo_goes_back_touch_by_touch_to_the_seating() -> None:
    side = seated()
    steps = [side.session()]
    touches: dict[str, Callable[[str], object]] = {
        "09:00": side.start,
        "09:10": lambda t: side.do(t, pause_service, service="a"),
        "09:15": lambda t: side.do(t, resume_service, service="a"),
        "09:20": lambda t: side.do(t, add_note, text="itching"),
        "10:00": side.stop,
        "10:05": lambda t: side.do(t, hold_session, reason="no consent"),
        "10:10": side.end,
    }
    for time, act in touches.items():
        act(time)
        steps.append(side.session())
    while len(steps) > 1:
        steps.pop()
        side.undo("10:20")
        assert side.session().services == steps[-1].services
        assert (side.session().stage, side.session().notes) == (steps[-1].stage, steps[-1].notes)
        assert side.session().hold_reason == steps[-1].hold_reason
    side.undo("10:21")
    assert side.session().stage is Stage.CANCELLED
    assert side.desk.suite.occupant("4") is None
    assert "was taken back" in side.said_no(lambda: side.undo("10:22"))


def test_what_was_undone_can_be_done_again_and_undone_again() -> None:
    side = running()
    for minute in range(10, 14):
        side.stop(f"10:{minute}")
        side.undo(f"10:{minute}:30")
        assert side.service().state is ServiceState.RUNNING
    side.stop("10:30")
    assert side.service().stop == moment("10:30")
    assert side.service().proposals == ()


def test_an_undone_correction_gives_the_first_value_back() -> None:
    side = ended()
    correct(side, "stop", "09:50")
    side.undo("12:01")
    assert side.service().stop == moment("10:00")
    assert side.service().corrections == ()


def test_an_undone_end_puts_the_patient_back_in_the_chair() -> None:
    side = ended()
    side.undo("10:31")
    assert side.session().stage is Stage.OPEN
    assert side.desk.suite.occupant("4") == side.session()


def test_an_end_is_not_undone_when_another_patient_has_the_chair() -> None:
    side = ended()
    side.seat("10:40", session="next")
    assert side.said_no(lambda: side.undo("10:41")) == "chair 4 is taken by another patient now"
    side.undo("10:42", "next")
    side.undo("10:43")
    assert side.session().stage is Stage.OPEN


def test_a_move_is_not_undone_when_another_patient_has_the_chair() -> None:
    side = running()
    side.desk.move("s", "2", side.when("09:10"))
    side.seat("09:15", session="next")
    assert side.said_no(lambda: side.undo("09:16")) == "chair 4 is taken by another patient now"
    assert side.session().chair == "2"


def test_a_later_touch_of_an_ended_session_is_undone_though_the_chair_is_taken() -> None:
    side = ended()
    correct(side, "stop", "09:50")
    side.seat("12:01", session="next")
    side.undo("12:02")
    assert side.service().stop == moment("10:00")
    assert side.session().stage is Stage.ENDED


def test_a_signature_is_not_undone() -> None:
    side = ended()
    side.sign("10:40")
    assert "is signed" in side.said_no(lambda: side.undo("10:41"))


@pytest.mark.parametrize("stage", [Stage.SIGNED, Stage.ENDED])
def test_undo_does_not_reach_behind_a_reopening(stage: Stage) -> None:
    side = ended()
    if stage is Stage.SIGNED:
        side.sign("10:40")
    side.desk.reopen("s", "the stop was wrong", side.when("11:00"))
    assert side.said_no(lambda: side.undo("11:01")) == "there is nothing to undo in chair 4"
    side.do("11:02", add_note, text="read again")
    side.undo("11:03")
    assert "nothing to undo" in side.said_no(lambda: side.undo("11:04"))


def test_an_undo_of_a_session_nobody_knows_is_refused() -> None:
    side = Chairside()
    assert side.said_no(lambda: side.undo("09:00", "nobody")) == "there is nothing to undo"
    assert side.said_no(side.desk.undo) == "there is nothing to undo"


def test_a_refused_touch_leaves_the_last_one_to_undo() -> None:
    side = running()
    side.refused("09:10", change_rate, service="a", rate_ml_h="fast")
    side.refused("09:10", end_session, back_to="08:59")
    side.undo("09:11")
    assert side.session().services == ()


def test_the_seating_moves_up_to_the_first_thing_that_happened_and_no_further() -> None:
    side = running("09:00")
    assert _seat_at(side, "09:00") == ["moment-corrected"]
    assert side.session().seated == moment("09:00", HowKnown.CHARTED, recorded="11:00")
    later: dict[str, Keys] = {"to_us": us("09:01"), "how": HowKnown.CHARTED, "reason": "list"}
    assert side.refused("11:00", correct_seating, **later) == (
        "the patient would sit down after what happened first, at 09:00:00"
    )


def test_nobody_sits_down_in_the_future_or_without_a_reason() -> None:
    side = seated("08:00")
    ahead: dict[str, Keys] = {"to_us": us("11:01"), "how": HowKnown.CHARTED, "reason": "list"}
    assert side.refused("11:00", correct_seating, **ahead) == "that time has not come yet"
    unsaid: dict[str, Keys] = {**ahead, "to_us": us("07:30"), "reason": " "}
    assert side.refused("11:00", correct_seating, **unsaid) == "a correction needs its reason"


@pytest.mark.parametrize("first", ["move", "site", "end"])
def test_whatever_happened_first_bounds_the_seating(first: str) -> None:
    side = seated("08:00")
    if first == "move":
        side.desk.move("s", "2", side.when("08:30"))
    elif first == "site":
        side.do("08:30", open_site, site="left hand", reason="it blew")
    else:
        side.end("08:30")
    later: dict[str, Keys] = {"to_us": us("08:31"), "how": HowKnown.CHARTED, "reason": "list"}
    assert side.refused("11:00", correct_seating, **later).endswith("happened first, at 08:30:00")


def test_what_was_struck_out_bounds_no_seating_and_an_undo_gives_the_first_value_back() -> None:
    side = running("09:00")
    side.do("09:05", void_service, service="a", reason="wrong chair")
    assert _seat_at(side, "10:00") == ["moment-corrected"]
    assert [one.before for one in side.session().seating_corrections] == [moment("08:00")]
    side.undo("11:01")
    assert side.session().seated == moment("08:00")
    assert side.session().seating_corrections == ()


def test_a_signed_session_keeps_its_seating_until_it_is_reopened() -> None:
    side = ended()
    side.sign("10:40")
    early: dict[str, Keys] = {"to_us": us("07:30"), "how": HowKnown.CHARTED, "reason": "list"}
    assert "is signed" in side.refused("11:00", correct_seating, **early)


def _seat_at(side: Chairside, to: str) -> list[str]:
    return side.do("11:00", correct_seating, to_us=us(to), how=HowKnown.CHARTED, reason="list")
