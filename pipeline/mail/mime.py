"""Raw bytes -> a tree of parts (RFC 5322, 2045, 2046, 2231). Linear in time, bounded, and never raises."""

import binascii
import io
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.mail.decoding import decode_bytes, decode_words, readable, unfold

# The standard library's parser is not used: 25 MB that nest 39 deep kept it busy for 21 seconds, 25 MB of
# part headers for 14, and 1.8 MB of one header's parameters for 73.
MOST_PARTS = 500
DEEPEST = 30
_MOST_HEADER_BYTES = 512_000
_MOST_PART_HEADER_BYTES = 64_000
_MOST_HEADERS = 2000
_LONGEST_HEADER = 20_000
_LONGEST_BOUNDARY = 250
#: A multiple of four, and some lines of base64.
_PIECE = 1 << 18

#: Of these readers and signers (DKIM) take the first or the last: with two, they speak of two mails.
_ONLY_ONCE = frozenset({
    "content-type", "content-transfer-encoding", "subject", "in-reply-to", "references", "message-id",
})  # fmt: skip

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,150})\s*(?:[;(\s]|$)", re.IGNORECASE)
_PARAMETER = re.compile(r';\s*([^\s;="]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
_CONTINUED = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")
_BASE64 = (string.ascii_letters + string.digits + "+/=").encode()
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A part as it stands in the mail. `start` and `end` bound its undecoded body in the raw bytes."""

    headers: Headers
    start: int
    end: int
    content_type: str
    children: tuple["Part", ...] = ()
    #: where its headers begin: what a signature covers reaches from here to `end`
    begin: int = 0

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    def parameter(self, header: str, name: str) -> str:
        """A parameter of a header such as Content-Type, "" when it isn't there."""
        return read_parameters(self.header(header)).get(name, "")


@dataclass
class Reading:
    """What one reading of a mail has met so far."""

    raw: bytes
    defects: list[str] = field(default_factory=list)
    parts: int = 0

    def note(self, defect: str) -> None:
        if defect not in self.defects:
            self.defects.append(defect)


def read_tree(raw: bytes) -> tuple[Part, Reading]:
    """The mail's parts. What goes beyond the limits is left out and stands in the reading's defects."""
    reading = Reading(raw)
    return _read_part(reading, 0, len(raw), 0, "text/plain"), reading


def leaves(part: Part) -> Iterator[Part]:
    """The parts that hold something, in order."""
    if not part.children:
        yield part
    for child in part.children:
        yield from leaves(child)


def decoded(part: Part, reading: Reading) -> bytes:
    """The part's bytes without their transfer encoding; what can't be decoded stays as it came."""
    encoding = part.header("content-transfer-encoding").partition("(")[0].strip().strip("\"';").lower()
    if encoding == "base64":
        return _from_base64(part, reading)
    data = reading.raw[part.start : part.end]
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        found = re.search(rb"(?m)^begin [0-7]{3,4} [^\r\n]*$", data)
        return uudecoded(data[found.end() :] if found else data)
    if encoding not in {"", "7bit", "8bit", "binary"}:
        reading.note("unknown transfer encoding")
    return data


def uudecoded(data: bytes) -> bytes:
    """Uuencoded lines up to `end`; a broken line is skipped."""
    found = []
    for line in data.split(b"\n"):
        if line.strip() == b"end":
            break
        try:
            found.append(binascii.a2b_uu(line.rstrip(b"\r")))
        except binascii.Error:
            continue
    return b"".join(found)


def read_parameters(value: str) -> dict[str, str]:
    """The parameters of a header value; continued and percent-encoded ones (RFC 2231) put together."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(value):
        name, text = match.group(1).lower(), _unquoted(match.group(2))
        parted = _CONTINUED.fullmatch(name)
        if parted is None or (parted.group(2) is None and parted.group(3) is None):
            plain.setdefault(name, decode_words(text))
            continue
        number = int(parted.group(2) or 0)
        pieces.setdefault(parted.group(1), {}).setdefault(number, (text, parted.group(3) is not None))
    return plain | {name: _joined(numbered) for name, numbered in pieces.items()}


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
    return text.strip('"')


def _joined(numbered: dict[int, tuple[str, bool]]) -> str:
    """The pieces name*0*, name*1 ... up to the first that is missing."""
    data, charset = b"", ""
    for number in range(len(numbered)):
        if number not in numbered:
            break
        text, encoded = numbered[number]
        if encoded and number == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        piece = text.encode("utf-8", "replace")
        data += _PERCENT.sub(lambda m: bytes([int(m.group(1), 16)]), piece) if encoded else piece
    return decode_bytes(data, charset)


def _read_part(reading: Reading, start: int, end: int, depth: int, default: str) -> Part:
    reading.parts += 1
    headers, body = _read_headers(reading, start, end, top=depth == 0)
    declared = next((value for name, value in headers if name == "content-type"), "")
    kind = _TYPE.match(declared)
    content_type = kind.group(1).lower() if kind else ("text/plain" if declared else default)
    children: tuple[Part, ...] = ()
    if content_type.startswith("multipart/"):
        children = _children(reading, declared, body, end, depth, content_type)
    return Part(headers, body, end, content_type, children, start)


def _children(
    reading: Reading, declared: str, start: int, end: int, depth: int, content_type: str
) -> tuple[Part, ...]:
    boundary = read_parameters(declared).get("boundary", "").encode("utf-8", "replace").rstrip()
    if not boundary or len(boundary) > _LONGEST_BOUNDARY:
        reading.note("multipart without a boundary")
        return ()
    if depth >= DEEPEST:
        reading.note("nested too deep")
        return ()
    default = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
    found = []
    for piece_start, piece_end in _pieces(reading.raw, boundary, start, end):
        if reading.parts > MOST_PARTS:
            reading.note("too many parts")
            break
        found.append(_read_part(reading, piece_start, piece_end, depth + 1, default))
    if not found:
        reading.note("multipart without parts")
    return tuple(found)


def _pieces(raw: bytes, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches between the boundary's lines; the last one may lack its closing line."""
    mark = b"--" + boundary
    opened, place = -1, raw.find(mark, start, end)
    while place >= 0:
        after = place + len(mark)
        line_end = raw.find(b"\n", after, min(after + 1000, end))
        rest = raw[after : line_end if line_end >= 0 else min(after + 1001, end)]
        closing = rest.startswith(b"--")
        at_line_start = place == start or raw[place - 1 : place] == b"\n"
        if not at_line_start or len(rest) > 1000 or rest[2 if closing else 0 :].strip(b" \t\r"):
            place = raw.find(mark, place + 1, end)
            continue
        if opened >= 0:
            yield opened, max(opened, _before_line_end(raw, place))
        opened = line_end + 1 if line_end >= 0 else end
        if closing:
            return
        place = raw.find(mark, opened, end)
    if opened >= 0:
        yield opened, end


def _before_line_end(raw: bytes, place: int) -> int:
    """The line end before a boundary belongs to the boundary (RFC 2046, section 5.1.1)."""
    place -= raw[place - 1 : place] == b"\n"
    return place - (raw[place - 1 : place] == b"\r")


def _read_headers(reading: Reading, start: int, end: int, top: bool) -> tuple[Headers, int]:
    """The header lines from `start`, and where the body begins."""
    raw = reading.raw
    if raw[start : start + 1] == b"\n" or raw[start : start + 2] == b"\r\n":
        return (), raw.index(b"\n", start) + 1
    limit = min(end, start + (_MOST_HEADER_BYTES if top else _MOST_PART_HEADER_BYTES))
    blank = _BLANK_LINE.search(raw, start, limit)
    if blank is None and limit < end:
        reading.note("headers too long")
    block = raw[start : blank.start() if blank else limit]
    found, used = _header_lines(block, reading, top)
    once = [name for name, _ in found if name in _ONLY_ONCE]
    if top and len(once) > len(set(once)):
        reading.note("a header twice that may stand once")
    if used < len(block):
        # A line that is no header ends the headers, as in every reader; the body begins with it.
        reading.note("junk among the headers" if top else "junk in a part's headers")
        return found, start + used
    return found, blank.end() if blank else end


def _header_lines(block: bytes, reading: Reading, top: bool) -> tuple[Headers, int]:
    """The headers of a block, and how many of its bytes they fill."""
    found: list[tuple[str, str]] = []
    used = 0
    for match in re.finditer(rb"[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z)", block):
        line = match.group().rstrip(b"\r\n")
        if match.start() == 0 and re.match(rb">?From ", line):
            used = match.end()
            continue
        header = _HEADER.fullmatch(line)
        if header is None:
            break
        if top and re.search(rb"\r(?!\n)", line):
            reading.note("bare carriage return in the headers")
        used = match.end()
        if len(found) >= _MOST_HEADERS:
            reading.note("too many headers")
            continue
        found.append((header.group(1).decode("ascii").lower(), _value(header.group(2))))
    return tuple(found), used


def _value(raw: bytes) -> str:
    return unfold(readable(raw[: _LONGEST_HEADER * 4].decode("ascii", "surrogateescape")))[:_LONGEST_HEADER]


def _from_base64(part: Part, reading: Reading) -> bytes:
    """Decoded piece by piece: a large attachment is never in memory twice."""
    found = io.BytesIO()
    rest = b""
    for start in range(part.start, part.end, _PIECE):
        rest += reading.raw[start : min(start + _PIECE, part.end)].translate(None, _NOT_BASE64)
        # Padding in the middle ends the data; what mail programs append after it is no data.
        rest, padding, _ = rest.partition(b"=")
        if padding:
            break
        whole = len(rest) - len(rest) % 4
        found.write(binascii.a2b_base64(rest[:whole]))
        rest = rest[whole:]
    if len(rest) % 4 == 1:
        reading.note("damaged base64")
        rest = rest[:-1]
    found.write(binascii.a2b_base64(rest + b"=" * (-len(rest) % 4)))
    return found.getvalue()
