"""The clinic's own letters in the window: brought with a look at what they claim, listed, taken out, put back."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QPushButton

from clinic_mapper.casefile.model import Identifier
from clinic_mapper.memo.letter_templates import encode_letter, letters
from clinic_mapper.ui import ask
from tests.gui.shell_window import a_window, create_vault, made, new_matter


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    opened = a_window(qtbot, tmp_path, inline_jobs)
    create_vault(qtbot, opened)
    new_matter(qtbot, opened)
    opened.side.show_layers()
    return opened


@pytest.fixture
def shelf(window):
    return window.side.clinic.layers_page().overview.letters


@pytest.fixture
def asked(monkeypatch):
    """What was asked before a letter was kept."""
    said = []
    honest = ask.confirm

    def heard(parent, question, yes, no, more=""):
        said.append((question, more))
        return honest(parent, question, yes, no, more)

    monkeypatch.setattr(ask, "confirm", heard)
    return said


def bring(shelf, answers, tmp_path, *, agreed: bool = True, **changes) -> None:
    path = tmp_path / "ours.json"
    path.write_bytes(encode_letter(replace(letters()["uscis-foia"], title={"en": "Our A-file", "es": "x"}, **changes)))
    answers += [path, agreed]
    shelf.bring.click()


def buttons(shelf) -> list[str]:
    return [each.text() for each in shelf.doing if isinstance(each, QPushButton)]


def test_a_letter_is_brought_offered_as_the_clinics_own_and_taken_out(qtbot, window, shelf, answers, tmp_path, asked):
    bring(shelf, answers, tmp_path, subject="Our subject")
    assert asked == [
        (
            "Keep the letter “Our A-file” as the clinic's own?",
            "It is used in place of “USCIS: A-file (FOIA)”, which came with the program.",
        )
    ]
    assert buttons(shelf) == ["Take out"]
    window.export()
    page = window.view.export_page
    page.choose_letter("uscis-foia", "")
    assert page.options.letter.currentText() == "Our A-file (the clinic's own)"
    assert page.options.disclosed.text().startswith("• This letter is the clinic's own")
    page.options.confirmed.setChecked(True)
    made(qtbot, page)
    assert "Our subject" in page.preview.area.accessibleDescription()
    window.side.show_layers()
    shelf.doing[0].click()
    assert buttons(shelf) == ["Put back"]
    window.side.come_back()
    page.choose_letter("uscis-foia", "")
    assert page.options.letter.currentText() == "USCIS: A-file (FOIA)"
    window.side.show_layers()
    shelf.doing[0].click()
    assert buttons(shelf) == ["Take out"]


def test_an_earlier_form_can_be_had_again_and_what_was_brought_undone(window, shelf, answers, tmp_path):
    bring(shelf, answers, tmp_path, subject="First")
    bring(shelf, answers, tmp_path, subject="Second")
    assert buttons(shelf) == ["Earlier form", "Take out"]
    offered = window.keeper.letters
    assert offered().offered()["uscis-foia"].letter.subject == "Second"
    shelf.doing[0].click()
    assert offered().offered()["uscis-foia"].letter.subject == "First"
    bring(shelf, answers, tmp_path, subject="Third")
    window.messages.action.click()
    assert offered().offered()["uscis-foia"].letter.subject == "First"


def test_what_nobody_agreed_to_or_cannot_be_read_is_not_kept(window, shelf, answers, tmp_path):
    bring(shelf, answers, tmp_path, agreed=False)
    assert window.keeper.letters().own() == []
    (tmp_path / "bad.json").write_bytes(b"{")
    answers.append(tmp_path / "bad.json")
    shelf.bring.click()
    assert "cannot be used" in window.messages.text and window.keeper.letters().own() == []


def test_a_letter_that_names_a_client_of_any_matter_says_so_before(window, shelf, answers, tmp_path, asked):
    window.keeper.session.set_identifiers((Identifier(kind="name", value="Ximena Quetzal"),))
    bring(shelf, answers, tmp_path, agreed=False, closing=("For Ximena Quetzal",))
    assert "A name or number that a matter lists stands in this letter." in asked[0][1]


def test_the_lock_leaves_nothing_of_them_on_the_page_and_the_sample_has_none(window, shelf, answers, tmp_path):
    bring(shelf, answers, tmp_path)
    window.lock()
    assert shelf.doing == []
    window.entrance.sample_wanted.emit()
    window.side.show_layers()
    assert not shelf.bring.isEnabled() and shelf.doing == []
