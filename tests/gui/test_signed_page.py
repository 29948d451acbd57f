"""Signed memos in the real window: the list, what differs, what a changed catalog touches, whose file a file is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, Qt

from clinic_mapper.casefile.model import Answer
from clinic_mapper.signed_memos import signed_memos
from tests.gui.shell_window import CODE, made, new_matter, unlock
from tests.gui.test_export_page import choose
from tests.gui.test_sign import page, sign, window  # noqa: F401 - fixtures

SIGNED = "M-7K3Q, for supervising attorney, signed March 2, 2026 by R.E."


@pytest.fixture
def signed(qtbot, window, page, answers, tmp_path):  # noqa: F811
    """A window with one signed memo in it."""
    sign(qtbot, page, answers, tmp_path / "memo.pdf")
    return window


def listed(window):  # noqa: F811
    window.menu.signed.trigger()
    return window.side.clinic.signed_page()


def change_answer(qtbot, window, value: str):  # noqa: F811
    session = window.keeper.session
    with qtbot.waitSignal(session.map_changed):
        session.answer("t1", "printed", Answer(value=value))


def without_a_law(window):  # noqa: F811
    """The catalog in use without a law that bars a line of the signed memo."""
    session = window.keeper.session
    made = signed_memos(window.keeper.vault)[-1].seal
    law = next(law.id for state in made.states for law in state.law if law.effect == "close")
    rest = {id: row for id, row in session.catalog.restrictions.items() if id != law}
    return replace(session.catalog, version="another", restrictions=rest)


def test_the_list_says_which_matter_when_for_whom_by_whom_and_of_which_file(signed):
    shown = listed(signed)
    (row,) = shown.memos.model_.rows
    (memo,) = signed_memos(signed.keeper.vault)
    version = signed.keeper.session.catalog.version
    assert (row[0], *row[2:]) == (CODE, "supervisor", "R.E.", version, "saved", memo.file_sha256[:12])
    assert shown.memos.hasFocus() and not shown.touched.isVisible()
    (export,) = shown.exports.model_.rows
    assert export[1:] == ("signed by R.E.", CODE, "supervisor", memo.file_sha256[:12])


def test_one_memo_is_compared_with_now_by_enter_in_both_languages(qtbot, signed):
    change_answer(qtbot, signed, "no")
    shown = listed(signed)
    qtbot.keyClick(shown.memos, Qt.Key.Key_Return)
    assert (
        "lines differ" in shown.told.toPlainText() and "Because: fingerprints: yes, now no" in shown.told.toPlainText()
    )
    shown.spanish.click()
    assert "líneas son distintas" in shown.told.toPlainText() and "Porque: " in shown.told.toPlainText()


def test_two_memos_of_a_matter_are_compared_with_each_other(qtbot, signed, page, answers, tmp_path):  # noqa: F811
    change_answer(qtbot, signed, "no")
    sign(qtbot, page, answers, tmp_path / "second.pdf")
    change_answer(qtbot, signed, "unknown")
    shown = listed(signed)
    assert shown.compare.text() == "Compare with &now"
    shown.compare.click()
    now = shown.told.toPlainText()
    chosen = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    shown.memos.selectionModel().select(shown.memos.model_.index(1, 0), chosen)
    assert shown.compare.text() == "Compare &these two"
    shown.compare.click()
    between = shown.told.toPlainText()
    assert "yes, now no" in between and "no, now don't know" in now


def test_memos_of_two_matters_are_not_compared(qtbot, signed, page, answers, tmp_path):  # noqa: F811
    new_matter(qtbot, signed, "M-OTHER")
    signed.keeper.session.add_touchpoint("jail-booking")
    signed.export()
    sign(qtbot, page, answers, tmp_path / "other.pdf")
    shown = listed(signed)
    assert len(shown.memos.model_.rows) == 1
    shown.mine.click()
    assert [row[0] for row in shown.memos.model_.rows] == ["M-OTHER", CODE]
    shown.memos.selectAll()
    assert not shown.compare.isEnabled()


def test_a_changed_catalog_that_touches_a_signed_memo_is_said_where_people_look(qtbot, signed):
    session, clinic = signed.keeper.session, signed.side.clinic
    session.use_catalog(replace(session.catalog, version="only words"))
    assert clinic.watch.touched == (), "a memo whose lines stay is not touched"
    other = without_a_law(signed)
    law = (session.catalog.restrictions.keys() - other.restrictions.keys()).pop()
    name = session.catalog.restrictions[law].name
    session.use_catalog(other)
    (found,) = clinic.watch.touched
    assert found.title == SIGNED and any(name in sentence for sentence in found.says)
    signed.show_matters()
    matters = signed.matters_page
    assert matters.touched.isVisible() and "One signed memo rests on a catalog" in matters.touched.text()
    matters.look.click()
    shown = clinic.signed_page()
    assert SIGNED in shown.told.toPlainText() and name in shown.told.toPlainText()
    assert "(changed)" in shown.memos.model_.rows[0][4]
    signed.menu.layers.trigger()
    assert "One signed memo" in clinic.layers_page().overview.touched.text()


def test_a_catalog_restored_touches_nothing_any_more_and_the_seal_never_changed(qtbot, signed):
    session, before = signed.keeper.session, signed.keeper.vault.seals()
    first = session.catalog
    session.use_catalog(without_a_law(signed))
    session.use_catalog(first)
    assert signed.side.clinic.watch.touched == ()
    assert not signed.matters_page.touched.isVisibleTo(signed.matters_page)
    assert signed.keeper.vault.seals() == before


def test_after_a_lock_nothing_of_it_is_left_and_after_unlocking_it_is_found_again(qtbot, signed):
    shown = listed(signed)
    shown.compare.click()
    signed.keeper._shipped = without_a_law(signed)
    signed.lock()
    assert shown.memos.model_.rows == [] and shown.exports.model_.rows == [] and shown.told.toPlainText() == ""
    assert signed.side.clinic.watch.touched == () and signed.matters_page.touched.text() == ""
    unlock(qtbot, signed)
    assert [found.title for found in signed.side.clinic.watch.touched] == [SIGNED]


def test_a_file_is_told_to_be_the_signed_one_a_draft_that_left_or_neither(
    qtbot, signed, page, answers, tmp_path  # noqa: F811
):  # fmt: skip
    choose(page, "client")
    choose(page, "supervisor")
    made(qtbot, page)
    answers.append(tmp_path / "draft.pdf")
    page.save.click()
    shown = listed(signed)
    whole = (tmp_path / "memo.pdf").read_bytes()
    (tmp_path / "changed.pdf").write_bytes(whole[:-1] + b" ")
    for file, said in (
        ("memo.pdf", f"Yes. “memo.pdf” is, byte for byte, the file that was signed: {SIGNED}"),
        ("draft.pdf", "Not signed. “draft.pdf” is, byte for byte, a file that left this vault"),
        ("changed.pdf", "No. The bytes of “changed.pdf” are those of no memo"),
        ("nowhere.pdf", "The file “nowhere.pdf” cannot be read"),
    ):
        answers.append(tmp_path / file)
        shown.check.click()
        assert said in shown.told.toPlainText()


def test_a_damaged_seal_says_so_and_hides_nothing_else(qtbot, signed, page, answers, tmp_path):  # noqa: F811
    change_answer(qtbot, signed, "no")
    sign(qtbot, page, answers, tmp_path / "second.pdf")
    database = signed.keeper.vault._database
    database.execute("DROP TRIGGER seals_refuse_update")
    database.execute("UPDATE seals SET content = x'00' WHERE id = 1")
    shown = listed(signed)
    whole, damaged = shown.memos.model_.rows
    assert damaged[2:6] == ("supervisor", "?", "cannot be read", "saved") and whole[3] == "R.E."
    shown.memos.selectRow(1)
    shown.compare.click()
    assert "damaged and cannot be read" in shown.told.toPlainText()
    answers.append(tmp_path / "memo.pdf")
    shown.check.click()
    assert "Yes." in shown.told.toPlainText() and "seal cannot be read" in shown.told.toPlainText()
    signed.keeper.session.use_catalog(without_a_law(signed))
    assert len(signed.side.clinic.watch.touched) == 1


def test_escape_leads_back_and_the_sample_has_no_list(qtbot, signed):
    shown = listed(signed)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert signed.pages.currentWidget() is signed.view
    signed.lock()
    assert not signed.menu.signed.isEnabled()
    signed._sample_wanted()
    assert not signed.menu.signed.isEnabled()
