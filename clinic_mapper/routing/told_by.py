"""Who or what told the things that conditions ask: answers, contacts, papers, lists, notes, mandates."""

from __future__ import annotations

from collections.abc import Iterator

from clinic_mapper.casefile.model import Answer, Matter, Touchpoint, answer_of
from clinic_mapper.routing.conditions import Test
from clinic_mapper.routing.explanation import Told
from clinic_mapper.routing.facts import told
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.known_practices import match
from clinic_mapper.routing.model import Unknown
from clinic_mapper.routing.scene import Scene


def told_of(scene: Scene, matter: Matter, atom: Test) -> tuple[Told, ...]:
    """Everything that speaks to an atom for this touchpoint; empty where nobody was asked."""
    own = scene.touchpoint
    name = atom.key[0] if atom.key else ""
    match atom.form:
        case "date":
            return (Told(kind="date", value=own.when, touchpoint=own.id),)
        case "place":
            return (Told(kind="place", touchpoint=own.id),)
        case "fact":
            return tuple(_fact(own, name))
        case "client":
            return tuple(client_told(scene, matter, name))
    return practice_told(scene, name)


def told_of_unknown(scene: Scene, matter: Matter, unknown: Unknown) -> tuple[Told, ...]:
    """The same for something that is open, here or at another touchpoint that this one turns on."""
    own = next((each for each in matter.touchpoints if each.id == unknown.touchpoint), scene.touchpoint)
    match unknown.kind, unknown.touchpoint:
        case ("fact" | "date", ""):
            return tuple(client_told(scene, matter, unknown.id))
        case "fact", _:
            return tuple(_fact(own, unknown.id))
        case "date", _:
            return (Told(kind="date", value=own.when, touchpoint=own.id),)
        case "place", _:
            return (Told(kind="place", touchpoint=own.id),)
        case "practice", _:
            return practice_told(scene, unknown.id)
    return ()


def _fact(own: Touchpoint, name: str) -> Iterator[Told]:
    given = own.agency.kind or None if name == AGENCY else own.facts.get(name)
    yield from _answer("answer", name, given, own.id)


def client_told(scene: Scene, matter: Matter, name: str) -> Iterator[Told]:
    """The direct answer to a question about the client, and what touchpoints tell of it."""
    question, own = scene.clients.question(name), scene.touchpoint
    each = question is not None and question.per_touchpoint
    given = own.facts.get(name) if each else matter.client.get(name)
    yield from _answer("answer", name, given, own.id if each else "")
    for piece in scene.clients.evidence.get(name, ()):
        if not each or piece.touchpoint == own.id:
            yield Told(kind="contact", id=name, value=piece.value, touchpoint=piece.touchpoint, sure=piece.sure)


def practice_told(scene: Scene, name: str) -> tuple[Told, ...]:
    """What was noted of this agency for the contact; where nothing was, what is known of it for every matter."""
    own = scene.touchpoint
    noted = tuple(_answer("noted", name, own.practices.get(name), own.id))
    if noted and told(own.practices.get(name)) is not None:
        return noted
    rows = (row for row in scene.index.known.hints(name, own) if row.is_ != "asked for" and match(row, own) == "surely")
    return (*noted, *(Told(kind="known", id=row.id, value=row.is_, since=row.since or row.as_of) for row in rows))


def _answer(kind: str, name: str, given: Answer | str | None, touchpoint: str) -> Iterator[Told]:
    full = answer_of(given)
    if full is not None:
        yield Told(
            kind=kind,  # type: ignore[arg-type]
            id=name,
            value=full.value,
            touchpoint=touchpoint,
            source=full.source,
            paper=full.paper,
            since=full.since,
        )
