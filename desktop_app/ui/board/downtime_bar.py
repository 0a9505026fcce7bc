"""The quiet bar under the suite's while the record system beside is down, with the way to say it is over."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.core.outages import Outage
from desktop_app.core.recordable import as_line
from desktop_app.ui import words
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import label

_SIDE, _ICON = 18, 14
_LONGEST = 24
"""The most that is shown of what is down."""
HINT = "Everything is recorded here; it is listed for entering when the downtime is over."


class DowntimeBar(QFrame):
    """Shown while a downtime lasts.

    Signals:
        over_wanted: it is to be said that the downtime is over.
    """

    over_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("plate", "bar")
        self.since = label("", heavy=True)
        self.hint = label(HINT, size=12, tone="soft")
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.over = Button(theme, "Downtime is over…", hint="Ctrl+O")
        self.over.clicked.connect(self.over_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 4, _SIDE, 4)
        row.setSpacing(10)
        self._sign = _Sign(theme)
        row.addWidget(self._sign)
        row.addWidget(self.since)
        row.addWidget(self.hint, 1)
        row.addWidget(self.over)
        self._row = row
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the hint only where all of it has room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins, metrics = self._row.contentsMargins(), self.hint.fontMetrics()
        taken = [part.sizeHint().width() for part in (self._sign, self.since, self.over)]
        room = self.width() - sum(taken) - margins.left() - margins.right() - 3 * self._row.spacing()
        self.hint.setText(HINT if metrics.horizontalAdvance(HINT) <= room else "")

    def show_outage(self, outage: Outage | None, zone: str) -> None:
        """Say since when a downtime lasts; nothing where none does."""
        if outage is not None:
            since = f"Downtime since {words.clock(outage.begun.at_us, zone)}"
            told = " · ".join(
                filter(None, (since, as_line(outage.system, _LONGEST), f"by {outage.begun.by}"))
            )
            if told != self.since.text():
                self.since.setText(told)
                self.setAccessibleName(told)
                self._fit()
        self.setVisible(outage is not None)


class _Sign(QWidget):
    """The sign of something that stands still: amber, as a pause."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(self._theme.px(_ICON), self._theme.px(_ICON))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        draw_icon(QPainter(self), "alert", QRectF(self.rect()), self._theme.color("pause"))
