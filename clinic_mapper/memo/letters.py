"""Letters that ask for records: first what is disclosed to whom, then the letter, through the same gate as a memo."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from clinic_mapper.casefile.model import Matter, Touchpoint, answer_of
from clinic_mapper.catalog.model import Catalog, Remedy
from clinic_mapper.memo.compose_request import contact_runs
from clinic_mapper.memo.document import Blank, Block, Document, Heading, Items, Paragraph, Run, Runs
from clinic_mapper.memo.draw import Told, untold
from clinic_mapper.memo.export import Memo, proven
from clinic_mapper.memo.gate import Said, own_words
from clinic_mapper.memo.letter_claims import claims_of
from clinic_mapper.memo.letter_follow_up import recipient_of, time_of
from clinic_mapper.memo.letter_templates import Due, Field, Letter, Recipient, letter_named, letters, texts_of_ours
from clinic_mapper.memo.narrow import of_contacts
from clinic_mapper.memo.phrases import Voice, plain
from clinic_mapper.memo.prove import OwnWords
from clinic_mapper.memo.readers import Profile, load_profile
from clinic_mapper.memo.withhold import Withheld, for_export, values_outside, withheld_values, withhold
from clinic_mapper.memo.words import load_words
from clinic_mapper.problem import Problem
from clinic_mapper.routing.model import ExposureMap

__all__ = ["Letter", "contacts_for", "disclosed", "letter_named", "letters", "make_letter"]

_LANGUAGE = "en"
"""Letters to agencies are in English."""


def contacts_for(letter: Letter, matter: Matter, catalog: Catalog) -> list[Touchpoint]:
    """The contacts from which a letter can be started; none where it takes nothing from a contact."""
    if letter.contact == "none":
        return []
    kinds = {each.id: catalog.touchpoints.get(each.kind) for each in matter.touchpoints}
    return [
        each
        for each in matter.touchpoints
        if not letter.sectors or ((kind := kinds[each.id]) is not None and kind.sector in letter.sectors)
    ]


def disclosed(
    letter: Letter, matter: Matter, catalog: Catalog, contact: str = "", chosen: Collection[str] = (), own: bool = False
) -> tuple[str, ...]:
    """What this letter discloses to whom, what is left out and what to weigh: shown, and confirmed, before it is made.

    `own`: the letter is the clinic's; what it claims by itself is said first.

    Raises:
        Problem: as `make_letter` for the choices.
    """
    words, kept = load_words(_LANGUAGE), _kept(letter, matter, catalog, contact)
    recipient = _recipient(letter, kept, catalog)
    remedy = catalog.remedies.get(recipient.remedy)
    to = ", ".join(recipient.to) or (remedy.recipient if remedy else "")
    by_hand = [field.label for field in _fields(letter, chosen) if not field.text]
    said = [words("letter.says_own"), *claims_of(letter, catalog)] if own else []
    said.append(words("letter.says_to", to=to))
    said.append(remedy.learns if remedy is not None and remedy.learns else words("letter.says_learns_unknown"))
    if by_hand:
        said.append(words("letter.says_by_hand", list="; ".join(by_hand)))
    said.append(words(f"letter.says_contact_{letter.contact if kept.touchpoints else 'none'}"))
    if letter.leave_out:
        said.append(words("letter.says_left_out", list="; ".join(letter.leave_out)))
    said += _to_weigh(letter, matter, remedy)
    return tuple(said)


def make_letter(
    letter: Letter,
    matter: Matter,
    catalog: Catalog,
    exposure: ExposureMap,
    contact: str = "",
    chosen: Collection[str] = (),
    file_name: str = "",
    profile: Profile | None = None,
    own: bool = False,
    told: Told = untold,
) -> Memo:
    """The letter, drawn and proven. `contact`: the id of the one it is about; `chosen`: ids of fields that are added.

    `profile`: the clinic's own for records requests. `own`: the letter is the clinic's, so that the words that are not
    ours excuse no name or number of a person. What `disclosed` says must have been confirmed. `told` hears how far it
    is.

    Raises:
        LeakFound: the finished file holds something that its recipient may not see.
        Problem: `contact-needed`, `no-such-contact`, `no-such-field`, `letter-missing`.
    """
    seen = profile or load_profile("request")
    kept = _kept(letter, for_export(matter), catalog, contact)
    kept, shown = of_contacts(kept, exposure, [each.id for each in kept.touchpoints])
    fields = _fields(letter, chosen)

    def composed(twin: Matter, rows: Catalog, of: ExposureMap) -> Document:
        return _composed(letter, twin, rows, of, fields, _recipient(letter, kept, rows))

    def silent(twin: Matter, rows: Catalog, of: ExposureMap) -> Document:
        ours = _without_words(letter)
        known = [field for field in fields if field in ours.fields]
        return _composed(ours, twin, rows, of, known, _recipient(ours, kept, rows))

    def excused(says: Said) -> OwnWords:
        said = own_words(kept, catalog, shown, seen, _LANGUAGE, says, composed)
        if not own:
            return said
        ours = own_words(kept, catalog, shown, seen, _LANGUAGE, says, silent)
        return OwnWords(said.reduced, ours.bare, ours.named)

    withheld = (*withheld_values(matter, catalog, seen), *values_outside(matter, kept, catalog, seen))
    return proven(
        withhold(composed(kept, catalog, shown), seen),
        seen,
        withheld=tuple(map(_never_excused, withheld)) if own else withheld,
        own=excused,
        left_out=disclosed(letter, matter, catalog, contact, chosen, own),
        file_name=file_name,
        told=told,
    )


def _without_words(letter: Letter) -> Letter:
    """The letter without a word that somebody of the clinic wrote. What stands word for word in a letter of ours is
    ours: a law or a time that was taken over with it keeps no client in who is called like one of its words."""
    ours = texts_of_ours()

    def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text for text in texts if text in ours)

    def text(told: str) -> str:
        return told if told in ours else ""

    def due(told: Due) -> Due:
        return replace(told, text=text(told.text))

    opening = kept(letter.opening)
    about: tuple[str, ...] = () if any("{contact}" in each for each in opening) else ("{contact}",)
    recipients = tuple(
        replace(each, to=kept(each.to), law=text(each.law), due=due(each.due) if each.due else each.due)
        for each in letter.recipients
    )
    fields = tuple(each for each in letter.fields if each.label in ours and each.text in ours | {""})
    return replace(
        letter, recipients=recipients, subject=text(letter.subject), opening=(*opening, *about), asks=kept(letter.asks),
        closing=kept(letter.closing), enclose=kept(letter.enclose), due=due(letter.due), fields=fields,
    )  # fmt: skip


_OF_THE_MATTER = ("code", "note", "reason", "paper", "staff")


def _never_excused(value: Withheld) -> Withheld:
    """What only this matter knows has no business in a letter that the clinic wrote for all of them."""
    return replace(value, identifier=True) if value.kind in _OF_THE_MATTER else value


def _kept(letter: Letter, matter: Matter, catalog: Catalog, contact: str) -> Matter:
    """The matter with the one contact that the letter is about, or with none."""
    possible = contacts_for(letter, matter, catalog)
    if contact and contact not in [each.id for each in possible]:
        known = ", ".join(each.id for each in possible)
        raise Problem(
            "no-such-contact",
            f"This letter cannot be about the contact “{contact}”.",
            "Nothing was written.",
            f"Choose from: {known}." if known else "This letter is about no contact.",
        )
    if letter.contact == "named" and not contact:
        known = ", ".join(f"{each.id} ({each.kind})" for each in possible)
        raise Problem(
            "contact-needed",
            "This letter is about one contact.",
            "Nothing was written.",
            f"Choose it: {known}." if known else "This matter has none that it could be about.",
        )
    return replace(matter, touchpoints=tuple(each for each in matter.touchpoints if each.id == contact))


def _recipient(letter: Letter, kept: Matter, catalog: Catalog) -> Recipient:
    return recipient_of(letter, [each.id for each in kept.touchpoints], kept, catalog)


def _fields(letter: Letter, chosen: Collection[str]) -> list[Field]:
    known = [field.id for field in letter.fields]
    if strange := [id for id in chosen if id not in known]:
        raise Problem(
            "no-such-field",
            f"This letter has no field “{strange[0]}”.",
            "Nothing was written.",
            f"Choose from: {', '.join(field.id for field in letter.fields if not field.needed)}.",
        )
    return [field for field in letter.fields if field.needed or field.id in chosen]


def _to_weigh(letter: Letter, matter: Matter, remedy: Remedy | None) -> Iterator[str]:
    words = load_words(_LANGUAGE)
    answers = {name: answer_of(given) for name, given in matter.client.items()}
    if any(
        (told := answers.get(name)) is not None and told.value in values for name, values in letter.signoff_if.items()
    ):
        yield words("letter.says_signoff")
    elif any((told := answers.get(name)) is None or told.value == "unknown" for name in letter.signoff_if):
        yield words("letter.says_signoff_unknown")
    if remedy is None:
        return
    if remedy.caution:
        yield words("letter.says_risk", risk=remedy.caution)
    if remedy.needs:
        yield words("letter.says_needs", needs=remedy.needs.rstrip("."))
    if remedy.deadline:
        yield words("letter.says_due", due=remedy.deadline.rstrip("."))
    yield words("letter.says_check", as_of=remedy.as_of)


def _composed(
    letter: Letter, matter: Matter, catalog: Catalog, exposure: ExposureMap, fields: list[Field], recipient: Recipient
) -> Document:
    words = load_words(_LANGUAGE)
    voice = Voice(matter, catalog, exposure, words)
    blanks = [Blank(label=field.label) for field in fields if not field.text]
    sentences = [field.text for field in fields if field.text]
    blocks: list[Block] = [
        Heading(runs=(plain(letter.subject),), level=0),
        *_to(voice, letter, recipient),
        _part(voice, "asked"),
        *(Paragraph(runs=_filled(voice, text, recipient)) for text in letter.opening),
    ]
    if letter.asks:
        blocks.append(Items(items=tuple((plain(each),) for each in letter.asks)))
    blocks += [Paragraph(runs=(plain(text),)) for text in sentences]
    blocks += [_part(voice, "find"), *blanks, _part(voice, "answer")]
    told = (*letter.closing, time_of(letter, recipient).text)
    blocks += [Paragraph(runs=(plain(text),)) for text in told if text]
    blocks.append(Blank(label=words(f"letter.signed_{letter.signs}")))
    if letter.enclose:
        blocks += [_part(voice, "enclosed"), Items(items=tuple((plain(each),) for each in letter.enclose), marks="box")]
    return Document(
        title=words("letter.title"),
        lang=_LANGUAGE,
        reader="request",
        running=(plain(words("memo.sample"), bold=True),) if matter.sample else (),
        footer="",
        page_word="",
        blocks=tuple(blocks),
        plain=True,
    )


def _part(voice: Voice, name: str) -> Heading:
    return Heading(runs=(plain(voice.words(f"letter.{name}")),))


def _to(voice: Voice, letter: Letter, recipient: Recipient) -> list[Block]:
    words = voice.words
    address, to = Blank(label=words("letter.address")), plain(words("request.to_named"), bold=True)
    if recipient.to:
        return [Paragraph(runs=(to, plain(", ".join(recipient.to)))), address]
    named = [each for each in voice.matter.touchpoints if letter.contact == "named" and each.agency.name]
    if named:
        return [Paragraph(runs=(to, *voice.agency(named[0]))), address]
    return [Blank(label=words("request.to")), address]


def _filled(voice: Voice, text: str, recipient: Recipient) -> Runs:
    """A paragraph with the law in it, or a blank for that, and with the contact as tagged runs."""
    said = text.replace("{law}", recipient.law or voice.words("letter.law_by_hand"))
    before, found, rest = said.partition("{contact}")
    if not found:
        return (plain(said),)
    after: tuple[Run, ...] = (plain(rest),) if rest else ()
    return (plain(before), *contact_runs(voice, list(voice.matter.touchpoints)), *after)
