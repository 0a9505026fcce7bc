"""From texts to a checked rulebook: what each file may hold, and that nothing is missing.

A rulebook that cannot be trusted is refused whole at the start, never half used: every value
is dated and cited, its dates rise and leave no day out, every role named anywhere is in the
code map, and every option is one the program knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from desktop_app.coding.citing import CITED, cited
from desktop_app.coding.code_map_text import read_codes
from desktop_app.coding.drug_table import read_drugs
from desktop_app.coding.options import OPTION_NAMES, ROLE_OPTIONS, Default, Option
from desktop_app.coding.refusals import RulebookError, shown
from desktop_app.coding.roles import ADDON_ROLES, ROLES
from desktop_app.coding.rule_names import RULE_NAMES
from desktop_app.coding.rulebook import Code, Era, Rule, Rulebook, Thresholds
from desktop_app.coding.toml_text import Section, dated_sections, named_sections, read_toml
from desktop_app.core.orders import Setting

CODE_MAP = "codes.toml"
"""The file a practice may replace."""
RULEBOOK_FILES = (
    "rulebook/about.toml",
    "rulebook/thresholds.toml",
    "rulebook/options.toml",
    "rulebook/addons.toml",
    "rulebook/limits.toml",
    "rulebook/rules.toml",
    CODE_MAP,
    "drugs.csv",
)
"""The texts a rulebook is made of, by their path under resources."""

LAST_STEP = 16
_LARGEST_NUMBER = 100_000
_THRESHOLD_NAMES = tuple(field.name for field in fields(Thresholds))
_MODIFIER = re.compile(r"([0-9A-Z]{2})?")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,23}")

Kind = TypeVar("Kind")
Dated = list[tuple[date, Kind]]
"""Values with the date each holds from, oldest first."""
Table = dict[str, Dated[Kind]]
"""Dated values by name."""


def load_rulebook(texts: Mapping[str, str], *, code_map: str = "") -> Rulebook:
    """Return the rulebook in the texts of RULEBOOK_FILES, by file name.

    ``code_map`` names the text that stands in the place of CODE_MAP, where a practice has one of
    its own; the rulebook's version then names that one's too. Raises RulebookError, with file,
    line, key and what was expected, for any fault.
    """
    for file in (*RULEBOOK_FILES, *([code_map] if code_map else [])):
        if file not in texts:
            raise RulebookError(file, 1, "the file", "there")
    tops = {file: read_toml(file, texts[file]) for file in RULEBOOK_FILES if file.endswith(".toml")}
    if code_map:
        tops[CODE_MAP] = read_toml(code_map, texts[code_map])
    about = tops["rulebook/about.toml"]
    about.only("version", "title", "from", *CITED)
    cited(about)
    about.label("title")
    first = about.day("from")
    return Rulebook(
        version=_version(about, tops[CODE_MAP], own=bool(code_map)),
        eras=_eras(tops, first),
        rules=_rules(tops["rulebook/rules.toml"]),
        options=_options(tops["rulebook/options.toml"], first),
        drugs=read_drugs("drugs.csv", texts["drugs.csv"]),
    )


def _version(about: Section, codes: Section, *, own: bool) -> str:
    """Return the version every answer carries: the rulebook's, and a practice's own code map's."""
    expected = "a short name of letters, digits, dots and hyphens, in quotes"
    version, map_version = (top.shaped("version", _VERSION, expected) for top in (about, codes))
    if own and map_version == version:
        raise codes.refusal("version", f"another than {version}, which names the code map of the program")
    return f"{version}+{map_version}" if own else version


def _eras(tops: Mapping[str, Section], first: date) -> tuple[Era, ...]:
    """Cut time at every date something changes on, from the day the rules begin."""
    thresholds = _thresholds(tops["rulebook/thresholds.toml"], first)
    limits, addons = _limits(tops["rulebook/limits.toml"]), _addons(tops["rulebook/addons.toml"], first)
    codes = _by_role(read_codes(tops[CODE_MAP], first))
    changes = _dates(thresholds) | _dates(limits) | _dates(addons) | _dates(codes)
    return tuple(
        Era(
            since=day,
            thresholds=Thresholds(**_on(thresholds, day)),
            codes=_on(codes, day),
            limits=_on(limits, day),
            addons=_on(addons, day),
        )
        for day in sorted({max(first, day) for day in changes})
    )


def _dates(table: Table[Any]) -> set[date]:
    return {since for dated in table.values() for since, _value in dated}


def _by_role(codes: Iterable[Code]) -> Table[Code]:
    found: Table[Code] = {}
    for code in codes:
        found.setdefault(code.role, []).append((code.since, code))
    return found


def _on(table: Table[Kind], day: date) -> dict[str, Kind]:
    """Return what holds on a day: of each name the last value that has begun."""
    return {name: value for name, dated in table.items() for since, value in dated if since <= day}


