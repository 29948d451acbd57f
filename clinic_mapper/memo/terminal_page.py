"""Lines for a terminal: moved in, wrapped, each acronym in full where it comes first; nothing steers the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill

from clinic_mapper.memo.acronyms import Speller
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.words import Words

WIDTH = 100


class AsItStands(str):
    """A line that is printed as it stands: what people typed, titles of sources, English among other words."""

    __slots__ = ()


def indented(text: str, by: int) -> str:
    """A paragraph that is moved in."""
    return " " * by + printable(text)


def as_it_stands(text: str, by: int) -> str:
    """A paragraph that is moved in and in which no acronym is put in full."""
    return AsItStands(indented(text, by))


def page(lines: Iterable[str], words: Words) -> str:
    """The lines one below the other, each wrapped under its own beginning."""
    speller = Speller(words)
    return "".join(f"{_wrapped(line if isinstance(line, AsItStands) else speller.text(line))}\n" for line in lines)


def _wrapped(line: str) -> str:
    text = line.lstrip(" ")
    by = len(line) - len(text)
    start, below = " " * by, " " * (by + 2)
    return fill(printable(text), WIDTH, initial_indent=start, subsequent_indent=below, break_on_hyphens=False)
