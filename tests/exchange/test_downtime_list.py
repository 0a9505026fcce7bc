"""A downtime's list tells of each patient, in order of time, what is to be entered elsewhere, and no more."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from desktop_app.core.care import (
    add_note,
    change_bag,
    change_rate,
    give_service,
    open_site,
    pause_service,
    record_dose,
    resume_service,
    start_service,
    stop_service,
)
from desktop_app.core.corrections import correct_moment, not_witnessed, undo_touch, void_service
from desktop_app.core.decisions import Decision, When, pressed
from desktop_app.core.moments import HowKnown, Moment
from desktop_app.core.orders import Category, Container, Dose, Order, Route, Setting
from desktop_app.core.outages import Outage
from desktop_app.core.session import Session
from desktop_app.core.stay import Seating, end_session
from desktop_app.exchange.downtime_csv import HEADS, downtime_csv
from desktop_app.exchange.downtime_list import Done, PatientDone, Window, done_to, downtime_list
from desktop_app.exchange.downtime_paper import NOT_OVER, NOTHING, Stretch, downtime_paper
from desktop_app.exchange.paper import Notice, Table, Words
from desktop_app.exchange.sending import NOBODY
from tests.exchange.pdf_files import bare, read_paper
from tests.exchange.readers import NASTY, plain
from tests.exchange.signed import SuiteOfChairs, saved
from tests.fakes import NEW_YORK, at

VANCOMYCIN = Order(
    drug="vancomycin",
    category=Category.THERAPEUTIC,
    route=Route.IV_INFUSION,
    volume_ml=Decimal(250),
    dose=Dose(
        amount=Decimal(1000),
        unit="mg",
        ndc="99909-6509-01",
        lot="A1",
        containers=(Container(Decimal(1000), 1, single_dose=True),),
    ),
)
PUSH = Order(drug="ondansetron", category=Category.THERAPEUTIC, route=Route.IV_PUSH)
FLUSH = Order(drug="saline flush", category=Category.OTHER, route=Route.FLUSH)
TEN, NOON = "10:00", "12:00"


def us(time: str) -> int:
    return at(f"2026-03-02T{time}")


class Suite(SuiteOfChairs):
    """Patients of one day, and what is done to them at times of it."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.set_wall("2026-03-02T07:00")
        self.seat("s", "09:00")

    def seat(self, name: str, time: str, chair: str = "4") -> None:
        who = Seating(mrn="0004821", initials="RM", zone=NEW_YORK, setting=Setting.FACILITY)
        saved(self.desk.seat(self.pressed(time), chair=chair, session=name, **who))

    def do(self, time: str, action: Callable[..., Decision], **details: object) -> Suite:
        saved(self.desk.touch("s", partial(action, **details), self.pressed(time)))
        return self

    def pressed(self, time: str) -> When:
        """Let time pass and return a touch of that moment."""
        self.clock.advance(us=us(time) - self.clock.now().wall_us)
        return pressed(us(time))

    def listed(self, from_: str = TEN, to: str = NOON) -> list[tuple[str, str, str]]:
        """Return action, time and drug of each entry of session ``s``."""
        return [
            (done.action, words(done), done.service.order.drug if done.service else "")
            for done in done_to(self.session("s"), Window(us(from_), us(to)))
        ]


def words(done: Done) -> str:
    if done.at is None:
        return ""
    minutes = (done.at.at_us - us("00:00")) // 60_000_000
    return f"{minutes // 60:02}:{minutes % 60:02}"


