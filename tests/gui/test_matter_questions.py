"""One question: don't know, not asked and declined are three different things, and every answer has a key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from clinic_mapper.casefile.model import Answer
from clinic_mapper.catalog.model import Choice, Question
from clinic_mapper.ui.question_plan import practice_question
from clinic_mapper.ui.question_row import QuestionRow
from tests.gui.matter_examples import shipped_catalog

PRINTS = Question(
    id="printed", en="Did they take your fingerprints?", es="¿Le tomaron las huellas?", why_en="Prints travel.",
    why_es="Las huellas viajan.", onset=True,
)  # fmt: skip
SCAN = Question(
    id="scan", en="What did they take?", es="¿Qué le tomaron?", why_en="", why_es="",
    choices=(Choice(value="photo", en="a photo", es="una foto"), Choice(value="neither", en="neither", es="nada")),
)  # fmt: skip
BIRTHPLACE = Question(
    id="birthplace", en="What does the paper show?", es="¿Qué muestra el papel?", why_en="Why.", why_es="Porque.",
    sensitive=2, admission=True, who="paper",
)  # fmt: skip
CITIZEN = Question(
    id="citizen", en="Could you be a citizen?", es="¿Podría tener ciudadanía?", why_en="Why.", why_es="Porque.",
    who="attorney", only_yes=True,
)  # fmt: skip


@pytest.fixture
def row_of(qtbot):
    def make(question: Question) -> tuple[QuestionRow, list[Answer | None]]:
        row = QuestionRow(question)
        qtbot.addWidget(row)
        with qtbot.waitActive(row):
            row.show()
            row.activateWindow()
        row.take_focus()
        given: list[Answer | None] = []
        row.answered.connect(lambda _name, answer: given.append(answer))
        return row, given

    return make


def press(qtbot, row: QuestionRow, key: Qt.Key) -> None:
    qtbot.keyClick(row.focusWidget(), key)


def marked(row: QuestionRow) -> list[str]:
    return [mark.value for mark in row.choices.marks if mark.isChecked()]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Y, "yes"), (Qt.Key.Key_S, "yes"), (Qt.Key.Key_N, "no"), (Qt.Key.Key_D, "unknown"),
        (Qt.Key.Key_X, "declined"), (Qt.Key.Key_1, "yes"), (Qt.Key.Key_2, "no"),
    ],
)  # fmt: skip
def test_one_key_answers(qtbot, row_of, key, value):
    row, given = row_of(PRINTS)
    press(qtbot, row, key)
    assert given == [Answer(value=value)]
    assert marked(row) == [value]


def test_not_asked_is_no_answer_at_all(qtbot, row_of):
    row, given = row_of(PRINTS)
    press(qtbot, row, Qt.Key.Key_D)
    press(qtbot, row, Qt.Key.Key_Backspace)
    assert given == [Answer(value="unknown"), None]
    assert marked(row) == []


def test_a_mark_pressed_twice_is_taken_away(qtbot, row_of):
    row, given = row_of(PRINTS)
    qtbot.mouseClick(row.choices.marks[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row.choices.marks[1], Qt.MouseButton.LeftButton)
    assert given == [Answer(value="no"), None]


def test_digits_choose_among_the_question_s_own_answers(qtbot, row_of):
    row, given = row_of(SCAN)
    press(qtbot, row, Qt.Key.Key_2)
    assert given == [Answer(value="neither")]
    press(qtbot, row, Qt.Key.Key_Y)
    assert given == [Answer(value="neither")], "a question without a yes does not take one"


def test_arrows_move_and_space_marks(qtbot, row_of):
    row, given = row_of(PRINTS)
    press(qtbot, row, Qt.Key.Key_Right)
    press(qtbot, row, Qt.Key.Key_Right)
    press(qtbot, row, Qt.Key.Key_Space)
    assert given == [Answer(value="unknown")]


def test_the_whole_question_is_one_stop_for_tab(row_of):
    row, _ = row_of(PRINTS)
    stops = [mark for mark in row.choices.marks if mark.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1


def test_the_reason_shows_on_request_only(qtbot, row_of):
    row, given = row_of(PRINTS)
    reason = next(label for label in row.findChildren(type(row._why)) if label.text() == "Prints travel.")
    assert not reason.isVisible()
    press(qtbot, row, Qt.Key.Key_F1)
    assert reason.isVisible()
    assert given == []


def test_a_paper_can_be_named_as_the_source(qtbot, row_of):
    row, given = row_of(PRINTS)
    press(qtbot, row, Qt.Key.Key_Y)
    source = row.details.source
    source.setCurrentIndex(source.findData("paper"))
    source.activated.emit(source.currentIndex())
    assert row.details.paper.hasFocus()
    qtbot.keyClicks(row.details.paper, "booking slip")
    assert row.half_typed() == {"paper": "booking slip"}
    qtbot.keyClick(row.details.paper, Qt.Key.Key_Return)
    assert given[-1] == Answer(value="yes", source="paper", paper="booking slip")
    assert row.half_typed() == {}


def test_another_answer_keeps_its_source(qtbot, row_of):
    row, given = row_of(PRINTS)
    row.show_answer(Answer(value="yes", source="paper", paper="rap sheet"))
    press(qtbot, row, Qt.Key.Key_N)
    assert given == [Answer(value="no", source="paper", paper="rap sheet")]


def test_a_yes_with_an_onset_offers_a_date(qtbot, row_of):
    row, given = row_of(PRINTS)
    press(qtbot, row, Qt.Key.Key_N)
    assert not row.details.since.isVisible()
    press(qtbot, row, Qt.Key.Key_Y)
    qtbot.keyClicks(row.details.since.first, "since 2012")
    qtbot.keyClick(row.details.since.first, Qt.Key.Key_Return)
    assert given[-1] == Answer(value="yes", since="2012")


def test_what_could_harm_is_not_stored_unless_somebody_says_so(qtbot, row_of):
    row, given = row_of(BIRTHPLACE)
    press(qtbot, row, Qt.Key.Key_N)
    assert given[-1] == Answer(value="no", session_only=True)
    assert row.details.session_only.isVisible()
    assert row.details.session_only.text() == "For this session only – not stored"
    qtbot.keyClick(row.details.session_only, Qt.Key.Key_Space)
    assert given[-1] == Answer(value="no", session_only=False)


def test_an_ordinary_answer_has_no_tick_for_the_session(qtbot, row_of):
    row, _ = row_of(PRINTS)
    press(qtbot, row, Qt.Key.Key_Y)
    assert not row.details.session_only.isVisible()


def test_where_only_a_yes_is_kept_nothing_else_can_be_marked(qtbot, row_of):
    row, given = row_of(CITIZEN)
    for key in (Qt.Key.Key_N, Qt.Key.Key_D, Qt.Key.Key_X):
        press(qtbot, row, key)
    assert given == []
    press(qtbot, row, Qt.Key.Key_Y)
    assert given == [Answer(value="yes", source="attorney")]


def test_an_answer_this_catalog_does_not_know_is_said_and_kept(row_of):
    row, given = row_of(SCAN)
    row.show_answer(Answer(value="retina"))
    assert marked(row) == []
    assert any("“retina”" in label.text() for label in row.findChildren(type(row._why)) if label.isVisible())
    assert given == []


def test_spanish(row_of):
    row, _ = row_of(SCAN)
    row.show_language("es")
    assert [mark.text() for mark in row.choices.marks] == ["1  Una foto", "2  Nada", "No sé", "Prefirió no contestar"]
    assert row.accessibleName() == "¿Qué le tomaron?"
    assert row.choices.marks[0].accessibleName() == "¿Qué le tomaron? – Una foto"


def test_what_a_flow_needs_to_be_known_is_asked_as_a_question_in_plain_names():
    catalog = shipped_catalog()
    for flow in catalog.flows.values():
        if flow.practice == "not_known_by_place":
            asked = practice_question(flow.id, catalog)
            assert asked.en.casefold() == (flow.asked_en or "").casefold(), "said as practices are, for a yes or a no"
            assert flow.from_ not in asked.en.split(), "no id of a row on the screen"
            assert asked.why_en == (flow.practice_note or flow.trigger)


def test_beside_a_don_t_know_stands_who_ends_the_asking(row_of):
    row, answers = row_of(SCAN)
    row.choices.choose("unknown")
    source = row.details.source
    offered = {source.itemData(at): source.itemText(at) for at in range(source.count())}
    assert offered["clinic"] == "nobody here knows"
    source.setCurrentIndex(source.findData("clinic"))
    source.activated.emit(source.currentIndex())
    assert answers[-1].value == "unknown" and answers[-1].source == "clinic"
    row.choices.choose("photo")
    assert (answers[-1].value, answers[-1].source) == ("photo", "client")
