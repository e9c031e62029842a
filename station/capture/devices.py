"""The cameras of this computer, by name: a number changes with the socket a camera is plugged into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from station.capture.opencv import device_backend, enumerate_cameras

PREFIX = "camera:"


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """A camera that is plugged in.

    Attributes:
        index: by which OpenCV opens it, now.
        name: as the camera calls itself; of several alike, the second is called ``… (2)``.
    """

    index: int
    name: str

    @property
    def address(self) -> str:
        """What the settings keep: it means the same camera after it was plugged in again."""
        return PREFIX + self.name


ListDevices = Callable[[], Sequence[CameraDevice]]


def camera_devices() -> list[CameraDevice]:
    """The cameras that are plugged in, by number. Asking takes up to some 100 ms."""
    try:
        found = enumerate_cameras(device_backend())
    except (OSError, NotImplementedError):  # a system without such a list: cameras are then chosen by number
        return []
    return named([(each.index, each.name or "") for each in found])


def named(found: Sequence[tuple[int, str]]) -> list[CameraDevice]:
    """Devices with names that differ, from index and name of each."""
    devices: list[CameraDevice] = []
    seen: dict[str, int] = {}
    for index, plain in sorted(found):
        name = " ".join(plain.split()) or f"{index}"
        seen[name] = seen.get(name, 0) + 1
        devices.append(CameraDevice(index, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return devices


def index_of(address: str, list_devices: ListDevices) -> int | None:
    """The index of the camera that an address means, a number or ``camera:`` and a name; None when it is away."""
    if not address.startswith(PREFIX):
        return int(address)
    name = address.removeprefix(PREFIX)
    return next((device.index for device in list_devices() if device.name == name), None)
