"""A small map as other programs read it, key by key; what a chain says of its rows; the order of routes and lines."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Matter, Touchpoint
from clinic_mapper.casefile.model import Verdict as SetAside
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Cite, Condition, Held, Record
from clinic_mapper.routing.compare import LineState, states_of
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.lines import lines_of, strength
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.routing.wire import as_json, as_plain
from tests.unit.drawn_catalogs import ASKED, catalog_of
from tests.unit.test_routing_regressions import (
    LISTED,
    SYSTEMS,
    TODAY,
    contact,
    flow,
    kind,
    law,
    mapped,
    only_route,
    system,
)


def small() -> ExposureMap:
    steps = [
        flow("a", "jail", "state", timing="standing", consults=("vendor", "jail")),
        flow("b", "state", "ice", when=Condition(all=(LISTED, Condition(practice="jail-sends-list")))),
    ]
    laws = [
        law("ny", jurisdiction="US-NY", flows=("b",), unless=(model.Exception_(kind="process", text="a warrant"),)),
        law("who", flows=("b",), client_if=Condition(client="order", is_="yes")),
    ]
    record = Record(system="jail", data=("address", "family_associates"))
    told = kind(tells=(model.Tells("license", "marked"),), creates=(record,), questions=ASKED)
    own = contact(agency=Agency(kind="sheriff"))
    aside = (SetAside(route="t1.unknown", reason="not so"),)
    matter = Matter(code="CASE", client={"moon": "yes"}, touchpoints=(own,), set_aside=aside)
    catalog = catalog_of([*SYSTEMS, system("vendor")], steps, laws, [told])
    route = next(iter(map_exposure(matter, catalog, TODAY).routes))
    return map_exposure(replace(matter, set_aside=(replace(aside[0], route=route),)), catalog, TODAY)


def test_the_map_as_other_programs_read_it():
    exposure = small()
    (route,) = exposure.routes
    perhaps = {"effect": "perhaps", "would": "close"}
    open_ = [
        {"kind": "fact", "id": "listed", "touchpoint": None},
        {"kind": "fact", "id": "order", "touchpoint": None},
        {"kind": "place", "id": None, "touchpoint": "t1"},
        {"kind": "practice", "id": "jail-sends-list", "touchpoint": "t1"},
    ]
    words = {"closed_by": [], "tense": "within_reach", "arrives": "found"}
    of = {"touchpoint": "t1", "mechanism": "jail-tells-ice", "standing": "undetermined"} | words
    assert as_plain(exposure) == {
        "catalog": {"version": "1", "as_of": "2026"},
        "today": "2026-11-24",
        "lines": [{"id": "t1:jail-tells-ice", "routes": [route]} | of],
        "routes": [
            {
                "id": route,
                "line": "t1:jail-tells-ice",
                "mode": "routine",
                "confidence": "documented",
                "as_of": "2026",
                "systems": ["jail", "vendor", "state", "ice"],
                "end": "ice-ero",
                "flows": ["a", "b"],
                "data": ["identity", "address"],
                "law": [
                    {"id": "ny", "if_place": "US-NY", "if_client": False, "unless": ["a warrant"]} | perhaps,
                    {"id": "who", "effect": "undetermined", "would": None, "if_place": None, "if_client": False}
                    | {"unless": []},
                ],
                "unknown": open_,
                "cites": [{"source": "s", "at": "1"}],
                "set_aside": "not so",
            }
            | of
        ],
        "ask_next": [
            {"kind": "fact", "fact": "listed", "touchpoint": None, "who": "client", "lines_settled": 1},
            {"kind": "place", "fact": "place", "touchpoint": "t1", "who": "client", "lines_settled": 1},
            {"kind": "practice", "fact": "jail-sends-list", "touchpoint": "t1", "who": "clinic", "lines_settled": 1},
            {"kind": "fact", "fact": "order", "touchpoint": None, "who": "client", "lines_settled": 0},
        ],
        "client": [{"client": "license", "value": "marked", "from_touchpoints": ("t1",), "conflict": False}],
        "not_in_catalog": ["The client fact “moon” is not in this catalog. It was kept."],
        "names_others": [{"touchpoint": "t1", "system": "jail"}],
        "cut": False,
    }


def test_the_text_is_the_same_values_laid_out_for_people_and_ends_with_a_line():
    exposure = small()
    text = as_json(exposure)
    assert msgspec.json.decode(text) == msgspec.json.decode(msgspec.json.encode(as_plain(exposure)))
    assert text.startswith(b'{\n  "catalog": {\n    "version": "1"') and text.endswith(b"}\n")


def test_records_that_may_name_others_are_told_each_once():
    family = model.DataWhen(data=("family_associates",), when=LISTED)
    creates = (
        Record(system="state", data=("address",), data_when=(family,)),
        Record(system="jail", data=("address",)),
        Record(system="ice", data=("family_associates",)),
    )
    told = tuple(contact(name) for name in ("t2", "t1"))
    named = [("t1", "ice"), ("t1", "state"), ("t2", "ice"), ("t2", "state")]
    for answer, systems in (("yes", {"ice", "state"}), ("unknown", {"ice", "state"}), ("no", {"ice"})):
        exposure = mapped([flow()], kinds=[kind(creates=creates)], client={"listed": answer}, contacts=told)
        found = [(each.touchpoint, each.system) for each in exposure.names_others]
        assert found == [each for each in named if each[1] in systems]


# --- what a chain says -----------------------------------------------------------------------------------------------


def test_a_chain_takes_the_weakest_word_and_the_oldest_day_of_its_steps_and_every_cite_once():
    steps = [
        flow("a", "jail", "state", mode="on_request", confidence="documented", as_of="2025-03", arrives="found"),
        flow("b", "state", "ice", mode="routine", confidence="reported", as_of="2025-11", mechanism="booking-prints",
             cites=(Cite(source="s", at="2", basis="read"), Cite(source="s", at="1", basis="read"))),
    ]  # fmt: skip
    route = only_route(mapped(steps))
    assert (route.mode, route.confidence, route.as_of) == ("on_request", "reported", "2025-03")
    assert (route.mechanism, route.arrives, route.end) == ("booking-prints", "found", "ice-ero")
    assert route.cites == (("s", "1"), ("s", "2"))
    assert only_route(mapped([replace(step, arrives="sent") for step in steps])).arrives == "sent"


def held(**more: Any) -> ExposureMap:
    """The map of a record that ICE holds itself."""
    ice = system("ice", ice="operated", **more)
    row = catalog_of([ice], [], [], [kind(creates=(Record(system="ice", data=("address",)),))])
    return map_exposure(Matter(code="CASE", touchpoints=(contact(),)), row, TODAY)


def test_a_record_that_ice_holds_says_how_it_is_held():
    told = Held(mechanism="border", mode="routine", confidence="reported", arrives="sent")
    route = only_route(held(held=told, serves="ice-hsi"))
    assert (route.mechanism, route.mode, route.confidence, route.arrives) == ("border", "routine", "reported", "sent")
    assert (route.end, route.systems, route.flows, route.as_of) == ("ice-hsi", ("ice",), (), "2026")
    untold = only_route(held())
    assert (untold.mechanism, untold.end, untold.arrives) == ("immigration-file", "ice-ero", Held("x").arrives)
    assert only_route(held(held=replace(told, arrives="found"))).arrives == "found"


def test_the_id_of_a_route_is_the_same_for_ever():
    """What counsel set aside is stored under it: five bytes of a digest of the record's system and the flows."""
    assert only_route(mapped([flow("a", "jail", "state"), flow("b", "state", "ice")])).id == "t1.8776acea90"


