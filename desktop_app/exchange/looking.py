"""Looked at before it is sent: what keeps sessions from going out in a format, and what is due of them."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.exchange.rows import Action, Row, rows_of
from desktop_app.exchange.sending import Format, Sending


@dataclass(slots=True)
class Looked:
    """What was found for one format."""

    takes: int = 0
    """How many sessions it takes."""
    passed_over: list[Session] = field(default_factory=list)
    """The sessions that are none for it."""
    why_passed_over: str = ""
    """Why the first of them is none, as the end of a sentence."""
    lacking: list[tuple[Session, str]] = field(default_factory=list)
    """The sessions that cannot be sent so, each with what it lacks, as the end of a sentence."""


@dataclass(slots=True)
class Due:
    """What is due of some sessions, counted."""

    sessions: int = 0
    lines: int = 0
    corrected: int = 0
    """Sessions whose lines take the place of others that were sent."""
    taken_back: int = 0
    """Sessions of which all that was sent is taken back."""
    sent_before: int = 0
    """Sessions that go out once more."""

    def add(self, rows: Sequence[Row]) -> None:
        """Count a session that has something due."""
        actions = {row.action for row in rows}
        self.sessions += 1
        self.lines += len(rows)
        self.corrected += Action.REPLACE in actions
        self.taken_back += Action.VOID in actions
        self.sent_before += any(row.sent_before for row in rows)


def due_of(
    sessions: Iterable[Session],
    gone_out: Collection[str],
    *,
    again: bool = False,
    so_far: Due | None = None,
) -> Due:
    """Return what is due of some sessions, added to what was counted so far."""
    due = so_far or Due()
    for rows in _due(sessions, gone_out, again=again):
        due.add(rows)
    return due


def looking(
    sessions: Iterable[Session],
    formats: Mapping[str, Format],
    sending: Sending,
    gone_out: Collection[str],
    *,
    again: bool = False,
) -> Generator[int, None, dict[str, Looked]]:
    """Look at sessions one by one, as a batch would; return what was found for each format by its name."""
    found = {name: Looked() for name in formats}
    for count, rows in enumerate(_due(sessions, gone_out, again=again), start=1):
        for name, form in formats.items():
            _look(found[name], rows, form, sending)
        yield count
    return found


def _due(sessions: Iterable[Session], gone_out: Collection[str], *, again: bool) -> Iterator[Sequence[Row]]:
    every = (rows_of(session, gone_out, again=again) for session in sessions)
    return (rows for rows in every if rows)


def _look(found: Looked, rows: Sequence[Row], form: Format, sending: Sending) -> None:
    session = rows[0].session
    if reason := form.passes_over(rows):
        found.passed_over.append(session)
        found.why_passed_over = found.why_passed_over or reason
        return
    found.takes += 1
    lacks = (form.lacks(rows, sending.practice), form.unready(rows, sending))
    if lacking := "; ".join(filter(None, lacks)):
        found.lacking.append((session, lacking))
