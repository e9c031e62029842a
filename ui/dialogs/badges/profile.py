"""What one printer needs: paper, offset, rotation, scale, sides, copies; and its calibration page."""

import io
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QSpinBox, QWidget

from station.app import Station
from station.badges.calibration import render_calibration
from station.badges.layouts.folder import titles
from station.badges.printers import Printers, Sheet, printer_label
from station.badges.profiles import (
    MOST_COPIES,
    MOST_LABELS,
    MOST_OFFSET_MM,
    ROTATIONS,
    SCALES_PERCENT,
    Profile,
)
from station.badges.single import layout_of
from station.errors import StationError
from station.i18n import _
from ui.bridge.operation import Operation
from ui.dialogs.frame import DialogFrame
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.field_grid import field_grid
from ui.widgets.plain_label import PlainLabel

INSET = (9, 0, 9, 0)  # of a number in its field, pixels: the stylesheet does not reach it


class ProfileDialog(DialogFrame):
    """Accepted with :meth:`profile`; the calibration page is printed with what is chosen at that moment."""

    def __init__(
        self,
        printer: str,
        profile: Profile,
        station: Station,
        printers: Printers,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, 600)
        self._printer, self._profile, self._station, self._printers = printer, profile, station, printers
        self.set_heading(_("Profile of {printer}").format(printer=printer_label(printer)))
        layouts = titles(station.folder, badges_only=True)
        self._layout_name = fill_choice(Choice(), layouts, profile.layout)
        self._x = _millimetres(profile.offset_x_mm)
        self._y = _millimetres(profile.offset_y_mm)
        self._rotation = fill_choice(Choice(), [(each, f"{each}°") for each in ROTATIONS], profile.rotation)
        self._scale = QDoubleSpinBox()
        self._scale.lineEdit().setTextMargins(*INSET)
        self._scale.setRange(*SCALES_PERCENT)
        self._scale.setDecimals(1)
        self._scale.setSuffix(" %")
        self._scale.setValue(profile.scale_percent)
        self._sides = QCheckBox(_("Print on both sides of the paper"))
        self._sides.setChecked(profile.double_sided)
        self._cuts = QCheckBox(_("Cut marks, where the layout has them"))
        self._cuts.setChecked(profile.cut_marks)
        self._copies = _number(1, MOST_COPIES, profile.copies)
        self._warn_at = _number(0, MOST_LABELS, profile.warn_at)
        self._told = PlainLabel(size_px=14, role="muted", wrap=True)
        self._test: Operation | None = None
        self._build()

    def profile(self) -> Profile:
        """What is chosen."""
        return replace(
            self._profile,
            layout=self._layout_name.currentData(),
            offset_x_mm=round(self._x.value(), 1),
            offset_y_mm=round(self._y.value(), 1),
            rotation=self._rotation.currentData(),
            scale_percent=self._scale.value(),
            double_sided=self._sides.isChecked(),
            cut_marks=self._cuts.isChecked(),
            copies=self._copies.value(),
            warn_at=self._warn_at.value(),
        )

    def is_working(self) -> bool:
        """Whether the calibration page is under way."""
        return self._test is not None

    def told(self) -> str:
        """How the calibration page ended."""
        return self._told.full_text()

    def print_calibration(self) -> None:
        """Send the page to the printer."""
        if self._test is not None:
            return
        profile, pdf = self.profile(), io.BytesIO()
        try:
            layout = layout_of(profile, self._station.folder)
            render_calibration(pdf, self._station.event, profile, layout)
        except StationError as error:
            self._told.setText(str(error))
            return
        sheet = Sheet(pdf.getvalue(), _("Calibration page"), "calibration.pdf")
        self._told.setText(_("Printing…"))
        self._test = Operation(
            "calibration", lambda _p: self._printers.send(self._printer, sheet, profile), self
        )
        self._test.succeeded.connect(lambda _done: self._told.setText(_measure()))
        self._test.failed.connect(lambda error: self._told.setText(str(error)))
        self._test.finished.connect(self._on_finished)
        self._calibrate.setEnabled(False)
        self._test.start()

    def reject(self) -> None:
        """A page under way is waited for."""
        if self._test is None:
            super().reject()

    def _on_finished(self) -> None:
        self._test = None
        self._calibrate.setEnabled(True)

    def _build(self) -> None:
        fields: list[tuple[str, QWidget]] = [
            (_("Paper and layout"), self._layout_name),
            (_("Move to the right"), self._x),
            (_("Move down"), self._y),
            (_("Rotation"), self._rotation),
            (_("Scale"), self._scale),
            (_("Copies of each badge"), self._copies),
            (_("Warn when labels left"), self._warn_at),
        ]
        grid = field_grid(fields)
        grid.addWidget(self._sides, len(fields), 1)
        grid.addWidget(self._cuts, len(fields) + 1, 1)
        self.content.addLayout(grid)
        if not self._driven():
            self._rotation.setEnabled(False)
            self._scale.setEnabled(False)
            self._told.setText(
                _("This printer takes PDF as it is: rotation and scale are set on the printer itself.")
            )
        self.content.addWidget(self._told)
        self._calibrate = self.add_button(_("Print the calibration page"), icon="crosshair")
        self._calibrate.clicked.connect(self.print_calibration)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Apply"), primary=True).clicked.connect(self.accept)

    def _driven(self) -> bool:
        """Whether this program draws for a driver; a queue that takes PDF gets it as it is."""
        return not self._printer.startswith(("file:", "socket:"))


def _measure() -> str:
    return _(
        "Printed. Measure from the edges of the paper to the crosses, enter the difference, and print again."
    )


def _millimetres(value: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.lineEdit().setTextMargins(*INSET)
    box.setRange(-MOST_OFFSET_MM, MOST_OFFSET_MM)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    box.setSuffix(" mm")
    box.setValue(value)
    return box


def _number(least: int, most: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.lineEdit().setTextMargins(*INSET)
    box.setRange(least, most)
    box.setValue(value)
    return box
