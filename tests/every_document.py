"""Every document that the shipped samples give: seven readers in both languages, and the letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from clinic_mapper.casefile.codec import decode_case
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.date_question import without_days_untold
from clinic_mapper.memo.document import Document
from clinic_mapper.memo.draw import draw
from clinic_mapper.memo.letter_templates import letters
from clinic_mapper.memo.letters import contacts_for, letter_named, make_letter
from clinic_mapper.memo.narrow import for_reader
from clinic_mapper.memo.readers import READERS, load_profile
from clinic_mapper.memo.with_pictures import with_pictures
from clinic_mapper.memo.withhold import for_export, reduced, withhold
from clinic_mapper.memo.words import LANGUAGES
from clinic_mapper.resource_files import resources
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap

TODAY = date(2026, 11, 26)
SAMPLES = ("sample-matter", "in-custody-in-texas", "everything-unknown", "twelve-touchpoints")
_LINES_FOR_A_COURT = 6


class Name(NamedTuple):
    """Which document: of a sample, for a reader (or `letter-` and its id), in a language."""

    sample: str
    reader: str
    lang: str


def names() -> Iterator[Name]:
    """All of them but letters about a contact that a sample does not have."""
    for sample in SAMPLES:
        yield from (Name(sample, reader, lang) for reader in READERS for lang in LANGUAGES)
        matter = case(sample)[0]
        for id, letter in letters().items():
            if letter.contact == "none" or contacts_for(letter, matter, catalog()):
                yield Name(sample, f"letter-{id}", "en")


@cache
def catalog() -> Catalog:
    return load_catalog()


@cache
def case(sample: str) -> tuple[Matter, ExposureMap]:
    folder = resources() / "samples"
    path = folder / f"{sample}.json" if sample == "sample-matter" else folder / "matters" / f"{sample}.json"
    matter = for_export(decode_case(path.read_bytes()))
    return matter, map_exposure(matter, catalog(), TODAY)


def document_of(name: Name) -> Document:
    """The document as it is drawn, with its pictures and without what its reader may not see."""
    matter, exposure = case(name.sample)
    return document_for(matter, exposure, name.reader, name.lang)


def document_for(matter: Matter, exposure: ExposureMap, reader: str, lang: str) -> Document:
    """The same of any matter. A court sees its first lines, a request is about its first contact."""
    profile = load_profile(reader)
    lines = [line.id for line in exposure.lines[:_LINES_FOR_A_COURT]] if reader == "court" else None
    contacts = [each.id for each in matter.touchpoints[:1]] if reader == "request" else None
    kept, shown = for_reader(matter, exposure, profile, lines, contacts)
    shown = without_days_untold(shown, kept, catalog(), profile)
    document = withhold(compose(kept, catalog(), shown, reader, lang), profile)
    return with_pictures(document, reduced(kept, profile, catalog()), catalog(), shown, profile)


@cache
def pdf_of(name: Name) -> bytes:
    """The file."""
    if not name.reader.startswith("letter-"):
        return draw(document_of(name)).pdf
    matter, exposure = case(name.sample)
    letter = letter_named(name.reader.removeprefix("letter-"))
    about = contacts_for(letter, matter, catalog())[0].id if letter.contact != "none" else ""
    return make_letter(letter, matter, catalog(), exposure, about).pdf
