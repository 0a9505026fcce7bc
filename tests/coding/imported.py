"""Imported tables for the tests, short to write: every code of a drug and every row is made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Coding
from desktop_app.coding.tables import TableKind, TableRow, Tables, by_key
from tests.coding.given import RULES, Service, visit

NEW_YEAR = date(2026, 1, 1)
Said = tuple[object, ...]


def row(key: str, value: str, since: str = "2026-01-01", until: str = "") -> TableRow:
    """Return a row; key and value are words with spaces between."""
    end = date.fromisoformat(until) if until else None
    return TableRow(tuple(key.split()), tuple(value.split()), date.fromisoformat(since), end)


def tables(kinds: Mapping[str, list[TableRow]], chosen: Mapping[str, str] | None = None) -> Tables:
    """Return tables that are whole from New Year on."""
    by_kind = {TableKind(kind): by_key(rows) for kind, rows in kinds.items()}
    return Tables(by_kind, dict.fromkeys(by_kind, NEW_YEAR), chosen or {})


def coded(known: Tables, *services: Service, setting: str = "facility", **more: Any) -> Coding:  # noqa: ANN401
    """Return the coding of a visit of the usual day with some tables."""
    made = visit(*services, setting=setting, **more)
    return code(made, replace(RULES.rulebook, tables=known), RULES.profile_for(made.setting))
