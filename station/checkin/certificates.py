"""Certificates of attendance: who fulfils the rule, numbers that are never given twice, revoking, and checking."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from station.checkin.verification import Checked, check_certificate
from station.clock import Clock
from station.codes.payload import CERTIFICATE, EventKey, make_payload
from station.errors import Refusal
from station.i18n import _, language, ngettext
from station.model.certificate import LONGEST_FORM, NUMBER, Basis, Certificate, CertificateRule
from station.model.delegate import Delegate, DelegateStatus
from station.model.entry import EntryKind
from station.model.event import Session
from station.store import cases, checkin, event, projections
from station.store import certificates as store
from station.store import roster as roster_store
from station.store.cases import Approval
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder
from station.store.journal import Note
from station.text import clean

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """How a delegate stands to the rule.

    Attributes:
        attended, counting: sessions that count for this delegate. minutes: of those attended.
        why_not: in words, empty where the rule is fulfilled.
        certificate: the valid one they have; None for none. revoked: number of the one that was taken from them
            last, '' for none.
    """

    delegate: Delegate
    attended: tuple[Session, ...]
    counting: tuple[Session, ...]
    minutes: int
    why_not: str
    certificate: Certificate | None
    revoked: str = ""

    @property
    def fulfils(self) -> bool:
        """Whether a certificate is due."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued: each delegate with the certificate; ``new`` numbers were given, ``changed`` papers differ."""

    papers: tuple[tuple[Standing, Certificate], ...]
    new: int
    changed: int


class Certificates:
    """The certificates of one event; any thread may call. Writing methods raise EnvironmentFault."""

    def __init__(self, files: EventFolder, clock: Clock, key: EventKey) -> None:
        self._files = files
        self._clock = clock
        self._key = key

    def rule(self) -> CertificateRule:
        """The rule in force."""
        with self._files.reading() as connection:
            return store.rule_of(connection)

    def set_rule(self, rule: CertificateRule) -> None:
        """Put another rule in force. Raises Refusal for one that makes no sense."""
        _refuse_senseless(rule)

        def work(connection: WriteConnection) -> None:
            _sessions(connection, rule)
            store.set_rule(connection, rule)

        self._files.write(work)

    def standings(self, rule: CertificateRule | None = None) -> tuple[Standing, ...]:
        """How everybody stands to a rule, the one in force for None, by name. Raises Refusal for a senseless one."""
        if rule is not None:
            _refuse_senseless(rule)
        with self._files.reading() as connection:
            return _standings(connection, rule or store.rule_of(connection))

    def register(self) -> list[Certificate]:
        """Every certificate that was issued, revoked ones too, by number."""
        with self._files.reading() as connection:
            return store.register(connection)

    def payload(self, certificate: Certificate) -> str:
        """What the code of a certificate holds."""
        return make_payload(self._key, certificate.instance, certificate.number, CERTIFICATE)

    def check(self, raw: bytes) -> Checked:
        """See :func:`station.checkin.verification.check_certificate`."""
        with self._files.reading() as connection:
            return check_certificate(connection, self._key, raw)

    def issue(self, delegates: Collection[str] | None = None) -> Issued:
        """Give a number to each delegate who fulfils the rule and has none; None for everybody who does.

        Who has one keeps the number; where name or attendance differ since, that is recorded too.
        Raises Refusal where one of those who are named does not fulfil the rule, or nobody does.
        """

        def work(connection: WriteConnection) -> Issued:
            rule = store.rule_of(connection)
            chosen = _chosen(_standings(connection, rule), delegates)
            last = max((one.number for one in store.register(connection)), default=0)
            papers, new, changed = [], 0, 0
            for standing in chosen:
                before = standing.certificate
                last += before is None
                certificate = self._made(standing, rule, before, last)
                if before is None or _differs(certificate, before):
                    new, changed = new + (before is None), changed + (before is not None)
                    self._record_issue(connection, certificate)
                    papers.append((standing, certificate))
                else:
                    papers.append((standing, before))
            return Issued(tuple(papers), new, changed)

        return self._files.write(work)

    def revoke(self, certificates: Sequence[Certificate], reason: str) -> None:
        """Revoke for ever; the numbers are not given again. Raises Refusal: no reason, or one is revoked already."""
        said = clean(reason)[:LONGEST_REASON]
        if not said:
            raise Refusal(_("Say why: the reason is kept with the record."))

        def work(connection: WriteConnection) -> None:
            known = {(one.instance, one.number): one for one in store.register(connection)}
            for wanted in certificates:
                found = known.get((wanted.instance, wanted.number))
                if found is None or not found.is_valid:
                    text = _("There is no valid certificate {label}.")
                    raise Refusal(text.format(label=wanted.label))
                body = {"by": found.instance, "number": found.number}
                note = Note(
                    EntryKind.CERTIFICATE_REVOKED,
                    self._clock.now(),
                    delegate=found.delegate,
                    body=body,
                    particulars={store.REASON: said},
                )
                projections.record(connection, self._files.instance.id, note)

        self._files.write(work)

    def _made(
        self, standing: Standing, rule: CertificateRule, before: Certificate | None, number: int
    ) -> Certificate:
        return Certificate(
            before.instance if before else self._files.instance.id,
            before.number if before else number,
            before.label if before else rule.label(number),
            standing.delegate.id,
            standing.delegate.name,
            tuple(session.id for session in standing.attended),
            len(standing.counting),
            standing.minutes,
            self._clock.now(),
            self._files.instance.station,
        )

    def _record_issue(self, connection: WriteConnection, issued: Certificate) -> None:
        body = {
            "by": issued.instance,
            "number": issued.number,
            "label": issued.label,
            "sessions": list(issued.sessions),
            "total": issued.total,
            "minutes": issued.minutes,
        }
        note = Note(
            EntryKind.CERTIFICATE_ISSUED,
            issued.issued_at,
            delegate=issued.delegate,
            body=body,
            particulars={store.NAME: issued.name},
        )
        projections.record(connection, self._files.instance.id, note)


