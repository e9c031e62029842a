"""The other cases: walk-in, substitution, exception, cancelling, correction, lost badge."""

from datetime import timedelta
from pathlib import Path

import pypdfium2

from station.model.event import Audience, Session
from station.model.role import Role
from tests.builders import MORNING
from tests.e2e.scenarios.ban import (
    AN,
    DO,
    DUC,
    DUNG,
    HA,
    TRA_CUU,
    XANH,
    Ban,
    chon_viec,
    dien,
    dong_y,
    nhap_pin,
    noi_ly_do,
)
from tests.e2e.scenarios.conftest import MoBan

PIN = "2580"


def test_nguoi_chua_co_trong_danh_sach(ban: Ban) -> None:
    """Người chưa có tên trong danh sách: F10, đăng ký tại bàn và ghi có mặt ngay, có mã riêng."""
    ban.khi_bam(
        "F10", chon_viec("Người chưa có trong danh sách"), dien(name="Vũ Thị Mai", unit="LĐLĐ tỉnh Hà Nam")
    )
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_the_la("Vũ Thị Mai")
    kind, scan = ban.nhat_ky()
    code = kind.split()[-1]
    assert (kind.split()[0], scan, code[:2]) == ("walk_in", f"scan admitted {code}", "VL")


def test_co_nguoi_di_thay(ban: Ban) -> None:
    """Có người đi thay: người thay được mở thẻ, mã của người vắng không dùng được nữa."""
    ban.khi_mo_the("Trần Văn Đức")
    ban.khi_bam("F10", chon_viec("Có người đi thay"), dien("Bận công tác khác", name="Lý Quốc Bảo"))
    ban.thi_the_la("Lý Quốc Bảo")
    ban.khi_bam("F5")
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.khi_quet(2)
    ban.thi_man_hinh_bao("KHÔNG ĐƯỢC VÀO", DO)
    kinds = [line.split()[0] for line in ban.nhat_ky()]
    assert kinds == ["walk_in", "substituted", "payload_revoked", "scan", "scan"]
    assert ban.nhat_ky()[-1] == f"scan SUBSTITUTED {DUC}"


def test_cho_vao_ngoai_le(mo_ban: MoBan) -> None:
    """Báo chí không thuộc phiên này: từ chối, rồi cho vào ngoại lệ kèm ghi chú."""
    ban = mo_ban(phien=[Session("CD1", 1, "Chuyên đề 1", admits=(Audience("Học viên"),))])
    ban.khi_quet(5)
    ban.thi_man_hinh_bao("KHÔNG ĐƯỢC VÀO", DO, "Báo chí")
    ban.khi_bam("F10", chon_viec("Cho vào ngoại lệ"), noi_ly_do("Trưởng ban tổ chức đồng ý"))
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_nhat_ky_ghi(f"scan NOT_ENTITLED {DUNG}", f"scan admitted {DUNG}")
    ban.thi_co_mat(DUNG)


def test_huy_trong_hai_phut(ban: Ban) -> None:
    """Vừa quét nhầm: F8, đồng ý, không cần PIN."""
    ban.station.access.set_secret(Role.SUPERVISOR, PIN)
    ban.station.access.lock()
    ban.khi_quet(2)
    ban.khi_qua(seconds=119)
    ban.khi_bam("F8", dong_y())
    ban.thi_bao_nho("Đã huỷ lượt vào.")
    ban.thi_man_hinh_bao("TRA CỨU", TRA_CUU, "Chưa có mặt")
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}", "void")
    ban.thi_co_mat()


def test_huy_sau_hai_phut_can_pin_truong_ban(ban: Ban) -> None:
    """Quá hai phút thì huỷ cần PIN trưởng bàn và lý do; PIN sai thì không có gì thay đổi."""
    ban.station.access.set_secret(Role.SUPERVISOR, PIN)
    ban.station.access.lock()
    ban.khi_quet(2)
    ban.khi_qua(seconds=121)
    ban.khi_bam("F8", dong_y(), nhap_pin("0000"))
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}")
    ban.khi_qua(minutes=1)
    ban.khi_bam("F8", dong_y(), nhap_pin(PIN), noi_ly_do("Quét nhầm"))
    ban.thi_bao_nho("Đã huỷ lượt vào.")
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}", "void")
    ban.thi_co_mat()


def test_sua_ten_va_in_lai_the(ban: Ban, tmp_path: Path) -> None:
    """Sửa tên viết sai: thẻ trên màn hình đổi ngay, thẻ in ra mang tên đúng."""
    ban.khi_mo_the("Trần Văn Đức")
    ban.khi_bam("F10", chon_viec("Sửa tên hoặc chức vụ"), dien(name="Trần Văn Đực"))
    ban.thi_the_la("Trần Văn Đực")
    ban.thi_bao_nho("Trần Văn Đực")
    assert ban.station.print_badges(tmp_path / "the.pdf") == 1
    with pypdfium2.PdfDocument(tmp_path / "the.pdf") as pdf:
        printed = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert "Trần Văn Đực" in printed
    ban.thi_nhat_ky_ghi(f"corrected {DUC}", f"badge_printed {DUC}")


def test_mat_the(ban: Ban) -> None:
    """Mất thẻ: mã cũ bị thu hồi, thẻ mới chờ in; ai nhặt được thẻ cũ không vào được."""
    ban.khi_mo_the("Phạm Thu Hà")
    ban.khi_bam("F10", chon_viec("Mất thẻ"), dong_y())
    ban.thi_bao_nho("Phạm Thu Hà")
    ban.khi_quet(4)
    ban.thi_man_hinh_bao("KHÔNG ĐƯỢC VÀO", DO)
    ban.thi_nhat_ky_ghi(f"payload_revoked {HA}", f"scan REVOKED {HA}")
    ban.khi_quet(ban.station.payloads()[ban.ma(HA)].encode())
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_co_mat(HA)


def test_ra_va_vao_lai(mo_ban: MoBan) -> None:
    """Ra ngoài rồi vào lại ở phiên có ghi lượt ra."""
    cua = Session(
        "CD1", 1, "Chuyên đề 1", opens_at=MORNING, closes_at=MORNING + timedelta(hours=2), exits=True, re_entry=True
    )  # fmt: skip
    ban = mo_ban(phien=[cua])
    ban.khi_quet(3)
    ban.khi_bam("F4")
    ban.khi_quet(3)
    ban.thi_man_hinh_bao("MỜI RA", XANH)
    ban.thi_co_mat()
    ban.khi_bam("F4")
    ban.khi_quet(3)
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_nhat_ky_ghi(f"scan admitted {AN}", f"left {AN}", f"scan admitted {AN}")
    ban.thi_co_mat(AN)
