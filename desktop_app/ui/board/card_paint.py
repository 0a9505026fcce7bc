"""How a card is drawn: plate, pill, patient, drug, the big time, the bar, the lines."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop_app.ui.board.card_view import ICONS, NEEDS_ATTENTION, TONES, CardState, CardView
from desktop_app.ui.board.unsaved_paint import draw_waiting
from desktop_app.ui.cut import keeping_time, shortened, without_brand
from desktop_app.ui.theme import RADIUS_CARD, Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.letters import Letters

RING = 4
"""Around the plate: a ring of two pixels for the focus, and two between it and the plate."""
BAR = 4
PAD = 14 + RING
HEIGHT = 236 + 2 * RING
BUTTON = 40
MORE = 18
"""Room at the right of the head for the dots that open everything else."""
TIME = 34
_TIMES = (TIME, 30, 26)
"""Ten hours and more have to fit where one to nine do."""
_QUIET_TIMES = (22, 18, 16, 14)
"""A time that no longer runs is smaller, and smaller still where words follow it."""
_QUIET = 120
"""How much of a free chair's outline is drawn, of 255."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_EDGED = frozenset({CardState.PAUSED, *NEEDS_ATTENTION})


class CardPainter:
    """Draws one card's value with one theme into one rectangle."""

    def __init__(
        self, painter: QPainter, theme: Theme, view: CardView, box: QRect, *, under_mouse: bool = False
    ) -> None:
        self._painter = painter
        self._theme = theme
        self._view = view
        self._box = box
        self._under_mouse = under_mouse
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def draw(self, *, selected: bool, focused: bool) -> None:
        """Draw the whole card."""
        if self._view.state is CardState.FREE:
            self._draw_free(selected=selected, focused=focused)
            return
        self._draw_plate(selected=selected, focused=focused)
        self._draw_head()
        self._draw_title()
        if self._view.time:
            self.draw_time()
        self._draw_bar()
        self._draw_notes()
        self._draw_codes()

    def time_box(self) -> QRect:
        """Return where the big time stands."""
        return time_box(self._theme, self._box)

    def draw_time(self) -> None:
        """Draw the running time alone; it is all that changes from second to second."""
        box = self.time_box()
        sizes = _QUIET_TIMES if self._view.time_is_quiet else _TIMES
        forms = [self._theme.letters(size, bold=True) for size in sizes]
        fits = (letters for letters in forms if letters.width(self._view.time) <= box.width())
        self._text(box, self._view.time, next(fits, forms[-1]), self._time_color())

    def _time_color(self) -> str:
        if self._view.state is CardState.STOP_MISSING:
            return "alert"
        if self._view.time_is_quiet:
            return "ink_2"
        return "pause" if self._view.state is CardState.PAUSED else "ink"

    def _draw_free(self, *, selected: bool, focused: bool) -> None:
        color = QColor(self._theme.color("accent" if selected else "ink_3"))
        if not selected:
            color.setAlpha(_QUIET)
        pen = QPen(color, 1)
        pen.setDashPattern([4, 4])
        self._painter.setPen(pen)
        self._painter.setBrush(self._theme.tint("accent") if selected else Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(self._inset(RING + 0.5), RADIUS_CARD, RADIUS_CARD)
        self._draw_marks(selected=selected, focused=focused)
        bold = self._theme.letters(14, bold=True)
        self._text(self._row(14, 20), self._view.chair, bold, "ink_2")
        self._text(self._row(14, 20), "Free", self._theme.letters(13, bold=True), "ink_2", _RIGHT)
        self._draw_invitation()

    def _draw_invitation(self) -> None:
        middle = self._box.height() // 2 - self._theme.px(12)
        first = QRect(self._box.left(), middle, self._box.width(), self._theme.px(20))
        if self._view.waiting:
            pad = self._theme.px(PAD)
            draw_waiting(self._painter, self._theme, self._view.waiting, first.adjusted(pad, 0, -pad, 0))
            return
        tone = "accent" if self._under_mouse else "ink_2"
        words = "Seat a patient"
        letters = self._theme.letters(13)
        half = letters.width(words) // 2
        size = self._theme.px(10)
        at = QPointF(first.center().x() - half - size - 2, first.center().y() - size / 2 + 0.5)
        draw_icon(self._painter, "plus", QRectF(at.x(), at.y(), size, size), self._theme.color(tone))
        self._text(first.translated(self._theme.px(4), 0), words, letters, tone, _MIDDLE)
        second = first.translated(0, self._theme.px(20))
        self._text(
            second,
            f"or press {press_words(self._view)}, then Enter",
            self._theme.letters(11),
            "ink_2",
            _MIDDLE,
        )

    def _draw_plate(self, *, selected: bool, focused: bool) -> None:
        state = self._view.state
        name, width = (TONES[state], 1.4) if state in _EDGED else ("line", 1.0)
        self._painter.setPen(QPen(self._theme.color(name), width))
        self._painter.setBrush(self._theme.color("surface"))
        self._painter.drawRoundedRect(self._inset(RING + width / 2), RADIUS_CARD, RADIUS_CARD)
        self._draw_marks(selected=selected, focused=focused)

    def _draw_marks(self, *, selected: bool, focused: bool) -> None:
        """Draw a bar at the left of the chosen card, and a ring around the one the keyboard is on."""
        if selected:
            plate = QPainterPath()
            plate.addRoundedRect(self._inset(RING), RADIUS_CARD, RADIUS_CARD)
            self._painter.save()
            self._painter.setClipPath(plate)
            bar = self._inset(RING)
            bar.setWidth(BAR)
            # As fillRect draws it, for which the first time every kind of gradient would be loaded.
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._theme.color("accent"))
            self._painter.drawRect(bar)
            self._painter.restore()
        if focused:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(self._theme.color("accent"), 2))
            self._painter.drawRoundedRect(self._inset(1), RADIUS_CARD + 3, RADIUS_CARD + 3)

    def _draw_head(self) -> None:
        self._draw_label(self._row(14, 20).adjusted(0, 0, -self._theme.px(MORE), 0), 13)
        self._draw_who()

    def _draw_who(self) -> None:
        row = self._row(34, 17)
        self._text(row, who_words(self._view.who, self._theme, row.width()), self._theme.letters(12), "ink_2")

    def _draw_label(self, row: QRect, pill_top: int) -> None:
        """Draw the chair's name, and beside it as much of the state's words as it leaves room for."""
        letters, px = self._theme.letters(14, bold=True), self._theme.px
        small = self._theme.letters(11, bold=True)
        room = row.width() - letters.width(self._view.chair) - px(8)
        forms = (self._view.pill, self._view.pill_short)
        widths = [small.width(words) + px(10 + (24 if words else 14)) for words in forms]
        words, width = next(
            (pair for pair in zip(forms, widths, strict=True) if pair[1] <= room), ("", px(24))
        )
        self._text(row.adjusted(0, 0, -width - px(4), 0), self._view.chair, letters, "ink")
        box = QRectF(row.right() + 1 - width, self._box.top() + px(RING + pill_top), width, px(21))
        self._draw_pill(box, words)

    def _draw_pill(self, box: QRectF, words: str) -> None:
        tone, px = TONES[self._view.state], self._theme.px
        icon = px(10)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.tint(tone))
        self._painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        left = box.left() + px(9) if words else box.center().x() - icon / 2
        spot = QRectF(left, box.center().y() - icon / 2, icon, icon)
        draw_icon(self._painter, ICONS[self._view.state], spot, self._theme.color(tone))
        place = QRect(round(spot.right()) + px(5), round(box.top()), round(box.width()), round(box.height()))
        self._text(place, words, self._theme.letters(11, bold=True), tone)

    def _draw_title(self) -> None:
        self._draw_drug(self._row(59, 19), self._view.title_rest, self._view.rest_short)

    def _draw_drug(self, row: QRect, *rests: str) -> None:
        """Draw the title, its dose whole, and behind it the first of some words that has room."""
        strong, plain = self._theme.letters(13, bold=True), self._theme.letters(13)
        title = drug_title(self._view, strong, row.width())
        self._text(row, title, strong, "ink")
        used = strong.width(title) + self._theme.px(4)
        room = row.width() - used
        rest = next((words for words in rests if plain.width(words) <= room), "")
        self._text(row.adjusted(used, 0, 0, 0), rest, plain, "ink_2")

    def _draw_bar(self) -> None:
        self._draw_progress(self._row(123, 8))

    def _draw_progress(self, place: QRect) -> None:
        """Draw how much of the planned time is over."""
        if self._view.permille is None or not self._view.time:
            return
        row, round_by = QRectF(place), place.height() / 2
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.color("line"))
        self._painter.drawRoundedRect(row, round_by, round_by)
        done = QRectF(row)
        done.setWidth(max(row.height(), row.width() * self._view.permille / 1000))
        self._painter.setBrush(self._theme.color(TONES[self._view.state]))
        self._painter.drawRoundedRect(done, round_by, round_by)
        self._draw_steps(row)

    def _draw_steps(self, bar: QRectF) -> None:
        """Draw a tick across the bar where each ordered rate step begins."""
        self._painter.setPen(QPen(self._theme.color("ink_3"), 1.6))
        for place in self._view.steps:
            x = bar.left() + bar.width() * place / 1000
            self._painter.drawLine(QPointF(x, bar.top() - 2), QPointF(x, bar.bottom() + 2))

    def _draw_notes(self) -> None:
        if self._view.waiting:
            row = self._row(116 if self._view.time_is_quiet else 136, 17)
            draw_waiting(self._painter, self._theme, self._view.waiting, row)
            if self._view.time:
                return
        top = 136 if self._view.time and not self._view.time_is_quiet else 82 if not self._view.time else 116
        tone = "alert" if self._view.state in NEEDS_ATTENTION else "ink_2"
        for line in self._view.notes:
            row = self._row(top, 17)
            shown = keeping_time(line, self._theme.letters(12), row.width())
            self._text(row, shown, self._theme.letters(12), tone)
            top += 18

    def _draw_codes(self) -> None:
        top = 155
        room = self._box.width() - 2 * self._theme.px(PAD)
        rest = self._view.codes_rest
        if rest and not rest.startswith("·"):
            # Whether a line stands now or at the plan's end is no detail: codes are left out before it.
            room -= self._theme.letters(13).width(rest) + self._theme.px(6)
        rows = wrapped(self._view.codes, self._theme, room, most=2 if self._view.time_is_quiet else 1)
        if self._view.time_is_quiet:
            top = 136 if self._view.notes or self._view.waiting else 122
        shown = rows or [""]
        for at, row in enumerate(shown):
            self._pair(self._row(top, 19), row, rest if at == len(shown) - 1 else "")
            top += 18

    def _pair(self, row: QRect, strong: str, quiet: str) -> None:
        letters = self._theme.letters(13, bold=True)
        words = letters.cut(strong, row.width())
        self._text(row, words, letters, "ink")
        used = letters.width(words) + (self._theme.px(4) if words else 0)
        if row.width() - used > self._theme.px(24):
            self._text(row.adjusted(used, 0, 0, 0), quiet, self._theme.letters(13), "ink_2")

    def _text(
        self, row: QRect, words: str, letters: Letters, tone: str, align: Qt.AlignmentFlag = _LEFT
    ) -> None:
        self._painter.setFont(letters.font)
        self._painter.setPen(self._theme.color(tone))
        shown = letters.cut(words, row.width())
        self._painter.drawText(row, align, shown)

    def _row(self, top: int, height: int) -> QRect:
        return row_box(self._theme, self._box, top, height)

    def _inset(self, by: float) -> QRectF:
        return QRectF(self._box).adjusted(by, by, -by, -by)


