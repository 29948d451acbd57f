"""The picture of the map, drawn on a page with the library's own lines and the memo's letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.lib.colors import HexColor

from clinic_mapper.memo.draw_orders import Orders
from clinic_mapper.memo.draw_pieces import Piece, Row
from clinic_mapper.memo.fonts import BOLD, REGULAR, drawable, width_of
from clinic_mapper.memo.picture import (
    DASHES,
    LEGEND_HEIGHT,
    LINE_HEIGHT,
    MARGIN,
    PADDING,
    TEXT_SIZE,
    Arrow,
    Box,
    Picture,
    curve,
)
from clinic_mapper.memo.picture_page import scale_of
from clinic_mapper.memo.picture_svg import FILL, INK
from clinic_mapper.memo.scripts import by_font
from clinic_mapper.memo.tags import Element, piece_of
from clinic_mapper.routing.model import Standing

_EDGE, _LETTERS = HexColor("#292524"), HexColor("#1c1917")
_ROUND = {"touchpoint": 10.0, "system": 3.0, "ice": 0.0}


class PicturePiece(Piece):
    """A picture as one figure: who cannot see it hears what the figure says instead."""

    def __init__(self, picture: Picture, element: Element) -> None:
        self.picture, self.element = picture, element
        self.scale = scale_of(picture)
        self._corner = 0.0, 0.0

    def rows(self) -> list[Row]:
        """One row."""
        return [Row(self, 0, self.picture.height * self.scale, 0.0)]

    def draw(self, canvas: Any, left: float, top: float, first: int, last: int, at_top: bool) -> None:
        """Arrows first, so that boxes stand before them."""
        picture = self.picture
        self.canv, self._corner = canvas, (left, top)
        wide, high = picture.width * self.scale, picture.height * self.scale
        self.element.box = (left, top - high, left + wide, top)
        with piece_of(canvas, self.element):
            canvas.saveState()
            for arrow in picture.arrows:
                self._arrow(arrow)
            canvas.setDash()
            for box in picture.boxes:
                self._box(box)
            self._legend()
            canvas.restoreState()
            self._texts()

    def _at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the picture, which counts downwards, on the page, which counts upwards."""
        left, top = self._corner
        return left + x * self.scale, top - y * self.scale

    def _line(self, standing: Standing) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HexColor(INK[standing]))
        canvas.setFillColor(HexColor(INK[standing]))
        canvas.setLineWidth(1.4 * self.scale)
        canvas.setDash([length * self.scale for length in DASHES[standing]])

    def _arrow(self, arrow: Arrow) -> None:
        canvas = self.canv
        self._line(arrow.standing)
        path = canvas.beginPath()
        path.moveTo(*self._at(*arrow.points[0]))
        for one, two, end in curve(arrow.points):
            path.curveTo(*self._at(*one), *self._at(*two), *self._at(*end))
        canvas.drawPath(path, stroke=1, fill=0)
        x, y = arrow.points[-1]
        back = -7 if x >= arrow.points[-2][0] else 7
        tip = canvas.beginPath()
        tip.moveTo(*self._at(x, y))
        tip.lineTo(*self._at(x + back, y - 3.5))
        tip.lineTo(*self._at(x + back, y + 3.5))
        tip.close()
        canvas.drawPath(tip, stroke=0, fill=1)

    def _box(self, box: Box) -> None:
        canvas = self.canv
        canvas.setStrokeColor(_EDGE)
        canvas.setFillColor(HexColor(FILL[box.kind]))
        canvas.setLineWidth((2.2 if box.kind == "ice" else 1.2) * self.scale)
        x, y = self._at(box.x, box.y + box.height)
        size, radius = (box.width * self.scale, box.height * self.scale), _ROUND[box.kind] * self.scale
        if radius:
            canvas.roundRect(x, y, *size, radius, stroke=1, fill=1)
        else:
            canvas.rect(x, y, *size, stroke=1, fill=1)

    @property
    def _foot(self) -> float:
        """How far down the legend stands."""
        return self.picture.height - LEGEND_HEIGHT / 2 - MARGIN / 2

    def _legend(self) -> None:
        for x, standing, _ in self._legend_places():
            self._line(standing)
            self.canv.line(*self._at(x, self._foot), *self._at(x + 40, self._foot))

    def _legend_places(self) -> Iterator[tuple[float, Standing, str]]:
        x = MARGIN
        for standing, word in self.picture.legend:
            yield x, standing, word
            x += 48 + width_of(word, REGULAR, TEXT_SIZE) + 28

    def _texts(self) -> None:
        picture = self.picture
        orders = Orders(self.canv, TEXT_SIZE * self.scale, _LETTERS)
        for heading in picture.headings:
            wide = width_of(heading.text, BOLD, TEXT_SIZE)
            self._say(orders, heading.text, heading.x - wide / 2, MARGIN + TEXT_SIZE, BOLD)
        for box in picture.boxes:
            first = box.y + PADDING + LINE_HEIGHT * 0.75
            for row, text in enumerate(box.text):
                self._say(orders, text, box.x + PADDING, first + row * LINE_HEIGHT, REGULAR)
        for x, _, word in self._legend_places():
            self._say(orders, word, x + 48, self._foot + 4, REGULAR)
        if picture.mark:
            wide = width_of(picture.mark, BOLD, TEXT_SIZE)
            self._say(orders, picture.mark, picture.width - MARGIN - wide, self._foot + 4, BOLD)
        orders.draw()

    def _say(self, orders: Orders, text: str, x: float, y: float, font: str) -> None:
        orders.at(*self._at(x, y))
        orders.say([(own, "", part) for own, part in by_font(f"{drawable(text)} ", font)])
