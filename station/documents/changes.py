"""What the organiser does to documents: add, edit, order, renew, withdraw, remove; each one step or nothing."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from station.documents import files as document_files
from station.documents.files import FOLDER, Progress, StoredFile
from station.documents.values import checked
from station.errors import EnvironmentFault, Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import Document, DocumentKind, Entitlement
from station.store import documents as store
from station.store import roster
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder

_NUMBERED = re.compile(r"^(.*?)(\d+)(\D*)$", re.DOTALL)
_FIRST_CODE = "TL00"


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that was added or renewed.

    Attributes:
        same_as: the code of another one with the same content, '' for none. notices: what to know of the file.
    """

    document: Document
    same_as: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """A delegate who has another version of a document than the present one."""

    delegate: Delegate
    version: str


def add_document(
    files: EventFolder,
    wish: Document,
    rules: Sequence[Entitlement],
    source: Path | None = None,
    progress: Progress | None = None,
) -> Taken:
    """Add a document behind the others, with its file (``source``) or, for None, as a printed-only item.

    An empty code becomes the next free one; the rules' own document is not looked at, none means nobody. Raises
    Refusal, EnvironmentFault, Cancelled: then nothing was added.
    """
    kind = DocumentKind.PRINTED if source is None else DocumentKind.FILE
    asked = checked(replace(wish, kind=kind))
    with files.reading() as connection:
        _placed(connection, asked)  # a code that is taken is said before a large file is copied

    def add(connection: WriteConnection, stored: StoredFile | None) -> Taken:
        document = _placed(connection, _with_file(asked, stored))
        same = _same_content(connection, document)
        store.add_documents(connection, [document], _rules_of(document.code, rules))
        return Taken(document, same, stored.notices if stored else ())

    return _with_stored(files, source, add, progress)


def new_version(
    files: EventFolder,
    code: str,
    source: Path | None,
    at: datetime,
    *,
    version: str = "",
    pages: int = 0,
    stock: int | None = None,
    progress: Progress | None = None,
) -> Taken:
    """Give a document another version; its former one stays known, and whoever has that is due the new one.

    ``source`` is None for printed-only items; an empty ``version`` becomes the next one. Raises Refusal,
    EnvironmentFault, Cancelled: then nothing changed.
    """
    with files.reading() as connection:
        _renewed(connection, code, source is None, version)

    def renew(connection: WriteConnection, stored: StoredFile | None) -> Taken:
        before, name = _renewed(connection, code, source is None, version)
        after = _with_file(replace(before, version=name, pages=pages, stock=stock), stored)
        return _renew(connection, before, checked(after), at, stored.notices if stored else ())

    return _with_stored(files, source, renew, progress)


def take_changed(files: EventFolder, code: str, at: datetime, *, version: str = "", pages: int = 0) -> Taken:
    """Take what now lies in the event folder in place of a document's file as its new version.

    Raises Refusal, EnvironmentFault.
    """
    with files.reading() as connection:
        document = _document(connection, code)
    path = document_files.path_of(files.path, document)
    if path is None:
        raise Refusal(_missing_sentence(document))
    seen = document_files.looked_at(path)

    def renew(connection: WriteConnection) -> Taken:
        before, name = _renewed(connection, code, False, version)
        after = replace(before, version=name, pages=pages, stock=None)
        return _renew(connection, before, checked(_with_file(after, seen)), at, seen.notices)

    return files.write(renew)


def put_back(files: EventFolder, code: str, source: Path) -> None:
    """Put a document's file back from a copy elsewhere. Raises Refusal when that is not the same file."""
    with files.reading() as connection:
        document = _document(connection, code)
    if document.kind is not DocumentKind.FILE or document_files.sha256_of(source) != document.sha256:
        text = _(
            "{path} is not the file that was added as {code}. Choose the same file, or make a new version."
        )
        raise Refusal(text.format(path=source, code=document.code))
    stored = document_files.put_file(files.path, source, document.file_name)
    if stored.name != document.file_name:  # it had a name that leads out of the folder
        renamed = replace(document, file_name=stored.name)
        files.write(lambda connection: store.update_document(connection, document.code, renamed))


