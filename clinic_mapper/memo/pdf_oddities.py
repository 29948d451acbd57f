"""What a memo never holds and what could carry something unread: pictures, older versions, gaps, strange parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

_KEYS = {
    "catalog": {
        "/Type", "/Pages", "/Lang", "/Metadata", "/MarkInfo", "/Outlines", "/StructTreeRoot", "/ViewerPreferences",
    },
    "page": {
        "/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/Rotate", "/Trans", "/StructParents", "/Tabs",
    },
    "resources": {"/Font", "/ProcSet"},
    "properties": {"/Title"},
    "trailer": {
        "/Root", "/Info", "/ID", "/Size", "/Type", "/Length", "/Filter", "/DecodeParms", "/W", "/Index", "/Prev",
    },
}  # fmt: skip
"""The keys that the drawn files have, by the part in which they stand. `/Prev` is told by the ends of a file."""
_START = re.compile(rb"%PDF-\d\.\d\n%[^\n]{0,8}\n")
_OBJECT = re.compile(rb"\s*(\d+) 0 obj\s*(<<(?:(?!stream|endobj).)*>>)\s*stream\r?\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)")
_AFTER_STREAM = re.compile(rb"\s*endstream\s*endobj")
_END = re.compile(rb"\s*startxref\s+\d+\s+%%EOF\s*")


def oddities(pdf: bytes) -> Iterator[str]:
    """What stands in a file that no memo has, as the words by which it is told."""
    ends = [match.end() for match in re.finditer(rb"%%EOF", pdf)]
    if len(ends) != 1:
        yield "an older version inside the file"
    elif pdf[ends[-1] :].strip():
        yield "data after the end of the file"
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        if len(ends) == 1 and _numbers_in_a_row(pdf) != sorted(each.objgen[0] for each in streams):
            yield "something between the parts of the file"
        if any(each.get("/Subtype") in ("/Image", "/Form") for each in streams):
            yield "a picture that cannot be searched"
        if "/EmbeddedFiles" in document.Root.get("/Names", {}):
            yield "an attachment"
        if any(_unlike_a_memo(document)) or {each.objgen for each in streams} - _known_streams(document):
            yield "a part that no memo has"


def _numbers_in_a_row(pdf: bytes) -> list[int]:
    """The numbers of the packed objects, in order, if the file is one row of them and nothing else; else none."""
    start = _START.match(pdf)
    at, seen = start.end() if start else 0, list[int]()
    while start and (found := _OBJECT.match(pdf, at)):
        length = _LENGTH.search(found[2])
        after = _AFTER_STREAM.match(pdf, found.end() + int(length[1])) if length else None
        if after is None:
            return []
        seen.append(int(found[1]))
        at = after.end()
    return sorted(seen) if _END.fullmatch(pdf, at) else []


def _unlike_a_memo(document: Any) -> Iterator[bool]:
    """For each part with keys of its own: whether it has one that the drawn files do not have."""
    yield bool({*document.Root.keys()} - _KEYS["catalog"])
    yield bool({*document.trailer.keys()} - _KEYS["trailer"])
    yield bool({*document.docinfo.keys()} - _KEYS["properties"])
    for page in document.pages:
        yield bool({*page.obj.keys()} - _KEYS["page"])
        yield bool({*page.obj.get("/Resources", {}).keys()} - _KEYS["resources"])


def _known_streams(document: Any) -> set[tuple[int, int]]:
    """The streams that the drawn files have: orders, letters and what they mean, properties, packed objects."""
    import pikepdf

    known = [document.Root.get("/Metadata")]
    for page in document.pages:
        content = page.obj.get("/Contents")
        known += list(content) if isinstance(content, pikepdf.Array) else [content]
    for each in document.objects:
        if isinstance(each, pikepdf.Stream):
            known += [each] if each.get("/Type") in ("/ObjStm", "/XRef") else []
        elif isinstance(each, pikepdf.Dictionary):
            known += [each[key] for key in ("/FontFile2", "/ToUnicode") if key in each]
    return {each.objgen for each in known if isinstance(each, pikepdf.Stream)}
