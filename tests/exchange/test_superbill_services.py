"""A session drawn to scale on paper: what runs, what pauses, what is given at once, where units changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from desktop_app.app import session_coder
from desktop_app.core.care import give_service, pause_service, resume_service, start_service, stop_service
from desktop_app.core.corrections import not_witnessed
from desktop_app.core.decisions import Decision, pressed
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.exchange.bill import bill_of_rows, bill_of_session
from desktop_app.exchange.paper import Bar, Lane, Piece, Table, Timeline
from desktop_app.exchange.sending import NOBODY
from desktop_app.exchange.superbill import superbill
from tests.exchange.month import first_rows
from tests.exchange.pdf_files import RealMinutes
from tests.exchange.signed import SuiteOfChairs, saved
from tests.fakes import NEW_YORK, at

NINE, NOON = at("2026-03-02T09:00"), at("2026-03-02T12:00")
VANCOMYCIN = Order(drug="vancomycin", category=Category.THERAPEUTIC, route=Route.IV_INFUSION)
SALINE = Order(drug="normal saline", category=Category.HYDRATION, route=Route.IV_INFUSION)
PUSH = Order(drug="ondansetron", category=Category.THERAPEUTIC, route=Route.IV_PUSH)


class Visit(SuiteOfChairs):
    """One patient who sat down at nine; what is done is done at minutes after that."""

    def __init__(self) -> None:
        super().__init__()
        saved(
            self.desk.seat(
                pressed(NINE), chair="1", mrn="1", session="s", zone=NEW_YORK, setting=Setting.FACILITY
            )
        )

    def do(self, minutes: int, action: Callable[..., Decision], **details: object) -> Visit:
        saved(self.desk.touch("s", partial(action, **details), pressed(NINE + minutes * MINUTE_US)))
        return self

    @property
    def now(self) -> Session:
        return self.session("s")


def drawn(session: Session) -> Timeline:
    bill = bill_of_session(session, session_coder().as_recorded(session))
    paper = superbill(bill, NOBODY, RealMinutes().unit_minutes, foot="")
    return next(block for block in paper.blocks if isinstance(block, Timeline))


def cells(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the row of each service by its name."""
    bill = bill_of_session(session, session_coder().as_recorded(session))
    paper = superbill(bill, NOBODY, RealMinutes().unit_minutes, foot="")
    tables = (block for block in paper.blocks if isinstance(block, Table))
    given = next(table for table in tables if table.columns[0].head == "Service")
    return {row.cells[0]: (*row.cells[1:], row.under) for row in given.rows}


def bar(first: int, last: int, piece: Piece) -> Bar:
    return Bar(NINE + first * MINUTE_US, NINE + last * MINUTE_US, piece)


def test_a_lane_is_drawn_to_the_microsecond_with_its_pause_and_where_units_changed() -> None:
    visit = Visit().do(10, start_service, service="a", order=VANCOMYCIN)
    visit.do(40, pause_service, service="a", reason="vein").do(55, resume_service, service="a")
    visit.do(125, stop_service, service="a").do(130, end_session)
    (lane,) = drawn(visit.now).lanes
    assert lane.bars == (bar(10, 40, Piece.RUN), bar(55, 125, Piece.RUN), bar(40, 55, Piece.PAUSE))
    # 16 minutes of running make an infusion, 91 a second hour; the pause is no running.
    assert lane.thresholds == (NINE + 26 * MINUTE_US, NINE + 116 * MINUTE_US)
    assert lane.note == "100 min · 96365 96366"
    assert lane.group == ""


def test_lanes_stand_by_access_site_under_its_name() -> None:
    visit = Visit().do(10, start_service, service="a", order=VANCOMYCIN)
    visit.do(12, start_service, service="b", order=replace(SALINE, site="left hand"))
    visit.do(14, give_service, service="c", order=PUSH)
    visit.do(100, stop_service, service="a").do(101, stop_service, service="b").do(102, end_session)
    lanes = drawn(visit.now).lanes
    assert [(lane.name, lane.group) for lane in lanes] == [
        ("Vancomycin", "Site 1"),
        ("Ondansetron", "Site 1"),
        ("Normal saline", "Left hand"),
    ]
    assert [lane.bars for lane in lanes[1:]] == [(bar(14, 14, Piece.MOMENT),), (bar(12, 101, Piece.FLUID),)]


def test_two_encounters_are_named_beside_their_sites() -> None:
    visit = Visit().do(10, give_service, service="a", order=PUSH)
    visit.do(20, give_service, service="b", order=replace(PUSH, encounter="2"))
    groups = [lane.group for lane in drawn(visit.do(30, end_session).now).lanes]
    assert groups == ["Encounter 1, site 1", "Encounter 2, site 1"]


