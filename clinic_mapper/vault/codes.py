"""The codes under which matters are kept: one each, told apart as people tell them apart."""

from __future__ import annotations

import unicodedata

from sqlite_utils import Database

from clinic_mapper.problem import Problem

LONGEST_CODE = 100


def check_code(code: str) -> None:
    """Refuse a code that is none.

    Raises:
        Problem: `code-missing`, `code-too-long`.
    """
    if not code_key(code):
        raise Problem("code-missing", "A matter needs a code.", "Nothing was changed.", "Type one; no client's name.")
    if len(code) > LONGEST_CODE:
        raise Problem(
            "code-too-long",
            f"A matter's code has at most {LONGEST_CODE} characters.",
            "Nothing was changed.",
            "Shorten it; a note can hold the rest.",
        )


def check_code_is_free(db: Database, matter_id: str, code: str) -> None:
    """Refuse a code that another matter has.

    Raises:
        Problem: `code-taken`.
    """
    if any(True for _ in db.table("matters").rows_where("code_key = ? AND id <> ?", [code_key(code), matter_id])):
        raise Problem(
            "code-taken",
            "Another matter in this vault has this code.",
            "Neither matter was changed.",
            "Choose another code, or open the matter that has it.",
        )


def code_key(code: str) -> str:
    """A code without regard to capitals, spaces around it and ways of writing the same letter."""
    return unicodedata.normalize("NFKC", code).casefold().strip()
