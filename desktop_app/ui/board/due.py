"""What is due, on the card it concerns: one line with its icon, a target of its own, seen by one touch."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.core.reminders import Reminder, Reminds
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_view import CardState, CardView
from desktop_app.ui.cut import fitting
from desktop_app.ui.reminding import drug_of, in_sentence, spoken_words, what_words
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import tip
from desktop_app.ui.widgets.pressable import Pressable

HEIGHT = 40
PLATE = 22
"""The plate is drawn in the lower part of the target, so that the note above it stays readable."""
_SEEN = "Seen"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def with_due(view: CardView, session: Session | None, due: tuple[Reminder, ...]) -> CardView:
    """Return a card that says what is due; its codes step back until it is seen."""
    if session is None or not due:
        return view
    first = due[0]
    untold = [in_sentence(one) for one in due if not is_told(one, view.state)]
    more = f" +{len(due) - 1}" if len(due) > 1 else ""
    told, brief = _card_words(session, view, first)
    return replace(
        view,
        due=f"{told}{more}",
        due_brief=f"{brief}{more}",
        due_spoken=spoken_words(session, first),
        sentence=", ".join([view.sentence, *untold]),
        codes=(),
        codes_rest="",
    )


def is_told(reminder: Reminder, state: CardState) -> bool:
    """Return whether the card's own state says already what a reminder would."""
    return reminder.what is Reminds.PLAN_END and state is CardState.PAST_PLAN


def _card_words(session: Session, view: CardView, reminder: Reminder) -> tuple[str, str]:
    """Return what is due with its drug or its time, and without."""
    if is_told(reminder, view.state):
        return "Still running", "Running?"
    several = len(session.open_services) > 1
    which = drug_of(session, reminder) if several else words.clock(reminder.due_us, session.zone)
    return f"{what_words(reminder)} · {which}", what_words(reminder)


class DueLine(Pressable):
    """The line on the card; pressing it says that it was seen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._brief = ""
        self.hide()

    def show_view(self, view: CardView) -> None:
        """Say what a card's view says is due; hidden when nothing is."""
        self.setVisible(bool(view.due))
        if (self.text(), self.toolTip()) == (view.due, tip(view.due_spoken)):
            return
        self.setText(view.due)
        self._brief = view.due_brief
        self.setAccessibleName(f"Seen: {view.due_spoken}, chair {view.chair}")
        self.setToolTip(tip(view.due_spoken))
        self.update()

    def place_over(self, left: int, width: int, bottom: int) -> None:
        """Stand over the buttons of the card."""
        height = self._theme.target(HEIGHT)
        self.setGeometry(left, bottom - height, width, height)

    def sizeHint(self) -> QSize:
        """As wide as its words, and high enough for a finger."""
        width = self._theme.letters(12, bold=True).width(self.text())
        return QSize(width + self._theme.px(80), self._theme.target(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate, the bell, the words, and what a press says."""
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QRectF(1, self.height() - px(PLATE), self.width() - 2, px(PLATE) - 1)
        painter.setPen(QPen(self._theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint("accent" if self.underMouse() else "due"))
        painter.drawRoundedRect(plate, RADIUS_CONTROL, RADIUS_CONTROL)
        size = px(13)
        spot = QRectF(plate.left() + px(6), plate.center().y() - size / 2, size, size)
        draw_icon(painter, "bell", spot, self._theme.color("due"))
        self._write(painter, plate.toRect().adjusted(px(24), 0, -px(8), 0))

    def _write(self, painter: QPainter, row: QRect) -> None:
        letters = self._theme.letters(12, bold=True)
        painter.setFont(letters.font)
        painter.setPen(self._theme.color("accent"))
        painter.drawText(row, _RIGHT, _SEEN)
        room = row.width() - letters.width(_SEEN) - self._theme.px(8)
        painter.setPen(self._theme.color("due"))
        painter.drawText(row, _LEFT, fitting((self.text(), self._brief or self.text()), letters, room))
