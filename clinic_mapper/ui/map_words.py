"""What people read on the map, from the words that the memo uses: list, picture, details and memo never differ."""

from __future__ import annotations

from collections.abc import Iterable

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Agency, Matter, Touchpoint, Where
from clinic_mapper.catalog.asking import agency_question
from clinic_mapper.catalog.evidence import Cited, verify_first
from clinic_mapper.catalog.model import Catalog, KnownPractice, Question
from clinic_mapper.memo import law_text
from clinic_mapper.memo.date_question import date_question
from clinic_mapper.memo.law_text import bars_of, broken_of, with_condition
from clinic_mapper.memo.phrases import law_as_of, place_asked, record_to_judge, verify_said
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.words import load_words
from clinic_mapper.routing.model import ExposureMap, LawOnHop, Line, Route, Unknown
from clinic_mapper.routing.turning import asked_day
from clinic_mapper.routing.who_answers import nobody_here

WHAT_OPEN_MEANS = "Open means the record can reach or be read by ICE. It does not say that ICE has looked or will act."
NOTHING_FOUND = "No route in the catalog for what was asked."
WAS_CUT = (
    "There were more routes than the map can follow. Some were left out: this list is not complete for this matter."
)
END = {"ice-ero": "ICE deportation officers (ERO)", "ice-hsi": "ICE investigators (HSI)"}
_LAST_IN_LETTERS = 12


def known(row: KnownPractice) -> str:
    """What is known of one agency, from a list or a note, and who says so."""
    where = ", ".join(part for part in (row.agency, row.county or row.city, row.state) if part)
    so = "yes" if row.is_ == "yes" else "no"
    return plain(f"{where}: {so}, since {row.since or row.as_of} ({row.says})")


def say(key: str, **values: object) -> str:
    """The words under a key, such as `standing.open`."""
    return load_words("en")(key, **values)


def plain(text: str) -> str:
    """Text without control or direction characters, which could hide or turn round what a person reads."""
    return printable(text)


def counted(number: int, one: str, many: str) -> str:
    """A count as a person says it: "no lines", "one line", "three lines", "40 lines"."""
    said = "no" if number == 0 else say(f"number.{number}") if number <= _LAST_IN_LETTERS else str(number)
    return f"{said} {one if number == 1 else many}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    said = [word for word in words if word]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} {last} {said[-1]}"


def items(data: Iterable[str]) -> str:
    """The data items that move, in words."""
    return listed(say(f"data.{item}") for item in data)


def sure(confidence: str) -> str:
    """How sure a row is, in its word and plainly."""
    return f"{say(f'confidence.{confidence}')}: {say(f'confidence_plain.{confidence}').rstrip('.').lower()}"


def verify(row: Cited, catalog: Catalog, today: str) -> str:
    """What to verify before a row is relied on, as a sentence that follows another; nothing for most."""
    said = verify_said(load_words("en"), verify_first(row, catalog, today))
    return f" {said}" if said else ""


def place(where: Where) -> str:
    """A place from the smallest known part to the state, or nothing."""
    county = where.county
    if county and not county.lower().endswith(("county", "parish", "borough", "area")):
        county = f"{county} County"
    return plain(", ".join(part for part in (where.city, county, where.state) if part))


def names_others(exposure: ExposureMap) -> str:
    """How many records name other people, or may; nothing where none does."""
    records = len(exposure.names_others)
    return load_words("en").counted("count.names_others", records) if records else ""


def touchpoint_label(touchpoint: Touchpoint, catalog: Catalog) -> str:
    """The touchpoint's plain label and date: "Arrest with fingerprints, May 2012"."""
    kind = catalog.touchpoints.get(touchpoint.kind)
    return f"{plain(kind.en if kind else touchpoint.kind)}, {in_words(touchpoint.when)}"


def touchpoint_whereabouts(touchpoint: Touchpoint, catalog: Catalog) -> str:
    """Agency and place as far as they are known: "Fresno County Sheriff, Fresno County, CA"."""
    return listed_plainly(agency(touchpoint.agency, catalog), place(touchpoint.where))


def agency(given: Agency, catalog: Catalog) -> str:
    """The agency's name, or else its kind."""
    kind = catalog.agency_kinds.get(given.kind)
    return plain(given.name or (kind.en if kind else given.kind))


