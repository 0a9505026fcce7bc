"""One door to every chore: ``python3 packaging/dev.py WORD``. Needs Python 3.11 and nothing else."""

from __future__ import annotations

import sys

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    sys.exit("Chairtime needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))

from chores import audit, bundle, checks, handbook, locks, showing
from chores.terminal import Stopped, say

WORDS = {
    "run": (showing.run, "open the window; without a display, play the demo day into ./chairtime-demo"),
    "test": (checks.test, "check style and types, then run the tests; further words go to pytest"),
    "lint": (checks.lint, "check style and types only"),
    "build": (bundle.build, "make the program that needs no Python, in dist/chairtime"),
    "smoke": (bundle.smoke, "play the demo day with the built program"),
    "coverage": (checks.coverage, "run the coder's tests; every line and branch of it must be touched"),
    "mutate": (checks.mutate, "plant faults in the coder one at a time: each must fail a test"),
    "bench": (checks.bench, "measure, side by side with the plainest way of doing the same"),
    "stress": (checks.stress, "run the long tests: kills, mangled input, ten thousand random touches"),
    "pictures": (showing.pictures, "take a picture of everything, in both schemes and every size"),
    "handbook": (handbook.handbook, "write the biller's handbook anew from its text and the rulebook"),
    "audit": (audit.audit, "list what is pinned, with licences, and which of it an advisory names"),
    "lock": (locks.lock, "renew the locks; --upgrade takes newer releases"),
}


def explain() -> None:
    """Print the words and what each does."""
    say("python3 packaging/dev.py WORD")
    for word, (_, meaning) in WORDS.items():
        say(f"  {word:10}{meaning}")


def main(arguments: list[str]) -> int:
    """Do the chore the first argument names, with the others, and return the exit status."""
    word, *others = arguments or ["help"]
    if word in {"help", "-h", "--help"}:
        explain()
        return 0
    if word not in WORDS:
        say(f"There is no word {word!r}.")
        explain()
        return 2
    chore, _ = WORDS[word]
    try:
        return chore(others)
    except Stopped as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
