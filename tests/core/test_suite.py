"""The suite: who sits where, what a chair shows, which marks are open."""

from __future__ import annotations

import pytest

from desktop_app.core import events as e
from desktop_app.core.suite import Suite, evolve_mark, evolve_suite
from tests.core.chairside import CHAIRS, Chairside, ended, running, seated


def test_an_empty_suite_has_only_its_chairs() -> None:
    suite = Suite(chairs=CHAIRS)
    assert [suite.occupant(chair) for chair in CHAIRS] == [None] * 4
    assert [suite.shown_in(chair) for chair in CHAIRS] == [None] * 4
    assert suite.open_marks == ()


def test_a_chair_shows_its_occupant_before_anyone_who_left() -> None:
    side = ended()
    assert side.desk.suite.shown_in("4") == side.session()
    side.seat("10:35", session="t")
    assert side.desk.suite.shown_in("4") == side.session("t")
    side.end("10:40", session="t")
    assert side.desk.suite.shown_in("4") == side.session("t")


def test_a_chair_shows_who_left_until_the_session_is_signed() -> None:
    side = ended()
    side.sign("10:40")
    assert side.desk.suite.shown_in("4") is None
    side.desk.reopen("s", "look again", side.when("11:00"))
    assert side.desk.suite.shown_in("4") == side.session()


def test_a_moved_patient_is_shown_in_the_new_chair_alone() -> None:
    side = running()
    side.desk.move("s", "2", side.when("09:30"))
    assert [chair for chair in CHAIRS if side.desk.suite.shown_in(chair)] == ["2"]


def test_a_seating_taken_back_leaves_nothing_to_show() -> None:
    side = seated()
    side.undo("08:01")
    assert side.desk.suite.shown_in("4") is None


def test_chairs_that_are_taken_away_stay_in_the_order_of_their_numbers() -> None:
    side = seated()
    side.desk.set_chairs(("4", "12", "3"))
    side.seat("08:10", chair="12", session="t")
    side.seat("08:20", chair="3", session="u")
    side.desk.set_chairs(("1",))
    assert list(side.desk.suite.chairs) == ["1", "3", "4", "12"]


def test_a_chair_that_is_taken_away_stays_until_it_is_free() -> None:
    side = running()
    side.desk.set_chairs(("1", "2"))
    assert list(side.desk.suite.chairs) == ["1", "2", "4"]
    side.restart()
    side.desk.set_chairs(("1", "2"))
    assert side.desk.suite.occupant("4") == side.session()
    side.stop("10:00")
    side.end("10:01")
    assert list(side.desk.suite.chairs) == ["1", "2"]


def test_open_marks_stand_oldest_first() -> None:
    side = Chairside()
    for time, back_to in (("09:00", ""), ("09:10", "08:30"), ("09:20", "")):
        side.desk.mark(side.when(time, back_to=back_to))
    assert [mark.at.at_us for mark in side.desk.suite.open_marks] == sorted(
        mark.at.at_us for mark in side.desk.suite.marks.values()
    )


def test_an_event_of_another_stream_is_no_event_of_the_suite() -> None:
    side = seated()
    (recorded,) = side.journal.load(e.session_stream("s"))
    with pytest.raises(ValueError, match="does not belong to the suite"):
        evolve_suite(side.desk.suite, recorded)


def test_a_mark_is_not_explained_before_it_is_made() -> None:
    side = Chairside()
    side.desk.mark(mark="m")
    side.desk.drop("m", "a slip")
    made, dropped = side.journal.load(e.SUITE_STREAM)
    assert evolve_mark(evolve_mark(None, made), dropped).dropped == "a slip"
    with pytest.raises(ValueError, match="comes before its mark was made"):
        evolve_mark(None, dropped)
