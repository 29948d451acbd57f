"""The picture of the map on a page: made to fit where it can still be read, with the same in sentences beside it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from clinic_mapper.memo.picture import BOX_WIDTH, COLUMN_GAP, MARGIN, TEXT_SIZE, Arrow, Picture

ON_ITS_SIDE, UPRIGHT = (684.0, 430.0), (504.0, 610.0)
"""The room for a picture on a letter page, below its title, in points."""

_SMALLEST = 6.0
"""The height of letters, in points, below which nobody should have to read."""
_LARGEST = 0.85
_GAPS = (COLUMN_GAP, 56.0, 40.0)


MOST_COLUMNS = int((ON_ITS_SIDE[0] * TEXT_SIZE / _SMALLEST - 2 * MARGIN + _GAPS[-1]) // (BOX_WIDTH + _GAPS[-1]))
"""With more of them no picture can be read on a page."""


def fitted(picture: Picture) -> Picture | None:
    """The picture with its columns as far apart as the page allows; None where it could not be read."""
    for gap in _GAPS:
        closer = with_gaps(picture, gap)
        if TEXT_SIZE * scale_of(closer) >= _SMALLEST:
            return closer
    return None


def lies(picture: Picture) -> bool:
    """Whether the picture is larger on a page that lies on its side."""
    return _scale(picture, ON_ITS_SIDE) >= _scale(picture, UPRIGHT)


def scale_of(picture: Picture) -> float:
    """How large the picture is drawn on its page; never larger than its letters need."""
    return min(_LARGEST, max(_scale(picture, ON_ITS_SIDE), _scale(picture, UPRIGHT)))


def _scale(picture: Picture, room: tuple[float, float]) -> float:
    return min(room[0] / picture.width, (room[1] - picture.beside) / picture.height)


def with_gaps(picture: Picture, gap: float) -> Picture:
    """The same picture with columns so far apart: what stands between two of them moves together in proportion."""
    step = BOX_WIDTH + COLUMN_GAP

    def moved(x: float) -> float:
        column, within = divmod(x - MARGIN, step)
        beyond = max(0.0, within - BOX_WIDTH) * gap / COLUMN_GAP
        return round(MARGIN + column * (BOX_WIDTH + gap) + min(within, BOX_WIDTH) + beyond, 2)

    def arrow(each: Arrow) -> Arrow:
        return replace(each, points=tuple((moved(x), y) for x, y in each.points))

    return replace(
        picture,
        boxes=tuple(replace(box, x=moved(box.x)) for box in picture.boxes),
        arrows=tuple(map(arrow, picture.arrows)),
        headings=tuple(replace(heading, x=moved(heading.x)) for heading in picture.headings),
        width=moved(picture.width - MARGIN) + MARGIN,
    )


def texts_of(picture: Picture) -> Iterator[str]:
    """Every text that stands in the picture."""
    yield from (heading.text for heading in picture.headings)
    yield from (line for box in picture.boxes for line in box.text)
    yield from (word for _, word in picture.legend)
    yield picture.mark
