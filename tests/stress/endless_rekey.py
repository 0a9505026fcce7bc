"""Gives a folder one new data key after the other until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.store.people import open_as


def main(path: Path) -> None:
    """Renew for ever, and say so each time."""
    while True:
        folder = open_as(path)
        folder.sign_in.renew_data_key()
        folder.close()
        sys.stdout.write("renewed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
