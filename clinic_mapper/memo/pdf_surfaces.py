"""Every place in a PDF where text can hide, read by two libraries that did not write the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from io import BytesIO
from operator import itemgetter
from threading import Lock
from typing import Any

import msgspec

from clinic_mapper.memo.pdf_strings import (
    has_marks_that_speak,
    meanings_in,
    texts_in,
    without_plain_marks,
    words_in_font,
)
from clinic_mapper.memo.xmp import title_of


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
StructTreeRoot StructElem ParentTree ParentTreeNextKey IDTree Nums StructParents MarkInfo Marked Metadata Subtype XML
Tabs MCR MCID Pg Alt ActualText Lang Document Sect H1 H2 H3 H4 H5 H6 P Span L LI Lbl LBody Table TR TH TD Figure
Scope Column Headers List ListNumbering Decimal Disc Square None Layout BBox Artifact Pagination Header Footer BDC EMC
begincmap endcmap Registry Ordering Supplement CMapName CMapType CIDInit CIDSystemInfo CMap
"""
_FORMAT_WORDS = frozenset(_FORMAT_TEXT.split())
"""Words of the format itself, which are in every PDF of ours whatever it says."""
_OUR_FONTS = r"(?:NotoSans\w*-(?:Regular|Bold|Italic)|DroidSansFallback)"
_FONT_NAME = re.compile(rf"(?:[A-Z]{{6}}\+)?{_OUR_FONTS}|F\d+(?:\+\d+)?")
_FORMAT_BYTES = re.compile(
    (rf"/?\b[A-Z]{{6}}\+{_OUR_FONTS}\b|/?\b(?:" + "|".join(sorted(_FORMAT_WORDS)) + r")\b").encode()
)
_STREAM_BODY = re.compile(rb"(?<=>>)\s*stream\r?\n.*?endstream", re.DOTALL)
_FONT_FILE = re.compile(rb"/FontFile[23]? (\d+) \d+ R")
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MARKS = ("BDC", "BMC", "DP", "MP", "EMC")


PDF_ENGINE = Lock()
"""Held while a page is read, or drawn as a picture: the engine below may be used by one thread at a time. Nobody holds
it for longer than a page takes, so that whoever looks at pages need not wait for a file that is being made."""


def page_texts(pdf: bytes, told: Callable[[int, int], object] = lambda page, pages: None) -> list[str]:
    """The text of each page as it is laid out, hidden text included. `told` hears of each page that is read."""
    import pypdfium2  # type: ignore[import-untyped]

    with PDF_ENGINE:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
    try:
        texts = []
        for number in range(count):
            told(count + 1, count)
            with PDF_ENGINE:
                page = document[number]
                laid_out = page.get_textpage()
                texts.append(laid_out.get_text_range())
                laid_out.close()
                page.close()
        return texts
    finally:
        with PDF_ENGINE:
            document.close()


def lines_as_they_stand(pdf: bytes, pages: Sequence[str]) -> str:
    """The lines of pages on which a script runs leftward, letter by letter from left to right as they meet the eye.

    Who reads a line with such a script in the order of its letters can take all of it to run leftward, and turns round
    what stands between: “7 ABC” becomes “ABC 7”. `pages`: the texts of its pages.
    """
    import pypdfium2

    turned = [number for number, text in enumerate(pages) if _LEFTWARD.search(text)]
    if not turned:
        return ""
    with PDF_ENGINE:
        document = pypdfium2.PdfDocument(pdf)
    try:
        lines: list[str] = []
        for number in turned:
            with PDF_ENGINE:
                page = document[number]
                laid_out = page.get_textpage()
                lines += _from_left_to_right(laid_out)
                laid_out.close()
                page.close()
        return "\n".join(lines)
    finally:
        with PDF_ENGINE:
            document.close()


def _from_left_to_right(page: Any) -> Iterator[str]:
    from pypdfium2.raw import FPDFText_GetUnicode  # type: ignore[import-untyped]

    line: list[tuple[float, str]] = []
    for number in range(page.count_chars()):
        letter = chr(FPDFText_GetUnicode(page, number))
        if letter in "\r\n":
            yield "".join(each for _, each in sorted(line, key=itemgetter(0)))
            line = []
        else:
            left, _, right, _ = page.get_charbox(number)
            line.append((left + right, letter))
    yield "".join(each for _, each in sorted(line, key=itemgetter(0)))


