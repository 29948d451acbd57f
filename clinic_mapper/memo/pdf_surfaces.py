"""Every place in a PDF where text can hide, read by two libraries that did not write the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec


class Surface(msgspec.Struct, frozen=True):
    """Text, and where in the file it stands. `page_text`: what a reader sees on the pages.

    `binary`: bytes read as letters, in which short words stand by chance and mean nothing. `draws`: the orders by
    which a page is drawn, in which its words can stand once more.
    """

    where: str
    text: str
    page_text: bool = False
    binary: bool = False
    draws: bool = False


_WHERE_BY_KEY = {
    "/Alt": "alternative text",
    "/ActualText": "alternative text",
    "/E": "alternative text",
    "/T": "form or comment",
    "/Contents": "comment",
    "/RC": "comment",
    "/Subj": "comment",
    "/V": "form or comment",
    "/F": "attachment",
    "/UF": "attachment",
    "/Desc": "attachment",
    "/JS": "script",
    "/URI": "link",
    "/Names": "named places",
    "/Title": "bookmark",
}
_FORMAT_TEXT = """
Type Pages Page Kids Count Parent Resources Font Subtype TrueType Type0 Type1 BaseFont FirstChar LastChar Widths
ToUnicode FontDescriptor FontName Flags FontBBox ItalicAngle Ascent Descent CapHeight StemV FontFile2 MissingWidth
Length Length1 Filter FlateDecode ASCII85Decode ProcSet PDF Text ImageB ImageC ImageI MediaBox Contents Rotate Trans
Catalog ViewerPreferences DisplayDocTitle Lang Info Title Root Size ID ObjStm XRef First N W Index DecodeParms
Columns Predictor Encoding WinAnsiEncoding Helvetica Name F1 Outlines PageMode UseNone Dest Prev Next Last XYZ
FitH Fit Names Producer xref trailer startxref stream endstream endobj obj
"""
_FORMAT_WORDS = frozenset(_FORMAT_TEXT.split())
"""Words of the format itself, which are in every PDF of ours whatever it says."""
_FONT_NAME = re.compile(r"(?:[A-Z]{6}\+)?NotoSans-(?:Regular|Bold|Italic)|F\d+(?:\+\d+)?")
_FORMAT_BYTES = re.compile(rb"/?\b[A-Z]{6}\+NotoSans-\w+|/?\b(?:" + "|".join(sorted(_FORMAT_WORDS)).encode() + rb")\b")
_STREAM_BODY = re.compile(rb"(?<=>>)\s*stream\r?\n.*?endstream", re.DOTALL)
_LETTERS_ONLY = ("/FontFile", "/FontFile2", "/FontFile3")


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as it is laid out, hidden text included."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            laid_out = page.get_textpage()
            texts.append(laid_out.get_text_range())
            laid_out.close()
            page.close()
        return texts
    finally:
        document.close()


def surfaces(pdf: bytes) -> Iterator[Surface]:
    """All of them: the pages, then everything else in the file, then the bytes as they are."""
    yield Surface("page text", "\n".join(page_texts(pdf)), page_text=True)
    yield from _structure(pdf)
    yield from _bytes(pdf)


def oddities(pdf: bytes) -> Iterator[str]:
    """What a memo never holds and what could carry something unread: a picture, an older version, a tail."""
    ends = [match.end() for match in re.finditer(rb"%%EOF", pdf)]
    if len(ends) != 1:
        yield "an older version inside the file"
    elif pdf[ends[-1] :].strip():
        yield "data after the end of the file"
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        if any(isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image" for each in document.objects):
            yield "a picture that cannot be searched"
        if "/EmbeddedFiles" in document.Root.get("/Names", {}):
            yield "an attachment"


def _structure(pdf: bytes) -> Iterator[Surface]:
    """Strings and names of every object, reachable or not, by where they stand; decoded streams other than fonts."""
    import pikepdf

    found: dict[str, dict[str, None]] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts = _font_files(document)
        pages = _page_streams(document)
        info = document.trailer.get("/Info")
        info_id = info.objgen if info is not None else None
        for each in [document.trailer, *document.objects]:
            inside = "properties" if each.objgen == info_id and info_id is not None else ""
            for where, text in _strings(each, inside, ""):
                if text not in _FORMAT_WORDS and not _FONT_NAME.fullmatch(text):
                    found.setdefault(where, {})[text] = None
            packed = isinstance(each, pikepdf.Stream) and each.get("/Type") in ("/ObjStm", "/XRef")
            if isinstance(each, pikepdf.Stream) and not packed and each.objgen not in fonts:
                yield from _stream(each, each.objgen in pages)
    yield from (Surface(where, "\n".join(texts)) for where, texts in found.items())


def _font_files(document: Any) -> set[tuple[int, int]]:
    found = set()
    for each in document.objects:
        keys = getattr(each, "keys", None)
        if keys is None or each.__class__.__name__ not in ("Object", "Dictionary"):
            continue
        try:
            found |= {each[key].objgen for key in _LETTERS_ONLY if key in each}
        except (ValueError, TypeError):  # an array or a number: no keys
            continue
    return found


def _page_streams(document: Any) -> set[tuple[int, int]]:
    import pikepdf

    found = set()
    for page in document.pages:
        content = page.obj.get("/Contents")
        parts = content if isinstance(content, pikepdf.Array) else [] if content is None else [content]
        found |= {part.objgen for part in parts}
    return found


def _strings(each: Any, inside: str, key: str) -> Iterator[tuple[str, str]]:
    """(where, text) of all strings, names and keys within one object, without following references."""
    import pikepdf

    if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        dictionary = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        for name in dictionary.keys():  # noqa: SIM118 - a PDF dictionary does not iterate over its keys
            yield inside or "structure", name[1:]
            value = dictionary[name]
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, inside, name)
            elif isinstance(value, pikepdf.String):
                yield inside or _WHERE_BY_KEY.get(name, "structure"), str(value)
    elif isinstance(each, pikepdf.Array):
        for value in each:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, inside, key)
    elif isinstance(each, pikepdf.String):
        yield inside or _WHERE_BY_KEY.get(key, "structure"), str(each)
    elif isinstance(each, pikepdf.Name):
        yield inside or "structure", str(each)[1:]


def _stream(stream: Any, draws: bool) -> Iterator[Surface]:
    import pikepdf

    kind = str(stream.get("/Type", ""))
    where = {"/Metadata": "properties (XMP)", "/EmbeddedFile": "attachment"}.get(kind, "a stream")
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        data = stream.read_raw_bytes()
    for text in _readings(_FORMAT_BYTES.sub(b" ", data) if where == "a stream" else data):
        yield Surface(where, text, binary=where == "a stream", draws=draws)


def _bytes(pdf: bytes) -> Iterator[Surface]:
    """The file as it lies on the disk, between the streams (read above): comments and gaps are in no object."""
    between = _STREAM_BODY.sub(b" ", pdf)
    for text in _readings(_FORMAT_BYTES.sub(b" ", between)):
        yield Surface("the file's bytes", text, binary=True)


def _readings(data: bytes) -> Iterator[str]:
    """Bytes as text in the encodings in which a name could stand there."""
    yield data.decode("latin-1")
    if not data.isascii():
        yield data.decode("utf-8", "ignore")
    if data.count(0) * 4 > len(data) or data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        for encoding in ("utf-16-be", "utf-16-le"):
            for shift in (0, 1):
                yield data[shift : len(data) - (len(data) - shift) % 2].decode(encoding, "ignore")
