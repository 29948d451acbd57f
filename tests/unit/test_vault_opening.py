"""Every way in which a vault can refuse to open is told apart, in its own words, and changes nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nacl.exceptions
import nacl.pwhash.argon2id
import pytest

from clinic_mapper.casefile.model import Matter
from clinic_mapper.problem import Problem
from clinic_mapper.vault import driver, keys, manifest, outcomes
from clinic_mapper.vault.manifest import Cost
from clinic_mapper.vault.opening import Opening, VaultProblem, create_vault, look, open_vault

CHEAP = Cost(operations=1, memory=8192)
PASSPHRASE = "mango ladder seven quiet river"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed vault with one matter."""
    return made(tmp_path / "vault")


def made(folder: Path) -> Path:
    with create_vault(folder, PASSPHRASE, "A. Attorney", cost=CHEAP) as vault:
        vault.new_matter(Matter(code="M-1", note="x" * 20_000))
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def rewritten(folder: Path, change: Callable[[dict], None]) -> None:
    path = folder / "vault.json"
    loose = json.loads(path.read_text())
    change(loose)
    path.write_text(json.dumps(loose))


def overwritten(path: Path, at: int, data: bytes) -> None:
    whole = bytearray(path.read_bytes())
    whole[at : at + len(data)] = data
    path.write_bytes(whole)


def with_files_of_another_vault(folder: Path, *names: str) -> None:
    other = made(folder.with_name("other"))
    for name in names:
        shutil.copy(other / name, folder / name)


def with_slots_of_another_vault(folder: Path) -> None:
    other = json.loads((made(folder.with_name("other")) / "vault.json").read_text())
    rewritten(folder, lambda loose: loose.update(slots=other["slots"]))


def replaced_by_plain_text(folder: Path) -> None:
    (folder / "matters.db").unlink()
    connection = sqlite3.connect(folder / "matters.db")
    connection.execute("create table matters(x)")
    connection.close()


def with_a_later_step(folder: Path) -> None:
    _slot, key = keys.unwrap(manifest.read_manifest(folder), PASSPHRASE)
    database = driver.open_database(folder / "matters.db", key)
    database.table("_sqlite_migrations").insert(
        {"migration_set": "clinic-mapper-vault", "name": "m999_from_the_future", "applied_at": "2040-01-01"}
    )
    database.close()


def with_another_id_inside(folder: Path) -> None:
    _slot, key = keys.unwrap(manifest.read_manifest(folder), PASSPHRASE)
    database = driver.open_database(folder / "matters.db", key)
    database.table("vault").delete_where()
    database.table("vault").insert({"id": "0" * 32})
    database.close()


