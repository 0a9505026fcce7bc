"""Thousands of mutants for each parser: none of them is answered otherwise than in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzzed_parsers import PARSERS, Parser, faults
from tests.fuzzed_stores import STORES

EVERY = (*PARSERS, *STORES)
MUTANTS = 4_000


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("parser", EVERY, ids=lambda parser: parser.name)
def test_thousands_of_mutants_are_each_taken_or_refused_in_one_sentence(
    parser: Parser, seed: int, tmp_path: Path
) -> None:
    assert list(faults(parser, MUTANTS, tmp_path, seed)) == []
