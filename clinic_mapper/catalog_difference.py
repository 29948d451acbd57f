"""`clinic-mapper catalog diff`: the same sample matters mapped under two catalogs, and what differs, with the reasons.

The sample matters are invented and fixed, so that the answer is about the catalogs alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from clinic_mapper.casefile.codec import decode_case
from clinic_mapper.casefile.dates import last_day
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.changes import RowChange, changed_rows
from clinic_mapper.catalog.load import load_catalog, shipped_folder
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.difference_text import difference_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources
from clinic_mapper.routing.compare import Difference, compare
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap, Route

_NOT_THEIR_OWN = "because: no row of this line's own routes differs; another of the rows above bears on it"


def sample_matters() -> Iterator[tuple[str, Matter]]:
    """The fixed sample matters by their names, in the order of these."""
    for path in sorted((resources() / "samples" / "matters").glob("*.json")):
        yield path.stem, decode_case(path.read_bytes())


def difference_of_catalogs(old_folder: Path, new_folder: Path | None, today: date | None) -> str:
    """What differs between two catalogs, and what that does to the sample matters, as text for a terminal.

    Without `new_folder` the shipped catalog is the new one. Without `today` all is mapped on the new one's own day.

    Raises:
        Problem: a folder cannot be read as a catalog, or no day is given and the new catalog has none.
    """
    old, new = _load(old_folder), _load(new_folder or shipped_folder())
    return "\n".join(_text(old, new, today or _day_of(new))) + "\n"


def _load(folder: Path) -> Catalog:
    try:
        return load_catalog(folder)
    except Problem as problem:
        if problem.code != "catalog-invalid":  # all others name the folder themselves
            raise
        raise Problem(problem.code, f"In “{folder}”: {problem.what}", problem.safe, problem.do) from problem


def _day_of(catalog: Catalog) -> date:
    if not catalog.as_of:
        raise Problem("catalog-undated", "The new catalog does not say as of which day it is.", do="Give --today.")
    return date.fromordinal(last_day(catalog.as_of))


def _text(old: Catalog, new: Catalog, today: date) -> Iterator[str]:
    rows, words = changed_rows(old, new), load_words("en")
    yield f"Old: catalog {_named(old)}. New: catalog {_named(new)}. Both mapped as of {today.isoformat()}."
    yield ""
    yield f"ROWS THAT DIFFER ({len(rows)})"
    yield from (f"  {printable(row.in_words)}" for row in rows)
    tried = lines = moved = 0
    for name, matter in sample_matters():
        before, after = map_exposure(matter, old, today, ask=False), map_exposure(matter, new, today, ask=False)
        difference = compare(before, after)
        tried, lines = tried + 1, lines + len(difference.lines)
        if not difference.is_empty:
            moved += 1
            because = dict(_because(difference, matter, before, after, rows))
            then, now = Voice(matter, old, before, words), Voice(matter, new, after, words)
            yield ""
            yield f"SAMPLE {name}"
            yield difference_in_words(difference, then, now, because).rstrip("\n")
    yield ""
    counted = _counted(lines, "line differs", "lines differ"), _counted(len(rows), "row differs", "rows differ")
    yield f"{counted[0]} in {moved} of {tried} sample matters; {counted[1]}."


def _named(catalog: Catalog) -> str:
    return printable(f"{catalog.version or 'without a version'}, as of {catalog.as_of or 'an unknown day'}")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _because(
    difference: Difference, matter: Matter, before: ExposureMap, after: ExposureMap, rows: Iterable[RowChange]
) -> Iterator[tuple[str, list[str]]]:
    """Of each line that differs: the rows that differ and that its differing routes name."""
    kinds = {touchpoint.id: touchpoint.kind for touchpoint in matter.touchpoints}
    telling = [row for row in rows if row.can_move_a_route]
    for line in difference.lines:
        named: set[tuple[str, str]] = set()
        for route in _differing(line, before, after):
            named.update(_named_by(route), [("touchpoints", kinds.get(route.touchpoint, ""))])
        found = [f"because: {row.in_words}" for row in telling if (row.kind, row.id) in named]
        yield line, found or [_NOT_THEIR_OWN]


def _differing(line: str, before: ExposureMap, after: ExposureMap) -> Iterator[Route]:
    for one, other in ((before, after), (after, before)):
        for name, route in one.routes.items():
            if route.line == line and route != other.routes.get(name):
                yield route


def _named_by(route: Route) -> Iterator[tuple[str, str]]:
    for hop in route.hops:
        yield from (("flows", name) for name in (hop.flow, *hop.either))
    yield from (("systems", name) for name in route.systems)
    yield from (("restrictions", law.id) for law in route.law)
