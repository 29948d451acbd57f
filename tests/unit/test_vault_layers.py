"""What the clinic laid over the catalog is kept with every form it had, and taking it out deletes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.vault.manifest import Cost
from clinic_mapper.vault.opening import create_vault, open_vault
from clinic_mapper.vault.store import Vault

CHEAP = Cost(operations=1, memory=8192)
PASSPHRASE = "mango ladder seven quiet river"


@pytest.fixture
def vault(tmp_path: Path):
    with create_vault(tmp_path / "vault", PASSPHRASE, cost=CHEAP) as vault:
        yield vault


@pytest.fixture(scope="module")
def shared_vault(tmp_path_factory: pytest.TempPathFactory):
    with create_vault(tmp_path_factory.mktemp("shared") / "vault", PASSPHRASE, cost=CHEAP) as vault:
        yield vault


def contents(vault: Vault) -> dict[str, bytes]:
    return {layer.id: layer.content for layer in vault.layers()}


def test_a_layer_is_there_after_a_restart(vault):
    vault.keep_layer("list", "list", "ICE's list", b"rows")
    vault.close()
    with open_vault(vault.folder, PASSPHRASE) as again:
        (layer,) = again.layers()
    assert (layer.kind, layer.title, layer.content) == ("list", "ICE's list", b"rows")


def test_layers_stand_in_the_order_in_which_they_were_first_kept(vault):
    for id in ("b", "a", "b"):
        vault.keep_layer(id, "list", id, b"")
    assert sorted(contents(vault)) == ["a", "b"]
    assert len(vault.layer_forms("b")) == 2


def test_what_was_removed_is_out_of_use_and_can_be_put_back(vault):
    vault.keep_layer("notes", "notes", "Notes", b"one")
    vault.keep_layer("notes", "notes", "Notes", b"two")
    vault.remove_layer("notes")
    assert contents(vault) == {}
    newest = vault.layer_forms("notes")[0]
    vault.keep_layer(newest.id, newest.kind, newest.title, newest.content)
    assert contents(vault) == {"notes": b"two"}


def test_removing_what_is_not_there_changes_nothing(vault):
    vault.remove_layer("none")
    assert vault.layers() == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.one_of(st.none(), st.binary(max_size=8))), max_size=8))
def test_the_last_thing_said_of_a_layer_counts(shared_vault, said):
    for layer in shared_vault.layers():
        shared_vault.remove_layer(layer.id)
    wanted: dict[str, bytes] = {}
    for id, content in said:
        if content is None:
            shared_vault.remove_layer(id)
            wanted.pop(id, None)
        else:
            shared_vault.keep_layer(id, "list", id, content)
            wanted[id] = content
    assert contents(shared_vault) == wanted


def test_a_damaged_layer_leaves_the_others_alone_and_can_be_taken_out(vault):
    vault.keep_layer("notes", "notes", "The clinic's own notes", b"one")
    vault._database.table("layers").update(("notes", 1), {"content": b"broken"})
    vault.keep_layer("list", "list", "ICE's list", b"rows")
    whole, damaged = sorted(vault.layers(), key=lambda layer: layer.id)
    assert (damaged.title, damaged.damaged, damaged.content) == ("The clinic's own notes", True, b"")
    assert (whole.content, whole.damaged) == (b"rows", False)
    vault.remove_layer("notes")
    assert contents(vault) == {"list": b"rows"}