def _differs(one: Certificate, other: Certificate) -> bool:
    """Whether the papers of one number say different things."""
    said = [(c.name, c.sessions, c.total, c.minutes) for c in (one, other)]
    return said[0] != said[1]


def _refuse_senseless(rule: CertificateRule) -> None:
    if not 1 <= rule.percent <= 100:
        raise Refusal(_("The share lies between 1 and 100 percent."))
    form = rule.number_form
    if form.count(NUMBER) != 1 or len(form) > LONGEST_FORM or clean(form) != form:
        text = _(
            "The form of the number holds {number} once and at most {most} characters, for example {example}."
        )
        raise Refusal(text.format(number=NUMBER, most=LONGEST_FORM, example=f"{NUMBER}/GCN"))


def _sessions(connection: ReadConnection, rule: CertificateRule) -> list[Session]:
    """The sessions that count. Raises Refusal: one is unknown, or has no hours although hours are counted."""
    known = {session.id: session for session in event.sessions_of(connection)}
    for identifier in rule.sessions:
        if identifier not in known:
            text = _("There is no session {session}. The sessions are: {known}.")
            raise Refusal(text.format(session=identifier, known=", ".join(known)))
    chosen = [session for session in known.values() if not rule.sessions or session.id in rule.sessions]
    timeless = [session.id for session in chosen if not _minutes(session)]
    if rule.basis is Basis.HOURS and timeless:
        text = _("To count hours a session needs a beginning and an end; these have none: {sessions}.")
        raise Refusal(text.format(sessions=", ".join(timeless)))
    return chosen


def _minutes(session: Session) -> int:
    if session.opens_at is None or session.closes_at is None:
        return 0
    return int((session.closes_at - session.opens_at).total_seconds() // 60)


def _standings(connection: ReadConnection, rule: CertificateRule) -> tuple[Standing, ...]:
    sessions = _sessions(connection, rule)
    came: dict[str, set[str]] = {}
    for seen in checkin.attendance(connection):
        came.setdefault(seen.delegate, set()).add(seen.session)
    valid: dict[str, Certificate] = {}
    revoked: dict[str, str] = {}
    for one in store.register(connection):
        if one.is_valid:
            valid.setdefault(one.delegate, one)
        else:
            revoked[one.delegate] = one.label
    substitutes = cases.substitutions(connection)
    approvals = {one.delegate: one.approval for one in cases.walk_ins(connection)}
    found = []
    for person in roster_store.delegates(connection):
        counting = tuple(session for session in sessions if session.entitles(person))
        attended = tuple(session for session in counting if session.id in came.get(person.id, ()))
        bar = _bar(person, approvals.get(person.id), substituted=person.id in substitutes)
        why_not = bar or _lack(rule, attended, counting)
        minutes = sum(map(_minutes, attended))
        papers = valid.get(person.id), revoked.get(person.id, "")
        found.append(Standing(person, attended, counting, minutes, why_not, *papers))
    return tuple(found)


def _bar(person: Delegate, approval: Approval | None, *, substituted: bool) -> str:
    """What keeps a delegate from a certificate however often they came."""
    if person.status is DelegateStatus.WITHDRAWN:
        return _("withdrawn from the roster")
    if person.status is DelegateStatus.BLOCKED:
        return _("blocked by the organiser")
    if substituted:
        return _("somebody else came instead")
    if approval in (Approval.WAITING, Approval.DECLINED):
        return _("registered at a desk and not approved")
    return ""


def _lack(rule: CertificateRule, attended: Sequence[Session], counting: Sequence[Session]) -> str:
    """What is lacking of the share, in words; empty for nothing."""
    if not counting:
        return _("may enter none of the sessions that count")
    if rule.basis is Basis.HOURS:
        came, total = sum(map(_minutes, attended)), sum(map(_minutes, counting))
    else:
        came, total = len(attended), len(counting)
    if came * 100 >= total * rule.percent:
        return ""
    if not attended:
        return _("did not come")
    percent = came * 100 // total
    if rule.basis is Basis.HOURS:
        text = _("attended {came} of {total} hours ({percent} %)")
        return text.format(came=hours(came), total=hours(total), percent=percent)
    text = ngettext(
        "attended {came} of {total} session ({percent} %)",
        "attended {came} of {total} sessions ({percent} %)",
        total,
    )
    return text.format(came=came, total=total, percent=percent)


def hours(minutes: int) -> str:
    """Hours with at most one decimal, as both languages read it: ``7`` or ``7,5`` and ``7.5``."""
    tenths = round(minutes / 6)
    point = "." if language() == "en" else ","
    return f"{tenths // 10}{point}{tenths % 10}" if tenths % 10 else f"{tenths // 10}"


def _chosen(standings: Sequence[Standing], delegates: Collection[str] | None) -> list[Standing]:
    wanted = [
        one for one in standings if (one.fulfils if delegates is None else one.delegate.id in delegates)
    ]
    lacking = [one for one in wanted if not one.fulfils]
    if lacking:
        text = _("{name} does not fulfil the rule: {why}.")
        raise Refusal(text.format(name=lacking[0].delegate.name, why=lacking[0].why_not))
    if not wanted:
        raise Refusal(_("Nobody fulfils the rule: no certificate was issued."))
    return wanted
