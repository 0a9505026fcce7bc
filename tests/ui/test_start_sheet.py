"""The start sheet before and while letters are typed: the usual drugs, a place that stays, whole codes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.desk import Desk
from desktop_app.core.events import Recorded
from desktop_app.core.orders import Category
from desktop_app.core.ports import JournalError
from desktop_app.ui.drug_book import BookDrug
from desktop_app.ui.offers import Offer
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from desktop_app.ui.words import short_name
from tests.fakes import SequentialIdentities
from tests.ui.conftest import DIPHENHYDRAMINE, VANCOMYCIN, Ward
from tests.ui.hands import Mouse, Typist, focused, sheet
from tests.ui.stand_ins import DRUGS

ROW = 40


def start_sheet(window: MainWindow, typist: Typist, chair: str) -> StartSheet:
    window.refresh()
    typist.press(chair)
    typist.press("a")
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    return opened


def rows(opened: StartSheet) -> list[str]:
    return [opened.list.item(at).text() for at in range(opened.list.count())]


def test_before_letters_the_drugs_given_last_are_offered_newest_first(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("1"), VANCOMYCIN)
    ward.clock.advance(5)
    ward.start(session, DIPHENHYDRAMINE)
    ward.seat("2", mrn="0009940")
    assert rows(start_sheet(window, typist, "2")) == ["Diphenhydramine", "Vancomycin"]


def test_where_nothing_was_given_yet_the_first_of_the_table_are_offered(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("2")
    opened = start_sheet(window, typist, "2")
    assert rows(opened) == [drug.name for drug in DRUGS.all()[:6]]
    assert opened.list.height() == 6 * ROW


def test_enter_alone_starts_none_of_the_offered_drugs(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.seat("2")
    opened = start_sheet(window, typist, "2")
    typist.press(Qt.Key.Key_Return)
    assert opened.problem == "Type a drug or a fluid first."
    assert ward.session(session.id).services == ()


def test_the_mouse_alone_starts_an_offered_drug(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    session = ward.seat("2")
    opened = start_sheet(window, typist, "2")
    mouse = Mouse(qtbot)
    mouse.click_at(opened.list.viewport(), QPoint(60, 2 * ROW + ROW // 2))
    mouse.click(opened.go)
    (service,) = ward.session(session.id).services
    assert service.order.drug == "Vancomycin"


def test_nothing_of_the_sheet_moves_while_letters_are_typed(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.seat("2")
    opened = start_sheet(window, typist, "2")
    places = set()
    for letter in "infxq":
        QTest.keyClicks(focused(), letter)
        window.grab()
        places.add((opened.geometry().getRect(), opened.way.usual.y()))
    assert len(places) == 1
    assert opened.free_text.isVisible()


def test_planned_minutes_of_a_push_cannot_be_typed(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.seat("2")
    opened = start_sheet(window, typist, "2")
    opened.way.chip("push").click()
    assert not opened.planned.edit.isEnabled()
    opened.way.chip("infusion").click()
    assert opened.planned.edit.isEnabled()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Infliximab reference brand or unbranded", ("Infliximab", "reference brand or unbranded")),
        ("Infliximab, not biosimilar", ("Infliximab", "not biosimilar")),
        ("Pemetrexed, unspecified source", ("Pemetrexed", "unspecified source")),
        ("Normal saline, 500 mL", ("Normal saline, 500 mL", "")),
        ("Vancomycin", ("Vancomycin", "")),
    ],
)
def test_a_long_name_of_the_table_is_shown_short(name: str, shown: tuple[str, str]) -> None:
    assert short_name(name) == shown


def test_a_long_name_is_shortened_and_code_and_unit_are_not(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    def right_end(name: str) -> bytes:
        drug = BookDrug(name, "", "J1745", Decimal(10), "mg", Category.CHEMO)
        opened.list.show_offers([Offer(drug)], choose=-1)
        shown = opened.list.viewport().grab().toImage()
        kept = shown.copy(shown.width() - 90, 0, 90, ROW)
        return bytes(kept.constBits())

    ward.seat("2")
    opened = start_sheet(window, typist, "2")
    long, longer = "Immune globulin of a very long name " * 2, "Immune globulin of a very long name " * 3
    assert right_end(long) == right_end(longer)
    assert right_end(long) != right_end("Vancomycin")


def test_drugs_of_the_days_before_are_offered_behind_those_of_the_board(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    yesterday = Ward(ward.clock, ward.journal, ward.settings, ward.billing, another_desk(ward))
    yesterday.stop(yesterday.start(yesterday.seat("3"), VANCOMYCIN))
    ward.clock.advance(24 * 60)
    assert not ward.desk.suite.sessions
    ward.start(ward.seat("1"), DIPHENHYDRAMINE)
    ward.seat("2", mrn="0009940")
    assert rows(start_sheet(window, typist, "2")) == ["Diphenhydramine", "Vancomycin"]


def another_desk(ward: Ward) -> Desk:
    """Return a desk over the same journal, whose sessions the window has not at hand."""
    names = SequentialIdentities("earlier")
    return Desk(
        journal=ward.journal, clock=ward.clock, names=names, chairs=ward.settings.chairs(), actor="AK"
    )


def test_what_was_begun_lately_is_read_when_the_first_sheet_opens_and_once(
    ward: Ward, window: MainWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []
    newest = ward.journal.newest

    def read(kinds: Sequence[str], most: int) -> tuple[Recorded, ...]:
        reads.append(most)
        return newest(kinds, most)

    monkeypatch.setattr(ward.journal, "newest", read)
    ward.seat("2")
    window.refresh()
    assert reads == []
    for _ in range(2):
        start_sheet(window, typist, "2")
        window.sheets.close_sheet()
    assert reads == [400]


def test_a_journal_that_cannot_be_read_now_keeps_nobody_from_a_start(
    ward: Ward, window: MainWindow, typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> tuple[Recorded, ...]:
        raise JournalError("The database could not be read.")

    monkeypatch.setattr(ward.journal, "newest", unreadable)
    ward.seat("2")
    assert len(rows(start_sheet(window, typist, "2"))) == 6
