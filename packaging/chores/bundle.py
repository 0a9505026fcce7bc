"""``build`` and ``smoke``: the program in one folder, with everything it needs, and a try of it."""

from __future__ import annotations

import sys

from chores import environment, system_packages
from chores.terminal import ROOT, Stopped, call, say

BUNDLE = ROOT / "dist" / "chairtime"
MIB = 1024 * 1024


def build(_: list[str]) -> int:
    """Make ``dist/chairtime`` and say how large it is."""
    also = system_packages.for_bundle()
    python = environment.ready_for_qt(environment.RUN, environment.BUILD, also=also)
    spec = ("packaging/chairtime.spec", "--distpath", "dist", "--workpath", "build")
    if call([python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *spec], inside=ROOT):
        raise Stopped("The bundle could not be made; see above.")
    files = [path for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink()]
    say(f"dist/chairtime: {len(files)} files, {sum(path.stat().st_size for path in files) / MIB:.0f} MiB")
    return 0


def smoke(arguments: list[str]) -> int:
    """Try the built program."""
    return call([sys.executable, ROOT / "packaging" / "smoke.py", *(arguments or [str(BUNDLE)])])
