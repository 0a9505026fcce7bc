"""The handbook's text: a file a page in ``docs/handbook/text``, prose and examples by rule and option.

An example is a case in the case format with a caption, so that it can be coded like any other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TEXT = ROOT / "docs" / "handbook" / "text"


@dataclass(frozen=True, slots=True)
class Example:
    """One visit: what is to be seen in it, the case itself, and what follows."""

    case: Mapping[str, Any]
    caption: str
    after: str = ""
    profile: str = ""
    """The payer it is coded for; Medicare of its setting where that is not said."""
    own_profile: str = ""
    """The text of that payer's profile, where it is the practice's own."""
    seated_with: str = ""
    """The payer its session was seated with, where it is coded as a session."""
    ended: str = ""
    """When its session ended, by the clock in the case's zone, where it is coded as a session."""
    stopped_again: str = ""
    """When each of its services was stopped a second time, by the clock in the case's zone."""
    clock_set_back: str = ""
    """When the computer's clock was set back by an hour, by the clock in the case's zone."""
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Rows the practice imported, by the kind of their table, as the program keeps them."""
    ndcs: Mapping[str, str] = field(default_factory=dict)
    """What ten digits were remembered to stand for."""

    @property
    def is_session(self) -> bool:
        """Whether it tells of more than a visit: of the session it was timed in."""
        return bool(self.seated_with or self.ended or self.stopped_again or self.clock_set_back)


@dataclass(frozen=True, slots=True)
class Told:
    """One rule, option, finding or section with its prose and its examples."""

    name: str
    text: str
    examples: tuple[Example, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """For an option: what each value does and who wants it."""
    rules: tuple[str, ...] = ()
    """For an option: the rules it touches."""
    table: str = ""
    """The generated table that stands below the prose."""
    own_profile: str = ""
    """The text of a payer profile of the practice's own, by which its examples may be coded."""


@dataclass(frozen=True, slots=True)
class PageText:
    """Everything written by hand for one page."""

    slug: str
    title: str
    summary: str
    intro: str
    sections: tuple[Told, ...]
    rules: tuple[Told, ...]
    options: tuple[Told, ...]
    findings: tuple[Told, ...]

    @property
    def examples(self) -> tuple[Example, ...]:
        """Return every example of the page."""
        told = (*self.sections, *self.rules, *self.options, *self.findings)
        return tuple(example for item in told for example in item.examples)


@cache
def read_pages(folder: Path = TEXT) -> tuple[PageText, ...]:
    """Return the text of every page, in the order of their file names."""
    return tuple(_page(path) for path in sorted(folder.glob("*.toml")))


def page_of(name: str) -> PageText | None:
    """Return the page that has the entry of a rule or option; None where there is no such entry."""
    pages = read_pages()
    return next((page for page in pages for told in (*page.rules, *page.options) if told.name == name), None)


def _page(path: Path) -> PageText:
    raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    told = {kind: tuple(_told(item) for item in raw.pop(kind, ())) for kind in _KINDS}
    return PageText(path.stem, raw["title"], raw["summary"].strip(), raw["intro"].strip(), **told)


_KINDS = ("sections", "rules", "options", "findings")


def _told(raw: dict[str, Any]) -> Told:
    return Told(
        name=raw["name"],
        text=raw["text"].strip(),
        examples=tuple(_example(item, raw.get("own_profile", "")) for item in raw.get("examples", ())),
        values=raw.get("values", {}),
        rules=tuple(raw.get("rules", ())),
        table=raw.get("table", ""),
        own_profile=raw.get("own_profile", ""),
    )


def _example(raw: dict[str, Any], own_profile: str) -> Example:
    return Example(
        case=raw["case"],
        caption=raw["caption"].strip(),
        after=raw.get("after", "").strip(),
        profile=raw.get("profile", ""),
        own_profile=own_profile,
        seated_with=raw.get("seated_with", ""),
        ended=raw.get("ended", ""),
        stopped_again=raw.get("stopped_again", ""),
        clock_set_back=raw.get("clock_set_back", ""),
        tables={kind: tuple(rows) for kind, rows in raw.get("tables", {}).items()},
        ndcs=raw.get("ndcs", {}),
    )
