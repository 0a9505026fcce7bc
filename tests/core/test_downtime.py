"""A downtime of the record system beside: stamped at the touch, one at a time, taken back like any touch."""

from __future__ import annotations

import pytest

from desktop_app.core.decisions import When
from desktop_app.core.desk import Outcome
from desktop_app.core.moments import HowKnown
from desktop_app.core.outages import Outage, evolve_outage, fold_outages
from desktop_app.core.plans import beginning_downtime, ending_downtime, undoing
from desktop_app.core.suite import fold_marks
from tests.core.chairside import Chairside, kinds, moment, seated, us
from tests.core.test_waiting import Waiting
from tests.fakes import NEW_YORK


def begin(side: Chairside, when: When, *, outage: str = "o", system: str = "EHR") -> Outcome:
    return side.desk.take(beginning_downtime(when, outage=outage, system=system, zone=NEW_YORK))


def end(side: Chairside, when: When) -> Outcome:
    return side.desk.take(ending_downtime(when, zone=NEW_YORK))


def begun(time: str = "10:02:07") -> Chairside:
    side = seated()
    assert kinds(begin(side, side.when(time))) == ["downtime-begun"]
    return side


def over(side: Chairside, time: str = "11:30") -> Chairside:
    assert kinds(end(side, side.when(time))) == ["downtime-over"]
    return side


def only(side: Chairside) -> Outage:
    (outage,) = side.desk.suite.downtimes
    return outage


def test_a_downtime_keeps_the_instant_of_the_touch_who_said_so_and_what_went_away() -> None:
    outage = only(begun())
    assert (outage.begun, outage.over, outage.system) == (moment("10:02:07"), None, "EHR")
    assert outage.is_open


def test_its_end_is_kept_too_and_then_it_lasts_no_more() -> None:
    side = over(begun())
    assert only(side).over == moment("11:30")
    assert side.desk.suite.open_outage is None


def test_it_can_have_begun_earlier_as_somebody_says_afterwards() -> None:
    side = seated()
    begin(side, side.when("10:02", back_to="09:58"))
    assert only(side).begun == moment("09:58", HowKnown.BACK_DATED, recorded="10:02")


def test_only_one_lasts_at_a_time() -> None:
    side = begun()
    said = side.said_no(lambda: begin(side, side.when("10:05"), outage="p"))
    assert said == "a downtime has begun already, at 10:02:07"


def test_none_is_over_that_has_not_begun() -> None:
    side = seated()
    assert side.said_no(lambda: end(side, side.when("10:00"))) == "no downtime has begun"
    over(begin_again(side))
    assert side.said_no(lambda: end(side, side.when("12:00"))) == "no downtime has begun"


def begin_again(side: Chairside) -> Chairside:
    begin(side, side.when("10:02"))
    return side


def test_it_is_not_over_before_it_began_nor_in_the_time_to_come() -> None:
    side = begun()
    assert side.said_no(lambda: end(side, side.when("11:00", back_to="10:02:06"))) == (
        "the downtime began at 10:02:07"
    )
    to_come = When(us("11:00:01"), us("11:00"))
    assert side.said_no(lambda: end(side, to_come)) == "that time has not come yet"


def test_it_does_not_begin_in_the_time_to_come_or_inside_the_one_before() -> None:
    side = seated()
    to_come = When(us("10:00:01"), us("10:00"))
    assert side.said_no(lambda: begin(side, to_come)) == "that time has not come yet"
    over(begin_again(side))
    inside = side.when("12:00", back_to="11:29")
    said = side.said_no(lambda: begin(side, inside, outage="p"))
    assert said == "the downtime before it lasted until 11:30:00"
    assert kinds(begin(side, side.when("12:00", back_to="11:30"), outage="p")) == ["downtime-begun"]


@pytest.mark.parametrize("system", ["two\nlines", "x" * 1001])
def test_what_went_away_is_one_line_of_text(system: str) -> None:
    side = seated()
    assert "the name of the system" in side.said_no(lambda: begin(side, side.when("10:00"), system=system))


