"""Letters of other scripts: the fonts that have them, how they join, and the order in which they stand on a line.

Latin, Greek and Cyrillic letters are drawn one beside the other with the memo's own fonts. Of the scripts here most
join their letters or set marks above them, and two run from right to left; names in them stand within text that runs
from left to right. Chinese, Japanese and Korean letters stand alone, but their font is large: it is read by none who
has no use for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from clinic_mapper.resource_files import resources

_RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "Arabic": ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
    "Armenian": ((0x530, 0x58F), (0xFB13, 0xFB17)),
    "Bengali": ((0x980, 0x9FF),),
    "CJK": (
        (0x1100, 0x11FF),
        (0x2E80, 0x31FF),
        (0x3200, 0x4DBF),
        (0x4E00, 0x9FFF),
        (0xA960, 0xA97F),
        (0xAC00, 0xD7FF),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE4F),
        (0xFF01, 0xFFEF),
        (0x20000, 0x3FFFF),
    ),
    "Devanagari": ((0x900, 0x97F), (0xA8E0, 0xA8FF)),
    "Ethiopic": ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)),
    "Georgian": ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)),
    "Gurmukhi": ((0xA00, 0xA7F),),
    "Hebrew": ((0x591, 0x5FF), (0xFB1D, 0xFB4F)),
}
_OTHER = re.compile(
    "[" + "".join(f"{chr(first)}-{chr(last)}" for ranges in _RANGES.values() for first, last in ranges) + "]"
)
_ALONE = ("CJK",)
"""Scripts whose letters stand one beside the other: each has the shape that its font has for it."""
_FONT_FILES = {"CJK": "DroidSansFallback.ttf"}
_LEFTWARD = ("Memo-Arabic", "Memo-Hebrew")
_FIRST_OWN = 0xE000
"""Glyphs that stand for no character alone get numbers from here on, where no character ever is."""

_NOTHING = "\u200b"
"""What a shape means that is drawn beside another one for the same letter."""

_AS_ONE = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFEF5, 0xFEFD)}
"""Lam with alef, drawn as one shape. As one character nobody who reads the file turns the two round."""

Stretch = tuple[str, str, str]
"""Font, language and text."""


class Glyph(NamedTuple):
    """A drawn shape: the number that stands for it, what it means, its width, how far the next one is, its shift."""

    code: int
    said: str
    width: float
    advance: float
    right: float
    up: float


def script_font(letter: str) -> str:
    """The name of the font for a letter of another script, "" for those of the memo's own fonts."""
    code = ord(letter)
    for script, ranges in _RANGES.items():
        if any(first <= code <= last for first, last in ranges):
            return f"Memo-{script}"
    return ""


def is_of_own_letters(text: str) -> bool:
    """Whether no letter of a text can be of another script."""
    return text.isascii() or _OTHER.search(text) is None


def by_font(text: str, font: str) -> Iterator[tuple[str, str]]:
    """A word in pieces of one font each. A mark goes with the letter that it stands on."""
    if is_of_own_letters(text):
        yield font, text
        return
    pieces: list[tuple[str, str]] = []
    for letter in text:
        own = script_font(letter) or font
        if pieces and (own == pieces[-1][0] or (unicodedata.combining(letter) and not script_font(letter))):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + letter)
        else:
            pieces.append((own, letter))
    yield from pieces


@lru_cache(maxsize=1)
def _shaping_font() -> type[Any]:
    from reportlab.pdfbase.ttfonts import TTFont

    class ShapingFont(TTFont):  # type: ignore[misc]
        """A font whose letters take their shape from those beside them. Keeps no text once a document is drawn."""

        def __init__(self, name: str, file: str) -> None:
            import uharfbuzz

            super().__init__(name, file, asciiReadable=0)
            self.shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(Path(file).read_bytes())))
            self.scale = 1000 / self.shaper.face.upem
            self.codes: dict[int, int] = {}
            self.meanings: dict[int, str] = {}
            self.widths: dict[tuple[str, float], float] = {}

        def shaped(self, text: str) -> list[Glyph]:
            import uharfbuzz

            buffer = uharfbuzz.Buffer()
            buffer.add_str(text)
            buffer.guess_segment_properties()
            buffer.language = "und"  # the laptop's own would give it other shapes
            buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
            uharfbuzz.shape(self.shaper, buffer)
            ends = sorted({info.cluster for info in buffer.glyph_infos} | {len(text)})
            follows = dict(pairwise(ends))
            glyphs, told = [], set()
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                said = text[info.cluster : follows[info.cluster]] if info.cluster not in told else _NOTHING
                said = _AS_ONE.get(said, said)
                told.add(info.cluster)
                code = self._code(info.codepoint, said)
                moved = (place.x_advance * self.scale, place.x_offset * self.scale, place.y_offset * self.scale)
                glyphs.append(Glyph(code, self.meanings[code], self.face.charWidths[code], *moved))
            return glyphs

        def _code(self, glyph: int, said: str) -> int:
            code = self.codes.get(glyph)
            if code is None:
                code = self.codes[glyph] = _FIRST_OWN + len(self.codes)
                self.face.charToGlyph[code] = glyph
                self.face.charWidths[code] = self.shaper.get_glyph_h_advance(glyph) * self.scale
            if self.meanings.get(code, _NOTHING) == _NOTHING:
                self.meanings[code] = said
            return code

        def stringWidth(self, text: Any, size: float, encoding: str = "utf8") -> float:
            width = self.widths.get((text, size))
            if width is None:
                width = self.widths[text, size] = sum(glyph.advance for glyph in self.shaped(text)) * size / 1000
            return width

    return ShapingFont


