"""System packages on Debian and Ubuntu: which are missing, and how to get them.

Qt's wheels carry Qt and leave these libraries to the system. What is missing is found by
loading it, so that a library from anywhere counts; it is named by its package.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from chores.terminal import Stopped, call_quietly, say

ANY_WINDOW = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt's widgets load even without a display."""

X11_AND_WAYLAND = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt's X11 and Wayland plugins load."""

FONT = "fonts-inter"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_FILES = {".otf", ".ttc", ".ttf"}


def is_debian() -> bool:
    """Return whether this system takes Debian packages."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None


def for_window() -> list[str]:
    """Return the packages Qt still needs here, to draw and to open a window."""
    if sys.platform != "linux":
        return []
    missing = [
        package for library, package in {**ANY_WINDOW, **X11_AND_WAYLAND}.items() if not _loads(library)
    ]
    return sorted({*missing, *([] if any(font_files()) else [FONT])})


def for_bundle() -> list[str]:
    """Return the packages that making the bundle still needs here, beside those for a window."""
    if sys.platform != "linux":
        return []
    missing = [] if shutil.which("objcopy") else ["binutils"]
    if not _shared_python():
        missing.append(f"libpython3.{sys.version_info.minor}")
    if not any(font.name.startswith("Inter") for font in font_files()):
        missing.append(FONT)
    return missing


def provide(packages: list[str]) -> None:
    """Install packages where that is possible; where not, say which ones are missing."""
    if packages and is_debian():
        install(packages)
    elif packages:
        say(f"This system lacks some packages. Debian's names for them: {' '.join(packages)}")


def need_what_draws() -> None:
    """Stop when Qt cannot draw even without a display; without the rest it can still play the demo day."""
    if sys.platform == "linux" and not all(_loads(library) for library in ANY_WINDOW):
        raise Stopped("Without these libraries Qt cannot draw.")


def install(packages: list[str]) -> None:
    """Install Debian packages when allowed to, with one look for newer lists; else print the command."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    before = _privilege()
    if before is None:
        say(f"Please install what is missing, then try again:\n  sudo {' '.join(command)}")
        return
    say(f"Installing {' '.join(packages)}")
    if _apt([*before, *command])[0] == 0:
        return
    _apt([*before, "apt-get", "update"])
    status, output = _apt([*before, *command])
    if status:
        raise Stopped(
            f"{output.strip()}\napt-get could not install {' '.join(packages)}; its words are above."
        )


def _apt(command: list[str]) -> tuple[int, str]:
    wait_for_others = ["-o", "DPkg::Lock::Timeout=120"]
    return call_quietly([*command, *wait_for_others], extra={"DEBIAN_FRONTEND": "noninteractive"})


def _privilege() -> list[str] | None:
    """Return what to put before a command to run it as root, or None where nobody may."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and call_quietly(["sudo", "-n", "true"])[0] == 0:
        return ["sudo", "-n"]
    return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _shared_python() -> bool:
    """Return whether the Python library a bundle carries is here: Debian keeps it apart from python3."""
    return _loads(f"libpython3.{sys.version_info.minor}.so.1.0")


def font_files() -> Iterable[Path]:
    """Yield the font files of this system and this user, in no order."""
    for folder in FONT_FOLDERS:
        for path in Path(folder).expanduser().rglob("*"):
            if path.suffix.lower() in FONT_FILES:
                yield path
