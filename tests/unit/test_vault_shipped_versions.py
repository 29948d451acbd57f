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


def test_every_kept_vault_has_its_passphrase_beside_it():
    kept = [folder for folder in VAULTS.iterdir() if folder.is_dir()]
    assert kept
    for folder in kept:
        assert "Passphrase:" in (folder / "README.md").read_text(encoding="utf-8")
