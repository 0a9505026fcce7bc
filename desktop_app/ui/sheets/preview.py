"""The beginning of every file as it would be written, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPixmap
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from desktop_app.ui.export.looks import may_look_at
from desktop_app.ui.export.ports import Shown, Wanted
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Choice
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.table_grid import ROW, TableGrid

WIDTH = 920
FEWEST, MOST = 4, 14
"""Rows of the table, or as much room for lines."""
AROUND = 270
ACROSS = 4
PAGE = 520
UNDER = "The first sessions of those that are ticked. Nothing is written and nothing is sent."


class PreviewSheet(Sheet):
    """One file after the other, chosen by chips."""

    is_for_one = True

    def __init__(self, theme: Theme, files: Sequence[tuple[str, Shown]]) -> None:
        super().__init__(theme, "Preview", UNDER, width=WIDTH)
        self._files = {str(at): shown for at, (_, shown) in enumerate(files)}
        options = [(str(at), title) for at, (title, _) in enumerate(files)]
        self.choice = Choice(theme, "File", options, in_row=ACROSS)
        self.choice.chosen.connect(self._show)
        self.told = label("", size=12, tone="soft", wrap=True)
        self.grid = TableGrid(theme, "First rows")
        self.lines = QPlainTextEdit()
        self._dress_lines()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for part in (self.choice, self.told, self.grid, self.lines, self.picture):
            self.body.addWidget(part)
        self.choice.setVisible(len(files) > 1)
        self.close_button = self.add_close()
        self._show(self.choice.taken)

    def fit(self, width: int, height: int) -> None:
        """Show as many rows as there is room for; more scroll."""
        room = (height - self.theme.px(AROUND)) // self.theme.px(ROW)
        self.grid.keep_rows(max(FEWEST, min(MOST, room)))
        self.lines.setFixedHeight(self.grid.height())
        super().fit(width, height)

    def first_field(self) -> QWidget:
        """The chips where there are several files, else the way out."""
        return self.choice.chip(self.choice.taken) if len(self._files) > 1 else self.close_button

    def _dress_lines(self) -> None:
        self.lines.setReadOnly(True)
        self.lines.setAccessibleName("First lines")
        self.lines.setTabChangesFocus(True)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))

    def _show(self, at: str) -> None:
        shown = self._files[at]
        self.told.setText(" ".join(filter(None, (f"{shown.file}." if shown.file else "", shown.note))))
        self.told.setVisible(bool(self.told.text()))
        is_table = bool(shown.rows or shown.head)
        self.grid.setVisible(is_table)
        self.lines.setVisible(bool(shown.lines) and not is_table)
        self.grid.show_table(shown.head, shown.rows)
        self.lines.setPlainText("\n".join(shown.lines))
        self._draw(shown)

    def _draw(self, shown: Shown) -> None:
        """Draw the first page of a paper."""
        self.picture.setVisible(shown.paper is not None)
        if shown.paper is None:
            return
        scale = self.devicePixelRatioF()
        image = shown.paper.picture(1, round(PAGE * scale))
        image.setDevicePixelRatio(scale)
        self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.setAccessibleName(f"The first page of: {shown.file}")


def show_preview(station: Station, wanted: Wanted) -> None:
    """Show how the files of a batch would begin. That somebody looks at its patients is recorded first."""
    sends = station.billing.sends
    titles = {offer.name: offer.title for offer in sends.offers()}
    every = sends.shown(wanted)
    if not may_look_at(station, [name for shown in every for name in shown.sessions]):
        return
    files = [(_title(titles[shown.format], shown), shown) for shown in every]
    station.sheets.open(PreviewSheet(station.theme, files))


def _title(title: str, shown: Shown) -> str:
    return shown.file or title
