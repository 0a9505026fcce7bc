"""People: the page before the board, the lock's door, the first person, the recovery key, the card."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Role, Secret
from desktop_app.core.ports import MustWait
from desktop_app.ui import late
from desktop_app.ui.signin.person_sheet import ask_about_person, ask_new_person
from desktop_app.ui.signin.recovery import RecoverySheet
from desktop_app.ui.signin.switch import ask_before_signing
from desktop_app.ui.signin.window import SignInWindow
from tests.core.staffed import name_person
from tests.gallery.backup_stills import COPIES
from tests.gallery.scene import Act, Scene, Still, settle
from tests.ui.secrets import KEY, StandInSecrets

_PEOPLE = (
    ("AK", (Role.NURSE, Role.ADMINISTRATOR)),
    ("MB", (Role.NURSE,)),
    ("RJ", (Role.CHARGE_NURSE,)),
    ("TS", (Role.BILLER,)),
)


def staffed(scene: Scene) -> StandInSecrets:
    """Name four people with their secrets; AK is on."""
    for name, roles in _PEOPLE:
        name_person(scene.ward.desk, name, *roles)
    secrets = StandInSecrets({name: f"a passphrase of {name}" for name, _ in _PEOPLE})
    secrets.pins = {name: "4711" for name, _ in _PEOPLE}
    scene.window.station.secrets.ask = lambda: secrets
    scene.window.refresh()
    return secrets


def _locked(scene: Scene) -> None:
    staffed(scene)
    scene.window.locking.lock()


def _locked_many(scene: Scene) -> None:
    staffed(scene)
    for number in range(30):
        name_person(scene.ward.desk, f"N{number}", Role.NURSE)
    scene.window.locking.lock()


def _locked_wrong(scene: Scene) -> None:
    _locked(scene)
    door = scene.window.locking.screen.door
    assert door.entry is not None
    door.entry.who.chip("MB").click()
    for _ in range(6):
        QTest.keyClicks(door.entry.secret.edit, "9999")
        door.knock()


def _locked_at_their_word(scene: Scene) -> None:
    staffed(scene)
    scene.window.station.secrets.ask = None
    scene.window.locking.lock()


def _emergency(scene: Scene) -> None:
    _locked(scene)
    scene.window.locking.screen.door.help_button.click()


def _emergency_open(scene: Scene) -> None:
    _emergency(scene)
    form = scene.window.locking.screen.door.emergency
    assert form is not None
    form.wanted.emit("Kim Float", "the nurse fell ill")


def _emergency_over(scene: Scene) -> None:
    _emergency_open(scene)
    scene.window.locking.lock()
    door = scene.window.locking.screen.door
    assert door.entry is not None
    door.entry.who.chip("AK").click()
    QTest.keyClicks(door.entry.secret.edit, "4711")
    door.knock()
    settle()
    scene.window.toast.hide()
    scene.window.refresh()


def _emergency_list(scene: Scene) -> None:
    _emergency_over(scene)
    scene.window.locking.past_emergencies.bar.more.click()


def _emergency_list_long(scene: Scene) -> None:
    _emergency_over(scene)
    access = scene.ward.desk.access
    for _ in range(12):
        access.open_emergency("Kim Float", "the nurse fell ill")
    access.sign_in("AK", Secret.PIN)
    scene.window.refresh()
    scene.window.locking.past_emergencies.bar.more.click()


def _recovered(scene: Scene) -> None:
    staffed(scene)
    scene.window.station.secrets.opened_with = "recovery-key"
    scene.window.locking.lock()


def _switch(scene: Scene) -> None:
    staffed(scene)
    scene.window.ask_who()


def _first_person_late(scene: Scene) -> None:
    scene.window.station.secrets.copies = lambda: COPIES
    _first_person(scene)


def _first_person(scene: Scene) -> None:
    scene.window.station.secrets.ask = StandInSecrets
    late.ask_first_person(scene.window.station, lambda: None)


def _recovery_key(scene: Scene) -> None:
    scene.window.sheets.open(RecoverySheet(scene.window.theme, KEY, str))


def _settings(*, named: bool) -> Act:
    def act(scene: Scene) -> None:
        secrets = StandInSecrets()
        scene.window.station.secrets.ask = lambda: secrets
        if named:
            staffed(scene)
            scene.window.station.desk.access.open_emergency("Kim Float", "the nurse fell ill")
            scene.window.station.desk.actor = "AK"
        scene.window.show_page("settings")
        settle()
        page = scene.window.settings
        page._scroll.ensureWidgetVisible(page.people)  # noqa: SLF001 - the card is far down

    return act


def _new_person(scene: Scene) -> None:
    staffed(scene)
    ask_new_person(scene.window.station, lambda: None)


def _person(name: str, *, may_all: bool) -> Act:
    def act(scene: Scene) -> None:
        staffed(scene)
        ask_about_person(scene.window.station, name, lambda: None, may_all=may_all)

    return act


def _sign(scene: Scene) -> None:
    staffed(scene)
    ask_before_signing(scene.window.station, "Chair 7 · sign", lambda: None)


class LockedSuite:
    """A folder with people, as the page before the board sees it."""

    path = Path("suite")
    names = tuple(name for name, _ in _PEOPLE)
    has_recovery_key = True

    def with_passphrase(self, name: str, passphrase: str) -> str:
        return name + passphrase

    def with_recovery_key(self, typed: str) -> str:
        return typed


class WaitingSuite(LockedSuite):
    """The same, where whoever tries has to wait."""

    def with_passphrase(self, name: str, passphrase: str) -> str:
        raise MustWait(f"There were 5 wrong tries of {name}{passphrase[:0]}.", 30)


def _waiting(scene: Scene) -> QWidget:
    page = _door(suite=WaitingSuite)(scene)
    assert isinstance(page, SignInWindow)
    page.who.chip("MB").click()
    page.passphrase.set_text("some words")
    page.go.click()
    settle()
    return page


def _door(*, recovery: bool = False, suite: type[LockedSuite] = LockedSuite) -> Act:
    def act(scene: Scene) -> QWidget:
        page = SignInWindow(scene.window.theme, suite())
        page.resize(scene.window.size())
        page.show()
        if recovery:
            page.other.click()
        settle()
        return page

    return act


PEOPLE_STILLS = (
    Still("people-sign-in", _door()),
    Still("people-sign-in-recovery", _door(recovery=True)),
    Still("people-sign-in-wait", _waiting),
    Still("people-lock", _locked),
    Still("people-lock-many", _locked_many),
    Still("people-lock-wait", _locked_wrong),
    Still("people-lock-at-their-word", _locked_at_their_word),
    Still("people-lock-60", _locked, chairs=60),
    Still("people-emergency", _emergency),
    Still("people-emergency-open", _emergency_open),
    Still("people-emergency-over", _emergency_over),
    Still("people-emergency-list", _emergency_list),
    Still("people-emergency-list-long", _emergency_list_long),
    Still("people-recovered", _recovered),
    Still("people-switch", _switch),
    Still("people-first", _first_person, busy=False),
    Still("people-first-late", _first_person_late, busy=False),
    Still("people-recovery-key", _recovery_key, busy=False),
    Still("people-settings", _settings(named=True)),
    Still("people-settings-nobody", _settings(named=False)),
    Still("people-new", _new_person),
    Still("people-one", _person("MB", may_all=True)),
    Still("people-own", _person("AK", may_all=False)),
    Still("people-sign", _sign),
)
