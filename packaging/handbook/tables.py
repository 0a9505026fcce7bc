"""The handbook's tables, made from the files of the rulebook and of the profiles."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from desktop_app.commands.coded_markdown import plain, row
from handbook.answers import RULES
from handbook.source import ROOT, read_pages

Toml = dict[str, Any]
EVIDENCE = {
    "read": "the named page was read",
    "restated": "read in a page that restates it",
    "unread": "from general knowledge, not yet checked against the source",
}
LONGEST_IN_TABLE = 330


@cache
def rulebook_file(name: str) -> Toml:
    """Return one file of the rulebook as it is written."""
    return tomllib.loads((ROOT / "resources" / name).read_text(encoding="utf-8"))


def table(head: tuple[str, ...], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield a table."""
    yield row(head)
    yield row("---" for _ in head)
    yield from (row(str(cell) for cell in cells) for cells in rows)


def sources(cited: Toml) -> str:
    """Return the sources of a value, how far they were read, and when."""
    return f"{plain('; '.join(cited['sources']))} ({cited['evidence']}, checked {cited['checked']})"


def thresholds() -> Iterator[str]:
    """Yield every number the rules stand on, with the date from which it holds."""
    return table(
        ("Number", "What it is", "From", "Value", "Sources", "Note"),
        (
            (
                f"`{name}`",
                section["says"],
                dated["from"],
                _value(dated),
                sources(dated),
                dated.get("note", ""),
            )
            for name, section in rulebook_file("rulebook/thresholds.toml").items()
            for dated in section["dated"]
        ),
    )


def _value(dated: Toml) -> str:
    value = dated["value"]
    return ", ".join(value) if isinstance(value, list) else str(value) or "none"


def codes() -> Iterator[str]:
    """Yield the code map: role, number, our own label."""
    return table(
        ("Code", "Our label", "Counts by the hour", "From", "Role"),
        (
            (
                section["code"],
                section["label"],
                "yes" if section.get("hour") else "",
                section["from"],
                f"`{role}`",
            )
            for role, section in rulebook_file("codes.toml").items()
        ),
    )


def options() -> Iterator[str]:
    """Yield every option with its values and its defaults for both settings."""
    return table(
        ("Option", "What it asks", "Values", "Hospital", "Office", "Sources"),
        (
            (
                _linked(name),
                section["says"],
                ", ".join(f"`{value}`" for value in section["values"]),
                f"`{section['facility']}`",
                f"`{section['physician']}`",
                sources(section),
            )
            for name, section in rulebook_file("rulebook/options.toml").items()
        ),
    )


def addons() -> Iterator[str]:
    """Yield which codes each add-on code may stand behind."""
    numbers = {role: code.number for role, code in RULES.rulebook.eras[-1].codes.items()}
    return table(
        ("Add-on", "Stands behind", "Sources", "Note"),
        (
            (
                numbers[role],
                ", ".join(numbers[behind] for behind in section["behind"]),
                sources(section),
                section.get("note", ""),
            )
            for role, section in rulebook_file("rulebook/addons.toml").items()
        ),
    )


def limits() -> Iterator[str]:
    """Yield the most units of a code on one day, where that is known."""
    numbers = {role: code.number for role, code in RULES.rulebook.eras[-1].codes.items()}
    return table(
        ("Code", "From", "Most units a day", "Sources"),
        (
            (numbers[limit["role"]], limit["from"], limit["most"], sources(limit))
            for limit in rulebook_file("rulebook/limits.toml")["limit"]
        ),
    )


def profiles() -> Iterator[str]:
    """Yield each payer profile: what it chooses, and how it classes drugs."""
    return table(
        ("Profile", "For", "From", "Chooses", "Classes these drugs otherwise"),
        (
            (
                f"`{profile.name}`",
                profile.title,
                "; ".join(str(dated.since) for dated in profile.options),
                ", ".join(
                    f"`{name}` = `{value}`" for dated in profile.options for name, value in dated.choices
                ),
                ", ".join(f"{drug.hcpcs} {drug.category.value} from {drug.since}" for drug in profile.drugs),
            )
            for profile in RULES.profiles.values()
        ),
    )


def units_by_minutes() -> Iterator[str]:
    """Yield how many units running time gives, for a first hour and for hydration behind another code."""
    numbers = RULES.rulebook.eras[-1].thresholds
    shortest = numbers.push_longest_minutes + 1
    least = numbers.added_hour_more_than_minutes + 1
    rows: list[tuple[object, ...]] = [
        (f"1 … {shortest - 1}", "none: a push", "none", "none"),
        (f"{shortest} … {least - 1}", "1", "none", "none"),
    ]
    low = least
    while low <= LONGEST_IN_TABLE:
        added = numbers.added_hours(low)
        high = numbers.same_units(low, least)[1]
        told = f"1 and {added} added" if added else "1"
        rows.append((f"{low} … {high}", told, told, added + 1))
        low = high + 1
    head = ("Minutes", "Drug infusion", "Hydration, initial", "Hydration behind another code")
    return table(head, rows)


def rules() -> Iterator[str]:
    """Yield every rule by its step, with what it says."""
    listed = sorted(rulebook_file("rulebook/rules.toml").items(), key=lambda item: item[1]["step"])
    return table(
        ("Step", "Rule", "What it says", "Evidence"),
        ((rule["step"], _linked(name), rule["says"], rule["evidence"]) for name, rule in listed),
    )


def _linked(name: str) -> str:
    """Return the name of a rule or option as a link to its entry."""
    for page in read_pages():
        if any(told.name == name for told in (*page.rules, *page.options)):
            return f"[`{name}`]({page.slug}.md#{name})"
    return f"`{name}`"


def evidence() -> Iterator[str]:
    """Yield what the words for evidence mean."""
    return table(("Word", "Meaning"), ((f"*{word}*", meaning) for word, meaning in EVIDENCE.items()))


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    make.__name__: make
    for make in (thresholds, codes, options, addons, limits, profiles, units_by_minutes, rules, evidence)
}
"""Tables by the name the handbook's text asks for them."""
