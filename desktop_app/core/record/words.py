"""What each kind of event is called in one short phrase, and what changed with it.

The phrase is the headline; every fact of the event stands under it, from ``plain``. A kind that has no
phrase here is called by its own word, so that none is ever left out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from desktop_app.core import events as e
from desktop_app.core.clock_words import noted_words, told_words
from desktop_app.core.moments import Moment
from desktop_app.core.orders import Order
from desktop_app.core.record.plain import Change, changes_of, line_words, near_words
from desktop_app.core.service import moment_named
from desktop_app.core.session import SEATED, Session
from desktop_app.core.told import HOW_WORDS, count_words, drug_words, site_words

_Phrase = Callable[[Any], str]

_PHRASES: dict[type[e.Event], _Phrase] = {
    e.PatientSeated: lambda event: f"seated in chair {event.chair}",
    e.PatientIdentified: lambda _: "MRN and initials told anew",
    e.PatientRegistered: lambda _: "patient's data for billing recorded",
    e.TermsChanged: lambda _: "terms of billing changed",
    e.PatientShown: lambda event: f"{event.what.upper() if event.what == e.MRN else event.what} looked at",
    e.ChairChanged: lambda event: f"moved to chair {event.chair}",
    e.ServicePlanned: lambda _: "planned",
    e.PlanReordered: lambda _: "plan put in another order",
    e.ServiceStarted: lambda _: "started",
    e.ServiceGiven: lambda _: "given",
    e.ServicePaused: lambda _: "paused",
    e.ServiceResumed: lambda _: "resumed",
    e.ServiceStopped: lambda _: "stopped",
    e.StopProposed: lambda _: "stopped a second time; the first stop stands",
    e.ProposalsSettled: lambda event: (
        "second stop settled: the first stands"
        if event.taken_us is None
        else "second stop settled: the later one is true"
    ),
    e.StopNotWitnessed: lambda _: "stop not witnessed",
    e.StopRemoved: lambda _: "stop taken back; it runs on",
    e.MomentCorrected: lambda event: f"{event.what} corrected",
    e.OrderChanged: lambda _: "described anew",
    e.ServiceVoided: lambda _: "struck out: it never happened",
    e.DoseRecorded: lambda _: "dose recorded",
    e.RateChanged: lambda event: f"rate set to {event.rate_ml_h} mL/h",
    e.BagChanged: lambda _: "new bag",
    e.SiteOpened: lambda event: f"further access: {site_words(event.site)}",
    e.NoteAdded: lambda _: "note",
    e.ReminderAcknowledged: lambda event: f"reminder of {event.reminder.replace('-', ' ')} seen",
    e.TouchUndone: lambda _: "last touch taken back",
    e.SessionEnded: lambda _: "session ended",
    e.SessionReopened: lambda _: "session opened again",
    e.SessionHeld: lambda _: "held back from billing",
    e.HoldReleased: lambda _: "hold released",
    e.SessionSigned: lambda event: (
        f"signed, version {event.version}: {count_words(len(event.lines), 'line', 'lines')}"
    ),
    e.BatchPrepared: lambda event: f"put into batch {event.batch}{', sent before' if event.again else ''}",
    e.BatchSent: lambda event: f"batch {event.batch} sent",
    e.BatchAbandoned: lambda event: f"batch {event.batch} given up; nothing of it was sent",
    e.MarkMade: lambda _: "instant marked, to be explained later",
    e.MarkAssigned: lambda event: f"mark explained: {event.meaning}",
    e.MarkReturned: lambda _: "mark open again",
    e.MarkDropped: lambda _: "mark dropped",
    e.DayLocked: lambda event: f"day {event.day.isoformat()} locked by {event.by}",
    e.DayUnlocked: lambda event: f"day {event.day.isoformat()} unlocked by {event.by}",
    e.DowntimeBegun: lambda event: f"downtime begins{f': {event.system}' if event.system else ''}",
    e.DowntimeOver: lambda _: "downtime over",
    e.DowntimeReturned: lambda _: "last touch of the downtime taken back",
    e.RecordViewed: lambda event: f"record looked at by {event.person}, {event.where}",
    e.MarkSigned: lambda _: "mark signed by who made it",
    e.JournalRestored: lambda event: f"journal put back from backup {event.backup}",
}
"""Each kind that has words of its own."""

_OF_THE_CLOCK = (e.ClockJumped, e.ClockDrifted, e.ClockBehind, e.ClockRestarted, e.TrueTimeTold)
_LONG = frozenset({"sessions", "lines", "files", "left_over"})
"""Of a batch or a day: lists of other patients' sessions, told by their number."""
_OF_MANY = (e.BatchPrepared, e.DayLocked, *_OF_THE_CLOCK)
_NOT_FACTS = frozenset({"at_us", "how", "reason"})
"""Told elsewhere: when, how it is known, and why."""


def phrase(event: e.Event, zone: str) -> str:
    """Return what happened; a kind nobody has words for is called by its own."""
    if isinstance(event, e.TimingNoted):
        return noted_words(event, zone)
    if isinstance(event, _OF_THE_CLOCK):
        return told_words(event, zone).rstrip(".")
    told = _PHRASES.get(type(event))
    return told(event) if told is not None else event.KIND.replace("-", " ")


