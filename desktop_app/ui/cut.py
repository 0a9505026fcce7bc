"""Words that are too long for their place, cut where it does no harm: a dose or a time is whole or not there.

Half a dose reads like another dose, and half a time like another time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.ui.widgets.letters import Letters

_BRAND = re.compile(r" \([^)]*\)")
_SLACK = 2
"""Words are drawn up to so many pixels wider than they are measured."""
_DOSE = re.compile(r" \d[\d.,]* \S+$")


def without_brand(words: str) -> str:
    """Leave out what stands in brackets: immune globulin for immune globulin (Gammagard liquid)."""
    return _BRAND.sub("", words)


def drug_forms(words: str) -> tuple[str, ...]:
    """Return a drug with its dose, then shorter: without its brand, and last without the dose."""
    generic = without_brand(words)
    return tuple(dict.fromkeys((words, generic, _DOSE.sub("", generic))))


def fitting(forms: Sequence[str], metrics: Letters, width: int) -> str:
    """Return the first form that is no wider than ``width`` pixels, else as much of the last as is."""
    whole = (words for words in forms if metrics.width(words) <= width)
    return next(whole, metrics.cut(forms[-1], width))


def shortened(words: str, end: str, metrics: Letters, width: int) -> str:
    """Cut words that are too long before their end, which stays whole: a dose, the digits of an MRN."""
    if metrics.width(words) <= width or not end:
        return metrics.cut(words, width)
    tail = f" {end}"
    begin = words.removesuffix(end).rstrip()
    room = width - metrics.width(tail)
    return metrics.cut(begin, room) + tail


def keeping_time(line: str, metrics: Letters, width: int) -> str:
    """Cut whole words of a line before the time it ends with; a line that ends otherwise loses its end."""
    begin, _, last = line.rpartition(" ")
    width -= _SLACK
    if ":" not in last or metrics.width(line) <= width:
        return metrics.cut(line, width)
    words = begin.split()
    counts = (count for count in range(len(words) - 1, 0, -1) if words[count - 1].isalpha())
    cut = (f"{' '.join(words[:count])}… {last}" for count in counts)
    fits = (text for text in cut if metrics.width(text) <= width)
    return next(fits, shortened(line, last, metrics, width))


def beside(name: tuple[str, Letters], said: tuple[str, Letters], dose: str, width: int) -> tuple[str, str]:
    """Return a drug's name and what is said beside it, cut so that the dose it begins with is whole."""
    (drug, bold), (how, plain) = name, said
    if bold.width(drug) + plain.width(how) <= width:
        return drug, how
    if not dose:
        left = width - bold.width(drug)
        return drug, plain.cut(how, left)
    shown = fitting((without_brand(drug),), bold, width - plain.width(dose))
    room = width - bold.width(shown)
    rest = plain.cut(how, room)
    return shown, rest if rest == how or rest.startswith(f"{dose} ") else dose
