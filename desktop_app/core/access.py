"""Who may do what: roles, rights, and the right that each kind of event needs.

Authorisation hangs on what a touch decides and not on the button that asked for it: every event has
its right here, and ``guard`` holds each touch against it. Who exists and in which role stands in
the journal; what proves who is there is kept behind ``secrets_kept.SignIn``.
"""

from __future__ import annotations

from enum import StrEnum

from desktop_app.core.values import dataclass

LONGEST_NAME = 12
SHORTEST_PASSPHRASE = 10
NOBODY = "not signed in"
"""Stands where a touch was made by nobody who was signed in; too long for any person's name."""
RECOVERED = "the recovery key"
"""Stands where the recovery key gave somebody a new passphrase; too long for any person's name as well."""
EMERGENCY = "emergency"
"""Begins the name that touches of an emergency access are kept with; no person's name does."""


class Role(StrEnum):
    """What somebody does here; one person may have several."""

    NURSE = "nurse"
    CHARGE_NURSE = "charge-nurse"
    BILLER = "biller"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """The role as it is said, for example charge nurse."""
        return self.value.replace("-", " ")


class Right(StrEnum):
    """Something that only some may do."""

    TELL = "tell"
    """What the program notes by itself, and an instant that is stamped: whoever is there."""
    CARE = "care"
    DOWNTIME = "downtime"
    SHOW = "show"
    REGISTER = "register"
    TERMS = "terms"
    SIGN = "sign"
    REOPEN = "reopen"
    HOLD = "hold"
    LOCK = "lock"
    UNLOCK = "unlock"
    SEND = "send"
    PROTOCOLS = "protocols"
    BILLING = "billing"
    SUITE = "suite"
    PEOPLE = "people"
    RESTORE = "restore"


class Secret(StrEnum):
    """What somebody shows to be let in."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the word for one
    PIN = "pin"
    BADGE = "badge"
    RECOVERY_KEY = "recovery-key"
    WORD = "word"
    """Nothing: whoever said who they are was taken at their word."""

    @property
    def words(self) -> str:
        """What it is called."""
        return "PIN" if self is Secret.PIN else self.value.replace("-", " ")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here."""

    name: str
    """The short name that every touch is kept with, such as AK."""
    full_name: str
    roles: tuple[Role, ...]

    @property
    def rights(self) -> frozenset[Right]:
        """What any of the roles may do."""
        return frozenset().union(*(RIGHTS[role] for role in self.roles))


_CHAIRSIDE = frozenset({Right.TELL, Right.CARE, Right.DOWNTIME, Right.SHOW, Right.REGISTER, Right.SIGN})
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.NURSE: _CHAIRSIDE,
    Role.CHARGE_NURSE: _CHAIRSIDE
    | {Right.TERMS, Right.REOPEN, Right.HOLD, Right.LOCK, Right.UNLOCK, Right.PROTOCOLS},
    Role.BILLER: frozenset(
        {
            Right.TELL,
            Right.DOWNTIME,
            Right.SHOW,
            Right.REGISTER,
            Right.TERMS,
            Right.SIGN,
            Right.REOPEN,
            Right.HOLD,
            Right.LOCK,
            Right.SEND,
            Right.BILLING,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.TELL,
            Right.DOWNTIME,
            Right.PROTOCOLS,
            Right.BILLING,
            Right.SUITE,
            Right.PEOPLE,
            Right.RESTORE,
        }
    ),
}
"""What each role may do."""
EMERGENCY_RIGHTS = RIGHTS[Role.NURSE]
NO_RIGHTS = frozenset({Right.TELL})
"""What may be done where nobody is signed in."""
ALL_RIGHTS = frozenset(Right)

NEEDS: dict[str, Right] = {
    "patient-seated": Right.CARE,
    "chair-changed": Right.CARE,
    "patient-shown": Right.SHOW,
    "touch-undone": Right.CARE,
    "session-ended": Right.CARE,
    "session-reopened": Right.CARE,
    "service-planned": Right.CARE,
    "plan-reordered": Right.CARE,
    "service-started": Right.CARE,
    "service-given": Right.CARE,
    "service-paused": Right.CARE,
    "service-resumed": Right.CARE,
    "service-stopped": Right.CARE,
    "stop-proposed": Right.CARE,
    "proposals-settled": Right.CARE,
    "stop-not-witnessed": Right.CARE,
    "moment-corrected": Right.CARE,
    "stop-removed": Right.CARE,
    "order-changed": Right.CARE,
    "service-voided": Right.CARE,
    "dose-recorded": Right.CARE,
    "rate-changed": Right.CARE,
    "bag-changed": Right.CARE,
    "site-opened": Right.CARE,
    "note-added": Right.CARE,
    "reminder-acknowledged": Right.CARE,
    "mark-made": Right.TELL,
    "mark-signed": Right.CARE,
    "mark-assigned": Right.CARE,
    "mark-returned": Right.CARE,
    "mark-dropped": Right.CARE,
    "downtime-begun": Right.DOWNTIME,
    "downtime-over": Right.DOWNTIME,
    "downtime-returned": Right.DOWNTIME,
    "patient-registered": Right.REGISTER,
    "patient-identified": Right.REGISTER,
    "terms-changed": Right.TERMS,
    "session-held": Right.HOLD,
    "hold-released": Right.HOLD,
    "session-signed": Right.SIGN,
    "day-locked": Right.LOCK,
    "day-unlocked": Right.UNLOCK,
    "batch-prepared": Right.SEND,
    "batch-sent": Right.TELL,
    "batch-abandoned": Right.TELL,
    "person-added": Right.PEOPLE,
    "person-changed": Right.PEOPLE,
    "person-removed": Right.PEOPLE,
    "secret-changed": Right.PEOPLE,
    "emergency-seen": Right.PEOPLE,
    "signed-in": Right.TELL,
    "signed-out": Right.TELL,
    "sign-in-failed": Right.TELL,
    "emergency-opened": Right.TELL,
    "record-viewed": Right.TELL,
    "clock-jumped": Right.TELL,
    "clock-drifted": Right.TELL,
    "clock-behind": Right.TELL,
    "clock-restarted": Right.TELL,
    "clock-zone-changed": Right.TELL,
    "clock-seen": Right.TELL,
    "clock-true-time-told": Right.SUITE,
    "timing-noted": Right.TELL,
    "journal-restored": Right.RESTORE,
    "touches-taken-up": Right.TELL,
}
"""The right that each kind of event needs.

Three kinds depend on more than themselves, see ``guard``: an undo needs what it takes back needed, a
signed session is reopened by fewer, and everybody may change a secret of their own.
"""

PERSONAL = frozenset(
    {
        "actor",
        "recent-people",
        "scheme",
        "text-size",
        "density",
        "strip-place",
        "reminder-sound",
        "favourite-drugs",
        "export-folder",
        "export-formats",
        "export-layout",
    }
)
"""The settings that anybody may change: how it looks and sounds, and what was chosen last."""
_OF_CARE = frozenset({"hidden-drugs", "own-drugs", "usual-orders", "vitals-minutes", "near-minutes"})
_OF_BILLING = frozenset(
    {"setting", "place-of-service", "profile", "bill-type", "test-claims", "submitter-id"}
)


def right_of_setting(key: str) -> Right:
    """Return the right that changing a setting needs."""
    if key in PERSONAL:
        return Right.TELL
    if key in _OF_CARE or key.startswith("remind-"):
        return Right.PROTOCOLS
    if key in _OF_BILLING or key.startswith(("practice-", "receiver-", "hl7-")):
        return Right.BILLING
    return Right.SUITE
