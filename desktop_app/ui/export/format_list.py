"""The formats to choose from, several at once; the last choice is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.layouts import Layout
from desktop_app.core.ports import JournalError
from desktop_app.ui.export.format_tile import FormatTile, LackLine
from desktop_app.ui.export.ports import Lack, Sends
from desktop_app.ui.ports import Settings
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label

FORMATS_KEY, LAYOUT_KEY = "export-formats", "export-layout"
STANDARD = "complete"


class FormatList(QWidget):
    """A tile for each format, what it lacks under it, and how the tables among them are laid out.

    Signals:
        changed: other formats are chosen, or another layout.
        columns_wanted: the layouts are to be looked at.
        lack_wanted(Lack): go where something is put right.
        left_out(Lack): send the others without those that lack it.
    """

    changed = Signal()
    columns_wanted = Signal()
    lack_wanted = Signal(object)
    left_out = Signal(object)

    def __init__(self, theme: Theme, sends: Sends, settings: Settings) -> None:
        super().__init__()
        self._theme = theme
        self._sends = sends
        self._settings = settings
        self._layout = settings.get(LAYOUT_KEY)
        self._lines: list[LackLine] = []
        self.tiles = {offer.name: FormatTile(theme, offer) for offer in sends.offers()}
        self._under = {name: QVBoxLayout() for name in self.tiles}
        self.told = label("", size=12, tone="soft", wrap=True)
        self.columns = Button(theme, "Edit columns…", kind=Kind.LINK)
        self.columns.clicked.connect(self.columns_wanted)
        self._lay_out()
        for name in settings.get(FORMATS_KEY).split():
            if name in self.tiles:
                self.tiles[name].setChecked(True)
        for tile in self.tiles.values():
            tile.toggled.connect(self._toggled)
        self.renew()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the formats that are chosen."""
        return tuple(name for name, tile in self.tiles.items() if tile.isChecked())

    @property
    def has_tables(self) -> bool:
        """Whether any of them is a table."""
        return any(self.tiles[name].offer.has_layout for name in self.chosen)

    def layout_chosen(self) -> Layout:
        """Return how the tables are laid out: as last time, or the standard way where that is gone."""
        known = {layout.name: layout for layout in self._sends.layouts.all()}
        return known.get(self._layout) or known[STANDARD]

    def use(self, layout: str) -> None:
        """Lay tables out in this way from now on."""
        self._layout = layout
        self._remember(LAYOUT_KEY, layout)
        self.renew()
        self.changed.emit()

    def renew(self) -> None:
        """Say how tables are laid out, as it is now."""
        found = self.layout_chosen()
        gone = "" if found.name == self._layout else f"The layout {self._layout} cannot be used any more. "
        self.told.setText(f"{gone}Columns: {found.title}")
        for part in (self.told, self.columns):
            part.setVisible(self.has_tables)

    def show_lacks(self, lacks: Sequence[Lack]) -> None:
        """Say under each format what is to be known of it; what says the same already stays."""
        if [line.lack for line in self._lines] == list(lacks):
            return
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [LackLine(self._theme, lack) for lack in lacks]
        for line in self._lines:
            line.wanted.connect(self.lack_wanted)
            line.left_out.connect(self.left_out)
            self._under[line.lack.format].addWidget(line)
        for name, tile in self.tiles.items():
            told = (line.lack.text for line in self._lines if line.lack.format == name)
            tile.setAccessibleDescription(" ".join((tile.offer.about, *told)))

    @property
    def lines(self) -> tuple[LackLine, ...]:
        """What is said under the formats."""
        return tuple(self._lines)

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        tables, others = _parted(self.tiles.values())
        for tile in tables:
            self._add(column, tile)
        row = QHBoxLayout()
        row.setSpacing(px(4))
        row.addWidget(self.told, 1)
        row.addWidget(self.columns)
        column.addLayout(row)
        for tile in others:
            self._add(column, tile)

    def _add(self, column: QVBoxLayout, tile: FormatTile) -> None:
        under = self._under[tile.offer.name]
        under.setSpacing(self._theme.px(2))
        column.addWidget(tile)
        column.addLayout(under)

    def _toggled(self) -> None:
        self._remember(FORMATS_KEY, " ".join(self.chosen))
        self.renew()
        self.changed.emit()

    def _remember(self, key: str, text: str) -> None:
        # Where the disk takes nothing, the choice holds as long as the page: nothing is lost by that.
        with suppress(JournalError):
            self._settings.set(key, text)


def _parted(tiles: Iterable[FormatTile]) -> tuple[list[FormatTile], list[FormatTile]]:
    """Return the tables, which share their columns, and the others."""
    every = list(tiles)
    return [t for t in every if t.offer.has_layout], [t for t in every if not t.offer.has_layout]
