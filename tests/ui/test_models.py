"""What cards, suite, panel and timeline say, without a window."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from desktop_app.coding.reasons import Coding
from desktop_app.coding.sessions import SessionCoder
from desktop_app.core.care import pause_service, resume_service, stop_service
from desktop_app.core.moments import MINUTE_US, ClockReading
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.rulebook_files import load_standard
from desktop_app.ui.board.card_model import card_view
from desktop_app.ui.board.card_view import CardState, CardView, Deed
from desktop_app.ui.board.suite_model import ClockWatch, suite_view
from desktop_app.ui.codings import MOST_RENEWED, Codings
from desktop_app.ui.panel.panel_model import panel_view
from desktop_app.ui.panel.timeline_model import Piece, timeline
from tests.fakes import NEW_YORK
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward
from tests.ui.stand_ins import StandInCoder


class CountingCoder(StandInCoder):
    """Counts how often it is asked what is true now."""

    def __init__(self) -> None:
        self.asked = 0

    def if_stopped(self, session: Session, at_us: int):  # type: ignore[no-untyped-def]  # noqa: ANN201
        self.asked += 1
        return super().if_stopped(session, at_us)


def view(ward: Ward, chair: str) -> CardView:
    return card_view(ward.desk.suite, Codings(StandInCoder()), chair, ward.clock.now().wall_us)


def deeds(shown: CardView) -> list[Deed]:
    return [button.deed for button in shown.buttons]


def test_a_free_chair_asks_for_a_patient(ward: Ward) -> None:
    shown = view(ward, "8")
    assert (shown.state, deeds(shown)) == (CardState.FREE, [Deed.SEAT])


def test_a_running_chair_shows_time_plan_and_lines(ward: Ward) -> None:
    ward.start(ward.seat("1"))
    ward.clock.advance(47, us=5_000_000)
    shown = view(ward, "1")
    assert (shown.state, shown.pill, shown.time) == (CardState.RUNNING, "Running", "0:47:05")
    assert (shown.who, shown.title, shown.title_rest) == ("R. M. · ••4821", "Vancomycin 1000 mg", "· site 1")
    assert shown.notes == ("13 min to plan end 10:00",)
    assert (shown.codes, shown.codes_rest) == (("96365 ×1",), "· 1 h")
    assert deeds(shown) == [Deed.STOP, Deed.PAUSE]
    assert shown.permille == 784


def test_past_its_plan_it_asks_whether_it_still_runs(ward: Ward) -> None:
    ward.start(ward.seat("4"))
    ward.clock.advance(72)
    shown = view(ward, "4")
    assert (shown.state, shown.pill) == (CardState.PAST_PLAN, "12 min past plan")
    assert shown.notes == ("Plan ended 10:00: still running?",)
    assert deeds(shown) == [Deed.STOP, Deed.STOPPED_AT]
    assert shown.permille == 1000


def test_a_pause_shows_its_own_length_and_stops_the_time(ward: Ward) -> None:
    session = ward.start(ward.seat("3"))
    ward.clock.advance(38, us=5_000_000)
    ward.do(session, partial(pause_service, service="1", reason="Reaction: rate held"))
    ward.clock.advance(4, us=10_000_000)
    shown = view(ward, "3")
    assert (shown.state, shown.pill, shown.time) == (CardState.PAUSED, "Paused 4:10", "0:38:05")
    assert shown.notes == ("Reaction: rate held",)
    assert deeds(shown) == [Deed.RESUME, Deed.STOP]


def test_a_pause_pushes_the_planned_end_back(ward: Ward) -> None:
    session = ward.start(ward.seat("3"))
    ward.clock.advance(20)
    ward.do(session, partial(pause_service, service="1"))
    ward.clock.advance(15)
    ward.do(session, partial(resume_service, service="1"))
    assert view(ward, "3").notes == ("40 min to plan end 10:15",)


def test_several_running_show_the_drug_before_the_fluid(ward: Ward) -> None:
    ward.start(ward.start(ward.seat("2"), SALINE), VANCOMYCIN)
    shown = view(ward, "2")
    assert (shown.pill, shown.title, shown.title_rest) == (
        "2 running",
        "Vancomycin 1000 mg",
        "+ Normal saline",
    )
    assert shown.buttons[0].text == "Stop…"


def test_the_most_overdue_of_several_leads(ward: Ward) -> None:
    ward.start(ward.start(ward.seat("2"), replace(SALINE, planned_minutes=10)), VANCOMYCIN)
    ward.clock.advance(20)
    assert view(ward, "2").title == "Normal saline"
    assert view(ward, "2").pill == "10 min past plan"


def test_a_plan_is_listed_and_its_next_is_one_touch(ward: Ward) -> None:
    ward.plan(ward.plan(ward.seat("7")), DIPHENHYDRAMINE)
    shown = view(ward, "7")
    assert (shown.state, shown.title) == (CardState.SEATED, "Plan: Vancomycin 1000 mg")
    assert shown.notes == ("1 Vancomycin 60 min", "2 Diphenhydramine IV push")
    assert (shown.buttons[0].text, shown.buttons[0].deed) == ("Start Vancomycin", Deed.START_NEXT)


def test_between_two_services_it_lists_what_was_given(ward: Ward) -> None:
    session = ward.start(ward.seat("7"))
    ward.clock.advance(60)
    ward.do(session, partial(stop_service, service="1"))
    shown = view(ward, "7")
    assert (shown.pill, shown.title) == ("Between", "Nothing running")
    assert shown.notes == ("Vancomycin 1000 mg 09:00–10:00",)
    assert deeds(shown) == [Deed.START, Deed.END]


def test_an_ended_session_is_ready_or_misses_its_stop(ward: Ward) -> None:
    session = ward.start(ward.seat("6"))
    ward.clock.advance(95)
    ward.do(session, end_session)
    missing = view(ward, "6")
    assert (missing.state, missing.pill) == (CardState.STOP_MISSING, "Stop missing")
    assert (missing.time, missing.notes) == ("0:00 + stop missing", ("No stop: Vancomycin",))
    assert deeds(missing) == [Deed.STOPPED_AT, Deed.REVIEW]
    ward.do(session, partial(stop_service, service="1"))
    ready = view(ward, "6")
    assert (ready.state, ready.time) == (CardState.READY, "1:35 infused")
    assert (ready.codes, deeds(ready)) == (("96365 ×1", "96366 ×1", "J3370 ×2"), [Deed.REVIEW])


def test_a_second_of_running_asks_the_coder_nothing(ward: Ward) -> None:
    ward.start(ward.seat("1"))
    coder = CountingCoder()
    codings = Codings(coder)
    for _ in range(59):
        card_view(ward.desk.suite, codings, "1", ward.clock.now().wall_us)
        ward.clock.advance(us=1_000_000)
    assert coder.asked == 1
    ward.clock.advance(us=1_000_000)
    codings.begin_tick()
    card_view(ward.desk.suite, codings, "1", ward.clock.now().wall_us)
    assert coder.asked == 2


class CountingSessionCoder(SessionCoder):
    """The real coder, which counts the instants it is asked about."""

    def __init__(self) -> None:
        rules = load_standard()
        super().__init__(rules.rulebook, rules.profiles)
        self.asked: list[int] = []

    def if_stopped(self, session: Session, at_us: int) -> Coding:
        self.asked.append(at_us)
        return super().if_stopped(session, at_us)


def test_the_board_asks_again_only_when_the_answer_changes(ward: Ward) -> None:
    ward.start(ward.seat("1"))
    coder = CountingSessionCoder()
    codings = Codings(coder)
    start_us = ward.clock.now().wall_us
    shown: list[tuple[str, ...]] = []
    for _ in range(160 * 12):
        codings.begin_tick()
        codes = card_view(ward.desk.suite, codings, "1", ward.clock.now().wall_us).codes
        shown += [] if shown and shown[-1] == codes else [codes]
        ward.clock.advance(us=5_000_000)
    asked = [(at_us - start_us) // MINUTE_US for at_us in coder.asked]
    assert asked == [0, 16, 91, 151]
    assert shown == [
        ("96374 ×1",),
        ("96365 ×1",),
        ("96365 ×1", "96366 ×1"),
        ("96365 ×1", "96366 ×2"),
    ]


def test_the_panel_is_told_to_the_minute(ward: Ward) -> None:
    session = ward.start(ward.seat("1"))
    codings = Codings(CountingSessionCoder())
    ward.clock.advance(20)
    codings.now(session, ward.clock.now().wall_us)
    ward.clock.advance(5)
    now, plan_end = codings.to_the_minute(session, ward.clock.now().wall_us)
    assert "(25 minutes)" in now.lines[0].why
    assert plan_end is not None
    assert "(60 minutes)" in plan_end[1].lines[0].why


def test_many_chairs_share_the_turn_of_a_minute_among_the_ticks(ward: Ward) -> None:
    chairs = [str(n) for n in range(1, 13)]
    for chair in chairs:
        ward.start(ward.seat(chair))
    coder = CountingCoder()
    codings = Codings(coder)

    def tick() -> int:
        before = coder.asked
        codings.begin_tick()
        for chair in chairs:
            card_view(ward.desk.suite, codings, chair, ward.clock.now().wall_us)
        return coder.asked - before

    assert tick() == 12
    ward.clock.advance(1)
    assert [tick() for _ in range(12 // MOST_RENEWED + 1)] == [MOST_RENEWED] * (12 // MOST_RENEWED) + [0]


def test_the_suite_in_numbers(ward: Ward) -> None:
    ward.start(ward.seat("1"))
    ward.start(ward.seat("2"), replace(VANCOMYCIN, planned_minutes=120))
    ward.clock.advance(75)
    shown = suite_view(
        ward.desk.suite, Codings(StandInCoder()), ward.clock.now().wall_us, NEW_YORK, ("clock steady", True)
    )
    assert (shown.time, shown.day) == ("10:15:00", "Mon 2 Mar 2026")
    assert (shown.running, shown.chairs, len(shown.attention)) == (2, 12, 1)
    assert shown.attention[0].chair == "1"
    assert (shown.billable_now, shown.projected, shown.lines) == (2, 3, 4)


def test_an_untouched_clock_is_steady_and_a_moved_one_is_told(ward: Ward) -> None:
    watch = ClockWatch()
    reading = replace(ward.clock.now(), reference_offset_us=None)
    assert watch.judge(reading) == ("clock steady", True)
    moved = replace(reading, wall_us=reading.wall_us + 5 * MINUTE_US)
    assert watch.judge(moved) == ("clock moved 5:00", False)


def test_two_healthy_clocks_may_part_by_seconds_over_days(ward: Ward) -> None:
    watch = ClockWatch()
    for minute in range(0, 7 * 24 * 60, 10):
        reading = replace(ward.clock.now(), reference_offset_us=None)
        drift_us = 30 * minute * MINUTE_US // 1_000_000
        assert watch.judge(replace(reading, wall_us=reading.wall_us + drift_us)) == ("clock steady", True)
        ward.clock.advance(10)


def test_a_clock_that_was_put_right_again_is_steady(ward: Ward) -> None:
    watch = ClockWatch()
    watch.judge(ward.clock.now())
    ward.clock.set_wall("2026-03-02T08:00")
    assert watch.judge(ward.clock.now()) == ("clock moved 1:00:00", False)
    ward.clock.set_wall("2026-03-02T09:00")
    assert watch.judge(ward.clock.now())[1]


def test_lines_are_those_of_the_present_even_where_it_went_back(ward: Ward) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, planned_minutes=240))
    codings, start_us = Codings(StandInCoder()), ward.clock.now().wall_us
    assert codings.now(session, start_us + 100 * MINUTE_US).billable_hours == 2
    assert codings.now(session, start_us + 20 * MINUTE_US).billable_hours == 1


@pytest.mark.parametrize(
    ("offset_us", "told"), [(0, ("clock trusted", True)), (90_000_000, ("clock off by 1:30", False))]
)
def test_a_clock_is_judged_by_its_reference(ward: Ward, offset_us: int, told: tuple[str, bool]) -> None:
    reading: ClockReading = replace(ward.clock.now(), reference_offset_us=offset_us)
    assert ClockWatch().judge(reading) == told


def test_the_panel_tells_lines_now_and_at_the_planned_end(ward: Ward) -> None:
    session = ward.start(ward.seat("1"), replace(VANCOMYCIN, planned_minutes=120))
    ward.clock.advance(45)
    codings, now_us = Codings(StandInCoder()), ward.clock.now().wall_us
    now = panel_view(session, codings, now_us, at_plan_end=False, revealed=False)
    then = panel_view(session, codings, now_us, at_plan_end=True, revealed=False)
    assert [line.code for line in now.lines.lines] == ["96365", "J3370"]
    assert [line.code for line in then.lines.lines] == ["96365", "96366", "J3370"]
    assert then.plan_end == "11:00"
    assert all(line.why for line in then.lines.lines)


def test_an_mrn_is_hidden_until_it_is_asked_for(ward: Ward) -> None:
    session = ward.seat("1")
    codings, now_us = Codings(StandInCoder()), ward.clock.now().wall_us
    hidden = panel_view(session, codings, now_us, at_plan_end=False, revealed=False)
    shown = panel_view(session, codings, now_us, at_plan_end=False, revealed=True)
    assert "0004821" not in hidden.under + hidden.title
    assert shown.under == "MRN 0004821 · seated 09:00 by AK"


def test_the_timeline_draws_pauses_rest_and_sites_apart(ward: Ward) -> None:
    session = ward.start(ward.seat("1"), DIPHENHYDRAMINE)
    session = ward.start(session)
    session = ward.start(session, replace(SALINE, site="R hand"))
    ward.clock.advance(20)
    session = ward.do(session, partial(pause_service, service="2"))
    ward.clock.advance(5)
    session = ward.do(session, partial(resume_service, service="2"))
    ward.clock.advance(5)
    drawn = timeline(session, ward.clock.now().wall_us)
    pieces = [(bar.lane, bar.piece, (bar.to_us - bar.from_us) // MINUTE_US) for bar in drawn.bars]
    assert pieces == [
        (0, Piece.MOMENT, 0),
        (1, Piece.RUN, 20),
        (1, Piece.PAUSE, 5),
        (1, Piece.RUN, 5),
        (1, Piece.REST, 35),
        (2, Piece.FLUID, 30),
        (2, Piece.REST, 60),
    ]
    assert drawn.lanes == 3
    assert drawn.now_us == ward.clock.now().wall_us


def test_a_missing_stop_is_drawn_as_unknown_and_never_as_running(ward: Ward) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(50)
    session = ward.do(session, end_session)
    ward.clock.advance(50)
    (bar,) = timeline(session, ward.clock.now().wall_us).bars
    assert bar.piece is Piece.UNKNOWN
    assert session.ended is not None
    assert bar.to_us == session.ended.at_us < ward.clock.now().wall_us
