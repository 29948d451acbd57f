"""`python -m tests.bench [--only NAME] [--clients N] [--json FILE]`: two things measured in one run, and their ratio.

Milliseconds depend on the machine and are only printed; a ratio above its goal ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from clinic_mapper.__main__ import collect_seldom
from tests.bench.rows import BENCHES, Row


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", metavar="NAME", choices=sorted(BENCHES))
    parser.add_argument("--clients", metavar="N", type=int, default=12, help="how many the questions are tried on")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    collect_seldom()  # as the program does that is measured
    rows: list[Row] = []
    for name, bench in BENCHES.items():
        if options.only in (None, name):
            for row in bench(options.clients) if name == "questions" else bench():
                rows.append(row)
                print(row.in_words, flush=True)
    if options.json:
        options.json.write_text(json.dumps([row.plain for row in rows], indent=2) + "\n", encoding="utf-8")
    missed = [row for row in rows if row.missed]
    for row in missed:
        print(f"Goal missed: {row.in_words}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
