"""Second copy and backups: which stick, how often, what there is, and putting a backup back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.app import Station
from station.exchange.keeping import CopyState, key_of, key_of_folder
from station.i18n import _, ngettext
from station.settings import BACKUP_MINUTES, SECOND_COPY_MINUTES, Settings
from station.store.backup import Backup, backup_problems, backups_in
from ui.bridge.tasks import Tasks
from ui.copies import copy_text
from ui.dialogs.frame import DialogFrame
from ui.dialogs.message import MessageDialog
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.place_list import Place, PlaceList, found_places
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList, framed
from ui.widgets.tabs import Tabs
from ui.wording import moment_text

_LIST_PX = 150


class CopiesDialog(DialogFrame):
    """Nothing changes before Apply; a backup is made and proved at once.

    Args:
        state: how the second copy stands, None where none is kept. find: finds the sticks; called on a worker.

    Signals:
        applied: (Settings) the new choices.
        restore_wanted: (Backup) the event is to be closed, this put back, and opened again.
    """

    applied = Signal(object)
    restore_wanted = Signal(object)

    def __init__(
        self,
        station: Station,
        settings: Settings,
        state: Callable[[], CopyState | None],
        parent: QWidget | None = None,
        find: Callable[[], list[Place]] = found_places,
    ) -> None:
        super().__init__(parent, 640)
        self.set_heading(_("Second copy and backups"))
        self._station, self._settings, self._state = station, settings, state
        self._looks = Tasks("backups", self)
        self._proved: dict[str, list[str]] = {}
        self._tabs = Tabs(2)
        self._tabs.set_captions([_("Second copy"), _("Backups")])
        self._tabs.chosen.connect(self._on_tab_chosen)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._copy_page(settings, find))
        self._pages.addWidget(self._backup_page(settings))
        self.content.addWidget(self._tabs)
        self.content.addWidget(self._pages, 1)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._apply = self.add_button(_("Apply"), primary=True)
        self._apply.clicked.connect(self._on_apply_clicked)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show_state)
        self._clock.start(1000)
        self._on_kept_toggled()
        self._show_state()
        self._show_backups()

    def done(self, result: int) -> None:
        self._clock.stop()
        self.places.close_down()
        self._looks.close()
        super().done(result)

    def show_backups(self) -> None:
        """Turn to the backups."""
        self._tabs.choose(1)

    def _copy_page(self, settings: Settings, find: Callable[[], list[Place]]) -> QWidget:
        told = PlainLabel(
            _(
                "Every record goes to a stick that stays in, within seconds. If this laptop fails, another one goes "
                "on from the stick: first window, Continue from a stick."
            ),
            14,
            wrap=True,
        )
        self.kept = QCheckBox(_("Keep a second copy on this stick:"))
        self.kept.setChecked(bool(settings.second_copy_drive))
        self.kept.toggled.connect(self._on_kept_toggled)
        self.places = PlaceList(None, _("Where should the second copy go?"), self, find)
        self.places.changed.connect(self._on_place_changed)
        self._minutes = fill_choice(
            Choice(), [(m, _minutes_text(m)) for m in SECOND_COPY_MINUTES], settings.second_copy_minutes
        )
        self._minutes.setAccessibleName(_("Photos and documents too"))
        self._copy_state = PlainLabel(size_px=14, wrap=True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(told)
        column.addWidget(self.kept)
        column.addWidget(self.places)
        column.addLayout(_row(_("The whole event, with photos and documents"), self._minutes))
        column.addWidget(self._copy_state)
        column.addStretch(1)
        return page

    def _backup_page(self, settings: Settings) -> QWidget:
        self._every = fill_choice(
            Choice(), [(m, _minutes_text(m)) for m in BACKUP_MINUTES], settings.backup_minutes
        )
        self._every.setAccessibleName(_("A backup in the event folder"))
        self.backups = RowList(44, one_click=False)
        self.backups.setAccessibleName(_("Backups"))
        self.backups.setMinimumHeight(_LIST_PX)
        make, prove = KeyButton("save"), KeyButton("list-checks")
        make.set_caption(_("Back up now"))
        make.clicked.connect(self._on_make_clicked)
        prove.set_caption(_("Prove all"))
        prove.clicked.connect(self._on_prove_clicked)
        self._put_back = KeyButton("history")
        self._put_back.set_caption(_("Put this one back…"))
        self._put_back.clicked.connect(self._on_put_back_clicked)
        buttons = QHBoxLayout()
        for button in (make, prove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._put_back.setAutoDefault(False)
        buttons.addWidget(self._put_back)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addLayout(_row(_("A backup in the event folder"), self._every))
        column.addWidget(framed(self.backups), 1)
        column.addLayout(buttons)
        return page

    def _on_tab_chosen(self, place: int) -> None:
        self._pages.setCurrentIndex(place)

    def _on_kept_toggled(self) -> None:
        on = self.kept.isChecked()
        self.places.setEnabled(on)
        self._minutes.setEnabled(on)
        self._on_place_changed()

    def _on_place_changed(self) -> None:
        """A stick that is away stays chosen until another one is."""
        place = self.places.place()
        usable = (place is not None and place.is_writable) or bool(self._settings.second_copy_drive)
        self._apply.setEnabled(usable or not self.kept.isChecked())

    def _show_state(self) -> None:
        state = self._state()
        if state is None:
            self._copy_state.setText(
                _("The stick holds what the laptop holds, not encrypted: keep it like the laptop.")
            )
            self._copy_state.set_role("muted")
            return
        late = state.is_late(self._station.clock.now())
        label = self._settings.second_copy_label
        self._copy_state.setText(copy_text(state, label, self._station.event.zone, late=late))
        self._copy_state.set_role("warning" if late else "positive")

    def _show_backups(self) -> None:
        chosen = self.backups.selected()
        found = backups_in(self._station.folder / "backups")
        self.backups.show_rows([self._backup_row(backup) for backup in found])
        names = [backup.path.name for backup in found]
        if found:
            self.backups.select(names.index(chosen) if chosen in names else 0)
        self._put_back.setEnabled(bool(found))

    def _backup_row(self, backup: Backup) -> Row:
        problems = self._proved.get(backup.path.name)
        icon, role, note = "history", "muted", ""
        if problems is not None:
            icon = "circle-check" if not problems else "octagon-x"
            role = "positive" if not problems else "negative"
            note = _("whole") if not problems else _("damaged")
        size = f"{backup.bytes / 1e6:.1f} MB"
        detail = problems[0] if problems else size
        when = moment_text(backup.at, self._station.event.zone)
        return Row(when, detail, note=note, icon=icon, role=role, key=backup.path.name)

    def _on_make_clicked(self) -> None:
        self._looks.run(self._station.back_up, lambda _made: self._show_backups(), self._on_trouble)

    def _on_prove_clicked(self) -> None:
        folder = self._station.folder / "backups"
        self._looks.run(
            lambda: {b.path.name: backup_problems(b.path) for b in backups_in(folder)},
            self._on_proved,
            self._on_trouble,
        )

    def _on_proved(self, proved: dict[str, list[str]]) -> None:
        self._proved = proved
        self._show_backups()

    def _on_put_back_clicked(self) -> None:
        found = [
            b for b in backups_in(self._station.folder / "backups") if b.path.name == self.backups.selected()
        ]
        if not found:
            return
        when = moment_text(found[0].at, self._station.event.zone)
        text = _(
            "The event is closed and opened again as it was then. What was recorded since is taken over, as far as it "
            "can be read; the present file is kept under “backups”. Roster and documents are those of that time."
        )
        question = _("Put the backup of {time} back?").format(time=when)
        if MessageDialog.confirm(self, question, text, yes=_("Put back"), no=_("Leave it")):
            self.restore_wanted.emit(found[0])
            self.reject()

    def _on_trouble(self, error: Exception) -> None:
        MessageDialog.tell(self, _("Backups"), str(error))

    def _on_apply_clicked(self) -> None:
        drive, label = self._settings.second_copy_drive, self._settings.second_copy_label
        place = self.places.place()
        if not self.kept.isChecked():
            drive, label = "", ""
        elif place is not None:
            drive = key_of(place.drive) if place.drive else key_of_folder(place.path)
            label = place.name
        wished = replace(
            self._settings,
            second_copy_drive=drive,
            second_copy_label=label,
            second_copy_minutes=self._minutes.currentData(),
            backup_minutes=self._every.currentData(),
        )
        self.applied.emit(wished)
        self.accept()


def _minutes_text(minutes: int) -> str:
    return ngettext("every {count} minute", "every {count} minutes", minutes).format(count=minutes)


def _row(caption: str, field: QWidget) -> QHBoxLayout:
    label = PlainLabel(caption, 14)
    label.setBuddy(field)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(label, 1)
    row.addWidget(field)
    return row
