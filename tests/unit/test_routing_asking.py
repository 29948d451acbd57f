"""Asking in the order of `ask_next`: it ends, asks nothing in vain, and what it leaves open nobody here can answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import DECLINED, UNKNOWN, Agency, Answer, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.event_days import past_and_coming
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.model import AskNext, ExposureMap, Unknown
from clinic_mapper.routing.reading import Reading
from clinic_mapper.routing.who_answers import WHO, Asked, nobody_here, question_of, told_of_contact, who_answers
from tests.bench.fewer_questions import compared, figures
from tests.bench.hidden_client import HiddenClient, hidden_client
from tests.unit.drawn_catalogs import catalogs_with_matters

TODAY = date(2026, 11, 24)
MOST = 400
Reply = Callable[[Matter, Catalog, AskNext], Matter]


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def asked_to_the_end(matter: Matter, rows: Catalog, reply: Reply) -> tuple[list[AskNext], list[ExposureMap], Matter]:
    """Asks the first question again and again: what was asked, the map before each question and at the end."""
    asked: list[AskNext] = []
    maps = [map_exposure(matter, rows, TODAY)]
    while maps[-1].ask_next:
        assert len(asked) < MOST, asked[-6:]
        asked.append(maps[-1].ask_next[0])
        matter = reply(matter, rows, asked[-1])
        maps.append(map_exposure(matter, rows, TODAY))
    return asked, maps, matter


def unknown_of(ask: AskNext) -> Unknown:
    return Unknown(kind=ask.kind, id=ask.fact, touchpoint=ask.touchpoint)


def truthfully(client: HiddenClient) -> Reply:
    return lambda matter, _rows, ask: client.answered(matter, unknown_of(ask))


def told(matter: Matter, ask: AskNext, answer: Answer) -> Matter:
    """The matter with this answer to a question or a practice."""
    if not ask.touchpoint:
        return replace(matter, client=matter.client | {ask.fact: answer})

    def changed(each: Touchpoint) -> Touchpoint:
        if ask.kind == "practice":
            return replace(each, practices=each.practices | {ask.fact: answer})
        name = {"date": "when", "place": "where"}.get(ask.kind, ask.fact)
        return replace(each, facts=each.facts | {name: answer})

    contacts = (changed(each) if each.id == ask.touchpoint else each for each in matter.touchpoints)
    return replace(matter, touchpoints=tuple(contacts))


def said_by(who: Asked) -> Answer:
    """Nobody knows: the client, the paper, the clinic; the attorney says so once a request was of no help."""
    source = {"client": "client", "paper": "paper", "request": "attorney", "clinic": "clinic"}[who]
    return Answer(value=UNKNOWN, source=source)  # type: ignore[arg-type]


def is_answer(ask: AskNext) -> bool:
    """Whether “don't know” can be said: to everything but the day from which a fact about the client holds."""
    return ask.kind != "date" or not ask.fact


quickly = settings(max_examples=6, phases=(Phase.explicit, Phase.generate))
"""A client is asked some thirty questions, each with a map of its own; making a failure smaller would take minutes."""
clients = st.integers(0, 10**6).map(lambda seed: hidden_client(catalog(), seed, TODAY, most=2, fewest=1))


@quickly
@given(clients)
def test_asking_ends_and_leaves_open_only_what_nobody_here_can_answer(client):
    asked, maps, matter = asked_to_the_end(client.matter, catalog(), truthfully(client))
    met = {unknown_of(ask) for exposure in maps for ask in exposure.ask_next}
    assert len({unknown_of(ask) for ask in asked}) == len(asked) <= len(met)
    assert all(line.standing != "undetermined" or nobody_here(matter, catalog(), line) for line in maps[-1].lines)
    for exposure, ask in zip(maps, asked, strict=False):
        lines = [line for line in exposure.lines if line.standing == "undetermined"]
        assert any(unknown_of(ask) in line.unknown for line in lines), ask
        assert not all(nobody_here(matter, catalog(), line) for line in lines) or not maps[-1].ask_next


