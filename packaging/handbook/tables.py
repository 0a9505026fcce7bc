"""The handbook's tables, made from the files of the rulebook and of the profiles."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from desktop_app.coding.options import Cited
from desktop_app.coding.rulebook import DatedChoices, DrugCategory, Profile
from desktop_app.commands.coded_markdown import plain, row
from desktop_app.core.orders import Setting
from handbook.practice import RULES
from handbook.source import ROOT, PageText, page_of

Toml = dict[str, Any]
EVIDENCE = {
    "read": "the named page was read",
    "restated": "read in a page that restates it",
    "unread": "from general knowledge, not yet checked against the source",
}
SETTINGS = {Setting.FACILITY: "hospital", Setting.PHYSICIAN: "office"}
"""What the handbook calls each setting."""
TEMPLATE = "custom"
"""The profile that is only there to be copied: it sets every option to its default."""
LONGEST_IN_TABLE = 330
_OPTION = re.compile(r"option ((?:\w|\\_)+)")


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
                with_links(dated.get("note", "")),
            )
            for name, section in rulebook_file("rulebook/thresholds.toml").items()
            for dated in section["dated"]
        ),
    )


def _value(dated: Toml) -> str:
    value = dated["value"]
    return ", ".join(value) if isinstance(value, list) else str(value) or "none"


def codes() -> Iterator[str]:
    """Yield the code map: role, number, our own label, and below it where the numbers come from."""
    numbers = list(dict.fromkeys(code for era in RULES.rulebook.eras for code in era.codes.values()))
    yield from table(
        ("Code", "Our label", "Counts by the hour", "From", "Role"),
        (
            (code.number, code.label, "yes" if code.hour else "", code.since, f"`{code.role}`")
            for code in numbers
        ),
    )
    cited = Counter(code.cited for code in numbers)
    usual = cited.most_common(1)[0][0]
    yield f"\nSources: {_cited(usual)}. {with_links(usual.note)}"
    for code in numbers:
        if code.cited != usual:
            yield f"\n{code.number}: {_cited(code.cited)}. {with_links(code.cited.note)}".rstrip()


def _cited(cited: Cited) -> str:
    return f"{plain('; '.join(cited.sources))} ({cited.evidence}, checked {cited.checked})"


def options() -> Iterator[str]:
    """Yield every option with its values and its dated defaults for both settings."""
    return table(
        ("Option", "What it asks", "Values", "From", "Hospital", "Office", "Sources"),
        (
            (
                _linked(option.name),
                option.says,
                ", ".join(f"`{value}`" for value in option.values),
                dated.since,
                *(f"`{dated.values[setting]}`" for setting in SETTINGS),
                _cited(dated.cited),
            )
            for option in RULES.rulebook.options.values()
            for dated in option.dated
        ),
    )


def addons() -> Iterator[str]:
    """Yield which codes each add-on code may stand behind, from a date on."""
    return table(
        ("Add-on", "From", "Stands behind", "Sources", "Note"),
        (
            (
                _number(role, block["from"]),
                block["from"],
                ", ".join(_number(behind, block["from"]) for behind in block["behind"]),
                sources(block),
                block.get("note", ""),
            )
            for role, said in rulebook_file("rulebook/addons.toml").items()
            for block in (said if isinstance(said, list) else [said])
        ),
    )


def _number(role: str, day: date) -> str:
    """Return the code number of a role on a date, or its first one where it has none yet."""
    era = RULES.rulebook.on(day) or RULES.rulebook.eras[0]
    held = era.codes.get(role) or next(era.codes[role] for era in RULES.rulebook.eras if role in era.codes)
    return held.number


def limits() -> Iterator[str]:
    """Yield the most units of a code on one day, where that is known."""
    return table(
        ("Code", "From", "Most units a day", "Sources", "Note"),
        (
            (
                _number(limit["role"], limit["from"]),
                limit["from"],
                limit["most"],
                sources(limit),
                limit.get("note", ""),
            )
            for limit in rulebook_file("rulebook/limits.toml")["limit"]
        ),
    )


def profiles() -> Iterator[str]:
    """Yield each payer profile: whom it serves, what it chooses from a date on, how it classes drugs."""
    return table(
        ("Profile", "What it is", "For", "Chooses", "Classes these drugs itself"),
        (
            (
                f"`{profile.name}`",
                profile.title,
                SETTINGS[profile.setting] if profile.setting else "both",
                "; ".join(_choices(profile, dated) for dated in profile.options),
                ", ".join(_classed(drug) for drug in profile.drugs),
            )
            for profile in RULES.profiles.values()
        ),
    )


def _choices(profile: Profile, dated: DatedChoices) -> str:
    if profile.name == TEMPLATE:
        return f"from {dated.since} every option, each as it is by default for a hospital"
    told = ", ".join(f"`{name}` = `{value}`" for name, value in dated.choices)
    return f"from {dated.since} {told}"


def _classed(drug: DrugCategory) -> str:
    until = f" until {drug.until}" if drug.until else ""
    return f"{drug.hcpcs} {drug.category.value} from {drug.since}{until}"


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
    page = page_of(name)
    return f"[`{name}`]({page.slug}.md#{name})" if page else f"`{name}`"


def with_links(note: str, page: PageText | None = None) -> str:
    """Return a note as Markdown, each option in it as a link to its entry, seen from a page."""
    return _OPTION.sub(lambda found: _option_linked(found[1], page), plain(note))


def _option_linked(escaped: str, page: PageText | None) -> str:
    option = escaped.replace("\\", "")
    home = page_of(option)
    if home is None:
        return f"option {escaped}"
    return f"option [{option}]({'' if home is page else f'{home.slug}.md'}#{option})"


def evidence() -> Iterator[str]:
    """Yield what the words for evidence mean."""
    return table(("Word", "Meaning"), ((f"*{word}*", meaning) for word, meaning in EVIDENCE.items()))


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    make.__name__: make
    for make in (thresholds, codes, options, addons, limits, profiles, units_by_minutes, rules, evidence)
}
"""Tables by the name the handbook's text asks for them."""
