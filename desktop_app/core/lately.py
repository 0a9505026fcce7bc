"""What was begun lately, read off the newest events alone, so that no session has to be replayed for it."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core import events as e
from desktop_app.core.orders import Order
from desktop_app.core.ports import Journal

LATELY = tuple(kind.KIND for kind in (e.ServiceStarted, e.ServiceGiven, e.ServiceVoided, e.TouchUndone))
"""The kinds that tell what was begun, and what of it was taken back."""
_BEGUN = (e.ServiceStarted, e.ServiceGiven)
MOST_LATELY = 400
"""How many events are read: of a busy suite about two days."""


class Lately:
    """The drugs of the last days, read once, when first asked for: later ones are in the suite."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._orders: tuple[Order, ...] | None = None

    def orders(self) -> tuple[Order, ...]:
        """Return how drugs were begun, newest first, whoever they were for. Raises JournalError."""
        if self._orders is None:
            self._orders = begun_orders(self._journal.newest(LATELY, MOST_LATELY))
        return self._orders


def begun_orders(newest_first: Iterable[e.Recorded]) -> tuple[Order, ...]:
    """Return the orders that were begun, newest first; not what was undone or struck out since."""
    undone: set[str] = set()
    void: set[tuple[str, str]] = set()
    orders: list[Order] = []
    for recorded in newest_first:
        event = recorded.event
        if recorded.stamp.touch in undone:
            continue
        if isinstance(event, e.TouchUndone):
            undone.add(event.touch)
        elif isinstance(event, e.ServiceVoided):
            void.add((recorded.stream, event.service))
        elif isinstance(event, _BEGUN) and (recorded.stream, event.service) not in void:
            orders.append(event.order)
    return tuple(orders)
