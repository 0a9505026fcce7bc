"""What comes from outside, spoilt in every way: each parser takes it or refuses it in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzzed_parsers import PARSERS, Parser, faults
from tests.fuzzed_stores import STORES
from tests.mutants import mutants

EVERY = (*PARSERS, *STORES)
MUTANTS = 20
"""Of each parser; thousands are tried under ``stress``."""


@pytest.mark.parametrize("parser", EVERY, ids=lambda parser: parser.name)
def test_a_parser_takes_a_mutant_or_refuses_it_in_one_sentence(parser: Parser, tmp_path: Path) -> None:
    assert list(faults(parser, MUTANTS, tmp_path)) == []


@pytest.mark.parametrize("parser", EVERY, ids=lambda parser: parser.name)
def test_what_the_mutants_are_made_of_is_taken(parser: Parser, tmp_path: Path) -> None:
    for folder in ("examples", "data"):
        (tmp_path / folder).mkdir()
    found = [parser.take(good, tmp_path / "data") for good in parser.examples(tmp_path / "examples")]
    assert min(map(len, found)) == 0, found


def test_the_same_seed_makes_the_same_mutants_and_another_makes_others() -> None:
    good = [b'{"a": [1, 2, "three"]}', b"a,b\n1,2\n"]
    first, again, other = (list(mutants(good, 200, seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert len(set(first)) > 150


def test_a_parser_that_falls_over_or_says_too_much_is_found(tmp_path: Path) -> None:
    def fall(content: bytes, _folder: Path) -> list[str]:
        return [content.decode("ascii")]

    found = list(faults(Parser("planted", lambda _: [b"plain"], fall), 50, tmp_path))
    assert any("UnicodeDecodeError" in fault for fault in found)
    assert any("said" in fault for fault in found)
