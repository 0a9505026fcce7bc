"""A day is locked by somebody, keeps its sessions as they are, and is unlocked with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from desktop_app.core import events as e
from desktop_app.core.care import add_note, show_patient
from desktop_app.core.corrections import correct_seating
from desktop_app.core.day_lock import left_over, lock_day, unlock_day
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Outcome, Saved
from desktop_app.core.moments import HowKnown
from desktop_app.core.people import Registration
from desktop_app.core.ports import StaleVersion
from desktop_app.core.registration import register_patient
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import hold_session, release_hold
from desktop_app.core.suite import Suite
from desktop_app.core.waiting import NotYet
from tests.core.chairside import Chairside, ended, kinds, running, sign, us
from tests.core.test_desk import FullDisk
from tests.fakes import NEW_YORK

DAY = date(2026, 3, 2)
LOCKED = "2026-03-02 is locked by LT: unlock the day with its reason first"


def lock(
    side: Chairside, time: str = "17:00", *, day: date = DAY, by: str = "LT", confirmed: bool = False
) -> Outcome:
    decide = partial(lock_day, day=day, zone=NEW_YORK, by=by, is_confirmed=confirmed)
    return side.desk.touch_day(day, decide, side.when(time))


def unlock(
    side: Chairside, time: str = "18:00", *, by: str = "MB", reason: str = "a stop was wrong"
) -> Outcome:
    return side.desk.touch_day(DAY, partial(unlock_day, day=DAY, by=by, reason=reason), side.when(time))


def no(outcome: Outcome) -> str:
    """Return why a touch was refused; who was not at hand before is by now."""
    assert isinstance(outcome, Refusal), outcome
    return outcome.text


def signed() -> Chairside:
    side = ended()
    side.sign("10:40")
    return side


def locked() -> Chairside:
    """Return a suite of which the day is locked, with session ``s`` signed."""
    side = signed()
    assert kinds(lock(side)) == ["day-locked"]
    return side


def test_who_locked_a_day_and_when_is_kept_with_it() -> None:
    side = locked()
    state = side.desk.day(DAY)
    assert (state.is_locked, state.by, state.locked_us) == (True, "LT", us("17:00"))
    (recorded,) = side.journal.load("day/2026-03-02")
    assert recorded.event == e.DayLocked(at_us=us("17:00"), day=DAY, by="LT")
    assert recorded.stamp.actor == "AK"


TOUCHES: dict[str, Callable[[Chairside], Outcome]] = {
    "a note": lambda side: side.touch("17:05", add_note, text="late", session="t"),
    "a hold": lambda side: side.touch("17:05", hold_session, reason="no authorisation"),
    "a reopening": lambda side: side.desk.reopen("s", "pump log", side.when("17:05")),
    "an undo": lambda side: side.undo("17:05", "t"),
    "a signature": lambda side: side.touch("17:05", sign, session="t"),
    "a seating": lambda side: side.seat("17:05", chair="3", session="u"),
    "the meaning of a mark": lambda side: side.desk.assign(
        "m", "t", "note", partial(add_note, text="late"), side.when("17:05")
    ),
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_locked_day_takes_nothing_that_would_change_it(touch: str) -> None:
    side = signed()
    side.seat("11:00", chair="2", session="t")
    side.end("12:00", session="t")
    side.desk.mark(side.when("12:01"), mark="m")
    assert kinds(lock(side, confirmed=True)) == ["day-locked"]
    assert side.said_no(lambda: TOUCHES[touch](side)) == LOCKED
    assert kinds(unlock(side, "17:04")) == ["day-unlocked"]
    assert isinstance(TOUCHES[touch](side), Saved)


def test_what_changes_no_time_and_no_line_is_taken_still() -> None:
    side = locked()
    assert side.do("17:05", show_patient, what=e.MRN) == ["patient-shown"]
    known = Registration(payer="Example Health", member_id="W1")
    assert side.do("17:06", register_patient, registration=known) == ["patient-registered"]


def test_other_days_go_on() -> None:
    side = locked()
    assert kinds(side.seat("2026-03-03T08:00", chair="2", session="t")) == ["patient-seated"]
    side.start("2026-03-03T09:00", session="t")
    side.stop("2026-03-03T10:00", session="t")


def test_nobody_is_moved_into_a_locked_day_or_taken_out_of_it_by_a_corrected_seating() -> None:
    side = locked()
    side.seat("2026-03-03T00:10", chair="2", session="t")
    correct = partial(correct_seating, to_us=us("23:50"), how=HowKnown.CHARTED, reason="the list says so")
    assert side.said_no(lambda: side.touch("2026-03-03T00:20", correct, session="t")) == LOCKED
    assert kinds(unlock(side, "2026-03-03T00:30")) == ["day-unlocked"]
    assert side.do("2026-03-03T00:31", correct, session="t") == ["moment-corrected"]
    assert side.session("t").day == DAY
    side.end("2026-03-03T00:40", session="t")
    assert kinds(lock(side, "2026-03-03T00:50", confirmed=True)) == ["day-locked"]
    assert side.said_no(lambda: side.undo("2026-03-03T00:55", "t")) == LOCKED


def test_a_lock_survives_a_restart() -> None:
    side = locked()
    side.restart()
    assert no(side.desk.reopen("s", "pump log", side.when("17:05"))) == LOCKED
    side.restart()
    assert no(side.seat("17:06", chair="2", session="t")) == LOCKED
    side.restart()
    assert kinds(unlock(side)) == ["day-unlocked"]
    side.restart()
    assert kinds(side.desk.reopen("s", "pump log", side.when("18:05"))) == ["session-reopened"]


def test_no_day_is_locked_while_somebody_of_it_is_here() -> None:
    side = running()
    said = side.said_no(lambda: lock(side, confirmed=True))
    assert said == "somebody of that day is still here, in chair 4: end the session first"
    side.stop("17:10")
    side.end("17:11")
    assert kinds(lock(side, "17:12", confirmed=True)) == ["day-locked"]


def test_what_a_lock_leaves_over_is_told_and_has_to_be_confirmed() -> None:
    side = signed()
    for chair, name in (("1", "held"), ("2", "open")):
        side.seat("11:00", chair=chair, session=name)
        side.end("12:00", session=name)
    side.do("12:01", hold_session, session="held", reason="no consent")
    said = side.said_no(lambda: lock(side))
    assert said == "something of that day is left over (1 not signed, 1 held): settle it, or confirm the lock"
    assert kinds(lock(side, confirmed=True)) == ["day-locked"]
    assert side.desk.day(DAY).left_over == ("open", "held")


def test_a_signed_session_that_is_held_is_left_over_unless_it_was_sent() -> None:
    side = signed()
    side.do("10:50", hold_session, reason="no authorisation")
    assert left_over(side.desk.suite, DAY).names == ("s",)
    assert left_over(side.desk.suite, DAY, lambda _: False).names == ()
    side.do("10:51", release_hold)
    assert left_over(side.desk.suite, DAY).names == ()


def test_all_of_a_day_is_looked_at_whether_it_is_at_hand_or_not() -> None:
    side = signed()
    side.do("10:50", hold_session, reason="no authorisation")
    side.restart()
    assert side.desk.suite.sessions == {}
    assert "1 held" in no(lock(side))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"by": " "}, "a day is locked with the initials of who does it"),
        ({"by": "A\nB"}, "some characters of the initials"),
        ({"day": date(2026, 3, 3)}, "2026-03-03 has not come yet"),
    ],
)
def test_a_lock_needs_a_name_and_a_day_that_has_come(keys: dict[str, object], said: str) -> None:
    side = signed()
    assert side.said_no(lambda: lock(side, **keys)).startswith(said)  # type: ignore[arg-type]


def test_a_day_is_locked_once_and_unlocked_with_name_and_reason() -> None:
    side = locked()
    assert side.said_no(lambda: lock(side, "17:01")) == "2026-03-02 is locked already, by LT"
    assert side.said_no(lambda: unlock(side, by="")) == "a day is unlocked with the initials of who does it"
    assert side.said_no(lambda: unlock(side, reason=" ")) == "unlocking a day needs its reason"
    assert side.said_no(lambda: unlock(side, reason="a\nb")).startswith("some characters of the reason")
    assert kinds(unlock(side)) == ["day-unlocked"]
    state = side.desk.day(DAY)
    assert (state.is_locked, state.by, state.reason) == (False, "MB", "a stop was wrong")
    assert side.said_no(lambda: unlock(side)) == "2026-03-02 is not locked"
    assert kinds(lock(side, "18:10", by="MB")) == ["day-locked"]


def test_a_lock_that_waits_for_the_disk_holds_for_what_is_touched_behind_it() -> None:
    disk = FullDisk()
    side = Chairside(disk)
    side.seat()
    side.end("09:00")
    disk.full = True
    with pytest.raises(NotYet) as waits:
        lock(side, confirmed=True)
    side.desk.keep(waits.value.kept)
    assert not side.desk.day(DAY).is_locked
    assert side.desk.reopen("s", "pump log", side.when("17:01")) == Refusal(LOCKED)
    disk.full = False
    assert kinds(side.desk.save_oldest()) == ["day-locked"]
    assert side.desk.day(DAY).is_locked


def test_a_lock_that_somebody_else_has_written_meanwhile_is_read_again() -> None:
    side = signed()
    assert not side.desk.day(DAY).is_locked
    other = side.another_desk()
    decide = partial(lock_day, day=DAY, zone=NEW_YORK, by="LT", is_confirmed=False)
    assert kinds(other.touch_day(DAY, decide, side.when("17:00"))) == ["day-locked"]
    with pytest.raises(StaleVersion):
        lock(side, "17:01")
    assert no(lock(side, "17:02")) == "2026-03-02 is locked already, by LT"


def test_every_touch_is_asked_of_locks_wherever_it_writes() -> None:
    """A day has any number of sessions; the lock is one for all, those at hand and those that are not."""
    side = Chairside()
    for number in range(4):
        side.seat(f"08:0{number}", chair=str(number + 1), session=f"s{number}")
        side.end(f"09:0{number}", session=f"s{number}")
    assert kinds(lock(side, confirmed=True)) == ["day-locked"]
    for number in range(4):
        assert side.said_no(partial(side.undo, "17:05", f"s{number}")) == LOCKED
        assert side.session(f"s{number}").stage is Stage.ENDED


def test_a_decision_is_refused_before_anything_is_asked_of_the_lock() -> None:
    side = locked()

    def never(_session: Session, _when: When) -> Decision:
        return Refusal("something else")

    assert side.said_no(lambda: side.desk.touch("s", never, side.when("17:05"))) == "something else"


def test_a_lock_looks_at_its_own_day_alone() -> None:
    side = Chairside()
    side.seat("2026-03-01T09:00", chair="1", session="before")
    side.seat("08:00", chair="2", session="s")
    suite: Suite = side.desk.suite
    assert [s.id for s in left_over(suite, DAY).running] == ["s"]
    assert [s.id for s in left_over(suite, date(2026, 3, 1)).running] == ["before"]
