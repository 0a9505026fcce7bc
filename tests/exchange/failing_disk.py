"""A disk that fails: at one of the steps a program takes in a folder, or from that step on."""

from __future__ import annotations

import builtins
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.place import GrowingFile

_ASIDE = re.compile(r"\btmp\w+")
"""What a library calls the files it keeps aside."""


class FailingDisk:
    """Names each step taken in a folder: opening, making, renaming, making durable, writing.

    The step of a number fails, or the first whose name begins so; where the disk is full, all later ones too
    but those that only read.
    """

    def __init__(self, folder: Path, fails_at: int | str = 0, code: int = 0, *, lasts: bool = False) -> None:
        self.steps: list[str] = []
        self._folder = str(folder)
        self._fails_at = fails_at
        self._code = code
        self._lasts = lasts

    def put_under(self, patch: pytest.MonkeyPatch) -> None:
        """Have every step go through this disk."""
        for owner, name in ((io, "open"), (builtins, "open"), (os, "open"), (os, "mkdir"), (os, "rename")):
            patch.setattr(owner, name, self._hearing(getattr(owner, name), name))
        patch.setattr(os, "fsync", self._hearing_a_sync(os.fsync))
        patch.setattr(GrowingFile, "write", self._hearing_a_write(GrowingFile.write))

    def _step(self, name: str, *, reads: bool = False) -> None:
        self.steps.append(name)
        if isinstance(self._fails_at, str) and name.startswith(self._fails_at):
            self._fails_at = len(self.steps)
        fails_at = self._fails_at if isinstance(self._fails_at, int) else 0
        count = len(self.steps)
        if count == fails_at or (self._lasts and 0 < fails_at < count and not reads):
            raise OSError(self._code, os.strerror(self._code), name)

    def _hearing(self, take: Callable[..., Any], what: str) -> Callable[..., Any]:
        def heard(path: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the system takes
            if isinstance(path, str | Path) and str(path).startswith(self._folder):
                how = named.get("mode", arguments[0] if arguments else "r") if what == "open" else ""
                self._step(f"{what} {Path(path).name} {how}".strip(), reads=_reads(how))
            return take(path, *arguments, **named)

        return heard

    def _hearing_a_sync(self, take: Callable[..., Any]) -> Callable[..., Any]:
        def heard(descriptor: int) -> Any:  # noqa: ANN401 - nothing
            self._step(f"fsync {sum(step.startswith('fsync') for step in self.steps) + 1}")
            return take(descriptor)

        return heard

    def _hearing_a_write(self, take: Callable[..., Any]) -> Callable[..., Any]:
        def heard(file: GrowingFile, data: Any) -> Any:  # noqa: ANN401 - bytes of any kind
            self._step(f"write {file.name}")
            return take(file, data)

        return heard


def _reads(how: str | int) -> bool:
    """Say whether a file or a folder is opened only to be read."""
    if isinstance(how, int):
        return not how & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    return how in {"r", "rb", "br", "rt"}


def telling(steps: list[str]) -> list[int]:
    """Return the places, from 1, of the steps that differ: of those of one name the first and the last."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(steps, start=1):
        places.setdefault(_ASIDE.sub("aside", name), []).append(place)
    return sorted({place for every in places.values() for place in (every[0], every[-1])})
