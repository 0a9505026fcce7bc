"""The bar over the board: the time, the clock's state, and the suite in five numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop_app.core.values import dataclass
from desktop_app.ui.board.day_picture import DayPicture
from desktop_app.ui.board.figure import AttentionButton, Figure
from desktop_app.ui.board.suite_model import SuiteView
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import let_scans_in, take_scanned
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import label, retone

HEIGHT = 64
NOT_KNOWN = "–"
"""In the place of a number while the coder is being loaded."""
STEADY, NOT_STEADY = "✓", "▲"
"""What stands before the clock's state, so that it is not told by its colour alone."""
TIME = 22
_SIDE, _BETWEEN, _DOT = 18, 26, 4
_CLOSER = 18
"""Between the parts where the words are few."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What the bar shows where it has so much room; the forms before it need more."""

    brief: bool
    figures: tuple[str, ...]
    has_day: bool = False


_ALL = ("running", "billable", "projected", "lines")
_FORMS = (
    _Form(brief=False, figures=_ALL, has_day=True),
    _Form(brief=True, figures=_ALL, has_day=True),
    *(_Form(brief=True, figures=_ALL[:count]) for count in (4, 3, 2, 1)),
)
"""Fewer words first; only then the picture, and the numbers that matter least."""


_INVITATIONS = ("Scan or search…  Ctrl+K", "Scan or search…", "Search…")


class SearchBox(QLineEdit):
    """Takes a wristband, a drug or a chair. Enter asks for it.

    Signals:
        asked(str, bool): what was typed or scanned, and whether it was scanned.
    """

    asked = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Search or scan: wristband, MRN, chair or drug")
        let_scans_in(self)
        self._resize()
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        self.setTextMargins(self._theme.px(20), 0, 0, 0)
        self.setMinimumWidth(self.least_width())
        self.setMaximumWidth(self._theme.px(262))
        self._invite()

    def least_width(self) -> int:
        """Return the narrowest it can be and still say what it is for, in pixels."""
        return self._theme.px(104)

    def _invite(self) -> None:
        """Say what it is for, in as many words as have room."""
        metrics = QFontMetrics(self._theme.font(13))
        room = self.width() - self._theme.px(46)
        fits = (words for words in _INVITATIONS if metrics.horizontalAdvance(words) <= room)
        self.setPlaceholderText(next(fits, _INVITATIONS[-1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the words that have room."""
        super().resizeEvent(event)
        self._invite()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks, and goes no further; Esc empties the field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            scanned = take_scanned(self)
            self.asked.emit((scanned or self.text()).strip(), bool(scanned))
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with a glass in it."""
        super().paintEvent(event)
        size = self._theme.px(13)
        box = QRectF(self._theme.px(11), (self.height() - size) / 2, size, size)
        draw_icon(QPainter(self), "search", box, self._theme.color("ink_2"))


class SuiteBar(QFrame):
    """The bar itself.

    Signals:
        searched(str, bool): something was typed or scanned, ending in Enter; whether it was scanned.
        next_wanted: the next that needs attention is wanted.
    """

    searched = Signal(str, bool)
    next_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("plate", "bar")
        self._theme = theme
        self._time = label("", size=TIME, heavy=True)
        self._day = label("", size=12, tone="soft")
        self._state = label("", size=12)
        self._figures = {
            "running": Figure("chairs running", "running"),
            "billable": Figure("billable now", "billable"),
            "projected": Figure("projected today", "projected"),
            "lines": Figure("coded lines", "lines"),
        }
        self._form = _FORMS[0]
        self._dated = ("", "")
        self._sign = STEADY
        self.attention = AttentionButton(theme)
        self.attention.clicked.connect(self.next_wanted)
        self.day = DayPicture(theme)
        self.search = SearchBox(theme)
        self.search.asked.connect(self._search)
        self._lay_out()
        theme.changed.connect(self._size)
        self._size()

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the numbers that have room."""
        return self._form.figures

    def show_view(self, view: SuiteView) -> None:
        """Draw the suite's numbers."""
        self._time.setText(view.time)
        self._dated = (view.day, view.clock_words)
        self._sign = STEADY if view.clock_is_good else NOT_STEADY
        self._state.setAccessibleName(view.clock_told or view.clock_words)
        self._state.setToolTip(view.clock_told)
        retone(self._state, "good" if view.clock_is_good else "alert")
        show = self._figures
        show["running"].show_number(f"{view.running} of {view.chairs}")
        show["billable"].show_number(f"{view.billable_now} h" if view.is_coded else NOT_KNOWN)
        show["projected"].show_number(f"{view.projected} h" if view.is_coded else NOT_KNOWN)
        show["lines"].show_number(str(view.lines) if view.is_coded else NOT_KNOWN)
        self.attention.show_needs(view.attention)
        self._fit()

    def _fit(self) -> None:
        """Take the first form that has room."""
        self._form = next((form for form in _FORMS if self._room(form) <= self.width()), _FORMS[-1])
        brief = self._form.brief
        for name, figure in self._figures.items():
            figure.be_brief(brief=brief)
            figure.setVisible(name in self._form.figures)
        self.attention.figure.be_brief(brief=brief)
        self.day.setVisible(self._form.has_day)
        self._row.setSpacing(_CLOSER if brief else _BETWEEN)
        day, state = self._date_words(brief=brief)
        self._day.setText(day)
        self._state.setText(state)

    def _date_words(self, *, brief: bool) -> tuple[str, str]:
        """Return the day and the clock's state, without the year where the words are few."""
        day, clock = self._dated
        if brief:
            day, clock = day.rpartition(" ")[0], clock.removeprefix("clock ")
        return f"{day} ·", f"{self._sign} {clock}"

    def _room(self, form: _Form) -> int:
        """Return how wide the bar must be for a form, in pixels."""
        theme = self._theme
        date = " ".join(self._date_words(brief=form.brief))
        clock = max(
            QFontMetrics(theme.font(TIME, bold=True)).horizontalAdvance(self._time.text()),
            QFontMetrics(theme.font(12)).horizontalAdvance(date) + _DOT,
        )
        parts = [clock, self.attention.room(brief=form.brief), self.search.least_width()]
        parts += [self._figures[name].room(theme, brief=form.brief) for name in form.figures]
        parts += [self.day.minimumWidth()] if form.has_day else []
        between = _CLOSER if form.brief else _BETWEEN
        return sum(parts) + between * (len(parts) - 1) + 2 * _SIDE

    def _lay_out(self) -> None:
        dated = QHBoxLayout()
        dated.setSpacing(_DOT)
        dated.addWidget(self._day)
        dated.addWidget(self._state, 1)
        clock = QVBoxLayout()
        clock.setSpacing(0)
        clock.addStretch()
        clock.addWidget(self._time)
        clock.addLayout(dated)
        clock.addStretch()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        row.addLayout(clock)
        for figure in self._figures.values():
            row.addWidget(figure)
        row.addWidget(self.attention)
        row.addWidget(self.day, 50)
        row.addStretch(1)
        row.addWidget(self.search, 100)

    def _size(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        for figure in (*self._figures.values(), self.attention.figure):
            figure.stand_level(self._theme, TIME)
        self._fit()

    def _search(self, text: str, scanned: bool) -> None:  # noqa: FBT001 - a signal passes it by its place
        if text:
            self.searched.emit(text, scanned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()