@quickly
@given(clients)
def test_what_nobody_knows_goes_from_the_client_to_the_paper_to_a_request_and_ends(client):
    def reply(matter: Matter, _rows: Catalog, ask: AskNext) -> Matter:
        return told(matter, ask, said_by(ask.who)) if is_answer(ask) else client.answered(matter, unknown_of(ask))

    asked, maps, matter = asked_to_the_end(client.matter, catalog(), reply)
    assert len({(unknown_of(ask), ask.who) for ask in asked}) == len(asked)
    for unknown in {unknown_of(ask) for ask in asked if is_answer(ask)}:
        path = [ask.who for ask in asked if unknown_of(ask) == unknown]
        steps = {("client", "paper"), ("paper", "request"), ("clinic", "request")}
        assert set(pairwise(path)) <= steps, (unknown, path)
    assert all(line.standing != "undetermined" or nobody_here(matter, catalog(), line) for line in maps[-1].lines)


@quickly
@given(clients, st.integers(0, 10**6))
def test_what_was_declined_is_never_asked_again(client, seed):
    random = Random(seed)
    declined: set[Unknown] = set()

    def reply(matter: Matter, _rows: Catalog, ask: AskNext) -> Matter:
        if not is_answer(ask) or random.random() < 0.5:
            return client.answered(matter, unknown_of(ask))
        declined.add(unknown_of(ask))
        return told(matter, ask, Answer(value=DECLINED))

    asked, maps, _ = asked_to_the_end(client.matter, catalog(), reply)
    assert len({unknown_of(ask) for ask in asked}) == len(asked)
    assert not declined & {unknown_of(ask) for ask in maps[-1].ask_next}


@given(catalogs_with_matters(), st.integers(0, 10**6))
def test_in_any_catalog_asking_ends_and_asks_nobody_twice(drawn, seed):
    rows, start = drawn
    asked, maps, matter = asked_to_the_end(start, rows, at_random(Random(seed)))
    assert len({(unknown_of(ask), ask.who) for ask in asked}) == len(asked)
    assert all(line.standing != "undetermined" or nobody_here(matter, rows, line) for line in maps[-1].lines)


def at_random(random: Random) -> Reply:
    """Any answer, also one against what a contact tells; whoever is asked says it."""

    def reply(matter: Matter, rows: Catalog, ask: AskNext) -> Matter:
        day = (TODAY - timedelta(random.randint(-200, 7000))).isoformat()
        own = next((each for each in matter.touchpoints if each.id == ask.touchpoint), None)
        if ask.kind == "date" and own is None:
            return told(matter, ask, Answer(value="yes", since=day, source="paper"))
        if own is not None and random.random() < 0.2:
            return told(matter, ask, said_by(ask.who))
        if own is not None and (ask.kind in ("date", "place") or ask.fact == AGENCY):
            changes: dict[str, object] = {"when": day}
            if ask.kind == "place":
                state, county = random.choice((("CA", "Fresno County"), ("NY", "Kings County"), ("TX", "Bexar County")))
                changes = {"where": Where(state=state, county=county, city=random.choice(("Clovis", "Fresno")))}
            elif ask.kind == "fact":
                changes = {"agency": Agency(kind=random.choice(tuple(rows.agency_kinds)))}
            new = replace(own, **changes)
            return replace(matter, touchpoints=tuple(new if each is own else each for each in matter.touchpoints))
        question = question_of(rows, own, unknown_of(ask))
        if own is None and random.random() < 0.2:
            return told(matter, ask, said_by(ask.who))
        value = random.choice((*(question.values if question else ("yes", "no")), DECLINED))
        return told(matter, ask, replace(said_by(ask.who), value=value))

    return reply


def is_settled(exposure: ExposureMap, line: str) -> bool:
    return all(each.standing != "undetermined" for each in exposure.lines if each.id == line)


def with_answer(matter: Matter, ask: AskNext, value: str) -> Matter:
    if ask.fact != AGENCY:
        return told(matter, ask, Answer(value=value))
    contacts = (
        replace(each, agency=Agency(kind=value)) if each.id == ask.touchpoint else each for each in matter.touchpoints
    )
    return replace(matter, touchpoints=tuple(contacts))


