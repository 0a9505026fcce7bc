"""A hundred thousand cases nobody thought of, and ten thousand that are no cases, through the program."""

from __future__ import annotations

import secrets
import sys

import pytest

from tests.stress.piped_coder import MIB, Run, code_generated, refuse_mangled

STEADY = 4 * MIB
"""What the second half of a run may take beyond the first: Python's own ups and downs."""


def say(capsys: pytest.CaptureFixture[str], seed: int, run: Run) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\nseed {seed}: {run}\n")


def test_a_hundred_thousand_cases_are_coded_without_a_contradiction(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seed = secrets.randbits(32)
    run = code_generated(100_000, seed)
    say(capsys, seed, run)
    assert (run.status, run.errors, run.answers) == (0, b"", 100_000), f"seed {seed}"
    assert run.growth < STEADY, f"seed {seed}: {run.resident}"


def test_ten_thousand_mangled_cases_are_each_refused_with_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seed = secrets.randbits(32)
    run = refuse_mangled(10_000, seed)
    say(capsys, seed, run)
    assert (run.status, run.errors, run.answers) == (1, b"", 10_000), f"seed {seed}"
