"""How the forms of a matter look, over what all pages share: letters to read aloud, labels, a ring of room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinic_mapper.ui.look import GAP, SMALL, Text, rule

__all__ = ["ALOUD", "FORM_TITLE", "GAP", "HEADING", "SMALL", "WIDE_GAP", "plain_label", "rule"]

ALOUD = 1.2
"""A question is read aloud from the screen: its letters are this much larger than the rest."""
HEADING = 1.05
FORM_TITLE = 1.35
WIDE_GAP = 18


def plain_label(
    parent: QWidget | None = None, text: str = "", *, size: float = 1.0, bold: bool = False, muted: bool = False
) -> Text:
    """A label for any text, also from people: never read as markup, wrapped; `muted` for what may be overlooked."""
    return Text(text, parent, size=size, bold=bold, calm=muted)
