"""What a reader sees in this clinic: tightened at will, loosened only with an attorney's name under it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from clinic_mapper.clinic_profiles import ClinicProfiles
from clinic_mapper.memo.clinic_profile import THRESHOLD, ClinicProfile, clinic_profile, confirm, loosens, wanted
from clinic_mapper.memo.document import TAGS
from clinic_mapper.memo.readers import Profile, load_profile, verdicts
from clinic_mapper.problem import Problem
from clinic_mapper.ui.look import Text, calm

TAG_WORDS = {
    "code": "Code of the matter", "agency-kind": "Kind of agency", "agency-name": "Name of an agency", "date": "Dates",
    "place": "Places of contacts", "home-place": "Where the client lives",
    "touchpoint-label": "Kinds of contact", "third-person": "People besides the client", "answer": "Answers",
    "admission": "Answers asked with care", "paper": "Names of papers", "note": "Notes",
    "reason": "Reasons for setting aside", "staff": "Staff", "route": "Routes", "law": "Law", "source": "Sources",
    "question": "Questions", "remedy": "Remedies",
}  # fmt: skip
VERDICT_WORDS = {
    "keep": "shown", "withhold": "left out", "generalize:month": "by month", "generalize:year": "by year",
    "generalize:band": "by five years", "generalize:county": "by county", "generalize:state": "by state",
    "generalize:kind": "by kind", "generalize:role": "by role",
}  # fmt: skip
_WHY = "Kept in this vault for every memo to this reader. Tighter holds at once; showing more needs an attorney."
_HIGHEST = 100


class ReaderSettings(QWidget):
    """The verdicts on each tag for one reader. `kept(ClinicProfile)`: somebody wants these from now on."""

    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._default: Profile = load_profile("supervisor")
        self._today = ""
        self.tags: dict[str, QComboBox] = {}
        self.threshold = QSpinBox(self)
        self.threshold.setAccessibleName("No number below")
        self.loosened = Text("", self, bold=True)
        self.agreed = QCheckBox("An attorney confirms this.", self)
        self.attorney = QLineEdit(self)
        self.attorney.setPlaceholderText("Who confirms (initials)")
        self.attorney.setAccessibleName("Attorney who confirms")
        self.said = Text("", self)
        self.use = QPushButton("&Use from now on", self)
        self._build()

    def _build(self) -> None:
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        for tag in TAGS:
            combo = QComboBox(self)
            combo.setAccessibleName(TAG_WORDS[tag])
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
            for verdict in verdicts(tag):
                combo.addItem(VERDICT_WORDS[verdict], verdict)
            combo.currentIndexChanged.connect(self._weigh)
            self.tags[tag] = combo
            self._form.addRow(TAG_WORDS[tag], combo)
        self._form.addRow("No number below", self.threshold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(calm(_WHY, self))
        column.addLayout(self._form)
        for widget in (self.loosened, self.agreed, self.attorney, self.said, self.use):
            column.addWidget(widget)
        self.threshold.valueChanged.connect(self._weigh)
        self.agreed.toggled.connect(self._weigh)
        self.attorney.textChanged.connect(self._weigh)
        self.use.clicked.connect(self._use)

    def open_for(self, profiles: ClinicProfiles, reader: str, today: str) -> None:
        """Show what a clinic set for a reader; what cannot be read counts as not set."""
        try:
            clinic = profiles.kept(reader)
        except Problem:
            clinic = None
        self.show_reader(load_profile(reader), clinic, today)

    def show_reader(self, default: Profile, clinic: ClinicProfile | None, today: str) -> None:
        """Show what is set for a reader; `today` is the day under which a confirmation is kept."""
        self._default, self._today = default, today
        hoped = wanted(default, clinic) if clinic else default
        for tag, combo in self.tags.items():
            combo.setCurrentIndex(combo.findData(hoped.tags[tag]))
            self._form.setRowVisible(combo, default.may_loosen)
        self.threshold.setRange(default.threshold, max(default.threshold, _HIGHEST))
        self.threshold.setValue(max(default.threshold, hoped.threshold))
        self._form.setRowVisible(self.threshold, default.threshold > 0)
        self.agreed.setChecked(False)
        self.attorney.clear()
        signed = clinic.confirmed if clinic else None
        self.said.setText(f"Confirmed by {signed.attorney}, {signed.on}." if signed else "")
        self._weigh()

    def forget(self) -> None:
        """Leave no name on the screen."""
        self.attorney.clear()
        self.said.setText("")

    def _wishes(self) -> ClinicProfile:
        tags = {tag: str(combo.currentData()) for tag, combo in self.tags.items()}
        return clinic_profile(self._default, tags, self.threshold.value() if self._default.threshold else None)

    @Slot()
    def _weigh(self) -> None:
        """Say what is loosened, and let nobody use that without a name."""
        loose = loosens(self._default, wanted(self._default, self._wishes()))
        named = [TAG_WORDS.get(tag, "Numbers") for tag in loose if tag != THRESHOLD]
        self.loosened.setText(f"This shows more than is usual: {', '.join(named)}." if loose else "")
        for widget in (self.loosened, self.agreed, self.attorney):
            widget.setVisible(bool(loose))
        self.said.setVisible(bool(self.said.text()))
        self.use.setEnabled(not loose or (self.agreed.isChecked() and bool(self.attorney.text().strip())))

    @Slot()
    def _use(self) -> None:
        try:
            clinic = confirm(self._default, self._wishes(), self.attorney.text(), self._today)
        except Problem as problem:
            self.said.setText(problem.sentence)
            self.said.show()
            return
        self.kept.emit(clinic)
