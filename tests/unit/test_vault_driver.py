"""The traps of SQLCipher and sqlite-utils, each shown to be there, and shown not to catch us."""

from __future__ import annotations

import logging
import secrets
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database
from sqlite_utils.plugins import pm

from clinic_mapper.problem import Problem
from clinic_mapper.vault import driver
from clinic_mapper.vault.file_head import PLAIN_HEADER, first_bytes
from clinic_mapper.vault.outcomes import Opening, VaultProblem

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed encrypted database with one table."""
    path = tmp_path / "matters.db"
    database = driver.create_database(path, KEY)
    database.table("things").insert({"id": 1, "name": "one"}, pk="id")
    database.close()
    return path


@pytest.fixture
def database(path: Path):
    database = driver.open_database(path, KEY)
    yield database
    database.close()


def bare(path: Path, key: bytes | None = KEY):
    """SQLCipher without our care."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def refused(path: Path, key: bytes = KEY) -> VaultProblem:
    with pytest.raises(VaultProblem) as caught:
        driver.open_database(path, key)
    return caught.value


class TestTraps:
    def test_an_empty_file_opens_with_any_key_but_not_here(self, path: Path):
        path.write_bytes(b"")
        connection = bare(path, secrets.token_bytes(32))
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        connection.close()
        assert refused(path).opening is Opening.EMPTIED
        assert path.read_bytes() == b""

    def test_without_a_key_plain_text_is_written_but_not_opened_here(self, tmp_path: Path):
        path = tmp_path / "plain.db"
        connection = bare(path, None)
        connection.execute("CREATE TABLE t(x)")
        connection.close()
        assert first_bytes(path) == PLAIN_HEADER
        assert refused(path).code == "vault-not-encrypted"

    def test_the_standard_driver_takes_a_key_and_writes_plain_text_but_is_not_used_here(self, tmp_path: Path):
        path = tmp_path / "plain.db"
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        connection.execute("CREATE TABLE t(x)")
        connection.close()
        assert first_bytes(path) == PLAIN_HEADER
        assert refused(path).code == "vault-not-encrypted"

    def test_a_driver_that_cannot_encrypt_is_refused(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(dbapi2, "connect", lambda path, **_: sqlite3.connect(path))
        with pytest.raises(Problem) as caught:
            driver.open_database(path, KEY)
        assert caught.value.code == "encryption-missing"
        with pytest.raises(Problem) as caught:
            driver.create_database(path.with_name("new.db"), KEY)
        assert caught.value.code == "encryption-missing"

    def test_wrong_key_damage_and_no_database_are_one_error(self, path: Path):
        whole = path.read_bytes()
        errors = set()
        for key, content in (
            (bytes(32), whole),
            (KEY, whole[:2000] + b"\0\1\2" + whole[2003:]),
            (KEY, secrets.token_bytes(8192)),
        ):
            path.write_bytes(content)
            connection = bare(path, key)
            with pytest.raises(dbapi2.DatabaseError) as caught:
                connection.execute("SELECT count(*) FROM sqlite_master")
            errors.add(str(caught.value))
            connection.close()
            assert refused(path, key).code == "vault-damaged"
        assert errors == {"file is not a database"}

    def test_a_path_that_vanished_is_not_made_anew(self, tmp_path: Path):
        assert refused(tmp_path / "gone.db").code == "vault-database-missing"
        assert list(tmp_path.iterdir()) == []

    def test_a_new_database_is_never_made_over_a_file(self, path: Path):
        with pytest.raises(FileExistsError):
            driver.create_database(path, KEY)

    def test_recovering_calls_of_sqlite_utils_do_not_recover_here(self, database: Database):
        table = database.table("things")
        with pytest.raises(dbapi2.OperationalError):
            table.insert({"id": 2, "colour": "red"}, alter=True)
        with pytest.raises(dbapi2.OperationalError):
            table.update(1, {"colour": "red"}, alter=True)
        with pytest.raises(dbapi2.OperationalError):
            database.table("no_such").drop(ignore=True)
        with pytest.raises(dbapi2.OperationalError):
            database.cached_counts()
        table.create_index(["name"], index_name="taken")
        with pytest.raises(dbapi2.OperationalError):
            table.create_index(["id"], index_name="taken", find_unique_name=True)
        assert list(table.rows) == [{"id": 1, "name": "one"}]

    def test_a_long_value_with_an_altered_last_page_ends_in_zeros_without_an_error(
        self, path: Path, database: Database
    ):
        database.table("long").insert({"id": 1, "value": b"\xff" * 30_000}, pk="id")
        database.close()
        whole = bytearray(path.read_bytes())
        whole[-2000] ^= 1  # the last page of all is the last of this value
        path.write_bytes(whole)
        again = driver.open_database(path, KEY)
        (value,) = again.execute("SELECT value FROM long").fetchone()
        assert len(value) == 30_000 and set(value) == {0, 255}
        with pytest.raises(dbapi2.OperationalError, match="readonly"):  # and from then on it words everything wrongly
            again.table("things").insert({"id": 2, "name": "two"})
        again.close()

    def test_none_of_those_calls_is_made_in_the_vault(self):
        source = "".join(file.read_text() for file in Path(driver.__file__).parent.glob("*.py"))
        for trap in ("alter=", "ignore=True", "find_unique_name", "cached_counts", "tracer", "sqlite3.connect"):
            assert trap not in source

    def test_only_the_driver_speaks_to_sqlcipher(self):
        package = Path(driver.__file__).parents[1]
        speakers = [file.name for file in package.rglob("*.py") if "from sqlcipher3" in file.read_text()]
        assert speakers == ["driver.py"]

    def test_no_plugin_gets_the_open_connection(self, path: Path):
        from sqlite_utils import hookimpl

        class Curious:
            seen: list[object] = []  # noqa: RUF012

            @hookimpl
            def prepare_connection(self, conn: object) -> None:
                self.seen.append(conn)

        curious = Curious()
        pm.register(curious)
        try:
            Database(memory=True).close()
            assert len(curious.seen) == 1  # this is how it would
            driver.open_database(path, KEY).close()
            assert len(curious.seen) == 1
        finally:
            pm.unregister(curious)


def test_the_pinned_settings_hold(database: Database):
    def setting(name: str) -> object:
        return database.execute(f"PRAGMA {name}").fetchone()[0]

    assert setting("journal_mode") == "delete"
    assert setting("synchronous") == 3  # EXTRA
    assert setting("temp_store") == 2  # memory
    assert setting("secure_delete") == 1
    assert setting("foreign_keys") == 1
    assert setting("trusted_schema") == 0
    assert setting("cipher_version")
    assert setting("cipher_memory_security") == "1"
    settings = {row[0] for row in database.execute("PRAGMA cipher_settings")}
    assert settings == {
        "PRAGMA kdf_iter = 256000;",
        "PRAGMA cipher_page_size = 4096;",
        "PRAGMA cipher_use_hmac = 1;",
        "PRAGMA cipher_plaintext_header_size = 0;",
        "PRAGMA cipher_hmac_algorithm = HMAC_SHA512;",
        "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512;",
    }


def test_the_first_bytes_stay_the_same_for_life(path: Path, database: Database):
    salt = first_bytes(path)
    database.table("things").insert_all({"id": n, "name": "x" * 900} for n in range(2, 300))
    database.table("things").delete_where("id > 5")
    database.vacuum()
    assert first_bytes(path) == salt


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (dbapi2.SQLITE_FULL, "disk-full"),
        (dbapi2.SQLITE_IOERR | (3 << 8), "disk-failed"),
        (dbapi2.SQLITE_NOMEM, "memory-short"),
        (dbapi2.SQLITE_BUSY, "vault-in-use"),
        (dbapi2.SQLITE_LOCKED, "vault-in-use"),
        (dbapi2.SQLITE_READONLY, "vault-read-only"),
        (dbapi2.SQLITE_CANTOPEN, "vault-unreadable"),
        (dbapi2.SQLITE_CORRUPT, "vault-damaged"),
        (dbapi2.SQLITE_NOTADB, "vault-damaged"),
    ],
)
def test_the_worlds_faults_become_sentences(number: int, code: str):
    error = dbapi2.OperationalError("as the driver words it")
    error.sqlite_errorcode = number
    with pytest.raises(Problem) as caught, driver.speaking():
        raise error
    assert caught.value.code == code
    assert caught.value.what and caught.value.safe and caught.value.do
    assert "as the driver words it" not in caught.value.sentence


