"""The date asked for as before or after a day, in words; and who reads that day: nobody to whom it tells more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.date_question import date_question, without_days_untold
from clinic_mapper.memo.document import text_of
from clinic_mapper.memo.export import make_memo
from clinic_mapper.memo.map_text import map_in_words
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.readers import READERS, Profile, load_profile
from clinic_mapper.memo.withhold import reduced, withhold
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap, Turn
from clinic_mapper.whole_job import read_case

CATALOG = load_catalog()
TODAY = date(2026, 11, 26)
CASES = Path(__file__).parents[1] / "data" / "worked_cases"
ASKED = {"en": "Was it by May 14, 2012, or after that?", "es": "¿Fue el 14 de mayo de 2012 o antes, o fue después?"}
PLAIN = {"en": "About when it was", "es": "Más o menos cuándo fue"}


def new_york() -> tuple[Matter, ExposureMap]:
    matter = read_case(CASES / "2-new-york-2011-or-2012.json")
    return matter, map_exposure(matter, CATALOG, TODAY)


def seen_by(profile: Profile, lang: str = "en") -> str:
    matter, exposure = new_york()
    shown = without_days_untold(exposure, matter, CATALOG, profile)
    return text_of(withhold(compose(matter, CATALOG, shown, profile.reader, lang), profile))


def tightened(reader: str, **tags: str) -> Profile:
    profile = load_profile(reader)
    return replace(profile, tags=profile.tags | {name.replace("_", "-"): verdict for name, verdict in tags.items()})


@pytest.mark.parametrize(
    ("lang", "day", "asked", "earlier", "later"),
    [
        ("en", "2012-05-15", ASKED["en"], "By May 14, 2012", "After that"),
        ("en", "2012-05-01", "Was it before May 2012, or in May 2012 or later?", "Before May 2012",
         "In May 2012 or later"),
        ("en", "2012-01-01", "Was it before 2012, or in 2012 or later?", "Before 2012", "In 2012 or later"),
        ("es", "2012-05-15", ASKED["es"], "El 14 de mayo de 2012 o antes", "Después"),
        ("es", "2012-01-01", "¿Fue antes de 2012, o en 2012 o después?", "Antes de 2012", "En 2012 o después"),
    ],
)  # fmt: skip
def test_a_day_is_asked_about_by_the_last_day_before_the_change_or_by_its_month_or_year(
    lang, day, asked, earlier, later
):
    assert date_question(load_words(lang), day) == (asked, earlier, later)


def test_no_spanish_question_says_hasta_which_for_many_means_not_until():
    words = load_words("es")
    assert not any("hasta" in words(key).casefold() for key in words.keys if key.startswith("date_question."))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reader", ["supervisor", "file"])
def test_the_memo_asks_for_the_side_wherever_it_asks_for_the_date(reader, lang):
    text = seen_by(load_profile(reader), lang)
    assert text.count(ASKED[lang]) >= 3  # what to do first, the line, its route
    assert PLAIN[lang] not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_memo_sends_to_the_paper_for_the_rest_of_a_date_wherever_it_says_who_can_answer(lang):
    text, words = " ".join(seen_by(load_profile("supervisor"), lang).split()), load_words(lang)
    assert f"{words('who.paper')}: {ASKED[lang]}" in text
    assert f"{words('who.client')}: {ASKED[lang]}" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_asks_for_the_same(lang):
    assert ASKED[lang] in " ".join(map_in_words(*(new_york()[0], CATALOG, new_york()[1]), lang).split())


@pytest.mark.parametrize("reader", ["cocounsel", "court"])
def test_who_reads_months_is_not_told_that_the_date_may_be_on_either_side_of_a_day(reader):
    text = seen_by(load_profile(reader))
    assert "Was it" not in text and "May 14, 2012" not in text and PLAIN["en"] in text


@pytest.mark.parametrize("reader", ["request", "client", "funder"])
def test_who_reads_no_lines_reads_no_such_question(reader):
    assert "by May 14" not in seen_by(load_profile(reader))


@pytest.mark.parametrize(
    "tags",
    [
        {"date": "generalize:month"},
        {"date": "withhold"},
        {"place": "generalize:county"},
        {"place": "withhold"},
        {"agency_name": "withhold"},
    ],
)
def test_a_clinic_that_shows_a_reader_less_of_date_place_or_agency_shows_the_day_no_more(tags):
    assert ASKED["en"] in seen_by(tightened("supervisor"))
    assert ASKED["en"] not in seen_by(tightened("supervisor", **tags))


@given(
    st.dates(date(2008, 1, 2), date(2024, 1, 1)),
    st.sampled_from(("keep", "generalize:month", "generalize:year", "generalize:band", "withhold")),
)
def test_a_day_is_shown_only_where_it_is_no_more_exact_than_the_dates_a_reader_sees(day, verdict):
    matter, exposure = new_york()
    turns = (Turn(day=day.isoformat(), before=1, after=1),)
    some = next(iter(exposure.routes.values()))
    whole = replace(exposure, routes={some.id: replace(some, turns=turns)})
    left = without_days_untold(whole, matter, CATALOG, tightened("supervisor", date=verdict)).routes[some.id].turns
    exact = {"keep": True, "generalize:month": day.day == 1, "generalize:year": (day.month, day.day) == (1, 1)}
    assert bool(left) is exact.get(verdict, False)


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_gets_a_file_that_passes_the_gate(reader):
    matter, exposure = new_york()
    choice = {"contacts": ["t1"]} if reader == "request" else {}
    memo = make_memo(matter, CATALOG, exposure, reader, **choice)
    text = " ".join("\n".join(page_texts(memo.pdf)).split())
    assert (ASKED["en"] in text) is (reader in ("supervisor", "file"))


def test_a_memo_made_from_what_the_reader_sees_alone_asks_the_same():
    matter, exposure = new_york()
    for reader in READERS:
        profile = load_profile(reader)
        shown = without_days_untold(exposure, matter, CATALOG, profile)
        whole, less = (
            withhold(compose(case, CATALOG, shown, reader, "en"), profile)
            for case in (matter, reduced(matter, profile, CATALOG))
        )
        assert text_of(whole).count("Was it") == text_of(less).count("Was it"), reader
