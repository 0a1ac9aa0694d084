"""The text inside winmail.dat (MS-OXTNEF), for mail whose only body is there. Writes nothing."""

import re
import struct
import zlib
from collections.abc import Iterator, Sequence

from pipeline.mail.decoding import clean_text, decode_bytes
from pipeline.mail.htmltext import html_text
from pipeline.model import Attachment

_SIGNATURE = 0x223E9F78
_ATT_BODY = 0x0002800C
_ATT_MAPI = 0x00069003
_PR_BODY, _PR_RTF, _PR_HTML = 0x1000, 0x1009, 0x1013
_FIXED = {
    0x0001: 0,
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x000A: 4,
    0x000B: 4,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
_VARIABLE = frozenset({0x001E, 0x001F, 0x0102, 0x000D})
_MOST = 3_000_000
#: What a compressed RTF body may refer back to before its own first byte (MS-OXRTFCP, 2.1.2.1).
_RTF_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans Serif"
    b"SymbolArialTimes"
    b" New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def tnef_text(attachments: Sequence[Attachment]) -> str | None:
    """The body text of the first winmail.dat among `attachments`; None where there is none. Never raises."""
    for part in attachments:
        if (
            part.content_type in {"application/ms-tnef", "application/vnd.ms-tnef"}
            or part.name.lower() == "winmail.dat"
        ):
            try:
                return _body(part.data[:_MOST])
            except (struct.error, ValueError, IndexError, UnicodeError, zlib.error):
                return None
    return None


def _body(data: bytes) -> str | None:
    found: dict[int, str] = {}
    for identity, content in _attributes(data):
        if identity == _ATT_BODY:
            found.setdefault(_PR_BODY, decode_bytes(content.rstrip(b"\0"), ""))
        elif identity == _ATT_MAPI:
            found |= {tag: text for tag, text in _properties(content) if text.strip() and tag not in found}
    if _PR_BODY in found:
        return clean_text(found[_PR_BODY])
    if _PR_HTML in found:
        return html_text(found[_PR_HTML])
    return clean_text(found[_PR_RTF]) if _PR_RTF in found else None


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return
    place = 6
    while place + 9 <= len(data):
        _level, identity, length = struct.unpack_from("<BII", data, place)
        place += 9
        yield identity, data[place : place + length]
        place += length + 2


def _properties(data: bytes) -> Iterator[tuple[int, str]]:
    """The text properties of a MAPI property list."""
    count = struct.unpack_from("<I", data)[0]
    place = 4
    for _ in range(min(count, 2000)):
        kind, tag = struct.unpack_from("<HH", data, place)
        place += 4
        if tag >= 0x8000:
            place = _skip_name(data, place)
        if kind in _FIXED:
            place += _FIXED[kind]
            continue
        if kind & 0x0FFF not in _VARIABLE:
            return
        values = struct.unpack_from("<I", data, place)[0]
        place += 4
        for _value in range(min(values, 1000)):
            length = struct.unpack_from("<I", data, place)[0]
            content = data[place + 4 : place + 4 + length]
            place += 4 + length + (-length % 4)
            if tag in {_PR_BODY, _PR_HTML, _PR_RTF}:
                yield tag, _text(tag, kind, content)


def _skip_name(data: bytes, place: int) -> int:
    kind = struct.unpack_from("<I", data, place + 16)[0]
    place += 20
    if kind == 0:
        return place + 4
    length = struct.unpack_from("<I", data, place)[0]
    return int(place + 4 + length + (-length % 4))


def _text(tag: int, kind: int, content: bytes) -> str:
    if tag == _PR_RTF:
        return _rtf_text(_expand(content))
    if kind == 0x001F:
        return content.decode("utf-16-le", "replace").rstrip("\0")
    return decode_bytes(content.rstrip(b"\0"), "")


def _expand(data: bytes) -> bytes:
    """Compressed RTF (MS-OXRTFCP) unpacked."""
    _packed, size, kind, _crc = struct.unpack_from("<IIII", data)
    if kind == 0x414C454D:
        return data[16 : 16 + size]
    window = bytearray(_RTF_START) + bytearray(4096 - len(_RTF_START))
    write, out, place = len(_RTF_START), bytearray(), 16
    while place < len(data) and len(out) < min(size, _MOST):
        flags = data[place]
        place += 1
        for bit in range(8):
            if place >= len(data) or len(out) >= size:
                break
            if not flags >> bit & 1:
                piece = data[place : place + 1]
                place += 1
            else:
                start, length = divmod(int.from_bytes(data[place : place + 2], "big"), 16)
                place += 2
                if start == write:
                    return bytes(out)
                piece = b""
                for step in range(length + 2):
                    byte = window[(start + step) % 4096]
                    window[write], write = byte, (write + 1) % 4096
                    out.append(byte)
                continue
            if piece:
                window[write], write = piece[0], (write + 1) % 4096
                out += piece
    return bytes(out)


def _rtf_text(rtf: bytes) -> str:
    """The words of an RTF body: groups of tables dropped, paragraphs as lines."""
    text = rtf.decode("latin-1")
    if "\\fromhtml" in text:
        text = re.sub(r"\\htmlrtf\b.*?\\htmlrtf0\b ?", "", text, flags=re.S)
        text = re.sub(
            r"\{\\\*\\htmltag\d* ?([^{}]*)\}",
            lambda m: "\\par " if re.search(r"(?i)<(?:/p|br|/div)", m[1]) else "",
            text,
        )
    text = re.sub(r"\{\\(?:fonttbl|colortbl|stylesheet|info|\*)(?:[^{}]|\{[^{}]*\})*\}", "", text)
    text = re.sub(r"\\(?:par|line)\b ?", "\n", text)
    text = re.sub(r"\\'([0-9a-fA-F]{2})", lambda m: bytes([int(m[1], 16)]).decode("cp1252", "replace"), text)
    text = re.sub(r"\\u(-?\d+) ?\??", lambda m: chr(int(m[1]) % 65536), text)
    return re.sub(r"\\[a-zA-Z]+-?\d* ?|[{}]", "", text).replace("\\", "").strip()