def test_two_downtimes_are_told_apart_and_in_their_order() -> None:
    side = over(begun())
    begin(side, side.when("14:00"), outage="a", system="  ")
    assert [(outage.id, outage.system) for outage in side.desk.suite.downtimes] == [("o", "EHR"), ("a", "")]
    over(side, "14:10")
    said = side.said_no(lambda: begin(side, side.when("15:00"), outage="o"))
    assert said == "there is a downtime “o” already"


def test_an_undo_takes_back_the_end_and_then_the_beginning() -> None:
    side = over(begun(), "10:05")
    assert kinds(side.desk.undo()) == ["downtime-returned"]
    assert side.desk.suite.open_outage is not None
    assert kinds(side.desk.undo()) == ["downtime-returned"]
    assert side.desk.suite.downtimes == ()
    assert side.desk.suite.last_touched == side.session()


def test_an_end_is_not_taken_back_once_another_has_begun() -> None:
    side = over(begun(), "10:03")
    first = only(side)
    begin(side, side.when("10:05"), outage="p")
    undo = undoing(first, side.desk.now())
    assert side.said_no(lambda: side.desk.take(undo)) == "another downtime has begun since"
    assert kinds(side.desk.undo()) == ["downtime-returned"]
    assert kinds(side.desk.take(undo)) == ["downtime-returned"]
    assert side.desk.suite.open_outage is not None


def test_an_old_touch_of_it_is_not_taken_back() -> None:
    side = begun()
    side.go_to("10:13")
    assert side.said_no(side.desk.undo) == "the last touch is older than 10 minutes: correct it instead"


def test_a_restart_knows_of_it() -> None:
    side = over(begun())
    before = side.desk.suite
    side.restart()
    assert side.desk.suite.downtimes == before.downtimes
    assert side.desk.suite.marks_version == before.marks_version


def test_marks_and_downtimes_share_a_stream_and_stay_apart() -> None:
    side = begun()
    side.desk.mark(side.when("10:05"), mark="m")
    over(side)
    history = side.journal.load("suite")
    assert [recorded.version for recorded in history] == [1, 2, 3]
    assert list(fold_marks(history)) == ["m"]
    assert list(fold_outages(history)) == ["o"]
    side.restart()
    assert [mark.id for mark in side.desk.suite.open_marks] == ["m"]


def test_no_patient_is_touched_by_it() -> None:
    side = seated()
    before = side.session()
    over(begin_again(side))
    assert side.session() == before


def test_what_the_disk_does_not_take_waits_and_is_taken_back_while_it_waits() -> None:
    side = Waiting()
    assert side.kept(lambda: begin(side, side.when("10:02"))) == "the disk is full."
    assert side.desk.suite.open_outage is None
    assert side.desk.expected.open_outage is not None
    side.kept(lambda: end(side, side.when("10:30")))
    side.kept(side.desk.undo)
    side.disk.full = False
    assert [kinds(side.desk.save_oldest()) for _ in range(3)] == [
        ["downtime-begun"], ["downtime-over"], ["downtime-returned"],
    ]  # fmt: skip
    assert only(side).begun == moment("10:02", recorded="10:30")
    assert only(side).is_open


def test_an_undo_that_waited_takes_back_nothing_else() -> None:
    side = Waiting()
    side.disk.full = False
    begin_again(side)
    side.disk.full = True
    side.kept(side.desk.undo)
    side.desk._waiting = (*side.desk.waiting, *side.desk.waiting)  # noqa: SLF001 - the same touch, kept twice
    side.disk.full = False
    assert kinds(side.desk.save_oldest()) == ["downtime-returned"]
    refused = side.desk.save_oldest()
    assert getattr(refused, "text", "") == "what was to be taken back is not the last touch there any more"


def test_an_end_without_a_beginning_is_no_history() -> None:
    side = over(begun())
    _, ended = side.journal.load("suite")
    with pytest.raises(ValueError, match=r"\(downtime-over\) comes before its downtime began"):
        evolve_outage(None, ended)