def listed_plainly(*parts: str) -> str:
    """Parts that are known, with commas."""
    return ", ".join(part for part in parts if part)


def label_of(touchpoint: str, matter: Matter, catalog: Catalog) -> str:
    """Number and label of a touchpoint by its id, as in the picture; one that is gone is named by its id."""
    for number, given in enumerate(matter.touchpoints, 1):
        if given.id == touchpoint:
            return f"{number}. {touchpoint_label(given, catalog)}"
    return plain(touchpoint)


def mechanism(id_: str, catalog: Catalog) -> str:
    """A mechanism's name."""
    row = catalog.mechanisms.get(id_)
    return plain(row.en if row else id_)


def system(id_: str, catalog: Catalog) -> str:
    """A system's name."""
    row = catalog.systems.get(id_)
    return plain(row.name if row else id_)


def question_for(unknown: Unknown, matter: Matter, catalog: Catalog, route: Route | None = None) -> str:
    """What would settle an unknown of a route: the question as it is asked, with the touchpoint it belongs to."""
    contact = next((each for each in matter.touchpoints if each.id == unknown.touchpoint), None)
    asked = _asked(unknown, matter, catalog)
    if contact and unknown.kind == "date" and (day := asked_day(contact, (route,) if route else ())):
        asked = date_question(load_words("en"), day).asked
    if not unknown.touchpoint:
        return asked
    return f"{asked} ({label_of(unknown.touchpoint, matter, catalog)})"


def _asked(unknown: Unknown, matter: Matter, catalog: Catalog) -> str:
    if unknown.kind == "fact":
        question = _question(unknown, matter, catalog)
        return plain(question.en if question else unknown.id)
    if unknown.kind == "date":
        question = catalog.client_questions.get(unknown.id)
        return say("unknown.date_of", question=plain(question.en)) if question else say("unknown.date")
    if unknown.kind == "place":
        own = next((each for each in matter.touchpoints if each.id == unknown.touchpoint), None)
        return say(place_asked(own.where if own else Where()))
    if unknown.kind == "practice":
        return _practice(unknown.id, catalog)
    return f"For the attorney to judge: {_to_judge(unknown, matter, catalog)}"


def _question(unknown: Unknown, matter: Matter, catalog: Catalog) -> Question | None:
    kinds = {touchpoint.id: touchpoint.kind for touchpoint in matter.touchpoints}
    kind = catalog.touchpoints.get(kinds.get(unknown.touchpoint, ""))
    for question in kind.questions if kind else ():
        if question.id == unknown.id:
            return question
    shared = agency_question(kind) or unknown.id if unknown.id == "agency" else unknown.id
    return catalog.client_questions.get(unknown.id) or catalog.shared_questions.get(shared)


def _practice(id_: str, catalog: Catalog) -> str:
    if practice := catalog.practices.get(id_):
        return say("unknown.practice", practice=plain(practice.en))
    if flow := catalog.flows.get(id_):
        if flow.asked_en:
            return say("unknown.practice", practice=plain(flow.asked_en))
        return say("unknown.flow", start=system(flow.from_, catalog), end=system(flow.to, catalog))
    return plain(id_)


def _to_judge(unknown: Unknown, matter: Matter, catalog: Catalog) -> str:
    if flow := catalog.flows.get(unknown.id):
        return plain(flow.judge) if flow.judge else _practice(unknown.id, catalog)
    if law := catalog.restrictions.get(unknown.id):
        return f"{say('unknown.law', law=plain(law.name))}. {plain(law.says)}"
    judged = record_to_judge(matter, catalog, unknown)
    return plain(judged) if judged else say("unknown.record", system=system(unknown.id, catalog))


def closed_reason(closed_by: Iterable[str], law: Iterable[LawOnHop], catalog: Catalog) -> str:
    """Why a route is closed. By law alone it is "barred on paper": laws are broken."""
    reasons = tuple(closed_by)
    by_nature = [reason for reason in ("fact", "time") if reason in reasons]
    said = f"closed by {listed(by_nature)}" if by_nature else ""
    if "law" not in reasons:
        return said or say("standing.closed")
    barred = say("closed_by.barred", laws=_bars(law, catalog))
    return f"{said}; also {barred}" if said else barred


