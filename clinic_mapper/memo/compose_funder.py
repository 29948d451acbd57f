"""The counts as a document: nothing in it but our own words and numbers that may be told."""

from __future__ import annotations

from clinic_mapper.casefile.dates import in_words
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.acronyms import spelled_out
from clinic_mapper.memo.counts import FIRST_BAND, Counts, CountTable
from clinic_mapper.memo.document import Blank, Block, Document, Heading, NoteBox, Paragraph, Runs, Table
from clinic_mapper.memo.generalize import band_of
from clinic_mapper.memo.phrases import plain
from clinic_mapper.memo.words import Words


def compose_funder(counts: Counts, catalog: Catalog, words: Words, today: str) -> Document:
    """The document, with the caveats before the numbers."""
    blocks: list[Block] = [Heading(runs=(plain(words("funder.title")),), level=0)]
    if counts.sample:
        said: Runs = (plain(words("memo.sample_says")),)
        blocks.append(NoteBox(title=(plain(words("memo.sample"), bold=True),), paragraphs=(said,)))
    blocks += [
        Paragraph(runs=(plain(words("funder.dated", date=in_words(today, words.lang))),)),
        Paragraph(runs=(plain(words("funder.here"), bold=True),)),
    ]
    if counts.clients is None:
        blocks.append(Paragraph(runs=(plain(words("funder.too_few", threshold=counts.threshold)),)))
    else:
        blocks.append(Paragraph(runs=(plain(words("funder.small", threshold=counts.threshold)),), style="small"))
        blocks.append(Paragraph(runs=(plain(words("funder.open_means")),), style="small"))
        blocks.append(Paragraph(runs=(plain(f"{words('funder.all')}: "), plain(str(counts.clients))), style="lead"))
        cut = words("funder.withheld") if counts.cut is None else str(counts.cut)
        blocks.append(Paragraph(runs=(plain(words("funder.cut", clients=cut)),), style="small"))
        for table in counts.tables:
            blocks += _table(table, catalog, words)
    dated = words("limits.catalog", version=catalog.version, as_of=in_words(catalog.as_of, words.lang))
    blocks += [Paragraph(runs=(plain(dated),), style="small"), Blank(label=words("funder.prepared"))]
    document = Document(
        title=words("funder.title"),
        lang=words.lang,
        reader="funder",
        running=(plain(words("memo.sample"), bold=True),) if counts.sample else (),
        footer="",
        page_word=words("memo.page"),
        blocks=tuple(blocks),
    )
    return spelled_out(document, words)


def _table(table: CountTable, catalog: Catalog, words: Words) -> list[Block]:
    rows: list[tuple[Runs, ...]] = []
    for row in table.rows:
        said = words("funder.withheld") if row.clients is None else str(row.clients)
        rows.append(((plain(_name(table.key, row.key, catalog, words)),), (plain(said),)))
    return [
        Heading(runs=(plain(words(f"funder.table_{table.key}")),), level=2),
        Table(head=(words("funder.which"), words("funder.clients")), rows=tuple(rows), widths=(0.8, 0.2)),
    ]


def _name(table: str, key: str, catalog: Catalog, words: Words) -> str:
    if table == "open":
        return str(getattr(catalog.mechanisms[key], words.lang))
    if table == "years" and key == "before":
        return words("funder.years_before", year=FIRST_BAND)
    if table == "years" and key.isdigit():
        first, last = band_of(int(key))
        return words("funder.years_band", first=first, last=last)
    names = {"contacts": "contacts", "sectors": "sector", "years": "years", "standing": "standing"}
    return words(f"funder.{names[table]}_{key}")
