"""What the clinic laid over the catalog, as the vault keeps it: bytes with a title, and every form they have had."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from sqlite_utils import Database

from clinic_mapper.problem import Problem


@dataclass(frozen=True)
class StoredLayer:
    """One form of a layer. `kind` and `content` are for whoever kept it; `saved`: when, in UTC."""

    id: str
    kind: str
    title: str
    saved: str
    content: bytes


def add_form(db: Database, layer: StoredLayer, *, removed: bool) -> None:
    """Put a form of a layer on top of those before."""
    before = [row["number"] for row in db.table("layers").rows_where("id = ?", [layer.id], select="number")]
    db.table("layers").insert(
        {
            "id": layer.id,
            "number": max(before, default=0) + 1,
            "kind": layer.kind,
            "title": layer.title,
            "saved": layer.saved,
            "removed": int(removed),
            "content": zlib.compress(layer.content),
        }
    )


def current(db: Database) -> list[StoredLayer]:
    """The last form of every layer that is in use, in the order in which layers were first kept.

    Raises:
        Problem: `layer-damaged`.
    """
    newest = "number = (SELECT max(number) FROM layers AS l WHERE l.id = layers.id) AND removed = 0"
    first = "(SELECT min(saved) FROM layers AS l WHERE l.id = layers.id), id"
    return [_layer(row) for row in db.table("layers").rows_where(newest, order_by=first)]


def forms(db: Database, id: str) -> list[StoredLayer]:
    """Every form that a layer has had, newest first.

    Raises:
        Problem: `layer-damaged`.
    """
    return [_layer(row) for row in db.table("layers").rows_where("id = ?", [id], order_by="number DESC")]


def _layer(row: dict[str, object]) -> StoredLayer:
    content = row["content"]
    assert isinstance(content, bytes)
    try:
        plain = zlib.decompress(content)
    except zlib.error as error:
        raise Problem(
            "layer-damaged",
            f"What was kept as “{row['title']}” is damaged and could not be read.",
            "Matters are not touched by it, and nothing was changed.",
            "Bring the list once more, or take this entry out under Catalog.",
        ) from error
    return StoredLayer(str(row["id"]), str(row["kind"]), str(row["title"]), str(row["saved"]), plain)
