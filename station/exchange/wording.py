"""How conflicts and what may be decided of them are called, on screens and on the command line."""

from station.exchange.conflicts import Choice, Conflict, ConflictKind
from station.i18n import N_, _

_KINDS = {
    ConflictKind.ADMITTED_TWICE: N_("Admitted at two desks"),
    ConflictKind.SAME_PERSON: N_("Registered at two desks, perhaps the same person"),
    ConflictKind.CORRECTED_TWICE: N_("Corrected differently at two desks"),
    ConflictKind.CANCELLED_THEN_SCANNED: N_("Cancelled at one desk, scanned later at another"),
}
_MEANINGS = {
    ConflictKind.ADMITTED_TWICE: N_(
        "The first admission counts. Both records are kept, whatever is decided."
    ),
    ConflictKind.SAME_PERSON: N_(
        "As one person they count once. Both codes stay, and either leads to the same answer at the desk."
    ),
    ConflictKind.CORRECTED_TWICE: N_("The latest one holds while nobody decides."),
    ConflictKind.CANCELLED_THEN_SCANNED: N_(
        "One desk cancelled the admission; the other one saw the delegate later. Did they come?"
    ),
}
_CHOICES = {
    Choice.KEEP: N_("Leave both, the first counts"),
    Choice.CANCEL: N_("Cancel the later one"),
    Choice.SAME: N_("One person"),
    Choice.APART: N_("Two people"),
    Choice.PRESENT: N_("They came"),
    Choice.ABSENT: N_("They did not come"),
}


def kind_text(conflict: Conflict) -> str:
    """What contradicts itself, as a heading."""
    return _(_KINDS[conflict.kind])


def meaning_text(conflict: Conflict) -> str:
    """What holds meanwhile, and what a decision changes."""
    return _(_MEANINGS[conflict.kind])


def choice_text(conflict: Conflict, choice: str) -> str:
    """What may be decided, as the caption of a button."""
    if conflict.kind is ConflictKind.CORRECTED_TWICE:
        return next((_("“{text}”").format(text=c.text) for c in conflict.claims if c.entry == choice), choice)
    return _(_CHOICES[Choice(choice)])


_FIELDS = {
    "name": N_("Full name"),
    "position": N_("Position"),
    "unit": N_("Unit"),
    "category": N_("Category"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "seat": N_("Seat"),
    "note": N_("Note"),
}


def field_text(field: str) -> str:
    """The name of a corrected field, '' for none."""
    return _(_FIELDS[field]) if field in _FIELDS else field
