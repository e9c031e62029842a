"""What the desk says to each verdict: the word one reads from two metres, the reason, and what to do."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from station.i18n import N_, _, language
from station.model.document import BundleState
from station.model.event import Session
from station.model.verdict import Admission, Outcome, Reason, Source, Verdict
from ui.style.tokens import Tone
from ui.wording import session_label

ICONS = {
    Tone.ADMITTED: "circle-check",
    Tone.ATTENTION: "triangle-alert",
    Tone.REFUSED: "octagon-x",
    Tone.ENQUIRY: "user-round-search",
    Tone.ALARM: "save-off",
}
TONES = {
    Outcome.ADMITTED: Tone.ADMITTED,
    Outcome.ATTENTION: Tone.ATTENTION,
    Outcome.REFUSED: Tone.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything the large panel shows.

    Attributes:
        word: one to four words in capitals; sentence: why; advice: what the clerk does next.
        stamp: time and session, small.
        entry: the journal entry it stands for, empty for what is not a verdict.
    """

    tone: Tone
    word: str
    sentence: str = ""
    advice: str = ""
    stamp: str = ""
    entry: str = ""


# Reason: (short, for lists; sentence; advice). Where the clerk reads them in a hurry, plain words win.
_REASONS: dict[Reason, tuple[str, str, str]] = {
    Reason.MISREAD: (
        N_("Misread"),
        N_("The code was not read completely."),
        N_("Hold the code still and flat, then scan again."),
    ),
    Reason.FORGED: (
        N_("Not genuine"),
        N_("This code was not issued by the organiser."),
        N_("Keep the code and call the supervisor."),
    ),
    Reason.UNKNOWN: (
        N_("Unknown code"),
        N_("This is not one of this event's codes."),
        N_("Ask for the invitation, or find the name with F3."),
    ),
    Reason.WRONG_EVENT: (
        N_("Another event"),
        N_("This code belongs to another event."),
        N_("Ask for this event's code, or find the name with F3."),
    ),
    Reason.REVOKED: (
        N_("Code revoked"),
        N_("This code was revoked; a newer one may have been issued."),
        N_("Ask for the newer code, or find the name with F3."),
    ),
    Reason.BLOCKED: (
        N_("Blocked"),
        N_("The organiser has blocked this delegate."),
        N_("Call the supervisor."),
    ),
    Reason.WITHDRAWN: (
        N_("Withdrawn"),
        N_("This delegate was withdrawn from the roster."),
        N_("Call the supervisor."),
    ),
    Reason.NOT_ON_ROSTER: (
        N_("Not on this roster"),
        N_("A genuine code, but this desk's roster does not hold the name yet."),
        N_("Let them in and note the name; the desks compare their records later."),
    ),
    Reason.NOT_YET_OPEN: (
        N_("Not open yet"),
        N_("This session has not opened yet."),
        N_("Ask them to come back, or choose another session with F6."),
    ),
    Reason.CLOSED: (
        N_("Closed"),
        N_("This session has closed."),
        N_("Choose another session with F6, or call the supervisor."),
    ),
    Reason.NOT_ENTITLED: (
        N_("Not entitled"),
        N_("This delegate is not registered for this session."),
        N_("Check the session chosen above (F6)."),
    ),
    Reason.ALREADY_IN: (N_("Already in"), "", N_("Nothing to record. Check what is still to be handed out.")),
    Reason.NOT_IN: (
        N_("Not in"),
        N_("This delegate has not come in yet."),
        N_("Scan at the entrance first."),
    ),
    Reason.AMBIGUOUS: (
        N_("Several delegates"),
        N_("Several delegates share this code."),
        N_("Choose the right name below."),
    ),
    Reason.SUBSTITUTED: (
        N_("Someone else came"),
        N_("Another delegate comes in this one's place."),
        N_("Ask who takes part, then find that name with F3."),
    ),
}


def short_reason(reason: Reason | None) -> str:
    """A reason in two or three words; empty for a plain yes."""
    return _(_REASONS[reason][0]) if reason else ""


def local_time(at: datetime, zone: str, now: datetime) -> str:
    """An instant in the event's zone; with the day unless it is today."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%H:%M %d/%m}" if language() == "vi" else f"{local:%H:%M, %d %b}"


def admission_sentence(admission: Admission, zone: str, now: datetime) -> str:
    """When and at which desk a delegate came in."""
    when = local_time(admission.at, zone, now)
    if admission.here:
        return _("Came in at {time}, at this desk.").format(time=when)
    return _("Came in at {time}, at {station}.").format(time=when, station=admission.station)


def _word(verdict: Verdict) -> str:
    if verdict.outcome is Outcome.ADMITTED:
        return _("WELCOME")
    if verdict.reason is Reason.ALREADY_IN:
        return _("ALREADY IN")
    return _("DO NOT ADMIT") if verdict.outcome is Outcome.REFUSED else _("PLEASE CHECK")


def _sentence(verdict: Verdict, zone: str) -> str:
    if verdict.reason is None:
        return _("Recorded as present.") if verdict.source is not Source.HAND else _("Admitted by hand.")
    if verdict.reason is Reason.ALREADY_IN and verdict.admission:
        return admission_sentence(verdict.admission, zone, verdict.at)
    if _is_mistyped(verdict):
        return _("This number is not right: a digit is wrong, missing or doubled.")
    return _(_REASONS[verdict.reason][1]) if _REASONS[verdict.reason][1] else ""


def _is_mistyped(verdict: Verdict) -> bool:
    return verdict.reason is Reason.MISREAD and verdict.source is Source.TYPED


def _advice(verdict: Verdict) -> str:
    due = any(item.state is BundleState.DUE for item in verdict.bundle)
    if verdict.reason is Reason.ALREADY_IN and not due:
        return _("Nothing to record, nothing to hand out.")
    if _is_mistyped(verdict):
        return _("Compare it group by group, type it again with F3, or find the name.")
    if verdict.reason is not None:
        return _(_REASONS[verdict.reason][2])
    return _("Hand out the documents: F2.") if due else ""


def of_verdict(verdict: Verdict, zone: str) -> Notice:
    """The notice of a verdict."""
    local = verdict.at.astimezone(ZoneInfo(zone))
    return Notice(
        tone=TONES[verdict.outcome],
        word=_word(verdict),
        sentence=_sentence(verdict, zone),
        advice=_advice(verdict),
        stamp=f"{local:%H:%M:%S} · {session_label(verdict.session)}",
        entry=verdict.entry,
    )


def of_enquiry(admission: Admission | None, session: Session, zone: str, now: datetime) -> Notice:
    """The notice above a card that was only looked up."""
    sentence = _("Not in this session yet.")
    advice = _("Admit by hand: F4.")
    if admission:
        sentence, advice = admission_sentence(admission, zone, now), ""
    return Notice(Tone.ENQUIRY, _("ENQUIRY"), sentence, advice, session_label(session))
