"""The one doorway to other threads: work goes out with plain values, its result or problem comes back to the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from clinic_mapper.problem import Problem

_AT_ONCE = 2
Done = Callable[[Any], object]
Failed = Callable[[Problem], object]
Progress = Callable[[int, int], object]


class _Dropped(Exception):
    """Ends work for which nobody waits any more, at the next step that it tells."""


class Jobs(QObject):
    """Runs functions off the window's thread; `done` and `failed` are called on it, one of them, once.

    `failed` hears of a `Problem`. Any other exception is a bug: it is raised on the window's thread, where the one
    place for bugs hears of it. After `drop`, `forget` or `close` nobody is called any more.
    """

    idle = Signal()
    """Nothing is running or waiting to be told."""
    _came_back = Signal(int, object, object)
    _went_on = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None, *, inline: bool = False) -> None:
        """`inline`: run each job at once, within `start`; for tests."""
        super().__init__(parent)
        self._inline = inline
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_AT_ONCE)
        self._waiting: dict[int, tuple[Done | None, Failed | None, Progress | None]] = {}
        self._number = 0
        self._came_back.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._went_on.connect(self._tell_step)

    def start(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> int:
        """Run `function(*arguments)`; give `done` its result or `failed` its problem. Returns a number for `drop`.

        With `progress` the function is given one argument more, to be called as `(step, of)` while it goes on;
        `progress` is called with the same.
        """
        self._number += 1
        number = self._number
        self._waiting[number] = (done, failed, progress)
        if progress is not None:
            arguments = (*arguments, lambda step, of: self._step(number, step, of))
        if self._inline:
            self._tell(number, *_outcome(function, arguments))
        else:
            self._pool.start(lambda: self._came_back.emit(number, *_outcome(function, arguments)))
        return number

    def drop(self, number: int) -> None:
        """Tell nobody of this job any more; one that tells its steps ends at the next."""
        self._waiting.pop(number, None)

    @property
    def busy(self) -> bool:
        """Whether somebody still waits for a result."""
        return bool(self._waiting)

    def forget(self) -> None:
        """Tell nobody of what is running now; it ends by itself and is dropped."""
        self._waiting.clear()

    def close(self) -> None:
        """Forget, and wait until nothing runs any more."""
        self.forget()
        self._pool.clear()
        self._pool.waitForDone()

    def _step(self, number: int, step: int, of: int) -> None:
        """Called on the thread of the work."""
        if number not in self._waiting:
            raise _Dropped
        self._went_on.emit(number, step, of)

    @Slot(int, int, int)
    def _tell_step(self, number: int, step: int, of: int) -> None:
        _, _, progress = self._waiting.get(number, (None, None, None))
        if progress is not None:
            progress(step, of)

    @Slot(int, object, object)
    def _tell(self, number: int, result: object, error: BaseException | None) -> None:
        awaited = number in self._waiting
        done, failed, _ = self._waiting.pop(number, (None, None, None))
        try:
            if error is None:
                if done is not None:
                    done(result)
            elif isinstance(error, Problem) and failed is not None:
                failed(error)
            elif awaited or not isinstance(error, Problem | _Dropped):
                raise error
        finally:
            if not self._waiting:
                self.idle.emit()


def _outcome(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[object, BaseException | None]:
    try:
        return function(*arguments), None
    except Exception as error:  # nobody hears an exception on another thread; it is raised again on the window's
        return None, error
