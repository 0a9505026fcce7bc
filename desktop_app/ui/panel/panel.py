"""The panel beside the board: the chosen chair's session, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.session import Session, Stage
from desktop_app.ui import words
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.isolated import fault_words
from desktop_app.ui.kept import unsaved_spoken
from desktop_app.ui.panel.first_steps import FirstSteps
from desktop_app.ui.panel.marks import MarksTray
from desktop_app.ui.panel.notes import VisitNotes
from desktop_app.ui.panel.panel_model import PanelView, panel_view
from desktop_app.ui.panel.reminders import ReminderList
from desktop_app.ui.panel.session_parts import SessionParts
from desktop_app.ui.panel.width import panel_width
from desktop_app.ui.privacy import may_look
from desktop_app.ui.sheets.host import NO_RETURN
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import breakable, label
from desktop_app.ui.widgets.scroll import Scroll

FREE = "This chair is free. Press Enter on it, or click it, to seat a patient."
CHOOSE = "Choose a chair to see who sits there."
SHOWN_MS = 30_000


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
        self._hide_again.timeout.connect(self.conceal)
        self._make_parts()
        self._lay_out()
        self._theme.changed.connect(self._redraw)

    def show_chair(self, chair: str, now_us: int) -> None:
        """Show what a chair's session is like at an instant."""
        if chair != self._chair:
            self._place.verticalScrollBar().setValue(0)
        self._chair = chair
        self.marks.show_marks(self._station.desk.suite.open_marks)
        self._tell_waiting(chair)
        session = self._station.desk.suite.shown_in(chair)
        if session is None:
            self.reminders.show_session(session, now_us)
            self._show_free(chair)
            return
        self._station.viewed.saw(session.id, "board")
        self._station.isolation.ask(
            "drawing the panel",
            lambda: self._show_now(session, now_us),
            lambda fault: self._show_fault(session, fault),
            session.id,
            str(session.version),
        )

    def _show_now(self, session: Session, now_us: int) -> None:
        self.reminders.show_session(session, now_us)
        at_plan, revealed = self.parts.at_plan_end, self._revealed == session.id
        view = panel_view(session, self._station.codings, now_us, at_plan_end=at_plan, revealed=revealed)
        self.parts.show_now(session, now_us)
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
        self.setFixedWidth(panel_width(self._theme, page_width))

    def _make_parts(self) -> None:
        theme = self._theme
        self.title = label("", size=18, heavy=True, wrap=True)
        self.under = label("", size=12, tone="soft", wrap=True)
        self.unsaved = label("", size=12, tone="alert", heavy=True, wrap=True)
        self.reveal = Button(theme, "show", kind=Kind.LINK)
        self.reveal.setAccessibleName("Show the whole MRN for 30 seconds")
        # What is under it stays where it is while the MRN is shown.
        stays = self.reveal.sizePolicy()
        stays.setRetainSizeWhenHidden(True)
        self.reveal.setSizePolicy(stays)
        self.first_steps = FirstSteps(theme)
        self.parts = SessionParts(self._station)
        self.notes = VisitNotes()
        self.parts.service_asked.connect(self.service_asked)
        self.parts.choice_changed.connect(self._redraw)
        self.parts.history_opened.connect(lambda: QTimer.singleShot(0, self, self._show_history))
        self.marks = MarksTray(self._station)
        self.marks.all_asked.connect(lambda: self.asked.emit(Deed.SAY_MARK.value, self._chair))
        self.reminders = ReminderList(self._station)
        self.parts.add_on_top(self.reminders)
        self.service = Button(theme, "Service", icon="plus", hint="A")
        self.plan = self.parts.plan
        self.parts.add_under(self.parts.services, self.notes)
        self.mark = Button(theme, "Mark time", hint="M")
        self.more = Button(theme, "More", hint="O")
        self.more.clicked.connect(lambda: self.asked.emit(Deed.MORE.value, self._chair))
        self.end = Button(theme, "End session", kind=Kind.PRIMARY, hint="E")
        self.end.setProperty(NO_RETURN, True)  # noqa: FBT003 - Qt's own signature
        self.reveal.clicked.connect(self._reveal)
        asks = (
            (self.service, Deed.START), (self.plan, Deed.PLAN), (self.mark, Deed.MARK), (self.end, Deed.END)
        )  # fmt: skip
        for button, deed in asks:
            button.clicked.connect(lambda _=False, deed=deed: self.asked.emit(deed.value, self._chair))

    def _lay_out(self) -> None:
        px = self._theme.px
        content = self._content = QWidget()
        self._parts = QVBoxLayout(content)
        self._parts.setContentsMargins(px(18), px(16), px(18), px(10))
        self._parts.setSpacing(px(6))
        under = QHBoxLayout()
        under.addWidget(self.under, 1)
        under.addWidget(self.reveal)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addLayout(head)
        told.addLayout(under)
        self._parts.addLayout(told)
        self._parts.addWidget(self.unsaved)
        self._parts.addWidget(self.parts)
        self._parts.addWidget(self.first_steps)
        self._parts.addStretch()
        scroll = self._place = Scroll("Session", content)
        scroll.verticalScrollBar().rangeChanged.connect(self._even_out)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.marks)
        outer.addLayout(self._buttons())

    def _even_out(self, _least: int, most: int) -> None:
        """Keep the right edge of the words over that of the buttons, with and without a scroll bar."""
        px, margins = self._theme.px, self._parts.contentsMargins()
        bar = self._place.verticalScrollBar().sizeHint().width() if most > 0 else 0
        margins.setRight(max(0, px(18) - bar))
        self._parts.setContentsMargins(margins)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 8, 18, 14)
        row.setSpacing(8)
        for button in (self.service, self.mark, self.end):
            row.addWidget(button, 1)
        return row

    def _tell_waiting(self, chair: str) -> None:
        """Say what waits to be saved here: all else the panel shows is on disk."""
        waiting = self._station.touches.waiting_at(chair)
        told = words.sentence(unsaved_spoken(waiting, self._station.zone)) if waiting else ""
        if self.unsaved.text() != told or self.unsaved.isHidden() is bool(told):
            self.unsaved.setText(told)
            self.unsaved.setVisible(bool(told))

    def _show_free(self, chair: str) -> None:
        self._view = None
        self.parts.forget()
        self.title.setText(f"Chair {chair}" if chair else "No chair is chosen")
        self.under.setText(FREE if chair else CHOOSE)
        self.reveal.hide()
        self.more.hide()
        self.parts.hide()
        self.first_steps.setVisible(not self._station.desk.suite.sessions)
        self.service.setEnabled(False)
        self.end.setEnabled(False)

    def _show_fault(self, session: Session, fault: Exception) -> None:
        """Say that the session cannot be shown; its card and the keys still stop what runs."""
        self._view = None
        self.parts.forget()
        self.parts.hide()
        self.reveal.hide()
        self.title.setText(f"Chair {session.chair}")
        self.under.setText(fault_words("This session cannot be shown", fault))
        self.more.show()
        self.service.setEnabled(session.stage is Stage.OPEN)
        self.end.setEnabled(session.stage is Stage.OPEN)

    def _show_session(self, session: Session, view: PanelView) -> None:
        self._view = view
        self.title.setText(breakable(view.title))
        self.under.setText(view.under)
        self.reveal.setVisible(bool(session.mrn) and self._revealed != session.id)
        self.more.show()
        self.first_steps.hide()
        self.parts.show()
        self.service.setEnabled(view.is_open)
        self.plan.setVisible(view.is_open)
        self.end.setEnabled(view.can_end)
        self.notes.show_notes(view.notes)
        self.parts.show_view(session, view)

    def _show_history(self) -> None:
        """Scroll to the history, once its rows have their place."""
        self._content.adjustSize()
        top = self.parts.history.mapTo(self._content, QPoint(0, 0)).y()
        self._place.verticalScrollBar().setValue(top)

    def _reveal(self) -> None:
        session = self._station.desk.suite.shown_in(self._chair)
        if session is not None and may_look(self._station, session):
            self._revealed = session.id
            self._hide_again.start(SHOWN_MS)
            self._redraw()

    def conceal(self) -> None:
        """Hide again what was shown of a patient."""
        self._hide_again.stop()
        self._revealed = ""
        self._redraw()

    def _redraw(self) -> None:
        if self._chair:
            self._view = None
            self.parts.redraw()
            self.show_chair(self._chair, self._station.now_us())
