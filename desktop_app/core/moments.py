"""Instants: when something happened, how that is known, when it was recorded and by whom.

All instants are whole microseconds since 1970-01-01T00:00:00Z, in names ending ``_us``.
Durations are whole microseconds too, and become minutes only in ``timeline``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_app.core.values import dataclass

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})
_NO_ZONES_UNDER = ("posix/", "right/")


class HowKnown(StrEnum):
    """Where an instant comes from; kept with it for ever."""

    PRESSED = "pressed"
    """The touch itself."""
    BACK_DATED = "back-dated"
    """Given by a person after the fact, who saw it."""
    PUMP = "pump"
    """Read off the pump."""
    COMPUTED = "computed"
    """Worked out from recorded volume and rate."""
    CHARTED = "charted"
    """Taken from a chart kept elsewhere."""
    SCRIPTED = "scripted"
    """Given by a touch script, with its own time."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What every clock of the workstation said at one touch. Never rewritten."""

    wall_us: int
    counting_us: int
    """A clock that counts through sleep and that nobody can set; only comparable within one boot."""
    boot: str
    zone: str
    """IANA name, for example ``America/New_York``."""
    offset_s: int
    """Seconds east of UTC at that instant in that zone."""
    reference_offset_us: int | None = None
    """Wall clock minus a trusted reference, where one is known."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in a patient's session, with its evidence."""

    at_us: int
    how: HowKnown
    recorded_us: int
    by: str


def instant_us(moment: datetime) -> int:
    """Return the instant of an aware datetime in whole microseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def local_time(at_us: int, zone: str) -> datetime:
    """Return an instant as the aware local time a clock on the wall of that zone shows."""
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone(ZoneInfo(zone))


def local_date(at_us: int, zone: str) -> date:
    """Return the calendar day of an instant in a zone."""
    return local_time(at_us, zone).date()


def is_zone(name: str) -> bool:
    """Return whether a time zone of that IANA name is known here, for a place or as an offset from UTC.

    What a system keeps beside them is none: its own zone under another name, and clocks that count
    leap seconds.
    """
    if not name.isascii() or name in _NO_ZONES or name.startswith(_NO_ZONES_UNDER):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
