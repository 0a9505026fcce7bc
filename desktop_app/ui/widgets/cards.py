"""How a long list of rows that paint themselves is set up: one height, smooth, and nothing typed into."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop_app.ui.theme import Theme


def set_up_cards(view: QListView, name: str, theme: Theme) -> None:
    """Set up a list that is called so; it is laid out anew whenever the theme changes."""
    view.setAccessibleName(name)
    view.setProperty("rows", "cards")
    view.setUniformItemSizes(True)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    theme.changed.connect(view.doItemsLayout)
