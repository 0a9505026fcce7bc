"""The card that sends: as what, to where, how far it is, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.billing_ports import SentBatch
from desktop_app.ui.export.dispatch import Dispatch
from desktop_app.ui.export.export_model import export_words
from desktop_app.ui.export.format_list import FormatList
from desktop_app.ui.export.looks import may_look_at
from desktop_app.ui.export.outcome import Kind as News
from desktop_app.ui.export.outcome import Outcome
from desktop_app.ui.export.ports import Lack, Wanted
from desktop_app.ui.export.progress import ProgressPart
from desktop_app.ui.export.stepping import Stepping
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import heading, label

_WHOLE = (
    "Written whole or not at all, with the checksum of each file in manifest.json. "
    "What was sent is not sent again."
)

AROUND = 110
"""So much of the window's height is the page's head and margins."""


class SendCard(QFrame):
    """Sends the sessions that are ticked beside it.

    Signals:
        sent: a batch was written.
        refused: nothing was sent, and the card says why.
        left_out(tuple): these sessions, by their ids, are not to be sent with the others.
        fault_told: what is in the way stands under the button now, and is to be seen.
    """

    sent = Signal()
    refused = Signal()
    left_out = Signal(tuple)
    fault_told = Signal()

    def __init__(self, station: Station, dispatch: Dispatch) -> None:
        super().__init__()
        self.setProperty("plate", "card")
        self._station = station
        self._dispatch = dispatch
        self._chosen: tuple[str, ...] = ()
        theme = station.theme
        self.formats = FormatList(theme, station.billing.sends, station.settings)
        self._usual_folder = station.settings.get("export-folder")
        self.folder = Field(theme, "To the folder", self._usual_folder)
        self.browse = Button(theme, "Choose…")
        self.browse.setAccessibleName("Choose folder…")
        self.preview = Button(theme, "Preview…")
        self.go = Button(theme, "Export", kind=Kind.PRIMARY, icon="send", hint="Ctrl+Enter")
        self.progress = ProgressPart(theme, dispatch)
        self.outcome = Outcome(theme)
        self.result = self.outcome.told
        self._looking = Stepping(self)
        self._lay_out()
        self._connect()
        self._show_state()

    def refresh(self) -> None:
        """Show the folder of the settings once that is another; what was typed here is for one batch."""
        usual = self._station.settings.get("export-folder")
        if usual != self._usual_folder:
            self._usual_folder = usual
            self.folder.set_text(usual)

    def show_chosen(self, sessions: Sequence[str]) -> None:
        """Send these sessions, by their ids, from now on."""
        self._chosen = tuple(sessions)
        self._look()

    def wanted(self) -> Wanted:
        """Return what would be sent now."""
        layout = self.formats.layout_chosen().name
        return Wanted(sessions=self._chosen, formats=self.formats.chosen, layout=layout)

    @property
    def is_looking(self) -> bool:
        """Whether it is still being found out what the formats lack."""
        return self._looking.is_under_way

    def send(self) -> None:
        """Begin to write the chosen sessions as one batch."""
        if self._dispatch.is_under_way:
            return
        if missing := self._missing():
            self._dispatch.say(missing, News.FAULT)
            if self._chosen and self.formats.chosen:
                self.folder.edit.setFocus()
            self.fault_told.emit()
            return
        had_focus = self.go.hasFocus()
        self._dispatch.begin(self.wanted(), Path(self.folder.text))
        if had_focus:
            self.progress.cancel.setFocus()

    def send_again(self, batch: SentBatch) -> None:
        """Ask whether a batch is to go out once more, as what is chosen and to the folder that is."""
        from desktop_app.ui.sheets.send_again import ask_send_again  # noqa: PLC0415 - as below

        sends = self._station.billing.sends
        wanted = replace(self.wanted(), sessions=sends.sessions_of(batch.name), again=True)
        ask_send_again(self._station, self._dispatch, batch, wanted, self.folder.text)

    def first_focus(self) -> QWidget:
        """The button that sends where it is seen at once, or the one that gives up what is being sent."""
        if self._dispatch.is_under_way:
            return self.progress.cancel
        if not self.go.isEnabled():
            return self.folder.edit
        room = self._station.sheets.room - self._station.theme.px(AROUND)
        return self.go if self.sizeHint().height() <= room else next(iter(self.formats.tiles.values()))

    def _missing(self) -> str:
        """Return what must be said before anything can be sent, or nothing."""
        if not self._chosen:
            return "Nothing is ticked."
        if not self.formats.chosen:
            return "Choose a format first."
        return "" if self.folder.text else "Choose a folder first."

    def _look(self) -> None:
        """Find out what is due of what is chosen, and what the formats lack for it."""
        wanted, sends = self.wanted(), self._station.billing.sends
        self.go.show_as(export_words(sends.due(wanted)), icon="send")
        self.go.setEnabled(bool(self._chosen and wanted.formats))
        self.preview.setEnabled(self.go.isEnabled())
        if self.go.isEnabled():
            self._looking.begin(sends.looking(wanted))
        else:
            self._looking.cancel()
            self.formats.show_lacks(())

    def _show_state(self) -> None:
        """Show how far it is while a batch is written, and what became of it afterwards."""
        is_under_way = self._dispatch.is_under_way
        had_focus = self.progress.cancel.hasFocus() and not is_under_way
        self._ways.setVisible(not is_under_way)
        self.progress.setVisible(is_under_way)
        for part in (self.formats, self.folder, self.browse):
            part.setEnabled(not is_under_way)
        self.progress.renew()
        self.outcome.say(self._dispatch.said, self._dispatch.kind)
        if had_focus:
            (self.go if self.go.isEnabled() else self.folder.edit).setFocus()

    def _over(self) -> None:
        if self._dispatch.kind is News.FAULT:
            self.refused.emit()
            self.fault_told.emit()
        self._look()

    def _go_where_it_is_set(self, lack: Lack) -> None:
        if lack.key:
            self._station.show_page("settings", lack.key)
        else:
            self._station.show_page("review", lack.session)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for exported files", self.folder.text)
        if chosen:
            self.folder.set_text(chosen)

    def _ask_columns(self) -> None:
        from desktop_app.ui.sheets.layouts import ask_layouts  # noqa: PLC0415 - most exports change none

        layout = self.formats.layout_chosen()
        shown = self._station.billing.sends.table(layout, self._chosen)
        if may_look_at(self._station, shown.sessions):
            ask_layouts(self._station, self._chosen, layout.name, self.formats.use)

    def _ask_preview(self) -> None:
        from desktop_app.ui.sheets.preview import show_preview  # noqa: PLC0415 - as above

        show_preview(self._station, self.wanted())

    def _connect(self) -> None:
        self.browse.clicked.connect(self._choose_folder)
        self.preview.clicked.connect(self._ask_preview)
        self.go.clicked.connect(self.send)
        self.formats.changed.connect(self._look)
        self.formats.columns_wanted.connect(self._ask_columns)
        self.formats.lack_wanted.connect(self._go_where_it_is_set)
        self.formats.left_out.connect(lambda lack: self.left_out.emit(lack.sessions))
        self._looking.ended.connect(self.formats.show_lacks)
        self._dispatch.changed.connect(self._show_state)
        self._dispatch.sent.connect(self.sent)
        self._dispatch.over.connect(self._over)

    def _lay_out(self) -> None:
        px = self._station.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(px(10))
        self._ways = QWidget()
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(px(8))
        ways.addWidget(self.preview)
        ways.addWidget(self.go, 1)
        to = QHBoxLayout()
        to.setSpacing(px(8))
        to.addWidget(self.folder, 1)
        to.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(heading("Send as"))
        column.addWidget(self.formats)
        column.addLayout(to)
        for part in (self._ways, self.progress, self.outcome):
            column.addWidget(part)
        column.addWidget(label(_WHOLE, size=12, tone="soft", wrap=True))
        column.addStretch()

    def showEvent(self, event: QShowEvent) -> None:
        """Look anew at what is missing: it may have been said on another page."""
        super().showEvent(event)
        self._look()
