"""The steps of a matter in its memos: whose, by when, who learns what; who sees no staff names, and who no step."""

from __future__ import annotations

from datetime import date
from functools import cache, partial

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, FollowUp, Identifier, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo import compose as compose_module
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import Paragraph, Run, text_of
from clinic_mapper.memo.export import LeakFound, for_export, make_memo
from clinic_mapper.memo.gate import as_drawn, own_words
from clinic_mapper.memo.haystack import Haystack
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.readers import READERS, Profile, load_profile
from clinic_mapper.memo.with_pictures import with_pictures
from clinic_mapper.memo.withhold import bare, reduced, withheld_values, withhold
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap

TODAY = date(2026, 11, 26)
STEPS = (
    FollowUp(
        id="f1", about="t1", remedy="req-jail-detainer", letter="jail-file", owner="QXJ", due="2026-12-24",
        sent="2026-10-30", note="the records clerk is called Berta",
    ),
    FollowUp(id="f2", kind="other", owner="B.W.", due="2026-09-15", note="call the public defender about the plea"),
    FollowUp(id="f3", kind="advice", remedy="travel-advice", owner="QXJ", state="done", ended="2026-08-07"),
)  # fmt: skip


@cache
def catalog() -> Catalog:
    return load_catalog()


def matter(*steps: FollowUp) -> Matter:
    booking = Touchpoint(
        id="t1", kind="jail-booking", when="2024-05-11", where=Where(state="NY", county="Albany County"),
        agency=Agency(kind="sheriff", name="Albany County Jail"),
    )  # fmt: skip
    stop = Touchpoint(id="t2", kind="police-stop-citation", when="2019-08-02", where=Where(state="TX", city="Ostwick"))
    return Matter(code="M-77", touchpoints=(booking, stop), follow_ups=steps or STEPS)


def exposure(case: Matter) -> ExposureMap:
    return map_exposure(for_export(case), catalog(), TODAY)


def without_staff(reader: str) -> Profile:
    tight = load_profile(reader)
    return replace(tight, tags=tight.tags | {"staff": "withhold"})


def said(reader: str, case: Matter | None = None, lang: str = "en", profile: Profile | None = None) -> str:
    given = case or matter()
    shown = exposure(given)
    chosen = [shown.lines[0].id] if reader == "court" else None
    memo = make_memo(given, catalog(), shown, reader, lang, lines=chosen, contacts=["t1"], profile=profile)
    return " ".join(" ".join(page_texts(memo.pdf)).split())


def test_the_supervisor_reads_whose_step_it_is_by_when_and_who_learns_what():
    in_full = " (U.S. Immigration and Customs Enforcement)"  # where a page first names it
    text = said("supervisor").replace(in_full, "")
    for part in (
        "Steps: who does what, and by when",
        "About contact 1. Owner: QXJ. Sent October 30, 2026. Due December 24, 2026.",
        "The jail or the sheriff learns that somebody asks about ICE and this person.",
        "Owner: B.W. Was due September 15, 2026.",
        "call the public defender about the plea",
        "Done. Ended August 7, 2026.",
    ):
        assert part in text, part
    assert text.index("Was due September") < text.index("Due December") < text.index("Done. Ended")


def test_the_file_copy_has_the_steps_and_spanish_has_them_too():
    assert "Owner: QXJ." in said("file")
    assert "A cargo: QXJ." in said("supervisor", lang="es") and "Venció: 15 de septiembre" in said(
        "supervisor", lang="es"
    )


def test_cocounsel_reads_steps_by_month_without_notes():
    text = said("cocounsel")
    assert "Due December 2026." in text and "Was due September 2026." in text and "Sent October 2026." in text
    assert "Owner: QXJ." in text and "Berta" not in text


def test_a_clinic_can_keep_staff_from_a_reader():
    text = said("supervisor", profile=without_staff("supervisor"))
    assert "Due December 24, 2026." in text and "Berta" in text
    assert "Owner" not in text and "QXJ" not in text and "B.W." not in text


@pytest.mark.parametrize("reader", ["court", "request", "client", "funder"])
def test_all_others_hear_of_no_step(reader):
    text = said(reader)
    for part in ("Steps: who", "QXJ", "B.W.", "Berta", "December 24", "public defender about"):
        assert part not in text
    assert text == said(reader, replace(matter(), follow_ups=()))


def test_a_matter_without_steps_has_no_section_on_them():
    assert "Steps: who" not in said("supervisor", replace(matter(), follow_ups=()))


@pytest.mark.parametrize("reader", READERS)
def test_both_ways_of_withholding_say_the_same_of_steps(reader):
    case, profile = for_export(matter()), load_profile(reader)
    shown = exposure(case)
    own = own_words(case, catalog(), shown, profile, "en", says=partial(as_drawn, pages=0))
    document = withhold(compose(case, catalog(), shown, reader, "en"), profile)
    document = with_pictures(document, reduced(case, profile, catalog()), catalog(), shown, profile)
    assert Haystack(own.reduced)._words[0] == Haystack(text_of(document))._words[0]


@pytest.mark.parametrize("words", ["QXJ", "B.W.", "BW", "the records clerk is called Berta", "December 24, 2026"])
@pytest.mark.parametrize("reader", ["cocounsel", "court", "request"])
def test_what_a_step_says_is_found_where_it_may_not_stand(reader, words, monkeypatch):
    honest = compose_module.compose

    def careless(case, *given, **named):
        document = honest(case, *given, **named)
        return replace(document, blocks=(*document.blocks, Paragraph(runs=(Run(text=words),))))

    monkeypatch.setattr("clinic_mapper.memo.export.compose", careless)
    with pytest.raises(LeakFound) as caught:
        said(reader, profile=without_staff(reader))
    assert "follow-ups" in caught.value.what


@pytest.mark.parametrize("owner", ["AS", "US", "ID", "TT", "EN", "MR", "ICE", "an", "P", "Σ", "F1", "Type", "XML"])
@pytest.mark.parametrize("reader", ["cocounsel", "client"])
def test_initials_that_are_everyday_words_do_not_stop_a_memo(reader, owner):
    assert said(reader, matter(FollowUp(id="f1", owner=owner, due="2026-12")), profile=without_staff(reader))


@pytest.mark.parametrize("field", ["owner", "note"])
def test_a_name_in_any_words_of_a_step_stops_the_memo(field):
    named = matter(FollowUp(id="f1", **{field: "Quetzal"}))
    named = replace(named, identifiers=(Identifier(kind="name", value="Ximena Quetzal"),))
    with pytest.raises(LeakFound):
        said("supervisor", named)


def test_a_name_typed_into_a_step_goes_into_no_file():
    named = replace(matter(FollowUp(id="Ximena", about="Quetzal", remedy="Ximena Quetzal", note="Ximena Quetzal")))
    named = replace(named, identifiers=(Identifier(kind="name", value="Ximena Quetzal"),))
    with pytest.raises(LeakFound):
        said("supervisor", named)
    assert "Ximena" not in str(bare(named, catalog()).follow_ups)
    assert "Ximena" not in said("cocounsel", named)


def test_what_is_left_out_counts_initials_and_notes():
    kinds = [value.kind for value in withheld_values(matter(), catalog(), without_staff("cocounsel"))]
    assert kinds.count("staff") == 2 and kinds.count("note") == 2
