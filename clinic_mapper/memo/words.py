"""The words that people see on maps and memos, English and Spanish, by key (`standing.open`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from clinic_mapper.problem import Problem
from clinic_mapper.resource_files import resources

LANGUAGES = ("en", "es")
_SOUNDS_LIKE_I = re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)
"""How a Spanish word begins before which “y” becomes “e”: “e historial”, but “y hielo”."""


class Words:
    """The words of one language. Called with a key and the values of its places: `words("page", number=1, of=2)`."""

    def __init__(self, lang: str, texts: dict[str, str]) -> None:
        self.lang = lang
        self._texts = texts

    def __call__(self, key: str, **values: object) -> str:
        """The text under a key, its named places filled. A key that does not exist is a bug and raises `KeyError`."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the file."""
        return tuple(self._texts)

    def counted(self, key: str, number: int) -> str:
        """“1 line”, “2 lines”: the key's form for one or for several, with the number in it."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", number=number)

    def joined(self, parts: Sequence[str]) -> str:
        """“a, b and c”."""
        if len(parts) < 2:
            return "".join(parts)
        key = "list.and_i" if self.lang == "es" and _SOUNDS_LIKE_I.match(parts[-1]) else "list.and"
        return self(key, first=", ".join(parts[:-1]), last=parts[-1])


@lru_cache(maxsize=4)
def load_words(lang: str) -> Words:
    """The words of a language.

    Raises:
        Problem: `no-such-language`, naming those that exist.
    """
    if lang not in LANGUAGES:
        raise Problem(
            "no-such-language",
            f"There are no texts in “{lang}”.",
            "Nothing was written.",
            f"Choose one of: {', '.join(LANGUAGES)}.",
        )
    nested = msgspec.json.decode((resources() / "words" / f"{lang}.json").read_bytes(), type=dict[str, dict[str, str]])
    return Words(lang, {f"{group}.{key}": text for group, texts in nested.items() for key, text in texts.items()})
