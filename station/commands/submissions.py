"""Commands on submissions and on what is still due: who owes, what was received, bundles copied to a stick."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from station.app import Station
from station.checkin.digital import copy_to_stick
from station.checkin.submissions import receive_file, receive_without_file
from station.commands.output import Output, local_time, opened
from station.documents import submissions
from station.documents.outstanding import of_documents, read_outstanding
from station.documents.recipients import Named, rules_of
from station.documents.submissions import Expected, owed, read_expected
from station.errors import Refusal
from station.i18n import _
from station.media.atomic import write_file
from station.model.delegate import Delegate
from station.model.submission import How, Submission, SubmissionKind
from station.reports import xlsx
from station.reports.owing import HOW_NAMES, due_of, outstanding_table, submissions_table
from station.store import roster
from station.store import submissions as store


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    _add_submissions(commands, common)
    outstanding = commands.add_parser(
        "outstanding", parents=[common], help=_("documents still due to who came")
    )
    outstanding.add_argument("folder", metavar="DIR")
    outstanding.add_argument("--session", metavar="ID")
    outstanding.add_argument("--document", action="append", default=[], metavar="CODE")
    outstanding.add_argument("--out", metavar="FILE.xlsx")
    outstanding.set_defaults(run=_outstanding)
    copy = commands.add_parser(
        "copy-bundle", parents=[common], help=_("copy the files of a bundle to the delegate's own stick")
    )
    copy.add_argument("folder", metavar="DIR")
    copy.add_argument("code", metavar="CODE")
    copy.add_argument("--to", required=True, metavar="FOLDER")
    copy.set_defaults(run=_copy)


def _add_submissions(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("submissions", parents=[common], help=_("what delegates were to bring in"))
    parser.add_argument("folder", metavar="DIR")
    _add_filters(parser)
    parser.set_defaults(run=_list)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    again = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    again.add_argument("--json", action="store_true")
    again.add_argument("--lang", choices=("vi", "en"))

    add = actions.add_parser("add", parents=[again], help=_("expect a submission"))
    add.add_argument("--title", required=True)
    add.add_argument("--code", default="")
    _add_kind(add)
    add.add_argument("--due", default="", metavar="YYYY-MM-DDTHH:MM", help=_("until when"))
    for who in ("category", "unit", "delegate", "except-category", "except-unit", "except-delegate"):
        said = _("who does not bring it") if who.startswith("except") else _("who brings it")
        add.add_argument(f"--{who}", action="append", default=[], metavar="NAME", help=said)
    add.set_defaults(run=_add)
    column = actions.add_parser("from-column", parents=[again], help=_("expect what a roster column says"))
    column.add_argument("heading", metavar="HEADING", help=_("heading of the roster's column"))
    _add_kind(column)
    column.set_defaults(run=_from_column)
    remove = actions.add_parser("remove", parents=[again], help=_("expect a submission no more"))
    remove.add_argument("code", metavar="CODE")
    remove.set_defaults(run=_remove)
    receive = actions.add_parser("receive", parents=[again], help=_("record what a delegate brought"))
    receive.add_argument("delegate", metavar="CODE")
    receive.add_argument("title", metavar="TITLE")
    how = receive.add_mutually_exclusive_group(required=True)
    how.add_argument("file", nargs="?", metavar="FILE")
    how.add_argument("--paper", action="store_true", help=_("it was handed in on paper"))
    how.add_argument("--none", action="store_true", help=_("the delegate has none to bring"))
    receive.set_defaults(run=_receive)
    _add_filters(actions.add_parser("list", parents=[again], help=_("who owes what, and what was received")))


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--owing", action="store_true", help=_("only what is still owed"))
    parser.add_argument("--session", default="", metavar="ID")
    parser.add_argument("--unit", default="", metavar="NAME")
    parser.add_argument("--out", metavar="FILE.xlsx")
    parser.set_defaults(run=_list)


def _add_kind(parser: argparse.ArgumentParser) -> None:
    kinds = [str(kind) for kind in SubmissionKind]
    parser.add_argument("--kind", choices=kinds, default=str(SubmissionKind.OTHER), help=_("what kind it is"))
    parser.add_argument("--session", default="", metavar="ID", help=_("the session before which it is due"))


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        with station.files.snapshot() as connection:
            lines = read_expected(connection)
        if chosen.session or chosen.unit:
            lines = [
                line
                for line in lines
                if chosen.session in ("", line.submission.session) and chosen.unit in ("", line.delegate.unit)
            ]
        lines = owed(lines) if chosen.owing else lines
        if chosen.out:
            _save(
                chosen.out,
                submissions_table(station.event, station.desk.sessions(), lines),
                output,
                len(lines),
            )
            return 0
        for line in lines:
            _tell(station, line, output)
    return 0


def _tell(station: Station, line: Expected, output: Output) -> None:
    came, submission = line.received, line.submission
    value = {
        "code": line.delegate.code,
        "name": line.delegate.name,
        "unit": line.delegate.unit,
        "submission": submission.code,
        "title": submission.title,
        "kind": str(submission.kind),
        "session": submission.session,
        "due": local_time(station, due_of(submission, station.desk.sessions())),
        "state": str(came.how) if came else "owed",
        "received_at": local_time(station, came.at) if came else None,
        "file": came.file_name if came else "",
        "sha256": came.sha256 if came else "",
    }
    said = _(HOW_NAMES[came.how]) if came else _("owed")
    output.line(value, f"{line.delegate.code}  {line.delegate.name}  {submission.title}  {said}")


def _add(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        wish = Submission(
            chosen.code,
            0,
            chosen.title,
            SubmissionKind(chosen.kind),
            chosen.session,
            _instant(chosen.due, station.event.zone),
        )
        named = Named(
            categories=chosen.category,
            units=chosen.unit,
            delegates=chosen.delegate,
            without_categories=chosen.except_category,
            without_units=chosen.except_unit,
            without_delegates=chosen.except_delegate,
        )
        with station.files.reading() as connection:
            rules = rules_of(connection, named)
        added = station.files.write(lambda c: submissions.add_submission(c, wish, rules))
        _tell_added(station, added, output)
    return 0


def _from_column(chosen: argparse.Namespace, output: Output) -> int:
    kind = SubmissionKind(chosen.kind)
    with opened(chosen.folder) as station:
        added = station.files.write(
            lambda c: submissions.add_from_column(c, chosen.heading, kind, chosen.session)
        )
        for each in added:
            _tell_added(station, each, output)
    return 0


def _tell_added(station: Station, added: Submission, output: Output) -> None:
    with station.files.reading() as connection:
        expected = sum(line.submission.code == added.code for line in read_expected(connection))
    value = {
        "submission": added.code,
        "title": added.title,
        "kind": str(added.kind),
        "session": added.session,
    }
    output.line(value | {"expected": expected}, f"{added.code}  {added.title}  {expected}")


def _remove(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        station.files.write(lambda c: submissions.remove_submission(c, chosen.code))
    output.line({"removed": chosen.code}, chosen.code)
    return 0


def _receive(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        person = _delegate(station, chosen.delegate)
        code = _named(station, person, chosen.title)
        value: dict[str, Any] = {"code": person.code, "submission": code}
        if chosen.file:
            stored = receive_file(
                station.files, station.clock, person.id, code, Path(chosen.file), output.progress
            )
            for notice in stored.notices:
                output.message(notice)
            value |= {
                "state": str(How.FILE),
                "file": stored.name,
                "sha256": stored.sha256,
                "bytes": stored.bytes,
            }
        else:
            how = How.PAPER if chosen.paper else How.NONE
            receive_without_file(station.files, station.clock, person.id, code, how)
            value |= {"state": str(how)}
    output.line(value)
    return 0


def _named(station: Station, person: Delegate, name: str) -> str:
    """The code of a submission by its code, or by its title among those of a delegate. Raises Refusal."""
    with station.files.reading() as connection:
        known = store.submission_of(connection, name)
        if known is not None:
            return known.code
        for line in submissions.expected_of(connection, person):
            if line.submission.title.casefold() == name.casefold():
                return line.submission.code
        return submissions.known_submission(connection, name).code


def _outstanding(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        session = station.desk.session(chosen.session).id if chosen.session else None
        with station.files.snapshot() as connection:
            lines = of_documents(read_outstanding(connection, session), chosen.document)
        if chosen.out:
            _save(chosen.out, outstanding_table(station.event, lines), output, len(lines))
            return 0
        for line in lines:
            value = {
                "document": line.document.code,
                "title": line.document.title,
                "version": line.document.version,
                "held_version": line.held_version,
                "code": line.delegate.code,
                "name": line.delegate.name,
                "unit": line.delegate.unit,
            }
            output.line(value, f"{line.document.code}  {line.delegate.code}  {line.delegate.name}")
    return 0


def _copy(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        person = _delegate(station, chosen.code)
        done = copy_to_stick(
            station.files, station.clock, station.desk, person.id, Path(chosen.to), progress=output.progress
        )
    value = {
        "folder": str(done.folder),
        "written": [document.code for document in done.written],
        "unchanged": [document.code for document in done.unchanged],
        "missing": [document.code for document in done.missing],
        "bytes": done.bytes,
    }
    output.line(value, str(done.folder))
    return 1 if done.missing else 0


def _save(name: str, table: Any, output: Output, rows: int) -> None:
    path = Path(name)
    if path.suffix.lower() != ".xlsx":
        text = _("{file} cannot be written: its name must end with {suffix}.")
        raise Refusal(text.format(file=name, suffix=".xlsx"))
    write_file(path, xlsx.workbook(table))
    output.line({"file": name, "rows": rows}, name)


def _delegate(station: Station, code: str) -> Delegate:
    with station.files.reading() as connection:
        found = roster.delegate_by_code(connection, code)
    if found is None:
        raise Refusal(_("There is no delegate with the code {code}.").format(code=code))
    return found


def _instant(text: str, zone: str) -> datetime | None:
    """A local time people typed, as an instant. Raises Refusal."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        sentence = _("“{text}” is no time. Write it like 2026-03-31T07:30.")
        raise Refusal(sentence.format(text=text[:40])) from None
