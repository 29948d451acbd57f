"""What goes into a vault comes out of it as it was, and nothing of it shows from outside."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.codec import decode_case, encode_case, for_storage
from clinic_mapper.casefile.model import Answer, Identifier, Matter, Touchpoint, Verdict, Where
from clinic_mapper.problem import Problem
from clinic_mapper.vault import store
from clinic_mapper.vault.manifest import Cost
from clinic_mapper.vault.opening import create_vault, open_vault
from clinic_mapper.vault.store import VERSIONS_KEPT, Vault

CHEAP = Cost(operations=1, memory=8192)
PASSPHRASE = "mango ladder seven quiet river"

HOSTILE = (
    "\0", "\x07\x1b[31m", "\u202egnp.exe\u202c", "\u2066x\u2069", "👩🏽‍⚖️🇸🇻", "e\u0301é", "﷽" * 50,
    "'; DROP TABLE matters; --",
    "\r\n\t", "\ufeff", "\uffff", "{{7*7}}", "<b>x</b>", "K'iche' – Ñuu Savi – ᎠᏂᏴᏫᏯ", "x" * 200_000,
)  # fmt: skip


NOISE = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(20_000))
"""Text that does not compress, so that it fills pages of its own."""


@pytest.fixture
def vault(tmp_path: Path):
    with create_vault(tmp_path / "vault", PASSPHRASE, cost=CHEAP) as vault:
        yield vault


@pytest.fixture(scope="module")
def shared_vault(tmp_path_factory: pytest.TempPathFactory):
    """One vault for many examples: making one for each would only slow them down."""
    with create_vault(tmp_path_factory.mktemp("shared") / "vault", PASSPHRASE, cost=CHEAP) as vault:
        yield vault


def reopened(vault: Vault) -> Vault:
    vault.close()
    return open_vault(vault.folder, PASSPHRASE)


def problem_of(call, *args: object) -> str:
    with pytest.raises(Problem) as caught:
        call(*args)
    assert caught.value.what and caught.value.safe and caught.value.do
    return caught.value.code


anything = st.text(max_size=40) | st.sampled_from(HOSTILE)
answers = st.dictionaries(
    anything,
    st.builds(
        Answer,
        value=anything,
        source=st.sampled_from(["client", "paper", "attorney", "clinic"]),
        paper=anything,
        since=st.sampled_from(["", "2019", "2019-03"]),
        session_only=st.booleans(),
    ),
    max_size=4,
)
touchpoints = st.lists(
    st.builds(
        Touchpoint,
        id=anything.filter(bool),
        kind=anything.filter(bool),
        when=st.sampled_from(["", "2011", "2020-02-29"]),
        where=st.builds(Where, state=anything, county=anything, city=anything),
        facts=answers,
        practices=answers,
        note=anything,
    ),
    max_size=3,
    unique_by=lambda touchpoint: touchpoint.id,
).map(tuple)
matters = st.builds(
    Matter,
    code=anything.map(lambda code: code[:80]),
    sample=st.booleans(),
    client=answers,
    touchpoints=touchpoints,
    identifiers=st.lists(st.builds(Identifier, kind=st.just("name"), value=anything), max_size=3).map(tuple),
    set_aside=st.lists(st.builds(Verdict, route=anything, reason=anything), max_size=2).map(tuple),
    note=anything,
)


@given(matter=matters)
def test_any_matter_comes_back_as_it_was_but_for_this_sessions_answers(shared_vault: Vault, matter: Matter):
    # The code must be one that the vault does not have yet: the number of matters makes it so.
    matter = replace(matter, code=f"{len(shared_vault.matters())}:{matter.code}")
    matter_id = shared_vault.new_matter(matter)
    assert shared_vault.load(matter_id) == for_storage(matter)
    (entry,) = (entry for entry in shared_vault.matters() if entry.id == matter_id)
    assert (entry.code, entry.sample, entry.touchpoints) == (matter.code, matter.sample, len(matter.touchpoints))


@given(text=anything)
def test_any_half_typed_line_comes_back(shared_vault: Vault, text: str):
    matter_id = shared_vault.new_matter(Matter(code=f"draft {len(shared_vault.matters())}"))
    shared_vault.keep_draft(matter_id, text)
    assert shared_vault.draft(matter_id) == text


def test_everything_is_there_after_closing_and_opening(vault: Vault):
    matter_id = vault.new_matter(Matter(code="M-1", sample=True, touchpoints=(Touchpoint(id="t", kind="arrest"),)))
    vault.save(matter_id, Matter(code="M-2", note="second"))
    vault.keep_draft(matter_id, "she said that")
    vault.log_export(matter_id, "client", "ab" * 32, datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    with reopened(vault) as again:
        assert [(entry.id, entry.code) for entry in again.matters()] == [(matter_id, "M-2")]
        assert again.load(matter_id) == Matter(code="M-2", note="second")
        assert [version.matter.code for version in again.history(matter_id)] == ["M-1"]
        assert again.draft(matter_id) == "she said that"
        (export,) = again.exports(matter_id)
        assert (export.reader, export.file_sha256) == ("client", "ab" * 32)
        assert export.at == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def test_an_answer_for_this_session_is_nowhere_not_even_in_the_history(vault: Vault):
    told = Answer(value="yes", session_only=True)
    matter = Matter(code="M", client={"voted": told}, touchpoints=(Touchpoint(id="t", kind="k", facts={"q": told}),))
    matter_id = vault.new_matter(matter)
    vault.save(matter_id, replace(matter, note="more"))
    assert vault.load(matter_id).client == {}
    for kept in (vault.load(matter_id), vault.history(matter_id)[0].matter):
        assert kept.client == {} and kept.touchpoints[0].facts == {}


class TestHistory:
    def test_it_holds_earlier_versions_newest_first(self, vault: Vault):
        matter_id = vault.new_matter(Matter(code="M", note="0"))
        for n in range(1, 6):
            assert vault.save(matter_id, Matter(code="M", note=str(n))).version == n + 1
        assert [version.matter.note for version in vault.history(matter_id)] == ["4", "3", "2", "1", "0"]
        assert [version.number for version in vault.history(matter_id, limit=2)] == [5, 4]

    def test_saving_the_same_again_makes_no_version(self, vault: Vault):
        matter_id = vault.new_matter(Matter(code="M"))
        assert vault.save(matter_id, Matter(code="M")).version == 1
        assert vault.history(matter_id) == []

    def test_it_is_pruned_to_the_last_versions_of_each_matter(self, vault: Vault, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(store, "VERSIONS_KEPT", 5)
        other = vault.new_matter(Matter(code="other", note="first"))
        vault.save(other, Matter(code="other", note="second"))
        matter_id = vault.new_matter(Matter(code="M", note="0"))
        for n in range(1, 21):
            vault.save(matter_id, Matter(code="M", note=str(n)))
        assert [version.matter.note for version in vault.history(matter_id)] == ["19", "18", "17", "16"]
        assert vault.load(matter_id).note == "20"
        assert [version.matter.note for version in vault.history(other)] == ["first"]

    def test_two_hundred_are_kept(self):
        assert VERSIONS_KEPT == 200


class TestCodes:
    @pytest.mark.parametrize("again", ["M-1", "m-1", " M-1 ", "Ｍ-1"])
    def test_a_code_is_taken_once(self, vault: Vault, again: str):
        vault.new_matter(Matter(code="M-1"))
        assert problem_of(vault.new_matter, Matter(code=again)) == "code-taken"
        assert len(vault.matters()) == 1

    def test_a_save_cannot_take_anothers_code_but_may_keep_its_own(self, vault: Vault):
        first, second = vault.new_matter(Matter(code="M-1")), vault.new_matter(Matter(code="M-2", note="kept"))
        assert problem_of(vault.save, second, Matter(code="M-1")) == "code-taken"
        assert vault.load(second) == Matter(code="M-2", note="kept")
        vault.save(first, Matter(code="m-1"))
        assert [entry.code for entry in vault.matters()] == ["m-1", "M-2"]

    @pytest.mark.parametrize("code", ["", "  ", "\u3000"])
    def test_no_code_no_matter(self, vault: Vault, code: str):
        assert problem_of(vault.new_matter, Matter(code=code)) == "code-missing"

    def test_a_code_has_an_end(self, vault: Vault):
        vault.new_matter(Matter(code="M" * 100))
        assert problem_of(vault.new_matter, Matter(code="M" * 101)) == "code-too-long"


def test_half_a_character_is_refused_with_a_sentence_and_nothing_changes(vault: Vault):
    matter_id = vault.new_matter(Matter(code="M", note="kept"))
    assert problem_of(vault.save, matter_id, Matter(code="M", note="\ud83d")) == "text-not-storable"
    assert problem_of(vault.keep_draft, matter_id, "\ud83d") == "text-not-storable"
    assert problem_of(vault.new_matter, Matter(code="\ud83d")) == "text-not-storable"
    assert vault.load(matter_id).note == "kept"


def test_what_could_not_be_read_back_is_not_called_saved(vault: Vault):
    matter_id = vault.new_matter(Matter(code="M", note="kept"))
    twins = (Touchpoint(id="t", kind="k"), Touchpoint(id="t", kind="k"))
    assert problem_of(vault.save, matter_id, Matter(code="M", touchpoints=twins)) == "case-invalid"
    assert vault.load(matter_id).note == "kept"


def test_a_matter_that_is_not_there_is_said(vault: Vault):
    for call, *args in (
        (vault.load,), (vault.save, Matter(code="M")), (vault.history,), (vault.draft,), (vault.keep_draft, "x"),
        (vault.exports,), (vault.log_export, "client", "ab", datetime.now(UTC)),
    ):  # fmt: skip
        assert problem_of(call, "no such id", *args) == "matter-missing"


class TestFailingDisk:
    def test_a_full_disk_is_said_and_nothing_is_lost(self, vault: Vault):
        matter_id = vault.new_matter(Matter(code="M", note="kept"))
        database = vault._database
        assert database is not None
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages}").fetchone()
        # Text that does not compress, so that it needs more pages than there are.
        long = Matter(
            code="M", note=bytes(range(256)).hex() + "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(60000))
        )
        assert problem_of(vault.save, matter_id, long) == "disk-full"
        assert problem_of(vault.new_matter, replace(long, code="other")) == "disk-full"
        assert vault.load(matter_id).note == "kept" and len(vault.matters()) == 1
        database.execute("PRAGMA max_page_count = 100000").fetchone()
        vault.save(matter_id, long)
        with reopened(vault) as again:
            assert again.load(matter_id) == long and again.damage() == ()

    def test_a_disk_that_became_read_only_is_said(self, vault: Vault):
        matter_id = vault.new_matter(Matter(code="M", note="kept"))
        assert vault._database is not None
        vault._database.execute("PRAGMA query_only = ON")
        assert problem_of(vault.save, matter_id, Matter(code="M", note="new")) == "vault-read-only"
        assert problem_of(vault.keep_draft, matter_id, "typed") == "vault-read-only"
        assert vault.load(matter_id).note == "kept"

    def test_a_folder_moved_away_meanwhile_is_noticed(self, vault: Vault):
        matter_id = vault.new_matter(Matter(code="M", note="kept"))
        moved = vault.folder.rename(vault.folder.with_name("moved"))
        assert problem_of(vault.save, matter_id, Matter(code="M", note="new")) == "vault-moved"
        assert problem_of(vault.keep_draft, matter_id, "typed") == "vault-moved"
        assert vault.load(matter_id).note == "kept"  # what is already there can still be read
        vault.close()
        with open_vault(moved, PASSPHRASE) as again:
            assert again.load(matter_id).note == "kept"

    def test_a_database_replaced_meanwhile_is_noticed_and_both_are_kept(self, vault: Vault):
        matter_id = vault.new_matter(Matter(code="M", note="kept"))
        path = vault.folder / "matters.db"
        theirs = path.read_bytes()
        path.rename(path.with_name("ours.db"))
        path.write_bytes(theirs)
        assert problem_of(vault.save, matter_id, Matter(code="M", note="new")) == "vault-moved"
        assert path.read_bytes() == theirs

    def test_a_broken_page_costs_only_what_was_on_it(self, vault: Vault):
        ids = [vault.new_matter(Matter(code=f"M-{n}", note=f"{n}{NOISE}")) for n in range(3)]
        vault.close()
        path = vault.folder / "matters.db"
        whole = bytearray(path.read_bytes())
        whole[-4096 - 2000] ^= 1  # within the pages of the last matter's text
        path.write_bytes(whole)
        with open_vault(vault.folder, PASSPHRASE) as again:
            assert problem_of(again.load, ids[2]) == "version-damaged"
            # The driver now refuses everything, and calls a write an attempt on a read-only file; we say what it is.
            for call, *args in (
                (again.new_matter, Matter(code="new")),
                (again.save, ids[0], Matter(code="M-0")),
                (again.keep_draft, ids[0], "x"),
                (again.log_export, ids[0], "client", "ab", datetime.now(UTC)),
            ):
                assert problem_of(call, *args) == "vault-damaged"
            assert again.damage() != ()
        with open_vault(vault.folder, PASSPHRASE) as again:
            again.save(ids[0], Matter(code="M-0", note="goes on"))
            assert again.load(ids[0]).note == "goes on"
            assert again.load(ids[1]).note == f"1{NOISE}"


@pytest.fixture(scope="module")
def full_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, dict[str, Matter]]:
    """The folder of a closed vault, its database's bytes, and what is in it."""
    folder = tmp_path_factory.mktemp("full") / "vault"
    with create_vault(folder, PASSPHRASE, cost=CHEAP) as vault:
        matters = [Matter(code=f"M-{n}", note=f"{n}{NOISE}") for n in range(2)]
        ids = [vault.new_matter(matter) for matter in matters]
        for matter_id in ids:
            vault.keep_draft(matter_id, NOISE)
    return folder, (folder / "matters.db").read_bytes(), dict(zip(ids, matters, strict=True))