@given(catalogs_with_matters())
def test_a_question_promises_the_lines_that_its_most_telling_answer_settles(drawn):
    """As the map with that answer has them; of contacts that tell nothing else, for what they tell is left out."""
    rows, matter = drawn
    silent = {name: replace(kind, tells=()) for name, kind in rows.touchpoints.items()}
    rows = replace(rows, touchpoints=silent)
    exposure = map_exposure(matter, rows, TODAY)
    contacts = {each.id: each for each in matter.touchpoints}
    for ask in exposure.ask_next:
        if ask.kind not in ("fact", "practice"):
            continue
        question = question_of(rows, contacts.get(ask.touchpoint), unknown_of(ask))
        values = question.values if question else tuple(rows.agency_kinds) if ask.fact == AGENCY else ("yes", "no")
        bearing = [
            line for line in exposure.lines if unknown_of(ask) in line.unknown and line.standing == "undetermined"
        ]
        alone = {line.id for line in bearing if all(u == unknown_of(ask) or u.kind == "judge" for u in line.unknown)}
        after = [map_exposure(with_answer(matter, ask, value), rows, TODAY, ask=False) for value in values]
        most = max(sum(line.id in alone or is_settled(one, line.id) for line in bearing) for one in after)
        assert ask.lines_settled == most, ask


@given(catalogs_with_matters())
def test_the_day_of_a_contact_promises_the_lines_that_its_most_telling_day_settles(drawn):
    """Of contacts that tell nothing else and begin no stay: there the day of one says something of others. What is in
    a first record is not judged anew for the day that is picked, so here it holds the same on all days."""
    rows, matter = drawn
    silent = {
        name: replace(
            kind, tells=(), custody=False, creates=tuple(replace(each, data_when=()) for each in kind.creates)
        )
        for name, kind in rows.touchpoints.items()
    }
    rows = replace(rows, touchpoints=silent)
    exposure = map_exposure(matter, rows, TODAY)
    starts, today = Reading(matter, rows, TODAY).timeline.starts, TODAY.toordinal()
    for ask in exposure.ask_next:
        contact = next((each for each in matter.touchpoints if each.id == ask.touchpoint), None)
        if ask.kind != "date" or contact is None:
            continue
        spans = [span for span in past_and_coming(rows, contact, today) if span]
        days = [day for day in starts if any(first <= day <= last for first, last in spans)]
        bearing = [
            line for line in exposure.lines if unknown_of(ask) in line.unknown and line.standing == "undetermined"
        ]
        alone = {line.id for line in bearing if all(u == unknown_of(ask) or u.kind == "judge" for u in line.unknown)}
        most = len(alone)
        for day in days:
            dated = replace(contact, when=date.fromordinal(day).isoformat())
            contacts = tuple(dated if each is contact else each for each in matter.touchpoints)
            after = map_exposure(replace(matter, touchpoints=contacts), rows, TODAY, ask=False)
            most = max(most, sum(line.id in alone or is_settled(after, line.id) for line in bearing))
        assert ask.lines_settled == most, ask


@quickly
@given(clients, st.randoms(use_true_random=False))
def test_the_order_of_touchpoints_does_not_change_what_is_asked(client, random):
    shuffled = list(client.matter.touchpoints)
    random.shuffle(shuffled)
    there = replace(client.matter, touchpoints=tuple(shuffled))
    first, second = (map_exposure(each, catalog(), TODAY).ask_next for each in (client.matter, there))
    assert first == second


ARREST = Touchpoint(id="t1", kind="police-arrest")


def who(matter: Matter, kind: str, name: str, touchpoint: str = "") -> Asked | None:
    return who_answers(matter, catalog(), Unknown(kind=kind, id=name, touchpoint=touchpoint))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "next_one"),
    [
        (None, "client"),
        (Answer(value=UNKNOWN), "paper"),
        (Answer(value=UNKNOWN, source="paper"), "request"),
        (Answer(value=UNKNOWN, source="clinic"), None),
        (Answer(value=DECLINED), None),
        (Answer(value="perhaps"), "client"),
        (Answer(value="yes"), "paper"),
        (Answer(value="yes", source="paper"), None),
    ],
)
def test_who_is_asked_after_an_answer_that_leaves_the_fact_open(answer, next_one):
    given_ = {"dhs-prints": answer} if answer else {}
    assert who(Matter(code="A", client=given_, touchpoints=(ARREST,)), "fact", "dhs-prints") == next_one


