"""Every value of the rules says from when it holds, where it comes from, and when somebody looked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from desktop_app import paths
from desktop_app.coding.citing import EVIDENCE
from desktop_app.coding.options import OPTION_NAMES
from desktop_app.core.orders import Setting
from desktop_app.protocol_files import EXAMPLES
from tests.coding.given import RULES, infusion
from tests.coding.given import coded as coded_on

FILES = {
    path.relative_to(paths.resources()).as_posix(): path.read_text(encoding="utf-8")
    for folder in ("rulebook", "profiles", ".")
    for path in sorted(paths.resource(folder).glob("*.toml"))
    if path.name != EXAMPLES  # protocols are no rules: nothing is coded by them
}
Block = Mapping[str, Any]


def blocks(value: object, *, cited: bool = False) -> Iterator[tuple[Block, bool]]:
    """Yield every table that says from when it holds, and whether a table around it is cited."""
    if isinstance(value, list):
        for item in value:
            yield from blocks(item, cited=cited)
    elif isinstance(value, dict):
        cited = cited or "sources" in value
        if "from" in value:
            yield value, cited
        for item in value.values():
            yield from blocks(item, cited=cited)


def values(value: object) -> Iterator[Block]:
    """Yield every table in which a value stands that is no citation, no name and no question."""
    told = {
        "says",
        "values",
        "roles",
        "name",
        "title",
        "setting",
        "version",
        "sources",
        "evidence",
        "checked",
    }
    if isinstance(value, list):
        for item in value:
            yield from values(item)
    elif isinstance(value, dict):
        if any(
            key not in told | {"note"} and not isinstance(item, dict | list) for key, item in value.items()
        ):
            yield value
        for key, item in value.items():
            if key not in {"set", "roles"}:
                yield from values(item)


@pytest.mark.parametrize("file", FILES)
def test_every_value_is_dated_and_cited(file: str) -> None:
    content = tomllib.loads(FILES[file])
    found = list(blocks(content))
    assert found
    for block, cited in found:
        assert type(block["from"]) is date
        assert cited
    assert all("from" in block for block in values(content))


@pytest.mark.parametrize("file", FILES)
def test_every_citation_is_whole(file: str) -> None:
    cited = [block for block, _ in blocks(tomllib.loads(FILES[file])) if "sources" in block]
    for block in cited:
        assert all(source.strip() for source in block["sources"])
        assert block["evidence"] in EVIDENCE
        assert type(block["checked"]) is date


def test_what_is_from_general_knowledge_alone_is_not_called_read() -> None:
    for rule in RULES.rulebook.rules.values():
        assert rule.sources
        if all(source.startswith("General knowledge") for source in rule.sources):
            assert rule.evidence == "unread"


def test_every_option_has_a_default_for_both_settings_from_the_first_day() -> None:
    first = RULES.rulebook.eras[0].since
    for name in OPTION_NAMES:
        option = RULES.rulebook.options[name]
        assert option.dated[0].since <= first
        for default in option.dated:
            assert set(default.values) == set(Setting)
            assert set(default.values.values()) <= set(option.values)


def test_every_option_of_more_than_one_value_says_that_sources_or_payers_differ() -> None:
    for name, option in RULES.rulebook.options.items():
        for default in option.dated:
            assert default.cited.note, name
            assert len(default.cited.sources) > 1, name


def test_a_rule_on_which_sources_differ_names_the_option_that_decides() -> None:
    named = {
        option for rule in RULES.rulebook.rules.values() for option in re.findall(r"option (\w+)", rule.note)
    }
    assert named <= set(OPTION_NAMES)
    assert {"overlap", "same_drug_again", "missing_stop", "midnight_dates", "stopped_early"} <= named


def test_every_era_knows_everything_the_first_one_knows() -> None:
    for before, after in zip(RULES.rulebook.eras, RULES.rulebook.eras[1:], strict=False):
        assert before.since < after.since
        assert set(before.codes) <= set(after.codes)
        assert set(before.addons) <= set(after.addons)
        assert set(before.limits) <= set(after.limits)


@pytest.mark.parametrize("day", ["2009-01-01", "2016-12-31", "2017-01-01", "2023-06-30", "2023-07-01"])
def test_no_line_names_a_rule_that_does_not_hold_yet(day: str) -> None:
    drug = {"hcpcs": "J1745", "unit_amount": 10, "unit": "mg"}
    doses = (("95", "100"), ("100", "100"), ("100", "200"))
    services = [
        infusion(f"drug {place}", f"{day}T09:00", f"{day}T10:00", **drug, dose=int(dose))
        | {"containers": [{"size": int(size), "count": 1, "single_dose": True}]}
        for place, (dose, size) in enumerate(doses)
    ]
    lines = coded_on(*services, date=day).lines
    named = {name for line in lines for name in line.rules}
    assert named
    assert all(RULES.rulebook.rules[name].since <= date.fromisoformat(day) for name in named)
