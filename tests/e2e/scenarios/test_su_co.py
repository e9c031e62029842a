"""What goes wrong: two windows, a scan over a dialog, a clock that falls back, the wrong person chosen."""

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station.exchange.verify import verify
from station.settings import Settings
from tests.builders import payload
from tests.e2e.scenarios.ban import (
    AN,
    ANH_HA_NAM,
    ANH_NAM_DINH,
    DUC,
    HA,
    TRA_CUU,
    VANG,
    XANH,
    Ban,
    Buoc,
    chon_viec,
    doc_lai,
    dong_y,
)
from ui.dialogs.cases.person import PersonDialog
from ui.run import Program

TRUNG_TEN = [("Nguyễn Thị Ánh", "LĐLĐ tỉnh Hà Nam"), ("Nguyễn Thị Anh", "LĐLĐ tỉnh Nam Định")]


def test_hai_cua_so_tren_mot_thu_muc(ban: Ban, qapp: QApplication, qtbot: QtBot) -> None:
    """Mở cùng thư mục lần thứ hai: cửa sổ thứ hai nói rõ vì sao không mở, cửa sổ đầu vẫn làm việc."""
    program = Program(qapp, Settings(sound=False), None)
    program.open(ban.folder)
    welcome = program._welcome
    assert program.opened is None
    assert welcome is not None
    qtbot.addWidget(welcome)
    qtbot.waitUntil(welcome.isVisible)
    assert "su-kien" in welcome._trouble.full_text()
    welcome.close()
    ban.khi_quet(2)
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}")


def test_quet_khi_hop_thoai_dang_mo(ban: Ban) -> None:
    """Đang điền hộp thoại thì có người quét: lượt quét vẫn được ghi, chữ đang gõ không bị lẫn số."""
    typed: list[str] = []

    def quet() -> Buoc:
        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, PersonDialog)
            dialog._edits["name"].setText("Vũ Thị")
            dialog._edits["name"].setFocus()
            before = ban.answers
            ban.keyboard.pause(1)
            ban.keyboard.type(payload(2).decode() + "\r")
            ban.qtbot.waitUntil(lambda: ban.answers > before, timeout=15_000)
            typed.append(dialog._edits["name"].text())
            assert dialog.isVisible()
            dialog.reject()

        return PersonDialog, act

    ban.khi_bam("F10", chon_viec("Người chưa có trong danh sách"), quet())
    assert typed == ["Vũ Thị"]
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_the_la("Trần Văn Đức")
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}")


def test_dong_ho_lui_mot_gio(ban: Ban) -> None:
    """Đồng hồ máy bị lùi một giờ: vẫn ghi, vẫn biết ai đã vào, chuỗi nhật ký vẫn nguyên vẹn."""
    ban.khi_quet(2)
    ban.khi_qua(hours=-1)
    ban.khi_quet(3)
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.khi_quet(2)
    ban.thi_man_hinh_bao("ĐÃ VÀO TRƯỚC ĐÓ", VANG, "07:30")
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}", f"scan admitted {AN}", f"scan ALREADY_IN {DUC}")
    ban.thi_co_mat(DUC, AN)
    ban.dong()
    assert verify(ban.folder).ok


def test_chon_nham_nguoi_roi_huy(ban: Ban) -> None:
    """Chọn nhầm người trùng tên, đã phát tài liệu: huỷ trả lại cả tồn kho lẫn thẻ chờ in, rồi ghi đúng người."""
    ban.khi_mo_the("Nguyễn Thị Ánh")
    ban.khi_bam("F5", doc_lai(1, TRUNG_TEN))
    ban.khi_bam("F2")
    ban.thi_con_lai("TL01", 4)
    assert ban.station.desk.counts().badges_waiting == 1
    ban.khi_bam("F8", dong_y(), dong_y())
    ban.thi_bao_nho("Đã huỷ lượt vào.")
    ban.thi_man_hinh_bao("TRA CỨU", TRA_CUU, "Chưa có mặt")
    ban.thi_con_lai("TL01", 5)
    assert ban.station.desk.counts().badges_waiting == 0
    ban.thi_co_mat()
    ban.khi_bam("F5", doc_lai(2, TRUNG_TEN))
    ban.thi_the_la("Nguyễn Thị Anh")
    ban.thi_co_mat(ANH_NAM_DINH)
    phat = [f"handed_out {ANH_HA_NAM} {document}" for document in ("TL01", "TL02", "TUI")]
    ban.thi_nhat_ky_ghi(f"scan admitted {ANH_HA_NAM}", *phat, *["void"] * 4, f"scan admitted {ANH_NAM_DINH}")
    assert ban.station.desk.card(ban.ma(HA)).admission is None
