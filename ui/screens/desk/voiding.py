"""What is asked before an admission or an exit is cancelled, and what is said when it was."""

from dataclasses import dataclass

from station.i18n import _
from station.model.verdict import Direction


@dataclass(frozen=True, slots=True)
class Voiding:
    """The question with what it means, the button that says yes, and what is told afterwards."""

    question: str
    advice: str
    yes: str
    told: str


def voiding_of(direction: Direction, name: str) -> Voiding:
    """Of the latest movement of a delegate."""
    if direction is Direction.OUT:
        return Voiding(
            _("Cancel the exit of {name}?").format(name=name),
            _("The record is kept and marked as cancelled; the delegate counts as inside again."),
            _("Cancel exit"),
            _("The exit was cancelled."),
        )
    return Voiding(
        _("Cancel the admission of {name}?").format(name=name),
        _("The record is kept and marked as cancelled; the delegate can be admitted again."),
        _("Cancel admission"),
        _("The admission was cancelled."),
    )
