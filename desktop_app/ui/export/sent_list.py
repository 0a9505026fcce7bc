"""The card with what was sent before: each batch, whether its files still stand, and sending it again.

The files of the newest batches are read again by themselves, those of any other when somebody asks.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_app.core.moments import local_date
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.billing_ports import SentBatch
from desktop_app.ui.export.day_ports import Days
from desktop_app.ui.export.stepping import Stepping
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label
from desktop_app.ui.widgets.row_columns import Column, Columns
from desktop_app.ui.widgets.row_list import RowHead, RowList
from desktop_app.ui.widgets.row_model import Cell, Link, RowsModel, RowView

COLUMNS = (
    Column("Batch", 176),
    Column("Sessions", 60, at_right=True),
    Column("Lines", 44, at_right=True),
    Column("Files", 130, goes_below=True),
    Column("Sent", 162),
    Column("Checksum", 208),
)
LINKS = 150
FEWEST_ROWS, MOST_ROWS = 2, 5
SHOWN = 4
BY_ITSELF = 3
"""Of so many of the newest batches the files are looked at without being asked."""
OPEN, CHECK, AGAIN = "open", "check", "again"
_NOTHING = "Nothing was sent yet."


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found when the files of a batch were read again."""

    differs: str = ""
    is_under_way: bool = False