def test_a_bug_stays_a_bug(database: Database):
    with pytest.raises(dbapi2.OperationalError, match="no such table"), driver.speaking():
        database.execute("SELECT * FROM no_such")
    with pytest.raises(dbapi2.IntegrityError), driver.speaking():
        database.table("things").insert({"id": 1, "name": "again"})


def test_no_value_reaches_a_log_or_the_standard_streams(
    database: Database, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    with caplog.at_level(logging.DEBUG):
        database.table("things").insert({"id": 2, "name": "CANARY"})
        with pytest.raises(dbapi2.IntegrityError) as caught:
            database.table("things").insert({"id": 2, "name": "CANARY"})
    assert caplog.records == []
    assert "CANARY" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_refused_key_prints_nothing(path: Path):
    program = (
        "import sys; from pathlib import Path; from clinic_mapper.vault import driver, outcomes\n"
        "try: driver.open_database(Path(sys.argv[1]), bytes(32))\n"
        "except outcomes.VaultProblem: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("refused\n", "")


def test_damage_is_found_wherever_it_is(path: Path, database: Database):
    database.table("things").insert_all({"id": n, "name": "x" * 900} for n in range(2, 60))
    assert driver.damage_in(database) == ()
    database.close()
    whole = bytearray(path.read_bytes())
    whole[4096 * 4 + 17] ^= 1
    path.write_bytes(whole)
    again = driver.open_database(path, KEY)
    assert driver.damage_in(again) != ()
    again.close()
