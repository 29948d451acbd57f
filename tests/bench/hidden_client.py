"""Invented clients with everything true of them fixed beforehand, and nothing of it told yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.casefile.places import county_id
from clinic_mapper.catalog.model import Catalog, Condition, NamedPlace, Question
from clinic_mapper.gazetteer import counties
from clinic_mapper.routing.conditions import Test, Truths, compile_condition
from clinic_mapper.routing.facts import fact_told
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.timeline import Truth

OLDEST = date(2006, 1, 1)
AT_HOME = 0.8
STATES = (
    *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY"),
    *("LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH"),
    *("OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY"),
)


@dataclass(frozen=True)
class HiddenClient:
    """`matter`: the touchpoints as picked from the list, nothing else. `truth`: the same with every answer in it.

    Practices are not in `truth`: `says` draws them when they are asked, always the same.
    """

    matter: Matter
    truth: Matter
    seed: int

    def answered(self, matter: Matter, unknown: Unknown) -> Matter:
        """The matter with the true answer to one question."""
        if not unknown.touchpoint:
            return replace(matter, client=matter.client | {unknown.id: self._about_client(unknown)})
        contacts = (self._told(each, unknown) if each.id == unknown.touchpoint else each for each in matter.touchpoints)
        return replace(matter, touchpoints=tuple(contacts))

    def _about_client(self, unknown: Unknown) -> Answer:
        true = self.truth.client[unknown.id]
        assert isinstance(true, Answer)
        return true if unknown.kind == "date" else replace(true, since="")

    def _told(self, touchpoint: Touchpoint, unknown: Unknown) -> Touchpoint:
        true = next(each for each in self.truth.touchpoints if each.id == touchpoint.id)
        if unknown.kind == "date":
            return replace(touchpoint, when=true.when)
        if unknown.kind == "place":
            return replace(touchpoint, where=true.where)
        if unknown.id == AGENCY and unknown.kind == "fact":
            return replace(touchpoint, agency=true.agency)
        if unknown.kind == "practice":
            drawn = Random(f"{self.seed} {touchpoint.id} {unknown.id}")
            said = Answer(value=drawn.choice(("yes", "no")), source="clinic")
            return replace(touchpoint, practices=touchpoint.practices | {unknown.id: said})
        return replace(touchpoint, facts=touchpoint.facts | {unknown.id: true.facts[unknown.id]})


def hidden_client(catalog: Catalog, seed: int, today: date, most: int = 8, fewest: int = 3) -> HiddenClient:
    """A client with 3 to 8 contacts of any kinds, four of five of them in the home state.

    Every answer is as likely as every other; a client fact that a contact tells is as the contact tells it, from the
    first such contact on.
    """
    drawing = _Drawing(Random(seed), catalog, today)
    kinds = [drawing.random.choice(list(catalog.touchpoints)) for _ in range(drawing.random.randint(fewest, most))]
    truth = tuple(drawing.touchpoint(f"t{number}", kind) for number, kind in enumerate(kinds, 1))
    blank = tuple(Touchpoint(id=each.id, kind=each.kind) for each in truth)
    whole = Matter(code=f"C-{seed}", client=drawing.client(truth), touchpoints=truth)
    return HiddenClient(Matter(code=f"C-{seed}", touchpoints=blank), whole, seed)


class _Drawing:
    def __init__(self, random: Random, catalog: Catalog, today: date) -> None:
        self.random, self.catalog, self.today = random, catalog, today
        self.home = random.choice(STATES)

    def touchpoint(self, name: str, kind: str) -> Touchpoint:
        row = self.catalog.touchpoints[kind]
        each_time = [question for question in self.catalog.client_questions.values() if question.per_touchpoint]
        facts: dict[str, Answer | str] = {
            question.id: self.answer(question) for question in (*row.questions, *each_time)
        }
        sure = (tells for tells in row.tells if tells.client in facts and tells.when is None)
        told: dict[str, Answer | str] = {tells.client: Answer(value=tells.is_) for tells in sure}
        agency = Agency(kind=self.random.choice(list(self.catalog.agency_kinds)))
        when = self.day(row.when_form)
        return Touchpoint(id=name, kind=kind, when=when, where=self.place(), agency=agency, facts=facts | told)

    def day(self, form: str) -> str:
        coming = self.catalog.when_forms[form].coming and ("past" not in form or self.random.random() < 0.5)
        first, last = (self.today, self.today + timedelta(300)) if coming else (OLDEST, self.today)
        return (first + timedelta(self.random.randint(1, (last - first).days))).isoformat()

    def place(self) -> Where:
        state = self.home if self.random.random() < AT_HOME else self.random.choice(STATES)
        named = [row for row in self.catalog.places.values() if row.id.startswith(f"US-{state}-")]
        if not named or self.random.random() < 0.5:
            return Where(state=state, county=self.unnamed_county(state), city="Another Town")
        return self.named_place(state, self.random.choice(named))

    def unnamed_county(self, state: str) -> str:
        """A county of the state that no rule names: one that does not exist would leave the county open."""
        every = counties(state)
        unnamed = [name for name in every if county_id(Where(state=state, county=name)) not in self.catalog.places]
        return self.random.choice(unnamed or every)

    def named_place(self, state: str, row: NamedPlace) -> Where:
        if row.kind != "city":
            return Where(state=state, county=row.name, city="Another Town")
        county = self.random.choice(row.counties) if row.counties else ""
        known = self.catalog.places.get(county)
        spelled = known.name if known else county.removeprefix(f"US-{state}-").replace("-", " ").title()
        return Where(state=state, county=spelled, city=row.name)

    def answer(self, question: Question) -> Answer:
        value = self.random.choice(question.values)
        since = self.day("past") if question.onset and value == "yes" else ""
        return Answer(value=value, since=since)

    def client(self, contacts: tuple[Touchpoint, ...]) -> dict[str, Answer | str]:
        told: dict[str, list[tuple[str, str]]] = {}
        for contact in contacts:
            for tells in self.catalog.touchpoints[contact.kind].tells:
                if self.holds(tells.when, contact):
                    told.setdefault(tells.client, []).append((contact.when, tells.is_))
        answers: dict[str, Answer | str] = {}
        for question in self.catalog.client_questions.values():
            drawn = self.answer(question)
            if question.id in told:
                since, value = min(told[question.id])
                drawn = Answer(value=value, since=min(since, self.today.isoformat()) if question.onset else "")
            answers[question.id] = drawn
        return answers

    def holds(self, when: Condition | None, contact: Touchpoint) -> bool:
        test = compile_condition(when, {AGENCY, *contact.facts}.__contains__)
        return bool(Truths(lambda atom: _leaf(atom, contact), 1)[test][0])


def _leaf(atom: Test, contact: Touchpoint) -> Truth:
    if atom.form == "date":
        first, last = (int(str(day)) for day in atom.key)
        return (int(first <= date.fromisoformat(contact.when).toordinal() <= last),) * 2
    if atom.form != "fact":
        return 0, 1
    fact, value = atom.key
    return (int(fact_told(contact, str(fact)) == value),) * 2
