"""One chair on the board: a painted card that is itself a control, with its two next actions as buttons."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.ui.board.card_paint import CardPainter
from desktop_app.ui.board.card_picture import CardPicture
from desktop_app.ui.board.card_view import CardButton, CardState, CardView, Deed
from desktop_app.ui.board.density import Layout
from desktop_app.ui.board.due import DueLine
from desktop_app.ui.board.more_button import MoreButton
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import tip
from desktop_app.ui.widgets.second_press import SecondPress

STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
MOST_BUTTONS = 2


class Card(QAbstractButton):
    """A chair's card.

    Signals:
        asked(str, str): a deed was asked for, at a chair.
        chosen(str): the chair was chosen.
        stepped(int, int): the focus wants to go to a neighbour.
    """

    asked = Signal(str, str)
    chosen = Signal(str)
    stepped = Signal(int, int)

    def __init__(self, theme: Theme, view: CardView, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout = layout
        self._view = view
        self._selected = False
        self._second = SecondPress()
        self.picture = CardPicture()
        self._time_in_picture = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons = tuple(Button(theme, "", parent=self) for _ in range(MOST_BUTTONS))
        for at, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, at=at: self._press(at))
        self.due = DueLine(theme, self)
        self.due.clicked.connect(self._see)
        self.more = MoreButton(theme, self)
        self.more.clicked.connect(self._ask_more)
        self.clicked.connect(self._clicked)
        self._show_buttons()
        self.due.show_view(view)
        self._name()

    @property
    def view(self) -> CardView:
        """What the card shows."""
        return self._view

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons of the next actions, shown or not."""
        return self._buttons

    @property
    def takes_press(self) -> bool:
        """Whether the buttons take a press; not the second of a double click that has changed them."""
        return not self._second.comes_too_soon

    def show_view(self, view: CardView) -> None:
        """Draw another value; only what changed is drawn again."""
        was, self._view = self._view, view
        if was == view:
            return
        # Where a time is shown at all, other things of the card stand elsewhere.
        if was.time and view.time and replace(was, time=view.time) == view:
            self.update(self._time_box())
            return
        self.picture.drop()
        self.due.show_view(view)
        self._name()
        if was.buttons != view.buttons or was.state is not view.state:
            self._show_buttons()
            self.update()
        else:
            self.update(self._beside_buttons())

    def lay_out(self, layout: Layout) -> None:
        """Draw in another layout."""
        if layout is not self._layout:
            self._layout = layout
            self._show_buttons()
            self.update()

    def set_selected(self, *, selected: bool) -> None:
        """Draw the card as the chosen one, or not."""
        if self._selected != selected:
            self._selected = selected
            self.update()

    def enter(self) -> None:
        """Seat a patient in a free chair; go on to the first action of any other."""
        if self._view.state is CardState.FREE:
            self._ask(self._view.buttons[0])
        else:
            self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self) -> None:
        self.chosen.emit(self._view.chair)
        if self._view.state is CardState.FREE:
            self._ask(self._view.buttons[0])

    def _press(self, at: int) -> None:
        if not self.takes_press or at >= len(self._view.buttons):
            return
        before = self._view.state, self._view.buttons
        self.chosen.emit(self._view.chair)
        self._ask(self._view.buttons[at])
        if (self._view.state, self._view.buttons) != before:
            self._second.start()

    def _see(self) -> None:
        """Say that what is due was seen; the second press of a double click is not about the next."""
        if not self.takes_press:
            return
        before = self._view.due_spoken
        self.chosen.emit(self._view.chair)
        self.asked.emit(Deed.SEEN.value, self._view.chair)
        if self._view.due_spoken != before:
            self._second.start()

    def _ask_more(self) -> None:
        self.chosen.emit(self._view.chair)
        self.asked.emit(Deed.MORE.value, self._view.chair)

    def _ask(self, button: CardButton) -> None:
        self.asked.emit(button.deed.value, self._view.chair)

    def _name(self) -> None:
        self.setToolTip(tip(self._view.whole))
        free = self._view.state is CardState.FREE
        self.setAccessibleName(f"{self._view.sentence}. Seat a patient" if free else self._view.sentence)

    def _show_buttons(self) -> None:
        shown = () if self._view.state is CardState.FREE else self._view.buttons
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(shown))
            if at < len(shown):
                self._dress(button, shown[at])
        has_more = self._layout.has_words and self._view.state is not CardState.FREE
        self.more.show_chair(self._view.chair, shown=has_more)
        self._place_buttons()

    def _dress(self, button: Button, shown: CardButton) -> None:
        kind = Kind.PRIMARY if shown.primary else Kind.QUIET
        said = shown.spoken or shown.text
        name = f"{said.rstrip('…')}, chair {self._view.chair}"
        text = shown.text if self._layout.has_words else ""
        button.show_as(text, icon=self._layout.icon(shown), kind=kind, name=name)
        button.setToolTip("" if text else said)

    def _place_buttons(self) -> None:
        self.more.place(self.width())
        count = len(self._view.buttons) if self._view.state is not CardState.FREE else 0
        self.due.place_over(*self._layout.due_place(self._theme, self.rect()))
        for at, button in enumerate(self._buttons[:count]):
            button.setGeometry(self._layout.button_box(self._theme, self.rect(), at, count))

    def sizeHint(self) -> QSize:
        """The height of everything a card can say."""
        return QSize(self._theme.px(self._layout.narrowest), self._layout.card_height(self._theme))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour; Enter is the window's, which knows a scan from a press."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(*step)
        elif event.key() == Qt.Key.Key_Space:
            self.enter()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is one press."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The other mouse button offers everything that can be done here."""
        event.accept()
        if self._view.state is not CardState.FREE:
            self._ask_more()

    def take_keyboard(self) -> None:
        """Take the keyboard and be chosen; a window that is not active tells of no focus."""
        self.chosen.emit(self._view.chair)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focused chair is the chosen one."""
        super().focusInEvent(event)
        self.chosen.emit(self._view.chair)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Draw the invitation of a free chair."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Draw it without."""
        super().leaveEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons along the bottom."""
        super().resizeEvent(event)
        self._place_buttons()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, or the time alone when nothing else changed."""
        is_time_alone = bool(self._view.time) and self._time_box().contains(event.rect())
        if not is_time_alone:
            free = self._view.state is CardState.FREE
            look = (
                self._selected,
                self.hasFocus(),
                free and self.underMouse(),
                self._layout,
                *self._theme.look,
            )
            self.picture.put(self, self._theme.color("background"), look, self._draw)
        if self._view.time and (is_time_alone or self._view.time != self._time_in_picture):
            painter = QPainter(self)
            painter.fillRect(self._time_box(), self._theme.color("surface"))
            self._drawing(painter).draw_time()

    def _beside_buttons(self) -> QRegion:
        """Return all that the card draws itself: its buttons stay as they are."""
        beside = QRegion(self.rect())
        for button in self._buttons:
            if not button.isHidden():
                beside -= button.geometry()
        return beside

    def _time_box(self) -> QRect:
        return self._layout.time_box(self._theme, self.rect())

    def _drawing(self, painter: QPainter) -> CardPainter:
        return self._layout.painter(
            painter, self._theme, self._view, self.rect(), under_mouse=self.underMouse()
        )

    def _draw(self, painter: QPainter) -> None:
        self._time_in_picture = self._view.time
        self._drawing(painter).draw(selected=self._selected, focused=self.hasFocus())
