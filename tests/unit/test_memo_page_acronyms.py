"""Whoever holds one page of a memo can read it: each acronym is in full where that page first uses it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clinic_mapper.casefile.model import Identifier
from clinic_mapper.memo.acronyms import Speller, acronyms_in, full_forms
from clinic_mapper.memo.document import Document, Drawing, Heading, Paragraph, Run, Table, runs_of, text_of
from clinic_mapper.memo.draw import draw
from clinic_mapper.memo.export import LeakFound, make_memo
from clinic_mapper.memo.page_acronyms import Explained, Stretch, first_uses
from clinic_mapper.memo.pdf_surfaces import page_texts
from clinic_mapper.memo.picture_key import fitted_with_key, key_of
from clinic_mapper.memo.words import load_words
from tests.every_document import Name, case, catalog, document_of, names, pdf_of

DHS = "DHS (Department of Homeland Security)"
MEMOS = [name for name in names() if not name.reader.startswith("letter-")]


def of_paragraphs(*texts: str) -> Document:
    blocks = tuple(Paragraph(runs=(Run(text=text),)) for text in texts)
    return Document(title="t", lang="en", reader="x", running=(), footer="", page_word="", blocks=blocks)


def pages(document: Document) -> list[str]:
    return [" ".join(text.split()) for text in page_texts(draw(document).pdf)]


def test_a_further_page_spells_out_once_what_it_uses():
    first, *further = pages(of_paragraphs(DHS, *("DHS asks the jail about somebody." for _ in range(200))))
    assert first.count(DHS) == 1 and "DHS asks" in first and further
    for page in further:
        assert page.startswith(f"{DHS} asks the jail") and page.count("Department of Homeland Security") == 1


LAW_SPELLED_OUT = {
    "Tax (IRS to ICE)": "Tax (IRS (Internal Revenue Service) to ICE (U.S. Immigration and Customs Enforcement))",
    "Gonzalez v. ICE, 975 F.3d 788": "Gonzalez v. ICE, 975 F.3d 788",
    "ICE v. Gomez; ICE asks": "ICE v. Gomez; ICE (U.S. Immigration and Customs Enforcement) asks",
    "an Article III judge, the index (III)": "an Article III judge, the index (III, Interstate Identification Index)",
}


@pytest.mark.parametrize("law", LAW_SPELLED_OUT)
def test_names_of_cases_and_numbers_of_articles_stay_as_lawyers_write_them(law):
    """In composition, and on a further page that uses what an earlier one explained."""
    assert Speller(load_words("en")).text(law) == LAW_SPELLED_OUT[law]
    plain = Explained(0, (Run(text=law),), "en", frozenset())
    spelled = first_uses([[Stretch(plain, 0, len(law.split()))]])
    (run,) = Explained(0, (Run(text=law),), "en", frozenset(use for _, use in spelled)).runs
    assert run.text == LAW_SPELLED_OUT[law]


def test_a_text_that_runs_on_spells_it_out_on_its_second_page():
    text = f"{DHS}. " + "DHS asks the jail about somebody who is there. " * 250
    _, second, *_ = pages(of_paragraphs(text))
    assert second.count("Department of Homeland Security") == 1
    assert second.index("DHS (Department") == second.index("DHS")


def test_what_somebody_typed_stays_as_it_is():
    typed = Paragraph(runs=(Run(text="DHS asked.", tag="note"),))
    document = replace(of_paragraphs(DHS, *("Nothing more." for _ in range(100))), lang="en")
    *_, last = pages(replace(document, blocks=(*document.blocks, typed)))
    assert "DHS asked." in last and "Homeland" not in last


def test_english_in_a_spanish_page_is_spelled_out_in_english_and_once():
    law = Paragraph(runs=(Run(text="Nothing is told to DHS.", tag="law", lang="en"),))
    ours = Paragraph(runs=(Run(text="DHS pregunta."),))
    spanish = replace(of_paragraphs(), lang="es")
    (page,) = pages(replace(spanish, blocks=(law, ours)))
    assert "told to DHS (Department of Homeland Security). DHS pregunta." in page
    (page,) = pages(replace(spanish, blocks=(ours, law)))
    assert "DHS (Departamento de Seguridad Nacional) pregunta. Nothing is told to DHS." in page


@pytest.mark.parametrize("name", MEMOS, ids="-".join)
def test_every_page_of_every_memo_explains_its_acronyms(name):
    """Read from the finished file: what is left on a page without its titles and what is not ours to change."""
    document = document_of(name)
    foreign = sorted(not_ours(document), key=len, reverse=True)
    for number, text in enumerate(page_texts(pdf_of(name)), 1):
        page = " ".join(text.split())
        told, ours = page.casefold(), page
        for each in foreign:
            ours = ours.replace(each, " · ")
        for short, _, _ in acronyms_in(Run(text=ours), "en"):
            assert any(full.casefold() in told for full in full_forms(short)), (number, short)


def not_ours(document: Document) -> set[str]:
    """Titles, and texts in which nothing is spelled out, that hold an acronym."""
    texts = {"".join(run.text for run in block.runs) for block in document.blocks if isinstance(block, Heading)}
    texts |= {"".join(run.text for run in block.title) for block in document.blocks if isinstance(block, Drawing)}
    texts |= {word for block in document.blocks if isinstance(block, Table) for word in block.head}
    texts |= {run.text for run in runs_of(document) if not any(acronyms_in(run, document.lang))}
    collapsed = {" ".join(text.split()) for text in texts}
    return {text for text in collapsed if any(acronyms_in(Run(text=text), "en"))}


words = st.sampled_from(["DHS", "FBI", "ICE", "asks", "the", "jail"])
texts = st.lists(st.lists(words, min_size=1, max_size=12), min_size=1, max_size=6)


@given(
    told=texts, ends=st.sets(st.integers(0, 80)), more=st.frozensets(st.tuples(st.integers(0, 5), st.integers(0, 5)))
)
def test_of_the_words_between_two_page_ends_exactly_the_first_uses_are_spelled_out(told, ends, more):
    """However texts are cut into pages, and whatever was spelled out before."""
    plain = [(number, word) for number, text in enumerate(told) for word in text]
    cuts = [0, *sorted(end for end in ends if 0 < end < len(plain)), len(plain)]
    expected, grown = set(), Grown(told, more)
    for first, last in pairwise(cuts):
        seen = set()
        for place in range(first, last):
            number, word = plain[place]
            if word.isupper() and word not in seen:
                seen.add(word)
                use = sum(other.isupper() for _, other in plain[sum(map(len, told[:number])) : place])
                expected.add((number, use))
    drawn = [list(grown.between(first, last)) for first, last in pairwise(cuts)]
    assert first_uses(drawn) == expected


class Grown:
    """Texts with some acronyms in full, cut between words as they were before."""

    def __init__(self, told, more):
        self.told = told
        self.texts = []
        for number, text in enumerate(told):
            uses = sum(word.isupper() for word in text)
            in_full = frozenset(use for of, use in more if of == number and use < uses)
            runs = tuple(Run(text=f"{word} ") for word in text)
            self.texts.append(Explained(number, runs, "en", in_full))

    def between(self, first, last):
        start = 0
        for text, told in zip(self.texts, self.told, strict=True):
            begin, end = max(first, start) - start, min(last, start + len(told)) - start
            if begin < end:
                yield Stretch(text, self.drawn(text, told, begin), self.drawn(text, told, end))
            start += len(told)

    def drawn(self, text, told, word):
        """The same place in the words as they are drawn."""
        before = sum(each.isupper() for each in told[:word])
        return word + sum(len(text.uses[use].full.split()) for use in text.in_full if use < before)


def test_what_is_drawn_says_each_full_form_behind_its_acronym():
    runs = (Run(text="told to DHS, or ("), Run(text="FBI", bold=True), Run(text=") and DHS"))
    drawn = Explained(0, runs, "en", frozenset({0, 1}))
    assert "".join(run.text for run in drawn.runs) == (
        "told to DHS (Department of Homeland Security), or (FBI (Federal Bureau of Investigation)) and DHS"
    )
    assert list(drawn.added()) == ["Department of Homeland Security", "Federal Bureau of Investigation"]


def test_words_that_pages_add_are_the_memos_own_and_no_leak_of_somebody_of_that_name():
    """A client named Homeland: the memo says “Department of Homeland Security” as often as its pages need it."""
    matter, exposure = case("sample-matter")
    told = replace(matter, identifiers=(Identifier(kind="name", value="Rosa Homeland"),))
    memo = make_memo(told, catalog(), exposure, "cocounsel")
    assert text_of(document_of(Name("sample-matter", "cocounsel", "en"))).count("Homeland") < len(
        re.findall("Homeland", "".join(page_texts(memo.pdf)))
    )
    noted = replace(told, note="Ms. Homeland called.")
    with pytest.raises(LeakFound):
        make_memo(noted, catalog(), exposure, "supervisor")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_key_under_a_picture_says_what_every_acronym_in_it_means(lang):
    for sample in ("sample-matter", "twelve-touchpoints"):
        for block in document_of(Name(sample, "supervisor", lang)).blocks:
            if isinstance(block, Drawing):
                said = "".join(run.text for run in block.key)
                for box in block.picture.boxes:
                    for name, full, _ in acronyms_in(Run(text=" ".join(box.text)), lang):
                        assert f"{name}: {full}" in said


def test_a_picture_that_only_just_fits_its_page_gets_no_key_but_says_where_it_stands():
    document = document_of(Name("twelve-touchpoints", "supervisor", "en"))
    picture = next(block.picture for block in document.blocks if isinstance(block, Drawing))
    high = replace(picture, height=600 * picture.width / 504, beside=0.0)
    tight = fitted_with_key(high, load_words("en"))
    assert tight is not None and tight.beside > 0
    tighter = fitted_with_key(replace(high, height=1115.0), load_words("en"))
    assert tighter is not None and tighter.beside == 0
    assert "Appendix A" in key_of(tighter, load_words("en"))[0].text
