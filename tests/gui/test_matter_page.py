"""The matter page by keyboard: what people tell lands in the matter, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListWidget, QWidget

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.memo.custody import time_bound
from clinic_mapper.ui.matter_client import ClientForm
from clinic_mapper.ui.matter_list import by_date
from clinic_mapper.ui.matter_page import MatterPage
from clinic_mapper.ui.matter_words import say
from clinic_mapper.ui.question_asked import AskedSection
from clinic_mapper.ui.question_row import QuestionRow
from clinic_mapper.ui.session import CaseSession
from clinic_mapper.ui.touchpoint_form import TouchpointForm
from tests.gui.matter_examples import a_session, shipped_catalog, told

# Said by Qt's windowless platform when the list of places that fit what is typed opens.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True)

JAIL = Touchpoint(
    id="t1", kind="jail-booking", when="2019-05", where=Where(state="CA", county="San Mateo County"),
    agency=Agency(kind="sheriff"),
)  # fmt: skip
STOP = Touchpoint(id="t2", kind="police-stop-citation", when="2014-21")


@pytest.fixture
def open_page(qtbot):
    def open_(*touchpoints: Touchpoint, **more: Any) -> tuple[MatterPage, CaseSession]:
        session = a_session(Matter(code="T-001", touchpoints=touchpoints, **more))
        page = MatterPage(session)
        qtbot.addWidget(page)
        page.resize(1280, 680)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.focus_start()
        return page, session

    return open_


class Keyboard:
    """Types and presses keys in whatever has the focus, as a person without a mouse does."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self.focus(), text)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self._qtbot.keyClick(self.focus(), key, modifier)

    def answer(self, letter: str) -> None:
        self.type(letter)
        self.press(Qt.Key.Key_Return)

    def fill(self, *texts: str) -> None:
        for text in texts:
            if text:
                self.type(text)
            self.press(Qt.Key.Key_Return)

    @staticmethod
    def focus() -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "the keyboard must always have somewhere to go"
        return focused


@pytest.fixture
def keys(qtbot):
    return Keyboard(qtbot)


def asked_here() -> str:
    """The question that has the focus, as a screen reader says it."""
    return Keyboard.focus().accessibleName()


def go_to(page: MatterPage, name: str) -> TouchpointForm:
    names = [
        page.desk.entries.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(page.desk.entries.list.count())
    ]
    page.desk.entries.list.setCurrentRow(names.index(name))
    assert isinstance(page.desk.form, TouchpointForm)
    return page.desk.form


def test_custody_is_the_first_question(open_page, keys):
    _, session = open_page()
    assert asked_here().startswith(session.catalog.client_questions["in-custody"].en)
    keys.type("3")
    assert session.matter.client == {"in-custody": Answer(value="never")}


def test_three_touchpoints_by_keyboard_alone(open_page, keys):
    page, session = open_page()
    keys.answer("3")
    keys.answer("d")
    keys.answer("n")
    keys.answer("x")
    keys.press(Qt.Key.Key_T, modifier=Qt.KeyboardModifier.ControlModifier)
    for words in ("taken into jail", "with ticket", "tattoos"):
        keys.fill(words)
    keys.press(Qt.Key.Key_Escape)
    keys.fill("May 2019", "california", "san mateo", "Redwood City", "", "Maguire")
    keys.answer("y")
    keys.answer("d")
    for name, when in (("t2", "spring 2014"), ("t3", "2011 or 2012")):
        page.desk.entries.list.setFocus()
        rows = [page.desk.entries.list.item(row) for row in range(page.desk.entries.list.count())]
        here = page.desk.entries.list.currentRow()
        there = next(row for row, item in enumerate(rows) if item.data(Qt.ItemDataRole.UserRole) == name)
        keys.press(*[Qt.Key.Key_Down if there > here else Qt.Key.Key_Up] * abs(there - here))
        keys.press(Qt.Key.Key_Return)
        keys.fill(when)
    first, second, third = session.matter.touchpoints
    assert {name: answer.value for name, answer in session.matter.client.items()} == {
        "in-custody": "never", "dhs-prints": "unknown", "a-number": "no", "prior-removal-order": "declined",
    }  # fmt: skip
    assert (first.kind, first.when, first.agency.name) == ("jail-booking", "2019-05", "Maguire")
    assert first.where == Where(state="CA", county="San Mateo County", city="Redwood City")
    assert first.facts == {"printed": Answer(value="yes"), "iris": Answer(value="unknown")}
    assert (second.kind, second.when) == ("police-stop-citation", "2014-21")
    assert (third.kind, third.when) == ("field-interview-tattoos", "2011/2012")


