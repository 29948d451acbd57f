"""A clinic may tighten what a reader sees; what shows more is used only as an attorney confirmed it."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.clinic_profiles import ClinicProfiles
from clinic_mapper.memo.clinic_profile import (
    Confirmation,
    clinic_profile,
    confirm,
    decode,
    encode,
    in_force,
    loosens,
    tighten,
    wanted,
)
from clinic_mapper.memo.document import TAGS
from clinic_mapper.memo.readers import READERS, Profile, load_profile, verdicts
from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import schemas

changes = st.fixed_dictionaries({}, optional={tag: st.sampled_from(verdicts(tag)) for tag in TAGS})
readers = st.sampled_from(READERS)


def shows_no_more(one: Profile, other: Profile) -> bool:
    return not loosens(other, one)


@given(readers, changes, st.none() | st.integers(2, 30))
def test_without_a_confirmation_nobody_ever_sees_more(reader, tags, threshold):
    default = load_profile(reader)
    used = in_force(default, clinic_profile(default, tags, threshold))
    assert shows_no_more(used, default) and used.threshold >= default.threshold
    assert used == tighten(
        default, replace(default, tags=default.tags | tags, threshold=threshold or default.threshold)
    )
    assert set(used.tags) == set(TAGS)


@given(readers, changes, changes)
def test_a_confirmation_holds_for_exactly_what_it_names(reader, tags, later):
    default = load_profile(reader)
    clinic = clinic_profile(default, tags)
    loose = loosens(default, wanted(default, clinic))
    if not default.may_loosen:
        forged = replace(clinic, confirmed=Confirmation(attorney="R.M.", on="2026-11-26", loosened=loose))
        assert shows_no_more(in_force(default, forged), default)
        return
    signed = confirm(default, clinic, "R.M.", "2026-11-26")
    assert in_force(default, signed).tags == wanted(default, clinic).tags
    changed = replace(clinic_profile(default, tags | later), confirmed=signed.confirmed)
    for tag, said in loosens(default, in_force(default, changed)).items():
        assert loose[tag] == said


@pytest.mark.parametrize("reader", ["client", "funder"])
def test_the_page_for_the_client_and_the_counts_cannot_be_loosened(reader):
    default = load_profile(reader)
    with pytest.raises(Problem) as caught:
        confirm(default, clinic_profile(default, {"date": "keep"}), "R.M.", "2026-11-26")
    assert caught.value.code == "may-not-be-loosened"


def test_nobody_confirms_without_a_name():
    default = load_profile("cocounsel")
    with pytest.raises(Problem) as caught:
        confirm(default, clinic_profile(default, {"note": "keep"}), "  ", "2026-11-26")
    assert caught.value.code == "nobody-confirmed"
    assert confirm(default, clinic_profile(default, {"date": "withhold"}), "", "2026-11-26").confirmed is None


def test_what_is_kept_fits_its_published_schema_and_comes_back():
    default = load_profile("cocounsel")
    kept = confirm(default, clinic_profile(default, {"date": "keep", "paper": "withhold"}), "R.M.", "2026-11-26")
    schema = json.loads((schemas() / "clinic-profile.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(encode(kept)), schema)
    assert decode(encode(kept)) == kept
    profile = json.loads((schemas() / "profile.schema.json").read_text("utf-8"))["properties"]["tags"]["properties"]
    assert schema["properties"]["tags"]["properties"] == profile
    assert {tag: tuple(profile[tag].get("enum", ("keep", "withhold"))) for tag in profile} == {
        tag: verdicts(tag) if len(verdicts(tag)) == 2 else tuple(profile[tag]["enum"]) for tag in TAGS
    }
    assert all(set(profile[tag]["enum"]) == set(verdicts(tag)) for tag in TAGS if "enum" in profile[tag])


@pytest.mark.parametrize(
    "data",
    [b"\xff", b"{}", b'{"reader":"court","tags":{"date":"week"}}', b'{"reader":"court","schema":"x"}',
     b'{"reader":"funder","threshold":0}', b'{"reader":"court","tags":{"colour":"keep"}}'],
    ids=["no text", "no reader", "no verdict", "another schema", "no threshold", "no tag"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(data):
    with pytest.raises(Problem) as caught:
        decode(data)
    assert caught.value.code == "profile-invalid"


class Layer:
    def __init__(self, id: str, kind: str, content: bytes) -> None:
        self.id, self.kind, self.content = id, kind, content


class Shelf:
    """A vault's layers, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Layer] = {}

    def layers(self) -> list[Layer]:
        return list(self.kept.values())

    def keep_layer(self, id: str, kind: str, title: str, content: bytes) -> None:
        self.kept[id] = Layer(id, kind, content)

    def remove_layer(self, id: str) -> None:
        self.kept.pop(id, None)


def test_a_vault_keeps_them_and_lets_go_of_what_says_nothing():
    shelf = Shelf()
    profiles = ClinicProfiles(shelf)
    default = load_profile("cocounsel")
    assert profiles.profile("cocounsel") is default
    profiles.keep(clinic_profile(default, {"date": "generalize:year"}))
    assert profiles.profile("cocounsel").level("date") == "year"
    assert profiles.profile("court") is load_profile("court")
    profiles.keep(clinic_profile(default, {}))
    assert not shelf.kept and profiles.profile("cocounsel") is default


def test_a_kept_profile_that_cannot_be_read_leaves_the_shipped_one_in_force():
    shelf = Shelf()
    shelf.keep_layer("profile-court", "profile", "", b"??")
    assert ClinicProfiles(shelf).profile("court") is load_profile("court")
    assert ClinicProfiles(None).profile("court") is load_profile("court")
    shelf.keep_layer("profile-court", "profile", "", encode(clinic_profile(load_profile("file"), {"date": "withhold"})))
    assert ClinicProfiles(shelf).profile("court") is load_profile("court"), "it speaks of another reader"