def surfaces(pdf: bytes, pages: Sequence[str] | None = None) -> Iterator[Surface]:
    """All of them: the pages, then everything else in the file, then the bytes as they are.

    `pages`: the texts of its pages, if they have just been read.
    """
    yield from _on_pages(pdf, page_texts(pdf) if pages is None else pages)
    yield from _structure(pdf)
    yield from _bytes(pdf)


def _on_pages(pdf: bytes, pages: Sequence[str]) -> Iterator[Surface]:
    yield Surface("page text", "\n".join(pages), page_text=True)
    if lines := lines_as_they_stand(pdf, pages):
        yield Surface("page text", lines, page_text=True)


def _structure(pdf: bytes) -> Iterator[Surface]:
    """Strings and names of every object, reachable or not, by where they stand; decoded streams."""
    import pikepdf

    found: dict[str, dict[str, None]] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        objects = [document.trailer, *document.objects]
        streams = [each for each in objects if isinstance(each, pikepdf.Stream)]
        written = [_written(each) for each in objects]
        info = getattr(document.trailer.get("/Info"), "objgen", (0, 0))
        for each, text in zip(objects, written, strict=True):
            inside = "properties" if info[0] and getattr(each, "objgen", None) == info else ""
            for key, said, is_name in texts_in(text):
                if said not in _FORMAT_WORDS and not _FONT_NAME.fullmatch(said):
                    where = inside or ("structure" if is_name else _WHERE_BY_KEY.get(key, "structure"))
                    found.setdefault(where, {})[said] = None
        fonts, pages = _font_files(written), _page_streams(document)
        for stream in streams:
            if stream.get("/Type") not in ("/ObjStm", "/XRef"):
                yield from _stream(stream, stream.objgen[0] in fonts, stream.objgen in pages)
        yield from _behind_words(document)
    yield from (Surface(where, "\n".join(texts), draws=where == "alternative text") for where, texts in found.items())


def _written(each: Any) -> bytes:
    """An object as the format writes it, without following references."""
    import pikepdf

    inner = each.stream_dict if isinstance(each, pikepdf.Stream) else each
    return bytes(inner.unparse(resolved=True)) if isinstance(inner, pikepdf.Object) else b""


def _font_files(written: Iterable[bytes]) -> set[int]:
    """The numbers of the objects that hold shapes of letters."""
    return {int(number) for each in written for number in _FONT_FILE.findall(each)}


def _page_streams(document: Any) -> set[tuple[int, int]]:
    return {part.objgen for page in document.pages for part in _contents(page)}


def _contents(page: Any) -> list[Any]:
    import pikepdf

    content = page.obj.get("/Contents")
    return list(content) if isinstance(content, pikepdf.Array) else [] if content is None else [content]


def _stream(stream: Any, font: bool, draws: bool) -> Iterator[Surface]:
    import pikepdf

    kind = str(stream.get("/Type", ""))
    where = {"/Metadata": "properties (XMP)", "/EmbeddedFile": "attachment"}.get(kind, "a stream")
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        data = stream.read_raw_bytes()
    if kind == "/Metadata":
        title = title_of(data)
        for text in [title] if title is not None else _readings(data):
            yield Surface(where, f"{text}\n{unescape(text)}")
        return
    if meant := meanings_in(data):
        yield Surface(where, meant, draws=True)
    if has_marks_that_speak(data):
        said = dict.fromkeys(said for _, said, _ in texts_in(data) if said not in _FORMAT_WORDS)
        yield Surface("alternative text", "\n".join(said), draws=True)
    if font:
        data = words_in_font(data)
    if draws:
        data = without_plain_marks(data)
    elif where == "a stream":
        data = _FORMAT_BYTES.sub(b" ", data)
    for text in _readings(data):
        yield Surface(where, text, binary=where == "a stream", draws=draws)


def _behind_words(document: Any) -> Iterator[Surface]:
    """The pages once more where words stand in the place of what is drawn: readers tell those, and eyes see this."""
    import pikepdf

    covered = False
    for page in document.pages:
        if has_marks_that_speak(b"\n".join(part.read_bytes() for part in _contents(page))):
            covered = True
            orders = pikepdf.parse_content_stream(page)
            bare = [order for order in orders if str(order.operator) not in _MARKS]
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(bare))
    if covered:
        out = BytesIO()
        document.save(out)
        yield from _on_pages(out.getvalue(), page_texts(out.getvalue()))


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
