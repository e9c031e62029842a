"""Commands on certificates of attendance: certificates (rule, issue, revoke, register), verify-certificate."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from station.app import Station
from station.badges.layouts.folder import layout_named
from station.checkin.certificates import Standing
from station.checkin.verification import Checked, checked_sentence
from station.commands.output import Output, local_time, opened
from station.errors import Refusal
from station.i18n import _, ngettext
from station.model.certificate import Basis, Certificate, CertificateRule
from station.reports.certificate_register import write_register
from station.reports.certificates import LAYOUT, write_certificates
from station.store import roster as roster_store


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    certificates = commands.add_parser(
        "certificates",
        parents=[common],
        help=_("certificates of attendance: who fulfils the rule, or with --out the certificates as a PDF"),
    )
    certificates.add_argument("folder", metavar="DIR")
    certificates.add_argument(
        "--out",
        metavar="FILE.pdf",
        help=_("give numbers to who has none and write the certificates into this file"),
    )
    certificates.add_argument("--delegate", action="append", metavar="CODE", help=_("only these delegates"))
    certificates.add_argument("--layout", default=LAYOUT, metavar="NAME", help=_("design of the certificate"))
    certificates.add_argument(
        "--percent", type=int, metavar="SHARE", help=_("rule: so much must be attended, 1 to 100")
    )
    certificates.add_argument(
        "--basis", choices=list(Basis), help=_("rule: a share of the sessions or of their hours")
    )
    certificates.add_argument(
        "--session", action="append", metavar="ID", help=_("rule: only these sessions count; ALL for all")
    )
    certificates.add_argument(
        "--number-form", metavar="TEXT", help=_("rule: how numbers are written, e.g. {number}/GCN")
    )
    certificates.add_argument(
        "--revoke", action="append", metavar="CODE", help=_("revoke this delegate's certificate")
    )
    certificates.add_argument("--reason", default="", help=_("with --revoke: why; kept in the journal"))
    certificates.add_argument(
        "--register", metavar="FILE", help=_("write the register into this .xlsx, .csv or .pdf file")
    )
    certificates.set_defaults(run=_certificates)

    verify = commands.add_parser(
        "verify-certificate",
        parents=[common],
        help=_("whether the code of a certificate is genuine, and whose"),
    )
    verify.add_argument("folder", metavar="DIR")
    verify.add_argument("--payload", required=True, metavar="TEXT")
    verify.set_defaults(run=_verify)


def _certificates(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        if any((chosen.percent is not None, chosen.basis, chosen.session, chosen.number_form)):
            station.certificates.set_rule(_wished(station.certificates.rule(), chosen))
        if chosen.revoke:
            station.certificates.revoke(_valid(station, chosen.revoke), chosen.reason)
        if chosen.register:
            return _write_register(station, Path(chosen.register), output)
        wanted = _identities(station, chosen.delegate) if chosen.delegate else None
        if chosen.out:
            return _issue(station, chosen, wanted, output)
        for standing in station.certificates.standings():
            if wanted is None or standing.delegate.id in wanted:
                output.line(_standing_line(standing), _standing_text(standing))
    return 0


def _wished(rule: CertificateRule, chosen: argparse.Namespace) -> CertificateRule:
    sessions = rule.sessions if chosen.session is None else tuple(dict.fromkeys(chosen.session))
    return CertificateRule(
        Basis(chosen.basis or rule.basis),
        rule.percent if chosen.percent is None else chosen.percent,
        () if sessions == ("ALL",) else sessions,
        chosen.number_form or rule.number_form,
    )


def _identities(station: Station, codes: Sequence[str]) -> set[str]:
    """The delegates of readable codes. Raises Refusal."""
    found = set()
    with station.files.reading() as connection:
        for code in codes:
            person = roster_store.delegate_by_code(connection, code)
            if person is None:
                raise Refusal(_("There is no delegate with the code {code}.").format(code=code))
            found.add(person.id)
    return found


def _valid(station: Station, codes: Sequence[str]) -> list[Certificate]:
    wanted = _identities(station, codes)
    valid = [one for one in station.certificates.register() if one.is_valid and one.delegate in wanted]
    if {one.delegate for one in valid} != wanted:
        raise Refusal(_("One of these delegates has no valid certificate: nothing was revoked."))
    return valid


def _issue(station: Station, chosen: argparse.Namespace, wanted: set[str] | None, output: Output) -> int:
    layout = layout_named(chosen.layout, station.folder)
    issued = station.certificates.issue(wanted)
    papers = [(standing.delegate, one, station.certificates.payload(one)) for standing, one in issued.papers]
    pages = write_certificates(
        Path(chosen.out), station.event, papers, layout, station.desk.sessions(), output.progress
    )
    values = {
        "file": chosen.out,
        "certificates": len(papers),
        "new": issued.new,
        "changed": issued.changed,
        "pages": pages,
        "numbers": {person.code: one.label for person, one, _payload in papers},
    }
    text = ngettext("{count} certificate in {path}.", "{count} certificates in {path}.", len(papers))
    output.line(values, text.format(count=len(papers), path=chosen.out))
    return 0


def _standing_line(standing: Standing) -> dict[str, Any]:
    person, certificate = standing.delegate, standing.certificate
    return {
        "code": person.code,
        "name": person.name,
        "unit": person.unit,
        "fulfils": standing.fulfils,
        "attended": [session.id for session in standing.attended],
        "of": len(standing.counting),
        "minutes": standing.minutes,
        "why_not": standing.why_not or None,
        "number": certificate.label if certificate else None,
        "revoked": standing.revoked or None,
    }


def _standing_text(standing: Standing) -> str:
    person = standing.delegate
    said = standing.why_not or (standing.certificate.label if standing.certificate else _("due"))
    return f"{person.code}  {person.name}  {said}"


def _write_register(station: Station, to: Path, output: Output) -> int:
    register = station.certificates.register()
    with station.files.reading() as connection:
        people = {person.id: person for person in roster_store.delegates(connection)}
    write_register(to, station.event, register, people, station.clock.now())
    text = ngettext("{count} certificate in {path}.", "{count} certificates in {path}.", len(register))
    output.line(
        {"file": str(to), "certificates": len(register), "valid": sum(one.is_valid for one in register)},
        text.format(count=len(register), path=to),
    )
    return 0


def _verify(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        checked = station.certificates.check(chosen.payload.encode("utf-8", "surrogateescape"))
        values = _checked_line(station, checked)
        output.line(values, checked_sentence(checked, station.event.zone))
    return 0 if values["genuine"] else 1


def _checked_line(station: Station, checked: Checked) -> dict[str, Any]:
    one = checked.certificate
    return {
        "state": checked.state,
        "genuine": checked.state == "genuine",
        "number": one.label if one else None,
        "name": one.name if one else None,
        "issued_at": local_time(station, one.issued_at) if one else None,
        "revoked_at": local_time(station, one.revoked_at) if one else None,
        "reason": one.why or None if one else None,
        "message": checked_sentence(checked, station.event.zone),
    }
