"""The follow-ups of a matter in the window: from a line to a letter to a step, by keyboard; what is due, by code."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_mapper.casefile.model import FollowUp, Matter
from clinic_mapper.memo.letter_templates import Due
from clinic_mapper.ui.due_steps import due_in
from clinic_mapper.ui.letter_steps import due_when_sent
from clinic_mapper.vault.opening import open_vault
from clinic_mapper.whole_job import sample_matter
from tests.gui.shell_window import CODE, PASSPHRASE, TODAY, a_window, create_vault, made, new_matter, unlock

LINE = "t9:booking-prints"


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    opened = a_window(qtbot, tmp_path, inline_jobs)
    create_vault(qtbot, opened)
    new_matter(qtbot, opened)
    opened.keeper.session.take_over(replace(sample_matter(), code=CODE, sample=False))
    qtbot.waitUntil(lambda: bool(opened.keeper.session.exposure.lines))
    return opened


def steps(window) -> tuple[FollowUp, ...]:
    return window.keeper.session.matter.follow_ups


def type_into(qtbot, field, words: str, key=Qt.Key.Key_Tab) -> None:
    field.setFocus()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, key)


def test_from_a_line_to_a_letter_to_a_step_that_is_due(qtbot, window, answers, tmp_path):
    session, page = window.keeper.session, window.view.follow_ups
    session.select_line(LINE)
    panel = window.view.page.desk.panel
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.pick.steps
    offered = [page.pick.steps.item(row).text() for row in range(page.pick.steps.count())]
    assert "OBIM FOIA for IDENT biometric encounters – with a letter" in offered
    page.pick.steps.setCurrentRow(offered.index("OBIM FOIA for IDENT biometric encounters – with a letter"))
    assert "DHS learns that the client exists" in page.pick.learns.text()
    page.pick.write.click()

    export = window.view.export_page
    assert export.choice.reader == "letter" and export.options.letter.currentData() == "obim-foia"
    assert "DHS learns that the client exists" in export.options.disclosed.text()
    assert not export.making and export.preview.count == 0, "nothing is made before it is confirmed"
    export.options.confirmed.setChecked(True)
    made(qtbot, export)
    answers.append(tmp_path / "letter.pdf")
    export.save.click()
    assert export.status.text() == (
        "Saved and read back: letter.pdf. A step was added to the follow-ups: an answer is due March 30, 2026 if it "
        "leaves today."
    )
    (step,) = steps(window)
    assert (step.letter, step.remedy, step.due, step.sent) == ("obim-foia", "req-obim-ident", "2026-03-30", "")
    assert export.save.isEnabled(), "what was made is still what would be saved"

    answers.append(tmp_path / "again.pdf")
    export.save.click()
    assert steps(window) == (step,), "the same letter, saved again, begins nothing new"
    session.undo()
    assert steps(window) == ()


def test_a_letter_without_a_time_in_the_law_makes_a_step_without_a_day(qtbot, window, answers, tmp_path):
    window.view.follow_ups.letter_wanted.emit("jail-file", "t9")
    export = window.view.export_page
    export.options.confirmed.setChecked(True)
    made(qtbot, export)
    answers.append(tmp_path / "letter.pdf")
    export.save.click()
    (step,) = steps(window)
    assert (step.about, step.due) == ("t9", "")
    assert "No law that we know gives a time" in export.status.text()


def test_a_step_is_added_changed_and_ended_by_keyboard(qtbot, window):
    page = window.view.follow_ups
    window.menu.follow_ups.trigger()
    assert QApplication.focusWidget() is page.add
    qtbot.keyClick(page.add, Qt.Key.Key_Return)
    qtbot.keyClick(page.pick.steps, Qt.Key.Key_End)
    assert page.pick.steps.currentItem().text() == "A step in our own words"
    qtbot.keyClick(page.pick.steps, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.form.note
    type_into(qtbot, page.form.note, "call the public defender")
    type_into(qtbot, page.form.owner, "AB")
    type_into(qtbot, page.form.due.line, "Feb 20 2026")
    (step,) = steps(window)
    assert step == FollowUp(id="f1", kind="other", owner="AB", due="2026-02-20", note="call the public defender")
    assert page.list.item(0).text() == "call the public defender"
    assert "was due February 20, 2026, 10 days ago" in page.form.standing.text()
    page.form.done.setFocus()
    qtbot.keyClick(page.form.done, Qt.Key.Key_Return)
    assert (steps(window)[0].state, steps(window)[0].ended) == ("done", TODAY.isoformat())
    assert "public defender" not in window.messages.text, "the bar says no word that somebody typed"
    window.undo()
    assert steps(window) == (step,)
    page.form.remove.click()
    assert steps(window) == ()
    window.undo()
    assert steps(window) == (step,)


def test_a_day_that_cannot_be_read_is_not_kept_and_said(qtbot, window):
    window.keeper.session.add_follow_up(FollowUp(id="", due="2026-12"))
    window.follow_ups()
    form = window.view.follow_ups.form
    form.due.line.setFocus()
    form.due.line.clear()
    qtbot.keyClicks(form.due.line, "soon")
    assert form.due.said.text() == "This cannot be read as a day yet."
    qtbot.keyClick(form.due.line, Qt.Key.Key_Tab)
    assert steps(window)[0].due == "2026-12"


def test_a_step_says_by_what_law_its_time_runs_and_what_the_catalog_says(window):
    window.keeper.session.add_follow_up(FollowUp(id="", remedy="req-obim-ident", letter="obim-foia"))
    window.follow_ups()
    assert window.view.follow_ups.form.time.text() == (
        "Time for an answer: 20 working days under 5 U.S.C. 552; 6 CFR Part 5. Saturdays, Sundays and federal holidays "
        "are not counted. It runs from the day the office receives it. The catalog says: 20 business days by statute, "
        "plus 10 in unusual circumstances (as of 2020-09)."
    )


def test_the_day_of_sending_works_out_the_day_and_one_that_was_set_stays():
    time = Due(text="", days=20, kind="working")
    saved = FollowUp(id="f1", due="2026-03-30")
    assert due_when_sent(saved, "2026-03-09", time) == "2026-04-06"
    told_anew = replace(saved, sent="2026-03-09", due="2026-04-06")
    assert due_when_sent(told_anew, "2026-03-10", time) == "2026-04-07"
    assert due_when_sent(replace(told_anew, due="2026-05-01"), "2026-03-10", time) == "2026-05-01"
    assert due_when_sent(saved, "2026-03", time) == "2026-03-30", "a month is not a day to count from"
    assert due_when_sent(saved, "2026-03-09", None) == "2026-03-30"


def test_what_is_typed_into_a_note_survives_the_lock(qtbot, window, tmp_path):
    window.keeper.session.add_follow_up(FollowUp(id=""))
    window.follow_ups()
    form = window.view.follow_ups.form
    form.note.setFocus()
    qtbot.keyClicks(form.note, "half a sen")
    window.lock()
    assert form.note.toPlainText() == "" and window.view.follow_ups.list.count() == 0
    with open_vault(tmp_path / "vault", PASSPHRASE) as vault:
        kept = vault.load(vault.matters()[0].id)
    assert kept.follow_ups[0].note == "half a sen"
    unlock(qtbot, window)
    assert steps(window)[0].note == "half a sen"


def test_a_note_that_is_being_typed_is_kept_every_few_seconds(qtbot, window):
    window.keeper.session.add_follow_up(FollowUp(id=""))
    window.follow_ups()
    form = window.view.follow_ups.form
    form.note.setFocus()
    qtbot.keyClicks(form.note, "the clerk sa")
    window._draft_timer.timeout.emit()
    assert steps(window)[0].note == "the clerk sa" and form.note.toPlainText() == "the clerk sa"
    qtbot.keyClicks(form.note, "ys no")
    assert form.note.toPlainText() == "the clerk says no"


def test_a_step_about_a_contact_that_is_removed_stays(window):
    session = window.keeper.session
    session.add_follow_up(FollowUp(id="", about="t9", remedy="req-jail-detainer"))
    session.remove_touchpoint("t9")
    assert steps(window)[0].about == ""
    session.undo()
    assert steps(window)[0].about == "t9"
    session.remove_follow_up("f1")
    assert session.add_follow_up(FollowUp(id="")) == "f2", "an id is never used again"


def test_what_is_due_stands_on_the_list_of_matters_by_code_and_opens_there(qtbot, window):
    session = window.keeper.session
    session.add_follow_up(FollowUp(id="", remedy="req-obim-ident", due="2026-03-10", note="Berta", owner="AB"))
    session.add_follow_up(FollowUp(id="", kind="advice", due="2026-02-27"))
    session.add_follow_up(FollowUp(id="", due="2026-09-01"))
    session.add_follow_up(FollowUp(id="", due="2026-03-03", state="done"))
    window.show_matters()
    page = window.matters_page
    rows = [page.due.item(row).text() for row in range(page.due.count())]
    assert rows == [
        f"{CODE} · was due February 27, 2026, 3 days ago · Advice",
        f"{CODE} · due March 10, 2026, in 8 days · OBIM FOIA for IDENT biometric encounters",
    ]
    page.due.setFocus()
    qtbot.keyClick(page.due, Qt.Key.Key_Down)
    qtbot.keyClick(page.due, Qt.Key.Key_Return)
    assert window.view.pages.currentWidget() is window.view.follow_ups
    assert window.view.follow_ups.list.count() == 4
    window.lock()
    assert page.due.count() == 0 and page.due_heading.isHidden()


def test_a_matter_that_cannot_be_read_hides_nothing_of_the_others():
    told = [("b", Matter(code="B", follow_ups=(FollowUp(id="f1", due="2026-03-01"),))), ("a", Matter(code="A"))]
    from tests.gui.map_examples import example_catalog

    (due,) = due_in(told, example_catalog(), TODAY)
    assert (due.matter, due.code, due.left) == ("b", "B", -1)


def test_escape_leads_back_to_the_matter_and_the_button_counts_open_steps(qtbot, window):
    window.keeper.session.add_follow_up(FollowUp(id=""))
    window.keeper.session.add_follow_up(FollowUp(id="", state="dropped"))
    assert window.view.steps.text() == "Follow-&ups (1)"
    window.follow_ups()
    qtbot.keyClick(window.view.follow_ups.list, Qt.Key.Key_Escape)
    assert window.view.pages.currentWidget() is window.view.page
