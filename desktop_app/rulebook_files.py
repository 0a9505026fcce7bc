"""Where the rulebook and the payer profiles are read from disk; the coding room opens no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.profile_text import load_profile
from desktop_app.coding.rulebook import Profile, Rulebook
from desktop_app.coding.rulebook_text import RULEBOOK_FILES, load_rulebook
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