def drug_of(event: e.Event, session: Session | None) -> str:
    """Return the drug an event is about, with its dose; empty where it is about none."""
    order = getattr(event, "order", None)
    if isinstance(order, Order):
        return drug_words(order)
    found = session.service(str(getattr(event, "service", ""))) if session else None
    return drug_words(found.order) if found else ""


def told_elsewhere(event: e.Event) -> frozenset[str]:
    """Return the fields of an event that are not among its facts."""
    if isinstance(event, e.SessionSigned):
        return _NOT_FACTS | {"lines"}
    if isinstance(event, e.MomentCorrected):
        return _NOT_FACTS | {"from_us", "to_us", "to_how"}
    return _NOT_FACTS | _LONG if isinstance(event, _OF_MANY) else _NOT_FACTS


def further_facts(event: e.Event, session: str, zone: str) -> tuple[tuple[str, str], ...]:
    """Return the facts that are told otherwise than field by field."""
    if isinstance(event, e.SessionSigned):
        return tuple((f"line {at}", line_words(line, zone)) for at, line in enumerate(event.lines, 1))
    if isinstance(event, e.BatchPrepared):
        own = [line for line in event.lines if line.startswith(session)]
        files = tuple((one.name, f"{one.rows} rows, SHA-256 {one.sha256}") for one in event.files)
        counted = f"{len(own)} of the batch's {len(event.lines)}"
        return (("lines of this session", counted), ("sessions", str(len(event.sessions))), *files)
    if isinstance(event, e.DayLocked):
        left = (("left over", count_words(len(event.left_over), "session", "sessions")),)
        return left if event.left_over else ()
    if isinstance(event, _OF_THE_CLOCK):
        return (("sessions", str(len(event.sessions))),)
    return ()


def changes(event: e.Event, before: Session | None, zone: str) -> tuple[Change, ...]:
    """Return what an event changed: each fact as it was, and as it is from then on."""
    if isinstance(event, e.MomentCorrected):
        return (_corrected(event, before, zone),)
    changed = _CHANGES.get(type(event))
    return changed(event, before, zone) if changed is not None and before is not None else ()


def _lines_changed(
    was: tuple[e.SignedLine, ...], now: tuple[e.SignedLine, ...], zone: str
) -> tuple[Change, ...]:
    """Return which lines differ from those of the version before, each at its place."""
    both = ([line_words(line, zone) for line in lines] for lines in (was, now))
    pairs = enumerate(zip_longest(*both, fillvalue=""), 1)
    return tuple(Change(f"line {at}", before, after) for at, (before, after) in pairs if before != after)


def _who_changed(event: e.PatientIdentified, before: Session, zone: str) -> tuple[Change, ...]:
    was = e.PatientIdentified(at_us=event.at_us, how=event.how, mrn=before.mrn, initials=before.initials)
    return tuple(change for change in changes_of(was, event, zone) if change.name != "reason")


def _terms_changed(event: e.TermsChanged, before: Session, zone: str) -> tuple[Change, ...]:
    was = e.TermsChanged(
        at_us=event.at_us,
        how=event.how,
        setting=before.setting,
        place_of_service=before.place_of_service,
        profile=before.profile,
        options=before.options,
    )
    return changes_of(was, event, zone)


def _order_changed(event: e.OrderChanged, before: Session, zone: str) -> tuple[Change, ...]:
    found = before.service(event.service)
    return changes_of(found.order, event.order, zone) if found else ()


def _dose_changed(event: e.DoseRecorded, before: Session, zone: str) -> tuple[Change, ...]:
    found = before.service(event.service)
    return changes_of(found.order.dose, event.dose, zone) if found else ()


def _rate_changed(event: e.RateChanged, before: Session, _zone: str) -> tuple[Change, ...]:
    found = before.service(event.service)
    if found is None:
        return ()
    was = found.rates[-1].rate_ml_h if found.rates else str(found.order.rate_ml_h or "")
    return (Change("rate, mL/h", was, event.rate_ml_h),)


def _signed_anew(event: e.SessionSigned, before: Session, zone: str) -> tuple[Change, ...]:
    last = before.signatures[-1] if before.signatures else None
    return _lines_changed(last.lines, event.lines, zone) if last else ()


_CHANGES: dict[type[e.Event], Callable[[Any, Session, str], tuple[Change, ...]]] = {
    e.PatientIdentified: _who_changed,
    e.PatientRegistered: lambda event, before, zone: changes_of(
        before.registration, event.registration, zone
    ),
    e.TermsChanged: _terms_changed,
    e.ChairChanged: lambda event, before, _: (Change("chair", before.chair, event.chair),),
    e.OrderChanged: _order_changed,
    e.DoseRecorded: _dose_changed,
    e.RateChanged: _rate_changed,
    e.SessionSigned: _signed_anew,
}
"""What each kind of event changes of a session as it was before."""


def _corrected(event: e.MomentCorrected, before: Session | None, zone: str) -> Change:
    was = _moment(event, before)
    how = f", {HOW_WORDS[was.how]}" if was is not None else ""
    to = f"{near_words(event.to_us, event.at_us, zone)}, {HOW_WORDS[event.to_how]}"
    return Change(event.what, f"{near_words(event.from_us, event.at_us, zone)}{how}", to)


def _moment(event: e.MomentCorrected, before: Session | None) -> Moment | None:
    if before is None:
        return None
    if event.what == SEATED:
        return before.seated
    found = before.service(event.service)
    return moment_named(found, event.what, event.index) if found else None
