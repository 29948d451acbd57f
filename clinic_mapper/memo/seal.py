"""The seal of a signed memo: what it said, of which facts, by which catalog, and of which file. It never changes.

A seal holds its own copy of all that it needs to be read and held against another: the facts, what was said of each
line, the names by which it was said, a mark of each row of the catalog. Described by schemas/seal.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import replace

from clinic_mapper.casefile.codec import decode_case, encode_case, for_storage
from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.digest import Marks, digest, marks_of
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.phrases import law_as_of
from clinic_mapper.memo.readers import Profile
from clinic_mapper.memo.sign_off import initials_of
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.compare import LineState, states_of
from clinic_mapper.routing.model import ExposureMap, Line, Route

SCHEMA = "clinic-mapper/seal/1"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a seal. A later version may add keys; those it does not know it leaves alone."""


class SealedLine(Part, frozen=True):
    """What the memo said of a line. `rows`: the rows of the catalog that its routes name, as `flows/x`."""

    state: LineState
    rows: tuple[str, ...]


class SealedCatalog(Part, frozen=True):
    """The catalog as it was used. `layers`: what the clinic had laid over it; `sha256`: of every row with its words;
    `marks`: of each row that can move a route."""

    version: str
    as_of: str
    sha256: str
    layers: tuple[str, ...]
    marks: Marks


class Named(Part, frozen=True):
    """How a row was called when the memo was signed."""

    en: str
    es: str


class Chosen(Part, frozen=True):
    """What somebody chose for the reader: lines for a court, contacts for a request."""

    lines: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


ALL = Chosen()
"""Nothing was chosen: the whole matter."""


class SealedProfile(Part, frozen=True):
    """What the reader sees, as it was in force."""

    tags: dict[str, str]
    threshold: int


class Signed(Part, frozen=True):
    """Who signed, when (UTC, ISO), and the file: SHA-256 of its bytes."""

    name: str
    initials: str
    at: str
    file_sha256: str


class Seal(Part, frozen=True, kw_only=True):
    """`version`: of the matter in its vault, 1, 2, 3 …; `today`: the day for which the map was made and that the memo
    prints. `lines`: of the whole matter, the strongest first, whatever the reader sees of them; `cut`: whether there
    may be more. `names`: by `mechanisms/x`, and by `dated/x` a law with its place and day."""

    schema: str = SCHEMA
    signed: Signed
    reader: str
    lang: str
    today: str
    version: int
    case: Matter
    chosen: Chosen
    profile: SealedProfile
    catalog: SealedCatalog
    lines: tuple[SealedLine, ...]
    cut: bool
    names: dict[str, Named]

    def __repr__(self) -> str:
        return f"Seal(for {self.reader}, {self.signed.at})"  # what was told never reaches a log by accident

    @property
    def states(self) -> tuple[LineState, ...]:
        """What the memo said of its lines."""
        return tuple(line.state for line in self.lines)


def seal(
    matter: Matter,
    version: int,
    catalog: Catalog,
    exposure: ExposureMap,
    profile: Profile,
    lang: str,
    pdf: bytes,
    name: str,
    at: datetime,
    chosen: Chosen = ALL,
) -> Seal:
    """The seal of a memo that was made of all this and proven. `exposure` is the map of `for_export(matter)`.

    Raises:
        Problem: as `initials_of`.
    """
    return Seal(
        signed=Signed(
            name=name.strip(),
            initials=initials_of(name),
            at=at.astimezone(UTC).isoformat(timespec="seconds"),
            file_sha256=sha256(pdf).hexdigest(),
        ),
        reader=profile.reader,
        lang=lang,
        today=exposure.today,
        version=version,
        case=_as_kept(matter),
        chosen=chosen,
        profile=SealedProfile(tags=profile.tags, threshold=profile.threshold),
        catalog=sealed_catalog(catalog),
        lines=sealed_lines(exposure),
        cut=exposure.cut,
        names=dict(_names(matter, catalog, exposure)),
    )


