"""Rows about asking: kinds of touchpoint, the record each leaves, its questions; and questions about the client."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from clinic_mapper.catalog.row import Cite, Condition, Row
from clinic_mapper.catalog.vocabulary import Who


class Choice(Row, frozen=True):
    """One answer that can be chosen: the value conditions read, and what people see.

    `relative`: with this answer the record is a relative's; the map covers the client's part only, and says so.
    `agency`: `ask` which it was; `officers`: ask whose officers they were; `none` where there is none to ask for; else
    the kind of agency that it always is.
    """

    value: str
    en: str
    es: str
    relative: bool = False


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
    judge_es: str | None = None


class Tells(Row, frozen=True):
    """A client fact that a touchpoint answers by itself, from its date on."""

    client: str
    is_: str = msgspec.field(name="is")
    when: Condition | None = None


ASK_AGENCY, ASK_OFFICERS, NO_AGENCY = "ask", "officers", "none"


class AskedAs(Row, frozen=True):
    """The name by which a request asks for what a contact left, where its label says more than an agency needs."""

    en: str
    es: str


class TouchpointKind(Row, frozen=True):
    """A kind of contact a client can have, in plain words. `when_form`: how its date is asked for (docs/catalog.md).

    `about`: whose record the contact makes; of a relative's the map covers the client's part only, and says so.
    """

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
    about: Literal["client", "relative"] = "client"
    agency: str = ASK_AGENCY
    asked_as: AskedAs | None = None
    cites: tuple[Cite, ...] = ()
    note: str | None = None


def agency_question(kind: TouchpointKind | None) -> str | None:
    """The id of the shared question by which this kind's agency is asked for; None where it is not."""
    if kind is None or kind.agency == ASK_AGENCY:
        return "agency"
    return "agency-officers" if kind.agency == ASK_OFFICERS else None


class AgencyKind(Row, frozen=True):
    """A kind of agency, for the shared agency question."""

    id: str
    en: str
    es: str


class WhenForm(Row, frozen=True):
    """How the date of a touchpoint is asked for.

    `coming`: it can lie ahead. `one_day`: it was on one day, so that a date told in part can be asked for as before or
    after a day; what goes on for longer cannot.
    """

    id: str
    en: str
    es: str
    coming: bool = False
    one_day: bool = False
