"""The states of sending results over the network, for render_screens.py."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from station.model.sending import RowState
from station.store import outbox as store
from station.sync import outbox
from station.sync.target import Kind
from ui.dialogs.sending.add import AddTargetDialog, CloseRowDialog, PassphraseDialog
from ui.dialogs.sending.dialog import SendingDialog


def states(studio: Any, wait: Callable[[int], None]) -> dict[str, Callable[[], QWidget]]:
    """Every state by name; ``wait`` lets the event loop run for milliseconds."""
    return {
        "sending-none": lambda: _dialog(studio),
        "sending": lambda: _filled(studio, wait),
        "sending-add-folder": lambda: _add(studio, Kind.FOLDER),
        "sending-add-webdav": lambda: _add(studio, Kind.WEBDAV),
        "sending-unlock": lambda: studio._dialog(PassphraseDialog(studio.event.window)),
        "sending-close": lambda: studio._dialog(
            CloseRowDialog("journal-65633432-1-120-9f3a11c0.segment", studio.event.window)
        ),
        "sending-strip": lambda: _strip(studio, wait),
    }


def _dialog(studio: Any) -> QWidget:
    _forget(studio)
    shown: QWidget = studio._dialog(
        SendingDialog(studio.event.station, studio.event.outgoing, studio.event.window)
    )
    return shown


def _forget(studio: Any) -> None:
    files = studio.event.station.files
    with files.reading() as connection:
        known = store.targets(connection)
    for target in known:
        outbox.forget_target(files, target.number)


def _fill(studio: Any) -> None:
    """Two targets: one lets nobody in yet, one refused a file. Both only by hand, so that the courier rests."""
    station = studio.event.station
    _forget(studio)
    now = station.clock.now()

    def work(connection: Any) -> None:
        cloud = store.add_target(
            connection, "Nextcloud Tổng Liên đoàn", "webdav",
            "https://cloud.example.org/remote.php/dav/files/banto/Tap-huan/", "banto", "", "manual",
        )  # fmt: skip
        disk = store.add_target(
            connection, "Ổ mạng văn phòng", "folder", "/mnt/van-phong/ket-qua", "", "", "manual"
        )
        trouble = "Không có kết nối: mạng này đòi trang đăng nhập. Hãy mở trình duyệt và đăng nhập vào mạng."
        store.note_trouble(connection, cloud, trouble, now + timedelta(seconds=40), wants_login=True)
        for number in range(12):
            name = f"journal-65633432-{1 + 40 * number}-{40 + 40 * number}-{0x9F3A11C0 + number:08x}.segment"
            for target in (cloud, disk):
                store.queue(connection, target, store.Queued(name, 9000, "0" * 64, "65633432", 1, 40), now)
        rows = store.rows(connection, cloud)
        store.set_state(
            connection, rows[1].number, RowState.REFUSED, now, "Máy chủ: hết dung lượng của tài khoản (507)."
        )
        store.set_state(connection, rows[2].number, RowState.CLOSED, now, "đã chép bằng USB", "Chị Hoa")
        for row in rows[3:6]:
            store.set_state(connection, row.number, RowState.CONFIRMED, now)

    station.files.write(work)


def _filled(studio: Any, wait: Callable[[int], None]) -> QWidget:
    _fill(studio)
    dialog = SendingDialog(studio.event.station, studio.event.outgoing, studio.event.window)
    shown: QWidget = studio._dialog(dialog)
    wait(300)  # read on a worker
    dialog._rows.selectRow(0)
    return shown


def _add(studio: Any, kind: Kind) -> QWidget:
    dialog = AddTargetDialog(
        studio.event.station, studio.event.outgoing.courier.credentials, studio.event.window
    )
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    if kind is Kind.FOLDER:
        dialog.url.setText(str(Path("/mnt/van-phong/ket-qua")))
        dialog._on_add()
    shown: QWidget = studio._dialog(dialog)
    return shown


def _strip(studio: Any, wait: Callable[[int], None]) -> QWidget:
    _fill(studio)
    wait(1500)
    shown: QWidget = studio.event.window
    return shown
