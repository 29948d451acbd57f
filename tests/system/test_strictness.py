"""The nets under every other test are themselves tested: a net with a hole is worse than none."""

from __future__ import annotations

import logging
import socket
import warnings
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]


@pytest.mark.expects_refused_internet
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6], ids=["ipv4", "ipv6"])
def test_no_test_can_reach_the_internet(family):
    with socket.socket(family) as reach, pytest.raises(AssertionError, match="internet"):
        reach.connect(("127.0.0.1" if family == socket.AF_INET else "::1", 9))


@pytest.mark.expects_refused_internet
def test_no_test_can_look_up_a_name():
    with pytest.raises(AssertionError, match="internet"):
        socket.getaddrinfo("example.invalid", 443)


def test_a_socket_inside_this_computer_is_allowed():
    here, there = socket.socketpair()
    with here, there:
        here.sendall(b"x")
        assert there.recv(1) == b"x"


def test_a_python_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def run_inside(pytester: pytest.Pytester, source: str) -> pytest.RunResult:
    """Run `source` as a test file in a process of its own, under this project's conftest and settings."""
    pytester.makepyprojecttoml((ROOT / "pyproject.toml").read_text("utf-8"))
    inner = pytester.mkdir("tests")
    (inner / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    (inner / "test_inner.py").write_text(source, "utf-8")
    return pytester.runpytest_subprocess("-p", "no:cacheprovider")


@pytest.mark.parametrize(
    "body",
    [
        "import logging\n    logging.getLogger('x').warning('odd')",
        "import warnings\n    warnings.warn('odd', stacklevel=1)",
        "import contextlib, socket\n    with contextlib.suppress(BaseException):\n"
        "        socket.create_connection(('127.0.0.1', 9))",
        "from PySide6.QtCore import qWarning\n    qWarning('odd')",
        "from PySide6.QtCore import QTimer\n    QTimer.singleShot(0, lambda: 1 / 0)\n    qtbot.wait(50)",
    ],
    ids=["log line", "python warning", "swallowed connection", "qt message", "exception in a slot"],
)
def test_a_test_fails_on_an_unexpected(pytester, body):
    result = run_inside(pytester, f"def test_inner(qtbot):\n    {body}\n")
    result.assert_outcomes(failed=1)


def test_a_test_that_does_none_of_this_passes(pytester):
    run_inside(pytester, "def test_inner(qtbot):\n    assert qtbot\n").assert_outcomes(passed=1)


def test_a_test_may_expect_its_log_lines(pytester):
    result = run_inside(
        pytester,
        "import logging, pytest\n@pytest.mark.expects_logs\n"
        "def test_inner():\n    logging.getLogger('x').warning('odd')",
    )
    result.assert_outcomes(passed=1)


def test_log_lines_meant_for_caplog_are_read_there(caplog):
    logging.getLogger("clinic_mapper.test").warning("meant")
    assert caplog.messages == ["meant"]
