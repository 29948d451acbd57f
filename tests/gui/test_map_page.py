"""The map panel: list, picture and details always speak of the same line, also while answers change."""

from __future__ import annotations

import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel

from clinic_mapper.casefile.model import Agency, Matter, Touchpoint
from clinic_mapper.catalog.model import Cite
from clinic_mapper.routing.model import Derived, NamesOthers
from clinic_mapper.ui.map_page import MapPanel
from clinic_mapper.ui.map_rows import line_key
from clinic_mapper.ui.picture_parts import ArrowPart, BoxPart
from clinic_mapper.whole_job import sample_matter
from tests.gui.map_examples import DHS_PRINTS, PRINTS, ExampleSession, many_lines, map_of, route
from tests.gui.matter_examples import a_session


@pytest.fixture
def session():
    return ExampleSession()


@pytest.fixture
def panel(qtbot, session):
    shown = MapPanel(session)
    qtbot.addWidget(shown)
    shown.resize(900, 620)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def lines_of(session: ExampleSession) -> list[str]:
    return [line.id for line in session.exposure.lines]


def story(panel: MapPanel) -> str:
    return panel.details.story.toPlainText()


def show_picture(panel: MapPanel) -> None:
    panel.tabs.setCurrentWidget(panel.picture)


def arrows(panel: MapPanel) -> list[ArrowPart]:
    return [item for item in panel.picture.view.scene().items() if isinstance(item, ArrowPart)]


def test_a_line_chosen_by_key_is_the_session_s_line(qtbot, panel, session):
    panel.tree.setFocus()
    panel.tree.setCurrentIndex(panel.tree.map_model.index_of("group:open"))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
    assert session.selected_line == lines_of(session)[0]
    assert "booking prints to DHS" in story(panel)


def test_a_line_chosen_elsewhere_is_shown_in_the_list(panel, session):
    session.select_line(lines_of(session)[2])
    assert panel.tree.current_line() == lines_of(session)[2]
    assert "barred on paper by SB 54" in story(panel)


def test_an_answer_that_settles_a_line_keeps_it_selected_and_opened(panel, session):
    line = lines_of(session)[1]
    session.select_line(line)
    panel.tree.expand(panel.tree.currentIndex())
    settled = route(session.catalog, "t2", ("long--ero",), "open")
    before = session.exposure
    others = [tuple(before.routes[id_] for id_ in each.routes) for each in before.lines if each.id != line]
    session.show_map(map_of((settled,), *others))
    index = panel.tree.map_model.index_of(line_key(line))
    assert panel.tree.map_model.row_at(index.parent()).standing == "open"
    assert panel.tree.current_line() == line == session.selected_line
    assert panel.tree.selectionModel().isRowSelected(index.row(), index.parent())
    assert panel.tree.isExpanded(index)
    assert "What would settle this" not in story(panel)


def test_a_line_that_is_gone_leaves_no_story_behind(panel, session):
    session.select_line(lines_of(session)[2])
    session.show_map(map_of((route(session.catalog, "t1", PRINTS),)))
    assert "SB 54" not in story(panel)


def test_a_chosen_route_stays_chosen_while_answers_change(panel, session):
    line = session.exposure.lines[0]
    index = panel.tree.map_model.index_of(f"route:{line.routes[1]}")
    panel.tree.setCurrentIndex(index)
    session.show_map(structs.replace(session.exposure, cut=True))
    assert panel.tree.current_row().id == line.routes[1]
    assert session.selected_line == line.id


def test_pressing_an_arrow_selects_its_line_in_the_list(qtbot, panel, session):
    show_picture(panel)
    view = panel.picture.view
    view.fit()
    arrow = next(each for each in arrows(panel) if each.arrow.standing == "undetermined")
    spot = view.mapFromScene(*arrow.arrow.points[0])
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot + QPoint(6, 0))
    assert session.selected_line == arrow.lines[0]
    assert panel.tree.current_line() == arrow.lines[0]


