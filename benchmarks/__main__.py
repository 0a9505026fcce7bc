"""Run every benchmark: ``python -m benchmarks``, or those named: ``python -m benchmarks journal``."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path


def main(wanted: list[str]) -> None:
    """Run the ``main`` of each module of this folder in turn, under its name."""
    found = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    for name in sorted(set(found) - {"__main__"}):
        if not wanted or name in wanted:
            print(f"== {name}")
            importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
