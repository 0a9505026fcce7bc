"""The review page: who waits for a signature at the left, the session and its lines at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.decisions import Decision, When
from desktop_app.core.desk import Saved
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import hold_session, release_hold
from desktop_app.ui import late
from desktop_app.ui.isolated import fault_words
from desktop_app.ui.review.detail import Detail
from desktop_app.ui.review.parts import ItemButton
from desktop_app.ui.review.review_model import ReviewItem, ReviewView, Standing, review_view, standing_of
from desktop_app.ui.sheets.correct import ask_reason
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label, plate
from desktop_app.ui.widgets.page import PageHead
from desktop_app.ui.widgets.scroll import Scroll

LIST_WIDTH = 290
READING_MS = 1_000
"""After a signature the next session takes none for so long: nobody has read it yet."""
MOST_OF_WIDTH = 26
"""The list takes no more than so many hundredths of the page."""
_PROMISE = "Signing seals these lines. A later change becomes a corrected version; the first stays readable."


class ReviewPage(QWidget):
    """Lists, shows and signs.

    Signals:
        service_asked(str, str): the actions of a service, in a session.
        board_wanted: back to the board.
    """

    service_asked = Signal(str, str)
    board_wanted = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._shown: tuple[ReviewView, int] | None = None
        self._session = ""
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.timeout.connect(self._let_sign)
        self.items: list[ItemButton] = []
        theme = station.theme
        self.head = PageHead(theme, "Review & sign", ("waiting", "signed today", "blocked"))
        self.sign_button = Button(theme, "Sign", kind=Kind.PRIMARY, icon="check", hint="Ctrl+Enter")
        self.hold_button = Button(theme, "Hold…")
        self.print_button = Button(theme, "Print…", hint="Ctrl+P")
        self.back_button = Button(theme, "Back to board")
        self.sign_button.clicked.connect(self.sign)
        self.hold_button.clicked.connect(self._hold)
        self.print_button.clicked.connect(self._print)
        self.back_button.clicked.connect(self.board_wanted)
        self._lay_out()
        theme.changed.connect(self._forget)

    def show_session(self, session: str) -> None:
        """Show one session."""
        self._session = session
        self._forget()
        self.refresh(self._station.now_us())

    def refresh(self, now_us: int) -> None:
        """Draw the list and the session anew when anything about them has changed."""
        suite = self._station.desk.suite
        view = review_view(suite, self._station.codings, now_us, self._station.zone)
        known = [item.session for item in view.items]
        if self._session not in known:
            self._session = known[0] if known else ""
        session = self.current()
        shown = (view, session.version if session else 0)
        if shown != self._shown:
            self._shown = shown
            self._draw(view, session, now_us)

    def sign(self) -> None:
        """Sign the session that is shown."""
        session, when = self.current(), self._station.stamp()
        if session is None or session.stage is not Stage.ENDED or self._reading.isActive():
            return
        desk, coder, touches = self._station.desk, self._station.coder, self._station.touches
        if touches.waiting_at(session.chair):
            # What is signed is what is on disk, and was read so.
            touches.refused.emit(f"something of chair {session.chair} is not saved yet; sign it when it is")
            return
        said = f"Chair {session.chair} · session signed"

        def seal(current: Session, at: When) -> Decision:
            return coder.signing(current, desk.head)(current, at)

        sign = Touch(said, lambda: desk.touch(session.id, seal, when), can_undo=False)
        outcome = touches.send(sign)
        if isinstance(outcome, Saved):
            self._reading.start(READING_MS)
            self._go_on()

    def news_place(self) -> QWidget:
        """The part above the page's foot."""
        return self._scroll

    def first_focus(self) -> QWidget:
        """The first session of the list, or the way back."""
        return self.items[0] if self.items else self.back_button

    def _go_on(self) -> None:
        """Show the next session that can be signed, if there is one."""
        ready = [item.item.session for item in self.items if item.item.standing is Standing.WAITING]
        if ready:
            self.show_session(ready[0])
        else:
            self._allow_sign(allowed=False)

    def _let_sign(self) -> None:
        self._forget()
        self.refresh(self._station.now_us())

    def _allow_sign(self, *, allowed: bool) -> None:
        """Take presses on Sign, or none; its focus goes to the list, where Enter changes nothing."""
        if self.sign_button.hasFocus() and not allowed:
            (self._checked() if self.items else self.back_button).setFocus()
        self.sign_button.setEnabled(allowed)

    def current(self) -> Session | None:
        """Return the session that is shown."""
        return self._station.desk.suite.sessions.get(self._session)

    def _forget(self) -> None:
        self._fit()
        self._shown = None

    def _lay_out(self) -> None:
        side = self._side = plate("panel-left")
        self._list = QVBoxLayout(side)
        self._list.setContentsMargins(14, 14, 14, 14)
        self._list.setSpacing(8)
        self._scroll = Scroll("Session under review")
        right = QVBoxLayout()
        right.setContentsMargins(26, 18, 26, 16)
        right.addWidget(self._scroll, 1)
        right.addLayout(self._foot())
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the session most of the width, whatever the text's size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._side.setFixedWidth(min(self._station.theme.px(LIST_WIDTH), self.width() * MOST_OF_WIDTH // 100))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(_PROMISE, size=12, tone="soft", wrap=True), 1)
        for button in (self.hold_button, self.print_button, self.back_button, self.sign_button):
            foot.addWidget(button)
        return foot

    def _draw(self, view: ReviewView, session: Session | None, now_us: int) -> None:
        self.head.show_number("waiting", str(view.waiting))
        self.head.show_number("signed today", str(view.signed_today))
        self.head.show_number("blocked", str(view.blocked), alert=bool(view.blocked))
        self._draw_list(view)
        self._draw_detail(session, now_us)
        codings = self._station.codings
        standing = standing_of(session, codings, now_us) if session else Standing.SIGNED
        self._allow_sign(allowed=standing is Standing.WAITING and not self._reading.isActive())
        self.hold_button.setEnabled(standing is not Standing.SIGNED)
        self.print_button.setEnabled(session is not None)
        self.hold_button.show_as("Release hold" if standing is Standing.HELD else "Hold…")

    def _draw_list(self, view: ReviewView) -> None:
        had_focus = any(item.hasFocus() for item in self.items)
        # A day has a hundred of them, and hardly any says something else than before.
        before = {button.item.session: button for button in self.items}
        self.items = [before.get(item.session) or self._new_item(item) for item in view.items]
        while (old := self._list.takeAt(0)) is not None:
            if (widget := old.widget()) is not None and widget not in self.items:
                widget.hide()
                widget.deleteLater()
        for at, (button, item) in enumerate(zip(self.items, view.items, strict=True)):
            button.show_item(item)
            button.setChecked(item.session == self._session)
            self._list.addWidget(button)
            if at:
                self.setTabOrder(self.items[at - 1], button)
            # Only what is shown can take the focus over from the button it replaces.
            button.show()
        if not self.items:
            words = "Nothing waits for a signature. A session comes here when it is ended on the board."
            self._list.addWidget(label(words, tone="soft", wrap=True))
        self._list.addStretch()
        if had_focus and self.items:
            self._checked().setFocus()

    def _new_item(self, item: ReviewItem) -> ItemButton:
        button = ItemButton(self._station.theme, item)
        button.clicked.connect(partial(self._choose, item.session))
        button.stepped.connect(self._step)
        return button

    def _checked(self) -> ItemButton:
        return next((item for item in self.items if item.isChecked()), self.items[0])

    def _draw_detail(self, session: Session | None, now_us: int) -> None:
        if session is None:
            self._scroll.setWidget(QWidget())
            return
        self._scroll.setWidget(
            self._station.isolation.ask(
                "drawing the review",
                lambda: self._detail(session, now_us),
                lambda fault: label(fault_words("This session cannot be shown", fault), wrap=True),
                session.id,
                str(session.version),
            )
        )

    def _detail(self, session: Session, now_us: int) -> QWidget:
        detail = Detail(self._station, session, now_us)
        detail.service_asked.connect(self.service_asked)
        return detail

    def _choose(self, session: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.show_session(session)

    def _step(self, by: int) -> None:
        at = next((at for at, item in enumerate(self.items) if item.hasFocus()), 0) + by
        if 0 <= at < len(self.items):
            self.items[at].setFocus()
            self.show_session(self.items[at].item.session)

    def _print(self) -> None:
        session = self.current()
        if session is not None:
            late.print_session(self._station, session)

    def _hold(self) -> None:
        session = self.current()
        if session is None:
            return
        if session.hold_reason:
            self._station.touch(session, "hold released", release_hold, self._station.stamp())
            return
        ask_reason(
            self._station,
            session,
            title=f"Chair {session.chair} · hold the session",
            under="A held session is not billed until the hold is released.",
            on="Hold",
            said="session held",
            action_of=lambda reason: partial(hold_session, reason=reason),
        )
