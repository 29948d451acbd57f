"""A memo that can be read in ten minutes, and an appendix in which nothing of the map is missing."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Matter, Where
from clinic_mapper.memo.acronyms import spelled_out
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.compose_lines import by_mechanism, strongest
from clinic_mapper.memo.document import Blank, Document, Entry, Heading, Paragraph, Run, runs_of, text_of
from clinic_mapper.memo.draw import draw
from clinic_mapper.memo.fonts import letters
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.phrases import Voice, record_to_judge
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import Route, Unknown
from tests.unit.test_memo_shipped import TODAY, shipped

every_language = pytest.mark.parametrize("lang", LANGUAGES)
law_readers = pytest.mark.parametrize("reader", ["supervisor", "cocounsel"])


def composed(lang: str = "en", matter: Matter | None = None, reader: str = "supervisor") -> Document:
    told, catalog, exposure = shipped()
    if matter is not None:
        exposure = map_exposure(matter, catalog, TODAY)
    return compose(matter or told, catalog, exposure, reader, lang)


def of_contacts(*ids: str) -> Matter:
    matter = shipped()[0]
    return replace(matter, touchpoints=tuple(each for each in matter.touchpoints if each.id in ids))


def titles(document: Document) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in document.blocks if isinstance(block, Heading)]


def appendix(document: Document) -> Document:
    start = next(n for n, block in enumerate(document.blocks) if isinstance(block, Heading) and block.new_page)
    return replace(document, blocks=document.blocks[start:])


def pages_before_the_appendix(document: Document) -> int:
    title = load_words(document.lang)("appendix.a")
    pages = page_texts(draw(document).pdf)
    return next(number for number, text in enumerate(pages) if title in text.splitlines())


def stands_in(said: str, text: str) -> bool:
    """Whether a text holds what is said, whatever its marks and wherever an acronym was spelled out."""
    acronyms = "|".join(key.removeprefix("acronym.") for key in load_words("en").keys if key.startswith("acronym."))
    letters_of_text = re.sub(r"\W|_", "", text)
    return all(re.sub(r"\W|_", "", part) in letters_of_text for part in re.split(rf"\b(?:{acronyms})\b", said))


@every_language
@law_readers
def test_the_memo_proper_of_twelve_contacts_has_at_most_four_pages(lang, reader):
    assert pages_before_the_appendix(composed(lang, reader=reader)) <= 4


@every_language
def test_the_memo_proper_of_four_contacts_has_at_most_three(lang):
    assert pages_before_the_appendix(composed(lang, of_contacts("t3", "t5", "t8", "t9"))) <= 3


def test_the_parts_stand_in_the_order_in_which_they_are_read():
    words = load_words("en")
    keys = (
        "memo.question", "memo.answer", "steps.first", "facts.title", "lines.open", "lines.undetermined",
        "lines.closed", "grounds.title", "settle.title", "remedies.title", "limits.title", "appendix.a", "appendix.b",
        "appendix.c",
    )  # fmt: skip
    found = titles(composed())
    assert [words(key) for key in keys] == [title for title in found if title in {words(key) for key in keys}]


def test_nobody_signs_a_page_on_which_nothing_else_stands():
    label = load_words("en")("memo.signed")
    document = composed()
    for lines in range(0, 80, 4):  # whatever the length, what stands before the line goes with it
        filler = tuple(Paragraph(runs=(Run(text=f"Filler {number}"),)) for number in range(lines))
        at = next(n for n, block in enumerate(document.blocks) if isinstance(block, Blank))
        longer = replace(document, blocks=(*filler, *document.blocks[at - 1 : at + 1]))
        page = next(text for text in page_texts(draw(longer).pdf) if label in text)
        assert "Not assessed" in page


def entries_of(document: Document) -> dict[str, str]:
    """What the appendix says of each mechanism, on one line, by the mechanism's name."""
    said: dict[str, str] = {}
    for block in appendix(document).blocks:
        if isinstance(block, Entry):
            assert block.title[0].text not in said
            alone = replace(document, title="", running=(), footer="", blocks=(block,))
            said[block.title[0].text] = "".join(run.text for run in runs_of(alone))
    return said


def chain_stands_in(text: str, voice: Voice, route: Route) -> bool:
    """Whether the systems of a route stand there in order, in a line of their own or hop by hop."""
    first, *rest = (re.escape(voice.short(id)) for id in route.systems)
    in_a_line = rf"{first}(?: \([^)]*\))?(?:(?:,| and) [^›]*)? › {' › '.join(rest)}"
    hops = [f"{voice.short(hop.from_)} › {voice.short(hop.to)}" for hop in route.hops]
    return bool(re.search(in_a_line, text)) or all(hop.casefold() in text.casefold() for hop in hops)


def unspelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic_mapper.memo.compose.spelled_out", lambda document, words: document)
    monkeypatch.setattr("clinic_mapper.memo.compose.spelled_out_in_english", lambda document, words: document)


@every_language
def test_every_line_stands_in_the_appendix_under_its_mechanism_with_its_contact(lang, monkeypatch):
    unspelled(monkeypatch)
    matter, catalog, exposure = shipped()
    voice, said = Voice(matter, catalog, exposure, load_words(lang)), entries_of(composed(lang))
    assert list(said) == list(dict.fromkeys(voice.mechanism(line.mechanism) for line in exposure.lines))
    for line in exposure.lines:
        word, words = str(voice.number[line.touchpoint]), load_words(lang)
        of_contacts = rf"(?:{words('lines.contact', list='')}|{words('lines.contacts', list='')})([\d, yand]*)"
        named = re.findall(of_contacts, said[voice.mechanism(line.mechanism)], re.IGNORECASE)
        assert word in {number for each in named for number in re.findall(r"\d+", each)}, line.id


def test_every_route_that_is_open_or_undetermined_stands_in_the_appendix_by_its_systems(monkeypatch):
    unspelled(monkeypatch)
    matter, catalog, exposure = shipped()
    voice, said = Voice(matter, catalog, exposure, load_words("en")), entries_of(composed())
    for route in exposure.routes.values():
        if route.standing != "closed":
            assert chain_stands_in(said[voice.mechanism(route.mechanism)], voice, route), route.id


def test_closed_routes_beside_others_are_counted_and_those_of_closed_mechanisms_told(monkeypatch):
    unspelled(monkeypatch)
    matter, catalog, exposure = shipped()
    voice, said = Voice(matter, catalog, exposure, load_words("en")), entries_of(composed())
    for mechanism in {line.mechanism for line in exposure.lines}:
        closed = [each for each in exposure.routes.values() if (each.mechanism, each.standing) == (mechanism, "closed")]
        text = said[voice.mechanism(mechanism)]
        counts = re.findall(r"(one|\d+) more, (?:closed|barred)", text)
        if any(line.standing != "closed" for line in exposure.lines if line.mechanism == mechanism):
            assert sum(1 if count == "one" else int(count) for count in counts) == len(closed)
        else:
            assert closed and not counts and all(chain_stands_in(text, voice, route) for route in closed)


def test_a_route_set_aside_is_never_merely_counted():
    matter, catalog, exposure = shipped()
    beside = [line for line in exposure.lines if line.standing != "closed"]
    closed = next(exposure.routes[id] for line in beside for id in line.routes if exposure.routes[id].closed_by)
    aside = replace(closed, set_aside="Never at that jail.")
    told = replace(exposure, routes={**exposure.routes, closed.id: aside})
    text = text_of(appendix(compose(matter, catalog, told, "supervisor")))
    assert "Never at that jail." in text


@every_language
def test_what_the_strongest_route_turns_on_and_every_law_on_it_is_in_the_appendix(lang, monkeypatch):
    unspelled(monkeypatch)
    matter, catalog, exposure = shipped()
    voice = Voice(matter, catalog, exposure, load_words(lang))
    document = composed(lang)
    said, text = entries_of(document), text_of(appendix(document))
    for family in by_mechanism(exposure.lines):
        route = strongest(voice, family[0])
        for asked in (voice.unknown(unknown).text for unknown in route.unknown):
            assert stands_in(asked, said[voice.mechanism(route.mechanism)]), asked
        for law in (law for hop in route.hops for law in hop.law):
            assert catalog.restrictions[law.id].citation in text


def test_every_mark_that_is_used_is_explained_and_routes_are_told_without_codes():
    document = composed()
    text = text_of(document)
    for letter in "CL":
        used = {int(number) for number in re.findall(rf"\b{letter}(\d+)\b", text)}
        explained = {int(number) for number in re.findall(rf"^{letter}(\d+) $", text, re.MULTILINE)}
        assert used and used <= explained, letter
    assert not re.search(r"\b[SQ]\d", " ".join(entries_of(document).values()))


def test_short_names_and_gists_are_of_systems_and_questions_that_exist():
    _, catalog, _ = shipped()
    asked = {question.id for kind in catalog.touchpoints.values() for question in kind.questions}
    asked |= catalog.client_questions.keys() | catalog.shared_questions.keys()
    known = {"short": set(catalog.systems), "gist": asked}
    for key in load_words("en").keys:
        group, _, id = key.partition(".")
        assert id in known.get(group, {id}), key


