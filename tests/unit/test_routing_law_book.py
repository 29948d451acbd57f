"""Which law speaks to which flow, key by key; what a step reads, so that nothing else makes it judged again."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog import model
from clinic_mapper.catalog.model import Condition
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.index import Index
from clinic_mapper.routing.reads import read_by
from tests.unit.drawn_catalogs import catalog_of
from tests.unit.test_routing_regressions import LISTED, TODAY, contact, flow, kind, law, only_route, system

JAIL = replace(system("jail"), bound_as=("local", "state"), sector="jail")
ICE = replace(system("ice", ice="operated"), received_as=("ice", "federal"), bound_as=("federal",))
PUBLIC = model.Exception_(kind="public", text="public already")
WARRANT = model.Exception_(kind="process", text="a warrant")
SHOWN = {"acts": False, "effect_on_route": "show"}


def index(step: model.Flow, *rows: model.Restriction, jail: model.System = JAIL) -> Index:
    return Index(catalog_of([jail, ICE], [step], list(rows), [kind()]))


def effect(jail: model.System, **keys: Any) -> str:
    """What a law is told to do to the one step there is."""
    catalog = catalog_of([jail, ICE], [flow()], [law(**keys)], [kind()])
    exposure = map_exposure(Matter(code="CASE", touchpoints=(contact(),)), catalog, TODAY)
    return next((each.effect for each in only_route(exposure).law), "silent")


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({}, "close"),
        ({"flows": ("f",)}, "close"),
        ({"flows": ("g",)}, "silent"),
        ({"mechanisms": ("jail-tells-ice",)}, "close"),
        ({"mechanisms": ("booking-prints",)}, "silent"),
        # Flows that are named stand before mechanisms.
        ({"flows": ("g",), "mechanisms": ("jail-tells-ice",)}, "silent"),
        ({"flows": ("f",), "mechanisms": ("booking-prints",)}, "close"),
        ({"not_flows": ("f",)}, "silent"),
        ({"not_flows": ("g",)}, "close"),
        ({"flows": ("f",), "not_flows": ("f",)}, "silent"),
        ({"status": "pending"}, "silent"),
        ({"sectors": ("jail",)}, "close"),
        ({"sectors": ("police",)}, "silent"),
        ({"sectors": ("police",), "flows": ("f",)}, "close"),
        ({"binds": ("state",)}, "close"),
        ({"binds": ("federal",)}, "silent"),
        ({"binds": ()}, "close"),
        ({"recipients": ("federal",)}, "close"),
        ({"recipients": ("police",)}, "silent"),
        ({"recipients": ()}, "close"),
        ({"unless": (PUBLIC,)}, "close"),
        # What is only shown is shown on every flow that it names, and may bind either side.
        (SHOWN | {"flows": ("f",), "binds": ("private",), "recipients": ("police",)}, "show"),
        (SHOWN | {"flows": ("f",), "not_flows": ("f",)}, "silent"),
        (SHOWN | {"flows": ("f",), "status": "pending"}, "silent"),
        (SHOWN | {"mechanisms": ("jail-tells-ice",), "binds": ("federal",)}, "show"),
        (SHOWN | {"mechanisms": ("jail-tells-ice",), "binds": ("state",)}, "show"),
        (SHOWN | {"mechanisms": ("jail-tells-ice",), "binds": ("private",)}, "silent"),
        (SHOWN, "silent"),  # a text that names nothing is shown beside nothing
    ],
)
def test_a_law_speaks_to_the_flows_that_its_keys_fit(keys, found):
    assert effect(JAIL, **keys) == found


def test_what_is_public_already_no_law_bars_that_says_so():
    public = replace(JAIL, public=True)
    for unless, found in (((PUBLIC,), "silent"), ((WARRANT, PUBLIC), "silent"), ((WARRANT,), "close"), ((), "close")):
        assert effect(public, unless=unless) == found


def test_a_step_reads_its_own_conditions_and_those_of_the_law_on_it():
    asked = (LISTED, Condition(practice="p"), Condition(agreement="a"), Condition(fact="printed", is_="yes"))
    step = flow(timing="in_custody", when=Condition(all=asked), shown_by=Condition(fact="seen", is_="yes"))
    excepted = model.Exception_(kind="client", text="t", client="detainer", is_="yes", question="q")
    bars = law(client_if=Condition(client="order", is_="yes"), unless=(excepted, WARRANT))
    own, of_law = {"f", "in-custody", "listed", "p", "a", "printed"}, {"seen", "order", "detainer"}
    found = index(step, bars)
    for _ in range(2):
        reads, law_reads = read_by(found, found.leaving("jail")[0])
        assert (reads - {""}, law_reads - {""}) == (own | of_law, of_law)
    for timing, name in (("on_supervision", {"on-supervision-now"}), ("at_event", set()), ("standing", set())):
        found = index(replace(step, timing=timing, when=None, shown_by=None))
        reads, law_reads = read_by(found, found.leaving("jail")[0])
        assert (reads - {""}, law_reads - {""}) == ({"f"} | name, set())


def test_a_step_reads_what_the_one_judged_together_with_it_reads():
    second = flow("g", either_with="f", when=LISTED, timing="on_supervision")
    both = Index(
        catalog_of([JAIL, ICE], [flow(), second], [law(client_if=Condition(client="order", is_="yes"))], [kind()])
    )
    (step,) = both.leaving("jail")
    reads, law_reads = read_by(both, step)
    assert (reads - {""}, law_reads - {""}) == ({"f", "g", "listed", "on-supervision-now", "order"}, {"order"})
