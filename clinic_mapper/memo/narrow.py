"""The part of a matter that somebody chose for a reader: some lines of the map, or some contacts."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.memo.readers import Profile
from clinic_mapper.problem import Problem
from clinic_mapper.routing.model import ExposureMap


def for_reader(
    matter: Matter,
    exposure: ExposureMap,
    profile: Profile,
    lines: Collection[str] | None,
    contacts: Collection[str] | None,
) -> tuple[Matter, ExposureMap]:
    """What is told to this reader at all. Nothing chosen (None) is the whole matter, where a reader may have that.

    A request is about the chosen contacts alone, and about none that makes another person's record.

    Raises:
        Problem: `no-such-line` or `no-such-contact` for a choice that the map or the matter does not hold.
    """
    if profile.lines == "chosen" and lines is not None:
        return of_lines(matter, exposure, lines)
    if profile.reader == "request":
        return of_contacts(matter, exposure, contacts or ())
    return matter, exposure


def of_lines(matter: Matter, exposure: ExposureMap, lines: Collection[str]) -> tuple[Matter, ExposureMap]:
    """The matter and its map with these lines and the contacts that they are about."""
    check_lines(lines, exposure)
    kept = tuple(line for line in exposure.lines if line.id in lines)
    routes = {id: exposure.routes[id] for line in kept for id in line.routes}
    return _of(matter, {line.touchpoint for line in kept}), replace(
        exposure, lines=kept, routes=routes, ask_next=(), derived=(), not_in_catalog=(), names_others=()
    )


def of_contacts(matter: Matter, exposure: ExposureMap, contacts: Collection[str]) -> tuple[Matter, ExposureMap]:
    """The matter with these contacts, and a map that says nothing."""
    _check("contact", contacts, [touchpoint.id for touchpoint in matter.touchpoints])
    return _of(matter, contacts), replace(
        exposure, lines=(), routes={}, ask_next=(), derived=(), not_in_catalog=(), names_others=()
    )


def _of(matter: Matter, contacts: Collection[str]) -> Matter:
    """With these contacts; a court or an agency hears of no step of the clinic."""
    kept = tuple(each for each in matter.touchpoints if each.id in contacts)
    return replace(matter, touchpoints=kept, follow_ups=())


def check_lines(lines: Collection[str], exposure: ExposureMap) -> None:
    """Makes sure that the map has these lines.

    Raises:
        Problem: `no-such-line`.
    """
    _check("line", lines, [line.id for line in exposure.lines])


def _check(what: str, chosen: Collection[str], known: Collection[str]) -> None:
    if strange := [id for id in chosen if id not in known]:
        raise Problem(
            f"no-such-{what}",
            f"There is no {what} “{strange[0]}” in this matter.",
            "Nothing was written.",
            f"Choose from: {', '.join(known)}." if known else f"This matter has no {what}s.",
        )
