"""Reads a finished file by unlike means and searches it for everything that may not be in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from clinic_mapper.memo.haystack import Haystack
from clinic_mapper.memo.pdf_oddities import oddities
from clinic_mapper.memo.pdf_surfaces import Surface, surfaces
from clinic_mapper.memo.spellings import Spelling
from clinic_mapper.memo.withhold import Withheld

Text = str | Callable[[], str]
ONLY_HEARD = "\f"
"""In the own words, what stands before those that say aloud what a picture shows: they excuse nothing on a page."""


class Leak(msgspec.Struct, frozen=True, order=True):
    """Something that may not be in a file, found in it. Never holds the value itself.

    `value_kind`: a disclosure tag, the kind of an identifier, `word` (one that this reader's files never contain) or
    `hidden` (a part of the file that cannot be searched). `value_from`: where in the matter the value stands.
    """

    value_kind: str
    where: str
    value_from: str = ""


class OwnWords:
    """The same file made from a matter in which the value never was: what it says is no leak.

    A value is excused exactly as often as it stands there. `reduced`: without what the reader may not see; excuses
    values that are also part of something shown, or of the catalog. `bare`: without a word that anybody typed;
    nothing else excuses the name or number of a person. `named`: with agencies and places; excuses a part of a name
    that is also a part of a place (a Mr. Kern, and Kern County).

    Each is made when a value was found in a file and is looked for in it: most files hold nothing to excuse.
    """

    def __init__(self, reduced: Text = "", bare: Text = "", named: Text = "") -> None:
        self._made = {"reduced": reduced, "bare": bare, "named": named}

    @property
    def reduced(self) -> str:
        """What the reader may see."""
        return self._text("reduced")

    @property
    def bare(self) -> str:
        """What nobody typed."""
        return self._text("bare")

    @property
    def named(self) -> str:
        """What nobody typed, with agencies and places."""
        return self._text("named")

    def with_more(self, text: str) -> OwnWords:
        """These words, and what drawing added to them: the program's own, whatever the matter."""
        return self._changed(lambda told: f"{text}\n{told}") if text else self

    def on_pages(self) -> OwnWords:
        """The words that pages show, without what is only heard."""
        return self._changed(lambda told: told.partition(ONLY_HEARD)[0])

    def _changed(self, change: Callable[[str], str]) -> OwnWords:
        def changed(name: str) -> Callable[[], str]:
            return lambda: change(self._text(name))

        return OwnWords(**{name: changed(name) for name in self._made})

    def _text(self, name: str) -> str:
        made = self._made[name]
        if not isinstance(made, str):
            made = self._made[name] = made()
        return made


class _Excuses:
    """The own words, ready to be searched."""

    def __init__(self, own: OwnWords) -> None:
        self._own = own

    def of(self, withheld: Withheld, part: bool) -> Haystack:
        if not withheld.identifier:
            return self._reduced
        return self._named if part else self._bare

    @cached_property
    def _reduced(self) -> Haystack:
        return Haystack(self._own.reduced)

    @cached_property
    def _bare(self) -> Haystack:
        return Haystack(self._own.bare)

    @cached_property
    def _named(self) -> Haystack:
        return Haystack(self._own.named)


_NOTHING = OwnWords()
_FILE_WORDS = (
    "memo page counts letter map picture case supervisor file cocounsel court request client funder "
    "pdf txt csv svg png json en es"
)


def prove(
    pdf: bytes,
    withheld: Iterable[Withheld],
    file_name: str = "",
    own: OwnWords = _NOTHING,
    never: Iterable[str] = (),
    titles: str = "",
    pages: Sequence[str] | None = None,
    told: Callable[[], object] = lambda: None,
) -> list[Leak]:
    """Every leak in a PDF: page text, properties, bookmarks, comments, attachments, names, structure, bytes, file name.

    `never`: words that no file for this reader contains. `titles`: the document's own title and those of its parts,
    which properties and bookmarks repeat: by themselves they are excused by nothing but `own`, as on the pages.
    `pages`: the texts of its pages, if they have just been read from these very bytes. `told` is called before each
    place.
    """
    values = list(withheld)
    loud = [replace(each, spellings=tuple(filter(_means_something_in_bytes, each.spellings))) for each in values]
    shown, drawn, hidden = _Excuses(own.on_pages()), _Excuses(own), _Excuses(OwnWords(titles, titles, titles))
    found = {Leak("hidden", what) for what in oddities(pdf)}
    found |= set(_leaks(Surface("bookmark", _each_once(titles)), values, drawn, never))
    seen: set[str] = set()
    for surface in surfaces(pdf, pages):
        told()
        if surface.page_text:
            found |= set(_leaks(surface, values, shown, never))
        elif surface.text not in seen:
            seen.add(surface.text)
            excuses = drawn if surface.draws else hidden  # “Washington” stands in the orders that draw the law's name
            found |= set(_leaks(surface, *((loud, excuses, ()) if surface.binary else (values, excuses, never))))
    return sorted(found | set(_in_file_name(file_name, values)))


def _each_once(lines: str) -> str:
    return "\n".join(dict.fromkeys(lines.split("\n")))


def prove_text(
    text: str,
    withheld: Iterable[Withheld],
    file_name: str = "",
    own: OwnWords = _NOTHING,
    never: Iterable[str] = (),
) -> list[Leak]:
    """The same gate for an exit that is plain text: SVG, JSON, copied text."""
    values = list(withheld)
    leaks = set(_leaks(Surface("text", text), values, _Excuses(own), never))
    return sorted(leaks | set(_in_file_name(file_name, values)))


def names_any(text: str, withheld: Iterable[Withheld]) -> bool:
    """Whether a text names somebody in full, or holds a number: initials and single parts of a name are not counted."""
    haystack = Haystack(text)
    spellings = (spelling for value in withheld for spelling in value.spellings)
    return any(haystack.count(each) for each in spellings if not each.part and each.how != "exact")


def _in_file_name(file_name: str, values: list[Withheld]) -> Iterator[Leak]:
    own = OwnWords(_FILE_WORDS, _FILE_WORDS, _FILE_WORDS)
    yield from _leaks(Surface("file name", file_name), values, _Excuses(own), ())


def _leaks(surface: Surface, values: list[Withheld], excuses: _Excuses, never: Iterable[str]) -> Iterator[Leak]:
    haystack = Haystack(surface.text)
    for value in values:
        for spelling in value.spellings:
            count = haystack.count(spelling)
            if count and count > excuses.of(value, spelling.part).count(spelling):
                yield Leak(value.kind, surface.where, value.where)
                break
    for word in words_found(surface.text, never):
        yield Leak("word", surface.where, word)


def _means_something_in_bytes(spelling: Spelling) -> bool:
    """Short words and numbers stand in any long row of bytes by chance; these do not.

    “08/2022” is no month there: a font says by <08> <2022> that its eighth shape means a bullet.
    """
    said = [letter for letter in spelling.text if letter.isalnum()]
    return len(said) >= (8 if all(map(str.isdigit, said)) else 6)


def words_found(text: str, never: Iterable[str]) -> list[str]:
    """The words of a list that stand in a text, in any case; ALL CAPITALS are looked for as such."""
    found = []
    for word in never:
        flags = 0 if word.isupper() else re.IGNORECASE
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, flags):
            found.append(word)
    return found


