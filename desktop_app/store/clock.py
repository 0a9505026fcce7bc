"""The operating system's clocks: the one on the wall, and one that counts through sleep.

========  ==============================  ===========================
system    counts through sleep            names the boot
========  ==============================  ===========================
Linux     ``CLOCK_BOOTTIME``              ``/proc/.../boot_id``
macOS     ``CLOCK_MONOTONIC_RAW``         ``kern.bootsessionuuid``
Windows   ``QueryInterruptTimePrecise``   nothing that can be relied on
========  ==============================  ===========================

Each of these goes on while the computer sleeps or hibernates: on macOS ``CLOCK_UPTIME_RAW`` and Python's
own monotonic clock do not, on Windows the interrupt time that is called unbiased does not. Where this was
looked up is told in the decision about what the clocks did (31).

Counting readings are compared within one boot only. Where the boot has no name, each start
of the program counts as one, so that no difference is ever taken across a restart.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop_app.core.moments import ClockReading

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US_NS = 1_000

if sys.platform == "win32":
    import ctypes

    _TICKS_A_US = 10
    """The interrupt time counts tenths of a microsecond."""
    _KERNEL = ctypes.WinDLL("KernelBase")

    def _counting_us() -> int:
        ticks = ctypes.c_ulonglong()
        _KERNEL.QueryInterruptTimePrecise(ctypes.byref(ticks))
        return ticks.value // _TICKS_A_US

    def _boot_name() -> str:
        # The number of the boot in the registry stands still where prefetching is turned off.
        raise FileNotFoundError

elif sys.platform == "darwin":
    import ctypes

    def _counting_us() -> int:
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW) // _US_NS

    def _boot_name() -> str:
        size = ctypes.c_size_t(64)
        name = ctypes.create_string_buffer(size.value)
        call = ctypes.CDLL(None).sysctlbyname
        failed = call(b"kern.bootsessionuuid", name, ctypes.byref(size), None, ctypes.c_size_t(0))
        if failed:
            raise OSError(failed, "kern.bootsessionuuid")
        return name.value.decode()

else:

    def _counting_us() -> int:
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // _US_NS

    def _boot_name() -> str:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _this_boot(boot_name: Callable[[], str] = _boot_name) -> str:
    try:
        return boot_name()
    except OSError:
        import uuid  # noqa: PLC0415 - most computers name their boots

        return f"start-{uuid.uuid4()}"


def local_zone() -> str:
    """Return this computer's IANA zone, or UTC where it cannot be told."""
    import tzlocal  # noqa: PLC0415 - most suites have set their zone

    try:
        name = tzlocal.get_localzone_name()
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


class SystemClock:
    """Implements ``core.ports.Clock``. ``zone_of`` tells the IANA name of the zone, which may change."""

    def __init__(self, zone_of: Callable[[], str] = local_zone) -> None:
        self._zone_of = zone_of
        self._boot = _this_boot()

    def now(self) -> ClockReading:
        """Read every clock once, as close together as the machine allows."""
        wall_us, counting_us = time.time_ns() // _US_NS, _counting_us()
        zone = ZoneInfo(self._zone_of())
        return ClockReading(wall_us, counting_us, self._boot, zone.key, _offset_s(wall_us, zone))


def _offset_s(wall_us: int, zone: ZoneInfo) -> int:
    local = (_EPOCH + timedelta(microseconds=wall_us)).astimezone(zone)
    offset = local.utcoffset() or timedelta()
    return offset // timedelta(seconds=1)
