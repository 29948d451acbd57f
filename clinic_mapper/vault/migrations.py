"""The database's tables, as ordered steps. A published step is never edited; tables are made nowhere else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sqlite_utils import Database, Migrations

from clinic_mapper.file_replace import replace_file
from clinic_mapper.problem import Problem
from clinic_mapper.vault import driver
from clinic_mapper.vault.outcomes import refusal

STEPS = Migrations("clinic-mapper-vault")


@STEPS()
def m001_first_tables(db: Database) -> None:
    """The vault's own id and people; matters with every saved version; the half-typed line; what was exported."""
    db.table("vault").create({"id": str}, pk="id", strict=True)
    db.table("people").create({"slot": str, "name": str}, pk="slot", not_null={"name"}, strict=True)
    db.table("matters").create(
        # code_key: the code as people tell codes apart, without regard to capitals and spaces around it.
        {"id": str, "code": str, "code_key": str, "sample": int, "touchpoints": int, "changed": str, "version": int},
        pk="id",
        not_null={"code", "code_key", "sample", "touchpoints", "changed", "version"},
        strict=True,
    ).create_index(["code_key"], unique=True)
    db.table("versions").create(
        {"matter": str, "number": int, "saved": str, "content": bytes},
        pk=("matter", "number"),
        not_null={"saved", "content"},
        foreign_keys=[("matter", "matters", "id")],
        strict=True,
    )
    db.table("drafts").create(
        {"matter": str, "content": bytes},
        pk="matter",
        not_null={"content"},
        foreign_keys=[("matter", "matters", "id")],
        strict=True,
    )
    db.table("exports").create(
        {"id": int, "matter": str, "reader": str, "file_sha256": str, "at": str},
        pk="id",
        not_null={"matter", "reader", "file_sha256", "at"},
        foreign_keys=[("matter", "matters", "id")],
        strict=True,
    )


@STEPS()
def m002_layers(db: Database) -> None:
    """What the clinic laid over the catalog: imported lists and its own notes, with every earlier form of each.

    What they mean is not the vault's business: `content` is bytes. `removed`: from this form on it is not in use.
    """
    db.table("layers").create(
        {"id": str, "number": int, "kind": str, "title": str, "saved": str, "removed": int, "content": bytes},
        pk=("id", "number"),
        not_null={"kind", "title", "saved", "removed", "content"},
        strict=True,
    )


@STEPS()
def m003_signed_memos(db: Database) -> None:
    """The seals of signed memos, which can be added and nothing else; and who let a file out.

    What a seal means is not the vault's business: `content` is bytes. What stands beside it is told also where the
    bytes are damaged. A file is saved where `exports` holds its hash.
    """
    db.table("seals").create(
        {"id": int, "matter": str, "version": int, "reader": str, "at": str, "file_sha256": str, "content": bytes},
        pk="id",
        not_null={"matter", "version", "reader", "at", "file_sha256", "content"},
        foreign_keys=[("matter", "matters", "id")],
        strict=True,
    ).create_index(["matter"])
    for act in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER seals_refuse_{act.lower()} BEFORE {act} ON seals "
            "BEGIN SELECT RAISE(ABORT, 'a seal is never changed'); END"
        )
    db.table("exports").add_column("who", str, not_null_default="")


def make_tables(db: Database) -> None:
    """Run every step on a new database.

    Raises:
        Problem: as `driver.speaking` says.
    """
    with driver.speaking():
        STEPS.apply(db)


def bring_up_to_date(db: Database, path: Path, reopened: Callable[[Path], Database], steps: Migrations = STEPS) -> None:
    """Run the steps that this database has not had, each in one transaction with its record.

    Before the first of them, the file at `path` is copied beside it; the copy is opened by `reopened` and read through.

    Raises:
        VaultProblem: `vault-newer` if it has had steps that this version does not know; nothing is changed then.
        Problem: `copy-not-verified`, as `replace_file`, or as `driver.speaking` says. The vault is as it was before the
            step that failed.
    """
    with driver.speaking():
        applied = [step.name for step in steps.applied(db)]
        pending = [step.name for step in steps.pending(db)]
        if set(applied) - _names(steps):
            raise refusal("vault-newer")
        if not applied:
            raise refusal("vault-damaged")  # it opens with our key and holds none of our tables
        if pending:
            _keep_verified_copy(path, path.with_name(f"{path.stem}.before-{pending[0]}{path.suffix}"), reopened)
            steps.apply(db)


def _names(steps: Migrations) -> set[str]:
    return {step.name for step in steps._migrations}


def _keep_verified_copy(path: Path, copy: Path, reopened: Callable[[Path], Database]) -> None:
    def _copied(target: BinaryIO) -> None:
        with path.open("rb") as source:
            shutil.copyfileobj(source, target, 1 << 20)

    replace_file(copy, _copied)
    opened = reopened(copy)
    try:
        damage = driver.damage_in(opened)
    finally:
        opened.close()
    if damage:
        copy.unlink()
        raise Problem(
            "copy-not-verified",
            "This vault needs a change for the new version, and the copy made beforehand could not be read through.",
            "The vault was not changed.",
            "Open your last copy of the whole folder, or open this one with the version that made it.",
        )
