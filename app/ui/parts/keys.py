"""Keys as they are printed on buttons ("Ctrl Enter", "F2") and as Qt knows them."""

from PySide6.QtGui import QKeySequence

LOCAL = {"Enter", "Esc", "Spasi", "Space", "↑", "↓", "←", "→", "+", "-", "PgUp", "PgDn", "Shift Enter", "Shift F12"}
"""Printed only: they belong to whatever list, viewer or dialog has the focus."""

QT_NAMES = {"Enter": "Return", "Spasi": "Space", "Esc": "Escape", "↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}


def is_global(printed: str) -> bool:
    """Whether a button may wire this key for its whole window; single letters and Enter never are."""
    return len(printed) > 1 and printed not in LOCAL


def sequences(printed: str) -> list[QKeySequence]:
    """The Qt sequences of a printed key; Enter is both the large one and the one on the number pad."""
    parts = printed.split(" ")
    last = QT_NAMES.get(parts[-1], parts[-1])
    endings = ["Return", "Enter"] if last == "Return" else [last]
    return [QKeySequence("+".join([*parts[:-1], ending])) for ending in endings]
