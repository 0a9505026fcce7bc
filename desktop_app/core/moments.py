"""Instants: when something happened, how that is known, when it was recorded and by whom.

All instants are whole microseconds since 1970-01-01T00:00:00Z, in names ending ``_us``.
Durations are whole microseconds too, and become minutes only in ``timeline``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from desktop_app.core.values import dataclass

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})
_LONGEST_ZONE = 64
"""Twice the longest there is; the library looks for each part of a name as for a folder."""
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
    EARLIEST = "earliest"
    """The touch itself, while the clock stood before what is recorded: the earliest it can have been."""
    NOTICED = "noticed"
    """Noticed by the program itself; nobody touched anything."""


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
    """Wall clock minus what is believed instead: a trusted reference, or the present as it was counted on."""

    @property
    def present_us(self) -> int:
        """The instant it was, as far as is known."""
        return self.wall_us - (self.reference_offset_us or 0)


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


def offset_name(at: datetime) -> str:
    """Return what the offset of a local time is called, such as EDT; UTC+03:00 where it has no letters."""
    name = at.tzname() or ""
    offset = at.strftime("%z")
    return name if name.isalpha() else f"UTC{offset[:3]}:{offset[3:5]}"


def told_twice(at_us: int, zone: str) -> str:
    """Return the name of the offset where the zone's clock shows a time twice, as in autumn; else nothing."""
    return _told_twice(at_us // MINUTE_US, zone)


@lru_cache(maxsize=4096)
def _told_twice(minute: int, zone: str) -> str:
    at = local_time(minute * MINUTE_US, zone)
    return "" if at.replace(fold=1 - at.fold).utcoffset() == at.utcoffset() else offset_name(at)


def time_words(at_us: int, zone: str) -> str:
    """Write an instant as 09:00:00 on a zone's clock; where it is shown twice, which of the two it is."""
    return f"{local_time(at_us, zone):%H:%M:%S} {told_twice(at_us, zone)}".rstrip()


def time_words_at(home: str, at_us: int, zone: str) -> str:
    """Write an instant as 09:00:00, with its offset's name where a clock at ``home`` shows another time too.

    Where home is not known, only a time that is shown twice has one.
    """
    local = local_time(at_us, zone)
    is_plain = not told_twice(at_us, zone) and not is_elsewhere(at_us, zone, home)
    return f"{local:%H:%M:%S}" if is_plain else f"{local:%H:%M:%S} {offset_name(local)}"


def is_elsewhere(at_us: int, zone: str, home: str) -> bool:
    """Return whether a zone's clock shows another time than that of ``home``; not where no home is named."""
    if not home or zone == home:
        return False
    return local_time(at_us, zone).utcoffset() != local_time(at_us, home).utcoffset()


def is_zone(name: str) -> bool:
    """Return whether a time zone of that IANA name is known here, for a place or as an offset from UTC.

    What a system keeps beside them is none: its own zone under another name, and clocks that count
    leap seconds.
    """
    if (
        len(name) > _LONGEST_ZONE
        or not name.isascii()
        or name in _NO_ZONES
        or name.startswith(_NO_ZONES_UNDER)
    ):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
