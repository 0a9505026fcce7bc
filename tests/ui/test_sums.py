"""Minutes and seconds follow from the clock times beside them, and words say what is so now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.care import change_rate, pause_service, resume_service
from desktop_app.core.decisions import pressed
from desktop_app.core.moments import MINUTE_US, SECOND_US, HowKnown, Moment
from desktop_app.core.service import Pause, Service
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.board.card_model import card_view
from desktop_app.ui.board.card_view import CardView
from desktop_app.ui.board.in_short import chairs_in_short
from desktop_app.ui.board.suite_model import needs
from desktop_app.ui.codings import Codings
from desktop_app.ui.panel.history_rows import HistoryBlock
from desktop_app.ui.panel.line_rows import LineBlock
from desktop_app.ui.panel.panel_model import LineRow, panel_view
from desktop_app.ui.review.line_model import named_in
from desktop_app.ui.sheets.rate import rate_words
from desktop_app.ui.shown_time import minutes_between, minutes_words, ran_us
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, at
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Mouse, shown
from tests.ui.orders import GLOBULIN
from tests.ui.stand_ins import StandInCoder


def card(ward: Ward, chair: str = "1") -> CardView:
    return card_view(ward.desk.suite, Codings(StandInCoder()), chair, ward.clock.now().wall_us)


@pytest.mark.parametrize(
    ("start_s", "minutes", "seconds", "note"),
    [
        (10, 47, 50, "12 min to plan end 10:00"),
        (10, 47, 0, "13 min to plan end 10:00"),
        (10, 59, 0, "1 min to plan end 10:00"),
        (10, 59, 55, "Under a minute to plan end 10:00"),
        (50, 59, 15, "Under a minute to plan end 10:00"),
    ],
)
def test_the_minutes_to_the_planned_end_and_the_clock_make_its_time(
    ward: Ward, start_s: int, minutes: int, seconds: int, note: str
) -> None:
    """Started a few seconds after 09:00, planned for an hour: 10:48 and 12 minutes are 11:00."""
    ward.clock.advance(us=start_s * SECOND_US)
    ward.start(ward.seat("1"))
    ward.clock.advance(minutes, us=seconds * SECOND_US)
    assert card(ward).notes == (note,)


@pytest.mark.parametrize(
    ("seconds", "pill"), [(0, "At plan end"), (49, "At plan end"), (50, "1 min past plan")]
)
def test_minutes_past_the_plan_are_told_by_the_same_clock_everywhere(
    ward: Ward, seconds: int, pill: str
) -> None:
    ward.clock.advance(us=10 * SECOND_US)
    ward.start(ward.seat("1"))
    ward.clock.advance(60, us=seconds * SECOND_US)
    now_us = ward.clock.now().wall_us
    minutes = int(pill[0]) if pill[0].isdigit() else 0
    assert card(ward).pill == pill
    assert card(ward).sentence.endswith(f"running 60 minutes, {minutes} past plan")
    (short,) = chairs_in_short(ward.desk.suite, now_us, lambda _session, _now: ())
    assert short.figure == f"+{minutes}"
    (need,) = needs(ward.desk.suite, now_us, NEW_YORK)
    assert need.why == (f"{minutes} min past plan" if minutes else "at plan end")


def test_minutes_between_two_times_are_those_between_what_is_shown() -> None:
    start = at("2026-03-02T10:42")
    assert minutes_between(start + 59 * SECOND_US, start + 12 * MINUTE_US) == 12
    assert minutes_between(start, start + 59 * SECOND_US) == 0
    assert (minutes_words(0), minutes_words(1)) == ("Under a minute", "1 min")


def ran(start_us: int, stop_us: int, *pauses: tuple[int, int | None]) -> int:
    def moment(at_us: int) -> Moment:
        return Moment(at_us, HowKnown.PRESSED, at_us, "AK")

    kept = tuple(
        Pause(moment(since), None if until is None else moment(until), "") for since, until in pauses
    )
    service = Service(id="1", order=VANCOMYCIN, start=moment(start_us), stop=moment(stop_us), pauses=kept)
    return ran_us(service, 0)


def test_the_seconds_something_ran_follow_from_its_times_as_they_are_written() -> None:
    base, second = at("2026-03-02T23:00"), SECOND_US
    start, stop = base + 16 * MINUTE_US + 43 * second, base + 22 * MINUTE_US + 23 * second
    assert ran(start, stop) == 340 * second
    assert ran(start + 900_000, stop + 100_000) == 340 * second
    paused = (start + 60 * second + 900_000, start + 70 * second + 100_000)
    assert ran(start, stop, paused) == 330 * second
    assert ran(start, stop, (start + 60 * second, None)) == 60 * second


def test_where_the_cut_would_give_another_minute_the_exact_length_is_told() -> None:
    """What is billed is 15 minutes; nobody is shown 16."""
    base = at("2026-03-02T10:00")
    exact = ran(base + 900_000, base + 16 * MINUTE_US + 100_000)
    assert exact == 16 * MINUTE_US - 800_000


def test_a_row_of_a_stopped_service_has_a_length_that_follows(ward: Ward) -> None:
    ward.clock.advance(us=900_000)
    session = ward.start(ward.seat("1"))
    ward.clock.advance(5, us=39_200_000)
    session = ward.stop(session)
    view = panel_view(
        session, Codings(StandInCoder()), ward.clock.now().wall_us, at_plan_end=False, revealed=False
    )
    assert view.services[0].times == "09:00–09:05 · 0:05:40"


def test_what_is_paused_does_not_run_at_a_rate(ward: Ward) -> None:
    session = ward.start(ward.seat("1"), GLOBULIN)
    session = ward.do(session, partial(change_rate, service="1", rate_ml_h="60"))
    assert rate_words(session.services[0]) == "runs at 60 mL/h, step 2 of 4"
    session = ward.do(session, partial(pause_service, service="1"))
    assert rate_words(session.services[0]) == "is paused, it ran at 60 mL/h, step 2 of 4"
    session = ward.do(session, partial(resume_service, service="1"))
    assert rate_words(session.services[0]).startswith("runs at")


@pytest.mark.parametrize(("given", "word"), [(False, "Seated"), (True, "Between")])
def test_the_lock_and_the_strip_call_a_chair_as_the_board_does(ward: Ward, *, given: bool, word: str) -> None:
    session = ward.seat("1")
    if given:
        ward.start(session, DIPHENHYDRAMINE)
    (short,) = chairs_in_short(ward.desk.suite, ward.clock.now().wall_us, lambda _session, _now: ())
    assert (short.word, card(ward).pill) == (word, word)


def test_every_open_mark_counts_by_itself(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("2"))
    ward.clock.advance(72)
    for _ in range(2):
        ward.desk.mark(pressed(ward.clock.now().wall_us), chair="2")
    window.refresh()
    assert window.board.bar.attention.accessibleName().startswith(
        "3 need attention: chair 2, 12 min past plan; chair 2, mark at 10:12 to explain; chair 2, mark"
    )


def test_past_the_plan_the_lines_are_those_of_now_and_the_plans_own_end_is_told(
    ward: Ward, window: MainWindow
) -> None:
    ward.start(ward.seat("1"))
    parts = window.board.panel.parts
    ward.clock.advance(50)
    window.board.focus("1")
    window.refresh()
    assert parts.choice.chip("plan").text() == "At plan end 10:00"
    assert parts.ended.isHidden()
    ward.clock.advance(22)
    window.refresh()
    assert parts.choice.isHidden()
    assert parts.ended.text() == "If stopped now. The plan was over at 10:00."
    assert not parts.ended.isHidden()


def test_of_two_plans_the_later_one_counts_as_the_end(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.start(ward.seat("1")), SALINE)
    window.board.focus("1")
    ward.clock.advance(72)
    window.refresh()
    assert window.board.panel.parts.choice.chip("plan").text() == "At plan end 10:30"
    ward.clock.advance(30)
    window.refresh()
    assert window.board.panel.parts.ended.text() == "If stopped now. The plan was over at 10:30."


def test_a_plan_that_was_over_is_not_told_once_the_session_has_ended(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(72)
    ward.do(session, end_session)
    window.board.focus("1")
    window.refresh()
    assert window.board.panel.parts.ended.isHidden()


def test_a_rule_is_named_in_words_and_as_the_handbook_has_it_in_the_tip(qtbot: QtBot) -> None:
    row = LineRow("96365", "First.", "1", rules="initial-by-rank, added-hours")
    block = LineBlock(Theme(), row, lambda _: "")
    qtbot.addWidget(block)
    block.setChecked(True)
    assert block.told == "Rules: Initial by rank · Added hours"
    assert "initial-by-rank, added-hours" in block.facts.toolTip()


def served(ward: Ward, *drugs: str) -> Session:
    session = ward.seat("1")
    for drug in drugs:
        session = ward.start(session, replace(DIPHENHYDRAMINE, drug=drug))
    return session


@pytest.mark.parametrize(
    ("why", "name"),
    [
        ("Iron ran 09:00 to 09:05 (5 minutes).", "Iron"),
        ("Iron sucrose ran beside iron.", "Iron sucrose"),
        ("saline: 12 minutes beside Iron.", "Saline"),
        ("Left out.", "–"),
    ],
)
def test_what_a_signature_did_not_bill_is_named_by_the_drug_its_reason_names(
    ward: Ward, why: str, name: str
) -> None:
    assert named_in(served(ward, "iron", "iron sucrose", "saline", ""), why) == name


def test_the_history_comes_into_view_when_it_is_opened(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"))
    for _ in range(6):
        ward.clock.advance(1)
        session = ward.do(session, partial(pause_service, service="1"))
        session = ward.do(session, partial(resume_service, service="1"))
    window.board.focus("1")
    window.refresh()
    panel = window.board.panel
    bar = panel._place.verticalScrollBar()  # noqa: SLF001 - the test looks where a person looks
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    panel._place.ensureWidgetVisible(panel.parts.more)  # noqa: SLF001
    before = bar.value()
    mouse.click(panel.parts.more)
    first = shown(qtbot, panel.parts.history, HistoryBlock)[0]
    qtbot.waitUntil(lambda: bar.value() > before)
    assert not first.visibleRegion().isEmpty()
