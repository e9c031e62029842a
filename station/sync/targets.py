"""The targets of an event: added, opened, removed. A new kind of target is a module, and a line here."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from station.errors import Refusal
from station.exchange.exported import FOLDER
from station.i18n import _
from station.media.faults import write_fault
from station.model.sending import Mode, SecretPlace
from station.store import outbox as store
from station.store.connection import WriteConnection
from station.store.folder import EventFolder
from station.store.outbox import StoredTarget
from station.sync import outbox
from station.sync.connect import place_of
from station.sync.credentials import Credentials
from station.sync.endpoint import EndpointTarget
from station.sync.folder import FolderTarget
from station.sync.target import Address, Kind, Target
from station.sync.webdav import WebDavTarget

_KINDS: dict[Kind, Callable[[Address, str], Target]] = {
    Kind.FOLDER: lambda address, _password: FolderTarget(address),
    Kind.WEBDAV: WebDavTarget,
    Kind.ENDPOINT: EndpointTarget,
}
_LONGEST_NAME = 60


def known_targets(files: EventFolder) -> list[StoredTarget]:
    """All targets in the order in which they came."""
    with files.reading() as connection:
        return store.targets(connection)


def target_named(files: EventFolder, name: str) -> StoredTarget:
    """The target of a name, in any letter case. Raises Refusal."""
    known = known_targets(files)
    for target in known:
        if target.name.casefold() == name.strip().casefold():
            return target
    text = _("There is no target {name}. The targets are: {known}.")
    raise Refusal(text.format(name=name, known=", ".join(each.name for each in known) or "–"))


def add_target(
    files: EventFolder,
    credentials: Credentials,
    address: Address,
    *,
    name: str = "",
    mode: Mode = Mode.AUTOMATIC,
    secret: str = "",
) -> StoredTarget:
    """Add a target; a copy of its certificate authority is kept, and its password where passwords are kept.

    Raises Refusal for an address that cannot be one, a name that is taken, a password that nothing here keeps;
    EnvironmentFault. Then nothing is added.
    """
    _refuse_odd(address)
    name = name.strip()[:_LONGEST_NAME] or _short(address)
    if any(each.name.casefold() == name.casefold() for each in known_targets(files)):
        raise Refusal(_("There is a target of the name {name} already.").format(name=name))
    number = files.write(
        lambda c: store.add_target(c, name, address.kind, address.url, address.user, "", mode)
    )
    try:
        authority = _keep_authority(files, number, address.ca) if address.ca else ""
        added = next(each for each in known_targets(files) if each.number == number)
        place = credentials.keep(added, secret)

        def work(connection: WriteConnection) -> None:
            store.set_secret(connection, number, place)
            store.set_authority(connection, number, authority)

        files.write(work)
    except BaseException:
        outbox.forget_target(files, number)
        raise
    return next(each for each in known_targets(files) if each.number == number)


def remove_target(files: EventFolder, credentials: Credentials, target: StoredTarget) -> None:
    """Forget a target, its password and what was on its way to it; what it has stays there."""
    credentials.forget(target)
    outbox.forget_target(files, target.number)
    if target.ca:
        (files.path / FOLDER / target.ca).unlink(missing_ok=True)


def open_target(files: EventFolder, credentials: Credentials, target: StoredTarget) -> Target:
    """The target itself. Raises Refusal, EnvironmentFault where its password cannot be had."""
    authority = files.path / FOLDER / target.ca if target.ca else None
    kind = Kind(target.kind)
    password = credentials.password(target) if target.secret is not SecretPlace.NONE else ""
    return _KINDS[kind](Address(kind, target.url, target.user, authority), password)


def prove_target(files: EventFolder, credentials: Credentials, target: StoredTarget) -> str:
    """Prove that a target answers and lets this station in; returns the sentence that says so.

    Raises Refusal, EnvironmentFault.
    """
    with closing(open_target(files, credentials, target)) as place:
        place.test()
    return _("{name} answers and lets this station in.").format(name=target.name)


def _refuse_odd(address: Address) -> None:
    if address.kind is Kind.FOLDER:
        path = Path(address.url)
        if not path.is_absolute() or not path.is_dir():
            raise Refusal(
                _("{path} is no folder. Give the whole path of one that is there.").format(path=path)
            )
        return
    place_of(address.url)


def _keep_authority(files: EventFolder, number: int, source: Path) -> str:
    name = f"authority-{number}.pem"
    place = files.path / FOLDER
    try:
        place.mkdir(exist_ok=True)
        shutil.copyfile(source, place / name)
    except OSError as error:
        raise write_fault(error, source) from error
    return name


def _short(address: Address) -> str:
    if address.kind is Kind.FOLDER:
        return Path(address.url).name or address.url
    return urlsplit(address.url).hostname or address.url
