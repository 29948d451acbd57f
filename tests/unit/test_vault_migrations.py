"""Steps are ordered, whole, recorded and preceded by a copy that was read through; each has a test of its own here."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database, Migrations

from clinic_mapper.problem import Problem
from clinic_mapper.vault import driver, migrations
from clinic_mapper.vault.outcomes import Opening, VaultProblem

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "matters.db"


@pytest.fixture
def database(path: Path):
    """A vault's database with today's tables and one matter in it."""
    database = driver.create_database(path, KEY)
    migrations.make_tables(database)
    database.table("matters").insert(
        {"id": "a", "code": "M", "code_key": "m", "sample": 0, "touchpoints": 0, "changed": "2026", "version": 1}
    )
    yield database
    database.close()


def reopened(path: Path) -> Database:
    return driver.open_database(path, KEY)


def later_steps(*, failing: bool = False) -> Migrations:
    """Today's steps, and two that a later version could have."""
    steps = Migrations("clinic-mapper-vault")
    steps(name="m001_first_tables")(migrations.m001_first_tables)
    steps(name="m002_layers")(migrations.m002_layers)
    steps(name="m003_signed_memos")(migrations.m003_signed_memos)

    @steps()
    def m004_one_more_table(db: Database) -> None:
        db.table("later").insert({"id": 1})

    @steps()
    def m005_one_more_row(db: Database) -> None:
        db.table("later").insert({"id": 2})
        if failing:
            raise Problem("disk-full", "The disk is full.")

    return steps


def test_every_migration_has_a_test():
    names = {step.name for step in migrations.STEPS.pending(Database(memory=True))}
    assert names
    assert not {name for name in names if f"test_{name}" not in globals()}


def test_m001_first_tables(database: Database):
    assert set(database.table_names()) == {
        *("vault", "people", "matters", "versions", "drafts", "exports", "layers", "seals"),
        migrations.STEPS.migrations_table,
    }
    assert all(database.table(name).strict for name in ("vault", "people", "matters", "versions", "drafts", "exports"))
    with pytest.raises(dbapi2.IntegrityError):
        database.table("versions").insert({"matter": "no such matter", "number": 1, "saved": "", "content": b""})
    with pytest.raises(dbapi2.IntegrityError):
        database.table("matters").insert({**next(iter(database.table("matters").rows)), "id": "b"})


def test_m002_layers(path: Path):
    database = driver.create_database(path, KEY)
    first = Migrations("clinic-mapper-vault")
    first(name="m001_first_tables")(migrations.m001_first_tables)
    first.apply(database)
    assert "layers" not in database.table_names()
    migrations.bring_up_to_date(database, path, reopened)
    form = {"id": "a", "number": 1, "kind": "list", "title": "t", "saved": "2026", "removed": 0, "content": b"x"}
    database.table("layers").insert(form)
    assert database.table("layers").strict
    with pytest.raises(dbapi2.IntegrityError):
        database.table("layers").insert(form)
    database.close()


def test_m003_signed_memos(path: Path):
    database = driver.create_database(path, KEY)
    first = Migrations("clinic-mapper-vault")
    for step in (migrations.m001_first_tables, migrations.m002_layers):
        first(name=step.__name__)(step)
    first.apply(database)
    database.table("matters").insert(
        {"id": "a", "code": "M", "code_key": "m", "sample": 0, "touchpoints": 0, "changed": "2026", "version": 1}
    )
    database.table("exports").insert({"matter": "a", "reader": "file", "file_sha256": "0", "at": "2026"})
    migrations.bring_up_to_date(database, path, reopened)
    assert [row["who"] for row in database.table("exports").rows] == [""]
    assert database.table("seals").strict
    seal = {"matter": "a", "version": 1, "reader": "file", "at": "2026", "file_sha256": "0", "content": b"x"}
    database.table("seals").insert(seal)
    for change in ("UPDATE seals SET content = x'00'", "DELETE FROM seals", "DELETE FROM matters"):
        with pytest.raises(dbapi2.IntegrityError):
            database.execute(change)
    assert [row["content"] for row in database.table("seals").rows] == [b"x"]
    with pytest.raises(dbapi2.IntegrityError):
        database.table("seals").insert({**seal, "matter": "no such matter"})
    database.close()


def test_an_up_to_date_vault_is_not_touched(path: Path, database: Database):
    before = path.read_bytes()
    migrations.bring_up_to_date(database, path, reopened)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["matters.db"]


def test_later_steps_run_in_order_after_a_copy_that_opens(path: Path, database: Database):
    before = path.read_bytes()
    migrations.bring_up_to_date(database, path, reopened, later_steps())
    assert [row["id"] for row in database.table("later").rows] == [1, 2]
    assert [row["code"] for row in database.table("matters").rows] == ["M"]
    copy = path.with_name("matters.before-m004_one_more_table.db")
    assert copy.read_bytes() == before
    opened = reopened(copy)
    assert "later" not in opened.table_names() and opened.table("matters").count == 1
    opened.close()
    migrations.bring_up_to_date(database, path, reopened, later_steps())  # and never run again
    assert database.table("later").count == 2


def test_a_step_that_fails_leaves_nothing_of_itself_and_can_be_tried_again(path: Path, database: Database):
    with pytest.raises(Problem):
        migrations.bring_up_to_date(database, path, reopened, later_steps(failing=True))
    assert [row["id"] for row in database.table("later").rows] == [1]
    assert [step.name for step in later_steps().pending(database)] == ["m005_one_more_row"]
    migrations.bring_up_to_date(database, path, reopened, later_steps())
    assert [row["id"] for row in database.table("later").rows] == [1, 2]


def test_no_step_runs_if_the_copy_cannot_be_read_through(path: Path, database: Database):
    database.table("people").insert_all({"slot": str(n), "name": "x" * 900} for n in range(60))
    database.close()
    whole = bytearray(path.read_bytes())
    whole[-2000] ^= 1
    path.write_bytes(whole)
    again = reopened(path)
    with pytest.raises(Problem) as caught:
        migrations.bring_up_to_date(again, path, reopened, later_steps())
    again.close()
    assert caught.value.code == "copy-not-verified"
    assert path.read_bytes() == bytes(whole)
    assert [entry.name for entry in path.parent.iterdir()] == ["matters.db"]


def test_no_step_runs_if_there_is_no_room_for_the_copy(path: Path, database: Database, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise Problem("disk-full", "The disk is full.")

    monkeypatch.setattr(migrations, "replace_file", full)
    with pytest.raises(Problem):
        migrations.bring_up_to_date(database, path, reopened, later_steps())
    assert "later" not in database.table_names()


def test_a_vault_that_a_later_version_changed_is_refused_and_not_touched(path: Path, database: Database):
    migrations.bring_up_to_date(database, path, reopened, later_steps())
    before = path.read_bytes()
    with pytest.raises(VaultProblem) as caught:
        migrations.bring_up_to_date(database, path, reopened)
    assert caught.value.opening is Opening.NEWER
    assert path.read_bytes() == before


def test_a_database_without_our_tables_is_not_filled_with_them(path: Path):
    database = driver.create_database(path, KEY)
    with pytest.raises(VaultProblem) as caught:
        migrations.bring_up_to_date(database, path, reopened)
    assert caught.value.opening is Opening.DAMAGED
    assert database.table_names() == []
    database.close()