def test_pressing_a_shared_box_again_goes_to_its_next_line(qtbot, panel, session):
    show_picture(panel)
    view = panel.picture.view
    box = next(each for each in view.scene().items() if isinstance(each, BoxPart) and len(each.lines) > 1)
    spot = view.mapFromScene(box.boundingRect().center())
    seen = []
    for _ in range(3):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        seen.append(session.selected_line)
    assert set(seen) == set(box.lines)


def test_a_line_chosen_in_the_list_is_marked_in_the_picture(panel, session):
    show_picture(panel)
    line = lines_of(session)[0]
    session.select_line(line)
    marked = {arrow.arrow.id for arrow in arrows(panel) if arrow.marked}
    assert marked == {arrow.arrow.id for arrow in arrows(panel) if line in arrow.lines} != set()


def test_keys_go_from_line_to_line_in_the_picture(qtbot, panel, session):
    show_picture(panel)
    seen = []
    for _ in range(4):
        qtbot.keyClick(panel.picture.view, Qt.Key.Key_Down)
        seen.append(session.selected_line)
    assert seen[:3] == lines_of(session)[:3]
    assert seen[3] == seen[0]
    qtbot.keyClick(panel.picture.view, Qt.Key.Key_Up)
    assert session.selected_line == seen[2]


def test_only_the_chosen_line_can_be_drawn(qtbot, panel, session):
    show_picture(panel)
    session.select_line(lines_of(session)[1])
    only = panel.findChild(QCheckBox)
    only.setChecked(True)
    assert {line for arrow in arrows(panel) for line in arrow.lines} == {lines_of(session)[1]}
    for _ in range(2):
        qtbot.keyClick(panel.picture.view, Qt.Key.Key_Down)
    assert session.selected_line == lines_of(session)[3]
    assert {line for arrow in arrows(panel) for line in arrow.lines} == {lines_of(session)[3]}
    only.setChecked(False)
    assert len({line for arrow in arrows(panel) for line in arrow.lines}) == 3


def test_keys_zoom_the_picture(qtbot, panel):
    show_picture(panel)
    view = panel.picture.view
    qtbot.keyClick(view, Qt.Key.Key_0)
    full = view.transform().m11()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.transform().m11() > full
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.transform().m11() == pytest.approx(full)
    qtbot.keyClick(view, Qt.Key.Key_F)
    assert view.mapFromScene(view.sceneRect()).boundingRect().width() <= view.viewport().width()


def test_the_picture_says_nothing_that_the_list_does_not(panel, session):
    show_picture(panel)
    drawn = {line for arrow in arrows(panel) for line in arrow.lines}
    assert drawn < set(lines_of(session))
    assert all(panel.tree.map_model.index_of(line_key(line)).isValid() for line in drawn)


def test_an_arrow_s_standing_is_told_by_its_stroke(panel):
    show_picture(panel)
    strokes = {each.arrow.standing: tuple(each._ink(each.arrow.standing).dashPattern()) for each in arrows(panel)}
    assert len(set(strokes.values())) == 3


def test_an_attorney_s_verdict_stays_visible_and_can_be_taken_back(qtbot, panel, session):
    line = session.exposure.lines[2]
    session.select_line(line.id)
    form = panel.details.verdict
    qtbot.keyClick(form.open, Qt.Key.Key_Space)
    assert form.focusWidget() is form.reason and not form.aside.isEnabled()
    qtbot.keyClicks(form.reason, "  Never in this jail. ")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    assert session.exposure.routes[line.routes[0]].set_aside == "Never in this jail."
    assert "Never in this jail." in story(panel)
    assert "Never in this jail." in panel.tree.current_row().reason
    form.open.click()
    qtbot.mouseClick(form.back, Qt.MouseButton.LeftButton)
    assert session.exposure.routes[line.routes[0]].set_aside == ""
    assert "Never in this jail." not in story(panel)


def test_a_verdict_that_is_being_typed_survives_an_answer(qtbot, panel, session):
    session.select_line(lines_of(session)[2])
    panel.details.verdict.open.click()
    qtbot.keyClicks(panel.details.verdict.reason, "half a rea")
    session.show_map(structs.replace(session.exposure, cut=True))
    assert panel.details.verdict.reason.text() == "half a rea"
    assert panel.details.verdict.reason.isVisible()


