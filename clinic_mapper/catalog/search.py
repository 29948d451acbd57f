"""Finding rows of the catalog as somebody types: names, aliases, acronyms, statutes, plain words; and filters.

What people type is met word by word, in any order, without regard to capitals, accents, points and section signs, so
that "8 usc 1373" finds "8 U.S.C. § 1373".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from clinic_mapper.catalog.model import Catalog, Condition, Flow

KINDS: dict[str, str] = {
    "systems": "System",
    "flows": "Step",
    "restrictions": "Law",
    "remedies": "Remedy",
    "touchpoints": "Touchpoint",
    "practices": "Practice",
    "known_practices": "Known practice",
    "sources": "Source",
}
"""The kinds of row that can be found, and the word for one of each."""


class Filters(msgspec.Struct, frozen=True):
    """What a search is narrowed to; "" = not narrowed. `place`: two letters of a state, or `US` for federal law.

    `older_than`: an ISO day; only rows whose sources support them up to a day before it.
    """

    kind: str = ""
    sector: str = ""
    place: str = ""
    mechanism: str = ""
    older_than: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A row as it is found and listed. `title` is what people read; `below` a second, shorter line."""

    kind: str
    id: str
    title: str
    below: str
    as_of: str
    places: frozenset[str]
    sectors: frozenset[str]
    mechanisms: frozenset[str]
    head: str
    text: str

    def fits(self, filters: Filters) -> bool:
        """Whether the row is among those to which a search is narrowed."""
        return (
            filters.kind in ("", self.kind)
            and (not filters.sector or filters.sector in self.sectors)
            and (not filters.place or filters.place in self.places)
            and (not filters.mechanism or filters.mechanism in self.mechanisms)
            and (not filters.older_than or (bool(self.as_of) and self.as_of < filters.older_than))
        )


class Finder:
    """The rows of one catalog made ready for searching. Building it takes a while; finding does not.

    `names`: shorter names of systems by id, for the titles of steps in the list.
    """

    def __init__(self, catalog: Catalog, names: Mapping[str, str] | None = None) -> None:
        self.entries = tuple(_entries(catalog, names or {}))
        self.sectors = tuple(sorted({sector for entry in self.entries for sector in entry.sectors}))
        self._texts = [entry.text for entry in self.entries]
        self._heads = [f" {entry.head} " for entry in self.entries]
        self._last: tuple[Filters, list[int]] = (Filters(), list(range(len(self.entries))))

    def find(self, typed: str, filters: Filters | None = None) -> list[Entry]:
        """Rows that hold every word that was typed; those whose name has them first, then by kind and title."""
        words, texts = plain(typed).split(), self._texts
        found = self._fitting(filters or Filters())
        for word in words:
            found = [at for at in found if word in texts[at]]
        return [self.entries[at] for at in (self._nearest_first(found, words) if words else found)]

    def _fitting(self, filters: Filters) -> list[int]:
        if self._last[0] != filters:
            self._last = filters, [at for at, entry in enumerate(self.entries) if entry.fits(filters)]
        return self._last[1]

    def _nearest_first(self, found: list[int], words: list[str]) -> list[int]:
        """Names that hold what was typed as whole words; that begin with it; that have its words' beginnings; others.

        Each of the four stays in the order of the entries.
        """
        whole, heads = f" {' '.join(words)} ", self._heads
        starts = whole.rstrip()
        nearest = [at for at in found if whole in heads[at]]
        seen = set(nearest)
        nearer = [at for at in found if starts in heads[at] and at not in seen]
        seen.update(nearer)
        near = [at for at in found if at not in seen and all(f" {word}" in heads[at] for word in words)]
        seen.update(near)
        return [*nearest, *nearer, *near, *(at for at in found if at not in seen)]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, no accents, no points; every other sign that is no letter or digit is a space."""
    bare = unicodedata.normalize("NFKD", text.casefold()).replace(".", "").replace("'", "").replace("’", "")
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return re.sub(r"[^\w]+|_", " ", kept).strip()


def forget_words() -> None:
    """Let go of the texts that were read: some may be a clinic's own."""
    plain.cache_clear()


def _entries(catalog: Catalog, names: Mapping[str, str]) -> Iterator[Entry]:
    """Every row that can be found, by kind and then by title."""
    of_system = _mechanisms_by_system(catalog)
    for kind in KINDS:
        rows = [_entry(catalog, kind, row, of_system, names) for row in getattr(catalog, kind).values()]
        yield from sorted(rows, key=lambda entry: (entry.title.casefold(), entry.id))


