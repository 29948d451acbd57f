"""Which places tell where the client lives: those of accounts, schools, taxes and benefits."""

from __future__ import annotations

from typing import Literal

from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.catalog.model import Catalog

_AT_HOME = frozenset(("utility", "broker", "tax", "benefits", "school", "surveillance"))
"""Sectors whose contacts are had from where one lives, not where an officer happened to stand."""


def place_tag(catalog: Catalog, touchpoint: Touchpoint) -> Literal["place", "home-place"]:
    """How the place of a contact is tagged."""
    kind = catalog.touchpoints.get(touchpoint.kind)
    return "home-place" if kind is not None and kind.sector in _AT_HOME else "place"
