"""Camera and scanners in other hands than the desk's: what is shown to them meanwhile is tried, and not recorded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.capture.scanner_test import Grade, Sample
from station.clock import Clock
from station.preflight import trials
from station.preflight.trials import Trial
from station.settings import Settings
from ui.devices.camera import CameraController
from ui.devices.serial import SerialScanner
from ui.devices.wedge import WedgeScanner
from ui.dialogs.camera import CameraDialog
from ui.dialogs.scanner import ScannerDialog


class Trials(QObject):
    """Opens the dialogs in which a person tries camera, scanner and printer, and remembers how it went.

    Args:
        clock: of the station. settings: those in force at the moment; keep_settings: stores them.
        take_settings: puts others in force, and stores them.
        camera, start_camera, wedge, serial, redeem: of the desk, which lets go of them and takes them back.
        open_settings: their dialog, over a window.

    Signals:
        camera_chosen: (Settings) another camera is in force.
    """

    camera_chosen = Signal(object)

    def __init__(
        self,
        clock: Clock,
        settings: Callable[[], Settings],
        keep_settings: Callable[[], None],
        take_settings: Callable[[Settings], None],
        camera: CameraController,
        start_camera: Callable[[], None],
        wedge: WedgeScanner,
        serial: SerialScanner,
        redeem: Callable[[bytes], None],
        open_settings: Callable[[QWidget], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self.settings = settings
        self.open_settings = open_settings
        self._keep_settings = keep_settings
        self._take_settings = take_settings
        self._camera, self._start_camera = camera, start_camera
        self._was_looking = False
        self._wedge, self._serial = wedge, serial
        self._redeem = redeem
        self._borrowers = 0

    @contextmanager
    def borrowed(self) -> Iterator[None]:
        """The desk has neither camera nor scanners: only one part of the program can look through a camera."""
        self._borrowers += 1
        if self._borrowers == 1:
            self._was_looking = self._camera.feed() is not None
            self._camera.stop()
            for scanner in (self._wedge, self._serial):
                scanner.scanned.disconnect(self._redeem)
        try:
            yield
        finally:
            self._borrowers -= 1
            if not self._borrowers:
                for scanner in (self._wedge, self._serial):
                    scanner.scanned.connect(self._redeem)
                if self._was_looking:
                    self._start_camera()

    @contextmanager
    def scanning(self, take: Callable[[bytes], object]) -> Iterator[None]:
        """What scanners read goes to ``take`` instead of the desk, which has neither them nor the camera."""
        with self.borrowed():
            for scanner in (self._wedge, self._serial):
                scanner.scanned.connect(take)
            try:
                yield
            finally:
                for scanner in (self._wedge, self._serial):
                    scanner.scanned.disconnect(take)

    def open_camera(self, parent: QWidget) -> None:
        """Choose a camera and hold codes before it; one that was read is remembered with its camera."""
        with self.borrowed():
            dialog = CameraDialog(self.settings(), parent)
            read_by: list[str] = []
            dialog.camera.redeemed.connect(lambda _text: read_by.append(dialog.wished().camera))
            dialog.applied.connect(self._take_settings)
            dialog.applied.connect(self.camera_chosen)
            dialog.exec()
        if read_by:
            self.remember(trials.CAMERA, read_by[-1], passed=True)

    def open_scanner(self, parent: QWidget) -> None:
        """Scan the codes of the scanner test; how the digits arrive is remembered, for they are what a desk needs."""
        dialog = ScannerDialog(parent)
        with self.borrowed():
            self._wedge.typed.connect(dialog.take_burst)
            self._serial.scanned.connect(dialog.take_bytes)
            try:
                dialog.exec()
            finally:
                self._wedge.typed.disconnect(dialog.take_burst)
                self._serial.scanned.disconnect(dialog.take_bytes)
        findings = dialog.findings(Sample.DIGITS)
        if findings:
            faults = [finding for finding in findings if finding.grade is Grade.FAULT]
            self.remember(trials.SCANNER, "", passed=not faults)

    def remember(self, name: str, what: str, *, passed: bool) -> None:
        """Keep how a try went for the checks to come."""
        trials.remember(self.settings(), name, Trial(what, self._clock.now(), passed))
        self._keep_settings()
