"""The words of a note's form, what it can offer, and from what row of the catalog it begins. No widget in here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from clinic_mapper.casefile.dates import in_words, parse
from clinic_mapper.catalog.model import Catalog, Condition, Flow
from clinic_mapper.catalog.notes import NOTES_TITLE, Note, rows_of
from clinic_mapper.catalog.references import ANY_AGREEMENT
from clinic_mapper.catalog.search import step_title, told_apart
from clinic_mapper.catalog.vocabulary import DATA_ITEMS, MODES
from clinic_mapper.memo.document import Run
from clinic_mapper.problem import Problem
from clinic_mapper.ui.layer_words import Day, note_lines
from clinic_mapper.ui.map_words import say
from clinic_mapper.ui.question_date_words import read_date

Rows = list[tuple[str, str]]
"""What is offered: a value and its words."""

PRACTICE, STEP, CORRECTED, LAW = "practice", "step", "corrected", "law"
KINDS: Rows = [
    (PRACTICE, "What an agency does, or does not do"),
    (STEP, "A step of our own: who gives what to whom"),
    (LAW, "A law, order or policy of ours"),
]
TIMINGS: Rows = [
    ("at_event", "when it happens"),
    ("in_custody", "while the person is in custody"),
    ("on_supervision", "while the person is on probation or parole"),
    ("standing", "on any day afterwards"),
]
DUTIES: Rows = [
    ("local", "cities and counties"),
    ("state", "state agencies"),
    ("federal", "federal agencies"),
    ("private", "companies"),
    ("school", "schools"),
    ("court", "courts"),
    ("dmv", "the DMV"),
]
NO_NAMES = "No client's name, and nothing by which one could be known: a note is used in every matter."
NAMES_SOMEBODY = "The note holds a name or number that stands on a matter's list of names and numbers."
NAMES_PRINT = (
    "A note is used in every matter and printed with it. The check of a memo knows the names of its own matter alone."
)
KEPT_AT_LOCK = "You can stop at any time: what is half typed stays here, and the lock keeps it in the vault."


class Start(NamedTuple):
    """How a form begins. `answers`: what is offered first as known; `flow`: the step that can be corrected."""

    what: str = PRACTICE
    answers: tuple[str, ...] = ()
    flow: str = ""
    system: str = ""


def start_of(catalog: Catalog, kind: str, id: str) -> Start:
    """The form that fits a row of the catalog; an empty one for any other."""
    if kind == "flows" and id in catalog.flows:
        flow = catalog.flows[id]
        answers = answers_of(flow, catalog)
        return Start(PRACTICE if answers else CORRECTED, answers, id)
    if kind == "practices" and id in catalog.practices:
        return Start(PRACTICE, (id,))
    if kind == "systems" and id in catalog.systems:
        return Start(STEP, system=id)
    if kind == "restrictions":
        return Start(LAW)
    return Start()


def answers_of(flow: Flow, catalog: Catalog) -> tuple[str, ...]:
    """What can be known of an agency that settles a step: its practices and agreements, or the step itself."""
    if flow.practice == "not_known_by_place":
        return (flow.id,)
    found: dict[str, None] = {}
    for node in _nodes(flow.when):
        if node.agreement == ANY_AGREEMENT:
            found.update(dict.fromkeys(_agreements(catalog)))
        elif name := node.practice or node.agreement:
            found[name] = None
    return tuple(found)


def _agreements(catalog: Catalog) -> Iterator[str]:
    named = {node.agreement for flow in catalog.flows.values() for node in _nodes(flow.when) if node.agreement}
    return (name for name in catalog.practices if name in named)


def _nodes(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    yield condition
    for part in (*(condition.all or ()), *(condition.any or ()), condition.not_):
        yield from _nodes(part)


def known_rows(catalog: Catalog, first: tuple[str, ...]) -> Rows:
    """All that can be known of an agency, what the form began from first."""
    practices = {row.id: row.en for row in catalog.practices.values()}
    steps = {
        flow.id: f"this step is done: {told_apart(catalog, flow)} ({catalog.mechanisms[flow.mechanism].en})"
        for flow in catalog.flows.values()
        if flow.practice == "not_known_by_place"
    }
    known = practices | steps
    return _each_once([(id, known[id]) for id in (*first, *known) if id in known])


def system_rows(catalog: Catalog) -> Rows:
    """All systems by name."""
    return _each_once(sorted(((row.id, row.name) for row in catalog.systems.values()), key=lambda row: row[1]))


def mechanism_rows(catalog: Catalog) -> Rows:
    """All mechanisms by name."""
    return sorted(((row.id, row.en) for row in catalog.mechanisms.values()), key=lambda row: row[1])


def mode_rows() -> Rows:
    """The ways in which data can move."""
    return [(mode, say(f"mode_said.{mode}")) for mode in MODES]


def data_rows() -> Rows:
    """What can move."""
    return [(item, say(f"data.{item}")) for item in DATA_ITEMS]


def step_in_words(catalog: Catalog, flow: str) -> str:
    """A step of the catalog, and what sets it off."""
    row = catalog.flows.get(flow)
    if row is None:
        return "This step is no longer in the catalog."
    noted = (
        " The clinic noted or corrected it before: this takes the place of that; what counsel must judge stays."
        if _is_noted(catalog, row)
        else ""
    )
    return f"{step_title(catalog, row)}. {row.trigger}{noted}"


def _is_noted(catalog: Catalog, flow: Flow) -> bool:
    return catalog.origins.get(("flows", flow.id)) == NOTES_TITLE


def mode_in_words(catalog: Catalog, flow: str) -> str:
    """How a step of the catalog happens."""
    row = catalog.flows.get(flow)
    return f"as the catalog says: {say(f'mode_said.{row.mode}')}" if row else "as the catalog says"


def span_in_words(catalog: Catalog, flow: str) -> tuple[str, str]:
    """Since and until when a step of the catalog is, as hints for the fields."""
    row = catalog.flows.get(flow)
    since, until = (row.since, row.until) if row else (None, None)
    return (
        f"as the catalog says: {since or 'no first day is known'}",
        f"as the catalog says: {until or 'it goes on'}",
    )


def _each_once(rows: Rows) -> Rows:
    """Each value once; words that two values share are told apart by the value."""
    once = dict(rows)
    words = list(once.values())
    return [(value, said if words.count(said) == 1 else f"{said} [{value}]") for value, said in once.items()]


def listed_value(rows: Rows, typed: str) -> str:
    """The value of the row that is typed in full, or whose words alone hold what is typed; else ""."""
    wanted = typed.casefold()
    if not wanted:
        return ""
    whole = [value for value, words in rows if words.casefold() == wanted]
    held = whole or [value for value, words in rows if wanted in words.casefold()]
    return held[0] if len(held) == 1 else ""


def day_meant(typed: str, today: date, *, exact: bool) -> Day:
    """A year, month or day as people type it ("since 2024"); `exact`: one day, not later than today."""
    text = typed.strip()
    if text.lower().startswith("until "):
        text = text[len("until ") :]
    stored = read_date("unknown", text, "", as_start=True).text
    if stored is None:
        return Day("", "This cannot be read as a date yet.")
    if not stored:
        return Day("", "Type a day." if exact else "")
    meant = parse(stored)
    if exact and (meant.form != "day" or meant.first > today.toordinal()):
        return Day("", "Type one day that has come, such as March 2, 2026.")
    if meant.form not in ("day", "month", "year"):
        return Day("", "A note holds a year, a month or a day.")
    return Day(stored, f"Understood: {in_words(stored)}.")


def unprintable(typed: Iterable[str]) -> list[str]:
    """What no memo could print of it, as a sentence: such a note would keep every memo that quotes it from being made.

    Letters of our own alphabet need no look into the memo's fonts, which takes a while.
    """
    odd = [text for text in typed if not text.isascii()]
    if not odd:
        return []
    from clinic_mapper.memo.fonts import check_letters

    try:
        check_letters(Run(text=text, bold=bold) for text in odd for bold in (False, True))
    except Problem as problem:
        return [f"{problem.what} Write it in Latin letters."]
    return []


def read_back(note: Note, catalog: Catalog) -> str:
    """What a note will say, as the list of notes shows it."""
    lines = note_lines(rows_of(note, catalog), catalog)
    return " ".join(f"It will say: {line.title}. {line.below}" for line in lines)
