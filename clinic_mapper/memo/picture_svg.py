"""A picture as an SVG file: well-formed, self-contained, with no metadata and nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from clinic_mapper.memo.picture import (
    BOX_WIDTH,
    COLUMN_GAP,
    DASHES,
    LEGEND_HEIGHT,
    LINE_HEIGHT,
    MARGIN,
    PADDING,
    TEXT_SIZE,
    Arrow,
    Box,
    Picture,
    TextWidth,
    curve,
    estimated_width,
    wrapped,
)
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.routing.model import Standing

INK: dict[Standing, str] = {"open": "#9a3412", "undetermined": "#57534e", "closed": "#78716c"}
"""The colour of each standing. The dashes and the words say the same: colour is never the only sign."""
FILL: dict[str, str] = {"touchpoint": "#ffffff", "system": "#f5f5f4", "ice": "#e7e5e4"}
"""The ground of each kind of box."""


_LEAST_WIDTH = 2 * (MARGIN + BOX_WIDTH) + COLUMN_GAP
"""What stands below a picture without a box needs some room."""
_ABOVE_ROWS = 6.0
_BOLD = 1.1
"""How much wider bold letters are, at most."""


def svg(
    picture: Picture,
    *,
    title: str = "",
    says: str = "",
    below: Sequence[str] = (),
    text_width: TextWidth = estimated_width,
) -> str:
    """The picture as the text of an SVG file.

    `title`, `says`: for who cannot see it: what it is, and all that it says. `below`: texts that stand under it, after
    its mark and whether the map was cut.
    """
    wide = max(picture.width, _LEAST_WIDTH)
    rows = list(_rows_below(picture, wide, below, text_width))
    width, height = _number(wide), _number(picture.height + _ABOVE_ROWS + len(rows) * LINE_HEIGHT)
    first = picture.height + _ABOVE_ROWS + (LINE_HEIGHT - MARGIN) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="Noto Sans, sans-serif" font-size="{_number(TEXT_SIZE)}" role="img">',
        *(f"<{name}>{_clean(said)}</{name}>" for name, said in (("title", title), ("desc", says)) if said),
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(_text(heading.text, heading.x, MARGIN + TEXT_SIZE, "middle", bold=True) for heading in picture.headings),
        *(_arrow(arrow) for arrow in picture.arrows),
        *(_box(box) for box in picture.boxes),
        *_legend(picture),
        *(_text(text, MARGIN, first + row * LINE_HEIGHT, bold=bold) for row, (text, bold) in enumerate(rows)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _rows_below(
    picture: Picture, wide: float, below: Sequence[str], text_width: TextWidth
) -> Iterator[tuple[str, bool]]:
    """Each row of text under the picture, and whether it is bold."""
    room = wide - 2 * MARGIN
    for bold, texts in ((True, (picture.mark, picture.cut)), (False, below)):
        for text in texts:
            yield from ((row, bold) for row in wrapped(text, text_width, room / (_BOLD if bold else 1)))


def _arrow(arrow: Arrow) -> str:
    ink = INK[arrow.standing]
    (x, y), *_ = arrow.points
    path = f"M{_number(x)} {_number(y)}"
    for pieces in curve(arrow.points):
        path += " C" + " ".join(f"{_number(px)} {_number(py)}" for px, py in pieces)
    back = -1 if arrow.points[-1][0] >= arrow.points[-2][0] else 1
    tip_x, tip_y = arrow.points[-1]
    tip = f"{_number(tip_x)},{_number(tip_y)}"
    wings = " ".join(f"{_number(tip_x + back * 7)},{_number(tip_y + side)}" for side in (-3.5, 3.5))
    return (
        f'<g id="{escape(arrow.id)}"><title>{_clean(arrow.title)}</title>'
        f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="1.4"{_dashes(arrow.standing)}/>'
        f'<polygon points="{tip} {wings}" fill="{ink}"/></g>'
    )


def _box(box: Box) -> str:
    radius = {"touchpoint": 10, "system": 3, "ice": 0}[box.kind]
    edge = 2.2 if box.kind == "ice" else 1.2
    shape = (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}" '
        f'rx="{radius}" fill="{FILL[box.kind]}" stroke="#292524" stroke-width="{edge}"/>'
    )
    first = box.y + PADDING + LINE_HEIGHT * 0.75
    lines = [_text(text, box.x + PADDING, first + row * LINE_HEIGHT) for row, text in enumerate(box.text)]
    return f"<g><title>{_clean(box.name)}</title>{shape}{''.join(lines)}</g>"


def _legend(picture: Picture) -> list[str]:
    y = picture.height - LEGEND_HEIGHT / 2 - MARGIN / 2
    parts, x = [], MARGIN
    for standing, word in picture.legend:
        parts.append(
            f'<path d="M{_number(x)} {_number(y)} H{_number(x + 40)}" fill="none" stroke="{INK[standing]}" '
            f'stroke-width="1.4"{_dashes(standing)}/>'
        )
        parts.append(_text(word, x + 48, y + 4))
        x += 48 + estimated_width(word) + 28
    return parts


def _dashes(standing: Standing) -> str:
    lengths = DASHES[standing]
    return f' stroke-dasharray="{" ".join(_number(length) for length in lengths)}"' if lengths else ""


def _text(text: str, x: float, y: float, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{_number(x)}" y="{_number(y)}"{place}{weight} fill="#1c1917">{_clean(text)}</text>'


def _clean(text: str) -> str:
    return escape(printable(text), quote=False)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
