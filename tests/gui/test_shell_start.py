"""The start of the process: light before the first paint, a sentence where no window can open, one place for bugs."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import weakref

import pytest
from PySide6.QtCore import QtMsgType

from clinic_mapper.ui import start
from clinic_mapper.ui.mishap_window import MishapWindow
from clinic_mapper.ui.mishaps import Mishaps, report
from clinic_mapper.ui.settings import Settings

CANARY = "Xochitl-Canary"
HEAVY = {
    *("sqlcipher3", "nacl", "sqlite_utils", "sqlite3", "msgspec", "reportlab", "pikepdf", "pypdfium2", "jsonschema"),
    *("openpyxl", "uharfbuzz"),
}
LATER = {
    *("clinic_mapper.catalog", "clinic_mapper.routing", "clinic_mapper.memo", "clinic_mapper.casefile"),
    "clinic_mapper.clinic_layers",
}

AT_FIRST_PAINT = """
import json, sys
from clinic_mapper.ui import main_window, start

def load(window):
    print(json.dumps(sorted(sys.modules)))
    window.close()

main_window.MainWindow.load = load
sys.exit(start.run_window(["clinic-mapper"]))
"""
WHOLE_START = """
import sys
from clinic_mapper.ui import main_window, start

ready = main_window.MainWindow._ready

def then_close(window, catalog):
    ready(window, catalog)
    print(len(catalog.systems) > 0, window.entrance.isVisible())
    window.close()

main_window.MainWindow._ready = then_close
sys.exit(start.run_window(["clinic-mapper"]))
"""


class Told:
    """Something that was told."""


def run(code, folder, **environment):
    homes = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **homes, **environment}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path):
    done = run(AT_FIRST_PAINT, tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "clinic_mapper.ui.lock_page" in loaded
    assert not loaded & (HEAVY | LATER)


def test_the_whole_start_loads_the_catalog_behind_the_lock_and_ends_cleanly(tmp_path):
    done = run(WHOLE_START, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "True True"), done.stderr


def test_what_only_holds_itself_is_freed_once_the_window_is_locked(qtbot, tmp_path):
    window = start._window(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(window)
    told = Told()
    told.itself, seen = told, weakref.ref(told)
    gc.disable()
    try:
        del told
        assert seen() is not None
        window.lock()
        qtbot.waitUntil(lambda: seen() is None)
    finally:
        gc.enable()


def test_where_no_window_can_open_a_sentence_says_so(tmp_path):
    done = run("import sys; from clinic_mapper.ui.start import run_window; sys.exit(run_window(['x']))", tmp_path,
               QT_QPA_PLATFORM="no-such-platform")  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("Clinic Mapper cannot open a window here")
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def told(qapp, tmp_path):
    """Mishaps with what they did, in order."""
    did: list[str] = []
    mishaps = Mishaps(tmp_path / "log", lambda: did.append("locked"), did.append)
    mishaps.did = did
    mishaps.folder = tmp_path / "log"
    return mishaps


def a_bug():
    name = CANARY
    raise ValueError(f"cannot place {name}")


def meet(mishaps) -> None:
    try:
        a_bug()
    except ValueError as error:
        mishaps.exception(type(error), error, error.__traceback__)


def test_a_bug_locks_first_then_writes_a_log_without_case_data_then_tells(told, qtbot):
    meet(told)
    qtbot.waitUntil(lambda: len(told.did) == 2)
    assert told.did[0] == "locked"
    written = [path.read_text("utf-8") for path in told.folder.iterdir()]
    assert written == [told.did[1]]
    assert "a_bug" in written[0] and "ValueError" in written[0]
    assert CANARY not in written[0]


def test_the_same_bug_locks_again_and_tells_once(told, qtbot):
    for _ in range(3):
        meet(told)
    qtbot.waitUntil(lambda: told.did.count("locked") == 3)
    assert len(told.did) == 4
    assert len(list(told.folder.iterdir())) == 1


def test_a_log_that_cannot_be_written_does_not_silence_the_window(told, qtbot):
    told.folder.write_text("a file where the folder should be")
    meet(told)
    qtbot.waitUntil(lambda: len(told.did) == 2)
    assert "ValueError" in told.did[1]


def test_what_qt_calls_critical_is_a_mishap_and_a_warning_is_not(told, qtbot):
    class Context:
        category = "qt.invented"

    told.qt_says(QtMsgType.QtWarningMsg, Context(), CANARY)
    told.qt_says(QtMsgType.QtCriticalMsg, Context(), CANARY)
    qtbot.waitUntil(lambda: len(told.did) == 2)
    assert "qt.invented" in told.did[1] and CANARY not in told.did[1]


def test_the_window_that_tells_of_a_mishap_shows_all_of_it_to_copy(qtbot, qapp):
    window = MishapWindow("/somewhere")
    qtbot.addWidget(window)
    said = report(ValueError, None)
    window.report.setPlainText(said)
    window.copy.click()
    assert qapp.clipboard().text() == said
    qapp.clipboard().clear()
