"""How tables are laid out: choose a layout, copy one, change or delete one of the practice's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.layouts import Layout
from desktop_app.core.ports import JournalError
from desktop_app.ui import words
from desktop_app.ui.export.ports import Sends
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.layout_sheet import NOBODY, ask_layout
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.pick_list import PickList, PickRow
from desktop_app.ui.widgets.table_grid import TableGrid

WIDTH = 760
ROWS, FEW_ROWS = 5, 3
SEEN, FEW_SEEN = 4, 2
ROOM_FOR_ALL = 700
UNDER = "How CSV and Excel are laid out. The program's own stay as they are: copy one and change the copy."


class LayoutsSheet(Sheet):
    """Every layout, with how real lines stand in the chosen one."""

    def __init__(self, theme: Theme, sends: Sends, sessions: Sequence[str], chosen: str) -> None:
        super().__init__(theme, "Columns of tables", UNDER, width=WIDTH)
        self._sends = sends
        self._sessions = sessions
        self._layouts = tuple(sends.layouts.all())
        self.list = PickList(theme, "Layouts", ROWS)
        self.list.take_focus()
        self.grid = TableGrid(theme, "How the first lines would stand")
        self.told = label("", size=12, tone="soft", wrap=True)
        self.change = Button(theme, "Change…")
        self.copy = Button(theme, "Copy and change…")
        self.delete = Button(theme, "Delete…")
        self.body.addWidget(self.list)
        self.add_row(self.change, self.copy, self.delete)
        self.body.addWidget(self.told)
        self.body.addWidget(self.grid)
        for fault in sends.layouts.faults():
            self.body.addWidget(label(f"Left out: {fault}", size=12, tone="alert", wrap=True))
        self.back = Button(theme, "Cancel", hint="Esc")
        self.use = Button(theme, "Use these columns", kind=Kind.PRIMARY, hint="Enter")
        self.back.clicked.connect(self.done)
        self.use.clicked.connect(lambda: self.confirm(now=False))
        self.add_last_row(self.back, self.use)
        self.list.currentRowChanged.connect(lambda _: self._show())
        names = [layout.name for layout in self._layouts]
        rows = [self._pick_row(layout) for layout in self._layouts]
        self.list.show_rows(rows, names.index(chosen) if chosen in names else 0)

    def fit(self, width: int, height: int) -> None:
        """Keep fewer rows in a low window."""
        has_room = height >= self.theme.px(ROOM_FOR_ALL)
        self.list.keep_rows(ROWS if has_room else FEW_ROWS)
        self.grid.keep_rows(SEEN if has_room else FEW_SEEN)
        super().fit(width, height)

    def layout_chosen(self) -> Layout:
        """Return the chosen layout."""
        return self._layouts[max(0, self.list.currentRow())]

    def first_field(self) -> QWidget:
        """The layouts."""
        return self.list

    def _pick_row(self, layout: Layout) -> PickRow:
        own = "your own" if self._sends.layouts.is_own(layout.name) else ""
        columns = words.count_words(len(layout.columns), "column", "columns")
        return PickRow(name=layout.title or layout.name, soft=own, detail=columns)

    def _show(self) -> None:
        layout = self.layout_chosen()
        is_own = self._sends.layouts.is_own(layout.name)
        self.change.setEnabled(is_own)
        self.delete.setEnabled(is_own)
        shown = self._sends.table(layout, self._sessions)
        self.grid.show_table(shown.head, shown.rows)
        self.told.setText(shown.note if shown.rows else NOBODY)
        self.told.setVisible(bool(self.told.text()))


def ask_layouts(station: Station, sessions: Sequence[str], chosen: str, use: Callable[[str], None]) -> None:
    """Show the layouts; ``use`` is given the name of the one that is to be used.

    That somebody looks at the patients of the lines beside them is recorded first.
    """
    sheet = LayoutsSheet(station.theme, station.billing.sends, sessions, chosen)

    def back(name: str) -> None:
        ask_layouts(station, sessions, name or chosen, use)

    def edit(layout: Layout, instead_of: str = "") -> None:
        ask_layout(station, sessions, layout, back, instead_of)

    def take() -> None:
        use(sheet.layout_chosen().name)
        sheet.done.emit()

    sheet.change.clicked.connect(lambda: edit(sheet.layout_chosen(), sheet.layout_chosen().name))
    sheet.copy.clicked.connect(lambda: edit(_copied(sheet.layout_chosen())))
    sheet.delete.clicked.connect(lambda: _ask_delete(station, sheet.layout_chosen(), back))
    sheet.confirmed.connect(lambda _: take())
    station.sheets.open(sheet)


def _copied(layout: Layout) -> Layout:
    return replace(layout, name="", title=f"{layout.title} (copy)")


def _ask_delete(station: Station, layout: Layout, back: Callable[[str], None]) -> None:
    under = "What was sent in it stays as it is."
    sheet = ChooseSheet(
        station.theme,
        f"Delete {layout.title}?",
        under,
        [("Delete it", partial(_delete, station, layout.name, back))],
        back="Keep it",
        wary=True,
    )
    sheet.back.clicked.connect(partial(back, layout.name))
    station.sheets.open(sheet)


def _delete(station: Station, name: str, back: Callable[[str], None]) -> None:
    problem = ""
    try:
        station.billing.sends.layouts.delete(name)
    except JournalError as error:
        problem = str(error)
    back(name if problem else "")
    sheet = station.sheets.sheet
    if sheet is not None:
        sheet.show_problem(problem)