@pytest.mark.parametrize(
    ("order", "end", "piece", "told"),
    [
        (replace(VANCOMYCIN, pump=True), 90, Piece.RUN, "goes home"),
        (VANCOMYCIN, 90, Piece.UNKNOWN, "no stop"),
        (VANCOMYCIN, None, Piece.RUN, "runs"),
    ],
)
def test_what_has_no_stop_is_not_drawn_as_if_it_had(
    order: Order, end: int | None, piece: Piece, told: str
) -> None:
    visit = Visit().do(10, start_service, service="a", order=order)
    visit.do(60, give_service, service="p", order=PUSH)
    session = visit.now if end is None else visit.do(end, end_session).now
    lane = drawn(session).lanes[0]
    assert lane.bars == (bar(10, end or 60, piece),)
    assert lane.note.startswith(told)
    assert lane.thresholds == ()
    assert cells(session)["Vancomycin"][2:4] == (told, "")


def test_what_runs_is_drawn_up_to_now_while_the_patient_is_here() -> None:
    session = Visit().do(10, start_service, service="a", order=VANCOMYCIN).now
    bill = bill_of_session(session, session_coder().as_recorded(session), NINE + 47 * MINUTE_US)
    blocks = superbill(bill, NOBODY, RealMinutes().unit_minutes, foot="").blocks
    (timeline,) = (block for block in blocks if isinstance(block, Timeline))
    assert timeline.lanes[0].bars == (bar(10, 47, Piece.RUN),)


def test_a_stop_nobody_saw_is_told_with_its_reason() -> None:
    visit = Visit().do(10, start_service, service="a", order=VANCOMYCIN)
    visit.do(30, not_witnessed, service="a", reason="shift change").do(90, end_session)
    row = cells(visit.now)["Vancomycin"]
    assert row[2] == "not witnessed"
    assert row[-1] == "stop not witnessed: shift change"
    assert drawn(visit.now).lanes[0].bars[0].piece is Piece.UNKNOWN


def test_a_stop_that_follows_from_volume_and_rate_says_that_it_was_computed() -> None:
    order = replace(VANCOMYCIN, volume_ml=Decimal(250), rate_ml_h=Decimal(250))
    visit = Visit().do(10, start_service, service="a", order=order).do(120, end_session)
    row = cells(visit.now)["Vancomycin"]
    assert row[1:4] == ("09:10:00", "10:10:00", "60")
    assert row[4] == "start pressed, AK; stop computed from volume and rate"
    assert drawn(visit.now).lanes[0].bars == (bar(10, 70, Piece.RUN),)


def test_a_push_of_charted_length_is_drawn_as_long_as_it_took() -> None:
    until_us = NINE + 15 * MINUTE_US
    visit = Visit().do(10, give_service, service="a", order=PUSH, until_us=until_us).do(90, end_session)
    assert drawn(visit.now).lanes[0].bars == (bar(10, 15, Piece.RUN),)
    assert cells(visit.now)["Ondansetron"][1:4] == ("09:10:00", "09:15:00", "5")


def test_times_of_another_day_say_which() -> None:
    visit = Visit().do(60, start_service, service="a", order=VANCOMYCIN)
    visit.do(16 * 60, stop_service, service="a").do(17 * 60, end_session)
    assert cells(visit.now)["Vancomycin"][1:3] == ("10:00:00", "01:00:00 Tue 3 Mar 2026")


def test_the_time_of_an_hour_that_comes_twice_says_which_of_the_two_it_is() -> None:
    autumn = at("2026-11-01T01:30")
    (service,) = Visit().do(10, give_service, service="a", order=PUSH).now.services
    assert service.start is not None
    moved = replace(service, start=replace(service.start, at_us=autumn))
    session = replace(Visit().do(10, end_session).now, services=(moved,))
    assert cells(session)["Ondansetron"][1] == "01:30:00 EDT"


def test_a_session_in_which_nothing_was_given_has_no_drawing() -> None:
    session = Visit().do(10, end_session).now
    bill = bill_of_session(session, session_coder().as_recorded(session))
    blocks = superbill(bill, NOBODY, RealMinutes().unit_minutes, foot="").blocks
    assert not [block for block in blocks if isinstance(block, Timeline | Lane)]


def test_no_ticks_stand_where_nobody_knows_the_rules_it_was_signed_by() -> None:
    paper = superbill(bill_of_rows(first_rows()[0]), NOBODY, lambda *_: (), foot="")
    (timeline,) = (block for block in paper.blocks if isinstance(block, Timeline))
    assert all(lane.thresholds == () for lane in timeline.lanes)
