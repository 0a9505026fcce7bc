"""What the documents say of cases is true of the program."""

from __future__ import annotations

import re
from pathlib import Path

from desktop_app.coding.case import CASE_KEYS, SERVICE_KEYS, TABLE_KEYS, read_case
from desktop_app.coding.case_text import read_json
from desktop_app.coding.coder import code
from desktop_app.core.orders import Category, Route
from tests.coding.given import RULES, units

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "case-format.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"`([^`\n]+)`", TEXT))


def test_the_example_is_a_case_and_is_coded() -> None:
    example = TEXT.split("```json")[1].split("```")[0]
    visit = read_case(read_json(example), RULES.rulebook)
    answer = code(visit, RULES.rulebook, RULES.profile_for(visit.setting))
    assert units(answer) == {"96413": 1, "96415": 3, "J9312": 68, "J9312-JW": 2}


def test_every_key_category_and_route_is_told() -> None:
    assert (set(CASE_KEYS) | set(SERVICE_KEYS)) - set(TABLE_KEYS) <= WORDS
    assert {*Category, *Route} <= WORDS
