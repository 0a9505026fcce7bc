"""Finding a drug by its first letters: name first, then brand, then a word inside; before them, the usual."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.orders import Order
from desktop_app.core.suite import Suite
from desktop_app.ui.ports import Drug
from desktop_app.ui.words import short_name

_NO_MATCH = 9


def find_drugs(drugs: Iterable[Drug], text: str, *, most: int = 6) -> list[Drug]:
    """Return the drugs that fit what was typed, best first; nothing for nothing typed."""
    wanted = text.casefold().strip()
    if not wanted:
        return []
    ranked = [(_rank(drug, wanted), drug.name.casefold(), at, drug) for at, drug in enumerate(drugs)]
    return [drug for rank, *_, drug in sorted(ranked, key=lambda row: row[:3]) if rank < _NO_MATCH][:most]


def usual_drugs(
    drugs: Iterable[Drug], suite: Suite, lately: Iterable[Order] = (), *, most: int = 6
) -> list[Drug]:
    """Return the drugs given last in this suite, newest first; where none was, the table's first.

    Behind those of the sessions at hand come those of the days before.
    """
    table = list(drugs)
    begun = [s for session in suite.sessions.values() for s in session.begun_services if not s.void_reason]
    begun.sort(key=lambda service: service.start.at_us if service.start else 0, reverse=True)
    orders = [*(service.order for service in begun), *lately]
    given = [drug for order in orders if (drug := _drug_of(table, order)) is not None]
    return (list({(drug.name, drug.hcpcs): drug for drug in given}.values()) or table)[:most]


def last_order(suite: Suite, drug: str) -> Order | None:
    """Return how a drug was last ordered on this board, whoever it was for."""
    orders = (s.order for session in suite.sessions.values() for s in session.services if not s.void_reason)
    return next((order for order in reversed(list(orders)) if _is_called(order.drug, drug)), None)


def _drug_of(table: Iterable[Drug], order: Order) -> Drug | None:
    """Return the drug of the table that was ordered; of several of one name, the one with its code."""
    fits = [drug for drug in table if _is_called(order.drug, drug.name)]
    code = order.dose.hcpcs if order.dose else ""
    return next((drug for drug in fits if drug.hcpcs == code), fits[0] if fits else None)


def _is_called(ordered: str, drug: str) -> bool:
    """Return whether an order names a drug: a table may say besides what another one leaves out."""
    return short_name(ordered)[0].casefold() == short_name(drug)[0].casefold()


def _words(name: str) -> list[str]:
    """Return the words of a name, also those that a hyphen or a stroke joins: Prolia/Xgeva."""
    return name.replace("-", " ").replace("/", " ").split()


def _rank(drug: Drug, wanted: str) -> int:
    name, brand, code = drug.name.casefold(), drug.brand.casefold(), drug.hcpcs.casefold()
    checks = (
        name == wanted,
        name.startswith(wanted),
        brand.startswith(wanted),
        code.startswith(wanted),
        any(word.startswith(wanted) for word in _words(name)),
        any(word.startswith(wanted) for word in _words(brand)),
    )
    return next((rank for rank, fits in enumerate(checks) if fits), _NO_MATCH)
