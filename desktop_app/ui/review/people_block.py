"""Patient and payer in a few rows, and the way to the sheet that asks for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.session import Session
from desktop_app.ui.review.people_model import NOTHING, Row, people_rows
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import heading, label

NAME = 84


class PeopleBlock(QWidget):
    """What billing knows; ``button`` asks for it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[Row, ...] | None = None
        self.button = Button(theme, "Enter or change…", kind=Kind.LINK, hint="D")
        self.button.setAccessibleName("Enter or change the patient's and the payer's data")
        head = QHBoxLayout()
        head.addWidget(heading("Patient and payer"))
        head.addStretch()
        head.addWidget(self.button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, theme.px(NAME))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self._grid)

    def show_session(self, session: Session) -> None:
        """Show what is known of another session, or of this one now."""
        rows = people_rows(session)
        if rows == self._rows:
            return
        self._rows = rows
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, (name, text) in enumerate(rows):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label(name, size=12, tone="soft"), at, 0, top)
            self._grid.addWidget(label(text, wrap=True), at, 1)
        if not rows:
            self._grid.addWidget(label(NOTHING, size=12, tone="soft", wrap=True), 0, 0, 1, 2)
