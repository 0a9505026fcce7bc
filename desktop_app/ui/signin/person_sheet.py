"""One person: named anew, or with other roles and secrets; each change is kept when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Person, Role
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.signin import deeds
from desktop_app.ui.signin.entry import SecretField
from desktop_app.ui.signin.new_passphrase import NewPassphrase
from desktop_app.ui.signin.roles import Roles
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label

NEW_PERSON = (
    "Their short name is kept with every touch of theirs and never given to anybody else. They can change "
    "the passphrase themselves."
)
PIN_ABOUT = (
    "A PIN has four to eight digits, a badge is scanned. Each unlocks and switches while the program runs."
)
UNKEPT = "What was typed here is not kept. Close or Esc once more drops it."
KEPT = {
    (False, False): "No PIN and no badge are kept.",
    (True, False): "A PIN is kept, and no badge.",
    (False, True): "A badge is kept, and no PIN.",
    (True, True): "A PIN and a badge are kept.",
}
"""Which of the two somebody has, in words."""


class NewPersonSheet(Sheet):
    """Asks for all that names somebody."""

    is_for_one = True

    def __init__(self, station: Station, *, with_secret: bool) -> None:
        super().__init__(station.theme, "Name somebody", NEW_PERSON, width=WIDE)
        theme = station.theme
        self._station = station
        self.name = Field(theme, "Short name", hint="For example AK")
        self.full_name = Field(theme, "Name in full")
        self.add_row(self.name, self.full_name)
        self.roles = Roles(theme, (Role.NURSE,))
        self.body.addWidget(self.roles)
        self.passphrase = NewPassphrase(theme)
        self.body.addWidget(self.passphrase)
        self.passphrase.setVisible(with_secret)
        self._with_secret = with_secret
        self.back, self.go = self.add_ways_on("Nobody", "Name them")

    def first_field(self) -> QWidget:
        """The short name."""
        return self.name.edit

    def take(self) -> bool:
        """Name them; False where that was refused, which is said."""
        passphrase = self.passphrase
        if self._with_secret and passphrase.is_empty:
            self.show_problem("type a passphrase for them, twice")
            return False
        why = passphrase.fault() or deeds.name_person(
            self._station, self.name.text, self.full_name.text, self.roles.taken, passphrase.typed
        )
        self.show_problem(why)
        if not why:
            passphrase.forget()
        return not why


class PersonSheet(Sheet):
    """What can be changed of somebody: by an administrator all of it, by themselves their secrets."""

    is_for_one = True

    def __init__(self, station: Station, person: Person, *, is_own: bool, may_all: bool) -> None:
        super().__init__(station.theme, f"{person.name} · {person.full_name}", width=WIDE)
        self._station, self._person = station, person
        self._make_secrets()
        self._make_description(may_all=may_all)
        self.remove = Button(station.theme, f"{person.name} does not work here any more")
        self.remove.clicked.connect(self._remove)
        self.body.addWidget(self.remove)
        self.remove.setHidden(is_own or not may_all)
        # What is answered stands where it is always seen.
        self.told = label("", size=12, tone="good", wrap=True)
        self.told.hide()
        self.foot.addWidget(self.told)
        self.close_button = self.add_close(self._leave)

    def first_field(self) -> QWidget:
        """The PIN, which is what is changed most; the way out where there are no secrets."""
        return self.pin.edit if self.pin.isEnabled() else self.close_button

    def confirm(self, *, now: bool) -> None:
        """Keep what stands in the field that has the keyboard; a scanned badge ends in Enter."""
        focused = self.focusWidget()
        for edit, button in self._kept_by.items():
            if focused is edit:
                button.click()
                return
        super().confirm(now=now)

    def say(self, done: str, why: str) -> None:
        """Say what is kept now, or why it is not."""
        self.show_problem(why)
        self.told.setText("" if why else done)
        self.told.setVisible(not why)

    def _make_description(self, *, may_all: bool) -> None:
        theme, person = self._station.theme, self._person
        self.full_name = Field(theme, "Name in full", person.full_name)
        self.roles = Roles(theme, person.roles)
        self.keep = Button(theme, "Keep name and roles")
        self.keep.clicked.connect(self._keep)
        for part in (self.full_name, self.roles, self.keep):
            self.body.addWidget(part)
            part.setHidden(not may_all)

    def _make_secrets(self) -> None:
        theme, sign_in = self._station.theme, self._station.secrets()
        self.passphrase = NewPassphrase(theme)
        self.keep_passphrase = Button(theme, "Keep passphrase")
        self.pin, self.badge = SecretField(theme, "PIN"), SecretField(theme, "Badge")
        self.keep_pin, self.keep_badge = Button(theme, "Keep PIN"), Button(theme, "Keep badge")
        self.drop_pin, self.drop_badge = Button(theme, "Take PIN away"), Button(theme, "Take badge away")
        self.kept = label("", size=12, wrap=True)
        self.keep_passphrase.clicked.connect(self._keep_passphrase)
        self.keep_pin.clicked.connect(lambda: self._keep_secret("PIN", deeds.set_pin, self.pin))
        self.keep_badge.clicked.connect(lambda: self._keep_secret("badge", deeds.set_badge, self.badge))
        self.drop_pin.clicked.connect(lambda: self._drop_secret("PIN", deeds.set_pin, self.pin))
        self.drop_badge.clicked.connect(lambda: self._drop_secret("badge", deeds.set_badge, self.badge))
        for field, *buttons in (
            (self.pin, self.keep_pin, self.drop_pin),
            (self.badge, self.keep_badge, self.drop_badge),
        ):
            row = self.add_row(field, *buttons)
            for button in buttons:
                row.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self.kept)
        self._show_kept()
        self.body.addWidget(label(PIN_ABOUT, size=12, tone="soft", wrap=True))
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self.keep_passphrase)
        for part in (
            self.passphrase,
            self.keep_passphrase,
            self.pin,
            self.badge,
            self.keep_pin,
            self.keep_badge,
        ):
            part.setEnabled(sign_in is not None and sign_in.is_needed)

    @property
    def _kept_by(self) -> dict[QLineEdit, Button]:
        """Which button keeps what is typed into which field."""
        return {
            self.full_name.edit: self.keep,
            self.passphrase.first.edit: self.keep_passphrase,
            self.passphrase.second.edit: self.keep_passphrase,
            self.pin.edit: self.keep_pin,
            self.badge.edit: self.keep_badge,
        }

    def _keep(self) -> None:
        name, roles = self._person.name, self.roles.taken
        why = deeds.describe_person(self._station, name, self.full_name.text, roles)
        self._person = self._station.desk.expected.people.named(name) or self._person
        self.say("Kept.", why)

    def _keep_passphrase(self) -> None:
        passphrase = self.passphrase
        if passphrase.is_empty:
            self.say("", "type the new passphrase twice")
            return
        why = passphrase.fault() or deeds.set_passphrase(self._station, self._person.name, passphrase.typed)
        if not why:
            passphrase.forget()
        self.say("The new passphrase is kept; the earlier one opens nothing any more.", why)

    def _keep_secret(self, what: str, keep: Callable[[Station, str, str], str], field: SecretField) -> None:
        typed = field.take()
        if typed:
            self._tell_secret(f"The {what} is kept.", keep(self._station, self._person.name, typed))
        else:
            self.say("", f"type the new {what} first")
            field.edit.setFocus()

    def _drop_secret(self, what: str, drop: Callable[[Station, str, str], str], field: SecretField) -> None:
        field.edit.setFocus()
        self._tell_secret(f"The {what} is taken away.", drop(self._station, self._person.name, ""))

    def _tell_secret(self, done: str, why: str) -> None:
        self._show_kept()
        self.say(done, why)

    def _show_kept(self) -> None:
        """Say which of PIN and badge there is, and offer to take away only that."""
        sign_in, name = self._station.secrets(), self._person.name
        has = (False, False) if sign_in is None else (sign_in.has_pin(name), sign_in.has_badge(name))
        self.kept.setText(KEPT[has])
        self.kept.setVisible(sign_in is not None and sign_in.is_needed)
        for button, is_there in zip((self.drop_pin, self.drop_badge), has, strict=True):
            button.setVisible(is_there)

    def _leave(self) -> None:
        """Close; where something stands here that was not kept, only at the second time."""
        if self._is_unkept and self.problem != UNKEPT:
            self.say("", UNKEPT)
        else:
            self.done.emit()

    @property
    def _is_unkept(self) -> bool:
        """Whether something was typed or ticked that no button has kept."""
        person = self._person
        typed = any(edit.text() for edit in self._kept_by if edit is not self.full_name.edit)
        is_renamed = self.full_name.text.split() != person.full_name.split()
        return typed or is_renamed or set(self.roles.taken) != set(person.roles)

    def _remove(self) -> None:
        why = deeds.take_away(self._station, self._person.name)
        if why:
            self.say("", why)
        else:
            self.done.emit()


def ask_new_person(station: Station, changed: Callable[[], None]) -> None:
    """Ask for somebody new."""
    sign_in = station.secrets()
    sheet = NewPersonSheet(station, with_secret=sign_in is not None and sign_in.is_needed)

    def take() -> None:
        if sheet.take():
            sheet.done.emit()
            changed()
            name = " ".join(sheet.name.text.split())
            station.touches.told.emit(f"{name} may work here from now on.")

    sheet.confirmed.connect(lambda _: take())
    station.sheets.open(sheet)


def ask_about_person(station: Station, name: str, changed: Callable[[], None], *, may_all: bool) -> None:
    """Show what can be changed of somebody."""
    person = station.desk.expected.people.named(name)
    if person is None:
        return
    is_own = station.desk.acting.name == person.name
    sheet = PersonSheet(station, person, is_own=is_own, may_all=may_all)
    station.sheets.open(sheet)
    # Behind what closes the sheet: the keyboard is on that person's row again by then.
    sheet.done.connect(changed)
