"""Finding a drug by its first letters: name first, then brand, then a word inside."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.orders import Order
from desktop_app.core.suite import Suite
from desktop_app.ui.ports import Drug

_NO_MATCH = 9


def find_drugs(drugs: Iterable[Drug], text: str, *, most: int = 6) -> list[Drug]:
    """Return the drugs that fit what was typed, best first; nothing for nothing typed."""
    wanted = text.casefold().strip()
    if not wanted:
        return []
    ranked = [(_rank(drug, wanted), drug.name.casefold(), at, drug) for at, drug in enumerate(drugs)]
    return [drug for rank, *_, drug in sorted(ranked, key=lambda row: row[:3]) if rank < _NO_MATCH][:most]


def last_order(suite: Suite, drug: str) -> Order | None:
    """Return how a drug was last ordered on this board, to fill the form with."""
    orders = (s.order for session in suite.sessions.values() for s in session.services if not s.void_reason)
    return next((order for order in reversed(list(orders)) if order.drug.casefold() == drug.casefold()), None)


def _rank(drug: Drug, wanted: str) -> int:
    name, brand, code = drug.name.casefold(), drug.brand.casefold(), drug.hcpcs.casefold()
    checks = (
        name == wanted,
        name.startswith(wanted),
        brand.startswith(wanted),
        code.startswith(wanted),
        any(word.startswith(wanted) for word in name.replace("-", " ").split()),
        any(word.startswith(wanted) for word in brand.replace("-", " ").split()),
    )
    return next((rank for rank, fits in enumerate(checks) if fits), _NO_MATCH)
