"""Values to plant: names of many scripts, hostile ones, names that are words, numbers; the ways they are written."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from datetime import date

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
    "japanese": ("さくら 篠﨑", "ヴィクトリア・クォーツ"),
    "no letters here": ("欧阳娜娜", "김하늘바다", "สมชาย ใจดีมาก", "ꯂꯥꯏꯁ꯭ꯔꯝ ꯏꯕꯣꯝꯆꯥ"),
    "two scripts": ("Ольга Vexmoor", "王 Quillfeather 秀英", "Zarifa ظریفه Wardakzai"),
    "hostile": (
        "<script>alert('Vexmoor')</script>",
        "<para><b>Thrumblewick</b></para>",
        "<!--Crumhornby--><img src=x>",
        "BT /F1 12 Tf (Zyxwold) Tj ET",
        "endstream endobj Plonkworth",
        "<</Title(Squimbledon)>>",
        "((((\\\\) Skrimshander",
        "Grumbold %n%s%x",
        "%(name)s Blunderquist",
        "{0.__class__} Fnordlyson",
        "${jndi:Quarnstrom}",
        "{asks} Dwimmerlaik",
        "Bobbyquill'); DROP TABLE matters;--",
        "=HYPERLINK(Crumplebottom)",
        "&#81;uibblethorpe &amp; Söhne",
        "../../home/Trundlewick",
        "C:\\Users\\Fizzwhistle",
        "Blix\nQuorrel\tGrobblewitz",
    ),
    "marks": (
        "Kvothane\u202eedistuo",
        "\u200fשרה\u200e Quillfeather",
        "\u2067Zymurgyk\u2069 Vexleyton",
        "Zy\u200bgmunt Quo\u2060llwick",
        "Quen\u00adtinella Zwartbo\u00adl",
        "Z\u0336o\u0336r\u0336b\u0336l\u0336a\u0336x\u0336 Vundermeer",
    ),
    "long": (
        "Wolfeschlegelsteinhausenbergerdorff" * 6,
        "Xylophenia Quorthon Zebedia Vorstenbosch Pemberquill Yngwarrick Drixelmayer Fjordansen Quaxley Umbrizwald",
        "Qz" * 400,
    ),
    "words": (
        "Will May", "May Law", "Ice Young", "Young Will", "April June", "Texas Grace", "Jail Angel", "Police Rose",
    ),
    "of a place": ("Ximena Quillbury", "Zembrovia Hexham", "Martinez Fresno", "Washington Jefferson"),
    "short": ("Li Wu", "Bo Xu", "Ana Gil"),
    "one": ("Zoroastrina", "Quxxwyn"),
}  # fmt: skip

_WORDS = frozenset(
    (
        "will", "may", "law", "ice", "young", "april", "june", "texas", "grace", "jail", "angel", "police", "rose",
        "quillbury", "hexham", "zembrovia", "martinez", "fresno", "washington", "jefferson",
        "li", "wu", "bo", "xu", "ana", "gil", "title", "para", "asks", "name", "names",
        "home", "users", "srcx",
        "endstream", "endobj", "drop", "table", "matters", "script", "class", "söhne",
    )
)  # fmt: skip
"""Parts of these names that are words of any text, names of places, or what a file is made of: they name nobody."""


def naming_parts(name: str) -> tuple[str, ...]:
    """The parts of a name that name the person even where they stand alone."""
    words = ["".join(each for each in word if each.isalnum()) for word in name.split()]
    return tuple(said for said, tight in zip(name.split(), words, strict=True) if tight.lower() not in _WORDS)


Written = Callable[[str], str]


def _between(mark: str) -> Written:
    return lambda text: mark.join(text.replace(" ", ""))


def _wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def _digits_from(zero: int) -> Written:
    return lambda text: "".join(chr(zero + int(each)) if each in "0123456789" else each for each in text)


_BOLD = {
    **{65 + at: 0x1D400 + at for at in range(26)},
    **{97 + at: 0x1D41A + at for at in range(26)},
}
"""Letters as formulas have them: they look like letters and are others."""


AS_A_NAME: dict[str, Written] = {
    "as it is": lambda name: name,
    "capitals": str.upper,
    "last name first": lambda name: ", ".join(reversed(name.split(maxsplit=1))),
    "without accents": lambda name: "".join(
        each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each)
    ),
    "accents apart": lambda name: unicodedata.normalize("NFD", name),
    "spread": _between(" "),
    "spread by points": _between("."),
    "underscores": lambda name: name.replace(" ", "_").lower(),
    "hyphens": lambda name: name.replace(" ", "-").lower(),
    "in one": lambda name: name.replace(" ", ""),
    "as in an address": lambda name: f"file:///{name.replace(' ', '%20')}.pdf",
    "initial first": lambda name: f"{name[0]}. {name.split()[-1]}",
    "wide letters": _wide,
    "letters of formulas": lambda name: name.translate(_BOLD),
    "marks between": _between("\u200b"),
    "soft hyphen": lambda name: f"{name[:3]}\u00ad{name[3:]}",
    "cut by a hyphen": lambda name: f"{name[:4]}-\n{name[4:]}",
    "two lines": lambda name: name.replace(" ", "\n"),
    "no-break blanks": lambda name: name.replace(" ", "\u00a0"),
    "right to left": lambda name: f"\u202b{name}\u202c",
}
AS_A_NUMBER: dict[str, Written] = {
    "as it is": lambda number: number,
    "digits alone": lambda number: "".join(each for each in number if each.isalnum()),
    "without zeros in front": lambda number: "".join(each for each in number if each.isdigit()).lstrip("0"),
    "dots": lambda number: ".".join(_threes(number)),
    "blanks": lambda number: " ".join(_threes(number)),
    "commas": lambda number: ",".join(_threes(number)),
    "underscores": lambda number: "_".join(_threes(number)),
    "slashes": lambda number: "/".join(_threes(number)),
    "long dashes": lambda number: "–".join(_threes(number)),
    "spread": lambda number: " ".join(each for each in number if each.isdigit()),
    "two lines": lambda number: "\n".join(_threes(number)),
    "wide letters": _wide,
    "Arabic digits": _digits_from(0x660),
    "Persian digits": _digits_from(0x6F0),
    "Bengali digits": _digits_from(0x9E6),
    "marks between": _between("\u200b"),
}
AS_A_PLATE: dict[str, Written] = {
    "as it is": lambda plate: plate,
    "small letters": str.lower,
    "blanks": lambda plate: f"{plate[0]} {plate[1:4]} {plate[4:]}",
    "hyphens": lambda plate: f"{plate[0]}-{plate[1:4]}-{plate[4:]}",
    "a dot": lambda plate: f"{plate[:4]}·{plate[4:]}",
    "spread": _between(" "),
    "with its state": lambda plate: f"CA{plate}",
    "Arabic digits": _digits_from(0x660),
    "marks between": _between("\u200b"),
}
_MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
AS_A_DAY: dict[str, Written] = {
    "as it is": lambda day: day,
    "American": lambda day: f"{date.fromisoformat(day):%m/%d/%Y}",
    "American, short": lambda day: f"{date.fromisoformat(day):%m/%d/%y}",
    "American, no zeros": lambda day: f"{int(day[5:7])}/{int(day[8:])}/{day[:4]}",
    "European": lambda day: f"{date.fromisoformat(day):%d.%m.%Y}",
    "year first": lambda day: day.replace("-", "/"),
    "in words": lambda day: f"{date.fromisoformat(day):%B %d, %Y}",
    "in short words": lambda day: f"{date.fromisoformat(day):%b. %d, %Y}",
    "in Spanish": lambda day: f"{int(day[8:])} de {_MESES[int(day[5:7]) - 1]} de {day[:4]}",
    "ordinal": lambda day: f"{date.fromisoformat(day):%B} {date.fromisoformat(day).day}th, {day[:4]}",
    "of the month": lambda day: f"the {date.fromisoformat(day).day}th of {date.fromisoformat(day):%B %Y}",
    "booking slip": lambda day: f"{date.fromisoformat(day):%d%b%Y}".upper(),
    "military": lambda day: f"{date.fromisoformat(day):%d-%b-%Y}",
    "digits alone": lambda day: f"{date.fromisoformat(day):%m%d%Y}",
    "six digits": lambda day: f"{date.fromisoformat(day):%m%d%y}",
    "blanks": lambda day: f"{date.fromisoformat(day):%m %d %Y}",
    "wide letters": _wide,
    "Arabic digits": _digits_from(0x660),
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
            return AS_A_PLATE
        case "code" | "staff" | "note":
            return {"as it is": str}
        case _:
            return AS_A_NUMBER


def _threes(number: str) -> list[str]:
    digits = "".join(each for each in number if each.isdigit())
    return [digits[at : at + 3] for at in range(0, len(digits), 3)]


def _spell(digits: str, form: str) -> str:
    left = iter(digits)
    return "".join(next(left) if each == "#" else each for each in form)


def _number(*forms: str) -> Callable[[random.Random], str]:
    def made(dice: random.Random) -> str:
        form = dice.choice(forms)
        return _spell("".join(dice.choices("123456789", k=form.count("#"))), form)

    return made


_STREETS = ("1420 Quarrymoss Lane, Oakland", "77 Zephyrine Boulevard, Apt 9", "Calle Xochimilco 3381, Fresno")

NUMBERS: dict[str, Callable[[random.Random], str]] = {
    "a-number": _number("A ### ### ###", "A0########", "A-0##-###-###"),
    "ssn": _number("###-##-####"),
    "phone": _number("(###) ###-####", "+1 ### ### ####"),
    "license": _number("D#######"),
    "e-mail": lambda dice: f"{dice.choice(('vexmoor', 'quillhart', 'zembro'))}.{dice.randint(10, 99)}@example.org",
    "plate": lambda dice: f"{dice.randint(2, 9)}{''.join(dice.choices('QXZKVW', k=3))}{dice.randint(100, 999)}",
    "address": lambda dice: dice.choice(_STREETS),
    "birth-date": lambda dice: f"{dice.randint(1950, 1999)}-{dice.randint(1, 12):02}-{dice.randint(13, 28)}",
    "other": _number("Booking ########", "FBI ######KB#"),
}

AROUND = ("{}", "Spoke with {} today.", "letter to {}", "File of {}, second folder", "({})", "re: {} / intake")
"""What people write around it."""
