"""Lists of 287(g) agencies, one after the other: what is known from them of each agency, and what began or ended.

Absence is not a no: an agency that a list does not name is unknown, and one that a later list no longer names is known
to have had its agreement up to the day of the list before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from clinic_mapper.catalog.agreement_reading import ListedAgreement
from clinic_mapper.catalog.agreement_workbook import AgreementList
from clinic_mapper.catalog.model import KnownPractice
from clinic_mapper.gazetteer import slug, states


class Changes(msgspec.Struct, frozen=True):
    """What a later list says against an earlier one. `redated`: the same agreement with another day of signing."""

    began: tuple[ListedAgreement, ...]
    ended: tuple[ListedAgreement, ...]
    redated: tuple[tuple[ListedAgreement, ListedAgreement], ...]


def changes(before: AgreementList, after: AgreementList) -> Changes:
    """What began, what is no longer listed, and what has another day of signing, in the order of the lists."""
    was, is_ = _by_key(before.agreements), _by_key(after.agreements)
    return Changes(
        began=tuple(each for key, each in is_.items() if key not in was),
        ended=tuple(each for key, each in was.items() if key not in is_),
        redated=tuple((was[key], each) for key, each in is_.items() if key in was and was[key].signed != each.signed),
    )


def changes_in_words(before: AgreementList, after: AgreementList) -> Iterator[str]:
    """The changes between two lists, one a line."""
    found = changes(before, after)
    for each in found.began:
        yield f"Began: {named(each)}"
    for each in found.ended:
        yield f"No longer listed on {after.as_of}: {named(each)}"
    for was, each in found.redated:
        yield f"Other date: {named(each)} (before: {was.signed or 'none'})"


def named(agreement: ListedAgreement) -> str:
    """An agreement in a line: agency, county, state, model, day of signing."""
    where = ", ".join(part for part in (agreement.agency, agreement.county, states()[agreement.state].name) if part)
    return f"{where}: {MODEL_WORDS[agreement.model]}, signed {agreement.signed or 'on a day the list does not tell'}"


MODEL_WORDS = {"287g-jail": "jail model", "287g-warrant": "warrant model", "287g-task-force": "task force model"}


def known_from(lists: Iterable[AgreementList]) -> tuple[KnownPractice, ...]:
    """What all lists together say, a row for each agreement and each time it was listed without a gap."""
    signed = sorted((each for each in lists if each.kind == "participating"), key=lambda each: each.as_of)
    keyed = [_by_key(each.agreements) for each in signed]
    rows: dict[str, KnownPractice] = {}
    for key in {key for listed in keyed for key in listed}:
        for run in _runs([key in listed for listed in keyed]):
            row = _row([(signed[at], keyed[at][key]) for at in run], last=run[-1] == len(signed) - 1)
            rows[row.id] = row
    for each in lists:
        if each.kind == "pending":
            rows.update((row.id, row) for row in map(_pending, [each] * len(each.agreements), each.agreements))
    return tuple(row for _, row in sorted(rows.items()))


def _by_key(agreements: Iterable[ListedAgreement]) -> dict[tuple[str, ...], ListedAgreement]:
    """The first row of each agreement."""
    found: dict[tuple[str, ...], ListedAgreement] = {}
    for each in agreements:
        found.setdefault(each.key, each)
    return found


def _runs(present: Sequence[bool]) -> Iterator[list[int]]:
    """The places at which it is present, cut where it was absent in between."""
    places = [at for at, is_there in enumerate(present) if is_there]
    cuts = [0, *(number + 1 for number, (one, next_) in enumerate(pairwise(places)) if next_ > one + 1), len(places)]
    for start, end in pairwise(cuts):
        yield places[start:end]


def _row(seen: Sequence[tuple[AgreementList, ListedAgreement]], *, last: bool) -> KnownPractice:
    first_list, first = seen[0]
    last_list, latest = seen[-1]
    said = f"ICE's list of participating agencies, {last_list.as_of}, row {latest.row}"
    return KnownPractice(
        id=f"list-{latest.model}-{'-'.join(map(slug, latest.key[:-1]))}-{first_list.as_of}",
        answers=latest.model,
        is_="yes",
        state=latest.state,
        county=latest.county,
        city=latest.city,
        agency_kind=latest.agency_kind,
        agency=latest.agency,
        since=first.signed or first_list.as_of,
        until=None if last else last_list.as_of,
        says=said if last else f"{said}; later lists no longer name it",
        as_of=last_list.as_of,
    )


def _pending(list_: AgreementList, agreement: ListedAgreement) -> KnownPractice:
    return KnownPractice(
        id=f"pending-{agreement.model}-{'-'.join(map(slug, agreement.key[:-1]))}-{list_.as_of}",
        answers=agreement.model,
        is_="asked for",
        state=agreement.state,
        county=agreement.county,
        city=agreement.city,
        agency_kind=agreement.agency_kind,
        agency=agreement.agency,
        says=f"ICE's list of pending agencies, {list_.as_of}, row {agreement.row}",
        as_of=list_.as_of,
    )
