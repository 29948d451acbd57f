"""The picture: everything inside its frame, nothing over anything else, the same each time, and well-formed as SVG."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.memo import picture_layers
from clinic_mapper.memo.picture import BOX_WIDTH, MARGIN, PADDING, Picture, curve, estimated_width, lay_out
from clinic_mapper.memo.picture_names import system_name
from clinic_mapper.memo.picture_svg import svg
from clinic_mapper.memo.words import load_words
from tests import every_document
from tests.memo_corpus import sample

SVG = "{http://www.w3.org/2000/svg}"


def picture(touchpoints: int = 12, **given) -> Picture:
    matter, catalog = sample.matter(touchpoints), sample.catalog()
    return lay_out(sample.exposure(matter, catalog), catalog, matter, **given)


def overlap(one, other) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@pytest.mark.parametrize("touchpoints", [0, 1, 5, 12])
def test_boxes_stand_apart_and_inside_the_frame(touchpoints):
    drawn = picture(touchpoints)
    assert not [pair for pair in combinations(drawn.boxes, 2) if overlap(*pair)]
    for box in drawn.boxes:
        assert box.x >= 0 and box.x + box.width <= drawn.width
        assert box.y >= 0 and box.y + box.height <= drawn.height


def test_columns_run_from_contacts_to_what_ice_runs():
    drawn = picture()
    left = max(box.x for box in drawn.boxes if box.kind == "touchpoint")
    right = min(box.x for box in drawn.boxes if box.kind == "ice")
    assert all(left < box.x < right for box in drawn.boxes if box.kind == "system")
    assert len({box.x for box in drawn.boxes if box.kind == "ice"}) == 1


def test_every_arrow_joins_two_boxes_and_names_its_lines():
    matter, catalog = sample.matter(), sample.catalog()
    exposure = sample.exposure(matter, catalog)
    drawn = lay_out(exposure, catalog, matter)
    boxes = {box.id: box for box in drawn.boxes}
    lines = {line.id for line in exposure.lines}
    for arrow in drawn.arrows:
        start, end = boxes[arrow.from_], boxes[arrow.to]
        assert arrow.points[0][0] == start.x + start.width and arrow.points[-1][0] == end.x
        assert set(arrow.lines) <= lines and set(arrow.routes) <= set(exposure.routes)
        assert arrow.word in arrow.title
        assert len(list(curve(arrow.points))) == len(arrow.points) - 1


def test_equal_steps_of_several_lines_are_one_arrow_with_the_strongest_standing():
    drawn = picture()
    steps = [(arrow.from_, arrow.to) for arrow in drawn.arrows]
    assert len(steps) == len(set(steps))
    into_state = next(arrow for arrow in drawn.arrows if arrow.from_ == "s:state-id-bureau")
    assert into_state.standing == "open" and len(into_state.lines) == 4


def test_one_line_alone_shows_that_line_only():
    drawn = picture(only_lines=["t1--booking-prints"])
    assert {line for arrow in drawn.arrows for line in arrow.lines} == {"t1--booking-prints"}
    assert [box.ref for box in drawn.boxes if box.kind == "touchpoint"] == ["t1"]
    assert "ident-hart" in {box.ref for box in drawn.boxes}, "what is consulted stands in its place"


def test_the_same_map_gives_the_same_picture():
    assert picture() == picture()


def test_a_long_or_hostile_name_stays_within_its_box():
    matter, catalog = sample.matter(1), sample.catalog()
    name = "<script>alert('x')</script> " + "W" * 400 + "\u202e & more"
    systems = catalog.systems | {"ngi": replace(catalog.systems["ngi"], name=name)}
    rows = type(catalog)(**{n: getattr(catalog, n) for n in catalog.__struct_fields__} | {"systems": systems})
    drawn = lay_out(sample.exposure(matter, rows), rows, matter)
    box = next(box for box in drawn.boxes if box.ref == "ngi")
    assert box.name == name and all(estimated_width(line) <= BOX_WIDTH - 2 * PADDING for line in box.text)
    text = svg(drawn)
    root = ElementTree.fromstring(text)
    assert "<script" not in text and "\u202e" not in text
    assert {element.tag.split("}")[1] for element in root.iter()} <= {
        "svg", "g", "rect", "path", "polygon", "text", "title",
    }  # fmt: skip
    assert "href" not in text and "url(" not in text and "metadata" not in text


def test_each_standing_has_a_word_and_its_own_dashes():
    drawn = picture(
        only_lines=[f"t{n}--{m}" for n in range(1, 13) for m in ("jail-tells-ice", "gang-data", "dmv-lookup")]
    )
    assert {standing for standing, _ in drawn.legend} == {"open", "undetermined", "closed"}
    text = svg(drawn)
    assert 'stroke-dasharray="7 4"' in text and 'stroke-dasharray="1.5 4"' in text
    assert ">undetermined<" in text and ">closed<" in text


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("touchpoints", [0, 12])
def test_a_picture_that_leaves_this_program_says_by_itself_that_its_map_was_cut(touchpoints, lang):
    """In lines below the legend, inside the frame."""
    matter, catalog = sample.matter(touchpoints), sample.catalog()
    whole = sample.exposure(matter, catalog)
    assert lay_out(whole, catalog, matter, lang=lang).cut == ""
    drawn = {cut: svg(lay_out(replace(whole, cut=cut), catalog, matter, lang=lang)) for cut in (True, False)}
    tree, uncut = (ElementTree.fromstring(drawn[cut]) for cut in (True, False))
    texts = [(float(each.get("y", 0)), each.text or "") for each in tree.iter(f"{SVG}text")]
    said = load_words(lang)("lines.cut")
    below = float(uncut.get("height", 0)) - MARGIN / 2
    assert " ".join(text for y, text in texts if y > below) == said
    assert max(y for y, _ in texts) < float(tree.get("height", 0))
    assert tree.get("width") == uncut.get("width") and said.split()[-1] not in drawn[False]


def test_an_invented_client_is_marked_on_the_picture():
    matter, catalog = sample.matter(sample=False), sample.catalog()
    assert "SAMPLE" in svg(picture())
    assert "SAMPLE" not in svg(lay_out(sample.exposure(matter, catalog), catalog, matter))


names = st.integers(min_value=0, max_value=9).map(str)


@given(st.sets(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=25))
def test_circles_are_cut_and_every_step_runs_to_the_right(steps):
    boxes = sorted({name for step in steps for name in step})
    turned = picture_layers.forward_steps(boxes, steps)
    column = picture_layers.columns(boxes, turned.values(), frozenset())
    assert set(turned) == set(steps)
    assert all(column[start] < column[end] for start, end in turned.values())


@given(
    st.lists(
        st.tuples(st.floats(-500, 500, allow_nan=False), st.floats(5, 80, allow_nan=False)), min_size=1, max_size=15
    )
)
def test_places_keep_order_and_distance(wanted):
    places, heights = [place for place, _ in wanted], [height for _, height in wanted]
    found = picture_layers._apart(places, heights, 10.0)
    for number in range(len(found) - 1):
        assert found[number + 1] - found[number] >= (heights[number] + heights[number + 1]) / 2 + 10.0 - 1e-6


def test_the_boxes_of_a_spanish_picture_are_in_spanish():
    """With the names that its texts use; every shipped system has one, and a clinic's own keeps its name."""
    (matter, exposure), catalog = every_document.case("twelve-touchpoints"), every_document.catalog()
    spoken = load_words("es")
    english = {box.name for box in lay_out(exposure, catalog, matter).boxes if box.kind != "touchpoint"}
    boxes = [box for box in lay_out(exposure, catalog, matter, lang="es").boxes if box.kind != "touchpoint"]
    assert boxes and all(f"short.{id}" in spoken for id in catalog.systems)
    for box in boxes:
        assert box.name.casefold() == spoken(f"short.{box.ref}").casefold() and box.name[:1].isupper()
    assert not english & {box.name for box in boxes}
    assert system_name("our-own", replace(catalog, systems={}), spoken) == "our-own"
