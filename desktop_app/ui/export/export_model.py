"""The rows of the export page: sessions ready to send, and what was sent."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.export.ports import Due
from desktop_app.ui.ports import ExportResult, SentBatch

_MOST_CODES = 4


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """One signed session that was not sent yet."""

    session: str
    who: str
    chair: str
    times: str
    lines: str
    line_count: int
    signed: str


def ready_rows(sessions: Iterable[Session]) -> tuple[ReadyRow, ...]:
    """Return signed sessions as rows."""
    return tuple(_ready(session) for session in sessions if session.signature is not None)


def result_words(result: ExportResult) -> str:
    """Say what an export wrote, or what to know while nothing records that it was sent."""
    if result.note:
        return result.note
    sessions = words.count_words(result.sessions, "session", "sessions")
    lines = words.count_words(result.lines, "line", "lines")
    return f"Sent {sessions} with {lines}. The files are in {result.folder}."


def export_words(due: Due) -> str:
    """Say what the button sends: how many sessions and, among them, corrections and those taken back."""
    counted = (f"{due.corrected} corrected" * bool(due.corrected), _taken_back(due) * bool(due.taken_back))
    return ", ".join(
        filter(None, (f"Export {words.count_words(due.sessions, 'session', 'sessions')}", *counted))
    )


def _taken_back(due: Due) -> str:
    return f"{due.taken_back} taken back"


def batch_words(batch: SentBatch, zone: str) -> tuple[str, str, str, str, str]:
    """Return a sent batch as the cells of a row."""
    when = f"{words.day(batch.sent_us, zone)} {words.clock(batch.sent_us, zone)}"
    where = f"{batch.folder} ({batch.note})" if batch.note else batch.folder
    return (batch.name, str(batch.sessions), str(batch.lines), when, where)


def _ready(session: Session) -> ReadyRow:
    signature = session.signature
    lines = signature.lines if signature else ()
    codes = [f"{line.code} ×{line.units}" for line in lines]
    more = len(codes) - _MOST_CODES
    shown = " · ".join(codes[:_MOST_CODES]) + (f" · +{more}" if more > 0 else "")
    end_us = session.ended.at_us if session.ended else session.last_moment_us
    return ReadyRow(
        session=session.id,
        who=words.who(session),
        chair=session.chair,
        times=f"{words.clock(session.seated.at_us, session.zone)}–{words.clock(end_us, session.zone)}",
        lines=shown or "no lines",
        line_count=len(lines),
        signed=f"{signature.at.by} {words.clock(signature.at.at_us, session.zone)}" if signature else "",
    )
