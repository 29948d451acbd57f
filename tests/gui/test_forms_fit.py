"""Every form of the shipped catalog fits its room on the smallest screen, in both languages: nothing is cut off."""

from __future__ import annotations

import pytest

from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.ui.text_size import set_text_size
from clinic_mapper.ui.touchpoint_form import TouchpointForm
from tests.gui.matter_examples import shipped_catalog
from tests.gui.shell_window import a_window, create_vault, new_matter


@pytest.fixture
def room(qtbot, tmp_path, inline_jobs, quick_keys):
    """The width that a form has at 1024 × 544, with its letters."""
    window = a_window(qtbot, tmp_path, inline_jobs, (1024, 544))
    create_vault(qtbot, window)
    new_matter(qtbot, window)
    return window.view.page.desk.form.parentWidget().width()


def test_no_form_is_wider_than_its_room(qtbot, room):
    catalog, wide = shipped_catalog(), []
    for kind in catalog.touchpoints:
        form = TouchpointForm(Touchpoint(id="t1", kind=kind), catalog)
        qtbot.addWidget(form)
        form.show_map(None)
        for language in ("en", "es"):
            form.show_language(language)
            if form.minimumSizeHint().width() > room:
                wide.append((kind, language, form.minimumSizeHint().width()))
    assert wide == [], f"a form has {room} px"


@pytest.fixture
def large_letters():
    set_text_size(150)
    yield
    set_text_size(100)


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("kind", ["jail-booking", "police-arrest", "ice-seen-not-met", "dui-checkpoint"])
def test_with_large_letters_and_the_lines_shown_a_form_is_still_whole(qtbot, tmp_path, inline_jobs, quick_keys, kind):
    window = a_window(qtbot, tmp_path, inline_jobs, (1024, 544))
    create_vault(qtbot, window)
    new_matter(qtbot, window)
    desk = window.view.page.desk
    window.keeper.session.select_touchpoint(window.keeper.session.add_touchpoint(kind))
    desk.turn_map()
    assert desk.panel.isVisible()
    for language in ("en", "es"):
        desk.show_language(language)
        qtbot.wait(20)
        assert desk.form.width() <= desk.sheet.viewport().width()
