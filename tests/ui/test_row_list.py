"""A long list: only what is seen is put into words, and its columns stand in one line or in two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.row_columns import Column, Columns
from desktop_app.ui.widgets.row_list import RowList
from desktop_app.ui.widgets.row_model import Cell, Link, RowsModel, RowView
from desktop_app.ui.window import MainWindow

COLUMNS = (Column("Who", 120), Column("What", 150, goes_below=True), Column("Hours", 40, at_right=True))
MANY = 12_000


class Shelf:
    """Describes numbers as rows, and counts how often."""

    def __init__(self) -> None:
        self.described: list[int] = []
        self.ticked: set[int] = set()

    def describe(self, number: int) -> RowView:
        self.described.append(number)
        if number < 0:
            return RowView(key="", spoken="A heading")
        cells = (Cell(f"Row {number}"), Cell("something"), Cell(str(number)))
        return RowView(
            key=str(number), spoken=f"row {number}", cells=cells, tick=number in self.ticked,
            links=(Link("do", "do it"),), tip="more of it",
        )  # fmt: skip

    @staticmethod
    def stamp(number: int) -> tuple[str, int]:
        return (str(number) if number >= 0 else "", number)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def rows(window: MainWindow, shelf: Shelf) -> RowList:
    columns = Columns(window.theme, COLUMNS, ticks=True, links=80)
    made = RowList(window.theme, "Rows", RowsModel(shelf.describe, shelf.stamp), columns)
    made.setParent(window)
    made.setGeometry(0, 0, 700, 400)
    made.show()
    return made


def test_of_a_long_list_only_what_is_seen_is_put_into_words_and_once(
    rows: RowList, shelf: Shelf, qtbot: QtBot
) -> None:
    rows.show_items(range(MANY))
    qtbot.waitUntil(lambda: bool(shelf.described))
    QTest.qWait(0)
    seen = 400 // rows.row_height() + 2
    assert len(set(shelf.described)) <= seen
    assert len(shelf.described) == len(set(shelf.described))
    rows.scrollToBottom()
    qtbot.waitUntil(lambda: MANY - 1 in shelf.described)
    assert len(set(shelf.described)) <= 3 * seen


def test_what_has_not_changed_is_not_put_into_words_again(rows: RowList, shelf: Shelf) -> None:
    rows.show_items((1, 2, 3))
    rows.stand_on("2")
    for at in range(3):
        rows._rows.view(at)  # noqa: SLF001 - as when they are drawn
    shelf.described.clear()
    rows.show_items((1, 7, 3))
    for at in range(3):
        rows._rows.view(at)  # noqa: SLF001 - as above
    assert shelf.described == [7]


def test_the_list_stays_where_it_is_while_that_row_is_there(rows: RowList) -> None:
    rows.show_items((1, 2, 3))
    rows.stand_on("3")
    rows.show_items((0, 1, 2, 3))
    assert rows.current is not None
    assert rows.current.key == "3"
    rows.show_items((0, 1))
    assert rows.current is not None
    assert rows.current.key == "0"


def test_a_heading_is_passed_over_and_spoken_as_it_is(rows: RowList) -> None:
    rows.show_items((1, -1, 2))
    rows.setFocus()
    rows.stand_on("1")
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current is not None
    assert rows.current.key == "2"
    model = rows.model()
    assert model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole) == "A heading"
    assert model.flags(model.index(1, 0)) == Qt.ItemFlag.NoItemFlags


def test_a_row_tells_its_words_its_box_and_what_lies_under_the_mouse(rows: RowList, shelf: Shelf) -> None:
    shelf.ticked = {2}
    rows.show_items((1, 2))
    model = rows.model()
    second = model.index(1, 0)
    assert model.data(second) == "row 2"
    assert model.data(second, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.data(model.index(0, 0), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert model.data(second, Qt.ItemDataRole.ToolTipRole) == "more of it"
    assert model.flags(second) & Qt.ItemFlag.ItemIsUserCheckable


@pytest.mark.parametrize("width", range(240, 1400, 97))
def test_columns_stand_beside_each_other_inside_their_row(window: MainWindow, width: int) -> None:
    columns = Columns(window.theme, COLUMNS, ticks=True, links=80)
    placed = columns.place(width)
    in_line = [place for at, place in enumerate(placed.cells) if placed.is_wide or at != 1]
    for one, other in pairwise(in_line):
        assert one.right() < other.left()
    assert placed.is_wide == (width >= 500)
    assert placed.tick.right() < placed.cells[0].left()
    if width >= 400:
        assert in_line[-1].right() < placed.links.left()
        assert placed.links.right() < width
        assert placed.cells[1].right() < width
    if not placed.is_wide:
        assert placed.cells[1].top() > placed.cells[0].center().y()
        assert placed.cells[1].bottom() <= columns.row_height(width)
