"""Every value says where it comes from, how far that was read, and when."""

from __future__ import annotations

from desktop_app.coding.options import Cited
from desktop_app.coding.toml_text import Section

EVIDENCE = ("read", "restated", "unread")
CITED = ("sources", "evidence", "checked", "note")
"""The keys of a citation."""


def cited(section: Section) -> Cited:
    """Return the citation in a table. Raises RulebookError for one that is not whole."""
    return Cited(
        sources=section.words("sources"),
        evidence=section.one_of("evidence", EVIDENCE),
        checked=section.day("checked"),
        note=section.word("note", ""),
    )


def cited_as(section: Section, usual: Cited) -> Cited:
    """Return a table's own citation, or its file's where it has none."""
    return cited(section) if any(key in section.values for key in CITED) else usual