def test_what_a_client_is_asked_has_a_gist_for_the_table_of_facts():
    _, catalog, _ = shipped()
    asked = [question for kind in catalog.touchpoints.values() for question in kind.questions]
    asked += catalog.client_questions.values()
    for language in ("en", "es"):
        words = load_words(language)
        assert {each.id for each in asked if each.who != "attorney" and f"gist.{each.id}" not in words} == set()


def test_the_systems_of_the_sample_have_short_names():
    words = load_words("en")
    for route in shipped()[2].routes.values():
        assert all(f"short.{id}" in words and len(words(f"short.{id}")) <= 36 for id in route.systems)


def test_a_record_that_may_not_exist_is_told_by_what_must_be_judged():
    matter, catalog, exposure = shipped()
    for kind in catalog.touchpoints.values():
        for record in (record for record in kind.creates if record.judge):
            one = replace(matter, touchpoints=(replace(matter.touchpoints[0], kind=kind.id),))
            unknown = Unknown(kind="judge", id=record.system, touchpoint=one.touchpoints[0].id)
            assert record.judge in record_to_judge(one, catalog, unknown)
            said = Voice(one, catalog, exposure, load_words("en")).unknown(unknown).text
            assert record.judge in said and record.system not in said.split()


def test_states_are_named_in_full():
    text = text_of(composed())
    assert "Texas" in text and ", TX" not in text
    nowhere = replace(of_contacts("t1"), touchpoints=(replace(of_contacts("t1").touchpoints[0], where=Where("ZZ")),))
    assert "ZZ" in text_of(composed(matter=nowhere))


def lines_of(*texts: str, **tagged: str) -> Document:
    runs = (*(Run(text=text) for text in texts), *(Run(text=text, tag=tag) for tag, text in tagged.items()))  # type: ignore[arg-type]
    blocks = tuple(Paragraph(runs=(run,)) for run in runs)
    return Document(title="t", lang="en", reader="x", running=(), footer="", page_word="", blocks=blocks)


def spelled(*texts: str, **tagged: str) -> list[str]:
    return text_of(spelled_out(lines_of(*texts, **tagged), load_words("en"))).splitlines()[1:]


def test_an_acronym_is_in_full_where_it_is_first_used_and_short_afterwards():
    full = "DHS (Department of Homeland Security)"
    assert spelled("DHS and DHS.", "DHS") == [f"{full} and DHS.", "DHS"]
    assert spelled("The jail (DHS)") == ["The jail (DHS, Department of Homeland Security)"]


def test_an_acronym_that_the_text_explains_and_a_part_of_a_word_are_left_alone():
    explained = "National Crime Information Center (NCIC)"
    assert spelled(explained, "NCIC", "GODHS", "DHS-2") == [explained, "NCIC", "GODHS", "DHS-2"]


def test_what_people_typed_and_titles_of_sources_are_never_spelled_out():
    typed = {"note": "DHS", "reason": "FBI", "source": "CBP", "paper": "HSI"}
    assert spelled(**typed) == list(typed.values())


def test_the_acronyms_of_the_sample_are_in_full_once():
    text = text_of(composed())
    for name in ("DHS", "FBI", "DMV", "USCIS"):
        full = load_words("en")(f"acronym.{name}")
        first = re.search(rf"\b{name}\b", text)
        assert first is not None and re.match(rf"(?: \(|, ){full}", text[first.end() :]), name


def test_answers_of_one_source_are_told_together():
    one = of_contacts("t3").touchpoints[0]
    facts = {"court_date": Answer(value="yes", source="paper", paper="citation"), "printed": "no", "prints": "yes"}
    told = replace(of_contacts("t3"), touchpoints=(replace(one, facts=facts, agency=Agency(name="Clovis PD")),))
    text = text_of(composed(matter=told)).replace("\n", "")
    assert "Paper shows (citation): court date on the ticket – yes. " in text
    assert "Client said: fingerprints – no; prints or photo taken – yes. " in text


def test_nothing_that_was_measured_is_kept_after_a_memo_was_drawn():
    draw(composed(matter=of_contacts("t3")))
    assert not any(font.widths for font in letters().values())


def test_counts_in_one_sentence_are_all_in_letters_or_all_in_digits():
    assert re.search(r"open: \d+; undetermined: \d+; closed: \d+\.", text_of(composed()))
    assert re.search(
        r"open: [a-z]+; undetermined: [a-z]+; closed: [a-z]+\.", text_of(composed(matter=of_contacts("t1")))
    )
