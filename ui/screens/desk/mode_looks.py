"""How each mode of the desk looks: word, icon and colour, which key chooses it, and what is said of it."""

from dataclasses import dataclass

from station.i18n import N_, _
from station.model.mode import Mode
from ui.style.theme import theme
from ui.style.tokens import DOCUMENTS, EXIT, LOOKING_UP, Pair


@dataclass(frozen=True, slots=True)
class ModeLook:
    """Everything one sees of a mode.

    Attributes:
        word: in capitals, to be read from two metres. said: one sentence with ``{session}``.
        caption: on a button. icon: name of an icon. key: chooses the mode.
    """

    word: str
    said: str
    caption: str
    icon: str
    key: str


LOOKS = {
    Mode.ADMISSION: ModeLook(
        N_("ENTRY"), N_("Whoever is scanned now enters {session}."), N_("Admission"), "log-in", "Shift+F1"
    ),
    Mode.DOCUMENTS: ModeLook(
        N_("DOCUMENTS ONLY"),
        N_("A scan shows what to hand out; nobody is admitted here."),
        N_("Documents only"),
        "package-open",
        "Shift+F2",
    ),
    Mode.ENQUIRY: ModeLook(
        N_("ENQUIRY ONLY"),
        N_("A scan shows the card; nothing at all is recorded."),
        N_("Enquiry only"),
        "user-round-search",
        "Shift+F3",
    ),
    Mode.EXIT: ModeLook(
        N_("EXIT"), N_("Whoever is scanned now leaves {session}."), N_("Exit"), "log-out", "Shift+F4"
    ),
}
_COLOURS = {Mode.EXIT: EXIT, Mode.DOCUMENTS: DOCUMENTS, Mode.ENQUIRY: LOOKING_UP}


def colours_of(mode: Mode) -> Pair:
    """The colours of a mode: its own, or those of the theme for the usual one."""
    return _COLOURS.get(mode) or Pair(theme().accent_soft, theme().text)


def said_of(mode: Mode, session: str) -> str:
    """What a scan does now, in a sentence."""
    return _(LOOKS[mode].said).format(session=session)
