"""The table of roles and rights as docs/security.md tells it to people, read back."""

from __future__ import annotations

import re
from pathlib import Path

from desktop_app.core.access import Right, Role

PAGE = Path(__file__).parent.parent.parent / "docs" / "security.md"
COLUMNS = (Role.NURSE, Role.CHARGE_NURSE, Role.BILLER, Role.ADMINISTRATOR, None)
"""Who each column after the first is about; None where nobody is signed in."""


def _rows() -> list[list[str]]:
    section = PAGE.read_text(encoding="utf-8").split("## People and what they may do")[1].split("\n## ")[0]
    rows = [row.strip("|").split("|") for row in section.splitlines() if row.startswith("| `")]
    return [[cell.strip() for cell in row] for row in rows]


def rights_told() -> dict[Role | None, set[Right]]:
    """Return what the page says that each role may do, and nobody."""
    rows = _rows()
    return {
        who: {Right(row[0].strip("`")) for row in rows if row[at] == "yes"}
        for at, who in enumerate(COLUMNS, start=1)
    }


def needs_told() -> dict[str, Right]:
    """Return which right the page says that each kind of event needs."""
    return {
        kind: Right(row[0].strip("`"))
        for row in _rows()
        for kind, rest in re.findall(r"`([a-z-]+)`([^,]*)", row[6])
        if not rest.strip()
    }
