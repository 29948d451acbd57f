"""2011 or 2012 in New York in the real window: one key says on which side of the day that decides it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_mapper.casefile.model import UNKNOWN, Answer
from clinic_mapper.ui.map_words import reason_of
from clinic_mapper.ui.matter_desk import MatterDesk
from clinic_mapper.whole_job import read_case
from tests.gui.shell_window import a_window, create_vault, new_matter

CASE = Path(__file__).parents[1] / "data" / "worked_cases" / "2-new-york-2011-or-2012.json"
CONTROL = Qt.KeyboardModifier.ControlModifier
ASKED = {"en": "Was it by May 14, 2012, or after that?", "es": "¿Fue el 14 de mayo de 2012 o antes, o fue después?"}

# Said by Qt's windowless platform when the list of places that fit what is typed opens.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True)


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    opened = a_window(qtbot, tmp_path, inline_jobs)
    opened.activateWindow()
    create_vault(qtbot, opened)
    new_matter(qtbot, opened)
    session = opened.keeper.session
    told = read_case(CASE)
    session.take_over(replace(told, code=session.matter.code, sample=False))
    QApplication.processEvents()
    return opened


@pytest.fixture
def desk(window) -> MatterDesk:
    found = window.findChild(MatterDesk)
    assert isinstance(found, MatterDesk)
    return found


def press(qtbot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def standing(window) -> str:
    lines = window.keeper.session.exposure.lines
    return next(line.standing for line in lines if line.mechanism == "booking-prints")


def when(window) -> str:
    return window.keeper.session.matter.touchpoints[0].when


def asked(desk: MatterDesk) -> str:
    below = desk.form.before_or_after
    return below.words if below.isVisible() else ""


@pytest.mark.parametrize(
    ("key", "date", "stands"),
    [(Qt.Key.Key_1, "2011/2012-05-14", "closed"), (Qt.Key.Key_2, "2012-05-15/2012-12", "open")],
)
def test_one_key_narrows_the_date_settles_the_line_and_can_be_undone(window, desk, qtbot, key, date, stands):
    assert standing(window) == "undetermined"
    assert ASKED["en"] in desk.strip.next.words
    press(qtbot, Qt.Key.Key_J, CONTROL)
    assert asked(desk) == f"Read a paper: {ASKED['en']}"
    assert [mark.text() for mark in desk.form.before_or_after.choices.marks] == [
        "1  By May 14, 2012", "2  After that", "Don't know",
    ]  # fmt: skip
    press(qtbot, key)
    assert when(window) == date and standing(window) == stands
    assert asked(desk) == "" and ASKED["en"] not in desk.strip.next.words
    assert QApplication.focusWidget() is desk.form.when.first
    window.keeper.session.undo()
    QApplication.processEvents()
    assert when(window) == "2011/2012" and standing(window) == "undetermined"
    assert ASKED["en"] in asked(desk)


def test_enter_goes_past_the_question_and_answers_nothing(window, desk, qtbot):
    press(qtbot, Qt.Key.Key_J, CONTROL)
    press(qtbot, Qt.Key.Key_Return)
    assert when(window) == "2011/2012" and QApplication.focusWidget() is desk.form.place.state


def test_who_does_not_know_moves_the_question_on_until_nobody_here_is_asked(window, desk, qtbot):
    press(qtbot, Qt.Key.Key_J, CONTROL)
    for who, source in (("Read a paper", "paper"), ("Request a record", "clinic")):
        assert asked(desk).startswith(who)
        desk.form.before_or_after.take_focus()
        press(qtbot, Qt.Key.Key_D)
        given = window.keeper.session.matter.touchpoints[0].facts["when"]
        assert given == Answer(value=UNKNOWN, source=source)
    assert asked(desk) == "" and when(window) == "2011/2012" and standing(window) == "undetermined"


def test_a_date_typed_in_full_takes_the_question_away(window, desk, qtbot):
    press(qtbot, Qt.Key.Key_J, CONTROL)
    window.keeper.session.change_touchpoint("t1", when="2012-06-01")
    QApplication.processEvents()
    assert asked(desk) == "" and standing(window) == "open"


def test_it_is_asked_in_spanish_and_the_list_of_lines_asks_for_the_same_day(window, desk, qtbot):
    session = window.keeper.session
    line = next(line for line in session.exposure.lines if line.mechanism == "booking-prints")
    route = session.exposure.routes[line.routes[0]]
    assert ASKED["en"] in reason_of(line, route, session.matter, session.catalog)
    press(qtbot, Qt.Key.Key_J, CONTROL)
    desk.show_language("es")
    assert asked(desk) == f"Leer un papel: {ASKED['es']}" and ASKED["es"] in desk.strip.next.words
    assert desk.form.before_or_after.choices.marks[0].accessibleName().startswith(ASKED["es"])
