"""The panel beside the board: the chosen chair's session, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop_app.core.session import Session
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.panel.marks import MarksTray
from desktop_app.ui.panel.panel_model import LinesView, PanelView, panel_view
from desktop_app.ui.panel.rows import FindingBlock, LineBlock, ServiceButton
from desktop_app.ui.panel.timeline import TimelinePicture
from desktop_app.ui.panel.timeline_model import timeline
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Choice
from desktop_app.ui.widgets.labels import heading, label
from desktop_app.ui.widgets.scroll import Scroll

WIDTH = 404
LEAST = 300
SHOWN_MS = 30_000
_NOW, _PLAN = "now", "plan"


class Panel(QFrame):
    """Draws one session; rebuilds its rows only when what they say has changed.

    Signals:
        asked(str, str): a deed, at a chair.
        service_asked(str, str): the actions of a service, in a session.
    """

    asked = Signal(str, str)
    service_asked = Signal(str, str)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setProperty("plate", "panel")
        self._station = station
        self._theme = station.theme
        self._chair = ""
        self._view: PanelView | None = None
        self._revealed = ""
        self._hide_again = QTimer(self)
        self._hide_again.setSingleShot(True)
        self._hide_again.timeout.connect(self._conceal)
        self._make_parts()
        self._lay_out()
        self._theme.changed.connect(self._redraw)

    def show_chair(self, chair: str, now_us: int) -> None:
        """Show what a chair's session is like at an instant."""
        self._chair = chair
        self.marks.show_marks(self._station.desk.suite.open_marks)
        session = self._station.desk.suite.shown_in(chair)
        if session is None:
            self._show_free(chair)
            return
        at_plan = self.choice.taken == _PLAN
        revealed = self._revealed == session.id
        view = panel_view(session, self._station.codings, now_us, at_plan_end=at_plan, revealed=revealed)
        self.timeline.show_timeline(timeline(session, now_us))
        if view != self._view:
            self._show_session(session, view)

    @property
    def view(self) -> PanelView | None:
        """What the panel shows."""
        return self._view

    def fit(self, page_width: int) -> None:
        """Take as much of the page as is right for its width."""
        for button in (self.service, self.mark, self.end):
            button.setMinimumWidth(button.words_width())
        self.setFixedWidth(min(self._theme.px(WIDTH), max(self._theme.px(LEAST), page_width * 3 // 10)))

    def _make_parts(self) -> None:
        theme = self._theme
        self.title = label("", size=18, heavy=True, wrap=True)
        self.under = label("", size=12, tone="soft", wrap=True)
        self.reveal = Button(theme, "show", kind=Kind.LINK)
        self.reveal.setAccessibleName("Show the whole MRN for 30 seconds")
        self.timeline = TimelinePicture(theme)
        self.choice = Choice(theme, "Coded lines", [(_NOW, "If stopped now"), (_PLAN, "At plan end")])
        self.marks = MarksTray(self._station)
        self.service = Button(theme, "Service", icon="plus", hint="A")
        self.plan = Button(theme, "Plan…", kind=Kind.LINK, hint="L")
        self.mark = Button(theme, "Mark time", hint="M")
        self.end = Button(theme, "End session", kind=Kind.PRIMARY, hint="E")
        self.reveal.clicked.connect(self._reveal)
        self.choice.chosen.connect(lambda _: self._redraw())
        asks = (
            (self.service, Deed.START), (self.plan, Deed.PLAN), (self.mark, Deed.MARK), (self.end, Deed.END)
        )  # fmt: skip
        for button, deed in asks:
            button.clicked.connect(lambda _=False, deed=deed: self.asked.emit(deed.value, self._chair))

    def _lay_out(self) -> None:
        px = self._theme.px
        content = QWidget()
        self._parts = QVBoxLayout(content)
        self._parts.setContentsMargins(px(18), px(16), px(18), px(10))
        self._parts.setSpacing(px(6))
        under = QHBoxLayout()
        under.addWidget(self.under, 1)
        under.addWidget(self.reveal)
        self._services, self._lines = QVBoxLayout(), QVBoxLayout()
        self._services.setSpacing(0)
        self._lines.setSpacing(0)
        self._session_parts = QWidget()
        inside = QVBoxLayout(self._session_parts)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(6))
        for part in (heading("Timeline"), self.timeline, heading("Services")):
            inside.addWidget(part)
        inside.addLayout(self._services)
        inside.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addSpacing(px(8))
        inside.addWidget(heading("Coded lines"))
        inside.addWidget(self.choice)
        inside.addLayout(self._lines)
        self._parts.addWidget(self.title)
        self._parts.addLayout(under)
        self._parts.addWidget(self._session_parts)
        self._parts.addStretch()
        scroll = Scroll("Session", content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.marks)
        outer.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 8, 18, 14)
        row.setSpacing(8)
        for button in (self.service, self.mark, self.end):
            row.addWidget(button, 1)
        return row

    def _show_free(self, chair: str) -> None:
        self._view = None
        self.title.setText(f"Chair {chair}")
        self.under.setText("This chair is free. Press Enter on it, or click it, to seat a patient.")
        self.reveal.hide()
        self._session_parts.hide()
        self.service.setEnabled(False)
        self.end.setEnabled(False)

    def _show_session(self, session: Session, view: PanelView) -> None:
        was, self._view = self._view, view
        self.title.setText(view.title)
        self.under.setText(view.under)
        self.reveal.setVisible(bool(session.mrn) and self._revealed != session.id)
        self._session_parts.show()
        self.service.setEnabled(view.is_open)
        self.plan.setVisible(view.is_open)
        self.end.setEnabled(view.can_end)
        self.choice.setVisible(bool(view.plan_end))
        self.choice.chip(_PLAN).setText(f"At plan end {view.plan_end}".strip())
        if was is None or was.services != view.services:
            self._show_services(session, view)
        if was is None or was.lines != view.lines:
            _refill(self._lines, lines_widgets(self._station, view.lines))

    def _show_services(self, session: Session, view: PanelView) -> None:
        rows: list[QWidget] = []
        for row in view.services:
            button = ServiceButton(self._theme, row)
            button.clicked.connect(lambda _=False, row=row: self.service_asked.emit(session.id, row.service))
            rows.append(button)
        _refill(self._services, rows or [label("Nothing given yet.", size=12, tone="soft")])

    def _reveal(self) -> None:
        session = self._station.desk.suite.shown_in(self._chair)
        if session is not None:
            self._revealed = session.id
            self._hide_again.start(SHOWN_MS)
            self._redraw()

    def _conceal(self) -> None:
        self._revealed = ""
        self._redraw()

    def _redraw(self) -> None:
        if self._chair:
            self._view = None
            self.show_chair(self._chair, self._station.now_us())


def lines_widgets(station: Station, view: LinesView) -> list[QWidget]:
    """Return the rows of a coding: findings first, then lines, then what is on no line."""
    theme = station.theme
    rows: list[QWidget] = [FindingBlock(theme, finding) for finding in view.findings]
    rows += [LineBlock(theme, line) for line in view.lines]
    if not view.lines:
        rows.append(label("No line yet.", size=12, tone="soft"))
    if view.not_billed:
        rows.append(heading("Not billed"))
        rows += [LineBlock(theme, line, quiet=True) for line in view.not_billed]
    return rows


def _refill(layout: QLayout, widgets: Sequence[QWidget]) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