def test_everything_that_was_done_is_told_in_order_of_time() -> None:
    suite = Suite().do("10:05", start_service, service="a", order=VANCOMYCIN)
    suite.do("10:10", change_rate, service="a", rate_ml_h="125").do(
        "10:15", give_service, service="p", order=PUSH
    )
    suite.do("10:20", pause_service, service="a", reason="vein").do("10:30", resume_service, service="a")
    suite.do("10:35", change_bag, service="a", lot="B2").do(
        "10:40", open_site, site="left", reason="first blown"
    )
    suite.do("10:45", add_note, text="warm", service="a").do("11:00", stop_service, service="a")
    suite.do("11:01", give_service, service="f", order=FLUSH).do("11:10", end_session)
    assert suite.listed() == [
        ("start", "10:05", "vancomycin"),
        ("rate", "10:10", "vancomycin"),
        ("given", "10:15", "ondansetron"),
        ("pause", "10:20", "vancomycin"),
        ("resume", "10:30", "vancomycin"),
        ("new bag", "10:35", "vancomycin"),
        ("further site", "10:40", ""),
        ("note", "10:45", "vancomycin"),
        ("stop", "11:00", "vancomycin"),
        ("flush", "11:01", "saline flush"),
        ("left", "11:10", ""),
    ]


def test_what_was_done_before_and_after_is_not_told() -> None:
    suite = Suite()
    for name, time in enumerate(("09:10", "09:59", "10:00", "12:00", "12:01")):
        suite.do(time, give_service, service=str(name), order=PUSH)
    assert suite.listed() == [("given", "10:00", "ondansetron"), ("given", "12:00", "ondansetron")]


def test_what_ran_already_is_told_first_and_what_runs_on_last() -> None:
    suite = Suite().do("09:30", start_service, service="a", order=VANCOMYCIN)
    suite.do("10:30", give_service, service="p", order=PUSH)
    assert suite.listed() == [
        ("started before", "09:30", "vancomycin"),
        ("given", "10:30", "ondansetron"),
        ("still running", "", "vancomycin"),
    ]
    suite.do("11:30", stop_service, service="a")
    assert suite.listed()[1:] == [("given", "10:30", "ondansetron"), ("stop", "11:30", "vancomycin")]


def test_what_ran_through_all_of_it_is_told_though_nothing_was_done() -> None:
    suite = Suite().do("09:30", start_service, service="a", order=VANCOMYCIN)
    suite.do("12:30", stop_service, service="a")
    assert suite.listed() == [("started before", "09:30", "vancomycin"), ("still running", "", "vancomycin")]


def test_what_stopped_before_or_began_after_is_none_of_it() -> None:
    suite = Suite().do("09:10", start_service, service="a", order=VANCOMYCIN)
    suite.do("09:50", stop_service, service="a").do("12:10", start_service, service="b", order=VANCOMYCIN)
    assert suite.listed() == []


def test_what_was_told_in_the_downtime_of_a_time_before_it_is_told_too() -> None:
    """Nobody could enter it then: the record system was down."""
    suite = Suite()
    late = replace(suite.pressed("10:20"), at_us=us("09:40"), how=HowKnown.BACK_DATED)
    start = partial(start_service, service="a", order=VANCOMYCIN)
    saved(suite.desk.touch("s", start, late))
    (done, still) = done_to(suite.session("s"), Window(us(TEN), us(NOON)))
    assert (done.action, words(done)) == ("start", "09:40")
    assert still.action == "still running"


def test_a_time_that_was_corrected_is_told_as_it_stands_with_what_it_was() -> None:
    suite = Suite().do("10:05", start_service, service="a", order=VANCOMYCIN)
    fix = partial(
        correct_moment, service="a", what="start", to_us=us("10:02"), how=HowKnown.PUMP, reason="pump log"
    )
    suite.do("11:00", fix)
    (start, _) = done_to(suite.session("s"), Window(us(TEN), us(NOON)))
    assert words(start) == "10:02"
    assert start.corrected is not None
    assert start.corrected.reason == "pump log"


def test_what_was_undone_or_struck_out_was_never_done() -> None:
    suite = Suite().do("10:05", give_service, service="p", order=PUSH)
    suite.do("10:06", undo_touch)
    suite.do("10:07", give_service, service="q", order=PUSH)
    suite.do("10:08", void_service, service="q", reason="another patient's")
    assert suite.listed() == []


