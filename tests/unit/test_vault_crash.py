"""A program that dies in the middle of saving has lost nothing that it called saved, and keeps nobody out."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_mapper.casefile.model import Matter
from clinic_mapper.problem import Problem
from clinic_mapper.vault import file_head
from clinic_mapper.vault.manifest import Cost
from clinic_mapper.vault.opening import Opening, VaultProblem, create_vault, look, open_vault

CHEAP = Cost(operations=1, memory=8192)
PASSPHRASE = "mango ladder seven quiet river"

SAVING = """
import sys
from pathlib import Path
from clinic_mapper.casefile.model import Matter
from clinic_mapper.vault.opening import open_vault

vault = open_vault(Path(sys.argv[1]), sys.argv[2])
matter_id = vault.matters()[0].id
number = int(vault.load(matter_id).note)
while True:
    number += 1
    vault.save(matter_id, Matter(code="M", note=str(number)))
    vault.keep_draft(matter_id, str(number) * 400)
    print(number, flush=True)
"""

HOLDING = """
import sys
from pathlib import Path
from clinic_mapper.vault.opening import open_vault

vault = open_vault(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
sys.stdin.read()
vault.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with create_vault(tmp_path / "vault", PASSPHRASE, cost=CHEAP) as vault:
        vault.new_matter(Matter(code="M", note="0"))
    return tmp_path / "vault"


def child(program: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder), PASSPHRASE],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def killed_after(acknowledged: int, folder: Path) -> int:
    """Let a child save, kill it after so many acknowledged saves, and give the last number that it had called saved."""
    with child(SAVING, folder) as process:
        assert process.stdout is not None
        numbers = [int(process.stdout.readline()) for _ in range(acknowledged)]
        process.kill()
        numbers += [int(line) for line in process.stdout.read().splitlines() if line]
    return numbers[-1]


@pytest.mark.parametrize("acknowledged", [1, 7, 40])
def test_what_was_called_saved_survives_a_kill_in_the_middle(folder: Path, acknowledged: int):
    for _ in range(2):  # the second child goes on from what the first one left
        last = killed_after(acknowledged, folder)
        assert look(folder) is None
        with open_vault(folder, PASSPHRASE) as vault:
            (entry,) = vault.matters()
            found = int(vault.load(entry.id).note)
            assert found in (last, last + 1)
            assert vault.draft(entry.id) in (str(last) * 400, str(last + 1) * 400)
            earlier = [int(version.matter.note) for version in vault.history(entry.id)]
            assert earlier == list(range(found - 1, found - 1 - len(earlier), -1))
            assert vault.damage() == ()


def test_another_program_keeps_the_vault_and_a_dead_one_does_not(folder: Path):
    with child(HOLDING, folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        assert look(folder) is Opening.IN_USE
        with pytest.raises(VaultProblem) as caught:
            open_vault(folder, PASSPHRASE)
        assert caught.value.opening is Opening.IN_USE
        process.kill()
    assert look(folder) is None
    open_vault(folder, PASSPHRASE).close()


def test_a_program_that_closes_lets_the_next_one_in(folder: Path):
    with child(HOLDING, folder) as process:
        assert process.stdout is not None and process.stdin is not None
        process.stdout.readline()
        process.stdin.close()
        assert process.wait() == 0
        open_vault(folder, PASSPHRASE).close()


class TestPowerCut:
    """The folder as a power cut leaves it: pages half written, and the journal that can take them back beside them."""

    @pytest.fixture
    def cut(self, folder: Path, tmp_path: Path) -> Path:
        with open_vault(folder, PASSPHRASE) as vault:
            matter_id = vault.matters()[0].id
            for n in range(1, 30):
                vault.save(matter_id, Matter(code="M", note=f"{n}" * 3000))
            database = vault._database
            assert database is not None
            before = (folder / "matters.db").read_bytes()
            database.execute("PRAGMA cache_size = 1")  # so that changed pages are written before the end
            with database.atomic():
                database.execute("UPDATE matters SET changed = 'x'")
                database.execute("UPDATE versions SET content = randomblob(9000)")
                database.execute("PRAGMA user_version = 1")  # on the first page
                database.execute("UPDATE versions SET content = randomblob(9000)")
                files = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert files["matters.db"] != before
        after = tmp_path / "after"
        after.mkdir()
        for name, data in files.items():
            (after / name).write_bytes(data)
        assert file_head.has_unfinished_change(after / "matters.db")
        return after

    def test_the_half_made_change_is_taken_back(self, cut: Path):
        assert look(cut) is None
        with open_vault(cut, PASSPHRASE) as vault:
            (entry,) = vault.matters()
            assert vault.load(entry.id).note == "29" * 3000
            assert len(vault.history(entry.id)) == 29
            assert vault.damage() == ()
        assert sorted(path.name for path in cut.iterdir()) == ["in-use.lock", "matters.db", "vault.json"]

    def test_a_journal_of_another_vault_is_not_applied(self, cut: Path, tmp_path: Path):
        create_vault(tmp_path / "other", PASSPHRASE, cost=CHEAP).close()
        other = tmp_path / "other"
        journal = (cut / "matters.db-journal").read_bytes()
        assert file_head.salt_in_journal(cut / "matters.db") == file_head.first_bytes(cut / "matters.db")
        (other / "matters.db-journal").write_bytes(journal)
        before = (other / "matters.db").read_bytes()
        assert look(other) is Opening.FOREIGN
        with pytest.raises(VaultProblem) as caught:
            open_vault(other, PASSPHRASE)
        assert caught.value.code == "vault-foreign-journal"
        assert (other / "matters.db").read_bytes() == before
        assert (other / "matters.db-journal").read_bytes() == journal

    def test_a_journal_of_another_day_cannot_destroy_what_is_there(self, cut: Path):
        """The same vault, restored from a copy, with a later journal beside it: nothing tells them apart beforehand."""
        stale = bytearray((cut / "matters.db-journal").read_bytes())
        with open_vault(cut, PASSPHRASE) as vault:
            matter_id = vault.matters()[0].id
            assert vault._database is not None
            vault._database.table("versions").delete_where("number > 0 AND number < 30")
            vault._database.vacuum()
            vault.save(matter_id, Matter(code="M", note="restored"))
        restored = (cut / "matters.db").read_bytes()
        (cut / "matters.db-journal").write_bytes(stale)
        with pytest.raises(VaultProblem) as caught:
            open_vault(cut, PASSPHRASE)
        assert caught.value.opening is Opening.DAMAGED
        assert (cut / "before-recovery-1.matters.db").read_bytes() == restored
        assert (cut / "before-recovery-1.matters.db-journal").read_bytes() == bytes(stale)

    def test_copies_kept_from_an_earlier_attempt_stay(self, cut: Path):
        (cut / "before-recovery-1.matters.db").write_bytes(b"the only good one")
        with open_vault(cut, PASSPHRASE) as vault:
            assert len(vault.matters()) == 1
        assert (cut / "before-recovery-1.matters.db").read_bytes() == b"the only good one"
        assert len(list(cut.glob("before-recovery*"))) == 1

    def test_no_room_for_the_copy_leaves_everything_as_it_was(self, cut: Path, monkeypatch: pytest.MonkeyPatch):
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        before = {path.name: path.read_bytes() for path in cut.iterdir()}
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(Problem) as caught:
            open_vault(cut, PASSPHRASE)
        assert caught.value.code == "disk-full"
        assert {path.name: path.read_bytes() for path in cut.iterdir()} == before
