"""What each key does in the window, once no field and no sheet has taken it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QWidget

from desktop_app.ui import late
from desktop_app.ui.after_enter import not_pressed
from desktop_app.ui.board.card import Card
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.keys import ENTER, SPACE, Command, KeyReader, chair_of
from desktop_app.ui.running_keys import RUNNING_KEYS
from desktop_app.ui.scan_gate import ScanGate
from desktop_app.ui.stray import stray_undo
from desktop_app.ui.words import hidden_mrn

if TYPE_CHECKING:
    from desktop_app.ui.window import MainWindow

LETTERS = {
    "s": Deed.START_NEXT,
    "a": Deed.START,
    "x": Deed.STOP,
    "p": Deed.PAUSE_OR_RESUME,
    "t": Deed.STOPPED_AT,
    "m": Deed.MARK,
    "w": Deed.SAY_MARK,
    "e": Deed.END,
    "l": Deed.PLAN,
    "r": Deed.REVIEW,
    "k": Deed.SEEN,
    "q": Deed.PRINT,
    **RUNNING_KEYS,
}
"""The letters of the board, each with its deed at the chosen chair."""
ONLY_GOES = frozenset({"n"})
"""The letters that only go somewhere: pressed twice, they go on twice."""
PAGE_KEYS = {
    Qt.Key.Key_1: "board",
    Qt.Key.Key_2: "review",
    Qt.Key.Key_3: "export",
    Qt.Key.Key_4: "history",
    Qt.Key.Key_5: "settings",
}
WITH_LETTERS = frozenset({"review", "export", "history"})
"""The pages that have letters of their own."""
NO_REDO = "there is no redo: what was taken back is done again by its own key"
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Keyboard(QObject):
    """Turns keys into what the window can do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.reader = KeyReader(window.station.stamp, self._chosen_chair, self)
        self.reader.digits.connect(self._digits)
        self.reader.command.connect(self._command)
        self.reader.space.connect(self._space)
        self.reader.too_fast.connect(self._too_fast)
        self.gate = ScanGate(window, window.sheets, self.reader, self._scanned)
        self._chooses_by_digits = False
        for touched in (window.board.grid.chosen, window.board.asked):
            touched.connect(self._touched)

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False when it asks for nothing."""
        if self._window.locking.take(event):
            return True
        if event.key() not in ENTER and event.text() != SPACE:
            # Whoever presses another key has seen that the sheet is gone.
            self._window.sheets.just_closed.invalidate()
        if self._window.page == "welcome":
            if event.key() in ENTER:
                self._window.welcome.enter(self._window.focusWidget())
            return event.key() in ENTER
        if self._with_control(event) or self._alone(event) or self.reader.take(event):
            return True
        return event.key() in ENTER and self._press_focused()

    def _with_control(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & _CONTROL:
            return False
        window, key = self._window, Qt.Key(event.key())
        deeds: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Z: self._say_no_redo if _has_shift(event) else window.undo,
            Qt.Key.Key_K: window.begin_search,
            Qt.Key.Key_L: window.locking.lock,
            Qt.Key.Key_I: window.ask_who,
            Qt.Key.Key_P: window.print_shown,
            Qt.Key.Key_H: lambda: late.show_history_of(window),
            Qt.Key.Key_O: window.ask_downtime,
            Qt.Key.Key_T: window.beside.toggle_strip,
            Qt.Key.Key_R: window.unforeseen.copy,
            Qt.Key.Key_Q: window.beside.leaving.ask_to_quit,
            **dict.fromkeys(ENTER, self._main_action),
        }
        deed = deeds.get(key)
        if deed is None and key not in PAGE_KEYS:
            return False
        if key == Qt.Key.Key_Z and self.reader.twice.is_second("ctrl z", self.reader.time_of(event)):
            return True
        self._end_keys()
        if deed is not None:
            deed()
        else:
            window.show_page(PAGE_KEYS[key])
        return True

    def _alone(self, event: QKeyEvent) -> bool:
        window = self._window
        if event.key() not in {Qt.Key.Key_F1, Qt.Key.Key_Escape}:
            return False
        self._end_keys()
        if event.key() == Qt.Key.Key_F1:
            late.show_keys(window.station)
        elif window.page == "review" and window.review.goes_back():
            pass
        else:
            window.show_page("board")
        return True

    def _say_no_redo(self) -> None:
        """Elsewhere these keys are a redo: they take nothing back."""
        self._window.touches.refused.emit(NO_REDO)

    def _main_action(self) -> None:
        if self._window.page == "review":
            self._window.review.sign()
        elif self._window.page == "export":
            self._window.export.export()

    def _press_focused(self) -> bool:
        if self._window.sheets.sheet is not None or self._was_for_a_sheet():
            return True
        focused = self._window.focusWidget()
        if why := not_pressed(self._window.station.desk, self._window.sheets.entered, focused):
            self._window.touches.refused.emit(why)
            return True
        # Space ticks a box; on the first page Enter goes on with what is ticked.
        is_box = isinstance(focused, QCheckBox)
        if isinstance(focused, Card):
            focused.enter()
        elif self._window.page == "welcome" and (is_box or not isinstance(focused, QAbstractButton)):
            self._window.welcome.finish()
        elif self._window.page == "review" and focused is self._window.review.list:
            self._window.review.open_session()
        elif self._pressed_on_page(focused, box=False):
            return True
        elif isinstance(focused, QAbstractButton):
            focused.click()
        return True

    def _pressed_on_page(self, focused: QWidget | None, *, box: bool) -> bool:
        """Do with a page's list what Enter does, or Space on a ``box`` in it; False where none is focused."""
        window = self._window
        if window.page == "export":
            return window.export.press(focused, box=box)
        return window.page == "history" and window.history.press(focused)

    def _end_keys(self) -> None:
        self.reader.settle()
        self.reader.end_number()

    def _touched(self) -> None:
        """A click ends a chair's number; the digits' own choice does not."""
        if not self._chooses_by_digits:
            self.reader.end_number()

    def _was_for_a_sheet(self) -> bool:
        """Say whether a press comes right behind a sheet that has closed; a run of them is all one."""
        sheets = self._window.sheets
        is_there = self._window.focusWidget() is sheets.given_back
        if is_echo := is_there and sheets.just_closed.comes_too_soon:
            sheets.just_closed.start()
        return is_echo

    def _space(self) -> None:
        if self._was_for_a_sheet():
            return
        focused = self._window.focusWidget()
        if isinstance(focused, Card):
            focused.enter()
        elif self._pressed_on_page(focused, box=True):
            return
        elif isinstance(focused, QAbstractButton):
            focused.click()

    def _too_fast(self, typed: str) -> None:
        """Give keys that came together to an open sheet as words; on the board they are none."""
        sheet = self._window.sheets.sheet
        if sheet is not None and sheet.take_words(typed):
            return
        self._window.touches.refused.emit("the keys came too fast, so none was taken; press them again")

    def _scanned(self, text: str) -> None:
        """Search for a scan; an open sheet takes it where it can, else only says that it came."""
        sheet = self._window.sheets.sheet
        if sheet is None:
            if not self._looked_up(text.strip()):
                self._window.search(text, scanned=True)
            return
        if sheet.take_scan(text):
            return
        suite = self._window.station.desk.expected
        sits = next((s.chair for s in suite.sessions.values() if s.mrn and s.mrn == text.strip()), "")
        who = f"{hidden_mrn(text)}, chair {sits}" if sits else hidden_mrn(text)
        self._window.touches.refused.emit(f"Scanned {who}. Finish or close this first.")

    def _looked_up(self, text: str) -> bool:
        """Look for a scan on the page that is shown, where it has a list of sessions."""
        window = self._window
        if window.page == "history":
            return window.history.look_for(text)
        return window.page == "review" and window.review.look_for(text)

    def _digits(self, digits: str) -> None:
        if self._window.page != "board" or self._window.sheets.sheet is not None:
            return
        chair = chair_of(digits, self._window.station.desk.suite.chairs)
        if chair is not None:
            self._chooses_by_digits = True
            self._window.board.focus(chair)
            self._chooses_by_digits = False

    def _chosen_chair(self) -> str:
        """Return the chair a letter is about: the one the keyboard is on; empty where no board is shown."""
        if self._window.page != "board":
            return ""
        at: QWidget | None = self._window.focusWidget()
        while at is not None and not isinstance(at, Card):
            at = at.parentWidget()
        if at is not None and at.view.chair != self._window.board.chair:
            self._window.board.choose(at.view.chair)
        return self._window.board.chair

    def _command(self, command: Command) -> None:
        window, letter = self._window, command.letter
        again = self.reader.twice.is_second(f"{letter} {command.chair}", command.at_ms)
        if again and letter not in ONLY_GOES:
            return
        if window.sheets.sheet is not None and window.sheets.sheet.take_letter(letter, command.when):
            return
        if window.sheets.sheet is not None and window.sheets.sheet.take_words(command.typed):
            return
        is_deed = letter in LETTERS and bool(command.chair)
        if window.sheets.sheet is not None and (is_deed or letter == "u"):
            window.touches.refused.emit(f"answer this first, then press {letter.upper()} again")
        elif letter == "u" and (why := stray_undo(window.station.desk, window.station.zone)):
            window.touches.refused.emit(why)
        elif letter == "u":
            window.undo(command.when)
        elif is_deed:
            late.perform(window.station, LETTERS[letter], command.chair, command.when)
        elif window.page in WITH_LETTERS and window.sheets.sheet is None:
            getattr(window, window.page).take_letter(letter)


def _has_shift(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
