"""What the clinic laid over the catalog, as the vault keeps it: bytes with a title, and every form they have had."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class StoredLayer:
    """One form of a layer. `kind` and `content` are for whoever kept it; `saved`: when, in UTC.

    `damaged`: what was kept cannot be read; `content` is empty then, and the other layers are whole.
    """

    id: str
    kind: str
    title: str
    saved: str
    content: bytes
    damaged: bool = False


def add_form(db: Database, layer: StoredLayer) -> None:
    """Put a form of a layer on top of those before."""
    before = [row["number"] for row in db.table("layers").rows_where("id = ?", [layer.id], select="number")]
    db.table("layers").insert(
        {
            "id": layer.id,
            "number": max(before, default=0) + 1,
            "kind": layer.kind,
            "title": layer.title,
            "saved": layer.saved,
            "removed": 0,
            "content": zlib.compress(layer.content),
        }
    )


def take_out(db: Database, id: str, saved: str) -> None:
    """Take a layer out of use, whether or not what was kept of it can be read: its last form stays as it is below."""
    for row in db.table("layers").rows_where(f"{_NEWEST} AND removed = 0 AND id = ?", [id]):
        db.table("layers").insert({**row, "number": row["number"] + 1, "saved": saved, "removed": 1})


_NEWEST = "number = (SELECT max(number) FROM layers AS l WHERE l.id = layers.id)"


def current(db: Database) -> list[StoredLayer]:
    """The last form of every layer that is in use, in the order in which layers were first kept."""
    first = "(SELECT min(saved) FROM layers AS l WHERE l.id = layers.id), id"
    return [_layer(row) for row in db.table("layers").rows_where(f"{_NEWEST} AND removed = 0", order_by=first)]


def forms(db: Database, id: str) -> list[StoredLayer]:
    """Every form that a layer has had, newest first."""
    return [_layer(row) for row in db.table("layers").rows_where("id = ?", [id], order_by="number DESC")]


def _layer(row: dict[str, object]) -> StoredLayer:
    content = row["content"]
    assert isinstance(content, bytes)
    try:
        plain, damaged = zlib.decompress(content), False
    except zlib.error:
        plain, damaged = b"", True
    return StoredLayer(str(row["id"]), str(row["kind"]), str(row["title"]), str(row["saved"]), plain, damaged)
