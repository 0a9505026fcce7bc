"""Labels in the few tones and sizes the program has."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

_LONG_WORD = re.compile(r"\S{28,}")
_PIECE = 14
_MAY_BREAK = "\u200b"


def breakable(text: str) -> str:
    """Let a very long word be broken: whole, it would push all else out of a narrow panel."""
    return _LONG_WORD.sub(_in_pieces, text)


def _in_pieces(found: re.Match[str]) -> str:
    word = found[0]
    return _MAY_BREAK.join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


def label(
    text: str = "",
    *,
    size: int = 13,
    tone: str = "ink",
    heavy: bool = False,
    wrap: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """Return a label; plain text only, so that nothing a person typed is taken for markup."""
    made = QLabel(breakable(text) if wrap else text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("letters", str(size))
    made.setProperty("tone", tone)
    made.setProperty("heavy", heavy)
    made.setWordWrap(wrap)
    return made


def tip(text: str) -> str:
    """Return a tooltip's text; Qt takes one that looks like markup for markup, so that one is escaped."""
    if "<" not in text:
        return text
    from html import escape  # noqa: PLC0415 - hardly any text needs it

    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def heading(text: str) -> QLabel:
    """Return a small heading in capitals above a part of a page."""
    made = label(text.upper(), size=11, tone="soft", heavy=True)
    made.setAccessibleName(text)
    return made


def caption(text: str) -> QLabel:
    """Return the name over a row of chips, as a field has its own."""
    return label(text, size=12, tone="soft")


def retone(shown: QLabel, tone: str) -> None:
    """Draw a label in another tone."""
    if shown.property("tone") != tone:
        shown.setProperty("tone", tone)
        # To be called by its name, the style would have to be loaded; this has it polish the label again.
        QCoreApplication.sendEvent(shown, QEvent(QEvent.Type.Polish))


def rule() -> QFrame:
    """Return a hairline."""
    return plate("rule")


def plate(name: str) -> QFrame:
    """Return an empty frame with the look of that name."""
    made = QFrame()
    made.setProperty("plate", name)
    return made
