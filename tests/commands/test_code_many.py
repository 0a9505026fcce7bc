"""``chairtime code --jsonl`` over many cases: the published ones, made-up ones, and spoilt ones."""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter

from tests.coding.test_published_cases import CASES, NOT_SCORED, WE_ANSWER, expected
from tests.commands.program import chairtime
from tests.stress.piped_coder import code_generated, refuse_mangled


def a_seed() -> int:
    """Return the same seed each time before a change lands, and a new one at the desk."""
    return 1 if "CI" in os.environ else secrets.randbits(32)


def test_every_published_case_is_answered_as_published_by_the_program() -> None:
    done = chairtime("code", "--jsonl", "-", given="".join(json.dumps(case) + "\n" for case in CASES))
    assert (done.status, done.err) == (0, "")
    assert [answer["id"] for answer in done.answers] == [case["id"] for case in CASES]
    for case, answer in zip(CASES, done.answers, strict=True):
        units = Counter[str]()
        for line in answer["lines"]:
            units["-".join((line["code"], *line["modifiers"]))] += line["units"]
        wanted = WE_ANSWER[case["id"]]["answer"] if case["id"] in NOT_SCORED else expected(case)
        assert units == wanted, case["id"]


def test_a_thousand_generated_cases_are_coded_without_a_contradiction() -> None:
    seed = a_seed()
    run = code_generated(1_000, seed)
    assert (run.status, run.errors, run.answers) == (0, b"", 1_000), f"seed {seed}"


def test_five_hundred_mangled_cases_are_each_refused_with_a_sentence() -> None:
    seed = a_seed()
    run = refuse_mangled(500, seed)
    assert (run.status, run.errors, run.answers) == (1, b"", 500), f"seed {seed}"
