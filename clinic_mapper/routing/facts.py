"""What is known about the client as such: direct answers, what touchpoints tell, and conflicts between them.

Facts that begin on some day (`onset`: DHS holds prints, an A-number, an order) are read as of the day of the hop:
prints first given in 2014 do not make an arrest of 2012 match. A direct answer against what a touchpoint tells is a
conflict, and a conflict is unknown with both sides shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from functools import partial

import msgspec

from clinic_mapper.casefile.dates import LAST_DAY, parse
from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Answer, Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Question
from clinic_mapper.routing.conditions import Test, Truths, support
from clinic_mapper.routing.event_days import Span, possible_days
from clinic_mapper.routing.index import AGENCY, Index
from clinic_mapper.routing.model import Derived, Unknown
from clinic_mapper.routing.timeline import Timeline, Truth

_NOTHING: frozenset[str] = frozenset()


def told(answer: Answer | str | None) -> str | None:
    """The value of an answer, or None where nothing is known (not asked, don't know, declined)."""
    full = answer_of(answer)
    return None if full is None or full.value in (UNKNOWN, DECLINED) else full.value


def fact_told(touchpoint: Touchpoint, fact: str) -> str | None:
    """The answer to a question of a touchpoint, the kind of agency among them."""
    if fact == AGENCY:
        return touchpoint.agency.kind or None
    return told(touchpoint.facts.get(fact))


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A touchpoint tells a client fact, from its date on; `sure`: its condition holds; `open`: answers it lacks."""

    touchpoint: str
    value: str
    sure: bool
    days: Span
    open: tuple[str, ...]


class ClientFacts:
    """The client-level facts of one matter, judged against one timeline."""

    def __init__(self, index: Index, matter: Matter, timeline: Timeline) -> None:
        self._questions = index.catalog.client_questions
        self._answers = {name: full for name, given in matter.client.items() if (full := answer_of(given))}
        self._timeline = timeline
        self._all_days = (1 << timeline.width) - 1
        self.evidence = _evidence(index, matter, timeline.starts[timeline.today])
        self._told_by = _told_by(self.evidence)
        self._of_all: dict[tuple[str, str], Truth] = {}

    def told_by(self, touchpoint: str) -> frozenset[str]:
        """The facts that a touchpoint tells or may tell."""
        return self._told_by.get(touchpoint, _NOTHING)

    def answering(self, fact: str, answer: Answer) -> ClientFacts:
        """The same facts with one more direct answer."""
        other = copy(self)
        other._answers = self._answers | {fact: answer}
        other._of_all = {}
        return other

    def answer(self, fact: str) -> str | None:
        """The value known for a fact that does not change, direct or told by a touchpoint; None if unknown or in
        conflict."""
        direct = told(self._answers.get(fact))
        values = {piece.value for piece in self.evidence.get(fact, ()) if piece.sure}
        if direct is not None:
            values.add(direct)
        return values.pop() if len(values) == 1 else None

    def in_conflict(self, fact: str) -> bool:
        """Whether the direct answer is against what a touchpoint surely tells."""
        direct = told(self._answers.get(fact))
        return direct is not None and any(piece.sure and piece.value != direct for piece in self.evidence.get(fact, ()))

    def lacks_only_its_date(self, fact: str) -> bool:
        """Whether a fact that began some day is known to be so, and only the day is open."""
        question = self._questions.get(fact)
        return bool(question and question.onset) and self.answer(fact) == "yes"

    def what_dates(self, fact: str) -> Unknown:
        """What to ask where only the day is open on which a fact began: that day; once it was told, the day of a
        touchpoint that may speak of an earlier one, or whether it does. One that can only be later changes nothing."""
        answer = self._answers.get(fact)
        if answer and told(answer) and parse(answer.since).is_one_day:
            began = parse(answer.since).first
            for piece in (each for each in self.evidence.get(fact, ()) if each.days[0] < began):
                if piece.days[0] != piece.days[1]:
                    return Unknown(kind="date", id="", touchpoint=piece.touchpoint)
                if not piece.sure and piece.open:
                    return Unknown(kind="fact", id=piece.open[0], touchpoint=piece.touchpoint)
        return Unknown(kind="date", id=fact, touchpoint="")

    def truth(self, fact: str, value: str, own: Touchpoint) -> Truth:
        """Whether the fact has the value, on each day, for hops of the touchpoint `own` (one row of days). It is the
        same for all that do not tell it themselves."""
        question = self._questions.get(fact)
        if question is None:
            return 0, self._all_days
        if question.per_touchpoint:
            return self._constant(self._of_touchpoint(fact, own), value)
        if fact in self.told_by(own.id):
            return self._of_client(question, fact, value, own)
        found = self._of_all.get((fact, value))
        if found is None:
            found = self._of_all[fact, value] = self._of_client(question, fact, value, own)
        return found

    def _of_client(self, question: Question, fact: str, value: str, own: Touchpoint) -> Truth:
        if self.in_conflict(fact):
            return 0, self._all_days
        if question.onset and value in ("yes", "no"):
            must, may = self._since(fact, own)
            return (must, may) if value == "yes" else (self._all_days & ~may, self._all_days & ~must)
        if told(self._answers.get(fact)) is not None:
            return self._constant(self.answer(fact), value)
        return self._as_told(fact, value, own)

    def _as_told(self, fact: str, value: str, own: Touchpoint) -> Truth:
        """A fact that touchpoints alone tell: each from its date on, for itself from the start."""
        pieces = [piece for piece in self.evidence.get(fact, ()) if piece.sure]
        if len({piece.value for piece in pieces}) > 1:
            return 0, self._all_days
        known = 0
        for piece in pieces:
            known |= self._all_days if piece.touchpoint == own.id else self._from(piece.days, 0)[0]
        is_so = bool(pieces) and pieces[0].value == value
        return (known if is_so else 0), (self._all_days if is_so else self._all_days & ~known)

    def _constant(self, known: str | None, value: str) -> Truth:
        if known is None:
            return 0, self._all_days
        return (self._all_days, self._all_days) if known == value else (0, 0)

    def _of_touchpoint(self, fact: str, own: Touchpoint) -> str | None:
        direct = fact_told(own, fact)
        told_by_kind = [
            piece.value for piece in self.evidence.get(fact, ()) if piece.touchpoint == own.id and piece.sure
        ]
        values = {*told_by_kind, *((direct,) if direct else ())}
        return values.pop() if len(values) == 1 else None

    def _since(self, fact: str, own: Touchpoint) -> Truth:
        answer = self._answers.get(fact)
        direct = told(answer)
        back = self._questions[fact].reaches_back_days
        must = may = 0
        for piece in self.evidence.get(fact, ()):
            if piece.value != "yes" or (direct == "no" and not piece.sure):
                continue
            surely, possibly = self._from(piece.days, back) if piece.touchpoint != own.id else (self._all_days,) * 2
            must |= surely if piece.sure else 0
            may |= possibly
        if direct == "yes" and answer:
            surely, possibly = self._from(self._begun(answer.since), back)
            must, may = must | surely, may | possibly
        elif direct is None:
            may = self._all_days
        return must & may, may

    def _from(self, began: Span, back: int) -> Truth:
        days = self._timeline
        return days.wholly_from(began[1] - back), days.days(began[0] - back, LAST_DAY)

    def _begun(self, since: str) -> Span:
        """The days on which a fact can have begun: what is told as so today began by today."""
        when, today = parse(since), self._timeline.starts[self._timeline.today]
        return when.first, when.last if when.first > today else min(when.last, today)

    def as_told(self, facts: Iterable[str]) -> tuple[object, ...]:
        """Everything known of some facts: the direct answers and what touchpoints tell, in the order of their ids."""
        return tuple((fact, self._answers.get(fact), self.evidence.get(fact, ())) for fact in sorted(facts))

    def derived(self) -> tuple[Derived, ...]:
        """Every client fact that touchpoints speak to, with the reasons and any conflict."""
        found = []
        for fact in sorted(self.evidence):
            pieces = [piece for piece in self.evidence[fact] if piece.sure]
            if not pieces or (fact in self._questions and self._questions[fact].per_touchpoint):
                continue
            found.append(
                Derived(
                    client=fact,
                    value=self.answer(fact) or "unknown",
                    from_touchpoints=tuple(piece.touchpoint for piece in pieces),
                    conflict=self.in_conflict(fact),
                )
            )
        return tuple(found)

    def question(self, fact: str) -> Question | None:
        """The client-level question, or None if this catalog has none such."""
        return self._questions.get(fact)


def _told_by(evidence: dict[str, tuple[Evidence, ...]]) -> dict[str, frozenset[str]]:
    """By touchpoint, the facts that it tells or may tell."""
    found: dict[str, frozenset[str]] = {}
    for fact, pieces in evidence.items():
        for piece in pieces:
            found[piece.touchpoint] = found.get(piece.touchpoint, _NOTHING) | {fact}
    return found


def _evidence(index: Index, matter: Matter, today: int) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = {}
    for touchpoint in sorted(matter.touchpoints, key=lambda touchpoint: touchpoint.id):
        kind = index.catalog.touchpoints.get(touchpoint.kind)
        truths = Truths(partial(_plain, touchpoint), 1)
        for number, tells in enumerate(kind.tells if kind else ()):
            test = index.test(f"tells:{touchpoint.kind}:{number}", tells.when, touchpoint.kind)
            must, may = truths[test]
            if may:
                days = possible_days(index.catalog, touchpoint, today)
                lacks = tuple(atom.key[0] for atom, _ in support(test, truths, 1) if atom.form == "fact")
                piece = Evidence(touchpoint.id, tells.is_, bool(must), days, lacks)
                found.setdefault(tells.client, []).append(piece)
    return {fact: tuple(pieces) for fact, pieces in found.items()}


def _plain(touchpoint: Touchpoint, atom: Test) -> Truth:
    """An atom judged on this touchpoint's own answers and date; anything else is unknown here."""
    if atom.form == "date":
        first, last = atom.key
        when = parse(touchpoint.when)
        return int(first <= when.first and when.last <= last), int(first <= when.last and when.first <= last)
    if atom.form != "fact":
        return 0, 1
    fact, value = atom.key
    known = fact_told(touchpoint, fact)
    return (0, 1) if known is None else (int(known == value),) * 2
