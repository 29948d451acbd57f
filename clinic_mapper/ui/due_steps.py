"""What is due in the matters of the open vault, read off the window's thread and shown by code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from clinic_mapper.casefile.follow_ups import days_until, due_within
from clinic_mapper.casefile.model import Matter
from clinic_mapper.ui.background import Jobs
from clinic_mapper.ui.follow_up_words import day_of, name_of

if TYPE_CHECKING:
    from clinic_mapper.catalog.model import Catalog
    from clinic_mapper.ui.keeper import Keeper

DAYS_AHEAD = 14
"""What is due within so many days is shown, and all that is overdue."""


class DueStep(NamedTuple):
    """A step that is due. `words`: what it is and by when, without a word that somebody typed. `left`: days."""

    matter: str
    code: str
    words: str
    left: int


def due_in(matters: list[tuple[str, Matter]], catalog: Catalog, today: date) -> list[DueStep]:
    """What is due in these matters, the most urgent first."""
    found = []
    for id, matter in matters:
        for step in due_within(matter.follow_ups, today, DAYS_AHEAD):
            words = f"{day_of(step, today)} · {name_of(step, catalog)}"  # the day first: a long row is cut at its end
            found.append(DueStep(id, matter.code, words, days_until(step.due, today) or 0))
    return sorted(found, key=lambda due: (due.left, due.code))


class DueSteps:
    """Looks through the vault when the list of matters is shown; after `forget` nothing that was found is shown."""

    def __init__(
        self, keeper: Keeper, jobs: Jobs, show: Callable[[list[DueStep]], object], today: Callable[[], date]
    ) -> None:
        self._keeper, self._jobs, self._show, self._today = keeper, jobs, show, today
        self._job = 0

    def look(self) -> None:
        """Read what is due now and show it; a vault that cannot be read is told of elsewhere."""
        self.forget()
        catalog, today, read = self._keeper.session.catalog, self._today(), self._keeper.readable_matters

        def found() -> list[DueStep]:
            return due_in(read(), catalog, today)

        self._job = self._jobs.start(found, done=self._show, failed=lambda _problem: None)

    def forget(self) -> None:
        """Wait no longer for what was being read."""
        self._jobs.drop(self._job)
