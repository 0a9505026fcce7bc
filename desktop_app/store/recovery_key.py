"""The recovery key as it stands on paper: eleven groups of four signs, the last of each a check of its group.

Three signs of five bits a group are 165 bits, so no guess is of use. The alphabet has no I, L, O and
U, and whoever types an I for a 1 or an O for a 0 is understood; so is any case, and any sign between
the groups. The check sign knows the place of its group, so that two exchanged groups are found too.
"""

from __future__ import annotations

import secrets

from desktop_app.core.ports import SecretRefused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 11
GROUP_LENGTH = 4
_WEIGHTS = (1, 3, 5)
"""Odd, so that every other sign at a place gives another check."""
_PLACE_WEIGHT = 7
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_recovery_key() -> str:
    """Return a new recovery key as it is printed: groups of four with a hyphen between."""
    groups = []
    for place in range(GROUPS):
        signs = "".join(secrets.choice(ALPHABET) for _ in _WEIGHTS)
        groups.append(signs + _check(signs, place))
    return "-".join(groups)


def plain_recovery_key(typed: str) -> str:
    """Return the signs of a typed recovery key alone. Raises SecretRefused, naming a mistyped group."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_MEANT)
    groups = [signs[at : at + GROUP_LENGTH] for at in range(0, len(signs), GROUP_LENGTH)]
    for place, group in enumerate(groups[:GROUPS]):
        if not _is_whole(group, place):
            raise SecretRefused(f"Group {place + 1} of {GROUPS} of the recovery key is mistyped.")
    if len(groups) != GROUPS:
        raise SecretRefused(f"A recovery key has {GROUPS} groups of four signs; {len(groups)} were typed.")
    return signs


def _is_whole(group: str, place: int) -> bool:
    known = len(group) == GROUP_LENGTH and all(sign in ALPHABET for sign in group)
    return known and _check(group[:-1], place) == group[-1]


def _check(signs: str, place: int) -> str:
    weighed = sum(weight * ALPHABET.index(sign) for weight, sign in zip(_WEIGHTS, signs, strict=True))
    return ALPHABET[(weighed + _PLACE_WEIGHT * place) % len(ALPHABET)]
