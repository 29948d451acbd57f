"""The command line: the same rooms without a window. Exit codes: 0 done, 1 refused in a sentence, 2 usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_mapper import __version__
from clinic_mapper.memo.plain_text import printable
from clinic_mapper.problem import Problem

DONE, REFUSED, USAGE = 0, 1, 2
READERS = ("supervisor", "file", "cocounsel", "court", "request", "client", "funder")
LETTERS = ("fbi-identity-history", "jail-file", "obim-foia", "state-rap-sheet", "uscis-foia")
"""Both are named here, so that a mistyped one is told before anything is loaded."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; with none, open the window. Problems end as one or two sentences on standard error."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if not given:
        from clinic_mapper.ui.start import run_window

        return run_window(sys.argv[:1])
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except Problem as problem:
        return _refused(problem.sentence)
    except BrokenPipeError:
        _say_no_more()
        return DONE  # whoever read our output has seen enough
    except OSError as error:  # what touches people's files makes Problems of these: this was our own printing
        _say_no_more()
        return _refused(f"What the command had to say could not be written: {error.strerror}.")


def _run(given: Sequence[str]) -> int:
    try:
        options = _parser().parse_args(given)
    except SystemExit as stop:
        return int(stop.code or DONE)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def _refused(sentence: str) -> int:
    """A sentence can quote a file: what would steer a terminal stays out."""
    try:
        print(printable(sentence), file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    return REFUSED


def _say_no_more() -> None:
    """What still waits to be printed goes nowhere, so that the interpreter does not stumble over it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clinic-mapper", description="The likely routes by which records reach ICE.")
    parser.add_argument("--version", action="version", version=f"Clinic Mapper {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_demo(commands)
    _add_map(commands)
    _add_memo(commands)
    _add_picture(commands)
    _add_letter(commands)
    _add_catalog(commands)
    check = commands.add_parser(
        "self-test", help="do the whole main job once in a temporary folder and say what worked"
    )
    check.set_defaults(command=_self_test)
    return parser


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def _add_demo(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="the sample matter: case file, map, picture and memos as files")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD")
    demo.set_defaults(command=_demo)


def _add_map(commands: Commands) -> None:
    map_ = commands.add_parser("map", help="the exposure map of a case file")
    map_.add_argument("case", type=Path, metavar="CASE.json")
    map_.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD")
    map_.add_argument("--lang", choices=("en", "es"), default="en")
    instead = map_.add_mutually_exclusive_group()
    instead.add_argument("--json", action="store_true", help="for other programs")
    instead.add_argument("--explain", default="", metavar="ID", help="why a line or a route stands as it does")
    instead.add_argument(
        "--what-if",
        action="append",
        default=[],
        metavar="CHANGE",
        help="what would differ: t1.printed=no, client.dhs-prints=yes, practice.t1.287g-jail=no, without=ROW; again",
    )
    instead.add_argument("--by-data", action="store_true", help="which lines could give ICE which kind of data")
    map_.set_defaults(command=_map)


def _add_memo(commands: Commands) -> None:
    memo = commands.add_parser("memo", help="a memo for one reader, proved clean before it is saved")
    memo.add_argument("case", type=Path, nargs="+", metavar="CASE.json", help="several for the funder's counts alone")
    memo.add_argument("--reader", required=True, choices=READERS, metavar="READER", help=", ".join(READERS))
    forms = "or FILE.txt for its text alone, FILE.csv for the counts as a table"
    memo.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help=forms)
    memo.add_argument("--line", action="append", default=[], metavar="ID", help="for a court: a line it sees")
    memo.add_argument("--contact", action="append", default=[], metavar="ID", help="for a request: what it is about")
    memo.add_argument("--lang", choices=("en", "es"), default="en")
    memo.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD")
    memo.set_defaults(command=_memo)


def _add_picture(commands: Commands) -> None:
    picture = commands.add_parser("picture", help="the map as a picture, proved clean before it is saved")
    picture.add_argument("case", type=Path, metavar="CASE.json")
    picture.add_argument("--out", type=Path, required=True, metavar="FILE.svg|FILE.png")
    readers = "supervisor, unless said otherwise; file, cocounsel, court"
    picture.add_argument("--reader", choices=READERS, default="supervisor", metavar="READER", help=readers)
    picture.add_argument("--line", action="append", default=[], metavar="ID", help="a line to be drawn, else all")
    picture.add_argument("--lang", choices=("en", "es"), default="en")
    picture.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD")
    picture.set_defaults(command=_picture)


def _add_letter(commands: Commands) -> None:
    letter = commands.add_parser("letter", help="a letter that asks for records; says first what it discloses to whom")
    letter.add_argument("case", type=Path, metavar="CASE.json")
    which = letter.add_mutually_exclusive_group(required=True)
    which.add_argument("--letter", default="", choices=("", *LETTERS), metavar="ID", help=", ".join(LETTERS))
    which.add_argument("--template", type=Path, default=None, metavar="FILE.json", help="one of your own")
    letter.add_argument("--contact", default="", metavar="ID", help="the contact that it is about")
    letter.add_argument("--with", dest="fields", action="append", default=[], metavar="FIELD", help="a field to add")
    letter.add_argument("--confirmed", action="store_true", help="what it discloses was read and is meant")
    letter.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help="or FILE.txt for its text alone")
    letter.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD")
    letter.set_defaults(command=_letter)


def _add_catalog(commands: Commands) -> None:
    catalog = commands.add_parser("catalog", help="check, list, show or compare the catalog")
    actions = catalog.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="every problem, by file, row and key")
    check.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    check.set_defaults(command=_catalog_check)
    list_ = actions.add_parser("list", help="all rows, by kind and id")
    list_.add_argument("--json", action="store_true")
    list_.set_defaults(command=_catalog_list)
    show = actions.add_parser("show", help="one row with its cites")
    show.add_argument("id", metavar="ID")
    show.set_defaults(command=_catalog_show)
    diff = actions.add_parser("diff", help="what differs between two catalogs, and what that does to sample matters")
    diff.add_argument("old", type=Path, metavar="OLD")
    diff.add_argument("new", type=Path, nargs="?", metavar="NEW", help="the shipped catalog unless said otherwise")
    diff.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD", help="else the new catalog's own day")
    diff.set_defaults(command=_catalog_diff)
    search = actions.add_parser("search", help="rows that hold every word")
    search.add_argument("words", nargs="+", metavar="WORD")
    search.set_defaults(command=_catalog_search)
    page = actions.add_parser("page", help="one row as a page: what leads to it, what limits it, what can be done")
    page.add_argument("id", metavar="ID")
    page.set_defaults(command=_catalog_page)
    list_ = actions.add_parser("agreements", help="read ICE's workbook of 287(g) agencies; nothing is kept")
    list_.add_argument("workbook", type=Path, metavar="FILE.xlsx")
    list_.add_argument("--as-of", type=_day, default=None, metavar="YYYY-MM-DD", help="else from the file's name")
    list_.add_argument("--against", type=Path, default=None, metavar="EARLIER.xlsx", help="say what began and ended")
    list_.set_defaults(command=_catalog_agreements)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day such as 2026-01-31") from error


def _today(options: argparse.Namespace) -> date:
    given: date | None = options.today
    return given or date.today()


def _demo(options: argparse.Namespace) -> int:
    from clinic_mapper.whole_job import write_demo

    for path in write_demo(options.out, _today(options)):
        print(path)
    return DONE


def _map(options: argparse.Namespace) -> int:
    from clinic_mapper.catalog.load import load_catalog
    from clinic_mapper.map_questions import by_data, explained, otherwise
    from clinic_mapper.memo.map_text import map_in_words
    from clinic_mapper.routing.engine import map_exposure
    from clinic_mapper.routing.wire import as_json
    from clinic_mapper.whole_job import read_case

    matter, catalog = read_case(options.case), load_catalog()
    asked = matter, catalog, _today(options)
    if options.explain:
        sys.stdout.write(explained(*asked, options.explain, options.lang))
    elif options.what_if:
        sys.stdout.write(otherwise(*asked, options.what_if, options.lang))
    elif options.by_data:
        sys.stdout.write(by_data(*asked, options.lang))
    elif options.json:
        sys.stdout.write(as_json(map_exposure(*asked)).decode())
    else:
        sys.stdout.write(map_in_words(matter, catalog, map_exposure(*asked), options.lang))
    return DONE


def _memo(options: argparse.Namespace) -> int:
    from clinic_mapper.memo.readers import load_profile
    from clinic_mapper.whole_job import read_case, write_counts, write_memo

    today, lang = _today(options), options.lang
    for caveat in load_profile(options.reader).caveats[lang]:
        print(printable(caveat), file=sys.stderr)
    matters = [read_case(path) for path in options.case]
    if options.reader == "funder":
        warnings = write_counts(matters, lang, options.out, today)
    elif len(matters) > 1:
        raise Problem("one-matter", "This reader's file is about one matter.", "Nothing was written.", "Name one case.")
    else:
        warnings = write_memo(matters[0], options.reader, lang, options.out, today, options.line, options.contact)
    for warning in warnings:
        print(printable(warning), file=sys.stderr)
    print(options.out)
    return DONE


def _picture(options: argparse.Namespace) -> int:
    from clinic_mapper.whole_job import read_case, write_picture

    matter = read_case(options.case)
    write_picture(matter, options.reader, options.lang, options.out, _today(options), options.line)
    print(options.out)
    return DONE


def _letter(options: argparse.Namespace) -> int:
    from clinic_mapper.memo.letter_templates import Offered, letter_named, read_letter
    from clinic_mapper.whole_job import letter_discloses, letter_due, read_case, write_letter

    matter = read_case(options.case)
    own = options.template is not None
    letter = Offered(read_letter(options.template) if own else letter_named(options.letter), own)
    chosen = letter, options.contact, options.fields
    for sentence in letter_discloses(matter, *chosen):
        print(printable(sentence), file=sys.stderr)
    if not options.confirmed:
        what = "This letter discloses what is said above."
        raise Problem("not-confirmed", what, "Nothing was written.", "Add --confirmed when that is meant.")
    for warning in write_letter(matter, *chosen, options.out, _today(options)):
        print(printable(warning), file=sys.stderr)
    print(letter_due(matter, letter, options.contact, _today(options)), file=sys.stderr)
    print(options.out)
    return DONE


def _catalog_check(options: argparse.Namespace) -> int:
    from clinic_mapper.catalog.check import check_catalog
    from clinic_mapper.catalog.load import shipped_folder

    folder = options.folder or shipped_folder()
    wrong = [found.sentence for found in check_catalog(folder)] or _missed_examples(folder)
    for sentence in wrong:
        print(printable(sentence))
    print(f"{len(wrong)} problems." if wrong else "The catalog is in order.")
    return REFUSED if wrong else DONE


def _missed_examples(folder: Path) -> list[str]:
    """What the examples of a catalog that is otherwise in order do not give."""
    from clinic_mapper.catalog.decode import KINDS
    from clinic_mapper.catalog.load import load_catalog
    from clinic_mapper.routing.examples import missed_examples

    return [f'{KINDS[miss.kind]} "{miss.row}": {miss.sentence}' for miss in missed_examples(load_catalog(folder))]


def _catalog_list(options: argparse.Namespace) -> int:
    from clinic_mapper.catalog.browse import listed, listed_json
    from clinic_mapper.catalog.load import load_catalog

    catalog = load_catalog()
    sys.stdout.write(listed_json(catalog) if options.json else listed(catalog))
    return DONE


def _catalog_show(options: argparse.Namespace) -> int:
    from clinic_mapper.catalog.browse import shown
    from clinic_mapper.catalog.load import load_catalog

    sys.stdout.write(shown(load_catalog(), options.id, date.today().isoformat()))
    return DONE


def _catalog_diff(options: argparse.Namespace) -> int:
    from clinic_mapper.catalog_difference import difference_of_catalogs

    sys.stdout.write(difference_of_catalogs(options.old, options.new, options.today))
    return DONE


def _catalog_search(options: argparse.Namespace) -> int:
    from clinic_mapper.catalog.load import load_catalog
    from clinic_mapper.catalog.search import KINDS, Finder

    found = Finder(load_catalog()).find(" ".join(options.words))
    for entry in found:
        print(printable(f"{KINDS[entry.kind]}: {entry.title} [{entry.id}]"))
    print(f"{len(found)} rows.")
    return DONE


def _catalog_page(options: argparse.Namespace) -> int:
    from clinic_mapper.catalog.browse import kind_of
    from clinic_mapper.catalog.load import load_catalog
    from clinic_mapper.catalog.row_page import as_text, page_of

    catalog = load_catalog()
    page = page_of(catalog, kind_of(catalog, options.id), options.id, date.today().isoformat())
    sys.stdout.write(as_text(page))
    return DONE


def _catalog_agreements(options: argparse.Namespace) -> int:
    from clinic_mapper.catalog.agreement_report import report

    for line in report(options.workbook, options.as_of, options.against):
        print(printable(line))
    return DONE


def _self_test(_: argparse.Namespace) -> int:
    from clinic_mapper.self_test import run_self_test

    return DONE if run_self_test(sys.stdout) else REFUSED
