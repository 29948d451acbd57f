"""Which questions a page shows, and in which order. Reads the map; holds no widget and no rule of law."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.model import Catalog, Flow, KnownPractice, Question, System
from clinic_mapper.memo.date_question import date_question
from clinic_mapper.memo.words import Words, load_words
from clinic_mapper.routing.model import AskNext, ExposureMap, Unknown
from clinic_mapper.routing.relied_on import hints_for
from clinic_mapper.routing.turning import asked_day, dated_routes
from clinic_mapper.ui.matter_words import Language, capital, say

CUSTODY = "in-custody"
LANGUAGES: tuple[Language, Language] = ("en", "es")
_HINTS = 3
DHS_HOLDS = ("dhs-prints", "a-number", "prior-removal-order")


class Plan(NamedTuple):
    """The questions of a page: asked of everybody, asked with permission, answered by the attorney, by the clinic."""

    ordinary: tuple[Question, ...] = ()
    private: tuple[Question, ...] = ()
    attorney: tuple[Question, ...] = ()
    practices: tuple[Question, ...] = ()


def client_plan(matter: Matter, catalog: Catalog, exposure: ExposureMap | None) -> Plan:
    """The questions about the client besides the first four: those that would settle a line, and those answered."""
    wanted = [ask.fact for ask in _asks(exposure, "") if ask.kind == "fact"]
    wanted += [unknown.id for unknown in _unknowns(exposure, "") if unknown.kind in ("fact", "date")]
    wanted += list(matter.client)
    first = {CUSTODY, *DHS_HOLDS}
    return _sorted(catalog.client_questions[name] for name in _known(wanted, catalog.client_questions, first))


def touchpoint_plan(touchpoint: Touchpoint, catalog: Catalog, exposure: ExposureMap | None) -> Plan:
    """The questions of a touchpoint: its own, those about the client that are asked at each, and the practices."""
    kind = catalog.touchpoints.get(touchpoint.kind)
    own = kind.questions if kind else ()
    unknowns = _unknowns(exposure, touchpoint.id)
    wanted = [unknown.id for unknown in unknowns if unknown.kind == "fact"] + list(touchpoint.facts)
    each = _known(wanted, catalog.client_questions, {question.id for question in own})
    plan = _sorted((*own, *(catalog.client_questions[name] for name in each)))
    practices = [unknown.id for unknown in unknowns if unknown.kind == "practice"]
    practices += [ask.fact for ask in _asks(exposure, touchpoint.id) if ask.kind == "practice"]
    practices += list(touchpoint.practices)
    asked = tuple(_hinted(practice_question(name, catalog), touchpoint, catalog) for name in dict.fromkeys(practices))
    return plan._replace(practices=asked)


def practice_question(name: str, catalog: Catalog) -> Question:
    """What the clinic may know about an agency, as a question: the practice's words, else what is asked of the step.

    What the sources say of such a flow is told as the reason.
    """
    practice = catalog.practices.get(name)
    if practice:
        return Question(id=name, en=capital(practice.en), es=capital(practice.es), why_en="", why_es="", who="clinic")
    flow = catalog.flows.get(name)
    if flow is None:
        return Question(id=name, en=name, es=name, why_en="", why_es="", who="clinic")
    why = flow.practice_note or flow.trigger
    en, es = (_goes(flow, catalog, load_words(language)) for language in ("en", "es"))
    if flow.asked_en and flow.asked_es:
        en, es = capital(flow.asked_en), capital(flow.asked_es)
    return Question(id=name, en=en, es=es, why_en=why, why_es=why, who="clinic")


def _hinted(question: Question, touchpoint: Touchpoint, catalog: Catalog) -> Question:
    """The question with what lists and notes say that may be about this contact's agency: counsel or clinic decides."""
    rows = hints_for(catalog, question.id, touchpoint)
    if not rows:
        return question
    en, es = (_hint(rows, language) for language in LANGUAGES)
    return replace(question, why_en=f"{question.why_en} {en}".strip(), why_es=f"{question.why_es} {es}".strip())


def _hint(rows: tuple[KnownPractice, ...], language: Language) -> str:
    named = "; ".join(_hint_row(row) for row in rows[:_HINTS])
    more = say("hint-more", language, number=str(len(rows) - _HINTS)) if len(rows) > _HINTS else ""
    return say("hint", language, named=named, more=more)


