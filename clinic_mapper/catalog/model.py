"""The rows of the catalog as typed values. One struct per kind of row; files hold lists of them.

Every struct refuses unknown keys, so that a misspelt key is an error and never a silently missing rule.
Dates are ISO text of any precision (`2017`, `2017-09`, `2017-09-22`); `None` means that no such limit is known.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from clinic_mapper.catalog.asking import (
    AgencyKind,
    Question,
    TouchpointKind,
    WhenForm,
)
from clinic_mapper.catalog.asking import Choice as Choice
from clinic_mapper.catalog.asking import DataWhen as DataWhen
from clinic_mapper.catalog.asking import Record as Record
from clinic_mapper.catalog.asking import Tells as Tells
from clinic_mapper.catalog.row import Cite, Condition, Row
from clinic_mapper.catalog.row import DateSpan as DateSpan
from clinic_mapper.catalog.vocabulary import Confidence, Level, Mode, PracticeReach, Timing


class Source(Row, frozen=True):
    """A document. `third_party_copy`: it was read in somebody else's copy, whose address is not kept."""

    id: str
    title: str
    publisher: str
    published: str
    kind: Literal["statute", "regulation", "government", "foia", "court", "ngo", "academic", "news", "vendor", "clinic"]
    third_party_copy: bool = False


class Held(Row, frozen=True):
    """How to speak of a record that ICE itself holds: a route through it has no hops."""

    mechanism: str
    mode: Mode = "on_request"
    arrives: Literal["sent", "found"] = "found"
    confidence: Confidence = "documented"


class System(Row, frozen=True):
    """A place where records about people sit, run by an operator.

    `ice`: `operated` = ICE runs it, so a route ends here; `direct` = ICE has a login or a standing feed.
    `serves`: for a system that ICE runs, the office it serves. `bound_as` / `received_as`: words by which laws name it
    as the one who discloses and as the one who receives. `public`: what it holds can be read by anyone.
    """

    id: str
    name: str
    operator: str
    level: Level
    sector: str
    holds: tuple[str, ...]
    summary: str
    as_of: str
    cites: tuple[Cite, ...]
    aliases: tuple[str, ...] = ()
    ice: Literal["operated", "direct"] | None = None
    serves: Literal["ice-ero", "ice-hsi"] | None = None
    held: Held | None = None
    bound_as: tuple[str, ...] = ()
    received_as: tuple[str, ...] = ()
    public: bool = False
    since: str | None = None
    until: str | None = None
    note: str | None = None


