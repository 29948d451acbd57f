"""The exposure map: what follows from a matter and the catalog on a given day. Read by the window and the memo."""

from __future__ import annotations

from typing import Literal

import msgspec

Standing = Literal["open", "undetermined", "closed"]
Tense = Literal["sent", "within_reach", "was_within_reach", "next_time"]
Arrives = Literal["sent", "found"]
Reason = Literal["fact", "time", "law"]
LawEffect = Literal["close", "broken", "undetermined", "practice_yes", "perhaps", "show", "lifted", "yields"]

STANDINGS: tuple[Standing, ...] = ("open", "undetermined", "closed")


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value of the map."""


class Unknown(Value, order=True, frozen=True, cache_hash=True):
    """Something unknown that an undetermined route turns on.

    `kind` / `id`: `fact` / question id · `date` / "" or the client fact whose date is missing · `place` / "" ·
    `practice` / practice, agreement or flow id · `judge` / id of the flow or restriction that counsel must judge.
    `touchpoint`: its id, "" for a question about the client.
    """

    kind: Literal["fact", "date", "place", "practice", "judge"]
    id: str
    touchpoint: str


class LawOnHop(Value, frozen=True):
    """A restriction that speaks to a hop.

    `effect`: `close` (bars it) · `broken` (bars it on paper, and an answer shows that the step happened) ·
    `undetermined` (counsel must judge, or an exception is unknown) · `practice_yes` (a mandate answers the practice
    question) · `show` (printed beside it, changes nothing) · `lifted` (an exception about the client applies) ·
    `yields` (another row beats it) · `perhaps` (it is not known whether it speaks here: `would` is what it then does;
    `if_place`: only if this was in a place of that law, `if_client`: only if it is about this client). `unless`:
    exceptions that are printed ("a judicial warrant").
    """

    id: str
    effect: LawEffect
    unless: tuple[str, ...]
    contested: bool = False
    would: LawEffect | None = None
    if_place: str = ""
    if_client: bool = False

    @property
    def does(self) -> LawEffect:
        """What it does to the hop, if it speaks to it at all."""
        return self.would or self.effect


class Hop(Value, frozen=True):
    """One step of a route: a flow, what moves by it for this client, and the law on it.

    `either`: flows of which one or the other runs here (a match or a no-match query). `data`: what surely moves;
    `perhaps`: what moves if an unknown answer is yes. `shown`: an answer shows that it happened.
    """

    flow: str
    either: tuple[str, ...]
    from_: str
    to: str
    consults: tuple[str, ...]
    data: tuple[str, ...]
    perhaps: tuple[str, ...]
    standing: Standing
    law: tuple[LawOnHop, ...]
    shown: bool = False


class Turn(Value, frozen=True):
    """A day, named by a rule, on which what follows from a contact changes within the date that was told of it.

    `day`: the first day of the later part, as ISO text. `before`, `after`: how many of the days told lie on its sides.
    """

    day: str
    before: int
    after: int


class Route(Value, frozen=True):
    """A touchpoint's record, hop by hop, to the first system that ICE runs.

    `turns`: of an undetermined route, the days before or after which it matters whether the contact was.
    """

    id: str
    line: str
    touchpoint: str
    mechanism: str
    standing: Standing
    closed_by: tuple[Reason, ...]
    tense: Tense
    arrives: Arrives
    mode: str
    confidence: str
    as_of: str
    systems: tuple[str, ...]
    end: Literal["ice-ero", "ice-hsi"]
    flows: tuple[str, ...]
    hops: tuple[Hop, ...]
    data: tuple[str, ...]
    law: tuple[LawOnHop, ...]
    unknown: tuple[Unknown, ...]
    cites: tuple[tuple[str, str], ...]
    set_aside: str = ""
    turns: tuple[Turn, ...] = ()


class Line(Value, frozen=True):
    """Touchpoint x mechanism: what people read. `routes` are ids, the strongest first; the first gives the line its
    words."""

    id: str
    touchpoint: str
    mechanism: str
    standing: Standing
    closed_by: tuple[Reason, ...]
    tense: Tense
    arrives: Arrives
    routes: tuple[str, ...]
    unknown: tuple[Unknown, ...]


class AskNext(Value, frozen=True):
    """A question that would settle something. `touchpoint` is "" for a question about the client.

    `kind` says what `fact` names: a question id (`fact`), the date or place of the touchpoint, or a practice.
    """

    kind: Literal["fact", "date", "place", "practice"]
    fact: str
    touchpoint: str
    who: Literal["client", "paper", "request", "clinic"]
    lines_settled: int


class Derived(Value, frozen=True):
    """A client fact as it follows from touchpoints and the direct answer, with the reasons; `conflict`: they
    disagree."""

    client: str
    value: str
    from_touchpoints: tuple[str, ...]
    conflict: bool


class NamesOthers(Value, frozen=True, order=True):
    """A first holder's record that names, or may name, people besides the client. Which people is not known here."""

    touchpoint: str
    system: str


class ExposureMap(Value, frozen=True):
    """Everything that follows. `lines` and `routes` stand strongest first."""

    catalog_version: str
    catalog_as_of: str
    today: str
    lines: tuple[Line, ...]
    routes: dict[str, Route]
    ask_next: tuple[AskNext, ...]
    derived: tuple[Derived, ...]
    not_in_catalog: tuple[str, ...]
    """Sentences on touchpoints, facts or answers that this catalog does not know; they were kept."""
    names_others: tuple[NamesOthers, ...] = ()
    """Records whose routes are followed for the client alone."""
    cut: bool = False
    """True when the cap on hops or routes cut something; the window and the memo say so."""
