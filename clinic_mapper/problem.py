"""A problem of the world, said so that a tired person knows what happened, what is safe and what to do."""

from __future__ import annotations


class Problem(Exception):
    """What went wrong outside this program: a damaged file, a full disk, a wrong passphrase, an invalid catalog row.

    `code` is a stable kebab-case name for tests and the manual. The three sentences are what people read.
    Anything that escapes and is not a `Problem` is a bug.
    """

    def __init__(self, code: str, what: str, safe: str = "", do: str = "") -> None:
        self.code = code
        self.what = what
        self.safe = safe
        self.do = do
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What happened, what is safe, what to do: in that order, as one line of plain text."""
        return " ".join(part for part in (self.what, self.safe, self.do) if part)
