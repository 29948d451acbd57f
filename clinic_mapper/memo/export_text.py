"""The other forms in which a proven memo leaves, as text to copy or as a text file. Each is searched before it goes.

A form is searched for the same values as the pages were, and excused only by what the same document says in that very
form when it is made from matters that never held them.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from clinic_mapper.file_replace import replace_file
from clinic_mapper.memo.copied_text import copied_text
from clinic_mapper.memo.export import Memo
from clinic_mapper.memo.gate import LeakFound, Said
from clinic_mapper.memo.prove import Leak, prove_text


def text_to_copy(memo: Memo) -> str:
    """What a proven memo says, as text for the clipboard.

    Raises:
        LeakFound: the text holds something that its reader may not see; it is given to nobody.
    """
    text, leaks = _searched(memo, copied_text, "")
    if leaks:
        raise LeakFound(leaks, memo.document.lang, copied=True)
    return text


def save_text(path: Path, memo: Memo) -> bytes:
    """Saves what `text_to_copy` gives as a file in UTF-8, and gives its bytes.

    Raises:
        LeakFound: the text, or the file's name, holds something that it may not; nothing is written.
        Problem: the disk's troubles, as `replace_file` names them.
    """
    text, leaks = _searched(memo, copied_text, path.name)
    if leaks:
        raise LeakFound(leaks, memo.document.lang)
    data = text.encode("utf-8")

    def write(file: BinaryIO) -> None:
        file.write(data)

    replace_file(path, write)
    return data


def _searched(memo: Memo, form: Said, file_name: str) -> tuple[str, list[Leak]]:
    text = form(memo.document)
    return text, prove_text(text, memo.withheld, file_name, memo.own_as(form), memo.never)