def _keep(found: Table[Kind], name: str, block: Section, value: Kind) -> None:
    """Put a dated value behind the earlier ones of its name. Raises RulebookError if it is not later."""
    since, before = block.day("from"), found.setdefault(name, [])
    if before and since <= before[-1][0]:
        raise block.refusal("from", "after the date of the block above it")
    before.append((since, value))


def _require_begun(block: Section, first: date) -> None:
    if block.day("from") > first:
        raise block.refusal("from", f"{first} or earlier, when the rules begin")


def _thresholds(top: Section, first: date) -> Table[Any]:
    found: Table[Any] = {}
    for name, section in named_sections(top):
        section.only("says", "dated")
        section.label("says")
        for block in _dated(section, first):
            block.only("from", "value", *CITED)
            cited(block)
            _keep(found, name, block, _value(name, block))
    _same_names(top, found, _THRESHOLD_NAMES)
    return found


def _dated(section: Section, first: date) -> list[Section]:
    """Return the dated blocks of a table, the first of which holds from the day the rules begin."""
    blocks = list(section.sections("dated"))
    if not blocks:
        raise section.refusal("dated", "at least one block with a date and a value")
    _require_begun(blocks[0], first)
    return blocks


def _value(name: str, block: Section) -> int | str | tuple[str, ...]:
    if name.endswith(("_minutes", "_hours")):
        return block.number("value", _LARGEST_NUMBER)
    if name.endswith("_modifier"):
        return block.shaped("value", _MODIFIER, "two digits or capital letters in quotes, or empty")
    return block.words("value")


def _limits(top: Section) -> Table[int]:
    top.only("limit")
    found: Table[int] = {}
    for block in top.sections("limit"):
        block.only("role", "from", "most", *CITED)
        cited(block)
        role = _role(block, "role", block.word("role"))
        _keep(found, role, block, block.number("most", _LARGEST_NUMBER))
    return found


def _addons(top: Section, first: date) -> Table[tuple[str, ...]]:
    found: Table[tuple[str, ...]] = {}
    for addon, block in dated_sections(top):
        block.only("from", "behind", *CITED)
        cited(block)
        if addon not in ADDON_ROLES:
            raise top.refusal(addon, "gone: it is no role that stands behind another")
        if addon not in found:
            _require_begun(block, first)
        behind = tuple(_role(block, "behind", role) for role in block.words("behind"))
        _keep(found, addon, block, behind)
    _require_names(top, found, ADDON_ROLES)
    return found


def _role(section: Section, key: str, role: str) -> str:
    if role not in ROLES:
        raise section.refusal(key, f'a role of the code map, and "{shown(role)}" is none')
    return role


def _rules(top: Section) -> dict[str, Rule]:
    found = {name: _rule(name, section) for name, section in named_sections(top)}
    _require_names(top, found, RULE_NAMES)
    return found


def _rule(name: str, section: Section) -> Rule:
    section.only("step", "says", "from", *CITED)
    return Rule(
        name=name,
        step=section.number("step", LAST_STEP),
        says=section.label("says"),
        since=section.day("from"),
        cited=cited(section),
    )


def _options(top: Section, first: date) -> dict[str, Option]:
    found = {name: _option(name, section, first) for name, section in named_sections(top)}
    _same_names(top, found, OPTION_NAMES)
    return found


def _option(name: str, section: Section, first: date) -> Option:
    section.only("says", "values", "roles", "dated")
    values = section.words("values")
    named = section.table("roles")
    if set(named.values) != (set(values) if name in ROLE_OPTIONS else set()):
        wanted = "one role for each value" if name in ROLE_OPTIONS else "left out: no value is a code"
        raise section.refusal("roles", wanted)
    defaults: Table[Default] = {}
    for block in _dated(section, first):
        _keep(defaults, name, block, _default(block, values))
    return Option(
        name=name,
        says=section.label("says"),
        values=values,
        roles={value: _role(named, value, named.word(value)) for value in named.values},
        dated=tuple(default for _since, default in defaults[name]),
    )


def _default(block: Section, values: tuple[str, ...]) -> Default:
    block.only("from", *Setting, *CITED)
    chosen = {setting: block.one_of(setting.value, values) for setting in Setting}
    return Default(block.day("from"), chosen, cited(block))


def _same_names(top: Section, found: Iterable[str], wanted: tuple[str, ...]) -> None:
    for name in found:
        if name not in wanted:
            raise top.refusal(name, "gone: the program knows no such name")
    _require_names(top, found, wanted)


def _require_names(top: Section, found: Iterable[str], wanted: tuple[str, ...]) -> None:
    for name in wanted:
        if name not in found:
            raise top.refusal(name, "there: a table of this name is missing")
