"""Run every benchmark: ``python -m benchmarks``, or those named: ``python -m benchmarks journal``.

What is no name of one is for the one that is named: ``python -m benchmarks year xlsx``.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path


def main(words: list[str]) -> None:
    """Run the ``main`` of each module of this folder in turn, under its name."""
    found = {module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])} - {"__main__"}
    wanted, options = [word for word in words if word in found], [word for word in words if word not in found]
    if options and len(wanted) != 1:
        sys.exit(f"There is no benchmark {options[0]}, only {', '.join(sorted(found))}.")
    for name in sorted(wanted or found):
        print(f"== {name}")
        importlib.import_module(f"benchmarks.{name}").main(*options)


if __name__ == "__main__":
    main(sys.argv[1:])
