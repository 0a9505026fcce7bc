"""Each word of the touch script, and the keys it takes.

What a touch asks for is decided in ``deciding`` and ``play``; here stands what may be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from desktop_app.coding.refusals import CaseError
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Setting
from desktop_app.script.fields import Options, read_fields
from desktop_app.script.services import DoseKeys, ServiceKeys
from desktop_app.script.strict import NotATouch, read_value, refused


@dataclass(frozen=True, kw_only=True)
class Touch:
    """What every line may say: when, how that is known, by whom, and which session is meant."""

    do: str
    at: datetime | None = None
    how: HowKnown | None = None
    by: str = ""
    chair: str = ""
    session: str = ""
    mrn: str = ""


@dataclass(frozen=True, kw_only=True)
class Seat(Touch):
    """A patient takes a chair; ``session`` names the new session where the script needs to."""

    initials: str = ""
    setting: Setting | None = None
    place_of_service: str | None = None
    timezone: str | None = None
    profile: str | None = None
    options: Options | None = None


@dataclass(frozen=True, kw_only=True)
class Plan(ServiceKeys, Touch):
    """A service is ordered and waits for its start."""


@dataclass(frozen=True, kw_only=True)
class Begin(ServiceKeys, Touch):
    """A service starts to run or is given in one moment, as its route has it."""

    stop: datetime | None = None
    """When a push of charted length ended."""


@dataclass(frozen=True, kw_only=True)
class Change(ServiceKeys, Touch):
    """A service is described anew."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Pause(Touch):
    service: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Resume(Touch):
    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Stop(Touch):
    """A service stops; ``next`` begins at the same instant."""

    service: str = ""
    next: ServiceKeys | None = None


@dataclass(frozen=True, kw_only=True)
class NotWitnessed(Touch):
    """Nobody saw the service stop."""

    service: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Unstop(Touch):
    """A stop is taken back."""

    service: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Correct(Touch):
    """One instant of a service is replaced; here ``how`` says how the new one is known."""

    what: str
    to: datetime
    service: str = ""
    index: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordDose(DoseKeys, Touch):
    """What was given and from what, beside what is known of it already."""

    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Rate(Touch):
    rate_ml_h: Decimal
    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Bag(Touch):
    """A new bag of the same infusion."""

    service: str = ""
    lot: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenSite(Touch):
    """A further access site is opened."""

    site: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Note(Touch):
    text: str
    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Void(Touch):
    """A service that never happened is struck out."""

    service: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class End(Touch):
    """The patient leaves the chair."""


@dataclass(frozen=True, kw_only=True)
class Hold(Touch):
    """Billing waits for something."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Release(Touch):
    """A held session goes on to billing."""


@dataclass(frozen=True, kw_only=True)
class Sign(Touch):
    """The lines are sealed with a name."""


@dataclass(frozen=True, kw_only=True)
class Reopen(Touch):
    """An ended or signed session is opened again."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Move(Touch):
    """The patient moves ``to`` another chair."""

    to: str


@dataclass(frozen=True, kw_only=True)
class Undo(Touch):
    """The last touch is taken back; without a chair, the last touch of the suite."""


@dataclass(frozen=True, kw_only=True)
class Mark(Touch):
    """An instant is stamped; ``mark`` names it where the script needs to."""

    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Drop(Touch):
    """A mark meant nothing."""

    mark: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Assign(Touch):
    """A mark gets its meaning: the touch of the word ``what``, at the marked instant."""

    mark: str = ""
    meaning: Touch


@dataclass(frozen=True, kw_only=True)
class Export(Touch):
    """The signed lines that were not sent go out ``to`` a folder."""

    to: str
    formats: tuple[str, ...] = ("csv",)
    again: bool = False
    day: str = ""
    """An ISO date: only the sessions seated that day."""


MEANINGS: dict[str, type[Touch]] = {
    "start": Begin,
    "give": Begin,
    "push": Begin,
    "im": Begin,
    "sc": Begin,
    "oral": Begin,
    "flush": Begin,
    "declot": Begin,
    "refill": Begin,
    "plan": Plan,
    "change": Change,
    "pause": Pause,
    "resume": Resume,
    "stop": Stop,
    "not-witnessed": NotWitnessed,
    "unstop": Unstop,
    "correct": Correct,
    "dose": RecordDose,
    "rate": Rate,
    "bag": Bag,
    "site": OpenSite,
    "note": Note,
    "void": Void,
    "end": End,
    "hold": Hold,
    "release": Release,
}
"""Words about one session; a mark can mean any of them."""

WORDS: dict[str, type[Touch]] = {
    "seat": Seat,
    **MEANINGS,
    "sign": Sign,
    "reopen": Reopen,
    "move": Move,
    "undo": Undo,
    "mark": Mark,
    "drop": Drop,
    "assign": Assign,
    "export": Export,
}

NAME_NO_SESSION = (Undo, Mark, Drop, Export)
"""Touches that may leave out which session they mean."""


def parse_touch(line: str | bytes) -> Touch:
    """Return the touch a line describes. Raises NotATouch with one sentence that names the key."""
    raw = read_value(line)
    if not isinstance(raw, dict):
        raise NotATouch("the line is not an object in braces")
    try:
        touch = _assignment(raw) if raw.get("do") == "assign" else _touch(WORDS, raw)
        _require_sense(touch)
    except CaseError as fault:
        raise refused(fault) from None
    return touch


def _touch(words: dict[str, type[Touch]], raw: dict[str, object], key: str = "do") -> Touch:
    """Read the keys of the word that stands under a key."""
    if key not in raw:
        raise CaseError((key,), "is missing")
    word = raw[key]
    if not isinstance(word, str) or word not in words:
        raise CaseError((key,), f"must be one of {', '.join(words)}")
    rest = {name: value for name, value in raw.items() if name != key}
    return read_fields(words[word], {**rest, "do": word})


def _assignment(raw: dict[str, object]) -> Assign:
    """Read the mark, and the rest of the line as the touch it means."""
    rest = {key: value for key, value in raw.items() if key not in {"mark", "do"}}
    said: dict[str, object] = {key: raw[key] for key in ("do", "mark") if key in raw}
    touch = _touch(MEANINGS, rest, "what")
    return Assign(
        do="assign",
        mark=read_fields(Mark, said).mark,
        meaning=touch,
        at=touch.at,
        by=touch.by,
        chair=touch.chair,
        session=touch.session,
        mrn=touch.mrn,
    )


def _require_sense(touch: Touch) -> None:
    """Refuse a touch that means no session, or calls a time pressed that somebody wrote down."""
    if not isinstance(touch, NAME_NO_SESSION) and not (touch.chair or touch.session or touch.mrn):
        raise CaseError(("chair",), "is missing")
    if touch.how is HowKnown.PRESSED and (touch.at is not None or isinstance(touch, Correct)):
        raise CaseError(("how",), "cannot be pressed: a time that is written down was not")
