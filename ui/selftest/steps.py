"""The steps of the self-test: each uses one thing the program brings along as daily work does, and says what it saw."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QSize, QTimer
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication

from station.capture.engines import missing_engines
from station.capture.files import decode_file, length_of_video
from station.errors import EnvironmentFault
from station.exchange.pack import make_pack
from station.exchange.unpack import unpack
from station.exchange.verify import verify
from station.i18n import LANGUAGES, _
from station.model.verdict import Outcome, Verdict
from station.preflight.check import Level
from station.roster.reader import OTHER_WORKBOOK, WORKBOOK
from station.roster.separate import read_separately
from station.sample_event import VIDEO
from ui.app import OpenEvent
from ui.devices.sound import has_sound
from ui.style.fonts import FAMILY, font

_SIZE = QSize(1366, 768)
_LONGEST_WAIT_MS = 90_000
_SETTLE_MS = 400
_FEWEST_COLOURS = 60  # of a window with text; a blank one has a handful
_BADGE_DPI = 200
_PASSPHRASE = "tự thử máy điểm danh"


@dataclass
class Trial:
    """What the steps work on, and what the earlier ones left for the later ones.

    Attributes:
        application: Qt's. event: the open sample event with its window. out: where results are left.
        scratch: a folder for what nobody needs afterwards. language: the one of the messages.
        export: the folder the export went to.
    """

    application: QApplication
    event: OpenEvent
    out: Path
    scratch: Path
    language: str
    export: Path = field(default_factory=Path)


Found = str | tuple[Level, str]
Step = Callable[[Trial], Found]


def _decoders(_trial: Trial) -> Found:
    missing = missing_engines()
    if missing:
        return Level.WARN, " ".join(missing)
    return _("Both libraries that read QR codes are here.")


def _typeface(_trial: Trial) -> Found:
    if QFontInfo(font(16)).family() != FAMILY:
        raise EnvironmentFault(_("The program's typeface does not load."))
    return _("The program's typeface is {name}.").format(name=FAMILY)


def _window(trial: Trial) -> Found:
    window = trial.event.window
    window.resize(_SIZE)
    window.show()
    seen = {}
    for wished in LANGUAGES:
        trial.event.choose_language(wished)
        _pause(_SETTLE_MS)
        picture = window.grab().toImage()
        picture.save(str(trial.out / f"window-{wished}.png"))
        seen[wished] = picture
        if _colours(picture) < _FEWEST_COLOURS:
            raise EnvironmentFault(_("The window stays empty."))
    trial.event.choose_language(trial.language)
    first, *others = seen.values()
    if any(picture == first for picture in others):
        raise EnvironmentFault(_("The window looks the same in both languages: a translation is missing."))
    return _("The window opens in both languages ({platform}).").format(
        platform=trial.application.platformName()
    )


def _video(trial: Trial) -> Found:
    painted: list[Verdict] = []
    trial.event.desk.verdict_painted.connect(painted.append)
    _play_until_told(trial)
    _pause(_SETTLE_MS)
    trial.event.window.grab().save(str(trial.out / "window-admitted.png"))
    trial.event.camera.stop()
    if not painted or painted[0].outcome is not Outcome.ADMITTED or painted[0].delegate is None:
        raise EnvironmentFault(_("No delegate was admitted from the sample video."))
    return _("The sample video ({seconds} s) plays, and its first code admits {name}.").format(
        seconds=round(length_of_video(VIDEO)), name=painted[0].delegate.name
    )


def _badges(trial: Trial) -> Found:
    station, file = trial.event.station, trial.out / "badges.pdf"
    count = station.print_badges(file)
    page = _page_of(file)
    picture = trial.out / "badge.png"
    page.save(str(picture))
    read = {code.text for code in decode_file(picture)}
    if not read & set(station.payloads().values()):
        raise EnvironmentFault(_("The code on the printed badge cannot be read."))
    return _("Badges written as PDF: {count}; drawn, and its code was read again.").format(count=count)


def _export(trial: Trial) -> Found:
    made = trial.event.station.export(trial.scratch / "xuất ra")
    trial.export = made.to
    if not made.verified:
        raise EnvironmentFault(_("The export could not be verified."))
    return _("Files exported: {count}.").format(count=len(made.names))


def _verify(trial: Trial) -> Found:
    found = verify(trial.export)
    if not found.ok:
        raise EnvironmentFault(" ".join(found.problems))
    return _("The export is whole: {count} journal entries, signatures and all.").format(count=found.entries)


def _workbooks(trial: Trial) -> Found:
    """The reading process is this program itself, started once more, when it is packaged."""
    file = next(trial.export.rglob("*.xlsx"))
    for kind in (WORKBOOK, OTHER_WORKBOOK):
        sheets = list(read_separately(file.read_bytes(), kind))
        if not any(sheet.rows for sheet in sheets):
            raise EnvironmentFault(_("{file} was written, but not read again.").format(file=file.name))
    return _("A workbook was written, and read again by both readers.")


def _pack(trial: Trial) -> Found:
    station, file = trial.event.station, trial.scratch / "gói sự kiện.ckpack"
    make_pack(station.files, file, _PASSPHRASE, station.clock, read_back=False)
    taken = unpack(file, trial.scratch / "bàn 2", _PASSPHRASE, "Bàn 2", station.clock, 2)
    return _("An event pack was made and opened: {count} files.").format(count=taken.files)


def _devices(_trial: Trial) -> Found:
    printers = QPrinterInfo.availablePrinterNames()
    sound = _("there is sound") if has_sound() else _("there is no sound here")
    return _("Printers found: {count}; {sound}.").format(count=len(printers), sound=sound)


STEPS: dict[str, Step] = {
    "decoders": _decoders,
    "typeface": _typeface,
    "window": _window,
    "video": _video,
    "badges": _badges,
    "export": _export,
    "verify": _verify,
    "workbooks": _workbooks,
    "pack": _pack,
    "devices": _devices,
}


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def _play_until_told(trial: Trial) -> None:
    """Play the sample video until the desk shows a verdict, the video is refused or it has gone on for too long."""
    loop, watch = QEventLoop(), QObject()
    trial.event.desk.verdict_painted.connect(loop.quit)
    trial.event.camera.ended.connect(loop.quit)
    trial.event.camera.failed_to_open.connect(loop.quit)
    QTimer.singleShot(_LONGEST_WAIT_MS, watch, loop.quit)
    trial.event.start_camera(str(VIDEO))
    loop.exec()


def _colours(picture: QImage) -> int:
    step = range(0, picture.height(), 2)
    return len({picture.pixel(x, y) for y in step for x in range(0, picture.width(), 2)})


def _page_of(file: Path) -> QImage:
    """The first page as a printer would get it, on white."""
    document = QPdfDocument()
    if document.load(str(file)) is not QPdfDocument.Error.None_:
        raise EnvironmentFault(_("{file} cannot be drawn.").format(file=file.name))
    points = document.pagePointSize(0)
    drawn = document.render(0, (points * (_BADGE_DPI / 72)).toSize())
    page = QImage(drawn.size(), QImage.Format.Format_RGB888)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return page
