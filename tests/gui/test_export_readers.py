"""What the export page asks for before it makes a file: a court's lines, a contact, a confirmation, an attorney."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs
from PySide6.QtCore import Qt

from clinic_mapper.casefile.model import Agency, Matter, Touchpoint, Where
from clinic_mapper.catalog.load import load_catalog
from clinic_mapper.clinic_profiles import ClinicProfiles
from clinic_mapper.memo.readers import load_profile
from clinic_mapper.problem import Problem
from clinic_mapper.ui.export_page import ExportPage
from clinic_mapper.ui.export_work import CHOICES
from clinic_mapper.ui.session import CaseSession
from clinic_mapper.whole_job import sample_matter
from tests.gui.map_examples import example_catalog, example_matter
from tests.gui.shell_window import made


class Shelf:
    """A vault's layers, in memory; `broken`: the vault is locked."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.broken = False

    def layers(self):
        if self.broken:
            raise Problem("vault-closed", "The vault is locked.")
        return [_Layer(id, kind, content) for id, (kind, content) in self.kept.items()]

    def keep_layer(self, id: str, kind: str, title: str, content: bytes) -> None:
        self.kept[id] = kind, content

    def remove_layer(self, id: str) -> None:
        self.kept.pop(id, None)


class _Layer:
    def __init__(self, id: str, kind: str, content: bytes) -> None:
        self.id, self.kind, self.content = id, kind, content


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def logged():
    return []


@pytest.fixture
def session(qapp):
    rows = example_catalog()
    letters = load_catalog().remedies
    jail = structs.replace(next(iter(rows.touchpoints.values())), id="jail-booking", sector="jail")
    rows = structs.replace(rows, remedies=letters, touchpoints=rows.touchpoints | {"jail-booking": jail})
    opened = CaseSession(rows, lambda: date(2026, 3, 2), lambda _matter: "10:42")
    opened.open(structs.replace(example_matter(), code="ZQ-4471", sample=False))
    return opened


@pytest.fixture
def page(qtbot, session, inline_jobs, shelf, logged):
    matters = [structs.replace(example_matter(), code=f"M-{number}", sample=False) for number in range(30)]
    shown = ExportPage(
        session,
        inline_jobs,
        lambda reader, _digest: logged.append(reader),
        profiles=lambda: ClinicProfiles(shelf),
        all_matters=lambda: matters,
    )
    qtbot.addWidget(shown)
    shown.resize(1280, 680)
    shown.show()
    return shown


def choose(page: ExportPage, reader: str) -> None:
    number = next(at for at, choice in enumerate(CHOICES) if choice.reader == reader)
    page.readers.button(number).click()


def said(page: ExportPage) -> str:
    texts = []
    for row in range(page.preview.count):
        page.preview.pages.setCurrentRow(row)
        texts.append(page.preview.area.accessibleDescription())
    return " ".join(" ".join(texts).split())


def test_every_reader_is_offered(page):
    assert {choice.reader for choice in CHOICES} == {
        "supervisor", "file", "cocounsel", "court", "request", "letter", "client", "funder"
    }  # fmt: skip


def test_a_court_sees_only_what_was_chosen_and_the_page_says_what_the_rules_do_not_cover(qtbot, page, session):
    session.use_catalog(load_catalog())
    session.open(structs.replace(sample_matter(), code="ZQ-4471", sample=False))
    choose(page, "court")
    assert "Rule 5.2 does not cover addresses" in page.options.caveats.text()
    assert not page.making and "Choose the routes" in page.preview.page.text()
    page.options.lines.item(0).setCheckState(Qt.CheckState.Checked)
    assert page.making
    made(qtbot, page)
    assert page.save.isEnabled() and "Signature of counsel" in said(page) and "ZQ-4471" not in said(page)
    page.options.lines.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not page.making and not page.save.isEnabled()
    assert page.preview.count == 0 and "Choose the routes" in page.preview.page.text()


