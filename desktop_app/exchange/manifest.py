"""What lies in a batch: counts, totals and checksums, so that a receiver can check all of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from desktop_app import __version__
from desktop_app.core.events import BatchFile
from desktop_app.exchange.rows import Action, Row

FILE_NAME = "manifest.json"


def manifest(
    rows: Sequence[Row],
    files: Sequence[BatchFile],
    *,
    batch: str,
    name: str,
    made_at: datetime,
    by: str,
    head: str,
) -> dict[str, Any]:
    """Return what the manifest says of a batch; ``head`` is the journal's last hash when it was made."""
    return {
        "batch": batch,
        "name": name,
        "program": f"chairtime {__version__}",
        "made_at": made_at.isoformat(timespec="seconds"),
        "made_by": by,
        "journal_head": head,
        "rulebooks": sorted({row.signature.rulebook for row in rows}),
        "again": any(row.sent_before for row in rows),
        "counts": {
            "sessions": len({row.session.id for row in rows}),
            "lines": len(rows),
            **{action.value: count for action, count in Counter(row.action for row in rows).items()},
        },
        "totals": _totals([row for row in rows if row.action is not Action.VOID]),
        "files": [{"name": file.name, "rows": file.rows, "sha256": file.sha256} for file in files],
    }


def write_manifest(out: BinaryIO, content: dict[str, Any]) -> int:
    """Write a manifest as readable JSON; it holds no rows."""
    out.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
    return 0


def _totals(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the units billed, without those of lines taken back."""
    by_code: Counter[str] = Counter()
    for row in rows:
        by_code[row.line.code] += row.line.units
    return {"units": by_code.total(), "units_by_code": dict(sorted(by_code.items()))}
