"""A Spanish memo tells what can be done in Spanish; what nobody translated stands in English and is heard so."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import FollowUp, Identifier
from clinic_mapper.catalog.layers import Layer, stacked
from clinic_mapper.catalog.model import SAID_OF_A_REMEDY, Catalog, CatalogFile
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.custody import time_bound
from clinic_mapper.memo.document import Document, NoteBox, runs_of, text_of
from clinic_mapper.memo.export import LeakFound, make_memo
from clinic_mapper.memo.map_text import map_in_words
from clinic_mapper.memo.withhold import for_export
from clinic_mapper.routing.engine import map_exposure
from tests.every_document import SAMPLES, TODAY, case, catalog

DETAINER = "custody-detainer-lodged"
HELD = "in-custody-in-texas"
PLAIN = {"title": "Call the night line of the clinic first", "recipient": "The night line", "deadline": "At any hour"}


@cache
def memo(sample: str) -> Document:
    matter, exposure = case(sample)
    return compose(matter, catalog(), exposure, "supervisor", "es")


def with_own_step(**changed: object) -> Catalog:
    """The catalog in which a clinic wrote the first step of a custody anew, in English alone."""
    own = replace(catalog().remedies[DETAINER], **({"es": None} | PLAIN | changed))
    return stacked(catalog(), [Layer("notes", "notes", "Notes of the clinic", CatalogFile(remedies=(own,)))]).catalog


def letters_of(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_remedy_stands_in_english_in_a_spanish_memo(sample):
    whole = text_of(memo(sample))
    for row in catalog().remedies.values():
        for key in SAID_OF_A_REMEDY:
            english, spanish = getattr(row, key) or "", getattr(row.in_language("es"), key) or ""
            assert len(english) < 25 or english in spanish or english not in whole, (row.id, key)
    assert not [run for run in runs_of(memo(sample)) if run.tag == "remedy" and run.lang and " " not in run.text]


def test_the_steps_of_a_custody_are_told_in_spanish_with_their_acronyms_in_spanish():
    matter, exposure = case(HELD)
    (box,) = (each for each in memo(HELD).blocks if isinstance(each, NoteBox) and each.kind == "time-bound")
    first = "".join(run.text for run in box.paragraphs[1])
    assert first.startswith("Hoy: averiguar si ICE") and "El mismo día. La defensa; la cárcel." in first
    assert "(Servicio de Inmigración y Control de Aduanas)" in text_of(memo(HELD))
    assert not any(run.lang for paragraph in box.paragraphs for run in paragraph)
    titles = [row.title for row in time_bound(matter, catalog(), "es")]
    said = map_in_words(matter, catalog(), exposure, "es")
    assert all(letters_of(title)[:12] in letters_of(said) for title in titles)
    assert titles[0] != time_bound(matter, catalog())[0].title


def test_a_step_somebody_took_on_is_told_in_spanish():
    matter, exposure = case(HELD)
    taken = replace(matter, follow_ups=(FollowUp(id="f1", kind="other", remedy=DETAINER),))
    row = catalog().remedies[DETAINER].es
    said = text_of(compose(taken, catalog(), exposure, "supervisor", "es"))
    assert row is not None and row.learns is not None and row.learns in said


def test_a_remedy_that_nobody_translated_stands_in_english_and_is_heard_as_english():
    (matter, _), rows = case(HELD), with_own_step()
    exposure = map_exposure(for_export(matter), rows, TODAY)
    runs = list(runs_of(compose(matter, rows, exposure, "supervisor", "es")))
    (told,) = (run for run in runs if PLAIN["title"] in run.text)
    assert told.lang == "en"
    (told,) = (run for run in runs if PLAIN["recipient"] in run.text and run.text != PLAIN["title"])
    assert told.lang == "en"
    assert PLAIN["title"] in map_in_words(matter, rows, exposure, "es")


def test_a_clinics_own_spanish_words_excuse_no_client_that_they_name():
    matter, name = case(HELD)[0], "Ximena Quetzal"
    named = replace(matter, identifiers=(Identifier(kind="name", value=name),))
    shipped = catalog().remedies[DETAINER]
    assert shipped.es is not None
    spanish = replace(shipped.es, title=f"Llamar a {name}")
    rows = with_own_step(**{"title": shipped.title, "es": spanish})
    with pytest.raises(LeakFound):
        make_memo(named, rows, map_exposure(for_export(named), rows, TODAY), "supervisor", "es")
    assert make_memo(matter, rows, map_exposure(for_export(matter), rows, TODAY), "supervisor", "es").pdf
