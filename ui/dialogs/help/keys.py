"""The keys of the desk, in the order in which they are told."""

from station.guide.markdown import Anchor, Block, Heading, Note, Table, inline
from station.i18n import N_, _

KEYS = (
    ("F2", N_("Hand out all documents")),
    ("Alt+1 … Alt+0", N_("One document: hand out, take back")),
    ("F3", N_("Find a name")),
    ("F4", N_("Entry or exit, where exits are recorded")),
    ("F5", N_("Admit or check out by hand")),
    ("F6", N_("Choose the session")),
    ("Shift+F6", N_("Follow the clock again")),
    ("F7", N_("Print the badge")),
    ("F8", N_("Cancel an admission or exit")),
    ("F9", N_("Close the alarm “not recorded”")),
    ("F10", N_("Walk-ins, substitutions and other cases")),
    ("F11", N_("Copy the documents to the delegate's USB stick")),
    ("F12", N_("Open documents of the delegate")),
    ("Shift+F1", N_("Mode: admission")),
    ("Shift+F2", N_("Mode: documents only, nobody is admitted")),
    ("Shift+F3", N_("Mode: enquiry only, nothing is recorded")),
    ("Shift+F4", N_("Mode: exit, where exits are recorded")),
    ("Esc", N_("Close search or card")),
    ("Ctrl+1, Ctrl+2, Ctrl+3, Ctrl+4", N_("Desk, delegates, prepare, delegations")),
    ("Ctrl+P", N_("Badges that wait for printing")),
    ("Ctrl+E", N_("Export")),
    ("Ctrl+,", N_("Settings")),
    ("Ctrl+I", N_("Take in a roster, at the delegates")),
    ("Ctrl+F", N_("Find, as F3")),
    ("Ctrl+L", N_("Lock or unlock")),
    ("Ctrl+=, Ctrl+-, Ctrl+0", N_("Larger, smaller, as designed")),
    ("F1", N_("Help for what is on the screen")),
)


def keys() -> list[str]:
    """Every key that the page names."""
    return [key for key, _text in KEYS]


def blocks() -> tuple[Block, ...]:
    """The keys as the beginning of a page of the guide, in two columns."""
    half = -(-len(KEYS) // 2)
    told = [(inline(_caps(key)), inline(_(text))) for key, text in KEYS]
    told += [((), ())] * (2 * half - len(told))
    rows = tuple((*told[place], *told[place + half]) for place in range(half))
    head = (inline(_("Key")), inline(_("Does"))) * 2
    note = _("A USB scanner works at any time: scan, nothing needs to be chosen first.")
    return Anchor("all-keys"), Heading(2, _("Keys")), Note(inline(note)), Table(head, rows)


def _caps(key: str) -> str:
    """Keys as caps: a comma or an ellipsis between two stays outside."""
    return " ".join(word if word == "…" else f"`{_bare(word)}`" for word in key.split(" "))


def _bare(word: str) -> str:
    return word if word == "Ctrl+," else word.rstrip(",")
