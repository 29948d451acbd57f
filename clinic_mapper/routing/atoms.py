"""What is known of single atoms: on which days and in which worlds each holds for one touchpoint."""

from __future__ import annotations

from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.routing.conditions import Test, Truths
from clinic_mapper.routing.facts import ClientFacts, fact_told, told
from clinic_mapper.routing.known_practices import PracticeBook
from clinic_mapper.routing.setting import Setting
from clinic_mapper.routing.timeline import Truth

EVERYTHING_KNOWN = "full"
FACTS_ALONE = "fact"
"""Dates are taken as unknown: what is false now is false by fact. So is the day on which a fact or a practice began:
that it is so on some days only says nothing by itself, however exactly the day was told."""
TIME_ALONE = "time"
"""Answers are taken as unknown: what is false now is false by time."""


class Atoms:
    """The atoms of one touchpoint, with everything known about it or with part of that taken as unknown (`blind`)."""

    __slots__ = ("_blind", "_clients", "_full", "_practices", "_setting", "_touchpoint", "_unknown")

    def __init__(
        self, setting: Setting, practices: PracticeBook, clients: ClientFacts, touchpoint: Touchpoint, blind: str
    ) -> None:
        self._setting = setting
        self._practices = practices
        self._clients = clients
        self._touchpoint = touchpoint
        self._blind = blind
        self._full = setting.grid.full
        self._unknown = 0, setting.grid.full

    def truth(self, atom: Test) -> Truth:
        """Whether an atom holds, bit by bit."""
        if atom.form == "place":
            return (self._setting.in_places(atom.key),) * 2
        if atom.form == "date":
            first, last = atom.key
            return self._date(first, last)
        if self._blind == TIME_ALONE:
            return self._unknown
        name = atom.key[0]
        if atom.form == "fact":
            return self._constant(fact_told(self._touchpoint, name), atom.key[1])
        if atom.form == "client":
            return self._client(name, atom.key[1])
        return self._practice(name)

    def _date(self, first: int, last: int) -> Truth:
        return self._unknown if self._blind == FACTS_ALONE else (self._setting.days(first, last),) * 2

    def _constant(self, known: str | None, value: str) -> Truth:
        if known is None:
            return self._unknown
        return (self._full, self._full) if known == value else (0, 0)

    def _client(self, fact: str, value: str) -> Truth:
        must, may = self._clients.truth(fact, value, self._touchpoint)
        return self._known(self._setting.grid.spread(must), self._setting.grid.spread(may))

    def _known(self, must: int, may: int) -> Truth:
        """What is known of something that can begin or end; without its days, what is known of all of them."""
        if self._blind != FACTS_ALONE:
            return must, may
        return self._full if must == self._full else 0, self._full if may else 0

    def _practice(self, name: str) -> Truth:
        """As noted for this contact; where nothing was, as known of its agency for every matter."""
        practices = self._touchpoint.practices
        noted = told(practices.get(name)) if practices else None
        if noted is not None:
            return self._constant(noted, "yes")
        if not self._practices.speaks_of(name, self._touchpoint):
            return self._unknown
        so = not_so = 0
        for said in self._practices.said(name, self._touchpoint):
            days = self._setting.days(said.first, said.last)
            so, not_so = (so | days, not_so) if said.is_so else (so, not_so | days)
        must, may = so & ~not_so, self._full & ~(not_so & ~so)  # two rows against each other settle nothing
        return self._known(must, may)


class Known(dict[str, Truths]):
    """The truths of one touchpoint, by what of them is taken as unknown: each made when somebody first asks for it."""

    __slots__ = ("_of",)

    def __init__(self, setting: Setting, practices: PracticeBook, clients: ClientFacts, touchpoint: Touchpoint) -> None:
        self._of = setting, practices, clients, touchpoint

    def __missing__(self, blind: str) -> Truths:
        found = self[blind] = Truths(Atoms(*self._of, blind).truth, self._of[0].grid.full)
        return found
