"""A contact that makes a relative's record says that the map covers the client only: by its kind, or by an answer."""

from __future__ import annotations

import pytest

from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.routing.about_relative import is_about_relative

KINDS = load_catalog().touchpoints


@pytest.mark.parametrize(
    ("kind", "facts", "is_so"),
    [
        ("sponsored-child", {}, True),
        ("dmv-registered-vehicle", {}, False),
        ("dmv-registered-vehicle", {"whose-name": "client"}, False),
        ("dmv-registered-vehicle", {"whose-name": "unknown"}, False),
        ("dmv-registered-vehicle", {"whose-name": "relative"}, True),
        ("phone-contract", {"plan-type": "family plan in another's name"}, True),
        ("jail-booking", {"printed": "yes"}, False),
    ],
)
def test_a_kind_or_an_answer_can_say_that_it_is_about_a_relative(kind, facts, is_so):
    assert is_about_relative(Touchpoint(id="t1", kind=kind, facts=facts), KINDS[kind]) is is_so


def test_a_kind_that_the_catalog_does_not_know_says_nothing():
    assert not is_about_relative(Touchpoint(id="t1", kind="moon landing"), None)