@given(data=st.data())
def test_a_changed_byte_is_told_and_never_becomes_another_answer(
    full_vault: tuple[Path, bytes, dict[str, Matter]], data: st.DataObject
):
    folder, whole, matters = full_vault
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[at] ^= data.draw(st.integers(1, 255))
    (folder / "matters.db").write_bytes(changed)
    told = False
    try:
        with open_vault(folder, PASSPHRASE) as vault:
            told = vault.damage() != ()
            for matter_id, matter in matters.items():
                assert vault.load(matter_id) == matter
                assert vault.draft(matter_id) == NOISE
    except Problem:
        told = True
    assert told


class TestClosing:
    def test_closing_twice_is_closing_once_and_the_key_is_gone(self, vault: Vault):
        matter_id = vault.new_matter(Matter(code="M"))
        vault.close()
        vault.close()
        assert vault.closed and vault._database is None
        assert problem_of(vault.load, matter_id) == "vault-closed"
        assert problem_of(vault.save, matter_id, Matter(code="M")) == "vault-closed"

    def test_nothing_of_the_vault_object_holds_the_key(self, vault: Vault):
        values = list(vars(vault).values())
        assert not any(isinstance(value, bytes | bytearray) for value in values)


CANARY = "Xochiquetzal-Canary-7391"


