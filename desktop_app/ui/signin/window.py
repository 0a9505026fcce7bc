"""The first thing to see of a locked folder: who is there, and the passphrase that opens it."""

from __future__ import annotations

from typing import Generic

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.ports import JournalError, MustWait
from desktop_app.ui.on_screen import open_on_screen
from desktop_app.ui.signin.countdown import Countdown
from desktop_app.ui.signin.fitted import Fitted
from desktop_app.ui.signin.names import Names
from desktop_app.ui.signin.ports import Key, LockedFolder
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.scroll import Scroll

WIDTH = 480
SIZE = (1440, 900)
SMALLEST = (640, 480)
MOST_NAMES = 24
"""More names than this are typed: a wall of buttons is no help."""
IN_ROW = 4
ABOUT = "The record of this suite is locked. Sign in to open it."
OPENING = "Opening the suite…"
_RECOVERY = "The recovery key, as it was printed. Whoever uses it chooses a new passphrase next."
EMERGENCY = (
    "A patient needs care and nobody here can sign in? Open with the recovery key, then choose “Emergency "
    "access…” on the lock screen."
)
RECOVERY_KEY = "the recovery key"
"""Whose wait it is where the recovery key was wrong; nobody is called so."""
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SignInWindow(QWidget, Generic[Key]):
    """Stands alone before the board is there."""

    def __init__(self, theme: Theme, locked: LockedFolder[Key]) -> None:
        super().__init__()
        self._theme = theme
        self._locked = locked
        self._loop = QEventLoop()
        self.key: Key | None = None
        """What opens the folder, once somebody has signed in."""
        self.setWindowTitle("Sign in · Chairtime")
        # The board comes after it: that it closes ends nothing.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self.countdown = Countdown(self)
        self.passphrase = _hidden(theme, "Passphrase")
        self.who = Names(theme, locked.names, in_row=IN_ROW)
        self.who.chosen.connect(self._choose)
        self.who.spelled.connect(self.countdown.look_at)
        self.typed_who = Field(theme, "Who", hint="Your short name")
        self.typed_who.edit.textChanged.connect(lambda _: self.countdown.look_at(self._who()))
        self.recovery = Field(theme, "Recovery key", hint="Eleven groups of four")
        self.about = label("", tone="soft", wrap=True)
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.go = Button(theme, "Sign in", kind=Kind.PRIMARY, hint="Enter")
        self.other = Button(theme, "Use the recovery key…", kind=Kind.LINK)
        self.go.clicked.connect(self.knock)
        self.other.clicked.connect(lambda: self._use_recovery(on=self.recovery.isHidden()))
        self.countdown.told.connect(self._tell_wait)
        self.countdown.over.connect(lambda: self.first_field().setFocus())
        self._lay_out()
        self._use_recovery(on=False)
        self._say("")

    def ask(self) -> Key | None:
        """Show the window until somebody has signed in or it is closed; return what opens the folder."""
        open_on_screen(self)
        self.activateWindow()
        self._loop.exec()
        return self.key

    def first_field(self) -> QWidget:
        """Where the keyboard is when it opens, and after each answer."""
        if not self.recovery.isHidden():
            return self.other if self.countdown.is_on else self.recovery.edit
        if not self.typed_who.isHidden():
            return self.passphrase.edit if self._is_awaited else self.typed_who.edit
        return self.passphrase.edit if self._is_awaited else self.who.first_field()

    @property
    def _is_awaited(self) -> bool:
        """Whether somebody is chosen who may try a passphrase now."""
        return bool(self._who()) and not self.countdown.is_on

    def knock(self) -> None:
        """Try what was typed; it leaves its field with the try."""
        if self.countdown.is_on:
            return
        is_recovery = not self.recovery.isHidden()
        field = self.recovery if is_recovery else self.passphrase
        typed, who = field.edit.text(), self._who()
        if not is_recovery and not who:
            self._say("Choose who you are first.")
            return
        if not typed:
            # Whoever comes from their name with Enter is led on, and told nothing.
            if field.edit.hasFocus():
                self._say(f"Type the {field.edit.accessibleName().lower()} first.")
            field.edit.setFocus()
            return
        if not is_recovery:
            field.edit.clear()
        self._try(who, typed, is_recovery=is_recovery)

    def _try(self, who: str, typed: str, *, is_recovery: bool) -> None:
        locked = self._locked
        try:
            self.key = locked.with_recovery_key(typed) if is_recovery else locked.with_passphrase(who, typed)
        except MustWait as fault:
            self.countdown.start(fault.seconds, RECOVERY_KEY if is_recovery else who)
        except JournalError as fault:
            self._say(str(fault))
            self.first_field().setFocus()
        else:
            self.recovery.edit.clear()
            self.about.setText(OPENING)
            self._loop.quit()

    def _who(self) -> str:
        if self.typed_who.isHidden():
            return self.who.taken
        wanted = self.typed_who.text.casefold()
        return next((name for name in self._locked.names if name.casefold() == wanted), self.typed_who.text)

    def _use_recovery(self, *, on: bool) -> None:
        are_typed = len(self._locked.names) > MOST_NAMES
        self.who.setVisible(not on and not are_typed)
        self.typed_who.setVisible(not on and are_typed)
        self.passphrase.setVisible(not on)
        self.recovery.setVisible(on)
        self.about.setText(_RECOVERY if on else ABOUT)
        self.go.setText("Open with the recovery key" if on else "Sign in")
        self.other.setText("Sign in with a passphrase" if on else "Use the recovery key…")
        self.other.setVisible(self._locked.has_recovery_key)
        self._emergency.setVisible(self._locked.has_recovery_key)
        self.countdown.look_at(RECOVERY_KEY if on else self._who())
        self.first_field().setFocus()

    def _choose(self, name: str) -> None:
        """Go on to the passphrase of who was chosen."""
        self.countdown.look_at(name)
        self.first_field().setFocus()

    def _tell_wait(self, told: str) -> None:
        held = (self.go, self.passphrase.edit, self.recovery.edit)
        had_keyboard = any(part.hasFocus() for part in held)
        for part in held:
            part.setEnabled(not told)
        self._say(told)
        if told and had_keyboard:
            self.first_field().setFocus()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _lay_out(self) -> None:
        theme = self._theme
        card = Fitted()
        card.setProperty("plate", "card")
        card.setFixedWidth(theme.px(WIDTH))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*(theme.px(24),) * 4)
        inside.setSpacing(theme.px(12))
        self._emergency = label(EMERGENCY, size=12, tone="soft", wrap=True)
        for part in (
            label("Sign in", size=22, heavy=True),
            self.about,
            self.who,
            self.typed_who,
            self.passphrase,
            self.recovery,
            self.problem,
            self.go,
            self.other,
            self._emergency,
        ):
            inside.addWidget(part)
        floor = QWidget()
        column = QVBoxLayout(floor)
        column.addStretch(2)
        column.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll("Sign in", floor))
        QTimer.singleShot(0, self, lambda: self.first_field().setFocus())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter signs in, or presses a button that has the keyboard."""
        focused = self.focusWidget()
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif isinstance(focused, Button) and not focused.isCheckable():
            focused.click()
        else:
            self.knock()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let whoever asked go on, with the key or without."""
        self._loop.quit()
        super().closeEvent(event)


def _hidden(theme: Theme, name: str) -> Field:
    field = Field(theme, name)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    return field
