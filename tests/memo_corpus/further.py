"""Further hiding places of a PDF, and further ways to write what is planted in them. What each is, is in README.md."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Plant = Callable[[Pdf], None]


def drawn(orders: str) -> Plant:
    """Orders added to the first page; `/Planted` is a font of ordinary letters."""

    def plant(pdf: Pdf) -> None:
        page = pdf.pages[0]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        page.Resources.Font[Name("/Planted")] = pdf.make_indirect(font)
        page.contents_add(orders.encode("latin-1"), prepend=False)

    return plant


def shown(orders: str) -> Plant:
    return drawn(f"q BT /Planted 9 Tf 60 300 Td {orders} ET Q")


def said(text: str) -> Plant:
    """A text on the page, its letters named by their places in the font."""
    return shown(f"<{text.encode('cp1252').hex()}> Tj")


def _letter_by_letter(text: str) -> str:
    return " ".join(f"1 0 0 1 {60 + 6 * at} 300 Tm ({letter}) Tj" for at, letter in enumerate(text))


def key_of(where: Callable[[Pdf], pikepdf.Object], key: str, value: pikepdf.Object | str) -> Plant:
    """A key of somebody's own making in a part of the file that everyone has."""

    def plant(pdf: Pdf) -> None:
        where(pdf)[Name(key)] = String(value) if isinstance(value, str) else value

    return plant


def in_layer(visible: bool, name: str, orders: str) -> Plant:
    """Words in a layer that is switched off, or a layer that is called so."""

    def plant(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        off = Array([] if visible else [layer])
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer]), OFF=off))
        pdf.pages[0].Resources.Properties = Dictionary(Layer=layer)
        drawn(f"/OC /Layer BDC {orders} EMC")(pdf)

    return plant


def stream_of(data: bytes, **keys: Any) -> Plant:
    """A stream beside the pages, with its filters as given."""

    def plant(pdf: Pdf) -> None:
        kept = pdf.make_stream(b"")
        kept.write(data, **keys)
        pdf.Root.Kept = kept

    return plant


def thumbnail(text: str) -> Plant:
    """The small picture of a page, with words behind its pixels."""

    def plant(pdf: Pdf) -> None:
        keys = {"Width": 2, "Height": 2, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
        pdf.pages[0].Thumb = pdf.make_stream(b"\x00\x80\x00\x80" + text.encode(), **keys)

    return plant


def picture_with_words(text: str) -> Plant:
    """A picture with words among its properties, as a camera writes them."""

    def plant(pdf: Pdf) -> None:
        pixels = pdf.make_stream(b"\x00" * 12, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2)
        pixels.ColorSpace, pixels.BitsPerComponent = Name.DeviceRGB, 8
        pixels.Metadata = pdf.make_stream(text.encode(), Type=Name.Metadata, Subtype=Name.XML)
        pdf.pages[0].Resources.XObject = Dictionary(Im0=pixels)

    return plant


def font_called(name: str) -> Plant:
    def plant(pdf: Pdf) -> None:
        drawn("q Q")(pdf)
        pdf.pages[0].Resources.Font.Planted.BaseFont = Name("/" + name)

    return plant


def comment_of(**keys: Any) -> Plant:
    """A note on the page that says something in other keys than the usual one."""

    def plant(pdf: Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String("see"), **keys
        )
        pdf.pages[0].Annots = Array([pdf.make_indirect(note)])

    return plant


def filled_in(key: str, text: str) -> Plant:
    """A form's field with words in another key than its value."""

    def plant(pdf: Pdf) -> None:
        field = Dictionary(FT=Name.Tx, T=String("field"))
        field[Name(key)] = String(text)
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))

    return plant


def pattern(text: str) -> Plant:
    """Words in a pattern with which an area is filled."""

    def plant(pdf: Pdf) -> None:
        drawn("q /Pattern cs /Filling scn 60 300 200 20 re f Q")(pdf)
        page = pdf.pages[0]
        keys: Any = {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 200, "YStep": 20}
        filling = pdf.make_stream(f"BT /Planted 9 Tf ({text}) Tj ET".encode("latin-1"), **keys)
        filling.BBox, filling.Resources = Array([0, 0, 200, 20]), Dictionary(Font=page.Resources.Font)
        page.Resources.Pattern = Dictionary(Filling=filling)

    return plant