def test_what_is_stored_is_found_in_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with create_vault(tmp_path / "vault", PASSPHRASE + CANARY, person=CANARY, cost=CHEAP) as vault:
        matter_id = vault.new_matter(
            Matter(
                code=CANARY,
                touchpoints=(Touchpoint(id="t", kind="k", where=Where(city=CANARY), note=CANARY),),
                identifiers=(Identifier(kind="name", value=CANARY),),
                note=CANARY * 5000,
            )
        )
        vault.save(matter_id, replace(vault.load(matter_id), note=CANARY))
        vault.keep_draft(matter_id, CANARY)
        vault.log_export(matter_id, CANARY, "ab", datetime.now(UTC))
        _assert_nowhere(tmp_path)
    _assert_nowhere(tmp_path)


def _assert_nowhere(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 3
    spellings = [CANARY.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    for path in files:
        data = path.read_bytes().lower()
        assert not any(spelling.lower() in data for spelling in spellings), path.name
        assert CANARY.lower() not in path.name.lower()


def test_an_open_transaction_leaves_nothing_legible_either(vault: Vault):
    matter_id = vault.new_matter(Matter(code=CANARY, note=CANARY))
    database = vault._database
    assert database is not None
    with database.atomic():
        database.execute("UPDATE matters SET code = code || 'x'")
        database.execute("DELETE FROM versions")
        assert (vault.folder / "matters.db-journal").exists()
        _assert_nowhere(vault.folder)
    assert vault.matters()[0].id == matter_id


def test_many_threads_wait_for_their_turn(vault: Vault):
    matter_id = vault.new_matter(Matter(code="M"))
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for n in range(10):
                vault.save(matter_id, Matter(code="M", note=f"{name}{n}"))
                vault.load(matter_id)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(vault.history(matter_id)) == 40


def test_saved_at_says_the_local_hour_and_minute():
    at = datetime(2026, 11, 24, 10, 42, 59, tzinfo=timezone(timedelta(hours=-8)))
    assert store.SavedAt(at, 1).clock == at.astimezone().strftime("%H:%M")


def test_a_list_says_the_local_day_and_time_of_the_last_change(vault: Vault, monkeypatch: pytest.MonkeyPatch):
    at = datetime(2026, 11, 24, 23, 42, 59, tzinfo=timezone(timedelta(hours=-8)))
    monkeypatch.setattr(vault, "_clock", lambda: at)
    matter_id = vault.new_matter(Matter(code="M"))
    assert vault.matters()[0].changed == at.astimezone().strftime("%Y-%m-%d %H:%M")
    later = at + timedelta(hours=3)
    monkeypatch.setattr(vault, "_clock", lambda: later)
    assert vault.save(matter_id, Matter(code="M", note="x")).at == later
    assert vault.matters()[0].changed == later.astimezone().strftime("%Y-%m-%d %H:%M")
    assert vault.history(matter_id)[0].at == at.replace(microsecond=0)


def test_the_stored_form_is_the_case_file(vault: Vault):
    matter = Matter(code="M", note="x")
    vault.new_matter(matter)
    assert decode_case(encode_case(matter)) == vault.load(vault.matters()[0].id)
