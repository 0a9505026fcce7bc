"""``python -m tests.gallery FOLDER``: pictures of everything, to look at; nothing is compared."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.gallery.taking import ALL_STILLS, LOOKS, SCHEMES, chosen, take_all


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py pictures", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("chairtime-pictures"))
    parser.add_argument("--look", action="append", choices=LOOKS, help="one size of window and text")
    parser.add_argument("--scheme", action="append", choices=SCHEMES)
    parser.add_argument("--only", action="append", default=[], help="stills whose name begins so")
    parser.add_argument("--list", action="store_true", help="name the stills and take none")
    return parser.parse_args()


def main() -> int:
    """Take the pictures, each look in a process of its own: the scale is chosen before Qt begins."""
    asked = _arguments()
    if asked.list:
        print(*(still.name for still in ALL_STILLS), sep="\n")
        return 0
    looks, schemes = asked.look or list(LOOKS), asked.scheme or SCHEMES
    if len(looks) > 1 or not _has_scale(looks[0]):
        return sum(_in_its_own_process(name, asked) for name in looks)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.ui.application import Application  # noqa: PLC0415 - after the scale is chosen

    application = Application(["chairtime"])
    failed = take_all(LOOKS[looks[0]], schemes, chosen(asked.only), asked.folder)
    application.processEvents()
    print(f"{asked.folder / looks[0]}")
    return failed


def _has_scale(name: str) -> bool:
    return os.environ.get("QT_SCALE_FACTOR", "1") == str(LOOKS[name].scale)


def _in_its_own_process(name: str, asked: argparse.Namespace) -> int:
    scheme = [word for one in asked.scheme or () for word in ("--scheme", one)]
    only = [word for one in asked.only for word in ("--only", one)]
    environment = os.environ | {"QT_SCALE_FACTOR": str(LOOKS[name].scale), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.gallery", str(asked.folder), "--look", name, *scheme, *only]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
