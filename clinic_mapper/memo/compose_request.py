"""The page that asks one agency for its records: what it needs to find them, and nothing that it does not have yet.

The name, the birth date and numbers are written in by hand. Why the records are wanted is not said.
"""

from __future__ import annotations

from msgspec.structs import replace

from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.memo.document import Blank, Block, Document, Heading, Items, Paragraph, Run, Runs
from clinic_mapper.memo.phrases import Voice, plain

_ASKED = {
    "police": "police", "gang": "police", "biometric": "police", "jail": "jail", "court": "court", "dmv": "dmv",
    "supervision": "supervision", "ice": "federal", "immigration": "federal", "border": "federal",
}  # fmt: skip
"""What is asked for, by the sector of the contact; of all others, what `other` says."""
_MOST_ITEMS = 5


def compose_request(voice: Voice) -> Document:
    """One page about the contacts of the matter, which are those that somebody chose; with none, all is left blank."""
    words = voice.words
    own = [touchpoint for touchpoint in voice.matter.touchpoints if not voice.is_about_relative(touchpoint)]
    blocks: list[Block] = [Heading(runs=(plain(words("request.title")),), level=0)]
    blocks += _to(voice, own)
    blocks += [
        Blank(label=words("request.from")),
        Heading(runs=(plain(words("request.about")),)),
        *_contacts(voice, own),
        Blank(label=words("request.name")),
        Blank(label=words("request.birth")),
        Blank(label=words("request.number")),
        Heading(runs=(plain(words("request.send")),)),
        Items(items=tuple((plain(each),) for each in asked_for(voice, own))),
        Paragraph(runs=(plain(words("request.how")),)),
        Paragraph(runs=(plain(words("request.consent")),)),
        Blank(label=words("request.signed")),
    ]
    return Document(
        title=words("request.title"),
        lang=voice.lang,
        reader="request",
        running=(plain(words("memo.sample"), bold=True),) if voice.matter.sample else (),
        footer="",
        page_word="",
        blocks=tuple(blocks),
        plain=True,
    )


def _to(voice: Voice, own: list[Touchpoint]) -> list[Block]:
    named = [(*voice.agency(each), _after_comma(voice.place(each))) for each in own if each.agency.name]
    offices = list(dict.fromkeys(named))
    if len(offices) != 1:
        return [Blank(label=voice.words("request.to"))]
    office = (plain(voice.words("request.to_named"), bold=True), *offices[0])
    return [Paragraph(runs=office), Blank(label=voice.words("request.unit"))]


def _contacts(voice: Voice, own: list[Touchpoint]) -> list[Block]:
    if not own:
        return [Blank(label=voice.words("request.contact"))]
    return [Paragraph(runs=(plain(voice.words("request.concern"), bold=True), *contact_runs(voice, own)))]


def contact_runs(voice: Voice, contacts: list[Touchpoint]) -> Runs:
    """“Booked into jail, May 3, 2024, Fresno County, California; …”; what is not known is left for the hand."""
    runs: list[Run] = []
    for touchpoint in contacts:
        runs += [plain("; ")] if runs else []
        runs.append(voice.asked_as(touchpoint))
        runs += [plain(", "), voice.date(touchpoint.when) if touchpoint.when else plain(voice.words("request.no_date"))]
        if touchpoint.where.state:
            runs.append(_after_comma(voice.place(touchpoint)))
        else:
            runs.append(plain(", " + voice.words("request.no_place")))
    return (*runs, plain("."))


def _after_comma(run: Run) -> Run:
    """The run with a comma that is withheld where it is."""
    return replace(run, text=f", {run.text}", forms=tuple((level, f", {said}") for level, said in run.forms))


def asked_for(voice: Voice, contacts: list[Touchpoint]) -> list[str]:
    """The records to ask for, by what kind of agency it was."""
    kinds = [voice.catalog.touchpoints.get(touchpoint.kind) for touchpoint in contacts]
    groups = dict.fromkeys(_ASKED.get(kind.sector, "other") if kind else "other" for kind in kinds) or {"other": None}
    keys = [f"request_for.{group}.{number}" for group in groups for number in range(1, _MOST_ITEMS + 1)]
    return [voice.words(key) for key in keys if key in voice.words]
