"""The steps that somebody took on: what, whose, by when, where it stands, and who learns what by it."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.follow_ups import in_order, is_overdue
from clinic_mapper.casefile.model import FollowUp
from clinic_mapper.memo.document import Block, Heading, Run, Runs, Table
from clinic_mapper.memo.generalize import date_at
from clinic_mapper.memo.phrases import Voice, plain
from clinic_mapper.memo.readers import LEVELS


def follow_ups_part(voice: Voice) -> list[Block]:
    """The section on follow-ups, open ones first; nothing where there are none."""
    words, found = voice.words, in_order(voice.matter.follow_ups)
    if not found:
        return []
    rows = tuple((_step(voice, each), _learned(voice, each)) for each in found)
    head = (words("follow.step"), words("follow.learns"))
    return [
        Heading(runs=(plain(words("follow.title")),)),
        Table(head=head, rows=rows, widths=(0.6, 0.4), style="fine"),
    ]


def _step(voice: Voice, follow_up: FollowUp) -> Runs:
    words = voice.words
    remedy = voice.remedy(follow_up.remedy)
    title = remedy.title if remedy else words(f"follow.kind_{follow_up.kind}")
    runs = [Run(text=f"{title}. ", tag="remedy", bold=True)]
    if follow_up.about in voice.number:
        runs.append(Run(text=words("follow.about", contact=voice.contacts([follow_up.about])) + " ", tag="remedy"))
    if follow_up.owner:
        runs.append(Run(text=words("follow.owner", owner=follow_up.owner.rstrip(".")) + " ", tag="staff"))
    runs += _days(voice, follow_up)
    if follow_up.note:
        runs.append(Run(text=words("facts.note") + follow_up.note, tag="note", italic=True))
    return tuple(runs)


def _days(voice: Voice, follow_up: FollowUp) -> list[Run]:
    """When it left, by when it is due or on what day it ended; each day as exact as its reader may have it."""
    runs: list[Run] = []
    if follow_up.sent:
        runs.append(_dated(voice, "sent", follow_up, follow_up.sent))
    if follow_up.state == "open":
        return [*runs, _dated(voice, "due", follow_up, follow_up.due)]
    ended = Run(text=voice.words(f"follow.{follow_up.state}") + " ", tag="remedy", bold=True)
    return [*runs, ended, *([_dated(voice, "ended", follow_up, follow_up.ended)] if follow_up.ended else [])]


def _dated(voice: Voice, key: str, follow_up: FollowUp, day: str) -> Run:
    words, today = voice.words, date.fromisoformat(voice.exposure.today)

    def said(when: str) -> str:
        if not when:
            return words("follow.no_due") + " "
        late = key == "due" and is_overdue(replace(follow_up, due=when), today)
        return words("follow.overdue" if late else f"follow.{key}", date=in_words(when, voice.lang)) + " "

    return Run(text=said(day), tag="date", forms=tuple((level, said(date_at(day, level))) for level in LEVELS["date"]))


def _learned(voice: Voice, follow_up: FollowUp) -> Runs:
    remedy = voice.remedy(follow_up.remedy)
    learns = remedy.learns if remedy else voice.words("follow.not_known")
    return (Run(text=learns or voice.words("remedies.not_said"), tag="remedy"),)