@lru_cache(maxsize=1)
def _standing_font() -> type[Any]:
    from reportlab.pdfbase.ttfonts import TTFont

    class StandingFont(TTFont):  # type: ignore[misc]
        """A font whose letters have one shape each. Keeps no text once a document is drawn."""

        def __init__(self, name: str, file: str) -> None:
            super().__init__(name, file, asciiReadable=0)
            self.meanings: dict[int, str] = {}
            self.widths: dict[tuple[str, float], float] = {}

        def shaped(self, text: str) -> list[Glyph]:
            return [Glyph(ord(letter), letter, wide, wide, 0.0, 0.0) for letter, wide in self._wide(text)]

        def _wide(self, text: str) -> Iterator[tuple[str, float]]:
            for letter in text:
                yield letter, self.face.charWidths.get(ord(letter), self.face.defaultWidth)

    return StandingFont


@lru_cache(maxsize=len(_RANGES))
def script_letters(name: str) -> Any:
    """The font of this name, read once, when a letter of its script is first to be drawn."""
    from reportlab.pdfbase import pdfmetrics

    script = name.removeprefix("Memo-")
    file = resources() / "fonts" / _FONT_FILES.get(script, f"NotoSans{script}-Regular.ttf")
    font = (_standing_font() if script in _ALONE else _shaping_font())(name, str(file))
    pdfmetrics.registerFont(font)
    _READ[name] = font
    return font


_READ: dict[str, Any] = {}


def fonts_read() -> dict[str, Any]:
    """The fonts of other scripts that were read so far, by name."""
    return _READ


def meanings() -> dict[str, dict[int, str]]:
    """What the shapes mean that were drawn since words were last forgotten, by the name of the font in the file."""
    return {font.face.name.decode("ascii"): font.meanings for font in _READ.values()}


def is_script_font(name: str) -> bool:
    """Whether a font is one of those for other scripts."""
    return name.startswith("Memo-") and name.removeprefix("Memo-") in _RANGES


def in_line_order(stretches: list[Stretch]) -> list[tuple[str, list[Stretch]]]:
    """The stretches of a line in the order in which they stand on it, from left to right, in groups.

    Each group comes with its text as it is read; "" where it stands as it is read. What stands between two words
    that run leftward (blanks, numbers, signs) is turned round with them; a number within stays as it is.
    """
    groups: list[tuple[str, list[Stretch]]] = []
    left = list(stretches)
    while left:
        font, _, said = left[0]
        if font in _LEFTWARD:
            group, left = _leftward(left)
            turned = [(font, lang, _turned(text) if font not in _LEFTWARD else text) for font, lang, text in group]
            groups.append(("".join(text for _, _, text in group), turned[::-1]))
        else:
            reads_as_drawn = not is_script_font(font) or _as_drawn(script_letters(font), said) == said
            groups.append(("" if reads_as_drawn else said, [left.pop(0)]))
    return groups


def _as_drawn(font: Any, text: str) -> str:
    return "".join(glyph.said for glyph in font.shaped(text))


def _leftward(stretches: list[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """The stretches at the beginning that run leftward together, with a bracket closing one of theirs; and the rest."""
    end = _end_of_leftward(stretches, 0)
    group, rest = stretches[:end], stretches[end:]
    signs = "".join(text for font, _, text in group if font not in _LEFTWARD)
    opened = sum(map(signs.count, "([{«")) > sum(map(signs.count, ")]}»"))
    if opened and rest and rest[0][2][:1] in (")", "]", "}", "»"):
        font, lang, text = rest[0]
        group = [*group, (font, lang, text[:1])]
        rest = [(font, lang, text[1:]), *rest[1:]] if text[1:] else rest[1:]
    return group, rest


def _end_of_leftward(stretches: list[Stretch], start: int) -> int:
    end = start + 1
    for place in range(start + 1, len(stretches)):
        font, _, said = stretches[place]
        if font in _LEFTWARD:
            end = place + 1
        elif is_script_font(font) or any(letter.isalpha() for letter in said):
            break
    return end


_TURNS = re.compile(r"\d(?:[\d.,:/-]*\d)?|.", re.DOTALL)
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def _turned(text: str) -> str:
    """What stands between two words that run leftward, as it is drawn: turned round, but no number."""
    parts = _TURNS.findall(text)
    return "".join(part if part[0].isdigit() else part.translate(_MIRRORED) for part in reversed(parts))
