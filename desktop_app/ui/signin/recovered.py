"""A folder that the recovery key has opened: somebody chooses a new passphrase, and is in with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.core.access import Secret
from desktop_app.ui.signin.deeds import recover
from desktop_app.ui.signin.entry import IN_ROW
from desktop_app.ui.signin.fitted import Fitted
from desktop_app.ui.signin.names import Names
from desktop_app.ui.signin.new_passphrase import NewPassphrase
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.labels import label

ABOUT = "The recovery key opened this record. Choose who you are, and a passphrase in place of the old one."


class RecoveredForm(Fitted):
    """Asks who it is, and for a new passphrase twice.

    Signals:
        let_in(str, str): whose new passphrase is kept, and that the recovery key let them in.
    """

    let_in = Signal(str, str)

    def __init__(self, station: Station, names: tuple[str, ...]) -> None:
        super().__init__()
        self._station = station
        theme = station.theme
        self.who = Names(theme, names, in_row=IN_ROW)
        self.passphrase = NewPassphrase(theme)
        self.problem = label("", size=12, tone="alert", wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for part in (label(ABOUT, size=12, tone="soft", wrap=True), self.who, self.passphrase, self.problem):
            column.addWidget(part)

    def knock(self) -> None:
        """Keep the new passphrase and let them in, or say why not."""
        who, passphrase = self.who.taken, self.passphrase
        if not who or passphrase.is_empty:
            self._say("Choose who you are, and type the new passphrase twice.")
            return
        why = passphrase.fault() or recover(self._station, who, passphrase.typed)
        if why:
            self._say(why)
            return
        passphrase.forget()
        self._station.secrets.opened_with = ""
        self.let_in.emit(who, Secret.RECOVERY_KEY.value)

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
