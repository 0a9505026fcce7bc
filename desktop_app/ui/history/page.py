"""The history page: any session there ever was, found at the left; all that was recorded of it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.desk import Saved
from desktop_app.core.ports import JournalError
from desktop_app.core.record.chronicle import Chronicle, chronicle_of
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.history.event_list import EventList
from desktop_app.ui.history.event_model import event_view
from desktop_app.ui.history.event_sheet import EventSheet
from desktop_app.ui.history.finding import FindingSide
from desktop_app.ui.history.history_model import about_words, who_words
from desktop_app.ui.printing import print_history
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.page import PageHead
from desktop_app.ui.widgets.sided import SidedPage, SideWidth

SIDE_WIDTH = SideWidth(340, most_of_page=32)
NOTHING_CHOSEN = "Choose a session at the left to see everything that was recorded of it."


class HistoryPage(SidedPage):
    """Finds and tells.

    Signals:
        review_wanted(str): a session is to be shown in the review.
    """

    review_wanted = Signal(str)

    def __init__(self, station: Station) -> None:
        super().__init__(station.theme, SIDE_WIDTH)
        self._station = station
        self._chronicle: Chronicle | None = None
        self._names = Names(station.settings.get("card-names"))
        theme = station.theme
        self.head = PageHead(theme, "History")
        self.side = FindingSide(station)
        self.who = label("", size=22, heavy=True)
        self.about = label(NOTHING_CHOSEN, tone="soft", wrap=True)
        self.list = EventList(theme)
        self.review_button = Button(theme, "In the review")
        self.print_button = Button(theme, "Print…", hint="Ctrl+P")
        self._lay_out()
        self._connect()
        self._tell_ways()

    @property
    def chronicle(self) -> Chronicle | None:
        """The history that is shown."""
        return self._chronicle

    def show_session(self, session: str) -> None:
        """Show a session's history, whether it was looked for or not."""
        self._tell(session, from_top=True)
        self.side.list.stand_on(session)

    def refresh(self, _now_us: int) -> None:
        """Look for the newest sessions where nobody looked for any yet; hide names where that was chosen."""
        names = Names(self._station.settings.get("card-names"))
        if names is not self._names:
            self._names = names
            self.side.show_names(names)
            self._draw(from_top=False)
        self.side.begin()
        if self._chronicle is not None:
            self._station.viewed.saw(self._chronicle.session, "history")

    def take_letter(self, letter: str) -> bool:
        """Do what a letter stands for on this page; False when it has none."""
        deeds = {"f": self.side.field.setFocus, "r": self._to_review}
        deed = deeds.get(letter)
        if deed is not None:
            deed()
        return deed is not None

    def press(self, focused: QWidget | None) -> bool:
        """Do what Enter does in a list; False where none has the keyboard."""
        if focused is self.list:
            self.list.press_current()
        elif focused is self.side.list and self._chronicle is not None:
            self.list.setFocus()
        return focused in {self.list, self.side.list}

    def look_for(self, scanned: str) -> bool:
        """Look for a patient whose wristband was scanned, or for whatever else was; always done here."""
        self.side.look_for(scanned)
        return True

    def print_shown(self) -> None:
        """Show the history as paper, to be printed or saved."""
        if self._chronicle is None:
            self._station.touches.refused.emit("there is no session here to print")
        else:
            print_history(self._station, self._chronicle)

    def news_place(self) -> QWidget:
        """The part above the page's foot."""
        return self.list

    def first_focus(self) -> QWidget:
        """The events, where a session is shown; else where one is looked for."""
        return self.list if self._chronicle is not None else self.side.field

    def _tell(self, session: str, *, from_top: bool) -> None:
        try:
            found = chronicle_of(self._station.billing.record, session)
        except JournalError as fault:
            self._station.touches.refused.emit(str(fault))
            return
        self._chronicle = found if found.told else None
        self._draw(from_top=from_top)

    def _draw(self, *, from_top: bool) -> None:
        shown = self._chronicle
        if shown is not None:
            now = shown.now
            who = who_words(now.initials, now.mrn, self._names) if now else ""
            self.who.setText(who or "Session")
            self.about.setText(about_words(shown))
            self.list.show_views([event_view(one, self._names) for one in shown.told], from_top=from_top)
        self._tell_ways()

    def _tell_ways(self) -> None:
        is_there = self._chronicle is not None
        self.who.setVisible(is_there)
        self.list.setVisible(is_there)
        for button in (self.review_button, self.print_button):
            button.setVisible(is_there)

    def _open(self, at: int) -> None:
        shown = self._chronicle
        if shown is not None:
            self._station.sheets.open(EventSheet(self._station, shown.told[at], shown.now))

    def _to_review(self) -> None:
        if self._chronicle is None or self._chronicle.now is None:
            return
        try:
            self._station.desk.session(self._chronicle.session)
        except JournalError as fault:
            self._station.touches.refused.emit(str(fault))
        else:
            self._station.show_page("review", self._chronicle.session)

    def _saved(self, _touch: Touch, saved: Saved) -> None:
        if self._chronicle is not None and saved.session == self._chronicle.session:
            QTimer.singleShot(0, self, lambda: self._tell_again(saved.session))

    def _tell_again(self, session: str) -> None:
        if self._chronicle is not None and self._chronicle.session == session:
            self._tell(session, from_top=False)

    def _connect(self) -> None:
        self.side.chosen.connect(lambda session: self._tell(session, from_top=True))
        self.side.taken.connect(self._go_on)
        self.list.opened.connect(self._open)
        self.review_button.clicked.connect(self._to_review)
        self.print_button.clicked.connect(self.print_shown)
        self._station.touches.saved.connect(self._saved)
        self._station.theme.changed.connect(self.fit)

    def _go_on(self) -> None:
        """Go into the list of what was found."""
        self.side.list.setFocus()

    def _lay_out(self) -> None:
        px = self._station.theme.px
        top = QHBoxLayout()
        top.setSpacing(px(10))
        top.addWidget(self.who)
        top.addWidget(self.about, 1)
        for button in (self.review_button, self.print_button):
            top.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(px(10))
        right.addLayout(top)
        right.addWidget(self.list, 1)
        right.addStretch()
        self.stand(self.head, self.side, right)