def edit_document(
    files: EventFolder, code: str, changed: Document, rules: Sequence[Entitlement] | None = None
) -> Document:
    """Store other words, figures and (unless None) recipients of a document; its file and version stay.

    Raises Refusal for data that makes no sense, and for another code once the journal speaks of the old one.
    """

    def edit(connection: WriteConnection) -> Document:
        before = _document(connection, code)
        after = checked(
            replace(
                changed,
                number=before.number,
                kind=before.kind,
                version=before.version,
                file_name=before.file_name,
                sha256=before.sha256,
                bytes=before.bytes,
            )
        )
        if after.code != before.code:
            if store.is_recorded(connection, before.code):
                text = _(
                    "{code} was handed out already: its code stays, so that the records keep their meaning."
                )
                raise Refusal(text.format(code=before.code))
            if after.code.casefold() != before.code.casefold():
                _refuse_taken(connection, after.code)
        store.update_document(connection, before.code, after)
        if rules is not None:
            store.replace_entitlements(connection, after.code, _rules_of(after.code, rules))
        return after

    return files.write(edit)


def withdraw_document(files: EventFolder, code: str, *, withdrawn: bool = True) -> None:
    """Hand a document out to nobody any more, or (False) again; whoever has it keeps it. Raises Refusal."""

    def change(connection: WriteConnection) -> None:
        document = _document(connection, code)
        store.update_document(connection, document.code, replace(document, withdrawn=withdrawn))

    files.write(change)


def remove_document(files: EventFolder, code: str) -> None:
    """Take a document and its files out. Raises Refusal once the journal speaks of it: withdraw it then."""

    def remove(connection: WriteConnection) -> list[str]:
        document = _document(connection, code)
        if store.is_recorded(connection, document.code):
            text = _(
                "{code} was handed out already and stays in the records. Withdraw it instead: then nobody receives "
                "it any more."
            )
            raise Refusal(text.format(code=document.code))
        names = {e.file_name for e in store.earlier_versions(connection) if e.document == document.code}
        store.remove_document(connection, document.code)
        kept = {d.file_name for d in store.documents(connection)}
        return sorted((names | {document.file_name}) - kept - {""})

    for name in files.write(remove):
        with suppress(EnvironmentFault):  # the document is out; a file that stays behind harms nobody
            document_files.delete_file(files.path, Document("", 0, "", file_name=name))


def move_document(files: EventFolder, code: str, by: int) -> None:
    """Move a document by so many places in the order; at its ends it stays. Raises Refusal."""

    def move(connection: WriteConnection) -> None:
        codes = [document.code for document in store.documents(connection)]
        found = _document(connection, code).code
        place = codes.index(found)
        codes.insert(max(0, min(len(codes) - 1, place + by)), codes.pop(place))
        store.reorder(connection, codes)

    files.write(move)


def outdated_holders(connection: ReadConnection, code: str) -> list[Holder]:
    """Who has another version of a document than the present one, in Vietnamese order. Raises Refusal."""
    document = _document(connection, code)
    held = store.holders(connection, document.code)
    return [
        Holder(delegate, held[delegate.id])
        for delegate in roster.delegates(connection)
        if held.get(delegate.id, document.version) != document.version
    ]


def next_version(version: str) -> str:
    """The version after one: its last number one higher, ``1`` → ``2``, ``v1.1`` → ``v1.2``."""
    found = _NUMBERED.match(version)
    parts = re.findall(r"\d+|\D+", version)
    if found is None:
        return f"{version} 2"
    last = max(place for place, part in enumerate(parts) if part.isdecimal())
    parts[last] = f"{int(parts[last]) + 1:0{len(parts[last])}d}"
    return "".join(parts)


