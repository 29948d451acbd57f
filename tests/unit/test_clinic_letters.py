"""A clinic's own letters: read as the schema says, kept in the vault, shown as its own, and no way round the gate."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Identifier, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.cli import main
from clinic_mapper.clinic_letters import ClinicLetters
from clinic_mapper.memo.export import LeakFound, Memo, export_case_json, for_export
from clinic_mapper.memo.letter_claims import claims_of, takes_the_place_of
from clinic_mapper.memo.letter_templates import LARGEST_FILE, Letter, decode_letter, encode_letter, letters, read_letter
from clinic_mapper.memo.letters import disclosed, make_letter
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import schemas
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.vault.opening import create_vault, open_vault

TODAY = date(2026, 11, 26)
PASSPHRASE = "copper lantern seven otters quietly"


@cache
def catalog() -> Catalog:
    return load_catalog()


def own(**changes) -> Letter:
    return replace(
        letters()["fbi-identity-history"], **({"id": "our-fbi", "title": {"en": "Ours", "es": "Nuestra"}} | changes)
    )


def matter(name: str = "Ximena Quetzal") -> Matter:
    booking = Touchpoint(
        id="t1", kind="jail-booking", when="2024-05-11", where=Where(state="NY", county="Albany County"),
        agency=Agency(kind="sheriff", name="Albany County Jail"), note="fears a cousin in Ostwick and his brother",
    )  # fmt: skip
    names = (Identifier(kind="name", value=name),)
    return Matter(code="M-77XQ", touchpoints=(booking,), identifiers=names)


def made(letter: Letter, contact: str = "", of: Matter | None = None) -> Memo:
    told = of or matter()
    exposure = map_exposure(for_export(told), catalog(), TODAY)
    return make_letter(letter, told, catalog(), exposure, contact, own=True)


def text(memo: Memo) -> str:
    return " ".join(" ".join(page_texts(memo.pdf)).split())


# --- reading


@cache
def schema() -> dict:
    return json.loads((schemas() / "letter.schema.json").read_text("utf-8"))


plain_texts = st.text("ab {}", max_size=4)
values = st.one_of(st.none(), st.integers(-2, 30), st.booleans(), plain_texts, st.lists(plain_texts, max_size=2))


@settings(max_examples=150)
@given(st.data())
def test_what_is_read_is_what_the_schema_allows(data):
    """One key of a shipped letter gets another value, goes, or comes in: never read where the schema refuses it."""
    letter = json.loads(encode_letter(data.draw(st.sampled_from(list(letters().values())))))
    part = data.draw(
        st.sampled_from([letter, letter["due"], letter["recipients"][0], letter["fields"][0], letter["title"]])
    )
    key = data.draw(st.sampled_from([*part, "strange", "due", "text"]))
    if data.draw(st.booleans()):
        part.pop(key, None)
    else:
        part[key] = data.draw(values)
    try:
        read = decode_letter(json.dumps(letter).encode(), "letter.json")
    except Problem as problem:
        assert problem.code == "letter-invalid" and problem.sentence.startswith(
            "The letter “letter.json” cannot be used"
        )
    else:
        jsonschema.validate(json.loads(encode_letter(read)), schema())
        jsonschema.validate(letter, schema())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"null",
        b'{"schema": "clinic-mapper/letter/1"}',
        encode_letter(own()).replace(b"/letter/1", b"/letter/2"),
        encode_letter(own(id="Bad Id")),
        encode_letter(own(opening=())),
        encode_letter(own(recipients=())),
        encode_letter(own(opening=("Under {law.__class__} I ask",))),
        encode_letter(own(closing=("About {contact}",))),
        encode_letter(own(opening=("About {contact}",))),
        encode_letter(own(closing=("x" * 20_001,))),
        encode_letter(own(signoff_if={"open-warrant": ()})),
    ],
)
def test_a_file_that_is_no_letter_is_refused_in_a_sentence(data):
    with pytest.raises(Problem) as refused:
        decode_letter(data, "letter.json")
    assert refused.value.code == "letter-invalid" and "Nothing was changed." in refused.value.sentence


def test_a_file_too_large_or_missing_or_no_file_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "large.json").write_bytes(b" " * (LARGEST_FILE + 1))
    for name in ("large.json", "missing.json", "."):
        with pytest.raises(Problem) as refused:
            read_letter(tmp_path / name)
        assert refused.value.code == "letter-unreadable"
    (tmp_path / "good.json").write_bytes(b"\xef\xbb\xbf" + encode_letter(own()))
    assert read_letter(tmp_path / "good.json") == own()


# --- what it claims


def test_law_and_time_that_the_catalog_does_not_name_are_said_to_be_the_clinics_own():
    fbi = own().recipients[0]
    assert claims_of(own(), catalog()) == []
    (law,) = claims_of(own(recipients=(replace(fbi, law="The Law of Moses"),)), catalog())
    assert "“The Law of Moses” is the clinic's own" in law and "28 CFR 16.30" in law
    (remedy,) = claims_of(own(recipients=(replace(fbi, remedy="req-none"),)), catalog())
    assert "no remedy “req-none”" in remedy
    (time,) = claims_of(own(due=replace(own().due, days=3, kind="working")), catalog())
    assert "3 days is the clinic's own" in time
    for shipped in letters().values():
        assert claims_of(shipped, catalog()) == [], "what travels with the program claims nothing of its own"


def test_what_is_the_clinics_own_is_said_first():
    said = disclosed(own(), matter(), catalog(), own=True)
    assert said[0] == "This letter is the clinic's own: its words did not come with the program."
    assert disclosed(own(), matter(), catalog())[0].startswith("To: ")
    unknown = own(recipients=(replace(own().recipients[0], remedy="req-none"),))
    assert "Who learns what by this letter is not known." in disclosed(unknown, matter(), catalog(), own=True)


# --- the gate


def test_a_letter_of_the_clinic_is_one_clean_page():
    memo = made(own(closing=("Please write to us in Spanish: señora, mañana.",)))
    assert "señora, mañana" in text(memo) and len(page_texts(memo.pdf)) == 1


PLACES_OF_WORDS = {
    "closing": lambda words: {"closing": (words,)},
    "subject": lambda words: {"subject": words},
    "asks": lambda words: {"asks": (words,)},
    "opening": lambda words: {"opening": (words,)},
    "enclose": lambda words: {"enclose": (words,)},
    "recipient": lambda words: {"recipients": (replace(own().recipients[0], to=("Records Office", words)),)},
    "law": lambda words: {"recipients": (replace(own().recipients[0], law=words),), "opening": ("Under {law} I ask",)},
    "time": lambda words: {"due": replace(own().due, text=words)},
    "recipient's time": lambda words: {
        "recipients": (replace(own().recipients[0], due=replace(own().due, text=words)),)
    },
    "blank": lambda words: {"fields": (replace(own().fields[0], label=words, needed=True),)},
    "sentence": lambda words: {"fields": (replace(own().fields[0], text=words, needed=True),)},
}
"""Every place of a letter where somebody can write something that is printed."""


@pytest.mark.parametrize(
    "words",
    ["Please think of Ximena Quetzal.", "Our file M-77XQ.", "She fears a cousin in Ostwick and his brother."],
)
@pytest.mark.parametrize("where", PLACES_OF_WORDS)
def test_no_word_of_a_matter_gets_out_by_a_letter_that_somebody_wrote(words, where):
    with pytest.raises(LeakFound):
        made(own(**PLACES_OF_WORDS[where](words)))


@pytest.mark.parametrize("where", PLACES_OF_WORDS)
def test_a_plate_in_the_digits_of_another_script_does_not_get_out_by_a_letter(where):
    plated = replace(matter(), identifiers=(Identifier(kind="plate", value="9QKX587"),))
    with pytest.raises(LeakFound):
        made(own(**PLACES_OF_WORDS[where]("(٩QKX٥٨٧)")), of=plated)


@pytest.mark.parametrize("id", letters())
def test_a_client_called_like_a_word_that_was_taken_over_from_one_of_ours_is_not_kept_in(id):
    ours = letters()[id]
    contact = "t1" if ours.contact == "named" else ""
    taken_over = replace(ours, id="our-letter", subject="Papers, please")
    printed = text(made(taken_over, contact))
    said = [
        each for each in (ours.due.text, *ours.opening, *ours.asks, *ours.closing, *ours.enclose) if each in printed
    ]
    for word in {max(re.findall(r"\b[a-z]{3,}\b", each), key=len, default="office") for each in said}:
        called = matter(f"Ximena {word.title()}")
        made(taken_over, contact, called)
        for written in ({"subject": f"Papers on {word}"}, {"asks": (*ours.asks, f"Papers on {word}")}):
            with pytest.raises(LeakFound):
                made(replace(taken_over, **written), contact, called)
    assert said


def test_an_agency_or_a_year_in_a_letter_for_all_matters_is_no_leak():
    assert "2024" in text(made(own(closing=("Send all of 2019 to 2024, also from Albany County.",))))


# --- keeping


@pytest.fixture
def vault(tmp_path, quick_keys):
    with create_vault(tmp_path / "vault", PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def quick_keys(monkeypatch):
    from clinic_mapper.vault import keys
    from clinic_mapper.vault.manifest import Cost

    monkeypatch.setattr(keys, "MODERATE", Cost(operations=1, memory=8192 * 8))


def test_a_letter_is_kept_offered_taken_out_and_put_back(vault, tmp_path):
    shelf = ClinicLetters(vault)
    undo = shelf.keep(own())
    assert list(shelf.offered()) == [*letters(), "our-fbi"]
    assert shelf.offered()["our-fbi"] == (own(), True) and shelf.offered()["uscis-foia"].own is False
    assert shelf.offered()["our-fbi"].title == "Ours (the clinic's own)"
    shelf.take_out("letter-our-fbi")
    assert "our-fbi" not in shelf.offered()
    assert [(each.title, each.in_use) for each in shelf.own()] == [("Ours", False)]
    vault.close()
    with open_vault(tmp_path / "vault", PASSPHRASE) as again:
        shelf = ClinicLetters(again)
        shelf.put_back("letter-our-fbi")
        assert shelf.offered()["our-fbi"].letter == own()
    assert undo is not None


def test_a_letter_with_the_id_of_one_of_ours_takes_its_place_as_the_clinics_own_until_it_is_taken_out(vault):
    shelf = ClinicLetters(vault)
    undo = shelf.keep(own(id="uscis-foia"))
    assert shelf.offered()["uscis-foia"] == (own(id="uscis-foia"), True)
    assert "“USCIS: A-file (FOIA)”" in takes_the_place_of(own(id="uscis-foia")) and takes_the_place_of(own()) == ""
    undo()
    assert shelf.offered()["uscis-foia"] == (letters()["uscis-foia"], False)


def test_every_earlier_form_can_be_had_again(vault):
    shelf = ClinicLetters(vault)
    forms = [own(subject=f"Subject {number}") for number in range(3)]
    for form in forms:
        shelf.keep(form)
    assert shelf.own()[0].earlier == 2
    seen = [shelf.offered()["our-fbi"].letter.subject]
    for _ in range(3):
        shelf.put_earlier_form("letter-our-fbi")
        seen.append(shelf.offered()["our-fbi"].letter.subject)
    assert seen == ["Subject 2", "Subject 1", "Subject 0", "Subject 2"]
    shelf.keep(own(id="single"))
    with pytest.raises(Problem) as refused:
        shelf.put_earlier_form("letter-single")
    assert refused.value.code == "no-earlier-form"


def test_what_another_version_kept_is_listed_and_not_offered(vault):
    vault.keep_layer("letter-odd", "letter", "Odd", b"{}")
    shelf = ClinicLetters(vault)
    assert list(shelf.offered()) == list(letters())
    assert [(each.title, each.letter) for each in shelf.own()] == [("Odd", None)]


def test_without_a_vault_the_letters_that_came_with_the_program_are_offered():
    shelf = ClinicLetters(None)
    assert list(shelf.offered()) == list(letters()) and not shelf.can_keep and shelf.own() == []


# --- the command line


def test_the_command_line_writes_a_letter_from_a_file(tmp_path, capsys):
    case, out, file = tmp_path / "case.json", tmp_path / "letter.pdf", tmp_path / "ours.json"
    export_case_json(case, matter())
    file.write_bytes(encode_letter(own(closing=("Please hurry.",))))
    asked = ["letter", str(case), "--template", str(file), "--out", str(out)]
    assert main(asked) == 1
    assert "This letter is the clinic's own" in capsys.readouterr().err and not out.exists()
    assert main([*asked, "--confirmed"]) == 0
    assert "Please hurry." in " ".join(page_texts(out.read_bytes()))
    assert capsys.readouterr().err.endswith("No law that we know gives a time.\n")
    uscis = ["letter", str(case), "--letter", "uscis-foia", "--confirmed", "--today", "2026-11-26", "--out", str(out)]
    assert main(uscis) == 0
    assert capsys.readouterr().err.endswith("An answer is due December 24, 2026 if it leaves today.\n")
    file.write_bytes(b"{")
    assert main([*asked, "--confirmed"]) == 1
    assert "cannot be used" in capsys.readouterr().err
    assert main(["letter", str(case), "--letter", "love-letter", "--out", str(out)]) == 2
    assert main(["letter", str(case), "--letter", "uscis-foia", "--template", str(file), "--out", str(out)]) == 2
