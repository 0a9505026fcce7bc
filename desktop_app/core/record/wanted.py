"""What somebody looks for in the record: days and words, each of which narrows it further.

``vanc AK 2026-03-01..2026-03-31 corrected``: vancomycin, touched by AK, in March, with a correction.
A word may say what it is, ``chair:4`` or ``chair 4``; one that does not is compared with all there is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from desktop_app.core.ports import Listed
from desktop_app.core.record.found_by import FLAGS, Sort, Word, bare
from desktop_app.core.values import dataclass

FEWEST_OF_A_PART = 3
"""So many signs of an MRN or a batch find it from within."""
_DAY = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})"
_DAYS = re.compile(rf"(?<!\S)({_DAY})(?:\s*(?:\.\.|–|to\b|\s-\s)\s*({_DAY}))?(?!\S)", re.ASCII)
_MONTH = re.compile(r"(?<!\S)(\d{4})-(\d{1,2})(?!\S)", re.ASCII)
_SORTS = {sort.value: sort for sort in Sort}
_NAMED = re.compile(rf"(?<!\S)({'|'.join(_SORTS)})(?::\s*|\s+)(\S+)", re.IGNORECASE)
_DOTTED = re.compile(r"(?<!\S)(?:[^\W\d_]\. ?){2,3}(?=\s|$)")
_PHRASES = tuple(sorted(set(FLAGS.values()), key=len, reverse=True))
_AS_TYPED = frozenset({Sort.BY, Sort.INITIALS, Sort.CHAIR, Sort.IS})


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is looked for; of one sort, or of any."""

    text: str
    sort: Sort | None = None
    is_whole: bool = False
    """Whether nothing but the whole word is meant."""

    def means(self, word: Word) -> bool:
        """Return whether a word of a session is what is looked for."""
        if self.sort not in {None, word.sort}:
            return False
        text = bare(self.text) if word.sort in {Sort.BY, Sort.INITIALS} else self.text
        if self.is_whole or word.sort in _AS_TYPED:
            return word.text == text
        if word.sort is Sort.DRUG:
            return word.text.startswith(text) or f" {text}" in word.text
        if word.sort in {Sort.MRN, Sort.BATCH} and len(text) >= FEWEST_OF_A_PART:
            return text in word.text
        return word.text == text if word.sort is Sort.MRN else word.text.startswith(text)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: sessions seated in a range of days, with every one of some words."""

    terms: tuple[Term, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a search is: so many events of those that are in no list yet."""

    events: int
    of: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the newest sessions of all there are, and how many those are."""

    listed: tuple[Listed, ...]
    count: int


def read_wanted(text: str) -> Wanted:
    """Return what a text looks for; the days in it first, then words of several parts, then single words."""
    first, last, left = _days(" ".join(text.split()))
    terms: list[Term] = []
    left = _DOTTED.sub(lambda found: f"{bare(found[0])} ", left)
    left = _NAMED.sub(lambda found: _keep(terms, found[2], _SORTS[found[1].casefold()]), left)
    for phrase in _PHRASES:
        pattern = rf"(?<!\S){phrase}(?!\S)"
        left = re.sub(pattern, lambda found: _keep(terms, found[0], Sort.IS), left, flags=re.IGNORECASE)
    terms += [Term(word.casefold()) for word in left.split()]
    return Wanted(tuple(dict.fromkeys(terms)), first, last)


def _keep(terms: list[Term], text: str, sort: Sort) -> str:
    terms.append(Term(text.casefold(), sort))
    return " "


def _days(text: str) -> tuple[date | None, date | None, str]:
    """Return the first range of days a text names, and the text without it."""
    for found in _DAYS.finditer(text):
        first = _day(found[1])
        last = _day(found[2]) if found[2] else first
        if first is not None and last is not None:
            return min(first, last), max(first, last), text[: found.start()] + text[found.end() :]
    for found in _MONTH.finditer(text):
        if (first := _day(f"{found[1]}-{found[2]}-1")) is not None:
            last = first.replace(day=monthrange(first.year, first.month)[1])
            return first, last, text[: found.start()] + text[found.end() :]
    return None, None, text


def _day(text: str) -> date | None:
    parts = [int(part) for part in re.split("[-/]", text)]
    year, month, day = parts if "-" in text else (parts[2], *parts[:2])
    try:
        return date(year, month, day)
    except ValueError:
        return None
