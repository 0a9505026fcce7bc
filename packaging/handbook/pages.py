"""The pages of the handbook as Markdown, from its text, the rulebook and the coder."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.commands.coded_markdown import row
from handbook.answers import worked
from handbook.entries import option_entry, rule_entry
from handbook.published import not_scored
from handbook.source import PageText, Told, read_pages
from handbook.tables import TABLES

INDEX = "README"
_MADE = (
    "<!-- Made by `python3 packaging/dev.py handbook` from docs/handbook/text, the rulebook and the coder. "
    "Change those, not this page. -->"
)


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
    yield from _listed("The rules", (rule_entry(told, page) for told in page.rules))
    yield from _listed("Where payers differ", (option_entry(told) for told in page.options))
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
    if told.own_profile:
        yield f"```toml\n{told.own_profile.rstrip()}\n```\n"
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


def _finding(told: Told) -> Iterator[str]:
    yield f"### {told.name}\n"
    yield told.text + "\n"
    yield from _examples(told)
