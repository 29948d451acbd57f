"""The main job in the real window, by keyboard: vault, touchpoints, lines, export, lock, unlock, still there."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from clinic_mapper.casefile.codec import for_storage
from clinic_mapper.casefile.model import Identifier
from tests.gui.shell_window import CODE, a_window, create_vault, made, new_matter, unlock

# Said by Qt's windowless platform when the list of places that fit what is typed opens.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True)

CONTROL = Qt.KeyboardModifier.ControlModifier
NAME = "Ixchel Tzunun"
NOTE = "her cousin drove"


@pytest.fixture
def window(qtbot, tmp_path, inline_jobs, quick_keys):
    opened = a_window(qtbot, tmp_path, inline_jobs)
    opened.activateWindow()
    return opened


class Hands:
    """Types into whatever has the focus."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "the keyboard must always have somewhere to go"
        return focused

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self.focus, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.focus, key, modifier)

    def enter(self, text: str = "") -> None:
        if text:
            self.type(text)
        self.press(Qt.Key.Key_Return)


def record_three_touchpoints(hands: Hands) -> None:
    """What a volunteer does: custody, prints, A-number, order; three kinds from the list; the first one filled in."""
    for letter in "3", "d", "n", "d":
        hands.enter(letter)
    hands.press(Qt.Key.Key_T, CONTROL)
    for words in ("taken into jail", "with ticket", "ordinary driver"):
        hands.enter(words)
    hands.press(Qt.Key.Key_Escape)
    for words in ("May 2019", "california", "san mateo", "Redwood City", "", "Maguire"):
        hands.enter(words)
    hands.enter("y")


def test_the_whole_job_by_keyboard(window, qtbot, tmp_path, answers):
    hands = Hands(qtbot)
    create_vault(qtbot, window)
    new_matter(qtbot, window)
    session = window.keeper.session
    record_three_touchpoints(hands)
    assert [each.kind for each in session.matter.touchpoints] == [
        "jail-booking",
        "police-stop-citation",
        "dmv-standard-licence",
    ]
    QApplication.processEvents()  # many commands in one turn make one map
    lines = {(line.touchpoint, line.mechanism): line.standing for line in session.exposure.lines}
    assert lines["t1", "rap-sheet-lookup"] == "open"
    assert lines["t1", "booking-prints"] == "undetermined"
    assert session.exposure.ask_next

    session.set_note(NOTE)
    target = tmp_path / "memo-cocounsel.pdf"
    window.menu.export.trigger()
    page = window.view.export_page
    page.readers.button(2).click()
    made(qtbot, page)
    assert not target.exists()
    answers.append(target)
    page.save.click()
    assert "Saved" in page.status.text()
    text = words_in(target.read_bytes())
    assert CODE in text
    assert "May 2019" in text
    assert NOTE not in text, "co-counsel does not see notes"

    before = session.matter
    window.menu.lock.trigger()
    assert session.matter is None
    assert session.exposure is None
    with qtbot.waitActive(window):  # the list of places took it, and this platform never gives it back
        window.activateWindow()
    window.entrance.lock_page.focus_start()
    unlock(qtbot, window)
    assert session.matter == for_storage(before)
    assert {(line.touchpoint, line.mechanism): line.standing for line in session.exposure.lines} == lines


def test_a_name_that_must_never_appear_is_in_no_file_whoever_reads_it(window, qtbot, tmp_path, answers):
    hands = Hands(qtbot)
    create_vault(qtbot, window)
    new_matter(qtbot, window)
    record_three_touchpoints(hands)
    session = window.keeper.session
    session.set_note(f"{NAME} came alone")
    session.set_identifiers((Identifier(kind="name", value=NAME),))
    QApplication.processEvents()  # many commands in one turn make one map
    window.menu.export.trigger()
    page = window.view.export_page
    for number, button in enumerate(page.readers.buttons()):
        button.click()
        page.options.confirmed.setChecked(True)
        if page.options.lines.count():
            page.options.lines.item(0).setCheckState(Qt.CheckState.Checked)
        assert page.making
        made(qtbot, page)
        target = tmp_path / f"memo-{number}.pdf"
        answers.append(target)
        page.save.click()
        if target.exists():
            assert NAME not in words_in(target.read_bytes())
        else:
            assert "Nothing was saved" in page.preview.page.text()
            answers.clear()


def words_in(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join("\n".join(each.get_textpage().get_text_bounded() for each in document).split())
    finally:
        document.close()
