"""What is done while it runs, by the keyboard alone: each touch at the instant of its key."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.care import change_rate, open_site, pause_service
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.core.orders import Category, Route
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Stage
from desktop_app.core.stay import end_session
from desktop_app.ui.keys import SEPARATOR
from desktop_app.ui.sheets.bag import BagSheet
from desktop_app.ui.sheets.grouped import GroupedSheet
from desktop_app.ui.sheets.move import MoveSheet
from desktop_app.ui.sheets.note import NoteSheet, ReactionSheet
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.rate import RateSheet
from desktop_app.ui.sheets.site import SiteSheet
from desktop_app.ui.vials import lot_of
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Typist, focused, sheet, sheet_of
from tests.ui.orders import GLOBULIN, HEPARIN, WATCH


def choose(window: MainWindow, chair: str) -> None:
    """Put the keyboard on a chair, which counts as no touch."""
    window.refresh()
    window.board.focus(chair)


def told(window: MainWindow) -> str:
    return window.toast.text


def test_pause_with_a_reason_and_resume_are_three_keys(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("4"))
    ward.clock.advance(20)
    choose(window, "4")
    typist.press("p")
    ward.clock.advance(1)
    typist.press("l")
    assert told(window) == "Chair 4 · Vancomycin paused at 09:20:00 · saved"
    ward.clock.advance(9)
    typist.press("p")
    assert told(window) == "Chair 4 · Vancomycin resumed at 09:30:00 · saved"
    (pause,) = ward.session(session.id).services[0].pauses
    assert (pause.reason, typist.touches) == ("Line trouble", 3)
    typist.press("u")
    assert told(window) == "Chair 4 · Vancomycin resume taken back · saved"


def test_a_pause_has_a_reason_in_ones_own_words(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("4"))
    choose(window, "4")
    typist.press("p")
    opened = sheet(window)
    assert isinstance(opened, PauseSheet)
    opened.note.edit.setFocus()
    typist.enter("chest x-ray")
    assert ward.session(session.id).services[0].pauses[0].reason == "chest x-ray"


def test_a_letter_of_a_pause_is_none_of_the_board(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("4"))
    choose(window, "4")
    typist.press("p")
    typist.press("x")
    assert sheet_of(window, PauseSheet).note.text == "x"
    assert ward.session(session.id).open_services


def test_a_rate_step_is_two_keys_with_the_plans_next_filled_in(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    ward.clock.advance(30)
    choose(window, "9")
    typist.press("v")
    opened = sheet(window)
    assert isinstance(opened, RateSheet)
    assert opened.stands.text() == "Immune globulin runs at 30 mL/h, step 1 of 4."
    assert (opened.rate.text, opened.go.text()) == ("60", "Record step 2 of 4")
    ward.clock.advance(2)
    typist.press(Qt.Key.Key_Return)
    assert told(window) == "Chair 9 · Immune globulin 60 mL/h, step 2 of 4, at 09:30:00 · saved"
    (rate,) = ward.session(session.id).services[0].rates
    assert (rate.rate_ml_h, typist.touches) == ("60", 2)
    assert window.board.grid.cards[8].view.title_rest == "· step 2 of 4"
    typist.press("u")
    assert told(window) == "Chair 9 · Immune globulin rate taken back · saved"


def test_the_next_step_alone_is_one_key(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    choose(window, "9")
    for rate in ("60", "120", "240"):
        ward.clock.advance(30)
        typist.press("d")
        assert ward.session(session.id).services[0].rates[-1].rate_ml_h == rate
    typist.press("d")
    assert told(window) == "Not done. No further rate step is planned in chair 9."


def test_a_rate_off_the_plan_is_typed_over(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    choose(window, "9")
    typist.press("v")
    opened = sheet(window)
    typist.enter("fast")
    assert opened.problem == "The rate “fast” is not a number over 0; to hold it, pause it."
    opened.rate.edit.selectAll()  # type: ignore[attr-defined]
    typist.enter("7.5")
    assert ward.session(session.id).services[0].rates[0].rate_ml_h == "7.5"
    assert window.board.grid.cards[8].view.title_rest == "· 7.5 mL/h"


def test_the_rate_of_one_of_several_is_asked_for_while_the_others_run(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.start(ward.seat("9"), VANCOMYCIN), GLOBULIN)
    choose(window, "9")
    typist.press("v")
    opened = sheet(window)
    assert isinstance(opened, RateSheet)
    assert (opened.about.taken, opened.rate.text) == ("2", "60"), "the one with steps comes first"
    opened.about.chip("1").click()
    assert opened.rate.text == ""
    opened.rate.edit.setFocus()
    typist.enter("250")
    assert [len(service.rates) for service in ward.session(session.id).services] == [1, 0]


NOT_OVER_0 = "is not a number over 0; to hold it, pause it."
NOT_PLAIN = "is not in plain digits, such as 12.5 or 1,250; to hold it, pause it."
NOT_CLEAR = "is not clear: write decimals with a point, such as 1.5, and a comma only for thousands"
NO_PUMP = "mL/h is more than a pump gives; a rate is at most 2000 mL/h."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", f"The rate “0” {NOT_OVER_0}"),
        ("-5", f"The rate “-5” {NOT_OVER_0}"),
        ("1e3", f"The rate “1e3” {NOT_PLAIN}"),
        ("1_000", f"The rate “1_000” {NOT_PLAIN}"),
        ("1,5", f"The rate “1,5” {NOT_CLEAR}"),
        ("12345", f"12345 {NO_PUMP}"),
        ("1000000000", f"1000000000 {NO_PUMP}"),
        ("1.2345", "A rate has at most 3 decimal places."),
    ],
)
def test_a_rate_that_no_pump_runs_at_is_refused_in_place(
    ward: Ward, window: MainWindow, typist: Typist, typed: str, said: str
) -> None:
    session = ward.start(ward.seat("9"))
    choose(window, "9")
    typist.press("v")
    typist.enter(typed)
    assert sheet(window).problem.startswith(said)
    assert ward.session(session.id).services[0].rates == ()


def test_a_rate_is_asked_for_where_none_is_planned(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.start(ward.seat("9"))
    choose(window, "9")
    typist.press("v")
    typist.press(Qt.Key.Key_Return)
    assert sheet(window).problem == "Type a rate in mL/h."


@pytest.mark.parametrize("letter", ["v", "b"])
def test_a_step_or_a_bag_that_was_not_pressed_in_time_is_told_afterwards(
    ward: Ward, window: MainWindow, typist: Typist, letter: str
) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    ward.clock.advance(42)
    choose(window, "9")
    typist.press(letter)
    opened = sheet(window)
    assert isinstance(opened, RateSheet | BagSheet)
    opened.earlier.button.click()
    typist.enter("8:59")
    assert opened.problem.endswith("would be before the start of Immune globulin.")
    opened.earlier.at.clock.clear()
    typist.enter("99")
    assert opened.problem == "Type a time such as 10:31."
    opened.earlier.at.clock.clear()
    typist.enter("9:31")
    service = ward.session(session.id).services[0]
    (recorded,) = service.rates or service.bags
    assert (recorded.at.at_us, recorded.at.how) == (at("2026-03-02T09:31"), HowKnown.BACK_DATED)
    assert recorded.at.recorded_us == ward.clock.now().wall_us


def test_the_choice_of_an_earlier_time_left_at_the_touch_changes_nothing_of_how_it_is_known(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    choose(window, "9")
    typist.press("b")
    opened = sheet(window)
    assert isinstance(opened, BagSheet)
    opened.earlier.button.click()
    ward.clock.advance(3)
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    (bag,) = ward.session(session.id).services[0].bags
    assert (bag.at.at_us, bag.at.how) == (ward.clock.now().wall_us, HowKnown.PRESSED)


def test_a_paused_infusion_may_be_set_to_a_slower_rate(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    ward.do(session, partial(pause_service, service="1", reason="Reaction"))
    choose(window, "9")
    typist.press("v")
    sheet(window).rate.edit.selectAll()  # type: ignore[attr-defined]
    typist.enter("15")
    service = ward.session(session.id).services[0]
    assert (service.state, service.rates[0].rate_ml_h) == (ServiceState.PAUSED, "15")


def test_a_new_bag_is_two_keys_and_its_lot_one_scan(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    choose(window, "9")
    typist.press("b")
    typist.press(Qt.Key.Key_Return)
    assert typist.touches == 2
    assert told(window) == "Chair 9 · new bag of Immune globulin at 09:00:00 · saved"
    ward.clock.advance(20)
    typist.press("b")
    assert isinstance(sheet(window), BagSheet)
    typist.scan("LOT2208")
    assert told(window) == "Chair 9 · new bag of Immune globulin at 09:20:00, lot LOT2208 · saved"
    assert [bag.lot for bag in ward.session(session.id).services[0].bags] == ["", "LOT2208"]
    typist.press("u")
    assert told(window) == "Chair 9 · Immune globulin new bag taken back · saved"


def test_a_lot_ends_where_the_scanner_says_it_does(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    choose(window, "9")
    typist.press("b")
    typist.scan(f"010036195300001410LOT2208{SEPARATOR}21SERIAL9")
    assert [bag.lot for bag in ward.session(session.id).services[0].bags] == ["LOT2208"]


def test_the_barcode_of_a_bag_gives_its_lot_and_a_typed_lot_is_itself() -> None:
    assert lot_of("0100361953000014172709301010A77") == "10A77"
    assert lot_of(" A77 ") == "A77"
    assert lot_of("10ABC") == "10ABC"
    assert lot_of("0100361953000014" + "99" + "X") == "010036195300001499X"


def test_a_further_site_is_kept_with_its_reason(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("5"))
    choose(window, "5")
    typist.press("i")
    opened = sheet(window)
    assert isinstance(opened, SiteSheet)
    typist.enter("right hand")
    assert opened.problem == "A further access site needs its reason."
    typist.press(Qt.Key.Key_Space)
    typist.press(Qt.Key.Key_Return)
    assert told(window) == "Chair 5 · further site right hand at 09:00:00 · saved"
    (site,) = ward.session(session.id).sites
    assert (site.name, site.reason) == ("right hand", "Drugs do not mix")
    typist.press("u")
    assert told(window) == "Chair 5 · further site taken back · saved"


def test_what_starts_after_a_further_site_runs_there_without_asking_again(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("5"), replace(VANCOMYCIN, site="left forearm"))
    choose(window, "5")
    typist.press("i")
    opened = sheet(window)
    assert isinstance(opened, SiteSheet)
    opened.reason.take("Own line needed")
    typist.enter("right hand")
    typist.press("a")
    typist.enter("infliximab")
    started = ward.session(session.id).services[1]
    assert (started.order.site, len(ward.session(session.id).sites)) == ("right hand", 1)


def test_a_note_is_two_touches_and_may_follow_the_end(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("5"))
    choose(window, "5")
    typist.press("j")
    typist.enter("warm blanket")
    assert typist.touches == 2
    assert told(window) == "Chair 5 · note at 09:00:00 · saved"
    ward.do(ward.session(session.id), end_session)
    window.refresh()
    typist.press("j")
    opened = sheet(window)
    assert isinstance(opened, NoteSheet)
    opened.about.chip("1").click()
    opened.text.edit.setFocus()
    typist.enter("pump alarm twice")
    assert [(note.text, note.service) for note in ward.session(session.id).notes] == [
        ("warm blanket", ""),
        ("pump alarm twice", "1"),
    ]
    assert window.board.panel.notes.shown == ("09:00 “warm blanket” · AK",)
    typist.press("u")
    assert told(window) == "Chair 5 · Vancomycin note taken back · saved"


def test_an_empty_note_is_refused_in_place(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.start(ward.seat("5"))
    choose(window, "5")
    typist.press("j")
    typist.press(Qt.Key.Key_Return)
    assert sheet(window).problem == "The note is empty."


def test_a_reaction_is_noted_and_the_drug_paused_in_three_keys(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.start(ward.seat("3")), SALINE)
    ward.clock.advance(12)
    choose(window, "3")
    typist.press("y")
    assert isinstance(sheet(window), ReactionSheet)
    ward.clock.advance(1)
    typist.press("h")
    typist.press(Qt.Key.Key_Return)
    assert typist.touches == 3
    assert told(window) == "Chair 3 · reaction noted and Vancomycin paused at 09:12:00 · saved"
    drug, fluid = ward.session(session.id).services
    assert (drug.state, fluid.state) == (ServiceState.PAUSED, ServiceState.RUNNING)
    assert drug.pauses[0].reason == "Reaction: hives"
    assert ward.journal.kinds[-2:] == ["note-added", "service-paused"]
    typist.press("u")
    assert told(window) == "Chair 3 · Vancomycin note and pause taken back · saved"
    assert ward.session(session.id).notes == ()


def test_a_reaction_after_all_has_stopped_is_a_note(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.do(ward.seat("3"), end_session)
    choose(window, "3")
    typist.press("y")
    opened = sheet(window)
    assert isinstance(opened, ReactionSheet)
    assert (opened.go.text(), opened.only_button.isVisible()) == ("Note it", False)
    typist.press("c")
    typist.press("n")
    typist.press("c")
    opened.text.edit.setFocus()
    typist.enter("in the car park")
    assert ward.session(session.id).notes[0].text == "Reaction: nausea; in the car park"


def test_a_flush_is_one_key_at_the_site_in_use(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("5"), replace(VANCOMYCIN, site="right hand"))
    choose(window, "5")
    typist.press("f")
    assert told(window) == "Chair 5 · Saline flush given at 09:00:00 · saved"
    typist.press("z")
    _, flush, port = ward.session(session.id).services
    assert (flush.order.route, flush.order.site) == (Route.FLUSH, "right hand")
    assert port.order.route is Route.PORT_FLUSH
    typist.press("u")
    assert told(window) == "Chair 5 · Port flush dose taken back · saved"


def test_one_key_stops_the_drug_and_keeps_the_vein_open_from_the_same_instant(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("5"), replace(VANCOMYCIN, site="right hand"))
    ward.clock.advance(61, us=250_000)
    choose(window, "5")
    typist.press("h")
    assert typist.touches == 1
    assert told(window) == "Chair 5 · Vancomycin stopped, vein kept open from 10:01:00 · saved"
    drug, fluid = ward.session(session.id).services
    assert drug.stop is not None
    assert fluid.start is not None
    assert fluid.start.at_us == drug.stop.at_us
    assert (fluid.order.kvo, fluid.order.category, fluid.order.site) == (
        True, Category.HYDRATION, "right hand",
    )  # fmt: skip
    typist.press("h")
    assert told(window) == "Not done. The vein is kept open already."
    typist.press("u")
    assert told(window) == "Chair 5 · Vancomycin stop and Normal saline (KVO) start taken back · saved"


def test_a_vein_kept_open_does_not_look_like_a_drug_that_runs(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("5"))
    choose(window, "5")
    typist.press("h")
    card = window.board.grid.card("5")
    assert card is not None
    assert card.view.pill == "Vein kept open"
    assert card.view.notes == ("Since 09:00, not billed",)
    window.locking.lock()
    assert window.locking.screen.tiles["5"].shown.word == "Kept open"


def test_of_several_that_run_the_open_vein_asks_which_stops(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.start(ward.seat("5")), GLOBULIN)
    choose(window, "5")
    typist.press("h")
    opened = sheet(window)
    assert isinstance(opened, GroupedSheet)
    assert list(opened.choices) == ["Stop Vancomycin", "Stop Immune globulin"]
    ward.clock.advance(3)
    typist.press("1")
    assert opened.choices["Stop Vancomycin"].hasFocus()
    assert all(service.is_open for service in ward.in_chair("5").services)
    typist.press("2")
    typist.press(Qt.Key.Key_Return)
    vancomycin, globulin, fluid = ward.session(session.id).services
    assert vancomycin.is_open
    assert globulin.stop is not None
    assert fluid.start is not None
    assert globulin.stop.at_us == fluid.start.at_us == ward.clock.now().wall_us - 3 * MINUTE_US
    assert fluid.order.site == "left forearm"


def test_a_vein_is_kept_open_where_nothing_runs(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.seat("5")
    choose(window, "5")
    typist.press("h")
    assert told(window) == "Chair 5 · vein kept open from 09:00:00 · saved"
    assert ward.session(session.id).services[0].order.kvo


def test_stop_and_start_next_is_one_key_and_one_instant(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(ward.start(ward.seat("2")), SALINE)
    ward.clock.advance(60, us=125_000)
    choose(window, "2")
    typist.press("g")
    assert typist.touches == 1
    assert told(window) == "Chair 2 · Vancomycin stopped, Normal saline started at 10:00:00 · saved"
    drug, fluid = ward.session(session.id).services
    assert drug.stop is not None
    assert fluid.start is not None
    assert drug.stop.at_us == fluid.start.at_us
    assert ward.journal.kinds[-2:] == ["service-stopped", "service-started"]
    typist.press("u")
    assert told(window) == "Chair 2 · Vancomycin stop and Normal saline start taken back · saved"
    assert [s.state for s in ward.session(session.id).services] == [
        ServiceState.RUNNING, ServiceState.PLANNED,
    ]  # fmt: skip


def test_what_comes_next_may_be_given_in_one_moment(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.plan(ward.start(ward.seat("2")), HEPARIN)
    choose(window, "2")
    typist.press("g")
    assert told(window) == "Chair 2 · Vancomycin stopped, Heparin given at 09:00:00 · saved"
    assert not ward.session(session.id).open_services


def test_without_a_next_nothing_stops(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("2"))
    choose(window, "2")
    typist.press("g")
    assert told(window) == "Not done. Nothing further is planned in chair 2; A adds a service."
    assert ward.session(session.id).open_services


def test_of_several_that_run_the_next_asks_which_stops(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(ward.start(ward.start(ward.seat("2")), SALINE), GLOBULIN)
    choose(window, "2")
    stamped = ward.clock.now().wall_us
    typist.press("g")
    ward.clock.advance(2)
    typist.press(Qt.Key.Key_Up)
    typist.press(Qt.Key.Key_Return)
    vancomycin, saline, globulin = ward.session(session.id).services
    assert vancomycin.stop is not None
    assert globulin.start is not None
    assert (vancomycin.stop.at_us, globulin.start.at_us, saline.is_open) == (stamped, stamped, True)


def test_a_paused_drug_is_stopped_for_the_next_too(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.plan(ward.start(ward.seat("2")), SALINE)
    ward.do(session, partial(pause_service, service="1"))
    choose(window, "2")
    typist.press("g")
    assert [s.state for s in ward.session(session.id).services] == [
        ServiceState.STOPPED, ServiceState.RUNNING,
    ]  # fmt: skip


def test_a_move_is_two_touches_and_every_timer_goes_on(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("2"))
    ward.clock.advance(31)
    choose(window, "2")
    typist.press("c")
    assert isinstance(sheet(window), MoveSheet)
    typist.enter("11")
    assert typist.touches == 2
    assert told(window) == "Chair 2 · moved to chair 11 at 09:31:00 · saved"
    moved = ward.session(session.id)
    assert (moved.chair, moved.services[0].is_open, window.board.chair) == ("11", True, "11")
    assert window.board.panel.notes.shown == ("09:31 moved from chair 2 · AK",)
    typist.press("u")
    assert told(window) == "Chair 11 · move from chair 2 taken back · saved"
    assert ward.session(session.id).chair == "2"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("5", "Chair 5 is taken."), ("99", "There is no chair 99."), ("", "Type a chair, or touch one.")],
)
def test_a_move_that_cannot_be_is_refused_in_place(
    ward: Ward, window: MainWindow, typist: Typist, typed: str, why: str
) -> None:
    session = ward.start(ward.seat("2"))
    ward.seat("5", mrn="0009999")
    choose(window, "2")
    typist.press("c")
    typist.enter(typed)
    assert sheet(window).problem == why
    assert ward.session(session.id).chair == "2"


@pytest.mark.parametrize("letter", list("gvdbhfzic"))
def test_after_the_end_what_needs_the_patient_is_refused_with_its_reason(
    ward: Ward, window: MainWindow, typist: Typist, letter: str
) -> None:
    session = ward.do(ward.start(ward.seat("2")), end_session)
    stored = len(ward.journal.kinds)
    choose(window, "2")
    typist.press(letter)
    assert told(window) == "Not done. The session in chair 2 has ended."
    assert (len(ward.journal.kinds), ward.session(session.id).stage) == (stored, Stage.ENDED)


@pytest.mark.parametrize("letter", ["v", "b"])
def test_where_nothing_runs_there_is_no_rate_and_no_bag(
    ward: Ward, window: MainWindow, typist: Typist, letter: str
) -> None:
    ward.seat("2")
    choose(window, "2")
    typist.press(letter)
    assert told(window) == "Not done. No infusion runs in chair 2."


@pytest.mark.parametrize("letter", ["v", "b"])
def test_a_watch_over_a_patient_has_no_rate_and_no_bag(
    ward: Ward, window: MainWindow, typist: Typist, letter: str
) -> None:
    ward.start(ward.seat("2"), WATCH)
    choose(window, "2")
    typist.press(letter)
    assert told(window) == "Not done. No infusion runs in chair 2."


def test_the_vein_is_kept_open_beside_a_watch_that_goes_on(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("2"), WATCH)
    choose(window, "2")
    typist.press("h")
    assert [s.is_open for s in ward.session(session.id).services] == [True, True]


@pytest.mark.parametrize("letter", list("ogvdbhfzyjic"))
def test_a_free_chair_says_so(ward: Ward, window: MainWindow, typist: Typist, letter: str) -> None:
    choose(window, "2")
    typist.press(letter)
    assert told(window) == "Not done. Chair 2 is free."
    assert ward.journal.kinds == []


def test_the_panel_tells_rates_bags_notes_and_the_reason_of_a_site(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("9"), GLOBULIN)
    ward.clock.advance(30)
    ward.do(session, partial(change_rate, service="1", rate_ml_h="60"))
    choose(window, "9")
    typist.press("b")
    typist.enter("A77")
    typist.press("j")
    opened = sheet(window)
    assert isinstance(opened, NoteSheet)
    opened.about.take("1")
    typist.enter("tolerated well")
    ward.do(ward.session(session.id), partial(open_site, site="right hand", reason="Own line needed"))
    ward.start(ward.session(session.id), replace(SALINE, site="right hand"))
    window.refresh()
    view = window.board.panel.view
    assert view is not None
    assert view.services[1].notes == ("right hand: “Own line needed”",)
    assert view.notes == ("09:30 further site right hand: “Own line needed” · AK",)
    assert view.services[0].notes == (
        "60 mL/h since 09:30 · step 2 of 4 · before 30",
        "new bag 09:30 · lot A77",
        "09:30 “tolerated well” · AK",
    )


def test_a_scan_behind_more_does_nothing(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("3"))
    choose(window, "3")
    typist.press("o")
    stored = len(ward.journal.kinds)
    QTest.keyClicks(focused(), "XHFGE")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert len(ward.journal.kinds) == stored
    assert ward.session(session.id).open_services
    assert "Scanned" in sheet(window).problem


@pytest.mark.parametrize("typed", ["4000", "2000.1", "9999"])
def test_a_rate_that_no_pump_gives_is_refused_in_place(
    ward: Ward, window: MainWindow, typist: Typist, typed: str
) -> None:
    ward.start(ward.seat("9"), GLOBULIN)
    choose(window, "9")
    typist.press("v")
    typist.enter(typed)
    told = f"{typed} mL/h is more than a pump gives; a rate is at most 2000 mL/h."
    assert sheet(window).problem == told
    assert "rate-changed" not in ward.journal.kinds
    sheet_of(window, RateSheet).rate.edit.selectAll()
    typist.enter("2000")
    assert ward.journal.kinds[-1] == "rate-changed"


def test_a_reason_that_is_typed_at_once_is_written_and_is_no_row_of_letters(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("5"))
    choose(window, "5")
    typist.press("p")
    opened = sheet_of(window, PauseSheet)
    typist.press("M")
    typist.type("D called")
    assert opened.note.text == "MD called"
    assert window.sheets.sheet is opened
    typist.press(Qt.Key.Key_Return)
    pause = ward.in_chair("5").services[0].open_pause
    assert pause is not None
    assert pause.reason == "MD called"


def test_a_reason_typed_in_a_hurry_is_written_too(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    ward.start(ward.seat("5"))
    choose(window, "5")
    typist.press("p")
    opened = sheet_of(window, PauseSheet)
    QTest.keyClicks(focused(), "Leak")
    qtbot.waitUntil(lambda: opened.note.text == "Leak")
    assert all(service.open_pause is None for service in ward.in_chair("5").services)
