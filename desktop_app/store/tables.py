"""Lists that can be made again from the events at any time: sessions, signed lines, batches.

They are written in the transaction of the event they follow from, so they never lag behind.
Only the few kinds of event that change a list touch them: a start or a stop writes its event
and nothing else, and the cost of a touch does not grow with the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop_app.core import events as e
from desktop_app.core.fold import fold
from desktop_app.core.moments import local_date
from desktop_app.core.session import SEATED, Session, Stage
from desktop_app.store.followed import Followed, History

if TYPE_CHECKING:
    import sqlite3

_SESSION_KINDS = (
    e.PatientSeated,
    e.ChairChanged,
    e.PatientIdentified,
    e.TouchUndone,
    e.SessionEnded,
    e.SessionReopened,
    e.SessionHeld,
    e.HoldReleased,
    e.SessionSigned,
)
"""The kinds after which a session's row can differ; any other leaves it as it is."""

_PUT_SESSION = """
    INSERT INTO session (session, stage, chair, mrn, initials, service_date,
                         seated_us, ended_us, signed_us, signed_version, hold_reason, settled)
    VALUES (:session, :stage, :chair, :mrn, :initials, :day,
            :seated_us, :ended_us, :signed_us, :signed_version, :hold_reason, 0)
    ON CONFLICT (session) DO UPDATE SET
        stage = excluded.stage, chair = excluded.chair, mrn = excluded.mrn, initials = excluded.initials,
        ended_us = excluded.ended_us, signed_us = excluded.signed_us,
        signed_version = excluded.signed_version, hold_reason = excluded.hold_reason
"""
_PUT_SEATED = """
    UPDATE session SET service_date = :day, seated_us = :seated_us
    WHERE session = :session AND (service_date, seated_us) <> (:day, :seated_us)
"""
"""What an index is by is written only where it differs: the engine writes every index it is told to set."""

_PUT_LINE = "INSERT INTO signed_line (line, session, version) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"

_SETTLE = f"""
    UPDATE session SET settled = 1 - settled
    WHERE session = ? AND settled <> (stage = 'cancelled' OR (stage = 'signed'
        AND NOT EXISTS (
            SELECT 1 FROM signed_line AS l
            WHERE l.session = session.session AND l.version = session.signed_version AND l.batch IS NULL)
        AND (
            EXISTS (
                SELECT 1 FROM signed_line AS l
                WHERE l.session = session.session AND l.version = session.signed_version)
            OR NOT EXISTS (
                SELECT 1 FROM signed_line AS l
                WHERE l.session = session.session AND l.batch IS NOT NULL
                AND l.version = (
                    SELECT max(version) FROM signed_line
                    WHERE session = session.session AND batch IS NOT NULL)
                AND NOT EXISTS (
                    SELECT 1 FROM batch_line AS b JOIN batch USING (batch)
                    WHERE b.line = l.line || '{e.VOID_MARK}' AND batch.state = 'sent')))))
"""  # noqa: S608 - the mark is our own
"""A session is settled when nothing is left to do: every line of the signature in force is sent,
or it has none, and what was sent of an earlier one has been taken back."""

_SESSIONS_OF_BATCH = f"""
    SELECT DISTINCT session FROM signed_line WHERE line IN (
        SELECT line FROM batch_line WHERE batch = :batch
        UNION ALL
        SELECT substr(line, 1, length(line) - {len(e.VOID_MARK)}) FROM batch_line
        WHERE batch = :batch AND line LIKE '%{e.VOID_MARK}')
"""  # noqa: S608 - the mark is our own


def changes_row(event: e.Event) -> bool:
    """Return whether a session's row can differ after an event; a corrected seating may be of another day."""
    if isinstance(event, e.MomentCorrected):
        return event.what == SEATED
    return isinstance(event, _SESSION_KINDS)


LISTS = ("batch_line", "batch", "signed_line", "session")
"""The tables made from the events, each before what it refers to."""

FOUND = ("found_in", "found_word", "found_until")
"""The words sessions are found by: made from the events when somebody looks, as far as they are made."""


