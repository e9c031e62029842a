"""The scanner test: four codes to scan, from the screen or from paper, and what the scanner does to each."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station.badges.scanner_sheet import CAPTIONS, render_scanner_sheet
from station.capture.bursts import Burst
from station.capture.frame import text_of
from station.capture.scanner_test import Examination, Finding, Grade, Sample, examine_burst, examine_text
from station.errors import StationError
from station.i18n import _
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame
from ui.dialogs.message import MessageDialog
from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel
from ui.widgets.qr_picture import QrPicture

_SIDE_PX = 260
_SHORTEST = 8  # characters; fewer are a person's
_MARK_DOWN_PX = 4  # so that marks stand on the line of their captions, which have room above for Ễ
_ICONS = {
    Grade.GOOD: ("circle-check", "positive"),
    Grade.NOTE: ("info", "warning"),
    Grade.FAULT: ("octagon-x", "negative"),
}
_WAITING = ("circle", "muted")


class ScannerDialog(DialogFrame):
    """Give it what scanners deliver, in :meth:`take_burst` and :meth:`take_bytes`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, 860)
        self.set_heading(_("Test a scanner"))
        self._lines = {sample: _Line(number, sample) for number, sample in enumerate(Sample, 1)}
        self._picture = QrPicture(_SIDE_PX)
        self._instruction = PlainLabel(size_px=14, role="muted", wrap=True)
        self._instruction.setFixedWidth(_SIDE_PX)
        self._instruction.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._build()
        self.add_button(_("Print the codes…"), icon="printer").clicked.connect(self._on_sheet_wanted)
        self.add_button(_("Close"), primary=True).clicked.connect(self.accept)
        self._ask()

    @Slot(object)
    def take_burst(self, burst: Burst) -> None:
        """Examine what was typed; a person's few keys are none of it."""
        if len(burst.text) >= _SHORTEST:
            self._show(examine_burst(burst))

    @Slot(bytes)
    def take_bytes(self, raw: bytes) -> None:
        """Examine what a serial scanner sent."""
        self._show(examine_text(text_of(raw)))

    def findings(self, sample: Sample) -> tuple[Finding, ...]:
        """What is said of a code; nothing before it was scanned."""
        return self._lines[sample].findings

    def instruction(self) -> str:
        """What is to do now."""
        return self._instruction.full_text()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self._picture)
        left.addWidget(self._instruction, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(self._lines.values()):
            marks = QVBoxLayout()
            marks.setContentsMargins(0, _MARK_DOWN_PX, 0, 0)
            marks.addWidget(line.mark)
            marks.addStretch(1)
            grid.addLayout(marks, row, 0)
            texts = QVBoxLayout()
            texts.setSpacing(2)
            texts.addWidget(line.caption)
            texts.addWidget(line.text)
            grid.addLayout(texts, row, 1)
        grid.setRowStretch(len(self._lines), 1)
        row_layout = QHBoxLayout()
        row_layout.setSpacing(28)
        row_layout.addLayout(left)
        row_layout.addLayout(grid, 1)
        self.content.addLayout(row_layout)
        self.content.setStretch(0, 1)
        self.setMinimumHeight(470)

    def _show(self, examination: Examination) -> None:
        if examination.sample is None:
            self._instruction.setText(" ".join(finding.sentence for finding in examination.findings))
            return
        self._lines[examination.sample].show(examination)
        self._ask()

    def _ask(self) -> None:
        waiting = [sample for sample, line in self._lines.items() if not line.findings]
        self._picture.show_payload(waiting[0].value if waiting else "")
        self._picture.setVisible(bool(waiting))
        if waiting:
            number = list(Sample).index(waiting[0]) + 1
            text = _("Scan this code, or code {number} of the printed sheet.").format(number=number)
        elif all(line.grade is not Grade.FAULT for line in self._lines.values()):
            text = _("This scanner reads everything that a desk needs.")
        elif self._lines[Sample.DIGITS].grade is not Grade.FAULT:
            text = _("This scanner reads the codes made by this program. Others may arrive changed.")
        else:
            text = _("Do not use this scanner before the faults are mended; then scan the codes again.")
        self._instruction.setText(text)

    def _on_sheet_wanted(self) -> None:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        to = Choose.new_pdf(self, _("Where should the test sheet go?"), folder / "scanner-test.pdf")
        if to is None:
            return
        try:
            render_scanner_sheet(to)
        except StationError as error:
            MessageDialog.tell(self, _("It was not done"), str(error))
        else:
            self._instruction.setText(_("The test sheet is in {file}.").format(file=to))


class _Line:
    """One code of the test and what was found."""

    def __init__(self, number: int, sample: Sample) -> None:
        caption, explanation = CAPTIONS[sample]
        self.mark = IconMark(24, *_WAITING)
        self.caption = PlainLabel(f"{number}. {_(caption)}", 16, QFont.Weight.DemiBold)
        self.text = PlainLabel(_(explanation), 14, role="muted", wrap=True)
        self.findings: tuple[Finding, ...] = ()
        self.grade = Grade.GOOD

    def show(self, examination: Examination) -> None:
        self.findings, self.grade = examination.findings, examination.grade
        self.mark.set_icon(*_ICONS[self.grade])
        self.text.set_role("text" if self.grade is not Grade.GOOD else "muted")
        self.text.setText("\n".join(finding.sentence for finding in self.findings))
