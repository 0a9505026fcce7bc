"""Whatever an event holds, as named facts in plain words: for every kind there is, and any to come.

Nothing is known here of what an event means: a field is called by its name and told by its type, one
inside another by both names. So a fact is told even of a kind that nobody has found words for yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from desktop_app.core.events import BatchFile, SignedLine
from desktop_app.core.moments import HOUR_US, SECOND_US, local_time, offset_name
from desktop_app.core.orders import Container, PlannedRate, Route, Setting
from desktop_app.core.people import Pointer
from desktop_app.core.recordable import as_line
from desktop_app.core.told import SETTING_WORDS, count_words, day_words, number
from desktop_app.core.values import dataclass

Named = tuple[str, str]
"""What something is called, and what it is."""

_CALLED = {
    "actor": "by",
    "by_us": "moved by",
    "amount": "amount",
    "family": "family name",
    "given": "given name",
    "hcpcs": "HCPCS",
    "known": "known by",
    "kvo": "keeps the vein open",
    "observe_minutes": "observed afterwards, minutes",
    "lot": "lot",
    "mrn": "MRN",
    "ndc": "NDC",
    "ndc_quantity": "NDC quantity",
    "ndc_unit": "NDC unit",
    "npi": "NPI",
    "payer_id": "payer id",
    "profile": "payer profile",
    "rate_ml_h": "rate, mL/h",
    "record_us": "last record",
    "setting": "billed as",
    "sha256": "SHA-256",
    "true_us": "true time",
    "unit_amount": "one billing unit is",
    "units": "billing units",
    "vitals_every_minutes": "vital signs every, minutes",
    "volume_ml": "volume, mL",
    "wall_us": "the clock showed",
    "zip_code": "ZIP code",
}
_INSTANT = "_us"
_ITSELF = frozenset({"order", "dose"})
"""Fields whose own fields are told as if they were the event's."""
_PAIRS = "options"
"""A field that holds names with their values."""
_FIRST_INSTANT_US = 10_000 * 24 * HOUR_US
"""In 1997."""
_LONGEST = 10_000
_SHORT = 2
"""So many letters of a route are a short form: IV, IM, SC."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that was one thing and is another from then on; empty is nothing."""

    name: str
    before: str
    after: str


def change_words(change: Change) -> str:
    """Write what a fact was and what it became, what is new and what is gone."""
    if not change.before:
        return f"{change.name}: {change.after} (new)"
    if not change.after:
        return f"{change.name}: {change.before} (taken away)"
    return f"{change.name}: {change.before} → {change.after}"


def when_words(at_us: int, zone: str) -> str:
    """Write an instant with day, seconds and the name of its offset: Mon 2 Mar 2026 09:00:00 EST."""
    at = local_time(at_us, zone)
    return f"{day_words(at.date())} {at:%H:%M:%S} {offset_name(at)}"


def time_of_day(at_us: int, zone: str) -> str:
    """Write an instant with seconds and the name of its offset: 09:00:00 EST."""
    at = local_time(at_us, zone)
    return f"{at:%H:%M:%S} {offset_name(at)}"


def near_words(at_us: int, beside_us: int, zone: str) -> str:
    """Write an instant beside another one, with its day only where that is another."""
    days = {local_time(us, zone).date() for us in (at_us, beside_us)}
    return time_of_day(at_us, zone) if len(days) == 1 else when_words(at_us, zone)


def facts_of(value: object, zone: str, *, but: frozenset[str] = frozenset()) -> tuple[Named, ...]:
    """Return what a value of several fields holds, field by field; what is empty is left out."""
    return tuple(_facts(value, zone, but, ""))


def changes_of(before: object, after: object, zone: str) -> tuple[Change, ...]:
    """Return what differs between two values of the same kind, fact by fact."""
    was, now = dict(facts_of(before, zone)), dict(facts_of(after, zone))
    names = dict.fromkeys((*was, *now))
    changed = (Change(name, was.get(name, ""), now.get(name, "")) for name in names)
    return tuple(change for change in changed if change.before != change.after)


