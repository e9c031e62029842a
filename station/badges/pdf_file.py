"""Writes a reportlab document piece by piece: finished pages and pictures leave memory before the last one is drawn.

Reportlab keeps every object until the end and then joins them; ten thousand badges would need gigabytes. The order of
objects in a PDF is free (ISO 32000-1, 7.5.3 and 7.5.4), so what cannot change any more is written at once.
"""

import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc

from station.media.faults import write_fault

_IN_MEMORY_BYTES = 16 * 2**20
_PIECE_BYTES = 2**20
_LEAST_VERSION = (1, 4)  # that knows translucent letters


class PdfFile:
    """The bytes of a PDF in the making, on the disk once they are many."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 - the next line closes it
        weakref.finalize(self, self._file.close)  # whoever cancels just lets go of the pages
        self._offsets: dict[int, int] = {}
        self._seen = 0
        self._end = 0
        header = pdfdoc.PDFFile(max(_LEAST_VERSION, document._pdfVersion))
        self._write(header.format(document))

    def take(self) -> None:
        """Write the pages and pictures that were finished since the last time. Raises EnvironmentFault."""
        document = self._document
        while self._seen < document.objectcounter:
            self._seen += 1
            content = document.idToObject[document.numberToId[self._seen]]
            if isinstance(content, pdfdoc.PDFPage):
                _compress(content)
                self._add(self._seen)
                document.Pages.pages[-1] = pdfdoc.PDFObjectReference(document.numberToId[self._seen])
            elif isinstance(content, (pdfdoc.PDFStream, pdfdoc.PDFImageXObject)):
                self._add(self._seen)

    def pieces(self, canvas: Any) -> Iterator[bytes]:
        """Finish the file and read it from its beginning, once; as ``PDFDocument.GetPDFData`` does it."""
        document = self._document
        for font in document.delayedFonts:
            font.addObjects(document)
        document.info.invariant = document.invariant
        document.info.digest(document.signature)
        catalog, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        document.encrypt.prepare(document)
        number = 0
        while number < document.objectcounter:  # formatting one may make others
            number += 1
            if number not in self._offsets:
                self._add(number)
        self._write_end(catalog, info)
        self._file.seek(0)
        while piece := self._file.read(_PIECE_BYTES):
            yield piece

    def _add(self, number: int) -> None:
        document = self._document
        name = document.numberToId[number]
        self._offsets[number] = self._end
        self._write(pdfdoc.PDFIndirectObject(name, document.idToObject[name]).format(document))
        document.idToObject[name] = None  # only its number is asked for from now on

    def _write_end(self, catalog: Any, info: Any) -> None:
        start, count = self._end, len(self._offsets) + 1
        rows = "".join(f"{self._offsets[number]:010d} 00000 n \n" for number in range(1, count))
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n{rows}".encode())
        identity = self._document.ID()
        trailer = pdfdoc.PDFTrailer(startxref=start, Size=count, Root=catalog, Info=info, ID=identity)
        self._write(trailer.format(self._document))

    def _write(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            raise write_fault(error, Path(tempfile.gettempdir()), len(data)) from error
        self._end += len(data)


def _compress(page: Any) -> None:
    """Give a page its stream as bytes: what reportlab makes of it is a quarter longer, for readers of the 1990s."""
    stream = pdfdoc.PDFStream(content=page.stream)
    stream.filters = [pdfdoc.PDFZCompress]
    page.Contents, page.stream = stream, None