def _hint_row(row: KnownPractice) -> str:
    where = f"{row.agency} ({row.county})" if row.agency and row.county else row.agency or row.county or row.state
    return f"{where}, {row.since or row.as_of} – {row.says}"


def _goes(flow: Flow, catalog: Catalog, words: Words) -> str:
    start, end = (_short(catalog.systems[name], words) for name in (flow.from_, flow.to))
    return words("unknown.flow_here", start=start, end=end)


def _short(system: System, words: Words) -> str:
    key = f"short.{system.id}"
    return words(key) if key in words else system.name


def kind_label(kind: str, catalog: Catalog, language: Language) -> str:
    """The plain label of a kind of touchpoint; its id where this catalog does not know it."""
    row = catalog.touchpoints.get(kind)
    if row is None:
        return kind
    return row.es if language == "es" else row.en


def when_question(kind: str, catalog: Catalog, language: Language) -> str:
    """How the date of this kind of touchpoint is asked for."""
    row = catalog.touchpoints.get(kind)
    form = catalog.when_forms.get(row.when_form) if row else None
    form = form or catalog.when_forms.get("past")
    if form is None:
        return say("when", language)
    return form.es if language == "es" else form.en


def shared_question(name: str, catalog: Catalog, language: Language) -> str:
    """The words of a question that every touchpoint has (`where`, `agency`)."""
    question = catalog.shared_questions.get(name)
    if question is None:
        return say(name, language)
    return question.es if language == "es" else question.en


def shared_reason(name: str, catalog: Catalog, language: Language) -> str:
    """Why a question that every touchpoint has is asked."""
    question = catalog.shared_questions.get(name)
    if question is None:
        return ""
    return question.why_es if language == "es" else question.why_en


def words_for(ask: AskNext, matter: Matter, catalog: Catalog, exposure: ExposureMap, language: Language) -> str:
    """A question worth asking next, in words, with the touchpoint it belongs to."""
    touchpoint = next((each for each in matter.touchpoints if each.id == ask.touchpoint), None)
    question = _words_of(ask, touchpoint, catalog, language)
    if ask.kind == "date" and touchpoint and (day := asked_day(touchpoint, dated_routes(exposure, touchpoint))):
        question = date_question(load_words(language), day).asked
    if touchpoint is None:
        return question
    return say("at", language, question=question, touchpoint=kind_label(touchpoint.kind, catalog, language))


def _words_of(ask: AskNext, touchpoint: Touchpoint | None, catalog: Catalog, language: Language) -> str:
    kind = touchpoint.kind if touchpoint else ""
    if ask.kind == "place":
        return shared_question("where", catalog, language)
    if ask.kind == "date" and touchpoint is not None:
        return when_question(kind, catalog, language)
    if ask.kind == "practice":
        question: Question | None = practice_question(ask.fact, catalog)
    else:
        row = catalog.touchpoints.get(kind)
        own = {each.id: each for each in row.questions} if row else {}
        question = own.get(ask.fact) or catalog.client_questions.get(ask.fact)
    if question is None:
        return ask.fact
    return question.es if language == "es" else question.en


def _asks(exposure: ExposureMap | None, touchpoint: str) -> list[AskNext]:
    return [ask for ask in exposure.ask_next if ask.touchpoint == touchpoint] if exposure else []


def _unknowns(exposure: ExposureMap | None, touchpoint: str) -> list[Unknown]:
    if exposure is None:
        return []
    found = (
        unknown
        for line in exposure.lines
        if line.standing == "undetermined"
        for unknown in line.unknown
        if unknown.touchpoint == touchpoint
    )
    return list(dict.fromkeys(found))


def _known(names: Iterable[str], questions: dict[str, Question], without: set[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name in questions and name not in without]


def _sorted(questions: Iterable[Question]) -> Plan:
    """Sensitive ones later, those that need permission apart, the attorney's own apart."""
    rows = list(questions)
    attorney = tuple(row for row in rows if row.who == "attorney")
    private = tuple(row for row in rows if row.who != "attorney" and (row.sensitive == 2 or row.admission))
    ordinary = [row for row in rows if row.who != "attorney" and row.sensitive < 2 and not row.admission]
    return Plan(tuple(sorted(ordinary, key=lambda row: row.sensitive)), private, attorney)