class Needs(Row, frozen=True):
    """What the sender's record must hold for the step to happen. Both forms may be empty: then the
    record must hold anything besides identity."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()


LawDone = Literal["close", "broken", "undetermined", "practice_yes", "perhaps", "show", "lifted", "yields", "silent"]


class Example(Row, frozen=True):
    """A small invented case, and what its row must give in it; all are run with the tests.

    `gives`: how the best of the routes that hold the step judge that step (`nothing`: no route holds it). On a flow the
    step is the flow itself; a restriction names it in `flow`, and `law` is what the restriction does to it (`silent`:
    it does not speak there). `record` picks the routes that begin in one first holder's system.
    Whatever is left out is unknown. `since`: from when a yes of `client` is true.
    """

    says: str
    touchpoint: str
    gives: Literal["open", "undetermined", "closed", "nothing"]
    flow: str | None = None
    law: LawDone | None = None
    tense: Literal["sent", "within_reach", "was_within_reach", "next_time"] | None = None
    record: str | None = None
    when: str = ""
    state: str = ""
    county: str = ""
    city: str = ""
    agency: str = ""
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    client: dict[str, str] = msgspec.field(default_factory=dict)
    since: dict[str, str] = msgspec.field(default_factory=dict)
    practices: dict[str, str] = msgspec.field(default_factory=dict)
    today: str = "2026-06-30"


class Flow(Row, frozen=True):
    """Data moving, or being looked up, from one system to another. Fields are explained in docs/catalog.md.

    `either_with`: another flow between the same two systems whose condition on one client fact is the opposite of ours;
    the two are one step of a route and are judged together. `arrives`: `found` where it takes somebody at ICE to look.
    `shown_by`: answers that show that the step happened, whatever practice or law says.
    """

    id: str
    from_: str = msgspec.field(name="from")
    to: str
    mechanism: str
    mode: Mode
    confidence: Confidence
    timing: Timing
    practice: PracticeReach
    needs: Needs
    carries: tuple[str, ...]
    trigger: str
    authority: str
    as_of: str
    cites: tuple[Cite, ...]
    adds: tuple[str, ...] = ()
    consults: tuple[str, ...] = ()
    reply_to: str | None = None
    either_with: str | None = None
    leaves_place: bool = False
    arrives: Literal["sent", "found"] | None = None
    practice_note: str | None = None
    asked_en: str | None = None
    asked_es: str | None = None
    when: Condition | None = None
    shown_by: Condition | None = None
    judge: str | None = None
    judge_es: str | None = None
    since: str | None = None
    until: str | None = None
    outcome: str | None = None
    note: str | None = None
    examples: tuple[Example, ...] = ()


class Exception_(Row, frozen=True):
    """An exception of a law. `client`: a question about the client that lifts the bar; `process`: a warrant or order,
    printed but never assumed; `public`: what is already public is another route."""

    kind: Literal["client", "process", "public"]
    text: str
    question: str | None = None
    client: str | None = None
    is_: str | None = msgspec.field(default=None, name="is")
    mechanisms: tuple[str, ...] = ()


class Restriction(Row, frozen=True):
    """Law that blocks, limits, requires process or notice, or mandates, in a place and time.

    It acts on a hop only if `acts` and `effect_on_route` is not `show`, and only through the keys that narrow it.
    """

    id: str
    jurisdiction: str
    name: str
    citation: str
    effect: Literal["blocks", "limits", "requires_process", "requires_notice", "mandates"]
    says: str
    status: Literal["in_force", "enjoined", "contested", "pending", "ended"]
    status_as_of: str
    as_of: str
    cites: tuple[Cite, ...]
    acts: bool = False
    effect_on_route: Literal["close", "undetermined", "practice_yes", "show"] = "show"
    binds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    items: tuple[str, ...] | Literal["all"] = "all"
    not_items: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    not_flows: tuple[str, ...] = ()
    client_if: Condition | None = None
    unless: tuple[Exception_, ...] = ()
    yields_to: tuple[str, ...] = ()
    answers: tuple[Condition, ...] = ()
    acts_from: str | None = None
    since: str | None = None
    until: str | None = None
    allows_when: str | None = None
    caveat: str | None = None
    note: str | None = None
    examples: tuple[Example, ...] = ()


class RemedyWords(Row, frozen=True):
    """What a remedy says to its reader, in another language than English; it has just the keys that the English has."""

    title: str
    recipient: str
    deadline: str | None = None
    caution: str | None = None
    learns: str | None = None


class Remedy(Row, frozen=True):
    """What counsel or the client can do about a system or a flow, and the risk in doing it.

    `custody_step`: bound to the hours or days of a custody, and shown first. `learns`: who learns what if it is done.
    `es`: the same words in Spanish; without them a Spanish memo has the English.
    """

    id: str
    kind: Literal[
        "custody_step",
        "records_request",
        "correction",
        "removal",
        "opt_out",
        "freeze",
        "complaint",
        "advice",
        "litigation",
    ]
    title: str
    how: tuple[str, ...]
    recipient: str
    as_of: str
    cites: tuple[Cite, ...]
    systems: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    jurisdiction: str = "US"
    authority: str | None = None
    needs: str | None = None
    deadline: str | None = None
    caution: str | None = None
    learns: str | None = None
    who: str | None = None
    note: str | None = None
    es: RemedyWords | None = None

    @property
    def in_custody(self) -> bool:
        """Whether it is bound to the hours or days of a custody."""
        return self.kind == "custody_step"

    def speaks(self, lang: str) -> bool:
        """Whether its words are there in a language."""
        return lang == "en" or (lang == "es" and self.es is not None)

    def in_language(self, lang: str) -> Remedy:
        """The remedy as it is said in a language; in English where it has no words in that one."""
        if lang != "es" or self.es is None:
            return self
        said = {key: getattr(self.es, key) for key in SAID_OF_A_REMEDY}
        return msgspec.structs.replace(self, **said)


SAID_OF_A_REMEDY = RemedyWords.__struct_fields__
"""The keys of a remedy that are said to a reader, and so in the reader's language."""


