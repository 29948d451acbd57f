"""Seven readers: each sees what the table says, whatever is in the matter, and of what was not chosen nothing."""

from __future__ import annotations

from datetime import date
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Identifier, Matter, Touchpoint, Verdict, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo import export as export_module
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import Paragraph, Run, text_of
from clinic_mapper.memo.export import LeakFound, make_memo
from clinic_mapper.memo.gate import as_drawn, own_words
from clinic_mapper.memo.generalize import date_at
from clinic_mapper.memo.haystack import Haystack
from clinic_mapper.memo.left_out import summary
from clinic_mapper.memo.narrow import for_reader
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.readers import READERS, load_profile
from clinic_mapper.memo.withhold import for_export, values_outside, withheld_values, withhold
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from tests.unit.drawn_matters import matters

TODAY = date(2026, 11, 26)
every_reader = pytest.mark.parametrize("reader", READERS)

SEEN = {
    "supervisor": {"CODE", "AGENCY", "CITY", "HOME", "NOTE", "REASON", "PAPER", "May 14, 2012"},
    "file": {"CODE", "AGENCY", "CITY", "NOTE", "REASON", "PAPER", "May 14, 2012"},
    "cocounsel": {"CODE", "AGENCY", "CITY", "PAPER", "May 2012"},
    "court": {"AGENCY", "CITY", "May 2012"},
    "request": {"AGENCY", "CITY", "May 14, 2012"},
    "client": set(),
    "funder": set(),
}
"""Of the matter below, who sees what: users' own table."""
VALUES = {
    "CODE": "Vm-7715", "AGENCY": "Zyxgara Marshals", "CITY": "Qellbrook", "HOME": "Ostwick", "NOTE": "wumpelt",
    "REASON": "grindlov", "PAPER": "frobnitz slip", "May 14, 2012": "May 14, 2012", "May 2012": "May 2012",
}  # fmt: skip


@cache
def catalog() -> Catalog:
    return load_catalog()


def mapped(matter: Matter) -> ExposureMap:
    return map_exposure(for_export(matter), catalog(), TODAY)


@cache
def told() -> tuple[Matter, ExposureMap]:
    booking = Touchpoint(
        id="t1",
        kind="jail-booking",
        when="2012-05-14",
        where=Where(state="WA", county="King County", city=VALUES["CITY"]),
        agency=Agency(kind="sheriff", name=VALUES["AGENCY"]),
        facts={"printed": Answer(value="yes", source="paper", paper=VALUES["PAPER"])},
        note=VALUES["NOTE"],
    )
    account = Touchpoint(
        id="t2", kind="utility-account", when="2019-08-02",
        where=Where(state="WA", county="King County", city=VALUES["HOME"]), agency=Agency(name="Ostwick Light"),
    )  # fmt: skip
    plain = Matter(code=VALUES["CODE"], touchpoints=(booking, account))
    routes = [id for id, route in mapped(plain).routes.items() if route.touchpoint == "t1"]
    matter = replace(plain, set_aside=(Verdict(route=routes[-1], reason=VALUES["REASON"]),))
    return matter, mapped(matter)


def text(reader: str, lang: str = "en", **chosen) -> str:
    matter, exposure = told()
    if reader == "court":
        chosen = chosen or {"lines": [line.id for line in exposure.lines if line.touchpoint == "t1"]}
    if reader == "request":
        chosen = chosen or {"contacts": ["t1"]}
    memo = make_memo(matter, catalog(), exposure, reader, lang, "memo.pdf", **chosen)
    return " ".join(" ".join(page_texts(memo.pdf)).split())


@every_reader
def test_each_reader_sees_what_the_table_says(reader):
    said = text(reader)
    assert {name for name, value in VALUES.items() if value in said} == SEEN[reader]


