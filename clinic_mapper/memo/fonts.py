"""The letters that memos are drawn with: shipped, embedded, and asked before drawing whether they have a letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from clinic_mapper.memo.document import Run
from clinic_mapper.memo.letter_forms import OUR_DIGITS
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.scripts import by_font, fonts_read, is_script_font, script_font, script_letters
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources

REGULAR, BOLD, ITALIC = "Memo", "Memo-Bold", "Memo-Italic"
_FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf", ITALIC: "NotoSans-Italic.ttf"}

_SAID_OTHERWISE = OUR_DIGITS | str.maketrans(
    {"→": "›", "←": "‹", "≤": "<=", "≥": ">=", "≠": "not ", "✓": "x", "■": "•", "●": "•"}
)
"""Signs that the letters lack and that say the same in another way. Never a letter of a name. Numbers are written with
our digits: whoever gets the file can read them, and in those of other scripts programs turn a number round."""


@lru_cache(maxsize=1)
def letters() -> dict[str, Any]:
    """The shipped fonts by name, read once and made known to the drawing library."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    class Letters(TTFont):  # type: ignore[misc]
        """A font that measures each word once while a document is drawn, and keeps none of it afterwards."""

        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            self.widths: dict[tuple[str, float], float] = {}

        def stringWidth(self, text: Any, size: float, encoding: str = "utf8") -> float:
            width = self.widths.get((text, size))
            if width is None:
                width = self.widths[text, size] = super().stringWidth(text, size, encoding)
            return width

    fonts = {name: Letters(name, str(resources() / "fonts" / file)) for name, file in _FILES.items()}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    return fonts


def forget_words() -> None:
    """Lets go of the words that were measured and of what shapes meant: what was drawn may be about a client."""
    for font in letters().values():
        font.widths.clear()
    for font in fonts_read().values():
        font.widths.clear()
        font.meanings.clear()


def drawable(text: str) -> str:
    """The text as it will be drawn: printable, and with signs that the letters have."""
    return printable_edges(text).translate(_SAID_OTHERWISE)


def printable_edges(text: str) -> str:
    """`printable`, but a blank at either end stays: runs stand next to each other."""
    inner = printable(text)
    if not inner:
        return " " if text else ""
    return (" " if text[:1].isspace() else "") + inner + (" " if text[-1:].isspace() else "")


def width_of(text: str, font: str, size: float) -> float:
    """The width of a text as it will be drawn, in points."""
    return float(sum(font_named(own).stringWidth(part, size) for own, part in by_font(drawable(text), font)))


def font_named(name: str) -> Any:
    """A shipped font; one of another script is read when it is first asked for."""
    return script_letters(name) if is_script_font(name) else letters()[name]


def font_of(run: Run) -> str:
    """The font that a run is drawn with."""
    return BOLD if run.bold else ITALIC if run.italic else REGULAR


def _in_another_script(letter: str) -> bool:
    name = script_font(letter)
    return bool(name) and ord(letter) in script_letters(name).face.charToGlyph


def check_letters(runs: Iterable[Run]) -> None:
    """Makes sure that every character can be drawn.

    Raises:
        Problem: `letter-missing`, naming the characters. Nothing is ever drawn as an empty box.
    """
    used: dict[str, dict[str, None]] = {}
    for run in runs:
        used.setdefault(font_of(run), {}).update(dict.fromkeys(drawable(run.text)))
    missing: dict[str, None] = {}
    for name, font in letters().items():
        known = font.face.charToGlyph
        for letter in used.get(name, ()):
            if ord(letter) not in known and not _in_another_script(letter):
                missing[letter] = None
    if missing:
        named = ", ".join(f"“{letter}” ({unicodedata.name(letter, 'unnamed')})" for letter in list(missing)[:5])
        raise Problem(
            "letter-missing",
            f"The memo's letters lack {named}.",
            "Nothing was saved.",
            "Write the name in Latin letters where it stands, and export again.",
        )
