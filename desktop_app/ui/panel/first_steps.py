"""What an empty board teaches: the three steps from a free chair to a running infusion."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import heading, label

STEPS = (
    ("Seat", "Scan a wristband, or press Enter on a chair, and give the MRN."),
    (
        "Start",
        "Type three letters of the drug, or scan the vial. The time is taken before anything is asked.",
    ),
    ("Stop", "Touch Stop on the card. What was given is coded while the patient is still there."),
)
MORE = "F1 shows every key. The settings have the chairs, the protocols and the drugs of your suite."


class FirstSteps(QWidget):
    """The steps, numbered; there until the first patient of the day sits down."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        table = QGridLayout(self)
        table.setContentsMargins(0, theme.px(10), 0, 0)
        table.setHorizontalSpacing(theme.px(12))
        table.setVerticalSpacing(theme.px(2))
        table.setColumnStretch(1, 1)
        table.addWidget(heading("How it begins"), 0, 0, 1, 2)
        for at, (name, does) in enumerate(STEPS):
            row = 1 + 2 * at
            table.setRowMinimumHeight(row, theme.px(26))
            table.addWidget(label(str(at + 1), size=16, tone="accent", heavy=True), row, 0)
            table.addWidget(label(name, size=14, heavy=True), row, 1)
            told = label(does, tone="soft", wrap=True)
            table.addWidget(told, row + 1, 1, Qt.AlignmentFlag.AlignTop)
        more = label(MORE, size=12, tone="soft", wrap=True)
        more.setContentsMargins(0, theme.px(12), 0, 0)
        table.addWidget(more, 2 * len(STEPS) + 1, 0, 1, 2)
        self.setAccessibleName(" ".join(f"{name}: {does}" for name, does in STEPS))
