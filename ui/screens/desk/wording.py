"""What the desk says to each verdict: the word one reads from two metres, the reason, and what to do."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from station.checkin.finding import Finding
from station.i18n import N_, _, language
from station.model.delegate import Delegate
from station.model.document import BundleState
from station.model.event import Session
from station.model.mode import Mode
from station.model.verdict import Direction, Movement, Outcome, Reason, Source, Verdict
from ui.style.tokens import Tone
from ui.wording import audiences_label, session_label

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


_BEFORE_S = 1.5  # a verdict younger than this when the next one comes stays as a ribbon


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything the large panel shows.

    Attributes:
        word: one to four words in capitals; sentence: why; advice: what the clerk does next.
        stamp: time and session, small.
        entry: the journal entry it stands for, empty for what is not a verdict.
        icon: instead of the tone's own.
    """

    tone: Tone
    word: str
    sentence: str = ""
    advice: str = ""
    stamp: str = ""
    entry: str = ""
    icon: str = ""


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
        N_("Ask them to come back then, or choose another session with F6."),
    ),
    Reason.CLOSED: (
        N_("Closed"),
        N_("This session has closed."),
        N_("Choose another session with F6, or call the supervisor."),
    ),
    Reason.NOT_ENTITLED: (
        N_("Not entitled"),
        N_("This delegate is not registered for this session."),
        N_("Choose another session with F6, or call the supervisor."),
    ),
    Reason.ALREADY_IN: (N_("Already in"), "", N_("Nothing to record. Check what is still to be handed out.")),
    Reason.NOT_IN: (
        N_("Not in"),
        N_("This delegate has not come in yet."),
        N_("If they were inside, press F4 and scan the entry, then the exit again."),
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
    Reason.SIGN_IN_ROW: (
        N_("Sign-in row"),
        N_("This is a row of a printed sign-in sheet. Nobody was admitted."),
        N_("To record signatures open “Take in paper sheets” under Prepare."),
    ),
    Reason.OTHER_SHEET: (
        N_("Another sheet"),
        N_("This row belongs to the sheet of another session."),
        N_("Choose the session of the sheet."),
    ),
    Reason.CERTIFICATE: (
        N_("Certificate"),
        N_("This is a certificate of attendance, not a code to come in with."),
        N_("Choose the mode “Enquiry only” to see whether it is genuine."),
    ),
}


def in_short(verdict: Verdict, notice: Notice) -> str:
    """A verdict in one line: who, or why nobody; and the word."""
    name = verdict.delegate.name if verdict.delegate else short_reason(verdict.reason)
    return f"{name} · {notice.word}"


def short_reason(reason: Reason | None) -> str:
    """A reason in two or three words; empty for a plain yes."""
    return _(_REASONS[reason][0]) if reason else ""


def reason_sentence(reason: Reason) -> str:
    """A reason in a sentence."""
    return _(_REASONS[reason][1])


def reason_advice(reason: Reason) -> str:
    """What the clerk does about a reason."""
    return _(_REASONS[reason][2])


def tone_of(answer: Verdict | Finding) -> Tone:
    """In which a code on the picture is outlined."""
    if isinstance(answer, Finding) and (answer.mode is Mode.ENQUIRY or answer.outcome is Outcome.ADMITTED):
        return Tone.ENQUIRY
    return TONES[answer.outcome]


def local_time(at: datetime, zone: str, now: datetime) -> str:
    """An instant in the event's zone; with the day unless it is today."""
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%H:%M %d/%m}" if language() == "vi" else f"{local:%H:%M, %d %b}"


def admission_sentence(admission: Movement, zone: str, now: datetime) -> str:
    """When and at which desk a delegate came in."""
    when = local_time(admission.at, zone, now)
    if admission.here:
        return _("Came in at {time}, at this desk.").format(time=when)
    return _("Came in at {time}, at {station}.").format(time=when, station=admission.station)


def departure_sentence(departure: Movement, zone: str, now: datetime) -> str:
    """When and at which desk a delegate left."""
    when = local_time(departure.at, zone, now)
    if departure.here:
        return _("Went out at {time}, at this desk.").format(time=when)
    return _("Went out at {time}, at {station}.").format(time=when, station=departure.station)


def of_verdict(verdict: Verdict, zone: str) -> Notice:
    """The notice of a verdict."""
    local = verdict.at.astimezone(ZoneInfo(zone))
    leaves = verdict.direction is Direction.OUT and verdict.outcome is Outcome.ADMITTED
    return Notice(
        tone=TONES[verdict.outcome],
        word=_word(verdict),
        sentence=_sentence(verdict, zone),
        advice=_advice(verdict),
        stamp=f"{local:%H:%M:%S} · {session_label(verdict.session)}",
        entry=verdict.entry,
        icon="log-out" if leaves else "",
    )


def ribbon(previous: Verdict | None, verdict: Verdict, zone: str) -> tuple[Tone, str] | None:
    """Tone and text of the verdict of a moment ago, about somebody else, which a verdict takes the place of."""
    if previous is None or (verdict.at - previous.at).total_seconds() > _BEFORE_S:
        return None
    if previous.delegate == verdict.delegate and previous.delegate is not None:
        return None
    notice = of_verdict(previous, zone)
    return notice.tone, in_short(previous, notice)


