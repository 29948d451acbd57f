"""Text out of the objects, the streams and the letter shapes of a PDF, however it is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F\s]*>|/[^\s/<>\[\](){}%]*", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}
_HEX_IN_NAME = re.compile(rb"#([0-9a-fA-F]{2})")


def texts_in(written: bytes) -> Iterator[tuple[str, str, bool]]:
    """(key, text, whether a name) of every string and name in an object as the format writes it.

    The key is the name before a string: `/Alt (text)`.
    """
    key = ""
    for token in _TOKEN.findall(written):
        if token[:1] == b"/":
            key = _HEX_IN_NAME.sub(lambda found: bytes([int(found.group(1), 16)]), token).decode("utf-8", "replace")
            yield key, key[1:], True
        else:
            yield key, _decoded(_bytes_of(token)), False


def _bytes_of(token: bytes) -> bytes:
    if token[:1] == b"<":
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    if b"\\" not in token:
        return token[1:-1]

    def meant(found: re.Match[bytes]) -> bytes:
        said = found.group(1)
        return bytes([int(said, 8) & 255]) if said[:1].isdigit() and said < b"8" else _MEANT.get(said, said)

    return _ESCAPED.sub(meant, token[1:-1])


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return data.decode("utf-16", "replace")
    if data[:3] == b"\xef\xbb\xbf":
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1")


_PLAIN_MARK = re.compile(
    rb"/\w+ <</MCID \d+>> BDC|/Artifact <</Type /(?:Layout|Pagination)(?: /Subtype /(?:Header|Footer))?>> BDC"
)
_MARK = re.compile(rb"\b(?:BDC|BMC|DP|MP)\b")


def without_plain_marks(content: bytes) -> bytes:
    """Drawing orders without the marks that merely number a part or say that nothing is said."""
    return _PLAIN_MARK.sub(b"", content)


def has_marks_that_speak(content: bytes) -> bool:
    """Whether drawing orders may be marked with more than a part's number: words in the place of what is drawn."""
    return bool(_MARK.search(without_plain_marks(content)))


_MEANING = re.compile(rb"<([0-9a-fA-F]{8,})>")


def meanings_in(stream: bytes) -> str:
    """What a map of letters says a single one means, where that is more than one letter."""
    if b"begincmap" not in stream:
        return ""
    whole = (found for found in _MEANING.findall(stream) if len(found) % 4 == 0)
    return "\n".join(bytes.fromhex(found.decode("ascii")).decode("utf-16-be", "replace") for found in whole)


_SHAPES = frozenset(
    (b"glyf", b"loca", b"hmtx", b"hhea", b"maxp", b"head", b"cvt ", b"fpgm", b"prep", b"OS/2", b"post", b"cmap")
)
"""The tables of a font that hold shapes and numbers; in them no words stand."""


def words_in_font(data: bytes) -> bytes:
    """All of a font but its shapes and numbers: names, tables of other kinds, what stands between tables or behind."""
    count = int.from_bytes(data[4:6], "big")
    known = [(0, 12 + 16 * count)]
    for start in range(12, min(12 + 16 * count, len(data) - 15), 16):
        offset, length = (int.from_bytes(data[start + at : start + at + 4], "big") for at in (8, 12))
        if data[start : start + 4] in _SHAPES:
            known.append((offset, offset + length))
    left, end = [], 0
    for start, stop in sorted(known):
        left.append(data[end:start])
        end = max(end, stop)
    return b"\n".join([*left, data[end:]])
