"""By kind of data in words, for a terminal: which lines could give ICE the address, the photo, the gang label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clinic_mapper.memo.phrases import Voice
from clinic_mapper.memo.terminal_page import indented, page
from clinic_mapper.routing.by_data import ItemLine, lines_by_item


def by_data_in_words(voice: Voice) -> str:
    """Each item with the lines that could carry it: open ones, undetermined ones, and those that a law alone bars."""
    return page(_text(voice), voice.words)


def _text(voice: Voice) -> Iterator[str]:
    words = voice.words
    if voice.matter.sample:
        yield words("terminal.sample")
    yield words("by_data.title").upper()
    if voice.exposure.cut:
        yield indented(words("terminal.cut"), 0)
    found = {item: lines for item, lines in lines_by_item(voice.exposure).items() if item != "identity"}
    yield indented(words("by_data.identity") if found else words("by_data.nothing"), 0)
    for item, lines in found.items():
        yield ""
        yield from _item(item, lines, voice)


def _item(item: str, lines: Sequence[ItemLine], voice: Voice) -> Iterator[str]:
    words = voice.words
    count = {standing: sum(line.standing == standing for line in lines) for standing in ("open", "undetermined")}
    yield indented(words("by_data.item", item=words(f"data.{item}"), **count), 0)
    groups: dict[tuple[str, bool], list[ItemLine]] = {}
    for line in lines:
        groups.setdefault((_how(line), line.surely), []).append(line)
    for (how, surely), members in groups.items():
        if how != "closed":
            standing = words("by_data.barred") if how == "barred" else words(f"standing.{how}")
            sure = words(f"by_data.{'surely' if surely else 'perhaps'}{'' if how == 'open' else '_if'}")
            listed = "; ".join(_mechanisms(members, voice))
            yield indented(words("by_data.group", standing=standing, sure=sure, list=listed), 2)
    closed = sum(_how(line) == "closed" for line in lines)
    if closed:
        yield indented(words.counted("by_data.closed", closed), 2)


def _how(line: ItemLine) -> str:
    return "barred" if line.standing == "closed" and line.closed_by == ("law",) else line.standing


def _mechanisms(lines: Sequence[ItemLine], voice: Voice) -> Iterator[str]:
    by_mechanism: dict[str, list[str]] = {}
    for line in lines:
        by_mechanism.setdefault(line.mechanism, []).append(line.touchpoint)
    for mechanism, contacts in by_mechanism.items():
        named = voice.contacts(contacts)
        yield voice.words("by_data.line", mechanism=voice.mechanism(mechanism), contacts=named)
