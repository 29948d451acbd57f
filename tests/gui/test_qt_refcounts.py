"""Qt's bindings must leave Python's True, False and None alone.

A release of the bindings dropped one reference to them with every signal and ended the process after some hundreds.
A clinic would have seen the window vanish while somebody typed. This is why the version is pinned to one number.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

TIMES = 20_000
# What caches and interned results may move. The fault moves TIMES of them.
ORDINARY = TIMES // 20

# From Python 3.12 on the three are never freed, whatever is counted; bindings built for 3.11 as well still take some
# references back that they did not give. It is harmless there, so there only the process has to live.
COUNTS_MATTER = sys.version_info < (3, 12)

# In a process of its own: the fault aborts the process it happens in, and it would take the whole test run along.
CHILD = """
import json, sys
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

class Teller(QObject):
    told = Signal(bool)
    showed = Signal(object)

def signals(times):
    teller, heard = Teller(), []
    teller.told.connect(lambda yes: heard.append(0))
    teller.showed.connect(lambda thing: heard.append(0))
    for turn in range(times):
        teller.told.emit(turn % 2 == 0)
        teller.showed.emit((None, True, False)[turn % 3])
    return len(heard) // 2

def edits(times):
    edit, box, heard = QLineEdit(), QCheckBox(), []
    edit.textChanged.connect(lambda text: heard.append(0))
    box.toggled.connect(lambda checked: heard.append(0))
    for turn in range(times):
        edit.setText(str(turn))
        edit.setModified(turn % 2 == 0)
        edit.isModified(), edit.isReadOnly(), edit.parent(), edit.hasSelectedText()
        box.setChecked(turn % 2 == 0)
    return len(heard) // 2

def timers(times):
    loop, timer, heard = QEventLoop(), QTimer(), []
    def ring():
        heard.append(0)
        timer.isActive(), timer.isSingleShot(), timer.parent()
        if len(heard) == times:
            loop.quit()
    timer.timeout.connect(ring)
    timer.start(0)
    loop.exec()
    return len(heard)

def counts():
    return [sys.getrefcount(thing) for thing in (True, False, None)]

app = QApplication([])
what = {"signals": signals, "edits": edits, "timers": timers}[sys.argv[1]]
what(100)  # the first calls fill caches
before = counts()
done = what(int(sys.argv[2]))
print(json.dumps({"done": done, "moved": [after - was for was, after in zip(before, counts())]}))
"""


@pytest.mark.parametrize("what", ["signals", "edits", "timers"])
def test_true_false_and_none_keep_their_references(what):
    child = subprocess.run(
        [sys.executable, "-c", CHILD, what, str(TIMES)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, f"the process ended with {child.returncode}: {child.stderr}"
    seen = json.loads(child.stdout)
    assert seen["done"] >= TIMES - 1
    moved = dict(zip(["True", "False", "None"], seen["moved"], strict=True))
    assert not COUNTS_MATTER or all(abs(count) < ORDINARY for count in moved.values()), f"references moved: {moved}"
