"""Joins capture and desk: what the camera sights, and what a scanner or a hand types, goes to the same desk."""

from station.capture.frame import Code, Sighting
from station.checkin.desk import Desk
from station.model.verdict import Direction, Source, Verdict


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
        direction: whether the desk stands at the entrance or at the exit of that session.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.session: str | None = None
        self.direction = Direction.IN

    def take(self, sighting: Sighting) -> Verdict:
        """Redeem a code that was sighted, or check out with it. Raises as :meth:`take_raw` does."""
        return self.take_raw(meant(sighting.code), Source.CAMERA)

    def take_raw(self, raw: bytes, source: Source) -> Verdict:
        """Redeem what a scanner, a picture or a person gave, or check out with it.

        Raises EnvironmentFault if it was not recorded; Refusal at the exit of a session that records none.
        """
        if self.direction is Direction.OUT:
            return self._desk.check_out_code(raw, source, self.session)
        return self._desk.redeem(raw, source, self.session)
