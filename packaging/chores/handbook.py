"""``handbook``: the biller's handbook written anew, when a rule, a sentence or its text has changed."""

from __future__ import annotations

from chores import environment
from chores.terminal import ROOT, call


def handbook(_: list[str]) -> int:
    """Write the pages in docs/handbook from its text, the rulebook and the coder."""
    python = environment.ready(environment.DEV)
    return call([python, "-m", "handbook"], extra={"PYTHONPATH": str(ROOT / "packaging")}, inside=ROOT)
