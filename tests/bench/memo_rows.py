"""The memo's bench: made and proved, against the drawing library alone laying out the same text; preview; memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from msgspec.structs import replace
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from clinic_mapper.casefile.model import Matter
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.compose import compose
from clinic_mapper.memo.document import with_runs
from clinic_mapper.memo.export import for_export, make_memo
from clinic_mapper.memo.fonts import REGULAR, drawable, letters
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.routing.engine import map_exposure
from clinic_mapper.routing.model import ExposureMap
from clinic_mapper.ui.export_preview import _drawn
from clinic_mapper.ui.export_work import CHOICES, make_and_prove
from clinic_mapper.whole_job import sample_matter
from tests.bench.larger import long_matter
from tests.bench.rows import TODAY, Row, in_turn_ms

_FORTY_PAGES = """
from pathlib import Path
from tests.bench.memo_rows import long_case
from clinic_mapper.memo.export import make_memo
def size(name):
    return int(Path("/proc/self/status").read_text().split(name + ":")[1].split()[0]) / 1024
given = long_case()
Path("/proc/self/clear_refs").write_text("5")  # the largest size so far is forgotten
idle = size("VmRSS")
make_memo(*given, "supervisor", "en", "memo.pdf")
print(size("VmHWM") - idle)
"""
LONG = 48
_ALLOWED_MIB = 80.0
Case = tuple[Matter, Catalog, ExposureMap]


def memo_rows() -> Iterator[Row]:
    """Four pages and forty; what the window does after a change; how much memory forty pages take."""
    four, forty = _case(_of_four_pages()), long_case()
    for case, goal in ((four, 3.0), (forty, 3.0)):
        pages = len(page_texts(_made(case)))
        proved = in_turn_ms(lambda case=case: _made(case), lambda case=case: _bare(_texts(case)), 7)  # type: ignore[misc]
        yield Row(f"memo: {pages} pages, proved / bare drawing", *proved, goal)
    preview = in_turn_ms(lambda: _seen(four), lambda: _made(four), 7)
    yield Row("memo: a change until its page is seen / proved", *preview, None, read="≤ 300 ms")
    if sys.platform == "linux":
        yield Row("memo: 40 pages, peak above idle / allowed", _peak_mib(), _ALLOWED_MIB, 1.0, "MiB")


def long_case() -> Case:
    """A matter whose memo has about forty pages."""
    return _case(long_matter(load_catalog(), LONG))


def _of_four_pages() -> Matter:
    matter = sample_matter()
    return replace(matter, touchpoints=matter.touchpoints[:1])


def _case(matter: Matter) -> Case:
    catalog, told = load_catalog(), for_export(matter)
    return told, catalog, map_exposure(told, catalog, TODAY)


def _made(case: Case) -> bytes:
    return make_memo(*case, "supervisor", "en", "memo.pdf").pdf


def _texts(case: Case) -> list[str]:
    """Every text of the memo, a paragraph each."""
    said: list[str] = []
    for block in compose(*case, "supervisor", "en").blocks:
        with_runs(block, lambda runs: said.append(drawable("".join(run.text for run in runs))) or runs)  # type: ignore[func-returns-value]
    return said


def _bare(texts: list[str]) -> bytes:
    """The drawing library's own paragraphs of the same letters: no tags, nothing withheld, nothing read again."""
    letters()
    style, out = ParagraphStyle("plain", fontName=REGULAR, fontSize=7.8, leading=10.1), BytesIO()
    SimpleDocTemplate(out, pagesize=letter).build([Paragraph(escape(text), style) for text in texts])
    return out.getvalue()


def _seen(case: Case) -> object:
    """What follows a change in the window: mapped, made, proved, and a page drawn as a picture."""
    memo = make_and_prove(case[0], case[1], TODAY, CHOICES[0])
    document = pypdfium2.PdfDocument(memo.pdf)
    try:
        return _drawn(document[0], 96 / 72)
    finally:
        document.close()


def _peak_mib() -> float:
    """In a process of its own: what making forty pages takes more than having the matter open."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _FORTY_PAGES]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)
