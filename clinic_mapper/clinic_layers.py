"""What a clinic laid over the shipped catalog, between its vault, which keeps it as bytes, and the catalog it makes.

Imported lists stay as they were read: what is known from them is worked out from all of them together, so that it does
not matter in which order they were brought. Notes are one layer, changed as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from clinic_mapper.catalog.agreement_history import known_from
from clinic_mapper.catalog.agreement_workbook import AgreementList
from clinic_mapper.catalog.layers import LISTS_TITLE, Layer, Refused, Stack, kept, layer_of, stacked
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.catalog.notes import NOTES_ID, NOTES_TITLE, note_ids
from clinic_mapper.kept_layers import Keeping, Kept
from clinic_mapper.problem import Problem

HALF_TYPED = "half-typed-note"
"""The id, and the kind, under which a note is kept that was not finished: it is no layer and changes nothing."""
_OURS = ("list", "notes")


class LayerEntry(NamedTuple):
    """A layer as a list shows it. `rows`: how many it holds; `saved`: when it was kept, in UTC."""

    id: str
    kind: str
    title: str
    rows: int
    saved: str


class ClinicLayers:
    """The layers of one vault over the shipped catalog. Methods raise `Problem` as the vault says."""

    def __init__(self, shipped: Catalog, vault: Keeping) -> None:
        self._shipped = shipped
        self._vault = vault

    def stack(self) -> Stack:
        """The catalog with everything the clinic laid over it; what is not in order is refused and named."""
        refused: list[Refused] = []
        stack = stacked(self._shipped, self._layers(refused))
        return Stack(stack.catalog, (*refused, *stack.refused))

    def entries(self) -> list[LayerEntry]:
        """What was laid over the catalog, lists by their day, notes last."""
        return sorted(map(_entry, self._laid_over()), key=lambda entry: (entry.kind == "notes", entry.id))

    def lists(self) -> list[AgreementList]:
        """Every list that was brought and can be read, the earliest first."""
        found = []
        for layer in self._laid_over():
            if layer.kind == "list" and (list_ := _list_in(layer)) is not None:
                found.append(list_)
        return sorted(found, key=lambda list_: list_.as_of)

    def add_list(self, list_: AgreementList) -> str:
        """Keep a list, in place of one of the same kind and day. Returns its id."""
        id = f"287g-{list_.kind}-{list_.as_of}"
        title = f"ICE's list of {list_.kind} 287(g) agencies, {list_.as_of}"
        self._vault.keep_layer(id, "list", title, msgspec.json.encode(list_))
        return id

    def notes(self) -> CatalogFile:
        """The clinic's own notes.

        Raises:
            Problem: `catalog-invalid` when what was kept cannot be read.
        """
        found = next((layer for layer in self._vault.layers() if layer.id == NOTES_ID), None)
        return layer_of(NOTES_ID, "notes", NOTES_TITLE, found.content).file if found else CatalogFile()

    def put_notes(self, notes: CatalogFile) -> None:
        """Keep the notes in this form; notes without a row are taken out."""
        if note_ids(notes):
            self._vault.keep_layer(NOTES_ID, "notes", NOTES_TITLE, kept(notes))
        else:
            self._vault.remove_layer(NOTES_ID)

    def half_typed(self) -> str:
        """The note that somebody was typing at the last lock, as its form wrote it; "" for none."""
        found = next((layer for layer in self._vault.layers() if layer.id == HALF_TYPED), None)
        return found.content.decode("utf-8", "replace") if found else ""

    def keep_half_typed(self, text: str) -> None:
        """Keep a note that is not finished, in place of the one before; "" for none."""
        if text == self.half_typed():
            return
        if text:
            self._vault.keep_layer(HALF_TYPED, HALF_TYPED, "A half-typed note", text.encode())
        else:
            self._vault.remove_layer(HALF_TYPED)

    def remove(self, id: str) -> None:
        """Take a layer out of use. `put_back` brings it back."""
        self._vault.remove_layer(id)

    def put_back(self, id: str) -> None:
        """Take the last form of a removed layer into use again."""
        for form in self._vault.layer_forms(id)[:1]:
            self._vault.keep_layer(form.id, form.kind, form.title, form.content)

    def _laid_over(self) -> list[Kept]:
        """The layers that make the catalog; a vault keeps other things in the same place, such as readers' profiles."""
        return [layer for layer in self._vault.layers() if layer.kind in _OURS]

    def _layers(self, refused: list[Refused]) -> Iterator[Layer]:
        lists: list[AgreementList] = []
        for layer in self._laid_over():
            try:
                if layer.kind == "list":
                    lists.append(_read_list(layer))
                else:
                    yield _read_notes(layer)
            except Problem as problem:
                refused.append(Refused(layer.id, problem))
        if lists:
            yield Layer("lists", "list", LISTS_TITLE, CatalogFile(known_practices=known_from(lists)))


def _read_list(layer: Kept) -> AgreementList:
    list_ = _list_in(layer)
    if list_ is None:
        raise _unreadable(layer, "Take it out under Lists and notes and bring the list once more.")
    return list_


def _read_notes(layer: Kept) -> Layer:
    try:
        return layer_of(layer.id, "notes", layer.title, layer.content)
    except Problem as problem:
        raise _unreadable(layer, "Take it out under Lists and notes and note it again.") from problem


def _unreadable(layer: Kept, do: str) -> Problem:
    if layer.damaged:
        what = f"What was kept as “{layer.title}” is damaged and cannot be read."
    else:
        what = f"“{layer.title}” was kept by another version and cannot be read."
    safe = "Nothing was changed: no matter is touched by it, and the rest of the catalog is in use."
    return Problem("layer-damaged" if layer.damaged else "layer-unreadable", what, safe, do)


def _list_in(layer: Kept) -> AgreementList | None:
    try:
        return msgspec.json.decode(layer.content, type=AgreementList)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _entry(layer: Kept) -> LayerEntry:
    if layer.kind == "list":
        list_ = _list_in(layer)
        return LayerEntry(layer.id, layer.kind, layer.title, len(list_.agreements) if list_ else 0, layer.saved)
    try:
        rows = len(note_ids(layer_of(layer.id, "notes", layer.title, layer.content).file))
    except Problem:
        rows = 0
    return LayerEntry(layer.id, layer.kind, layer.title, rows, layer.saved)
