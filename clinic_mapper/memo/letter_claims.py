"""What a clinic's own letter claims that the catalog does not say: shown before it is kept and before it is sent."""

from __future__ import annotations

import re

from clinic_mapper.catalog.model import Catalog, Remedy
from clinic_mapper.memo.letter_templates import Letter, Recipient, letters
from clinic_mapper.memo.plain_text import printable


def claims_of(letter: Letter, catalog: Catalog) -> list[str]:
    """Sentences on the law, the remedies and the times that stand in the letter alone."""
    said = []
    for recipient in letter.recipients:
        remedy = catalog.remedies.get(recipient.remedy)
        if remedy is None:
            named = printable(recipient.remedy)
            said.append(f"The catalog has no remedy “{named}”: who learns what by this letter is not known.")
        elif recipient.law and recipient.law not in (remedy.authority or ""):
            said.append(
                f"The law “{printable(recipient.law)}” is the clinic's own: the catalog names "
                f"{remedy.authority or 'none'} for “{remedy.title}”."
            )
        if remedy is not None and (days := _time_claimed(letter, recipient, remedy)):
            said.append(
                f"The time of {days} days is the clinic's own: the catalog says for “{remedy.title}”: "
                f"{(remedy.deadline or 'nothing').rstrip('.')}."
            )
    return list(dict.fromkeys(said))


def takes_the_place_of(letter: Letter) -> str:
    """What a clinic's letter of this id stands before, as a sentence; "" for nothing."""
    shipped = letters().get(letter.id)
    return f"It is used in place of “{shipped.title['en']}”, which came with the program." if shipped else ""


_NUMBERS = {7: "one week", 10: "ten ", 15: "fifteen ", 20: "twenty ", 30: "thirty "}


def _time_claimed(letter: Letter, recipient: Recipient, remedy: Remedy) -> int:
    """The days that the letter counts and the catalog does not say; 0 where they agree or none is counted."""
    due = recipient.due or letter.due
    if due.kind == "none" or not due.days:
        return 0
    told = (remedy.deadline or "").lower()
    named = re.search(rf"(?<!\d){due.days}(?!\d)", told) or (_NUMBERS.get(due.days, "\n") in told)
    return 0 if named else due.days
