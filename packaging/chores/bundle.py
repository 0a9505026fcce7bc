"""``build`` and ``smoke``: the program in one folder, with everything it needs, and a try of it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from chores import environment, system_packages
from chores.cyclonedx import faults_of
from chores.environment import BUILD
from chores.pins import pins_of
from chores.sbom import NAME, bill_of, lacks, moment
from chores.terminal import ROOT, Stopped, call, call_quietly, say

BUNDLE = ROOT / "dist" / "chairtime"
MIB = 1024 * 1024


def build(_: list[str]) -> int:
    """Make ``dist/chairtime`` and say how large it is."""
    also = system_packages.for_bundle()
    python = environment.ready_for_qt(environment.RUN, environment.BUILD, also=also)
    spec = ("packaging/chairtime.spec", "--distpath", "dist", "--workpath", "build")
    if call([python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *spec], inside=ROOT):
        raise Stopped("The bundle could not be made; see above.")
    _write_bill(python)
    files = [path for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink()]
    say(f"dist/chairtime: {len(files)} files, {sum(path.stat().st_size for path in files) / MIB:.0f} MiB")
    return 0


def _write_bill(python: Path) -> None:
    """Write the bill of materials beside the bundle. Raises Stopped where the bundle holds what it lacks."""
    told = {"PYTHONPATH": str(ROOT / "packaging")}
    status, output = call_quietly([python, "-m", "chores.frozen", BUNDLE], extra=told)
    if status:
        raise Stopped(f"What is in the bundle could not be read:\n{output}")
    frozen, pins = json.loads(output.splitlines()[-1]), pins_of(BUILD)
    bill = bill_of(frozen, pins, _version(), moment())
    for fault in (*lacks(frozen, bill, pins), *faults_of(bill)):
        raise Stopped(f"The bill of materials is not right: {fault}.")
    path = BUNDLE.parent / NAME
    path.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")
    say(f"dist/{NAME}: {len(bill['components'])} components")


def _version() -> str:
    text = (ROOT / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
    return str(re.findall(r'__version__ = "([^"]+)"', text)[0])


def smoke(arguments: list[str]) -> int:
    """Try the built program."""
    return call([sys.executable, ROOT / "packaging" / "smoke.py", *(arguments or [str(BUNDLE)])])
