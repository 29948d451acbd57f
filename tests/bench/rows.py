"""What is measured: each bench gives rows of two figures from one run."""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle
from pathlib import Path

from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.agreement_history import known_from
from clinic_mapper.catalog.agreement_workbook import read_workbook
from clinic_mapper.catalog.layers import Layer, stacked
from clinic_mapper.catalog.load import load_catalog, raw_files, shipped_folder
from clinic_mapper.catalog.model import Catalog, CatalogFile
from clinic_mapper.catalog.search import Finder
from clinic_mapper.gazetteer import states
from clinic_mapper.routing import index
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.live import LiveMap
from clinic_mapper.routing.wire import as_json
from clinic_mapper.whole_job import sample_matter
from tests.bench.larger import grown, spread, with_more_flows, with_more_of_all

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Row:
    """`ours` and `reference` in milliseconds or mebibytes; `goal` is the largest ratio allowed, None = only read."""

    name: str
    ours: float
    reference: float
    goal: float | None
    unit: str = "ms"
    read: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.reference if self.reference else 0.0

    @property
    def missed(self) -> bool:
        return self.goal is not None and self.ratio > self.goal

    @property
    def plain(self) -> dict[str, object]:
        ratio = round(self.ratio, 3)
        return {"name": self.name, "ours": self.ours, "reference": self.reference, "ratio": ratio, "goal": self.goal}

    @property
    def in_words(self) -> str:
        goal = f"goal ≤ {self.goal:g}" if self.goal is not None else f"read: {self.read}"
        figures = f"ours {self.ours:9.2f} {self.unit}   reference {self.reference:9.2f} {self.unit}"
        return f"{self.name:44} {figures}   ratio {self.ratio:6.2f}   {goal}"


def median_ms(action: Callable[[], object], runs: int = 15) -> float:
    """The median time of an action in milliseconds, after one run that is not counted."""
    action()
    times = []
    for _ in range(runs):
        gc.collect()
        times.append(_ms(time.perf_counter, action))
    return statistics.median(times)


def in_turn_ms(one: Callable[[], object], other: Callable[[], object], runs: int = 25) -> tuple[float, float]:
    """The median times of two actions done in turn, so that what slows the machine down slows both."""
    times: tuple[list[float], list[float]] = [], []
    for _ in range(runs + 1):
        for action, took in zip((one, other), times, strict=True):
            gc.collect()
            took.append(_ms(time.perf_counter, action))
    return statistics.median(times[0][1:]), statistics.median(times[1][1:])


def least_cpu_ms(action: Callable[[], object], seconds: float = 6.0) -> float:
    """The least processor time of an action: what it costs where nothing else slows the machine down, which on a
    machine that is shared may be so in some of these seconds only."""
    action()
    times, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        gc.collect()
        times.append(_ms(time.thread_time, action))
    return min(times)


def _ms(clock: Callable[[], float], action: Callable[[], object]) -> float:
    """What an action takes until its result is there; that the result is let go of again is not part of it."""
    start = clock()
    made = action()
    took = clock() - start
    del made
    return took * 1000


def kept_mib(make: Callable[[], object]) -> float:
    """The memory of Python that a made thing keeps."""
    gc.collect()
    tracemalloc.start()
    try:
        made = make()
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
        del made
    finally:
        tracemalloc.stop()
    return kept / 2**20


def bench_map() -> Iterator[Row]:
    """Mapping grows with the touchpoints, no faster; one answer walks little of it again; what a map keeps is small.

    A map is cold here when nothing of the matter was kept; it is made as the window makes it, which keeps what the map
    came from. The catalog is loaded and what a map reads of it is ready: so it is for every matter that is opened but
    the first of a process, which has a row of its own.
    """
    catalog, matter = load_catalog(), sample_matter()
    few, many = grown(matter, 12), grown(matter, 40)

    def cold(given: Matter) -> Callable[[], object]:
        return lambda: _read_live(given, catalog)

    of_many, of_few = in_turn_ms(cold(many), cold(few))
    yield Row("map: 40 touchpoints / 12", of_many, of_few, 4.5)
    yield Row("map: 12 touchpoints, least CPU / median", least_cpu_ms(cold(few)), of_few, None, read="aim 10 ms")
    yield Row("map: 40 touchpoints, least CPU / median", least_cpu_ms(cold(many)), of_many, None, read="aim 30 ms")
    exposure = map_exposure(few, catalog, TODAY, ask=False)
    written = in_turn_ms(cold(few), lambda: as_json(exposure))
    yield Row("map: 12 touchpoints / its JSON", *written, None, read="what a map costs beside writing it")
    runs = [_first_and_next() for _ in range(5)]
    first, following = (statistics.median(each[number] for each in runs) for number in (0, 1))
    yield Row("map: first of a process / next", first, following, None, read="the catalog is made ready with it")
    yield Row("map: one answer / whole map", *in_turn_ms(_answered(few, catalog), cold(few)), 0.4)
    yield Row("map: memory of 40 / allowed", kept_mib(lambda: _read_live(many, catalog)), 30.0, 1.0, "MiB")


