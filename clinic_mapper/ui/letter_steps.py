"""The step that a saved letter begins, kept in the matter; and what a step knows of its letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from clinic_mapper.casefile.model import FollowUp, Matter
from clinic_mapper.catalog.model import Catalog
from clinic_mapper.memo.letter_follow_up import answer_due, follow_up_of, recipient_of, same_step, time_of
from clinic_mapper.memo.letter_templates import Due, Letter
from clinic_mapper.ui.follow_up_words import step_added
from clinic_mapper.ui.session import CaseSession


def begin_step(session: CaseSession, letter: Letter, contact: str, today: date) -> str:
    """Keep the step of a letter that was just saved; says so. A step that waits for this very letter becomes it."""
    matter = session.matter
    if matter is None:
        return ""
    about = contact if letter.contact != "none" else ""
    new = follow_up_of(letter, about, matter, session.catalog, today)
    waiting = next((each for each in matter.follow_ups if _waits_for(each, new)), None)
    if waiting is None:
        session.add_follow_up(new)
        return step_added(new)
    due = waiting.due or new.due
    session.change_follow_up(waiting.id, letter=letter.id, remedy=new.remedy, due=due)
    return step_added(replace(new, due=due)).replace("was added to", "stands among")


def _waits_for(step: FollowUp, new: FollowUp) -> bool:
    begun = replace(step, letter=step.letter or new.letter, about=step.about if new.about else "")
    return step.state == "open" and not step.sent and same_step(begun, new)


def time_of_step(
    step: FollowUp, matter: Matter, catalog: Catalog, letters: Mapping[str, Letter]
) -> tuple[Letter | None, Due | None, str]:
    """The letter of a step, the time for its answer, and the law that the letter names; None where there is none."""
    letter = letters.get(step.letter)
    if letter is None:
        return None, None, ""
    recipient = next(
        (each for each in letter.recipients if each.remedy == step.remedy),
        recipient_of(letter, (step.about,), matter, catalog),
    )
    return letter, time_of(letter, recipient), recipient.law


def due_when_sent(step: FollowUp, sent: str, due: Due | None) -> str:
    """The day on which an answer is due once the day of sending is told, or told anew.

    Before, it was worked out as if the letter left when it was saved. A day that somebody set afterwards stays.
    """
    worked_out = answer_due(due, sent) if due is not None else ""
    moves = not step.sent or step.due in ("", answer_due(due, step.sent) if due is not None else "")
    return worked_out if worked_out and moves else step.due