def test_a_stop_nobody_saw_is_told_without_a_time() -> None:
    suite = Suite().do("10:05", start_service, service="a", order=VANCOMYCIN)
    suite.do("11:00", not_witnessed, service="a", reason="shift change")
    assert suite.listed() == [("start", "10:05", "vancomycin"), ("stop not witnessed", "", "vancomycin")]
    assert suite.listed("11:00", "12:00") == []


def test_patients_are_told_in_the_order_they_were_seated_and_only_those_to_whom_something_was_done() -> None:
    suite = Suite()
    suite.seat("here", "09:01", chair="3")
    suite.do("10:05", give_service, service="p", order=PUSH)
    suite.seat("later", "10:30", chair="2")
    told = downtime_list(suite.sessions, Window(us(TEN), us(NOON)))
    assert [one.session.id for one in told] == ["s", "later"]
    assert [done.action for done in told[1].done] == ["seated"]


def told(suite: Suite, *, over: bool = True, system: str = "EHR") -> tuple[Stretch, tuple[PatientDone, ...]]:
    def moment(time: str) -> Moment:
        return Moment(us(time), HowKnown.PRESSED, us(time), "AK")

    outage = Outage(id="o", begun=moment(TEN), over=moment(NOON) if over else None, system=system)
    stretch = Stretch(from_us=us(TEN), to_us=us(NOON), zone=NEW_YORK, outage=outage)
    return stretch, downtime_list(suite.sessions, Window(us(TEN), us(NOON)))


def busy() -> Suite:
    suite = Suite().do("10:05", start_service, service="a", order=VANCOMYCIN)
    suite.do("10:10", change_rate, service="a", rate_ml_h="125").do(
        "10:20", pause_service, service="a", reason="vein"
    )
    return suite.do("10:30", resume_service, service="a").do("11:00", stop_service, service="a")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_row_for_each_thing_with_the_downtime_on_it() -> None:
    rows = table(downtime_csv(*told(busy())))
    assert [(row["at"], row["action"], row["rate_ml_h"]) for row in rows] == [
        ("2026-03-02T10:05:00-05:00", "start", ""),
        ("2026-03-02T10:10:00-05:00", "rate", "125"),
        ("2026-03-02T10:20:00-05:00", "pause", ""),
        ("2026-03-02T10:30:00-05:00", "resume", ""),
        ("2026-03-02T11:00:00-05:00", "stop", ""),
    ]
    first = rows[0]
    assert (first["downtime_began"], first["downtime_over"], first["system"]) == (
        "2026-03-02T10:00:00-05:00", "2026-03-02T12:00:00-05:00", "EHR",
    )  # fmt: skip
    assert (first["mrn"], first["initials"], first["chair"], first["session"]) == ("0004821", "RM", "4", "s")
    assert (first["drug"], first["dose"], first["route"], first["site"]) == (
        "vancomycin", "1000 mg", "infusion", "site 1",
    )  # fmt: skip
    assert (first["how_known"], first["by"], first["ndc"]) == ("pressed", "AK", "99909-6509-01")
    assert first["detail"].startswith("250 mL · from 1 × 1000 mg single-dose · nothing discarded")
    assert rows[2]["detail"] == "vein"


def test_a_downtime_that_lasts_has_no_end_in_the_table() -> None:
    assert {row["downtime_over"] for row in table(downtime_csv(*told(busy(), over=False)))} == {""}


def test_a_list_of_nothing_has_its_headings() -> None:
    assert downtime_csv(*told(Suite())).splitlines() == [",".join(HEADS)]


@pytest.mark.parametrize("nasty", NASTY, ids=lambda text: ascii(text[:20]))
def test_nasty_text_comes_back_from_the_table(nasty: str) -> None:
    session = replace(busy().session("s"), mrn=nasty, initials=nasty)
    stretch, (one,) = told(busy())
    rows = table(downtime_csv(stretch, [PatientDone(session, one.done)]))
    assert {plain(row["mrn"]) for row in rows} == {nasty}
    assert {plain(row["initials"]) for row in rows} == {nasty}


