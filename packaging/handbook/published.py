"""Published cases that cannot be scored: what was published, what we answer, and why."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from desktop_app.commands.coded_markdown import plain
from handbook.answers import answer, answered, picture
from handbook.source import ROOT

CASES = ROOT / "tests" / "coding" / "cases"


def not_scored() -> Iterator[str]:
    """Yield how many cases there are, and every one that is not scored, in the order they are published."""
    why = tomllib.loads((CASES / "not_scored.toml").read_text(encoding="utf-8"))
    published = json.loads((CASES / "published.json").read_text(encoding="utf-8"), parse_float=Decimal)
    scored = len(published) - len(why)
    yield f"Of {len(published)} published cases {scored} have an answer that can be compared, and the coder"
    yield f"gives exactly that. These are the other {len(why)}.\n"
    for case in published:
        if case["id"] in why:
            yield from _case(case, why[case["id"]]["why"])


def _case(case: Mapping[str, Any], why: str) -> Iterator[str]:
    setting = "facility" if case["setting"] == "either" else case["setting"]
    visit, coding = answered({**case, "setting": setting})
    yield f"### {case['id']}\n"
    yield f"{plain(case['source'])}, <{case['url']}>\n"
    yield f"- Published: {_published(case)}"
    yield f"- Not scored because: {plain(case['not_scored'])}"
    yield f"- We answer so because: {plain(why)}\n"
    yield from picture(visit, coding)
    yield from answer(visit, coding)
    yield ""


def _published(case: Mapping[str, Any]) -> str:
    lines = ["-".join((line["code"], *line["modifiers"])) + f" x{line['units']}" for line in case["expected"]]
    return ", ".join(lines) or "no lines"
