"""How the window speaks of signed memos that a change of the catalog touches."""

from __future__ import annotations


def touched_in_words(number: int) -> str:
    """“2 signed memos rest on a catalog that has changed: …”."""
    if number == 0:
        return ""
    if number == 1:
        return "One signed memo rests on a catalog that has changed: its lines would be told otherwise now."
    return f"{number} signed memos rest on a catalog that has changed: their lines would be told otherwise now."
