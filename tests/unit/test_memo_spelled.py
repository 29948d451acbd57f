"""However people write a listed value, in whatever letters, the gate finds it; ordinary words it leaves alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.memo.plain_text import printable
from clinic_mapper.memo.prove import prove_text
from clinic_mapper.memo.spellings import spellings_of
from clinic_mapper.memo.withhold import Withheld
from tests.outside_tools.names import AROUND, AS_A_NAME, NAMES, NUMBERS, ways_of


def held_back(kind: str, value: str, text: str) -> bool:
    listed = Withheld(value=value, kind=kind, where="identifiers", identifier=True, spellings=spellings_of(kind, value))
    return bool(prove_text(text, [listed]))


def assert_found(kind: str, value: str, how: str) -> None:
    for around in AROUND:
        typed = around.format(ways_of(kind)[how](value))
        for text in (typed, printable(typed)):
            assert held_back(kind, value, text), (how, text)


@pytest.mark.parametrize("how", AS_A_NAME)
@pytest.mark.parametrize("kin", NAMES)
def test_a_name_of_any_script_is_found_however_it_is_written(kin, how):
    for name in NAMES[kin]:
        assert_found("name", name, how)


@pytest.mark.parametrize("kind", NUMBERS)
@given(seed=st.integers(0, 2**32))
def test_a_number_an_address_or_a_day_is_found_however_it_is_written(kind, seed):
    dice = random.Random(seed)
    value = NUMBERS[kind](dice)
    assert_found(kind, value, dice.choice(sorted(ways_of(kind))))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("name", "María Zúñiga-Peralta", "Ms. Peralta"),
        ("name", "Ximena Quetzal", "xquetzal at the clinic"),
        ("name", "Ximena Quetzal", "Хimena came"),  # the first letter is Cyrillic
        ("name", "Ximena Quetzal", "".join(chr(0xE0000 + ord(letter)) for letter in "Ximena")),
        ("name", "Ana Gil", "GilAna"),
        ("name", "Ana Gil", "A n a  G i l"),
        ("name", "Li Wu", "file:///Mappe/Li%20Wu.pdf"),
        ("plate", "AB123", "plate AB 123"),
        ("plate", "AB123", "ab-123"),
        ("birth-date", "1987-09-23", "DOB 23SEP87"),
        ("birth-date", "1987-09-23", "DOB 092387"),
        ("birth-date", "1987-09-23", "Sept. 23rd"),
        ("birth-date", "1987-09-01", "1º de septiembre"),
        ("e-mail", "ximena.q@example.org", "ximena.q at example dot org"),
        ("e-mail", "ximena.q@example.org", "her mailbox ximena.q"),
        ("address", "1420 N Elm St Apt 4 Fresno", "1420 N. Elm Street"),
        ("address", "1420 Elm St Apt 4 Fresno", "1420 Elm Street"),
        ("a-number", "087654321", "87,654,321"),
        ("phone", "(559) 555-0142", "٥٥٥-٠١٤٢"),
        ("code", "M-20", "M20"),
    ],
    ids=str,
)
def test_further_ways_to_write_a_value(kind, value, text):
    assert held_back(kind, value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Isa Moreno", "This is a table."),
        ("Juan de la Cruz", "El informe de la policía del condado"),
        ("Ana Li", "an ali"),
    ],
    ids=str,
)
def test_ordinary_words_are_no_name(value, text):
    assert not held_back("name", value, text)
