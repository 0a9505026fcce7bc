"""The words of the touch script, and reading a line by the word it uses."""

from __future__ import annotations

from desktop_app.coding.refusals import CaseError
from desktop_app.core.moments import HowKnown
from desktop_app.script import people_touches as p
from desktop_app.script import touches as t
from desktop_app.script.fields import read_fields
from desktop_app.script.strict import NotATouch, read_value, refused

MEANINGS: dict[str, type[t.Touch]] = {
    "start": t.Begin,
    "give": t.Begin,
    "push": t.Begin,
    "im": t.Begin,
    "sc": t.Begin,
    "oral": t.Begin,
    "flush": t.Begin,
    "declot": t.Begin,
    "refill": t.Begin,
    "plan": t.Plan,
    "change": t.Change,
    "pause": t.Pause,
    "resume": t.Resume,
    "stop": t.Stop,
    "not-witnessed": t.NotWitnessed,
    "unstop": t.Unstop,
    "dose": t.RecordDose,
    "rate": t.Rate,
    "bag": t.Bag,
    "site": t.OpenSite,
    "note": t.Note,
    "void": t.Void,
    "end": t.End,
    "hold": t.Hold,
    "release": t.Release,
}
"""Words about one session, at one instant; a mark can mean any of them."""

PEOPLE: dict[str, type[t.Touch]] = {
    "add-person": p.AddPerson,
    "change-person": p.ChangePerson,
    "remove-person": p.RemovePerson,
    "sign-in": p.ComeIn,
    "sign-out": p.GoOut,
    "emergency": p.Emergency,
}
"""Words about who works here."""

WORDS: dict[str, type[t.Touch]] = {
    "seat": t.Seat,
    **MEANINGS,
    "register": t.Register,
    "terms": t.Terms,
    "sign": t.Sign,
    "correct": t.Correct,
    "settle": t.Settle,
    "reorder": t.Reorder,
    "acknowledge": t.Acknowledge,
    "show": t.Show,
    "reopen": t.Reopen,
    "move": t.Move,
    "undo": t.Undo,
    "mark": t.Mark,
    "drop": t.Drop,
    "assign": t.Assign,
    "export": t.Export,
    "lock-day": t.LockDay,
    "unlock-day": t.UnlockDay,
    "view": p.View,
    **PEOPLE,
}

NAME_NO_SESSION = (t.Undo, t.Mark, t.Drop, t.Export, t.LockDay, t.UnlockDay, *PEOPLE.values())
"""Touches that may leave out which session they mean."""


def parse_touch(line: str | bytes) -> t.Touch:
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


def _touch(words: dict[str, type[t.Touch]], raw: dict[str, object], key: str = "do") -> t.Touch:
    """Read the keys of the word that stands under a key."""
    if key not in raw:
        raise CaseError((key,), "is missing")
    word = raw[key]
    if not isinstance(word, str) or word not in words:
        raise CaseError((key,), f"must be one of {', '.join(words)}")
    rest = {name: value for name, value in raw.items() if name != key}
    return read_fields(words[word], {**rest, "do": word})


def _assignment(raw: dict[str, object]) -> t.Assign:
    """Read the mark, and the rest of the line as the touch it means."""
    rest = {key: value for key, value in raw.items() if key not in {"mark", "do"}}
    said: dict[str, object] = {key: raw[key] for key in ("do", "mark") if key in raw}
    touch = _touch(MEANINGS, rest, "what")
    return t.Assign(
        do="assign",
        mark=read_fields(t.Mark, said).mark,
        meaning=touch,
        at=touch.at,
        by=touch.by,
        chair=touch.chair,
        session=touch.session,
        mrn=touch.mrn,
    )


def _require_sense(touch: t.Touch) -> None:
    """Refuse a touch that means no session, or calls a time pressed that somebody wrote down."""
    if not isinstance(touch, NAME_NO_SESSION) and not (touch.chair or touch.session or touch.mrn):
        raise CaseError(("chair",), "is missing")
    written = touch.at is not None or isinstance(touch, t.Correct)
    if touch.how in {HowKnown.PRESSED, HowKnown.EARLIEST} and written:
        raise CaseError(("how",), f"cannot be {touch.how.value}: a time that is written down was not")
