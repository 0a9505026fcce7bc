"""The card with a day's sessions: every one with where it stands, what can be done, and which are sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop_app.core.day import Entry, Leftover, Standing
from desktop_app.core.day_book import DayPage
from desktop_app.core.ports import JournalError
from desktop_app.ui import words
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.export.day_model import (
    COLUMNS,
    HOLDABLE,
    LINKS,
    Act,
    Item,
    Telling,
    items_of,
    ready_of,
    row_of,
    stamp_of,
    standing_of,
)
from desktop_app.ui.export.day_ports import Days
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label
from desktop_app.ui.widgets.row_columns import Columns
from desktop_app.ui.widgets.row_list import RowHead, RowList
from desktop_app.ui.widgets.row_model import RowsModel, RowView

FEWEST_ROWS = 5
_PROMISE = "Nothing is left out silently: each session stays here until it is sent, or held with a reason."
_LOCKED = "The day is locked: its sessions stay as they are, and what is ready can be sent. "
_NOBODY = "Nobody was seated on this day."
_NOT_FOUND = "Nobody here is called that."


class DayCard(QFrame):
    """The list.

    Signals:
        chosen_changed: other sessions are ticked, or other ones can be.
        wanted(str, str): something is to be done with a session.
    """

    chosen_changed = Signal()
    wanted = Signal(str, str)

    def __init__(self, theme: Theme, days: Days) -> None:
        super().__init__()
        self.setProperty("plate", "card")
        self._theme = theme
        self._days = days
        self._page: DayPage | None = None
        self._leftovers: Sequence[Leftover] = ()
        self._every: tuple[Item, ...] = ()
        self._unticked: set[str] = set()
        self._names = Names.INITIALS
        self._is_locked = False
        columns = Columns(theme, COLUMNS, ticks=True, links=LINKS)
        self._model: RowsModel[Item] = RowsModel(self._describe, stamp_of)
        self.list = RowList(theme, "Sessions of the day", self._model, columns)
        self._head = RowHead(theme, columns, self.list)
        self.search = QLineEdit()
        self._nobody = label("", tone="soft", wrap=True)
        self._told = label(_PROMISE, size=12, tone="soft", wrap=True)
        self.all = Button(theme, "Tick all")
        self.open = Button(theme, "Open")
        self.hold = Button(theme, "Hold…")
        self.history = Button(theme, "History")
        self.history.setAccessibleName("Show everything that was recorded of the session")
        self._lay_out()
        self._connect()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the sessions that are ticked, in the order of the list."""
        return tuple(name for name in ready_of(self._every) if name not in self._unticked)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The sessions of the day."""
        return self._page.entries if self._page else ()

    def show_page(
        self, page: DayPage, leftovers: Sequence[Leftover], names: Names, *, is_locked: bool
    ) -> None:
        """Show another list, or the same one as it is now."""
        if (names, is_locked) != (self._names, self._is_locked):
            self._names, self._is_locked = names, is_locked
            self._model.forget()
        before = self._every
        self._page, self._leftovers = page, leftovers
        self._every = items_of(page, leftovers)
        ready = set(ready_of(self._every))
        self._unticked &= ready
        self._draw()
        if ready_of(before) != ready_of(self._every):
            self.chosen_changed.emit()

    def show_anew(self) -> None:
        """Draw every row anew."""
        self._model.forget()

    def add_way(self, button: Button) -> None:
        """Add something that can be done with the whole day."""
        self._top.addWidget(button)

    def untick(self, sessions: Iterable[str]) -> None:
        """Take the ticks of some sessions away."""
        self._unticked |= set(sessions) & set(ready_of(self._every))
        self._ticks_changed()

    def toggle(self, session: str) -> None:
        """Tick a session, or take its tick away."""
        self._unticked ^= {session}
        self._ticks_changed()

    def current(self) -> tuple[str, Standing] | None:
        """Return the session the list is on and where it stands; None without one."""
        at = self.list.currentIndex().row()
        if not 0 <= at < len(self._model.items):
            return None
        item = self._model.items[at]
        standing = standing_of(item)
        return (str(stamp_of(item)[0]), standing) if standing else None

    def do(self, act: Act) -> None:
        """Do something with the session the list is on."""
        found = self.current()
        if found is not None:
            self.wanted.emit(found[0], act)

    def _describe(self, item: Item) -> RowView:
        telling = Telling(
            names=self._names,
            is_ticked=lambda name: name not in self._unticked,
            entry_of=self._entry_of,
            is_locked=self._is_locked,
        )
        return row_of(item, telling)

    def _entry_of(self, session: str) -> Entry | None:
        """Look into a session that is left over; one that cannot be read is told as it is listed."""
        try:
            return self._days.entry(session)
        except JournalError:
            return None

    def _draw(self) -> None:
        page, wanted = self._page, self.search.text()
        if page is None:
            return
        shown = items_of(page, self._leftovers, wanted) if wanted.strip() else self._every
        self.list.show_items(shown)
        self._nobody.setText(_NOT_FOUND if wanted.strip() else _NOBODY)
        self._nobody.setVisible(not shown)
        self.list.setVisible(bool(shown))
        self._head.setVisible(bool(shown))
        self._say_ticked()
        self._say_ways()

    def _say_ticked(self) -> None:
        ready = ready_of(self._every)
        ticked = len(ready) - len(self._unticked)
        taken_back = self._page.taken_back if self._page else 0
        back = f"{words.count_words(taken_back, 'seating', 'seatings')} taken back. " if taken_back else ""
        not_ticked = (
            f"{len(ready) - ticked} of {len(ready)} ready ones not ticked. " if self._unticked else ""
        )
        locked = _LOCKED if self._is_locked else ""
        self._told.setText(f"{locked}{not_ticked}{back}{_PROMISE}")
        self.all.setVisible(bool(self._unticked))

    def _say_ways(self) -> None:
        """Name what can be done with the session the list is on."""
        found = self.current()
        standing = found[1] if found else None
        self.open.setEnabled(found is not None)
        self.history.setEnabled(found is not None)
        self.open.show_as("To its chair" if standing is Standing.RUNNING else "Open in review")
        self.hold.show_as("Release" if standing is Standing.HELD else "Hold…")
        self.hold.setEnabled(self._can_hold())

    def _can_hold(self) -> bool:
        """Return whether the session the list is on can be held, or released."""
        found = self.current()
        of_day = {entry.session.id for entry in self.entries} if self._is_locked else set[str]()
        return found is not None and found[0] not in of_day and found[1] in {*HOLDABLE, Standing.HELD}

    def _tick_all(self) -> None:
        self._unticked = set()
        self._ticks_changed()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ticks_changed(self) -> None:
        self._model.forget()
        self._say_ticked()
        self.chosen_changed.emit()

    def _wanted(self, session: str, deed: str) -> None:
        self.wanted.emit(session, deed or Act.OPEN)

    def hold_or_release(self) -> None:
        """Hold the session the list is on, or release it."""
        found = self.current()
        if found is not None and self._can_hold():
            self.do(Act.RELEASE if found[1] is Standing.HELD else Act.HOLD)

    def _connect(self) -> None:
        self.list.ticked.connect(self.toggle)
        self.list.wanted.connect(self._wanted)
        self.list.stood_on.connect(lambda _: self._say_ways())
        self.search.textChanged.connect(lambda _: self._draw())
        self.all.clicked.connect(self._tick_all)
        self.open.clicked.connect(lambda: self.do(Act.OPEN))
        self.history.clicked.connect(lambda: self.do(Act.HISTORY))
        self.hold.clicked.connect(self.hold_or_release)
        self._theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        px = self._theme.px
        self.search.setAccessibleName("Find a session by initials, MRN, chair, day or state")
        self.search.setPlaceholderText("Find: initials, MRN, chair, state")
        self.search.setMinimumHeight(self._theme.target(40))
        self.search.setMaximumWidth(px(300))
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(heading("Sessions"))
        top.addStretch(1)
        top.addWidget(self.search, 3)
        self._top = top
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._told, 1)
        for button in (self.all, self.history, self.open, self.hold):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        column.addLayout(top)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(self._nobody)
        column.addStretch()
        column.addLayout(foot)
        self._fit()

    def _fit(self) -> None:
        """Keep room for some rows; the others scroll."""
        self.list.setMinimumHeight(FEWEST_ROWS * self.list.row_height())
