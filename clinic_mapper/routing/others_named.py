"""Which of the client's records name other people too. Records only: nobody's name is known here, or looked for."""

from __future__ import annotations

from clinic_mapper.routing.index import bits
from clinic_mapper.routing.model import NamesOthers
from clinic_mapper.routing.reading import Reading

_OTHERS = bits(("family_associates",))


def others_named(reading: Reading) -> tuple[NamesOthers, ...]:
    """The first holders' records that hold family or associates, or may hold them, each once, by touchpoint and system.

    A record whose condition is false does not exist, and an item that an answer rules out is not in it.
    """
    found = {
        NamesOthers(touchpoint=touchpoint.id, system=record.system)
        for touchpoint in reading.touchpoints
        for record in reading.walked(touchpoint).records
        if record.holding.may & _OTHERS
    }
    return tuple(sorted(found))