def test_where_one_lives_gives_way_to_the_state_for_all_but_the_supervisor():
    assert "Ostwick Light" in text("supervisor")
    for reader in ("file", "cocounsel"):
        said = text(reader)
        assert "Ostwick" not in said and "Washington" in said


def test_a_court_sees_the_chosen_routes_and_no_confidence():
    matter, exposure = told()
    mine = [line.id for line in exposure.lines if line.touchpoint == "t1"][:1]
    said = text("court", lines=mine)
    assert "Privileged" not in said and "work product" not in said and "utility" not in said.lower()
    assert "Signature of counsel" in said
    assert "Remedies for what" not in said and "Grounds to challenge" not in said and "Do first" not in said
    kept, shown = for_reader(matter, exposure, load_profile("court"), mine, None)
    assert [line.id for line in shown.lines] == mine and [each.id for each in kept.touchpoints] == ["t1"]
    with pytest.raises(Problem) as caught:
        text("court", lines=["no-such"])
    assert caught.value.code == "no-such-line"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_court_is_told_when_not_all_routes_were_followed(lang):
    matter, exposure = told()
    said = load_words(lang)("court.cut")
    mine = [exposure.lines[0].id]
    for cut in (True, False):
        memo = make_memo(matter, catalog(), replace(exposure, cut=cut), "court", lang, "memo.pdf", lines=mine)
        assert (said in " ".join(" ".join(page_texts(memo.pdf)).split())) is cut


def test_the_court_s_presets_say_what_they_do_not_cover():
    profile = load_profile("court")
    assert profile.presets == ("Fed. R. Civ. P. 5.2", "Fed. R. Crim. P. 49.1")
    said = " ".join(profile.caveats["en"])
    for word in ("addresses", "telephone", "license numbers", "A-numbers"):
        assert word in said


def test_a_request_is_about_the_chosen_contact_and_gives_no_reason():
    said = text("request", contacts=["t2"])
    assert "Zyxgara" not in said and "May 14" not in said and "ICE" not in said and "immigration" not in said.lower()
    assert "Ostwick" not in said, "no request carries where the client lives"
    blank = text("request", contacts=[])
    assert "The records concern (what, when, where)" in blank
    assert load_profile("request").confirm and "Home address first" in load_profile("request").caveats["en"][0]
    with pytest.raises(Problem) as caught:
        text("request", contacts=["t9"])
    assert caught.value.code == "no-such-contact"


def test_what_was_not_chosen_is_searched_for(monkeypatch):
    """A name that only another contact holds stops the page, though the reader may see names of agencies."""
    matter, exposure = told()
    honest = export_module.compose

    def careless(*given, **more):
        document = honest(*given, **more)
        return replace(document, blocks=(*document.blocks, Paragraph(runs=(Run(text="Ostwick Light"),))))

    monkeypatch.setattr(export_module, "compose", careless)
    with pytest.raises(LeakFound) as caught:
        make_memo(matter, catalog(), exposure, "request", contacts=["t1"])
    assert "contact 2" in caught.value.what and "Ostwick" not in caught.value.sentence


@every_reader
@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_is_left_out_is_said_and_never_quoted(reader, lang):
    matter, _ = told()
    said = " ".join(summary(matter, catalog(), reader, lang))
    assert said and not any(value in said for value in VALUES.values())


@every_reader
def test_an_answer_for_this_session_only_leaves_no_trace_with_any_reader(reader):
    matter, _ = told()
    plain = replace(matter, touchpoints=matter.touchpoints[:1])
    (booking,) = plain.touchpoints
    asked = {question.id for question in catalog().touchpoints["jail-booking"].questions} - set(booking.facts)
    answered = booking.facts | {name: Answer(value="yes", session_only=True) for name in asked}
    secret = replace(plain, touchpoints=(replace(booking, facts=answered),),
                     client={"dhs-prints": Answer(value="yes", session_only=True)})  # fmt: skip
    assert mapped(secret) == mapped(plain)
    chosen = {"contacts": ["t1"]} if reader == "request" else {}
    one, other = (make_memo(each, catalog(), mapped(each), reader, **chosen) for each in (secret, plain))
    assert one.pdf == other.pdf