def named(field: str) -> str:
    """Return what a field is called by people: planned minutes of ``planned_minutes``."""
    if field in _CALLED:
        return _CALLED[field]
    return field.removesuffix(_INSTANT).replace("_", " ").replace("-", " ")


def _facts(value: object, zone: str, but: frozenset[str], inside: str) -> Iterator[Named]:
    if value is None or not is_dataclass(value):
        return
    for field in fields(value):
        held = getattr(value, field.name)
        if field.name in but:
            continue
        name = inside if field.name in _ITSELF else f"{inside} {named(field.name)}".strip()
        if is_dataclass(held):
            yield from _facts(held, zone, but, name)
        elif text := _text(held, field.name, zone):
            yield name, text


def _text(held: object, field: str, zone: str) -> str:
    """Write one value; empty where there is none."""
    if held is None or held is False:
        return ""
    if isinstance(held, tuple):
        is_pair = field == _PAIRS and all(isinstance(one, str) for one in held)
        return (": " if is_pair else ", ").join(_text(one, field, zone) for one in held)
    if type(held) is int:
        return _of_time(held, zone) if field.endswith(_INSTANT) else str(held)
    return _word(held, zone)


def _of_time(us: int, zone: str) -> str:
    """Write microseconds: what is too little to be an instant of this program is how long something took."""
    if us >= _FIRST_INSTANT_US:
        return when_words(us, zone)
    return f"{'-' if us < 0 else ''}{abs(us) // SECOND_US}.{abs(us) % SECOND_US:06} s"


def _word(held: object, zone: str) -> str:
    for kind, write in _WORDS:
        if isinstance(held, kind):
            return write(held, zone)
    return as_line(str(held), _LONGEST)


def line_words(line: SignedLine, zone: str) -> str:
    """Write a signed line: its code and units first, then what it is made of, and why."""
    modifiers = "".join(f"-{modifier}" for modifier in line.modifiers)
    times = [time_of_day(at, zone) for at in (line.start_us, line.stop_us) if at is not None]
    quantity = f"{number(line.ndc_quantity)} {line.ndc_unit}" if line.ndc_quantity is not None else ""
    parts = (
        f"{line.code}{modifiers} ×{line.units}",
        ", ".join(line.drugs),
        line.date.isoformat(),
        count_words(line.minutes, "minute", "minutes") if line.minutes is not None else "",
        "–".join(times),
        f"NDC {line.ndc} {quantity}".rstrip() if line.ndc else "",
        line.why,
    )
    return " · ".join(filter(None, parts))


def _container_words(held: Container) -> str:
    single = "single-dose" if held.single_dose else "multi-dose"
    return f"{held.count} × {number(held.size)} {single}"


def _route_words(held: Route) -> str:
    return " ".join(part.upper() if len(part) == _SHORT else part for part in held.value.split("-"))


_WORDS: tuple[tuple[type, Callable[[Any, str], str]], ...] = (
    (bool, lambda held, _: "yes" if held else "no"),
    (Decimal, lambda held, _: number(held)),
    (date, lambda held, _: held.isoformat()),
    (Setting, lambda held, _: SETTING_WORDS[held]),
    (Route, lambda held, _: _route_words(held)),
    (Enum, lambda held, _: str(held.value).replace("-", " ")),
    (SignedLine, line_words),
    (Container, lambda held, _: _container_words(held)),
    (PlannedRate, lambda held, _: f"{number(held.rate_ml_h)} mL/h from minute {held.after_minutes} on"),
    (Pointer, lambda held, _: f"service {held.service}: {', '.join(map(str, held.diagnoses))}"),
    (BatchFile, lambda held, _: f"{held.name}, {held.rows} rows, SHA-256 {held.sha256}"),
)
"""How a value of each type is written; of any other type its own text."""
