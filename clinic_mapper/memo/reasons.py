"""Why a route stands as it does, in the few words that fit below it: what was told, which days, which step is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clinic_mapper.casefile.dates import in_a_sentence
from clinic_mapper.memo.ground_text import GroundWords, says_day_and_place
from clinic_mapper.memo.phrases import Voice
from clinic_mapper.routing.explain import explain_read
from clinic_mapper.routing.explanation import Explanation, Ground, HopWhy
from clinic_mapper.routing.index import AGENCY
from clinic_mapper.routing.model import Reason, Route
from clinic_mapper.routing.reading import Reading

_TOLD = ("fact", "client", "practice", "agreement", "place")
_MOST = 3
_TURNED = {"yes": "no", "no": "yes"}


class Reasons:
    """Gives the reasons of the routes of a voice's map; none where its matter does not make such a route."""

    def __init__(self, voice: Voice) -> None:
        self.voice, self.words = voice, voice.words
        self._reading = Reading(voice.matter, voice.catalog, date.fromisoformat(voice.exposure.today))
        self._found: dict[str, Explanation | None] = {}

    def _of(self, route: Route) -> Explanation | None:
        if route.id not in self._found:
            self._found[route.id] = explain_read(route.id, self._reading)
        return self._found[route.id]

    def told(self, route: Route) -> str:
        """The answers, practices and mandates that an open route rests on; "" where it needs none."""
        why = self._of(route)
        if why is None or route.standing != "open":
            return ""
        say = GroundWords(self.voice, why.touchpoint)
        leaves = [leaf for hop in why.hops for leaf in hop.ground.leaves()]
        return self._some(say.short(leaf) for leaf in leaves if _was_told(leaf) and leaf.outcome == "yes")

    def closed(self, route: Route, reason: Reason) -> str:
        """What closes a route by fact or by time; "" where no single step does, and for law, which has its name."""
        why = self._of(route)
        if why is None or reason == "law":
            return ""
        say = GroundWords(self.voice, why.touchpoint)
        shut = [hop for hop in why.hops if hop.hop.standing == "closed"]
        if reason == "time":
            return self._some(self._in_use(hop, *span, say) for hop in shut for span in _spans(hop.ground))
        leaves = [leaf for hop in shut for leaf in _told_alone(hop.ground)]
        return self._some(say.short(leaf) for leaf in leaves if leaf.outcome == "no")

    def over(self, route: Route) -> str:
        """Until when a route could be taken that can be taken no longer."""
        why = self._of(route)
        if why is None or not why.tense.hop or why.tense.because != "over":
            return ""
        hop, say = why.hops[why.tense.hop - 1], GroundWords(self.voice, why.touchpoint)
        return self._some(self._in_use(hop, *span, say) for span in _spans(hop.ground))

    def _in_use(self, hop: HopWhy, span: Ground, without: bool, say: GroundWords) -> str:
        """On which days a step is in use, here; `without`: but on these."""
        words = self.words
        step = words("reason.step", start=self.voice.short(hop.hop.from_), end=self.voice.short(hop.hop.to))
        without = without != (span.form == "not")
        days = [leaf for leaf in span.leaves() if leaf.form != "place"]
        places = [leaf for leaf in span.leaves() if leaf.form == "place"]
        between = days[0].first and days[0].last
        if len(days) != 1 or len(places) > 1 or (without and between) or bool(places) != without:
            what = words("explain.not_so", what=say.what(span)) if without and span.form != "not" else say.what(span)
            return words("reason.otherwise", step=step, what=what)
        key = "between" if between else "from" if days[0].first else "until"
        where = {"place": say.what(places[0])} if places else {}
        said = {
            "first": in_a_sentence(days[0].first, self.voice.lang),
            "last": in_a_sentence(days[0].last, self.voice.lang),
        }
        return words(f"reason.but_{key}" if without else f"reason.{key}", step=step, **where, **said)

    def _some(self, parts: Iterator[str]) -> str:
        said = list(dict.fromkeys(parts))
        more = len(said) - _MOST
        rest = [self.words("explain.more", number=more)] if more > 0 else []
        return "; ".join([*said[:_MOST], *rest])


def _was_told(leaf: Ground) -> bool:
    """Whether people told it; a mandate is said where the law is."""
    told = leaf.form in _TOLD and leaf.form != "place" and leaf.id != AGENCY
    return leaf.decides and told and any(each.kind != "mandate" for each in leaf.told)


def _told_alone(ground: Ground) -> Iterator[Ground]:
    """What decides below a ground and was told by people or by the place, days and what belongs to days aside."""
    if says_day_and_place(ground) and any(leaf.form == "date" for leaf in ground.leaves()):
        return
    if not ground.parts and ground.decides and ground.form in _TOLD:
        yield ground
    for part in ground.parts:
        yield from _told_alone(part)


def _spans(ground: Ground, without: bool = False) -> Iterator[tuple[Ground, bool]]:
    """The days, alone or with their places, that decide below a ground and do not always hold.

    With each, whether it is what must not be: below a “not”, yes and no change sides.
    """
    outcome = _TURNED.get(ground.outcome, ground.outcome) if without else ground.outcome
    if not ground.decides or outcome == "yes":
        return
    if ground.form in ("date", "days") or says_day_and_place(ground):
        if any(leaf.form in ("date", "days") and (leaf.first or leaf.last) for leaf in ground.leaves()):
            yield ground, without
        return
    for part in ground.parts:
        yield from _spans(part, without != (ground.form == "not"))