def test_a_new_reason_that_is_being_typed_survives_an_answer(qtbot, panel, session):
    line = session.exposure.lines[2]
    session.set_aside(line.routes[0], "First reason.")
    session.select_line(line.id)
    panel.details.verdict.reason.setText("Second rea")
    session.show_map(structs.replace(session.exposure, cut=True))
    assert panel.details.verdict.reason.text() == "Second rea"


def test_escape_leaves_a_route_as_it_is(qtbot, panel, session):
    line = session.exposure.lines[2]
    session.select_line(line.id)
    form = panel.details.verdict
    form.open.click()
    qtbot.keyClicks(form.reason, "no")
    qtbot.keyClick(form.reason, Qt.Key.Key_Escape)
    assert form.open.hasFocus() and not form.fields.isVisible()
    assert session.exposure.routes[line.routes[0]].set_aside == ""


def test_a_verdict_is_about_one_route(panel, session):
    line = session.exposure.lines[0]
    session.select_line(line.id)
    assert not panel.details.verdict.isVisible()
    panel.tree.setCurrentIndex(panel.tree.map_model.index_of(f"route:{line.routes[1]}"))
    assert panel.details.verdict.isVisible()


def test_the_story_tells_every_hop_with_its_law_and_sources(panel, session):
    session.select_line(lines_of(session)[2])
    told = story(panel)
    for said in (
        "1. County jail records → ICE deportation officers' case system (closed)",
        "Informal: a call, a message or a favor",
        "fingerprints and name and birth date; perhaps also address",
        "in force, as of 2025-04",
        "unless a judicial warrant.",
        "Privacy Impact Assessment, NGI, section 2, FBI, 2012; read",
        "Jail fact sheet, page 1, Norte Legal Aid, 2019-05-14; recalled, verify first",
        "reported: the press or a group says so (as of 2025-03)",
    ):
        assert said in told
    session.select_line(lines_of(session)[0])
    assert "it consults DHS fingerprint system (IDENT)" in story(panel)


@pytest.mark.parametrize(
    ("cites", "verify"),
    [(("pia", "read"), False), (("sheet", "read"), True), (("pia", "recalled"), True)],
    ids=["read itself", "read in a copy", "recalled"],
)
def test_a_step_that_rests_on_no_source_read_itself_says_verify_first(qtbot, cites, verify):
    session = ExampleSession()
    flow = session.catalog.flows["jail--ero"]
    only = (Cite(source=cites[0], at="page 1", basis=cites[1]),)
    session.catalog = structs.replace(
        session.catalog, flows={**session.catalog.flows, flow.id: structs.replace(flow, cites=only)}
    )
    panel = MapPanel(session)
    qtbot.addWidget(panel)
    session.select_line(lines_of(session)[2])
    assert ("Verify first" in story(panel)) is verify


def test_what_open_means_stands_under_list_and_picture(panel):
    for tab in range(panel.tabs.count()):
        panel.tabs.setCurrentIndex(tab)
        assert _visible_text(panel, "It does not say that ICE has looked or will act.")


def test_a_map_that_was_cut_says_so(panel, session):
    session.show_map(structs.replace(session.exposure, cut=True))
    assert _visible_text(panel, "this list is not complete")


def test_answers_that_disagree_are_named(panel, session):
    conflict = Derived(client="dhs-prints", value="unknown", from_touchpoints=("t1",), conflict=True)
    session.show_map(structs.replace(session.exposure, derived=(conflict,)))
    assert _visible_text(panel, "Answers disagree")


def test_nothing_found_says_what_was_not_asked(panel, session):
    session.show_map(map_of())
    assert _visible_text(panel, "No route in the catalog for what was asked.")
    assert _visible_text(panel, "Did they ask where you were born?")
    assert not _visible_text(panel, "Did they take your fingerprints?")


def test_no_touchpoint_is_not_called_no_route(qtbot):
    session = ExampleSession(exposure=map_of(), matter=Matter(code="X"))
    panel = MapPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    assert _visible_text(panel, "nothing was assessed")
    assert not _visible_text(panel, "No route in the catalog")


