"""What can happen, in the past tense: the only facts the program keeps.

Each event is frozen and typed, and carries the stable word (``KIND``) and the ``SCHEMA``
number it is stored under; neither may ever change its meaning. A field added later needs a
default or an upcast in ``store/codec.py``. Instants are in microseconds since 1970 UTC.

One file a subject; this door gathers them, so that a room says ``events as e`` and no more.
"""

from __future__ import annotations

from desktop_app.core.events.access import (
    EmergencyOpened,
    EmergencySeen,
    RecordViewed,
    SignedIn,
    SignedOut,
    SignInFailed,
)
from desktop_app.core.events.billing import (
    VOID_MARK,
    BatchAbandoned,
    BatchFile,
    BatchPrepared,
    BatchSent,
    HoldReleased,
    SessionHeld,
    SessionSigned,
    SignedLine,
)
from desktop_app.core.events.care import (
    BagChanged,
    DoseRecorded,
    NoteAdded,
    RateChanged,
    ReminderAcknowledged,
    SiteOpened,
)
from desktop_app.core.events.clock import (
    ClockBehind,
    ClockDrifted,
    ClockJumped,
    ClockRestarted,
    ClockSeen,
    TimingNoted,
    Trouble,
    TrueTimeTold,
    ZoneChanged,
)
from desktop_app.core.events.correction import (
    MomentCorrected,
    OrderChanged,
    ProposalsSettled,
    ServiceVoided,
    StopNotWitnessed,
    StopProposed,
    StopRemoved,
)
from desktop_app.core.events.day import DayLocked, DayUnlocked
from desktop_app.core.events.downtime import DowntimeBegun, DowntimeOver, DowntimeReturned
from desktop_app.core.events.event import (
    ACCESS_STREAM_PREFIX,
    CLOCK_STREAM,
    DAY_STREAM_PREFIX,
    EMERGENCY_STREAM,
    EXPORT_STREAM,
    PEOPLE_STREAM,
    SESSION_STREAM_PREFIX,
    SUITE_STREAM,
    VIEWS_STREAM_PREFIX,
    Event,
    Recorded,
    Stamp,
    day_stream,
    session_stream,
    views_stream,
)
from desktop_app.core.events.mark import MarkAssigned, MarkDropped, MarkMade, MarkReturned, MarkSigned
from desktop_app.core.events.people import PersonAdded, PersonChanged, PersonRemoved, SecretChanged
from desktop_app.core.events.registration import PatientIdentified, PatientRegistered, TermsChanged
from desktop_app.core.events.restore import RESTORE_STREAM, JournalRestored, TouchesTakenUp
from desktop_app.core.events.service import (
    PlanReordered,
    ServiceGiven,
    ServicePaused,
    ServicePlanned,
    ServiceResumed,
    ServiceStarted,
    ServiceStopped,
)
from desktop_app.core.events.stay import (
    MRN,
    ChairChanged,
    PatientSeated,
    PatientShown,
    SessionEnded,
    SessionReopened,
    TouchUndone,
)

__all__ = [
    "ACCESS_STREAM_PREFIX",
    "CLOCK_STREAM",
    "DAY_STREAM_PREFIX",
    "EMERGENCY_STREAM",
    "EXPORT_STREAM",
    "KINDS",
    "MRN",
    "PEOPLE_STREAM",
    "RESTORE_STREAM",
    "SESSION_STREAM_PREFIX",
    "SUITE_STREAM",
    "VIEWS_STREAM_PREFIX",
    "VOID_MARK",
    "BagChanged",
    "BatchAbandoned",
    "BatchFile",
    "BatchPrepared",
    "BatchSent",
    "ChairChanged",
    "ClockBehind",
    "ClockDrifted",
    "ClockJumped",
    "ClockRestarted",
    "ClockSeen",
    "DayLocked",
    "DayUnlocked",
    "DoseRecorded",
    "DowntimeBegun",
    "DowntimeOver",
    "DowntimeReturned",
    "EmergencyOpened",
    "EmergencySeen",
    "Event",
    "HoldReleased",
    "JournalRestored",
    "MarkAssigned",
    "MarkDropped",
    "MarkMade",
    "MarkReturned",
    "MarkSigned",
    "MomentCorrected",
    "NoteAdded",
    "OrderChanged",
    "PatientIdentified",
    "PatientRegistered",
    "PatientSeated",
    "PatientShown",
    "PersonAdded",
    "PersonChanged",
    "PersonRemoved",
    "PlanReordered",
    "ProposalsSettled",
    "RateChanged",
    "RecordViewed",
    "Recorded",
    "ReminderAcknowledged",
    "SecretChanged",
    "ServiceGiven",
    "ServicePaused",
    "ServicePlanned",
    "ServiceResumed",
    "ServiceStarted",
    "ServiceStopped",
    "ServiceVoided",
    "SessionEnded",
    "SessionHeld",
    "SessionReopened",
    "SessionSigned",
    "SignInFailed",
    "SignedIn",
    "SignedLine",
    "SignedOut",
    "SiteOpened",
    "Stamp",
    "StopNotWitnessed",
    "StopProposed",
    "StopRemoved",
    "TermsChanged",
    "TimingNoted",
    "TouchUndone",
    "TouchesTakenUp",
    "Trouble",
    "TrueTimeTold",
    "ZoneChanged",
    "day_stream",
    "session_stream",
    "views_stream",
]

# From what is gathered above, so that an event that can be written can also be read.
KINDS: dict[str, type[Event]] = {
    kind.KIND: kind
    for kind in tuple(globals().values())
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}
"""Every kind of event by its stable word."""
