"""How many questions it takes to settle a client's map, in the order of `ask_next` and in the order of the form.

Clients are drawn with everything hidden; every question is answered with the truth, whoever is best asked. A line is
*pending* while it is undetermined and somebody can still be asked about it: what counsel alone can judge settles
nothing further. All lines count that were pending at any time in a run, those that come up later too. Half of them are
settled at the first question after which at most half of them are pending or still to come; all, when none is pending.

What is pending still when no question is left, nobody here can settle: it counts in neither.

The reference skips what cannot matter too: it asks, in the order of the window's form, only what leaves some line
open, and nothing twice. The form: questions about the client in the catalog's order, each with its date; then contact
by contact the date, the place, the agency, the contact's own questions, those about the client at that time, the
practices.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.routing.model import ExposureMap, Unknown
from tests.bench.hidden_client import HiddenClient, hidden_client

TODAY = date(2026, 11, 24)
Order = Callable[[Matter, Catalog, ExposureMap, Set[Unknown]], Unknown | None]
"""The next question, given those that were asked."""


@dataclass(frozen=True)
class Run:
    """One client asked in one order: pending lines after each question, the first figure before any."""

    pending: tuple[frozenset[str], ...]

    @property
    def to_all(self) -> int:
        return len(self.pending) - 1

    @property
    def to_half(self) -> int:
        never = self.pending[-1]
        lines = frozenset().union(*self.pending) - never
        to_come = [frozenset().union(*self.pending[number:]) - never for number in range(len(self.pending))]
        return next(number for number, left in enumerate(to_come) if len(left) <= len(lines) / 2)


def asked_in(order: Order, client: HiddenClient, catalog: Catalog, today: date, ask: bool) -> Run:
    """Asks until nothing is pending or no question is left."""
    matter, live = client.matter, LiveMap()
    pending: list[frozenset[str]] = []
    asked: set[Unknown] = set()
    while True:
        exposure = live.map(matter, catalog, today, ask=ask)
        pending.append(frozenset(pending_lines(exposure)))
        unknown = order(matter, catalog, exposure, asked)
        if unknown is None or not pending[-1]:
            return Run(tuple(pending))
        asked.add(unknown)
        matter = client.answered(matter, unknown)


def pending_lines(exposure: ExposureMap) -> Iterator[str]:
    """The undetermined lines about which somebody can still be asked: nobody declines here."""
    for line in exposure.lines:
        if line.standing == "undetermined" and any(unknown.kind != "judge" for unknown in line.unknown):
            yield line.id


def by_ask_next(_matter: Matter, _catalog: Catalog, exposure: ExposureMap, _asked: Set[Unknown]) -> Unknown | None:
    """The question that `ask_next` puts first."""
    if not exposure.ask_next:
        return None
    first = exposure.ask_next[0]
    return Unknown(kind=first.kind, id=first.fact, touchpoint=first.touchpoint)


def by_the_form(matter: Matter, catalog: Catalog, exposure: ExposureMap, asked: Set[Unknown]) -> Unknown | None:
    """The first question of the form that leaves some line open."""
    return _first((*_about_client(catalog), *_about_contacts(matter, catalog)), exposure, asked)


def contacts_first(matter: Matter, catalog: Catalog, exposure: ExposureMap, asked: Set[Unknown]) -> Unknown | None:
    """The same with the contacts before the questions about the client."""
    return _first((*_about_contacts(matter, catalog), *_about_client(catalog)), exposure, asked)


def _first(form: Sequence[Unknown], exposure: ExposureMap, asked: Set[Unknown]) -> Unknown | None:
    support = {unknown for line in exposure.lines for unknown in line.unknown} - asked
    return next((unknown for unknown in form if unknown in support), None)


def _about_client(catalog: Catalog) -> Iterator[Unknown]:
    for question in catalog.client_questions:
        yield Unknown(kind="fact", id=question, touchpoint="")
        yield Unknown(kind="date", id=question, touchpoint="")


def _about_contacts(matter: Matter, catalog: Catalog) -> Iterator[Unknown]:
    each_time = [question.id for question in catalog.client_questions.values() if question.per_touchpoint]
    for contact in matter.touchpoints:
        own = [question.id for question in catalog.touchpoints[contact.kind].questions]
        yield Unknown(kind="date", id="", touchpoint=contact.id)
        yield Unknown(kind="place", id="", touchpoint=contact.id)
        yield from (Unknown(kind="fact", id=name, touchpoint=contact.id) for name in (AGENCY, *own, *each_time))
        known = (*catalog.practices, *catalog.flows)
        yield from (Unknown(kind="practice", id=name, touchpoint=contact.id) for name in known)


@dataclass(frozen=True)
class Compared:
    """One client asked in the order of `ask_next` and in two plain orders."""

    ours: Run
    form: Run
    contacts: Run


def compared(catalog: Catalog, number: int) -> Compared:
    """The client of this number, asked three times."""
    client = hidden_client(catalog, number, TODAY)
    return Compared(
        asked_in(by_ask_next, client, catalog, TODAY, ask=True),
        asked_in(by_the_form, client, catalog, TODAY, ask=False),
        asked_in(contacts_first, client, catalog, TODAY, ask=False),
    )


def figures(clients: Sequence[Compared]) -> dict[str, tuple[float, float]]:
    """What the bench prints: our figure and the reference's. Clients about whom nothing can be asked count nowhere."""
    asked = [each for each in clients if each.form.to_half]
    halves = [(each.ours.to_half, each.form.to_half, each.contacts.to_half) for each in asked]
    alls = [(each.ours.to_all, each.form.to_all, each.contacts.to_all) for each in asked]
    half, half_form, half_contacts = (statistics.median(column) for column in zip(*halves, strict=True))
    whole, whole_form, whole_contacts = (statistics.median(column) for column in zip(*alls, strict=True))
    worst = max(alls, key=lambda each: each[0] / each[1])
    return {
        "to half / form": (half, half_form),
        "to half / form, client by client": (statistics.median(ours / form for ours, form, _ in halves), 1.0),
        "to all / form": (whole, whole_form),
        "to all / form, worst client": (worst[0], worst[1]),
        "to half / contacts first": (half, half_contacts),
        "to all / contacts first": (whole, whole_contacts),
        "clients asked more than by the form": (sum(ours > form for ours, form, _ in alls), len(asked)),
    }
