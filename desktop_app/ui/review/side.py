"""The left side of the review: what is looked for, and the sessions that were found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.core.session import Session
from desktop_app.ui.review.find import FindField
from desktop_app.ui.review.review_model import ReviewItem, matches
from desktop_app.ui.review.session_list import SessionList
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label

_NOBODY = "Nothing waits for a signature. A session comes here when it is ended on the board."
_NOT_FOUND = "Nobody listed is called that. Enter looks in the whole record: by MRN, initials or day."
_EDGE = 10


class ReviewSide(QFrame):
    """A field to find a session with, over the list.

    Signals:
        chosen(str): a session is to be shown.
        day_wanted(str): the sessions of a day, written as 2026-11-23.
        name_wanted(str): what the record has of these initials or this MRN.
    """

    chosen = Signal(str)
    day_wanted = Signal(str)
    name_wanted = Signal(str)

    def __init__(self, theme: Theme, describe: Callable[[Session], ReviewItem]) -> None:
        super().__init__()
        self.setProperty("plate", "panel-left")
        self._listed: Sequence[Session] = ()
        self._session = ""
        self.field = FindField(theme)
        self.list = SessionList(theme, describe)
        self._nobody = label(_NOBODY, tone="soft", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(self.field)
        column.addWidget(self._nobody)
        column.addWidget(self.list, 1)
        column.addStretch()
        self.list.chosen.connect(self.chosen)
        self.field.sought.connect(self._draw)
        self.field.day_wanted.connect(self.day_wanted)
        self.field.name_wanted.connect(self.name_wanted)
        self.field.taken.connect(self._take)

    def show_sessions(self, sessions: Sequence[Session], session: str) -> None:
        """Show those of some sessions that are looked for; one of them is shown beside the list."""
        self._listed, self._session = sessions, session
        self._draw()

    def look_for(self, mrn: str) -> bool:
        """Look for a patient whose wristband was scanned; False where nobody here has that MRN."""
        is_here = any(session.mrn == mrn for session in self._listed)
        if is_here:
            self.field.setText(mrn)
            self._take()
        return is_here

    def _draw(self) -> None:
        wanted = self.field.wanted
        found = [one for one in self._listed if matches(one, wanted)] if wanted else self._listed
        self._nobody.setText(_NOT_FOUND if wanted else _NOBODY)
        self._nobody.setVisible(not found)
        self.list.setVisible(bool(found))
        self.list.show_sessions(found, self._session)

    def _take(self) -> None:
        """Show the first session that was found, and go on in the list."""
        found = self.list.sessions.sessions
        if found:
            self.list.setFocus()
            self.chosen.emit(found[0].id)
