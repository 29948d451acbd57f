"""Finding rows of the catalog, and reading them as pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.catalog.row_page import as_text, page_of
from clinic_mapper.catalog.search import KINDS, Filters, Finder, plain, step_title, told_apart
from clinic_mapper.cli import main

CATALOG = load_catalog()
FINDER = Finder(CATALOG)
TODAY = "2026-06-30"


@pytest.mark.parametrize(
    ("typed", "kind", "id"),
    [
        ("ngi", "systems", "ngi"),
        ("IDENT", "systems", "ident-hart"),
        ("secure communities", "flows", "ngi--ident-hart--secure-communities"),
        ("8 usc 1373", "restrictions", "law-us-8usc1373"),
        ("8 U.S.C. § 1373", "restrictions", "law-us-8usc1373"),
        ("sb 54", "restrictions", "law-us-ca-values-act"),
        ("thomson reuters", "systems", "broker-clear"),
        ("carcel", "touchpoints", "jail-booking"),
    ],
)
def test_names_acronyms_statutes_and_spanish_lead_to_their_row(typed, kind, id):
    found = [(entry.kind, entry.id) for entry in FINDER.find(typed)]
    assert (kind, id) in found[:12]


def test_an_acronym_finds_the_system_first():
    assert FINDER.find("ngi")[0].id == "ngi"
    assert FINDER.find("ident")[0].id == "ident-hart"


def test_nothing_typed_gives_every_row_and_nonsense_gives_none():
    assert len(FINDER.find("")) == len(FINDER.entries) == sum(len(getattr(CATALOG, kind)) for kind in KINDS)
    assert FINDER.find("xyzzy plugh") == []


def test_filters_narrow_by_kind_sector_place_mechanism_and_age():
    assert {entry.kind for entry in FINDER.find("", Filters(kind="restrictions"))} == {"restrictions"}
    jail = FINDER.find("", Filters(sector="jail", kind="systems"))
    assert jail
    assert {CATALOG.systems[entry.id].sector for entry in jail} == {"jail"}
    law = FINDER.find("", Filters(place="CA", kind="restrictions"))
    assert {CATALOG.restrictions[entry.id].jurisdiction[:5] for entry in law} == {"US-CA"}
    prints = FINDER.find("", Filters(mechanism="booking-prints", kind="flows"))
    assert {CATALOG.flows[entry.id].mechanism for entry in prints} == {"booking-prints"}
    old = FINDER.find("", Filters(older_than="2015", kind="flows"))
    assert old
    assert all(CATALOG.flows[entry.id].as_of < "2015" for entry in old)


@given(st.sampled_from(FINDER.entries), st.data())
def test_a_row_is_found_by_any_words_of_its_name(entry, data):
    words = plain(entry.title).split()
    typed = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))) if words else ""
    assert entry in FINDER.find(typed)


@given(st.text(max_size=8), st.text(max_size=4))
def test_typing_more_finds_no_more(first, more):
    assert len(FINDER.find(f"{first} {more}")) <= len(FINDER.find(first)) or not plain(first)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_has_a_page_and_every_link_on_it_leads_to_a_row(kind):
    for id in getattr(CATALOG, kind):
        page = page_of(CATALOG, kind, id, TODAY)
        assert page.title
        assert page.layer == "Shipped with the program"
        for section in page.sections:
            assert section.items, (id, section.heading)
            assert all(item.text for item in section.items), (id, section.heading)
            assert all(item.id in getattr(CATALOG, item.kind) for item in section.items if item.kind)


def test_the_page_of_a_system_says_what_it_holds_who_feeds_it_what_limits_that_and_what_can_be_done():
    text = as_text(page_of(CATALOG, "systems", "local-jail-jms", TODAY))
    for heading in (
        "What it holds",
        "Who feeds it",
        "Whom it feeds",
        "What limits what leaves it",
        "How to request, correct or remove",
        "Sources",
    ):
        assert f"\n{heading}\n" in text
    assert "[law-us-ca-values-act]" in text
    assert "[local-jail-jms--ice-ero--release-notification]" in text


def test_a_source_read_in_a_copy_says_so_on_its_page():
    source = next(source for source in CATALOG.sources.values() if source.third_party_copy)
    assert "third-party copy" in as_text(page_of(CATALOG, "sources", source.id, TODAY))


def test_a_row_that_rests_on_memory_says_verify_first():
    flow = next(flow for flow in CATALOG.flows.values() if all(cite.basis == "recalled" for cite in flow.cites))
    assert "\nVerify first\n" in as_text(page_of(CATALOG, "flows", flow.id, TODAY))


def test_the_page_of_a_step_names_the_answers_that_show_it():
    page = as_text(page_of(CATALOG, "flows", "state-prison--ice-ero--intake-referral", TODAY))
    said = page.split("\nAnswers that show it, whatever practice or law says\n")[1].split("\n\n")[0]
    assert "Where did you go when your time in prison ended? – ICE" in said
    assert "Answers that show it" not in as_text(
        page_of(CATALOG, "flows", "ngi--ident-hart--secure-communities", TODAY)
    )


def test_the_command_line_finds_and_reads_the_same_rows(capsys):
    assert main(["catalog", "search", "8", "usc", "1373"]) == 0
    assert "[law-us-8usc1373]" in capsys.readouterr().out
    assert main(["catalog", "page", "ngi"]) == 0
    assert capsys.readouterr().out.startswith("FBI Next Generation Identification (NGI)\n")
    assert main(["catalog", "page", "ngj"]) == 1
    assert "Did you mean “ngi”" in capsys.readouterr().err


def test_a_practice_names_the_steps_that_turn_on_it_and_begins_with_a_capital():
    page = page_of(load_catalog(), "practices", "jail-notifies-ice", "2026-03-02")
    assert page.title == "This jail tells ICE release dates when ICE has asked"
    steps = next(section for section in page.sections if section.heading == "Steps that turn on it")
    assert [item.id for item in steps.items] == ["local-jail-jms--ice-ero--release-notification"]


def test_steps_between_the_same_two_systems_have_titles_that_differ():
    titles = [told_apart(CATALOG, flow) for flow in CATALOG.flows.values()]
    assert len(titles) == len(set(titles))
    assert step_title(CATALOG, CATALOG.flows["local-jail-jms--jail-roster-public--posting"]) in titles  # the only one
    found = [entry.title for entry in FINDER.find("flock CBP") if entry.kind == "flows"]
    assert len(found) > 1 and len(found) == len(set(found))
