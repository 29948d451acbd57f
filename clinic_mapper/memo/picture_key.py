"""What the acronyms in a picture mean, said under it on its page."""

from __future__ import annotations

from math import ceil

from msgspec.structs import replace

from clinic_mapper.memo.acronyms import acronyms_in
from clinic_mapper.memo.document import Run, Runs
from clinic_mapper.memo.fonts import REGULAR, width_of
from clinic_mapper.memo.phrases import plain
from clinic_mapper.memo.picture import Picture
from clinic_mapper.memo.picture_page import UPRIGHT, fitted, texts_of
from clinic_mapper.memo.words import Words

_LETTERS, _LINE, _AROUND = 7.2, 9.1, 4.0
"""The heights of the letters of the key, of a line, and of the room around it, in points."""
_SPARE = 30.0
"""What a page has left where a picture takes all the room that it may."""
_RAGGED = 1.05
"""How much longer lines must be than their words: none is filled to its end."""


def fitted_with_key(picture: Picture, words: Words) -> Picture | None:
    """The picture fit for a page with its key; for a page without, where only then it can be read; else None."""
    return fitted(replace(picture, beside=_height(forms_of(picture, words)))) or fitted(picture)


def key_of(picture: Picture, words: Words) -> Runs:
    """What stands under a picture that is fit for a page."""
    forms = forms_of(picture, words)
    if not forms:
        return ()
    return (plain(forms if picture.beside >= _height(forms) else words("picture.key_elsewhere")),)


def forms_of(picture: Picture, words: Words) -> str:
    """What the acronyms in a picture mean, as a sentence; "" where it has none."""
    said = (Run(text=text) for text in texts_of(picture))
    found = {name: full for run in said for name, full, _ in acronyms_in(run, words.lang)}
    each = "; ".join(f"{name}: {full}" for name, full in sorted(found.items()))
    return words("picture.key", forms=each) if each else ""


def _height(forms: str) -> float:
    lines = ceil(width_of(forms, REGULAR, _LETTERS) * _RAGGED / UPRIGHT[0])
    return max(0.0, lines * _LINE + _AROUND - _SPARE) if forms else 0.0
