"""Signing through the real window: what was read is signed, sealed and saved, or nothing is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_mapper.casefile.model import Answer, Identifier, Where
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.problem import Problem
from clinic_mapper.signed_memos import Signing, signed_memos
from tests.gui.shell_window import CODE, TODAY, a_window, create_vault, made, new_matter, unlock
from tests.gui.test_export_page import choose


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    window = a_window(qtbot, tmp_path, inline_jobs)
    create_vault(qtbot, window)
    new_matter(qtbot, window)
    session = window.keeper.session
    name = session.add_touchpoint("jail-booking")
    with qtbot.waitSignal(session.map_changed):
        session.change_touchpoint(
            name,
            when="2024-05-11",
            where=Where(state="CA", county="Fresno County"),
            facts={"printed": Answer(value="yes")},
        )
    window.export()
    yield window
    window.close()


@pytest.fixture
def page(window):
    return window.view.export_page


def seals(window):
    return signed_memos(window.keeper.vault)


def read_and_type(qtbot, page, name: str = "Rosa Ejemplo") -> None:
    """Make the memo, open the panel, type a name and confirm."""
    made(qtbot, page)
    page.sign_open.click()
    qtbot.keyClicks(page.sign.name, name)
    page.sign.confirmed.click()


def sign(qtbot, page, answers, target: Path, name: str = "Rosa Ejemplo") -> None:
    read_and_type(qtbot, page, name)
    answers.append(target)
    page.sign.sign.click()


def test_a_memo_that_was_read_is_signed_sealed_and_saved(qtbot, window, page, answers, tmp_path):
    target = tmp_path / "memo.pdf"
    sign(qtbot, page, answers, target)
    assert page.status.text() == "Signed. Saved and read back: memo.pdf"
    pages = page_texts(target.read_bytes())
    assert all("Signed March 2, 2026 by R.E." in text and "DRAFT" not in text for text in pages)
    (memo,) = seals(window)
    assert memo.file_sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    made = memo.seal
    assert (made.reader, made.lang, made.today) == ("supervisor", "en", TODAY.isoformat())
    assert (made.signed.name, made.signed.initials) == ("Rosa Ejemplo", "R.E.")
    assert made.case == window.keeper.vault.load(window.keeper.matter_id)
    assert made.catalog.version == window.keeper.session.catalog.version
    exported = window.keeper.vault.exports()
    assert [(each.reader, each.file_sha256, each.code) for each in exported] == [("supervisor", memo.file_sha256, CODE)]


def test_nothing_can_be_signed_before_it_was_made_a_name_was_typed_and_it_was_confirmed(qtbot, window, page):
    window.keeper.session.set_note("so that it is made anew")
    assert page.making and not page.sign_open.isEnabled()
    made(qtbot, page)
    assert "draft" in page.status.text() and page.sign_open.isEnabled()
    page.sign_open.click()
    assert page.sign.name.hasFocus() and not page.sign.sign.isEnabled()
    qtbot.keyClicks(page.sign.name, "Rosa Ejemplo")
    assert "R.E." in page.sign.said.text() and not page.sign.sign.isEnabled()
    QTest.keyClick(page.sign.name, Qt.Key.Key_Return)
    assert page.sign.confirmed.hasFocus() and not page.sign.sign.isEnabled(), "Enter signs nothing"
    page.sign.confirmed.click()
    assert page.sign.sign.isEnabled()
    page.sign.name.clear()
    assert not page.sign.sign.isEnabled()


def test_a_double_click_signs_once(qtbot, window, page, answers, tmp_path):
    read_and_type(qtbot, page)
    answers.append(tmp_path / "memo.pdf")
    qtbot.mouseDClick(page.sign.sign, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.sign.sign, Qt.MouseButton.LeftButton)
    assert len(seals(window)) == 1
    assert not page.sign_open.isEnabled() and page.save.isEnabled()


def test_no_place_to_save_signs_nothing(qtbot, window, page, answers):
    read_and_type(qtbot, page)
    answers.append(None)
    page.sign.sign.click()
    assert seals(window) == [] and page.sign.sign.isEnabled()


def test_a_matter_that_was_edited_after_reading_is_not_signed(qtbot, window, page, answers, tmp_path):
    read_and_type(qtbot, page)
    window.keeper.session.set_note("she called back")
    assert not page.sign.isVisible() and page.sign.name.text() == ""
    made(qtbot, page)
    assert not page.sign.isVisible() and page.sign_open.isEnabled(), "it is read again, then signed"
    assert seals(window) == []


def test_facts_that_changed_in_the_vault_alone_refuse_with_a_sentence(qtbot, window, page, answers, tmp_path):
    read_and_type(qtbot, page)
    keeper = window.keeper
    keeper.vault.save(keeper.matter_id, replace(keeper.session.matter, note="from elsewhere"))
    answers.append(tmp_path / "memo.pdf")
    page.sign.sign.click()
    assert "The facts changed" in page.status.text()
    assert seals(window) == [] and not (tmp_path / "memo.pdf").exists()


def test_a_catalog_that_changed_after_reading_is_not_signed_by(qtbot, window, page):
    read_and_type(qtbot, page)
    session = window.keeper.session
    with qtbot.waitSignal(session.map_changed):
        session.use_catalog(replace(session.catalog, version="another"))
    assert page.making and not page.sign.isVisible()
    assert not page.sign_open.isEnabled() and seals(window) == []


def test_a_memo_that_the_gate_refuses_is_not_sealed(qtbot, window, page, answers, tmp_path):
    window.keeper.session.set_identifiers((Identifier(kind="name", value="Ixchel Tzunun"),))
    read_and_type(qtbot, page)
    answers.append(tmp_path / "Ixchel Tzunun.pdf")
    page.sign.sign.click()
    assert "Nothing was saved." in page.status.text()
    assert seals(window) == [] and not list(tmp_path.glob("*.pdf"))


def test_a_signed_memo_whose_file_could_not_be_saved_says_so_and_can_be_saved_again(
    qtbot, window, page, answers, tmp_path
):
    sign(qtbot, page, answers, tmp_path / "nowhere" / "memo.pdf")
    assert page.status.text().startswith("Signed. ") and "Save writes the same signed file" in page.status.text()
    (memo,) = seals(window)
    assert window.keeper.vault.exports() == [], "not saved"
    answers.append(tmp_path / "memo.pdf")
    page.save.click()
    assert hashlib.sha256((tmp_path / "memo.pdf").read_bytes()).hexdigest() == memo.file_sha256
    assert [each.file_sha256 for each in window.keeper.vault.exports()] == [memo.file_sha256]
    assert len(seals(window)) == 1


def test_the_next_memo_says_what_changed_and_a_damaged_seal_is_said_instead(qtbot, window, page, answers, tmp_path):
    sign(qtbot, page, answers, tmp_path / "memo.pdf")
    session = window.keeper.session
    with qtbot.waitSignal(session.map_changed):
        session.answer("t1", "printed", Answer(value="no"))
    made(qtbot, page)
    answers.append(tmp_path / "next.pdf")
    page.save.click()
    assert "What changed since the last signed memo" in " ".join(page_texts((tmp_path / "next.pdf").read_bytes()))
    database = window.keeper.vault._database
    database.execute("DROP TRIGGER seals_refuse_update")
    database.execute("UPDATE seals SET content = x'00'")
    choose(page, "client")
    choose(page, "supervisor")
    made(qtbot, page)
    assert "last signed" in page.warnings.text() and "damaged" in page.warnings.text()
    assert not page.save.isEnabled() and not page.sign_open.isEnabled(), "until somebody looked at it"
    page.looked.click()
    assert page.sign_open.isEnabled()


def test_a_client_page_is_signed_without_printing_who(qtbot, window, page, answers, tmp_path):
    choose(page, "client", "es")
    read_and_type(qtbot, page)
    assert "prints no name" in page.sign.said.text()
    answers.append(tmp_path / "page.pdf")
    page.sign.sign.click()
    assert "R.E." not in " ".join(page_texts((tmp_path / "page.pdf").read_bytes()))
    (memo,) = seals(window)
    assert (memo.reader, memo.seal.lang) == ("client", "es")


def test_counts_and_letters_are_not_signed_here(page):
    for reader in ("funder", "letter"):
        choose(page, reader)
        assert not page.sign_open.isVisible()


def test_a_vault_that_locks_while_a_name_is_typed_keeps_nothing_of_it(qtbot, window, page):
    read_and_type(qtbot, page)
    window.lock()
    assert page.sign.name.text() == "" and not page.sign.confirmed.isChecked()
    unlock(qtbot, window)
    assert seals(window) == []


def test_a_vault_that_refuses_a_seal_writes_no_file(qtbot, window, page, answers, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise Problem("disk-full", "The disk is full.", "Nothing was changed.")

    monkeypatch.setattr(type(window.keeper.vault), "keep_seal", full)
    sign(qtbot, page, answers, tmp_path / "memo.pdf")
    assert "The disk is full." in page.status.text()
    assert not (tmp_path / "memo.pdf").exists()


def test_the_sample_is_not_signed(qtbot, tmp_path, inline_jobs):
    window = a_window(qtbot, tmp_path, inline_jobs)
    window._sample_wanted()
    window.export()
    made(qtbot, window.view.export_page)
    assert not window.view.export_page.sign_open.isVisible()
    window.close()


def test_a_lock_in_the_middle_of_signing_keeps_no_seal_and_writes_no_file(
    qtbot, window, page, answers, tmp_path, monkeypatch
):
    def locked_away(self, matter):
        window.lock()
        return 1

    monkeypatch.setattr(Signing, "version_of", locked_away)
    sign(qtbot, page, answers, tmp_path / "memo.pdf")
    assert not (tmp_path / "memo.pdf").exists()
    unlock(qtbot, window)
    assert seals(window) == [] and window.keeper.vault.exports() == []


def test_a_matter_edited_between_seal_and_file_leaves_a_seal_that_says_not_saved(
    qtbot, window, page, answers, tmp_path, monkeypatch
):
    honest = Signing.keep

    def kept_and_edited(self, seal):
        honest(self, seal)
        window.keeper.session.set_note("she called back")

    monkeypatch.setattr(Signing, "keep", kept_and_edited)
    sign(qtbot, page, answers, tmp_path / "memo.pdf")
    assert "Signed, but no file was saved" in page.status.text() and page.status.isVisible()
    assert not (tmp_path / "memo.pdf").exists() and not page.save.isEnabled()
    window.menu.signed.trigger()
    (row,) = window.side.clinic.signed_page().memos.model_.rows
    assert row[5] == "not saved"
