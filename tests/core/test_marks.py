"""Marks: an instant stamped now, whose meaning is said later."""

from __future__ import annotations

from functools import partial

from desktop_app.core.care import start_service, stop_service
from desktop_app.core.decisions import When
from desktop_app.core.desk import Outcome
from desktop_app.core.moments import HowKnown
from tests.core.chairside import Chairside, Decide, Keys, infusion, kinds, moment, running, seated, us


def marked(time: str, *, chair: str = "4", side: Chairside | None = None) -> Chairside:
    """Return a suite with a seated patient and mark ``m``."""
    side = side or seated()
    assert kinds(side.desk.mark(side.when(time), chair=chair, mark="m")) == ["mark-made"]
    return side


def assign(side: Chairside, time: str, action: Decide = start_service, **keys: Keys) -> Outcome:
    """Say at a time that mark ``m`` was an action of session ``s``; usually the start of an infusion."""
    said: dict[str, Keys] = keys or {"service": "a", "order": infusion()}
    return side.desk.assign("m", "s", "start", partial(action, **said), side.when(time))


def test_a_mark_keeps_its_instant_and_chair() -> None:
    side = marked("08:59:59.5")
    (mark,) = side.desk.suite.open_marks
    assert (mark.id, mark.at, mark.chair) == ("m", moment("08:59:59.5"), "4")


def test_a_mark_needs_no_chair_but_not_one_that_is_not_there() -> None:
    side = Chairside()
    assert side.said_no(lambda: side.desk.mark(chair="9")) == "there is no chair 9"
    assert kinds(side.desk.mark()) == ["mark-made"]


def test_a_mark_is_made_once() -> None:
    side = marked("09:00")
    assert side.said_no(lambda: side.desk.mark(mark="m")) == "mark “m” stands already"


def test_a_mark_is_not_made_in_the_future() -> None:
    side = seated()
    when = When(us("08:00:01"), us("08:00"))
    assert side.said_no(lambda: side.desk.mark(when)) == "that time has not come yet"


def test_a_mark_given_its_meaning_is_the_instant_of_what_happened() -> None:
    side = marked("08:59:59.5")
    assert kinds(assign(side, "09:04")) == ["service-started", "mark-assigned"]
    assert side.service().start == moment("08:59:59.5", HowKnown.PRESSED, recorded="09:04")
    (mark,) = side.desk.suite.marks.values()
    assert (mark.session, mark.meaning, mark.is_open) == ("s", "start", False)
    assert side.desk.suite.open_marks == ()


def test_the_oldest_mark_is_meant_when_none_is_named() -> None:
    side = marked("09:00")
    side.desk.mark(side.when("09:01"), mark="n")
    side.desk.assign("", "s", "start", partial(start_service, service="a", order=infusion()))
    assert [mark.id for mark in side.desk.suite.open_marks] == ["n"]
    assert side.service().start == moment("09:00", recorded="09:01")


def test_a_mark_has_one_meaning() -> None:
    side = marked("09:00")
    assign(side, "09:04")
    said = side.said_no(assign, side, "09:05", service="b", order=infusion())
    assert said == "mark “m” has its meaning already"


def test_a_mark_that_is_not_there_means_nothing() -> None:
    side = seated()
    assert side.said_no(lambda: assign(side, "09:05")) == "there is no mark “m”"
    assert side.said_no(side.desk.assign, "", "s", "stop", stop_service) == "there is no open mark"


def test_a_mark_stays_open_when_its_meaning_is_refused() -> None:
    side = marked("09:00", side=running("09:10"))
    said = side.said_no(lambda: assign(side, "09:30", stop_service, service="a"))
    assert said == "the stop would be before the start of infliximab at 09:10:00"
    assert side.said_no(side.desk.assign, "m", "x", "stop", stop_service) == "there is no session x"
    assert [mark.id for mark in side.desk.suite.open_marks] == ["m"]


def test_a_mark_is_dropped_with_a_reason_and_only_once() -> None:
    side = marked("09:00")
    assert side.said_no(lambda: side.desk.drop("m", " ")) == "dropping a mark needs a reason"
    assert kinds(side.desk.drop("m", " a slip ")) == ["mark-dropped"]
    assert side.desk.suite.marks["m"].dropped == "a slip"
    assert side.said_no(lambda: side.desk.drop("m", "again")) == "mark “m” was dropped"
    assert side.said_no(lambda: assign(side, "09:05")) == "mark “m” was dropped"


def test_an_undo_gives_the_mark_back_with_its_instant() -> None:
    side = marked("09:00")
    assign(side, "09:04")
    assert kinds(side.undo("09:05")) == ["touch-undone", "mark-returned"]
    assert side.session().services == ()
    (mark,) = side.desk.suite.open_marks
    assert (mark.at, mark.meaning) == (moment("09:00"), "")
    assign(side, "09:06", service="b", order=infusion())
    assert side.service("b").start == moment("09:00", recorded="09:06")


def test_an_undo_of_a_later_touch_leaves_the_mark_its_meaning() -> None:
    side = marked("09:00")
    assign(side, "09:04")
    side.stop("10:00")
    assert kinds(side.undo("10:01")) == ["touch-undone"]
    assert side.desk.suite.open_marks == ()
    assert kinds(side.undo("10:02")) == ["touch-undone", "mark-returned"]


def test_an_undo_after_a_mark_takes_the_mark_back_and_not_the_touch_before_it() -> None:
    side = marked("09:30", side=running("09:25"))
    assert kinds(side.desk.undo()) == ["mark-dropped"]
    assert side.desk.suite.marks["m"].dropped == "taken back"
    assert [service.id for service in side.session().open_services] == ["a"]
    assert kinds(side.desk.undo()) == ["touch-undone"]
    assert side.session().services == ()


def test_an_undo_at_a_chair_is_not_about_marks() -> None:
    side = marked("09:30", side=running())
    assert kinds(side.undo("09:31")) == ["touch-undone"]
    assert [mark.id for mark in side.desk.suite.open_marks] == ["m"]


def test_an_undo_after_a_mark_was_dropped_opens_it_again() -> None:
    side = marked("09:00")
    side.start("09:10")
    side.desk.drop("m", "a slip")
    assert kinds(side.desk.undo()) == ["mark-returned"]
    assert [mark.id for mark in side.desk.suite.open_marks] == ["m"]
    assert kinds(side.desk.undo()) == ["touch-undone"]
    assert side.session().services == ()


def test_marks_are_there_after_a_restart() -> None:
    side = marked("09:00")
    side.desk.mark(side.when("09:01"), mark="n")
    assign(side, "09:04")
    marks = side.desk.suite.marks
    side.restart()
    assert side.desk.suite.marks == marks
    assert kinds(side.undo("09:05")) == ["touch-undone", "mark-returned"]
