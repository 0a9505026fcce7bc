"""The right side of the review: one session, or two of its versions, or why it cannot be shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.core.session import Session, Stage
from desktop_app.ui.isolated import fault_words
from desktop_app.ui.review.detail import Detail
from desktop_app.ui.review.review_model import Standing
from desktop_app.ui.review.versions import VersionsView
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.scroll import Scroll


class SessionView(QStackedWidget):
    """Shows one session, with what can be done to the whole of it.

    Signals:
        compare_wanted: the versions side by side, or the session again.
    """

    compare_wanted = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        theme = station.theme
        self.is_comparing = False
        self.detail = Detail(station)
        self.versions = VersionsView(station)
        self.compare_button = Button(theme, "Compare versions", hint="V")
        self.hold_button = Button(theme, "Hold…", hint="H")
        self.change_button = Button(theme, "Open again…", hint="C")
        for button in (self.compare_button, self.hold_button, self.change_button):
            self.detail.ways.addWidget(button)
        for asked in (self.compare_button.clicked, self.versions.closed):
            asked.connect(self.compare_wanted)
        self._nothing, self._fault = QWidget(), label("", wrap=True)
        self.place = Scroll("Session under review", self.detail)
        self.beside = Scroll("Versions side by side", self.versions)
        for part in (self._nothing, self.place, self.beside, self._fault):
            self.addWidget(part)

    def show_session(self, session: Session | None, standing: Standing | None, now_us: int) -> None:
        """Show a session as it is now; None for none."""
        if session is None or standing is None:
            self.setCurrentWidget(self._nothing)
            return
        self._show_ways(session, standing)
        self.setCurrentWidget(
            self._station.isolation.ask(
                "drawing the review",
                lambda: self._drawn(session, now_us),
                self._faulty,
                session.id,
                str(session.version),
            )
        )

    def make_room_for_news(self, height: int) -> None:
        """Give so many pixels of the foot to the news, so that it hides nothing that can be pressed."""
        self.setContentsMargins(0, 0, 0, height)

    def to_top(self) -> None:
        """Scroll up: another session is shown."""
        for place in (self.place, self.beside):
            place.verticalScrollBar().setValue(0)

    def _show_ways(self, session: Session, standing: Standing) -> None:
        self.hold_button.setVisible(standing is not Standing.SIGNED)
        is_held = standing is Standing.HELD
        self.hold_button.show_as("Release hold" if is_held else "Hold…")
        is_signed = session.stage is Stage.SIGNED
        self.change_button.setVisible(is_signed or not session.signatures)
        self.change_button.show_as("Open again…" if is_signed else "Back to its chair…")
        self.compare_button.setVisible(has_versions(session))

    def _drawn(self, session: Session, now_us: int) -> QWidget:
        self.detail.show_session(session, now_us)
        if not self.is_comparing:
            return self.place
        self.versions.show_session(session, now_us)
        return self.beside

    def _faulty(self, fault: Exception) -> QWidget:
        self._fault.setText(fault_words("This session cannot be shown", fault))
        return self._fault


def has_versions(session: Session) -> bool:
    """Return whether there are two versions to lay side by side, signed or to be signed."""
    return len(session.signatures) > (1 if session.stage is Stage.SIGNED else 0)