def of_enquiry(
    admission: Movement | None,
    departure: Movement | None,
    session: Session,
    direction: Direction,
    zone: str,
    now: datetime,
) -> Notice:
    """The notice above a card that was only looked up."""
    by_hand = {Direction.IN: _("Admit by hand: F5."), Direction.OUT: _("Check out by hand: F5.")}[direction]
    if departure:
        sentence = departure_sentence(departure, zone, now)
        advice = by_hand if direction is Direction.IN and admission is None else ""
    elif admission:
        sentence = admission_sentence(admission, zone, now)
        advice = by_hand if direction is Direction.OUT else ""
    else:
        sentence, advice = _("Not in this session yet."), by_hand if direction is Direction.IN else ""
    return Notice(Tone.ENQUIRY, _("ENQUIRY"), sentence, advice, session_label(session))


def _word(verdict: Verdict) -> str:
    out = verdict.direction is Direction.OUT
    if verdict.outcome is Outcome.ADMITTED:
        return _("CHECKED OUT") if out else _("WELCOME")
    if verdict.reason is Reason.ALREADY_IN:
        return _("ALREADY LEFT") if verdict.departure else _("ALREADY IN")
    if verdict.outcome is Outcome.REFUSED:
        return _("NOT CHECKED OUT") if out else _("DO NOT ADMIT")
    return _("PLEASE CHECK")


def _sentence(verdict: Verdict, zone: str) -> str:
    if verdict.departure and verdict.reason in (Reason.ALREADY_IN, Reason.NOT_IN):
        return departure_sentence(verdict.departure, zone, verdict.at)
    match verdict.reason:
        case None if verdict.direction is Direction.OUT:
            return _leaving_sentence(verdict, zone)
        case None:
            return _("Recorded as present.") if verdict.source is not Source.HAND else _("Admitted by hand.")
        case Reason.ALREADY_IN if verdict.admission:
            return admission_sentence(verdict.admission, zone, verdict.at)
        case Reason.NOT_YET_OPEN | Reason.CLOSED:
            return _window_sentence(verdict, zone)
        case Reason.NOT_ENTITLED if verdict.delegate:
            return _entitlement_sentence(verdict.delegate, verdict.session)
        case Reason.MISREAD if verdict.source is Source.TYPED:
            return _("This number is not right: a digit is wrong, missing or doubled.")
    return _(_REASONS[verdict.reason][1]) if _REASONS[verdict.reason][1] else ""


def _leaving_sentence(verdict: Verdict, zone: str) -> str:
    said = _("Recorded as left.") if verdict.source is not Source.HAND else _("Checked out by hand.")
    if verdict.admission is None:
        return said
    return f"{said} {admission_sentence(verdict.admission, zone, verdict.at)}"


def _window_sentence(verdict: Verdict, zone: str) -> str:
    """When the session admits, its grace included; and when it begins, where that is another time."""
    session, early = verdict.session, verdict.reason is Reason.NOT_YET_OPEN
    instant = session.admits_from if early else session.admits_until
    window = session.opens_at if early else session.closes_at
    if instant is None or window is None:
        return _(_REASONS[Reason.NOT_YET_OPEN if early else Reason.CLOSED][1])
    when, whole = local_time(instant, zone, verdict.at), local_time(window, zone, verdict.at)
    if early:
        text = _("Opens at {time}.") if instant == window else _("Opens at {time}; it begins at {whole}.")
    else:
        text = _("Closed at {time}.") if instant == window else _("Closed at {time}; it ended at {whole}.")
    return text.format(time=when, whole=whole)


def _entitlement_sentence(delegate: Delegate, session: Session) -> str:
    """Which of category and unit keeps a delegate out: the unit where a rule names the category, or none does."""
    categories = {rule.category for rule in session.admits} - {""}
    if delegate.unit and (delegate.category in categories or not categories):
        return _("The unit {unit} does not take part in this session.").format(unit=delegate.unit)
    if delegate.category:
        text = _("The category {category} does not take part in this session.")
        return text.format(category=delegate.category)
    return _(_REASONS[Reason.NOT_ENTITLED][1])


def _advice(verdict: Verdict) -> str:
    due = any(item.state is BundleState.DUE for item in verdict.bundle)
    if verdict.reason is None:
        return _("Hand out the documents: F2.") if due and verdict.direction is Direction.IN else ""
    if verdict.reason is Reason.ALREADY_IN and verdict.departure:
        return _("Nobody comes in twice here. Call the supervisor.")
    if verdict.reason is Reason.ALREADY_IN and not due:
        return _("Nothing to record, nothing to hand out.")
    if verdict.reason is Reason.NOT_ENTITLED:
        said = _("It is for: {names}.").format(names=audiences_label(verdict.session))
        return f"{said} {_(_REASONS[Reason.NOT_ENTITLED][2])}"
    if verdict.reason is Reason.NOT_ON_ROSTER:
        return _unknown_advice(verdict)
    if verdict.reason is Reason.NOT_IN and verdict.departure:
        return _("Nothing to record.")
    if verdict.reason is Reason.MISREAD and verdict.source is Source.TYPED:
        return _("Compare it group by group, type it again with F3, or find the name.")
    return _(_REASONS[verdict.reason][2])


def _unknown_advice(verdict: Verdict) -> str:
    """Somebody of whom this desk knows only that the code is genuine."""
    if verdict.direction is Direction.OUT:
        return _("Let them go and note the name; the desks compare their records later.")
    if verdict.session.admits:
        said = _("Only for: {names}. Ask, then let them in and note the name.")
        return said.format(names=audiences_label(verdict.session))
    return _(_REASONS[Reason.NOT_ON_ROSTER][2])