def places(name: str) -> dict[str, Plant]:
    """Hiding places, with the name in them."""
    last = name.split()[1]
    letters = name.split()[0] + last
    hexadecimal = name.encode("utf-16-be").hex()
    return {
        "pushed-apart": shown("[(Xi) 120 (me) -90 (na) -400 (Quet) 60 (zal)] TJ"),
        "in-hexadecimal": shown("<58696d656e61205175> Tj <65747a616c> Tj"),
        "letter-by-letter": drawn(f"q BT /Planted 9 Tf {_letter_by_letter('Ximena Quetzal')} ET Q"),
        "clipped-away": drawn(f"q 0 0 1 1 re W n BT /Planted 9 Tf 60 300 Td ({letters}) Tj ET Q"),
        "only-clips": shown("7 Tr (Ximena Quetzal) Tj"),
        "tiny": drawn("q BT /Planted 0.01 Tf 60 300 Td (Ximena Quetzal) Tj ET Q"),
        "hidden-layer": in_layer(False, "one", "q BT /Planted 9 Tf 60 300 Td (Ximena Quetzal) Tj ET Q"),
        "layer-name": in_layer(True, name, "q Q"),
        "comment-among-orders": drawn(f"q\n% {name}\nQ"),
        "pattern": pattern("Ximena Quetzal"),
        "page-key": key_of(lambda pdf: pdf.pages[0].obj, "/Kept", name),
        "page-private": key_of(
            lambda pdf: pdf.pages[0].obj, "/PieceInfo", Dictionary(Own=Dictionary(Private=String(name)))
        ),
        "catalog-key": key_of(lambda pdf: pdf.Root, "/Kept", name),
        "key-itself": key_of(lambda pdf: pdf.Root, "/Ximena#20Quetzal", "nothing"),
        "trailer-key": key_of(lambda pdf: pdf.trailer, "/Kept", name),
        "document-language": key_of(lambda pdf: pdf.Root, "/Lang", "en-Ximena-Quetzal"),
        "font-name": font_called("Ximena#20Quetzal"),
        "font-family": key_of(
            lambda pdf: sorted(pdf.pages[0].Resources.Font.items())[0][1].FontDescriptor, "/FontFamily", name
        ),
        "thumbnail": thumbnail(name),
        "picture-properties": picture_with_words(name),
        "comment-rich": comment_of(RC=String(f"<body><p>{name}</p></body>")),
        "comment-author": comment_of(T=String(name)),
        "comment-subject": comment_of(Subj=String(name)),
        "field-tooltip": filled_in("/TU", name),
        "field-default": filled_in("/DV", name),
        "threads": key_of(lambda pdf: pdf.Root, "/Threads", Array([Dictionary(I=Dictionary(Author=String(name)))])),
        "output-intent": key_of(lambda pdf: pdf.Root, "/OutputIntents", Array([Dictionary(Info=String(name))])),
        "utf-16-hexadecimal": stream_of(f"<feff{hexadecimal}> Tj".encode()),
        "run-lengths": stream_of(bytes([len(last) - 1]) + last.encode() + b"\x80", filter=Name.RunLengthDecode),
        "twice-packed": stream_of(
            zlib.compress(zlib.compress(name.encode())), filter=Array([Name.FlateDecode, Name.FlateDecode])
        ),
    }  # fmt: skip


SPELLED: dict[str, str] = {
    "capitals": "XIMENA QUETZAL OBREGON",
    "last-name-first": "Óbregon, Ximena",
    "without-accents": "the Obregon file",
    "initials": "seen with X.Q.O. today",
    "initial-and-name": "X. Quetzal",
    "in-one-word": "ximenaquetzal",
    "a-mailbox": "xquetzal",
    "soft-hyphen": "Xime\u00adna",
    "a-number-grouped": "A87-654-321",
    "a-number-spread": "0 8 7 6 5 4 3 2 1",
    "a-number-thousands": "87,654,321",
    "phone-abroad": "+1.559.555.0142",
    "phone-at-home": "555 0142",
    "born-american": "9/23/87",
    "born-european": "23.09.1987",
    "born-in-words": "23 September 1987",
    "born-in-spanish": "23 de septiembre",
    "born-on-a-slip": "23SEP1987",
    "born-ordinal": "September 23rd",
    "born-in-boxes": "092387",
}
"""Ways to write what is listed, on a page."""


def in_bytes(name: str) -> dict[str, Callable[[bytes], bytes]]:
    """What no library that writes PDF files would do."""
    return {
        "before-the-start": lambda data: f"{name}\n".encode() + data,
        "between-the-parts": lambda data: _between_parts(data, b"(Li Wu)\n"),
        "left-behind": lambda data: _between_parts(data, _packed_away(name)),
        "changed-later": lambda data: _changed_later(data, name),
    }


def _between_parts(data: bytes, more: bytes) -> bytes:
    """Before the list of parts, which is then looked for at its new place."""
    at = data.rindex(b"startxref")
    start = int(data[at + 9 :].split()[0])
    end = b"startxref\n%d\n%%%%EOF\n" % (start + len(more))
    return data[:start] + more + data[start:at] + end


def _packed_away(name: str) -> bytes:
    """A part that no list of parts names any more: only whoever unpacks it by hand reads it."""
    packed = zlib.compress(name.encode() * 3)
    return (
        b"9999 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    )


def _changed_later(data: bytes, name: str) -> bytes:
    """A title with a name, and a second version behind it in which the title is another."""
    with Pdf.open(BytesIO(data)) as pdf:
        pdf.docinfo[Name.Title] = String(name)
        number = pdf.trailer.Info.objgen[0] if pdf.trailer.Info.is_indirect else 0
        pdf.trailer.Info = pdf.make_indirect(pdf.docinfo) if not number else pdf.trailer.Info
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    first = out.getvalue()
    with Pdf.open(BytesIO(first)) as pdf:
        root, number = pdf.Root.objgen[0], pdf.trailer.Info.objgen[0]
    begins, size = int(first[first.rindex(b"startxref") + 9 :].split()[0]), number + 1
    changed = b"%d 0 obj\n<< /Title (Your next steps) >>\nendobj\n" % number
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (number, len(first))
    last = b"<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>\n" % (max(size, 5000), root, number, begins)
    return first + changed + table + last + b"startxref\n%d\n%%%%EOF\n" % (len(first) + len(changed))
