"""Where a history in a file is not the one that is made of the journal: all a person reads is compared."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from desktop_app.exchange.history_file import OWN_WORD, PROGRAM, Entry

GIVES = "is not what the journal gives"
OTHER_VERSION = " (another version of Chairtime made the file, and may word or order it otherwise)"


def differences(found: Entry, made: Entry) -> Iterator[str]:
    """Yield each part of a file that is not as it is made again, as half a sentence; of the same sessions."""
    said = _said(found, made)
    note = "" if found.get(PROGRAM) in (None, made[PROGRAM]) else OTHER_VERSION
    return (f"{one}{note}" for one in said)


def _said(found: Entry, made: Entry) -> Iterator[str]:
    yield from _parts(found, made, but={"sessions", *OWN_WORD})
    for one, again in zip(found["sessions"], made["sessions"], strict=True):
        whose = f" of session {again['session']}"
        yield from _parts(one, again, but={"events"}, whose=whose)
        yield from _events(one["events"], again["events"], whose)


def _parts(found: object, made: Entry, *, but: Collection[str] = (), whose: str = "") -> Iterator[str]:
    """Yield the parts of an object that differ, by their names."""
    if not isinstance(found, dict):
        yield f"what is told{whose} {GIVES}"
        return
    for name in made:
        if name not in but and (name not in found or not _is_same(found[name], made[name])):
            yield f"{name}{whose} {GIVES}"
    if found.keys() - made.keys() - OWN_WORD:
        yield f"there is a part{whose} that no history has"


def _events(found: list[Entry], made: list[Entry], whose: str) -> Iterator[str]:
    have, want = [_place(event) for event in found], [_place(event) for event in made]
    for event, place in zip(found, have, strict=True):
        if have.count(place) > 1:
            yield f"{_name(event)}{whose} stands in it more than once"
        if place not in want:
            yield f"{_name(event)} is none{whose} up to the head it names"
    for event, place in zip(made, want, strict=True):
        if place not in have:
            yield f"{_name(event)}{whose} is left out"
    if sorted(have) == sorted(want) and have != want:
        yield f"the events{whose} are not in their order"
    if have == want:
        for one, again in zip(found, made, strict=True):
            yield from _event(one, again, f" of {_name(again)}{whose}")


def _event(found: Entry, made: Entry, whose: str) -> Iterator[str]:
    yield from _parts(found, made, but={"told"}, whose=whose)
    yield from _parts(found.get("told"), made["told"], whose=whose)


def _place(event: Entry) -> tuple[str, int]:
    origin, number = event["row"][:2]
    return origin, number


def _name(event: Entry) -> str:
    number, name = event["row"][1:3]
    return f"event {number} ({name.encode('ascii', 'backslashreplace').decode()})"


def _is_same(one: object, other: object) -> bool:
    """Whether two values are written the same: 1, 1.0 and true are not."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
