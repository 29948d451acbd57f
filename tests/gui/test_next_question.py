"""What to ask next is worked out beside the window: the map is there at once, and nobody hears what was overtaken."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from clinic_mapper.casefile.model import Answer, Matter, Touchpoint
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.ui import next_question
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.matter_strip import MatterStrip, no_question_words
from clinic_mapper.ui.session import CaseSession
from tests.gui.matter_examples import TODAY, a_session, shipped_catalog

BOOKED = Matter(code="M-1", touchpoints=(Touchpoint(id="t1", kind="jail-booking"),))


@pytest.fixture
def gate(monkeypatch):
    """Working out the questions waits until the gate is opened."""
    opened, calls, real = threading.Event(), [], next_question._asked

    def slow(live: LiveMap, wanted: next_question.Wanted) -> object:
        calls.append(wanted[0])
        assert opened.wait(20)
        return real(live, wanted)

    monkeypatch.setattr(next_question, "_asked", slow)
    opened.calls = calls  # type: ignore[attr-defined]
    yield opened
    opened.set()


@pytest.fixture
def working(qtbot, gate):
    """A session whose questions are worked out on another thread, with a matter open."""
    jobs = Jobs()
    session = CaseSession(shipped_catalog(), lambda: TODAY, lambda _matter: "10:42", None, jobs)
    session.open(BOOKED)
    yield session
    gate.set()
    session.close()
    jobs.close()


def test_the_map_is_there_before_its_questions(qtbot, working, gate):
    assert working.exposure.lines and working.working_out_next
    assert working.exposure.ask_next == ()
    with qtbot.waitSignal(working.next_changed, timeout=20_000):
        gate.set()
    assert not working.working_out_next
    assert working.exposure.ask_next == a_session(BOOKED).exposure.ask_next


def test_of_two_changes_while_it_works_only_the_last_is_worked_out_and_told(qtbot, working, gate):
    told = []
    working.next_changed.connect(told.append)
    for value in ("past", "never", "now"):
        with qtbot.waitSignal(working.map_changed):
            working.answer_client("in-custody", Answer(value=value))
    with qtbot.waitSignal(working.next_changed, timeout=20_000):
        gate.set()
    assert [matter.client for matter in gate.calls] == [{}, {"in-custody": Answer(value="now")}]
    assert len(told) == 1
    assert told[0].ask_next == a_session(working.matter).exposure.ask_next


def test_until_then_the_earlier_questions_stand_without_those_that_are_settled(qtbot, working, gate):
    with qtbot.waitSignal(working.next_changed, timeout=20_000):
        gate.set()
    before = working.exposure.ask_next
    gate.clear()
    with qtbot.waitSignal(working.map_changed):
        working.answer_client("in-custody", Answer(value="past"))
    assert working.working_out_next
    left = [ask for ask in before if ask in working.exposure.ask_next]
    assert left and list(working.exposure.ask_next) == left
    assert all(ask.fact != "in-custody" for ask in left)


def test_a_closed_matter_hears_nothing_more(qtbot, working, gate):
    told = []
    working.next_changed.connect(told.append)
    working.close()
    gate.set()
    qtbot.wait(50)
    assert not told and working.exposure is None and not working.working_out_next


@pytest.mark.parametrize(("language", "said"), [("en", "looking for the best one"), ("es", "buscando la mejor")])
def test_the_strip_says_that_the_next_question_is_being_worked_out(qtbot, language, said):
    session = a_session(BOOKED)
    strip = MatterStrip(shipped_catalog())
    qtbot.addWidget(strip)
    strip.show_map(session.exposure, BOOKED, language, working=True)
    assert said in strip.next.words
    strip.show_map(session.exposure, BOOKED, language)
    assert said not in strip.next.words
    session.close()


def test_where_nobody_can_answer_what_is_left_the_strip_leaves_it_to_the_attorney():
    exposure = LiveMap().map(BOOKED, shipped_catalog(), date(2026, 3, 2), ask=False)
    assert "attorney" in no_question_words(exposure, "en", working=False)
    assert "abogada" in no_question_words(exposure, "es", working=False)
    assert "attorney" not in no_question_words(exposure, "en", working=True)