def session_streams(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the name of every session's stream."""
    query = "SELECT DISTINCT stream FROM event WHERE stream LIKE ?"
    return tuple(stream for (stream,) in connection.execute(query, (f"{e.SESSION_STREAM_PREFIX}%",)))


class Tables:
    """Writes the lists on a connection whose transaction belongs to the journal."""

    def __init__(self, connection: sqlite3.Connection, history: History) -> None:
        self._connection = connection
        self._run = connection.execute
        self._history = history
        self._followed = Followed(history)

    def follow(self, touch: Sequence[e.Recorded]) -> None:
        """Bring the lists up to date with events that have just been stored."""
        changed: dict[str, None] = {}
        for recorded in touch:
            self._followed.note(recorded)
            if changes_row(recorded.event):
                changed[recorded.stream] = None
            elif recorded.stream == e.EXPORT_STREAM:
                self._follow_batch(recorded.event)
        for stream in changed:
            self._put(self._followed.session(stream))

    def catch_up(self) -> None:
        """Follow what no list needed yet; reads and writes nothing."""
        self._followed.catch_up()

    def forget(self) -> None:
        """Forget what was followed of a touch that was not stored after all."""
        self._followed.forget()

    def rebuild(self) -> None:
        """Make every list again from the events alone."""
        for table in (*LISTS, *FOUND):
            self._run(f"DELETE FROM {table}")  # noqa: S608 - the names stand above
        self.make(session_streams(self._connection))

    def make(self, streams: Iterable[str]) -> None:
        """Fill empty lists from the events of these sessions and of the export."""
        for stream in streams:
            self._put(fold(self._history(stream)))
        for recorded in self._history(e.EXPORT_STREAM):
            self._follow_batch(recorded.event)

    def _put(self, session: Session | None) -> None:
        if session is None:
            return
        row = _session_row(session)
        self._run(_PUT_SESSION, row)
        self._run(_PUT_SEATED, row)
        for signature in session.signatures:
            for line in signature.lines:
                self._run(_PUT_LINE, (line.id, session.id, signature.version))
        self._run(_SETTLE, (session.id,))

    def _follow_batch(self, event: e.Event) -> None:
        if isinstance(event, e.BatchPrepared):
            self._prepare(event)
        elif isinstance(event, e.BatchAbandoned):
            self._run("UPDATE batch SET state = 'abandoned' WHERE batch = ?", (event.batch,))
        elif isinstance(event, e.BatchSent):
            self._send(event.batch)

    def _prepare(self, event: e.BatchPrepared) -> None:
        self._run(
            "INSERT INTO batch (batch, state, folder, prepared_us) VALUES (?, 'prepared', ?, ?)",
            (event.batch, event.folder, event.at_us),
        )
        for line in event.lines:
            self._run("INSERT INTO batch_line (batch, line) VALUES (?, ?)", (event.batch, line))

    def _send(self, batch: str) -> None:
        lines = "SELECT line FROM batch_line WHERE batch = ?"
        self._run("UPDATE batch SET state = 'sent' WHERE batch = ?", (batch,))
        self._run(f"UPDATE signed_line SET batch = ? WHERE line IN ({lines})", (batch, batch))  # noqa: S608
        for (session,) in self._run(_SESSIONS_OF_BATCH, {"batch": batch}).fetchall():
            self._run(_SETTLE, (session,))


def _session_row(session: Session) -> dict[str, object]:
    signature = session.signature if session.stage is Stage.SIGNED else None
    return {
        "session": session.id,
        "stage": session.stage.value,
        "chair": session.chair,
        "mrn": session.mrn,
        "initials": session.initials,
        "day": local_date(session.seated.at_us, session.zone).isoformat(),
        "seated_us": session.seated.at_us,
        "ended_us": session.ended.at_us if session.ended else None,
        "signed_us": signature.at.at_us if signature else None,
        "signed_version": signature.version if signature else None,
        "hold_reason": session.hold_reason,
    }
