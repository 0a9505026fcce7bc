"""The left side of the history page: what is looked for, how far that is, and what was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QVBoxLayout

from desktop_app.core.ports import Listed
from desktop_app.core.record.wanted import Found, Looked, read_wanted
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.export.stepping import Stepping
from desktop_app.ui.history.history_model import (
    COLUMNS,
    EXAMPLES,
    HINT,
    found_words,
    looked_words,
    row_of,
    stamp_of,
)
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import let_scans_in, take_scanned
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.row_columns import Columns
from desktop_app.ui.widgets.row_list import RowList
from desktop_app.ui.widgets.row_model import RowsModel, RowView

MOST = 200
"""So many of the newest are listed; whoever looks for more looks for less."""
TYPED_MS = 250
"""So long nothing more is typed before it is looked for."""
BAR_FROM = 2_000
"""Fewer events are read before a bar could be seen."""
WHOLE = 1000
MORE_HELP, LESS_HELP = "What can be looked for", "Close this help"
_EDGE = 10


class LookField(QLineEdit):
    """A line of text; Esc empties it, and only then is the window's.

    Signals:
        left: the arrow down, into what was found.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that lead out of it."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindingSide(QFrame):
    """A field over the sessions that were found.

    Signals:
        chosen(str): a session is to be shown.
        taken: the keyboard goes on in the list.
    """

    chosen = Signal(str)
    taken = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setProperty("plate", "panel-left")
        self._station = station
        self._names = Names(station.settings.get("card-names"))
        self._has_begun = False
        self._goes_on = False
        theme = station.theme
        self.field = LookField()
        self.told = label("", size=12, tone="soft", wrap=True)
        self.bar = QProgressBar()
        self.cancel = Button(theme, "Cancel")
        columns = Columns(theme, COLUMNS, ticks=False, links=0)
        self._model: RowsModel[Listed] = RowsModel(self._describe, stamp_of)
        self.list = RowList(theme, "Sessions that were found", self._model, columns)
        self.examples = label(EXAMPLES, size=12, tone="soft", wrap=True)
        self.help = Button(theme, MORE_HELP, kind=Kind.LINK)
        self._is_helping = False
        self._stepping = Stepping(self)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._lay_out()
        self._connect()

    @property
    def found(self) -> tuple[Listed, ...]:
        """What is listed."""
        return self._model.items

    @property
    def is_looking(self) -> bool:
        """Whether it is still being looked for."""
        return self._stepping.is_under_way or self._typed.isActive()

    def begin(self) -> None:
        """List the newest sessions where nothing was looked for yet."""
        if not self._has_begun:
            self.look()

    def look(self) -> None:
        """Look for what stands in the field."""
        self._has_begun = True
        self._typed.stop()
        self._stepping.begin(self._station.billing.record.looking(read_wanted(self.field.text()), MOST))

    def look_for(self, text: str) -> None:
        """Look for a text and go on in what is found."""
        self.field.setText(text)
        self._goes_on = True
        self.look()

    def show_names(self, names: Names) -> None:
        """Write every patient anew, with no more of the name than may be shown."""
        self._names = names
        self._model.forget()

    def _describe(self, one: Listed) -> RowView:
        return row_of(one, self._names, self._station.billing.record)

    def _moved(self, looked: object) -> None:
        if isinstance(looked, Looked) and looked.of >= BAR_FROM:
            self._show_bar(is_shown=True)
            self.bar.setValue(looked.events * WHOLE // looked.of)
            self.told.setText(looked_words(looked))

    def _ended(self, found: Found) -> None:
        self._show_bar(is_shown=False)
        self.list.show_items(found.listed)
        self.list.setVisible(bool(found.listed))
        wanted = self.field.text().strip()
        self.told.setText(found_words(found, wanted))
        self._show_help()
        if self._goes_on and found.listed:
            self._go_on()
        self._goes_on = False

    def _turn_help(self) -> None:
        self._is_helping = not self._is_helping
        self._show_help()

    def _show_help(self) -> None:
        """Say what can be looked for where nothing is listed, or somebody asks; the rows need the room."""
        has_rows = bool(self.found)
        self.examples.setVisible(self._is_helping or not has_rows)
        self.help.setVisible(has_rows)
        self.help.show_as(LESS_HELP if self._is_helping else MORE_HELP, kind=Kind.LINK)

    def _failed(self, why: str) -> None:
        self._show_bar(is_shown=False)
        self.told.setText(why)

    def _give_up(self) -> None:
        self._stepping.cancel()
        self._failed("Not looked through to the end: what was read so far is kept, and Enter goes on.")
        self.field.setFocus()

    def _enter(self) -> None:
        """Look now, and go on in what is found; a wristband takes the place of what stood there."""
        self.look_for(take_scanned(self.field).strip() or self.field.text())

    def _go_on(self) -> None:
        if self.found:
            self.list.stand_on(self.list.current.key if self.list.current else self.found[0].session)
            self.taken.emit()
            self.chosen.emit(self.list.current.key if self.list.current else self.found[0].session)

    def _show_bar(self, *, is_shown: bool) -> None:
        for part in (self.bar, self.cancel):
            part.setVisible(is_shown)

    def _stood_on(self, session: str) -> None:
        if self.list.hasFocus():
            self.chosen.emit(session)

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _: self._typed.start(TYPED_MS))
        self.field.textChanged.connect(lambda text: text or self._typed.start(TYPED_MS))
        # The window takes Enter after this; whatever gets the keyboard here must not be pressed by it.
        self.field.returnPressed.connect(lambda: QTimer.singleShot(0, self, self._enter))
        self.field.left.connect(self._go_on)
        self._typed.timeout.connect(self.look)
        self._stepping.moved.connect(self._moved)
        self._stepping.ended.connect(self._ended)
        self._stepping.failed.connect(self._failed)
        self.cancel.clicked.connect(self._give_up)
        self.help.clicked.connect(self._turn_help)
        self.list.stood_on.connect(self._stood_on)
        self.list.clicked.connect(lambda index: self.chosen.emit(self._model.view(index.row()).key))

    def _lay_out(self) -> None:
        theme = self._station.theme
        self.field.setAccessibleName(
            "Find sessions by day, MRN, initials, drug, who touched it, code and more"
        )
        self.field.setPlaceholderText(HINT)
        self.field.setMinimumHeight(theme.target(40))
        let_scans_in(self.field)
        self.bar.setRange(0, WHOLE)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(10))
        self.bar.setAccessibleName("How much of the record was read")
        self.cancel.setAccessibleName("Cancel the search")
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(self.field)
        for part in (self.told, self.bar, self.cancel):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addStretch()
        column.addWidget(self.examples)
        column.addWidget(self.help, 0, Qt.AlignmentFlag.AlignLeft)
        self.list.hide()
        self.help.hide()
        self._show_bar(is_shown=False)
