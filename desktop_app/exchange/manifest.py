"""What lies in a batch: counts, totals and checksums, so that a receiver can check all of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from desktop_app import __version__
from desktop_app.core.events import BatchFile
from desktop_app.exchange.sending import Sending, Tally

FILE_NAME = "manifest.json"
SIGNED_HEAD = "signed_head"
"""Under which name the journal's signed head stands in it."""


def manifest(sending: Sending, tally: Tally, files: Sequence[BatchFile]) -> dict[str, Any]:
    """Return what the manifest says of a batch."""
    return {
        **head(sending, tally),
        **counted(tally),
        **({"not_in": tally.passed_over} if tally.passed_over else {}),
        **({"clock_notes": tally.clock_notes} if tally.clock_notes else {}),
        "files": [{"name": file.name, "rows": file.rows, "sha256": file.sha256} for file in files],
    }


def head(sending: Sending, tally: Tally) -> dict[str, Any]:
    """Return what a batch is and where it comes from."""
    return {
        "batch": sending.batch,
        "name": sending.name,
        "program": f"chairtime {__version__}",
        "made_at": sending.made_at.isoformat(timespec="seconds"),
        "made_by": sending.by,
        "journal_head": sending.head,
        **({SIGNED_HEAD: sending.signed_head} if sending.signed_head else {}),
        "rulebooks": sorted(tally.rulebooks),
        "again": tally.again,
        **({"layout": sending.layout.name} if sending.layout.name else {}),
    }


def counted(tally: Tally) -> dict[str, Any]:
    """Return the counts and totals of a batch."""
    return {
        "counts": {
            "sessions": len(tally.sessions),
            "lines": len(tally.lines),
            **{action.value: count for action, count in tally.actions.items()},
        },
        "totals": {"units": tally.units.total(), "units_by_code": dict(sorted(tally.units.items()))},
    }


def write_manifest(out: BinaryIO, content: dict[str, Any]) -> int:
    """Write a manifest as readable JSON; it holds no rows."""
    out.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
    return 0
