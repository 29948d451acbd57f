"""An agency can be asked for the records of every kind of contact, in words that a request may say."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from clinic_mapper.casefile.model import Agency, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.export import make_memo
from clinic_mapper.memo.letters import contacts_for, letters, make_letter
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.prove import words_found
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.memo.words import LANGUAGES
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap

TODAY = date(2026, 1, 31)


@cache
def catalog() -> Catalog:
    return load_catalog()


def one_contact(kind: str) -> tuple[Matter, Catalog, ExposureMap]:
    contact = Touchpoint(
        id="t1", kind=kind, when="2019-10-04", where=Where(state="CA", county="Fresno"), agency=Agency(name="Records")
    )
    matter = Matter(code="M-1", touchpoints=(contact,))
    return matter, catalog(), map_exposure(matter, catalog(), TODAY)


def said(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_records_of_every_kind_of_contact_can_be_asked_for(lang):
    for kind in catalog().touchpoints:
        request = make_memo(*one_contact(kind), "request", lang, "memo-request.pdf", contacts={"t1"})
        assert "2019" in said(request.pdf) or catalog().touchpoints[kind].about == "relative", kind


def test_every_letter_about_a_contact_can_be_made_of_every_kind_that_it_fits():
    about_one = [letter for letter in letters().values() if letter.contact == "named"]
    for kind in catalog().touchpoints:
        case = one_contact(kind)
        for letter in about_one:
            if contacts_for(letter, *case[:2]):
                assert "2019" in said(make_letter(letter, *case, "t1").pdf)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_kind_of_contact_is_asked_for_by_a_word_that_a_request_never_says(lang):
    never = load_profile("request").never[lang]
    for kind in catalog().touchpoints.values():
        assert not words_found(getattr(kind.asked_as or kind, lang), never), kind.id


def test_a_request_says_less_than_the_label_where_the_label_says_too_much():
    case = one_contact("prior-removal-order")
    asked = said(make_memo(*case, "request", contacts={"t1"}).pdf)
    assert "The records concern: Record of an immigration court or agency, October 4, 2019" in asked
    assert "eportation" not in asked
    assert "Deportation order from before" in said(make_memo(*case, "file").pdf)
