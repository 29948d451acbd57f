"""What window tests share: dialogs answered by the test, jobs that run at once, nothing left running afterwards."""

from __future__ import annotations

import gc
import threading
from collections import deque

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from clinic_mapper.ui import ask
from clinic_mapper.ui.background import Jobs


@pytest.fixture(autouse=True)
def no_dialog_waits_for_a_person():
    """A dialog that no test answers fails the test instead of waiting for ever."""
    ask.replies = deque()
    yield
    ask.replies = None


@pytest.fixture
def answers(no_dialog_waits_for_a_person):
    """Replies to dialogs, in the order in which they will be asked: True, False, a path or None. None may be left."""
    given = ask.replies
    assert given is not None
    yield given
    assert not given, f"nobody asked for {list(given)}"


@pytest.fixture
def inline_jobs(qapp):
    """Jobs that run within `start`."""
    jobs = Jobs(inline=True)
    yield jobs
    jobs.close()


@pytest.fixture(autouse=True)
def nothing_outlives_its_test(request):
    """No window, timer or thread of ours is left when a window test ends."""
    if "qapp" not in request.fixturenames and "qtbot" not in request.fixturenames:
        yield
        return
    threads = set(threading.enumerate())
    yield
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shown = [widget for widget in app.topLevelWidgets() if widget.isVisible()]
    timers = [thing for thing in gc.get_objects() if isinstance(thing, QTimer) and isValid(thing)]
    running = [timer for timer in timers if timer.isActive()]
    left = [thread for thread in set(threading.enumerate()) - threads if not isinstance(thread, threading._DummyThread)]
    assert not shown, f"windows left open: {shown}"
    assert not running, f"timers left running: {[_owner(timer) for timer in running]}"
    assert not left, f"threads left running: {left}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0, "work left running"


def _owner(timer: QObject) -> str:
    return f"{type(timer.parent()).__name__}.{timer.objectName() or 'timer'}"


@pytest.fixture
def quick_keys(monkeypatch):
    """A guess at a passphrase costs next to nothing, so that tests need not wait as thieves must."""
    from clinic_mapper.vault import keys
    from clinic_mapper.vault.manifest import Cost

    monkeypatch.setattr(keys, "MODERATE", Cost(operations=1, memory=8192 * 8))
