"""What a person prefers, changed from the menu or the settings page, remembered and told to whoever shows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clinic_mapper.ui.settings import LOCK_AFTER, QUESTION_LANGUAGE, TEXT_SIZE, Setting, Settings
from clinic_mapper.ui.text_size import STEP, set_text_size


class Preferences(QObject):
    """`language_changed(str)`: `en` or `es`. `lock_after_changed(int)`: minutes. Text size is applied here."""

    language_changed = Signal(str)
    lock_after_changed = Signal(int)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def language(self) -> str:
        """The language of questions, `en` or `es`."""
        return self._settings.text(QUESTION_LANGUAGE)

    @Slot(str)
    def set_language(self, language: str) -> None:
        """Ask in this language from now on."""
        if language != self.language:
            self._settings.put(QUESTION_LANGUAGE, language)
            self.language_changed.emit(language)

    @Slot()
    def turn_language(self) -> None:
        """Questions in Spanish, or in English again."""
        self.set_language("en" if self.language == "es" else "es")

    @Slot()
    def larger_text(self) -> None:
        """All text one step larger."""
        self._put_text_size(self._settings.number(TEXT_SIZE) + STEP)

    @Slot()
    def smaller_text(self) -> None:
        """All text one step smaller."""
        self._put_text_size(self._settings.number(TEXT_SIZE) - STEP)

    @Slot()
    def usual_text(self) -> None:
        """All text as large as the desktop's."""
        self._put_text_size(int(TEXT_SIZE.default))

    @Slot(object)
    def apply(self, row: Setting) -> None:
        """Do what the setting of this row says."""
        if row is TEXT_SIZE:
            set_text_size(self._settings.number(TEXT_SIZE))
        elif row is LOCK_AFTER:
            self.lock_after_changed.emit(self._settings.number(LOCK_AFTER))

    def _put_text_size(self, percent: int) -> None:
        if TEXT_SIZE.fits(percent):
            self._settings.put(TEXT_SIZE, percent)
            self.apply(TEXT_SIZE)
