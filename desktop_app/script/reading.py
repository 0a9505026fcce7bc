"""The other way round: the journal and the sessions as lines of JSON, for checks from outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict
from datetime import UTC
from typing import Any, Protocol

from desktop_app.coding.case_out import line_entry
from desktop_app.coding.case_text import json_text
from desktop_app.core.events import Event, Recorded, session_stream
from desktop_app.core.fold import fold
from desktop_app.core.moments import Moment, local_time
from desktop_app.core.ports import Journal
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session, Signature, Stage

Entry = dict[str, Any]
Encode = Callable[[Event], str]
"""Writes an event's body as JSON text, as the journal stores it."""


class Teller(Protocol):
    """What reading needs to tell a session: the case it makes, and the answer to exactly that case."""

    def case(self, session: Session) -> Entry:
        """Return the session in the case format."""
        ...

    def answer(self, session: Session) -> Entry:
        """Return the coding of what is on record, in the format of the ``code`` command."""
        ...


def log(journal: Journal, encode: Encode) -> Iterator[Entry]:
    """Yield every event of this workstation, oldest first, with its clock readings, actor and hash."""
    for recorded in journal.everything():
        yield event_entry(recorded, encode)


def event_entry(recorded: Recorded, encode: Encode) -> Entry:
    """Return one event with everything that is stored of it; times in UTC, and in microseconds."""
    event, stamp = recorded.event, recorded.stamp
    return {
        "id": recorded.id,
        "origin": recorded.origin,
        "origin_seq": recorded.origin_seq,
        "stream": recorded.stream,
        "version": recorded.version,
        "kind": event.KIND,
        "schema": event.SCHEMA,
        "at": utc_text(event.at_us),
        "at_us": event.at_us,
        "how": event.how.value,
        "recorded": utc_text(stamp.reading.wall_us),
        "recorded_us": stamp.reading.wall_us,
        "touch": stamp.touch,
        "actor": stamp.actor,
        "clock": asdict(stamp.reading),
        "body": json.loads(encode(event)),
        "prev_hash": recorded.previous_hash,
        "hash": recorded.hash,
    }


def sessions(journal: Journal, teller: Teller, sent_lines: Collection[str]) -> Iterator[Entry]:
    """Yield every session, oldest first, with its case and its coding."""
    for name in journal.all_sessions():
        session = fold(journal.load(session_stream(name)))
        if session is not None:
            yield session_entry(session, teller, sent_lines)


def session_entry(session: Session, teller: Teller, sent_lines: Collection[str]) -> Entry:
    """Return one session: who sat where, how far it has come, its case, its coding, its signed lines."""
    return {
        "session": session.id,
        "chair": session.chair,
        "state": state_of(session, sent_lines),
        "mrn": session.mrn,
        "initials": session.initials,
        "seated": _moment(session.seated, session.zone),
        "ended": _moment(session.ended, session.zone) if session.ended else None,
        "held": session.hold_reason or None,
        "signed": [_signature(signature, session.zone) for signature in session.signatures],
        "case": teller.case(session),
        "coding": teller.answer(session),
    }


def entry_text(entry: Entry) -> str:
    """Return an entry as one line of JSON, each amount digit for digit."""
    return json_text(entry)


def state_of(session: Session, sent_lines: Collection[str]) -> str:
    """Return how far a session has come, in one word."""
    if session.stage is Stage.CANCELLED:
        return "cancelled"
    if (signature := session.signature) is not None:
        held = "held" if session.hold_reason else "signed"
        return "sent" if _all_sent(signature, sent_lines) else held
    if session.stage is Stage.OPEN:
        return _running_word(session)
    if session.hold_reason:
        return "held"
    return "stop-missing" if session.missing_stops else "ended"


def utc_text(at_us: int) -> str:
    """Return an instant as UTC text to the microsecond, for example ``2026-03-02T13:21:00.000000Z``."""
    at = local_time(at_us, "UTC").astimezone(UTC)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _running_word(session: Session) -> str:
    states = {service.state for service in session.open_services}
    if not states:
        return "seated"
    return "running" if ServiceState.RUNNING in states else "paused"


def _all_sent(signature: Signature, sent_lines: Collection[str]) -> bool:
    return bool(signature.lines) and all(line.id in sent_lines for line in signature.lines)


def _moment(moment: Moment, zone: str) -> Entry:
    return {
        "at": local_time(moment.at_us, zone).isoformat(timespec="milliseconds"),
        "how": moment.how.value,
        "recorded": utc_text(moment.recorded_us),
        "by": moment.by,
    }


def _signature(signature: Signature, zone: str) -> Entry:
    return {
        "version": signature.version,
        **_moment(signature.at, zone),
        "rulebook": signature.rulebook,
        "profile": signature.profile,
        "head": signature.head,
        "lines": [{"id": line.id, **line_entry(line)} for line in signature.lines],
        "not_billed": list(signature.not_billed),
        "findings": list(signature.findings),
    }
