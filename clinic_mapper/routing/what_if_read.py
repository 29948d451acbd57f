"""A change as people type it for “what if”, read against the matter and the catalog: `t1.printed=no`.

`client.FACT=VALUE` · `CONTACT.QUESTION=VALUE` · `CONTACT.when=DATE` · `practice.CONTACT.PRACTICE=yes|no` ·
`practice.CONTACT.PRACTICE=ended@DAY` · `without=ROW` · `ended=ROW@DAY`. A fact that begins on some day takes
`VALUE@DATE`; an empty value stands for “not asked”.
"""

from __future__ import annotations

from datetime import date

from clinic_mapper.casefile.dates import parse, understand
from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Matter, Touchpoint
from clinic_mapper.catalog.model import Catalog, Question
from clinic_mapper.problem import Problem
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.what_if import (
    NOT_ASKED,
    At,
    Change,
    Ended,
    Otherwise,
    Practice,
    PracticeEnded,
    Without,
)


def change_of(text: str, matter: Matter, catalog: Catalog) -> Change:
    """The change that a text names.

    Raises:
        Problem: `what-if-unreadable`, `what-if-unknown` (nothing of that name) or `date-unreadable`.
    """
    name, equals, value = (part.strip() for part in text.partition("="))
    if not name or not equals:
        raise _unreadable(text)
    if name in ("without", "ended"):
        return _row(name, value, catalog, text)
    subject, _, rest = name.partition(".")
    if subject == "client":
        return _answer(catalog.client_questions.get(rest), rest, value, "")
    if subject == "practice":
        touchpoint, practice = _contact(rest, matter, text)
        return _practice(touchpoint, practice, value, catalog)
    touchpoint, question = _contact(name, matter, text)
    if question == "when":
        return At(touchpoint=touchpoint.id, when=_when(value))
    return _answer(_asked(touchpoint, question, catalog), question, value, touchpoint.id)


def _when(text: str) -> str:
    """A date as it is stored, or as people say it."""
    return parse(understand(text) or text).text


def _contact(name: str, matter: Matter, text: str) -> tuple[Touchpoint, str]:
    """The touchpoint whose id begins a name, and what comes after it; ids may hold dots themselves."""
    fitting = [each for each in matter.touchpoints if name.startswith(f"{each.id}.")]
    if not fitting:
        known = ", ".join(each.id for each in matter.touchpoints) or "none"
        raise _unknown(f"“{text}” names no contact of this matter. Its contacts are: {known}.")
    touchpoint = max(fitting, key=lambda each: len(each.id))
    return touchpoint, name.removeprefix(f"{touchpoint.id}.")


def _asked(touchpoint: Touchpoint, name: str, catalog: Catalog) -> Question | None:
    kind = catalog.touchpoints.get(touchpoint.kind)
    own = {question.id: question for question in (kind.questions if kind else ())}
    shared = catalog.client_questions.get(name)
    return own.get(name) or (shared if shared and shared.per_touchpoint else None)


def _answer(question: Question | None, name: str, value: str, touchpoint: str) -> Otherwise:
    whose = f"contact {touchpoint}" if touchpoint else "the client"
    if question is None or name == AGENCY:
        raise _unknown(f"“{name}” is no question that is asked about {whose}.")
    said, _, since = value.partition("@")
    allowed = (*question.values, UNKNOWN, DECLINED)
    if said != NOT_ASKED and said not in allowed:
        raise _unknown(f"“{said}” is no answer to “{name}”. Its answers are: {', '.join(allowed)}.")
    if since and not question.onset:
        raise _unknown(f"“{name}” is no fact that begins on some day.")
    return Otherwise(question=name, value=said, touchpoint=touchpoint, since=_when(since))


def _practice(touchpoint: Touchpoint, name: str, value: str, catalog: Catalog) -> Practice | PracticeEnded:
    flow = catalog.flows.get(name)
    if name not in catalog.practices and not (flow and flow.practice == "not_known_by_place"):
        raise _unknown(f"“{name}” is no practice in this catalog.")
    said, _, day = value.partition("@")
    if said == "ended":
        if not touchpoint.where.state or not (touchpoint.agency.kind or touchpoint.agency.name):
            raise _unknown(f"Whose practice ended cannot be said: contact {touchpoint.id} has no state or no agency.")
        return PracticeEnded(practice=name, touchpoint=touchpoint.id, day=_day(day, value))
    if said not in ("yes", "no", UNKNOWN, NOT_ASKED) or day:
        raise _unknown(f"“{value}” is not what a practice can be: yes, no or ended@YYYY-MM-DD.")
    return Practice(practice=name, value=said, touchpoint=touchpoint.id)


def _row(name: str, value: str, catalog: Catalog, text: str) -> Ended | Without:
    row, _, day = value.partition("@")
    if not any(row in rows for rows in (catalog.restrictions, catalog.flows, catalog.known_practices)):
        raise _unknown(f"“{row}” is no law, flow or known practice in this catalog.")
    return Without(row=row) if name == "without" else Ended(row=row, day=_day(day, text))


def _day(text: str, whole: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _unknown(f"“{whole}” needs a day such as 2026-01-31 after “@”.") from error


def _unknown(what: str) -> Problem:
    return Problem("what-if-unknown", what)


def _unreadable(text: str) -> Problem:
    return Problem(
        "what-if-unreadable",
        f"“{text}” is no change this program can read.",
        do="Write it such as t1.printed=no, client.dhs-prints=yes@2015, practice.t1.287g-jail=no or without=ROW.",
    )
