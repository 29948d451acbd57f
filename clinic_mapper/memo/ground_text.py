"""Grounds in words: what was asked, what it would have to be, who told it. One sentence for each."""

from __future__ import annotations

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.casefile.model import Answer, Touchpoint
from clinic_mapper.memo.law_text import place_named
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.routing.explanation import Ground, Told
from clinic_mapper.routing.model import Unknown

_MOST_PLACES = 4


def says_day_and_place(ground: Ground) -> bool:
    """Whether a ground joins days and places alone, so that it fits in one line."""
    return bool(ground.parts) and all(leaf.form in ("place", "date") for leaf in ground.leaves())


class GroundWords:
    """Says the grounds of one touchpoint in the language of a voice."""

    def __init__(self, voice: Voice, touchpoint: str) -> None:
        self.voice, self.words = voice, voice.words
        self._own = next(
            (each for each in voice.matter.touchpoints if each.id == touchpoint), Touchpoint(touchpoint, "")
        )

    def outcome(self, ground: Ground) -> str:
        """“yes”, “on some days only”."""
        key = "in_places" if ground.form == "place" and ground.outcome == "at_times" else ground.outcome
        return self.words(f"explain.{key}")

    def line(self, ground: Ground) -> str:
        """The ground with its outcome; for one that joins others, its heading."""
        if ground.form in ("blank", "bar", "beaten"):
            return self.what(ground)
        return self.words("explain.line", outcome=self.outcome(ground), what=self.what(ground))

    def what(self, ground: Ground) -> str:
        """What a ground says, and who told it."""
        words = self.words
        match ground.form:
            case "all" | "any" | "not" if says_day_and_place(ground):
                return self._inline(ground)
            case "all" | "any" | "not" | "either" | "blank" | "order" | "inferred" | "shown":
                return words(f"explain.{ground.form}")
            case "fact" | "client":
                return self._asked(ground)
            case "place":
                return self._place(ground)
            case "date" | "days":
                return self._days(ground)
            case "agreement" | "practice":
                return words("explain.practice", practice=self._practice(ground), told=self.told(ground))
            case "needs":
                return self._needs(ground)
            case "judge":
                asked = self.voice.unknown(ground.unknown) if ground.unknown else self.voice.question_run(ground.id)
                return f"{words('who.attorney')}: {asked.text}"
            case "waits":
                return words(f"explain.waits_{ground.value}", told=self.told(ground))
        row = self.voice.catalog.restrictions.get(ground.id)
        key = "mandate" if ground.form == "mandate" else f"{ground.form}.{ground.outcome}"
        return words(f"explain.{key}", law=row.name if row else ground.id)

    def _inline(self, ground: Ground) -> str:
        """Days and places that belong together, in one line."""
        parts = [self.what(part) for part in ground.parts]
        if ground.form == "not":
            return self.words("explain.not_so", what=parts[0])
        if ground.form == "any":
            return self._or(parts)
        if [part.form for part in ground.parts] == ["place", "date"] and ground.parts[1].first + ground.parts[1].last:
            return self.words("explain.day_there", place=parts[0], span=self._span(ground.parts[1]))
        joined = [f"({each})" if part.form == "any" else each for part, each in zip(ground.parts, parts, strict=True)]
        return self.words("explain.and", first=", ".join(joined[:-1]), last=joined[-1]) if joined[1:] else joined[0]

    def short(self, ground: Ground) -> str:
        """The same in a few words, for a list in one line."""
        if ground.form in ("practice", "agreement"):
            return self.what(ground) if ground.told else self._practice(ground)
        if ground.form not in ("fact", "client"):
            return self.what(ground)
        gist = self._gist(ground)
        if not ground.told:
            return gist
        return f"{gist} {self.told(ground)}" if gist.endswith("?") else f"{gist}: {self.told(ground)}"

    def _practice(self, ground: Ground) -> str:
        return self.voice.unknown(Unknown(kind="practice", id=ground.id, touchpoint="")).text

    def _gist(self, ground: Ground) -> str:
        return self.voice.gist_run(ground.id, self._own.id).text

    def _asked(self, ground: Ground) -> str:
        said = self.words("explain.asked", question=self._gist(ground), told=self.told(ground))
        if ground.outcome == "yes" or not ground.value:
            return said
        return self.words("explain.wanted", asked=said, value=self._value(ground.id, ground.value))

    def _value(self, question: str, value: str) -> str:
        if question == "agency":
            row = self.voice.catalog.agency_kinds.get(value)
            return self.voice.local(row) if row else value
        return self.voice.value_run(question, Answer(value=value), self._own.id).text

    def _place(self, ground: Ground) -> str:
        if not ground.names:  # the place itself is not known
            return self._open(ground)
        shown = [self._named(name) for name in ground.names[:_MOST_PLACES]]
        more = len(ground.names) - len(shown)
        rest = [self.words.counted("explain.more_places", more)] if more > 0 else []
        return self.words("explain.place", list=self._or([*shown, *rest]))

    def _named(self, id: str) -> str:
        return place_named(self.voice.catalog, id) or self.words("explain.us")

    def _or(self, parts: list[str]) -> str:
        if len(parts) < 2:
            return "".join(parts)
        return self.words("explain.or", first=", ".join(parts[:-1]), last=parts[-1])

    def _open(self, ground: Ground) -> str:
        unknown = ground.unknown or Unknown(kind="date", id="", touchpoint="")
        return self.words("explain.practice", practice=self.voice.unknown(unknown).text, told=self.told(ground))

    def _days(self, ground: Ground) -> str:
        if not (ground.first or ground.last):  # the day itself is not known
            return self._open(ground)
        return self.words(f"explain.{ground.form}", span=self._span(ground))

    def _span(self, ground: Ground) -> str:
        key = "between" if ground.first and ground.last else "from" if ground.first else "until"
        days = {"first": ground.first, "last": ground.last}
        return self.words(f"explain.{key}", **{name: self._date(day) for name, day in days.items() if day})

    def _date(self, day: str) -> str:
        return in_words(day, self.voice.lang)

    def _needs(self, ground: Ground) -> str:
        flow = self.voice.catalog.flows.get(ground.id)
        if flow is None or not (flow.needs.all or flow.needs.any):
            return self.words("explain.needs_more")
        if flow.needs.all or len(ground.names) == 1:
            return self.words("explain.needs_all", items=self.voice.data(ground.names))
        named = [self.words(f"data.{item}") for item in ground.names]
        return self.words("explain.needs_any", items=self._or(named))

    def told(self, ground: Ground) -> str:
        """Who told it; that nobody was asked, where nobody was."""
        return "; ".join(self._told(each) for each in ground.told) or self.words("explain.not_asked")

    def _told(self, told: Told) -> str:
        voice, words = self.voice, self.words
        match told.kind:
            case "answer":
                return self._answer(told)
            case "contact":
                key = "tells" if told.sure else "may_tell"
                value = self._value(told.id, told.value)
                return words(f"explain.{key}", contact=voice.contacts((told.touchpoint,)), value=value)
            case "noted":
                return words("explain.noted", value=words(f"answer.{told.value}"))
            case "known":
                row = voice.catalog.known_practices.get(told.id)
                return voice.known(row) if row else told.id
            case "mandate":
                law = voice.catalog.restrictions.get(told.id)
                return words(
                    "explain.mandated" if told.sure else "explain.may_be_mandated", law=law.name if law else told.id
                )
            case "shown":
                return words("explain.shown")
            case "date":
                return voice.date(told.value).text
            case "place":
                return voice.place(self._own).text

    def _answer(self, told: Told) -> str:
        if told.id == "agency":
            return self._value(told.id, told.value)
        answer = Answer(
            value=told.value,
            source=told.source,  # type: ignore[arg-type]
            paper=told.paper,
            since=told.since,
        )
        return "".join(run.text for run in self.voice.answer_runs(told.id, answer, told.touchpoint))