def test_a_request_warns_first_and_waits_for_a_confirmation(qtbot, page, session):
    choose(page, "request")
    assert "Home address first" in page.options.caveats.text()
    assert page.options.contact.count() == len(session.matter.touchpoints) and not page.making
    assert "confirm it" in page.preview.page.text()
    page.options.confirmed.setChecked(True)
    made(qtbot, page)
    assert "Request for records" in said(page) and page.preview.count == 1
    choose(page, "supervisor")
    choose(page, "request")
    assert not page.options.confirmed.isChecked(), "another time, another confirmation"


def test_a_letter_says_what_it_discloses_and_waits_for_a_confirmation(qtbot, page, session, answers, tmp_path, logged):
    session.open(
        Matter(
            code="ZQ-4471",
            touchpoints=(
                Touchpoint(id="t1", kind="jail-booking", when="2024-05-11", where=Where(state="CA"), agency=Agency()),
            ),
        )
    )
    choose(page, "letter")
    options = page.options
    for row in range(options.letter.count()):
        options.letter.setCurrentIndex(row)
        assert options.disclosed.text().startswith("• To: ") and not options.confirmed.isChecked()
        assert not page.making and "confirm it" in page.preview.page.text()
    options.letter.setCurrentIndex(options.letter.findData("jail-file"))
    options.confirmed.setChecked(True)
    assert page.making
    options.fields.item(0).setCheckState(Qt.CheckState.Checked)
    assert not options.confirmed.isChecked() and not page.making, "it discloses more than was confirmed"
    options.confirmed.setChecked(True)
    made(qtbot, page)
    assert "May 11, 2024" in said(page)
    answers.append(tmp_path / "letter.pdf")
    page.save.click()
    assert logged == ["letter-jail-file"]


def test_a_letter_that_needs_a_contact_cannot_be_made_without_one(page, session):
    session.open(Matter(code="ZQ-1", touchpoints=()))
    choose(page, "letter")
    page.options.letter.setCurrentIndex(page.options.letter.findData("jail-file"))
    page.options.confirmed.setChecked(True)
    assert "none that it could be about" in page.options.disclosed.text() and not page.making


def test_the_funder_s_counts_are_over_all_matters(qtbot, page):
    choose(page, "funder")
    assert "not of the community" in page.options.caveats.text()
    made(qtbot, page)
    assert "Clients with at least one contact: 30" in said(page)
    assert page._memo is not None and page._memo.file_name == "counts.pdf"


def test_a_clinic_tightens_what_a_reader_sees(qtbot, page, shelf):
    choose(page, "cocounsel")
    page.settings_open.click()
    dates = page.settings.tags["date"]
    assert dates.currentData() == "generalize:month" and not page.settings.agreed.isVisible()
    dates.setCurrentIndex(dates.findData("generalize:year"))
    page.settings.use.click()
    assert "by year" in page.left_out.text() and "profile-cocounsel" in shelf.kept
    made(qtbot, page)
    assert "May 2012" not in said(page)


def test_loosening_waits_for_an_attorney_and_is_recorded(page, shelf):
    choose(page, "cocounsel")
    page.settings_open.click()
    notes = page.settings.tags["note"]
    notes.setCurrentIndex(notes.findData("keep"))
    assert "Notes" in page.settings.loosened.text() and not page.settings.use.isEnabled()
    page.settings.agreed.setChecked(True)
    assert not page.settings.use.isEnabled()
    page.settings.attorney.setText("R.M.")
    page.settings.use.click()
    assert ClinicProfiles(shelf).profile("cocounsel").keeps("note")
    kept = ClinicProfiles(shelf).kept("cocounsel")
    assert kept is not None and kept.confirmed is not None
    assert (kept.confirmed.attorney, kept.confirmed.on) == ("R.M.", "2026-03-02")
    page.settings_open.click()
    assert page.settings.said.text() == "Confirmed by R.M., 2026-03-02." and page.settings.attorney.text() == ""


def test_what_a_client_sees_is_nobody_s_to_set(page):
    for reader in ("client", "letter"):
        choose(page, reader)
        assert not page.settings_open.isVisible()
    choose(page, "funder")
    page.settings_open.click()
    assert not page.settings.tags["date"].isVisible() and page.settings.threshold.minimum() == 11


def test_a_locked_vault_leaves_the_shipped_profile_in_force(page, shelf):
    shelf.broken = True
    choose(page, "cocounsel")
    assert page._profile() is load_profile("cocounsel")
