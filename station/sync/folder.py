"""A folder as a target: a stick that stays in, a disk in the network, a folder that another program syncs."""

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path

from station.errors import EnvironmentFault
from station.i18n import _
from station.media.atomic import PART
from station.media.drives import is_without_its_stick
from station.media.faults import write_fault
from station.right_of_way import give_way
from station.sync.target import Address, Item, Refused, Target, Unreachable

_PIECE = 1 << 18
_GONE = {
    errno.ENOENT,
    errno.ENODEV,
    errno.EIO,
    errno.ENOTCONN,
    errno.EHOSTDOWN,
    errno.ESTALE,
    errno.ETIMEDOUT,
}


class FolderTarget(Target):
    """Writes under a temporary name, syncs, and renames: whoever looks into the folder sees whole files only."""

    def __init__(self, address: Address) -> None:
        self._folder = Path(address.url)

    def test(self) -> None:
        """Prove that the folder is there and takes files."""
        probe = self._folder / f".{os.urandom(4).hex()}{PART}"
        try:
            self._refuse_gone()
            probe.write_bytes(b"")
        except OSError as error:
            raise self._fault(error) from error
        finally:
            with suppress(OSError):
                probe.unlink()

    def send(self, item: Item) -> None:
        """See Target."""
        final, part = self._folder / item.name, self._folder / f".{item.name}{PART}"
        try:
            self._refuse_gone()
            if final.exists():
                if not self.holds(item):
                    raise Refused(
                        _("Another file of the name {name} is in the folder already.").format(name=item.name)
                    )
                return
            digest = hashlib.sha256()
            with item.path.open("rb") as source, part.open("wb") as copy:
                while piece := source.read(_PIECE):
                    give_way()
                    digest.update(piece)
                    copy.write(piece)
                copy.flush()
                os.fsync(copy.fileno())
            if digest.hexdigest() != item.sha256:
                part.unlink()
                raise EnvironmentFault(_("{file} was changed after it was queued.").format(file=item.path))
            part.rename(
                final
            )  # whoever was quicker with the same name has the same content, or holds() says no
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise self._fault(error) from error

    def holds(self, item: Item) -> bool:
        """See Target: reads the file back."""
        path, digest, total = self._folder / item.name, hashlib.sha256(), 0
        try:
            self._refuse_gone()
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    give_way()
                    digest.update(piece)
                    total += len(piece)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._fault(error) from error
        return total == item.bytes and digest.hexdigest() == item.sha256

    def close(self) -> None:
        """Nothing is held open."""

    def _refuse_gone(self) -> None:
        """A folder that is made again where a stick had been is the laptop's own disk."""
        if not self._folder.is_dir() or is_without_its_stick(self._folder):
            raise Unreachable(
                _("The folder {path} is not there. Is the stick plugged in?").format(path=self._folder)
            )

    def _fault(self, error: OSError) -> EnvironmentFault:
        if error.errno in _GONE:
            return Unreachable(
                _("The folder {path} is not there. Is the stick plugged in?").format(path=self._folder)
            )
        return Unreachable(str(write_fault(error, self._folder)))
