"""What the tests of the matter page share: the shipped catalog, the real engine and session, saving to nowhere."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from clinic_mapper.casefile.model import Matter, Touchpoint
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.ui.session import CaseSession

TODAY = date(2026, 3, 2)


@lru_cache(maxsize=1)
def shipped_catalog() -> Catalog:
    """The catalog that travels with the program, read once for all tests."""
    return load_catalog()


def a_session(matter: Matter) -> CaseSession:
    """A session with this matter open, on a fixed day."""
    session = CaseSession(shipped_catalog(), lambda: TODAY, lambda _matter: "10:42")
    session.open(matter)
    return session


def told(session: CaseSession, name: str) -> Touchpoint:
    """A touchpoint of the open matter as it is stored."""
    assert session.matter is not None
    return next(each for each in session.matter.touchpoints if each.id == name)