def test_custody_now_shows_what_is_time_bound_before_anything_else(open_page, keys):
    page, session = open_page()
    keys.type("1")
    form = page.desk.form
    assert isinstance(form, ClientForm)
    assert form.custody.isVisible()
    assert not form.later.isVisible()
    memo = [row.title for row in time_bound(session.matter, session.catalog) if row.jurisdiction == "US"]
    assert memo[0] == session.catalog.remedies["custody-detainer-lodged"].title
    assert [title.text() for title in form.custody.titles] == memo
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Space)
    assert not form.custody.isVisible()
    assert asked_here().startswith(session.catalog.client_questions["dhs-prints"].en)


def test_don_t_know_not_asked_and_declined_are_stored_as_three_things(open_page, keys):
    page, session = open_page(JAIL)
    form = go_to(page, "t1")
    form.focus_on("fact", "printed")
    keys.answer("d")
    keys.answer("x")
    facts = told(session, "t1").facts
    assert facts == {"printed": Answer(value="unknown"), "iris": Answer(value="declined")}
    form.focus_on("fact", "printed")
    keys.press(Qt.Key.Key_Backspace)
    assert "printed" not in told(session, "t1").facts


def test_touchpoints_stand_by_date_those_without_last(open_page):
    page, _ = open_page(JAIL, STOP, Touchpoint(id="t3", kind="field-interview"))
    rows = [page.desk.entries.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(4)]
    assert rows == ["", "t2", "t1", "t3"]


def test_a_stretch_of_time_stands_by_its_middle():
    told = ("about 2020", "2020~"), ("2019", "2019"), ("March 2019", "2019-03"), ("after 2023", "2023/.."), ("", "")
    rows = tuple(Touchpoint(id=words, kind="field-interview", when=when) for words, when in told)
    assert [each.id for each in by_date(rows)] == ["March 2019", "2019", "about 2020", "after 2023", ""]


def test_the_strip_counts_lines_in_words_and_jumps_to_the_next_question(open_page, keys):
    page, session = open_page(JAIL, STOP)
    undetermined = sum(line.standing == "undetermined" for line in session.exposure.lines)
    assert undetermined
    assert page.desk.strip.count.text() == f"{len(session.exposure.lines)} lines, {undetermined} undetermined"
    ask = session.exposure.ask_next[0]
    keys.press(Qt.Key.Key_J, modifier=Qt.KeyboardModifier.ControlModifier)
    assert session.selected_touchpoint == ask.touchpoint
    question = asked_here().partition(" – ")[0]
    assert question in page.desk.strip.next.words


