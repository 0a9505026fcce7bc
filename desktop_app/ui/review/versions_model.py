"""The versions of a session beside each other: what was signed, what was signed after it, what is to be.

Nothing is kept for this. A version's times and doses are those of the session as it stood when it
was signed, read off the journal; its lines are the sealed ones::

    version 1            version 2
    96413 ×1  90 min     96413 ×1  90 min     same
    96415 ×1             96415 ×2             units 1 → 2
                         96375 ×1             added
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from desktop_app.coding.reasons import Coding
from desktop_app.core import events as e
from desktop_app.core.fold import evolve
from desktop_app.core.service import Pause, Service
from desktop_app.core.session import Session
from desktop_app.core.told import containers_words
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.panel.dose_model import ndc_words
from desktop_app.ui.panel.panel_model import in_order
from desktop_app.ui.review.line_model import LineShown, coded_lines, signed_lines
from desktop_app.ui.review.terms_model import Terms, signed_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A session as it was signed, or as it is to be."""

    number: int
    session: Session
    lines: tuple[LineShown, ...]
    terms: Terms
    rulebook: str
    is_signed: bool = True

    @property
    def name(self) -> str:
        """What it is called."""
        return f"Version {self.number}" if self.is_signed else f"Version {self.number}, not signed"


class Mark(StrEnum):
    """How two versions of one thing differ."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Side:
    """One version of one thing: its name, what is said of it, and what stands under that."""

    title: str
    text: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing in both versions; a side is empty where the thing is not there."""

    left: Side | None
    right: Side | None
    notes: tuple[str, ...] = ()
    """What has changed, such as units 1 → 2."""

    @property
    def mark(self) -> Mark:
        """How the two differ."""
        if self.left is None or self.right is None:
            return Mark.ADDED if self.left is None else Mark.REMOVED
        return Mark.CHANGED if self.notes else Mark.SAME


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions beside each other, group by group."""

    left: Version
    right: Version
    groups: tuple[tuple[str, tuple[Pair, ...]], ...]

    @property
    def summary(self) -> str:
        """What differs, in one sentence."""
        told = []
        for name, pairs in self.groups:
            for mark in (Mark.CHANGED, Mark.ADDED, Mark.REMOVED):
                count = sum(1 for pair in pairs if pair.mark is mark)
                noun = name.casefold() if count != 1 else _ONE[name]
                told += [f"{count} {noun} {mark}"] if count else []
        return words.sentence(", ".join(told) if told else "nothing differs")


_Told = Callable[[Session, Service], str]
TERMS, LINES, TIMES, DOSES = "Terms", "Lines", "Times", "Doses"
_ONE = {TERMS: "term", LINES: "line", TIMES: "time", DOSES: "dose"}


def versions_of(
    session: Session, history: Iterable[e.Recorded], coding: Coding | None
) -> tuple[Version, ...]:
    """Return every version, oldest first; ``coding`` is that of one which is not signed yet."""
    found: list[Version] = []
    at: Session | None = None
    for recorded in history:
        at = evolve(at, recorded)
        if isinstance(recorded.event, e.SessionSigned):
            found.append(_signed(at))
    if coding is not None and found and session.signature is None:
        terms = Terms(session.setting, session.place_of_service, coding.profile, session.options)
        lines = coded_lines(session, coding)
        found.append(
            Version(
                number=len(found) + 1,
                session=session,
                lines=lines,
                terms=terms,
                rulebook=coding.rulebook,
                is_signed=False,
            )
        )
    return tuple(found)


def compared(left: Version, right: Version) -> Compared:
    """Return two versions beside each other."""
    groups = (
        (TERMS, _terms(left, right)),
        (LINES, _lines(left.lines, right.lines)),
        (TIMES, _services(left.session, right.session, _times)),
        (DOSES, _services(left.session, right.session, _dose)),
    )
    return Compared(left, right, tuple((name, pairs) for name, pairs in groups if pairs))


def _signed(session: Session) -> Version:
    signature = session.signatures[-1]
    return Version(
        number=signature.version,
        session=session,
        lines=signed_lines(session, signature),
        terms=signed_terms(session, signature),
        rulebook=signature.rulebook,
    )


def _terms(left: Version, right: Version) -> tuple[Pair, ...]:
    """Return what the lines were made under, as far as it differs."""
    facts = (
        ("Setting", left.terms.setting, right.terms.setting),
        ("Place of service", left.terms.place_of_service, right.terms.place_of_service),
        ("Payer profile", left.terms.profile, right.terms.profile),
        ("Rulebook", left.rulebook, right.rulebook),
    )
    return tuple(
        Pair(Side(name, str(one) or "none"), Side(name, str(other) or "none"), (f"{one} → {other}",))
        for name, one, other in facts
        if one != other
    )


def _lines(left: tuple[LineShown, ...], right: tuple[LineShown, ...]) -> tuple[Pair, ...]:
    """Pair the lines of two versions, in the order of the later; what is gone stands where it stood."""
    unpaired = list(left)
    pairs: list[Pair] = []
    for line in right:
        partner = _partner(line, unpaired)
        if partner is None:
            pairs.append(Pair(None, _line(line)))
            continue
        before = unpaired.index(partner)
        pairs.append(Pair(_line(partner), _line(line), _line_notes(partner, line)))
        unpaired.pop(before)
    for line in unpaired:
        pairs.insert(min(left.index(line), len(pairs)), Pair(_line(line), None))
    return tuple(pairs)


def _partner(line: LineShown, among: list[LineShown]) -> LineShown | None:
    """Return the line of another version that this one was: the likest of those with its code."""
    same_code = [one for one in among if one.code == line.code]
    wanted = set(line.services)
    likeness = [
        (one.services == line.services, bool(wanted & set(one.services)), one.modifiers == line.modifiers)
        for one in same_code
    ]
    return same_code[likeness.index(max(likeness))] if same_code else None


def _line(line: LineShown) -> Side:
    units = f"×{line.units}"
    minutes = f"{line.minutes} min" if line.minutes else ""
    title = " ".join(part for part in (line.code, line.modifiers, units) if part)
    under = " · ".join(part for part in (line.times, line.below) if part)
    return Side(f"{title} · {minutes}" if minutes else title, line.why, under)


def _line_notes(before: LineShown, after: LineShown) -> tuple[str, ...]:
    facts = (
        ("units", before.units, after.units),
        ("modifiers", before.modifiers, after.modifiers),
        ("minutes", before.minutes, after.minutes),
        ("times", before.times, after.times),
        ("NDC or lot", before.below, after.below),
    )
    notes = tuple(_note(name, one, other) for name, one, other in facts if one != other)
    return notes or (("another reason",) if before.why != after.why else ())


def _note(name: str, before: str, after: str) -> str:
    return f"{name} {before or 'none'} → {after or 'none'}"


def _services(left: Session, right: Session, told: _Told) -> tuple[Pair, ...]:
    names = [service.id for service in in_order(right) if service.start]
    names += [service.id for service in in_order(left) if service.start and service.id not in names]
    pairs: list[Pair] = []
    for name in names:
        sides = [
            Side(words.drug_name(found.order), told(session, found)) if found and found.start else None
            for session in (left, right)
            for found in (session.service(name),)
        ]
        before, after = sides
        differs = before is not None and after is not None and before != after
        texts = (f"{before.text or 'none'} → {after.text or 'none'}",) if differs and before and after else ()
        if any(side is not None and side.text for side in sides):
            pairs.append(Pair(before, after, texts))
    return tuple(pairs)


def _times(session: Session, service: Service) -> str:
    zone = session.zone
    if service.void_reason:
        return f"struck out: {service.void_reason}"
    start = words.clock_s(service.start.at_us, zone) if service.start else ""
    if not service.order.runs:
        return start
    stop = words.clock_s(service.stop.at_us, zone) if service.stop else "no stop"
    stop = "not witnessed" if service.not_witnessed else stop
    pauses = ", ".join(_pause(pause, zone) for pause in service.pauses)
    return f"{start}–{stop}, paused {pauses}" if pauses else f"{start}–{stop}"


def _pause(pause: Pause, zone: str) -> str:
    until = words.clock_s(pause.until.at_us, zone) if pause.until else ""
    return f"{words.clock_s(pause.since.at_us, zone)}–{until}"


def _dose(_session: Session, service: Service) -> str:
    dose = service.order.dose
    if dose is None or service.void_reason:
        return ""
    parts = (
        words.dose_words(service.order),
        dose.hcpcs,
        f"from {containers_words(dose.containers, dose.unit)}" if dose.containers else "",
        f"NDC {ndc_words(dose.ndc)}" if dose.ndc else "",
        f"lot {dose.lot}" if dose.lot else "",
    )
    return " · ".join(part for part in parts if part)
