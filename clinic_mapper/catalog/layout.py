"""The one layout of catalog files, so that a change shows as the change it is.

Keys stand in the order of the typed rows, defaults are left out, and a list or row stands on one line where it fits.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from clinic_mapper.catalog.decode import decode_file
from clinic_mapper.catalog.model import CatalogFile
from clinic_mapper.problem import Problem

WIDTH = 120


def canonical(raw: bytes) -> bytes:
    """The bytes of a catalog file in the one layout; rows keep their order.

    Raises:
        Problem: `catalog-invalid` when the bytes are not a catalog file.
    """
    file = decode_file("this file", raw)
    if not isinstance(file, CatalogFile):
        raise Problem("catalog-invalid", file.sentence)
    return (_laid_out(json.loads(msgspec.json.encode(file)), 0, 0) + "\n").encode()


def _laid_out(value: Any, indent: int, before: int) -> str:
    """A value as text. `indent`: spaces before its inner lines' parent; `before`: characters already on its line.

    The file itself and its lists of rows are always broken, so that each row starts on a line of its own.
    """
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or not value:
        return line
    if indent >= 4 and before + len(line) < WIDTH:
        return line
    pad = " " * (indent + 2)
    if isinstance(value, list):
        parts = [_laid_out(item, indent + 2, indent + 2) for item in value]
        return "[\n" + ",\n".join(pad + part for part in parts) + f"\n{' ' * indent}]"
    heads = {key: json.dumps(key, ensure_ascii=False) + ": " for key in value}
    parts = [heads[key] + _laid_out(item, indent + 2, indent + 2 + len(heads[key])) for key, item in value.items()]
    return "{\n" + ",\n".join(pad + part for part in parts) + f"\n{' ' * indent}}}"
