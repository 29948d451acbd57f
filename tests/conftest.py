"""What every test of this project is held to: no internet, no unexpected log line, laws tried on many examples."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt: without a display Qt would abort the whole run instead of failing one test.
if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No deadline in either: a busy machine must not fail a law. Choose with --hypothesis-profile.
settings.register_profile("quick", deadline=None, max_examples=60, print_blob=True)
settings.register_profile(
    "soak", deadline=None, max_examples=3000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quick")


class InternetForbidden:
    """Refuses every internet socket and name look-up of this process, and fails the test that tried.

    An audit hook, because it also sees what C code and cleverly imported modules do, and cannot be taken off again.
    Trying is what fails: code that swallows the refusal is found out when the test ends.
    """

    events = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
    look_ups = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"})

    def __init__(self) -> None:
        self.attempts: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event in self.look_ups or (event in self.events and self._is_internet(args[0])):
            self.attempts.append(f"{event}{args[1:] if event in self.events else args}")
            raise AssertionError(f"Nothing here may use the internet: {self.attempts[-1]}")

    @staticmethod
    def _is_internet(subject: Any) -> bool:
        return getattr(subject, "family", None) in (socket.AF_INET, socket.AF_INET6)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        self.attempts.clear()
        yield
        if self.attempts and item.get_closest_marker("expects_refused_internet") is None:
            pytest.fail(f"Tried to use the internet: {self.attempts}", pytrace=False)


class UnexpectedLogs(logging.Handler):
    """Fails a test during which something was logged at WARNING or above.

    A test that means to provoke a warning carries the mark `expects_logs`, or asks for `caplog` and reads the records.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, None, None]:
        self.records.clear()
        yield
        self._fail_on_records(item)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        yield
        self._fail_on_records(item)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, None, None]:
        yield
        self._fail_on_records(item)

    def _fail_on_records(self, item: pytest.Item) -> None:
        records, self.records = self.records, []
        expected = item.get_closest_marker("expects_logs") or "caplog" in getattr(item, "fixturenames", ())
        if records and not expected:
            lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in records]
            pytest.fail("Unexpected log lines:\n" + "\n".join(lines), pytrace=False)


class FilesTried:
    """Says at the end how many files were made and how many refused, over all tests and workers that tell it.

    A test tells it by a property whose name begins with `files: `; properties come back from every worker.
    """

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, told in report.user_properties if report.when == "call" else ():
            if name.startswith("files: ") and isinstance(told, dict):
                self.counts.setdefault(name.removeprefix("files: "), Counter()).update(told)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.counts:
            terminalreporter.section("files that outside tools looked into")
            for name, counted in sorted(self.counts.items()):
                said = ", ".join(f"{number:6} {what}" for what, number in counted.items())
                terminalreporter.write_line(f"{name:28} {said}")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(FilesTried(), "files-tried")
    config.pluginmanager.register(InternetForbidden(), "internet-forbidden")
    config.pluginmanager.register(UnexpectedLogs(), "unexpected-logs")