def _entry(
    catalog: Catalog, kind: str, row: Any, of_system: Mapping[str, frozenset[str]], names: Mapping[str, str]
) -> Entry:
    title, below, more = _DESCRIBED[kind](catalog, row)
    sectors, mechanisms, places = _sorted_under(catalog, kind, row)
    mechanisms = of_system.get(row.id, frozenset()) if kind == "systems" else mechanisms
    named = row.id if kind == "flows" else ""  # the id of a step says what it is: "…--secure-communities"
    head = plain(" ".join((title, named, *(getattr(row, "aliases", ())))))
    as_of = getattr(row, "as_of", "") or getattr(row, "published", "")
    if kind == "flows":
        short = " → ".join(names.get(id) or catalog.systems[id].name for id in (row.from_, row.to))
        title = told_apart(catalog, row, short)
    text = " ".join((head, plain(" ".join((below, *more, row.id, title)))))
    return Entry(kind, row.id, title, below, as_of, places, sectors, mechanisms, head, text)


def _sorted_under(catalog: Catalog, kind: str, row: Any) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The sectors, mechanisms and places that a row belongs to."""
    systems, flows = catalog.systems, catalog.flows
    if kind in ("systems", "touchpoints"):
        return frozenset({row.sector}), frozenset(), frozenset()
    if kind == "flows":
        return frozenset({systems[row.from_].sector}), frozenset({row.mechanism}), _places_of(row)
    if kind == "restrictions":
        named = (*(flows[flow].mechanism for flow in row.flows), *row.mechanisms)
        return frozenset(row.sectors), frozenset(named), _state_of(row.jurisdiction)
    if kind == "remedies":
        sectors = {systems[system].sector for system in row.systems} | {
            systems[flows[flow].from_].sector for flow in row.flows
        }
        return frozenset(sectors), frozenset(flows[flow].mechanism for flow in row.flows), _state_of(row.jurisdiction)
    state = frozenset({row.state}) if kind == "known_practices" else frozenset[str]()
    return frozenset(), frozenset(), state


def _mechanisms_by_system(catalog: Catalog) -> dict[str, frozenset[str]]:
    each: dict[str, set[str]] = {}
    for flow in catalog.flows.values():
        for system in (flow.from_, flow.to, *flow.consults):
            each.setdefault(system, set()).add(flow.mechanism)
    return {system: frozenset(names) for system, names in each.items()}


def _state_of(jurisdiction: str) -> frozenset[str]:
    return frozenset({jurisdiction[3:5] or "US"})


def _places_of(flow: Flow) -> frozenset[str]:
    """The states that a flow's condition names."""
    return frozenset(place[3:5] for place in _named_places(flow.when) if len(place) > 2)


def _named_places(condition: Condition | None) -> Iterator[str]:
    if condition is None:
        return
    yield from condition.place or ()
    for part in (*(condition.all or ()), *(condition.any or ()), condition.not_):
        yield from _named_places(part)


def step_title(catalog: Catalog, flow: Flow) -> str:
    """A flow as a title: from where to where."""
    return f"{catalog.systems[flow.from_].name} → {catalog.systems[flow.to].name}"


def told_apart(catalog: Catalog, flow: Flow, title: str = "") -> str:
    """The title of a flow; where others join the same two systems, with what sets it off."""
    title = title or step_title(catalog, flow)
    pair = (flow.from_, flow.to)
    others = [each for each in catalog.flows.values() if (each.from_, each.to) == pair and each.id != flow.id]
    if not others:
        return title
    title = f"{title} – {flow.trigger.rstrip('.')}"
    if all(each.trigger != flow.trigger for each in others):
        return title
    days = [f"{word} {day}" for word, day in (("since", flow.since), ("until", flow.until)) if day]
    return f"{title} ({', '.join([*days, flow.mode.replace('_', ' ')])})"


_DESCRIBED: dict[str, Any] = {
    "systems": lambda _, row: (row.name, row.operator, (row.summary, row.sector, *row.aliases)),
    "flows": lambda catalog, row: (
        step_title(catalog, row),
        row.trigger,
        (
            catalog.mechanisms[row.mechanism].en,
            *catalog.systems[row.from_].aliases,
            *catalog.systems[row.to].aliases,
            row.authority,
            row.outcome or "",
        ),
    ),
    "restrictions": lambda _, row: (row.name, row.citation, (row.says, row.jurisdiction)),
    "remedies": lambda _, row: (row.title, row.recipient, (row.authority or "", row.kind, *row.how)),
    "touchpoints": lambda _, row: (row.en, row.sector, (row.es,)),
    "practices": lambda _, row: (row.en[:1].upper() + row.en[1:], "", (row.es,)),
    "known_practices": lambda catalog, row: (
        f"{row.agency or row.county or row.state}: {_answers_in_words(catalog, row.answers)}",
        row.says,
        (row.county, row.city, row.state),
    ),
    "sources": lambda _, row: (row.title, f"{row.publisher}, {row.published}", (row.kind,)),
}


def _answers_in_words(catalog: Catalog, answers: str) -> str:
    if answers in catalog.practices:
        return catalog.practices[answers].en
    return told_apart(catalog, catalog.flows[answers])
