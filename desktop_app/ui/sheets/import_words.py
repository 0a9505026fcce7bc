"""What came of a file of patients, in words that name nobody: an MRN by its last digits."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.registering import Came, NotTaken, Taken
from desktop_app.ui import words

MOST_SHOWN = 100
"""Of each group so many rows are read; the others are counted."""

Group = tuple[str, str, Sequence[str]]
"""A heading, a tone and rows."""


def summary(came: Came, *, is_done: bool) -> str:
    """Count what was taken, or would be."""
    would = "" if is_done else "to be "
    counts = (
        f"{len(came.taken)} {would}taken",
        f"{len(came.unchanged)} known already",
        f"{len(came.not_here)} without a session",
        f"{came.patients_refused} refused",
    )
    return f"{', '.join(counts)}."


def groups(came: Came, *, is_done: bool) -> list[Group]:
    """Return what is told of each patient, what is wrong first."""
    passed = [f"{count} {kind or 'of no kind'}" for kind, count in sorted(came.passed_over.items())]
    found: list[Group] = [
        ("Refused", "alert", [_refused(one) for one in came.refused]),
        ("Taken" if is_done else "To be taken", "ink", [_taken(one) for one in came.taken]),
        ("No session waits for these", "soft", _in_short([words.hidden_mrn(mrn) for mrn in came.not_here])),
        ("Passed over, because they register nobody", "soft", _in_short(passed)),
    ]
    return [(name, tone, _shortened(rows)) for name, tone, rows in found if rows]


def _taken(one: Taken) -> str:
    return f"{words.hidden_mrn(one.mrn)}, chair {one.chair}: {', '.join(one.what)}"


def _refused(one: NotTaken) -> str:
    whom = f", {words.hidden_mrn(one.mrn)}" if one.mrn else ""
    chair = f", chair {one.chair}" if one.chair else ""
    where = f"{one.place}{whom}{chair}: " if one.place else ""
    return words.sentence(f"{where}{one.why}")


def _in_short(parts: Sequence[str]) -> list[str]:
    shown = ", ".join(parts[:MOST_SHOWN])
    more = f" and {len(parts) - MOST_SHOWN} more" if len(parts) > MOST_SHOWN else ""
    return [f"{shown}{more}"] if parts else []


def _shortened(rows: Sequence[str]) -> Sequence[str]:
    if len(rows) <= MOST_SHOWN:
        return rows
    return [*rows[:MOST_SHOWN], f"… and {len(rows) - MOST_SHOWN} more"]
