"""The export page: one button sends every signed session that was not sent, whole or not at all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.session import Stage
from desktop_app.ui import late
from desktop_app.ui.export.dispatch import Dispatch
from desktop_app.ui.export.export_model import ReadyRow, batch_words, ready_rows
from desktop_app.ui.export.send_card import SendCard
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import heading, label, plate, rule
from desktop_app.ui.widgets.page import PageHead
from desktop_app.ui.widgets.scroll import Scroll
from desktop_app.ui.widgets.tick import Tick

SEND_WIDTH, SIDE_BY_SIDE = 372, 900
_READY = ("", "Patient", "Chair", "Time", "Lines", "Signed")
_SENT = ("Batch", "Sessions", "Lines", "Sent", "Folder", "")
_FOLDER = _SENT.index("Folder")
_LEFT_OUT = "Nothing is left out silently: a session that is not signed stays on the review list."


class ExportPage(QWidget):
    """Ready, send, sent.

    Signals:
        sent: a batch was written.
    """

    sent = Signal()

    def __init__(self, station: Station, dispatch: Dispatch) -> None:
        super().__init__()
        self._station = station
        self._rows: tuple[ReadyRow, ...] | None = None
        self._is_sent = False
        self.boxes: dict[str, Tick] = {}
        theme = station.theme
        self.head = PageHead(theme, "Export", ("ready to send", "lines", "not signed yet"))
        self.print_button = Button(theme, "Print the day…", hint="Ctrl+P")
        self.print_button.clicked.connect(lambda: late.print_day(station))
        self.downtime_button = Button(theme, "Downtime…", hint="Ctrl+O")
        self.downtime_button.clicked.connect(lambda: late.ask_downtime(station))
        for button in (self.downtime_button, self.print_button):
            self.head.add(button)
        self.card = SendCard(station, dispatch)
        self.folder, self.go, self.result = self.card.folder, self.card.go, self.card.result
        self.card.sent.connect(self._was_sent)
        self.card.refused.connect(lambda: self.refresh(station.now_us()))
        self.card.left_out.connect(self._untick)
        self._lay_out()
        theme.changed.connect(self._forget)

    def refresh(self, _now_us: int) -> None:
        """Draw what is ready and what was sent, when either has changed."""
        rows = ready_rows(self._station.billing.ready())
        sessions = self._station.desk.suite.sessions.values()
        open_count = sum(1 for session in sessions if session.stage in {Stage.OPEN, Stage.ENDED})
        self.head.show_number("not signed yet", str(open_count))
        self.card.refresh()
        if rows != self._rows:
            self._rows = rows
            self._draw(rows)

    def export(self) -> None:
        """Send what is ticked; where nothing waits, what became of the last export stays readable."""
        if self.boxes or not self._is_sent:
            self.card.send()

    def _untick(self, sessions: tuple[str, ...]) -> None:
        for box in (self.boxes[session] for session in sessions if session in self.boxes):
            box.setChecked(False)

    def _was_sent(self) -> None:
        self._is_sent = True
        self._forget()
        self.refresh(self._station.now_us())
        self.sent.emit()

    def news_place(self) -> QWidget:
        """The part above the page's foot."""
        return self._scroll

    def first_focus(self) -> QWidget:
        """The button that sends."""
        return self.card.first_focus()

    def _forget(self) -> None:
        self._fit()
        self._rows = None

    def _lay_out(self) -> None:
        self._ready, self._sent = QGridLayout(), QGridLayout()
        for grid in (self._ready, self._sent):
            grid.setHorizontalSpacing(20)
            grid.setVerticalSpacing(4)
        self._ready.setColumnStretch(4, 1)
        self._sent.setColumnStretch(4, 1)
        top = self._top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(_card(heading("Ready to send"), self._ready, label(_LEFT_OUT, size=12, tone="soft")), 1)
        top.addWidget(self.card)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(16)
        column.addLayout(top)
        sent = _card(heading("Sent before"), self._sent)
        sent.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(sent)
        column.addStretch()
        self._scroll = Scroll("Export", content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self._scroll, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what is ready and where it goes beside each other where both fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._station.theme.px
        beside = self.width() >= px(SIDE_BY_SIDE)
        way = QHBoxLayout.Direction.LeftToRight if beside else QHBoxLayout.Direction.TopToBottom
        self._top.setDirection(way)
        self.card.setMaximumWidth(px(SEND_WIDTH) if beside else px(SIDE_BY_SIDE))
        self.card.setMinimumWidth(px(SEND_WIDTH) if beside else 0)

    def _draw(self, rows: tuple[ReadyRow, ...]) -> None:
        self.head.show_number("ready to send", str(len(rows)))
        self.head.show_number("lines", str(sum(row.line_count for row in rows)))
        _empty(self._ready)
        self.boxes = {}
        _titles(self._ready, _READY if rows else ())
        for at, row in enumerate(rows, start=1):
            self._draw_ready(2 * at, row)
        if not rows:
            self._ready.addWidget(label("No signed session waits to be sent.", tone="soft"), 0, 0)
        self._count()
        batches = self._station.billing.sent_batches()
        _empty(self._sent)
        _titles(self._sent, _SENT if batches else ())
        for at, batch in enumerate(batches, start=1):
            for column, text in enumerate(batch_words(batch, self._station.zone)):
                self._sent.addWidget(label(text, wrap=column == _FOLDER), 2 * at, column)
            again = Button(self._station.theme, "Send again…", kind=Kind.LINK)
            again.setAccessibleName(f"Send {batch.name} again")
            again.clicked.connect(partial(self.card.send_again, batch))
            self._sent.addWidget(again, 2 * at, len(_SENT) - 1)
            self._sent.addWidget(rule(), 2 * at + 1, 0, 1, len(_SENT))
        if not batches:
            self._sent.addWidget(label("Nothing was sent yet.", tone="soft"), 0, 0)

    def _draw_ready(self, at: int, row: ReadyRow) -> None:
        box = Tick(self._station.theme, "")
        box.setChecked(True)
        box.setAccessibleName(f"Send {row.who}, chair {row.chair}, {row.lines}")
        box.toggled.connect(self._count)
        self.boxes[row.session] = box
        self._ready.addWidget(box, at, 0)
        self._ready.addWidget(label(row.who, heavy=True), at, 1)
        for column, text in enumerate((row.chair, row.times, row.lines, row.signed), start=2):
            self._ready.addWidget(label(text), at, column)
        self._ready.addWidget(rule(), at + 1, 0, 1, len(_READY))

    def _count(self) -> None:
        self.card.show_chosen([name for name, box in self.boxes.items() if box.isChecked()])


def _card(*parts: QWidget | QGridLayout) -> QWidget:
    card = plate("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(18, 16, 18, 16)
    column.setSpacing(10)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch()
    return card


def _titles(grid: QGridLayout, names: tuple[str, ...]) -> None:
    for column, name in enumerate(names):
        grid.addWidget(label(name, size=12, tone="soft", heavy=True), 0, column)
    if names:
        grid.addWidget(rule(), 1, 0, 1, len(names))


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
