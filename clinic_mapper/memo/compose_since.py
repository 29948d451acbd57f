"""What changed since a signed memo, as blocks: each line that differs as it was and is, and because of what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from clinic_mapper.casefile.model import Answer, Touchpoint, answer_of
from clinic_mapper.catalog.changes import RowChange
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.changed_answers import AnswerChange
from clinic_mapper.memo.difference_text import law_in_words, state_runs
from clinic_mapper.memo.document import Block, Heading, Items, Paragraph, Run, Runs, Tag
from clinic_mapper.memo.phrases import Voice, plain
from clinic_mapper.memo.readers import LEVELS
from clinic_mapper.memo.since import Side, Since, Why
from clinic_mapper.memo.words import Words
from clinic_mapper.routing.compare import LineChange, LineState
from clinic_mapper.routing.model import ExposureMap


class SideVoice(Voice):
    """Speaks about one of two that are compared, by the names that were in use for it."""

    def __init__(self, side: Side, catalog: Catalog, words: Words) -> None:
        nothing = ExposureMap(
            catalog_version=side.catalog.version,
            catalog_as_of=side.catalog.as_of,
            today=side.today,
            lines=(),
            routes={},
            ask_next=(),
            derived=(),
            not_in_catalog=(),
        )
        super().__init__(side.matter, catalog, nothing, words)
        self._names = side.names
        self._contacts = {touchpoint.id: touchpoint for touchpoint in side.matter.touchpoints}

    def mechanism(self, id: str) -> str:
        named = self._names.get(f"mechanisms/{id}")
        return self.local(named) if named else super().mechanism(id)

    def label(self, touchpoint: Touchpoint, bold: bool = False) -> Run:
        named = self._names.get(f"touchpoints/{touchpoint.kind}")
        if named is None:
            return super().label(touchpoint, bold)
        return Run(text=self.local(named), tag="touchpoint-label", bold=bold)

    def law(self, id: str) -> str:
        named = self._names.get(f"restrictions/{id}")
        return self.local(named) if named else super().law(id)

    def law_dated(self, id: str) -> str:
        named = self._names.get(f"dated/{id}")
        return self.local(named) if named else super().law_dated(id)

    def contact(self, id: str) -> Touchpoint:
        """A contact by its id; an empty one where there is none."""
        return self._contacts.get(id) or Touchpoint(id=id, kind="")


def since_part(since: Since | None, catalog: Catalog, words: Words) -> list[Block]:
    """The section of a memo; nothing where none was signed before."""
    if since is None:
        return []
    return [Heading(runs=(plain(words("since.title")),)), *difference_blocks(since, catalog, words)]


def difference_blocks(since: Since, catalog: Catalog, words: Words) -> list[Block]:
    """What differs, without a heading."""
    teller = _Teller(since, catalog, words)
    blocks: list[Block] = [Paragraph(runs=(*teller.held_against(), plain(teller.counted())), style="small")]
    difference = since.difference
    for name, items in (
        ("appeared", [teller.appeared(state) for state in difference.appeared]),
        ("changed", [teller.changed(change) for change in difference.changed]),
        ("went", [teller.went(state) for state in difference.went]),
    ):
        if items:
            head = plain(f"{words(f'difference.{name}')} ({len(items)})", bold=True)
            told = Items(items=tuple(teller.together(items)), style="small")
            blocks += [Paragraph(runs=(head,), style="small"), told]
    return blocks


class _Told(NamedTuple):
    """A line that differs. `about`: what must be the same for two to be told together."""

    state: LineState
    voice: SideVoice
    says: Runs
    about: object


class _Teller:
    """Tells one difference in one language."""

    def __init__(self, since: Since, catalog: Catalog, words: Words) -> None:
        self.since, self.words = since, words
        self.before = SideVoice(since.before, catalog, words)
        self.after = SideVoice(since.after, catalog, words)

    def held_against(self) -> Runs:
        """Which memo it is, by whom signed: “Compared with the memo signed on … by R.E. (for: file copy).”"""
        seal, words = self.since.seal, self.words
        day = self.after.date(seal.today).text
        reader = words(f"memo.reader_{seal.reader}")
        by = Run(text=words("since.signed_by", initials=seal.signed.initials), tag="staff")
        return (plain(words("since.last", date=day)), by, plain(words("since.for", reader=reader)))

    def counted(self) -> str:
        """How many lines differ, how much was told otherwise, whether the catalog is another one."""
        since, words = self.since, self.words
        differ, same = len(since.difference.lines), len(since.difference.same)
        if differ:
            stay = words.counted("since.same", same) if same else words("since.same_none")
            said = [f"{words.counted('since.differ', differ)}; {stay}"]
        else:
            said = [words.counted("since.none", same)]
        if since.changes:
            said.append(words.counted("since.answers", len(since.changes)))
        then, now = since.before.catalog, since.after.catalog
        if then.sha256 != now.sha256:
            said.append(words("since.catalog", before=then.version, after=now.version))
            if since.rows:
                said.append(words.counted("since.rows", since.rows))
        if since.cut:
            said.append(words("since.cut"))
        return " ".join(said)

    def appeared(self, state: LineState) -> _Told:
        """A line that only the later side has."""
        return self._line(state, self.after, state_runs(state, self.after))

    def went(self, state: LineState) -> _Told:
        """A line that only the earlier side has."""
        return self._line(state, self.before, state_runs(state, self.before))

    def changed(self, change: LineChange) -> _Told:
        """A line of which both say something else."""
        runs: list[Run] = []
        told = {*change.aspects, "standing"}
        was = state_runs(change.before, self.before, told)
        now = state_runs(change.after, self.after, told)
        if text_of_runs(was) == text_of_runs(now):
            runs += now
        else:
            runs += [*self._said("difference.before", was), plain("; "), *self._said("difference.now", now)]
        if "law" in change.aspects:
            named = text_of_runs(tuple(runs))  # a law that bars is named there already
            old, new = change.before.law, change.after.law
            moved = [("law_ended", law, self.before) for law in old if law not in new]
            moved += [("law_began", law, self.after) for law in new if law not in old]
            untold = [law_in_words(*each) for each in moved if each[2].law(each[1].id) not in named]
            runs += [Run(text=f"; {said}", tag="law") for said in untold]
        return self._line(change.after, self.after, tuple(runs))

    def together(self, lines: Iterable[_Told]) -> Iterator[Runs]:
        """Lines of one mechanism that differ in the same way for the same reason, as one."""
        ways: dict[object, list[_Told]] = {}
        for told in lines:
            ways.setdefault(told.about, []).append(told)
        for way in ways.values():
            yield (*self._title(way[0].voice, [told.state for told in way]), *way[0].says)

    def _line(self, state: LineState, voice: SideVoice, runs: Runs) -> _Told:
        says = (*runs, *self._why(state))
        gone = state.touchpoint not in self.after.number
        own = state.line if self.since.why.get(state.line, Why()).answers else ""
        return _Told(state, voice, says, (state.mechanism, gone, own, text_of_runs(says)))

    def _said(self, key: str, runs: Runs) -> Runs:
        return (Run(text=self.words(key, state=""), tag="route"), *runs)

    def _title(self, voice: SideVoice, states: list[LineState]) -> Runs:
        contacts = voice.contacts([state.touchpoint for state in states])
        if states[0].touchpoint not in self.after.number:
            contacts = self.words("since.numbered_then", contacts=contacts)
        return (Run(text=voice.mechanism(states[0].mechanism), tag="route", bold=True), plain(f" · {contacts}: "))

    # --- why

    def _why(self, state: LineState) -> Runs:
        why = self.since.why.get(state.line, Why())
        parts = [*self._of_catalog(why)]
        if why.day:
            parts.append((plain(self.words("since.day")),))
        parts += [self._answer(change, state.touchpoint) for change in why.answers]
        if why.facts and not why.answers:
            parts.append((plain(self.words("since.together")),))
        if not parts:
            return ()
        lead = self.words("since.because" if self.since.sure else "since.nearby")
        runs: list[Run] = [plain(f". {lead}", italic=True)]
        for number, part in enumerate(parts):
            runs += [plain("; "), *part] if number else [*part]
        return (*runs, plain("."))

    def _of_catalog(self, why: Why) -> Iterator[Runs]:
        if not why.catalog:
            return
        if self.since.before.catalog.sha256 == self.since.after.catalog.sha256:
            yield (plain(self.words("since.program")),)
        elif not why.rows:
            yield (plain(self.words("since.catalog_other")),)
        for row in why.rows:
            tag: Tag = "law" if row.kind == "restrictions" else "route"
            yield (Run(text=self.words(f"since.row_{row.what}", row=self._row(row)), tag=tag),)

    def _row(self, row: RowChange) -> str:
        """A row as people say it: a law by its name, a step by its two ends."""
        voice = self.before if row.what == "removed" else self.after
        flow = voice.catalog.flows.get(row.id) if row.kind == "flows" else None
        if flow is not None:
            return f"{voice.short(flow.from_)} → {voice.short(flow.to)}"
        if row.kind == "restrictions":
            return voice.law(row.id)
        if row.kind == "mechanisms":
            return voice.mechanism(row.id)
        return voice.short(row.id) if row.kind == "systems" else row.id

    def _answer(self, change: AnswerChange, contact: str) -> Runs:
        """What was told otherwise; of another contact than the line's, with its number."""
        voice = self.before if change.what == "went" else self.after
        whose: Runs = ()
        if change.touchpoint not in ("", contact):
            whose = (plain(voice.contacts((change.touchpoint,)) + ", "),)
        match change.what:
            case "came" | "went":
                return (*whose, plain(self.words(f"since.{change.what}")))
            case "answer" | "practice":
                return (*whose, *self._told(change))
        return (*whose, *self._of_contact(change))

    def _of_contact(self, change: AnswerChange) -> Runs:
        tell: dict[str, Callable[[SideVoice, Touchpoint], Runs]] = {
            "kind": lambda voice, contact: (voice.label(contact),),
            "date": lambda voice, contact: (voice.date(contact.when),),
            "place": lambda voice, contact: (voice.place(contact),),
            "agency": lambda voice, contact: voice.agency(contact),
        }
        was, now = (tell[change.what](voice, voice.contact(change.touchpoint)) for voice in (self.before, self.after))
        return (_beside(self.words(f"since.{change.what}"), was), *was, _beside(self.words("since.to"), now), *now)

    def _told(self, change: AnswerChange) -> Runs:
        was, now = (self._answers(voice, change) for voice in (self.before, self.after))
        details = was is not None and now is not None and was.value == now.value
        shown = [self._value(voice, change, given, details) for voice, given in ((self.before, was), (self.after, now))]
        if change.what == "practice":
            row = self.after.catalog.practices.get(change.id)
            asked = Run(text=self.after.local(row) if row else change.id, tag="answer")
        else:
            asked = self.after.gist_run(change.id, change.touchpoint)
        value = next(run for runs in shown for run in runs)
        lead = Run(text=f"{asked.text}: ", tag="admission" if asked.tag == "admission" else value.tag)
        return (lead, *shown[0], _beside(self.words("since.to"), shown[1]), *shown[1])

    def _answers(self, voice: SideVoice, change: AnswerChange) -> Answer | None:
        contact = voice.contact(change.touchpoint)
        answers = contact.facts if change.what == "answer" else contact.practices
        return answer_of((answers if change.touchpoint else voice.matter.client).get(change.id))

    def _value(self, voice: SideVoice, change: AnswerChange, given: Answer | None, details: bool) -> Runs:
        if given is None:
            question = voice.question(change.id, change.touchpoint)
            tag: Tag = "admission" if question is not None and question.admission else "answer"
            return (Run(text=self.words("answer.not_asked"), tag=tag),)
        if details:
            return voice.answer_runs(change.id, given, change.touchpoint)
        return (voice.value_run(change.id, given, change.touchpoint),)


def text_of_runs(runs: Runs) -> str:
    """What runs say, one after the other."""
    return "".join(run.text for run in runs)


def _beside(text: str, told: Runs) -> Run:
    """Our own word beside what was told, shown at every level at which that is, and withheld with it."""
    tag = told[0].tag
    return Run(text=text, tag=tag, forms=tuple((level, text) for level in LEVELS.get(tag, ())))
