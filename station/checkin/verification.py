"""Whether the paper on which a certificate's code stands is genuine, and what is said of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from station.codes.payload import EventKey, PayloadKind
from station.codes.recognise import recognise
from station.i18n import N_, _
from station.model.certificate import Certificate
from station.store import certificates as store
from station.store.connection import ReadConnection


class CertificateState(StrEnum):
    """What a code says of the paper it stands on."""

    GENUINE = "genuine"
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # made with the event's key, but in no register that is here
    FORGED = "forged"
    OTHER_EVENT = "other_event"
    MISREAD = "misread"
    NOT_A_CERTIFICATE = "not_a_certificate"


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to the code of a certificate; the certificate where one of this event is registered here."""

    state: CertificateState
    certificate: Certificate | None = None


_STATES = {
    PayloadKind.FORGED: CertificateState.FORGED,
    PayloadKind.OTHER_EVENT: CertificateState.OTHER_EVENT,
    PayloadKind.MISREAD: CertificateState.MISREAD,
}
_SENTENCES = {
    CertificateState.GENUINE: N_(
        "Genuine certificate {label}: {name}, issued on {issued}. Compare the name."
    ),
    CertificateState.REVOKED: N_("Certificate {label} of {name} was revoked on {revoked}: {why}"),
    CertificateState.UNKNOWN: N_(
        "This certificate was made with the event's key, but it is not in this station's register. Ask the office."
    ),
    CertificateState.FORGED: N_("This certificate was not issued by the organiser."),
    CertificateState.OTHER_EVENT: N_("This certificate belongs to another event."),
    CertificateState.MISREAD: N_("The code was not read completely."),
    CertificateState.NOT_A_CERTIFICATE: N_("This is not the code of a certificate."),
}


def check_certificate(connection: ReadConnection, key: EventKey, raw: bytes) -> Checked:
    """Whether a code is that of a certificate of this event, and of which."""
    own = recognise(raw, key).own
    if own.kind is not PayloadKind.CERTIFICATE:
        return Checked(_STATES.get(own.kind, CertificateState.NOT_A_CERTIFICATE))
    known = {(one.instance, one.number): one for one in store.register(connection)}
    found = known.get((own.instance, own.serial))
    if found is None:
        return Checked(CertificateState.UNKNOWN)
    return Checked(CertificateState.GENUINE if found.is_valid else CertificateState.REVOKED, found)


def checked_sentence(checked: Checked, zone: str) -> str:
    """What came of it, in words."""
    text, one = _(_SENTENCES[checked.state]), checked.certificate
    if one is None:
        return text
    return text.format(
        label=one.label,
        name=one.name or "–",
        issued=_day(one.issued_at, zone),
        revoked=_day(one.revoked_at, zone),
        why=one.why,
    )


def _day(instant: datetime | None, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%d/%m/%Y}" if instant else ""
