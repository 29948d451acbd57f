"""A workbook of 287(g) agencies told for a terminal: what was read, what was not as it should be, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from clinic_mapper.catalog.agreement_history import MODEL_WORDS, changes_in_words
from clinic_mapper.catalog.agreement_workbook import AgreementList, Reading, day_in_name, read_workbook, slips_in_words


def report(path: Path, as_of: date | None, against: Path | None) -> Iterator[str]:
    """The report on a workbook, one line each; `against`: an earlier one, for what began and what is gone.

    Raises:
        Problem: as `read_workbook`.
    """
    reading = read_workbook(path, as_of.isoformat() if as_of else day_in_name(path.name))
    earlier = read_workbook(against, day_in_name(against.name)).list if against else None
    yield from told(reading, earlier)


def told(reading: Reading, earlier: AgreementList | None) -> Iterator[str]:
    """What was read of a list, as lines to print."""
    list_ = reading.list
    models = Counter(agreement.model for agreement in list_.agreements)
    counts = ", ".join(f"{MODEL_WORDS[model]} {number}" for model, number in sorted(models.items()))
    yield f"{list_.kind.capitalize()} 287(g) agencies as of {list_.as_of}."
    rows = _counted(reading.rows, "row", "rows")
    yield f"{rows}: {len(list_.agreements)} taken ({counts or 'none'}), {reading.blank} blank."
    slips = _counted(len(reading.slips), "thing was", "things were")
    should = "it should be" if len(reading.slips) == 1 else "they should be"
    yield f"{slips} not as {should}." if reading.slips else "Every row was in order."
    yield from slips_in_words(reading)
    if earlier is not None:
        yield f"Against the list of {earlier.as_of}:"
        yield from changes_in_words(earlier, list_)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
