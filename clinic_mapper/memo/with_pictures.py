"""A memo with the map as a picture before its appendices, made from what its reader may see."""

from __future__ import annotations

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.document import Block, Document, Drawing, Heading, Paragraph
from clinic_mapper.memo.fonts import REGULAR, width_of
from clinic_mapper.memo.phrases import plain
from clinic_mapper.memo.picture import TEXT_SIZE, Picture, columns_of, lay_out
from clinic_mapper.memo.picture_key import fitted_with_key, key_of
from clinic_mapper.memo.picture_page import MOST_COLUMNS
from clinic_mapper.memo.readers import Profile
from clinic_mapper.memo.words import Words, load_words
from clinic_mapper.routing.model import ExposureMap, Standing

_BLANK = 3.0
"""About the width of a blank beside letters of the picture's size."""
_BY_THEMSELVES: tuple[Standing, ...] = ("open", "undetermined")


def with_pictures(
    document: Document, matter: Matter, catalog: Catalog, exposure: ExposureMap, profile: Profile
) -> Document:
    """The document with a picture of the map where it fits a page and can be read, else with one of each standing.

    Where neither can be read, the first appendix says so. A reader who sees no routes gets none.

    Args:
        matter: what the reader may see of it.
    """
    first = next((n for n, block in enumerate(document.blocks) if isinstance(block, Heading) and block.new_page), None)
    if first is None or profile.withholds("route"):
        return document
    words = load_words(document.lang)
    drawn, missing = _pictures(matter, catalog, exposure, words)
    blocks = document.blocks
    after = first + (2 if isinstance(blocks[first + 1], Paragraph) else 1)
    return replace(document, blocks=(*blocks[:first], *drawn, *blocks[first:after], *missing, *blocks[after:]))


def _pictures(matter: Matter, catalog: Catalog, exposure: ExposureMap, words: Words) -> tuple[list[Block], list[Block]]:
    """What is drawn, and what is said instead of what cannot be."""

    widths: dict[str, float] = {}

    def measured(text: str) -> float:
        total = -_BLANK
        for word in text.split(" "):
            if word not in widths:
                widths[word] = width_of(word, REGULAR, TEXT_SIZE) + _BLANK
            total += widths[word]
        return total

    def fit(only: list[str] | None) -> Picture | None:
        if columns_of(exposure, catalog, matter, only) > MOST_COLUMNS:
            return None
        return fitted_with_key(lay_out(exposure, catalog, matter, only, measured, words.lang), words)

    whole = fit(None)
    if whole is not None:
        return ([_drawing(whole, words("picture.title"), words)], []) if whole.arrows else ([], [])
    drawn: list[Block] = []
    missing: list[Block] = []
    for standing in _BY_THEMSELVES:
        part = fit([line.id for line in exposure.lines if line.standing == standing])
        said = words(f"picture.lines_{standing}")
        if part is None:
            missing.append(Paragraph(runs=(plain(words("picture.too_large", lines=said)),), style="small"))
        elif part.arrows:
            drawn.append(_drawing(part, words("picture.title_of", lines=said), words))
    return drawn, missing


def _drawing(picture: Picture, title: str, words: Words) -> Drawing:
    return Drawing(
        title=(plain(title),),
        says=(plain(words("picture.says")),),
        picture=picture,
        alt=words("picture.alt", arrows=" ".join(f"{arrow.title}." for arrow in picture.arrows)),
        key=key_of(picture, words),
    )
