"""What stands in the boxes of the picture, in the language of its reader."""

from __future__ import annotations

from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.words import Words


def system_name(id: str, catalog: Catalog, words: Words) -> str:
    """The catalog's name of a system, which is English; in another language the name that people say, in that one."""
    system, said = catalog.systems.get(id), f"short.{id}"
    if words.lang != "en" and said in words:
        return f"{words(said)[:1].upper()}{words(said)[1:]}"
    return system.name if system is not None else id


def touchpoint_name(touchpoint: Touchpoint, catalog: Catalog, lang: str) -> str:
    """The plain label of a touchpoint's kind; the id of the kind where this catalog does not know it."""
    kind = catalog.touchpoints.get(touchpoint.kind)
    if kind is None:
        return touchpoint.kind
    return kind.es if lang == "es" else kind.en
