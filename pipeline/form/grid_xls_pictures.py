"""Where the pictures of an xls lie ([MS-ODRAW]): anchors of the sheet, pictures of the workbook's store."""

import hashlib
import struct
from collections.abc import Iterator

from pipeline.form.grid import Picture

_CONTAINER = 0xF
_BSE, _SHAPE, _OPTIONS, _ANCHOR = 0xF007, 0xF004, 0xF00B, 0xF010
#: The property of a shape that says which picture it shows.
_PICTURE = 0x104
_MOST = 20_000


class PictureStore:
    """The workbook's pictures by number, from 1."""

    def __init__(self, drawings: bytes) -> None:
        self._hashes: list[str] = []
        for kind, body in _atoms(drawings):
            if kind == _BSE:
                # 36 bytes about the picture, its name, then its own record with 25 bytes of head.
                start = 36 + (body[33] if len(body) > 33 else 0)
                self._hashes.append(
                    hashlib.sha256(body[start + 25 :]).hexdigest() if len(body) > start + 25 else ""
                )

    def sha256(self, number: int) -> str:
        return self._hashes[number - 1] if 0 < number <= len(self._hashes) else ""


def read_anchors(drawing: bytes, store: PictureStore) -> Iterator[Picture]:
    """The pictures of one sheet. A drawing that is damaged has none."""
    number = 0
    for kind, body in _atoms(drawing):
        if kind == _SHAPE:
            number = 0
        elif kind == _OPTIONS:
            number = _picture_number(body) or number
        elif kind == _ANCHOR and number and len(body) >= 18:
            left, _, top, _, right, _, bottom, _ = struct.unpack_from("<8H", body, 2)
            yield Picture(top + 1, left + 1, bottom + 1, right + 1, store.sha256(number))


def _picture_number(body: bytes) -> int:
    for at in range(0, len(body) - 5, 6):
        name, value = struct.unpack_from("<HI", body, at)
        if name & 0x3FFF == _PICTURE:
            return int(value)
    return 0


def _atoms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every record in its order, containers opened; a container itself comes with an empty body."""
    at = 0
    for _ in range(_MOST):
        if at + 8 > len(data):
            return
        version, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if version & _CONTAINER == _CONTAINER and kind != _BSE:
            yield kind, b""
            continue
        yield kind, data[at : at + size]
        at += size
