"""Acronyms spelled out where a memo first uses them: “DHS (Department of Homeland Security)”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec.structs import replace

from clinic_mapper.memo.document import (
    Block,
    Document,
    Entry,
    Heading,
    Hops,
    Items,
    NoteBox,
    Paragraph,
    Run,
    Runs,
    Table,
    Tag,
    text_of,
)
from clinic_mapper.memo.words import LANGUAGES, Words, load_words

_OURS: frozenset[Tag] = frozenset(("", "route", "question", "remedy", "law"))
"""What may be spelled out: the memo's and the catalog's words. What people typed, and titles of sources, stay as they
are."""
_ENGLISH: frozenset[Tag] = frozenset(("law",))
"""What the catalog says in English alone: no Spanish words are put into it. Other English is told apart before."""
_GROUP = "acronym."


def spelled_out(document: Document, words: Words) -> Document:
    """The document with each acronym of the words in full where running text or a table first uses it.

    An acronym that the text itself explains, as in “National Crime Information Center (NCIC)”, is left alone.
    """
    return replace(document, blocks=tuple(Speller(words).blocks(document.blocks)))


def spelled_out_in_english(document: Document, words: Words) -> Document:
    """The same for what the catalog says in English within a document in another language (`with_languages`)."""
    if words.lang == "en":
        return document
    speller, told = Speller(load_words("en")), text_of(document).casefold()
    speller.lang = "en"
    speller.full = {name: speller.full[name] for name, full in _full(words).items() if full.casefold() not in told}
    speller.begin()
    return replace(document, blocks=tuple(speller.blocks(document.blocks)))


def acronyms_in(run: Run, lang: str) -> Iterator[tuple[str, str, int]]:
    """Each acronym in a run that may be spelled out, with its full form and where it begins.

    `lang`: the language of the document, in which the run is where it says nothing else.
    """
    spoken = run.lang or lang
    if _is_ours(run, spoken):
        words = load_words(spoken)
        for match in _every(words).finditer(run.text):
            yield match.group(), _full(words)[match.group()], match.start()


def meaning(before: str, full: str, after: str) -> str:
    """What is put behind an acronym, that stands between `before` and `after`, to say what it means.

    Within brackets a comma tells no more than whose name it is: “(NGI, Next Generation Identification)”, but “(IRS
    (Internal Revenue Service) to ICE)”.
    """
    alone = before.endswith("(") and after.startswith(")")
    return f", {full}" if alone else f" ({full})"


@cache
def full_forms(name: str) -> tuple[str, ...]:
    """What an acronym means, in each language."""
    return tuple(_full(load_words(lang))[name] for lang in LANGUAGES)


def _is_ours(run: Run, spoken: str) -> bool:
    return run.tag in (_OURS if spoken == "en" else _OURS - _ENGLISH) and not run.forms


@lru_cache(maxsize=4)
def _every(words: Words) -> re.Pattern[str]:
    return _pattern(set(_full(words)))


@lru_cache(maxsize=4)
def _full(words: Words) -> dict[str, str]:
    return {key.removeprefix(_GROUP): words(key) for key in words.keys if key.startswith(_GROUP)}


def _pattern(names: Iterator[str] | set[str]) -> re.Pattern[str]:
    """Where one of these stands: not as a party in a case's name, nor as the number of an article."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w/-])(?<! v\. )(?<!\bArticle )(?:{'|'.join(longest_first)})(?![\w/’'-]| v\. )")


class Speller:
    """Walks a document, or texts, in reading order and remembers what has been spelled out."""

    def __init__(self, words: Words) -> None:
        self.full = _full(words)
        self.english = _full(load_words("en"))
        self.spoken = words.lang
        self.lang = ""
        self.begin()

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Block]:
        """The blocks with each acronym in full where it comes first."""
        for block in blocks:
            if isinstance(block, Heading) and block.new_page:
                self.begin()  # an appendix is often read by itself
            yield self._block(block)

    def begin(self) -> None:
        """From here on all are spelled out once more."""
        self.pending = set(self.full)
        self.pattern = _pattern(self.pending)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(runs=runs):
                return replace(block, runs=self._runs(runs))
            case Items(items=items):
                return replace(block, items=tuple(self._runs(item) for item in items))
            case Table(rows=rows) | Hops(rows=rows):
                return replace(block, rows=tuple(tuple(self._runs(cell) for cell in row) for row in rows))
            case NoteBox(paragraphs=paragraphs):
                return replace(block, paragraphs=tuple(self._runs(each) for each in paragraphs))
            case Entry(title=title, blocks=inner):
                spelled = self._runs(title)
                return replace(block, title=spelled, blocks=tuple(self.blocks(inner)))
            case _:
                return block

    def _runs(self, runs: Runs) -> Runs:
        if not self.pending:
            return runs
        return tuple(self._run(run) if self._is_ours(run) else run for run in runs)

    def _is_ours(self, run: Run) -> bool:
        return run.lang == self.lang and _is_ours(run, self.spoken)

    def _run(self, run: Run) -> Run:
        text = self.text(run.text)
        return run if text == run.text else replace(run, text=text)

    def text(self, text: str) -> str:
        """The text with each acronym in full that was not before."""
        if not self.pending or self.pattern.search(text) is None:
            return text
        spelled = self.pattern.sub(lambda match: self._spelled(match, text), text)
        self.pattern = _pattern(self.pending)
        return spelled

    def _spelled(self, match: re.Match[str], text: str) -> str:
        name = match.group()
        if name not in self.pending:
            return name
        self.pending.discard(name)
        if any(full[name].casefold() in text.casefold() for full in (self.full, self.english)):
            return name
        return name + meaning(text[: match.start()], self.full[name], text[match.end() :])
