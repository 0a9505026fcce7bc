"""How times, patients and doses are written on screen. Whole numbers only; nothing is rounded up."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from desktop_app.core import told
from desktop_app.core.moments import (
    HOUR_US,
    MINUTE_US,
    SECOND_US,
    is_elsewhere,
    local_time,
    offset_name,
    told_twice,
)
from desktop_app.core.orders import Order
from desktop_app.core.recordable import as_line

# Paper says these as screens do.
number, dose_words, site_words = told.number, told.dose_words, told.site_words
count_words, dotted, hidden_mrn, who = told.count_words, told.dotted, told.hidden_mrn, told.who

_REST = re.compile(
    r"^(?P<name>.+?)(?:,\s*| )(?P<rest>(?:reference|unspecified|non-dialysis|not|catheter)\b.*)$"
)


def hms(duration_us: int) -> str:
    """Write a duration as h:mm:ss."""
    seconds = max(0, duration_us) // SECOND_US
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def hm(minutes: int) -> str:
    """Write whole minutes as h:mm."""
    return f"{minutes // 60}:{minutes % 60:02}"


def hours_words(minutes: int) -> str:
    """Write whole minutes as hours beside a number of hours, for example 46 h 12."""
    return f"{minutes // 60} h {minutes % 60:02}"


def m_ss(duration_us: int) -> str:
    """Write a short duration as m:ss, or h:mm:ss from an hour on."""
    if duration_us >= HOUR_US:
        return hms(duration_us)
    seconds = max(0, duration_us) // SECOND_US
    return f"{seconds // 60}:{seconds % 60:02}"


class _Suite:
    """The zone whose times need no name, once a window says which."""

    zone = ""


def be_in(zone: str) -> None:
    """Show times of this zone as they are, and those of any other with their offset's name from now on."""
    _Suite.zone = zone


def clock(at_us: int, zone: str) -> str:
    """Write an instant as HH:MM on a zone's wall clock, with its offset's name where that is not plain."""
    return _clock(at_us // MINUTE_US, zone, _Suite.zone)


def clock_s(at_us: int, zone: str) -> str:
    """Write an instant as HH:MM:SS on a zone's wall clock, as ``clock`` does."""
    return f"{local_time(at_us, zone):%H:%M:%S}{_offset(at_us // MINUTE_US, zone, _Suite.zone)}"


def clock_on_scale(at_us: int, zone: str) -> str:
    """Write an instant as HH:MM beside the others of its scale, whose zone is told elsewhere."""
    return f"{local_time(at_us, zone):%H:%M} {told_twice(at_us, zone)}".rstrip()


def zone_note(at_us: int, zone: str) -> str:
    """Say whose times are shown where they are not those of the suite; else nothing."""
    return f"times of {zone}" if is_elsewhere(at_us, zone, _Suite.zone) else ""


@lru_cache(maxsize=4096)
def _clock(minute: int, zone: str, suite_zone: str) -> str:
    """Return the words of a minute; a frame of a full board writes eighty, mostly those of the last."""
    local = local_time(minute * MINUTE_US, zone)
    return f"{local:%H:%M}{_offset(minute, zone, suite_zone)}"


@lru_cache(maxsize=4096)
def _offset(minute: int, zone: str, suite_zone: str) -> str:
    """Return a space and an offset's name where a time is shown twice or is another zone's; else nothing."""
    at_us = minute * MINUTE_US
    is_plain = not told_twice(at_us, zone) and not is_elsewhere(at_us, zone, suite_zone)
    return "" if is_plain else f" {offset_name(local_time(at_us, zone))}"


def day(at_us: int, zone: str) -> str:
    """Write the calendar day of an instant, for example Mon 23 Nov 2026."""
    return day_name(local_time(at_us, zone).date())


def day_name(named: date) -> str:
    """Write a calendar day, for example Mon 23 Nov 2026."""
    return f"{named:%a} {named.day} {named:%b %Y}"


def day_in_list(named: date) -> str:
    """Write a calendar day where many stand under each other, for example Mon 23 Nov."""
    return f"{named:%a} {named.day} {named:%b}"


def short_day(at_us: int, zone: str) -> str:
    """Write the calendar day of an instant without weekday and year, for example 23 Nov."""
    at = local_time(at_us, zone)
    return f"{at.day} {at:%b}"


def iso_day(at_us: int, zone: str) -> str:
    """Write the calendar day of an instant as 2026-11-23."""
    return local_time(at_us, zone).date().isoformat()


def short_name(name: str) -> tuple[str, str]:
    """Return what a drug is called in one word or a few, and what the table says besides.

    For example "Infliximab" and "not biosimilar".
    """
    found = _REST.match(name)
    return (found["name"].rstrip(","), found["rest"]) if found else (name, "")


def drug_name(order: Order) -> str:
    """Write a drug with a large first letter, as every name on screen, and short."""
    name = as_line(order.drug, told.LONGEST_NAME)
    return short_name(name[:1].upper() + name[1:])[0]


def drug_words(order: Order) -> str:
    """Write drug and dose."""
    return f"{drug_name(order)} {dose_words(order)}".strip()


def route_words(order: Order) -> str:
    """Write how it is given; nothing where its name says so already, as of a flush."""
    route = told.ROUTE_WORDS[order.route]
    return "" if route.casefold() == order.drug.casefold() else route


def plan_words(order: Order) -> str:
    """Write what is planned of an order beside its drug: 400 mg · infusion · 120 min."""
    minutes = f"{order.planned_minutes} min" if order.planned_minutes else ""
    steps = count_words(len(order.rate_steps), "rate", "rates") if order.rate_steps else ""
    route = route_words(order)
    parts = (dose_words(order), "" if minutes and route == "infusion" else route, minutes, steps)
    return " · ".join(part for part in parts if part)


def sentence(text: str) -> str:
    """Write a refusal as a sentence: first letter large, one full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
