"""The words people read on the map: one place, so that the list, the picture and the details never differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Agency, Matter, Touchpoint, Where
from clinic_mapper.catalog.model import Catalog, Question
from clinic_mapper.routing.model import LawOnHop, Line, Route, Unknown

WHAT_OPEN_MEANS = "Open means the record can reach or be read by ICE. It does not say that ICE has looked or will act."
NOTHING_FOUND = "No route in the catalog for what was asked."
WAS_CUT = (
    "There were more routes than the map can follow. Some were left out: this list is not complete for this matter."
)

STANDING = {"open": "open", "undetermined": "undetermined", "closed": "closed"}
TENSE = {
    "sent": "sent",
    "within_reach": "within reach",
    "was_within_reach": "was within reach",
    "next_time": "next time",
}
TENSE_PLAINLY = {
    "sent": "It has happened.",
    "within_reach": "It can be looked up today.",
    "was_within_reach": "It could be looked up before, not now. What was copied stays copied.",
    "next_time": "It would happen at a coming event.",
}
ARRIVES = {"sent": "sent without asking", "found": "found if ICE looks"}
MODE = {
    "automatic": "automatic: a computer sends it",
    "routine": "routine: the office does it as a habit or duty",
    "on_request": "on request: someone asks and someone answers",
    "informal": "informal: a call, a message or a favor",
    "purchase": "bought from a company",
}
CONFIDENCE = {
    "documented": "documented: an official paper says so",
    "reported": "reported: the press or a group says so",
    "inferred": "inferred: we think so; nobody has shown it",
}
END = {"ice-ero": "ICE deportation officers (ERO)", "ice-hsi": "ICE investigators (HSI)"}
LAW_EFFECT = {
    "close": "bars this step on paper",
    "undetermined": "may bar this step; not settled",
    "practice_yes": "requires this step",
    "show": "speaks to this step and does not close it",
    "lifted": "would bar this step, but an exception about the client applies",
    "yields": "would bar this step, but another law goes before it",
}
LAW_STATUS = {
    "in_force": "in force",
    "enjoined": "stopped by a court",
    "contested": "contested",
    "pending": "not yet in force",
    "ended": "ended",
}
ITEM = {
    "face_image": "photo of the face",
    "dna": "DNA",
    "plate_reads": "plate reader sightings",
    "location": "location",
    "criminal_history": "criminal history",
    "arrest_event": "the arrest",
    "custody_status": "custody and release dates",
    "gang_label": "gang label",
    "immigration_history": "immigration history",
    "document_numbers": "document numbers",
    "utility_account": "utility account",
    "credit_header": "address from credit files",
    "tax": "tax records",
    "health_benefits": "health coverage records",
    "public_benefits": "benefits records",
    "family_associates": "family and associates",
    "social_media": "social media",
    "travel_history": "travel history",
    "court_case": "court case",
    "query_log": "a log of who was looked up",
}
_SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_HIDING = {"Cc", "Cf", "Co", "Cs"}


def plain(text: str) -> str:
    """Text without control or direction characters, which could hide or turn round what a person reads."""
    return "".join(" " if unicodedata.category(sign) in _HIDING else sign for sign in text).strip()


def counted(number: int, one: str, many: str) -> str:
    """A count as a person says it: "no lines", "one line", "three lines", "40 lines"."""
    said = _SMALL_NUMBERS[number] if number < len(_SMALL_NUMBERS) else str(number)
    return f"{said} {one if number == 1 else many}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    said = [word for word in words if word]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} {last} {said[-1]}"


def items(data: Iterable[str]) -> str:
    """The data items that move, in words."""
    return listed(ITEM.get(item, item.replace("_", " ")) for item in data)


def place(where: Where) -> str:
    """A place from the smallest known part to the state, or nothing."""
    county = where.county
    if county and not county.lower().endswith(("county", "parish", "borough", "area")):
        county = f"{county} County"
    return plain(", ".join(part for part in (where.city, county, where.state) if part))


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


def question_for(unknown: Unknown, matter: Matter, catalog: Catalog) -> str:
    """What would settle an unknown: the question as it is asked, with the touchpoint it belongs to."""
    asked = _asked(unknown, matter, catalog)
    if not unknown.touchpoint:
        return asked
    return f"{asked} ({label_of(unknown.touchpoint, matter, catalog)})"


def _asked(unknown: Unknown, matter: Matter, catalog: Catalog) -> str:
    if unknown.kind == "fact":
        question = _question(unknown, matter, catalog)
        return plain(question.en if question else unknown.id)
    if unknown.kind == "date":
        question = catalog.client_questions.get(unknown.id)
        return f"Since when: {plain(question.en)}" if question else "About when was it?"
    if unknown.kind == "place":
        return "In what city or county, and in what state?"
    if unknown.kind == "practice":
        return f"What this agency does: {_practice(unknown.id, catalog)}"
    return f"For the attorney to judge: {_to_judge(unknown.id, catalog)}"


def _question(unknown: Unknown, matter: Matter, catalog: Catalog) -> Question | None:
    kinds = {touchpoint.id: touchpoint.kind for touchpoint in matter.touchpoints}
    kind = catalog.touchpoints.get(kinds.get(unknown.touchpoint, ""))
    for question in kind.questions if kind else ():
        if question.id == unknown.id:
            return question
    return catalog.client_questions.get(unknown.id) or catalog.shared_questions.get(unknown.id)


def _practice(id_: str, catalog: Catalog) -> str:
    if practice := catalog.practices.get(id_):
        return f"is it so that {plain(practice.en)}?"
    if flow := catalog.flows.get(id_):
        if flow.practice_note:
            return plain(flow.practice_note)
        return f"does {system(flow.from_, catalog)} give records to {system(flow.to, catalog)}?"
    return plain(id_)


def _to_judge(id_: str, catalog: Catalog) -> str:
    if flow := catalog.flows.get(id_):
        return plain(flow.judge or flow.trigger)
    if law := catalog.restrictions.get(id_):
        return f"does {plain(law.name)} apply? {plain(law.says)}"
    return plain(id_)


def closed_reason(closed_by: Iterable[str], law: Iterable[LawOnHop], catalog: Catalog) -> str:
    """Why a route is closed. By law alone it is "barred on paper": laws are broken."""
    reasons = tuple(closed_by)
    by_nature = [reason for reason in ("fact", "time") if reason in reasons]
    said = f"closed by {listed(by_nature)}" if by_nature else ""
    if "law" not in reasons:
        return said or "closed"
    barred = f"barred on paper by {_bars(law, catalog)}"
    return f"{said}; also {barred}" if said else barred


def _bars(law: Iterable[LawOnHop], catalog: Catalog) -> str:
    bars = {each.id: _bar(each, catalog) for each in law if each.effect == "close"}
    return listed(bars.values()) or "a law of that place"


def _bar(law: LawOnHop, catalog: Catalog) -> str:
    row = catalog.restrictions.get(law.id)
    said = f"{plain(row.name)} (as of {row.status_as_of})" if row else plain(law.id)
    return f"{said}, unless: {listed(map(plain, law.unless), 'or')}" if law.unless else said


def reason_of(line: Line | Route, route: Route, matter: Matter, catalog: Catalog) -> str:
    """The one sentence beside a line or route: why it is closed, or what would settle it. Empty when it is open."""
    if line.standing == "closed":
        return closed_reason(line.closed_by, route.law, catalog)
    if line.standing == "undetermined":
        asked = list(dict.fromkeys(question_for(unknown, matter, catalog) for unknown in line.unknown))
        return settle_sentence(asked)
    return ""


def settle_sentence(asked: list[str]) -> str:
    """What would settle an undetermined route, said once, with the first two questions."""
    if not asked:
        return "nothing that can be asked here would settle it"
    more = len(asked) - 2
    rest = f" · and {counted(more, 'more question', 'more questions')}" if more > 0 else ""
    return f"to settle it: {' · '.join(asked[:2])}{rest}"


def not_asked(matter: Matter, catalog: Catalog) -> list[str]:
    """Questions of this matter that have no answer yet, in the order in which they are asked."""
    missing = [plain(question.en) for id_, question in catalog.client_questions.items() if id_ not in matter.client]
    for touchpoint in matter.touchpoints:
        kind = catalog.touchpoints.get(touchpoint.kind)
        label = label_of(touchpoint.id, matter, catalog)
        questions = kind.questions if kind else ()
        missing += [f"{plain(each.en)} ({label})" for each in questions if each.id not in touchpoint.facts]
    return missing
