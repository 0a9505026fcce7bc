"""Claims as X12 837: professional (005010X222A1) and institutional (005010X223A2), one file each.

A file is one interchange with one group. Claims stand together in one transaction, as payers
are used to: all are of one billing provider. A new transaction begins after 5,000 claims, the most
the guides advise, and where claims that are sent once more meet claims that are not: the beginning
of a transaction is the place where the guides let a file say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from desktop_app.core.events import BatchFile
from desktop_app.core.orders import Setting
from desktop_app.core.values import dataclass
from desktop_app.exchange.claim_checks import Expected, looks_at_file
from desktop_app.exchange.claims import Claim, claims_of
from desktop_app.exchange.place import GrowingFile, Place
from desktop_app.exchange.read_back import looking_through
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Format, Sending
from desktop_app.exchange.steps import Closing, at_once
from desktop_app.exchange.x12_claim import claim_segments
from desktop_app.exchange.x12_lacks import lacks, no_payer, unset
from desktop_app.exchange.x12_parties import billing_provider, levels, sender_and_receiver, subscriber
from desktop_app.exchange.x12_text import COMPONENT, REPETITION, Segment, day, exactly, written

MOST_CLAIMS = 5000
_NUMBERS = 10**9
_AGAIN, _FIRST = "18", "00"


@dataclass(frozen=True, slots=True)
class Guide:
    """One of the two implementation guides."""

    file: str
    version: str
    place: int
    """Its place among the control numbers of a batch: each file has its own."""


GUIDES = {
    Setting.PHYSICIAN: Guide("claims-837p.x12", "005010X222A1", 1),
    Setting.FACILITY: Guide("claims-837i.x12", "005010X223A2", 2),
}


class X12Writer:
    """Writes each claim into the file of who bills; a file is there only when there is a claim for it."""

    def __init__(self, place: Place, sending: Sending) -> None:
        self._place = place
        self._sending = sending
        self._files: dict[Setting, ClaimFile] = {}

    def add(self, rows: Sequence[Row]) -> None:
        """Write the claims of one session. Raises OSError and CannotBeSent."""
        for claim in claims_of(rows, self._sending.practice):
            if claim.setting not in self._files:
                guide = GUIDES[claim.setting]
                out = self._place.create(guide.file)
                self._files[claim.setting] = ClaimFile(out, guide, self._sending)
            self._files[claim.setting].add(claim)

    def close(self) -> tuple[BatchFile, ...]:
        """Write the ends, read every file back and check it. Raises OSError and CannotBeSent."""
        return at_once(self.closing())

    def closing(self) -> Closing:
        """Do what ``close`` does, a claim at a time."""
        written_files = []
        for file in self._files.values():
            written_files.append(file.finish())
            path = self._place.folder / file.guide.file
            yield from looking_through(path.name, looks_at_file(path, file.expected), file.expected.claims)
        return tuple(written_files)


class ClaimFile:
    """One interchange while it grows, a claim at a time."""

    def __init__(self, out: GrowingFile, guide: Guide, sending: Sending) -> None:
        self.guide = guide
        self.expected = Expected(guide.version)
        """What must be in the file when it is read back, counted from what was to be written."""
        self._out = out
        self._sending = sending
        self._number = (2 * sending.number - 2 + guide.place) % _NUMBERS
        self._transactions = 0
        self._segments = 0
        """How many the open transaction has; 0 when none is open."""
        self._levels = 0
        self._claims = 0
        self._again = False
        self._put([*self._envelope_begins()])

    def add(self, claim: Claim) -> None:
        """Write a claim, in a new transaction where it needs one. Raises OSError and CannotBeSent."""
        full = self._claims == MOST_CLAIMS or self._again != claim.again
        if full or not self._transactions:
            self._begin_transaction(again=claim.again)
        people = subscriber(claim, self._levels + 1)
        self._put(chain(people, claim_segments(claim, self._sending.practice)))
        self._levels += levels(claim)
        self._claims += 1
        self.expected.add(claim)

    def finish(self) -> BatchFile:
        """Write the end of all that was begun, durably."""
        self._end_transaction()
        ends: list[Segment] = [
            ("GE", str(self._transactions), str(self._number)),
            ("IEA", "1", f"{self._number:09}"),
        ]
        self._put(ends)
        return self._out.finish(self.expected.lines)

    def _begin_transaction(self, *, again: bool) -> None:
        self._end_transaction()
        self._transactions += 1
        self._segments, self._levels, self._claims, self._again = 0, 1, 0, again
        made, practice = self._sending.made_at, self._sending.practice
        number = f"{self._transactions:04}"
        reference = exactly("batch id", f"{self._sending.batch}-{self._number}-{number}", 50)
        purpose = _AGAIN if again else _FIRST
        begins: list[Segment] = [
            ("ST", "837", number, self.guide.version),
            ("BHT", "0019", purpose, reference, day(made.date()), f"{made:%H%M}", "CH"),
        ]
        self._put(chain(begins, sender_and_receiver(practice), billing_provider(practice)))

    def _end_transaction(self) -> None:
        if self._transactions:
            self._put([("SE", str(self._segments + 1), f"{self._transactions:04}")])

    def _envelope_begins(self) -> Iterable[Segment]:
        """Return how the interchange and its group begin; the interchange's header is of fixed width."""
        practice, made = self._sending.practice, self._sending.made_at
        sender = exactly("submitter id", practice.submitter_id, 15)
        receiver = exactly("receiver id", practice.receiver_id, 15)
        use = "T" if practice.test_claims else "P"
        number = f"{self._number:09}"
        self._out.write(
            f"ISA*00*{'':10}*00*{'':10}*ZZ*{sender:15}*ZZ*{receiver:15}*{made:%y%m%d}*{made:%H%M}"
            f"*{REPETITION}*00501*{number}*0*{use}*{COMPONENT}~".encode("ascii")
        )
        when = day(made.date()), f"{made:%H%M}"
        yield "GS", "HC", sender, receiver, *when, str(self._number), "X", self.guide.version

    def _put(self, segments: Iterable[Segment]) -> None:
        """Write segments, none of them when one cannot be said."""
        every = list(segments)
        self._out.write(written(every).encode("ascii"))
        self._segments += len(every)


X12 = Format(
    title="837 claims",
    about="X12 837P and 837I for a clearinghouse, of the sessions that have a payer.",
    begin=X12Writer,
    passes_over=no_payer,
    lacks=lacks,
    unset=unset,
    shown=lambda written: written.decode("ascii", "replace").split("~"),
)
