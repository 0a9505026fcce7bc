"""Every state of a card, roomy and dense, at every size: what it says is whole and within its edges."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from desktop_app.core.care import pause_service
from desktop_app.core.stay import end_session
from desktop_app.ui.board.card_names import short_site
from desktop_app.ui.board.card_paint import TIME
from desktop_app.ui.board.density import Density
from desktop_app.ui.cut import shortened
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, Ward
from tests.ui.every_state import PILLS, fill

SIZES = ((1440, 900), (1280, 720))


def choose(ward: Ward, window: MainWindow, key: str, value: str) -> None:
    """Choose a setting on its page, as a person does."""
    window.show_page("settings")
    entry = window.settings.entries[key]
    if entry.choice is not None:
        entry.choice.chip(value).click()
    else:
        entry.field.edit.setText(value)
        entry.field.edit.editingFinished.emit()
    assert ward.settings.values[key] == value
    window.show_page("board")


def test_every_state_is_told_by_its_word(ward: Ward, window: MainWindow) -> None:
    fill(ward)
    window.refresh()
    assert {card.view.chair: card.view.pill for card in window.board.grid.cards[:9]} == PILLS


@pytest.mark.parametrize("density", ["roomy", "dense"])
@pytest.mark.parametrize("percent", ["80", "100", "150"])
@pytest.mark.parametrize("size", SIZES)
def test_the_time_is_34_pixels_and_fits_beside_the_buttons(
    ward: Ward, window: MainWindow, density: str, percent: str, size: tuple[int, int]
) -> None:
    fill(ward)
    window.resize(*size)
    choose(ward, window, "text-size", percent)
    choose(ward, window, "density", density)
    layout = window.board.grid.layout_in_force
    metrics = QFontMetrics(window.theme.font(TIME, bold=True))
    for card in window.board.grid.cards[:4]:
        box = layout.time_box(window.theme, card.rect())
        assert metrics.horizontalAdvance(card.view.time) <= box.width(), card.view.time
        assert card.rect().contains(box)
        assert not any(button.isVisible() and button.geometry().intersects(box) for button in card.buttons)


@pytest.mark.parametrize("density", ["roomy", "dense"])
@pytest.mark.parametrize("percent", ["80", "100", "150"])
def test_the_buttons_of_every_card_stay_large_whole_and_within_it(
    ward: Ward, window: MainWindow, density: str, percent: str
) -> None:
    fill(ward)
    choose(ward, window, "density", density)
    choose(ward, window, "text-size", percent)
    shown = [button for card in window.board.grid.cards for button in card.buttons if button.isVisible()]
    assert len(shown) > 10
    for button in shown:
        assert min(button.width(), button.height()) >= 40
        card = button.parentWidget()
        assert card is not None
        assert card.rect().contains(button.geometry())
        assert button.accessibleName()
        if density == "roomy":
            words = QFontMetrics(window.theme.font(13, bold=True)).horizontalAdvance(button.text())
            assert words <= button.width() - window.theme.px(8), button.text()
        else:
            assert button.toolTip()


@pytest.mark.parametrize("chairs", ["1", "12", "40", "60"])
def test_cards_stand_beside_and_below_each_other_and_never_over(
    ward: Ward, window: MainWindow, chairs: str
) -> None:
    choose(ward, window, "chairs", chairs)
    for density in Density:
        choose(ward, window, "density", density.value)
        places = [card.geometry() for card in window.board.grid.cards]
        assert len(places) == int(chairs)
        assert not any(overlaps(place, places[at + 1 :]) for at, place in enumerate(places))
        assert max(place.right() for place in places) <= window.board.grid.viewport().width()


def overlaps(place: QRect, others: list[QRect]) -> bool:
    return any(place.intersects(other) for other in others)


def test_dense_cards_show_forty_chairs_on_one_large_screen(ward: Ward, window: MainWindow) -> None:
    choose(ward, window, "chairs", "40")
    choose(ward, window, "density", "dense")
    window.resize(1920, 1040)
    grid = window.board.grid
    assert grid.cards[-1].geometry().bottom() <= grid.viewport().height()
    choose(ward, window, "density", "roomy")
    assert grid.cards[-1].geometry().bottom() > grid.viewport().height()


def test_a_dense_card_s_buttons_do_what_they_say(ward: Ward, window: MainWindow) -> None:
    fill(ward)
    choose(ward, window, "density", "dense")
    stop = window.board.grid.cards[0].buttons[0]
    assert (stop.toolTip(), stop.accessibleName()) == ("Stop", "Stop, chair 1")
    stop.click()
    assert not ward.in_chair("1").open_services


def test_in_the_middle_of_a_plan_the_next_of_it_has_the_whole_foot_of_the_card(
    ward: Ward, window: MainWindow
) -> None:
    ward.plan(ward.start(ward.seat("1"), DIPHENHYDRAMINE))
    window.refresh()
    card = window.board.grid.card("1")
    assert card is not None
    assert [button.text for button in card.view.buttons] == ["Start Vancomycin"]


def test_a_dose_is_never_cut_off(window: MainWindow) -> None:
    letters = window.theme.letters(13, bold=True)
    shown = shortened("Immune globulin (Gammagard liquid) 40000 mg", "40000 mg", letters, 150)
    assert shown.startswith("Immune")
    assert shown.endswith("… 40000 mg")
    assert letters.horizontalAdvance(shown) <= 150


@pytest.mark.parametrize(
    ("site", "short"),
    [("left forearm", "L forearm"), ("Right hand", "R hand"), ("port", "port"), ("left", "left")],
)
def test_a_side_is_written_short_where_there_is_no_room(site: str, short: str) -> None:
    assert short_site(site) == short


def test_what_else_runs_is_counted_where_its_name_has_no_room(ward: Ward, window: MainWindow) -> None:
    fill(ward)
    window.refresh()
    view = window.board.grid.cards[1].view
    assert (view.title_rest, view.rest_short) == ("+ Normal saline", "+1")
    assert view.title_end == "400 mg"


@pytest.mark.parametrize(
    ("names", "who", "begins"),
    [
        ("initials", "R. M. · ••4821", "Chair 1, R. M., "),
        ("digits", "••4821", "Chair 1, ••4821, "),
        ("none", "", "Chair 1, "),
    ],
)
def test_a_card_names_its_patient_no_further_than_the_setting_says(
    ward: Ward, window: MainWindow, names: str, who: str, begins: str
) -> None:
    ward.start(ward.seat("1"))
    choose(ward, window, "card-names", names)
    card = window.board.grid.cards[0]
    assert card.view.who == who
    assert card.accessibleName().startswith(f"{begins}Vancomycin")
    assert ward.in_chair("1").initials == "RM"


def test_an_empty_board_says_its_first_step_until_somebody_sits(ward: Ward, window: MainWindow) -> None:
    window.refresh()
    steps = window.board.panel.first_steps
    assert steps.isVisible()
    assert "press Enter on a chair" in steps.accessibleName()
    ward.seat("1")
    window.refresh()
    assert not steps.isVisible()


def test_who_works_here_is_in_force_at_once(ward: Ward, window: MainWindow) -> None:
    choose(ward, window, "actor", "BN")
    assert window.rail.user.text() == "BN"
    ward.start(ward.seat("1"))
    assert {recorded.stamp.actor for recorded in ward.journal.since(0)} == {"BN"}


def test_the_payer_is_chosen_among_those_that_fit(ward: Ward, window: MainWindow) -> None:
    choose(ward, window, "profile", "commercial")
    choose(ward, window, "setting", "facility")
    window.show_page("settings")
    choice = window.settings.entries["profile"].choice
    assert choice is not None
    assert choice.taken == "commercial"


def test_of_a_service_without_a_stop_the_time_is_told_as_far_as_it_is_known(
    ward: Ward, window: MainWindow
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(80)
    session = ward.do(session, partial(pause_service, service="1", reason="reaction"))
    ward.clock.advance(30)
    ward.do(session, end_session)
    window.refresh()
    card = window.board.grid.card("1")
    assert card is not None
    assert card.view.time == "1:20 + stop missing"
