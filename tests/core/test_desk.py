"""The one way a touch becomes a fact: decided, stored, and only then shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pytest

from desktop_app.core import events as e
from desktop_app.core.care import add_note, pause_service, start_service, stop_service
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Outcome, Saved
from desktop_app.core.moments import HowKnown
from desktop_app.core.ports import NotSaved, StaleVersion, Write
from desktop_app.core.session import Stage
from desktop_app.core.stay import sign_session
from tests.core.chairside import Chairside, ended, infusion, kinds, moment, running, seated, us
from tests.exchange.signed import line
from tests.fakes import NEW_YORK, InMemoryJournal


class FullDisk(InMemoryJournal):
    """A journal whose disk can be full: it takes nothing then."""

    full = False

    def append(self, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
        if self.full:
            raise NotSaved("The disk is full; nothing was stored.")
        return super().append(writes, stamp)


def test_a_touch_is_stored_before_it_is_shown() -> None:
    seen: list[tuple[str, str]] = []

    class Watching(InMemoryJournal):
        def append(self, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
            stored = super().append(writes, stamp)
            if stored[-1].event.KIND == "service-stopped":
                seen.append((side.journal.load("session/s")[-1].event.KIND, side.service().state.value))
            return stored

    side = Chairside(Watching())
    side.seat()
    side.start("09:00")
    side.stop("10:00")
    assert seen == [("service-stopped", "running")]
    assert side.service().state.value == "stopped"


def test_listeners_hear_of_a_touch_when_it_is_stored_and_shown() -> None:
    side = seated()
    heard: list[tuple[list[str], int, int]] = []

    def listen(saved: Saved) -> None:
        kinds_heard = [recorded.event.KIND for recorded in saved.recorded]
        heard.append((kinds_heard, len(list(side.journal.since(0))), len(side.session().services)))

    side.desk.listen(listen)
    side.start("09:00")
    assert heard == [(["service-started"], 2, 1)]


def test_listeners_hear_nothing_of_a_refusal_or_of_what_was_not_stored() -> None:
    side = Chairside(journal := FullDisk())
    side.seat()
    heard: list[Saved] = []
    side.desk.listen(heard.append)
    side.refused("09:00", stop_service)
    journal.full = True
    with pytest.raises(NotSaved):
        side.start("09:01")
    assert heard == []


def test_a_full_disk_changes_nothing_and_the_same_touch_is_taken_later_with_its_instant() -> None:
    side = Chairside(journal := FullDisk())
    side.seat()
    side.start("09:00")
    suite, when = side.desk.suite, side.when("10:00")
    journal.full = True
    for _ in range(3):
        with pytest.raises(NotSaved, match="disk is full"):
            side.desk.touch("s", stop_service, when)
    assert side.desk.suite == suite
    journal.full = False
    side.go_to("10:07")
    assert kinds(side.desk.touch("s", stop_service, when)) == ["service-stopped"]
    assert side.service().stop == moment("10:00", recorded="10:07")


def test_a_full_disk_stops_seating_marks_and_undo_alike() -> None:
    side = Chairside(journal := FullDisk())
    side.seat()
    suite = side.desk.suite
    journal.full = True
    asked: list[Callable[[], Outcome]] = [
        lambda: side.seat(chair="2", session="t"),
        side.desk.mark,
        lambda: side.desk.undo("s"),
        lambda: side.desk.move("s", "2"),
    ]
    for ask in asked:
        with pytest.raises(NotSaved):
            ask()
    assert side.desk.suite == suite
    assert len(list(journal.since(0))) == 1


def test_a_session_written_to_elsewhere_is_read_again_and_the_next_touch_is_taken() -> None:
    side = running()
    other = side.another_desk()
    other.touch("s", lambda s, w: add_note(s, w, text="from the other desk"), side.when("09:05"))
    with pytest.raises(StaleVersion):
        side.stop("10:00")
    assert [note.text for note in side.session().notes] == ["from the other desk"]
    assert side.service().stop is None
    side.stop("10:01")
    assert side.session() == side.replayed()


def test_marks_made_elsewhere_are_read_again_too() -> None:
    side = seated()
    side.another_desk().mark(side.when("09:00"), mark="m")
    with pytest.raises(StaleVersion):
        side.desk.mark(mark="n")
    assert list(side.desk.suite.marks) == ["m"]
    assert kinds(side.desk.mark(mark="n")) == ["mark-made"]


def test_one_touch_is_one_stamp_on_all_of_its_events() -> None:
    side = seated()
    side.desk.mark(side.when("09:00"), mark="m")
    when = side.when("09:04")
    side.desk.assign("m", "s", "start", lambda s, w: start_service(s, w, service="a", order=infusion()), when)
    first, second = list(side.journal.since(2))
    assert first.stream != second.stream
    assert first.stamp == second.stamp
    assert first.stamp.reading == side.clock.now()


def test_the_time_of_recording_is_the_clocks_whatever_the_moment_is() -> None:
    side = running()
    side.do("10:31", stop_service, back_to="10:28", known=HowKnown.PUMP)
    *_, last = side.journal.since(0)
    assert (last.event.at_us, last.stamp.reading.wall_us) == (us("10:28"), us("10:31"))


def test_a_touch_without_its_own_instant_is_made_now() -> None:
    side = running()
    side.go_to("10:00:00.25")
    side.desk.touch("s", stop_service)
    assert side.service().stop == moment("10:00:00.25")


def test_whoever_acts_is_in_the_record() -> None:
    side = running()
    side.desk.actor = "BT"
    side.stop("10:00")
    stop = side.service().stop
    assert stop is not None
    assert stop.by == "BT"
    assert side.service().start == moment("09:00")


def test_a_touch_for_a_session_nobody_knows_is_refused() -> None:
    side = Chairside()
    assert side.desk.touch("x", stop_service) == Refusal("there is no session x")
    assert side.desk.session("x") is None
    assert side.desk.suite.sessions == {}


def test_undo_without_a_session_is_about_the_one_touched_last() -> None:
    side = running()
    side.seat("09:10", chair="2", session="t")
    side.stop("10:00")
    assert kinds(side.desk.undo()) == ["touch-undone"]
    assert side.service().stop is None
    assert side.session("t").stage is Stage.OPEN


def test_undo_goes_back_touch_by_touch_over_all_chairs() -> None:
    side = running()
    side.seat("09:04", chair="2", session="t")
    side.do("09:08", pause_service, service="a")
    side.desk.undo()
    assert side.service().open_pause is None
    side.desk.undo()
    assert side.session("t").stage is Stage.CANCELLED
    side.desk.undo()
    assert side.session().services == ()


def test_a_restart_does_not_forget_what_the_last_touch_was() -> None:
    side = running()
    side.seat("09:10", chair="2", session="t")
    side.restart()
    side.desk.undo()
    assert side.session("t").stage is Stage.CANCELLED


def test_an_undo_that_names_no_session_does_not_reach_an_old_touch() -> None:
    side = running()
    side.clock.advance(minutes=11)
    assert side.said_no(side.desk.undo) == "the last touch is older than 10 minutes: correct it instead"
    assert kinds(side.desk.undo("s")) == ["touch-undone"]


def test_what_runs_still_runs_after_a_restart_and_its_time_is_right() -> None:
    side = running()
    before = side.desk.suite
    side.restart()
    side.go_to("11:00")
    assert dict(side.desk.suite.sessions) == dict(before.sessions)
    assert side.service().elapsed_us(us("11:00")) == us("11:00") - us("09:00")


def test_undo_works_as_far_back_after_a_restart() -> None:
    side = running()
    side.stop("10:00")
    side.restart()
    for expected in (["a"], []):
        side.undo("10:05")
        assert [service.id for service in side.session().services] == expected
    side.undo("10:06")
    assert side.session().stage is Stage.CANCELLED


def test_a_settled_session_is_read_when_it_is_asked_for() -> None:
    side = ended()
    side.sign("10:40")
    side.restart()
    assert side.desk.suite.sessions == {}
    assert side.session().stage is Stage.SIGNED
    side.restart()
    side.desk.load_day("2026-03-02")
    assert list(side.desk.suite.sessions) == ["s"]
    side.desk.load_day("2026-03-03")
    assert list(side.desk.suite.sessions) == ["s"]


def test_the_head_follows_every_touch() -> None:
    side = seated()
    heads = [side.desk.head]
    side.start("09:00")
    heads.append(side.desk.head)
    side.refused("09:01", stop_service, service="x")
    heads.append(side.desk.head)
    assert heads[0] != heads[1] == heads[2] == side.journal.head()


def test_who_is_settled_leaves_after_the_day_and_is_read_again_when_asked_for() -> None:
    side = ended()
    side.seat("08:30", chair="2", session="t")
    side.sign("10:40")
    side.desk.let_go(date(2026, 3, 2), NEW_YORK)
    assert set(side.desk.suite.sessions) == {"s", "t"}
    side.desk.let_go(date(2026, 3, 3), NEW_YORK)
    assert set(side.desk.suite.sessions) == {"t"}
    assert side.session().stage is Stage.SIGNED


def test_who_is_signed_today_stays_for_today() -> None:
    side = ended()
    side.sign("2026-03-03T09:00")
    side.desk.let_go(date(2026, 3, 3), NEW_YORK)
    assert set(side.desk.suite.sessions) == {"s"}
    side.desk.let_go(date(2026, 3, 4), NEW_YORK)
    assert set(side.desk.suite.sessions) == set()


def test_who_is_signed_and_not_sent_waits_in_the_journal_and_not_in_the_suite() -> None:
    side = ended()
    side.seat("10:35", chair="2", session="t")
    side.do("10:40", partial(sign_session, rulebook="none", profile="none", head="", lines=(line("l"),)))
    side.desk.let_go(date(2026, 3, 9), NEW_YORK)
    assert set(side.desk.suite.sessions) == {"t"}
    assert [listed.session for listed in side.desk.shelf.listed()] == ["s", "t"]
    side.restart()
    assert set(side.desk.suite.sessions) == {"t"}
    assert [session.id for session in side.desk.shelf.unsettled()] == ["s", "t"]
    assert side.desk.shelf.listed(date(2026, 3, 2)) == ()
