"""What is known of a matter, as the slow reference engine reads it: client facts, conditions, records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import msgspec

from clinic_mapper.casefile.dates import FIRST_DAY, LAST_DAY, first_day, last_day, parse
from clinic_mapper.casefile.model import Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Catalog, Condition, Flow, Question, Tells
from tests.unit.reference_reasoning import (
    Place,
    Truth,
    all_of,
    any_of,
    date_spans,
    negated,
    places_where,
    sinces,
    still_asked,
    whichever,
    within,
)

IDENTITY = "identity"
"""In every record, whatever else is."""
EVERY_PRACTICE = "*"
"""Granted where answers show that a step happened: no practice need be known, and none noted speaks against it."""
Path = tuple[tuple[Flow, Flow | None], ...]
"""Flows one after the other, each with the other half of its pair."""


class Lens(msgspec.Struct, frozen=True):
    """What is looked at: the law, the answers, the dates and conditions on anything but places."""

    law: bool = True
    answers: bool = True
    places_only: bool = False


EVERYTHING = Lens()


class KnownMatter:
    """A matter, its client facts, and the days that matter in it."""

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
        spans = [(row.since, row.until) for row in self.catalog.flows.values()]
        spans += [(row.since, row.until) for row in self.catalog.restrictions.values()]
        for span in spans + list(date_spans(msgspec.to_builtins(self.catalog))):
            edges |= {first_day(span[0])} if span[0] else set()
            edges |= {last_day(span[1]) + 1} if span[1] else set()
        edges |= {first_day(law.acts_from) for law in self.catalog.restrictions.values() if law.acts_from}
        for question in self.catalog.client_questions.values():
            edges |= {edge - question.reaches_back_days for edge in edges} if question.reaches_back_days else set()
        return iter({day for edge in edges for day in (edge - 1, edge) if FIRST_DAY <= day <= LAST_DAY})

    def _tellers(self, fact: str) -> list[tuple[Touchpoint, Tells, Truth]]:
        """Touchpoints that tell something about the client, with whether they surely do."""
        found = []
        for touchpoint in self.matter.touchpoints:
            kind = self.catalog.touchpoints.get(touchpoint.kind)
            for told in kind.tells if kind else ():
                if told.client == fact:
                    contact = KnownContact(self, touchpoint)
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
            since = parse(direct.since)
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


class KnownContact:
    """One touchpoint, with conditions on it read place by place and day by day."""

    def __init__(self, matter: KnownMatter, touchpoint: Touchpoint) -> None:
        self.all, self.touchpoint, self.catalog = matter, touchpoint, matter.catalog
        self.kind = self.catalog.touchpoints[touchpoint.kind]
        self.asked: dict[str, Question] = {question.id: question for question in self.kind.questions}
        self.places = places_where(touchpoint.where, self.catalog)
        first, last = matter.span(touchpoint)
        self.event_days = [day for day in matter.days if first <= day <= last]
        self.contents = lru_cache(maxsize=None)(self._contents)

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

    def shows(self, this: Condition | None, place: Place, day: int) -> bool:
        """Whether answers show what a condition says. A question that is not asked here shows nothing."""
        if this is None:
            return False
        if this.all is not None:
            return all(self.shows(part, place, day) for part in this.all)
        if this.any is not None:
            return any(self.shows(part, place, day) for part in this.any)
        if this.fact is not None and this.fact != "agency" and this.fact not in self.asked:
            return False
        return self._holds(this, place, day, EVERYTHING, frozenset(), None) is True

    def _fact(self, fact: str, value: str | None) -> Truth:
        if fact == "agency":
            kind = self.touchpoint.agency.kind
            return kind == value if kind in self.catalog.agency_kinds else None
        given = answer_of(self.touchpoint.facts.get(fact))
        return given.value == value if given and given.value in self.asked[fact].values else None

    def _practice(self, practice: str, granted: frozenset[str] = frozenset()) -> Truth:
        if EVERY_PRACTICE in granted:
            return True
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
