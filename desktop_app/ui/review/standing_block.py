"""What stands over a session that is signed, opened again or held: the seal, or why it has none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_app.core.session import Session, Signature
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.review.terms_model import signed_terms, terms_words
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import label

HEAD_SHOWN = 16
"""So many of the head's 64 digits are read at a glance; the tip has them all."""


@dataclass(frozen=True, slots=True)
class StandingView:
    """The words of the block; ``tip`` is what it says under the mouse and to a screen reader."""

    tone: str
    icon: str
    title: str
    lines: tuple[str, ...] = ()
    tip: str = ""


def standing_view(session: Session, payer: str) -> StandingView | None:
    """Return what is to be said over a session; None while nothing was signed or held."""
    if session.signature is not None:
        return _sealed(session, session.signature, payer)
    if session.hold_reason:
        under = "It is not billed until the hold is released."
        return StandingView("pause", "pause", f"Held: {session.hold_reason}", (under,))
    if not session.signatures:
        return None
    again, version = session.reopened[-1], len(session.signatures) + 1
    at = words.clock_s(again.at.at_us, session.zone)
    return StandingView(
        "pause",
        "pencil",
        f"Opened again at {at} by {again.at.by}: {again.text}",
        (f"Version {version - 1} stays readable. These lines are version {version}, to be signed.",),
    )


def _sealed(session: Session, signature: Signature, payer: str) -> StandingView:
    at = signature.at
    when = f"{words.day(at.at_us, session.zone)}, {words.clock_s(at.at_us, session.zone)}"
    terms = terms_words(signed_terms(session, signature), payer)
    why = f"After “{session.reopened[-1].text}”. " if signature.version > 1 and session.reopened else ""
    head = f"{signature.head[:HEAD_SHOWN]}…" if len(signature.head) > HEAD_SHOWN else signature.head
    return StandingView(
        "run",
        "check",
        f"Version {signature.version} signed by {at.by}, {when}",
        (f"{why}Sealed with rulebook {signature.rulebook}; {terms}.", f"Journal head {head or 'not kept'}"),
        f"Journal head {signature.head}" if signature.head else "",
    )


class StandingBlock(QFrame):
    """The block, on the tint of its tone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: StandingView | None = None
        self.title = label("", heavy=True, wrap=True)
        self.lines = label("", size=12, tone="soft", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(self.title)
        column.addWidget(self.lines)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(36), theme.px(8), theme.px(10), theme.px(8))
        self.row.addLayout(column, 1)

    def show_view(self, view: StandingView | None) -> None:
        """Say something else, or nothing."""
        if view != self._view:
            self._view = view
            self.title.setText(view.title if view else "")
            self.lines.setText("\n".join(view.lines) if view else "")
            self.lines.setToolTip(view.tip if view else "")
            self.setAccessibleName(f"{view.title}. {' '.join(view.lines)} {view.tip}" if view else "")
            self.update()
        self.setVisible(view is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint and the icon."""
        if self._view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(self._view.tone))
        painter.drawRoundedRect(self.rect(), RADIUS_CONTROL, RADIUS_CONTROL)
        size = self._theme.px(14)
        box = QRectF(self._theme.px(12), self._theme.px(11), size, size)
        draw_icon(painter, self._view.icon, box, self._theme.color(self._view.tone))
