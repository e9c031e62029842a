"""A scanner on a serial port (COM port, or a USB scanner that pretends to be one)."""

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal
from PySide6.QtSerialPort import QSerialPort, QSerialPortInfo

from station.i18n import _

SPEEDS = (9600, 19200, 38400, 57600, 115200)  # bits a second; scanners on USB take any
_SILENCE_MS = 60  # a code is over after this, also without a line end
_RETRY_MS = 1000
_LONGEST = 16_000  # bytes; more than any symbol holds
_LINE_ENDS = (b"\r", b"\n")
_CARD = b"BEGIN:"  # a visiting card has several lines


class SerialScanner(QObject):
    """One port at a time, opened again by itself whenever it is there.

    Signals:
        scanned: (bytes) one code, without line ends.
        trouble: (sentence) the port cannot be used now; it is tried again each second.
        restored: the port can be used again after a trouble.
    """

    scanned = Signal(bytes)
    trouble = Signal(str)
    restored = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._port = QSerialPort(self)
        self._received = b""
        self._told = ""
        self._port.readyRead.connect(self._on_ready)
        self._port.errorOccurred.connect(self._on_error)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_SILENCE_MS)
        self._silence.timeout.connect(self._deliver)
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._open)

    def start(self, port: str, speed: int) -> None:
        """Listen to a port, by its name (``COM3``, ``ttyACM0``) or path; an empty name listens to none."""
        self.stop()
        if port:
            self._port.setPortName(port)
            self._port.setBaudRate(speed)
            self._open()

    def stop(self) -> None:
        """Let the port go."""
        self._retry.stop()
        self._silence.stop()
        self._received, self._told = b"", ""
        if self._port.isOpen():
            self._port.close()

    def is_open(self) -> bool:
        """Whether codes can come."""
        return self._port.isOpen()

    def _open(self) -> None:
        if self._port.open(QIODevice.OpenModeFlag.ReadOnly):
            self._retry.stop()
            if self._told:
                self._told = ""
                self.restored.emit()

    def _on_error(self, error: QSerialPort.SerialPortError) -> None:
        none = (QSerialPort.SerialPortError.NoError, QSerialPort.SerialPortError.TimeoutError)
        if error in none:
            return
        name = self._port.portName()
        if error is QSerialPort.SerialPortError.PermissionError:
            sentence = _("The scanner at {port} is used by another program, or you may not use the port.")
        else:
            sentence = _("There is no scanner at {port}. Plug it in: it is found by itself.")
        if self._port.isOpen():
            self._port.close()
        self._retry.start()
        if sentence != self._told:
            self._told = sentence
            self.trouble.emit(sentence.format(port=name))

    def _on_ready(self) -> None:
        self._received = (self._received + self._port.readAll().data())[-_LONGEST:]
        if self._received.endswith(_LINE_ENDS) and not self._received.upper().startswith(_CARD):
            self._deliver()
        else:
            self._silence.start()

    def _deliver(self) -> None:
        """Everything received is one code, or several whose line ends part them."""
        self._silence.stop()
        received, self._received = self._received, b""
        if received.upper().startswith(_CARD):
            codes = [received.strip(b"\r\n")]
        else:
            codes = received.replace(b"\r", b"\n").split(b"\n")
        for code in codes:
            if code:
                self.scanned.emit(code)


def port_names() -> list[tuple[str, str]]:
    """Name and description of each port of this computer."""
    ports = QSerialPortInfo.availablePorts()
    return [(port.portName(), port.description() or port.manufacturer()) for port in ports]
