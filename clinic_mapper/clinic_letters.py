"""The letters of one clinic, between its vault, which keeps them as bytes, and whoever writes one.

A letter that is taken out is kept under another kind, so that it can be put back at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from clinic_mapper.kept_layers import Keeping, Kept
from clinic_mapper.memo.letter_templates import Letter, Offered, decode_letter, encode_letter, letters
from clinic_mapper.problem import Problem

KIND, OUT = "letter", "letter-out"


class OwnLetter(NamedTuple):
    """A letter of the clinic as a list shows it. `id`: in the vault. `letter`: None where it cannot be read.

    `in_use`: it was not taken out. `saved`: when this form was kept, in UTC. `earlier`: how many other forms there are.
    """

    id: str
    title: str
    letter: Letter | None
    in_use: bool
    saved: str
    earlier: int


class ClinicLetters:
    """The letters that can be written: those that came with the program, and the clinic's own in their place or beside.

    Without a vault, the former alone. Raises `Problem` as the vault says.
    """

    def __init__(self, vault: Keeping | None) -> None:
        self._vault = vault

    @property
    def can_keep(self) -> bool:
        """Whether there is a vault to keep them in."""
        return self._vault is not None

    def offered(self) -> dict[str, Offered]:
        """Every letter by its id, in the order in which they are offered."""
        found = {id: Offered(letter) for id, letter in letters().items()}
        for own in self.own():
            if own.in_use and own.letter is not None:
                found[own.letter.id] = Offered(own.letter, own=True)
        return found

    def own(self) -> list[OwnLetter]:
        """The clinic's own letters by title, then those taken out; also those that cannot be read."""
        return sorted(self._own(), key=lambda own: (not own.in_use, own.title, own.id))

    def _own(self) -> Iterator[OwnLetter]:
        vault = self._vault
        for layer in vault.layers() if vault is not None else ():
            if layer.kind in (KIND, OUT):
                others = {form.content for form in self._forms(layer.id)} - {layer.content}
                in_use = layer.kind == KIND
                yield OwnLetter(layer.id, layer.title, _read(layer), in_use, layer.saved, len(others))

    def keep(self, letter: Letter) -> Callable[[], object]:
        """Keep a letter, in place of the clinic's own of the same id. Returns what undoes it."""
        id = f"letter-{letter.id}"
        before = self._layer(id)
        self._put(id, KIND, letter.title["en"], encode_letter(letter))
        return (lambda: self._put_layer(before)) if before is not None else (lambda: self.take_out(id))

    def take_out(self, id: str) -> None:
        """Take a letter out of use; `put_back` brings it back."""
        if (layer := self._layer(id)) is not None:
            self._put(id, OUT, layer.title, layer.content)

    def put_back(self, id: str) -> None:
        """Take a letter that was taken out into use again."""
        if (layer := self._layer(id)) is not None:
            self._put(id, KIND, layer.title, layer.content)

    def put_earlier_form(self, id: str) -> str:
        """Take the form before this one into use; before the first, the last. Returns when it was first kept.

        Raises:
            Problem: `no-earlier-form`.
        """
        layer = self._layer(id)
        first: dict[bytes, Kept] = {}
        for form in reversed(self._forms(id)):  # of forms that say the same, the first: so the order stays as it is
            first.setdefault(form.content, form)
        order = list(first)
        if layer is None or len(order) < 2:
            raise Problem("no-earlier-form", "This letter has no earlier form.", "Nothing was changed.")
        earlier = first[order[order.index(layer.content) - 1]]
        self._put(id, KIND, earlier.title, earlier.content)
        return earlier.saved

    def _forms(self, id: str) -> Sequence[Kept]:
        return self._vault.layer_forms(id) if self._vault is not None else ()

    def _layer(self, id: str) -> Kept | None:
        found = self._vault.layers() if self._vault is not None else ()
        return next((layer for layer in found if layer.id == id and layer.kind in (KIND, OUT)), None)

    def _put_layer(self, layer: Kept) -> None:
        self._put(layer.id, layer.kind, layer.title, layer.content)

    def _put(self, id: str, kind: str, title: str, content: bytes) -> None:
        if self._vault is not None:
            self._vault.keep_layer(id, kind, title, content)


def _read(layer: Kept) -> Letter | None:
    try:
        return decode_letter(layer.content, layer.title)
    except Problem:
        return None
