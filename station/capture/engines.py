"""The libraries that read codes: which are here, and what the desk lacks without the others."""

from dataclasses import dataclass

from station.capture.zbar import Zbar
from station.capture.zxing import Zxing
from station.errors import EnvironmentFault
from station.i18n import _


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine of each library, for one thread; None for a library that is missing or broken."""

    zbar: Zbar | None
    zxing: Zxing | None


def load_engines() -> Engines:
    """The engines there are.

    Raises:
        EnvironmentFault: there is none.
    """
    engines, faults = _loaded()
    if engines.zbar is None and engines.zxing is None:
        raise EnvironmentFault(
            _("No QR code can be read. {reasons}").format(reasons=" ".join(map(str, faults)))
        )
    return engines


def missing_engines() -> list[str]:
    """A sentence for each library that is missing: what it means and what to do; none when all is well."""
    return [str(fault) for fault in _loaded()[1]]


def _loaded() -> tuple[Engines, list[EnvironmentFault]]:
    zbar = zxing = None
    faults = []
    try:
        zxing = Zxing()
    except EnvironmentFault as fault:
        faults.append(fault)
    try:
        zbar = Zbar()
    except EnvironmentFault as fault:
        faults.append(fault)
    return Engines(zbar, zxing), faults
