"""What the disk does not take yet waits in order, and what is touched meanwhile is decided behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core import events as e
from desktop_app.core.care import add_note, pause_service, resume_service, start_service, stop_service
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Outcome, Saved
from desktop_app.core.ports import JournalError, NotSaved, StaleVersion, Write
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.waiting import NotYet
from tests.core.chairside import Chairside, Decide, Keys, infusion, kinds, moment, us
from tests.core.test_any_day import Touch, days, make
from tests.fakes import InMemoryJournal


class FullDisk(InMemoryJournal):
    """A journal whose disk can be full; it takes nothing then."""

    full = False
    stale = 0
    """How often another writer comes first."""

    def append(self, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
        if self.full:
            raise NotSaved("the disk is full.")
        if self.stale:
            self.stale -= 1
            raise StaleVersion("This was changed elsewhere in the meantime; nothing was stored.")
        return super().append(writes, stamp)


class Waiting(Chairside):
    """A suite whose disk is full, with a patient in chair 4 from before."""

    def __init__(self) -> None:
        self.disk = FullDisk()
        super().__init__(self.disk)
        self.seat()
        self.disk.full = True

    def kept(self, ask: Callable[[], Outcome]) -> str:
        """Make a touch that has to wait; return why, empty where it is others that it waits for."""
        with pytest.raises(NotYet) as caught:
            ask()
        self.desk.keep(caught.value.kept)
        return str(caught.value)

    def keep(self, time: str, action: Decide, **keys: Keys) -> str:
        """Make an action that has to wait."""
        return self.kept(lambda: self.touch(time, action, **keys))

    def save_all(self) -> list[Outcome]:
        """Let the disk take writing again, and store what waits."""
        self.disk.full = False
        return [self.desk.save_oldest() for _ in self.desk.waiting]

    def will_be(self, session: str = "s") -> Session:
        """Return the session as it will be."""
        return self.desk.expected.sessions[session]


def test_what_waits_is_expected_and_is_no_fact() -> None:
    side = Waiting()
    assert side.keep("09:00", start_service, service="a", order=infusion()) == "the disk is full."
    assert side.session().services == ()
    assert side.desk.suite.sessions["s"].services == ()
    assert side.will_be().services[0].start == moment("09:00")


def test_a_stop_after_a_start_that_waits_fits_and_waits_behind_it() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    assert side.keep("09:40", stop_service, service="a") == ""
    side.go_to("09:50")
    assert [kinds(one) for one in side.save_all()] == [["service-started"], ["service-stopped"]]
    assert side.service().start == moment("09:00", recorded="09:50")
    assert side.service().stop == moment("09:40", recorded="09:50")


def test_a_second_start_of_what_waits_is_refused_and_stored_once() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    assert side.refused("09:01", start_service, service="a", order=infusion()) == (
        "service “a” is infliximab already"
    )
    side.save_all()
    assert [one.event.KIND for one in side.journal.since(0)] == ["patient-seated", "service-started"]


def test_nothing_overtakes_what_waits_though_the_disk_would_take_it() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    side.disk.full = False
    side.kept(lambda: side.desk.mark(side.when("09:01")))
    assert len(list(side.journal.since(0))) == 1
    side.save_all()
    assert [one.event.KIND for one in side.journal.since(0)][1:] == ["service-started", "mark-made"]


def test_a_touch_that_waits_is_taken_back_by_one_that_waits_behind_it() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    side.kept(lambda: side.desk.undo(when=side.when("09:01")))
    assert side.will_be().services == ()
    assert [kinds(one) for one in side.save_all()] == [["service-started"], ["touch-undone"]]
    assert side.session().services == ()


def test_an_undo_takes_back_what_it_was_pressed_for_however_late_it_is_stored() -> None:
    side = Waiting()
    side.disk.full = False
    side.start("09:00")
    side.disk.full = True
    side.kept(lambda: side.desk.undo(when=side.when("09:02")))
    side.go_to("11:00")
    side.save_all()
    assert side.session().services == ()


def test_a_patient_whose_seating_waits_can_be_started_and_moved() -> None:
    side = Waiting()
    side.kept(lambda: side.seat("09:00", chair="1", session="t"))
    start = start_service
    side.keep("09:05", start, service="a", order=infusion(), session="t")
    side.kept(lambda: side.desk.move("t", "2", side.when("09:06")))
    assert side.said_no(lambda: side.seat("09:07", chair="2", session="u")) == "chair 2 is taken"
    assert side.desk.suite.occupant("1") is None
    side.save_all()
    occupant = side.desk.suite.occupant("2")
    assert occupant is not None
    assert occupant.services[0].start == moment("09:05", recorded="09:07")


def test_a_waiting_touch_knows_the_chairs_it_is_about() -> None:
    side = Waiting()
    side.kept(lambda: side.desk.move("s", "1", side.when("09:00")))
    side.kept(lambda: side.desk.mark(side.when("09:01"), chair="2"))
    assert [sorted(one.chairs) for one in side.desk.waiting] == [["1", "4"], ["2"]]


def test_what_stays_too_full_stays_where_it_is_in_the_order() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    side.keep("09:01", pause_service, service="a")
    with pytest.raises(NotSaved, match="full"):
        side.desk.save_oldest()
    assert len(side.desk.waiting) == 2
    assert side.will_be().services[0].state is ServiceState.PAUSED


def test_a_waiting_touch_that_another_writer_overtook_is_decided_once_more() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    side.disk.stale = 1
    assert [kinds(one) for one in side.save_all()] == [["service-started"]]


def test_a_waiting_touch_that_does_not_fit_any_more_is_refused_and_those_behind_it_are_judged_anew() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    side.keep("09:01", pause_service, service="a")
    side.keep("09:02", add_note, text="itching")
    side.disk.full = False
    other, at = side.another_desk(), side.when("09:02", back_to="09:00")
    other.touch("s", partial(start_service, service="a", order=infusion("saline")), at)
    outcomes = [side.desk.save_oldest() for _ in range(3)]
    assert outcomes[0] == Refusal("service “a” is saline already")
    assert [kinds(one) for one in outcomes[1:]] == [["service-paused"], ["note-added"]]


def test_what_can_never_be_stored_leaves_the_queue_with_its_fault() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    side.keep("09:01", pause_service, service="a")
    side.disk.full, side.disk.stale = False, 2
    with pytest.raises(JournalError, match="changed elsewhere"):
        side.desk.save_oldest()
    assert side.desk.save_oldest() == Refusal("chair 4 has no service “a”")
    assert side.desk.waiting == ()


def test_listeners_hear_of_a_waiting_touch_when_it_is_stored_and_find_it_gone_from_what_waits() -> None:
    side = Waiting()
    heard: list[tuple[list[str], int]] = []
    side.desk.listen(lambda saved: heard.append((kinds(saved), len(side.desk.waiting))))
    side.keep("09:00", start_service, service="a", order=infusion())
    side.keep("09:01", pause_service, service="a")
    side.keep("09:02", resume_service, service="a")
    assert heard == []
    side.save_all()
    assert heard == [(["service-started"], 2), (["service-paused"], 1), (["service-resumed"], 0)]


def test_a_seating_that_waits_and_is_taken_back_leaves_its_chair_free() -> None:
    side = Waiting()
    side.kept(lambda: side.seat("09:00", chair="1", session="t"))
    side.kept(lambda: side.desk.undo("t", side.when("09:01")))
    assert side.desk.expected.occupant("1") is None
    side.save_all()
    assert side.session("t").stage is Stage.CANCELLED


def test_time_goes_on_evenly_for_a_start_that_waits() -> None:
    side = Waiting()
    side.keep("09:00", start_service, service="a", order=infusion())
    assert side.desk.now().now_us == us("09:00")
    side.clock.set_wall("2026-03-02T08:30")
    assert side.desk.now().now_us == us("09:00")


failing = st.lists(st.integers(1, 12), max_size=12)
"""After how many touches the disk fails, takes writing again, fails, and so on."""
quick = days.map(lambda day: [replace(touch, passed_s=touch.passed_s % 11) for touch in day])
"""Days so short that no touch is too old to be taken back by a key."""


@given(quick, failing)
@settings(max_examples=80)
def test_random_touches_with_a_failing_disk_leave_the_journal_of_a_whole_one(
    day: list[Touch], periods: list[int]
) -> None:
    whole, failed = Chairside(FullDisk()), Chairside(disk := FullDisk())
    turns = {sum(periods[: at + 1]) for at in range(len(periods))}
    for at, touch in enumerate(day):
        if at in turns:
            disk.full = not disk.full
        _, expected = make(whole, touch)
        assert isinstance(_made(failed, touch), Refusal) == isinstance(expected, Refusal)
        if not disk.full:
            _save_all(failed)
    disk.full = False
    _save_all(failed)
    assert _told(failed) == _told(whole)
    assert failed.desk.suite.marks.keys() == whole.desk.suite.marks.keys()
    for session in failed.desk.suite.sessions.values():
        assert failed.replayed(session.id) == session


def _made(side: Chairside, touch: Touch) -> Outcome | None:
    try:
        return make(side, touch)[1]
    except NotYet as error:
        side.desk.keep(error.kept)
        return None


def _save_all(side: Chairside) -> None:
    for _ in side.desk.waiting:
        assert isinstance(side.desk.save_oldest(), Saved)


def _told(side: Chairside) -> list[tuple[str, int, str, e.Event]]:
    return [(one.stream, one.version, one.stamp.touch, one.event) for one in side.journal.since(0)]
