"""Layers over the shipped catalog: packs, imported lists, the clinic's own notes. Each adds rows or overrides by id.

Nothing below a layer is changed: taking it away restores what was under it. A layer that is not in order is refused
as a whole, with the reason, and the others stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec

from clinic_mapper.catalog.decode import KINDS, Finding, decode_file
from clinic_mapper.catalog.load import Files, in_order, located, merged_once, read_files, refusal
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.catalog.references import broken_references
from clinic_mapper.problem import Problem

LayerKind = Literal["pack", "list", "notes"]
ORDER: tuple[LayerKind, ...] = ("pack", "list", "notes")
"""From the lowest to the topmost: what the clinic notes stands above what others published."""
LISTS_TITLE = "ICE's published lists of 287(g) agencies"
"""The title of the layer that all imported lists make together. Its rows are worded by this program."""


class Layer(msgspec.Struct, frozen=True):
    """Rows that somebody laid over the shipped catalog. `title` is what people read ("The clinic's own notes")."""

    id: str
    kind: LayerKind
    title: str
    file: CatalogFile


class Refused(msgspec.Struct, frozen=True):
    """A layer that is not in use, and why."""

    layer: str
    problem: Problem


class Stack(msgspec.Struct, frozen=True):
    """The catalog with its layers, and the layers that were refused."""

    catalog: Catalog
    refused: tuple[Refused, ...]


def stacked(shipped: Catalog, layers: Iterable[Layer]) -> Stack:
    """The shipped catalog with the layers upon it, packs lowest, notes topmost, else in the order given."""
    catalog, refused = shipped, []
    for layer in sorted(layers, key=lambda layer: ORDER.index(layer.kind)):
        try:
            catalog = _with_layer(catalog, layer)
        except Problem as problem:
            refused.append(Refused(layer.id, problem))
    return Stack(catalog, tuple(refused))


def pack_layer(path: Path) -> Layer:
    """A folder of catalog files, or one such file, as a layer.

    Raises:
        Problem: `catalog-unreadable`, `catalog-invalid`.
    """
    rows = merged_once(read_files(path))
    return Layer(path.name, "pack", path.stem, _as_file(rows))


def layer_of(id: str, kind: LayerKind, title: str, content: bytes) -> Layer:
    """A layer from the bytes in which it was kept.

    Raises:
        Problem: `catalog-invalid` when they are no catalog file.
    """
    file = decode_file(title, content)
    if isinstance(file, Finding):
        raise refusal(file)
    return Layer(id, kind, title, file)


def kept(file: CatalogFile) -> bytes:
    """The bytes in which the rows of a layer are kept; `layer_of` reads them."""
    return msgspec.json.encode(file)


def _as_file(rows: Catalog) -> CatalogFile:
    lists: dict[str, Any] = {kind: tuple(getattr(rows, kind).values()) for kind in KINDS}
    return CatalogFile(version=rows.version or None, notes=rows.notes, **lists)


def _with_layer(below: Catalog, layer: Layer) -> Catalog:
    files: Files = [(layer.title, layer.file)]
    upper = merged_once(files)
    kinds = [kind for kind in KINDS if getattr(upper, kind)]
    joined: dict[str, Any] = {kind: in_order(kind, getattr(below, kind) | getattr(upper, kind)) for kind in kinds}
    origins = {(kind, id): layer.title for kind in kinds for id in getattr(upper, kind)}
    version = " + ".join(part for part in (below.version, upper.version or layer.title) if part)
    catalog = msgspec.structs.replace(
        below, version=version, notes=below.notes + upper.notes, origins=below.origins | origins, **joined
    )
    # Rows that nothing names can break no row that was in order before; it is enough to look at them alone.
    rows = upper if _NAMED_BY_NONE.issuperset(kinds) else catalog
    for broken in broken_references(catalog, rows):
        raise refusal(located(broken, files))
    return catalog


_NAMED_BY_NONE = frozenset({"known_practices", "remedies"})
"""Kinds whose rows no other row names."""
