"""From texts to a checked rulebook: what each file may hold, and that nothing is missing.

A rulebook that cannot be trusted is refused whole at the start, never half used: every dated
value is cited, its dates rise, every role named anywhere is in the code map, and every option
is one the program knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date

from desktop_app.coding.drug_table import read_drugs
from desktop_app.coding.options import OPTION_NAMES, Option
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.rulebook import Code, Era, Rule, Rulebook, Thresholds
from desktop_app.coding.toml_text import Section, named_sections, read_toml
from desktop_app.core.orders import Setting

RULEBOOK_FILES = (
    "rulebook/about.toml",
    "rulebook/thresholds.toml",
    "rulebook/options.toml",
    "rulebook/addons.toml",
    "rulebook/limits.toml",
    "rulebook/rules.toml",
    "codes.toml",
    "drugs.csv",
)
"""The texts a rulebook is made of, by their path under resources."""

EVIDENCE = ("read", "restated", "unread")
_CITED = ("sources", "evidence", "checked", "note")
_THRESHOLD_NAMES = tuple(field.name for field in fields(Thresholds))

Dated = tuple[tuple[date, object], ...]
"""Values with the date each holds from, oldest first."""


def load_rulebook(texts: Mapping[str, str]) -> Rulebook:
    """Return the rulebook in the texts of RULEBOOK_FILES, by file name.

    Raises RulebookError, with file, line, key and what was expected, for any fault.
    """
    for file in RULEBOOK_FILES:
        if file not in texts:
            raise RulebookError(file, 1, "the file", "there")
    tops = {file: read_toml(file, texts[file]) for file in RULEBOOK_FILES if file.endswith(".toml")}
    codes = _codes(tops["codes.toml"])
    roles = frozenset(role for role, _since, _code in codes)
    about = tops["rulebook/about.toml"]
    about.only("version", "checked", "title")
    about.day("checked")
    return Rulebook(
        version=about.word("version"),
        eras=_eras(_thresholds(tops["rulebook/thresholds.toml"]), codes, _limits(tops, roles)),
        rules={name: _rule(name, section) for name, section in named_sections(tops["rulebook/rules.toml"])},
        options=_options(tops["rulebook/options.toml"], roles),
        addons=_addons(tops["rulebook/addons.toml"], roles),
        drugs=read_drugs("drugs.csv", texts["drugs.csv"]),
    )


def _eras(
    thresholds: Mapping[str, Dated],
    codes: list[tuple[str, date, Code]],
    limits: list[tuple[str, date, int]],
) -> tuple[Era, ...]:
    """Cut time at every date something changes on, from the day the numbers begin."""
    first = max(dated[0][0] for dated in thresholds.values())
    changes = {since for dated in thresholds.values() for since, _value in dated}
    changes |= {since for _role, since, _thing in codes} | {since for _role, since, _most in limits}
    return tuple(
        Era(
            since=day,
            thresholds=Thresholds(**{name: _on(dated, day) for name, dated in thresholds.items()}),  # type: ignore[arg-type]  # each read by its kind
            codes={role: code for role, since, code in codes if since <= day},
            limits={role: most for role, since, most in limits if since <= day},
        )
        for day in sorted(changes)
        if day >= first
    )


def _on(dated: Dated, day: date) -> object:
    return [value for since, value in dated if since <= day][-1]


def _thresholds(top: Section) -> dict[str, Dated]:
    found = {name: _dated(name, section) for name, section in named_sections(top)}
    _same_names(top, found, _THRESHOLD_NAMES)
    return found


def _dated(name: str, section: Section) -> Dated:
    section.only("says", "dated")
    section.word("says")
    values: list[tuple[date, object]] = []
    for block in section.sections("dated"):
        block.only("from", "value", *_CITED)
        _citation(block)
        since = block.day("from")
        if values and since <= values[-1][0]:
            raise block.refusal("from", "after the date of the block above it")
        values.append((since, _value(name, block)))
    if not values:
        raise section.refusal("dated", "at least one block with a date and a value")
    return tuple(values)


def _value(name: str, block: Section) -> object:
    if name.endswith(("_minutes", "_hours")):
        return block.number("value")
    return block.word("value") if name.endswith("_modifier") else block.words("value")


def _codes(top: Section) -> list[tuple[str, date, Code]]:
    found = []
    for role, section in _code_sections(top):
        section.only("code", "label", "hour", "from")
        code = Code(role, section.word("code"), section.word("label"), section.yes("hour"))
        found.append((role, section.day("from"), code))
    return found


def _code_sections(top: Section) -> Iterator[tuple[str, Section]]:
    """Yield each role's table; a number that replaces another is a further ``[[role]]`` block."""
    for role, value in top.values.items():
        if isinstance(value, list):
            yield from ((role, section) for section in top.sections(role))
        else:
            yield role, top.section(role)


def _limits(tops: Mapping[str, Section], roles: frozenset[str]) -> list[tuple[str, date, int]]:
    top = tops["rulebook/limits.toml"]
    top.only("limit")
    found = []
    for block in top.sections("limit"):
        block.only("role", "from", "most", *_CITED)
        _citation(block)
        role = _role(block, "role", block.word("role"), roles)
        found.append((role, block.day("from"), block.number("most")))
    return found


def _addons(top: Section, roles: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found = {}
    for addon, section in named_sections(top):
        section.only("behind", *_CITED)
        _citation(section)
        _role(section, "behind", addon, roles)
        found[addon] = tuple(_role(section, "behind", role, roles) for role in section.words("behind"))
    return found


def _role(section: Section, key: str, role: str, roles: frozenset[str]) -> str:
    if role not in roles:
        raise section.refusal(key, f'a role of the code map, and "{role}" is none')
    return role


def _rule(name: str, section: Section) -> Rule:
    section.only("step", "says", *_CITED)
    _citation(section)
    return Rule(
        name=name,
        step=section.number("step"),
        says=section.word("says"),
        sources=section.words("sources"),
        evidence=section.word("evidence"),
        note=section.word("note", ""),
    )


def _options(top: Section, roles: frozenset[str]) -> dict[str, Option]:
    found = {name: _option(name, section, roles) for name, section in named_sections(top)}
    _same_names(top, found, OPTION_NAMES)
    return found


def _option(name: str, section: Section, roles: frozenset[str]) -> Option:
    section.only("says", "values", "facility", "physician", "roles", *_CITED)
    _citation(section)
    values = section.words("values")
    named = {str(value): str(role) for value, role in section.table("roles").items()}
    if named and set(named) != set(values):
        raise section.refusal("roles", "one role for each value")
    return Option(
        name=name,
        says=section.word("says"),
        values=values,
        defaults={setting: section.one_of(setting.value, values) for setting in Setting},
        roles={value: _role(section, "roles", role, roles) for value, role in named.items()},
        sources=section.words("sources"),
        note=section.word("note", ""),
    )


def _citation(section: Section) -> None:
    """See that a value says where it comes from, how far that was read, and when."""
    section.words("sources")
    section.one_of("evidence", EVIDENCE)
    section.day("checked")
    section.word("note", "")


def _same_names(top: Section, found: Iterable[str], wanted: tuple[str, ...]) -> None:
    for name in found:
        if name not in wanted:
            raise top.refusal(name, "gone: the program knows no such name")
    for name in wanted:
        if name not in found:
            raise top.refusal(name, "there: a table of this name is missing")
