"""What an attorney signs is spelled as American attorneys spell: “license”, not “licence”."""

from __future__ import annotations

import re

from clinic_mapper.catalog.load import load_catalog
from tests.unit.test_acronyms_known import texts

_BRITISH = re.compile(
    r"\b(licences?|enrolments?|programmes?|centres?|travellers?|authoris\w+|organis\w+|recognis\w+|offences?"
    r"|defence|colours?|labour|behaviour|fulfil|judgement)\b",
    re.IGNORECASE,
)


def test_nothing_that_can_be_printed_is_spelled_the_british_way():
    catalog = load_catalog()
    rows = (*catalog.flows.values(), *catalog.restrictions.values(), *catalog.remedies.values())
    places = (cite.at for row in rows for cite in row.cites if cite.at)
    assert not [text for text in (*texts(), *places) if _BRITISH.search(text)]
