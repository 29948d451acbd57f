"""Acronyms spelled out where a page first uses them: pages of a memo are copied, faxed and read one by one.

Where a page ends depends on what is spelled out on it, and the other way round. Pages are therefore laid out until both
agree; should they never agree, whatever was once spelled out stays so, and a page may explain an acronym twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from msgspec.structs import replace

from clinic_mapper.memo.acronyms import acronyms_in, full_forms, meaning
from clinic_mapper.memo.document import Runs
from clinic_mapper.memo.fonts import drawable

Marks = frozenset[tuple[int, int]]
"""Which acronyms are spelled out: the number of a text, and of a use in it."""


class Use(NamedTuple):
    """An acronym in a text. `run`, `at`: where it stands. `word`: in the how manieth word, from 0."""

    name: str
    full: str
    run: int
    at: int
    word: int


class Explained:
    """A text of a document with its acronyms, some of them spelled out.

    `number`: the how manieth text of the document. `base`: its runs as they were composed. `in_full`: which of its
    uses are spelled out. `runs`: what is drawn.
    """

    def __init__(self, number: int, base: Runs, lang: str, in_full: frozenset[int]) -> None:
        self.number, self.in_full = number, in_full
        self.uses = tuple(_uses(base, lang))
        self.runs = _with_full(base, [self.uses[each] for each in sorted(in_full)])
        self._base = base
        grown = (len(use.full.split()) if place in in_full else 0 for place, use in enumerate(self.uses))
        self._grown = [0, *accumulate(grown)]

    def of_words(self, first: int, last: int) -> Iterator[int]:
        """Its uses that stand in the words from `first` to before `last`, as it is drawn."""
        for number, use in enumerate(self.uses):
            if first <= use.word + self._grown[number] < last:
                yield number

    def says(self, number: int, first: int) -> bool:
        """Whether the text itself says in full what this use means, from the drawn word `first` on."""
        use = self.uses[number]
        rest = _words(self._base)[max(0, first - self._grown[number]) :]
        told = " ".join(rest).casefold()
        return any(full.casefold() in told for full in full_forms(use.name))

    def added(self) -> Iterator[str]:
        """What is said more than was composed."""
        return (self.uses[number].full for number in sorted(self.in_full))


class Stretch(NamedTuple):
    """A part of a text that stands on a page: its words from `first` to before `last`."""

    text: Explained
    first: int
    last: int


def first_uses(pages: Sequence[Sequence[Stretch]]) -> Marks:
    """What has to be spelled out on these pages: each acronym where a page first uses it and does not explain it."""
    marks = set()
    for page in pages:
        told: set[str] = set()
        for text, first, last in page:
            for number in text.of_words(first, last):
                name = text.uses[number].name
                if name in told:
                    continue
                told.add(name)
                if not text.says(number, first):
                    marks.add((text.number, number))
    return frozenset(marks)


def _uses(runs: Runs, lang: str) -> Iterator[Use]:
    before = ""
    for place, run in enumerate(runs):
        for name, full, at in acronyms_in(run, lang):
            yield Use(name, full, place, at, _last_word(before + drawable(run.text[:at])))
        before += drawable(run.text)


def _last_word(text: str) -> int:
    """The number of the word that a text ends in, or of the next one where it ends with a blank."""
    return len(text.split()) - (text[-1:] not in ("", " "))


def _words(runs: Runs) -> list[str]:
    return "".join(drawable(run.text) for run in runs).split()


def _with_full(runs: Runs, uses: Sequence[Use]) -> Runs:
    """The runs with these uses in full, the last one first so that no place moves."""
    changed = list(runs)
    for use in reversed(uses):
        run = changed[use.run]
        end = use.at + len(use.name)
        more = meaning(run.text[: use.at], use.full, run.text[end:])
        changed[use.run] = replace(run, text=f"{run.text[:end]}{more}{run.text[end:]}")
    return tuple(changed)
