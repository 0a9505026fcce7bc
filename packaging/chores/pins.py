"""What the locks pin, read as they stand: names, releases, hashes, and on which systems."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chores.environment import BUILD, DEV, LOCKER, LOCKS, RUN
from chores.javascript import LOCK as JAVASCRIPT_LOCK
from chores.terminal import Stopped

PYTHON, JAVASCRIPT = "PyPI", "npm"
_PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;]+)(?: ; (?P<only>.*?))?(?: --hash=|$)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_OUTSIDE = "node_modules/"


@dataclass(frozen=True)
class Pin:
    """One package as a lock pins it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    """SHA-256 of each of its files, in hexadecimal; of npm's the one SHA-512 as npm writes it."""
    only: str = ""
    """On which systems it is installed; empty for all."""
    ecosystem: str = PYTHON


def normal(name: str) -> str:
    """Return a name as it is compared: small letters, one hyphen for dots and underscores."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins_of(lock: str) -> list[Pin]:
    """Return what a lock in ``packaging`` pins. Raises Stopped at a line that is no pin."""
    text = (LOCKS / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return [_pin(line, lock) for line in lines if line and not line.startswith("#")]


def _pin(line: str, lock: str) -> Pin:
    found = _PIN.match(line)
    hashes = tuple(_HASH.findall(line))
    if found is None or not hashes:
        raise Stopped(f"packaging/{lock} has a line that pins nothing: {line[:60]}")
    return Pin(found["name"], found["version"], hashes, found["only"] or "")


def javascript_pins(lock: Path = JAVASCRIPT_LOCK) -> list[Pin]:
    """Return what npm's lock pins."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return [
        Pin(
            path.rpartition(_OUTSIDE)[2],
            said["version"],
            tuple(filter(None, [said.get("integrity")])),  # what travels inside another has none of its own
            ecosystem=JAVASCRIPT,
        )
        for path, said in packages.items()
        if path
    ]


def every_pin() -> dict[str, list[Pin]]:
    """Return what is pinned, by what it is for; a package stands where it is first needed."""
    seen: set[tuple[str, str]] = set()
    kinds = {"in the program": RUN, "makes the bundle": BUILD, "checks it": DEV, "writes the locks": LOCKER}
    found = {what: list(_new(pins_of(lock), seen)) for what, lock in kinds.items()}
    return found | {"checks it, of npm": javascript_pins()}


def _new(pins: list[Pin], seen: set[tuple[str, str]]) -> Iterator[Pin]:
    for pin in pins:
        if (pin.name, pin.version) not in seen:
            seen.add((pin.name, pin.version))
            yield pin
