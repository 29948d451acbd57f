"""What a key means on a question: which answer it gives, or where it goes. No widget in here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from clinic_mapper.casefile.model import DECLINED, UNKNOWN

CLEAR = ""
"""The answer "not asked": nothing is stored."""

_YES = frozenset({"y", "s"})
_NEXT = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})
_CLEARING = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


def answer_for(event: QKeyEvent, values: tuple[str, ...], others: tuple[str, ...]) -> str | None:
    """The answer that a key gives on a question with these values, `CLEAR` for none, None if the key gives no answer.

    `values` are the question's own, in their order; `others` which of don't know and declined are offered.
    """
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return None
    if event.key() in _CLEARING:
        return CLEAR
    typed = event.text().lower()
    if typed in _YES and "yes" in values:
        return "yes"
    if typed == "n" and "no" in values:
        return "no"
    if typed.isdecimal() and 1 <= int(typed) <= len(values):
        return values[int(typed) - 1]
    named = {"d": UNKNOWN, "x": DECLINED}.get(typed)
    return named if named in others else None


def way_for(event: QKeyEvent) -> int:
    """+1 if the key goes on to the next question, -1 to the one before, 0 if neither."""
    if event.key() in _NEXT:
        return 1
    return -1 if event.key() == Qt.Key.Key_Up else 0


def side_for(event: QKeyEvent) -> int:
    """+1 if the key moves to the answer on the right, -1 to the left, 0 if neither."""
    return {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