def _bars(law: Iterable[LawOnHop], catalog: Catalog) -> str:
    return listed(_bar(each, catalog) for each in bars_of(law).values()) or "a law of that place"


def broken_reason(law: Iterable[LawOnHop], catalog: Catalog) -> str:
    """The laws that bar a step of which an answer shows that it happened; empty where there is none."""
    said = (
        say("closed_by.broken", laws=_dated(each, catalog)) + (f", {unless(each)}" if each.unless else "")
        for each in broken_of(law).values()
    )
    return "; ".join(said)


def law_does(law: LawOnHop, catalog: Catalog) -> str:
    """What a law does to a step, with what that turns on where it may not speak there."""
    return plain(law_text.law_does(load_words("en"), catalog, law))


def _dated(law: LawOnHop, catalog: Catalog) -> str:
    row, words = catalog.restrictions.get(law.id), load_words("en")
    return plain(with_condition(law_as_of(words, catalog, row) if row else law.id, words, catalog, law))


def _bar(law: LawOnHop, catalog: Catalog) -> str:
    said = _dated(law, catalog)
    return f"{said}, {unless(law)}" if law.unless else said


def unless(law: LawOnHop) -> str:
    """The exceptions of a law that are printed: "unless ICE gets a judicial warrant"."""
    return say("closed_by.unless", exception=listed(map(plain, law.unless), "or"))


def supposing(of: Line | Route) -> str | None:
    """What a tense is said under: "" for an open line, "if so" for an undetermined one, `None`: it may not be said.

    "Sent" beside a line that is not open would claim what nobody knows, or what did not happen.
    """
    if of.standing == "open" or (of.standing == "closed" and of.tense == "was_within_reach"):
        return ""
    if of.standing == "undetermined":
        return "if so, "
    return "if done anyway, " if of.closed_by == ("law",) else None


def when_and_how(of: Line | Route) -> tuple[str, str]:
    """Tense and arrival of a line or route, no stronger than its standing allows; both empty where there is none."""
    condition = supposing(of)
    if condition is None:
        return "", ""
    return f"{condition}{say(f'tense.{of.tense}')}", say(f"arrives.{of.arrives}")


def plainly(of: Line | Route) -> str:
    """Tense and arrival as a sentence; empty where there is none."""
    condition = supposing(of)
    if condition is None:
        return ""
    said = f"{say(f'tense_plain.{of.tense}')} Arrives: {say(f'arrives.{of.arrives}')}."
    if not condition:
        return said
    return f"{condition.capitalize().strip(', ')}: {said[:1].lower()}{said[1:]}"


def reason_of(line: Line | Route, route: Route, matter: Matter, catalog: Catalog) -> str:
    """The one sentence beside a line or route: why it is closed, what would settle it, or that a law was not kept."""
    if line.standing == "closed":
        return closed_reason(line.closed_by, route.law, catalog)
    if line.standing == "undetermined":
        asked = list(dict.fromkeys(question_for(unknown, matter, catalog, route) for unknown in line.unknown))
        return settle_sentence(
            asked, "nobody here can answer" if nobody_here(matter, catalog, line) else "to settle it"
        )
    return broken_reason(route.law, catalog)


def settle_sentence(asked: list[str], lead: str = "to settle it") -> str:
    """What would settle an undetermined route, said once, with the first two questions."""
    if not asked:
        return "nothing that can be asked here would settle it"
    more = len(asked) - 2
    rest = f" · and {counted(more, 'more question', 'more questions')}" if more > 0 else ""
    return f"{lead}: {' · '.join(asked[:2])}{rest}"


def not_asked(matter: Matter, catalog: Catalog) -> list[str]:
    """Questions of this matter that have no answer yet, in the order in which they are asked."""
    missing = [plain(question.en) for id_, question in catalog.client_questions.items() if id_ not in matter.client]
    for touchpoint in matter.touchpoints:
        kind = catalog.touchpoints.get(touchpoint.kind)
        label = label_of(touchpoint.id, matter, catalog)
        questions = kind.questions if kind else ()
        missing += [f"{plain(each.en)} ({label})" for each in questions if each.id not in touchpoint.facts]
    return missing
