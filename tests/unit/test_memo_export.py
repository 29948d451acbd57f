"""Nothing leaves but what was proven; a refused file is not written at all."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.codec import decode_case
from clinic_mapper.casefile.model import Identifier, Verdict
from clinic_mapper.memo import export as export_module
from clinic_mapper.memo.document import Paragraph, Run
from clinic_mapper.memo.export import (
    LeakFound,
    export_case_json,
    export_map_json,
    for_export,
    make_memo,
    save_memo,
)
from clinic_mapper.memo.export_picture import proved_picture
from tests.memo_corpus import sample


@pytest.fixture
def case():
    matter, catalog = sample.matter(), sample.catalog()
    return matter, catalog, sample.exposure(for_export(matter), catalog)


def test_a_proven_memo_is_saved_whole(case, tmp_path):
    memo = make_memo(*case, "supervisor", "en", "memo.pdf")
    save_memo(tmp_path / "memo.pdf", memo)
    assert (tmp_path / "memo.pdf").read_bytes() == memo.pdf
    assert memo.warnings == () and memo.left_out


def test_a_name_in_the_file_name_refuses_the_save_and_writes_nothing(case, tmp_path):
    memo = make_memo(*case, "supervisor")
    with pytest.raises(LeakFound) as caught:
        save_memo(tmp_path / "Quetzal memo.pdf", memo)
    assert "the file name" in caught.value.what and "Quetzal" not in caught.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_were_changed_after_the_proof_are_not_saved(case, tmp_path):
    from tests.memo_corpus.plant import planted

    memo = make_memo(*case, "supervisor")
    changed = type(memo)(
        **{name: getattr(memo, name) for name in memo.__struct_fields__} | {"pdf": planted(memo.pdf, "xmp")}
    )
    (tmp_path / "memo.pdf").write_bytes(b"the old one")
    with pytest.raises(LeakFound):
        save_memo(tmp_path / "memo.pdf", changed)
    assert (tmp_path / "memo.pdf").read_bytes() == b"the old one"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("reader", ["supervisor", "cocounsel"])
def test_a_person_named_where_people_type_is_caught(case, reader):
    matter, catalog, exposure = case
    first = replace(matter.touchpoints[0], agency=replace(matter.touchpoints[0].agency, name="Office of X. Quetzal"))
    with pytest.raises(LeakFound) as caught:
        make_memo(replace(matter, touchpoints=(first, *matter.touchpoints[1:])), catalog, exposure, reader)
    assert {leak.value_kind for leak in caught.value.leaks} == {"name"}
    assert "Quetzal" not in caught.value.sentence


def test_a_run_with_the_wrong_tag_does_not_get_out(case, monkeypatch):
    """The proof knows the matter, not the tags: a mistake in composing is caught by reading the finished file."""
    matter, catalog, exposure = case
    honest = export_module.compose

    def careless(*given, **more):
        document = honest(*given, **more)
        slipped = Paragraph(runs=(Run(text="Fresno Police Department"),))
        return replace(document, blocks=(*document.blocks, slipped))

    monkeypatch.setattr(export_module, "compose", careless)
    with pytest.raises(LeakFound) as caught:
        make_memo(matter, catalog, exposure, "client")
    assert "agency-name" in {leak.value_kind for leak in caught.value.leaks}


def test_a_word_that_could_hurt_does_not_get_onto_the_client_page(case, monkeypatch):
    honest = export_module.compose

    def careless(*given, **more):
        document = honest(*given, **more)
        return replace(document, blocks=(*document.blocks, Paragraph(runs=(Run(text="Bring your visa."),))))

    monkeypatch.setattr(export_module, "compose", careless)
    with pytest.raises(LeakFound) as caught:
        make_memo(*case, "client")
    assert "“visa”" in caught.value.what


def test_a_number_that_nobody_listed_gives_a_warning(case):
    matter, catalog, exposure = case
    noted = replace(matter, note="Call 212-555-0188.")
    (warning,) = make_memo(noted, catalog, exposure, "supervisor").warnings
    assert "a phone number" in warning and "0188" not in warning
    assert make_memo(noted, catalog, exposure, "cocounsel").warnings == ()


def test_a_name_that_is_also_a_word_of_ours_does_not_stop_the_memo(case):
    matter, catalog, exposure = case
    named = replace(
        matter, identifiers=(Identifier(kind="name", value="May Law"), Identifier(kind="name", value="Page"))
    )
    assert make_memo(named, catalog, exposure, "supervisor").pdf


def test_a_memo_shows_nothing_in_a_log(case):
    memo = make_memo(*case, "supervisor")
    assert "Quetzal" not in repr(memo) and matter_code(case) not in repr(memo)


def matter_code(case) -> str:
    return case[0].code


def test_the_case_file_comes_back_without_the_list_of_names(case, tmp_path):
    matter, _, _ = case
    export_case_json(tmp_path / "case.json", matter)
    back = decode_case((tmp_path / "case.json").read_bytes())
    assert back.identifiers == () and back.touchpoints[0].agency == matter.touchpoints[0].agency
    assert "entered-at-port" not in back.client


def test_a_case_file_with_a_name_in_a_note_is_refused(case, tmp_path):
    matter = replace(case[0], note="Ask for Xime\u0301na\nQuetzal")
    with pytest.raises(LeakFound):
        export_case_json(tmp_path / "case.json", matter)
    assert list(tmp_path.iterdir()) == []


def test_a_case_file_of_somebody_who_is_called_like_a_place_is_saved(case, tmp_path):
    agency = case[0].touchpoints[0].agency.name
    called = Identifier(kind="name", value=f"Xochitl {agency.split()[0]}")
    export_case_json(tmp_path / "case.json", replace(case[0], identifiers=(called,)))
    assert agency in (tmp_path / "case.json").read_text("utf-8")
    for name in (agency, f"Xochitl {agency.split()[0]}"):
        noted = replace(case[0], identifiers=(replace(called, value=name),), note=f"Met {name}.")
        with pytest.raises(LeakFound):
            export_case_json(tmp_path / "other.json", noted)


def test_a_part_of_a_name_in_the_id_of_a_route_or_question_does_not_stop_a_case_file_and_a_whole_name_does(
    case, tmp_path
):
    called = Identifier(kind="name", value="Xochitl Ice")
    held = replace(case[0], client=case[0].client | {"waited_for_ice": "no"})
    for route, saved in (("t1/ice-detentions", True), ("t1/xochitl-ice", False)):
        aside = replace(held, identifiers=(called,), set_aside=(Verdict(route=route, reason="It ended."),))
        if saved:
            export_case_json(tmp_path / "case.json", aside)
            continue
        with pytest.raises(LeakFound):
            export_case_json(tmp_path / "other.json", aside)


@pytest.mark.parametrize("id", ["Xochitl Ice", "xochitl-ice", "XochitlIce", "xochitl"])
def test_a_name_typed_as_the_id_of_a_contact_keeps_case_file_and_map_in(case, tmp_path, id):
    """Only a file made by hand can hold one: the window numbers contacts."""
    matter, catalog, _ = case
    called = Identifier(kind="name", value="Xochitl Ice")
    named = replace(matter, identifiers=(called,), touchpoints=(replace(matter.touchpoints[0], id=id),))
    exposure = sample.exposure(for_export(named), catalog)
    with pytest.raises(LeakFound):
        export_case_json(tmp_path / "case.json", named)
    with pytest.raises(LeakFound):
        export_map_json(tmp_path / "map.json", named, catalog, exposure)
    assert "xochitl" not in proved_picture(named, catalog, exposure).svg.casefold()
    assert list(tmp_path.iterdir()) == []


def test_the_map_as_json_is_proven_too(case, tmp_path):
    matter, catalog, exposure = case
    export_map_json(tmp_path / "map.json", matter, catalog, exposure)
    assert json.loads((tmp_path / "map.json").read_text("utf-8"))["lines"]
    routes = {id: replace(route, set_aside="Quetzal said so") for id, route in exposure.routes.items()}
    with pytest.raises(LeakFound):
        export_map_json(tmp_path / "other.json", matter, catalog, replace(exposure, routes=routes))
    assert not (tmp_path / "other.json").exists()
