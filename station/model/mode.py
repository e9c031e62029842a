"""What a desk does with the codes it reads."""

from enum import StrEnum

from station.model.verdict import Direction


class Mode(StrEnum):
    """Let in, let out, only hand out documents, or only look up; the last two record no scan."""

    ADMISSION = "admission"
    DOCUMENTS = "documents"
    ENQUIRY = "enquiry"
    EXIT = "exit"

    @property
    def redeems(self) -> bool:
        """Whether a code that is read is recorded."""
        return self in (Mode.ADMISSION, Mode.EXIT)

    @property
    def direction(self) -> Direction:
        """Which way delegates pass."""
        return Direction.OUT if self is Mode.EXIT else Direction.IN
