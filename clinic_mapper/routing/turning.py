"""Before or after which day a contact was: the days on which what follows from it changes within what was told.

Only days that a rule names, or what is known of an agency, are asked about: programs and laws begin and end on them. A
day that somebody told of the client is never one, so that the question, and the date that its answer leaves, give away
no other answer, also where that was for one session only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.routing.model import ExposureMap, Route, Turn, Unknown
from clinic_mapper.routing.prospect import LONG_AGO_DAYS
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.timeline import Truth


def turns_of(scene: Scene, truth: Truth) -> tuple[Turn, ...]:
    """The days on which a route changes that holds as `truth` says, within the date that was told, the earliest first.

    None where no date was told, where the kind of contact is not on one day, or where another place has other days.
    """
    grid, here = scene.grid, scene.here
    must, may = truth[0] & here, truth[1] & here
    if must in (0, here) and may in (0, here):
        return ()
    form = scene.index.catalog.when_forms.get(scene.kind.when_form)
    if not scene.touchpoint.when or form is None or not form.one_day:
        return ()
    if grid.rows > 1 and any(side != grid.spread(side & grid.row(0)) for side in (must, may)):
        return ()
    past = scene.past & grid.row(0)
    inside = past & past >> 1
    changes = ((must ^ must >> 1) | (may ^ may >> 1)) & inside
    return tuple(_turns(scene, changes)) if changes else ()


def _turns(scene: Scene, changes: int) -> Iterator[Turn]:
    """A turn for each segment after which something changes, if the next begins on a day that a rule names."""
    timeline, told = scene.grid.timeline, parse(scene.touchpoint.when)
    today = timeline.starts[timeline.today]
    first, last = max(told.first, today - LONG_AGO_DAYS), min(told.last, today)
    named = {*scene.index.edges, *scene.index.known.edges(scene.touchpoint)}
    while changes:
        day = timeline.starts[(changes & -changes).bit_length()]
        changes &= changes - 1
        if day in named:
            yield Turn(
                day=date.fromordinal(day).isoformat(),
                before=max(day - first, 0),
                after=max(last + 1 - max(day, first), 0),
            )


def asked_day(contact: Touchpoint, routes: Iterable[Route]) -> str:
    """The day before or after which it is best asked whether a contact was, as far as these routes turn on its date.

    "" where the date is asked for plainly: nothing of it is told, or no day that a rule names decides. Of several days
    the one whose answer leaves fewest routes in doubt, a day as likely as another; between equals the one in the
    middle, then the earliest.
    """
    told = parse(contact.when)
    turning = [route.turns for route in routes if told.is_known and _turns_on(route, contact)]
    found = {turn.day: turn for turns in turning for turn in turns}
    days = [day for day in sorted(found) if told.first < date.fromisoformat(day).toordinal() <= told.last]

    def worth(day: str) -> tuple[int, int]:
        turn = found[day]
        settled = sum(turn.before * (turns[0].day >= day) + turn.after * (turns[-1].day <= day) for turns in turning)
        return settled, -abs(turn.before - turn.after)

    return max(days, key=worth, default="")


def dated_routes(exposure: ExposureMap, contact: Touchpoint) -> list[Route]:
    """The routes that turn on the day of a contact: those that give their lines their words, or else any."""
    strongest = [exposure.routes[line.routes[0]] for line in exposure.lines]
    found = [route for route in strongest if _turns_on(route, contact)]
    return found or [route for route in exposure.routes.values() if _turns_on(route, contact)]


def _turns_on(route: Route, contact: Touchpoint) -> bool:
    return bool(route.turns) and Unknown(kind="date", id="", touchpoint=contact.id) in route.unknown
