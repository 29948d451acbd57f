"""Draft or signed, as a memo says it: over every page, in the legend, and at its end."""

from __future__ import annotations

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.memo.document import Blank, Block, Paragraph, Run, Runs
from clinic_mapper.memo.phrases import plain
from clinic_mapper.memo.sign_off import SignOff
from clinic_mapper.memo.words import Words


def over_every_page(words: Words, signed: SignOff | None) -> Runs:
    """“DRAFT until signed”, or “Signed November 26, 2026 by R.E.”."""
    return _signed(words, "memo.signed_on", signed) if signed else (plain(words("memo.draft")),)


def in_legend(words: Words, signed: SignOff | None) -> Runs:
    """The legend's second line, which ends with the same as a sentence."""
    end = () if signed else (plain("."),)  # initials end with a full stop of their own
    return (plain(f"{words('memo.prepared')} "), *over_every_page(words, signed), *end)


def at_the_end(words: Words, signed: SignOff | None) -> Block:
    """A line to sign by hand, or that it was signed."""
    if signed is None:
        return Blank(label=words("memo.signed"))
    return Paragraph(runs=_signed(words, "memo.reviewed", signed, bold=True))


def _signed(words: Words, key: str, signed: SignOff, bold: bool = False) -> Runs:
    by = (
        Run(text=words("memo.signed_by", initials=signed.initials), tag="staff", bold=bold) if signed.initials else None
    )
    said = plain(words(key, date=in_words(signed.on, words.lang)), bold=bold)
    return (said, by) if by else (said,)
