"""What the card that sends says: what would go out, and what became of it."""

from __future__ import annotations

from desktop_app.ui import words
from desktop_app.ui.billing_ports import ExportResult
from desktop_app.ui.export.ports import Due


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