def test_what_a_line_says_is_what_its_strongest_route_says():
    step = flow(mechanism="booking-prints", timing="standing")
    barred = [law("b"), law("a"), law("shown", acts=False, effect_on_route="show", flows=("f",))]
    exposure = mapped([step], barred)
    (route,) = exposure.routes.values()
    assert states_of(exposure) == (
        LineState(
            line="t1:booking-prints",
            touchpoint="t1",
            mechanism="booking-prints",
            standing="closed",
            closed_by=("law",),
            tense="was_within_reach",
            arrives="found",
            end="ice-ero",
            law=tuple(each for each in route.law if each.id != "shown"),
        ),
    )
    assert [each.id for each in route.law] == ["a", "b", "shown"]


def test_a_system_that_is_asked_on_the_way_stands_there_once():
    systems = [*SYSTEMS, system("index"), system("vendor")]
    steps = [
        flow("a", "jail", "state", consults=("index", "vendor", "ice")),
        flow("b", "state", "ice", consults=("vendor", "jail")),
    ]
    matter = Matter(code="CASE", touchpoints=(contact(),))
    route = only_route(map_exposure(matter, catalog_of(systems, steps, [], [kind()]), TODAY))
    assert route.systems == ("jail", "index", "vendor", "state", "ice")


# --- the order -------------------------------------------------------------------------------------------------------

