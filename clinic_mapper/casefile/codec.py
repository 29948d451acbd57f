"""A matter as bytes and back: the case file that people can keep, exchange and read without this program."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec.structs import replace

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.model import SCHEMA, Answer, FollowUp, Matter, Touchpoint, answer_of
from clinic_mapper.problem import Problem

_NOTHING_CHANGED = "Nothing was changed."
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def encode_case(matter: Matter) -> bytes:
    """The case file of a matter: JSON, UTF-8, one canonical layout, ending with a line feed."""
    plain = msgspec.to_builtins(_shortened(matter))
    ordered = {"schema": matter.schema, **plain}  # always written, although it is the default
    return msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n"


def decode_case(data: bytes) -> Matter:
    """The matter in a case file.

    Raises:
        Problem: `case-unreadable`, `case-newer` or `case-invalid`, naming the place in the file.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)  # some editors write it; it means nothing
    try:
        matter = msgspec.json.decode(data, type=Matter)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(error) from error
    if matter.schema != SCHEMA:
        raise Problem(
            "case-newer",
            f"This case file has the format “{matter.schema}”; this version reads “{SCHEMA}”.",
            _NOTHING_CHANGED,
            "Open it with the version of Clinic Mapper that made it.",
        )
    json.loads(data, object_pairs_hook=_each_key_once)  # no deeper than a matter, as the decoder has seen
    return _checked(_long(matter))


def _each_key_once(pairs: list[tuple[str, Any]]) -> None:
    """Of a key that stands twice the decoder keeps the last value: an answer would be lost without a word."""
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise _invalid(f"the key “{key}” stands twice in one place")
        seen.add(key)


def for_storage(matter: Matter) -> Matter:
    """The matter as it may be written down: answers for this session only count as not asked."""
    return replace(
        matter,
        client=_kept(matter.client),
        touchpoints=tuple(
            replace(touchpoint, facts=_kept(touchpoint.facts), practices=_kept(touchpoint.practices))
            for touchpoint in matter.touchpoints
        ),
    )


def _kept(answers: dict[str, Answer | str]) -> dict[str, Answer | str]:
    return {
        name: answer for name, answer in answers.items() if not (isinstance(answer, Answer) and answer.session_only)
    }


def _unreadable(error: Exception) -> Problem:
    return Problem(
        "case-unreadable",
        f"This is not a case file that can be read: {error}.",
        _NOTHING_CHANGED,
        "Choose another file, or compare it with schemas/case.schema.json.",
    )


def _shortened(matter: Matter) -> Matter:
    return _with_answers(matter, lambda answer: answer.value if answer == Answer(value=answer.value) else answer)


def _long(matter: Matter) -> Matter:
    return _with_answers(matter, lambda answer: answer)


def _with_answers(matter: Matter, form: object) -> Matter:
    def each(answers: dict[str, Answer | str]) -> dict[str, Answer | str]:
        return {name: form(answer_of(answer)) for name, answer in answers.items()}  # type: ignore[operator]

    return replace(
        matter,
        client=each(matter.client),
        touchpoints=tuple(
            replace(touchpoint, facts=each(touchpoint.facts), practices=each(touchpoint.practices))
            for touchpoint in matter.touchpoints
        ),
    )


def _checked(matter: Matter) -> Matter:
    if not matter.code:
        raise _invalid("its code is empty")
    seen: set[str] = set()
    for touchpoint in matter.touchpoints:
        if touchpoint.id in seen:
            raise _invalid(f"two touchpoints have the id “{touchpoint.id}”")
        seen.add(touchpoint.id)
        _check_dates(touchpoint)
    for name, answer in matter.client.items():
        _check_date(_since(answer), f"client answer “{name}”")
    _check_follow_ups(matter.follow_ups)
    return matter


def _check_follow_ups(follow_ups: tuple[FollowUp, ...]) -> None:
    seen: set[str] = set()
    for each in follow_ups:
        if not each.id:
            raise _invalid("a follow-up lacks its id")
        if each.id in seen:
            raise _invalid(f"two follow-ups have the id “{each.id}”")
        seen.add(each.id)
        for text in (each.due, each.sent, each.ended):
            _check_date(text, f"follow-up “{each.id}”")


def _check_dates(touchpoint: Touchpoint) -> None:
    if not touchpoint.id or not touchpoint.kind:
        raise _invalid("a touchpoint lacks its id or its kind")
    _check_date(touchpoint.when, f"touchpoint “{touchpoint.id}”")
    for name, answer in touchpoint.facts.items():
        _check_date(_since(answer), f"touchpoint “{touchpoint.id}”, answer “{name}”")


def _since(answer: Answer | str) -> str:
    return answer.since if isinstance(answer, Answer) else ""


def _check_date(text: str, where: str) -> None:
    try:
        parse(text)
    except Problem as problem:
        raise _invalid(f"{where}: {problem.what.removesuffix('.')}") from problem
    if text != text.strip():
        raise _invalid(f"{where}: spaces stand around the date “{text}”")


def _invalid(what: str) -> Problem:
    return Problem(
        "case-invalid", f"This case file cannot be used: {what}.", _NOTHING_CHANGED, "Correct the file and try again."
    )
