"""The pages of the handbook as Markdown, from its text, the rulebook and the coder."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.commands.coded_markdown import plain, row
from handbook.answers import RULES, answered, chosen, in_short, picture, worked
from handbook.published import not_scored
from handbook.source import PageText, Told, read_pages
from handbook.tables import EVIDENCE, TABLES, Toml, rulebook_file

INDEX = "README"
_MADE = (
    "<!-- Made by `python3 packaging/dev.py handbook` from docs/handbook/text, the rulebook and the coder. "
    "Change those, not this page. -->"
)
_POINTS_TO_OPTION = "Payers differ: option"
_SETTINGS = {"facility": "hospital", "physician": "office"}


def pages() -> dict[str, str]:
    """Return every page of the handbook by file name."""
    told = read_pages()
    return {f"{_name(page)}.md": "\n".join(_page(page, told)).rstrip() + "\n" for page in told}


def _name(page: PageText) -> str:
    return INDEX if page.slug.startswith("00-") else page.slug


def _page(page: PageText, all_pages: tuple[PageText, ...]) -> Iterator[str]:
    yield _MADE + "\n"
    yield f"# {page.title}\n"
    yield page.intro + "\n"
    if _name(page) == INDEX:
        yield from _contents(all_pages)
    for section in page.sections:
        yield from _section(section)
    yield from _listed("The rules", (_rule(told, page) for told in page.rules))
    yield from _listed("Where payers differ", (_option(told) for told in page.options))
    yield from _listed("The findings", (_finding(told) for told in page.findings))
    if _name(page) != INDEX:
        yield "[Back to the contents](README.md)"


def _contents(all_pages: tuple[PageText, ...]) -> Iterator[str]:
    yield "## Contents\n"
    yield row(("Page", "What is on it"))
    yield row(("---", "---"))
    for page in all_pages:
        if _name(page) != INDEX:
            yield row((f"[{page.title}]({page.slug}.md)", page.summary))
    yield ""


def _listed(heading: str, items: Iterator[Iterator[str]]) -> Iterator[str]:
    told = [line for item in items for line in item]
    if told:
        yield f"## {heading}\n"
        yield from told


def _section(told: Told) -> Iterator[str]:
    yield f"## {told.name}\n"
    yield told.text + "\n"
    if told.table == "not_scored":
        yield from not_scored()
    elif told.table:
        yield from TABLES[told.table]()
        yield ""
    yield from _examples(told)


def _examples(told: Told) -> Iterator[str]:
    for example in told.examples:
        yield from worked(example)
        yield ""


def _rule(told: Told, page: PageText) -> Iterator[str]:
    raw = rulebook_file("rulebook/rules.toml")[told.name]
    yield f"### {told.name}\n"
    yield f"> {raw['says']}\n"
    yield told.text + "\n"
    yield f"- Step {raw['step']}. Sources: {plain('; '.join(raw['sources']))}."
    yield _checked(raw)
    note = raw.get("note", "")
    if note and not note.startswith(_POINTS_TO_OPTION):
        yield f"- Note: {plain(note)}"
    touched = [f"[{option.name}](#{option.name})" for option in page.options if told.name in option.rules]
    if touched:
        yield f"- Payers differ: {', '.join(touched)}."
    yield ""
    yield from _examples(told)


def _checked(raw: Toml) -> str:
    if raw["sources"][0].startswith("Our own"):
        return f"- Checked {raw['checked']}."
    return f"- Evidence: *{raw['evidence']}*, {EVIDENCE[raw['evidence']]}; checked {raw['checked']}."


def _option(told: Told) -> Iterator[str]:
    raw = rulebook_file("rulebook/options.toml")[told.name]
    yield f"### {told.name}\n"
    yield f"> {raw['says']}\n"
    yield told.text + "\n"
    yield row(("Value", "What it does, and who wants it", "Default for"))
    yield row(("---",) * 3)
    for value in raw["values"]:
        usual = [words for setting, words in _SETTINGS.items() if raw[setting] == value]
        yield row((f"`{value}`", told.values[value], " and ".join(usual)))
    yield ""
    yield f"- Sources: {plain('; '.join(raw['sources']))}."
    yield _checked(raw)
    if raw.get("note"):
        yield f"- Note: {plain(raw['note'])}"
    yield from _set_by(told.name)
    yield ""
    for example in told.examples:
        yield example.caption + "\n"
        yield from picture(*answered(example.case))
        yield row((f"`{told.name}`", "The answer"))
        yield row(("---", "---"))
        for value in raw["values"]:
            yield row((f"`{value}`", in_short(*answered(chosen(example.case, told.name, value)))))
        yield ""
        if example.after:
            yield example.after + "\n"


def _set_by(option: str) -> Iterator[str]:
    chosen_by = [
        f"`{profile.name}` chooses `{value}`"
        for profile in RULES.profiles.values()
        for dated in profile.options
        for name, value in dated.choices
        if name == option
    ]
    if chosen_by:
        yield f"- Profiles: {', '.join(chosen_by)}."


def _finding(told: Told) -> Iterator[str]:
    yield f"### {told.name}\n"
    yield told.text + "\n"
    yield from _examples(told)