def test_names_are_shown_as_they_are_written(qtbot):
    nasty = "<b>bold</b> & \u202egnirts"
    matter = Matter(code="X", touchpoints=(Touchpoint(id="t1", kind="arrest", agency=Agency(name=nasty)),))
    session = ExampleSession(matter=matter)
    session.show_map(map_of((route(session.catalog, "t1", PRINTS, "undetermined", unknown=(DHS_PRINTS,)),)))
    panel = MapPanel(session)
    qtbot.addWidget(panel)
    session.select_line(lines_of(session)[0])
    assert "<b>bold</b> &" in story(panel)
    assert "\u202e" not in story(panel)


def test_nothing_of_the_story_reaches_the_clipboard(qtbot, panel, session):
    QGuiApplication.clipboard().setText("before")
    session.select_line(lines_of(session)[0])
    view = panel.details.story
    view.setFocus()
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    assert not view.createMimeDataFromSelection().hasText()


@pytest.mark.parametrize("width", [420, 900, 1400])
def test_forty_lines_fit_any_width(qtbot, width):
    session = ExampleSession()
    session.matter, exposure = many_lines(session.catalog)
    session.show_map(exposure)
    panel = MapPanel(session)
    qtbot.addWidget(panel)
    panel.resize(width, 600)
    panel.show()
    tree = panel.tree
    shown = [column for column in range(4) if not tree.isColumnHidden(column)]
    assert sum(tree.columnWidth(column) for column in shown) <= tree.viewport().width()
    assert tree.columnWidth(0) >= min(300, tree.viewport().width())


def test_every_control_has_a_name(panel):
    for widget in [panel.tree, panel.picture.view, panel.details.story, panel.details.verdict.reason]:
        assert widget.accessibleName()


def _visible_text(panel: MapPanel, text: str) -> bool:
    return any(text in label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_the_panel_lives_on_a_real_session(qtbot):
    session = a_session(sample_matter())
    panel = MapPanel(session)
    qtbot.addWidget(panel)
    panel.resize(500, 600)
    panel.show()
    show_picture(panel)
    line = session.exposure.lines[0]
    session.select_line(line.id)
    with qtbot.waitSignal(session.map_changed):
        session.set_aside(line.routes[0], "Seen in the file.")
    assert session.exposure.routes[line.routes[0]].set_aside == "Seen in the file."
    assert panel.tree.current_line() == line.id == session.selected_line
    assert "Seen in the file." in panel.tree.current_row().children[0].reason
    with qtbot.waitSignal(session.map_changed):
        session.undo()
    assert "Seen in the file." not in panel.tree.current_row().reason


def test_closing_the_matter_leaves_nothing_on_the_screen(qtbot):
    session = a_session(sample_matter())
    panel = MapPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    show_picture(panel)
    session.select_line(session.exposure.lines[0].id)
    session.close()
    assert panel.tree.map_model.rowCount() == 0
    assert not panel.picture.view.scene().items()
    assert story(panel).startswith("Choose a line")
    assert not panel.details.verdict.isVisible()


def test_the_foot_counts_records_that_name_other_people_and_is_gone_where_none_does(panel, session):
    records = tuple(NamesOthers(touchpoint="t1", system=system) for system in ("bureau", "jail"))
    for named, said in ((records, "2 records name other people"), (records[:1], "One record names other people")):
        session.show_map(structs.replace(session.exposure, names_others=named))
        assert _visible_text(panel, said)
    session.show_map(structs.replace(session.exposure, names_others=()))
    assert not _visible_text(panel, "other people")


def test_alt_and_a_letter_go_into_the_list_and_the_picture(qtbot, panel):
    panel.activateWindow()
    for letter, reached in ((Qt.Key.Key_L, panel.tree), (Qt.Key.Key_P, panel.picture.view), (Qt.Key.Key_L, panel.tree)):
        panel.details.setFocus()
        qtbot.keyClick(panel, letter, Qt.KeyboardModifier.AltModifier)
        assert reached.hasFocus()
