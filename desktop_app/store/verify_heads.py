"""Whether every signed head still is of the event it was made of, and vouched for by the head before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.store.signed_head import SignedHead, is_signed

if TYPE_CHECKING:
    from desktop_app.store.folder import Folder

Told = Callable[[int], object]
"""Is told how many were looked at so far."""


def first_bad_head(folder: Folder, told: Told = bool) -> str:
    """Return in half a sentence which signed head does not hold, or nothing. Raises JournalError."""
    heads, following = folder.heads.all_with_next()
    expected: bytes | None = None
    for count, head in enumerate(heads, start=1):
        if fault := _fault(folder, head, expected):
            return f"the signed head of event {head.seq} {fault}"
        expected = head.next
        told(count)
    # Who takes the last heads away has no key that would follow on those that stay.
    if heads and following != expected:
        return f"the key that signs next is not the one that the signed head of event {heads[-1].seq} names"
    return ""


def missing_heads(folder: Folder) -> str:
    """Return in half a sentence why a journal without any signed head should have one, or nothing."""
    awaited = "" if folder.heads.last() else folder.heads.awaited()
    if not awaited:
        return ""
    return (
        f"it has no signed head, though {awaited} since it signs: "
        "they were taken away, or the program was cut off each time before it could sign"
    )


def fault_of_noted(folder: Folder, head: SignedHead) -> str:
    """Return why a head that was noted elsewhere is none of this journal's, as half a sentence, or nothing.

    The key that signed it must be one that this journal's heads name, so that a head signed by
    somebody else proves nothing.
    """
    if not is_signed(head):
        return f"the head of event {head.seq} that was noted has a signature that does not hold"
    if head.public not in {one.public for one in folder.heads.all()}:
        return f"the head of event {head.seq} that was noted was signed with a key of another journal"
    if folder.journal.hash_of(head.origin, head.seq) != head.hash:
        return f"event {head.seq} is not the one that was noted"
    return ""


def _fault(folder: Folder, head: SignedHead, expected: bytes | None) -> str:
    if expected is not None and head.public != expected:
        return "is signed with a key that the head before it does not name"
    if not is_signed(head):
        return "has a signature that does not hold"
    if folder.journal.hash_of(head.origin, head.seq) != head.hash:
        return "is of another event than the one that stands there"
    return ""
