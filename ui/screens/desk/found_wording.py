"""What the desk says of somebody who was only looked up: at the table for documents, and for an enquiry."""

from datetime import datetime

from station.i18n import _
from station.model.document import BundleState
from station.model.mode import Mode
from station.model.verdict import Reason
from ui.screens.desk.subject import Subject
from ui.screens.desk.wording import (
    Notice,
    admission_sentence,
    departure_sentence,
    of_enquiry,
    reason_advice,
    reason_sentence,
)
from ui.style.tokens import Tone
from ui.wording import session_label


def of_found(subject: Subject, mode: Mode, zone: str, now: datetime) -> Notice:
    """The notice above whom the desk shows without a verdict."""
    if mode is Mode.DOCUMENTS:
        return _of_documents(subject, zone, now)
    if mode is not Mode.ENQUIRY:
        return of_enquiry(subject.admission, subject.departure, subject.session, mode.direction, zone, now)
    said = reason_sentence(subject.reason) if subject.reason else _whereabouts(subject, zone, now)
    sentence = subject.remark or said
    return Notice(
        Tone.ENQUIRY, _("ENQUIRY"), sentence, _("Nothing was recorded."), session_label(subject.session)
    )


def _of_documents(subject: Subject, zone: str, now: datetime) -> Notice:
    stamp, reason = session_label(subject.session), subject.reason
    if reason is Reason.NOT_ON_ROSTER:
        advice = _("This desk does not know the bundle. Ask the desk that registered them.")
        return Notice(Tone.ATTENTION, _("PLEASE CHECK"), reason_sentence(reason), advice, stamp)
    if reason is not None:
        return Notice(
            Tone.REFUSED, _("HAND OUT NOTHING"), reason_sentence(reason), reason_advice(reason), stamp
        )
    due = any(item.state is BundleState.DUE for item in subject.bundle)
    sentence = _whereabouts(subject, zone, now)
    if subject.admission is None:
        advice = _("Send them to the admission desk first. F2 hands out all the same.") if due else ""
        return Notice(Tone.ATTENTION, _("NOT ADMITTED"), sentence, advice, stamp)
    if due:
        advice = _("Hand out the documents: F2.")
        return Notice(Tone.ENQUIRY, _("HAND OUT"), sentence, advice, stamp, icon="package-open")
    return Notice(Tone.ENQUIRY, _("HAS EVERYTHING"), sentence, "", stamp, icon="package-check")


def _whereabouts(subject: Subject, zone: str, now: datetime) -> str:
    """When they came or left, or that they did not come."""
    if subject.departure is not None:
        return departure_sentence(subject.departure, zone, now)
    if subject.admission is not None:
        return admission_sentence(subject.admission, zone, now)
    return _("Not in this session yet.")
