"""Columns of tables: chosen, copied, changed beside real lines, kept, used, deleted."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.layouts import Layout, LayoutColumn, joins_modifiers, with_modifiers
from desktop_app.layout_files import read_kept, ready_layouts
from desktop_app.ui.layout_names import free_name
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.column_sheet import OWN_TEXT, ColumnSheet
from desktop_app.ui.sheets.layout_sheet import NOBODY, LayoutSheet
from desktop_app.ui.sheets.layouts import LayoutsSheet
from desktop_app.ui.sheets.preview import PreviewSheet
from desktop_app.ui.widgets.table_grid import TableGrid
from desktop_app.ui.window import MainWindow
from tests.ui.billing_day import practise
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, sheet_of
from tests.ui.test_send_card import batch_in, card_of, over, ready, tab_to

COMPLETE, COMPACT = ready_layouts()["complete"].layout, ready_layouts()["compact"].layout


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "billing"
    folder.mkdir()
    return folder


def heads(grid: TableGrid) -> list[str]:
    found = (grid.horizontalHeaderItem(at) for at in range(grid.columnCount()))
    return [item.text() for item in found if item is not None]


def cells(grid: TableGrid, row: int = 0) -> list[str]:
    found = (grid.item(row, at) for at in range(grid.columnCount()))
    return [item.text() for item in found if item is not None]


def opened(window: MainWindow, mouse: Mouse, name: str) -> LayoutsSheet:
    """Open the layouts from the card, with one of them chosen."""
    mouse.click(window.export.card.formats.columns)
    sheet = sheet_of(window, LayoutsSheet)
    names = [layout.name for layout in window.station.billing.sends.layouts.all()]
    sheet.list.setCurrentRow(names.index(name))
    return sheet


def copied(window: MainWindow, mouse: Mouse, name: str = "compact") -> LayoutSheet:
    """Begin a copy of a layout."""
    mouse.click(opened(window, mouse, name).copy)
    return sheet_of(window, LayoutSheet)


def kept(ward: Ward, name: str) -> Layout:
    return read_kept(ward.billing.folder / "layouts" / f"{name}.toml").layout


def test_the_three_that_are_there_show_real_lines_and_cannot_be_changed(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    ready(ward, window)
    card_of(window, out, "csv")
    for name in ("compact", "complete", "hospital"):
        sheet = opened(window, mouse, name)
        assert heads(sheet.grid) == [column.head for column in ready_layouts()[name].layout.columns]
        assert "96365" in cells(sheet.grid)
        assert not sheet.change.isEnabled()
        assert not sheet.delete.isEnabled()
        mouse.click(sheet.back)


def test_the_layout_that_is_chosen_is_said_used_and_remembered(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    card = card_of(window, out, "csv")
    assert card.formats.told.text() == "Columns: Complete table"
    mouse.click(opened(window, mouse, "compact").use)
    assert card.formats.told.text() == "Columns: Practice management, compact"
    card.send()
    over(qtbot, window)
    with (batch_in(out) / "lines.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.reader(file)) == [column.head for column in COMPACT.columns]
    assert ward.settings.get("export-layout") == "compact"


def test_a_copy_is_changed_beside_real_lines_saved_and_used(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    card = card_of(window, out, "csv", "xlsx")
    sheet = copied(window, mouse)
    sheet.title.set_text("Our system")
    mouse.click(sheet.form.choices["dates"].chip("2"))
    assert "20260302" in cells(sheet.grid)
    mouse.click(sheet.form.choices["delimiter"].chip("1"))
    mouse.click(sheet.form.choices["modifiers"].chip("joined"))
    assert "Modifiers" in heads(sheet.grid)
    assert "Mod 1" not in heads(sheet.grid)
    sheet.rows.list.setCurrentRow(0)
    mouse.click(sheet.rows.later)
    assert heads(sheet.grid)[:2] == ["Visit ID", "Charge ID"]
    mouse.click(sheet.go)
    assert sheet_of(window, LayoutsSheet).layout_chosen().name == "our-system"
    mouse.click(sheet_of(window, LayoutsSheet).use)
    card.send()
    over(qtbot, window)
    head = (batch_in(out) / "lines.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("Visit ID;Charge ID;Action;")
    assert joins_modifiers(kept(ward, "our-system"))


def test_a_column_is_added_renamed_needed_and_taken_out(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    ready(ward, window)
    card_of(window, out, "csv")
    mouse.click(copied(window, mouse).rows.add)
    column = sheet_of(window, ColumnSheet)
    column.search.set_text("minutes")
    assert column.head.text == "minutes"
    column.head.edit.setText("Min.")
    column.head.edit.textEdited.emit("Min.")
    mouse.click(column.needed)
    mouse.click(column.go)
    sheet = sheet_of(window, LayoutSheet)
    assert heads(sheet.grid)[1] == "Min."
    assert sheet.rows.list.currentRow() == 1
    mouse.click(sheet.rows.add)
    column = sheet_of(window, ColumnSheet)
    column.search.set_text(OWN_TEXT)
    column.fixed.set_text("01")
    column.head.set_text("Site")
    mouse.click(column.go)
    sheet = sheet_of(window, LayoutSheet)
    assert cells(sheet.grid)[1:3] == ["30", "01"]
    sheet.rows.list.setCurrentRow(0)
    mouse.click(sheet.rows.remove)
    assert heads(sheet.grid)[:2] == ["Min.", "Site"]
    assert "It leaves out the line id" in sheet.warned.text()
    mouse.click(sheet.go)
    saved = kept(ward, "practice-management-compact-copy")
    assert saved.columns[:2] == (
        LayoutColumn(head="Min.", take="minutes", needed=True),
        LayoutColumn(head="Site", fixed="01"),
    )


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("", "A column needs a heading."),
        ("charge id", "Another column is called “charge id”; call this one charge id 2."),
        ("x" * 61, "A heading has at most 60 characters."),
    ],
)
def test_a_heading_that_cannot_be_says_why_in_place(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path, head: str, said: str
) -> None:
    ready(ward, window)
    card_of(window, out, "csv")
    mouse.click(copied(window, mouse).rows.add)
    column = sheet_of(window, ColumnSheet)
    column.head.set_text(head)
    mouse.click(column.go)
    assert column.problem == said
    assert focused() is column.head.edit
    assert sheet_of(window, ColumnSheet) is column


def test_a_layout_without_a_title_or_with_a_formula_for_a_heading_is_not_kept(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    ready(ward, window)
    card_of(window, out, "csv")
    sheet = copied(window, mouse)
    sheet.title.set_text("")
    mouse.click(sheet.go)
    assert sheet.problem == "A layout needs a name that people read."
    mouse.click(sheet.rows.change)
    column = sheet_of(window, ColumnSheet)
    column.head.set_text("=1+1")
    mouse.click(column.go)
    sheet = sheet_of(window, LayoutSheet)
    sheet.title.set_text("Ours")
    mouse.click(sheet.go)
    assert "a heading that does not begin like a formula" in sheet.problem
    assert not (ward.billing.folder / "layouts").exists()


def test_one_of_the_practice_s_own_is_changed_under_its_name_and_deleted_after_a_question(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    ready(ward, window)
    card = card_of(window, out, "csv")
    sheet = copied(window, mouse)
    sheet.title.set_text("Ours")
    mouse.click(sheet.go)
    mouse.click(sheet_of(window, LayoutsSheet).use)
    mouse.click(opened(window, mouse, "ours").change)
    sheet = sheet_of(window, LayoutSheet)
    sheet.title.set_text("Ours, new")
    mouse.click(sheet.go)
    assert kept(ward, "ours").title == "Ours, new"
    mouse.click(sheet_of(window, LayoutsSheet).delete)
    asking = sheet_of(window, ChooseSheet)
    assert focused() is asking.back
    mouse.click(asking.choices["Delete it"])
    assert list((ward.billing.folder / "layouts").iterdir()) == []
    mouse.click(sheet_of(window, LayoutsSheet).back)
    card.formats.renew()
    assert card.formats.told.text() == "The layout ours cannot be used any more. Columns: Complete table"


def test_a_layout_that_was_changed_outside_is_left_alone_and_said(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    ready(ward, window)
    card_of(window, out, "csv")
    sheet = copied(window, mouse)
    sheet.title.set_text("Ours")
    mouse.click(sheet.go)
    path = ward.billing.folder / "layouts" / "ours.toml"
    path.write_text("# mine\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    mouse.click(sheet_of(window, LayoutsSheet).change)
    mouse.click(sheet_of(window, LayoutSheet).go)
    assert "was changed outside the program" in sheet_of(window, LayoutSheet).problem
    assert path.read_text(encoding="utf-8").startswith("# mine\n")


def test_the_keyboard_alone_makes_a_layout(ward: Ward, window: MainWindow, typist: Typist, out: Path) -> None:
    ready(ward, window)
    card = card_of(window, out, "csv")
    tab_to(lambda: focused() is card.formats.columns)
    typist.press(Qt.Key.Key_Return)
    layouts = sheet_of(window, LayoutsSheet)
    assert focused() is layouts.list
    typist.press(Qt.Key.Key_Up)
    assert layouts.layout_chosen().name == "compact"
    tab_to(lambda: focused() is layouts.copy)
    typist.press(Qt.Key.Key_Return)
    sheet = sheet_of(window, LayoutSheet)
    assert focused() is sheet.rows.list
    typist.press(Qt.Key.Key_Down)
    tab_to(lambda: focused() is sheet.rows.earlier)
    typist.press(Qt.Key.Key_Space)
    assert heads(sheet.grid)[:2] == ["Visit ID", "Charge ID"]
    tab_to(lambda: focused() is sheet.form.choices["dates"].chip("1"))
    typist.press(Qt.Key.Key_Left)
    tab_to(lambda: focused() is sheet.grid)
    typist.press(Qt.Key.Key_Tab)
    assert focused() is not sheet.grid
    tab_to(lambda: focused() is sheet.go)
    typist.press(Qt.Key.Key_Return)
    assert kept(ward, "practice-management-compact-copy").columns[0].head == "Visit ID"


def test_without_a_signed_session_the_headings_are_shown_alone(
    window: MainWindow, mouse: Mouse, out: Path
) -> None:
    card_of(window, out, "csv")
    sheet = opened(window, mouse, "compact")
    assert sheet.told.text() == NOBODY
    assert heads(sheet.grid) == [column.head for column in COMPACT.columns]


def test_modifiers_are_joined_and_split_where_they_stand() -> None:
    joined = with_modifiers(COMPACT, joined=True)
    at = [column.head for column in COMPACT.columns].index("Mod 1")
    assert joined.columns[at] == LayoutColumn(head="Modifiers", take="modifiers")
    assert len(joined.columns) == len(COMPACT.columns) - 3
    again = with_modifiers(joined, joined=False)
    assert [column.take for column in again.columns] == [column.take for column in COMPACT.columns]
    plain = with_modifiers(COMPLETE, joined=True)
    assert LayoutColumn(head="modifiers", take="modifiers") in plain.columns
    assert with_modifiers(plain, joined=False) == COMPLETE


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Our system", "our-system"),
        ("Ünser Système, 2", "unser-systeme-2"),
        ("CON", "layout-con"),
        ("!!!", "layout"),
        ("complete", "complete-2"),
        ("x" * 80, "x" * 32),
    ],
)
def test_a_title_becomes_a_name_that_a_file_can_have(title: str, name: str) -> None:
    assert free_name(title, {"complete"}) == name


def preview(window: MainWindow, mouse: Mouse) -> PreviewSheet:
    mouse.click(window.export.card.preview)
    sheet = sheet_of(window, PreviewSheet)
    QApplication.processEvents()
    return sheet


def test_each_chosen_format_shows_how_it_would_begin_and_nothing_is_left_of_it(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    practise(ward)
    ready(ward, window, payer=True)
    card_of(window, out, *(offer.name for offer in ward.billing.sends.offers()))
    before = sorted(ward.billing.folder.rglob("*"))
    sheet = preview(window, mouse)
    seen: dict[str, str] = {}
    for chip in list(sheet.choice.chips):
        mouse.click(chip)
        words = chip.text()
        QApplication.processEvents()
        if sheet.picture.isVisible():
            seen[words] = f"{sheet.picture.pixmap().width()} px, {sheet.picture.accessibleName()}"
        else:
            seen[words] = " ".join(heads(sheet.grid)) if sheet.grid.isVisible() else sheet.lines.toPlainText()
    files = ["CSV", "Excel", "claims-837p.x12", "charges.hl7", "charges.fhir.json"]
    assert list(seen) == [*files, "Superbill", "Day summary"]
    assert seen["Superbill"] == "520 px, The first page of: Superbill"
    assert seen["Day summary"] == "520 px, The first page of: Day summary"
    assert seen["CSV"].startswith("session encounter line")
    assert seen["claims-837p.x12"].startswith("ISA*00*")
    assert "\nMSH|" in seen["charges.hl7"]
    assert '"resourceType":"Bundle"' in seen["charges.fhir.json"]
    assert sorted(ward.billing.folder.rglob("*")) == before
    assert list(out.iterdir()) == []
    assert ward.journal.load("export") == ()


def test_that_lines_were_looked_at_is_recorded_before_they_are_shown(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    ready(ward, window, 4)
    card = card_of(window, out, "csv", "hl7")
    looks = ward.journal.kinds.count("patient-shown")
    mouse.click(preview(window, mouse).close_button)
    assert ward.journal.kinds.count("patient-shown") == looks + 4
    opened(window, mouse, "compact")
    assert ward.journal.kinds.count("patient-shown") == looks + 8
    window.sheets.close_sheet()
    ward.journal.unstorable = "patient-shown"
    mouse.click(card.preview)
    assert window.sheets.sheet is None


def test_a_format_that_lacks_something_says_so_instead_of_a_preview(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    ready(ward, window, payer=True)
    card_of(window, out, "x12")
    sheet = preview(window, mouse)
    assert sheet.told.text().startswith("Nothing to show: the first session cannot be claimed yet: in the")
    assert not sheet.lines.isVisible()
    mouse.click(sheet.close_button)
    assert window.sheets.sheet is None
