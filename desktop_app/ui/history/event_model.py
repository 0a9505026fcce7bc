"""One event as the history page shows it: what happened, how that is known, what lies in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from desktop_app.core import events as e
from desktop_app.core.record.chronicle import Told
from desktop_app.core.record.plain import Change, Named, change_words, near_words, time_of_day, when_words
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.board.card_names import Names

HIDDEN = "on record"
_PRIVATE = (e.PatientSeated, e.PatientIdentified, e.PatientRegistered)
"""The kinds that say who a patient is."""
_GROUP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """A row of the history."""

    key: str
    at: str
    day: str
    what: str
    evidence: str
    detail: str
    undone: str
    is_whole: bool

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        parts = (
            self.at,
            self.day,
            self.what,
            self.undone,
            self.detail.replace("\n", ", "),
            self.evidence,
            "" if self.is_whole else NOT_WHOLE,
        )
        return ", ".join(part for part in parts if part)


NOT_WHOLE = "not what its hash says"


def is_private(told: Told) -> bool:
    """Whether an event says who the patient is, or cannot be read, so that nobody knows what it says."""
    return told.stored.event is None or isinstance(told.stored.event, _PRIVATE)


def event_view(told: Told, names: Names) -> EventView:
    """Return an event as a row."""
    known = f"{told.known} · " if told.known else ""
    return EventView(
        key=told.stored.id,
        at=time_of_day(told.stored.effective_us, told.zone),
        day=words.day(told.stored.effective_us, told.zone),
        what=told.what,
        evidence=f"{known}{told.by} · recorded {_recorded(told)}",
        detail="\n".join(_lines(told, names)),
        undone=told.undone,
        is_whole=told.is_whole,
    )


def _lines(told: Told, names: Names) -> Iterator[str]:
    """Yield what stands under the headline: what changed, why, every fact; what is long on its own."""
    if isinstance(told.stored.event, e.PatientRegistered):
        yield from _registered(told.changes)
    else:
        yield from map(change_words, shown_changes(told, names))
    if told.reason:
        yield f"“{told.reason}”"
    shown = (fact for fact in shown_facts(told, names) if not _is_said(told, *fact))
    facts = [f"“{text}”" if name == _WRITTEN else f"{name} {text}" for name, text in shown]
    if short := [fact for fact in facts if len(fact) <= _LONG]:
        yield " · ".join(short)
    yield from (fact for fact in facts if len(fact) > _LONG)


def _registered(changes: Iterable[Change]) -> Iterator[str]:
    """Yield which of the patient's data was recorded, changed or taken away, and none of it."""
    sorts: dict[str, list[str]] = {"recorded": [], "changed": [], "taken away": []}
    for change in changes:
        was = "changed" if change.before else "recorded"
        sorts[was if change.after else "taken away"].append(change.name)
    yield from (f"{sort}: {', '.join(named)}" for sort, named in sorts.items() if named)


def _is_said(told: Told, name: str, text: str) -> bool:
    """Return whether the headline says a fact already."""
    return name in _SMALL or (name in _IN_HEADLINE and text in told.what)


_LONG = 60
"""A longer fact stands on a line of its own."""


def _recorded(told: Told) -> str:
    stored = told.stored
    return near_words(stored.recorded_us, stored.effective_us, told.zone)


_SMALL = frozenset({"zone", "head"})
"""Facts that the headline says in other words, or that only a comparison needs."""
_WRITTEN = "text"
"""What somebody wrote is told as their words."""
_IN_HEADLINE = frozenset({"person", "where"})
"""Facts that are told no second time where the headline has them."""
_FOR_THE_PROGRAM = frozenset(
    {
        "service",
        "encounter",
        "what",
        "index",
        "session",
        "services",
        "mark",
        "outage",
        "touch",
        "access",
        "boot",
        "from boot",
        "counting",
        "origin before",
    }
)
"""Names and numbers by which the program finds things; they stand in the event as it is stored."""


def shown_facts(told: Told, names: Names) -> tuple[Named, ...]:
    """Return the facts of an event that are people's, with no more of a name than may be shown."""
    facts = (fact for fact in told.facts if told.stored.event is None or fact[0] not in _FOR_THE_PROGRAM)
    return tuple((name, _shown(told, name, text, names)) for name, text in facts)


def shown_changes(told: Told, names: Names) -> tuple[Change, ...]:
    """Return what an event changed, with no more of a name than may be shown."""
    return tuple(
        Change(
            change.name,
            _shown(told, change.name, change.before, names),
            _shown(told, change.name, change.after, names),
        )
        for change in told.changes
    )


def _shown(told: Told, name: str, text: str, names: Names) -> str:
    if not text or not is_private(told):
        return text
    if name == "MRN":
        return words.hidden_mrn(text) if names is not Names.NONE else HIDDEN
    if name == "initials":
        return words.dotted(text) if names is Names.INITIALS else HIDDEN
    is_about_patient = isinstance(told.stored.event, e.PatientRegistered) or told.stored.event is None
    return HIDDEN if is_about_patient else text


def stored_rows(told: Told) -> tuple[Named, ...]:
    """Return what lies in the journal of an event, column by column, in words and in digits."""
    stored, zone = told.stored, told.zone
    reference = stored.reference_offset_us
    return (
        ("Stream", f"{stored.stream}, version {stored.version}"),
        ("Workstation", stored.origin),
        ("Its number there", str(stored.origin_seq)),
        ("Event", stored.id),
        ("Kind", f"{stored.kind}, schema {stored.schema}"),
        ("Touch", stored.touch),
        ("Clock on the wall", f"{when_words(stored.recorded_us, zone)} · {stored.recorded_us} µs"),
        ("Counting clock", f"{stored.counting_us} µs since start {stored.boot}"),
        ("Zone", f"{stored.zone}, {stored.offset_s} s east of UTC"),
        ("Wall clock off by", f"{reference} µs" if reference is not None else "not known"),
        ("Previous hash", in_groups(stored.previous_hash)),
        ("Hash", in_groups(stored.hash)),
    )


def body_words(told: Told) -> str:
    """Return the body of an event as it is stored, a field a line."""
    try:
        return json.dumps(json.loads(told.stored.body), indent=2, ensure_ascii=False)
    except ValueError:
        return told.stored.body


def in_groups(digits: str) -> str:
    """Write many digits so that they can be compared."""
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
