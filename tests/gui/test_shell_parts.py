"""The small parts of the shell: jobs, messages, settings, the watch for an empty chair, questions to a person."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from clinic_mapper.problem import Problem
from clinic_mapper.ui import ask
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.desktop_lock import DesktopLock
from clinic_mapper.ui.idle import IdleWatch
from clinic_mapper.ui.look import calm, quiet
from clinic_mapper.ui.matters_page import neutral_code
from clinic_mapper.ui.messages import MessageBar
from clinic_mapper.ui.settings import LOCK_AFTER, QUESTION_LANGUAGE, TABLE, VAULT_FOLDER, Settings


@pytest.fixture
def jobs(qapp):
    working = Jobs()
    yield working
    working.close()


def refused():
    raise Problem("disk-full", "The disk is full.")


def mistaken():
    raise ValueError("a bug")


def test_work_is_done_elsewhere_and_told_here(qtbot, jobs):
    heard: list[tuple[int, bool]] = []
    here = threading.get_ident()
    with qtbot.waitSignal(jobs.idle):
        jobs.start(threading.get_ident, done=lambda there: heard.append((there, threading.get_ident() == here)))
    assert heard[0][0] != here and heard[0][1]


def test_a_problem_is_told_to_who_asked(qtbot, jobs):
    heard: list[Problem] = []
    with qtbot.waitSignal(jobs.idle):
        jobs.start(refused, done=heard.append, failed=heard.append)
    assert [problem.code for problem in heard] == ["disk-full"]


def test_a_bug_on_another_thread_is_raised_on_this_one(qtbot, jobs):
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(jobs.idle):
        jobs.start(mistaken, failed=lambda _: pytest.fail("a bug is not a problem of the world"))
    assert [kind for kind, *_ in caught] == [ValueError]


def test_nobody_is_told_after_close_and_close_waits(qapp):
    jobs, gate, heard, ended = Jobs(), threading.Event(), [], []

    def work():
        gate.wait()
        ended.append(True)

    jobs.start(work, done=heard.append)
    gate.set()
    jobs.close()
    qapp.processEvents()
    assert (ended, heard) == ([True], [])


@pytest.fixture
def bar(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield MessageBar(window)
    window.close()


def test_one_message_at_a_time_as_plain_text(bar):
    bar.say("<b>Jail</b> of Bold County")
    bar.show_problem(Problem("x", "It broke.", "All is kept.", "Try again."))
    assert bar.text == "It broke. All is kept. Try again."
    assert bar.words.textFormat() is Qt.TextFormat.PlainText
    assert bar.action.isHidden()


def test_a_message_is_closed_by_key_and_forgotten(bar, qtbot):
    bar.say("Removed.")
    qtbot.keyClick(bar.close_button, Qt.Key.Key_Escape)
    assert bar.isHidden() and bar.words.text() == ""


def test_a_setting_is_remembered(tmp_path):
    Settings(tmp_path / "s.ini").put(LOCK_AFTER, 5)
    assert Settings(tmp_path / "s.ini").number(LOCK_AFTER) == 5


@pytest.mark.parametrize(("row", "bad"), [(LOCK_AFTER, "never"), (LOCK_AFTER, "0"), (QUESTION_LANGUAGE, "tlh")],
                         ids=["no-number", "too-small", "unknown-word"])  # fmt: skip
def test_a_value_that_does_not_fit_is_not_used_and_stays_in_the_file(tmp_path, row, bad):
    file = tmp_path / "s.ini"
    file.write_text(f"[General]\n{row.name}={bad}\n")
    settings = Settings(file)
    assert settings.misfits == [row]
    assert (settings.number if isinstance(row.default, int) else settings.text)(row) == row.default
    settings.put(VAULT_FOLDER, "/somewhere")
    assert f"{row.name}={bad}" in file.read_text()


def test_every_default_fits_its_own_row():
    assert all(row.fits(row.default) for row in TABLE)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def watched(qapp):
    clock = Clock()
    watch, left = IdleWatch(10, clock=clock), []
    watch.away.connect(lambda: left.append(clock.now))
    watch.start()
    return watch, clock, left


def pass_time(watch, clock, seconds):
    for _ in range(seconds // 10):
        clock.now += 10
        watch.look()


def test_ten_minutes_without_a_sign_mean_away_and_not_a_second_less(qapp):
    watch, clock, left = watched(qapp)
    pass_time(watch, clock, 590)
    assert not left
    pass_time(watch, clock, 10)
    assert left == [1600.0]
    watch.stop()


def test_a_computer_that_slept_counts_as_away(qapp):
    watch, clock, left = watched(qapp)
    clock.now += 120
    watch.look()
    assert len(left) == 1
    watch.stop()


def test_a_key_is_a_sign_of_life(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    watch, clock, left = watched(None)
    watch.listen_to(window.windowHandle())
    pass_time(watch, clock, 590)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_A)
    pass_time(watch, clock, 590)
    assert not left
    watch.stop()


def test_a_question_is_answered_by_the_test(answers, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    answers.extend([False, Path("/somewhere"), None])
    assert ask.confirm(page, "Sure?", "Yes", "No") is False
    assert ask.folder(page, "Where?", Path("/")) == Path("/somewhere")
    assert ask.file_to_save(page, "Where?", Path("/memo.pdf"), "PDF files (*.pdf)") is None


def test_a_question_that_no_test_answers_fails(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    with pytest.raises(AssertionError, match="does not answer"):
        ask.confirm(page, "Sure?", "Yes", "No")


def test_lock_closes_a_question_as_if_it_was_answered_no(qtbot, qapp, monkeypatch):
    from PySide6.QtCore import QTimer

    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    monkeypatch.setattr(ask, "replies", None)
    QTimer.singleShot(0, page, ask.dismiss)
    assert ask.confirm(page, "Lose it?", "Lose it", "Stay") is False


def test_a_suggested_code_is_short_neutral_and_rarely_the_same():
    codes = {neutral_code() for _ in range(50)}
    assert all(len(code) == 6 and code.startswith("M-") for code in codes)
    assert len(codes) > 45


HEAR_THE_DESKTOP = """
import subprocess
from PySide6.QtCore import QCoreApplication, QTimer
from clinic_mapper.ui.desktop_lock import DesktopLock

