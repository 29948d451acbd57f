"""By kind of data: nothing is said to reach ICE that no route carries, and nothing that one carries is left out."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper import cli
from clinic_mapper.casefile.codec import encode_case
from clinic_mapper.casefile.model import Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog, Condition, DataWhen, Needs, Record
from clinic_mapper.catalog.vocabulary import DATA_ITEMS
from clinic_mapper.memo.by_data_text import by_data_in_words
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.terminal_page import WIDTH
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.by_data import ItemLine, lines_by_item
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import STANDINGS, ExposureMap
from clinic_mapper.whole_job import sample_matter
from tests.unit.drawn_matters import matters
from tests.unit.test_routing_regressions import flow, kind
from tests.unit.test_routing_regressions import mapped as small_map

TODAY = date(2026, 11, 24)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def mapped(matter: Matter) -> ExposureMap:
    return map_exposure(matter, catalog(), TODAY, ask=False)


def maps() -> st.SearchStrategy[ExposureMap]:
    return st.builds(mapped, st.deferred(lambda: matters(catalog(), most=3)))


@given(maps())
def test_an_item_is_told_of_a_line_exactly_where_a_route_of_the_line_brings_it(exposure):
    found = lines_by_item(exposure)
    for item in DATA_ITEMS:
        told = {each.line for each in found.get(item, ())}
        carried = {route.line for route in exposure.routes.values() if item in arriving(route)}
        assert told == carried, item
        assert len(told) == len(found.get(item, ()))


def arriving(route):
    return {*route.hops[-1].data, *route.hops[-1].perhaps} if route.hops else set(route.data)


@given(maps())
def test_an_item_stands_as_its_route_does_and_surely_goes_along_only_where_it_surely_arrives(exposure):
    for item, lines in lines_by_item(exposure).items():
        for each in lines:
            route = exposure.routes[each.route]
            assert (each.line, each.standing, each.closed_by) == (route.line, route.standing, route.closed_by)
            assert (each.tense, each.arrives) == (route.tense, route.arrives)
            if each.surely and route.standing == "open":
                assert item in route.data
            better = [
                other
                for other in exposure.routes.values()
                if other.line == each.line and item in arriving(other) and rank(other.standing) < rank(each.standing)
            ]
            assert not better


def rank(standing: str) -> int:
    return ("open", "undetermined", "closed").index(standing)


@given(maps())
def test_lines_stand_strongest_first_and_items_in_the_order_of_the_vocabulary(exposure):
    found = lines_by_item(exposure)
    assert list(found) == [item for item in DATA_ITEMS if item in found]
    for lines in found.values():
        for one, next_ in pairwise(lines):
            assert (rank(one.standing), not one.surely) <= (rank(next_.standing), not next_.surely)
    assert tuple(STANDINGS) == ("open", "undetermined", "closed")


@given(maps())
def test_name_and_birth_date_travel_with_every_line(exposure):
    assert {each.line for each in lines_by_item(exposure).get("identity", ())} == {line.id for line in exposure.lines}


def test_the_address_goes_with_the_license_and_the_release_date_with_the_jail():
    where = Where(state="CA", county="Fresno County")
    license_ = Touchpoint(id="t1", kind="dmv-standard-licence", when="2019", where=where)
    jail = Touchpoint(id="t2", kind="jail-booking", when="2024-05-11", where=where, facts={"roster": "yes"})
    found = lines_by_item(mapped(Matter(code="A-1", touchpoints=(license_, jail))))
    address = {each.line: each for each in found["address"]}
    assert address["t1:dmv-lookup"].surely
    assert "t2:jail-tells-ice" in {each.line for each in found["custody_status"]}
    assert "gang_label" not in found or not any(each.surely for each in found["gang_label"])


def test_of_routes_that_stand_alike_the_one_that_surely_carries_the_item_is_told():
    part = DataWhen(data=("gang_label",), when=Condition(client="listed", is_="yes"))
    records = Record(system="jail", data=("address",), data_when=(part,)), Record(system="state", data=("gang_label",))
    labelled = Needs(any=("gang_label", "address"))
    steps = [flow(name, name, carries=("gang_label", "address"), needs=labelled) for name in ("jail", "state")]
    exposure = small_map(steps, kinds=[kind(creates=records)])
    assert [line.routes for line in exposure.lines] == [tuple(exposure.routes)] and len(exposure.routes) == 2
    (told,) = lines_by_item(exposure)["gang_label"]
    assert told.surely and exposure.routes[told.route].flows == ("state",)
    (address,) = lines_by_item(exposure)["address"]
    assert address.surely and exposure.routes[address.route].flows == ("jail",)


def test_each_line_of_an_item_is_told_with_its_words_and_those_that_surely_carry_it_first():
    part = DataWhen(data=("gang_label",), when=Condition(client="listed", is_="yes"))
    records = Record(system="jail", data=("address",), data_when=(part,)), Record(system="state", data=("gang_label",))
    steps = [
        flow("a", "jail", carries=("gang_label", "address"), mechanism="agreement-287g"),
        flow("b", "state", carries=("gang_label",), needs=Needs(any=("gang_label",)), mode="on_request"),
    ]
    exposure = small_map(steps, kinds=[kind(creates=records)])
    assert [line.mechanism for line in exposure.lines] == ["agreement-287g", "jail-tells-ice"]
    routes = {route.line: route.id for route in exposure.routes.values()}
    words = {"touchpoint": "t1", "standing": "open", "closed_by": (), "tense": "sent", "arrives": "sent"}
    assert lines_by_item(exposure)["gang_label"] == tuple(
        ItemLine(line=line, mechanism=line.partition(":")[2], route=routes[line], surely=surely, **words)
        for line, surely in (("t1:jail-tells-ice", True), ("t1:agreement-287g", False))
    )


@pytest.mark.parametrize(("answer", "surely"), [("yes", True), ("unknown", False)])
def test_of_a_record_that_ice_holds_an_item_surely_arrives_where_the_record_surely_exists(answer, surely):
    held = Record(system="ice", data=("address",), when=Condition(client="listed", is_="yes"))
    found = lines_by_item(small_map([], kinds=[kind(creates=(held,))], client={"listed": answer}))
    assert [(item, line.surely) for item, lines in found.items() for line in lines] == [
        ("identity", surely), ("address", surely),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_names_each_item_once_with_its_lines_in_both_languages(lang):
    matter, exposure, words = sample_matter(), mapped(sample_matter()), load_words(lang)
    text = by_data_in_words(Voice(matter, catalog(), exposure, words))
    assert max(map(len, text.splitlines())) <= WIDTH and "{" not in text
    lines = text.splitlines()
    for item in lines_by_item(exposure):
        heads = [line for line in lines if line.startswith(f"{words(f'data.{item}')}: ")]
        assert len(heads) == (0 if item == "identity" else 1), item
    assert words("by_data.barred") in text and words("by_data.perhaps_if") in text


def test_where_nothing_is_told_nothing_is_carried(capsys, tmp_path):
    assert lines_by_item(mapped(Matter(code="A-1"))) == {}
    path = tmp_path / "case.json"
    path.write_bytes(encode_case(Matter(code="A-1")))
    assert cli.main(["map", str(path), "--by-data"]) == cli.DONE
    assert load_words("en")("by_data.nothing") in capsys.readouterr().out
