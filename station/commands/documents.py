"""Commands on documents: list, add, renew, withdraw, remove, who gets what, what to print."""

import argparse
from pathlib import Path
from typing import Any

from station.app import Station
from station.commands.output import Output, opened
from station.documents import changes
from station.documents.bundles import receives
from station.documents.catalogue import copies_left, read_catalogue
from station.documents.files import state_of
from station.documents.matrix import Matrix, printing_order
from station.documents.recipients import Named, Names, in_words, rules_of
from station.documents.values import LANGUAGES, parse_reserve
from station.errors import Refusal
from station.i18n import _
from station.media.atomic import write_file
from station.model.document import FIRST_VERSION, Document, DocumentKind, Entitlement
from station.reports import xlsx
from station.reports.documents import matrix_tables, order_table
from station.reports.order_pdf import write_order
from station.store import documents as store
from station.store import event as event_store
from station.store import roster

_OTHER = "other"


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    documents = commands.add_parser("documents", parents=[common], help=_("documents and who receives them"))
    documents.add_argument("folder", metavar="DIR")
    documents.set_defaults(run=_list)
    actions = documents.add_subparsers(dest="action", metavar="ACTION")
    # What stands before the action holds too: it must not be overwritten by the action's own defaults.
    again = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    again.add_argument("--json", action="store_true")
    again.add_argument("--lang", choices=("vi", "en"))

    _add_parser(actions.add_parser("add", parents=[again], help=_("add a document")))
    version = actions.add_parser("version", parents=[again], help=_("a new version of a document"))
    version.add_argument("code", metavar="CODE")
    version.add_argument("file", nargs="?", metavar="FILE")
    version.add_argument("--doc-version", default="", metavar="TEXT")
    version.add_argument("--pages", type=int, default=0)
    version.add_argument("--stock", type=int)
    version.add_argument(
        "--changed", action="store_true", help=_("take the file that was changed in the event folder")
    )
    version.set_defaults(run=_version)
    back = actions.add_parser("put-back", parents=[again], help=_("put a changed or missing file back"))
    back.add_argument("code", metavar="CODE")
    back.add_argument("file", metavar="FILE")
    back.set_defaults(run=_put_back)
    for name, run, said in (
        ("remove", _remove, _("remove a document that nobody has")),
        ("withdraw", _withdraw, _("hand a document out to nobody any more")),
        ("outdated", _outdated, _("who has an older version of a document")),
    ):
        action = actions.add_parser(name, parents=[again], help=said)
        action.add_argument("code", metavar="CODE")
        action.set_defaults(run=run)
    matrix = actions.add_parser("matrix", parents=[again], help=_("who gets what"))
    matrix.add_argument("--out", metavar="FILE.xlsx")
    matrix.set_defaults(run=_matrix)
    order = actions.add_parser("order", parents=[again], help=_("what is to be printed"))
    order.add_argument("--out", metavar="FILE")
    order.set_defaults(run=_order)


