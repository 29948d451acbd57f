"""The form for a note: from a row of the catalog to a note that is in use, and nothing invalid on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from clinic_mapper.casefile.model import Agency, Identifier, Where
from clinic_mapper.catalog.notes import note_ids
from clinic_mapper.problem import Problem
from clinic_mapper.ui.note_words import CORRECTED, LAW, PRACTICE, STEP, Start, day_meant, start_of
from tests.gui.shell_window import TODAY, a_window, create_vault, new_matter, unlock

# Qt's windowless platform says so of the list that opens while somebody types in a field that finds rows.
pytestmark = pytest.mark.qt_log_ignore("does not support (grabbing the keyboard|raise)", extend=True)

TELLS = "local-jail-jms--ice-ero--release-notification"
"""A step whose condition names one practice: the jail tells ICE release dates."""
NOTIFIES = "jail-notifies-ice"


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    opened = a_window(qtbot, tmp_path, inline_jobs, (1024, 544))
    create_vault(qtbot, opened)
    yield opened
    opened.close()


@pytest.fixture
def form(window):
    return window.side.clinic.note_page()


def press(qtbot, key=Qt.Key.Key_Return) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def type_(qtbot, text: str) -> None:
    """Type into whatever has the focus, and go on with Enter."""
    qtbot.keyClicks(QApplication.focusWidget(), text)
    press(qtbot)


def fill_practice(qtbot, form) -> None:
    """The rest of a practice note by keyboard, from the question whether it is so to the button."""
    assert QApplication.focusWidget() is form.parts[PRACTICE].is_so.buttons["yes"]
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot)
    for text in ("Kansas", "Johnson", "", "s", "", "2024", "", "jail staff", "a call on 2 March", ""):
        type_(qtbot, text)


def notes(window) -> list[tuple[str, str]]:
    return note_ids(window.keeper.layers.notes())


def known(window) -> list[tuple[str, str, str, str, str]]:
    rows = window.keeper.session.catalog.known_practices.values()
    return [(row.answers, row.is_, row.state, row.county, row.agency_kind) for row in rows]


JOHNSON = (NOTIFIES, "yes", "KS", "Johnson County", "sheriff")


def test_a_practice_is_noted_from_a_step_by_keyboard_and_is_in_use_also_after_a_lock(qtbot, window, form):
    new_matter(qtbot, window)
    session = window.keeper.session
    name = session.add_touchpoint("jail-booking")
    where, agency = Where(state="KS", county="Johnson County"), Agency(kind="sheriff")
    with qtbot.waitSignal(session.map_changed):
        session.change_touchpoint(name, where=where, agency=agency, when="2025-05")

    def asked() -> bool:
        return any(each.id == NOTIFIES for route in session.exposure.routes.values() for each in route.unknown)

    assert asked()
    window.side.start_note("flows", TELLS)
    fill_practice(qtbot, form)
    assert QApplication.focusWidget() is form.save
    assert "Johnson County, KS" in form.state.text()
    with qtbot.waitSignal(session.map_changed):
        press(qtbot)
    assert window.messages.text == "Noted; in use from now on."
    assert window.pages.currentWidget() is window.view
    assert known(window) == [JOHNSON] and not asked()
    window.lock()
    assert window.keeper.session.catalog.known_practices == {}
    assert window.focusWidget() is window.entrance.lock_page.passphrase.line
    window.activateWindow()  # the windowless platform takes the hidden list of what fits for the active one
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.focusWidget())
    unlock(qtbot, window)
    assert known(window) == [JOHNSON] and not asked()


def test_a_note_that_names_a_client_of_any_matter_is_asked_about_before_it_is_kept(qtbot, window, form, answers):
    new_matter(qtbot, window)
    session = window.keeper.session
    session.set_identifiers((Identifier(kind="name", value="Ximena Quetzal"),))
    window.show_matters()
    window.side.start_note("flows", TELLS)
    fill_practice(qtbot, form)
    form.told.source.put("a call of Xiména\u00a0 QUETZAL")
    form.told.source.line.textEdited.emit("")
    answers.append(False)
    form.save.click()
    assert known(window) == [] and form.told.source.typed() == "a call of Xiména QUETZAL"
    answers.append(True)
    form.save.click()
    assert known(window) == [JOHNSON]


def test_noting_can_be_undone(qtbot, window, form):
    window.side.show_layers()
    window.side.start_note("flows", TELLS)
    fill_practice(qtbot, form)
    press(qtbot)
    overview = window.side.clinic.layers_page().overview
    assert len(overview.taking) == 1 and "2026-03-02" in overview.taking[0].accessibleDescription()
    window.messages.action.click()
    assert known(window) == [] and overview.taking == []


def test_the_form_offers_what_fits_the_row_it_begins_from(window):
    catalog = window.keeper.session.catalog
    unknown = next(flow.id for flow in catalog.flows.values() if flow.practice == "not_known_by_place")
    plain = next(flow.id for flow in catalog.flows.values() if flow.practice == "everywhere" and flow.when is None)
    assert start_of(catalog, "flows", TELLS) == Start(PRACTICE, (NOTIFIES,), TELLS)
    assert start_of(catalog, "flows", unknown) == Start(PRACTICE, (unknown,), unknown)
    assert start_of(catalog, "flows", plain) == Start(CORRECTED, (), plain)
    assert start_of(catalog, "practices", NOTIFIES) == Start(PRACTICE, (NOTIFIES,))
    assert start_of(catalog, "systems", "local-jail-jms") == Start(STEP, system="local-jail-jms")
    assert start_of(catalog, "restrictions", "any").what == LAW
    assert start_of(catalog, "flows", "gone") == start_of(catalog, "", "") == Start()


def test_every_row_of_the_catalog_can_begin_a_note(window, form):
    catalog = window.keeper.session.catalog
    for kind in ("flows", "practices", "systems"):
        for id in list(getattr(catalog, kind))[::7]:
            window.side.start_note(kind, id)
            if form.what.typed() == PRACTICE and len(form._start.answers) == 1:
                assert form.parts[PRACTICE].answers.value() == form._start.answers[0]
            assert not form.half_typed and not form.save.isEnabled()


def test_what_lacks_is_said_and_nothing_can_be_saved_meanwhile(qtbot, window, form):
    window.side.start_note("practices", NOTIFIES)
    assert "Say whether it is so." in form.state.text() and not form.save.isEnabled()
    form.parts[PRACTICE].is_so.buttons["no"].click()
    assert "Choose the state." in form.state.text()
    form.parts[PRACTICE].place.put("GA\nNowhere County\n")
    form._judge()
    assert "county" in form.state.text() and not form.save.isEnabled()
    form._save()
    assert notes(window) == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("since", "soon", "cannot be read"), ("since", "spring 2024", "a year, a month or a day"),
     ("until", "2019", "before it starts"), ("answers", "magic", "not on the list")],
)  # fmt: skip
def test_what_is_wrong_is_said_as_it_is_typed(qtbot, window, form, field, typed, said):
    window.side.start_note("flows", TELLS)
    fill_practice(qtbot, form)
    assert form.save.isEnabled()
    form.parts[PRACTICE].fields[field].put("")
    line = form.parts[PRACTICE].fields[field].focusProxy()
    qtbot.keyClicks(getattr(line, "field", line), typed)
    assert said in form.state.text() and not form.save.isEnabled()


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("2024", "2024"), ("since May 2024", "2024-05"), ("until 2024", "2024"), ("May 14, 2024", "2024-05-14"),
     ("", ""), ("about 2024", ""), ("2023 or 2024", "")],
)  # fmt: skip
def test_a_note_holds_a_year_a_month_or_a_day(typed, iso):
    assert day_meant(typed, TODAY, exact=False).iso == iso


@pytest.mark.parametrize(("typed", "iso"), [("March 2, 2026", "2026-03-02"), ("March 3, 2026", ""), ("2026", "")])
def test_the_day_on_which_it_was_told_is_one_day_that_has_come(typed, iso):
    assert day_meant(typed, TODAY, exact=True).iso == iso


def test_what_is_pasted_cannot_turn_the_reading_direction(qtbot, window, form):
    window.side.start_note("flows", TELLS)
    form.told.who.line.setText("jail\u202e\tstaff ")
    form.parts[CORRECTED].judge.text.setPlainText("Is it\n\nso?\u2066")
    assert (form.told.who.typed(), form.parts[CORRECTED].judge.typed()) == ("jail staff", "Is it so?")


@pytest.mark.parametrize(("who", "printed"), [("la señora del condado", True), ("ส deputy", False)])
def test_what_no_memo_could_print_is_not_noted(qtbot, window, form, who, printed):
    window.side.start_note("flows", TELLS)
    fill_practice(qtbot, form)
    form.told.who.put(who)
    form._judge_fully()
    assert form.save.isEnabled() is printed
    assert ("Latin letters" in form.state.text()) is not printed


def test_a_step_of_our_own_is_noted_from_a_system(qtbot, window, form):
    window.side.start_note("systems", "local-jail-jms")
    part = form.parts[STEP]
    assert QApplication.focusWidget() is part.to.combo
    part.to.show_value("ice-ero")
    for field, value in ((part.mechanism, "jail-tells-ice"), (part.mode, "informal"), (part.timing, "in_custody")):
        field.put(value)
    assert part.carries.boxes["custody_status"].isVisibleTo(form)
    assert not part.carries.boxes["tax"].isVisibleTo(form), "a jail holds no tax data"
    part.carries.boxes["custody_status"].click()
    part.happens.put("A deputy calls ICE on Mondays.")
    part.place.put("Georgia\nHall\n")
    form.told.who.put("a client's cousin")
    form.told.source.put("was there")
    form._judge_fully()
    assert "Say since when" in form.state.text()
    part.since.put("2024")
    form._judge_fully()
    form.save.click()
    flow = window.keeper.session.catalog.flows["local-jail-jms--ice-ero--noted"]
    assert (flow.when.place, flow.since, flow.confidence) == (("US-GA-hall-county",), "2024", "reported")


def test_a_step_is_corrected_where_the_form_began_from_it(qtbot, window, form):
    window.side.start_note("flows", TELLS)
    form.what.put(CORRECTED)
    form._turn()
    part = form.parts[CORRECTED]
    assert part.isVisible() and not form.parts[PRACTICE].isVisible()
    part.judge.put("Does the sheriff still do so?")
    form.told.who.put("public defender")
    form.told.source.put("a letter")
    form._judge_fully()
    form.save.click()
    assert window.keeper.session.catalog.flows[TELLS].judge == "Does the sheriff still do so?"
    window.side.start_note("flows", TELLS)
    assert "takes the place of that" in part.step.text()


def test_a_law_of_ours_is_noted(qtbot, window, form):
    window.side.start_note("restrictions", "any")
    part = form.parts[LAW]
    for key, text in (
        ("title", "Jail policy 4.2"),
        ("citation", "manual, 4.2"),
        ("says", "No lists without a warrant."),
    ):
        part.fields[key].put(text)
    part.place.put("GA\nHall County\n")
    form.told.put({"who": "sheriff's counsel", "source": "the manual", "day": "2026-03-01"})
    part.effect.boxes["judge"].click()
    assert "whom it binds" in form.state.text() and not form.save.isEnabled()
    part.binds.boxes["local"].click()
    part.mechanisms.boxes["jail-tells-ice"].click()
    part.since.put("2025")
    form._judge_fully()
    form.save.click()
    row = window.keeper.session.catalog.restrictions["note-law-jail-policy-42"]
    assert (row.acts, row.effect_on_route) == (True, "undetermined")


def test_escape_keeps_what_is_half_typed_and_coming_back_shows_it(qtbot, window, form):
    window.side.start_note("flows", TELLS)
    qtbot.keyClicks(form.told.who.line, "jail sta")
    press(qtbot, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.matters_page
    window.side.start_note("flows", TELLS)
    assert form.told.who.typed() == "jail sta"


def test_another_note_is_begun_only_if_the_half_typed_one_may_go(qtbot, window, form, answers):
    window.side.start_note("flows", TELLS)
    qtbot.keyClicks(form.told.who.line, "jail sta")
    answers.append(False)
    window.side.start_note("practices", "jail-sends-list")
    assert form.told.who.typed() == "jail sta" and form._origin == ("flows", TELLS)
    answers.append(True)
    window.side.start_note("practices", "jail-sends-list")
    assert form.told.who.typed() == "" and form.parts[PRACTICE].answers.value() == "jail-sends-list"


def test_the_lock_keeps_a_half_typed_note_in_the_vault_and_shows_nothing_of_it(qtbot, window, form):
    window.side.start_note("flows", TELLS)
    form.parts[PRACTICE].is_so.buttons["no"].click()
    form.parts[PRACTICE].place.put("Georgia\nHal\n")
    qtbot.keyClicks(form.told.who.line, "jail sta")
    window.lock()
    assert form.told.who.line.text() == "" and form.parts[PRACTICE].place.typed() == ""
    assert "jail" not in " ".join(label.text() for label in form.findChildren(QLabel) if label.buddy() is None).lower()
    for _ in range(2):  # also where nobody opened the form between two locks
        unlock(qtbot, window)
        window.lock()
    unlock(qtbot, window)
    window.side.start_note("flows", TELLS)
    assert form.told.who.typed() == "jail sta" and form.parts[PRACTICE].is_so.typed() == "no"
    assert notes(window) == [] and window.keeper.layers.entries() == []


def test_a_half_typed_note_is_there_after_a_restart(qtbot, window, form, tmp_path, inline_jobs):
    window.side.start_note("systems", "local-jail-jms")
    qtbot.keyClicks(form.told.source.line, "a lett")
    window.close()
    again = a_window(qtbot, tmp_path, inline_jobs)
    unlock(qtbot, again)
    again.side.start_note("systems", "local-jail-jms")
    reopened = again.side.clinic.note_page()
    assert (reopened.what.typed(), reopened.told.source.typed()) == (STEP, "a lett")
    again.close()


def test_a_disk_that_refuses_is_told_and_the_form_stays(qtbot, window, form, monkeypatch):
    def full(*_given: object) -> None:
        raise Problem("disk-full", "The disk is full.")

    window.side.start_note("flows", TELLS)
    fill_practice(qtbot, form)
    monkeypatch.setattr(window.keeper._vault, "keep_layer", full)
    press(qtbot)
    assert form.state.text() == "The disk is full." and window.messages.text == ""
    assert form.told.who.typed() == "jail staff" and known(window) == []


def test_no_note_is_added_to_notes_that_are_not_in_use(qtbot, window, form):
    window.keeper._vault.keep_layer("notes", "notes", "The clinic's own notes", b"half a")
    window.keeper.relayer()
    window.side.start_note("flows", TELLS)
    fill_practice(qtbot, form)
    assert "not in use" in form.state.text() and not form.save.isEnabled()


def test_in_the_sample_it_is_said_that_notes_are_kept_in_a_vault(qtbot, tmp_path, inline_jobs):
    opened = a_window(qtbot, tmp_path, inline_jobs)
    opened.entrance.sample_wanted.emit()
    opened.side.start_note("flows", TELLS)
    form = opened.side.clinic.note_page()
    assert "kept in a vault" in form.state.text() and not form.save.isEnabled()


def test_from_the_catalog_a_note_is_begun_and_leads_back_to_the_catalog(qtbot, window):
    window.visits.show_row("flows", TELLS)
    window.visits.page.note.click()
    form = window.side.clinic.note_page()
    assert window.pages.currentWidget() is form
    fill_practice(qtbot, form)
    press(qtbot)
    assert window.pages.currentWidget() is window.visits.page
    window.visits.page.layers.click()
    layers = window.side.clinic.layers_page()
    assert window.pages.currentWidget() is layers
    layers.overview.new_note.click()
    for page in (layers, window.visits.page, window.matters_page):
        window.side.come_back()
        assert window.pages.currentWidget() is page
