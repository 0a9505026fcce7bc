"""Every touch of a session in words, newest first, with who made it and when it was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from desktop_app.core import events as e
from desktop_app.core.clock_words import noted_words
from desktop_app.core.history import entries
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Dose
from desktop_app.core.record.words import phrase
from desktop_app.core.session import SEATED, Session
from desktop_app.core.told import SETTING_WORDS
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.moment_words import HOW_WORDS

_Told = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One touch: when, what, and the evidence. ``service`` and ``what`` name the moment where it is one."""

    at: str
    what: str
    evidence: str
    undone: bool
    service: str = ""
    moment: str = ""

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        undone = "taken back: " if self.undone else ""
        return f"{undone}{self.at}, {self.what}, {self.evidence}"


_WORDS: dict[type[e.Event], _Told] = {
    e.PatientSeated: lambda event: f"seated in chair {event.chair}",
    e.ServicePlanned: lambda _: "planned",
    e.PlanReordered: lambda _: "plan put in another order",
    e.ServiceStarted: lambda _: "started",
    e.ServiceGiven: lambda _: "given",
    e.ServicePaused: lambda event: _because("paused", event.reason),
    e.ServiceResumed: lambda _: "resumed",
    e.ServiceStopped: lambda _: "stopped",
    e.StopProposed: lambda _: "stopped again; the first stop stands",
    e.StopNotWitnessed: lambda event: _because("stop not witnessed", event.reason),
    e.StopRemoved: lambda event: _because("stop taken back", event.reason),
    e.OrderChanged: lambda event: _because("described anew", event.reason),
    e.DoseRecorded: lambda event: f"dose recorded: {_dose(event.dose)}",
    e.RateChanged: lambda event: f"rate {event.rate_ml_h} mL/h",
    e.BagChanged: lambda event: _because("new bag", f"lot {event.lot}" if event.lot else ""),
    e.SiteOpened: lambda event: _because(f"further {words.site_words(event.site)}", event.reason),
    e.NoteAdded: lambda event: f"note “{event.text}”",
    e.ReminderAcknowledged: lambda event: f"{event.reminder.replace('-', ' ')} seen",
    e.PatientShown: lambda event: f"{event.what.upper() if event.what == e.MRN else event.what} shown",
    e.ServiceVoided: lambda event: _because("struck out", event.reason),
    e.ChairChanged: lambda event: f"moved to chair {event.chair}",
    e.TouchUndone: lambda _: "last touch taken back",
    e.SessionEnded: lambda _: "session ended",
    e.SessionReopened: lambda event: _because("session opened again", event.reason),
    e.SessionHeld: lambda event: _because("held", event.reason),
    e.HoldReleased: lambda _: "hold released",
    e.PatientIdentified: lambda event: _because("MRN and initials told anew", event.reason),
    e.PatientRegistered: lambda _: "patient's data for billing recorded",
    e.TermsChanged: lambda event: (
        f"billed as {SETTING_WORDS[event.setting]} by {event.profile or 'the usual profile'}"
    ),
    e.SessionSigned: lambda event: f"signed, version {event.version}",
}
"""What each kind of event is called; those that depend on the zone are told below."""

_MOMENTS = {
    e.PatientSeated: SEATED,
    e.ServiceStarted: "start",
    e.ServiceGiven: "start",
    e.ServiceStopped: "stop",
    e.StopProposed: "stop",
}


def history_rows(session: Session, history: Iterable[e.Recorded]) -> tuple[HistoryRow, ...]:
    """Return everything that was recorded of a session as rows, newest first."""
    return tuple(_row(session, entry.recorded, undone=entry.undone) for entry in entries(history))


def _row(session: Session, recorded: e.Recorded, *, undone: bool) -> HistoryRow:
    event, zone = recorded.event, session.zone
    service = str(getattr(event, "service", ""))
    drug = _drug(session, service, event)
    moment = event.what if isinstance(event, e.MomentCorrected) else _MOMENTS.get(type(event), "")
    is_there = moment == SEATED or session.service(service) is not None
    return HistoryRow(
        at=words.clock_s(event.at_us, zone),
        what=f"{drug} {_what(event, zone)}".strip() if drug else words.sentence(_what(event, zone))[:-1],
        evidence=_evidence(recorded, zone),
        undone=undone,
        service=service,
        moment=moment if is_there else "",
    )


def _what(event: e.Event, zone: str) -> str:
    if isinstance(event, e.MomentCorrected):
        times = f"{words.clock_s(event.from_us, zone)} → {words.clock_s(event.to_us, zone)}"
        return _because(f"{event.what} corrected {times}, {HOW_WORDS[event.to_how]}", event.reason)
    if isinstance(event, e.ProposalsSettled):
        taken = event.taken_us
        answer = (
            "the first stop stands" if taken is None else f"the stop at {words.clock_s(taken, zone)} is true"
        )
        return _because(answer, event.reason)
    if isinstance(event, e.TimingNoted):
        return noted_words(event, zone)
    told = _WORDS.get(type(event))
    return told(event) if told is not None else phrase(event, zone)


def _evidence(recorded: e.Recorded, zone: str) -> str:
    stamp, how = recorded.stamp, HOW_WORDS[recorded.event.how]
    # What the program noticed was noticed by nobody who happened to work here.
    by = "" if recorded.event.how is HowKnown.NOTICED else f" · {stamp.actor}"
    return f"{how}{by} · recorded {words.clock_s(stamp.reading.wall_us, zone)}"


def _drug(session: Session, service: str, event: e.Event) -> str:
    found = session.service(service)
    if found is not None:
        return words.drug_name(found.order)
    order = getattr(event, "order", None)
    return words.drug_name(order) if order is not None else ""


def _dose(dose: Dose) -> str:
    if dose.amount is None:
        return f"{dose.units} units" if dose.units is not None else "no amount"
    return f"{words.number(dose.amount)} {dose.unit}".strip()


def _because(what: str, reason: str) -> str:
    return f"{what} · “{reason}”" if reason else what
