"""What stands in vault.json is published, closed, and names nobody."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from clinic_mapper.resource_files import schemas
from clinic_mapper.vault.file_head import first_bytes
from clinic_mapper.vault.manifest import NOTICE, Cost, read_manifest
from clinic_mapper.vault.opening import Opening, create_vault, look

CHEAP = Cost(operations=1, memory=8192)


@pytest.fixture
def loose(tmp_path: Path) -> dict:
    create_vault(tmp_path / "v", "mango ladder seven quiet river", "Rosa Attorney", cost=CHEAP).close()
    return json.loads((tmp_path / "v" / "vault.json").read_text())


@pytest.fixture
def contract() -> jsonschema.Draft202012Validator:
    schema = json.loads((schemas() / "vault-manifest.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_a_manifest_keeps_the_published_contract(loose: dict, contract: jsonschema.Draft202012Validator):
    contract.validate(loose)


@pytest.mark.parametrize("place", ["top", "cipher", "slot", "cost"])
def test_the_contract_is_closed(loose: dict, contract: jsonschema.Draft202012Validator, place: str):
    slot = loose["slots"][0]
    {"top": loose, "cipher": loose["cipher"], "slot": slot, "cost": slot["cost"]}[place]["client"] = "x"
    assert not contract.is_valid(loose)


def test_it_begins_with_a_neutral_line_and_holds_the_day_and_no_name(tmp_path: Path, loose: dict):
    text = (tmp_path / "v" / "vault.json").read_text()
    assert next(iter(loose)) == "notice" and loose["notice"] == NOTICE
    assert "privileged" in NOTICE and "attorney work product" in NOTICE
    assert date.fromisoformat(loose["created"])
    assert "Rosa" not in text and "Clinic Mapper" not in text


def test_it_knows_its_database(tmp_path: Path, loose: dict):
    manifest = read_manifest(tmp_path / "v")
    assert manifest.cipher.salt == first_bytes(tmp_path / "v" / "matters.db")
    assert manifest.cipher.compatibility == 4


def costly(loose: dict, operations: int, memory: int, slots: int) -> bytes:
    slot = loose["slots"][0] | {"cost": {"operations": operations, "memory": memory}}
    return json.dumps(loose | {"slots": [slot] * slots}).encode()


@pytest.mark.parametrize(
    ("operations", "memory", "slots"),
    [(33, 8192, 1), (1, (1 << 30) + 1, 1), (3, 256 << 20, 33), (5, 1 << 30, 1)],
    ids=["passes", "memory", "people", "both"],
)
def test_a_manifest_that_would_hang_the_computer_is_refused(
    tmp_path: Path, loose: dict, operations: int, memory: int, slots: int
):
    (tmp_path / "v" / "vault.json").write_bytes(costly(loose, operations, memory, slots))
    assert look(tmp_path / "v") is Opening.DAMAGED


@pytest.mark.parametrize(
    "content", [b"[" * 500_000, b'{"format":' * 100_000, b" " * (2 << 20)], ids=["", "keys", "long"]
)
def test_a_manifest_without_end_is_refused(tmp_path: Path, loose: dict, content: bytes):
    (tmp_path / "v" / "vault.json").write_bytes(content)
    assert look(tmp_path / "v") is Opening.DAMAGED
