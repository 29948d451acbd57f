"""A seal of a signed memo is added and never changed: pruning, damage, a crash and a later save leave it as it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Answer, Matter
from clinic_mapper.problem import Problem
from clinic_mapper.vault import store
from clinic_mapper.vault.manifest import Cost
from clinic_mapper.vault.opening import create_vault, look, open_vault
from clinic_mapper.vault.store import Vault

CHEAP = Cost(operations=1, memory=8192)
PASSPHRASE = "mango ladder seven quiet river"
AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
MATTER = Matter(code="M", client={"in-custody": Answer(value="past")})


@pytest.fixture
def vault(tmp_path: Path):
    with create_vault(tmp_path / "vault", PASSPHRASE, person="R. Example", cost=CHEAP) as vault:
        yield vault


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory):
    with create_vault(tmp_path_factory.mktemp("shared") / "vault", PASSPHRASE, cost=CHEAP) as vault:
        yield vault, vault.new_matter(MATTER)


def sealed(vault: Vault, matter_id: str, content: bytes = b"a seal", sha256: str = "ab" * 32) -> None:
    version = vault.version_of(matter_id, vault.load(matter_id))
    vault.keep_seal(matter_id, version, "supervisor", sha256, AT, content)


@given(contents=st.lists(st.binary(max_size=400), min_size=1, max_size=5))
def test_what_is_kept_comes_back_as_it_was_after_all_that_was_kept_before(shared, contents: list[bytes]):
    vault, matter_id = shared
    before = vault.seals(matter_id)
    for content in contents:
        sealed(vault, matter_id, content)
    after = vault.seals(matter_id)
    assert after[: len(before)] == before
    assert [seal.content for seal in after[len(before) :]] == contents


def test_seals_of_each_matter_and_of_all_outlive_pruned_versions_and_a_restart(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "VERSIONS_KEPT", 3)
    first, second = vault.new_matter(MATTER), vault.new_matter(Matter(code="N"))
    sealed(vault, first, b"one")
    for n in range(6):
        vault.save(first, replace(MATTER, note=str(n)))
    sealed(vault, first, b"two")
    sealed(vault, second, b"three")
    vault.close()
    with open_vault(vault.folder, PASSPHRASE) as again:
        assert [(seal.version, seal.content) for seal in again.seals(first)] == [(1, b"one"), (7, b"two")]
        assert [seal.content for seal in again.seals()] == [b"one", b"two", b"three"]
        assert again.damage() == ()


def test_a_memo_of_facts_that_changed_meanwhile_is_not_sealed(vault: Vault):
    matter_id = vault.new_matter(MATTER)
    version = vault.version_of(matter_id, MATTER)
    changed = replace(MATTER, note="she called back")
    vault.save(matter_id, changed)
    for refused in (
        lambda: vault.version_of(matter_id, MATTER),
        lambda: vault.keep_seal(matter_id, version, "file", "ab" * 32, AT, b"a seal"),
    ):
        with pytest.raises(Problem) as caught:
            refused()
        assert caught.value.code == "facts-changed"
    assert vault.seals() == []
    assert vault.version_of(matter_id, changed) == 2


def test_answers_for_this_session_only_are_no_facts_that_changed(vault: Vault):
    matter_id = vault.new_matter(MATTER)
    live = replace(MATTER, client={**MATTER.client, "voted": Answer(value="yes", session_only=True)})
    assert vault.version_of(matter_id, live) == 1


def test_a_damaged_seal_hides_nothing_else(vault: Vault):
    matter_id = vault.new_matter(MATTER)
    for content in (b"one", b"two"):
        sealed(vault, matter_id, content)
    assert vault._database is not None
    vault._database.execute("DROP TRIGGER seals_refuse_update")
    vault._database.execute("UPDATE seals SET content = x'00' WHERE id = 1")
    damaged, whole = vault.seals()
    assert (damaged.damaged, damaged.content, damaged.reader, damaged.at) == (True, b"", "supervisor", AT)
    assert (whole.damaged, whole.content) == (False, b"two")


def test_the_list_of_exports_tells_who_and_of_which_matter(vault: Vault):
    first, second = vault.new_matter(MATTER), vault.new_matter(Matter(code="N"))
    vault.log_export(first, "file", "ab" * 32, AT)
    vault.log_export(second, "client", "cd" * 32, AT, who="somebody before")
    assert [(each.code, each.who, each.reader) for each in vault.exports()] == [
        ("M", "R. Example", "file"),
        ("N", "somebody before", "client"),
    ]
    assert [each.code for each in vault.exports(second)] == ["N"]


SIGNING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from clinic_mapper.vault.opening import open_vault

vault = open_vault(Path(sys.argv[1]), sys.argv[2])
matter_id = vault.matters()[0].id
number = len(vault.seals())
while True:
    number += 1
    version = vault.version_of(matter_id, vault.load(matter_id))
    vault.keep_seal(matter_id, version, "file", "0", datetime.now(UTC), str(number).encode() * 4000)
    print(number, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 20])
def test_what_was_called_signed_survives_a_kill_in_the_middle(vault: Vault, acknowledged: int):
    vault.new_matter(MATTER)
    vault.close()
    command = [sys.executable, "-c", SIGNING, str(vault.folder), PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        numbers = [int(process.stdout.readline()) for _ in range(acknowledged)]
        process.kill()
        numbers += [int(line) for line in process.stdout.read().splitlines() if line]
    assert look(vault.folder) is None
    with open_vault(vault.folder, PASSPHRASE) as again:
        kept = [seal.content for seal in again.seals()]
        assert len(kept) in (numbers[-1], numbers[-1] + 1)
        assert kept == [str(n).encode() * 4000 for n in range(1, len(kept) + 1)]
        assert again.damage() == ()
