"""Asking for a folder or a file name; tests replace the one classmethod."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from station.i18n import _


class Choose:
    """The system's own dialogs."""

    @classmethod
    def folder(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """A folder that exists, or None when the person changed their mind."""
        chosen = QFileDialog.getExistingDirectory(parent, title, str(start))
        return Path(chosen) if chosen else None

    @classmethod
    def new_pdf(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """Where to write a PDF, or None when the person changed their mind."""
        return cls._new_file(parent, title, start, _("PDF files"), ".pdf")

    @classmethod
    def new_workbook(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """Where to write an .xlsx file, or None when the person changed their mind."""
        return cls._new_file(parent, title, start, _("Workbooks"), ".xlsx")

    @classmethod
    def new_table(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """Where to write a table as .xlsx, .csv or .pdf, or None when the person changed their mind."""
        kinds = {
            f"{_('Workbooks')} (*.xlsx)": ".xlsx",
            f"{_('PDF files')} (*.pdf)": ".pdf",
            "CSV (*.csv)": ".csv",
        }
        chosen, kind = QFileDialog.getSaveFileName(parent, title, str(start), ";;".join(kinds))
        if not chosen:
            return None
        has_one = chosen.lower().endswith(tuple(kinds.values()))
        return Path(chosen if has_one else chosen + kinds.get(kind, ".xlsx"))

    @classmethod
    def new_pack(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """Where to write an event pack, or None when the person changed their mind."""
        return cls._new_file(parent, title, start, _("Event packs"), ".ckpack")

    @classmethod
    def pack(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """An event pack, or None when the person changed their mind."""
        chosen, _kind = QFileDialog.getOpenFileName(
            parent, title, str(start), _("Event packs") + " (*.ckpack)"
        )
        return Path(chosen) if chosen else None

    @classmethod
    def _new_file(
        cls, parent: QWidget | None, title: str, start: Path, kind: str, suffix: str
    ) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(start), f"{kind} (*{suffix})")
        if not chosen:
            return None
        return Path(chosen if chosen.lower().endswith(suffix) else chosen + suffix)

    @classmethod
    def picture(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """A picture file, or None when the person changed their mind."""
        kinds = _("Pictures") + " (*.png *.jpg *.jpeg)"
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(start), kinds)
        return Path(chosen) if chosen else None

    @classmethod
    def roster(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """A file that may hold a roster, or None when the person changed their mind."""
        kinds = _("Tables") + " (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt)"
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(start), kinds)
        return Path(chosen) if chosen else None

    @classmethod
    def photos(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """A ZIP or a picture, or None when the person changed their mind."""
        kinds = _("ZIP archives and pictures") + " (*.zip *.jpg *.jpeg *.png *.webp *.bmp)"
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(start), kinds)
        return Path(chosen) if chosen else None

    @classmethod
    def documents(cls, parent: QWidget | None, title: str, start: Path) -> list[Path]:
        """Files of any type; none when the person changed their mind."""
        chosen, _kind = QFileDialog.getOpenFileNames(parent, title, str(start))
        return [Path(name) for name in chosen]

    @classmethod
    def segments(cls, parent: QWidget | None, title: str, start: Path) -> list[Path]:
        """Sealed segments; none when the person changed their mind."""
        kinds = _("Sealed journals") + " (*.segment)"
        chosen, _kind = QFileDialog.getOpenFileNames(parent, title, str(start), kinds)
        return [Path(name) for name in chosen]

    @classmethod
    def authority(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """A certificate, or None when the person changed their mind."""
        kinds = _("Certificates") + " (*.pem *.crt *.cer)"
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(start), kinds)
        return Path(chosen) if chosen else None

    @classmethod
    def document(cls, parent: QWidget | None, title: str, start: Path) -> Path | None:
        """One file of any type, or None when the person changed their mind."""
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(start))
        return Path(chosen) if chosen else None