def _add_parser(add: argparse.ArgumentParser) -> None:
    add.add_argument("file", nargs="?", metavar="FILE")
    add.add_argument("--printed", action="store_true", help=_("an item that exists only in print"))
    add.add_argument("--title", required=True)
    add.add_argument("--title-en", default="")
    add.add_argument("--code", default="")
    add.add_argument("--doc-version", default=FIRST_VERSION, metavar="TEXT")
    add.add_argument("--language", choices=(*filter(None, LANGUAGES), _OTHER), default=_OTHER)
    add.add_argument("--pages", type=int, default=0)
    add.add_argument("--stock", type=int, help=_("printed copies there are; not counted if left out"))
    add.add_argument("--reserve", default="", metavar="COPIES|PERCENT%")
    for who in (
        "category",
        "unit",
        "session",
        "delegate",
        "except-category",
        "except-unit",
        "except-delegate",
    ):
        add.add_argument(f"--{who}", action="append", default=[], metavar="NAME")
    add.add_argument("--category-of-unit", action="append", default=[], nargs=2, metavar=("CATEGORY", "UNIT"))
    add.set_defaults(run=_add)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station, station.files.reading() as connection:
        catalogue = read_catalogue(connection)
        people = roster.delegates(connection)
        entitled = catalogue.counts(filter(receives, people))
        left = copies_left(connection, catalogue.documents())
        outdated = store.outdated_counts(connection)
        words = _recipients(station, store.entitlements(connection), {p.id: p.name for p in people})
        for document in catalogue.documents():
            state = state_of(station.folder, document)
            line = _about(document) | {
                "entitled": entitled[document.code],
                "file": document.file_name,
                "sha256": document.sha256,
                "state": state,
                "bytes": document.bytes,
                "left": left.get(document.code),
                "outdated": outdated.get(document.code, 0),
                "recipients": words.get(document.code, _("nobody")),
                "withdrawn": document.withdrawn,
            }
            text = f"{document.code}  {document.title}  ({document.version})  {line['recipients']}"
            output.line(line, f"{text}  {line['entitled']}  {state}")
    return 0


def _recipients(station: Station, rules: list[Entitlement], names: dict[str, str]) -> dict[str, str]:
    called = Names({session.id: session.title for session in station.desk.sessions()}, names)
    codes = {rule.document for rule in rules}
    return {code: in_words([rule for rule in rules if rule.document == code], called) for code in codes}


def _about(document: Document) -> dict[str, Any]:
    return {
        "code": document.code,
        "number": document.number,
        "title": document.title,
        "title_en": document.title_en,
        "kind": document.kind,
        "version": document.version,
        "language": document.language,
        "pages": document.pages,
        "stock": document.stock,
        "reserve": str(document.reserve),
    }


def _add(chosen: argparse.Namespace, output: Output) -> int:
    if bool(chosen.file) == chosen.printed:
        raise Refusal(_("Say either which file it is, or --printed for an item that exists only in print."))
    wish = Document(
        chosen.code,
        0,
        chosen.title,
        chosen.title_en,
        DocumentKind.PRINTED if chosen.printed else DocumentKind.FILE,
        pages=chosen.pages,
        version=chosen.doc_version,
        language="" if chosen.language == _OTHER else chosen.language,
        stock=chosen.stock,
        reserve=parse_reserve(chosen.reserve),
    )
    named = Named(
        chosen.category,
        chosen.unit,
        [(category, unit) for category, unit in chosen.category_of_unit],
        chosen.session,
        chosen.delegate,
        chosen.except_category,
        chosen.except_unit,
        chosen.except_delegate,
    )
    with opened(chosen.folder) as station:
        with station.files.reading() as connection:
            rules = rules_of(connection, named)
        source = Path(chosen.file) if chosen.file else None
        taken = changes.add_document(station.files, wish, rules, source, output.progress)
        _tell_taken(station, taken, output)
    return 0


def _version(chosen: argparse.Namespace, output: Output) -> int:
    if chosen.changed and chosen.file:
        raise Refusal(_("Say either which file it is, or --changed for the one in the event folder."))
    with opened(chosen.folder) as station:
        now = station.clock.now()
        if chosen.changed:
            taken = changes.take_changed(
                station.files, chosen.code, now, version=chosen.doc_version, pages=chosen.pages
            )
        else:
            taken = changes.new_version(
                station.files,
                chosen.code,
                Path(chosen.file) if chosen.file else None,
                now,
                version=chosen.doc_version,
                pages=chosen.pages,
                stock=chosen.stock,
                progress=output.progress,
            )
        _tell_taken(station, taken, output)
    return 0


