"""The picture as PNG: the pixels of the proved SVG on white, and nothing else in the file."""

from __future__ import annotations

import re
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from clinic_mapper.memo.export import for_export
from clinic_mapper.memo.export_picture import proved_picture
from clinic_mapper.memo.picture import TEXT_SIZE
from clinic_mapper.problem import Problem
from clinic_mapper.ui.picture_png import LARGEST_SCALE, MOST_PIXELS, SMALLEST_SCALE, as_png, scale_for
from tests.memo_corpus import sample

POINTS_PER_UNIT = 72 / 96


@pytest.fixture(scope="module")
def proved() -> str:
    matter, catalog = sample.matter(), sample.catalog()
    return proved_picture(matter, catalog, sample.exposure(for_export(matter), catalog)).svg


@pytest.fixture(scope="module")
def png(proved) -> bytes:
    return as_png(proved)


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    found, place = [], 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        kind, data = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length)[0] == zlib.crc32(kind + data)
        found.append((kind, data))
        place += 12 + length
    assert place == len(png)
    return found


def image_of(png: bytes) -> QImage:
    image = QImage.fromData(png)
    assert not image.isNull()
    return image


def plain(wide: float, high: float, inside: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}">{inside}</svg>'


def test_the_file_holds_pixels_and_how_large_they_are_meant(png):
    found = chunks(png)
    kinds = [kind for kind, _ in found]
    assert kinds[:2] == [b"IHDR", b"pHYs"] and kinds[-1] == b"IEND" and set(kinds[2:-1]) == {b"IDAT"}
    wide, high, depth, colour, *rest = struct.unpack(">IIBBBBB", found[0][1])
    assert (depth, colour, rest) == (8, 2, [0, 0, 0]), "plain red, green and blue"
    assert len(zlib.decompress(b"".join(data for kind, data in found if kind == b"IDAT"))) == high * (3 * wide + 1)
    across, down, meters = struct.unpack(">IIB", found[1][1])
    assert across == down == round(LARGEST_SCALE * 96 / 0.0254) and meters == 1


def test_the_same_picture_has_the_same_bytes_on_any_thread(proved, png):
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(as_png, proved).result() == png


def test_the_pixels_are_the_pictures(proved, png):
    """Outside the texts each point has the colour that the SVG gives it; every text leaves ink in its place."""
    image = image_of(png)
    assert image.pixelColor(0, 0) == image.pixelColor(image.width() - 1, image.height() - 1) == QColor("white")
    boxes = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" .*?fill="(#\w+)"', proved)
    assert boxes
    for x, y, wide, high, fill in boxes:
        right, middle = float(x) + float(wide) - 4, float(y) + float(high) - 5
        assert image.pixelColor(round(right * LARGEST_SCALE), round(middle * LARGEST_SCALE)) == QColor(fill)
        edge = image.pixelColor(round((float(x) + 40) * LARGEST_SCALE), round(float(y) * LARGEST_SCALE))
        assert edge.lightness() < 100
    for x, y, anchor in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"(?: text-anchor="(\w+)")?', proved):
        left = float(x) - (20 if anchor else 0)
        area = [
            image.pixelColor(round((left + dx / 3) * LARGEST_SCALE), round((float(y) - dy) * LARGEST_SCALE)).lightness()
            for dx in range(120)
            for dy in range(2, 8)
        ]
        assert min(area) < 90, f"no ink at {x}, {y}"


def test_text_is_drawn_with_the_shipped_letters_and_needs_none_of_the_machine(proved, monkeypatch):
    """The renderer is given no text at all."""
    from clinic_mapper.ui import picture_png

    seen = []
    honest = picture_png.QByteArray
    monkeypatch.setattr(picture_png, "QByteArray", lambda data: seen.append(data) or honest(data))
    as_png(proved)
    assert seen and all(b"<text" not in data for data in seen)


@given(st.floats(50, 60_000), st.floats(50, 60_000))
def test_no_picture_is_larger_than_memory_allows_or_too_small_to_be_read(wide, high):
    try:
        scale = scale_for(wide, high)
    except Problem as problem:
        assert problem.code == "picture-too-large" and "SVG" in problem.do
        assert wide * high > MOST_PIXELS or max(wide, high) > 30_000
        return
    assert SMALLEST_SCALE <= scale <= LARGEST_SCALE
    assert wide * scale * high * scale <= MOST_PIXELS * 1.001 and max(wide, high) * scale <= 30_001


def test_letters_are_legible_on_paper_at_the_size_that_the_file_says():
    assert TEXT_SIZE * POINTS_PER_UNIT >= 8
    assert TEXT_SIZE * SMALLEST_SCALE >= 11, "pixels"


@pytest.mark.parametrize(("wide", "high"), [(448, 200), (900, 15_000), (25_000, 400)])
def test_a_large_picture_is_whole(wide, high):
    """Its far corner is drawn, and the size that the file says stays the same however many pixels there are."""
    mark = f'<rect x="{wide - 10}" y="{high - 10}" width="8" height="8" fill="#9a3412"/>'
    png = as_png(plain(wide, high, mark))
    image, scale = image_of(png), scale_for(wide, high)
    assert image.pixelColor(int((wide - 6) * scale), int((high - 6) * scale)) == QColor("#9a3412")
    assert image.width() / image.dotsPerMeterX() == pytest.approx(wide * 0.0254 / 96, rel=0.01)


def test_too_large_a_picture_offers_the_svg():
    with pytest.raises(Problem) as caught:
        as_png(plain(4000, 20_000))
    assert caught.value.code == "picture-too-large" and "SVG" in caught.value.sentence