BASE = only_route(mapped([flow()]))


@pytest.mark.parametrize(
    "weaker",
    [
        {"standing": "undetermined"},
        {"standing": "closed"},
        {"tense": "within_reach"},
        {"tense": "next_time"},
        {"tense": "was_within_reach"},
        {"mode": "on_request"},
        {"confidence": "reported"},
        {"as_of": "2025-12"},
        {"hops": (*BASE.hops, *BASE.hops)},
        {"id": BASE.id + "a"},
    ],
)
def test_a_route_is_weaker_by_each_of_its_words_whatever_its_id(weaker):
    other = replace(BASE, **({"id": "a"} | weaker))
    if set(weaker) != {"id"}:
        assert other.id < BASE.id
        lines = lines_of([replace(BASE, line="t1:z"), replace(other, line="t1:a")])
        assert [line.id for line in lines] == ["t1:z", "t1:a"], "of lines too the stronger stands first"
    assert strength(BASE) < strength(other)


def test_words_count_in_their_order():
    worse = ("closed", "was_within_reach", "on_request", "reported", "2020", (*BASE.hops, *BASE.hops))
    keys = ("standing", "tense", "mode", "confidence", "as_of", "hops")
    for number, key in enumerate(keys):
        first = replace(BASE, id="z", **dict(zip(keys[number + 1 :], worse[number + 1 :], strict=True)))
        assert strength(first) < strength(replace(BASE, id="a", **{key: worse[number]}))


def test_a_line_has_the_words_of_its_strongest_route_and_what_is_unknown_of_those_that_stand_like_it():
    turned = only_route(mapped([flow(when=LISTED)]))
    other = only_route(mapped([flow(when=Condition(client="order", is_="yes"))]))
    shut = replace(other, id="t1.c", standing="closed", closed_by=("fact",))
    first, second = replace(turned, id="t1.a"), replace(other, id="t1.b", tense="was_within_reach")
    elsewhere = replace(BASE, id="t1.d", line="t1:x", mechanism="x")
    lines = lines_of([elsewhere, first, second, shut])
    assert [(line.id, line.routes) for line in lines] == [("t1:x", ("t1.d",)), (turned.line, ("t1.a", "t1.b", "t1.c"))]
    found = lines[1]
    for name in ("touchpoint", "mechanism", "standing", "closed_by", "tense", "arrives"):
        assert getattr(found, name) == getattr(turned, name)
    assert found.unknown == tuple(sorted({*turned.unknown, *other.unknown}))
    assert lines_of([replace(shut, unknown=turned.unknown)])[0].closed_by == ("fact",)
    # Of lines that are as strong, the id decides, not that of their routes.
    twins = [replace(BASE, id="t1.b", line="t1:a"), replace(BASE, id="t1.a", line="t1:b")]
    assert [line.id for line in lines_of(twins)] == [line.id for line in lines_of(twins[::-1])] == ["t1:a", "t1:b"]


def test_a_contact_of_a_kind_that_the_catalog_has_not_is_left_out_of_the_map_and_named():
    matter = Matter(code="CASE", touchpoints=(contact(), Touchpoint(id="t2", kind="moon-landing")))
    exposure = map_exposure(matter, catalog_of(SYSTEMS, [flow()], [], [kind()]), TODAY)
    assert {route.touchpoint for route in exposure.routes.values()} == {"t1"}
    assert exposure.not_in_catalog == ("The touchpoint kind “moon-landing” (t2) is not in this catalog. It was kept.",)