@pytest.mark.usefixtures("qapp")
def test_the_paper_says_when_the_downtime_was_and_what_is_to_be_entered() -> None:
    stretch, done = told(busy())
    (page,) = map(bare, read_paper(downtime_paper(stretch, done, NOBODY, foot="the foot")))
    for expected in (
        "WhatEHRBeganMon 2 Mar 2026 10:00:00, pressed, AK",
        "OverMon 2 Mar 2026 12:00:00, pressed, AKLasted2:00:00",
        "R. M. · MRN 0004821 · chair 4TimeWhatDrug, dose",
        "10:05:00startVancomycin 1000 mginfusion, site 1250 mLpressed, AK______",
        "from 1 × 1000 mg single-dose · nothing discarded · NDC 99909-6509-01 · lot A1",
        "10:10:00rateVancomycin 1000 mginfusion, site 1125 mL/hpressed, AK______",
        "10:20:00pauseVancomycin 1000 mginfusion, site 1veinpressed, AK______",
        "11:00:00stopVancomycin 1000 mginfusion, site 1pressed, AK______",
    ):
        assert bare(expected) in page


@pytest.mark.usefixtures("qapp")
def test_no_page_of_it_leaves_open_whose_rows_it_has() -> None:
    suite = Suite().do("10:05", start_service, service="a", order=VANCOMYCIN)
    for minute in range(6, 59):
        suite.do(f"10:{minute:02}", change_rate, service="a", rate_ml_h=str(minute))
    stretch, done = told(suite)
    first, second, *_ = read_paper(downtime_paper(stretch, done, NOBODY, foot="the foot"))
    assert "R. M. · MRN 0004821 · chair 4\n" in first
    assert "R. M. · MRN 0004821 · chair 4 · continued\n" in second


@pytest.mark.usefixtures("qapp")
def test_a_note_of_any_length_stands_under_its_row() -> None:
    suite = Suite().do("10:05", add_note, text="word " * 1900)
    stretch, done = told(suite)
    pages = read_paper(downtime_paper(stretch, done, NOBODY, foot="the foot"))
    assert bare("".join(pages)).count("word") == 1900


def test_a_downtime_that_lasts_says_so_and_one_without_patients_too() -> None:
    stretch, done = told(Suite(), over=False)
    blocks = downtime_paper(stretch, done, NOBODY, foot="").blocks
    assert Notice(NOT_OVER) in blocks
    assert Words(NOTHING) in blocks


def test_a_list_that_was_asked_for_by_two_times_has_no_stamps_to_tell() -> None:
    stretch = Stretch(from_us=us(TEN), to_us=us(NOON), zone=NEW_YORK)
    blocks = downtime_paper(stretch, (), NOBODY, foot="").blocks
    facts = dict(blocks[0].groups[0].facts)  # type: ignore[union-attr]
    assert (facts["Began"], facts["Over"], facts["What"]) == (
        "Mon 2 Mar 2026 10:00:00", "Mon 2 Mar 2026 12:00:00", "",
    )  # fmt: skip


def test_times_of_another_day_say_which() -> None:
    session: Session = busy().session("s")
    stretch = Stretch(from_us=at("2026-03-01T23:00"), to_us=us(NOON), zone=NEW_YORK)
    done = done_to(session, Window(stretch.from_us, stretch.to_us))
    blocks = downtime_paper(stretch, [PatientDone(session, done)], NOBODY, foot="").blocks
    (rows,) = (block.rows for block in blocks if isinstance(block, Table))
    assert rows[0].cells[0] == "09:00:00 Mon 2 Mar 2026"


def test_a_dose_that_is_recorded_later_is_told_with_its_start() -> None:
    plain_order = replace(VANCOMYCIN, dose=None)
    suite = Suite().do("10:05", start_service, service="a", order=plain_order)
    suite.do("10:40", record_dose, service="a", dose=VANCOMYCIN.dose)
    assert table(downtime_csv(*told(suite)))[0]["dose"] == "1000 mg"