def _with_stored(
    files: EventFolder,
    source: Path | None,
    work: Callable[[WriteConnection, StoredFile | None], Taken],
    progress: Progress | None,
) -> Taken:
    """Copy the file, then record it; when that fails, the copy goes again."""
    stored = document_files.store_file(files.path, source, progress) if source is not None else None
    try:
        return files.write(lambda connection: work(connection, stored))
    except BaseException:
        if stored is not None:
            with suppress(OSError):
                (files.path / FOLDER / stored.name).unlink()
        raise


def _with_file(document: Document, stored: StoredFile | None) -> Document:
    if stored is None:
        return document
    return replace(document, file_name=stored.name, sha256=stored.sha256, bytes=stored.bytes)


def _placed(connection: ReadConnection, document: Document) -> Document:
    """The document with its place in the order and its code. Raises Refusal when that is taken."""
    number = store.last_number(connection) + 1
    if not document.code:
        return replace(document, number=number, code=_next_code(connection))
    _refuse_taken(connection, document.code)
    return replace(document, number=number)


def _refuse_taken(connection: ReadConnection, code: str) -> None:
    taken = store.document_of(connection, code)
    if taken is not None:
        text = _("{code} is the code of “{title}” already. Choose another one.")
        raise Refusal(text.format(code=taken.code, title=taken.title))
    if store.is_recorded(connection, code):
        text = _("{code} was the code of another document that was handed out. Choose another one.")
        raise Refusal(text.format(code=code))


def _next_code(connection: ReadConnection) -> str:
    """The code after the highest numbered one that nothing speaks of."""
    codes = [_FIRST_CODE, *(document.code for document in store.documents(connection))]
    numbered = [found for code in codes if (found := re.fullmatch(r"(\D{0,16})(\d{1,9})", code))]
    highest = max(numbered, key=lambda found: int(found[2]))
    number = int(highest[2])
    while True:
        number += 1
        code = f"{highest[1]}{number:0{len(highest[2])}d}"
        if store.document_of(connection, code) is None and not store.is_recorded(connection, code):
            return code


def _document(connection: ReadConnection, code: str) -> Document:
    document = store.document_of(connection, code)
    if document is None:
        known = ", ".join(document.code for document in store.documents(connection)) or "–"
        text = _("There is no document {code}. The documents are: {known}.")
        raise Refusal(text.format(code=code, known=known))
    return document


def _renewed(connection: ReadConnection, code: str, printed: bool, version: str) -> tuple[Document, str]:
    """The document that gets a new version, and what that is called. Raises Refusal."""
    document = _document(connection, code)
    if printed != (document.kind is DocumentKind.PRINTED):
        text = (
            _("{code} has a file: say which file is its new version.")
            if printed
            else _("{code} is a printed-only item and has no file. Say only what its new version is called.")
        )
        raise Refusal(text.format(code=document.code))
    used = {e.version for e in store.earlier_versions(connection) if e.document == document.code}
    used.add(document.version)
    name = checked(replace(document, version=version)).version if version.strip() else document.version
    while not version.strip() and name in used:
        name = next_version(name)
    if name in used:
        text = _("{code} had a version {version} already. Call the new one something else.")
        raise Refusal(text.format(code=document.code, version=name))
    return document, name


def _renew(
    connection: WriteConnection, before: Document, after: Document, at: datetime, notices: tuple[str, ...]
) -> Taken:
    if before.kind is DocumentKind.FILE and before.sha256 == after.sha256:
        text = _("This is the same file as version {version} of {code}: nothing is new in it.")
        raise Refusal(text.format(version=before.version, code=before.code))
    same = _same_content(connection, after)
    store.add_earlier_version(connection, before, at)
    store.update_document(connection, before.code, after)
    return Taken(after, same, notices)


def _same_content(connection: ReadConnection, document: Document) -> str:
    others = (d for d in store.documents(connection) if d.code != document.code and d.sha256)
    return next((other.code for other in others if other.sha256 == document.sha256), "")


def _rules_of(code: str, rules: Sequence[Entitlement]) -> list[Entitlement]:
    return [replace(rule, document=code) for rule in rules]


def _missing_sentence(document: Document) -> str:
    return _("The file of {code} is missing. Put it back from where it was added.").format(code=document.code)
