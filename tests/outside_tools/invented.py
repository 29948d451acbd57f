"""Invented matters with values planted wherever people type, and what such a matter was when a memo was signed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, FollowUp, Identifier, Matter, Touchpoint, Verdict, Where
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.letter_templates import Letter, letter_named
from tests.outside_tools.names import AROUND, NAMES, NUMBERS, naming_parts, ways_of

_PLACES = ("Quillbury", "Ñuñoazul", "Zembrovia", "Wexcombe Hollow", "Trondelag Corners", "Martinez")
_OFFICES = (
    "Quillbury Constabulary", "Hexham Bluffs Police Department", "Zembrovia County Sheriff's Office",
    "Martinez Police Department", "",
)  # fmt: skip
_HARMLESS = (
    "Prefers calls after {}.",
    "",
    "Second officer, {}, was kind.",
    "Bring {} next week.",
    "Spoke of the {} stop.",
)
_SYLLABLES = ("vex", "quo", "zim", "bral", "thun", "wok", "yor", "dge", "pli", "fro")
_STAFF = ("QXZ", "Q.X.Z.", "ZV", "RE", "US", "AS", "Jo Quillhart", "")
_SIGNERS = ("Quorra Zembla Vint", "Will May", "RE", "Ñusta Qhispe-Yupanqui", "Х. Щукина")
DAYS = ("2013-02-17", "2019-10-04", "2021-05-23", "2016-04-27", "2014-06-18")
"""Days of contacts: of none does the catalog speak."""


class Planted(NamedTuple):
    """A value that may not be seen. `kin`: script or kind of number, for the count of what was tried. `parts`: those
    parts of a name that name the person."""

    kind: str
    value: str
    kin: str
    parts: tuple[str, ...] = ()


class Mention(NamedTuple):
    """That such a value stands in a field, written in some way. `place`: note, paper, agency, reason, staff, letter."""

    planted: Planted
    place: str
    written: str


class Invented(NamedTuple):
    """A matter, what is listed in it, and where it is mentioned.

    `earlier`: the same when a memo of it was signed, with a contact that it has no more, and a name that is listed no
    more. `signer`: who signs. `letters`: the clinic's own.
    """

    matter: Matter
    earlier: Matter
    listed: tuple[Planted, ...]
    mentions: tuple[Mention, ...]
    signer: str
    letters: tuple[Letter, ...]


class _Author:
    def __init__(self, number: int, catalog: Catalog, kinds: Sequence[str]) -> None:
        self.dice = random.Random(f"invented matter {number}")
        self.number, self.catalog, self.kinds = number, catalog, kinds
        self.mentions: list[Mention] = []
        kins = list(NAMES)
        self.listed = [self.name(kins[number % len(kins)])]
        self.listed += [Planted(kind, NUMBERS[kind](self.dice), kind) for kind in self.dice.sample(list(NUMBERS), 2)]

    def name(self, kin: str) -> Planted:
        name = self.dice.choice(NAMES[kin])
        return Planted("name", name, kin, naming_parts(name))

    def text(self, place: str, often: float = 0.04, more: tuple[Planted, ...] = ()) -> str:
        """What somebody typed there: mostly harmless, sometimes with a listed value in it, or one of `more`."""
        if self.dice.random() > often:
            return self.dice.choice(_HARMLESS).format("".join(self.dice.choices(_SYLLABLES, k=4)))
        planted = self.dice.choice([*self.listed, *more])
        ways = ways_of(planted.kind)
        how = self.dice.choice(list(ways))
        self.mentions.append(Mention(planted, place, how))
        return self.dice.choice(AROUND).replace("{}", ways[how](planted.value))

    def answers(self, ids: list[str]) -> dict[str, Answer | str]:
        """Answers from papers. One for this session only is in no file, and what its paper says is in none either."""
        return {id: self._answer(self.dice.random() < 0.1) for id in ids}

    def _answer(self, session: bool) -> Answer:
        secret = f"Sworn {''.join(self.dice.choices(_SYLLABLES, k=5))} of {self.listed[0].value}"
        return Answer(
            value=self.dice.choice(("yes", "no", "unknown")),
            source="paper",
            paper=secret if session else self.text("paper", 0.03),
            since=self.dice.choice(("", "", "2015-03", "2015-03-19")),
            session_only=session,
        )

    def touchpoint(self, id: str) -> Touchpoint:
        dice = self.dice
        kind = self.catalog.touchpoints[dice.choice(self.kinds)]
        asked = [question.id for question in kind.questions]
        office = dice.choice(_OFFICES)
        return Touchpoint(
            id=id,
            kind=kind.id,
            when=dice.choice(("", *DAYS[:4], "2022-08", "2011/2012")),
            where=Where(state=dice.choice(("CA", "TX", "NY", "")), city=dice.choice(_PLACES)),
            agency=Agency(name=self.text("agency", 1) if dice.random() < 0.03 else office),
            facts=self.answers(dice.sample(asked, min(len(asked), 2))),
            note=self.text("note"),
        )

    def follow_up(self, id: str, about: str) -> FollowUp:
        owner = self.text("staff", 1) if self.dice.random() < 0.03 else self.dice.choice(_STAFF)
        note = self.text("note")
        return FollowUp(id=id, about=about, owner=owner, note=note, sent="2026-01-09", due="2026-03-17")

    def own_letter(self, like: str, matter: Matter) -> Letter:
        """A letter that the clinic wrote, in which something of this matter can stand."""
        shipped = letter_named(like)
        notes = [note for note in (matter.note, *(each.note for each in matter.touchpoints)) if len(note) > 12]
        secrets = (Planted("code", matter.code, "code"), *(Planted("note", note, "note") for note in notes))

        def typed() -> str:
            text = self.text("letter", 0.06, secrets).replace("{", "(").replace("}", ")")
            return text or "Please write to us."

        opening = ("Under {law} we ask for records.", typed())
        about = ("Of this contact: {contact}",) if shipped.contact == "named" else ()
        fields = tuple(replace(field, label=typed()) if field.needed else field for field in shipped.fields)
        to = tuple(replace(each, to=(typed(),) if each.to else ()) for each in shipped.recipients)
        return replace(
            shipped, id=f"own-{like}", sectors=(), recipients=to, subject=typed(), opening=(*opening, *about),
            asks=(typed(),), closing=(typed(),), enclose=(typed(),), fields=fields,
        )  # fmt: skip


def invented(number: int, catalog: Catalog, kinds: Sequence[str] = (), contacts: int = 2) -> Invented:
    """The matter of that number: always the same one. `kinds`: of its contacts, else all of the catalog."""
    author = _Author(number, catalog, kinds or sorted(catalog.touchpoints))
    dice = author.dice
    touchpoints = tuple(author.touchpoint(f"t{at}") for at in range(1, dice.randint(1, contacts) + 1))
    asked = [question.id for question in catalog.client_questions.values() if not question.per_touchpoint]
    matter = Matter(
        code=f"M-{4000 + number}",
        client=author.answers(dice.sample(asked, 2)),
        touchpoints=touchpoints,
        follow_ups=(author.follow_up("f1", "t1"),),
        note=author.text("note", 0.06),
    )
    letters = tuple(author.own_letter(like, matter) for like in ("jail-file", "uscis-foia"))
    gone = author.name(dice.choice(("latin", "marks", "two scripts")))
    listed_now, author.listed = author.listed, [*author.listed, gone]
    earlier = replace(
        matter,
        client=author.answers(dice.sample(asked, 2)),
        touchpoints=(*touchpoints, replace(author.touchpoint("t9"), when=DAYS[4])),
        follow_ups=(*matter.follow_ups, author.follow_up("f9", "t9")),
        note=author.text("note", 0.06),
        identifiers=_identifiers(author.listed),
    )
    now = replace(matter, identifiers=_identifiers(listed_now))
    return Invented(now, earlier, tuple(author.listed), tuple(author.mentions), dice.choice(_SIGNERS), letters)


def _identifiers(listed: Sequence[Planted]) -> tuple[Identifier, ...]:
    return tuple(Identifier(kind=_kind(each), value=each.value) for each in listed)


def _kind(planted: Planted) -> Any:
    return planted.kind


def with_reason(given: Invented, routes: list[str], number: int) -> Invented:
    """The same with one route set aside for a reason in somebody's own words; another reason when it was signed."""
    if not routes:
        return given
    dice = random.Random(f"reason {number}")
    reason, more = f"County counsel {number} wrote that this ended.", given.mentions
    if dice.random() < 0.06:
        planted = given.listed[0]
        reason, more = f"As {planted.value} told us.", (*more, Mention(planted, "reason", "as it is"))
    route = dice.choice(routes)
    now = replace(given.matter, set_aside=(Verdict(route=route, reason=reason),))
    before = Verdict(route=route, reason=f"City counsel {number} had written that this goes on.")
    return given._replace(matter=now, earlier=replace(given.earlier, set_aside=(before,)), mentions=more)
