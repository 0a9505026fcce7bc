"""Two versions of a session side by side, with what differs marked by sign, word and colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.panel.refill import refill
from desktop_app.ui.review.terms import payer_title
from desktop_app.ui.review.terms_model import terms_words
from desktop_app.ui.review.versions_model import Compared, Mark, Pair, Side, Version, compared, versions_of
from desktop_app.ui.station import Station
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Choice
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import heading, label

PAD, SIGN, SIGN_WIDTH = 9, 14, 76
_LOOKS = {Mark.CHANGED: ("pause", "pencil"), Mark.ADDED: ("run", "plus"), Mark.REMOVED: ("alert", "minus")}
_NOT_THERE = "not there"


class PairRow(QFrame):
    """One thing in both versions; where it differs, both sides stand on a tint, with a sign between them."""

    def __init__(self, theme: Theme, pair: Pair) -> None:
        super().__init__()
        self._theme = theme
        self.pair = pair
        self._sides = [_side(theme, pair.left), _side(theme, pair.right, pair.notes)]
        self.sign = label("" if pair.mark is Mark.SAME else str(pair.mark), size=12, heavy=True)
        self.sign.setFixedWidth(theme.px(SIGN_WIDTH))
        self.sign.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sign.setContentsMargins(0, theme.px(PAD + SIGN + 4), 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sides[0], 1)
        row.addWidget(self.sign)
        row.addWidget(self._sides[1], 1)
        said = " ".join(f"{side.title} {side.text}" for side in (pair.left, pair.right) if side)
        self.setAccessibleName(f"{pair.mark}: {', '.join((*pair.notes, said))}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tints and the sign; what is the same has a hairline under it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = _LOOKS.get(self.pair.mark)
        if look is None:
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
            return
        tone, icon = look
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(tone))
        for part, side in zip(self._sides, (self.pair.left, self.pair.right), strict=True):
            if side is not None:
                painter.drawRoundedRect(part.geometry().adjusted(0, 1, 0, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        size = self._theme.px(SIGN)
        at = self.sign.geometry()
        box = QRectF(at.center().x() - size / 2, at.top() + self._theme.px(PAD), size, size)
        draw_icon(painter, icon, box, self._theme.color(tone))


class VersionsView(QWidget):
    """The versions of one session, two at a time.

    Signals:
        closed: back to the session.
    """

    closed = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._versions: tuple[Version, ...] = ()
        self._picked = (0, 0)
        self.rows: list[PairRow] = []
        theme = station.theme
        self.title = label("", size=22, heavy=True)
        self.summary = label("", heavy=True, wrap=True)
        self.why = label("", size=12, tone="soft", wrap=True)
        self.back = Button(theme, "Back to the session", hint="V")
        self.back.clicked.connect(self.closed)
        self.choices = QVBoxLayout()
        self._heads = QHBoxLayout()
        self._heads.setSpacing(theme.px(SIGN_WIDTH))
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.px(4))
        self._lay_out()

    def show_session(self, session: Session, now_us: int) -> None:
        """Show the last two versions of a session."""
        coding = None if session.signature else self._station.codings.now(session, now_us)
        self._versions = versions_of(session, self._station.desk.history(session.id), coding)
        self.title.setText(f"{words.dotted(session.initials) or 'Patient'} · versions side by side")
        self.why.setText(_reopened_words(session))
        last = len(self._versions) - 1
        self._picked = (max(0, last - 1), last)
        self._offer()
        self._draw()

    def _lay_out(self) -> None:
        px = self._station.theme.px
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.why)
        column.addLayout(self.choices)
        column.addLayout(self._heads)
        column.addLayout(self._body)
        column.addStretch()

    def _offer(self) -> None:
        """Offer which two of more than two versions are shown."""
        made: list[QWidget] = []
        if len(self._versions) > 2:  # noqa: PLR2004 - two are shown beside each other
            options = [(str(at), f"{version.number}") for at, version in enumerate(self._versions)]
            for place, name in enumerate(("At the left", "At the right")):
                choice = Choice(self._station.theme, name, options, str(self._picked[place]))
                choice.chosen.connect(lambda key, place=place: self._pick(place, int(key)))
                made.append(_named(name, choice))
        refill(self.choices, made)

    def _pick(self, place: int, at: int) -> None:
        left, right = self._picked
        self._picked = (at, right) if place == 0 else (left, at)
        self._draw()

    def _draw(self) -> None:
        shown = compared(*(self._versions[at] for at in self._picked))
        self.summary.setText(shown.summary)
        refill(self._heads, [self._head(version) for version in (shown.left, shown.right)])
        for at in range(self._heads.count()):
            self._heads.setStretch(at, 1)
        refill(self._body, self._groups(shown))

    def _groups(self, shown: Compared) -> list[QWidget]:
        theme = self._station.theme
        self.rows = []
        made: list[QWidget] = []
        for name, pairs in shown.groups:
            rows = [PairRow(theme, pair) for pair in pairs]
            made += [heading(name), *rows]
            self.rows += rows
        return made

    def _head(self, version: Version) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(version.name, size=14, heavy=True))
        payer = payer_title(self._station, version.terms)
        for text in (*_seal_words(version), terms_words(version.terms, payer)):
            column.addWidget(label(text, size=12, tone="soft", wrap=True))
        column.addStretch()
        return head


def _seal_words(version: Version) -> Sequence[str]:
    if not version.is_signed:
        return "These lines are to be signed.", f"Rulebook {version.rulebook}"
    session, signature = version.session, version.session.signatures[-1]
    at = words.clock_s(signature.at.at_us, session.zone)
    head = f", head {signature.head[:16]}…" if signature.head else ""
    return (
        f"Signed by {signature.at.by}, {words.day(signature.at.at_us, session.zone)}, {at}",
        f"Rulebook {version.rulebook}{head}",
    )


def _reopened_words(session: Session) -> str:
    """Say when it was opened again after a signature, by whom and why."""
    first_us = session.signatures[0].at.at_us if session.signatures else 0
    again = [note for note in session.reopened if note.at.at_us >= first_us]
    told = (
        f"Opened again {words.clock_s(note.at.at_us, session.zone)} by {note.at.by}: {note.text}"
        for note in again
    )
    return "\n".join(told)


def _side(theme: Theme, side: Side | None, notes: Sequence[str] = ()) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    pad = theme.px(PAD)
    column.setContentsMargins(pad, theme.px(7), pad, theme.px(7))
    column.setSpacing(theme.px(2))
    if side is None:
        column.addWidget(label(_NOT_THERE, size=12, tone="soft"))
    else:
        column.addWidget(label(side.title, heavy=True, wrap=True))
        for text in (side.text, side.under):
            if text:
                column.addWidget(label(text, size=12, tone="soft", wrap=True))
        for note in notes:
            column.addWidget(label(note, size=12, heavy=True, wrap=True))
    column.addStretch()
    return part


def _named(name: str, choice: Choice) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(label(name, size=12, tone="soft"))
    line.addWidget(choice)
    line.addStretch()
    return row
