"""The engine once more, slow and plain: every path, every day that matters, every place it could be, each from scratch.

Written from the texts (docs/engine.md, docs/catalog.md, docs/law.md) and not from the engine, so that the two can be
held against each other. Truth is `True`, `False` or `None` (unknown) between facts; days and places are enumerated.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import msgspec

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY, first_day, last_day, parse
from clinic_mapper.casefile.model import Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Catalog, Condition, Flow, Question, Restriction, Tells
from tests.unit.reference_reasoning import (
    Place,
    Truth,
    all_of,
    any_of,
    clients_in,
    date_spans,
    negated,
    places_where,
    sinces,
    still_asked,
    whichever,
    within,
)

Route = tuple[str, str, tuple[str, ...]]
"""Touchpoint, first system, flows (of a pair the one that leads)."""
IDENTITY = "identity"
"""In every record, whatever else is."""
Path = tuple[tuple[Flow, Flow | None], ...]
"""Flows one after the other, each with the other half of its pair."""


class Judged(msgspec.Struct, frozen=True):
    """What is said of a route. `by_law_alone`: no restriction, no closing. `tense` is None for a closed route."""

    standing: str
    tense: str | None
    by_law_alone: bool
    by_time: bool


class Lens(msgspec.Struct, frozen=True):
    """What is looked at: the law, the answers, the dates and conditions on anything but places."""

    law: bool = True
    answers: bool = True
    places_only: bool = False


EVERYTHING = Lens()


class Reference:
    """All routes of a matter, judged."""

    def __init__(self, matter: Matter, catalog: Catalog, today: date) -> None:
        self.matter, self.catalog, self.today = matter, catalog, today.toordinal()
        self.days = sorted(self._days_that_matter())
        self.tellers = lru_cache(maxsize=None)(self._tellers)

    def _days_that_matter(self) -> Iterator[int]:
        """Both sides of every date at which anything could change."""
        edges = {FIRST_DAY, LAST_DAY + 1, self.today, self.today + 1}
        texts = [text for contact in self.matter.touchpoints for text in (contact.when, *sinces(contact.facts))]
        for text in [*texts, *sinces(self.matter.client)]:
            edges |= {parse(text).first, parse(text).last + 1}
        rows = (*self.catalog.flows.values(), *self.catalog.restrictions.values())
        for span in [(row.since, row.until) for row in rows] + list(date_spans(msgspec.to_builtins(self.catalog))):
            edges |= {first_day(span[0])} if span[0] else set()
            edges |= {last_day(span[1]) + 1} if span[1] else set()
        edges |= {first_day(law.acts_from) for law in self.catalog.restrictions.values() if law.acts_from}
        for question in self.catalog.client_questions.values():
            edges |= {edge - question.reaches_back_days for edge in edges} if question.reaches_back_days else set()
        return iter({day for edge in edges for day in (edge - 1, edge) if FIRST_DAY <= day <= LAST_DAY})

    def routes(self) -> dict[Route, Judged]:
        return {
            key: judged
            for touchpoint in self.matter.touchpoints
            if touchpoint.kind in self.catalog.touchpoints
            for key, judged in Contact(self, touchpoint).routes()
        }

    # --- the client -------------------------------------------------------------------------------------------------

    def _tellers(self, fact: str) -> list[tuple[Touchpoint, Tells, Truth]]:
        """Touchpoints that tell something about the client, with whether they surely do."""
        found = []
        for touchpoint in self.matter.touchpoints:
            kind = self.catalog.touchpoints.get(touchpoint.kind)
            for told in kind.tells if kind else ():
                if told.client == fact:
                    contact = Contact(self, touchpoint)
                    values = [
                        contact.holds(told.when, place, day) for place in contact.places for day in contact.event_days
                    ]
                    told_so = True if set(values) == {True} else False if set(values) == {False} else None
                    found.append((touchpoint, told, told_so))
        return found

    def client(self, touchpoint: Touchpoint, fact: str, value: str, day: int) -> Truth:
        """Whether a fact about the client has a value on a day, as seen from a touchpoint."""
        question = self.catalog.client_questions[fact]
        answers = touchpoint.facts if question.per_touchpoint else self.matter.client
        given = answer_of(answers.get(fact))
        direct = given if given and given.value in question.values else None
        tellers = [each for each in self.tellers(fact) if each[0].id == touchpoint.id or not question.per_touchpoint]
        surely = {told.is_ for _, told, sure in tellers if sure} | ({direct.value} if direct else set())
        if len(surely) > 1:
            return None  # a conflict is unknown
        for teller, told, sure in tellers:
            if teller.id == touchpoint.id and sure:
                return told.is_ == value
        if question.onset:
            return self._since(question, direct, tellers, value, day)
        if direct:
            return direct.value == value
        for teller, told, sure in tellers:
            if sure and day >= self.span(teller)[1]:
                return told.is_ == value
        return None

    def _since(
        self,
        question: Question,
        direct: Answer | None,
        tellers: list[tuple[Touchpoint, Tells, Truth]],
        value: str,
        day: int,
    ) -> Truth:
        if direct and direct.value == "no":
            return value == "no"
        back = question.reaches_back_days
        spans = [(self.span(teller), sure) for teller, _, sure in tellers]
        surely = any(sure and day >= last - back for (_, last), sure in spans)
        possibly = not direct or any(sure is not False and day >= first - back for (first, _), sure in spans)
        if direct:
            since, back = parse(direct.since), question.reaches_back_days if direct.since else 0
            surely |= day >= (since.last if since.first > self.today else min(since.last, self.today)) - back
            possibly |= day >= since.first - back
        has_begun = True if surely else None if possibly else False
        return has_begun if value == "yes" else negated(has_begun)

    def span(self, touchpoint: Touchpoint) -> tuple[int, int]:
        """First and last day on which the contact can have been."""
        when = parse(touchpoint.when)
        form = self.catalog.when_forms[self.catalog.touchpoints[touchpoint.kind].when_form]
        if form.coming:
            is_told = when.last <= self.today or when.first > self.today or "past" in form.id
            return (when.first, when.last) if is_told else (self.today + 1, when.last)
        return (when.first, min(when.last, self.today)) if when.first <= self.today else (when.first, when.last)


class Contact:
    """One touchpoint, judged place by place and day by day."""

    def __init__(self, reference: Reference, touchpoint: Touchpoint) -> None:
        self.all, self.touchpoint, self.catalog = reference, touchpoint, reference.catalog
        self.kind = self.catalog.touchpoints[touchpoint.kind]
        self.asked: dict[str, Question] = {question.id: question for question in self.kind.questions}
        self.places = places_where(touchpoint.where, self.catalog)
        first, last = reference.span(touchpoint)
        self.event_days = [day for day in reference.days if first <= day <= last]
        self.contents = lru_cache(maxsize=None)(self._contents)
        self.hop_holds = lru_cache(maxsize=None)(self._hop_holds)

    # --- conditions -------------------------------------------------------------------------------------------------

    def holds(
        self,
        condition: Condition | None,
        place: Place,
        day: int,
        lens: Lens = EVERYTHING,
        granted: frozenset[str] = frozenset(),
        supposed: tuple[str, str] | None = None,
    ) -> Truth:
        left = still_asked(condition, lambda fact: fact == "agency" or fact in self.asked) if condition else None
        return True if left is None else self._holds(left, place, day, lens, granted, supposed)

    def _holds(
        self,
        this: Condition,
        place: Place,
        day: int,
        lens: Lens,
        granted: frozenset[str],
        supposed: tuple[str, str] | None,
    ) -> Truth:
        def inner(part: Condition) -> Truth:
            return self._holds(part, place, day, lens, granted, supposed)

        if this.all is not None:
            return all_of([inner(part) for part in this.all])
        if this.any is not None:
            return any_of([inner(part) for part in this.any])
        if this.not_ is not None:
            return negated(inner(this.not_))
        if this.place is not None:
            return not place.isdisjoint(this.place)
        if lens.places_only:
            return None
        if this.date is not None:
            return within(day, this.date.from_, this.date.until)
        if not lens.answers:
            return None
        if this.client is not None:
            assert this.is_ is not None
            if supposed and supposed[0] == this.client:
                return supposed[1] == this.is_
            return self.all.client(self.touchpoint, this.client, this.is_, day)
        if this.fact is not None:
            return self._fact(this.fact, this.is_)
        practice = this.practice or this.agreement or ""
        return self._practice(practice, granted)

    def _fact(self, fact: str, value: str | None) -> Truth:
        if fact == "agency":
            kind = self.touchpoint.agency.kind
            return kind == value if kind in self.catalog.agency_kinds else None
        given = answer_of(self.touchpoint.facts.get(fact))
        return given.value == value if given and given.value in self.asked[fact].values else None

    def _practice(self, practice: str, granted: frozenset[str] = frozenset()) -> Truth:
        given = answer_of(self.touchpoint.practices.get(practice))
        if given and given.value in ("yes", "no"):
            return given.value == "yes"
        return True if practice in granted else None

    # --- records and what is in them --------------------------------------------------------------------------------

    def first_record(self, number: int) -> dict[str, Truth]:
        """What is in a first holder's record, judged once over all days and places it could be."""
        record = self.kind.creates[number]
        held: dict[str, Truth] = dict.fromkeys((*record.data, IDENTITY), True)
        for part in record.data_when:
            is_there = whichever(
                [self.holds(part.when, place, day) for place in self.places for day in self.event_days]
            )
            for item in part.data:
                held[item] = any_of([held.get(item, False), is_there])
        return held

    def _contents(self, record: int, path: Path) -> list[dict[str, Truth]]:
        """What is in each system of a path, item by item: in the first holder's record, and after each hop."""
        every = [self.first_record(record)]
        for flow, _ in path:
            arrived = {item: truth for item, truth in every[-1].items() if item in flow.carries}
            every.append(arrived | dict.fromkeys((*flow.adds, IDENTITY), True))
        return every

    @staticmethod
    def needs_met(flow: Flow, held: dict[str, Truth]) -> Truth:
        """Whether a record has what a flow needs: at least one item besides identity, unless the flow says what."""
        needs = [held.get(item, False) for item in flow.needs.all]
        wanted = flow.needs.any if flow.needs.any or flow.needs.all else [item for item in held if item != IDENTITY]
        return all_of([*needs, any_of([held.get(item, False) for item in wanted]) if wanted or not needs else True])

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
        shared = sorted(clients_in(flow.when) & clients_in(other.when))[0]
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
        granted = frozenset(
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
        if flow.practice == "not_known_by_place":
            parts.append(self._practice(flow.id) if lens.answers and not lens.places_only else None)
        if not lens.places_only:
            parts.append(self.needs_met(flow, held))
        if lens.law:
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
        visited = {name for flow, _ in before for name in (flow.from_, *flow.consults)} | {system}
        for flow in self.catalog.flows.values():
            if flow.from_ != system or flow.reply_to or flow.either_with:
                continue
            if visited.isdisjoint((flow.to, *flow.consults)) and flow.to not in flow.consults:
                half = next((each for each in self.catalog.flows.values() if each.either_with == flow.id), None)
                yield from self._paths((*before, (flow, half)), flow.to)

    def _judged(self, record: int, path: Path) -> Judged | None:
        if not self._is_route_here(record, path):
            return None
        worlds = [(place, day) for place in self.places for day in self.event_days]
        ways = {world: self._way(record, path, *world, EVERYTHING) for world in worlds}
        standing = _standing([truth for truth, _ in ways.values()])
        if standing == "open" and self.nothing_is_known():
            standing = "undetermined"
        todays = [today for _, today in ways.values()]
        within_reach = _standing(todays) == "open" if standing == "open" else _standing(todays) != "closed"
        return Judged(
            standing,
            None if standing == "closed" else _tense(within_reach, self.event_days, self.all.today, path),
            by_law_alone=standing == "closed"
            and _standing([self._way(record, path, *world, Lens(law=False))[0] for world in worlds]) != "closed",
            by_time=_standing([self._way(record, path, *world, Lens(law=False, answers=False))[0] for world in worlds])
            == "closed",
        )

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
            may_wait = any_of([may_wait, self.lasts(flow, event)])
            before, reached = reached, {}
            held = frozenset(contents[number].items())
            for day in (day for day in self.all.days if event <= day <= max(event, self.all.today)):
                earlier = any_of([truth for first_ran, truth in before.items() if first_ran <= day])
                start = earlier if day == event else all_of([earlier, may_wait])
                if start is not False:
                    reached[day] = all_of([start, self.hop_holds(flow, other, held, left, place, day, lens)])
            left |= flow.leaves_place
        return any_of(list(reached.values())), reached.get(max(event, self.all.today), False)

    def lasts(self, flow: Flow, event: int) -> Truth:
        """Whether a flow can run on any day from the event to today: a look-up, or a stay or supervision that lasts."""
        if flow.timing in ("at_event", "standing"):
            return flow.timing == "standing"
        if flow.timing == "on_supervision":
            return self.all.client(self.touchpoint, "on-supervision-now", "yes", self.all.today)
        if not self.kind.custody:
            return False
        is_last = [
            negated(True if first > event else None if last >= event else False)
            for other in self.all.matter.touchpoints
            if other.kind in self.catalog.touchpoints and self.catalog.touchpoints[other.kind].custody
            if other.id != self.touchpoint.id
            for first, last in [self.all.span(other)]
            if first <= self.all.today
        ]
        return all_of([self.all.client(self.touchpoint, "in-custody", "now", self.all.today), *is_last])


def _standing(truths: list[Truth]) -> str:
    return "open" if set(truths) == {True} else "closed" if set(truths) == {False} else "undetermined"


def _tense(within_reach: bool, event_days: list[int], today: int, path: Path) -> str | None:
    """The tense, where the texts determine it: a stay that may go on is left out."""
    if any(flow.timing in ("in_custody", "on_supervision") for flow, _ in path):
        return None
    if event_days[0] > today:
        return "next_time"
    if event_days[-1] > today:
        return None
    if not any(flow.timing == "standing" for flow, _ in path):
        return "sent" if path else None
    return "within_reach" if within_reach else "was_within_reach"
