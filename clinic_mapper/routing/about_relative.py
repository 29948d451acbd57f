"""Whether a contact makes a relative's record rather than the client's own: the map then covers the client only."""

from __future__ import annotations

from clinic_mapper.casefile.model import Touchpoint
from clinic_mapper.catalog.model import TouchpointKind
from clinic_mapper.routing.facts import told


def is_about_relative(touchpoint: Touchpoint, kind: TouchpointKind | None) -> bool:
    """By the kind of contact, or by an answer that says in whose name the thing is."""
    if kind is None:
        return False
    answered = ((question, told(touchpoint.facts.get(question.id))) for question in kind.questions)
    return kind.about == "relative" or any(
        choice.relative and choice.value == value for question, value in answered for choice in question.choices
    )
