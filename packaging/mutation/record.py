"""What became of each fault: kept between runs, and held against the survivors that are explained."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutation.faults import Fault

SEEN = "seen"
WAITS = "waits"
SAVE_EVERY = 50


@dataclass(frozen=True)
class Survivor:
    """A fault no test sees: by module, function and change."""

    module: str
    function: str
    change: str

    def __str__(self) -> str:
        """Return it as one line for a person."""
        return f"{self.module}: {self.function or 'a table'}: {self.change}"


class Record:
    """The answers so far, module by module; those of a module that has changed are forgotten."""

    def __init__(self, path: Path, digests: dict[str, str]) -> None:
        """Take up the answers of earlier runs where the module's text is still the same."""
        self._path = path
        self._digests = digests
        self._modules: dict[str, dict[str, Any]] = {}
        self._since_saved = 0
        if path.is_file():
            kept = json.loads(path.read_text(encoding="utf-8"))
            self._modules = {
                name: entry for name, entry in kept.items() if _still_holds(name, entry, digests)
            }

    def begin(self, name: str, faults: Iterable[Fault]) -> None:
        """Set what there is to try in a module; answers already there stay."""
        known = self._modules.get(name, {"answers": {}})["answers"]
        answers = {_key(fault): [WAITS, fault.line] for fault in faults}
        answers |= {key: known[key] for key in answers if key in known and known[key][0] == SEEN}
        self._modules[name] = {"digest": self._digests[name], "answers": answers}

    def is_seen(self, name: str, fault: Fault) -> bool:
        """Say whether a test sees a fault, as an earlier run found."""
        return bool(self._modules[name]["answers"][_key(fault)][0] == SEEN)

    def answer(self, name: str, fault: Fault, word: str) -> None:
        """Write down what became of a fault."""
        self._modules[name]["answers"][_key(fault)][0] = word
        self._since_saved += 1
        if self._since_saved >= SAVE_EVERY:
            self.save()

    def save(self) -> None:
        """Put the answers where the next run finds them."""
        self._since_saved = 0
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._modules, indent=1), encoding="utf-8")

    def counts(self, name: str) -> tuple[int, int, int]:
        """Return how many faults of a module there are, are seen, and still wait."""
        words = [word for word, _line in self._modules.get(name, {"answers": {}})["answers"].values()]
        return len(words), words.count(SEEN), words.count(WAITS)

    def survivors(self, name: str) -> list[tuple[Survivor, int, str]]:
        """Return the faults of a module that no test sees, with the line and why."""
        found = []
        for key, (word, line) in self._modules.get(name, {"answers": {}})["answers"].items():
            function, _, change = key.partition("|")
            if word not in {SEEN, WAITS}:
                found.append((Survivor(name, function, change), line, word))
        return found


def _key(fault: Fault) -> str:
    return f"{fault.function}|{fault.change}"


def _still_holds(name: str, entry: dict[str, Any], digests: dict[str, str]) -> bool:
    """A module that is not asked about now keeps its answers, to be looked at when it is."""
    return name not in digests or bool(entry["digest"] == digests[name])


def digest(path: Path) -> str:
    """Return what stays the same as long as a file does."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def explained(path: Path) -> dict[Survivor, str]:
    """Return the survivors that are explained, with the reason. Raises KeyError for an entry without one."""
    if not path.is_file():
        return {}
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
    return {
        Survivor(entry["module"], entry["function"], change): entry["why"]
        for entry in entries
        for change in entry["changes"]
    }
