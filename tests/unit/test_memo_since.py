"""What changed since a signed memo: which lines, and because of which answer, which row of the catalog or which day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache, reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, Identifier, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo import compose_since
from clinic_mapper.memo.changed_answers import AnswerChange, changed_answers, taken_back
from clinic_mapper.memo.compose_since import difference_blocks
from clinic_mapper.memo.document import Document, text_of
from clinic_mapper.memo.export import LeakFound, for_export, make_memo
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.memo.seal import Seal, seal
from clinic_mapper.memo.sign_off import MEMO_READERS, SignOff
from clinic_mapper.memo.since import Since, between, by_catalog_alone, since_signed
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.engine import map_exposure
from tests.unit.drawn_matters import matters

TODAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
SIGNED = SignOff(initials="R.E.", on="2026-11-26")
JAIL = Touchpoint(
    id="t1",
    kind="jail-booking",
    when="2024-05-11",
    where=Where(state="CA", county="Fresno County", city="Fresno"),
    agency=Agency(kind="county sheriff", name="Ostwick Sheriff"),
    facts={"printed": Answer(value="yes", source="paper", paper="booking slip")},
)
MATTER = Matter(code="INVENTED-4", touchpoints=(JAIL,))


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def sealed(matter: Matter, rows: Catalog | None = None, today: date = TODAY, reader: str = "supervisor") -> Seal:
    rows = rows or catalog()
    exposure = map_exposure(for_export(matter), rows, today, ask=False)
    return seal(matter, 1, rows, exposure, load_profile(reader), "en", b"the file", "R. Example", AT)


def since(last: Seal, matter: Matter, rows: Catalog | None = None, today: date = TODAY) -> Since:
    rows = rows or catalog()
    return since_signed(last, matter, rows, map_exposure(matter, rows, today, ask=False))


def told(matter: Matter, **changes: object) -> Matter:
    (contact,) = matter.touchpoints
    return replace(matter, touchpoints=(replace(contact, **changes),))


def said(found: Since, rows: Catalog | None = None, lang: str = "en") -> str:
    blocks = difference_blocks(found, rows or catalog(), load_words(lang))
    return text_of(
        Document(title="", lang=lang, reader="file", running=(), footer="", page_word="", blocks=tuple(blocks))
    )


def in_pages(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).split())


def drawn() -> st.SearchStrategy[Matter]:
    return st.deferred(lambda: matters(catalog(), most=2))


@given(drawn())
def test_a_signed_memo_does_not_differ_from_itself(matter):
    made = sealed(matter)
    for found in (between(made, made, catalog()), since(made, matter)):
        assert found.difference.is_empty
        assert (found.changes, found.why, found.rows) == ((), {}, 0)


@settings(deadline=None)
@given(drawn(), drawn())
def test_between_two_signed_memos_the_other_way_round_all_is_turned(one, other):
    there, back = (between(*pair, catalog()) for pair in ((sealed(one), sealed(other)), (sealed(other), sealed(one))))
    assert (there.difference.appeared, there.difference.went) == (back.difference.went, back.difference.appeared)
    assert set(there.difference.lines) == set(back.difference.lines) == set(there.why)
    turned = {"came": "went", "went": "came"}
    assert {(each.touchpoint, turned.get(each.what, each.what), each.id) for each in there.changes} == {
        (each.touchpoint, each.what, each.id) for each in back.changes
    }


@given(drawn(), drawn())
def test_taking_every_change_back_leads_to_what_was_told_before(one, other):
    back = reduce(lambda matter, change: taken_back(matter, one, change), changed_answers(one, other), other)
    assert changed_answers(one, back) == ()
    assert back.client == one.client
    assert {each.id: each for each in back.touchpoints} == {each.id: each for each in one.touchpoints}


@settings(deadline=None)
@given(drawn(), drawn(), st.sampled_from((TODAY, date(2030, 1, 1))))
def test_every_line_that_differs_has_a_cause_that_is_there(one, other, today):
    found = since(sealed(one), other, today=today)
    assert set(found.why) == set(found.difference.lines)
    for why in found.why.values():
        assert why.day or why.facts, "the catalog is the same one"
        assert not why.catalog and not why.rows
        assert not why.day or today != TODAY
        assert set(why.answers) <= set(found.changes)
        assert why.facts or not why.answers


def test_an_answer_that_changes_a_line_is_named_and_one_that_changes_none_is_not():
    now = told(MATTER, facts={"printed": Answer(value="no"), "roster": Answer(value="yes")})
    found = since(sealed(MATTER), now)
    moved = found.why["t1:booking-prints"]
    assert moved.answers == (AnswerChange(touchpoint="t1", what="answer", id="printed"),)
    assert (moved.facts, moved.day, moved.catalog) == (True, False, False)
    assert "fingerprint" in said(found) and "yes" in said(found)


def test_a_law_that_is_gone_from_the_catalog_is_named_as_the_cause_by_the_name_it_had():
    made = sealed(MATTER)
    law = next(law.id for state in made.states for law in state.law if law.effect == "close")
    name = catalog().restrictions[law].name
    rest = {id: row for id, row in catalog().restrictions.items() if id != law}
    without = replace(catalog(), version="later", restrictions=rest)
    found = since(made, MATTER, without)
    assert found.difference.changed and found.rows == 1 and found.changes == ()
    assert all(why.catalog and not why.facts and not why.day for why in found.why.values())
    assert name in said(found, without) and "later" in said(found, without)
    assert by_catalog_alone(made, without) == found.difference
    assert by_catalog_alone(made, catalog()).is_empty


def test_time_alone_is_named_as_the_cause():
    future = told(MATTER, when="2027-05-11")
    found = since(sealed(future), future, today=date(2028, 1, 1))
    assert found.difference.lines and all(why == compose_since.Why(day=True) for why in found.why.values())
    assert load_words("en")("since.day") in said(found)


def test_contacts_that_came_and_went_are_told_by_their_numbers_of_then_and_now():
    other = replace(JAIL, id="t2", kind="plate-read-near-home")
    found = since(sealed(replace(MATTER, touchpoints=(other, JAIL))), replace(MATTER, touchpoints=(JAIL,)))
    assert {each.what for each in found.changes} == {"went"}
    assert found.difference.went and "contact 1 of then" in said(found)


def test_between_memos_of_a_catalog_that_is_gone_no_cause_is_claimed():
    id, flow = next(
        (id, catalog().flows[id]) for id in ("jail-to-state-bureau", *catalog().flows) if id in catalog().flows
    )
    second = replace(catalog(), version="second", flows=catalog().flows | {id: replace(flow, until="1999")})
    found = between(sealed(MATTER), sealed(told(MATTER, facts={}), second), catalog())
    assert not found.sure
    assert load_words("en")("since.because") not in said(found)
    if found.difference.lines:
        assert load_words("en")("since.nearby") in said(found)


def test_what_a_signed_memo_said_keeps_its_names_when_the_catalog_renames_them():
    made = sealed(MATTER)
    rows = {id: replace(row, en=f"Renamed {id}", es=f"Otra {id}") for id, row in catalog().mechanisms.items()}
    renamed = replace(catalog(), mechanisms=rows)
    nothing = replace(MATTER, touchpoints=())
    assert "Renamed" not in said(since(made, nothing, renamed), renamed)
    assert "Renamed" in said(since(sealed(nothing), MATTER, renamed), renamed)


class TestInTheMemo:
    """The section, and what a draft and a signed memo say of themselves."""

    def memo(self, reader: str, matter: Matter = MATTER, last: Seal | None = None, lang: str = "en", **more: Any):
        exposure = map_exposure(for_export(matter), catalog(), TODAY)
        lines = [exposure.lines[0].id] if reader == "court" else None
        return make_memo(matter, catalog(), exposure, reader, lang, last=last, lines=lines, **more)

    @pytest.mark.parametrize("reader", MEMO_READERS)
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_memo_says_what_changed_since_the_last_that_was_signed(self, reader, lang):
        now = told(MATTER, facts={"printed": Answer(value="no")})
        title = load_words(lang)("since.title")
        memo = self.memo(reader, now, sealed(MATTER), lang)
        assert title in in_pages(memo.pdf)
        assert memo.pdf == self.memo(reader, now, sealed(MATTER), lang).pdf
        assert title not in in_pages(self.memo(reader, now, lang=lang).pdf)

    @pytest.mark.parametrize("reader", ["court", "request", "client"])
    def test_pages_that_are_no_memo_do_not(self, reader):
        now = told(MATTER, facts={"printed": Answer(value="no")})
        contacts = ["t1"] if reader == "request" else None
        last = sealed(MATTER)
        assert self.memo(reader, now, last, contacts=contacts).pdf == self.memo(reader, now, contacts=contacts).pdf

    def test_what_a_reader_may_not_see_stays_out_of_it_also_where_only_the_signed_memo_knew_it(self):
        before, now = told(MATTER, when="1998-03-11"), told(MATTER, when="2024-07")
        assert "March 11, 1998" in in_pages(self.memo("supervisor", now, sealed(before)).pdf)
        kept = in_pages(self.memo("cocounsel", now, sealed(before)).pdf)
        assert "date: March 1998, now July 2024" in kept and "March 11" not in kept

    def test_the_gate_searches_for_what_the_signed_memo_knew(self, monkeypatch: pytest.MonkeyPatch):
        now = told(MATTER, when="2024-07", facts={"printed": Answer(value="no")})

        honest = compose_since._Teller._title
        monkeypatch.setattr(
            compose_since._Teller,
            "_title",
            lambda self, voice, states: (
                *honest(self, voice, states),
                compose_since.Run(text=self.before.date(self.before.contact("t1").when).text),
            ),
        )
        with pytest.raises(LeakFound):
            self.memo("cocounsel", now, sealed(MATTER))

    @pytest.mark.parametrize("reader", [*MEMO_READERS, "court"])
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_page_of_a_draft_says_so_and_no_page_of_a_signed_memo(self, reader, lang):
        word = load_words(lang)("memo.draft").split()[0]
        assert all(word in page for page in page_texts(self.memo(reader, lang=lang).pdf))
        assert not any(word in page for page in page_texts(self.memo(reader, lang=lang, signed=SIGNED).pdf))

    @pytest.mark.parametrize("reader", MEMO_READERS)
    def test_a_signed_memo_says_on_every_page_by_whom_and_when(self, reader):
        memo = self.memo(reader, signed=SIGNED)
        assert all("Signed November 26, 2026 by R.E." in page for page in page_texts(memo.pdf))
        assert "Reviewed and signed November 26, 2026 by R.E." in in_pages(memo.pdf)

    def test_initials_are_left_out_where_staff_may_not_be_seen(self):
        profile = load_profile("file")
        hidden = replace(profile, tags=profile.tags | {"staff": "withhold"})
        exposure = map_exposure(MATTER, catalog(), TODAY)
        memo = make_memo(MATTER, catalog(), exposure, "file", profile=hidden, signed=SIGNED)
        assert "R.E." not in in_pages(memo.pdf) and "Signed November 26, 2026" in in_pages(memo.pdf)

    @pytest.mark.parametrize("reader", ["client", "request"])
    def test_a_page_that_must_not_label_its_holder_is_the_same_draft_or_signed(self, reader):
        contacts = ["t1"] if reader == "request" else None
        assert self.memo(reader, contacts=contacts).pdf == self.memo(reader, contacts=contacts, signed=SIGNED).pdf

    def test_an_attorney_signs_whose_initials_are_those_of_the_client_or_end_like_them(self):
        for name in ("Rafaela Estrella", "Ernestina Zoraida"):
            named = replace(MATTER, identifiers=(Identifier(kind="name", value=name),))
            for initials in ("R.E.", "R.E.Z."):
                by = SignOff(initials=initials, on="2026-11-26")
                assert initials in " ".join(page_texts(self.memo("supervisor", named, signed=by).pdf))
            noted = replace(named, note=f"Seen by {name[0]}.{name.split()[1][0]}. today")
            with pytest.raises(LeakFound):
                self.memo("supervisor", noted, signed=SignOff(initials="R.E.", on="2026-11-26"))

    def test_initials_that_are_a_name_that_may_not_appear_keep_the_memo_in(self):
        named = replace(MATTER, identifiers=(Identifier(kind="name", value="Quillon Vast"),))
        with pytest.raises(LeakFound):
            self.memo("supervisor", named, signed=SignOff(initials="Quillon Vast", on="2026-11-26"))
