"""From text to a checked payer profile."""

from __future__ import annotations

import re

from desktop_app.coding.citing import CITED, cited
from desktop_app.coding.rulebook import DatedChoices, DrugCategory, Profile, Rulebook
from desktop_app.coding.toml_text import Section, read_toml
from desktop_app.core.orders import Category, Setting
from desktop_app.core.recordable import DRUG_CODE

PROFILE_NAME = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,39}")
"""Small letters, digits and hyphens; not what Windows keeps for devices, for a file is named so."""
NAME_EXPECTED = "a name of at most 40 small letters, digits and hyphens"

_FOLDERS = re.compile(r".*[/\\]")


def load_profile(file: str, text: str, rulebook: Rulebook) -> Profile:
    """Return the payer profile in a TOML text, its options checked against the rulebook.

    The profile has the name of its file. Raises RulebookError, with file, line, key and what was
    expected, for any fault.
    """
    top = read_toml(file, text)
    top.only("name", "title", "setting", "options", "drug")
    return Profile(
        name=_name(top),
        title=top.label("title"),
        setting=Setting(top.one_of("setting", tuple(Setting))) if "setting" in top.values else None,
        options=_options(top, rulebook),
        drugs=_drugs(top),
    )


def _name(top: Section) -> str:
    name = top.shaped("name", PROFILE_NAME, NAME_EXPECTED)
    stem = _FOLDERS.sub("", top.file).removesuffix(".toml")
    if name != stem:
        raise top.refusal("name", f'"{stem}", as the file is called')
    return name


def _options(top: Section, rulebook: Rulebook) -> tuple[DatedChoices, ...]:
    found: list[DatedChoices] = []
    for block in top.sections("options"):
        block.only("from", "set", *CITED)
        since = block.day("from")
        if found and since <= found[-1].since:
            raise block.refusal("from", "after the date of the block above it")
        found.append(DatedChoices(since, _choices(block, rulebook), cited(block)))
    return tuple(found)


def _choices(block: Section, rulebook: Rulebook) -> tuple[tuple[str, str], ...]:
    chosen = block.table("set")
    if not chosen.values:
        raise block.refusal("set", "at least one option with its value")
    return tuple((name, _choice(chosen, name, rulebook)) for name in chosen.values)


def _choice(chosen: Section, name: str, rulebook: Rulebook) -> str:
    option = rulebook.options.get(name)
    if option is None:
        raise chosen.refusal(name, "gone: the rulebook has no option of this name")
    text = option_text(chosen.values[name])
    if text not in option.values:
        raise chosen.refusal(name, "one of " + ", ".join(option.values))
    return text


def option_text(value: object) -> str:
    """Return an option's value as the text the options table uses: true, 31, longest."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _drugs(top: Section) -> tuple[DrugCategory, ...]:
    found: dict[str, list[DrugCategory]] = {}
    for block in top.sections("drug"):
        drug = _drug(block)
        before = found.setdefault(drug.hcpcs, [])
        if before:
            _require_after(block, drug, before[-1])
        before.append(drug)
    return tuple(drug for drugs in found.values() for drug in drugs)


def _drug(block: Section) -> DrugCategory:
    block.only("hcpcs", "category", "from", "until", *CITED)
    drug = DrugCategory(
        hcpcs=block.shaped("hcpcs", DRUG_CODE, "a drug code such as J1745, in quotes"),
        category=Category(block.one_of("category", tuple(Category))),
        since=block.day("from"),
        until=block.day("until") if "until" in block.values else None,
        cited=cited(block),
    )
    if drug.until is not None and drug.until < drug.since:
        raise block.refusal("until", f"a date not before {drug.since}")
    return drug


def _require_after(block: Section, drug: DrugCategory, before: DrugCategory) -> None:
    """Refuse dates on which a drug would be in two categories."""
    if before.until is None:
        raise block.refusal("from", f"after the block above for {drug.hcpcs}, which has no last day (until)")
    if drug.since <= before.until:
        raise block.refusal("from", f"after {before.until}, the last day of the block above for {drug.hcpcs}")
