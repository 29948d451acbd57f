"""A clean memo with one value planted in one hiding place. What each is, is said in README.md."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.memo_corpus import further

NAME = "Ximena Quetzal Óbregon"


def on_page(operators: str, text: str) -> Callable[[Pdf], None]:
    """Text drawn on the first page with the given operators around it."""

    def plant(pdf: Pdf) -> None:
        page = pdf.pages[0]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        page.Resources.Font[Name("/Planted")] = pdf.make_indirect(font)
        shown = " T* ".join(f"({part}) Tj" for part in text.split("\n"))
        drawn = f"q BT /Planted 9 Tf 11 TL {operators} {shown} ET Q"
        page.contents_add(drawn.encode("latin-1"), prepend=False)

    return plant


def covered(pdf: Pdf) -> None:
    on_page("60 300 Td", NAME)(pdf)
    pdf.pages[0].contents_add(b"q 0 g 50 290 300 30 re f Q", prepend=False)


def info(key: str, value: str) -> Callable[[Pdf], None]:
    def plant(pdf: Pdf) -> None:
        pdf.docinfo[Name(key)] = String(value)

    return plant


def xmp(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:description"] = f"Interview with {NAME}"


def outline(pdf: Pdf) -> None:
    with pdf.open_outline() as bookmarks:
        bookmarks.root.append(pikepdf.OutlineItem(NAME, 0))


def annotation(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String(f"see {NAME}"))
    pdf.pages[0].Annots = pdf.make_indirect(Array([pdf.make_indirect(note)]))


def form_field(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("field"), V=String(NAME)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def link(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("file:///home/Ximena%20Quetzal/ximena.quetzal"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 30, 30]), A=action)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def attachment(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, f"Call {NAME}.".encode(), filename="notes.txt")


def attachment_name(pdf: Pdf) -> None:
    name = "ximena quetzal obregon.txt"
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"nothing", filename=name)


def alternative_text(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Dictionary(Alt=String(NAME))))


def in_tree(key: str, value: str) -> Callable[[Pdf], None]:
    """The value said about the first part of the tree."""

    def plant(pdf: Pdf) -> None:
        pdf.Root.StructTreeRoot.K[0][Name(key)] = String(value)

    return plant


def role(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary({"/Ximena#20Quetzal": Name.P})


def in_mark(operator: str) -> Callable[[Pdf], None]:
    """The value in what drawing orders are marked with, in two-byte letters as hexadecimal digits."""

    def plant(pdf: Pdf) -> None:
        said = ("\ufeff" + NAME).encode("utf-16-be").hex()
        pdf.pages[0].contents_add(operator.replace("?", f"<{said}>").encode(), prepend=False)

    return plant


def properties_by_name(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Properties = Dictionary(M0=Dictionary(Alt=String(NAME)))
    pdf.pages[0].contents_add(b"/Span /M0 BDC EMC", prepend=False)


def under_other_words(pdf: Pdf) -> None:
    on_page("60 300 Td /Span <</ActualText (a blank line)>> BDC", NAME)(pdf)
    pdf.pages[0].contents_add(b"EMC", prepend=False)


def _fonts(pdf: Pdf) -> list[pikepdf.Object]:
    return [font for _, font in sorted(pdf.pages[0].Resources.Font.items())]


def meaning_of_a_letter(pdf: Pdf) -> None:
    letters = _fonts(pdf)[0].ToUnicode
    said = NAME.encode("utf-16-be").hex().encode()
    letters.write(letters.read_bytes().replace(b"<41> <0041>", b"<41> <" + said + b">"))


def bullet(pdf: Pdf) -> None:
    """Shape 8 of a font means a bullet, U+2022: written as a month would be, and none."""
    letters = _fonts(pdf)[0].ToUnicode
    letters.write(letters.read_bytes().replace(b"<41> <0041>", b"<08> <2022>"))


def font_table(pdf: Pdf) -> None:
    shapes = _fonts(pdf)[0].FontDescriptor.FontFile2
    shapes.write(shapes.read_bytes() + NAME.encode("utf-16-be"))


def xmp_in_signs(pdf: Pdf) -> None:
    said = "".join(f"&#{ord(letter)};" for letter in NAME)
    data = pdf.Root.Metadata.read_bytes().replace(
        b"</rdf:Description>", f"<dc:rights>{said}</dc:rights></rdf:Description>".encode()
    )
    pdf.Root.Metadata.write(data)


def page_label(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(NAME))]))


def named_destination(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(NAME), Array([])])))


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{NAME}')"))


def orphan(pdf: Pdf) -> None:
    pdf.Root.Kept = pdf.make_indirect(Dictionary(Whose=String(NAME)))


def orphan_stream(pdf: Pdf) -> None:
    pdf.Root.Kept = pdf.make_stream(NAME.encode("utf-8"))


def utf_16(pdf: Pdf) -> None:
    pdf.Root.Kept = pdf.make_stream(NAME.encode("utf-16-be"))


def image(pdf: Pdf) -> None:
    pixels = pdf.make_stream(b"\x00" * 12, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2)
    pixels.ColorSpace, pixels.BitsPerComponent = Name.DeviceRGB, 8
    pdf.pages[0].Resources.XObject = Dictionary(Im0=pixels)


IN_STRUCTURE: dict[str, Callable[[Pdf], None]] = {
    "page-text": on_page("60 300 Td", "Ximena Quetzal"),
    "invisible-text": on_page("3 Tr 60 300 Td", NAME),
    "white-text": on_page("1 g 60 300 Td", NAME),
    "off-the-page": on_page("-900 300 Td", NAME),
    "broken-over-lines": on_page("60 300 Td", "Ximena Que-\ntzal"),
    "spread-letters": on_page("60 300 Td", "X i m e n a  Q u e t z a l"),
    "covered": covered,
    "info-title": info("/Title", "Matter M-2041"),
    "info-author": info("/Author", NAME),
    "info-custom": info("/SourceModified", NAME),
    "xmp": xmp,
    "outline": outline,
    "annotation": annotation,
    "form-field": form_field,
    "link": link,
    "attachment": attachment,
    "attachment-name": attachment_name,
    "alternative-text": alternative_text,
    "spoken-instead": in_tree("/ActualText", NAME),
    "spelled-out": in_tree("/E", NAME),
    "part-title": in_tree("/T", NAME),
    "part-id": in_tree("/ID", "ximena-quetzal"),
    "language": in_tree("/Lang", "x-ximena-quetzal"),
    "role": role,
    "mark": in_mark("/Span <</Alt ?>> BDC EMC"),
    "mark-alone": in_mark("/Note <</Whose ?>> DP"),
    "mark-by-name": properties_by_name,
    "under-other-words": under_other_words,
    "meaning-of-a-letter": meaning_of_a_letter,
    "font-table": font_table,
    "xmp-in-signs": xmp_in_signs,
    "page-label": page_label,
    "named-destination": named_destination,
    "script": script,
    "orphan": orphan,
    "orphan-stream": orphan_stream,
    "utf-16": utf_16,
    "image": image,
}

IN_BYTES: dict[str, Callable[[bytes], bytes]] = {
    "comment-bytes": lambda data: data.replace(b"\nstartxref", f"\n% {NAME}\nstartxref".encode(), 1),
    "after-the-end": lambda data: data + b"\nXimena Quetzal Obregon\n",
    "older-version": lambda data: data + b"\n" + data[data.rindex(b"startxref") :],
}

IN_STRUCTURE |= further.places(NAME) | {name: further.said(text) for name, text in further.SPELLED.items()}
IN_BYTES |= further.in_bytes(NAME)
NAMES = (*IN_STRUCTURE, *IN_BYTES)


def planted(clean: bytes, name: str) -> bytes:
    """The clean memo with the value planted in the place of that name."""
    if name in IN_BYTES:
        return IN_BYTES[name](clean)
    with pikepdf.open(BytesIO(clean)) as pdf:
        IN_STRUCTURE[name](pdf)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
