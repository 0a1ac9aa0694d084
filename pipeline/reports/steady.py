"""A workbook whose bytes depend on nothing but its content and a given time. Knows no report."""

import io
import re
import zipfile
from datetime import UTC, datetime

from openpyxl.workbook import Workbook

_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
#: The oldest date a zip can hold: it says nothing, and the same in every run.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def save_steadily(book: Workbook, now: datetime) -> bytes:
    """The workbook as xlsx; the same content and the same `now` give the same bytes.

    So a report that is sent again is recognisably the same. openpyxl alone writes the clock into the
    properties and into the zip.
    """
    loose, steady = io.BytesIO(), io.BytesIO()
    book.save(loose)
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == _CORE:
                data = _TIMES.sub(lambda found: found[1] + stamp + found[3], data)
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(entry, data)
    return steady.getvalue()