def emptied(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def filled_with_other_things(folder: Path) -> None:
    emptied(folder)
    (folder / "holiday.jpg").write_bytes(b"x")


# name of the folder: (what was done to it, outcome, code, seen by `look` without the passphrase)
BROKEN: dict[str, tuple[Callable[[Path], object], Opening, str, bool]] = {
    "gone": (shutil.rmtree, Opening.NO_VAULT, "vault-missing", True),
    "nothing-in-it": (emptied, Opening.NO_VAULT, "vault-missing", True),
    "no-manifest": (lambda f: (f / "vault.json").unlink(), Opening.NO_VAULT, "vault-manifest-missing", True),
    "other-things": (filled_with_other_things, Opening.FOREIGN, "vault-foreign-folder", True),
    "emptied": (lambda f: (f / "matters.db").write_bytes(b""), Opening.EMPTIED, "vault-database-emptied", True),
    "emptied-manifest": (
        lambda f: (f / "vault.json").write_bytes(b""),
        Opening.EMPTIED,
        "vault-manifest-emptied",
        True,
    ),
    "zeros-for-a-manifest": (
        lambda f: (f / "vault.json").write_bytes(bytes(700)),
        Opening.EMPTIED,
        "vault-manifest-emptied",
        True,
    ),
    "cut-manifest": (
        lambda f: (f / "vault.json").write_bytes((f / "vault.json").read_bytes()[:300]),
        Opening.DAMAGED,
        "vault-manifest-damaged",
        True,
    ),
    "manifest-of-bytes": (
        lambda f: (f / "vault.json").write_bytes(b"\xff\xfe\x00{"),
        Opening.DAMAGED,
        "vault-manifest-damaged",
        True,
    ),
    "manifest-with-a-missing-key": (
        lambda f: rewritten(f, lambda loose: loose["slots"][0].pop("salt")),
        Opening.DAMAGED,
        "vault-manifest-damaged",
        True,
    ),
    "manifest-with-a-greedy-cost": (
        lambda f: rewritten(f, lambda loose: loose["slots"][0].update(cost={"operations": 3, "memory": 1 << 50})),
        Opening.DAMAGED,
        "vault-manifest-damaged",
        True,
    ),
    "manifest-with-a-short-salt": (
        lambda f: rewritten(f, lambda loose: loose["slots"][0].update(salt="AAAA")),
        Opening.DAMAGED,
        "vault-manifest-damaged",
        False,
    ),
    "manifest-without-slots": (
        lambda f: rewritten(f, lambda loose: loose.update(slots=[])),
        Opening.DAMAGED,
        "vault-manifest-damaged",
        True,
    ),
    "manifest-of-another-program": (
        lambda f: (f / "vault.json").write_text('{"storage": {"file": {}}}'),
        Opening.FOREIGN,
        "vault-foreign-manifest",
        True,
    ),
    "no-database": (lambda f: (f / "matters.db").unlink(), Opening.DAMAGED, "vault-database-missing", True),
    "cut-in-half": (
        lambda f: (f / "matters.db").write_bytes((f / "matters.db").read_bytes()[: 4096 * 5 + 100]),
        Opening.DAMAGED,
        "vault-damaged",
        False,
    ),
    "cut-to-a-stump": (
        lambda f: (f / "matters.db").write_bytes((f / "matters.db").read_bytes()[:50]),
        Opening.DAMAGED,
        "vault-damaged",
        False,
    ),
    "bad-hmac": (lambda f: overwritten(f / "matters.db", 2000, b"\0"), Opening.DAMAGED, "vault-damaged", False),
    "zeroed": (lambda f: overwritten(f / "matters.db", 0, bytes(4096)), Opening.DAMAGED, "vault-damaged", True),
    "database-of-another-vault": (
        lambda f: with_files_of_another_vault(f, "matters.db"),
        Opening.FOREIGN,
        "vault-foreign-database",
        True,
    ),
    "manifest-of-another-vault": (
        lambda f: with_files_of_another_vault(f, "vault.json"),
        Opening.FOREIGN,
        "vault-foreign-database",
        True,
    ),
    "slots-of-another-vault": (with_slots_of_another_vault, Opening.FOREIGN, "vault-foreign-database", False),
    "another-id": (
        lambda f: rewritten(f, lambda loose: loose.update(vault="0" * 32)),
        Opening.FOREIGN,
        "vault-foreign-database",
        False,
    ),
    "another-id-inside": (with_another_id_inside, Opening.FOREIGN, "vault-foreign-database", False),
    "not-encrypted": (replaced_by_plain_text, Opening.FOREIGN, "vault-not-encrypted", True),
    "newer-format": (
        lambda f: rewritten(f, lambda loose: loose.update(format=2, slots={"new": "form"})),
        Opening.NEWER,
        "vault-newer",
        True,
    ),
    "newer-tables": (with_a_later_step, Opening.NEWER, "vault-newer", False),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_folder_is_told_apart_and_left_as_it_was(folder: Path, name: str):
    breaking, opening, code, seen = BROKEN[name]
    breaking(folder)
    before = contents(folder) if folder.exists() else {}
    assert look(folder) == (opening if seen else None)
    with pytest.raises(VaultProblem) as caught:
        open_vault(folder, PASSPHRASE)
    assert (caught.value.opening, caught.value.code) == (opening, code)
    assert (contents(folder) if folder.exists() else {}) == before


def test_a_whole_vault_opens_and_says_who_came_in(folder: Path):
    assert look(folder) is None
    with open_vault(folder, PASSPHRASE) as vault:
        assert vault.person == "A. Attorney"
        assert [entry.code for entry in vault.matters()] == ["M-1"]


def test_a_wrong_passphrase_is_told_from_damage(folder: Path):
    with pytest.raises(VaultProblem) as caught:
        open_vault(folder, PASSPHRASE + " ")
    assert caught.value.opening is Opening.WRONG_PASSPHRASE
    open_vault(folder, PASSPHRASE).close()  # and the attempt keeps nobody out


def test_a_passphrase_is_the_same_from_every_keyboard(tmp_path: Path):
    create_vault(tmp_path / "v", "n\u0303andu\u0301 ladder", cost=CHEAP).close()
    open_vault(tmp_path / "v", "\u00f1and\u00fa ladder").close()
    open_vault(tmp_path / "v", "\u00f1and\u00fa\u00a0ladder").close()  # a space that does not break a line
    for other in (
        "\u00f1and\u00fa  ladder",
        " \u00f1and\u00fa ladder",
        "\u00d1and\u00fa ladder",
        "nandu ladder",
        "\ud800",
    ):
        with pytest.raises(VaultProblem) as caught:
            open_vault(tmp_path / "v", other)
        assert caught.value.opening is Opening.WRONG_PASSPHRASE


def test_an_open_vault_is_in_use_until_closed(folder: Path):
    with open_vault(folder, PASSPHRASE):
        assert look(folder) is Opening.IN_USE
        with pytest.raises(VaultProblem) as caught:
            open_vault(folder, PASSPHRASE)
        assert caught.value.opening is Opening.IN_USE
    assert look(folder) is None


def test_a_folder_without_permission_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert look(folder) is Opening.UNREADABLE
    with pytest.raises(VaultProblem) as caught:
        open_vault(folder, PASSPHRASE)
    assert caught.value.code == "vault-unreadable"


@pytest.mark.parametrize("name", ["vault.json", "matters.db", "matters.db-journal"])
def test_a_file_without_permission_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    really_open = Path.open

    def refuse(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == name:
            raise PermissionError(errno.EACCES, "Permission denied")
        return really_open(path, *args, **kwargs)  # type: ignore[call-overload]

    opened = os.open

    def refuse_plainly(path: Path | str, *args: Any, **kwargs: Any) -> int:
        if Path(path).name == name:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "open", refuse_plainly)  # small files are read without Python's file objects
    assert look(folder) is Opening.UNREADABLE


def test_a_folder_that_can_only_be_read_is_refused_before_anything_is_typed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    really_open = os.open

    def refuse(path: Path, flags: int, *args: int, **kwargs: int) -> int:
        if flags & os.O_RDWR and Path(path).parent == folder:
            raise OSError(errno.EROFS, "Read-only file system")
        return really_open(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(VaultProblem) as caught:
        open_vault(folder, PASSPHRASE)
    assert (caught.value.opening, caught.value.code) == (Opening.UNREADABLE, "vault-read-only")


def test_too_little_memory_for_the_passphrase_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise nacl.exceptions.RuntimeError("Key derivation failed")

    monkeypatch.setattr(nacl.pwhash.argon2id, "kdf", refuse)
    with pytest.raises(Problem) as caught:
        open_vault(folder, PASSPHRASE)
    assert caught.value.code == "memory-short"
    assert look(folder) is None


def test_every_outcome_has_three_sentences_of_its_own():
    problems = [outcomes.refusal(code) for code in outcomes.refusal_codes()]
    assert {problem.opening for problem in problems} == set(Opening) - {Opening.OPENED}
    assert len({problem.what for problem in problems}) == len(problems)
    for problem in problems:
        for sentence in (problem.what, problem.safe, problem.do):
            assert sentence[0].isupper() and sentence.endswith(".")


class TestMaking:
    def test_a_new_vault_is_its_owners_only(self, folder: Path):
        assert sorted(path.name for path in folder.iterdir()) == ["in-use.lock", "matters.db", "vault.json"]
        if sys.platform != "win32":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}

    def test_an_empty_folder_and_a_path_not_made_yet_will_do(self, tmp_path: Path):
        (tmp_path / "empty").mkdir()
        create_vault(tmp_path / "empty", PASSPHRASE, cost=CHEAP).close()
        create_vault(tmp_path / "deep" / "er", PASSPHRASE, cost=CHEAP).close()
        assert look(tmp_path / "empty") is None
        assert look(tmp_path / "deep" / "er") is None

    @pytest.mark.parametrize(
        "name", ["fi le", "50% #1?", "o'clock", "Ñandú 鳥 🐦", "file:x", ".hidden", "a&mode=memory"]
    )
    def test_any_folder_name_will_do(self, tmp_path: Path, name: str):
        if sys.platform == "win32" and set(name) & set("?:"):
            pytest.skip("Windows has no such names")
        made(tmp_path / name)
        assert [path.name for path in tmp_path.iterdir()] == [name]
        open_vault(tmp_path / name, PASSPHRASE).close()

    def test_a_folder_named_from_where_we_stand_is_found_after_going_elsewhere(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.chdir(tmp_path)
        create_vault(Path("v"), PASSPHRASE, cost=CHEAP).close()
        with open_vault(Path("v"), PASSPHRASE) as vault:
            monkeypatch.chdir("/")
            matter_id = vault.new_matter(Matter(code="M-1"))
            vault.save(matter_id, Matter(code="M-1", note="saved from elsewhere"))
        with open_vault(tmp_path / "v", PASSPHRASE) as vault:
            assert vault.load(matter_id).note == "saved from elsewhere"

    def test_a_folder_with_anything_in_it_is_refused(self, tmp_path: Path):
        (tmp_path / "letter.txt").write_text("x")
        with pytest.raises(VaultProblem) as caught:
            create_vault(tmp_path, PASSPHRASE, cost=CHEAP)
        assert caught.value.code == "vault-folder-not-empty"
        assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]

    def test_a_file_in_its_place_is_refused(self, tmp_path: Path):
        (tmp_path / "file").write_text("x")
        with pytest.raises(VaultProblem) as caught:
            create_vault(tmp_path / "file", PASSPHRASE, cost=CHEAP)
        assert caught.value.code == "vault-folder-not-empty"

    def test_a_vault_is_never_made_over_another(self, folder: Path):
        before = contents(folder)
        with pytest.raises(VaultProblem) as caught:
            create_vault(folder, "another passphrase", cost=CHEAP)
        assert caught.value.code == "vault-exists"
        assert contents(folder) == before

    def test_no_passphrase_no_vault(self, tmp_path: Path):
        with pytest.raises(Problem) as caught:
            create_vault(tmp_path / "v", "", cost=CHEAP)
        assert caught.value.code == "passphrase-missing"
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("existing", [True, False], ids=["empty-folder", "no-folder"])
    @pytest.mark.parametrize("step", ["new_slot", "_fill_database", "write_manifest", "rename"])
    def test_a_failure_at_any_step_leaves_nothing_behind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, existing: bool
    ):
        from clinic_mapper.vault import creation

        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        owner: object = {"new_slot": keys, "rename": Path}.get(step, creation)
        monkeypatch.setattr(owner, step, refuse)
        if existing:
            (tmp_path / "v").mkdir()
        with pytest.raises(Problem) as caught:
            create_vault(tmp_path / "v", PASSPHRASE, cost=CHEAP)
        assert caught.value.code == "disk-full"
        assert "No vault was made" in caught.value.safe
        assert [path.name for path in tmp_path.iterdir()] == (["v"] if existing else [])
        assert look(tmp_path / "v") is Opening.NO_VAULT

    def test_a_database_that_came_out_as_plain_text_is_thrown_away(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        from clinic_mapper.vault import creation

        monkeypatch.setattr(creation, "first_bytes", lambda path: b"SQLite format 3\0")
        with pytest.raises(Problem) as caught:
            create_vault(tmp_path / "v", PASSPHRASE, cost=CHEAP)
        assert caught.value.code == "encryption-missing"
        assert list(tmp_path.iterdir()) == []

    def test_a_place_that_cannot_be_read_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        def refuse(*_: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refuse)
        with pytest.raises(VaultProblem) as caught:
            create_vault(tmp_path / "v", PASSPHRASE, cost=CHEAP)
        assert caught.value.opening is Opening.UNREADABLE

    def test_the_name_of_a_person_that_is_no_text_is_refused_before_anything_is_made(self, tmp_path: Path):
        with pytest.raises(Problem) as caught:
            create_vault(tmp_path / "v", PASSPHRASE, "\ud800", cost=CHEAP)
        assert caught.value.code == "text-not-storable"
        assert list(tmp_path.iterdir()) == []

    def test_the_usual_cost_of_a_guess_is_argon2ids_moderate_and_is_written_down(self, tmp_path: Path):
        create_vault(tmp_path / "v", PASSPHRASE).close()
        (slot,) = manifest.read_manifest(tmp_path / "v").slots
        assert (slot.kdf, slot.cost) == ("argon2id13", Cost(operations=3, memory=256 << 20))


def test_what_is_loaded_ahead_is_all_that_opening_needs(folder: Path):
    program = (
        "import sys; from pathlib import Path; from clinic_mapper.vault import opening; opening.load_ahead(); "
        "before = set(sys.modules); opening.open_vault(Path(sys.argv[1]), sys.argv[2]).close(); "
        "print(sorted(set(sys.modules) - before))"
    )
    arguments = [sys.executable, "-c", program, str(folder), PASSPHRASE]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""


def test_importing_the_door_loads_neither_driver_nor_keys():
    heavy = {"sqlcipher3", "sqlite_utils", "nacl", "msgspec", "sqlite3", "click", "PySide6"}
    program = (
        "import sys; import clinic_mapper.vault.opening, clinic_mapper.vault.strength; "
        f"print(sorted(m for m in sys.modules if m in {heavy!r}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
