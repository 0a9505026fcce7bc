"""The export page, its sheets and the billing settings: named, large enough, and nothing cut off at 150 %."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop_app.ui.sheets.layout_sheet import LayoutSheet
from desktop_app.ui.sheets.layouts import LayoutsSheet
from desktop_app.ui.widgets.scroll import Scroll
from desktop_app.ui.window import MainWindow
from tests.ui.billing_day import practise
from tests.ui.conftest import Ward
from tests.ui.hands import sheet_of
from tests.ui.test_accessibility import SMALLEST_TARGET, controls, unnamed
from tests.ui.test_send_card import card_of, ready

WIDTH, HEIGHT = 1280, 720


@pytest.fixture(params=[100, 150], ids=["plain text", "large text"])
def page(request: pytest.FixtureRequest, ward: Ward, window: MainWindow, tmp_path: Path) -> MainWindow:
    """The export page with five sessions, every format chosen and everything missing that can be."""
    ward.settings.values["text-size"] = str(request.param)
    window.take_setting("text-size")
    window.resize(WIDTH, HEIGHT)
    ready(ward, window, 5, payer=True)
    card = card_of(window, tmp_path / "a folder with a long name, as billing shares have", *_every(ward))
    card.send()
    while window.dispatch.is_under_way or card.is_looking:
        QApplication.processEvents()
    QApplication.processEvents()
    return window


def _every(ward: Ward) -> tuple[str, ...]:
    return tuple(offer.name for offer in ward.billing.sends.offers())


def _columns(window: MainWindow) -> LayoutsSheet:
    window.export.card.formats.columns.click()
    return sheet_of(window, LayoutsSheet)


def _layout(window: MainWindow) -> LayoutSheet:
    _columns(window).copy.click()
    return sheet_of(window, LayoutSheet)


def _all_of_layout(window: MainWindow) -> None:
    sheet = _layout(window)
    sheet.form.choices["modifiers"].chip("joined").click()
    sheet.form.more.click()
    sheet.rows.remove.click()


def _column(window: MainWindow) -> None:
    _layout(window).rows.add.click()


def _charges(window: MainWindow) -> None:
    window.show_page("settings", "charges")
    window.settings.billing_files.charges.click()


SHEETS: dict[str, Callable[[MainWindow], object]] = {
    "layouts": _columns,
    "layout": _all_of_layout,
    "column": _column,
    "preview": lambda window: window.export.card.preview.click(),
    "charges": _charges,
}


def cut_off(scroll: QScrollArea) -> list[str]:
    """Return what of a page reaches beyond its right edge."""
    inside = scroll.widget()
    assert inside is not None
    room = scroll.viewport().width()
    return [
        f"{part} {part.accessibleName()}"
        for part in inside.findChildren(QWidget)
        if part.isVisible() and part.mapTo(inside, part.rect().topRight()).x() > room and not _scrolls(part)
    ]


def _scrolls(part: QWidget) -> bool:
    """Return whether something stands in a place of its own that scrolls, as a table's cells do."""
    parent = part.parentWidget()
    while parent is not None and not isinstance(parent, Scroll):
        if isinstance(parent, QScrollArea) or parent.inherits("QAbstractScrollArea"):
            return True
        parent = parent.parentWidget()
    return False


def test_the_page_is_not_cut_off_and_each_control_has_its_name_and_size(page: MainWindow) -> None:
    (scroll,) = page.export.findChildren(Scroll)
    assert cut_off(scroll) == []
    card = page.export.card
    found = controls(card)
    assert len(found) > 8
    assert unnamed(card) == []
    assert [repr(w) for w in found if not w.focusPolicy() & Qt.FocusPolicy.TabFocus] == []
    assert [f"{w} {w.accessibleName()}" for w in found if w.height() < SMALLEST_TARGET - 2] == []


def test_the_page_is_not_cut_off_by_where_a_batch_lies(page: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "as-long-as-a-folder-on-a-share-of-a-large-hospital-may-be-called"
    folder.mkdir()
    card = page.export.card
    for name, tile in card.formats.tiles.items():
        tile.setChecked(name == "csv")
    card.folder.set_text(str(folder))
    card.send()
    while page.dispatch.is_under_way:
        QApplication.processEvents()
    QApplication.processEvents()
    assert page.export.result.text().startswith("Sent 5 sessions")
    (scroll,) = page.export.findChildren(Scroll)
    assert cut_off(scroll) == []


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_not_cut_off_and_each_control_has_its_name_and_size(
    page: MainWindow, ward: Ward, name: str
) -> None:
    practise(ward)
    SHEETS[name](page)
    QApplication.processEvents()
    sheet = page.sheets.sheet
    assert sheet is not None
    assert page.rect().contains(sheet.geometry())
    assert cut_off(sheet.inside) == []
    assert unnamed(page.sheets) == []
    found = controls(page.sheets)
    assert [f"{w} {w.accessibleName()}" for w in found if w.height() < SMALLEST_TARGET - 2] == []
    for button in sheet.last_buttons():
        assert button.width() >= button.words_width()
        assert sheet.rect().contains(button.geometry().translated(0, sheet._ways.y()))  # noqa: SLF001 - its foot


def test_the_billing_settings_are_not_cut_off_when_they_are_open(page: MainWindow) -> None:
    page.show_page("settings", "practice-npi")
    QApplication.processEvents()
    (scroll,) = page.settings.findChildren(Scroll)
    assert cut_off(scroll) == []
    assert unnamed(page.settings) == []
    found = controls(page.settings.billing_files)
    assert len(found) > 20
    assert [f"{w} {w.accessibleName()}" for w in found if w.height() < SMALLEST_TARGET - 2] == []
    entries = page.settings.entries
    squeezed = [
        entry.row.key
        for entry in entries.values()
        if entry.field.isVisible() and entry.field.edit.height() < page.theme.px(40) - 1
    ]
    assert squeezed == []
