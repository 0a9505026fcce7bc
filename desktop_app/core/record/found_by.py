"""The words a session is found by, told event by event: who, what was given, its codes, what became of it.

They are of the events and not of the session as it stands: whoever was seated under a wrong MRN is found
by it for ever, and so is what was taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from desktop_app.core import events as e
from desktop_app.core.orders import Dose, Order
from desktop_app.core.values import dataclass

LONGEST = 200
"""Of a longer word the rest is not looked at."""


class Sort(StrEnum):
    """What kind of word it is; it decides how much of it has to be typed."""

    BY = "by"
    MRN = "mrn"
    INITIALS = "initials"
    CHAIR = "chair"
    DRUG = "drug"
    CODE = "code"
    LOT = "lot"
    BATCH = "batch"
    IS = "is"
    """What was done to the record, such as ``corrected``."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, written as it is compared: small letters, and initials without their dots."""

    sort: Sort
    text: str


FLAGS: dict[str, str] = {
    e.MomentCorrected.KIND: "corrected",
    e.StopNotWitnessed.KIND: "not witnessed",
    e.TouchUndone.KIND: "taken back",
    e.StopRemoved.KIND: "taken back",
    e.ServiceVoided.KIND: "struck out",
    e.OrderChanged.KIND: "described anew",
    e.SessionHeld.KIND: "held",
    e.SessionReopened.KIND: "opened again",
    e.PatientIdentified.KIND: "identified anew",
    e.StopProposed.KIND: "second stop",
    e.NoteAdded.KIND: "note",
    e.SiteOpened.KIND: "second site",
}
"""What kinds of event are looked for by."""

WORDED: tuple[str, ...] = tuple(
    kind.KIND
    for kind in (
        e.PatientSeated,
        e.PatientIdentified,
        e.ChairChanged,
        e.ServicePlanned,
        e.ServiceStarted,
        e.ServiceGiven,
        e.OrderChanged,
        e.DoseRecorded,
        e.BagChanged,
        e.SessionSigned,
        e.BatchPrepared,
    )
)
"""The kinds whose fields hold words; of any other the kind and the actor tell all."""


def bare(text: str) -> str:
    """Write initials as they are compared."""
    return text.replace(".", "").replace(" ", "").casefold()


def session_of(stream: str) -> str:
    """Return the session a stream is of; empty where it is of none."""
    for prefix in (e.SESSION_STREAM_PREFIX, e.VIEWS_STREAM_PREFIX):
        if stream.startswith(prefix):
            return stream.removeprefix(prefix)
    return ""


def words_of(kind: str, actor: str, event: e.Event | None) -> set[Word]:
    """Return the words of one event of a session; of one that cannot be read what its columns tell."""
    found = {Word(Sort.BY, bare(actor)[:LONGEST])}
    if kind in FLAGS:
        found.add(Word(Sort.IS, FLAGS[kind]))
    if event is not None:
        found.update(Word(sort, text.strip().casefold()[:LONGEST]) for sort, text in _fields(event))
    return {word for word in found if word.text}


def sessions_named(event: e.Event | None) -> dict[str, set[Word]]:
    """Return the sessions that an event of another stream names, each with the word it is found by."""
    if not isinstance(event, e.BatchPrepared):
        return {}
    return {session: {Word(Sort.BATCH, event.batch.casefold()[:LONGEST])} for session in event.sessions}


def _fields(event: Any) -> Iterator[tuple[Sort, str]]:  # noqa: ANN401 - an event of any kind
    match event:
        case e.PatientSeated() | e.PatientIdentified():
            yield Sort.MRN, event.mrn
            yield Sort.INITIALS, bare(event.initials)
        case e.SessionSigned():
            yield from ((Sort.CODE, line.code) for line in event.lines)
        case e.BagChanged():
            yield Sort.LOT, event.lot
        case e.DoseRecorded():
            yield from _of_dose(event.dose)
    if isinstance(event, e.PatientSeated | e.ChairChanged):
        yield Sort.CHAIR, event.chair
    if isinstance(order := getattr(event, "order", None), Order):
        yield Sort.DRUG, order.drug
        yield from _of_dose(order.dose)


def _of_dose(dose: Dose | None) -> Iterator[tuple[Sort, str]]:
    if dose is not None:
        yield Sort.CODE, dose.hcpcs
        yield Sort.LOT, dose.lot