def test_who_is_asked_for_what():
    jail = Touchpoint(id="t1", kind="jail-booking")

    def of(kind: str, name: str, touchpoint: str = "t1", **changes: object) -> Asked | None:
        return who(Matter(code="A", touchpoints=(replace(jail, **changes),)), kind, name, touchpoint)

    assert of("judge", "any") is None
    assert of("practice", "jail-sends-list") == "clinic"
    for value, source, next_one in (
        ("yes", "clinic", None),
        ("no", "clinic", None),
        ("perhaps", "clinic", "clinic"),
        (UNKNOWN, "clinic", "request"),
        (UNKNOWN, "paper", None),
        (DECLINED, "clinic", None),
    ):
        noted = {"jail-sends-list": Answer(value=value, source=source)}  # type: ignore[arg-type]
        assert of("practice", "jail-sends-list", practices=noted) == next_one, (value, source)
    assert of("fact", AGENCY) == of("fact", AGENCY, agency=Agency(kind="moon guard")) == "client"
    assert of("fact", AGENCY, agency=Agency(kind="sheriff")) is None
    with_uscis = Matter(code="A", touchpoints=(Touchpoint(id="t1", kind="daca-request"),))
    assert who(with_uscis, "fact", AGENCY, "t1") is None  # there is one agency that it can be with
    assert of("fact", "printed") == "client"
    assert of("fact", "printed", facts={"printed": UNKNOWN}) == "paper"
    assert of("fact", "moon") is None
    gone = [
        of(kind, name, "t2") for kind, name in (("practice", "x"), ("place", ""), ("fact", AGENCY), ("fact", "printed"))
    ]
    assert gone == [None] * 4


def test_the_day_on_which_a_fact_began_is_asked_of_the_client_and_then_looked_for_on_the_paper():
    for day, next_one in (("", "client"), ("2014", "paper"), ("2014-05-01", None)):
        matter = Matter(code="A", client={"dhs-prints": Answer(value="yes", since=day)})
        assert who(matter, "date", "dhs-prints") == next_one
    assert who(Matter(code="A"), "date", "dhs-prints") == "client"


def test_a_date_or_place_told_in_part_is_looked_for_on_the_paper_and_one_told_whole_is_not_asked():
    def of(**changes: object) -> tuple[Asked | None, Asked | None]:
        matter = Matter(code="A", touchpoints=(replace(ARREST, **changes),))
        return who(matter, "date", "", "t1"), who(matter, "place", "", "t1")

    assert of() == ("client", "client")
    assert of(when="2014", where=Where(state="CA")) == ("paper", "paper")
    assert of(when="2014-05-01") == (None, "client")
    assert of(when="2014-05-01", where=Where(state="CA", county="Kern County", city="Delano")) == (None, None)
    assert get_args(Asked) == WHO
    told_ = told_of_contact(replace(ARREST, when="2014", where=Where(state="CA"), agency=Agency(kind="sheriff")))
    assert told_ == {"when": "part", "where": "part", AGENCY: "whole"}
    assert told_of_contact(ARREST) == {"when": "none", "where": "none", AGENCY: "none"}


def test_nobody_is_asked_about_a_contact_of_a_kind_that_the_catalog_does_not_know():
    stranger = Matter(code="A", touchpoints=(Touchpoint(id="t9", kind="moon-landing"),))
    assert [who(stranger, "fact", name, "t9") for name in (AGENCY, "fingerprints-taken")] == [None, None]