def sealed_catalog(catalog: Catalog) -> SealedCatalog:
    """A catalog as a seal keeps it."""
    return SealedCatalog(
        version=catalog.version,
        as_of=catalog.as_of,
        sha256=digest(catalog),
        layers=tuple(sorted(set(catalog.origins.values()))),
        marks=marks_of(catalog),
    )


def sealed_lines(exposure: ExposureMap) -> tuple[SealedLine, ...]:
    """The lines of a map as a seal keeps them."""
    told = zip(exposure.lines, states_of(exposure), strict=True)
    return tuple(SealedLine(state=state, rows=_rows_of(line, exposure)) for line, state in told)


def encode(seal: Seal) -> bytes:
    """A seal as it is kept: JSON, the facts in it as a case file has them."""
    plain = msgspec.to_builtins(seal)
    return msgspec.json.encode({**plain, "case": msgspec.Raw(encode_case(seal.case))}, order="sorted")


def decode(data: bytes) -> Seal:
    """A seal that was kept.

    Raises:
        Problem: `seal-unreadable`; `seal-newer` for one that a later version of this program made.
    """
    try:
        plain: dict[str, Any] = msgspec.json.decode(data, type=dict[str, Any])
        schema = plain.get("schema")
        if isinstance(schema, str) and schema.startswith("clinic-mapper/seal/") and schema != SCHEMA:
            raise _newer()
        case = decode_case(msgspec.json.encode(plain.get("case")))
        found = msgspec.convert(plain, Seal)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError, RecursionError) as error:
        raise unreadable() from error
    except Problem as problem:
        if problem.code in ("case-unreadable", "case-invalid"):
            raise unreadable() from problem
        raise
    if schema != SCHEMA:
        raise unreadable()
    return replace(found, case=case)


def unreadable() -> Problem:
    """The problem of a seal that cannot be read."""
    return Problem(
        "seal-unreadable",
        "What was kept of this signed memo is damaged and cannot be read.",
        "Nothing else is touched by it: the matter, other signed memos and the file that was saved are as they were.",
        "Look for it in your last copy of the whole folder. Whether a file is the one that was signed can still be "
        "told by its hash.",
    )


def _newer() -> Problem:
    return Problem(
        "seal-newer",
        "This memo was signed with a newer version of Clinic Mapper.",
        "Nothing was changed.",
        "Open the vault with the newer version to read what it said.",
    )


def _as_kept(matter: Matter) -> Matter:
    return decode_case(encode_case(for_storage(matter)))


def _rows_of(line: Line, exposure: ExposureMap) -> tuple[str, ...]:
    return tuple(sorted({row for id in line.routes for row in rows_named_by(exposure.routes[id])}))


def rows_named_by(route: Route) -> Iterator[str]:
    """The rows of the catalog that a route names, as `flows/x`."""
    yield f"mechanisms/{route.mechanism}"
    for hop in route.hops:
        yield from (f"flows/{name}" for name in (hop.flow, *hop.either))
    yield from (f"systems/{name}" for name in route.systems)
    yield from (f"restrictions/{law.id}" for law in route.law)


def _names(matter: Matter, catalog: Catalog, exposure: ExposureMap) -> Iterator[tuple[str, Named]]:
    """What the lines are called, and what the difference to another memo needs to name."""
    states = states_of(exposure)
    for id in sorted({state.mechanism for state in states} & catalog.mechanisms.keys()):
        mechanism = catalog.mechanisms[id]
        yield f"mechanisms/{id}", Named(en=mechanism.en, es=mechanism.es)
    for id in sorted({touchpoint.kind for touchpoint in matter.touchpoints} & catalog.touchpoints.keys()):
        kind = catalog.touchpoints[id]
        yield f"touchpoints/{id}", Named(en=kind.en, es=kind.es)
    for id in sorted({law.id for state in states for law in state.law} & catalog.restrictions.keys()):
        row = catalog.restrictions[id]
        dated = (law_as_of(load_words(lang), catalog, row) for lang in ("en", "es"))
        yield f"restrictions/{id}", Named(en=row.name, es=row.name)
        yield f"dated/{id}", Named(en=next(dated), es=next(dated))
