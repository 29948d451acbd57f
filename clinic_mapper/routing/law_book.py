"""Laws by the flows or mechanisms they name, and whether the keys of one fit a flow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from clinic_mapper.catalog.model import Flow, System

if TYPE_CHECKING:
    from clinic_mapper.routing.index import Law


class LawSet(msgspec.Struct, frozen=True, gc=False, eq=False):
    """Laws by their jurisdiction; one set for all steps to which the same laws speak."""

    by_place: dict[str, tuple[Law, ...]]


class LawsAround(msgspec.Struct, frozen=True, gc=False, eq=False):
    """The laws that can act on a step, the texts shown beside it, and the laws that can act on those judged together
    with it; one for all steps of which the same is so."""

    acting: LawSet
    shown: LawSet
    others: tuple[LawSet, ...]


class LawBook:
    """Laws by the flows or mechanisms they name, so that a flow is compared with few of them."""

    def __init__(self, laws: Iterable[Law]) -> None:
        self.all = tuple(laws)
        self._sets: dict[tuple[str, ...], LawSet] = {}
        self._around: dict[tuple[LawSet, ...], LawsAround] = {}
        self._by_flow: dict[str, list[Law]] = defaultdict(list)
        self._by_mechanism: dict[str, list[Law]] = defaultdict(list)
        for law in self.all:
            for flow in law.row.flows:
                self._by_flow[flow].append(law)
            for mechanism in () if law.row.flows else law.row.mechanisms:
                self._by_mechanism[mechanism].append(law)
        self._unnamed = tuple(law for law in self.all if law.acts and not law.row.flows and not law.row.mechanisms)

    def speaking_to(self, flow: Flow) -> tuple[Law, ...]:
        """Laws that name a flow or its mechanism, or name neither flows nor mechanisms; in the order of their ids."""
        found = (*self._by_flow[flow.id], *self._by_mechanism[flow.mechanism], *self._unnamed)
        return tuple(sorted(found, key=lambda law: law.row.id))

    def around(self, acting: Sequence[Law], shown: Sequence[Law], others: Sequence[LawSet]) -> LawsAround:
        """What can speak to a step and to those judged together with it; laws stand in the order of their ids."""
        key = (self._set_of(acting), self._set_of(shown), *others)
        found = self._around.get(key)
        if found is None:
            found = self._around[key] = LawsAround(key[0], key[1], key[2:])
        return found

    def _set_of(self, laws: Sequence[Law]) -> LawSet:
        key = tuple(law.row.id for law in laws)
        found = self._sets.get(key)
        if found is None:
            by_place: dict[str, tuple[Law, ...]] = {}
            for law in laws:
                by_place[law.row.jurisdiction] = (*by_place.get(law.row.jurisdiction, ()), law)
            found = self._sets[key] = LawSet(by_place)
        return found


def speaks_to(law: Law, flow: Flow, systems: dict[str, System]) -> bool:
    """Whether a law's keys fit a flow. A text that is only shown may bind either side, who gives or who asks; and it is
    shown on every flow that it names."""
    row = law.row
    if flow.id in row.not_flows or row.status == "pending":
        return False
    if row.flows and not row.acts:
        return True
    sender, receiver = systems[flow.from_], systems[flow.to]
    named = bool(row.flows) or not row.sectors or sender.sector in row.sectors
    if any(exception.kind == "public" for exception in row.unless) and sender.public:
        return False
    bound = sender.bound_as if row.acts else (*sender.bound_as, *receiver.bound_as)
    binds = not row.binds or bool(set(row.binds) & set(bound))
    receives = not row.recipients or bool(set(row.recipients) & set(receiver.received_as))
    return named and binds and receives
