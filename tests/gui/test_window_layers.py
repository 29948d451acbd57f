"""What the clinic laid over the catalog: in use while its vault is open, and gone from the window with the lock."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clinic_mapper.catalog.agreement_reading import ListedAgreement
from clinic_mapper.catalog.agreement_workbook import AgreementList
from tests.gui.shell_window import a_window, create_vault, new_matter, unlock

LIST = AgreementList(
    "2025-07-18",
    "participating",
    (ListedAgreement(2, "GA", "Hall County Sheriff's Office", "sheriff", "287g-jail", "Hall County"),),
)


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    window = a_window(qtbot, tmp_path, inline_jobs)
    create_vault(qtbot, window)
    yield window
    window.close()


def test_a_list_is_in_use_until_the_lock_and_again_after_it(qtbot, window):
    keeper = window.keeper
    shipped = keeper.session.catalog
    keeper.layers.add_list(LIST)
    keeper.relayer()
    assert len(keeper.session.catalog.known_practices) == 1
    window.lock()
    assert keeper.session.catalog is shipped, "a locked window knows nothing of a clinic's own notes"
    unlock(qtbot, window)
    assert len(keeper.session.catalog.known_practices) == 1


def test_what_is_not_in_use_is_said_and_the_matters_are_there(qtbot, window):
    window.keeper._vault.keep_layer("notes", "notes", "The clinic's own notes", b"half a")
    window.lock()
    unlock(qtbot, window)
    assert "The clinic's own notes" in window.messages.text
    assert window.pages.currentWidget() is window.matters_page


def test_another_catalog_maps_the_open_matter_anew_and_keeps_what_is_half_typed(qtbot, window):
    new_matter(qtbot, window)
    session, page = window.keeper.session, window.view.page
    name = session.add_touchpoint("jail-booking")
    session.select_touchpoint(name)
    page.desk.restore(name, {"agency/name": "Hall County sher"})
    typed = page.half_typed()
    assert "Hall County sher" in typed
    desk = page.desk
    with qtbot.waitSignal(session.map_changed):
        session.use_catalog(replace(session.catalog, version="another"))
    assert session.exposure.catalog_version == "another"
    assert page.desk is not desk
    assert page.half_typed() == typed