_LOOKS_LIKE = {
    "a-number": re.compile(
        r"(?<!\w)A(?:[- ]?(?:number|no\.?|núm\.?))?[- #:]{0,3}\d{2,3}[- .]?\d{3}[- .]?\d{3}(?!\d)", re.I
    ),
    "ssn": re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])|(?<![\w.,/-])\d{9}(?![\w/-])"),
    "phone": re.compile(r"(?<![\d-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d-])"),
    "e-mail": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    "plate": re.compile(r"(?<![\w-])(?:\d[A-Z]{3}\d{3}|[A-Z]{3}-?\d{4}|\d{3}-?[A-Z]{3})(?![\w-])"),
    "address": re.compile(
        r"(?<![\w§.-])\d{1,5} (?:[NSEW]\.? )?(?:[A-Z][\w'’]+ ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr"
        r"|Drive|Ln|Lane|Terrace|Circle|Hwy|Highway|Pkwy|Parkway)\b"
        r"|\b(?:Calle|Avenida|Av\.) (?:[A-Z][\w'’]+ ){1,3}(?:#|No\. ?)?\d+"
    ),
}
"""Shapes of numbers and places. Of a court, a statute, a rule or a day none has the shape."""


def looks_like(text: str, own: str = "") -> list[str]:
    """The kinds of number or address that a text seems to hold although the matter does not know them."""
    return [kind for kind, form in _LOOKS_LIKE.items() if len(form.findall(text)) > len(form.findall(own))]
