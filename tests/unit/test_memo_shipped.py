"""Memos of the shipped sample matter, with the shipped catalog and the real engine."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Answer, Identifier, Matter
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.document import Run
from clinic_mapper.memo.export import for_export, make_memo
from clinic_mapper.memo.fonts import check_letters
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.picture import lay_out
from clinic_mapper.memo.readers import READERS
from clinic_mapper.memo.words import LANGUAGES, load_words
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.whole_job import sample_matter

TODAY = date(2026, 11, 24)


@cache
def shipped() -> tuple[Matter, Catalog, ExposureMap]:
    matter, catalog = sample_matter(), load_catalog()
    return matter, catalog, map_exposure(for_export(matter), catalog, TODAY)


def one_line(pages: list[str]) -> str:
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sample_passes_for_every_reader_with_names_to_look_for(reader, lang):
    matter, catalog, exposure = shipped()
    names = (
        Identifier(kind="name", value="Ximena Quetzal Óbregon"),
        Identifier(kind="a-number", value="A 087 654 321"),
        Identifier(kind="phone", value="(559) 555-0142"),
        Identifier(kind="birth-date", value="1987-09-23"),
        Identifier(kind="address", value="1420 Elm St, Clovis"),
    )
    memo = make_memo(replace(matter, identifiers=names), catalog, exposure, reader, lang, "memo.pdf")
    assert memo.warnings == ()
    assert len(page_texts(memo.pdf)) == 1 or reader != "client"


def test_open_never_claims_more_than_the_record_can_be_read():
    text = one_line(page_texts(make_memo(*shipped(), "supervisor").pdf))
    assert "Open means the record can reach or be read by ICE. It does not say that ICE has looked or will act." in text
    assert " safe " not in text.lower() and " risk score" not in text.lower()


def test_a_route_closed_by_law_alone_prints_as_barred_on_paper_with_its_date():
    matter, catalog, exposure = shipped()
    barred = [line for line in exposure.lines if line.closed_by == ("law",)]
    text = one_line(page_texts(make_memo(matter, catalog, exposure, "supervisor").pdf))
    assert not barred or ("Barred on paper by" in text and "(as of" in text)


def test_an_answer_for_this_session_only_changes_no_file():
    matter, catalog, _ = shipped()
    told = replace(matter, client=matter.client | {"entered-at-port": Answer(value="no", session_only=True)})
    plain = replace(matter, client={k: v for k, v in matter.client.items() if k != "entered-at-port"})
    for reader in READERS:
        one = make_memo(told, catalog, map_exposure(for_export(told), catalog, TODAY), reader)
        other = make_memo(plain, catalog, map_exposure(for_export(plain), catalog, TODAY), reader)
        assert one.pdf == other.pdf


def test_every_text_of_the_catalog_can_be_drawn():
    _, catalog, _ = shipped()
    texts = [row.name for row in catalog.systems.values()]
    texts += [part for row in catalog.sources.values() for part in (row.title, row.publisher, row.published)]
    texts += [cite.at for row in catalog.flows.values() for cite in row.cites]
    for law in catalog.restrictions.values():
        texts += [law.name, law.citation, law.says, law.caveat or "", *(each.text for each in law.unless)]
    for remedy in (row.in_language(lang) for row in catalog.remedies.values() for lang in LANGUAGES):
        texts += [remedy.title, remedy.recipient, remedy.learns or "", remedy.caution or "", remedy.deadline or ""]
    for kind in catalog.touchpoints.values():
        texts += [kind.asked_as.en, kind.asked_as.es] if kind.asked_as else []
        texts += [kind.en, kind.es, *(part for question in kind.questions for part in (question.en, question.es))]
    check_letters(
        Run(text=text, bold=bold, italic=italic) for text in texts for bold, italic in ((0, 0), (1, 0), (0, 1))
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_ours_can_be_drawn(lang):
    words = load_words(lang)
    check_letters(Run(text=words(key)) for key in words.keys)


def test_the_picture_of_the_sample_stays_readable():
    matter, catalog, exposure = shipped()
    drawn = lay_out(exposure, catalog, matter)
    ranks = {box.x for box in drawn.boxes}
    assert len(ranks) <= 9 and len(drawn.boxes) <= 60
    ice = [box for box in drawn.boxes if box.kind == "ice"]
    for arrow in drawn.arrows:
        crossing = [
            box
            for box in ice
            for (x, y), (x2, y2) in zip(arrow.points, arrow.points[1:], strict=False)
            if box.id not in (arrow.from_, arrow.to) and x > box.x and x2 > box.x
        ]
        assert not crossing, arrow.title


def test_a_memo_has_room_for_corrections_and_for_what_a_match_is_and_asks_ice_itself_last():
    matter, catalog, exposure = shipped()
    text = one_line(page_texts(make_memo(matter, catalog, exposure, "supervisor").pdf))
    assert catalog.remedies["adv-match-not-removable"].title in text
    assert any(row.title in text for row in catalog.remedies.values() if row.kind == "correction")
    hold, facts = text.index("Hold off until weighed"), text.index("Facts and where they come from")
    assert catalog.remedies["req-ice-foia"].learns in text[hold:facts].replace(" (Freedom of Information Act)", "")
    assert "ICE FOIA" not in text[text.index("Remedies for what is open") :]
