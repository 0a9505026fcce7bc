"""The card that sends: as what, to where, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout

from desktop_app.core.ports import JournalError
from desktop_app.ui import words
from desktop_app.ui.export.export_model import result_words
from desktop_app.ui.ports import ExportFailed
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import heading, label, retone

_ABOUT = (
    "One row a line: session, code, units, modifiers, times, minutes and the reason. "
    "The batch is written whole or not at all; what was sent is not sent again."
)


class SendCard(QFrame):
    """Sends the sessions that are ticked beside it.

    Signals:
        sent: a batch was written.
        refused: nothing was sent, and the card says why.
    """

    sent = Signal()
    refused = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setProperty("plate", "card")
        self._station = station
        self._chosen: tuple[str, ...] = ()
        theme = station.theme
        self._usual_folder = station.settings.get("export-folder")
        self.folder = Field(theme, "Folder", self._usual_folder)
        self.browse = Button(theme, "Choose folder…")
        self.go = Button(theme, "Export", kind=Kind.PRIMARY, icon="send", hint="Ctrl+Enter")
        self.result = label("", wrap=True)
        self.browse.clicked.connect(self._choose_folder)
        self.go.clicked.connect(self.send)
        self._lay_out()

    def refresh(self) -> None:
        """Show the folder of the settings once that is another; what was typed here is for one batch."""
        usual = self._station.settings.get("export-folder")
        if usual != self._usual_folder:
            self._usual_folder = usual
            self.folder.set_text(usual)

    def show_chosen(self, sessions: Sequence[str]) -> None:
        """Send these sessions, by their ids, from now on."""
        self._chosen = tuple(sessions)
        self.go.show_as(f"Export {words.count_words(len(sessions), 'session', 'sessions')}", icon="send")
        self.go.setEnabled(bool(sessions))

    def send(self) -> None:
        """Write the chosen sessions as one batch and say plainly what became of it."""
        if not self._chosen or not self.folder.text:
            self._say("Choose a folder first." if self._chosen else "Nothing is ticked.", alert=True)
            return
        try:
            result = self._station.billing.export(self._chosen, Path(self.folder.text))
        except (ExportFailed, JournalError) as error:
            # Only the fault knows how far the batch got. What is ticked stays so while the list is the same.
            self._say(str(error), alert=True)
            self.refused.emit()
            return
        self._say(result_words(result), alert=bool(result.note))
        self.sent.emit()

    def _say(self, text: str, *, alert: bool) -> None:
        self.result.setText(text)
        retone(self.result, "alert" if alert else "good")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        what = label("CSV for billing", heavy=True)
        about = label(_ABOUT, size=12, tone="soft", wrap=True)
        for part in (heading("Send as"), what, about, self.folder, self.browse, self.go, self.result):
            column.addWidget(part)
        column.addStretch()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for exported files", self.folder.text)
        if chosen:
            self.folder.set_text(chosen)