def test_routes_of_an_answer_for_this_session_only_print_as_undetermined():
    booking = Touchpoint(id="t1", kind="jail-booking", when="2024", where=Where(state="TX", county="Harris County"))
    asked = Matter(code="M-1", touchpoints=(booking,), client={"dhs-prints": Answer(value="yes", session_only=True)})
    live, kept = map_exposure(asked, catalog(), TODAY), mapped(asked)
    settled = {line.id for line in live.lines if line.standing == "open"}
    settled -= {line.id for line in kept.lines if line.standing == "open"}
    assert all(line.standing == "undetermined" for line in kept.lines if line.id in settled)


@pytest.mark.parametrize(
    ("stored", "band"),
    [
        ("2012-05-14", "2010/2014"), ("2012~", "2010/2014"), ("2009/2011", "2005/2014"), ("../2008", "../2009"),
        ("2023/..", "2020/.."), ("2014-22", "2010/2014"), ("", ""), ("2015", "2015/2019"),
    ],
    ids=str,
)  # fmt: skip
def test_dates_by_five_years(stored, band):
    assert date_at(stored, "band") == band


TYPED = ("Zyxgara", "Qellbrook", "Ostwicken", "Wumpelton", "Grindlov", "Frobnitz")


@st.composite
def told_matters(draw: st.DrawFn) -> Matter:
    """A drawn matter in which people typed something wherever they can."""
    drawn = draw(matters(catalog(), most=2))
    touchpoints = tuple(
        replace(
            each,
            where=replace(each.where, city=draw(st.sampled_from(("", TYPED[1])))),
            agency=replace(each.agency, name=draw(st.sampled_from(("", f"{TYPED[0]} Office")))),
            note=draw(st.sampled_from(("", f"{TYPED[3]} said so"))),
            facts={
                name: replace(answer, source="paper", paper=f"{TYPED[5]} slip")
                for name, answer in each.facts.items()
                if isinstance(answer, Answer)
            },
        )
        for each in drawn.touchpoints
    )
    names = (Identifier(kind="name", value="Ostwicken Vray"), Identifier(kind="a-number", value="A 087 654 321"))
    return replace(drawn, code="Grindlov-9", touchpoints=touchpoints, identifiers=names, note=f"{TYPED[3]} again")


@settings(max_examples=settings.default.max_examples // 5)
@given(told_matters(), st.sampled_from(("en", "es")), st.data())
def test_nothing_withheld_is_in_any_reader_s_document(matter, lang, data):
    whole = map_exposure(for_export(matter), catalog(), TODAY)
    line_ids, contact_ids = [line.id for line in whole.lines], [each.id for each in matter.touchpoints]
    for reader in READERS:
        profile = load_profile(reader)
        lines = data.draw(st.lists(st.sampled_from(line_ids), max_size=3)) if line_ids else []
        contacts = data.draw(st.lists(st.sampled_from(contact_ids), max_size=1))
        kept, shown = for_reader(for_export(matter), whole, profile, lines, contacts)
        said = text_of(withhold(compose(kept, catalog(), shown, reader, lang), profile))
        own = own_words(kept, catalog(), shown, profile, lang, says=partial(as_drawn, pages=0))
        found, reduced, bare = Haystack(said), Haystack(own.reduced), Haystack(own.bare)
        values = (*withheld_values(matter, catalog(), profile), *values_outside(matter, kept, catalog(), profile))
        for value in values:
            excuse = bare if value.identifier else reduced
            for spelling in value.spellings:
                assert found.count(spelling) <= excuse.count(spelling), (reader, value.kind, spelling)
        assert "Ostwicken" not in said and "654 321" not in said
        if reader in ("client", "funder"):
            assert not any(word in said for word in TYPED)
