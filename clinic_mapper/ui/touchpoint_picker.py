"""What has happened: kinds of touchpoints by plain label, found by typing, added with Enter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from clinic_mapper.casefile.places import slug
from clinic_mapper.catalog.model import Catalog, TouchpointKind
from clinic_mapper.ui.matter_words import Language, capital, has_words, say
from clinic_mapper.ui.question_look import FORM_TITLE, GAP, SMALL, WIDE_GAP, plain_label

_KIND = Qt.ItemDataRole.UserRole
_PRIVATE = "private"
_ORDER = (
    "police", "jail", "court", "supervision", "dmv", "gang", "immigration", "ice", "border", "biometric",
    "surveillance", "broker", "utility", "travel", "tax", "benefits", "school", "work",
)  # fmt: skip

_OFTEN = (
    "police-stop-citation", "police-arrest", "field-interview", "jail-booking", "criminal-court-hearing",
    "probation-check-in", "dmv-standard-licence", "told-gang-listed", "uscis-appointment", "immigration-court-hearing",
    "ice-street-encounter", "border-encounter",
)  # fmt: skip
"""What most interviews come to: marked first where a word fits several kinds, so that Enter adds what was meant."""

_DENIALS = ("no", "without", "not", "sin")
_DENIED_WITHIN = 3
"""How far a denial reaches: “que no es de inmigración”, “sin cárcel ni huellas”."""


class FilterField(QLineEdit):
    """The field people type in. `moved(steps)`: an arrow or page key, for the list. `left()`: Escape."""

    moved = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list, Escape goes on; letters are the field's own."""
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if steps:
            self.moved.emit(steps)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TouchpointPicker(QWidget):
    """The list of kinds, grouped by sector; those not to be read out stand last.

    `picked(kind)`: the kind was added. `done()`: go on.
    """

    picked = Signal(str)
    done = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._language: Language = "en"
        self._added: Counter[str] = Counter()
        self._title = plain_label(self, size=FORM_TITLE, bold=True)
        self._keys = plain_label(self, size=SMALL, muted=True)
        self.filter = FilterField(self)
        self.list = QListWidget(self)
        self._said = plain_label(self, muted=True)
        self.add_button = QPushButton(self)
        self.done_button = QPushButton(self)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self.list.setWordWrap(True)
        self.list.setSpacing(1)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.filter.setClearButtonEnabled(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        buttons.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, 14, WIDE_GAP, 12)
        column.setSpacing(GAP)
        for part in (self._title, self.filter, self._keys):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(self._said)
        column.addLayout(buttons)

    def _wire(self) -> None:
        self.filter.textChanged.connect(self._show_filtered)
        self.filter.moved.connect(self._move)
        self.filter.returnPressed.connect(self.add_marked)
        self.filter.left.connect(self.done)
        self.list.itemActivated.connect(lambda _item: self.add_marked())
        self.add_button.clicked.connect(self.add_marked)
        self.done_button.clicked.connect(self.done)

    def start(self) -> None:
        """Begins anew: nothing typed, nothing added yet, the focus in the field."""
        self._added.clear()
        self.filter.clear()
        self._fill()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_language(self, language: Language) -> None:
        """Words everything in this language."""
        self._language = language
        self._title.setText(say("pick", language))
        self._keys.setText(say("pick-keys", language))
        self.filter.setPlaceholderText(say("pick-filter", language))
        self.filter.setAccessibleName(say("pick", language))
        self.filter.setAccessibleDescription(say("pick-keys", language))
        self.list.setAccessibleName(say("pick-list", language))
        self.add_button.setText(say("pick-add", language))
        self.done_button.setText(say("pick-done", language))
        self._fill()

    def add_marked(self) -> None:
        """Adds the marked kind and stays, for the next one."""
        item = self.list.currentItem()
        kind = "" if self.list.currentRow() < 0 or item.isHidden() else str(item.data(_KIND) or "")
        if not kind:
            return
        self._added[kind] += 1
        self.picked.emit(kind)
        self.filter.clear()
        self._fill(marked=kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes on, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self, marked: str = "") -> None:
        self.list.clear()
        for group, kinds in _grouped(self._catalog.touchpoints.values()):
            self._add_heading(group)
            for kind in kinds:
                self._add_kind(kind)
        self._say_added()
        self._show_filtered()
        for row in range(self.list.count()):
            if marked and self.list.item(row).data(_KIND) == marked:
                self.list.setCurrentRow(row)

    def _add_heading(self, group: str) -> None:
        key = "pick-private" if group == _PRIVATE else f"sector-{group}"
        item = QListWidgetItem(say(key, self._language) if has_words(key) else capital(group))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.list.font()
        font.setBold(True)
        item.setFont(font)
        item.setForeground(self.palette().text())
        self.list.addItem(item)

    def _add_kind(self, kind: TouchpointKind) -> None:
        label = self._label(kind)
        count = self._added[kind.id]
        times = f"  ({count} ×)" if count > 1 else ""
        shown = f"✓  {label}  – {say('picked', self._language)}{times}" if count else f"     {label}"
        item = QListWidgetItem(shown)
        item.setData(_KIND, kind.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, shown.strip())
        self.list.addItem(item)

    def _label(self, kind: TouchpointKind) -> str:
        return kind.es if self._language == "es" else kind.en

    def _show_filtered(self) -> None:
        words = slug(self.filter.text()).split("-") if self.filter.text().strip() else []
        heading: QListWidgetItem | None = None
        found: list[tuple[tuple[bool, bool, int], int]] = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            kind = self._catalog.touchpoints.get(str(item.data(_KIND) or ""))
            if kind is None:
                heading = item
                heading.setHidden(True)
                continue
            fits = _fits(kind, words)
            item.setHidden(not fits)
            if fits:
                found.append((_distance(kind, self._label(kind), words), row))
                if heading is not None:
                    heading.setHidden(False)
        self.list.setCurrentRow(min(found)[1] if found else -1)
        if found:
            self._say_added()
        else:
            self._said.setText(say("pick-none", self._language))

    def _say_added(self) -> None:
        labels = [self._label(self._catalog.touchpoints[kind]) for kind in self._added]
        self._said.setText(say("pick-added", self._language, touchpoints=" · ".join(labels)) if labels else "")

    def _move(self, steps: int) -> None:
        rows = [
            row for row in range(self.list.count())
            if not self.list.item(row).isHidden() and self.list.item(row).data(_KIND)
        ]  # fmt: skip
        if rows:
            here = rows.index(self.list.currentRow()) if self.list.currentRow() in rows else 0
            self.list.setCurrentRow(rows[max(0, min(len(rows) - 1, here + steps))])


