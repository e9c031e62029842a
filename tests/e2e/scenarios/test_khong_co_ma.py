"""Who brings no code: found by name, however it is typed, and admitted by hand; look-alikes are read back."""

from station.badges.texts import grouped
from tests.builders import payload
from tests.e2e.scenarios.ban import ANH_HA_NAM, ANH_NAM_DINH, DUC, DUNG, TRA_CUU, XANH, Ban, doc_lai

TRUNG_TEN = [("Nguyễn Thị Ánh", "LĐLĐ tỉnh Hà Nam"), ("Nguyễn Thị Anh", "LĐLĐ tỉnh Nam Định")]


def test_khong_co_ma(ban: Ban) -> None:
    """Đại biểu không có mã: F3, gõ tên, Enter mở thẻ, F5 ghi có mặt."""
    assert ban.khi_tim("Đức") == ["Trần Văn Đức"]
    ban.khi_bam("Return")
    ban.thi_man_hinh_bao("TRA CỨU", TRA_CUU, "Ghi có mặt không cần mã: F5")
    ban.thi_nhat_ky_ghi()
    ban.khi_bam("F5")
    ban.thi_man_hinh_bao("MỜI VÀO", XANH, "Đã ghi có mặt")
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}")
    ban.thi_co_mat(DUC)


def test_go_khong_dau(ban: Ban) -> None:
    """Gõ không dấu vẫn tìm ra đúng người."""
    assert ban.khi_tim("tran van duc") == ["Trần Văn Đức"]
    ban.khi_bam("Return")
    ban.khi_bam("F5")
    ban.thi_the_la("Trần Văn Đức")
    ban.thi_nhat_ky_ghi(f"scan admitted {DUC}")


def test_go_sai_mot_chu(ban: Ban) -> None:
    """Gõ sai một chữ vẫn tìm ra; không ai khác bị ghi."""
    assert ban.khi_tim("do ngoc sung")[0] == "Đỗ Ngọc Dũng"
    ban.khi_bam("Return")
    ban.khi_bam("F5")
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_nhat_ky_ghi(f"scan admitted {DUNG}")


def test_khong_co_dien_thoai(ban: Ban) -> None:
    """Không có điện thoại để đưa mã, nhưng có giấy mời: gõ dãy số in dưới mã."""
    ban.khi_bam("F3")
    ban.khi_go(grouped(payload(4).decode()))
    ban.khi_bam("Return")
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_the_la("Phạm Thu Hà")
    ban.thi_nhat_ky_ghi("scan admitted DB00004")


def test_trung_ten_phai_doc_lai(ban: Ban) -> None:
    """Hai người tên gần giống nhau: hỏi lại đơn vị, chọn người thứ hai thì chỉ người thứ hai được ghi."""
    ban.khi_mo_the("Nguyễn Thị Ánh")
    ban.thi_the_la("Nguyễn Thị Ánh")
    ban.khi_bam("F5", doc_lai(2, TRUNG_TEN))
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_the_la("Nguyễn Thị Anh")
    ban.thi_nhat_ky_ghi(f"scan admitted {ANH_NAM_DINH}")
    ban.thi_co_mat(ANH_NAM_DINH)
    ban.khi_tim("nguyen thi anh")
    rows = ban.event.desk.search.rows()
    assert {(row.detail, bool(row.caution)) for row in rows} == {(unit, True) for _name, unit in TRUNG_TEN}


def test_co_ma_thi_khong_hoi_lai(ban: Ban) -> None:
    """Người trùng tên nhưng có mã thì không hỏi gì: mã nói đúng là ai."""
    ban.khi_quet(1)
    ban.thi_man_hinh_bao("MỜI VÀO", XANH)
    ban.thi_nhat_ky_ghi(f"scan admitted {ANH_HA_NAM}")