def row_box(theme: Theme, box: QRect, top: int, height: int) -> QRect:
    """Return a row of a card, from padding to padding."""
    pad = theme.px(PAD)
    return QRect(box.left() + pad, box.top() + theme.px(RING + top), box.width() - 2 * pad, theme.px(height))


def time_box(theme: Theme, box: QRect) -> QRect:
    """Return where the big time of a roomy card stands."""
    return row_box(theme, box, 79, 40)


def press_words(view: CardView) -> str:
    """Return the keys that choose the card's chair: one digit, 0 for ten, or two digits."""
    return "0" if view.place == 10 else str(view.place)  # noqa: PLR2004 - the key beside the nine


def drug_title(view: CardView, metrics: Letters, width: int) -> str:
    """Return a card's title: without its brand where that is too long, and always with its whole dose."""
    if metrics.width(view.title) <= width:
        return view.title
    return shortened(without_brand(view.title), view.title_end, metrics, width)


def who_words(who: str, theme: Theme, width: int, *, size: int = 12, bold: bool = False) -> str:
    """Shorten the initials, never the digits of the MRN that tell two patients apart."""
    metrics = theme.letters(size, bold=bold)
    initials, dot, digits = who.rpartition(" · ")
    room = width - metrics.width(dot + digits)
    if not dot:
        initials, digits, room = digits, "", width
    return metrics.cut(initials, room) + dot + digits


def wrapped(words: tuple[str, ...], theme: Theme, width: int, *, most: int) -> list[str]:
    """Join words by dots into at most so many rows no wider than ``width``; the last counts what is left."""
    metrics = theme.letters(13, bold=True)
    rows: list[str] = []
    for at, word in enumerate(words):
        is_last_row = len(rows) == most
        more = len(words) - at - 1
        tail = f" +{more}" if more and is_last_row else ""
        longer = f"{rows[-1]} · {word}" if rows else word
        if rows and metrics.width(longer + tail) <= width:
            rows[-1] = longer
        elif len(rows) < most:
            rows.append(word)
        else:
            rows[-1] += f" +{more + 1}"
            break
    return rows
