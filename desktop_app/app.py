"""The composition root: the one place that makes the parts and connects them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app import paths
from desktop_app.core.access import right_of_setting
from desktop_app.core.desk import Desk
from desktop_app.core.guard import Acting, sentence
from desktop_app.core.moments import local_date
from desktop_app.core.orders import Setting
from desktop_app.core.ports import Clock, Identities, JournalError, NotSaved
from desktop_app.core.staff import People
from desktop_app.store.clock import SystemClock
from desktop_app.store.faults import SettingRefused
from desktop_app.store.folder import Folder
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.opening import open_folder
from desktop_app.store.places import backup_place, emergency_files, is_there
from desktop_app.store.setting_checks import MOST_CHAIRS, chair_names
from desktop_app.store.settings import Settings

if TYPE_CHECKING:
    from desktop_app.coding.sessions import SessionCoder
    from desktop_app.exchange.batch import Exporter
    from desktop_app.rulebook_files import StandardRules
    from desktop_app.script.play import Defaults
    from desktop_app.store.emergency import EmergencyFile
    from desktop_app.store.locked import Unlock
    from desktop_app.store.taking_up import TakenUp


PAYER_KEYS = {"profile", "setting"}


class Parts:
    """Everything that works on one data folder."""

    def __init__(self, folder: Folder, clock: Clock, names: Identities) -> None:
        self.folder = folder
        self.clock = clock
        self.names = names
        self._journal = folder.journal.origins()[0]
        self.taken_up = self._take_up()
        """What an earlier run left in the emergency file, and what became of it."""
        self.desk = _desk(folder, clock, names)
        folder.settings.further_check = self._require_fit

    @cached_property
    def emergency(self) -> EmergencyFile:
        """Where touches that wait are kept besides; most starts never need it."""
        from desktop_app.store.emergency import EmergencyFile  # noqa: PLC0415 - as said

        folder = self.folder
        # Nothing is asked of the journal: it may be what is damaged.
        return EmergencyFile(folder.database_key, self._journal, emergency_places(folder), folder.former_key)

    def _take_up(self) -> TakenUp | None:
        """Store what an earlier run could not; None where it left nothing."""
        folder = self.folder
        files = emergency_files(self._journal, emergency_places(folder))
        if not any(map(is_there, files)):
            return None
        from desktop_app.store.taking_up import take_up  # noqa: PLC0415 - hardly any start finds one

        actor = folder.opened_by or folder.settings.get("actor")
        return take_up(folder.journal, self.emergency, self.clock, self.names, actor)

    def _require_fit(self, key: str, value: str) -> None:
        """Refuse what fits the table of settings and not what lies outside it. Raises SettingRefused."""
        require_right(self.desk.suite.people, self.desk.acting, key)
        if key in PAYER_KEYS:
            require_fitting_payer(self.rules, self.folder.settings, key, value)
        require_free_chairs(self.desk.suite.taken_chairs, self.folder.settings, key, value)

    @cached_property
    def rules(self) -> StandardRules:
        """The rules for the folder, read when first asked for. Raises RulebookError."""
        from desktop_app.rulebook_files import load_rules  # noqa: PLC0415 - as the coder

        return load_rules(self.folder.path)

    @cached_property
    def coder(self) -> SessionCoder:
        """The coder by those rules; the board is drawn before it is loaded. Raises RulebookError."""
        return session_coder(self.rules, partial(self.folder.settings.get, "zone"))

    @cached_property
    def exporter(self) -> Exporter:
        """The way signed lines leave; when first asked for, it settles what was cut off before."""
        # No touch waits for it, so the board is drawn before it is loaded.
        from desktop_app.exchange.batch import Exporter  # noqa: PLC0415

        exporter = Exporter(self.folder.journal, self.clock, self.names, self.desk.actor)
        exporter.signed_head = self._signed_head
        # What the journal cannot take now is settled by the next export, which says what is in its way.
        with suppress(JournalError):
            exporter.settle()
        return exporter

    def _signed_head(self) -> dict[str, Any]:
        """Return the newest signed head as a manifest says it, of this moment where the disk takes it."""
        from desktop_app.store.signed_head import as_plain  # noqa: PLC0415 - as the exporter

        with suppress(NotSaved):
            self.folder.heads.sign()
        head = self.folder.heads.last()
        return as_plain(head) if head else {}


def emergency_places(folder: Folder) -> tuple[Path, ...]:
    """Return where touches that wait may be kept, the likeliest first; never beside the journal."""
    backups = backup_place(folder.settings.get("backup-folder"), folder.path)
    return paths.user_state_dir(), backups


ClockMaker = Callable[[Callable[[], str]], Clock]
"""Makes a clock that asks for its zone, so that it and what is shown are never of two."""


@contextmanager
def open_parts(
    path: Path | None = None,
    *,
    make_clock: ClockMaker = SystemClock,
    rules_later: bool = False,
    unlock: Unlock | None = None,
) -> Iterator[Parts]:
    """Open a data folder (this user's own by default) and everything that works on it.

    Where people sign in ``unlock`` is asked for the data key, see ``store.locked``.
    Raises JournalError, one sentence, when the folder cannot be used, and RulebookError when its
    rules cannot, unless they are to be read later; closes all at the end.
    """
    names = TimeOrderedIdentities()
    folder = open_folder(path or paths.user_data_dir(), names=names, unlock=unlock)
    try:
        zone = partial(folder.settings.get, "zone")
        parts = Parts(folder, make_clock(zone), names)
        if not rules_later:
            _ = parts.coder
        yield parts
    finally:
        folder.close()


def _desk(folder: Folder, clock: Clock, names: Identities) -> Desk:
    settings = folder.settings
    desk = Desk(
        journal=folder.journal,
        clock=clock,
        names=names,
        chairs=settings.chairs(),
        actor=folder.opened_by or settings.get("actor"),
    )
    desk.load_day(local_date(desk.now().at_us, settings.get("zone")).isoformat())
    return desk


def session_coder(rules: StandardRules | None = None, home: Callable[[], str] = str) -> SessionCoder:
    """Return a coder with some rules and payer profiles: those that travel with the program, by default.

    ``home`` gives the suite's zone, where there is a suite.
    """
    from desktop_app.coding.sessions import SessionCoder  # noqa: PLC0415 - the board comes up first
    from desktop_app.rulebook_files import load_standard  # noqa: PLC0415 - as the coder

    rules = rules or load_standard()
    return SessionCoder(rules.rulebook, rules.profiles, home)


def require_fitting_payer(rules: StandardRules, settings: Settings, key: str, value: str) -> None:
    """Refuse a payer profile there is none of, or one that is not for who bills. Raises SettingRefused."""
    if key not in PAYER_KEYS:
        return
    setting, profile = (value if key == name else settings.get(name) for name in ("setting", "profile"))
    known = key == "profile" or profile in rules.profiles
    if known and (fault := rules.profile_fault(profile, Setting(setting))):
        raise SettingRefused(f"{fault[0].upper()}{fault[1:]}.")


def require_right(people: People, acting: Acting, key: str) -> None:
    """Refuse a setting that whoever works here may not change; who that is, is none once people are named.

    Raises SettingRefused.
    """
    if (refusal := acting.why_not(right_of_setting(key))) is not None:
        raise SettingRefused(sentence(refusal))
    if key == "actor" and people.are_named:
        raise SettingRefused("People are named here: whoever works here signs in.")


def require_free_chairs(taken: Collection[str], settings: Settings, key: str, value: str) -> None:
    """Refuse a label that a taken chair would lose or get. Raises SettingRefused.

    A patient is found by it, on the board, in a script and in the record.
    """
    if key != "chair-labels":
        return
    before, after = (chair_names(MOST_CHAIRS, labels) for labels in (settings.get(key), value))
    changed = {name for names in zip(before, after, strict=True) if names[0] != names[1] for name in names}
    if found := [chair for chair in taken if chair in changed]:
        raise SettingRefused(f"Chair {found[0]} is taken; a label can change when its chair is free.")


def script_defaults(folder: Folder) -> Defaults:
    """Return what a script may leave unsaid when it seats a patient, and the protocols it may name."""
    from desktop_app.protocol_files import load_shelf  # noqa: PLC0415 - as below
    from desktop_app.script.play import Defaults  # noqa: PLC0415 - the window plays no scripts

    settings = folder.settings
    return Defaults(
        zone=settings.get("zone"),
        setting=Setting(settings.get("setting")),
        place_of_service=settings.get("place-of-service"),
        profile=settings.get("profile"),
        protocols=lambda: load_shelf(folder.path).all(),
    )
