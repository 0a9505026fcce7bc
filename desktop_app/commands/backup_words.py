"""How backups and restores are told, in the terminal and on screen."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.events import JournalRestored
from desktop_app.core.moments import HOUR_US, MINUTE_US, local_time
from desktop_app.core.told import count_words, day_words
from desktop_app.store.backups import Backup
from desktop_app.store.clock import SystemClock, local_zone
from desktop_app.store.restore import Outlook
from desktop_app.ui.backup_ports import BackupLine, Found

_DAY_US = 24 * HOUR_US
_MB = 1_000_000


def events_words(count: int) -> str:
    """Write a number of events."""
    return f"{count:,} {'event' if count == 1 else 'events'}"


def age_words(age_us: int) -> str:
    """Write how long ago something was: 40 minutes ago."""
    if age_us < MINUTE_US:
        return "just now"
    for unit_us, one, many in ((_DAY_US, "day", "days"), (HOUR_US, "hour", "hours")):
        if age_us >= unit_us:
            return f"{count_words(age_us // unit_us, one, many)} ago"
    return f"{count_words(age_us // MINUTE_US, 'minute', 'minutes')} ago"


def size_words(backup: Backup) -> str:
    """Write how much room a backup takes."""
    size = sum(kept.size for kept in backup.manifest.files.values()) if backup.manifest else 0
    return f"{size // _MB}.{size % _MB * 10 // _MB} MB"


def made_words(made_us: int, zone: str) -> str:
    """Write when a backup was made: Mon 2 Mar 2026, 12:05."""
    at = local_time(made_us, zone)
    return f"{day_words(at.date())}, {at:%H:%M}"


def lines_of(backups: Iterable[Backup], now_us: int, zone: str) -> tuple[BackupLine, ...]:
    """Return backups as the window lists them."""
    return tuple(_line(backup, now_us, zone) for backup in backups)


def _line(backup: Backup, now_us: int, zone: str) -> BackupLine:
    manifest = backup.manifest
    if manifest is None:
        return BackupLine(name=backup.name, made="", age="", size="", fault=backup.fault)
    return BackupLine(
        name=backup.name,
        made=made_words(manifest.made_us, zone),
        age=age_words(max(0, now_us - manifest.made_us)),
        size=f"{events_words(manifest.events)}, {size_words(backup)}",
    )


def outlook_words(outlook: Outlook) -> str:
    """Say what a restore would bring back and what would be missing."""
    back = f"{events_words(outlook.events)} from the backup"
    if outlook.salvaged:
        back += f" and {outlook.salvaged:,} newer from the damaged file"
    return f"{back}; {missing_words(outlook.missing)}"


def found_of(backup: Backup, ahead: Outlook | None, passed_over: str) -> Found:
    """Return a backup as the rescue window tells it."""
    made_us, events = (backup.manifest.made_us, backup.manifest.events) if backup.manifest else (0, 0)
    now_us = SystemClock().now().wall_us
    return Found(
        name=backup.name,
        made=f"{made_words(made_us, local_zone())}, {age_words(max(0, now_us - made_us))}",
        back=outlook_words(ahead) if ahead else events_words(events),
        passed_over=passed_over,
    )


def missing_words(missing: int | None) -> str:
    """Say how many events would be missing, or are."""
    if missing is None:
        return "how many came after them is not known"
    if missing == 0:
        return "nothing is known to be missing"
    return f"at least {events_words(missing)} {'is' if missing == 1 else 'are'} missing"


def restored_words(event: JournalRestored) -> str:
    """Say what a restore did."""
    back = f"{events_words(event.events)} from backup {event.backup}"
    kept = f", {event.salvaged:,} newer from the file that was here" if event.salvaged else ""
    aside = f" What was here lies in quarantine/{event.quarantine}." if event.quarantine else ""
    return f"It has {back}{kept}; {missing_words(event.missing)}.{aside}"
