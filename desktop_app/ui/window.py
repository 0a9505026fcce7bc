"""The one window: rail, pages, what is not saved yet, the last touch with its undo, the keys."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.decisions import When
from desktop_app.core.desk import Desk
from desktop_app.core.ports import Clock
from desktop_app.core.session import Stage
from desktop_app.ui import late, words
from desktop_app.ui.beside.beside import Beside
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.caretaker import Caretaker
from desktop_app.ui.clock_keeper import ClockKeeper
from desktop_app.ui.codings import Codings
from desktop_app.ui.frame import Frame
from desktop_app.ui.isolated import IsolatedCoder, Isolation
from desktop_app.ui.keyboard import Keyboard
from desktop_app.ui.keys import Command
from desktop_app.ui.lock.locking import Locking
from desktop_app.ui.new_day import NewDay
from desktop_app.ui.news import News
from desktop_app.ui.pages import Pages
from desktop_app.ui.ports import Coder, Drugs, Products, Protocols, Settings
from desktop_app.ui.reminding import Reminding
from desktop_app.ui.sheets.host import SheetHost
from desktop_app.ui.station import Secrets, Station
from desktop_app.ui.theme import Scheme, Theme
from desktop_app.ui.ticker import Ticker
from desktop_app.ui.touches import Touches
from desktop_app.ui.unforeseen import Unforeseen
from desktop_app.ui.upkeep import Upkeep
from desktop_app.ui.viewed import Viewed
from desktop_app.ui.welcome.first_start import is_configured
from desktop_app.ui.widgets.not_saved import NotSavedBar
from desktop_app.ui.widgets.rail import Rail
from desktop_app.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from desktop_app.ui.billing_ports import Billing
    from desktop_app.ui.export.dispatch import Dispatch

FIRST_SIZE = (1440, 900)
SMALLEST = (1024, 640)


class MainWindow(Frame):
    """The program's window, made from the parts it is given."""

    def __init__(
        self,
        *,
        desk: Desk,
        coder: Coder,
        clock: Clock,
        billing: Billing,
        settings: Settings,
        drugs: Drugs,
        products: Products,
        protocols: Protocols,
        demo: bool = False,
        lines_later: bool = False,
    ) -> None:
        theme = _theme_of(settings)
        super().__init__()
        self.theme = theme
        self.touches = Touches(desk, self)
        self.sheets = SheetHost(self.theme, self)
        self._isolation = Isolation()
        coder = IsolatedCoder(coder, self._isolation)
        self.station = Station(
            desk=desk,
            clock=clock,
            touches=self.touches,
            sheets=self.sheets,
            theme=self.theme,
            coder=coder,
            isolation=self._isolation,
            codings=Codings(coder, are_awaited=True),
            billing=billing,
            settings=settings,
            drugs=drugs,
            reminding=Reminding(settings, self._isolation),
            products=products,
            protocols=protocols,
            secrets=Secrets(),
            viewed=Viewed(desk, self._is_seen, self),
            show_page=self.show_page,
        )
        self.sheets.may = self.station.may
        self.ticker = Ticker(self.station.now_us, self)
        self._demo = demo
        self._new_day = NewDay(self.station)
        self._make_parts()
        self.lay_out()
        self.sheets.raise_()
        self._connect()
        self.news = News(self.touches, self.sheets, self.toast, self.not_saved, self.refresh)
        self.caretaker = Caretaker(clock, self.toast)
        self.clock_keeper = ClockKeeper(self)
        self.unforeseen = Unforeseen(self.toast)
        self.upkeep = Upkeep(self)
        self.keyboard = Keyboard(self)
        self.locking = Locking(self)
        self.beside = Beside(self)
        self._connect_keyboard()
        self._come_up(lines_later=lines_later)

    def _come_up(self, *, lines_later: bool) -> None:
        self.show_title()
        # Once all stands: else every part is dressed anew each time it is put into another.
        self.theme.apply()
        self.resize(*FIRST_SIZE)
        self.setMinimumSize(*SMALLEST)
        self.show_page("board" if is_configured(self.station.settings) else "welcome")
        self.ticker.start()
        if not lines_later:
            self.show_lines()

    def _is_seen(self) -> bool:
        return self.isVisible() and not self.locking.is_locked

    def _connect_keyboard(self) -> None:
        self.sheets.home = self._chosen_card
        self.sheets.refuge = lambda: self.pages.of(self._page).first_focus()
        self.keyboard.reader.command.connect(self._maybe_next)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return self._page

    def show_page(self, page: str, session: str = "") -> None:
        """Show a page, at a session where it has one; the settings at one of theirs."""
        self._page = page
        self.keyboard.gate.is_open = page != "welcome"
        if page == "review":
            self.station.codings.are_awaited = False
        if page in {"review", "history"} and session:
            (self.review if page == "review" else self.history).show_session(session)
        found = self.station.desk.session(session) if page == "board" and session else None
        shown = self.pages.of(page)
        self.pages.setCurrentWidget(shown)
        if found is not None:
            # Behind the showing: Qt gives the page the keyboard where it was, and chooses that card with it.
            self.board.choose(found.chair)
        self.rail.setVisible(page != "welcome")
        self.rail.show_page(page)
        self.refresh()
        self.toast.stand_over(shown.news_place())
        if page == "board":
            self.board.focus(self.board.chair)
        elif page == "settings" and session:
            self.settings.go_to(session)
        else:
            shown.first_focus().setFocus()

    def _chosen_card(self) -> QWidget | None:
        return self.board.grid.card(self.board.chair) if self._page == "board" else None

    def refresh(self) -> None:
        """Draw everything as it is now."""
        self._tick(self.station.now_us())

    def show_lines(self) -> None:
        """Show what the first picture does not wait for: the panel, and every line the coder has."""
        self.station.codings.are_awaited = False
        self.board.panel.show()
        self.refresh()

    def undo(self, when: When | None = None) -> None:
        """Take back the last touch; asked first where it is of another chair, or old."""
        self.news.undo(self.station, self.board.chair, when or self.station.stamp())

    def ask_who(self) -> None:
        """Ask who works here from now on."""
        late.ask_who(self.station, self._somebody_came)

    def print_shown(self) -> None:
        """Show what can be printed of the page: the session on it, or the day."""
        late.print_shown(self)

    def ask_downtime(self) -> None:
        """Ask whether a downtime of the record system begins or is over."""
        late.ask_downtime(self.station)

    def begin_search(self) -> None:
        """Put the keyboard into the search on the board."""
        self.show_page("board")
        self.board.bar.search.setFocus()

    def search(self, text: str, *, scanned: bool = False) -> None:
        """Go to what a search or a scan means: a chair, a drug to start, or a new patient."""
        when = self.station.stamp()
        if not late.search(self.station, self.board, text, when, scanned=scanned):
            self.touches.refused.emit(f"nothing here is called “{text}”")

    def _make_parts(self) -> None:
        self._page = "board"
        self.rail = Rail(self.theme, self.station.desk.actor)
        self.rail.demo.setVisible(self._demo)
        self.not_saved = NotSavedBar()
        self.toast = Toast(self.theme, self)
        self.pages = Pages(self)

    @cached_property
    def dispatch(self) -> Dispatch:
        """The batch that is being sent: it goes on whichever page is shown."""
        from desktop_app.ui.export.dispatch import dispatch_of  # noqa: PLC0415 - as the review

        return dispatch_of(self)

    def _connect(self) -> None:
        self.ticker.ticked.connect(self._tick)
        self.rail.wanted.connect(self.show_page)
        self.rail.who_wanted.connect(self.ask_who)
        self.board.bar.searched.connect(lambda text, scanned: self.search(text, scanned=scanned))
        self.board.asked.connect(self._asked)
        self.board.service_asked.connect(self.ask_about_service)
        self.board.meaning_asked.connect(self._meaning_asked)
        self.board.downtime_asked.connect(self.ask_downtime)
        self.toast.undo_wanted.connect(self.undo)
        self.toast.room_wanted.connect(self.board.make_room_for_news)

    def _tick(self, now_us: int) -> None:
        words.be_in(self.station.zone)
        self.station.codings.begin_tick()
        do, page = self._isolation.do, self.pages.of(self._page)
        do("the clocks", self.clock_keeper.tick)
        do("the turn of the day", lambda: self._new_day.tick(now_us))
        do(f"drawing the {self._page} page", lambda: page.refresh(now_us))
        sessions = self.station.desk.suite.sessions.values()
        do("the lock", lambda: self.locking.tick(now_us))
        do("the key file", self.caretaker.tick)
        do("the backups", self.upkeep.tick)
        do("what stands beside the window", lambda: self.beside.tick(now_us))
        self.rail.show_waiting(sum(1 for session in sessions if session.stage is Stage.ENDED))

    def _asked(self, deed: str, chair: str) -> None:
        late.perform(self.station, Deed(deed), chair, self.station.stamp())

    def _maybe_next(self, command: Command) -> None:
        if command.letter == "n" and self._page == "board" and self.sheets.sheet is None:
            self.board.go_to_next_need()

    def ask_about_service(self, session_id: str, service_id: str) -> None:
        """Ask what is to be done about a service."""
        session = self.station.expected(session_id)
        if session is not None:
            late.ask_about_service(self.station, session, service_id)

    def _meaning_asked(self, mark: str) -> None:
        suite = self.station.desk.expected
        found = suite.marks[mark]
        late.ask_meaning(self.station, found, suite.shown_in(found.chair or self.board.chair))

    def take_setting(self, key: str) -> None:
        """Let a setting that was changed take effect at once."""
        late.take_setting(self, key)

    def begin(self) -> None:
        """Leave the page of the first start for the board."""
        for key in ("scheme", "chairs", "actor"):
            self.take_setting(key)
        self.show_page("board")
        late.ask_first_person(self.station, self._somebody_came)

    def _somebody_came(self) -> None:
        self.rail.show_user(self.station.desk.actor)
        self.refresh()
        self.locking.hand_over()

    def show_title(self) -> None:
        """Say the suite's name in the window's title."""
        name = self.station.settings.get("suite-name") or "Infusion suite"
        self.setWindowTitle(f"{name} (demo) · Chairtime" if self._demo else f"{name} · Chairtime")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that no field has taken."""
        if not self.keyboard.take(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide, or go for good and stop ticking; what runs at the chairs runs on either way."""
        if self.beside.leaving.closes(event):
            self.ticker.stop()
            super().closeEvent(event)


def _theme_of(settings: Settings) -> Theme:
    """Return the theme of the settings; its font is the application's before any window is made."""
    theme = Theme(scheme=Scheme(settings.get("scheme")), text_percent=int(settings.get("text-size")))
    theme.set_font()
    return theme