def test_the_strip_follows_an_answer(qtbot, open_page, keys):
    page, session = open_page(JAIL)
    before = page.desk.strip.next.words
    keys.press(Qt.Key.Key_J, modifier=Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(session.map_changed):
        keys.type("y")
    assert page.desk.strip.next.words != before


def test_a_county_not_on_the_list_is_kept_and_said_to_count_as_unknown(open_page, keys):
    page, session = open_page(JAIL)
    form = go_to(page, "t1")
    form.place.county.setFocus()
    form.place.county.field.selectAll()
    keys.fill("Narnia")
    assert told(session, "t1").where.county == "Narnia"
    assert form.place.said.text() == (
        "“Narnia” is not on the list of counties of California. It counts as unknown."
    )  # fmt: skip
    form.place.county.setFocus()
    form.place.county.field.selectAll()
    keys.fill("alameda")
    assert told(session, "t1").where.county == "Alameda County"
    assert not form.place.said.isVisible()


@pytest.mark.parametrize(
    ("typed", "state"), [("ca", "CA"), ("puerto", "PR"), ("district of columbia", "DC"), ("virginia", "VA")]
)
def test_a_state_is_found_by_its_letters_or_a_beginning(open_page, keys, typed, state):
    page, session = open_page(STOP)
    form = go_to(page, "t2")
    form.place.state.setFocus()
    keys.fill(typed)
    assert told(session, "t2").where.state == state


@pytest.mark.parametrize(
    ("typed", "county"), [("los ang", "Los Angeles County"), ("san", "san"), ("san mateo", "San Mateo County")]
)
def test_a_county_is_found_by_a_beginning_that_only_one_has(open_page, keys, typed, county):
    page, session = open_page(JAIL)
    form = go_to(page, "t1")
    form.place.county.setFocus()
    form.place.county.field.selectAll()
    keys.fill(typed)
    assert told(session, "t1").where.county == county


def test_a_removed_touchpoint_is_said_and_comes_back_with_undo(qtbot, open_page):
    page, session = open_page(JAIL, STOP)
    form = go_to(page, "t1")
    with qtbot.waitSignal(page.removed) as said:
        form.remove.click()
    assert said.args == [f"Removed: {session.catalog.touchpoints[JAIL.kind].en}.", "Undo"]
    assert [touchpoint.id for touchpoint in session.matter.touchpoints] == ["t2"]
    assert isinstance(page.desk.form, ClientForm)
    session.undo()
    assert page.desk.entries.list.count() == 3
    assert told(session, "t1") == JAIL


def test_undo_shows_the_answer_as_it_was(open_page, keys):
    page, session = open_page(JAIL)
    form = go_to(page, "t1")
    form.focus_on("fact", "printed")
    keys.type("y")
    session.undo()
    assert not any(mark.isChecked() for mark in form.questions.rows["printed"].choices.marks)


def test_what_is_half_typed_comes_back_after_a_lock(open_page, keys):
    page, session = open_page(JAIL, STOP)
    form = go_to(page, "t2")
    form.note.field.setPlainText("She said the officer wa")
    form.when.first.setText("wint")
    kept = page.half_typed()
    matter = session.matter
    session.close()
    assert page.desk is None
    assert not any(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    session.open(matter)
    page.restore_half_typed(kept)
    form = page.desk.form
    assert isinstance(form, TouchpointForm) and form.touchpoint.id == "t2"
    assert form.note.field.toPlainText() == "She said the officer wa"
    assert form.when.first.text() == "wint"
    keys.type("s tall")
    assert form.note.field.toPlainText() == "She said the officer was tall", "whoever unlocks types on"
    assert told(session, "t2").note == "", "what is half typed is not stored by itself"


def test_a_lock_while_a_readable_date_is_being_typed_neither_stores_nor_loses_it(open_page, keys):
    page, session = open_page(STOP)
    form = go_to(page, "t2")
    form.when.first.setFocus()
    form.when.first.selectAll()
    keys.type("2015")
    kept, matter = page.half_typed(), session.matter
    session.close()
    session.open(matter)
    assert told(session, "t2").when == STOP.when
    page.restore_half_typed(kept)
    assert page.desk.form.when.first.text() == "2015"


def test_undoing_a_touchpoint_while_its_date_is_being_typed_lets_it_go(open_page, keys):
    page, session = open_page()
    go_to(page, session.add_touchpoint("jail-booking")).when.first.setFocus()
    keys.type("2015")
    session.undo()
    assert session.matter.touchpoints == ()
    assert isinstance(page.desk.form, ClientForm)
    assert keys.focus() is page.desk.entries.list


def test_what_was_typed_counts_when_another_touchpoint_is_chosen(open_page, keys):
    page, session = open_page(JAIL, STOP)
    go_to(page, "t2").when.first.setFocus()
    page.desk.form.when.first.selectAll()
    keys.type("2015")
    session.select_touchpoint("t1")
    assert told(session, "t2").when == "2015"
    assert page.desk.form.touchpoint.id == "t1"


def test_nothing_half_typed_is_no_text(open_page):
    page, _ = open_page(JAIL)
    assert page.half_typed() == ""
    go_to(page, "t1")
    assert page.half_typed() == ""


@pytest.mark.parametrize("text", ["", "not JSON", "[]", '{"entry": "gone", "typed": {"note/text": "x"}}'])
def test_what_cannot_be_put_back_is_left_alone(open_page, text):
    page, _ = open_page(JAIL)
    page.restore_half_typed(text)
    assert page.half_typed() == ""


def test_a_note_is_stored_when_it_is_left(open_page, keys):
    page, session = open_page(JAIL)
    form = go_to(page, "t1")
    form.note.field.setFocus()
    keys.type("seen by a relative")
    keys.press(Qt.Key.Key_Tab)
    assert told(session, "t1").note == "seen by a relative"


def test_what_a_touchpoint_already_answers_is_said_with_its_reason(qtbot, open_page, keys):
    page, session = open_page(Touchpoint(id="t1", kind="daca-request", when="2014"))
    derived = next(each for each in session.exposure.derived if each.client == "dhs-prints")
    assert derived.from_touchpoints == ("t1",)
    row = page.desk.form.holds.rows["dhs-prints"]
    words = {label.text() for label in row.findChildren(QLabel) if label.isVisible()}
    assert "Already follows from: DACA. The answer there: yes." in words
    row.take_focus()
    with qtbot.waitSignal(session.map_changed):
        keys.type("n")
    words = {label.text() for label in row.findChildren(QLabel) if label.isVisible()}
    assert "This differs from what follows from: DACA. Both are kept; it counts as unknown." in words


def test_the_steps_of_a_custody_are_in_the_language_of_the_page(open_page, keys):
    page, session = open_page()
    keys.type("1")
    box, row = page.desk.form.custody, session.catalog.remedies["custody-48-hours"]
    page.set_language("es")
    shown = [label.text() for label in box.findChildren(QLabel)]
    assert row.es.title in shown and row.title not in shown
    assert any(row.es.learns in text and row.es.caution in text and "Plazo: 48 horas." in text for text in shown)
    page.set_language("en")
    shown = [label.text() for label in box.findChildren(QLabel)]
    assert row.title in shown and row.es.title not in shown


def test_spanish_shows_on_every_part(open_page):
    page, session = open_page(JAIL)
    form = go_to(page, "t1")
    page.set_language("es")
    words = {label.text() for label in page.findChildren(QLabel) if label.isVisible()}
    assert page.language == "es"
    kind = session.catalog.touchpoints["jail-booking"]
    assert {kind.es, *(question.es for question in kind.questions)} <= words
    assert "Se entiende: mayo de 2019." in words
    assert form.questions.rows["printed"].choices.marks[0].text() == "Sí"
    assert "Sigue" in page.desk.strip.next.words


def test_private_and_attorney_questions_wait_behind_their_sentence(open_page, keys):
    page, session = open_page(Touchpoint(id="t1", kind="border-encounter"))
    form = go_to(page, "t1")
    fold = form.folds["private"]
    assert fold.isVisible()
    assert not form.private.isVisible()
    assert say("permission", "en") in {label.text() for label in fold.findChildren(QLabel) if label.isVisible()}
    fold.button.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert form.private.isVisible()
    keys.type("1")
    (answer,) = told(session, "t1").facts.values()
    assert answer.session_only


def test_enter_passes_over_what_is_folded_and_comes_to_the_note(open_page, keys):
    page, _ = open_page(JAIL)
    form = go_to(page, "t1")
    form.questions.focus_end(-1)
    keys.press(Qt.Key.Key_Return)
    assert keys.focus() is form.note.field
    assert form.practices.rows and not form.folds["practices"].is_open


def test_practices_of_the_office_are_the_clinic_s_to_answer(open_page, keys):
    page, session = open_page(JAIL)
    form = go_to(page, "t1")
    name = next(iter(form.practices.rows))
    form.focus_on("practice", name)
    assert form.practices.isVisible()
    keys.type("y")
    assert told(session, "t1").practices == {name: Answer(value="yes", source="clinic")}


def test_what_this_catalog_does_not_know_is_shown_and_kept(open_page):
    page, session = open_page(Touchpoint(id="t9", kind="from-the-future"), client={"new-fact": "yes"})
    assert isinstance(page.desk.form, ClientForm)
    assert "new-fact" in page.desk.form.kept.text()
    form = go_to(page, "t9")
    assert any("from-the-future" in label.text() and "kept" in label.text() for label in form.findChildren(QLabel))
    assert told(session, "t9").kind == "from-the-future"
    assert session.matter.client == {"new-fact": "yes"}


def test_what_only_other_states_ask_goes_once_the_place_is_told(qtbot, open_page, keys):
    page, session = open_page(Touchpoint(id="t1", kind="jail-booking"))
    form = go_to(page, "t1")
    assert "listed-id-shown-al" in form.attorney.rows
    form.focus_start()
    keys.fill("2019", "california", "fresno", "")
    qtbot.waitUntil(lambda: session.exposure.lines and "listed-id-shown-al" not in form.attorney.rows)
    assert "felony-booking" not in form.questions.rows
    assert "printed" in form.questions.rows


def test_no_question_goes_while_somebody_answers_and_none_with_an_answer(qtbot, open_page, keys):
    page, session = open_page(Touchpoint(id="t1", kind="jail-booking"))
    form = go_to(page, "t1")
    form.questions.rows["felony-booking"].take_focus()
    keys.answer("d")
    assert isinstance(keys.focus().parentWidget().parentWidget(), QWidget)
    before = list(form.questions.rows)
    session.change_touchpoint("t1", where=Where(state="CA", county="Fresno County"))
    qtbot.wait(20)
    assert list(form.questions.rows)[: len(before)] == before
    form.focus_start()
    session.change_touchpoint("t1", where=Where(state="CA", county="Kern County"))
    qtbot.wait(20)
    assert "felony-booking" in form.questions.rows, "an answer stays in sight"
    assert "listed-id-shown-al" not in form.attorney.rows


def test_a_session_selects_a_touchpoint(open_page):
    page, session = open_page(JAIL, STOP)
    session.select_touchpoint("t2")
    assert isinstance(page.desk.form, TouchpointForm)
    assert page.desk.form.touchpoint.id == "t2"
    assert page.desk.entries.current() == "t2"


def test_the_lines_can_be_hidden_and_shown_by_key(open_page, keys):
    page, _ = open_page(JAIL)
    assert page.desk.panel.isVisible()
    keys.press(Qt.Key.Key_F8)
    assert not page.desk.panel.isVisible()
    keys.press(Qt.Key.Key_F8)
    assert page.desk.panel.isVisible()


def whole_of(stop: QWidget) -> QWidget:
    """The question a field belongs to, since within one answers may stand on two lines; else the field."""
    widget: QWidget | None = stop
    while widget is not None and not isinstance(widget, QuestionRow):
        widget = widget.parentWidget()
    return widget or stop


@pytest.mark.parametrize("entry", ["client", "t1"])
def test_tab_goes_down_the_page(open_page, keys, entry):
    page, _ = open_page(JAIL, client={"in-custody": "never", "dhs-prints": "yes"})
    form = go_to(page, "t1") if entry == "t1" else page.desk.form
    for fold in form.folds.values():
        fold.open()
    page.desk.focus_start()
    stops: list[QWidget] = []
    while form.isAncestorOf(keys.focus()) and len(stops) < 200:
        if isinstance(form, TouchpointForm) and keys.focus() is form.remove:
            break
        stops.append(keys.focus())
        keys.press(Qt.Key.Key_Tab)
    tops = [whole_of(stop).mapTo(form, QPoint(0, 0)).y() // 10 for stop in stops]
    assert len(tops) > 10
    assert tops == sorted(tops)


@pytest.mark.parametrize("entry", ["client", "t1"])
def test_shift_tab_goes_from_the_first_field_back_to_the_touchpoints(open_page, keys, entry):
    page, _ = open_page(JAIL)
    if entry == "t1":
        go_to(page, "t1")
    page.desk.focus_start()
    for _ in range(4):
        if page.desk.entries.isAncestorOf(keys.focus()):
            break
        assert page.desk.form.isAncestorOf(keys.focus())
        keys.press(Qt.Key.Key_Backtab)
    assert keys.focus() is page.desk.entries.add_button


def test_everything_that_takes_the_focus_has_a_name(open_page):
    page, _ = open_page(JAIL)
    for entry in ("client", "t1", "pick"):
        if entry == "t1":
            form = go_to(page, "t1")
            for fold in form.folds.values():
                fold.open()
        if entry == "pick":
            page.desk.pick()
        nameless = [
            widget for kind in (QAbstractButton, QLineEdit, QComboBox, QListWidget)
            for widget in page.desk.findChildren(kind)
            if widget.isVisible() and not page.desk.panel.isAncestorOf(widget)
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        ]  # fmt: skip
        assert nameless == []


def test_a_contact_about_a_relative_says_that_the_map_covers_the_client_alone(qtbot):
    for kind, shown in (("sponsored-child", True), ("jail-booking", False)):
        form = TouchpointForm(Touchpoint(id="t1", kind=kind), shipped_catalog())
        qtbot.addWidget(form)
        form.show()
        for language in ("en", "es"):
            form.show_language(language)
            said = [label for label in form.findChildren(QLabel) if label.text() == say("about-relative", language)]
            assert [label.isVisible() for label in said] == [shown]


def test_an_agency_is_asked_for_where_there_is_one_to_name(open_page, keys):
    car = Touchpoint(id="t1", kind="dmv-registered-vehicle")
    told_all_the_same = Touchpoint(id="t2", kind="dmv-registered-vehicle", agency=Agency(name="Salem office"))
    page, _ = open_page(car, told_all_the_same, replace(JAIL, id="t3"))
    shown = {name: go_to(page, name).agency.isVisible() for name in ("t1", "t2", "t3")}
    assert shown == {"t1": False, "t2": True, "t3": True}
    form = go_to(page, "t1")
    form.place.city.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert form.questions.isAncestorOf(keys.focus())
    keys.press(Qt.Key.Key_Up)
    assert keys.focus() is form.place.city
    assert form.agency.kind not in form.tab_stops()


def test_that_a_date_or_a_place_is_not_known_is_stored_with_who_said_so_and_goes_once_it_is_told(open_page, keys):
    page, session = open_page(Touchpoint(id="t1", kind="jail-booking"))
    form = go_to(page, "t1")
    for name, field in (("when", form.when.first), ("where", form.place.state), ("agency", form.agency.kind)):
        section = form.findChildren(AskedSection)[("when", "where", "agency").index(name)]
        choice = section.not_known
        assert choice.isVisible() and field.accessibleName().split(" – ")[-1] in choice.accessibleName()
        choice.setFocus()
        keys.press(Qt.Key.Key_Down)
        assert told(session, "t1").facts[name] == Answer(value="unknown")
        keys.press(Qt.Key.Key_Down)
        assert told(session, "t1").facts[name] == Answer(value="unknown", source="paper")
    keys.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert told(session, "t1").facts["agency"] == Answer(value="declined")
    form.when.first.setFocus()
    keys.fill("May 11, 2024")
    assert told(session, "t1").when == "2024-05-11" and "when" not in told(session, "t1").facts
    assert not form.findChildren(AskedSection)[0].not_known.isVisible()
    session.undo()
    assert told(session, "t1").facts["when"].source == "paper"
    assert form.findChildren(AskedSection)[0].not_known.currentData() == "paper"


def test_enter_goes_on_past_what_is_not_known(open_page, keys):
    page, _ = open_page(Touchpoint(id="t1", kind="jail-booking"))
    form = go_to(page, "t1")
    sections = form.findChildren(AskedSection)
    sections[0].not_known.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert sections[1].isAncestorOf(keys.focus())
    sections[1].not_known.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert keys.focus() is form.agency.kind
    sections[2].not_known.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert form.questions.isAncestorOf(keys.focus())
