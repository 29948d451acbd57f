"""A planted value is caught in every hiding place, in every spelling; a clean memo passes."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from clinic_mapper.memo.export import Memo, for_export, make_memo
from clinic_mapper.memo.prove import OwnWords, looks_like, prove, prove_text, words_found
from clinic_mapper.memo.spellings import spellings_of
from clinic_mapper.memo.withhold import Withheld
from clinic_mapper.resource_files import resources
from tests.memo_corpus import further, plant, sample

CORPUS = Path(__file__).parents[1] / "memo_corpus"


@cache
def memo(reader: str = "client") -> Memo:
    matter, catalog = sample.matter(), sample.catalog()
    return make_memo(matter, catalog, sample.exposure(for_export(matter), catalog), reader, "en", "memo.pdf")


def leaks_in(pdf: bytes, made: Memo, file_name: str = "memo.pdf"):
    return prove(pdf, made.withheld, file_name, made.own, made.never, made.titles)


@pytest.mark.parametrize("reader", ["supervisor", "cocounsel", "client"])
def test_a_clean_memo_passes(reader):
    made = memo(reader)
    assert leaks_in(made.pdf, made) == []


def test_the_numbers_of_letters_in_a_font_are_no_month():
    made = memo()
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        plant.bullet(pdf)
        out = BytesIO()
        pdf.save(out)
    month = Withheld(value="2022-08", kind="date", where="touchpoint 1", spellings=spellings_of("date", "2022-08"))
    assert prove(out.getvalue(), [*made.withheld, month], "memo.pdf", made.own, made.never, made.titles) == []


CANNOT_BE_READ = {"image", "older-version", "utf-16-hexadecimal", "between-the-parts", "left-behind"}
"""What is refused because it is there at all: no search would find what it says."""


@pytest.mark.parametrize("name", plant.NAMES)
def test_what_is_planted_is_found(name):
    made = memo()
    leaks = leaks_in(plant.planted(made.pdf, name), made)
    assert {leak.value_kind for leak in leaks} - {"hidden"} or (name in CANNOT_BE_READ and leaks)


def test_each_hiding_place_is_explained():
    explained = (CORPUS / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in explained for name in plant.NAMES if name not in further.SPELLED)


def test_each_refusal_is_told_in_words():
    where = json.loads((resources() / "words" / "es.json").read_text("utf-8"))["leak_where"]
    made = memo()
    told = {leak.where for name in CANNOT_BE_READ for leak in leaks_in(plant.planted(made.pdf, name), made)}
    assert told <= where.keys()


def test_a_leak_says_what_and_where_and_not_the_value():
    made = memo()
    (leak,) = leaks_in(plant.planted(made.pdf, "outline"), made)
    assert (leak.value_kind, leak.where, leak.value_from) == ("name", "bookmark", "identifiers")
    assert "Ximena" not in repr(leak)


def test_the_file_name_is_searched():
    made = memo("supervisor")
    leaks = leaks_in(made.pdf, made, "memo ximena-quetzal.pdf")
    assert [leak.where for leak in leaks] == ["file name"]
    assert leaks_in(made.pdf, made, "memo-supervisor.pdf") == []


def found(kind: str, value: str, text: str, identifier: bool = True, own: str = "") -> bool:
    withheld = Withheld(
        value=value, kind=kind, where="here", spellings=spellings_of(kind, value), identifier=identifier
    )
    return bool(prove_text(text, [withheld], own=OwnWords(own, own, own)))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("name", "José Núñez Ávila", "seen by JOSE NUNEZ AVILA today"),
        ("name", "José Núñez Ávila", "Ávila, José"),
        ("name", "José Núñez Ávila", "J. Núñez told us"),
        ("name", "José Núñez Ávila", "Núñez\nÁvila"),
        ("name", "José Núñez Ávila", "Nu\u0301n\u0303ez"),
        ("name", "José Núñez Ávila", "initials J.N.A. on the slip"),
        ("name", "José Núñez Ávila", "ＪＯＳＥ ＮＵÑＥＺ"),
        ("name", "José Núñez Ávila", "Jo\u00adsé Nú\u200bñez"),
        ("name", "José Núñez Ávila", "JoséNúñez"),
        ("name", "José Núñez Ávila", "JOSE_NUNEZ_AVILA"),
        ("name", "Li Wu", "Wu Li called"),
        ("a-number", "A 087 654 321", "A087654321"),
        ("a-number", "A 087 654 321", "A# 87-654-321"),
        ("a-number", "A087654321", "0 8 7 6 5 4 3 2 1"),
        ("ssn", "078-05-1120", "078 05 1120"),
        ("phone", "(559) 555-0142", "+1 559.555.0142"),
        ("phone", "1 559 555 0142", "559-555-0142"),
        ("birth-date", "1987-09-23", "born 9/23/1987"),
        ("birth-date", "1987-09-23", "born 23.09.87"),
        ("birth-date", "1987-09-23", "23 de septiembre de 1987"),
        ("birth-date", "1987-09-23", "Sept. 23, 1987"),
        ("birth-date", "1987-09-23", "SEPTEMBER 23RD? no: September 23 1987"),
        ("agency-name", "Los Angeles Police Department", "the LAPD"),
        ("agency-name", "Los Angeles Police Department", "Los Angeles PD"),
        ("agency-name", "Fresno County Sheriff’s Office", "Fresno County Sheriff's Office"),
        ("place", "Fresno", "in FRESNO."),
        ("place", "San José", "San Jose"),
        ("address", "1420 Elm St, Fresno", "lives at 1420 Elm St"),
        ("email", "x@example.org", "x@example.org"),
        ("note", "He spoke with a relative about work.", "that he spoke with a relative about it"),
        ("plate", "7ABC123", "7 ABC 123"),
        ("code", "M-2041", "case m 2041"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_every_spelling_is_found(kind, value, text):
    assert found(kind, value, text)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("place", "CA", "because of a car"),
        ("place", "Kern", "a kernel"),
        ("name", "José Núñez Ávila", "the jail and its records"),
        ("a-number", "A 087 654 321", "of 2012, [1, 2, 3]"),
        ("note", "a", "a b c"),
        ("phone", "(559) 555-0142", "sections 559 to 7284, 555-01"),
    ],
    ids=str,
)
def test_ordinary_text_is_not_taken_for_a_leak(kind, value, text):
    assert not found(kind, value, text, identifier=False)


def test_a_title_excuses_no_value_however_a_page_shows_it():
    """Programs that read pages can turn a number round that stands among letters that run leftward."""
    made = memo()
    plate = Withheld(value="9QKX587", kind="plate", where="identifiers", spellings=spellings_of("plate", "9QKX587"))
    (leak,) = prove(made.pdf, [plate], "memo.pdf", made.own, made.never, f"{made.titles}\nPapers on 9 QKX 587")
    assert (leak.value_kind, leak.where) == ("plate", "bookmark")
    own = OwnWords(*[f"{made.own.bare}\nPapers on 9 QKX 587"] * 3)
    assert prove(made.pdf, [plate], "memo.pdf", own, made.never, f"{made.titles}\nPapers on 9 QKX 587") == []


def test_a_value_is_excused_only_as_often_as_our_own_words_hold_it():
    assert not found("place", "Orange", "orange and ORANGE", identifier=False, own="orange, orange")
    assert found("place", "Orange", "orange and ORANGE", identifier=False, own="orange")


def test_what_people_typed_excuses_no_part_of_a_person():
    withheld = Withheld(
        value="Kern", kind="name", where="identifiers", identifier=True, spellings=spellings_of("name", "Kern")
    )
    assert prove_text("Kern County", [withheld], own=OwnWords(reduced="Kern County", bare="", named="Kern County"))


def test_a_part_of_a_name_may_be_part_of_a_place_that_is_shown():
    value = "Maria Kern"
    withheld = Withheld(
        value=value, kind="name", where="identifiers", identifier=True, spellings=spellings_of("name", value)
    )
    own = OwnWords(reduced="Kern County", bare="", named="Kern County")
    assert not prove_text("Kern County", [withheld], own=own)
    assert prove_text("Kern County and Kern", [withheld], own=own)
    assert prove_text("Kern, Maria", [withheld], own=own)


def test_words_that_a_reader_never_sees_are_found_as_words():
    assert words_found("The ICE office", ["ICE"]) == ["ICE"]
    assert words_found("ice cream, a nice day", ["ICE"]) == []
    assert words_found("Un arresto.", ["arresto"]) == ["arresto"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A 123 456 789", "a-number"),
        ("A#123-456-789", "a-number"),
        ("078-05-1120", "ssn"),
        ("(559) 555-0142", "phone"),
        ("me@example.org", "e-mail"),
        ("A-Number: 087654321", "a-number"),
        ("078 05 1120", "ssn"),
        ("078051120", "ssn"),
        ("559.555.0142", "phone"),
        ("7ABC123", "plate"),
        ("ABC-1234", "plate"),
        ("1420 N. Elm Street", "address"),
        ("55 Martin Luther King Blvd", "address"),
        ("Calle Xochimilco 3381", "address"),
    ],
    ids=str,
)
def test_numbers_that_the_matter_does_not_know_give_a_warning(text, kind):
    assert kind in looks_like(f"see {text} there")
    assert looks_like(f"see {text} there", own=text) == []


NO_NUMBERS_OF_A_PERSON = """
8 U.S.C. 1373(a), 8 C.F.R. § 287.7(d), Cal. Gov. Code 7284.6, 28 CFR 20.33, 5 U.S.C. 552a(d)(1), SB 54, AB-60, HB 4
Arizona v. United States, 567 U.S. 387 (2012); 140 S. Ct. 1891; No. 19-1212; 91 Fed. Reg. 12345; 2025 WL 1234567
Form I-213, I-247A, G-639, FD-258, EOIR-33, M-2041, PM 21-7; 2026-01-31, 31/01/2026, May 14, 2012, 2011-2012; 287(g)
ICE 2019, DHS 2024, FBI 2022, JUNE 2025; section 7284.6, Penal Code 832.18; t1, line 12; 100 miles; $1,000,000
"""


def test_law_days_and_forms_look_like_no_number_of_a_person():
    assert looks_like(NO_NUMBERS_OF_A_PERSON) == []
