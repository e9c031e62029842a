"""Taking in paper sheets: the session and its times, rows one after another, and what came of each."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.app import Station
from station.checkin.paper import Signed, Taken, signed, usual_time
from station.errors import Refusal, StationError
from station.i18n import _
from station.model.verdict import Outcome
from station.settings import Settings
from station.store.sheets import PrintedSheet, printed_sheets
from ui.bridge.tasks import Tasks
from ui.devices.sound import Sounds
from ui.dialogs.frame import DialogFrame
from ui.dialogs.paper.aiming import AimingCamera
from ui.dialogs.submissions.form import parse_due
from ui.screens.desk.wording import TONES
from ui.style.tokens import Tone
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.field_grid import field_grid
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList
from ui.wording import session_label

_TIME = "%d/%m/%Y %H:%M"
_HOUR = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_MOST_SHOWN = 300
_ROW_PX, _NARROWEST = 46, 12
_LOOKS = {
    Outcome.ADMITTED: ("circle-check", "positive"),
    Outcome.ATTENTION: ("triangle-alert", "warning"),
    Outcome.REFUSED: ("octagon-x", "negative"),
}
_FAILED = ("octagon-x", "negative")
_UNDONE = ("undo-2", "muted")


class TakeInDialog(DialogFrame):
    """Rows come by camera, scanner or keyboard; each is recorded before it is shown.

    Args:
        settings: of camera and sound; None for neither.
    """

    def __init__(self, station: Station, settings: Settings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, 880)
        self.set_heading(_("Take in paper sheets"))
        self._station, self._zone = station, ZoneInfo(station.event.zone)
        self._rows: list[Row] = []
        self._counts = dict.fromkeys(Outcome, 0)
        self._recorded: list[tuple[str, str]] = []  # entries that can be undone, with names; the latest last
        self._tasks = Tasks("paper", self)
        self._tasks.failed.connect(self._on_failed)
        with station.files.reading() as connection:
            self._sheets: list[PrintedSheet] = printed_sheets(connection)
        self.camera = AimingCamera()
        self._sounds = Sounds(self)
        self._make_fields()
        self._mark = IconMark(34)
        self._name = PlainLabel(size_px=19, weight=QFont.Weight.Bold, elide=True)
        self._sentence = PlainLabel(size_px=15, wrap=True)
        self._sums = PlainLabel(size_px=14, role="muted")
        self.list = RowList(_ROW_PX, one_click=False)
        self.list.setAccessibleName(_("Rows taken in"))
        self._build()
        self._on_session_chosen()
        self._tell(_("Hold a row into the frame"), self._how(), "signature", "muted")
        if settings is not None:
            self._sounds.enabled = settings.sound
            self._sounds.set_volume(settings.volume)
            self._sounds.load()
            self.camera.aimed.connect(self.take_raw)
            self.camera.start(settings)

    @Slot(bytes)
    def take_raw(self, raw: bytes) -> None:
        """Take in the row whose code was read by camera or scanner."""
        self._take(lambda when: self._station.paper.take(raw, when))

    def sums(self) -> str:
        """How many rows were recorded, were there already, and were refused."""
        return self._sums.full_text()

    def said(self) -> str:
        """What was said of the latest row."""
        return f"{self._name.full_text()}: {self._sentence.full_text()}"

    def undo(self) -> None:
        """Take the latest recorded row back."""
        if not self._recorded:
            self._tell(
                _("Nothing to undo"), _("No row was recorded here that still counts."), "info", "muted"
            )
            return
        entry, name = self._recorded.pop()
        reason = _("Row of a paper sheet taken back")
        self._tasks.run(
            lambda: self._station.desk.void(entry, reason), lambda _done: self._on_undone(entry, name)
        )

    def done(self, result: int) -> None:
        """However it is closed, the camera is let go and what waits is recorded."""
        self.camera.stop()
        self._tasks.close()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z in an empty field undoes a row: Qt would keep it for undoing what is typed there."""
        return (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.field.text()
        )

    def _make_fields(self) -> None:
        sessions = self._station.desk.sessions()
        printed = [sheet.session for sheet in self._sheets]
        likely = printed[0] if printed else self._station.desk.session_now().id
        items = [(session.id, session_label(session)) for session in sessions]
        self.session = fill_choice(Choice(), items, likely)
        self.sheet = Choice()
        for choice in (self.session, self.sheet):  # cut, rather than wider than the screen
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(_NARROWEST)
        self.start, self.end, self.field = QLineEdit(), QLineEdit(), QLineEdit()
        self.field.setPlaceholderText(_("Row number or delegate code, then Enter"))
        self.field.setAccessibleName(_("Row number or delegate code"))
        self.session.currentIndexChanged.connect(self._on_session_chosen)
        self.field.returnPressed.connect(self._on_typed)
        self.field.installEventFilter(self)

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setFixedWidth(self.camera.width())
        left = QVBoxLayout(sheet)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(10)
        left.addWidget(self.camera)
        times = QWidget()
        both = QHBoxLayout(times)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(8)
        both.addWidget(self.start, 3)
        both.addWidget(PlainLabel("–", 15))
        both.addWidget(self.end, 2)
        grid = field_grid(
            [(_("Session"), self.session), (_("Printed sheet"), self.sheet), (_("Signed"), times)]
        )
        self.start.setAccessibleName(_("Signed from"))
        self.end.setAccessibleName(_("Signed until"))
        left.addLayout(grid)
        left.addStretch(1)
        result = QHBoxLayout()
        result.setSpacing(14)
        result.addWidget(self._mark)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._sentence)
        result.addLayout(words, 1)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(result)
        right.addWidget(self.field)
        right.addWidget(self.list, 1)
        right.addWidget(self._sums)
        columns = QHBoxLayout()
        columns.setSpacing(26)
        columns.addWidget(sheet)
        columns.addLayout(right, 1)
        self.content.addLayout(columns, 1)
        self._undo = KeyButton("undo-2", "Ctrl+Z")
        self._undo.set_caption(_("Undo the latest"))
        self._undo.setAutoDefault(False)
        self._undo.clicked.connect(self.undo)
        self._buttons.insertWidget(0, self._undo)
        close = self.add_button(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self._show_sums()

    def _how(self) -> str:
        return _("One row after another, a moment each; a USB scanner and the row number do as well.")

    def _on_session_chosen(self) -> None:
        """The sheets of the session, the latest first, and its usual time."""
        session = self._station.desk.session(self.session.currentData())
        items: list[tuple[Any, str]] = [
            (sheet.number, self._sheet_label(sheet)) for sheet in self._sheets if sheet.session == session.id
        ]
        fill_choice(self.sheet, items or [(None, _("None printed here: scan, or type codes"))], None)
        self.sheet.setEnabled(bool(items))
        usual = usual_time(self._station.event, session, self._station.clock.now())
        self.start.setText(f"{usual.astimezone(self._zone):{_TIME}}")
        self.end.setText(f"{usual.astimezone(self._zone):%H:%M}")

    def _sheet_label(self, sheet: PrintedSheet) -> str:
        text = _("Sheet {number}, printed {time}")
        return text.format(number=sheet.number, time=f"{sheet.printed_at.astimezone(self._zone):%H:%M %d/%m}")

    def _on_typed(self) -> None:
        text, sheet = self.field.text().strip(), self.sheet.currentData()
        if text:
            self.field.clear()
            self._take(lambda when: self._station.paper.take_typed(text, when, sheet), text)

    def _take(self, act: Callable[[Signed], Taken], text: str = "") -> None:
        try:
            when = self._signed()
        except Refusal as error:  # the times: nothing is taken in before they make sense
            self._tell(_("The times"), str(error), *_FAILED)
            return
        self._tasks.run(lambda: act(when), self._on_taken, lambda error: self._on_failed(error, text))

    def _signed(self) -> Signed:
        """What the fields state. Raises Refusal."""
        session, now = self._station.desk.session(self.session.currentData()), self._station.clock.now()
        start = parse_due(self.start.text(), self._zone) or usual_time(self._station.event, session, now)
        return signed(self._station.event, session, start, self._end_after(start) or start, now)

    def _end_after(self, start: datetime) -> datetime | None:
        """When signing ended: a time of the day on which it began, or day and time."""
        text = self.end.text().strip()
        if _HOUR.fullmatch(text):
            text = f"{start.astimezone(self._zone):%d/%m/%Y} {text}"
        return parse_due(text, self._zone)

    def _on_taken(self, taken: Taken) -> None:
        self._sounds.play(TONES[taken.outcome])  # who turns pages does not look at the screen
        icon, role = _LOOKS[taken.outcome]
        name = taken.delegate.name if taken.delegate else _("No delegate")
        self._counts[taken.outcome] += 1
        if taken.outcome is Outcome.ADMITTED:
            self._recorded.append((taken.entry, name))
        unit = taken.delegate.unit if taken.delegate else ""
        self._tell(name, taken.sentence, icon, role)
        detail = " · ".join(filter(None, (taken.sentence, unit)))
        note = _("row {row}").format(row=taken.row) if taken.row else ""
        self._add(Row(name, detail, note, icon, role, taken.entry))

    def _on_undone(self, entry: str, name: str) -> None:
        self._counts[Outcome.ADMITTED] -= 1
        self._tell(name, _("Taken back: not present by this sheet."), *_UNDONE)
        self._rows = [self._undone(row) if row.key == entry else row for row in self._rows]
        self._show_rows()

    @staticmethod
    def _undone(row: Row) -> Row:
        icon, role = _UNDONE
        return Row(row.title, _("Taken back"), row.note, icon, role, row.key, muted=True)

    def _on_failed(self, error: Exception, text: str = "") -> None:
        said = str(error) if isinstance(error, StationError) else _("The program made a mistake.")
        self._tell(text or _("It was not recorded"), said, *_FAILED)
        self._sounds.play(Tone.REFUSED if isinstance(error, Refusal) else Tone.ALARM)
        if isinstance(error, Refusal):
            self._counts[Outcome.REFUSED] += 1
            self._add(Row(text or "–", said, "", *_FAILED))

    def _add(self, row: Row) -> None:
        self._rows = [row, *self._rows][:_MOST_SHOWN]
        self._show_rows()

    def _show_rows(self) -> None:
        self.list.show_rows(self._rows)
        self._show_sums()

    def _show_sums(self) -> None:
        text = _("{recorded} recorded · {already} already present · {refused} refused")
        self._sums.setText(
            text.format(
                recorded=self._counts[Outcome.ADMITTED],
                already=self._counts[Outcome.ATTENTION],
                refused=self._counts[Outcome.REFUSED],
            )
        )
        self._undo.setEnabled(bool(self._recorded))

    def _tell(self, name: str, sentence: str, icon: str, role: str) -> None:
        self._mark.set_icon(icon, role)
        self._name.setText(name)
        self._sentence.setText(sentence)
