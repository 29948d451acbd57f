"""Letters: what they disclose is said first; what is not needed is left out; they pass the same gate as a memo."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache

import jsonschema
import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Identifier, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.cli import LETTERS, READERS, USAGE, main
from clinic_mapper.memo import letters as letters_module
from clinic_mapper.memo.document import Paragraph, Run
from clinic_mapper.memo.export import LeakFound, Memo, export_case_json, for_export, save_memo
from clinic_mapper.memo.letter_templates import letter_named, letters
from clinic_mapper.memo.letters import contacts_for, disclosed, make_letter
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.prove import words_found
from clinic_mapper.memo.readers import READERS as MEMO_READERS
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources, schemas
from clinic_mapper.routing.engine import map_exposure

TODAY = date(2026, 11, 26)
every_letter = pytest.mark.parametrize("id", list(letters()))


@cache
def catalog() -> Catalog:
    return load_catalog()


def matter(**client: str) -> Matter:
    booking = Touchpoint(
        id="t1", kind="jail-booking", when="2024-05-11", where=Where(state="NY", county="Albany County"),
        agency=Agency(kind="sheriff", name="Albany County Jail"), note="fears a cousin",
    )  # fmt: skip
    stop = Touchpoint(
        id="t2", kind="police-stop-citation", when="2019-08-02", where=Where(state="TX", city="Ostwick"),
        agency=Agency(name="Ostwick Police"), facts={"license_checked": Answer(value="yes")},
    )  # fmt: skip
    names = (Identifier(kind="name", value="Ximena Quetzal"), Identifier(kind="a-number", value="A 087 654 321"))
    return Matter(code="M-77", touchpoints=(booking, stop), identifiers=names, client=dict(client))


def made(id: str, given: Matter | None = None, chosen=(), contact: str | None = None) -> Memo:
    letter, case = letter_named(id), given or matter()
    about = ("t1" if letter.contact != "none" else "") if contact is None else contact
    exposure = map_exposure(for_export(case), catalog(), TODAY)
    return make_letter(letter, case, catalog(), exposure, about, chosen, "letter.pdf")


def text(memo: Memo) -> str:
    return " ".join(" ".join(page_texts(memo.pdf)).split())


@every_letter
def test_a_template_fits_its_published_schema(id):
    schema = json.loads((schemas() / "letter.schema.json").read_text("utf-8"))
    template = json.loads((resources() / "letters" / f"{id}.json").read_text("utf-8"))
    jsonschema.validate(template, schema)
    assert template["id"] == id
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(template | {"why": "because"}, schema)


class Stopped(Exception):
    """Raised by whoever no longer wants the letter."""


@pytest.mark.parametrize("at", [(0, 0), (1, 1), (2, 1)], ids=["laid out", "drawn", "read again"])
def test_a_letter_can_be_stopped_while_it_is_made(at):
    def told(page: int, pages: int) -> None:
        if (page, pages) == at:
            raise Stopped

    case, letter = matter(), letter_named("jail-file")
    exposure = map_exposure(for_export(case), catalog(), TODAY)
    with pytest.raises(Stopped):
        make_letter(letter, case, catalog(), exposure, "t1", told=told)


@every_letter
def test_a_letter_claims_no_law_beyond_the_catalog(id):
    for recipient in letter_named(id).recipients:
        remedy = catalog().remedies[recipient.remedy]
        assert recipient.law in (remedy.authority or "")
        assert remedy.learns and remedy.cites
        named = [word for word in re.findall(r"\w+", " ".join(recipient.to)) if len(word) > 3]
        assert not named or any(word in remedy.recipient for word in named), recipient.to
    asked = catalog().client_questions
    assert set(letter_named(id).signoff_if) <= set(asked)


@every_letter
def test_every_letter_is_one_clean_page(id):
    every = [field.id for field in letter_named(id).fields]
    for chosen in ((), every):
        memo = made(id, chosen=chosen)
        assert len(page_texts(memo.pdf)) == 1 and memo.warnings == () and memo.reader == "request"
        said = text(memo)
        assert not words_found(said, load_profile("request").never["en"])
        for value in ("M-77", "Ximena", "654", "fears", "cousin", "Ostwick", "undocumented"):
            assert value not in said


@every_letter
def test_fields_that_are_not_needed_are_left_out(id):
    letter = letter_named(id)
    said = text(made(id))
    for field in letter.fields:
        assert (field.label in said) == (field.needed and not field.text)
    extra = [field for field in letter.fields if not field.needed]
    for field in extra:
        assert (field.text or field.label).split("___")[0].strip() in text(made(id, chosen=[field.id]))


def test_only_the_jail_is_told_of_a_contact_and_only_of_its_own():
    assert "May 11, 2024" in text(made("jail-file")) and "Albany County Jail" in text(made("jail-file"))
    for id in letters():
        if id != "jail-file":
            assert "2024" not in text(made(id)) and "Albany" not in text(made(id))


def test_a_word_of_another_contact_in_a_letter_stops_it(monkeypatch):
    honest = letters_module.withhold

    def careless(document, profile):
        kept = honest(document, profile)
        return replace(kept, blocks=(*kept.blocks, Paragraph(runs=(Run(text="Ostwick Police"),))))

    monkeypatch.setattr(letters_module, "withhold", careless)
    with pytest.raises(LeakFound) as caught:
        made("jail-file")
    assert "contact 2" in caught.value.what


def test_the_state_of_the_contact_picks_the_bureau():
    assert "New York Division of Criminal Justice Services" in text(made("state-rap-sheet"))
    assert "9 NYCRR" in text(made("state-rap-sheet"))
    assert "Texas Department of Public Safety" in text(made("state-rap-sheet", contact="t2"))
    nowhere = replace(matter(), touchpoints=(Touchpoint(id="t1", kind="jail-booking", where=Where(state="OH")),))
    assert "To (agency)" in text(made("state-rap-sheet", nowhere))


@every_letter
def test_what_is_disclosed_is_said_before(id):
    letter = letter_named(id)
    said = disclosed(letter, matter(), catalog(), "t1" if letter.contact != "none" else "")
    assert said[0].startswith("To: ")
    assert any(catalog().remedies[each.remedy].learns in said for each in letter.recipients)
    assert any(sentence.startswith("Left out on purpose: ") for sentence in said)
    assert any("check them before sending" in sentence for sentence in said)
    assert not any("Albany" in sentence or "2024-05" in sentence for sentence in said)


def test_counsel_signs_off_where_the_matter_says_so():
    fbi = letter_named("fbi-identity-history")
    settled = {"prior-removal-order": "no", "open-warrant": "no", "dhs-prints": "yes"}
    assert any(
        "Counsel signs off first" in each
        for each in disclosed(fbi, matter(**{"prior-removal-order": "yes"}), catalog())
    )
    assert any("Not settled yet" in each for each in disclosed(fbi, matter(), catalog()))
    assert not any("ounsel" in each and "sign" in each for each in disclosed(fbi, matter(**settled), catalog()))


def test_wrong_choices_are_named():
    jail = letter_named("jail-file")
    assert [each.id for each in contacts_for(jail, matter(), catalog())] == ["t1"]
    for id, contact, chosen, code in (
        ("jail-file", "", (), "contact-needed"),
        ("jail-file", "t2", (), "no-such-contact"),
        ("fbi-identity-history", "t1", (), "no-such-contact"),
        ("fbi-identity-history", "", ("ssn",), "no-such-field"),
    ):
        with pytest.raises(Problem) as caught:
            made(id, contact=contact, chosen=chosen)
        assert caught.value.code == code
    with pytest.raises(Problem) as caught:
        letter_named("love-letter")
    assert caught.value.code == "no-such-letter"


def test_answers_for_this_session_only_leave_no_trace():
    plain = matter()
    secret = replace(plain, client={"prior-removal-order": Answer(value="yes", session_only=True)})
    for id in letters():
        assert made(id, secret).pdf == made(id, plain).pdf


def test_the_command_line_writes_a_letter_only_when_what_it_discloses_is_confirmed(tmp_path, capsys):
    case, out = tmp_path / "case.json", tmp_path / "letter.pdf"
    export_case_json(case, matter())
    asked = ["letter", str(case), "--letter", "jail-file", "--contact", "t1", "--with", "held", "--out", str(out)]
    assert main(asked) == 1
    told = capsys.readouterr().err
    assert "The jail or the sheriff learns" in told and "Nothing was written." in told and not out.exists()
    assert main([*asked, "--confirmed"]) == 0
    assert "A detainer is a request" in text_of_file(out)


def text_of_file(path) -> str:
    return " ".join(" ".join(page_texts(path.read_bytes())).split())


def test_a_letter_is_saved_like_a_memo(tmp_path):
    memo = made("uscis-foia")
    save_memo(tmp_path / "letter-uscis-foia.pdf", memo)
    with pytest.raises(LeakFound):
        save_memo(tmp_path / "Quetzal.pdf", memo)


@pytest.mark.parametrize(
    "given", [["memo", "--reader", "boss"], ["letter", "--letter", "complaint"]], ids=["reader", "letter"]
)
def test_a_reader_or_a_letter_that_is_none_is_a_mistake_of_usage_and_names_those_that_are(given, tmp_path, capsys):
    out = tmp_path / "out.pdf"
    assert main([given[0], "case.json", *given[1:], "--out", str(out)]) == USAGE
    told = capsys.readouterr().err
    assert all(name in told for name in (READERS if given[0] == "memo" else LETTERS)) and not out.exists()


def test_the_readers_and_letters_of_the_command_line_are_those_there_are():
    assert READERS == MEMO_READERS and set(LETTERS) == set(letters())