def _tell_taken(station: Station, taken: changes.Taken, output: Output) -> None:
    document = taken.document
    with station.files.reading() as connection:
        entitled = read_catalogue(connection).counts(filter(receives, roster.delegates(connection)))
        outdated = store.outdated_counts(connection).get(document.code, 0)
    for notice in taken.notices:
        output.message(notice)
    if taken.same_as:
        output.message(same_sentence(taken))
    line = _about(document) | {
        "entitled": entitled[document.code],
        "file": document.file_name,
        "sha256": document.sha256,
        "bytes": document.bytes,
        "same_as": taken.same_as,
        "outdated": outdated,
        "notices": list(taken.notices),
    }
    output.line(
        line, f"{document.code}  {document.title}  ({document.version})  {document.file_name}".strip()
    )


def same_sentence(taken: changes.Taken) -> str:
    """What to tell of a file whose content is there already."""
    text = _("{code} has the same content as {other}. If that was not meant, remove one of them.")
    return text.format(code=taken.document.code, other=taken.same_as)


def _put_back(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        changes.put_back(station.files, chosen.code, Path(chosen.file))
    output.line({"code": chosen.code, "state": "ok"}, _("{code} is as it was.").format(code=chosen.code))
    return 0


def _remove(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        changes.remove_document(station.files, chosen.code)
    output.line({"code": chosen.code, "removed": True}, _("{code} is removed.").format(code=chosen.code))
    return 0


def _withdraw(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        changes.withdraw_document(station.files, chosen.code)
    said = _("{code} is withdrawn: nobody receives it any more.").format(code=chosen.code)
    output.line({"code": chosen.code, "withdrawn": True}, said)
    return 0


def _outdated(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station, station.files.reading() as connection:
        for holder in changes.outdated_holders(connection, chosen.code):
            person = holder.delegate
            output.line(
                {"code": person.code, "name": person.name, "unit": person.unit, "version": holder.version}
            )
    return 0


def _matrix(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        matrix, event = _read_matrix(station)
    if chosen.out:
        write_file(_named(chosen.out, ".xlsx"), xlsx.workbook(*matrix_tables(event, matrix)))
        figures = {"delegates": len(matrix.delegates), "documents": len(matrix.documents)}
        output.line({"file": chosen.out, **figures}, str(chosen.out))
        return 0
    for place, person in enumerate(matrix.delegates):
        codes = [d.code for d, mark in zip(matrix.documents, matrix.marks(place), strict=True) if mark]
        line = {"code": person.code, "name": person.name, "unit": person.unit, "category": person.category}
        output.line(line | {"documents": codes}, f"{person.code}  {person.name}  {' '.join(codes)}")
    return 0


def _order(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        matrix, event = _read_matrix(station)
    lines = printing_order(matrix)
    if chosen.out:
        out = Path(chosen.out)
        if out.suffix.lower() == ".pdf":
            write_order(out, event, lines)
        else:
            write_file(_named(chosen.out, ".xlsx"), xlsx.workbook(order_table(event, lines)))
        totals = {"titles": len(lines), "copies": sum(line.copies for line in lines)}
        output.line({"file": chosen.out, **totals}, str(chosen.out))
        return 0
    for line in lines:
        about = {key: _about(line.document)[key] for key in ("code", "title", "version", "language", "pages")}
        figures = {
            "entitled": line.entitled,
            "reserve": line.reserve,
            "copies": line.copies,
            "sheets": line.sheets,
            "sheets_two_sided": line.sheets_two_sided,
        }
        output.line(about | figures)
    return 0


def _read_matrix(station: Station) -> tuple[Matrix, Any]:
    with station.files.snapshot() as connection:
        matrix = Matrix(read_catalogue(connection), roster.delegates(connection))
        return matrix, event_store.event_of(connection)


def _named(name: str, suffix: str) -> Path:
    """A path that ends as it must. Raises Refusal."""
    if Path(name).suffix.lower() != suffix:
        raise Refusal(
            _("{file} cannot be written: its name must end with {suffix}.").format(file=name, suffix=suffix)
        )
    return Path(name)
