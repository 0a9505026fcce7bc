"""``audit``: every pinned package with its release and licence, and which of them an advisory names.

Where pip-audit is at hand it is asked too, which needs a network. A file of advisories (``--advisories
FILE``, OSV's JSON) needs none: it can be carried to a computer that has no way out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from chores import environment
from chores.advisories import hits, read_advisories
from chores.environment import LOCKS, RUN
from chores.pins import Pin, every_pin, normal
from chores.terminal import ROOT, Stopped, call, call_quietly, say

NOT_SAID = "not said"
_ASK_LICENCES = """
import json
from importlib import metadata
def licence(said):
    kinds = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or () if c.startswith("License :: ")]
    text = (said.get("License") or "").strip()
    return said.get("License-Expression") or ", ".join(kinds) or (text if len(text) <= 80 else "")
print(json.dumps({d.metadata["Name"]: licence(d.metadata) for d in metadata.distributions()}))
"""


def audit(arguments: list[str]) -> int:
    """List what is pinned, and return 1 where an advisory names any of it."""
    said = _read(arguments)
    python = environment.ready(environment.DEV)
    pinned = every_pin()
    _print(pinned, licences(python))
    every = [pin for pins in pinned.values() for pin in pins]
    named = _tell_hits(every, said.advisories) if said.advisories else 0
    by_pip_audit = _ask_pip_audit(python)
    if by_pip_audit is None and not said.advisories:
        say("Nothing was looked up: pip-audit is not installed here, and no file of advisories was given.")
    return 1 if named or by_pip_audit else 0


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py audit", description=__doc__)
    parser.add_argument("--advisories", type=Path, metavar="FILE", help="OSV records, as JSON")
    return parser.parse_args(arguments)


def licences(python: Path) -> dict[str, str]:
    """Return the licence each installed package says it has, by its normal name."""
    status, output = call_quietly([python, "-c", _ASK_LICENCES])
    if status:
        raise Stopped(f"The installed packages could not be asked for their licences:\n{output}")
    told: dict[str, str] = json.loads(output)
    return {normal(name): licence or NOT_SAID for name, licence in told.items()}


def _print(pinned: Mapping[str, list[Pin]], known: Mapping[str, str]) -> None:
    for what, pins in pinned.items():
        say(f"\n{what}: {len(pins)}")
        for pin in pins:
            licence = known.get(normal(pin.name), "not installed here") if pin.ecosystem == "PyPI" else ""
            hashes = f"{len(pin.hashes)} hash{'' if len(pin.hashes) == 1 else 'es'}"
            only = f"  only {pin.only}" if pin.only else ""
            say(f"  {pin.name:28}{pin.version:14}{hashes:12}{licence}{only}")


def _tell_hits(pins: list[Pin], file: Path) -> int:
    advisories = read_advisories(file)
    found = list(hits(pins, advisories))
    say(f"\n{file.name}: {len(advisories)} advisories, {len(found)} of them about what is pinned.")
    for hit in found:
        fixed = f"; fixed in {hit.fixed}" if hit.fixed else ""
        say(f"  {hit.pin.name} {hit.pin.version}: {hit.advisory} {hit.summary}{fixed}")
    return len(found)


def _ask_pip_audit(python: Path) -> int | None:
    """Return pip-audit's status; None where it is not installed."""
    if call_quietly([python, "-c", "import pip_audit"])[0]:
        return None
    say("\npip-audit:")
    options = ("--disable-pip", "--require-hashes", "--progress-spinner", "off")
    return call([python, "-m", "pip_audit", *options, "-r", LOCKS / RUN], inside=ROOT)
