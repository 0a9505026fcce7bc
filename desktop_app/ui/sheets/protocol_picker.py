"""Picking a protocol by three letters, or none: what it plans is said under the list before it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.core.orders import Order
from desktop_app.core.protocols import Protocol
from desktop_app.core.suite import Suite
from desktop_app.ui import words
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.pick_list import PickList, PickRow

ROWS, FEW_ROWS = 3, 2
ROOM_FOR_ALL = 700
SEATED_PLAIN = "None chosen: the patient is seated without a plan."
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ProtocolPicker(QWidget):
    """A field for letters over the protocols that fit; a second press lets one go again."""

    def __init__(
        self,
        theme: Theme,
        protocols: Sequence[Protocol],
        *,
        name: str = "Protocol (optional)",
        none: str = SEATED_PLAIN,
    ) -> None:
        super().__init__()
        self._protocols = tuple(protocols)
        self._none = none
        self._theme = theme
        self._found: tuple[Protocol, ...] = ()
        self._is_unknown = False
        self._chosen_before: Protocol | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("Type three letters")
        self.search.setAccessibleName(name)
        self.search.setMinimumHeight(theme.px(40))
        self.search.installEventFilter(self)
        self.list = PickList(theme, "Protocols that fit", ROWS)
        self.told = label("", size=12, tone="soft", wrap=True)
        caption = label(name, size=12, tone="soft")
        caption.setBuddy(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for part in (caption, self.search, self.list, self.told):
            column.addWidget(part)
        self.search.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(lambda _: self._tell())
        self.list.itemPressed.connect(self._pressed)
        self._find("")

    def fit(self, height: int) -> None:
        """Keep fewer rows in a window of a height in pixels that has no room for all; they scroll."""
        self.list.keep_rows(ROWS if height >= self._theme.px(ROOM_FOR_ALL) else FEW_ROWS)

    def protocol(self) -> Protocol | None:
        """Return the protocol that is chosen."""
        at = self.list.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    @property
    def is_unknown(self) -> bool:
        """Whether letters were typed that no protocol begins with, and none was chosen instead."""
        return self._is_unknown and self.protocol() is None

    def unknown_words(self) -> str:
        """Say that there is no such protocol, and what to do."""
        typed = self.search.text().strip()
        return f"no protocol begins with “{typed}”: choose one of the list, or clear it for none"

    def step(self, by: int) -> None:
        """Choose the next or the one before; before the first there is none."""
        at = self.list.currentRow() + by
        if at < 0:
            self._let_go()
        else:
            self.list.setCurrentRow(min(at, self.list.count() - 1))

    def _find(self, text: str) -> None:
        typed = text.strip()
        fits = tuple(find_protocols(self._protocols, typed))
        self._is_unknown = bool(typed) and not fits
        self._found = fits or self._protocols
        chosen = 0 if typed and fits else -1
        self.list.show_rows([protocol_row(protocol) for protocol in self._found], chosen)
        self._tell()

    def _pressed(self, _item: QListWidgetItem) -> None:
        pressed = self.protocol()
        if pressed is not None and pressed == self._chosen_before:
            self._let_go()
        self._chosen_before = self.protocol()
        self.search.setFocus()

    def _let_go(self) -> None:
        self.list.setCurrentRow(-1)
        self.list.clearSelection()

    def _tell(self) -> None:
        protocol = self.protocol()
        if protocol is not None:
            self.told.setText(protocol_words(protocol))
        elif self._is_unknown:
            self.told.setText("No protocol begins like this. These are there.")
        else:
            self.told.setText(self._none)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose in the list while the letters are typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.step(step)
                return True
        return super().eventFilter(watched, event)


def find_protocols(protocols: Iterable[Protocol], letters: str) -> list[Protocol]:
    """Return the protocols that fit some letters: by name, by a word of it, by a drug in it; all for none."""
    wanted = letters.casefold()
    ranked = [(_rank(protocol, wanted), at, protocol) for at, protocol in enumerate(protocols)]
    fits = [row for row in ranked if row[0] >= 0]
    return [protocol for _, _, protocol in sorted(fits, key=lambda row: row[:2])]


def by_last_use(protocols: Sequence[Protocol], suite: Suite) -> list[Protocol]:
    """Return protocols with those this suite used last in front, newest first."""
    planned = [
        (session.seated.at_us, service.protocol)
        for session in suite.sessions.values()
        for service in session.services
    ]
    last = {name: at_us for at_us, name in sorted(planned)}
    return sorted(protocols, key=lambda protocol: -last.get(protocol.name, 0))


def protocol_row(protocol: Protocol) -> PickRow:
    """Return a protocol as a row: its name, how many services, the minutes they are planned for."""
    minutes = sum(order.planned_minutes or 0 for order in protocol.services)
    services = words.count_words(len(protocol.services), "service", "services")
    return PickRow(name=protocol.name, detail=f"{services} · {minutes} min" if minutes else services)


def protocol_words(protocol: Protocol) -> str:
    """Write what a protocol plans, and what is said of it."""
    planned = ", ".join(_order_words(order) for order in protocol.services)
    return f"Plans {planned}. {protocol.about}".strip()


def _order_words(order: Order) -> str:
    minutes = f" {order.planned_minutes} min" if order.planned_minutes else ""
    return f"{words.drug_words(order)}{minutes}"


def _rank(protocol: Protocol, wanted: str) -> int:
    name = protocol.name.casefold()
    checks = (
        name.startswith(wanted),
        any(word.startswith(wanted) for word in name.replace("-", " ").split()),
        any(order.drug.casefold().startswith(wanted) for order in protocol.services),
    )
    return next((rank for rank, fits in enumerate(checks) if fits), -1)