FIRST_MAP = """
import statistics, time
from clinic_mapper.__main__ import collect_seldom
from tests.bench.rows import TODAY, grown, load_catalog, map_exposure, sample_matter
collect_seldom()
catalog, matter = load_catalog(), grown(sample_matter(), 12)
times = []
for _ in range(16):
    start = time.perf_counter()
    map_exposure(matter, catalog, TODAY, ask=False)
    times.append((time.perf_counter() - start) * 1000)
print(times[0], statistics.median(times[1:]))
"""


def _first_and_next() -> tuple[float, float]:
    """The first map of a process, the catalog loaded, and those after it."""
    done = subprocess.run([sys.executable, "-c", FIRST_MAP], capture_output=True, text=True, check=True)
    first, following = done.stdout.split()
    return float(first), float(following)


def _read_live(matter: Matter, catalog: Catalog) -> tuple[object, object]:
    live = LiveMap()
    return live, live.map(matter, catalog, TODAY, ask=False)


def _answered(matter: Matter, catalog: Catalog) -> Callable[[], object]:
    """One question of one touchpoint answered yes and no by turns, in a live map."""
    live, (first, *rest), values = LiveMap(), matter.touchpoints, cycle(("yes", "no"))
    (question, *_) = (each for each in catalog.touchpoints[first.kind].questions if not each.choices)

    def answer() -> object:
        told = replace(first, facts={**first.facts, question.id: next(values)})
        return live.map(replace(matter, touchpoints=(told, *rest)), catalog, TODAY, ask=False)

    return answer


def bench_ask() -> Iterator[Row]:
    """What the question to ask next adds to a map."""
    catalog, matter = load_catalog(), sample_matter()
    asked = median_ms(lambda: map_exposure(matter, catalog, TODAY))
    plain = median_ms(lambda: map_exposure(matter, catalog, TODAY, ask=False))
    yield Row("map with ask next / without", asked, plain, None, read="time of one answer in the window")


QUESTION_GOALS = {
    "to half / form": 0.4,
    "to half / form, client by client": 0.4,
    "to all / form": 1.0,
    "to all / form, worst client": 1.0,
}


def bench_questions(clients: int = 12) -> Iterator[Row]:
    """Questions until half of a client's lines are settled, and until all are: in our order and in a plain one."""
    from tests.bench.fewer_questions import compared, figures

    catalog = load_catalog()
    found = figures([compared(catalog, number) for number in range(clients)])
    for name, (ours, reference) in found.items():
        yield Row(f"questions {name}", ours, reference, QUESTION_GOALS.get(name), "", f"{clients} clients")


def bench_size() -> Iterator[Row]:
    """A larger catalog costs index and map little more than its share: three times the flows, ten times all."""
    catalog, matter = load_catalog(), sample_matter()

    def fresh(matter: Matter, given: Catalog) -> Callable[[], object]:
        def run() -> None:
            index._built.clear()
            map_exposure(matter, given, TODAY, ask=False)

        return run

    plain = fresh(matter, catalog)
    yield Row("index and map: flows x 3 / x 1", *in_turn_ms(fresh(matter, with_more_flows(catalog, 3)), plain, 9), 4.0)
    for times, goal in ((3, 4.0), (10, 14.0)):
        larger = fresh(spread(matter, times), with_more_of_all(catalog, times))
        yield Row(f"index and map: all x {times} / x 1", *in_turn_ms(larger, plain, 9), goal)


def bench_catalog() -> Iterator[Row]:
    """The catalog read, typed, checked and indexed, against parsing the same files as plain JSON; and its memory."""

    def ours() -> object:
        return index.Index(load_catalog())

    def plain() -> object:
        return [json.loads(data) for _, data in raw_files(shipped_folder())]

    yield Row("catalog: typed, indexed / plain", *in_turn_ms(ours, plain), 2.0)
    ours()  # what Python keeps for itself after the first time is not the catalog's
    yield Row("catalog: memory / allowed", kept_mib(ours), 15.0, 1.0, "MiB")


