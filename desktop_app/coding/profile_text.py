"""From text to a checked payer profile."""

from __future__ import annotations

from desktop_app.coding.rulebook import DatedChoices, DrugCategory, Profile, Rulebook
from desktop_app.coding.toml_text import Section, read_toml
from desktop_app.core.orders import Category, Setting


def load_profile(file: str, text: str, rulebook: Rulebook) -> Profile:
    """Return the payer profile in a TOML text, its options checked against the rulebook.

    Raises RulebookError, with file, line, key and what was expected, for any fault.
    """
    top = read_toml(file, text)
    top.only("name", "title", "setting", "checked", "options", "drug")
    top.day("checked")
    return Profile(
        name=top.word("name"),
        title=top.word("title"),
        setting=Setting(top.one_of("setting", tuple(Setting))) if "setting" in top.values else None,
        options=tuple(_choices(block, rulebook) for block in top.sections("options")),
        drugs=tuple(_drug(block) for block in top.sections("drug")),
    )


def _choices(block: Section, rulebook: Rulebook) -> DatedChoices:
    block.only("from", "source", "set")
    choices = block.table("set").items()
    chosen = tuple((name, _choice(block, rulebook, name, value)) for name, value in choices)
    return DatedChoices(block.day("from"), chosen, block.word("source"))


def _choice(block: Section, rulebook: Rulebook, name: str, value: object) -> str:
    option = rulebook.options.get(name)
    if option is None:
        raise block.refusal("set", f'options of the rulebook, and "{name}" is none')
    text = option_text(value)
    if text not in option.values:
        raise block.refusal("set", f"{name} as one of " + ", ".join(option.values))
    return text


def option_text(value: object) -> str:
    """Return an option's value as the text the options table uses: true, 31, longest."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _drug(block: Section) -> DrugCategory:
    block.only("hcpcs", "category", "from", "until", "source")
    return DrugCategory(
        hcpcs=block.word("hcpcs"),
        category=Category(block.one_of("category", tuple(Category))),
        since=block.day("from"),
        until=block.day("until") if "until" in block.values else None,
        source=block.word("source"),
    )
