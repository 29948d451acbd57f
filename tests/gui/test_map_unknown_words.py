"""What counsel must judge is said in words: a record that may not exist never shows as the id of its system."""

from __future__ import annotations

import pytest

from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.routing.model import Unknown
from clinic_mapper.ui.map_words import question_for

CATALOG = load_catalog()
JUDGED = [(kind.id, record.system, record.judge) for kind in CATALOG.touchpoints.values() for record in kind.creates]


@pytest.mark.parametrize(("kind", "system", "judge"), [each for each in JUDGED if each[2]])
def test_a_record_to_judge_is_asked_in_its_own_words(kind, system, judge):
    matter = Matter(code="A-1", touchpoints=(Touchpoint(id="t1", kind=kind),))
    said = question_for(Unknown(kind="judge", id=system, touchpoint="t1"), matter, CATALOG)
    assert judge in said and system not in said.split()


def test_a_record_without_words_of_its_own_is_named_by_its_system():
    matter = Matter(code="A-1", touchpoints=(Touchpoint(id="t1", kind="not-in-this-catalog"),))
    said = question_for(Unknown(kind="judge", id="ident-hart", touchpoint="t1"), matter, CATALOG)
    assert CATALOG.systems["ident-hart"].name in said and "ident-hart" not in said