class Mechanism(Row, frozen=True):
    """The name a lawyer has for a family of flows."""

    id: str
    en: str
    es: str


class NamedPlace(Row, frozen=True):
    """A county or city that a row names. `counties`: the counties a city lies in; `fills`: it covers them whole."""

    id: str
    name: str
    kind: Literal["state", "county", "city"]
    counties: tuple[str, ...] = ()
    fills: bool = False
    aliases: tuple[str, ...] = ()


class Practice(Row, frozen=True):
    """A local practice, or an agreement, that the clinic can know of. `en` completes: "We know that …"."""

    id: str
    en: str
    es: str


class KnownPractice(Row, frozen=True):
    """What is known of one agency's practice, for every matter: from a published list, or noted by the clinic.

    `answers`: a practice, an agreement or a flow whose practice no place tells. `agency_kind` / `agency`: whose
    practice it is ("" = any there). `since` / `until`: first and last day on which it is known to have been so; without
    `until` it goes on; without `since` it is known from `as_of` on. "asked for" is shown and settles nothing. `says`:
    who says so, in a few words; a clinic's own note has no cite.
    """

    id: str
    answers: str
    is_: Literal["yes", "no", "asked for"] = msgspec.field(name="is")
    state: str
    says: str
    as_of: str
    county: str = ""
    city: str = ""
    agency_kind: str = ""
    agency: str = ""
    since: str | None = None
    until: str | None = None
    note: str | None = None


class CatalogFile(Row, frozen=True):
    """One file of the catalog: any of these lists. `catalog` stands in `catalog.json` alone."""

    schema: str | None = msgspec.field(default=None, name="$schema")
    version: str | None = None
    as_of: str | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    systems: tuple[System, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    flows: tuple[Flow, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    touchpoints: tuple[TouchpointKind, ...] = ()
    client_questions: tuple[Question, ...] = ()
    shared_questions: tuple[Question, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    agency_kinds: tuple[AgencyKind, ...] = ()
    when_forms: tuple[WhenForm, ...] = ()
    practices: tuple[Practice, ...] = ()
    known_practices: tuple[KnownPractice, ...] = ()


class Catalog(msgspec.Struct, frozen=True, kw_only=True):
    """All rows by id, in the order of their ids (client questions: of asking); nothing here changes after loading.

    `origins`: by kind and id, the title of the layer from which a row came; a row that is not there was shipped.
    """

    version: str
    as_of: str
    notes: tuple[str, ...]
    sources: dict[str, Source]
    systems: dict[str, System]
    mechanisms: dict[str, Mechanism]
    flows: dict[str, Flow]
    restrictions: dict[str, Restriction]
    remedies: dict[str, Remedy]
    touchpoints: dict[str, TouchpointKind]
    client_questions: dict[str, Question]
    shared_questions: dict[str, Question]
    places: dict[str, NamedPlace]
    agency_kinds: dict[str, AgencyKind]
    when_forms: dict[str, WhenForm]
    practices: dict[str, Practice]
    known_practices: dict[str, KnownPractice]
    origins: dict[tuple[str, str], str] = msgspec.field(default_factory=dict)
