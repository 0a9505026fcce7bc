"""Which pinned packages an advisory names: a file of OSV records, the form in which advisories are published.

The file is brought by whoever asks, from wherever it can be had; nothing here asks a network. A record
that cannot be understood is a fault and never passed over: an advisory that is not read protects nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chores.pins import Pin, normal
from chores.terminal import Stopped

_VERSION = re.compile(
    r"v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<kind>a|alpha|b|beta|rc|c|pre|preview)[-_.]?(?P<pre>\d*))?"
    r"(?:-(?P<bare>\d+)|[-_.]?(?P<after>post|rev|r)[-_.]?(?P<post>\d*))?"
    r"(?:[-_.]?(?P<dev>dev)[-_.]?(?P<number>\d*))?(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?",
    re.IGNORECASE,
)
_KINDS = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "rc": 2, "c": 2, "pre": 2, "preview": 2}
_FIRST, _FINAL = -1, 3
_LATEST = 10**9
Order = tuple[object, ...]


@dataclass(frozen=True)
class Hit:
    """A pinned package that an advisory is about."""

    pin: Pin
    advisory: str
    summary: str
    fixed: str
    """The first release without it; empty where none is told."""


def order_of(version: str) -> Order:
    """Return what a release is compared by, as PEP 440 has it. Raises Stopped for what is no release."""
    found = _VERSION.fullmatch(version.strip())
    if found is None:
        raise Stopped(f"{version[:40]!r} is no release that can be compared.")
    release = [int(part) for part in found["release"].split(".")]
    while len(release) > 1 and release[-1] == 0:
        release.pop()
    is_dev, is_post = found["dev"] is not None, found["bare"] is not None or found["after"] is not None
    kind = _KINDS[found["kind"].lower()] if found["kind"] else _FINAL
    if kind == _FINAL and is_dev and not is_post:
        kind = _FIRST
    post = int(found["bare"] or found["post"] or 0) if is_post else -1
    dev = int(found["number"] or 0) if is_dev else _LATEST
    return int(found["epoch"] or 0), tuple(release), kind, int(found["pre"] or 0), post, dev


def read_advisories(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file: one, a list of them, or a list under ``vulns``. Raises Stopped."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise Stopped(f"{path} cannot be read: {fault.strerror}.") from fault
    except (ValueError, RecursionError):
        raise Stopped(f"{path} is no JSON.") from None
    found = raw.get("vulns", [raw]) if isinstance(raw, dict) else raw
    if not isinstance(found, list) or not all(isinstance(one, dict) and "id" in one for one in found):
        raise Stopped(f"{path} is no list of advisories in the form of OSV.")
    return found


def hits(pins: Iterable[Pin], advisories: Iterable[dict[str, Any]]) -> Iterator[Hit]:
    """Yield each pinned package that an advisory names, with the advisory. Raises Stopped."""
    by_name = {(pin.ecosystem, normal(pin.name), pin.version): pin for pin in pins}
    for one in advisories:
        if one.get("withdrawn"):
            continue
        for affected in _parts(one, "affected"):
            package = affected.get("package", {})
            asked = package.get("ecosystem", ""), normal(str(package.get("name", "")))
            for (ecosystem, name, version), pin in by_name.items():
                if (ecosystem, name) == asked and _is_affected(version, affected, one["id"]):
                    yield Hit(pin, str(one["id"]), str(one.get("summary", "")), _fixed(affected))


def _parts(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = record.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Stopped(f"{record.get('id', 'an advisory')}: {name} is no list of objects.")
    return found


def _is_affected(version: str, affected: dict[str, Any], name: str) -> bool:
    if version in affected.get("versions", []):
        return True
    ranges = [one for one in _parts(affected, "ranges") if one.get("type") != "GIT"]
    if not ranges and not affected.get("versions"):
        raise Stopped(f"{name} says of a package neither which releases nor from which to which.")
    return any(_is_within(version, one) for one in ranges)


def _is_within(version: str, span: dict[str, Any]) -> bool:
    """Return whether a release lies in a range: introduced up to fixed, or to the last that is affected."""
    at, inside = order_of(version), False
    events = [(word, str(said)) for event in _parts(span, "events") for word, said in event.items()]
    for word, said in sorted(events, key=lambda event: _order_of_event(*event)):
        if word == "introduced" and (said == "0" or order_of(said) <= at):
            inside = True
        elif (word == "fixed" and order_of(said) <= at) or (word == "last_affected" and order_of(said) < at):
            inside = False
    return inside


def _order_of_event(word: str, said: str) -> Order:
    return ((-1,) if said == "0" else order_of(said)), word != "fixed"


def _fixed(affected: dict[str, Any]) -> str:
    events = (event for span in _parts(affected, "ranges") for event in _parts(span, "events"))
    return next((str(event["fixed"]) for event in events if "fixed" in event), "")
