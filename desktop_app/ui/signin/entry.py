"""Who is there, and what proves it: names to press, one field for PIN, passphrase or badge.

A badge is a scan: it says by itself whose it is. No badge has the shape of a PIN, so that neither is taken
for the other. What was typed leaves the field with the try, and is neither shown nor told anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.access import Secret
from desktop_app.core.ports import JournalError, MustWait
from desktop_app.core.secrets_kept import SignIn
from desktop_app.ui.keys import SHORTEST_SCAN
from desktop_app.ui.scan_gate import FIELD_GAP_MS
from desktop_app.ui.signin.countdown import Countdown
from desktop_app.ui.signin.fitted import Fitted
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import HEIGHT
from desktop_app.ui.widgets.fields import Choice, Field, let_scans_in, take_scanned
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.scroll import Scroll

IN_ROW = 6
ROWS_SEEN = 3
MOST_SEEN = IN_ROW * ROWS_SEEN
LONGEST_PIN = 8
_ASKS = "Type your PIN or passphrase, or scan your badge."
_WHO = "Choose who you are first, or scan your badge."
_BADGES = "badges"
"""Whose wait it is where a scan was nobody's."""
OPENED = "Nothing was opened."
"""What is said after a wrong one where nothing else was to be done with it."""


class SecretField(Field):
    """A field that shows nothing of what is typed, and knows whether a hand or a scanner typed it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        let_scans_in(self.edit)
        self._since = QElapsedTimer()
        self._slowest_ms = 0
        self.edit.textEdited.connect(self._time)

    @property
    def is_scan(self) -> bool:
        """Whether what stands in the field came as fast as a scan."""
        return len(self.edit.text()) >= SHORTEST_SCAN and self._slowest_ms <= FIELD_GAP_MS

    def take(self) -> str:
        """Return what was typed, and empty the field."""
        typed = self.edit.text()
        self.edit.clear()
        take_scanned(self.edit)
        return typed

    def _time(self, text: str) -> None:
        gap_ms = int(self._since.restart()) if self._since.isValid() else 0
        self._slowest_ms = 0 if len(text) <= 1 else max(self._slowest_ms, gap_ms)
        if not self._since.isValid():
            self._since.start()


class Entry(Fitted):
    """Asks who it is, and tries what is given.

    Signals:
        let_in(str, str): somebody showed that it is them; their short name, and what they showed.
        turned_away(str, str): a wrong one was given; for whom, and of which kind.
    """

    let_in = Signal(str, str)
    turned_away = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        names: Sequence[str],
        sign_in: SignIn | None,
        on: str = "",
        *,
        is_known: bool = False,
        undone: str = OPENED,
    ) -> None:
        super().__init__()
        self._undone = undone
        self._sign_in = sign_in if sign_in is not None and sign_in.is_needed else None
        self._names = tuple(names)
        self._is_known = is_known
        options = [(name, name) for name in self._names]
        self.who = Choice(theme, "Who", options, on, unset=on not in self._names, in_row=IN_ROW)
        self.who.chosen.connect(self._choose)
        self.secret = SecretField(theme, "PIN or passphrase" if is_known else "PIN, passphrase or badge")
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.countdown = Countdown(self)
        self.countdown.told.connect(self._tell_wait)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self._names_place(theme))
        column.addWidget(self.secret)
        column.addWidget(self.problem)
        self.who.setHidden(is_known)
        self.secret.setVisible(self._sign_in is not None)
        self.problem.hide()

    def _names_place(self, theme: Theme) -> QWidget:
        """Return the names; of many a few rows are seen at a time."""
        if len(self._names) <= MOST_SEEN:
            return self.who
        place = Scroll("Who", self.who)
        place.setFixedHeight(theme.px(ROWS_SEEN * (HEIGHT + 8)))
        return place

    def first_field(self) -> QWidget:
        """The field; where nobody has a secret, the first name."""
        if self._sign_in is not None:
            return self.secret.edit
        return self.who.chip(self.who.taken or self._names[0])

    def knock(self) -> None:
        """Try what was given; whoever has to wait is told so by what it is held against."""
        typed, is_scan = self.secret.edit.text(), self.secret.is_scan
        self.secret.take()
        who = self.who.taken or (self._names[0] if len(self._names) == 1 else "")
        sign_in = self._sign_in
        if sign_in is None:
            self._let_in(who, Secret.WORD)
        elif not typed:
            self.say(self.problem.text() if self.countdown.is_on else _ASKS)
        elif is_scan and not self._is_known and not _may_be_pin(typed):
            self._try_badge(sign_in, who, typed)
        elif not who:
            self.say(_WHO)
        else:
            self._try_secret(sign_in, who, typed)

    def say(self, text: str) -> None:
        """Say what is wrong; nothing where nothing is."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _try_secret(self, sign_in: SignIn, who: str, typed: str) -> None:
        by = Secret.PIN if _may_be_pin(typed) else Secret.PASSPHRASE
        self._try(who, lambda: (who if sign_in.check(who, typed) else "", by))

    def _try_badge(self, sign_in: SignIn, who: str, typed: str) -> None:
        """Ask whose badge it is; what comes as fast may be the passphrase of whose name is marked."""
        if who:
            self._try(who, lambda: sign_in.holder_or(typed, who))
        else:
            self._try("", lambda: (sign_in.holder(typed), Secret.BADGE))

    def _try(self, who: str, ask: Callable[[], tuple[str, Secret]]) -> None:
        """Ask whose it is, and let them in; a wrong one is told, and where it has to wait, the wait."""
        try:
            found, by = ask()
        except MustWait as fault:
            self.countdown.start(fault.seconds, _BADGES if fault.is_for_badges else who or _BADGES)
        except JournalError as fault:
            self.say(str(fault))
        else:
            self._answer(found, who, by)

    def _answer(self, found: str, who: str, by: Secret) -> None:
        if found in self._names:
            self._let_in(found, by)
        else:
            self.say(f"That is not it. {self._undone}")
            self.turned_away.emit(who, by.value)

    def _let_in(self, who: str, by: Secret) -> None:
        if not who:
            self.say(_WHO)
            return
        self.say("")
        self.let_in.emit(who, by.value)

    def _tell_wait(self, told: str) -> None:
        # The field stays open meanwhile: the badge of somebody else is scanned into it.
        self.say(told)

    def _choose(self, name: str) -> None:
        self.countdown.look_at(name)
        if self._sign_in is None:
            self.knock()
        else:
            self.secret.edit.setFocus()


def _may_be_pin(typed: str) -> bool:
    """Return whether something has the shape of a PIN, and so is nobody's badge."""
    return typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_PIN
