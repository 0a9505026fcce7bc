"""The soft sound, by whatever the system itself plays sounds with: see ADR 17.

Nothing here waits and nothing here fails: a player is started and left alone, and where there is
none the desktop's own beep is asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QProcess, QProcessEnvironment, QStandardPaths
from PySide6.QtWidgets import QApplication

from desktop_app import paths

SOUND = "soft.wav"
_PLAYERS = {
    "darwin": (("afplay",),),
    "linux": (("pw-play",), ("paplay",), ("aplay", "-q"), ("canberra-gtk-play", "-f")),
}
_VOICES = {"darwin": (("say",),), "linux": (("spd-say", "--"),)}
_LIBRARIES = "LD_LIBRARY_PATH"
"""A bundle points this at its own libraries, with which a program of the system may not run."""


class Sound(Protocol):
    """What can be heard."""

    def play(self, said: str) -> None:
        """Play the soft sound, or say a sentence where one is given; return at once."""
        ...


class SystemSound:
    """The system's own player and voice."""

    def __init__(self, platform: str = sys.platform, variables: Mapping[str, str] = os.environ) -> None:
        self._platform = platform
        self._variables = variables

    def play(self, said: str) -> None:
        """Say the sentence where there is a voice for it, else play the sound, else beep."""
        file = paths.resource("sounds") / SOUND
        if said and self._begin(_VOICES, said):
            return
        if self._platform == "win32":
            _play_on_windows(file)
        elif not self._begin(_PLAYERS, str(file)):
            QApplication.beep()

    def _begin(self, programs: Mapping[str, Sequence[tuple[str, ...]]], last: str) -> bool:
        """Start the first program that is there; False when there is none, or it did not start."""
        for name, *options in programs.get(self._platform, ()):
            found = QStandardPaths.findExecutable(name)
            if found:
                process = QProcess()
                process.setProgram(found)
                process.setArguments([*options, last])
                process.setProcessEnvironment(_environment(self._variables))
                process.setStandardOutputFile(QProcess.nullDevice())
                process.setStandardErrorFile(QProcess.nullDevice())
                return bool(process.startDetached())
        return False


def _environment(variables: Mapping[str, str]) -> QProcessEnvironment:
    """Return the environment of a program of the system: with its own libraries, not the bundle's."""
    made = QProcessEnvironment()
    for name, value in variables.items():
        made.insert(name, value)
    if getattr(sys, "frozen", False):
        made.remove(_LIBRARIES)
        if own := variables.get(f"{_LIBRARIES}_ORIG"):
            made.insert(_LIBRARIES, own)
    return made


def _play_on_windows(file: Path) -> None:
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415 - only Windows has it

        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        except RuntimeError:
            QApplication.beep()
