"""Everything that was recorded of the session under review, told when it is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.session import Session
from desktop_app.ui.panel.history_model import history_rows
from desktop_app.ui.panel.history_rows import HistoryBlock, with_whole_history
from desktop_app.ui.panel.refill import refill
from desktop_app.ui.panel.session_parts import Section
from desktop_app.ui.sheets.moment_history import show_times
from desktop_app.ui.sheets.seating import show_seating
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind


class ReviewHistory(QWidget):
    """The history of one session: every touch, when, by whom, and what was taken back."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._session: Session | None = None
        self._is_told = False
        self.more = Button(station.theme, "Show the history", kind=Kind.LINK)
        self.more.clicked.connect(self._toggle)
        ways = with_whole_history(station, self.more, lambda: self._session.id if self._session else "")
        self._section = Section("History", link=ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)

    def show_session(self, session: Session) -> None:
        """Show another session, whose history nobody has asked for yet, or this one as it is now."""
        if self._session is None or self._session.id != session.id:
            self._is_told = False
        self._session = session
        self._tell()

    def _toggle(self) -> None:
        self._is_told = not self._is_told
        self._tell()

    def _tell(self) -> None:
        session = self._session
        if session is None or not self._is_told:
            refill(self._section.rows, [])
            self.more.show_as("Show the history", kind=Kind.LINK)
            return
        rows = history_rows(session, self._station.desk.history(session.id))
        theme = self._station.theme
        refill(self._section.rows, [HistoryBlock(theme, row, self._show_times) for row in rows])
        self.more.show_as(f"Hide the history ({len(rows)})", kind=Kind.LINK)

    def _show_times(self, service: str) -> None:
        session = self._session
        found = session.service(service) if session and service else None
        if session is not None and found is not None:
            show_times(self._station, session, found)
        elif session is not None and not service:
            show_seating(self._station, session)
