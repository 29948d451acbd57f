"""What is known of a contact's agency, from a list or a note, on which a hop rests: it is told with it."""

from __future__ import annotations

from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.catalog.model import Catalog, KnownPractice
from clinic_mapper.catalog.row import nodes_of
from clinic_mapper.routing.facts import told
from clinic_mapper.routing.index import index_of
from clinic_mapper.routing.known_practices import match
from clinic_mapper.routing.model import Hop


def relied_on(catalog: Catalog, hop: Hop, touchpoint: Touchpoint) -> tuple[KnownPractice, ...]:
    """The rows that speak for this contact's agency on what the hop asks of practice, where nothing was noted for the
    contact itself; in the order of their ids."""
    if not catalog.known_practices:
        return ()
    book, asked = index_of(catalog).known, set[str]()
    for id in (hop.flow, *hop.either):
        flow = catalog.flows.get(id)
        if flow is not None:
            asked.add(flow.id)
            asked.update(node.practice or node.agreement or "" for node in nodes_of([flow.when]))
    open_ones = (name for name in sorted(asked) if told(touchpoint.practices.get(name)) is None)
    rows = (row for name in open_ones for row in book.hints(name, touchpoint))
    return tuple(row for row in rows if row.is_ != "asked for" and match(row, touchpoint) == "surely")


def hints_for(catalog: Catalog, answers: str, touchpoint: Touchpoint) -> tuple[KnownPractice, ...]:
    """Rows that speak, or may speak, of this contact's agency about a practice: shown with its question."""
    return index_of(catalog).known.hints(answers, touchpoint) if catalog.known_practices else ()
