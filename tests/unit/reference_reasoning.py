"""What the slow reference engine reasons with: truth values, conditions, places and dates, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clinic_mapper.casefile.dates import first_day, last_day
from clinic_mapper.casefile.model import Answer, Where
from clinic_mapper.casefile.places import county_id, slug
from clinic_mapper.catalog.model import Catalog, Condition

Truth = bool | None
Place = frozenset[str]


def all_of(values: Iterator[Truth] | list[Truth]) -> Truth:
    values = list(values)
    return False if False in values else None if None in values else True


def any_of(values: Iterator[Truth] | list[Truth]) -> Truth:
    values = list(values)
    return True if True in values else None if None in values else False


def whichever(values: list[Truth]) -> Truth:
    """The outcome that does not depend on which of the values is the case."""
    return values[0] if len(set(values)) == 1 else None


def negated(value: Truth) -> Truth:
    return None if value is None else not value


def still_asked(condition: Condition, asked: Callable[[str], bool]) -> Condition | None:
    """The condition without the questions that this touchpoint does not ask; None where nothing of it is left."""
    if condition.fact is not None:
        return condition if asked(condition.fact) else None
    if condition.not_ is not None:
        inner = still_asked(condition.not_, asked)
        return None if inner is None else Condition(not_=inner)
    if condition.all is not None:
        parts = tuple(part for each in condition.all if (part := still_asked(each, asked)) is not None)
        return None if condition.all and not parts else Condition(all=parts)
    if condition.any is not None:
        return Condition(any=tuple(part for each in condition.any if (part := still_asked(each, asked)) is not None))
    return condition


def places_where(where: Where, catalog: Catalog) -> set[Place]:
    """Every place it could be, as the set of place ids that hold there."""
    cities = {row.id: row for row in catalog.places.values() if row.kind == "city"}
    named = {*catalog.places, *(county for city in cities.values() for county in city.counties)}
    counties = named - set(cities)
    states = [where.state] if where.state else [*sorted({name[3:5] for name in named} | {"CA", "NY", "TX"}), "WY"]
    found: set[Place] = set() if where.state else {frozenset()}
    for state in states:
        here = f"US-{state}"
        known_county, known_city = county_id(where), _city(where, state, catalog)
        for county in [known_county] if known_county else [*(c for c in counties if c[:5] == here), "other county"]:
            for city in [known_city] if known_city else [*(c for c in cities if c[:5] == here), "other city"]:
                if city in cities and county not in cities[city].counties:
                    continue
                filled = {row.id for row in cities.values() if row.fills and county in row.counties}
                found.add(frozenset({"US", here, county, city} | filled))
    return found


def _city(where: Where, state: str, catalog: Catalog) -> str:
    if not where.city:
        return ""
    for row in catalog.places.values():
        names = {row.id[6:], *(slug(name) for name in (row.name, *row.aliases))}
        if row.kind == "city" and row.id[3:5] == state and slug(where.city) in names:
            return row.id
    return "other city"


def within(day: int, since: str | None, until: str | None) -> bool:
    return not (since and day < first_day(since)) and not (until and day > last_day(until))


def sinces(answers: dict[str, Answer | str]) -> list[str]:
    return [answer.since for answer in answers.values() if isinstance(answer, Answer) and answer.since]


def date_spans(tree: object) -> Iterator[tuple[str | None, str | None]]:
    """All date conditions anywhere in the rows."""
    if isinstance(tree, dict):
        if isinstance(tree.get("date"), dict):
            yield tree["date"].get("from"), tree["date"].get("until")
        for part in tree.values():
            yield from date_spans(part)
    elif isinstance(tree, list | tuple):
        for part in tree:
            yield from date_spans(part)


def clients_in(condition: Condition | None) -> set[tuple[str, str | None]]:
    """The client facts that a condition reads, each with the value it asks for."""
    if condition is None:
        return set()
    inner = [*(condition.all or ()), *(condition.any or ()), condition.not_]
    return ({(condition.client, condition.is_)} if condition.client else set()).union(*map(clients_in, inner))
