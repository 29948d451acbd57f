"""The map as a picture in a memo: where it can be read, with all of it in words, as its reader may see it."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter
from clinic_mapper.memo import export as export_module
from clinic_mapper.memo.export import LeakFound, Memo, for_export, make_memo
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.picture import TEXT_SIZE, columns_of, lay_out
from clinic_mapper.memo.picture_page import MOST_COLUMNS, ON_ITS_SIDE, UPRIGHT, fitted, lies, scale_of, with_gaps
from clinic_mapper.memo.with_pictures import with_pictures
from clinic_mapper.routing.engine import map_exposure
from tests.memo_corpus import sample
from tests.tagged_pdf import opened, tree_of
from tests.unit.test_memo_shipped import TODAY, shipped

_SMALLEST = 6.0


@cache
def memo(reader: str, lang: str = "en", *contacts: str) -> Memo:
    matter, catalog, exposure = shipped()
    if contacts:
        matter = replace(matter, touchpoints=tuple(each for each in matter.touchpoints if each.id in contacts))
        exposure = map_exposure(for_export(matter), catalog, TODAY)
    return make_memo(matter, catalog, exposure, reader, lang)


def figures(data: bytes) -> list[str]:
    with opened(data) as pdf:
        return [str(part.made.Alt) for part in tree_of(pdf).all("Figure") if "/Alt" in part.made]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("reader", ["supervisor", "cocounsel"])
def test_what_is_too_large_is_drawn_by_standing_and_what_still_is_is_named(reader, lang):
    matter, catalog, exposure = shipped()
    only = [line.id for line in exposure.lines if line.standing == "open"]
    (said,) = figures(memo(reader, lang).pdf)
    for arrow in lay_out(exposure, catalog, for_export(matter), only, lang=lang).arrows:
        start, _, end = arrow.title.partition(" → ")
        assert f" → {end}." in said and arrow.word in start
    text = " ".join(" ".join(page_texts(memo(reader, lang).pdf)).split())
    too_large = "is too large to be read on a page" if lang == "en" else "es demasiado grande para leerse en una página"
    assert text.count(too_large) == 1


def test_a_small_map_is_one_picture_and_nothing_is_missing():
    small = memo("supervisor", "en", "t5")
    assert len(figures(small.pdf)) == 1
    assert "too large" not in "".join(page_texts(small.pdf))


def test_a_picture_lies_on_a_page_on_its_side_and_inside_it():
    with opened(memo("supervisor").pdf) as pdf:
        sizes = [tuple(int(side) for side in page.MediaBox[2:]) for page in pdf.pages]
        assert sizes.count((792, 612)) == 1 and set(sizes) == {(792, 612), (612, 792)}
        (figure,) = [part for part in tree_of(pdf).all("Figure") if "/Alt" in part.made]
        left, lower, right, upper = map(float, figure.made.A.BBox)
        assert 54 <= left < right <= 792 - 53 and 46 <= lower < upper <= 612 - 54


def test_letters_can_be_read_and_boxes_keep_apart_when_columns_move_together():
    matter, catalog = sample.matter(5), sample.catalog()
    drawn = lay_out(sample.exposure(matter, catalog), catalog, matter)
    fit = fitted(drawn)
    assert fit is not None and scale_of(fit) * TEXT_SIZE >= _SMALLEST
    width, height = ON_ITS_SIDE if lies(fit) else UPRIGHT
    assert scale_of(fit) * fit.width <= width + 1 and scale_of(fit) * fit.height <= height + 1
    for gap in (76.0, 56.0, 40.0):
        closer = with_gaps(drawn, gap)
        boxes = {box.id: box for box in closer.boxes}
        for arrow in closer.arrows:
            start, end = boxes[arrow.from_], boxes[arrow.to]
            assert arrow.points[0][0] == pytest.approx(start.x + start.width)
            assert arrow.points[-1][0] == pytest.approx(end.x)
        assert max(box.x + box.width for box in closer.boxes) <= closer.width
    assert with_gaps(drawn, 76.0) == drawn


def test_columns_are_counted_without_a_picture():
    matter, catalog, exposure = shipped()
    for standing in ("open", "undetermined", "closed"):
        only = [line.id for line in exposure.lines if line.standing == standing]
        drawn = lay_out(exposure, catalog, matter, only)
        count = columns_of(exposure, catalog, matter, only)
        assert count == len({box.x for box in drawn.boxes})
        assert (fitted(drawn) is not None) <= (count <= MOST_COLUMNS)


def test_a_picture_shows_dates_as_its_reader_may_see_them():
    (own,), (theirs,) = figures(memo("supervisor").pdf), figures(memo("cocounsel").pdf)
    assert "May 11, 2024" in own and "May 11" not in theirs and "May 2024" in theirs


def test_who_sees_no_routes_gets_no_picture():
    assert figures(memo("client").pdf) == []


def test_nothing_on_the_map_is_no_picture():
    case, catalog = Matter(code="A-1"), sample.catalog()
    assert figures(make_memo(case, catalog, sample.exposure(case, catalog), "supervisor").pdf) == []


def test_a_picture_of_more_than_its_reader_may_see_does_not_get_out(monkeypatch):
    matter, catalog, exposure = shipped()

    def careless(document, _, *rest):
        return with_pictures(document, matter, *rest)

    monkeypatch.setattr(export_module, "with_pictures", careless)
    with pytest.raises(LeakFound) as caught:
        make_memo(matter, catalog, exposure, "cocounsel")
    assert {("date", "page text"), ("date", "alternative text")} <= {
        (leak.value_kind, leak.where) for leak in caught.value.leaks
    }
