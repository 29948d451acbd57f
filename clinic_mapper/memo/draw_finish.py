"""A drawn file made ready to leave: with its parts, bookmarks, title, language; without maker, dates or a random id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from clinic_mapper.memo.document import Document
from clinic_mapper.memo.draw_tree import write_bookmarks, write_tree
from clinic_mapper.memo.tags import Tags
from clinic_mapper.memo.xmp import packet

_LEFT_OUT = ("/Metadata", "/PieceInfo", "/AcroForm", "/OpenAction", "/PageMode", "/Outlines")


Meanings = Mapping[str, Mapping[int, str]]
"""By the name of a font: what its shapes mean that stand for no character alone."""


def finished(data: bytes, document: Document, tags: Tags, meanings: Meanings) -> bytes:
    """The file as it is proven and saved."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]  # the drawing library makes it from a day that the environment can set
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo["/Title"] = document.title
        for key in _LEFT_OUT:
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.Root.Lang = pikepdf.String(document.lang)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        named = {"Type": pikepdf.Name.Metadata, "Subtype": pikepdf.Name.XML}
        pdf.Root.Metadata = pdf.make_stream(packet(document.title), **named)
        _write_meanings(pdf, meanings)
        write_tree(pdf, tags)
        write_bookmarks(pdf, tags)
        out = BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            fix_metadata_version=False,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
        )
    return out.getvalue()


_MEANING = re.compile(rb"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", re.MULTILINE)


def _write_meanings(pdf: Any, meanings: Meanings) -> None:
    """Writes for each font what its letters mean: those that are drawn, and nothing for places that are empty."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            if "/ToUnicode" in font and font.ToUnicode.objgen not in seen:
                seen.add(font.ToUnicode.objgen)
                own = meanings.get(str(font.BaseFont).partition("+")[2], {})
                font.ToUnicode.write(_map(font.ToUnicode.read_bytes(), own))


def _map(written: bytes, meanings: Mapping[int, str]) -> bytes:
    found = [(place, int(code, 16)) for place, code in _MEANING.findall(written)]
    lines = [
        b"<%s> <%s>" % (place, meanings.get(code, chr(code)).encode("utf-16-be").hex().upper().encode())
        for place, code in found
        if code
    ]
    start, end = written.index(b"endcodespacerange"), written.index(b"endbfchar")
    parts = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    said = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(part), b"\n".join(part)) for part in parts)
    return written[: start + len(b"endcodespacerange\n")] + said + written[end + len(b"endbfchar") :]
