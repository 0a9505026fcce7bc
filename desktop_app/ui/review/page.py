"""The review page: who waits for a signature at the left, the session and its lines at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.decisions import When
from desktop_app.core.desk import Saved
from desktop_app.core.session import Session, Stage
from desktop_app.ui import late
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.review.acts import ask_to_reopen, hold_or_release, refused_unsaved, sign
from desktop_app.ui.review.findings import marks_of
from desktop_app.ui.review.foot import Foot
from desktop_app.ui.review.recall import recalling
from desktop_app.ui.review.review_model import (
    TO_SIGN,
    Counts,
    ReviewItem,
    ReviewRows,
    Standing,
    review_item,
)
from desktop_app.ui.review.session_view import SessionView, has_versions
from desktop_app.ui.review.side import ReviewSide
from desktop_app.ui.sheets.import_patients import choose_file
from desktop_app.ui.sheets.people import ask_people
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import rule
from desktop_app.ui.widgets.page import PageHead
from desktop_app.ui.widgets.sided import SidedPage, SideWidth

SIDE_WIDTH = SideWidth(290, most_of_page=26)
READING_MS = 1_000
"""After a signature the next session takes none for so long: nobody has read it yet."""


class ReviewPage(SidedPage):
    """Lists, shows and signs.

    Signals:
        service_asked(str, str): the actions of a service, in a session.
        board_wanted: back to the board.
    """

    service_asked = Signal(str, str)
    board_wanted = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__(station.theme, SIDE_WIDTH)
        self._station = station
        self._session = ""
        self._shown: tuple[object, ...] | None = None
        self._names = Names.INITIALS
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.timeout.connect(self._let_sign)
        self.rows = ReviewRows(station.codings)
        theme = station.theme
        self.head = PageHead(theme, "Review & sign", ("waiting", "blocked", "changed", "signed today"))
        self.import_button = Button(theme, "Import patients…", hint="I")
        self.head.add(self.import_button)
        self.side = ReviewSide(theme, self._describe)
        self.list = self.side.list
        self.view = SessionView(station)
        self.detail, self.versions = self.view.detail, self.view.versions
        self.hold_button, self.change_button = self.view.hold_button, self.view.change_button
        self.foot = Foot(theme)
        self.sign_button, self.print_button = self.foot.sign, self.foot.print
        self.back_button = self.foot.back
        self._lay_out()
        self._connect()
        recalling(station, self.side, lambda: self.refresh(station.now_us()))

    def _connect(self) -> None:
        self.sign_button.clicked.connect(self.sign)
        self.hold_button.clicked.connect(self._hold)
        self.change_button.clicked.connect(self._reopen)
        self.view.compare_wanted.connect(self.compare)
        self.print_button.clicked.connect(self._print)
        self.back_button.clicked.connect(self.board_wanted)
        self.import_button.clicked.connect(self._import)
        self.side.chosen.connect(self.show_session)
        self.detail.service_asked.connect(self.service_asked)
        self.detail.people_asked.connect(self._ask_people)
        self._station.theme.changed.connect(self._forget)

    def show_session(self, session: str) -> None:
        """Show one session."""
        if session != self._session:
            self.view.is_comparing = False
            self.view.to_top()
        self._session = session
        self._forget()
        self.refresh(self._station.now_us())

    def refresh(self, now_us: int) -> None:
        """Draw the list and the session anew when anything about them has changed."""
        station = self._station
        changed = self.rows.renew(station.desk.suite.sessions, now_us, station.zone)
        if self.rows.standing(self._session) is None:
            self._session = self.rows.sessions[0].id if self.rows.sessions else ""
            self.view.is_comparing = False
        if changed or Names(station.settings.get("card-names")) is not self._names:
            self._names = Names(station.settings.get("card-names"))
            self.list.sessions.forget()
        session = self.current()
        if session is not None:
            station.viewed.saw(session.id, "review")
        marks = marks_of(station.desk.suite, session) if session else ()
        shown = (session, marks)
        if changed or shown != self._shown:
            self._draw_list()
        if shown != self._shown:
            self._shown = shown
            self._draw_session(session, now_us)

    def sign(self) -> None:
        """Sign the session that is shown, once it was read what would be lost by that."""
        session, when = self.current(), self._station.stamp()
        if session is None or session.stage is not Stage.ENDED or self._reading.isActive():
            return
        if refused_unsaved(self._station, session):
            return
        from desktop_app.ui.review.left_open import ask_what_is_left_open  # noqa: PLC0415 - no page opens with it

        ask_what_is_left_open(self._station, session, lambda: self._prove(session, when))

    def _prove(self, session: Session, when: When) -> None:
        """Sign; where people have secrets, once theirs was shown."""
        if not self._station.desk.suite.people.are_named:
            self._sign(session, when)
            return
        from desktop_app.ui.signin.switch import ask_before_signing  # noqa: PLC0415 - most folders name nobody

        title = f"Chair {session.chair} · sign"
        ask_before_signing(self._station, title, lambda: self._sign(session, when))

    def _sign(self, session: Session, when: When) -> None:
        following = self._following(session.id)
        if isinstance(sign(self._station, session, when), Saved):
            self._reading.start(READING_MS)
            self._go_on(following)

    def take_letter(self, letter: str) -> bool:
        """Do what a letter stands for on this page; False when it has none."""
        deeds: dict[str, Callable[[], None]] = {
            "s": self.sign,
            "n": self.go_to_next_blocked,
            "h": self._hold,
            "c": self._reopen,
            "t": self._go_to_terms,
            "d": self._ask_people,
            "i": self._import,
            "f": self.side.field.setFocus,
            "v": self.compare,
        }
        deed = deeds.get(letter)
        if deed is not None:
            deed()
        return deed is not None

    def go_to_next_blocked(self) -> None:
        """Show the next session that something stands in the way of."""
        found = self.rows.next_of({Standing.BLOCKED}, self._session)
        if found:
            self.show_session(found)
            self.list.setFocus()
        else:
            self._station.touches.told.emit("Nothing is blocked.")

    def open_session(self) -> None:
        """Put the keyboard into the session that the list is on, at what is to be settled."""
        if self.current() is not None:
            into = self.versions.back if self.view.is_comparing else self.detail.first_to_settle()
            into.setFocus()

    def compare(self) -> None:
        """Show the versions of the session side by side, or the session again."""
        session = self.current()
        if session is None or not has_versions(session):
            self._station.touches.told.emit("There is only one version; a signed one is opened again with C.")
            return
        self.view.is_comparing = not self.view.is_comparing
        self._forget()
        self.refresh(self._station.now_us())
        (self.versions.back if self.view.is_comparing else self.view.compare_button).setFocus()

    def goes_back(self) -> bool:
        """Go back from versions side by side to their session; False where nothing is compared."""
        if not self.view.is_comparing:
            return False
        self.compare()
        return True

    def news_place(self) -> QWidget:
        """The part above the page's foot."""
        return self.view

    def first_focus(self) -> QWidget:
        """The list, or the way back."""
        return self.list if self.rows.sessions else self.back_button

    def _following(self, signed: str) -> str:
        """Return the next session below that can be signed; nothing while only some are listed.

        Whoever looks for somebody has that one in mind, and no other that is not even in the list.
        """
        if self.side.field.text():
            return ""
        following = self.rows.next_of(TO_SIGN, after=signed)
        return "" if following == signed else following

    def _go_on(self, following: str) -> None:
        """Show the next session that can be signed, if there is one."""
        if following:
            self.show_session(following)
        else:
            self._allow_sign(allowed=False)

    def _let_sign(self) -> None:
        self._forget()
        self.refresh(self._station.now_us())

    def _allow_sign(self, *, allowed: bool) -> None:
        """Take presses on Sign, or none; its focus goes to the list, where Enter changes nothing."""
        if self.sign_button.hasFocus() and not allowed:
            self.first_focus().setFocus()
        self.sign_button.setEnabled(allowed)

    def current(self) -> Session | None:
        """Return the session that is shown."""
        return self._station.desk.suite.sessions.get(self._session)

    def _forget(self) -> None:
        self.fit()
        self._shown = None

    def _describe(self, session: Session) -> ReviewItem:
        station = self._station
        return review_item(session, station.codings, station.now_us(), self._names, station.zone)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.view, 1)
        right.addWidget(rule())
        right.addSpacing(12)
        right.addLayout(self.foot)
        self.stand(self.head, self.side, right)

    def _draw_list(self) -> None:
        counts: Counts = self.rows.counts
        self.head.show_number("waiting", str(counts.waiting))
        self.head.show_number("blocked", str(counts.blocked), alert=bool(counts.blocked))
        self.head.show_number("changed", str(counts.changed))
        self.head.show_number("signed today", str(counts.signed_today))
        self.side.show_sessions(self.rows.sessions, self._session)

    def _draw_session(self, session: Session | None, now_us: int) -> None:
        standing = self.rows.standing(self._session)
        self._allow_sign(allowed=standing in TO_SIGN and not self._reading.isActive())
        self.foot.show_standing(standing)
        self.view.show_session(session, standing, now_us)

    def look_for(self, mrn: str) -> bool:
        """Show a patient whose wristband was scanned; False where nobody listed has that MRN."""
        return self.side.look_for(mrn)

    def _go_to_terms(self) -> None:
        if self.detail.terms.isVisible():
            self.detail.terms.first_focus().setFocus()

    def _ask_people(self) -> None:
        session = self.current()
        if session is not None:
            ask_people(self._station, session)

    def _import(self) -> None:
        choose_file(self._station, self, lambda: self.refresh(self._station.now_us()))

    def _print(self) -> None:
        session = self.current()
        if session is not None:
            late.print_session(self._station, session)

    def _hold(self) -> None:
        session = self.current()
        if session is not None and session.stage is Stage.ENDED:
            hold_or_release(self._station, session)

    def _reopen(self) -> None:
        session = self.current()
        if session is not None and self.change_button.isVisible():
            ask_to_reopen(self._station, session)
