"""Bytes gone wrong: a small fuzzer of our own, the same mutants for the same seed on every machine.

It needs no coverage to steer by: good examples are spoilt in the ways in which files do go wrong, and
in those that a person with bad intent would try.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random

LONGEST = 60_000
"""Bytes of a mutant; how much a parser takes at all is another question, asked by tests of their own."""

ODD = (
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\x1a",
    b"\x1b[31m",
    b"\x1d",
    b"\x0b\x1c",
    b"\r",
    b"\n",
    b"\r\n\r\n",
    b"\xe2\x80\xae",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b'"',
    b"'",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"=",
    b"|",
    b"~",
    b"^",
    b"*",
    b":",
    b"%s",
    b"{0}",
    b"../",
    b"..\\",
    b"/etc/passwd",
    b"C:CON",
    b"\xd9\xa1\xd9\xa2\xd9\xa3",
    b"\xc2\xb2",
    b"\xe2\x91\xa0",
)
NUMBERS = (
    b"0",
    b"-0",
    b"-1",
    b"1e400",
    b"-1e-400",
    b"1e999999999",
    b"1e99999999999999999999",
    b"NaN",
    b"Infinity",
    b"0x10",
    b"1_000",
    b"00",
    b"9" * 19,
    b"9" * 400,
    b"9" * 4_301,
    b"1." + b"0" * 400 + b"1",
    b"2147483648",
    b"9223372036854775808",
    b"-9223372036854775809",
)
WORDS = (b"null", b"true", b"[]", b"{}", b'""', b"[[]]", b'{"a":1}', b"[1,2", b"0001-01-01", b"9999-12-31")
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")
_TOKEN = re.compile(rb'"[^"\n]{0,80}"|[A-Za-z_][A-Za-z_0-9-]*|-?[0-9][0-9.:T-]*')

Spoil = Callable[[Random, bytes, Sequence[bytes]], bytes]


def mutants(seeds: Sequence[bytes], count: int, seed: int = 0) -> Iterator[bytes]:
    """Yield so many spoilt forms of some good examples, each spoilt once to three times."""
    chance = Random(seed)  # noqa: S311 - faults, not secrets
    for number in range(count):
        made = chance.choice(seeds)
        for _ in range(1 + number % 3):
            made = chance.choice(SPOILS)(chance, made, seeds)[:LONGEST]
        yield made


def _flip(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    if not made:
        return b"\x80"
    at = chance.randrange(len(made))
    return made[:at] + bytes([made[at] ^ (1 << chance.randrange(8))]) + made[at + 1 :]


def _cut(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    return made[: chance.randrange(len(made) + 1)]


def _behead(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    return made[chance.randrange(len(made) + 1) :]


def _drop(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(made) + 1)
    return made[:at] + made[at + chance.choice((1, 2, 7, 40)) :]


def _again(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(made) + 1)
    part = made[at : at + chance.choice((1, 5, 30, 400))]
    return made[:at] + part * chance.choice((2, 3, 300)) + made[at:]


def _splice(chance: Random, made: bytes, seeds: Sequence[bytes]) -> bytes:
    other = chance.choice(seeds)
    return made[: chance.randrange(len(made) + 1)] + other[chance.randrange(len(other) + 1) :]


def _odd(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(made) + 1)
    return made[:at] + chance.choice(ODD) + made[at:]


def _number(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    return _one_of(chance, made, _NUMBER, (*NUMBERS, *ODD))


def _token(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    return _one_of(chance, made, _TOKEN, (*NUMBERS, *WORDS, *ODD, b""))


def _one_of(chance: Random, made: bytes, what: re.Pattern[bytes], instead: Sequence[bytes]) -> bytes:
    found = list(what.finditer(made))
    if not found:
        return made + chance.choice(instead)
    place = chance.choice(found)
    return made[: place.start()] + chance.choice(instead) + made[place.end() :]


def _swapped(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    lines = made.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _nested(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    opened, closed = chance.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"a.", b""), (b"(", b")")))
    deep = chance.choice((3, 70, 6_000))
    at = chance.randrange(len(made) + 1)
    return made[:at] + opened * deep + closed * deep + made[at:]


def _long(chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    at = chance.randrange(len(made) + 1)
    return made[:at] + chance.choice((b"x", b" ", b"9", b"\xc3\xa9", b",", b'""')) * 20_000 + made[at:]


def _utf_16(_chance: Random, made: bytes, _seeds: Sequence[bytes]) -> bytes:
    return made.decode("utf-8", errors="replace").encode("utf-16")


SPOILS: tuple[Spoil, ...] = (
    _flip,
    _flip,
    _cut,
    _behead,
    _drop,
    _again,
    _splice,
    _odd,
    _odd,
    _number,
    _number,
    _token,
    _token,
    _token,
    _swapped,
    _nested,
    _long,
    _utf_16,
)
"""Each way in which an example is spoilt; the likeliest stand more than once."""
