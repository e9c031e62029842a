"""The wrong session, and the modes: documents only, enquiry."""

from datetime import timedelta

from station.model.event import Session
from station.model.mode import Mode
from tests.builders import MORNING
from tests.e2e.scenarios.ban import (
    AN,
    ANH_HA_NAM,
    DO,
    DUC,
    TRA_CUU,
    VANG,
    XANH,
    Ban,
    chuyen_phien,
)
from tests.e2e.scenarios.conftest import MoBan

TRUOC = Session(
    "CD1", 1, "Chuyên đề 1", opens_at=MORNING - timedelta(hours=2), closes_at=MORNING - timedelta(minutes=10),
    grace_after_minutes=30,
)  # fmt: skip
SAU = Session("CD2", 2, "Chuyên đề 2", opens_at=MORNING - timedelta(minutes=10))


def test_quet_nham_phien_roi_chuyen(mo_ban: MoBan) -> None:
    """Chọn nhầm CD1: mỗi kết quả đều báo; một phím về theo giờ, thêm một phím chuyển các lượt vừa quét."""
    ban = mo_ban(phien=[TRUOC, SAU])
    ban.thi_dai_bao("")
    ban.event.controller.choose_session("CD1")
    for serial in (1, 2):
        ban.khi_quet(serial)
        ban.thi_man_hinh_bao("MỜI VÀO", XANH)
        ban.thi_dai_bao("Đang ghi vào CD1 – theo giờ là CD2")
    ban.khi_bam("Shift+F6")
    assert ban.event.controller.session().id == "CD2"
    ban.thi_dai_bao("Nay ghi vào CD2. Vừa rồi có 2 lượt đã ghi vào CD1.")
    ban.khi_bam("Shift+F6", chuyen_phien("CD2", 2))
    ban.thi_bao_nho("2 mục")
    ban.thi_dai_bao("")
    ban.thi_co_mat(ANH_HA_NAM, DUC)
    moved = ["void", f"scan admitted {ANH_HA_NAM}", "void", f"scan admitted {DUC}"]
    ban.thi_nhat_ky_ghi(f"scan admitted {ANH_HA_NAM}", f"scan admitted {DUC}", *moved)
    assert ban.station.desk.counts("CD1").present == 0
    ban.khi_bam("Shift+F6")
    ban.thi_bao_nho("theo giờ")


def test_chi_phat_tai_lieu(mo_ban: MoBan) -> None:
    """Bàn thứ hai chỉ phát tài liệu: không ghi ai có mặt, ai chưa điểm danh thì báo vàng."""
    ban = mo_ban()
    ban.khi_quet(2)
    ban.khi_bam("Shift+F2")
    assert ban.event.desk.way.word() == "CHỈ PHÁT TÀI LIỆU"
    ban.khi_quet(2)
    ban.thi_man_hinh_bao("PHÁT TÀI LIỆU", TRA_CUU, "F2")
    ban.khi_bam("F2")
    ban.thi_man_hinh_bao("ĐÃ PHÁT ĐỦ", TRA_CUU)
    ban.khi_quet(3)
    ban.thi_man_hinh_bao("CHƯA ĐIỂM DANH", VANG, "bàn điểm danh")
    ban.khi_quet(b"https://example.org")
    ban.thi_man_hinh_bao("KHÔNG PHÁT", DO)
    ban.khi_mo_the("Lê Hoàng Ân")
    ban.khi_bam("F5")
    ban.khi_bam("F10")
    ban.thi_bao_nho("chỉ phát tài liệu")
    ban.thi_nhat_ky_ghi(
        f"scan admitted {DUC}", *(f"handed_out {DUC} {document}" for document in ("TL01", "TL02", "TUI"))
    )
    ban.thi_con_lai("TL01", 4)
    ban.dong()
    sau_khi_mo_lai = mo_ban()
    assert sau_khi_mo_lai.event.desk.way.mode() is Mode.DOCUMENTS
    sau_khi_mo_lai.khi_bam("Shift+F1")
    assert sau_khi_mo_lai.event.desk.way.mode() is None
    sau_khi_mo_lai.khi_quet(3)
    sau_khi_mo_lai.thi_man_hinh_bao("MỜI VÀO", XANH)
    sau_khi_mo_lai.thi_nhat_ky_ghi(f"scan admitted {AN}")


def test_tra_cuu_khong_ghi_gi(ban: Ban) -> None:
    """Chế độ tra cứu: quét, tìm, bấm phím nào cũng không ghi gì vào nhật ký."""
    ban.khi_bam("Shift+F3")
    assert ban.event.desk.way.word() == "CHỈ TRA CỨU"
    ban.khi_quet(2)
    ban.thi_man_hinh_bao("TRA CỨU", TRA_CUU, "Không ghi gì")
    ban.thi_the_la("Trần Văn Đức")
    for key in ("F2", "Alt+1", "F5", "F7", "F8", "F10"):
        ban.khi_bam(key)
    ban.thi_bao_nho("Đang tra cứu")
    ban.khi_quet(b"https://example.org")
    ban.thi_man_hinh_bao("TRA CỨU", TRA_CUU, "Không ghi gì")
    ban.thi_nhat_ky_ghi()
    assert ban.station.desk.counts().badges_waiting == 0
    ban.khi_bam("Shift+F1")
    ban.khi_quet(2)
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}")