class SentCard(QFrame):
    """The batches, newest first.

    Signals:
        again_wanted(SentBatch): a batch is to be sent once more.
    """

    again_wanted = Signal(object)

    def __init__(self, station: Station, days: Days) -> None:
        super().__init__()
        self.setProperty("plate", "card")
        self._station = station
        self._days = days
        self._checked: dict[str, Checked] = {}
        self._checking = ""
        self._to_check: list[str] = []
        self._stepping = Stepping(self)
        theme = station.theme
        columns = Columns(theme, COLUMNS, ticks=False, links=LINKS)
        self._model: RowsModel[SentBatch] = RowsModel(self._describe, self._stamp)
        self.list = RowList(theme, "Batches that were sent", self._model, columns)
        self._head = RowHead(theme, columns, self.list)
        self._nobody = label(_NOTHING, tone="soft")
        self._told = label("", size=12, tone="soft", wrap=True)
        self.open = Button(theme, "Open folder")
        self.check = Button(theme, "Check files")
        self.again = Button(theme, "Send again…")
        self._lay_out()
        self._connect()

    def show_batches(self, batches: tuple[SentBatch, ...]) -> None:
        """Show what was sent, newest first."""
        self.list.show_items(batches)
        for part in (self.list, self._head, *self._ways):
            part.setVisible(bool(batches))
        self._nobody.setVisible(not batches)
        if batches and self.current() is None:
            self.list.stand_on(batches[0].name)
        self._to_check = [one.name for one in batches[:BY_ITSELF] if one.name not in self._checked]
        self._look_on()
        self._fit()
        self._say()

    def current(self) -> SentBatch | None:
        """Return the batch the list is on."""
        at = self.list.currentIndex().row()
        return self._model.items[at] if 0 <= at < len(self._model.items) else None

    def checked(self, batch: str) -> Checked | None:
        """Return what was found of the files of a batch; None where nobody has looked."""
        return self._checked.get(batch)

    @property
    def is_looking(self) -> bool:
        """Whether files are being read."""
        return self._stepping.is_under_way or bool(self._to_check)

    def look(self, batch: str) -> None:
        """Read the files of a batch again, before those of any other."""
        self._to_check = [batch, *(name for name in self._to_check if name != batch)]
        self._look_on()

    def _look_on(self) -> None:
        """Read the files of the next batch, one after the other."""
        if self._stepping.is_under_way or not self._to_check:
            return
        self._checking = self._to_check.pop(0)
        self._checked[self._checking] = Checked(is_under_way=True)
        self._stepping.begin(self._days.checking(self._checking))
        self._draw_again()

    def _looked(self, differs: str) -> None:
        self._checked[self._checking] = Checked(differs)
        self._draw_again()
        self._look_on()

    def _draw_again(self) -> None:
        self.list.show_items(self._model.items)
        self._say()

    def _stamp(self, batch: SentBatch) -> tuple[Hashable, ...]:
        return (batch.name, batch.note, self._checked.get(batch.name))

    def _describe(self, batch: SentBatch) -> RowView:
        zone = self._station.zone
        day = words.day_in_list(local_date(batch.sent_us, zone))
        when = f"{day} {words.clock(batch.sent_us, zone)} · {batch.by}"
        kinds = ", ".join(batch.kinds) + (" · sent again" if batch.again else "")
        check = self._check_cell(batch)
        cells = (
            Cell(batch.name, bold=True),
            Cell(str(batch.sessions)),
            Cell(str(batch.lines)),
            Cell(f"{kinds} · {batch.note}" if batch.note else kinds, "alert" if batch.note else "ink"),
            Cell(when),
            check,
        )
        counts = f"{words.count_words(batch.sessions, 'session', 'sessions')}, {batch.lines} lines"
        return RowView(
            key=batch.name,
            spoken=f"{batch.name}, {counts}, {kinds}, sent {when}, {check.text}. {batch.note}".rstrip(". "),
            cells=cells,
            links=(Link(OPEN, "open"), Link(AGAIN, "send again…")),
            tip=f"{batch.folder}\n{batch.note}".strip(),
        )

    def _check_cell(self, batch: SentBatch) -> Cell:
        """Say what is known of the files: their checksum, and whether they stand so where somebody looked."""
        written = f"{batch.checksum[:4]} {batch.checksum[4 : 2 * SHOWN]}".strip()
        found = self._checked.get(batch.name)
        if found is None:
            return Cell(written, "ink_2")
        if found.is_under_way:
            return Cell(f"{written} · looking…", "ink_2", icon="clock")
        if found.differs:
            return Cell(found.differs, "alert", icon="alert")
        return Cell(f"{written} · verified", "run", icon="check")

    def _do(self, name: str, deed: str) -> None:
        batch = next((one for one in self._model.items if one.name == name), None)
        if batch is None:
            return
        if deed == AGAIN:
            self.again_wanted.emit(batch)
        elif deed == CHECK:
            self.look(name)
        else:
            self._open(batch)

    def _open(self, batch: SentBatch) -> None:
        """Show the folder in the system's own way, where it is still there."""
        if Path(batch.folder).is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(batch.folder))
        else:
            self._station.touches.refused.emit(f"the folder {batch.folder} is not there")

    def _of_current(self, deed: str) -> None:
        batch = self.current()
        if batch is not None:
            self._do(batch.name, deed)

    def _say(self) -> None:
        """Say where the files of the batch lie that the list is on."""
        batch = self.current()
        self._told.setText(batch.folder if batch else "")

    def _connect(self) -> None:
        self.list.wanted.connect(self._do)
        self.list.stood_on.connect(lambda _: self._say())
        self._stepping.ended.connect(self._looked)
        self._stepping.failed.connect(self._looked)
        self.open.clicked.connect(lambda: self._of_current(OPEN))
        self.check.clicked.connect(lambda: self._of_current(CHECK))
        self.again.clicked.connect(lambda: self._of_current(AGAIN))
        self._station.theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        px = self._station.theme.px
        self._ways = (self._told, self.open, self.check, self.again)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._told, 1)
        for button in (self.open, self.check, self.again):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        column.addWidget(heading("Sent before"))
        column.addWidget(self._head)
        column.addWidget(self.list)
        column.addWidget(self._nobody)
        column.addLayout(foot)

    def _fit(self) -> None:
        """Be as high as a few batches; the others scroll."""
        rows = min(MOST_ROWS, max(FEWEST_ROWS, len(self._model.items)))
        self.list.setFixedHeight(rows * self.list.row_height() + 2)
