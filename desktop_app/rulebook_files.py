"""Where the rulebook and the payer profiles are read from disk; the coding room opens no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.profile_text import load_profile
from desktop_app.coding.rulebook import Profile, Rulebook
from desktop_app.coding.rulebook_text import RULEBOOK_FILES, load_rulebook
from desktop_app.coding.table_text import FOLDER, INDEX, NOTHING_IMPORTED, Index, read_index, read_table
from desktop_app.coding.tables import EMPTY_TABLES, Tables, by_key
from desktop_app.core.orders import Setting


@dataclass(frozen=True, slots=True, eq=False)
class StandardRules:
    """The rulebook and profiles the program came with."""

    rulebook: Rulebook
    profiles: Mapping[str, Profile]

    def profile_for(self, setting: Setting, name: str = "") -> Profile:
        """Return a profile by name, or the Medicare one of a setting. Raises KeyError for no such name."""
        return self.profiles[name or f"medicare-{setting.value}"]


@cache
def load_standard() -> StandardRules:
    """Read the rulebook and profiles once. Raises RulebookError or OSError; a person must see it."""
    return read_rules(paths.resources())


def read_rules(folder: Path) -> StandardRules:
    """Read a rulebook and its profiles from a resources folder. Raises RulebookError or OSError."""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in RULEBOOK_FILES}
    rulebook = load_rulebook(texts)
    profiles = [
        load_profile(f"profiles/{path.name}", path.read_text(encoding="utf-8"), rulebook)
        for path in sorted((folder / "profiles").glob("*.toml"))
    ]
    return StandardRules(rulebook, {profile.name: profile for profile in profiles})


def with_tables(rules: StandardRules, data_dir: Path | None) -> StandardRules:
    """Return rules with the tables imported into a data folder. Raises RulebookError or OSError."""
    tables = EMPTY_TABLES if data_dir is None else load_tables(data_dir)
    return StandardRules(replace(rules.rulebook, tables=tables), rules.profiles)


def load_index(data_dir: Path) -> Index:
    """Read which tables a data folder holds. Raises RulebookError or OSError."""
    file = data_dir / FOLDER / INDEX
    if not file.exists():
        return NOTHING_IMPORTED
    return read_index(f"{FOLDER}/{INDEX}", _plain_text(file))


def load_tables(data_dir: Path) -> Tables:
    """Read the tables that were imported into a data folder. Raises RulebookError or OSError."""
    index = load_index(data_dir)
    if not index.tables and not index.ndcs:
        return EMPTY_TABLES
    rows = {
        kind: by_key(
            read_table(f"{FOLDER}/{entry.file}", kind, _plain_text(data_dir / FOLDER / entry.file), entry)
        )
        for kind, entry in index.tables.items()
    }
    since = {kind: date.fromisoformat(entry.since) for kind, entry in index.tables.items()}
    return Tables(rows, since, index.ndcs)


def _plain_text(file: Path) -> str:
    """Return a file's text; what is not UTF-8 in it is no part of what was written."""
    return file.read_bytes().decode("utf-8", errors="replace")