TYPED = (
    *("8 usc 1373", "secure communities", "plate reader", "flock", "dmv new york", "ident", "287(g)", "lexis"),
    *("santa clara", "driver licen", "sheriff tells ice", "huellas"),
)


def bench_search() -> Iterator[Row]:
    """A row found, key by key: of a dozen texts typed letter by letter."""
    finder, times = Finder(load_catalog()), []
    for _ in range(10):
        for typed in TYPED:
            for length in range(1, len(typed) + 1):
                start = time.perf_counter()
                finder.find(typed[:length])
                times.append((time.perf_counter() - start) * 1000)
    times.sort()
    p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
    yield Row("search: a key, p95 / p50", p95, p50, None, read="p95 ≤ 16 ms")


def bench_import() -> Iterator[Row]:
    """A list of 905 agencies read from its workbook, against openpyxl alone; then laid over the catalog, and a map."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "participatingAgencies07182025.xlsx")
        _write_workbook(path)

        def cells() -> object:
            book = load_workbook(path, read_only=True, data_only=True)
            return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]

        yield Row("import: 905 rows / openpyxl", *in_turn_ms(lambda: read_workbook(path, "2025-07-18"), cells, 5), 2.0)
        known = known_from([read_workbook(path, "2025-07-18").list])
    shipped, matter = load_catalog(), sample_matter()
    layer = Layer("lists", "list", "A list", CatalogFile(known_practices=known))
    laid = stacked(shipped, [layer]).catalog

    def first_map() -> object:
        index._built.clear()
        return map_exposure(matter, laid, TODAY)

    yield Row("list layer: laid / catalog loaded", *in_turn_ms(lambda: stacked(shipped, [layer]), load_catalog), 0.5)
    next_map = in_turn_ms(first_map, lambda: map_exposure(matter, laid, TODAY), 9)
    yield Row("list layer: first map / next map", *next_map, None, read="what is made ready once")


def _write_workbook(path: Path) -> None:
    """A list as ICE publishes it: three models, each state, a row for each agency."""
    book = Workbook()
    book.active.append(("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA"))
    places = [(state, county) for state in states().values() for county in state.counties]
    models = ("Jail Enforcement Model", "Warrant Service Officer", "Task Force Model")
    for number, (state, county) in enumerate(places[:: len(places) // 905][:905]):
        agency, model = f"{county} Sheriff's Office", models[number % 3]
        book.active.append((state.name.upper(), agency, "County", county, model, datetime(2025, 2, 26), "link"))
    book.save(path)


def bench_memo() -> Iterator[Row]:
    """A memo made, proved and seen: see `memo_rows`."""
    from tests.bench.memo_rows import memo_rows

    yield from memo_rows()


EMPTY_WINDOW = """
import sys, time, resource
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtCore import QTimer
app = QApplication(sys.argv)
class Empty(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, app.quit)
window = Empty(); window.resize(1024, 544); window.show()
app.exec()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

LOCK_SCREEN = """
import resource
import sys
from pathlib import Path
from clinic_mapper.__main__ import collect_seldom
collect_seldom()
from clinic_mapper.ui import start
app = start.application(["clinic-mapper"])
from clinic_mapper.ui.settings import VAULT_FOLDER, Settings
settings = Settings(Path(sys.argv[1]) / "settings.ini")
settings.put(VAULT_FOLDER, sys.argv[1])
window = start._window(settings)
window.painted.connect(app.quit)
window.show()
app.exec()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def bench_start() -> Iterator[Row]:
    """The lock screen painted, against an empty window of PySide6: whole processes in turn, time and memory."""
    ours, empty = [], []
    for _ in range(7):
        ours.append(_process(LOCK_SCREEN))
        empty.append(_process(EMPTY_WINDOW))
    for number, (what, unit) in enumerate((("time", "ms"), ("memory", "MiB"))):
        mine = statistics.median(figures[number] for figures in ours[1:])
        other = statistics.median(figures[number] for figures in empty[1:])
        yield Row(f"lock screen: {what} / empty window", mine, other, 1.5, unit)


def _process(code: str) -> tuple[float, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a program that is used finds its bytecode from the last time
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        command = [sys.executable, "-c", code, folder]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return (time.perf_counter() - start) * 1000, float(done.stdout.split()[-1])


BENCHES: dict[str, Callable[..., Iterator[Row]]] = {
    "catalog": bench_catalog,
    "search": bench_search,
    "import": bench_import,
    "map": bench_map,
    "ask": bench_ask,
    "questions": bench_questions,
    "size": bench_size,
    "memo": bench_memo,
    "start": bench_start,
}
