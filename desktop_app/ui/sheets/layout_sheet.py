"""One layout: its title, its columns, how they are written, and how real lines would stand in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.access import Right
from desktop_app.core.layouts import Layout, LayoutColumn
from desktop_app.core.ports import JournalError
from desktop_app.ui.export.ports import Sends, Shown
from desktop_app.ui.layout_names import free_name
from desktop_app.ui.sheets.column_sheet import ask_column
from desktop_app.ui.sheets.layout_form import LayoutForm
from desktop_app.ui.sheets.ordered_rows import OrderedRows, moved_to
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import HEIGHT
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import caption, label
from desktop_app.ui.widgets.pick_list import PickRow
from desktop_app.ui.widgets.table_grid import TableGrid

WIDTH = 920
ROWS, FEW_ROWS = 8, 5
SEEN, FEW_SEEN = 4, 2
ROOM_FOR_ALL = 700
NOBODY = "No signed session to show; these are the headings alone."


class ColumnRows(OrderedRows):
    """The columns in their order; one stays."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Columns in their order", shown=ROWS, add="Add…", remove="Take out", fewest=1)
        buttons = QGridLayout()
        buttons.setSpacing(theme.px(8))
        for at, button in enumerate((self.add, self.change, self.remove, self.earlier, self.later)):
            button.setMinimumHeight(theme.target(HEIGHT))
            buttons.addWidget(button, *divmod(at, 3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(caption("Columns"))
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addStretch()

    def show_columns(self, columns: Sequence[LayoutColumn], chosen: int) -> None:
        """Show columns with one of them chosen, as near to a place as there is one."""
        self.show_rows([_row(column) for column in columns], chosen)


class LayoutSheet(Sheet):
    """Asks for a layout; how it writes real lines is always seen."""

    needs = Right.BILLING

    def __init__(self, theme: Theme, layout: Layout) -> None:
        super().__init__(theme, "Columns of tables", width=WIDTH)
        self.title = Field(theme, "What this layout is called", layout.title)
        self.rows = ColumnRows(theme)
        self.form = LayoutForm(theme, layout)
        self.warned = label("", size=12, tone="alert", wrap=True)
        self.grid = TableGrid(theme, "How the first lines would stand")
        self.told = label("", size=12, tone="soft", wrap=True)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(20))
        right = QVBoxLayout()
        right.addWidget(self.form)
        right.addStretch()
        beside.addWidget(self.rows, 1)
        beside.addLayout(right, 1)
        self.body.addWidget(self.title)
        self.body.addLayout(beside)
        for part in (self.warned, self.told):
            self.foot.addWidget(part)
        self.foot.addWidget(self.grid)
        self.back, self.go = self.add_ways_on("Cancel", "Save")
        self.rows.list.currentRowChanged.connect(self.grid.go_to)

    def fit(self, width: int, height: int) -> None:
        """Keep fewer columns and lines in sight in a low window."""
        has_room = height >= self.theme.px(ROOM_FOR_ALL)
        self.rows.list.keep_rows(ROWS if has_room else FEW_ROWS)
        self.grid.keep_rows(SEEN if has_room else FEW_SEEN)
        super().fit(width, height)

    def show_lines(self, shown: Shown, warnings: Sequence[str]) -> None:
        """Show how lines would stand, and what is mostly a mistake."""
        self.grid.show_table(shown.head, shown.rows)
        self.grid.go_to(self.rows.list.currentRow())
        self.told.setText(shown.note if shown.rows else NOBODY)
        self.told.setVisible(bool(self.told.text()))
        more = f" And {len(warnings) - 1} more." if warnings[1:] else ""
        self.warned.setText(f"{warnings[0]}{more}" if warnings else "")
        self.warned.setVisible(bool(warnings))

    def faulty(self) -> QLineEdit | None:
        """The title while there is none."""
        return None if self.title.text else self.title.edit

    def first_field(self) -> QWidget:
        """The title while there is none, else the columns."""
        return self.rows.list if self.title.text else self.title.edit


def ask_layout(
    station: Station,
    sessions: Sequence[str],
    layout: Layout,
    back: Callable[[str], None],
    instead_of: str = "",
) -> None:
    """Ask for a layout and keep it, in the place of one of the practice's own where one is named.

    ``back`` is given the name of what is kept now.
    """
    _Editing(station, sessions, layout, back, instead_of).show()


class _Editing:
    """A layout that is being made, in memory until it is saved."""

    def __init__(
        self,
        station: Station,
        sessions: Sequence[str],
        layout: Layout,
        back: Callable[[str], None],
        instead_of: str,
    ) -> None:
        self._station = station
        self._sessions = sessions
        self._layout = layout
        self._back = back
        self._instead_of = instead_of

    @property
    def _sends(self) -> Sends:
        return self._station.billing.sends

    def show(self, chosen: int = 0) -> None:
        """Open the sheet."""
        sheet = LayoutSheet(self._station.theme, self._layout)
        rows = sheet.rows
        rows.show_columns(self._layout.columns, chosen)
        rows.add_wanted.connect(lambda: self._add(sheet))
        rows.change_wanted.connect(lambda at: self._change(sheet, at))
        rows.moved.connect(lambda at, to: self._put(sheet, moved_to(self._layout.columns, at, to), to))
        rows.remove_wanted.connect(lambda at: self._remove(sheet, at))
        sheet.form.changed.connect(lambda layout: self._written_otherwise(sheet, layout))
        sheet.confirmed.connect(lambda _: self._save(sheet))
        self._look(sheet)
        self._station.sheets.open(sheet)
        sheet.done.connect(lambda: self._back(self._instead_of))

    def _read(self, sheet: LayoutSheet) -> None:
        self._layout = replace(self._layout, title=sheet.title.text)

    def _look(self, sheet: LayoutSheet) -> None:
        """Show what the layout makes of real lines."""
        sheet.show_lines(
            self._sends.table(self._layout, self._sessions), self._sends.layouts.warnings(self._layout)
        )

    def _add(self, sheet: LayoutSheet) -> None:
        self._read(sheet)
        at = sheet.rows.list.currentRow() + 1
        self._ask(None, at)

    def _change(self, sheet: LayoutSheet, at: int) -> None:
        self._read(sheet)
        self._ask(self._layout.columns[at], at)

    def _ask(self, column: LayoutColumn | None, at: int) -> None:
        """Ask for a column in another sheet; what was said here is kept for the way back."""
        columns = self._layout.columns
        others = [other for place, other in enumerate(columns) if column is None or place != at]

        def taken(new: LayoutColumn) -> None:
            rest = columns[at:] if column is None else columns[at + 1 :]
            self._layout = replace(self._layout, columns=(*columns[:at], new, *rest))

        ask_column(self._station, self._sessions, column, others, taken, lambda: self.show(at))

    def _remove(self, sheet: LayoutSheet, at: int) -> None:
        columns = self._layout.columns
        self._put(sheet, [*columns[:at], *columns[at + 1 :]], at)

    def _put(self, sheet: LayoutSheet, columns: Sequence[LayoutColumn], chosen: int) -> None:
        self._layout = replace(self._layout, columns=tuple(columns))
        sheet.rows.show_columns(columns, chosen)
        sheet.form.show_layout(self._layout)
        self._look(sheet)

    def _written_otherwise(self, sheet: LayoutSheet, layout: Layout) -> None:
        """Take what the chips say; the columns are others where modifiers stand otherwise."""
        chosen = sheet.rows.list.currentRow()
        is_moved = layout.columns != self._layout.columns
        self._layout = layout
        if is_moved:
            sheet.rows.show_columns(layout.columns, chosen)
        self._look(sheet)

    def _save(self, sheet: LayoutSheet) -> None:
        self._read(sheet)
        layouts = self._sends.layouts
        taken = {layout.name for layout in layouts.all()}
        name = self._instead_of or free_name(self._layout.title, taken)
        layout = replace(self._layout, name=name)
        if not layout.title:
            sheet.show_problem("a layout needs a name that people read")
            return
        if fault := layouts.fault(layout):
            sheet.show_problem(fault)
            return
        try:
            layouts.save(layout, self._instead_of)
        except JournalError as error:
            sheet.show_problem(str(error))
            return
        self._instead_of = name
        sheet.done.emit()


def _row(column: LayoutColumn) -> PickRow:
    what = column.take or f"always “{column.fixed}”"
    return PickRow(
        name=column.head, soft="" if what == column.head else what, detail="needed" if column.needed else ""
    )