def _grouped(kinds: Iterable[TouchpointKind]) -> list[tuple[str, list[TouchpointKind]]]:
    """Kinds by sector in the order of an interview; those marked 2 in a group of their own at the end."""
    groups: dict[str, list[TouchpointKind]] = {}
    for kind in kinds:
        groups.setdefault(_PRIVATE if kind.sensitive == 2 else kind.sector, []).append(kind)
    known = [*_ORDER, *sorted(name for name in groups if name not in _ORDER and name != _PRIVATE), _PRIVATE]
    return [
        (name, sorted(groups[name], key=lambda kind: (kind.sensitive, kind.en))) for name in known if name in groups
    ]


def _fits(kind: TouchpointKind, words: list[str]) -> bool:
    """Whether every word typed begins a word of the kind, in either language."""
    own = slug(f"{kind.en} {kind.es} {kind.id} {kind.sector}").split("-")
    return all(any(each.startswith(word) for each in own) for word in words)


def _distance(kind: TouchpointKind, label: str, words: list[str]) -> tuple[bool, bool, int]:
    """How far a kind that fits is from what was typed: the nearest one is marked.

    A label that denies the word ("no ticket") is furthest, one that most interviews come to is nearest.
    """
    own = slug(label).split("-")
    denied = any(_denied(own, word) for word in words)
    named = all(any(each.startswith(word) for each in own) for word in words)
    about = bool(words) and any(kind.sector.startswith(word) for word in words)
    near = 0 if named and (about or own[0].startswith(words[0] if words else "")) else 1 if named else 2
    return denied and bool(words), bool(words) and kind.id not in _OFTEN, near


def _denied(own: list[str], word: str) -> bool:
    """Whether every place in a label that has the word stands a few words after a denial."""
    places = [place for place, each in enumerate(own) if each.startswith(word)]
    return bool(places) and all(
        any(before in _DENIALS for before in own[max(0, place - _DENIED_WITHIN) : place]) for place in places
    )
