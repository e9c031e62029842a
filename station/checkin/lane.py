"""Joins capture and desk: what the camera sights, and what a scanner or a hand types, goes to the same desk."""

from station.capture.frame import Code, Sighting
from station.checkin.desk import Desk
from station.checkin.finding import Finder, Finding
from station.model.mode import Mode
from station.model.verdict import Source, Verdict

Answer = Verdict | Finding


def meant(code: Code) -> bytes:
    """What to redeem: the bytes of a code, but those of its text where the code declares another encoding."""
    try:
        code.raw.decode("utf-8")
    except UnicodeDecodeError:
        return code.text.encode()
    return code.raw


class Lane:
    """The way of a code to the desk.

    Attributes:
        session: identifier of the session that is checked into; None for the one of now.
        mode: what is done with a code.
    """

    def __init__(self, desk: Desk, finder: Finder) -> None:
        self._desk = desk
        self._finder = finder
        self.session: str | None = None
        self.mode = Mode.ADMISSION

    def take(self, sighting: Sighting) -> Answer:
        """Do with a code that was sighted what the mode says. Raises as :meth:`take_raw` does."""
        return self.take_raw(meant(sighting.code), Source.CAMERA)

    def take_raw(self, raw: bytes, source: Source) -> Answer:
        """Redeem what a scanner, a picture or a person gave, check out with it, or only look it up.

        Raises EnvironmentFault if it was not recorded; Refusal at the exit of a session that records none.
        """
        mode = self.mode
        if not mode.redeems:
            return self._finder.look_up(raw, source, mode, self.session)
        if mode is Mode.EXIT:
            return self._desk.check_out_code(raw, source, self.session)
        return self._desk.redeem(raw, source, self.session)