@pytest.mark.parametrize(
    ("not_known", "next_one"),
    [
        (None, "client"),
        (Answer(value=UNKNOWN), "paper"),
        (Answer(value=UNKNOWN, source="paper"), "request"),
        (Answer(value=UNKNOWN, source="clinic"), None),
        (Answer(value=UNKNOWN, source="attorney"), None),
        (Answer(value=DECLINED), None),
        (Answer(value="yes"), "client"),  # nobody can say that: it is no answer
    ],
)
def test_that_a_date_a_place_or_an_agency_is_not_known_is_an_answer_and_goes_on_from_the_client(not_known, next_one):
    facts = {} if not_known is None else dict.fromkeys(("when", "where", AGENCY), not_known)
    matter = Matter(code="A", touchpoints=(Touchpoint(id="t1", kind="jail-booking", facts=facts),))
    asked = who(matter, "date", "", "t1"), who(matter, "place", "", "t1"), who(matter, "fact", AGENCY, "t1")
    assert asked == (next_one, next_one, next_one)
    in_part = replace(matter.touchpoints[0], when="2011/2012", where=Where(state="CA"))
    part = replace(matter, touchpoints=(in_part,))
    assert (
        who(part, "date", "", "t1") == who(part, "place", "", "t1") == ("paper" if next_one == "client" else next_one)
    )
    whole = replace(in_part, when="2012-05-14", where=Where(state="CA", county="Kern County", city="Delano"))
    told_whole = replace(matter, touchpoints=(replace(whole, agency=Agency(kind="sheriff")),))
    assert {who(told_whole, *of, "t1") for of in (("date", ""), ("place", ""), ("fact", AGENCY))} == {None}


def test_that_a_date_is_not_known_is_nothing_that_the_catalog_does_not_know_and_changes_no_route():
    facts = {name: Answer(value=UNKNOWN) for name in ("when", "where", AGENCY)}
    bare = Matter(code="A", touchpoints=(Touchpoint(id="t1", kind="jail-booking", facts={"printed": "yes"}),))
    said = replace(bare, touchpoints=(replace(bare.touchpoints[0], facts={"printed": "yes", **facts}),))
    before, after = (map_exposure(matter, catalog(), TODAY) for matter in (bare, said))
    assert after.not_in_catalog == () and after.lines == before.lines and after.routes == before.routes
    asked = {(ask.kind, ask.fact): ask.who for ask in after.ask_next if ask.touchpoint == "t1"}
    assert asked.get(("date", ""), "paper") == asked.get(("place", ""), "paper") == "paper"


def test_the_day_a_fact_began_is_not_asked_again_where_the_day_of_a_contact_is_open():
    kinds = ("asylum-application", "traffic-ticket-borrowed-car")
    contacts = tuple(Touchpoint(id=f"t{number}", kind=kind) for number, kind in enumerate(kinds, 1))
    client: dict[str, Answer | str] = {"dhs-prints": Answer(value="yes", since="2019-03-04")}
    exposure = map_exposure(Matter(code="A", client=client, touchpoints=contacts), catalog(), TODAY)
    asked = {unknown_of(ask) for ask in exposure.ask_next}
    assert Unknown(kind="date", id="dhs-prints", touchpoint="") not in asked
    assert Unknown(kind="date", id="", touchpoint="t1") in asked


def test_where_it_is_open_which_stay_was_the_last_the_days_of_the_stays_are_asked():
    days = {"t1": "2026", "t2": ""}
    contacts = tuple(Touchpoint(id=name, kind="jail-booking", when=when) for name, when in days.items())
    matter = Matter(code="A", client={"in-custody": "now"}, touchpoints=contacts)
    exposure = map_exposure(matter, catalog(), TODAY)
    support = {unknown for line in exposure.lines for unknown in line.unknown}
    assert Unknown(kind="fact", id="in-custody", touchpoint="") not in support
    assert Unknown(kind="date", id="", touchpoint="t2") in support


@pytest.mark.soak
def test_five_hundred_clients_are_asked_few_questions():
    found = figures([compared(catalog(), number) for number in range(500)])
    half, reference = found["to half / form, client by client"]
    assert half <= 0.4 * reference, found
    ours, form = found["to all / form, worst client"]
    assert ours <= form, found
