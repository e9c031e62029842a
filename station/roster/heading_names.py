"""The headings that offices give their columns, Vietnamese and English, folded: which field each one means."""

import re

from station.text import fold

FIELDS = (
    "name", "position", "unit", "category", "phone", "email", "seat", "note", "code", "external_payload",
    "citizen_id",
)  # fmt: skip
# Columns that are kept under their own headings.
EXTRA = "extra"
# Columns that are no field of a delegate: the ordinal, and the two halves of a name.
ORDINAL, FAMILY_NAME, GIVEN_NAME = "ordinal", "family_name", "given_name"

_NAMES = {
    ORDINAL: "stt; tt; so tt; so thu tu; thu tu; no; s n; #",
    "name": """ho va ten; ho ten; ho & ten; ho va ten dai bieu; ho ten dai bieu; ten dai bieu; dai bieu;
        ho va ten hoc vien; ho ten hoc vien;
        ten hoc vien; hoc vien; ho va ten can bo; ho ten can bo; ho ten khach moi; name; full name;
        fullname; delegate; delegate name; participant; participant name; attendee; attendee name""",
    FAMILY_NAME: """ho; ho dem; ho va dem; ho va ten dem; ho ten dem; ho lot; ho va lot; ho va chu lot; ho va ten lot;
        family name; last name; surname""",
    GIVEN_NAME: "ten; ten goi; given name; first name",
    "position": """chuc vu; chuc danh; chuc vu chuc danh; chuc danh chuc vu; chuc vu cong tac; chuc vu hien nay;
        position; title; job title""",
    "unit": """don vi; don vi cong tac; don vi cu di; don vi cu; ten don vi; co quan; co quan don vi; co quan cong tac;
        don vi co quan; noi cong tac; to chuc; doan; doan dai bieu; unit; organisation; organization; company; agency;
        employer; delegation""",
    "category": """thanh phan; thanh phan dai bieu; thanh phan tham du; doi tuong; doi tuong tham du; loai dai bieu;
        category; delegate category; participant category""",
    "phone": """dien thoai; so dien thoai; sdt; so dt; dt; dtdd; so dtdd; dien thoai di dong; di dong; so di dong;
        dien thoai lien he; so dien thoai lien he; phone; phone number; telephone; telephone number; tel; mobile;
        mobile phone; mobile number; cell phone""",
    "email": "email; e mail; mail; thu dien tu; dia chi email; dia chi e mail; dia chi thu dien tu; email address",
    "seat": "so ghe; ghe; ghe ngoi; so ghe ngoi; vi tri; vi tri ngoi; cho ngoi; seat; seat number; seat no",
    "note": "ghi chu; luu y; note; notes; remark; remarks; comment; comments",
    "code": """ma dai bieu; ma so; ma db; ma; ma so dai bieu; ma hoc vien; ma so hoc vien; code; delegate code;
        participant code; badge code""",
    "external_payload": """ma ngoai; ma ve; so ve; ma qr; noi dung ma qr; external payload; external code; payload;
        qr; qr code; ticket code; ticket secret; ticket""",
    "citizen_id": """cccd; so cccd; can cuoc; so can cuoc; the can cuoc; so the can cuoc; can cuoc cong dan;
        so can cuoc cong dan; the can cuoc cong dan; so dinh danh; so dinh danh ca nhan; ma dinh danh; cmnd; so cmnd;
        cmnd cccd; cccd cmnd; so cmnd cccd; so cccd cmnd; cmt; so cmt; chung minh nhan dan; so chung minh nhan dan;
        citizen id; citizen number; identity card; identity number; id card number; national id""",
}  # fmt: skip

_FIELD_OF = {" ".join(name.split()): field for field, names in _NAMES.items() for name in names.split(";")}
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS = re.compile(r"[^\w&#]+|_")
_BETWEEN_LANGUAGES = re.compile(r"[/|\r\n]| [-–] ")


def plain(heading: str) -> str:
    """A heading as the table above writes it: folded, without what stands in brackets, without punctuation."""
    return " ".join(_SIGNS.sub(" ", _IN_BRACKETS.sub(" ", fold(heading))).split())


def field_of(heading: str) -> str | None:
    """The field, ORDINAL or half of a name that a heading means; None for any other text.

    Of ``Họ và tên / Full name`` each part is looked at; parts that mean different fields mean none.
    """
    whole = _FIELD_OF.get(plain(heading))
    if whole:
        return whole
    fields = {
        _FIELD_OF[key] for part in _BETWEEN_LANGUAGES.split(heading) if (key := plain(part)) in _FIELD_OF
    }
    return fields.pop() if len(fields) == 1 else None
