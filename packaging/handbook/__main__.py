"""Writes the handbook's pages anew, and says which of them changed."""

from __future__ import annotations

import sys

from handbook.pages import pages
from handbook.source import TEXT


def main() -> int:
    """Write every page that is not as it should be, and take away pages that are no longer made."""
    folder = TEXT.parent
    made = pages()
    changed = [name for name, text in made.items() if not _is_written(name, text)]
    for name in changed:
        (folder / name).write_text(made[name], encoding="utf-8", newline="\n")
    gone = sorted(path for path in folder.glob("*.md") if path.name not in made)
    for path in gone:
        path.unlink()
    told = [*changed, *(f"{path.name} (gone)" for path in gone)]
    print(f"docs/handbook: {len(made)} pages; changed: {', '.join(told) or 'none'}.")
    return 0


def _is_written(name: str, text: str) -> bool:
    path = TEXT.parent / name
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
