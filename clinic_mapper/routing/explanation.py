"""Why a route stands as it does: what each of its steps rests on, who told it, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clinic_mapper.routing.model import Hop, LawOnHop, Reason, Standing, Tense, Unknown, Value

Outcome = Literal["yes", "no", "unknown", "at_times"]
"""Over the days and places that count: always, never, not known, or known and not the same on all of them."""

Form = Literal[
    "all",
    "any",
    "not",
    "either",
    "fact",
    "client",
    "place",
    "date",
    "agreement",
    "practice",
    "needs",
    "days",
    "judge",
    "inferred",
    "bar",
    "mandate",
    "shown",
    "beaten",
    "waits",
    "blank",
    "order",
]


class Told(Value, frozen=True):
    """Somebody or something that told what a ground asks.

    `kind`: `answer` (of a question; `source`, `paper` and `since` as it was given) · `contact` (a touchpoint tells it
    by itself; not `sure`: only if what it turns on is so) · `noted` (the clinic, of this contact's agency) · `known`
    (a known practice; `id`: its row) · `mandate` (`id`: the law; not `sure`: in some places or on some days only) ·
    `shown` (an answer shows that the step happened, whatever is known of the practice; `id`: the flow) ·
    `date` and `place` (the touchpoint's own).
    """

    kind: Literal["answer", "contact", "noted", "known", "mandate", "shown", "date", "place"]
    id: str = ""
    value: str = ""
    touchpoint: str = ""
    source: str = ""
    paper: str = ""
    since: str = ""
    sure: bool = True


class Ground(Value, frozen=True):
    """Something a step or a record rests on, true or not on the days that count.

    `form` `all`, `any`, `not`, `either` join `parts`; all other forms say one thing: a question has the value `value`
    (`fact`, `client`), the place is one of `names`, the day is from `first` to `last` (`date`, and `days` of the flow
    `id`), the agency has a practice or an agreement, the record holds `names` (`needs`), no law `id` bars the step
    (`bar`), a law that requires the practice speaks (`mandate`), answers show that the step happened (`shown`), a law
    that would come first does not (`beaten`), it waits for a later day (`waits`), the steps can follow one another
    (`order`); `judge` and `inferred` stay open.

    `decides`: its outcome is why the whole has its own. `unknown`: it stands so among the unknowns of a route that
    turns on it. `told`: empty where nobody was asked.
    """

    form: Form
    outcome: Outcome
    decides: bool
    id: str = ""
    value: str = ""
    names: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    told: tuple[Told, ...] = ()
    unknown: Unknown | None = None
    parts: tuple[Ground, ...] = ()

    def leaves(self) -> Iterator[Ground]:
        """Every ground below that says one thing, and this one if it does, in order."""
        if self.form not in ("all", "any", "not", "either"):
            yield self
        for part in self.parts:
            yield from part.leaves()


class ItemsWhy(Value, frozen=True):
    """Items that are in the first record only if a ground holds."""

    items: tuple[str, ...]
    ground: Ground


class RecordWhy(Value, frozen=True):
    """Why the first holder has a record, and what is in it: `data` surely, `judged` on conditions."""

    system: str
    standing: Standing
    data: tuple[str, ...]
    ground: Ground
    judged: tuple[ItemsWhy, ...]


class LawWhy(Value, frozen=True):
    """A law that speaks to a step, and by which of its keys.

    `by`: it names the flow, the mechanism, or neither. `binds`, `recipients`: its words that fit sender and receiver.
    `items`: what it takes out; empty: everything. `grounds`: about whom it is, and the exceptions that could lift it.
    """

    law: LawOnHop
    by: Literal["flow", "mechanism", "neither"]
    binds: tuple[str, ...]
    recipients: tuple[str, ...]
    items: tuple[str, ...]
    grounds: tuple[Ground, ...]


class HopWhy(Value, frozen=True):
    """One step of a route, as the map tells it, and what it rests on."""

    hop: Hop
    ground: Ground
    waits: Ground
    law: tuple[LawWhy, ...]
    cites: tuple[tuple[str, str], ...]


class TenseWhy(Value, frozen=True):
    """Why a route has its tense. `hop`: the number of the step that tells it, 0 where none does alone.

    `because`: `to_come` (the event is, or may be, still to come) · `held` (ICE holds the record itself) · `at_event`
    (every step runs on the event's own day, which is past) · `looked_up_then` (so did the look-up) · `today` (the
    last look-up can be made today) · `over` (step `hop` cannot be made today) · `in_doubt` (whether it can be made
    today is not sure) · `shown` (an answer shows that the last step happened) · `stay_found`, `stay_sent` (a stay or a
    supervision goes on; it takes a look-up, or none).
    """

    tense: Tense
    because: Literal[
        "to_come", "held", "at_event", "looked_up_then", "today", "over", "in_doubt", "shown", "stay_found", "stay_sent"
    ]
    hop: int = 0


class Weakest(Value, frozen=True):
    """The step with the weakest evidence, by its number; 0: the record that ICE holds itself."""

    hop: int
    mode: str
    confidence: str
    as_of: str


class Explanation(Value, frozen=True):
    """Why a route stands as it does. `whole`: grounds that no single step rests on (day, place, order)."""

    route: str
    line: str
    touchpoint: str
    mechanism: str
    standing: Standing
    closed_by: tuple[Reason, ...]
    record: RecordWhy
    hops: tuple[HopWhy, ...]
    whole: tuple[Ground, ...]
    tense: TenseWhy
    weakest: Weakest
    unknown: tuple[Unknown, ...]
    cites: tuple[tuple[str, str], ...]

    def grounds(self) -> Iterator[Ground]:
        """Every ground that says one thing, in the order of the route."""
        yield from self.record.ground.leaves()
        for judged in self.record.judged:
            yield from judged.ground.leaves()
        for hop in self.hops:
            yield from hop.ground.leaves()
            yield from hop.waits.leaves()
        for ground in self.whole:
            yield from ground.leaves()
