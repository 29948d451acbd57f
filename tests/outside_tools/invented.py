"""Invented matters with values planted wherever people type: names of many scripts, hostile names, numbers, dates."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from clinic_mapper.casefile.model import Agency, Answer, FollowUp, Identifier, Matter, Touchpoint, Verdict, Where
from clinic_mapper.catalog.model import Catalog

NAMES = {
    "latin": ("Ximena Quetzal Óbregon", "Zoë Łukasiewicz-Ñandú", "Thiago Gonçalves Brandão", "Fatoumata N’Diaye"),
    "vietnamese": ("Nguyễn Thị Bưởi", "Đặng Quỳnh Thuỷ"),
    "cyrillic": ("Оксана Щербакова", "Ғалымжан Өтегенов"),
    "greek": ("Ευφροσύνη Ψαλίδα",),
    "arabic": ("فاطمة الزهراني", "گلنار پژوهش"),
    "hebrew": ("שרה בן־דוד", "יִצְחָק כהנוביץ"),
    "ethiopic": ("ትዕግስት አበበ", "ገብረመድኅን ተስፋዬ"),
    "devanagari": ("प्रियंका शर्मा", "ज्योत्स्ना क्षत्रिय"),
    "bengali": ("রবীন্দ্রনাথ মুখোপাধ্যায়",),
    "gurmukhi": ("ਹਰਪ੍ਰੀਤ ਢਿੱਲੋਂ",),
    "armenian": ("Գայանե Հովհաննիսյան",),
    "georgian": ("თინათინ წერეთელი",),
    "no letters here": ("欧阳娜娜", "김하늘바다", "สมชาย ใจดีมาก"),
    "hostile": (
        "<script>alert('Vexmoor')</script>",
        "BT /F1 12 Tf (Zyxwold) Tj ET",
        "Grumbold %n%s%x",
        "Kvothane\u202eedistuo",
        "Zy\u200bgmunt Quo\u2060llwick",
        "Bobbyquill'); DROP TABLE matters;--",
        "endstream endobj Plonkworth",
        "{0.__class__} Fnordly",
        "Wolfeschlegelsteinhausenbergerdorff" * 6,
        "&#81;uibblethorpe &amp; Söhne",
        "../../home/Trundlewick",
        "((((\\\\) Skrimshander",
    ),
    "words": ("Will May", "May Law", "Ice Young", "Young Will"),
    "short": ("Li Wu", "Bo Xu", "Ana Gil"),
}
WORDS = (*NAMES["words"], *NAMES["short"])
"""Names whose parts are words or syllables of any text: only the whole name names the person."""

_PLACES = ("Quillbury", "Ñuñoazul", "Zembrovia", "Wexcombe Hollow", "Trondelag Corners")
_OFFICES = ("Quillbury Constabulary", "Hexham Bluffs Police Department", "Zembrovia County Sheriff's Office", "")
_STREETS = ("1420 Quarrymoss Lane, Oakland", "77 Zephyrine Boulevard, Apt 9", "Calle Xochimilco 3381, Fresno")
_HARMLESS = (
    "Prefers calls after {}.",
    "",
    "Second officer, {}, was kind.",
    "Bring {} next week.",
    "Spoke of the {} stop.",
)
_SYLLABLES = ("vex", "quo", "zim", "bral", "thun", "wok", "yor", "dge", "pli", "fro")
AROUND = ("{}", "Spoke with {} today.", "letter to {}", "File of {}, second folder", "({})", "re: {} / intake")

Written = Callable[[str], str]


def _spaced(text: str) -> str:
    return " ".join(text.replace(" ", ""))


def _wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def _hidden_marks(text: str) -> str:
    return "\u200b".join(text)


def _arabic_digits(text: str) -> str:
    return "".join(chr(0x660 + int(each)) if each in "0123456789" else each for each in text)


AS_A_NAME: dict[str, Written] = {
    "as it is": lambda name: name,
    "capitals": str.upper,
    "last name first": lambda name: ", ".join(reversed(name.split(maxsplit=1))),
    "without accents": lambda name: "".join(
        each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each)
    ),
    "accents apart": lambda name: unicodedata.normalize("NFD", name),
    "spread": _spaced,
    "underscores": lambda name: name.replace(" ", "_").lower(),
    "in one": lambda name: name.replace(" ", ""),
    "wide letters": _wide,
    "marks between": _hidden_marks,
    "soft hyphen": lambda name: f"{name[:3]}\u00ad{name[3:]}",
    "cut by a hyphen": lambda name: f"{name[:4]}-\n{name[4:]}",
    "two lines": lambda name: name.replace(" ", "\n"),
}
AS_A_NUMBER: dict[str, Written] = {
    "as it is": lambda number: number,
    "digits alone": lambda number: "".join(each for each in number if each.isalnum()),
    "dots": lambda number: ".".join(_threes(number)),
    "blanks": lambda number: " ".join(_threes(number)),
    "commas": lambda number: ",".join(_threes(number)),
    "underscores": lambda number: "_".join(_threes(number)),
    "spread": lambda number: " ".join(each for each in number if each.isdigit()),
    "wide letters": _wide,
    "digits of another script": _arabic_digits,
    "marks between": _hidden_marks,
}
AS_A_DAY: dict[str, Written] = {
    "as it is": lambda day: day,
    "American": lambda day: f"{date.fromisoformat(day):%m/%d/%Y}",
    "American, short": lambda day: f"{date.fromisoformat(day):%m/%d/%y}",
    "European": lambda day: f"{date.fromisoformat(day):%d.%m.%Y}",
    "in words": lambda day: f"{date.fromisoformat(day):%B %d, %Y}",
    "ordinal": lambda day: f"{date.fromisoformat(day):%B} {date.fromisoformat(day).day}th, {day[:4]}",
    "of the month": lambda day: f"the {date.fromisoformat(day).day}th of {date.fromisoformat(day):%B %Y}",
    "booking slip": lambda day: f"{date.fromisoformat(day):%d%b%Y}".upper(),
    "military": lambda day: f"{date.fromisoformat(day):%d-%b-%Y}",
    "digits alone": lambda day: f"{date.fromisoformat(day):%m%d%Y}",
    "wide letters": _wide,
}


def ways_of(kind: str) -> dict[str, Written]:
    """In how many ways a value of a kind is written here."""
    match kind:
        case "name":
            return AS_A_NAME
        case "birth-date":
            return AS_A_DAY
        case "e-mail" | "address":
            return {how: AS_A_NAME[how] for how in ("as it is", "capitals", "wide letters", "marks between")}
        case "plate":
            return {how: AS_A_NUMBER[how] for how in ("as it is", "digits of another script", "marks between")}
        case _:
            return AS_A_NUMBER


def _threes(number: str) -> list[str]:
    digits = "".join(each for each in number if each.isdigit())
    return [digits[at : at + 3] for at in range(0, len(digits), 3)]


class Planted(NamedTuple):
    """A listed value. `kin`: script or kind of number, for the count of what was tried. `parts`: each part names."""

    kind: str
    value: str
    kin: str
    parts: bool


class Mention(NamedTuple):
    """That a listed value stands in a field, written in some way. `place`: note, paper, agency or reason."""

    planted: Planted
    place: str
    written: str


class Invented(NamedTuple):
    """A matter, what is listed in it, and where it is mentioned."""

    matter: Matter
    listed: tuple[Planted, ...]
    mentions: tuple[Mention, ...]


class _Author:
    def __init__(self, number: int, catalog: Catalog, kinds: Sequence[str]) -> None:
        self.dice = random.Random(f"invented matter {number}")
        self.number, self.catalog, self.kinds = number, catalog, kinds
        self.mentions: list[Mention] = []
        self.listed = self._listed()

    def _listed(self) -> tuple[Planted, ...]:
        dice, kins = self.dice, list(NAMES)
        kin = kins[self.number % len(kins)]
        name = dice.choice(NAMES[kin])
        found = [Planted("name", name, kin, name not in WORDS)]
        for kind in dice.sample(list(NUMBERS), 2):
            found.append(Planted(kind, NUMBERS[kind](dice), kind, True))
        return tuple(found)

    def text(self, place: str, often: float = 0.04) -> str:
        """What somebody typed there: mostly harmless, sometimes with a listed value in it."""
        if self.dice.random() > often:
            return self.dice.choice(_HARMLESS).format("".join(self.dice.choices(_SYLLABLES, k=4)))
        planted = self.dice.choice(self.listed)
        ways = ways_of(planted.kind)
        how = self.dice.choice(list(ways))
        self.mentions.append(Mention(planted, place, how))
        return self.dice.choice(AROUND).format(ways[how](planted.value))

    def answers(self, ids: list[str], place: str) -> dict[str, Answer | str]:
        return {
            id: Answer(
                value=self.dice.choice(("yes", "no", "unknown")),
                source="paper",
                paper=self.text(place, 0.03),
                since=self.dice.choice(("", "", "2015-03")),
            )
            for id in ids
        }

    def touchpoint(self, number: int) -> Touchpoint:
        dice = self.dice
        kind = self.catalog.touchpoints[dice.choice(self.kinds)]
        asked = [question.id for question in kind.questions]
        name = dice.choice(_OFFICES)
        return Touchpoint(
            id=f"t{number}",
            kind=kind.id,
            when=dice.choice(("", "2013-02-17", "2019-10-04", "2022-08", "2011/2012")),
            where=Where(state=dice.choice(("CA", "TX", "NY", "")), city=dice.choice(_PLACES)),
            agency=Agency(name=self.text("agency", 1) if dice.random() < 0.03 else name),
            facts=self.answers(dice.sample(asked, min(len(asked), 2)), "paper"),
            note=self.text("note"),
        )


def _spell(digits: str, form: str) -> str:
    left = iter(digits)
    return "".join(next(left) if each == "0" else each for each in form)


def _number(form: str) -> Callable[[random.Random], str]:
    return lambda dice: _spell("".join(dice.choices("123456789", k=form.count("0"))), form)


NUMBERS: dict[str, Callable[[random.Random], str]] = {
    "a-number": _number("A 000 000 000"),
    "ssn": _number("000-00-0000"),
    "phone": _number("(000) 000-0000"),
    "license": _number("D0000000"),
    "e-mail": lambda dice: f"{dice.choice(('vexmoor', 'quillhart', 'zembro'))}.{dice.randint(10, 99)}@example.org",
    "plate": lambda dice: f"{dice.randint(2, 9)}{''.join(dice.choices('QXZKVW', k=3))}{dice.randint(100, 999)}",
    "address": lambda dice: dice.choice(_STREETS),
    "birth-date": lambda dice: f"{dice.randint(1950, 1999)}-{dice.randint(1, 12):02}-{dice.randint(13, 28)}",
}


def invented(number: int, catalog: Catalog, kinds: Sequence[str] = (), contacts: int = 2) -> Invented:
    """The matter of that number: always the same one. `kinds`: of its contacts, else all of the catalog."""
    author = _Author(number, catalog, kinds or sorted(catalog.touchpoints))
    dice = author.dice
    touchpoints = tuple(author.touchpoint(at) for at in range(1, dice.randint(1, contacts) + 1))
    asked = [question.id for question in catalog.client_questions.values() if not question.per_touchpoint]
    matter = Matter(
        code=f"M-{4000 + number}",
        client=author.answers(dice.sample(asked, 2), "paper"),
        touchpoints=touchpoints,
        identifiers=tuple(Identifier(kind=each.kind, value=each.value) for each in author.listed),  # type: ignore[arg-type]
        follow_ups=(FollowUp(id="f1", about="t1", note=author.text("note"), due="2026-03"),),
        note=author.text("note", 0.06),
    )
    return Invented(matter, author.listed, tuple(author.mentions))


def with_reason(given: Invented, routes: list[str], number: int) -> Invented:
    """The same with one route set aside for a reason in somebody's own words."""
    if not routes:
        return given
    dice = random.Random(f"reason {number}")
    reason, more = f"County counsel {number} wrote that this ended.", given.mentions
    if dice.random() < 0.06:
        planted = given.listed[0]
        reason, more = f"As {planted.value} told us.", (*more, Mention(planted, "reason", "as it is"))
    aside = (Verdict(route=dice.choice(routes), reason=reason),)
    return given._replace(matter=replace(given.matter, set_aside=aside), mentions=more)
