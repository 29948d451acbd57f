"""The vault on a clinic's laptop is the one that matters: what any version made still opens, with all that is in it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clinic_mapper.casefile.model import Answer
from clinic_mapper.vault.opening import look, open_vault

VAULTS = Path(__file__).parents[1] / "data" / "vaults"


@pytest.fixture
def made_by_0_1(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VAULTS / "v0.1" / "vault", tmp_path / "vault"))


def test_a_vault_made_by_0_1_opens_with_everything_in_it(made_by_0_1: Path):
    assert look(made_by_0_1) is None
    with open_vault(made_by_0_1, "papel luna cactus once tambor") as vault:
        assert vault.person == "R. Example"
        first, second = vault.matters()
        assert (first.code, first.sample, first.touchpoints) == ("INVENTED-1", False, 2)
        assert (second.code, second.sample, second.touchpoints) == ("INVENTED-2", True, 0)
        matter = vault.load(first.id)
        assert matter.client["in_custody"] == Answer(value="no")
        assert matter.touchpoints[0].facts["printed"] == Answer(value="yes", source="paper", paper="booking slip")
        assert matter.touchpoints[0].note == "Ñandú 鳥 – invented"
        assert [len(version.matter.touchpoints) for version in vault.history(first.id)] == [1, 0]
        assert vault.draft(first.id) == "she also remembers a sec"
        (export,) = vault.exports(first.id)
        assert (export.reader, export.at) == ("supervisor", datetime(2026, 11, 24, 10, 42, tzinfo=UTC))
        assert vault.damage() == ()


def test_a_vault_from_before_signed_memos_opens_with_everything_in_it_and_can_keep_a_seal(tmp_path: Path):
    folder = Path(shutil.copytree(VAULTS / "v0.1-layers" / "vault", tmp_path / "vault"))
    with open_vault(folder, "farol verde nube trece camino") as vault:
        (entry,) = vault.matters()
        matter = vault.load(entry.id)
        assert (matter.code, matter.client) == ("INVENTED-3", {"in-custody": Answer(value="past")})
        assert matter.touchpoints[0].note == "Ñandú 鳥 – invented"
        assert [layer.kind for layer in vault.layers()] == ["list", "profile"]
        assert [(each.reader, each.who, each.code) for each in vault.exports()] == [
            ("cocounsel", "", "INVENTED-3"),
            ("letter-fbi-identity-history", "", "INVENTED-3"),
        ]
        assert vault.seals() == []
        at = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
        vault.keep_seal(entry.id, vault.version_of(entry.id, matter), "file", "ef" * 32, at, b"a seal")
        assert vault.damage() == ()
    with open_vault(folder, "farol verde nube trece camino") as vault:
        assert [(seal.version, seal.content) for seal in vault.seals()] == [(3, b"a seal")]
    assert (folder / "matters.before-m003_signed_memos.db").read_bytes() == (
        VAULTS / "v0.1-layers" / "vault" / "matters.db"
    ).read_bytes()


def test_every_kept_vault_has_its_passphrase_beside_it():
    kept = [folder for folder in VAULTS.iterdir() if folder.is_dir()]
    assert kept
    for folder in kept:
        assert "Passphrase:" in (folder / "README.md").read_text(encoding="utf-8")
