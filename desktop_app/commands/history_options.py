"""What can be said behind ``chairtime history``, apart from what does it, which is loaded late."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

TEXT = "look sessions up in the whole record, or print every event of one with its proof"
_WORDS = "days, MRN, initials, drug, who touched it, code, lot, batch, chair:4, corrected, not witnessed"


def add_options(parser: ArgumentParser) -> None:
    """Add what says which sessions are meant, and how they are told."""
    parser.add_argument("session", nargs="*", metavar="SESSION", help="its id, as `sessions` prints it")
    parser.add_argument("--mrn", default="", metavar="MRN", help="every session of this patient")
    found = f"list the sessions that are found by all of: {_WORDS}"
    parser.add_argument("--find", nargs="*", metavar="WORD", help=found)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--to", type=Path, metavar="FILE", help="write it as .pdf or .json")
    form.add_argument("--json", action="store_true", help="print the .json; `verify --history` checks it")
