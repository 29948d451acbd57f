"""A tagged PDF as somebody hears it: its tree of parts, and the text of each piece as another reader finds it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

PAINTS = ("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do")


class Part:
    """A part of the tree. `pieces`: page and number of its own, in order; `parts`: those below it, in order."""

    def __init__(self, made: Any, pages: dict[Any, int], above: Part | None = None) -> None:
        self.above = above
        self.role = str(made.S)[1:]
        self.made = made
        self.order: list[Part | tuple[int, int]] = []
        kids = made.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                self.order.append((pages[made.Pg.objgen], kid))
            elif kid.get("/Type") == "/MCR":
                self.order.append((pages[kid.Pg.objgen], int(kid.MCID)))
            else:
                assert kid.P.objgen == made.objgen
                self.order.append(Part(kid, pages, self))

    @property
    def parts(self) -> list[Part]:
        return [kid for kid in self.order if isinstance(kid, Part)]

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Those of this part and of all below it, in reading order."""
        for kid in self.order:
            if isinstance(kid, Part):
                yield from kid.pieces()
            else:
                yield kid

    def all(self, *roles: str) -> Iterator[Part]:
        """This part and all below it, in reading order, of some roles or of any."""
        if not roles or self.role in roles:
            yield self
        for part in self.parts:
            yield from part.all(*roles)

    def lang(self) -> str:
        """The language in force here, "" for the document's."""
        own = self.made.get("/Lang")
        return str(own) if own is not None else self.above.lang() if self.above else ""


def tree_of(pdf: pikepdf.Pdf) -> Part:
    """The tree of a file. Every part names the one above it, and each page leads back to the parts of its pieces."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    (top,) = pdf.Root.StructTreeRoot.K
    assert top.P.objgen == pdf.Root.StructTreeRoot.objgen
    root = Part(top, pages)
    back = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    for part in root.all():
        for page, number in (kid for kid in part.order if not isinstance(kid, Part)):
            assert back[pdf.pages[page].obj.StructParents][number].objgen == part.made.objgen
    assert sum(len(owners) for owners in back.values()) == len(list(root.pieces()))
    return root


class Painted(NamedTuple):
    """An order that paints. `number`: of the piece that it belongs to, or None; `artifact`: within one."""

    operator: str
    number: int | None
    artifact: bool
    colour: tuple[float, ...]


def painted(page: Any) -> Iterator[Painted]:
    """What paints a page, and what it is marked as."""
    marks: list[tuple[str, int | None]] = []
    colours: list[tuple[float, ...]] = []
    colour: tuple[float, ...] = (0.0,)
    for order in pikepdf.parse_content_stream(page):
        operands: Any = order.operands
        name = str(order.operator)
        if name in ("BDC", "BMC"):
            number = operands[1].get("/MCID") if name == "BDC" else None
            marks.append((str(operands[0])[1:], None if number is None else int(number)))
        elif name == "EMC":
            marks.pop()
        elif name == "q":
            colours.append(colour)
        elif name == "Q":
            colour = colours.pop()
        elif name in ("rg", "g", "k"):
            colour = tuple(float(part) for part in operands)
        elif name in PAINTS:
            numbers = [number for _, number in marks if number is not None]
            yield Painted(name, numbers[-1] if numbers else None, ("Artifact", None) in marks, colour)
    assert not marks and not colours


def texts_of_pieces(data: bytes) -> dict[tuple[int, int], str]:
    """The text of each piece, by page and number, as PDFium reads it; under -1 what is no piece of any part."""
    found: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        laid_out = page.get_textpage()
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            thing = pdfium.FPDFPage_GetObject(page, index)
            piece = pdfium.FPDFPageObj_GetMarkedContentID(thing)
            if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
                size = pdfium.FPDFTextObj_GetText(thing, laid_out, None, 0)
                room = ctypes.create_string_buffer(size)
                pdfium.FPDFTextObj_GetText(thing, laid_out, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
                found[number, piece] = found.get((number, piece), "") + room.raw[: size - 2].decode("utf-16-le")
        laid_out.close()
        page.close()
    document.close()
    return found


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))
