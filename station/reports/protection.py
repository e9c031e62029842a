"""A password on a workbook, as Excel and LibreOffice ask for it when they open the file."""

from typing import BinaryIO

from msoffcrypto.method.ecma376_agile import ECMA376Agile


def protected(workbook: BinaryIO, password: str) -> bytes:
    """The workbook under agile encryption (AES-256, SHA-512; MS-OFFCRYPTO 2.3.4.10), made in memory alone."""
    workbook.seek(0)
    sealed: bytes = ECMA376Agile.encrypt(password, workbook)
    return sealed
