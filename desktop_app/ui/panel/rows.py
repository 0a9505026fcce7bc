"""The panel's rows: a service that opens its actions, what was corrected about it, a finding with its way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.ui.cut import beside, fitting
from desktop_app.ui.panel.panel_model import CorrectedMoment, FindingRow, ServiceRow
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import label, tip
from desktop_app.ui.widgets.pressable import Pressable

ROW = 40
NOTE = 17
_FINDINGS = {"blocker": ("alert", "alert"), "warning": ("pause", "alert"), "note": ("due", "info")}


class RowButton(Pressable):
    """A row that can be pressed: a hairline under it, a tint under the mouse, a ring with the focus.

    A row that stays pressed keeps its tint.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def draw_plate(self, painter: QPainter) -> None:
        """Draw what is under the words."""
        box = QRectF(self.rect()).adjusted(1, 1, -1, -2)
        is_tinted = self.isChecked() or self.underMouse()
        if self.hasFocus() or is_tinted:
            painter.setPen(QPen(self._theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.tint("accent") if is_tinted else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def write(
        self,
        painter: QPainter,
        row: QRect,
        text: str,
        size: int,
        tone: str,
        *,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> int:
        """Write one line, cut where it is too long; return its width in pixels."""
        letters = self._theme.letters(size, bold=bold)
        shown = letters.cut(text, max(0, row.width()))
        painter.setFont(letters.font)
        painter.setPen(self._theme.color(tone))
        painter.drawText(row, align | Qt.AlignmentFlag.AlignVCenter, shown)
        return letters.width(shown)


class ServiceButton(RowButton):
    """One service as a row; pressing it opens what can be done about it."""

    def __init__(self, theme: Theme, row: ServiceRow, does: str = "Correct, dose, more") -> None:
        super().__init__(theme)
        self.row = row
        self.setAccessibleName(f"{row.spoken}. {does}")
        self.setToolTip(
            tip("\n".join([f"{row.drug} {row.how}".strip(), *row.notes, f"Press: {does.lower()}"]))
        )

    def sizeHint(self) -> QSize:
        """One row, and one more line for each note."""
        return QSize(200, self._theme.px(ROW + NOTE * len(self.row.notes)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw drug, how, times, and the notes under them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_plate(painter)
        row = QRect(self._theme.px(4), 0, self.width() - self._theme.px(8), self._theme.px(ROW))
        bold, plain = (self._theme.letters(13, bold=heavy) for heavy in (True, False))
        gap, between = self._theme.px(5), self._theme.px(10)
        least = bold.width(self.row.drug) + plain.width(self.row.dose) + gap + between
        # How long it took follows from the times, which a drug's name does not.
        forms = (self.row.times, self.row.times.partition(" · ")[0])
        told = fitting(forms, plain, row.width() - least)
        told = told if told in forms else forms[-1]
        times = self.write(painter, row, told, 13, "ink", align=Qt.AlignmentFlag.AlignRight)
        left = row.adjusted(0, 0, -times - between, 0)
        drug, how = beside((self.row.drug, bold), (self.row.how, plain), self.row.dose, left.width() - gap)
        used = self.write(painter, left, drug, 13, "ink", bold=True)
        self.write(painter, left.adjusted(used + gap, 0, 0, 0), how, 13, "ink_2")
        top = self._theme.px(ROW - 9)
        for note in self.row.notes:
            box = QRect(row.left(), top, row.width(), self._theme.px(NOTE))
            self.write(painter, box, note, 12, "ink_2")
            top += self._theme.px(NOTE)


class CorrectedButton(RowButton):
    """What was corrected, under its service; pressing it shows the first value and everything since."""

    def __init__(self, theme: Theme, moment: CorrectedMoment) -> None:
        super().__init__(theme)
        self.moment = moment
        self.setAccessibleName(f"{moment.text}. Show its history")
        self.setToolTip(tip(f"{moment.text}\nPress: every value, who and when"))

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(200, self._theme.px(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and that there is more behind them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_plate(painter)
        row = QRect(self._theme.px(12), 0, self.width() - self._theme.px(16), self.height())
        more = self.write(painter, row, "history", 12, "accent", align=Qt.AlignmentFlag.AlignRight)
        room = row.adjusted(0, 0, -more - self._theme.px(8), 0)
        forms = (self.moment.text, self.moment.brief or self.moment.text)
        text = fitting(forms, self._theme.letters(12), room.width())
        self.write(painter, room, text, 12, "ink_2")


class FindingBlock(QFrame):
    """One finding on its tint: icon, sentence, and what settles it, or who can."""

    def __init__(self, theme: Theme, row: FindingRow, *, way: str = "", who: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.row = row
        self._tone, self._icon = _FINDINGS.get(row.level, _FINDINGS["note"])
        told = f"{row.text} {who}".strip()
        self.setAccessibleName(f"{row.level}: {told}")
        words = label(told, size=12, wrap=True)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(theme.px(34), theme.px(6), theme.px(8), theme.px(6))
        self.line.addWidget(words, 1)
        self.button: Button | None = None
        if way:
            self.button = Button(theme, way)
            self.button.setAccessibleName(f"{way} {row.text}")
            self.line.addWidget(self.button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint and the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(self._tone))
        painter.drawRoundedRect(self.rect().adjusted(0, 1, 0, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        size = self._theme.px(14)
        box = QRectF(self._theme.px(11), (self.height() - size) / 2, size, size)
        draw_icon(painter, self._icon, box, self._theme.color(self._tone))


def service_widgets(
    theme: Theme,
    row: ServiceRow,
    asked: Callable[[str], None],
    history_asked: Callable[[str, str, int], None],
) -> list[QWidget]:
    """Return a service's row and, under it, a row for each moment that was corrected."""
    button = ServiceButton(theme, row)
    button.clicked.connect(lambda: asked(row.service))
    rows: list[QWidget] = [button]
    for moment in row.corrected:
        link = CorrectedButton(theme, moment)
        link.clicked.connect(lambda _=False, m=moment: history_asked(row.service, m.what, m.index))
        rows.append(link)
    return rows
