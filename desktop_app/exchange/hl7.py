"""Charge messages: HL7 v2.5.1 DFT^P03, a message a session, in one file of the batch protocol.

::

    FHS BHS                                     the file, the batch
      MSH EVN PID PV1                           a session
        FT1 NTE                                 a line
        DG1 IN1                                 diagnoses, who pays
    BTS FTS
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from desktop_app.core.events import BatchFile
from desktop_app.exchange.claims import setting_of
from desktop_app.exchange.hl7_charges import Charge, charges_of, transaction
from desktop_app.exchange.hl7_checks import Expected, looks_at_file
from desktop_app.exchange.hl7_faults import CHARSET, STRUCTURE, VERSION
from desktop_app.exchange.hl7_people import SENDER, at, diagnoses, insurance, patient, visit
from desktop_app.exchange.hl7_text import (
    LONGEST_WORD,
    NOTHING,
    Er7,
    escaped,
    header,
    moment,
    number,
    parts,
    segment,
    text,
)
from desktop_app.exchange.place import Place
from desktop_app.exchange.read_back import looking_through
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Format, Practice, Sending
from desktop_app.exchange.steps import Closing, at_once

FILE_NAME = "charges.hl7"
MOST_LINES = 9_999
"""As far as a message counts its transactions."""
_AGAIN = Er7("holds lines that were sent before")


class Hl7Writer:
    """Writes the file's head at once and each session's message as it comes."""

    def __init__(self, place: Place, sending: Sending) -> None:
        self._sending = sending
        self._path = place.folder / FILE_NAME
        self._out = place.create(FILE_NAME)
        self._again = False
        self._expected = Expected()
        self._head = _between(sending.practice)
        begins = {**self._head, 7: moment(sending.made_at), 9: text("batch name", sending.name)}
        begins[11] = text("batch id", sending.batch)
        self._put([header("FHS", begins), header("BHS", begins)])

    def add(self, rows: Sequence[Row]) -> None:
        """Write the message of one session. Raises OSError and CannotBeSent."""
        charges = charges_of(rows, self._sending)
        self._put(list(chain(self._begins(rows[0]), self._holds(charges))))
        self._expected.add(charges)
        self._again = self._again or any(row.sent_before for row in rows)

    def close(self) -> tuple[BatchFile, ...]:
        """Write the end, read the file back and check it. Raises OSError and CannotBeSent."""
        return at_once(self.closing())

    def closing(self) -> Closing:
        """Do what ``close`` does, a message at a time."""
        comment = _AGAIN if self._again else NOTHING
        counts = {1: number(self._expected.messages), 2: comment, 3: number(self._expected.lines)}
        self._put([segment("BTS", counts), segment("FTS", {1: number(1)})])
        written = self._out.finish(self._expected.lines)
        looks = looks_at_file(self._path, self._expected)
        yield from looking_through(FILE_NAME, looks, self._expected.messages)
        return (written,)

    def _begins(self, row: Row) -> Iterator[str]:
        session, practice, made = row.session, self._sending.practice, moment(self._sending.made_at)
        yield header(
            "MSH",
            {
                **self._head,
                7: made,
                9: parts(Er7("DFT"), Er7("P03"), Er7(STRUCTURE)),
                10: _control_id(self._sending.batch, self._expected.messages + 1),
                11: Er7("T" if practice.test_claims else "P"),
                12: Er7(VERSION),
                18: Er7(CHARSET),
            },
        )
        by = text("name of who sends", self._sending.by)
        signed = at(row.signature.at, session.zone)
        yield segment("EVN", {1: Er7("P03"), 2: made, 5: by, 6: signed})
        yield patient(session)
        yield visit(session, setting_of(session, row.signature))

    def _holds(self, charges: Sequence[Charge]) -> Iterator[str]:
        for place, charge in enumerate(charges, start=1):
            yield from transaction(place, charge, self._sending)
        known = charges[0].row.session.registration
        yield from diagnoses(known)
        yield from insurance(known)

    def _put(self, segments: Sequence[str]) -> None:
        """Write segments, none of them when one cannot be said."""
        self._out.write("".join(segments).encode())


def lacks(rows: Sequence[Row], practice: Practice) -> str:
    """Return what is missing for a charge message, as the end of a sentence, or nothing."""
    faults = []
    if not rows[0].session.mrn:
        faults.append("its MRN is missing")
    if len(rows) > MOST_LINES:
        faults.append(f"it has {len(rows)} lines, and a message holds {MOST_LINES}")
    if practice.charges.fault:
        faults.append(practice.charges.fault)
    return f"cannot go out as a message yet: {'; '.join(faults)}" if faults else ""


def _between(practice: Practice) -> Mapping[int, Er7]:
    """Return who sends and who receives, as every head says it."""
    application, facility = practice.charge_receiver
    sender = practice.submitter_id or practice.name
    return {3: SENDER, 4: _named(sender), 5: _named(application), 6: _named(facility)}


def _named(who: str) -> Er7:
    """Return a name of the practice's own; a long one stands where there is room for it."""
    written = text("name in the settings", who)
    return written if len(written) <= LONGEST_WORD else parts(NOTHING, written, Er7("L"))


def _control_id(batch: str, place: int) -> Er7:
    """Return a message's control id: of at most 20 characters, no other message has it."""
    return escaped(f"{hashlib.sha256(batch.encode()).hexdigest()[:12]}-{place}")


HL7 = Format(
    title="HL7 charges",
    about="DFT^P03 messages for the interface of a billing system, one a session.",
    begin=Hl7Writer,
    lacks=lacks,
    shown=lambda written: written.decode("utf-8", "replace").split("\r"),
)