app, watch = QCoreApplication([]), DesktopLock()
watch.locked.connect(lambda: (print("locked"), app.quit()))
assert watch.listen()
say = ["dbus-send", "--session", "--type=signal", "/org/gnome/ScreenSaver"]
subprocess.run([*say, "org.gnome.ScreenSaver.ActiveChanged", "boolean:false"], check=True)
subprocess.run([*say, "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"], check=True)
QTimer.singleShot(20_000, app.quit)
app.exec()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a bus of its own to speak on")
def test_a_screen_that_is_locked_is_heard_on_the_desktop_s_bus(tmp_path):
    command = ["dbus-run-session", "--", sys.executable, "-c", HEAR_THE_DESKTOP]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.strip() == "locked", done.stderr


def test_without_a_bus_there_is_nothing_to_hear_and_nothing_breaks(qapp, monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert DesktopLock().listen() == 0


def test_quiet_words_stay_readable_when_the_desktop_turns_dark_and_light_again(qtbot, qapp):
    page = QWidget()
    qtbot.addWidget(page)
    words = calm("Kept on this computer.", page)
    page.show()
    text, before = QPalette.ColorRole.WindowText, QPalette(qapp.palette())
    try:
        for ground, ink in (("#222222", "#eeeeee"), ("#eeeeee", "#111111")):
            changed = QPalette(before)
            changed.setColor(QPalette.ColorRole.Window, QColor(ground))
            changed.setColor(text, QColor(ink))
            qapp.setPalette(changed)
            wanted = quiet(changed).color(text)
            qtbot.waitUntil(lambda wanted=wanted: words.palette().color(text) == wanted)
    finally:
        qapp.setPalette(before)
