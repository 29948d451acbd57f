"""A matter read against a catalog on a day: each touchpoint walked and judged once, and again for one answer more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from clinic_mapper.casefile.dates import parse
from clinic_mapper.casefile.model import Answer, Matter, Touchpoint, Where, answer_of
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.routing.event_days import past_and_coming, possible_days
from clinic_mapper.routing.facts import ClientFacts
from clinic_mapper.routing.index import AGENCY, Index, index_of
from clinic_mapper.routing.judge_again import JudgeAgain
from clinic_mapper.routing.known_part import known_part
from clinic_mapper.routing.model import Hop, Line, Route, Standing, Unknown
from clinic_mapper.routing.scene import Scene
from clinic_mapper.routing.setting import Setting
from clinic_mapper.routing.timeline import Timeline
from clinic_mapper.routing.verdict import IN_CUSTODY, Judge, Verdict
from clinic_mapper.routing.walk import FirstRecord, Path, Walk, first_records
from clinic_mapper.routing.ways import Move
from clinic_mapper.routing.worlds import World


class Walked(msgspec.Struct, frozen=True):
    """A touchpoint with its records, its paths in the order of the walk, and the verdict on each."""

    scene: Scene
    judge: Judge
    records: tuple[FirstRecord, ...]
    verdicts: tuple[tuple[Path, Verdict], ...]
    cut: bool
    hops: dict[tuple[Move, bool | None], Hop]
    """Hops as they are told, each once: many routes share their first ones."""
    routes: list[Route]
    """Its routes as they are told, once somebody has asked for them."""


class Reading:
    """A matter read against a catalog on a day; gives the routes of each of its touchpoints.

    `before`: an earlier reading. A touchpoint of which nothing has changed that its routes read is not walked again.
    """

    def __init__(self, matter: Matter, catalog: Catalog, today: date, before: Reading | None = None) -> None:
        self.matter = matter = known_part(matter, catalog)
        self.index: Index = index_of(catalog)
        self.today = today
        known = [edge for touchpoint in matter.touchpoints for edge in self.index.known.edges(touchpoint)]
        self.timeline = Timeline((*self.index.edges, *_matter_edges(matter, catalog, today), *known), today.toordinal())
        self.clients = ClientFacts(self.index, matter, self.timeline)
        self.touchpoints = tuple(
            sorted(
                (touchpoint for touchpoint in matter.touchpoints if touchpoint.kind in catalog.touchpoints),
                key=lambda touchpoint: touchpoint.id,
            )
        )
        self._settings: dict[Where, Setting] = {}
        self._alike: dict[tuple[World, ...], Setting] = {}
        self._walked: dict[str, Walked] = {}
        self._latest: dict[str, bool | None] = {}
        same_days = before is not None and before.index is self.index and before.timeline.starts == self.timeline.starts
        self._before = before if same_days and before is not None and before.today == today else None
        self._situations: dict[str, tuple[object, ...]] = {}

    @property
    def cut(self) -> bool:
        """Whether a cap cut a walk."""
        return any(walked.cut for walked in self._walked.values())

    def walked(self, touchpoint: Touchpoint) -> Walked:
        """A touchpoint walked and judged, once."""
        found = self._walked.get(touchpoint.id)
        if found is None:
            found = self._as_before(touchpoint) or self._walk(self._scene(touchpoint))
            self._walked[touchpoint.id] = found
        return found

    def forget_before(self) -> None:
        """Let go of the earlier reading: what could be taken from it has been."""
        self._before = None

    def _scene(self, touchpoint: Touchpoint) -> Scene:
        kind = self.index.catalog.touchpoints[touchpoint.kind]
        return Scene(self.index, self.clients, self._setting(touchpoint.where), touchpoint, kind)

    def _setting(self, where: Where) -> Setting:
        found = self._settings.get(where)
        if found is None:
            found = self._settings[where] = self._setting_of(self.index.places.worlds(where))
        return found

    def _setting_of(self, worlds: tuple[World, ...]) -> Setting:
        """One for all places that are the same to the rules: a town that none of them names, and its county."""
        found = self._alike.get(worlds)
        if found is None:
            found = self._alike[worlds] = Setting(self.timeline, worlds)
        return found

    def _as_before(self, touchpoint: Touchpoint) -> Walked | None:
        """The touchpoint as it was walked in the earlier reading, if all that its routes read is the same."""
        before = self._before
        if before is None or touchpoint.id not in before._walked:
            return None
        same = before._situation(touchpoint.id) == self._situation(touchpoint.id)
        return before._walked[touchpoint.id] if same else None

    def _situation(self, touchpoint_id: str) -> tuple[object, ...]:
        """All that the routes of a touchpoint read, the days apart."""
        found = self._situations.get(touchpoint_id)
        if found is None:
            touchpoint = next(each for each in self.touchpoints if each.id == touchpoint_id)
            found = self._situations[touchpoint_id] = (
                touchpoint,
                self._in_custody(touchpoint, self.clients),
                self._stay(touchpoint),
                self._on_supervision(self.clients),
                self.clients.as_told(self.index.client_facts_read(touchpoint.kind)),
            )
        return found

    def _walk(self, scene: Scene) -> Walked:
        judge = self._judge(scene)
        walk = Walk(scene)
        records = tuple(first_records(scene))
        verdicts = tuple([(path, judge.route(path)) for record in records for path in walk.paths(record)])
        return Walked(scene, judge, records, verdicts, walk.cut, {}, [])

    def _judge(self, scene: Scene) -> Judge:
        custody = self._in_custody(scene.touchpoint, scene.clients)
        stay = self._stay(scene.touchpoint) if custody is None else IN_CUSTODY
        return Judge(scene, custody, self._on_supervision(scene.clients), stay)

    def standings_if(self, unknown: Unknown, answer: Answer, lines: Sequence[Line]) -> Iterator[tuple[str, Standing]]:
        """Line and standing of every route of some lines if `unknown` had this answer and all else stayed as it is.

        Only hops that turn on it are judged again; a touchpoint is walked again only if its record turns on it. What
        the answer would tell about the client, hence about other touchpoints, is left out.
        """
        clients = self.clients if unknown.touchpoint else self.clients.answering(unknown.id, answer)
        for touchpoint in self.touchpoints:
            wanted = {line.mechanism: line.id for line in lines if line.touchpoint == touchpoint.id}
            if wanted:
                before = self.walked(touchpoint)
                told = _answered(touchpoint, unknown, answer)
                scene = before.scene.with_answer(unknown.id, told, clients)
                judge = JudgeAgain(
                    before.judge, unknown.id, scene, self._in_custody(told, clients), self._on_supervision(clients)
                )
                yield from self._again(before, unknown, judge, wanted)

    def undetermined(self, walked: Walked, lines: Sequence[Line]) -> Iterator[tuple[str, Path]]:
        """The undetermined routes of some lines, with the line of each."""
        own = walked.scene.touchpoint.id
        wanted = {line.mechanism: line.id for line in lines if line.touchpoint == own}
        for path, verdict in walked.verdicts:
            if verdict.standing == "undetermined" and path.way.chain.mechanism in wanted:
                yield wanted[path.way.chain.mechanism], path

    def _again(
        self, before: Walked, unknown: Unknown, judge: JudgeAgain, wanted: Mapping[str, str]
    ) -> Iterator[tuple[str, Standing]]:
        """Line and standing of the routes of some mechanisms; `wanted`: the line of each."""
        verdicts: Iterable[tuple[Path, Verdict | None]] = before.verdicts
        if any(unknown in _record_unknown(record) for record in before.records):
            walk = Walk(judge.scene)
            verdicts = ((path, None) for record in first_records(judge.scene) for path in walk.paths(record))
        for path, verdict in verdicts:
            line = wanted.get(path.way.chain.mechanism)
            if line is not None:
                same = verdict is not None and unknown not in verdict.unknown
                yield line, verdict.standing if same and verdict else judge.standing(path)

    def _in_custody(self, touchpoint: Touchpoint, clients: ClientFacts) -> bool | None:
        """Whether the stay that this touchpoint began goes on today; None where that cannot be said."""
        if not self.index.catalog.touchpoints[touchpoint.kind].custody:
            return False
        answer = clients.answer("in-custody")
        if answer in ("past", "never"):
            return False
        name = touchpoint.id
        if name not in self._latest:
            self._latest[name] = self._is_latest_stay(touchpoint)
        latest = self._latest[name]
        return False if latest is False else True if latest and answer == "now" else None

    def _stay(self, touchpoint: Touchpoint) -> Unknown:
        """What would tell whether the stay goes on: whether the client is in custody now, then which stay was last."""
        if self.clients.answer("in-custody") == "now":
            for stay in (touchpoint, *self.touchpoints):
                first, last = possible_days(self.index.catalog, stay, self.today.toordinal())
                if self.index.catalog.touchpoints[stay.kind].custody and first != last:
                    return Unknown(kind="date", id="", touchpoint=stay.id)
        return IN_CUSTODY

    def _is_latest_stay(self, touchpoint: Touchpoint) -> bool | None:
        catalog, today = self.index.catalog, self.today.toordinal()
        first, last = possible_days(catalog, touchpoint, today)
        stays = [
            began
            for other in self.touchpoints
            if other.id != touchpoint.id and catalog.touchpoints[other.kind].custody
            if (began := past_and_coming(catalog, other, today)[0])  # a stay to come says nothing of the present one
        ]
        if any(began[0] > last for began in stays):
            return False
        return True if all(began[1] < first for began in stays) else None

    @staticmethod
    def _on_supervision(clients: ClientFacts) -> bool | None:
        answer = clients.answer("on-supervision-now")
        return None if answer is None else answer == "yes"


def _matter_edges(matter: Matter, catalog: Catalog, today: date) -> Iterator[int]:
    """The days on which something in the matter begins or ends, and those from which a later answer speaks."""
    reaches = {question.reaches_back_days for question in catalog.client_questions.values()} - {0}
    answers = {name: answer for name, given in matter.client.items() if (answer := answer_of(given))}
    dates = [touchpoint.when for touchpoint in matter.touchpoints]
    dates += [answer.since for answer in answers.values()]
    for when in map(parse, dates):
        yield from (when.first, when.last, when.last + 1)
        for back in reaches:
            yield from (when.first - back, when.last - back)
    for name in answers.keys() & catalog.client_questions.keys():  # what is told without its day began by today
        if (back := catalog.client_questions[name].reaches_back_days) and not answers[name].since:
            yield today.toordinal() - back


def _answered(touchpoint: Touchpoint, unknown: Unknown, answer: Answer) -> Touchpoint:
    if touchpoint.id != unknown.touchpoint:
        return touchpoint
    if unknown.kind == "practice":
        return replace(touchpoint, practices=touchpoint.practices | {unknown.id: answer})
    if unknown.id == AGENCY:
        return replace(touchpoint, agency=replace(touchpoint.agency, kind=answer.value))
    return replace(touchpoint, facts=touchpoint.facts | {unknown.id: answer})


def _record_unknown(record: FirstRecord) -> frozenset[Unknown]:
    return record.unknown.union(*record.item_unknown.values())
