"""The engine once more, slow and plain: every path, every day that matters, every place it could be, each from scratch.

Written from the texts (docs/engine.md, docs/catalog.md, docs/law.md) and not from the engine, so that the two can be
held against each other. Truth is `True`, `False` or `None` (unknown) between facts; days and places are enumerated.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from clinic_mapper.casefile.model import Touchpoint, answer_of
from clinic_mapper.catalog.model import Condition, Flow, Restriction
from tests.unit.reference_known import EVERY_PRACTICE, EVERYTHING, KnownContact, KnownMatter, Lens, Path
from tests.unit.reference_reasoning import Place, Truth, all_of, any_of, clients_in, negated, whichever, within

Route = tuple[str, str, tuple[str, ...]]
"""Touchpoint, first system, flows (of a pair the one that leads)."""


class Judged(msgspec.Struct, frozen=True):
    """What is said of a route. `by_law_alone`: no restriction, no closing. `tense` is None for a closed route.

    `hops`: the standing of each hop by itself.
    """

    standing: str
    hops: tuple[str, ...]
    tense: str | None
    by_law_alone: bool
    by_time: bool


class Reference(KnownMatter):
    """All routes of a matter, judged."""

    def routes(self) -> dict[Route, Judged]:
        return {
            key: judged
            for touchpoint in self.matter.touchpoints
            if touchpoint.kind in self.catalog.touchpoints
            for key, judged in Contact(self, touchpoint).routes()
        }


class Contact(KnownContact):
    """One touchpoint, each of its routes judged place by place and day by day."""

    def __init__(self, matter: KnownMatter, touchpoint: Touchpoint) -> None:
        super().__init__(matter, touchpoint)
        self.hop_holds = lru_cache(maxsize=None)(self._hop_holds)

    # --- hops -------------------------------------------------------------------------------------------------------

    def _hop_holds(
        self,
        flow: Flow,
        other: Flow | None,
        held: frozenset[tuple[str, Truth]],
        left: bool,
        place: Place,
        day: int,
        lens: Lens,
    ) -> Truth:
        """Whether a hop runs on a day: its needs, its dates, its condition, its practice, and the law."""
        items = dict(held)
        if other is None:
            return self._runs(flow, items, left, place, day, lens, None)
        asked_no = {fact for fact, value in clients_in(other.when) if value == "no"}
        shared = min(fact for fact, value in clients_in(flow.when) if value == "yes" and fact in asked_no)
        values = self.catalog.client_questions[shared].values
        possible = [v for v in values if self.all.client(self.touchpoint, shared, v, day) is not False]
        return whichever(
            [
                any_of([self._runs(half, items, left, place, day, lens, (shared, value)) for half in (flow, other)])
                for value in (possible if lens.answers else values)
            ]
        )

    def _runs(
        self,
        flow: Flow,
        held: dict[str, Truth],
        left: bool,
        place: Place,
        day: int,
        lens: Lens,
        supposed: tuple[str, str] | None,
    ) -> Truth:
        laws = self.laws(flow, left, place, day, lens)
        shown = lens.answers and not lens.places_only and self.shows(flow.shown_by, place, day)
        granted = frozenset({EVERY_PRACTICE} if shown else ()) | frozenset(
            str(atom.practice or atom.agreement)
            for law, speaks in laws
            if speaks and law.effect_on_route == "practice_yes" and law.status != "contested"
            for atom in law.answers
        )
        parts = [
            True if lens.places_only else within(day, flow.since, flow.until),
            self.holds(flow.when, place, day, lens, granted, supposed),
            None if flow.confidence == "inferred" or flow.judge else True,
        ]
        if flow.practice == "not_known_by_place" and not shown:
            parts.append(self._practice(flow.id) if lens.answers and not lens.places_only else None)
        if not lens.places_only:
            parts.append(self.needs_met(flow, held))
        if lens.law and not shown:
            parts += [negated(self.bars(law, speaks, flow, held)) for law, speaks in laws]
        return all_of(parts)

    # --- law --------------------------------------------------------------------------------------------------------

    def laws(self, flow: Flow, left: bool, place: Place, day: int, lens: Lens) -> list[tuple[Restriction, Truth]]:
        """Every restriction with whether it acts on a hop on a day: it speaks, and no row that beats it does."""
        every = self.catalog.restrictions.values()
        speaks = {law.id: self.law_speaks(law, flow, left, place, day, lens) for law in every}
        return [(law, all_of([speaks[law.id], *(negated(speaks[other]) for other in law.yields_to)])) for law in every]

    def law_speaks(self, law: Restriction, flow: Flow, left: bool, place: Place, day: int, lens: Lens) -> Truth:
        """Whether a restriction acts on a hop on a day, by its keys, its exceptions about the client counted in."""
        sender, receiver = self.catalog.systems[flow.from_], self.catalog.systems[flow.to]
        if not law.acts or law.effect_on_route == "show" or law.status in ("pending", "enjoined"):
            return False
        if law.status == "ended" and not law.until:
            return False
        if law.jurisdiction != "US" and (left or law.jurisdiction not in place):
            return False
        fits = not {*law.binds}.isdisjoint(sender.bound_as) and not {*law.recipients}.isdisjoint(receiver.received_as)
        if law.flows:
            fits = fits and flow.id in law.flows
        else:
            fits = fits and (not law.sectors or sender.sector in law.sectors)
            fits = fits and (not law.mechanisms or flow.mechanism in law.mechanisms)
        if not fits or flow.id in law.not_flows or not within(day, law.acts_from or law.since, law.until):
            return False
        if sender.public and any(exception.kind == "public" for exception in law.unless):
            return False
        lifted = [
            self.holds(Condition(client=exception.client, is_=exception.is_ or "yes"), place, day, lens)
            for exception in law.unless
            if exception.client and (not exception.mechanisms or flow.mechanism in exception.mechanisms)
        ]
        return all_of([self.holds(law.client_if, place, day, lens), negated(any_of(lifted))])

    def bars(self, law: Restriction, speaks: Truth, flow: Flow, held: dict[str, Truth]) -> Truth:
        """Whether the hop is barred: what the law takes out of it leaves its needs unmet."""
        if (not speaks and speaks is not None) or law.effect_on_route == "practice_yes":
            return False
        saved = () if flow.mechanism == "agreement-287g" else law.not_items
        kept = {
            item: truth
            for item, truth in held.items()
            if item in saved or (law.items != "all" and item not in law.items)
        }
        bites = negated(self.needs_met(flow, kept))
        unsure = law.effect_on_route == "undetermined" or law.status == "contested"
        return all_of([speaks, bites, None if unsure else True])

    # --- routes -----------------------------------------------------------------------------------------------------

    def routes(self) -> Iterator[tuple[Route, Judged]]:
        for number, record in enumerate(self.kind.creates):
            for path in self._paths((), record.system):
                judged = self._judged(number, path)
                if judged is not None:
                    yield (self.touchpoint.id, record.system, tuple(flow.id for flow, _ in path)), judged

    def _paths(self, before: Path, system: str) -> Iterator[Path]:
        if self.catalog.systems[system].ice == "operated":
            yield before
            return
        visited = {flow.from_ for flow, _ in before} | {system}
        for flow in self.catalog.flows.values():
            if flow.from_ != system or flow.reply_to or flow.either_with:
                continue
            if flow.to not in visited:
                half = next((each for each in self.catalog.flows.values() if each.either_with == flow.id), None)
                yield from self._paths((*before, (flow, half)), flow.to)

    def _judged(self, record: int, path: Path) -> Judged | None:
        if not self._is_route_here(record, path):
            return None
        worlds = [(place, day) for place in self.places for day in self.event_days]
        ways = {world: self._way(record, path, *world, EVERYTHING) for world in worlds}
        standing = self._said([truth for truth, _ in ways.values()])
        todays = [today for _, today in ways.values()]
        shown = path != () and all(self._is_shown(record, path, *world) for world in worlds)
        within_reach = _standing(todays) == "open" if standing == "open" else _standing(todays) != "closed"
        return Judged(
            standing,
            tuple(self._said(self._hop_alone(record, path, number, worlds)) for number in range(len(path))),
            None if standing == "closed" else _tense(within_reach, self.event_days, self.all.today, path, shown),
            by_law_alone=standing == "closed"
            and _standing([self._way(record, path, *world, Lens(law=False))[0] for world in worlds]) != "closed",
            by_time=_standing([self._way(record, path, *world, Lens(law=False, answers=False))[0] for world in worlds])
            == "closed",
        )

    def _said(self, truths: list[Truth]) -> str:
        """The standing that goes with what is true in each world; of a contact that tells nothing, nothing is open."""
        standing = _standing(truths)
        return "undetermined" if standing == "open" and self.nothing_is_known() else standing

    def _hop_alone(self, record: int, path: Path, number: int, worlds: list[tuple[Place, int]]) -> list[Truth]:
        """World by world, whether one hop runs on some day on which it can: that of the event, or any later one up to
        today if it or a hop before it can wait."""
        flow, other = path[number]
        held = frozenset(self.contents(record, path)[number].items())
        left = any(earlier.leaves_place for earlier, _ in path[:number])
        may_wait = any_of([self.lasts(step) for step, _ in path[: number + 1]])
        found = []
        for place, event in worlds:
            on_days = [self.hop_holds(flow, other, held, left, place, event, EVERYTHING)]
            for day in (day for day in self.all.days if event < day <= self.all.today):
                on_days.append(all_of([may_wait, self.hop_holds(flow, other, held, left, place, day, EVERYTHING)]))
            found.append(any_of(on_days))
        return found

    def _is_shown(self, record: int, path: Path, place: Place, day: int) -> bool:
        """Whether answers show that the last hop happened, and nothing else says that it cannot have."""
        flow, other = path[-1]
        held = frozenset(self.contents(record, path)[len(path) - 1].items())
        shown = all(self.shows(half.shown_by, place, day) for half in (flow, other) if half)
        return shown and self.hop_holds(flow, other, held, False, place, day, Lens(law=False)) is not False

    def nothing_is_known(self) -> bool:
        """No date, no state, no agency and no answer."""
        contact, asked = self.touchpoint, self.asked | self.catalog.client_questions
        answers = [(answer_of(given), asked[name].values) for name, given in contact.facts.items() if name in asked]
        answers += [(answer_of(given), ("yes", "no")) for given in contact.practices.values()]
        is_told = any(answer is not None and answer.value in values for answer, values in answers)
        return not (contact.when or contact.where.state or contact.agency.kind in self.catalog.agency_kinds or is_told)

    def _is_route_here(self, record: int, path: Path) -> bool:
        """The record can exist, no need is surely unmet, and no hop is one of other places only."""
        worlds = [(place, day) for place in self.places for day in self.event_days]
        if all(self.holds(self.kind.creates[record].when, *world) is False for world in worlds):
            return False
        for number, (flow, other) in enumerate(path):
            if self.needs_met(flow, self.contents(record, path)[number]) is False:
                return False
            halves = [half for half in (flow, other) if half]
            if all(self._runs(half, {}, False, place, 0, Lens(law=False, places_only=True), None) is False
                   for half in halves for place in self.places):  # fmt: skip
                return False
        return True

    def _way(self, record: int, path: Path, place: Place, event: int, lens: Lens) -> tuple[Truth, Truth]:
        """Whether a route's hops can run one after the other from a day of the event on; whether the last can today."""
        first = self.kind.creates[record]
        exists = all_of([self.holds(first.when, place, event, lens), None if first.judge else True])
        contents = self.contents(record, path)
        reached: dict[int, Truth] = {event: exists}
        may_wait: Truth = False
        left = False
        for number, (flow, other) in enumerate(path):
            may_wait = any_of([may_wait, self.lasts(flow)])
            before, reached = reached, {}
            held = frozenset(contents[number].items())
            for day in (day for day in self.all.days if event <= day <= max(event, self.all.today)):
                earlier = any_of([truth for first_ran, truth in before.items() if first_ran <= day])
                start = earlier if day == event else all_of([earlier, may_wait])
                if start is not False:
                    reached[day] = all_of([start, self.hop_holds(flow, other, held, left, place, day, lens)])
            left |= flow.leaves_place
        return any_of(list(reached.values())), reached.get(max(event, self.all.today), False)

    def lasts(self, flow: Flow) -> Truth:
        """Whether a flow can run on any day from the event to today: a look-up, or a stay or supervision that lasts."""
        if flow.timing in ("at_event", "standing"):
            return flow.timing == "standing"
        if flow.timing == "on_supervision":
            return self.all.client(self.touchpoint, "on-supervision-now", "yes", self.all.today)
        if not self.kind.custody:
            return False
        own_first, own_last = self.all.span(self.touchpoint)
        is_last = [
            negated(True if first > own_last else None if last >= own_first else False)
            for other in self.all.matter.touchpoints
            if other.kind in self.catalog.touchpoints and self.catalog.touchpoints[other.kind].custody
            if other.id != self.touchpoint.id
            for first, last in [self.all.span(other)]
            if first <= self.all.today
        ]
        return all_of([self.all.client(self.touchpoint, "in-custody", "now", self.all.today), *is_last])


def _standing(truths: list[Truth]) -> str:
    return "open" if set(truths) == {True} else "closed" if set(truths) == {False} else "undetermined"


def _tense(within_reach: bool, event_days: list[int], today: int, path: Path, shown: bool) -> str | None:
    """The tense, where the texts determine it: a stay that may go on is left out."""
    if shown and event_days[-1] <= today:
        return "sent"
    if any(flow.timing in ("in_custody", "on_supervision") for flow, _ in path):
        return None
    if event_days[0] > today:
        return "next_time"
    if event_days[-1] > today:
        return None
    if not any(flow.timing == "standing" for flow, _ in path):
        return "sent" if path else None
    return "within_reach" if within_reach else "was_within_reach"
