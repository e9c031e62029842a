"""The ways in which a wish can fail, each with a sentence for the person at the desk.

    StationError
    ├── Refusal            a wish that cannot be granted (a newer folder, a second program, an unknown session)
    ├── EnvironmentFault   disk, camera, printer, stick or network failed: says what to do, retried where safe
    ├── BadInput           a file from outside is not as it should be: carries every problem
    └── Cancelled          a person stopped the work

Anything else that is raised is a bug. A verdict on a scan is a value, never an exception.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class StationError(Exception):
    """Base of all errors that carry a sentence a user may read (already in the user's language)."""


class Refusal(StationError):
    """A wish that cannot be granted, with the reason and what to do."""


class EnvironmentFault(StationError):
    """The world around the program failed: disk, camera, printer, stick, network."""


class Cancelled(StationError):
    """A person stopped the work; nothing is left half-done."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file.

    Attributes:
        row: 1-based row of the sheet, None when the whole file is meant.
        column: the heading (or the letter) of the column, None when the whole row is meant.
        problem: a stable upper-case name for scripts, for example ``DUPLICATE_CODE``.
        message: the sentence for a person, in the user's language.
    """

    row: int | None
    column: str | None
    problem: str
    message: str


class BadInput(StationError):
    """A file from outside that cannot be taken as it is; carries every problem found.

    Attributes:
        problems: at least one problem, in the order of the file.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))
