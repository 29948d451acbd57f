"""The session: every command is saved before it is called saved, can be undone, and makes one map a turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.casefile.model import Answer, Identifier, Matter, Touchpoint
from clinic_mapper.problem import Problem
from clinic_mapper.ui.session import CaseSession
from tests.gui.matter_examples import TODAY, shipped_catalog

STOP = "police-stop-no-citation"
YES = Answer(value="yes")


class Disk:
    """A place to save to that can be full."""

    def __init__(self) -> None:
        self.kept: list[Matter] = []
        self.full = False

    def save(self, matter: Matter) -> str:
        if self.full:
            raise Problem("disk-full", "The disk is full.")
        self.kept.append(matter)
        return "10:42"


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def session(qapp, disk):
    opened = CaseSession(shipped_catalog(), lambda: TODAY, disk.save)
    opened.open(Matter(code="M-1"))
    yield opened
    opened.close()


def heard(signal) -> list:
    given_: list = []
    signal.connect(given_.append)
    return given_


def test_a_command_is_on_the_disk_before_it_is_called_saved(session, disk):
    at_the_time: list[Matter] = []
    session.saved.connect(lambda _when: at_the_time.append(disk.kept[-1]))
    session.answer_client("in-custody", Answer(value="past"))
    assert at_the_time == [session.matter]


def test_a_full_disk_is_told_and_nothing_is_called_saved(session, disk):
    saved, failed = heard(session.saved), heard(session.failed)
    disk.full = True
    session.answer_client("in-custody", Answer(value="past"))
    assert [problem.code for problem in failed] == ["disk-full"]
    assert not saved and session.unsaved
    assert session.matter.client["in-custody"] == Answer(value="past"), "what was typed is still here"


def test_the_next_change_saves_what_the_disk_refused(session, disk):
    disk.full = True
    session.set_note("kept in memory")
    disk.full = False
    touchpoint = session.add_touchpoint(STOP)
    assert disk.kept[-1].note == "kept in memory"
    assert [each.id for each in disk.kept[-1].touchpoints] == [touchpoint]
    assert not session.unsaved


def test_many_commands_in_one_turn_make_one_map(qtbot, session):
    maps = heard(session.map_changed)
    with qtbot.waitSignal(session.map_changed):
        touchpoint = session.add_touchpoint(STOP)
        session.answer(touchpoint, "name_run", YES)
        session.change_touchpoint(touchpoint, when="2019")
    assert len(maps) == 1
    assert {line.touchpoint for line in session.exposure.lines} == {touchpoint}


def test_the_number_of_a_removed_touchpoint_is_not_given_again(session):
    first = session.add_touchpoint(STOP)
    session.remove_touchpoint(first)
    assert (first, session.add_touchpoint(STOP)) == ("t1", "t2")


def test_the_number_of_a_touchpoint_removed_before_the_last_unlocking_is_not_given_again(session):
    session.open(Matter(code="M-1"), [Matter(code="M-1", touchpoints=(Touchpoint(id="t3", kind=STOP),))])
    assert session.add_touchpoint(STOP) == "t4"


def test_removing_a_touchpoint_takes_its_verdicts_along_and_undo_brings_both_back(session):
    touchpoint = session.add_touchpoint(STOP)
    session.set_aside(f"{touchpoint}.abc", "Never there.")
    before = session.matter
    session.remove_touchpoint(touchpoint)
    assert not session.matter.set_aside
    session.undo()
    assert session.matter == before


def test_a_verdict_without_a_reason_is_taken_back(session):
    session.set_aside("t1.abc", "Never there.")
    session.set_aside("t1.abc", " ")
    assert session.matter.set_aside == ()


def test_putting_an_answer_back_leaves_the_matter_as_it_was(session):
    before = session.matter
    session.answer_client("in-custody", YES)
    session.answer_client("in-custody", None)
    assert session.matter == before


def test_a_change_that_changes_nothing_is_neither_saved_nor_undone(session, disk):
    session.set_identifiers((Identifier(kind="name", value="Invented"),))
    kept = len(disk.kept)
    session.set_identifiers((Identifier(kind="name", value="Invented"),))
    assert len(disk.kept) == kept
    session.undo()
    assert not session.can_undo


def test_a_new_change_forgets_what_was_undone(session):
    session.set_note("one")
    session.undo()
    session.set_note("two")
    session.redo()
    assert session.matter.note == "two"


def test_undo_is_saved_like_any_change(session, disk):
    session.set_note("one")
    session.undo()
    assert disk.kept[-1].note == ""


def test_after_close_nothing_of_the_matter_is_left(session):
    session.set_note("a word about somebody")
    session.select_line("t1:booking")
    session.close()
    held = [value for value in vars(session).values() if isinstance(value, Matter | list) and value]
    assert (session.matter, session.exposure, session.selected_line, held) == (None, None, "", [])


def test_a_field_that_goes_away_with_its_matter_changes_nothing(session, disk):
    touchpoint = session.add_touchpoint(STOP)
    kept = len(disk.kept)
    session.remove_touchpoint(touchpoint)
    session.change_touchpoint(touchpoint, note="too late")
    session.close()
    session.set_note("too late")
    assert len(disk.kept) == kept + 1
    assert session.matter is None


def test_a_line_is_selected_once_and_forgotten_with_its_touchpoint(qtbot, session):
    touchpoint = session.add_touchpoint(STOP)
    with qtbot.waitSignal(session.map_changed):
        session.answer(touchpoint, "name_run", YES)
    lines = heard(session.line_selected)
    line = session.exposure.lines[0].id
    session.select_line(line)
    session.select_line(line)
    with qtbot.waitSignal(session.map_changed):
        session.remove_touchpoint(touchpoint)
    assert lines == [line, ""]


STEPS = st.lists(st.sampled_from(("note", "add", "remove", "answer", "undo", "redo")), max_size=25)


@given(STEPS)
def test_undone_to_the_start_and_redone_to_the_end_is_where_we_were(qapp, steps):
    disk = Disk()
    session = CaseSession(shipped_catalog(), lambda: TODAY, disk.save)
    session.open(Matter(code="M-1"))
    for number, step in enumerate(steps):
        do(session, step, number)
        assert not disk.kept or disk.kept[-1] == session.matter
    while session.can_redo:
        session.redo()
    end = session.matter
    while session.can_undo:
        session.undo()
    assert session.matter == Matter(code="M-1")
    while session.can_redo:
        session.redo()
    assert session.matter == end
    session.close()


def do(session: CaseSession, step: str, number: int) -> None:
    ids = [touchpoint.id for touchpoint in session.matter.touchpoints]
    if step == "note":
        session.set_note(f"note {number}")
    elif step == "add":
        assert session.add_touchpoint(STOP) not in ids
    elif step in ("undo", "redo"):
        getattr(session, step)()
    elif ids and step == "remove":
        session.remove_touchpoint(ids[number % len(ids)])
    elif ids:
        session.answer(ids[number % len(ids)], "name_run", YES)
