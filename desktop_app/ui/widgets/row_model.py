"""Rows of a long list: each is put into words when it is seen, and once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_app.core.values import dataclass
from desktop_app.ui.widgets.labels import tip

Index = QModelIndex | QPersistentModelIndex
Item = TypeVar("Item")
VIEW = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_SPOKEN = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column."""

    text: str = ""
    tone: str = "ink"
    bold: bool = False
    icon: str = ""
    keeps_end: bool = False
    """Whether it is shortened before its last part, as a name before the digits of the MRN."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that can be done with a row."""

    deed: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row as it is drawn and spoken."""

    key: str
    """Tells it from all others; empty for a heading."""
    spoken: str
    cells: tuple[Cell, ...] = ()
    tick: bool | None = None
    """Whether it is ticked; None where it cannot be."""
    links: tuple[Link, ...] = ()
    tip: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it only says what stands below it."""
        return not self.key


class RowsModel(QAbstractListModel, Generic[Item]):
    """Items as rows; what an item says is kept until ``forget``, or until it has changed.

    ``stamp_of`` tells an item from all others and from itself as it was: its key first, empty for a
    heading, then whatever can change.
    """

    def __init__(
        self, describe: Callable[[Item], RowView], stamp_of: Callable[[Item], tuple[Hashable, ...]]
    ) -> None:
        super().__init__()
        self._describe = describe
        self._stamp_of = stamp_of
        self._views: dict[tuple[Hashable, ...], RowView] = {}
        self._stamps: list[tuple[Hashable, ...]] = []
        self.items: tuple[Item, ...] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other items; where there are as many as before, only those that changed are drawn anew."""
        stamps = [self._stamp_of(item) for item in items]
        before, self_same = self._stamps, len(stamps) == len(self._stamps)
        if not self_same:
            self.beginResetModel()
        self.items, self._stamps = tuple(items), stamps
        if not self_same:
            self.endResetModel()
            return
        for at, (one, other) in enumerate(zip(before, stamps, strict=True)):
            if one != other:
                self.dataChanged.emit(self.index(at), self.index(at))

    def keys(self) -> list[str]:
        """Return the key of every row, in order."""
        return [str(stamp[0]) for stamp in self._stamps]

    def forget(self) -> None:
        """Put every row into words anew."""
        self._views = {}
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def view(self, at: int) -> RowView:
        """Return what a row says."""
        stamp = self._stamps[at]
        if stamp not in self._views:
            self._views[stamp] = self._describe(self.items[at])
        return self._views[stamp]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a row be gone to; a heading is passed over."""
        if not index.isValid() or self.view(index.row()).is_heading:
            return Qt.ItemFlag.NoItemFlags
        can_tick = self.view(index.row()).tick is not None
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsUserCheckable if can_tick else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row as it is drawn, spoken, ticked and shown under the mouse."""
        if not index.isValid():
            return None
        view = self.view(index.row())
        if role == VIEW:
            return view
        if role == Qt.ItemDataRole.CheckStateRole and view.tick is not None:
            return Qt.CheckState.Checked if view.tick else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(view.tip) if view.tip else None
        return view.spoken if role in _SPOKEN else None
