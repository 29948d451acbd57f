"""The rows of the catalog as typed values. One struct per kind of row; files hold lists of them.

Every struct refuses unknown keys, so that a misspelt key is an error and never a silently missing rule.
Dates are ISO text of any precision (`2017`, `2017-09`, `2017-09-22`); `None` means that no such limit is known.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from clinic_mapper.catalog.vocabulary import Confidence, Level, Mode, PracticeReach, Timing, Who


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True, gc=False):
    """A value that came from a catalog file. Rows never hold themselves, so the garbage collector need not see them."""


class DateSpan(Row, frozen=True):
    """A span of days; `until` is the last day on which it holds."""

    from_: str | None = msgspec.field(default=None, name="from")
    until: str | None = None


class Condition(Row, frozen=True):
    """A condition as data. Exactly one of its forms is set (`is` goes with `fact` or `client`); `check` holds this.

    `{"all": [...]}` · `{"any": [...]}` · `{"not": X}` · `{"fact": id, "is": v}` (a question of the touchpoint) ·
    `{"client": id, "is": v}` · `{"place": [ids]}` · `{"date": span}` · `{"agreement": id}` · `{"practice": id}`
    """

    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    not_: Condition | None = msgspec.field(default=None, name="not")
    fact: str | None = None
    client: str | None = None
    is_: str | None = msgspec.field(default=None, name="is")
    place: tuple[str, ...] | None = None
    date: DateSpan | None = None
    agreement: str | None = None
    practice: str | None = None


class Cite(Row, frozen=True):
    """Where a row's claim was read (`read`) or is known from without having been seen again (`recalled`)."""

    source: str
    at: str
    basis: Literal["read", "recalled"]


class Source(Row, frozen=True):
    """A document. `third_party_copy`: it was read in somebody else's copy, whose address is not kept."""

    id: str
    title: str
    publisher: str
    published: str
    kind: Literal["statute", "regulation", "government", "foia", "court", "ngo", "academic", "news", "vendor"]
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


class Flow(Row, frozen=True):
    """Data moving, or being looked up, from one system to another. Fields are explained in docs/catalog.md.

    `either_with`: another flow between the same two systems whose condition on one client fact is the opposite of ours;
    the two are one step of a route and are judged together. `arrives`: `found` where it takes somebody at ICE to look.
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
    when: Condition | None = None
    judge: str | None = None
    since: str | None = None
    until: str | None = None
    outcome: str | None = None
    note: str | None = None


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


class Remedy(Row, frozen=True):
    """What counsel or the client can do about a system or a flow, and the risk in doing it."""

    id: str
    kind: Literal["records_request", "correction", "removal", "opt_out", "freeze", "complaint", "advice", "litigation"]
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
    who: str | None = None
    in_custody: bool = False
    note: str | None = None


class Mechanism(Row, frozen=True):
    """The name a lawyer has for a family of flows."""

    id: str
    en: str
    es: str


class Choice(Row, frozen=True):
    """One answer that can be chosen: the value conditions read, and what people see."""

    value: str
    en: str
    es: str


class Question(Row, frozen=True):
    """A question fit to be asked aloud. No choices means yes / no. "Don't know" is always offered and never listed.

    `sensitive`: 0 ordinary, 1 later in the screen, 2 ask permission first. `admission`: the answer could harm the
    client. `onset`: a yes has a date from which it is true.
    `reaches_back_days`: dated so much later than a contact, it still speaks of it (a hold is lodged during a stay).
    `list`: what the attorney checks, printed with it.
    """

    id: str
    en: str
    es: str
    why_en: str
    why_es: str
    who: Who = "client"
    sensitive: Literal[0, 1, 2] = 0
    admission: bool = False
    choices: tuple[Choice, ...] = ()
    onset: bool = False
    reaches_back_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 0
    per_touchpoint: bool = False
    only_yes: bool = False
    list_: tuple[str, ...] = msgspec.field(default=(), name="list")
    note: str | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The values an answer may have, besides not knowing."""
        return tuple(choice.value for choice in self.choices) or ("yes", "no")


class DataWhen(Row, frozen=True):
    """Items that are in a record only if a condition on the touchpoint's answers holds."""

    data: tuple[str, ...]
    when: Condition


class Record(Row, frozen=True):
    """The first holder's record: what a touchpoint leaves, in which system, and on what condition."""

    system: str
    data: tuple[str, ...] = ()
    data_when: tuple[DataWhen, ...] = ()
    when: Condition | None = None
    judge: str | None = None


class Tells(Row, frozen=True):
    """A client fact that a touchpoint answers by itself, from its date on."""

    client: str
    is_: str = msgspec.field(name="is")
    when: Condition | None = None


class TouchpointKind(Row, frozen=True):
    """A kind of contact a client can have, in plain words. `when_form`: how its date is asked for (docs/catalog.md)."""

    id: str
    en: str
    es: str
    sector: str
    creates: tuple[Record, ...]
    questions: tuple[Question, ...] = ()
    tells: tuple[Tells, ...] = ()
    when_form: str = "past"
    sensitive: Literal[0, 1, 2] = 0
    custody: bool = False
    cites: tuple[Cite, ...] = ()
    note: str | None = None


class NamedPlace(Row, frozen=True):
    """A county or city that a row names. `counties`: the counties a city lies in; `fills`: it covers them whole."""

    id: str
    name: str
    kind: Literal["state", "county", "city"]
    counties: tuple[str, ...] = ()
    fills: bool = False
    aliases: tuple[str, ...] = ()


class AgencyKind(Row, frozen=True):
    """A kind of agency, for the shared agency question."""

    id: str
    en: str
    es: str


class WhenForm(Row, frozen=True):
    """How the date of a touchpoint is asked for."""

    id: str
    en: str
    es: str
    coming: bool = False


class Practice(Row, frozen=True):
    """A local practice, or an agreement, that the clinic can know of. `en` completes: "We know that …"."""

    id: str
    en: str
    es: str


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


class Catalog(msgspec.Struct, frozen=True, kw_only=True):
    """All rows by id, in the order of their ids (client questions: of asking); nothing here changes after loading."""

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
