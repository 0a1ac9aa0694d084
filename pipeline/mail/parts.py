"""The parts of a mail sorted: text, HTML, attachments. Never raises; opens no attachment, writes no file."""

import re
from dataclasses import dataclass, field

from pipeline.mail.decoding import clean_line, clean_text, decode_bytes
from pipeline.mail.flowed import unflow
from pipeline.mail.mime import Headers, Part, Reading, decoded, leaves, read_tree, uudecoded
from pipeline.model import Attachment, SignedPart

#: More text than anybody types: what reads it further on looks at every line several times.
_MOST_TEXT = 1_000_000
_MOST_HTML = 3_000_000
_OPAQUE = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_PKCS7_SIGNATURE = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
_META_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_.:-]{2,40})""")
_UUENCODED = re.compile(r"(?m)^begin [0-7]{3,4} ([^\n]{1,200})\n((?:[ -`][ -`]{0,90}\n)+)[ `]?\n?end[ \t]*$")
_SIGNED, _SIGNATURE, _SIGNED_END = (
    "-----BEGIN PGP SIGNED MESSAGE-----\n", "\n-----BEGIN PGP SIGNATURE-----\n", "-----END PGP SIGNATURE-----"
)  # fmt: skip


@dataclass
class Parts:
    """What was found. `leaves` are the decoded bytes of each part, for recognising the mail again."""

    headers: Headers
    content_type: str
    text: str | None = None
    html: str | None = None
    attachments: list[Attachment] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    signed: SignedPart | None = None


def read_parts(raw: bytes) -> Parts:
    """Parse `raw` and sort its parts. What goes beyond the limits is left out and named in `defects`."""
    root, reading = read_tree(raw)
    parts = Parts(root.headers, root.content_type)
    texts: list[str] = []
    pages: list[str] = []
    for leaf in leaves(root):
        data = decoded(leaf, reading)
        parts.leaves.append(_for_recognition(leaf, data))
        _sort(leaf, data, texts, pages, parts.attachments)
        if leaf.content_type in _OPAQUE:
            reading.note("encrypted or opaquely signed")
    if root.content_type in _OPAQUE:
        reading.note("encrypted or opaquely signed")
    _join(parts, texts, pages, reading)
    parts.defects = reading.defects
    parts.signed = _signed(root, reading)
    return parts


def _signed(root: Part, reading: Reading) -> SignedPart | None:
    """The two halves of a mail that is signed as a whole; None where anything about its parts is odd.

    A signed mail inside another one is none: the words around it would be anybody's."""
    if root.content_type != "multipart/signed" or len(root.children) != 2 or reading.defects:
        return None
    content, signature = root.children
    protocol = root.parameter("content-type", "protocol").strip().lower()
    if not {protocol, signature.content_type} <= _PKCS7_SIGNATURE:
        return None
    found = SignedPart(reading.raw[content.begin : content.end], decoded(signature, reading))
    return None if reading.defects else found


def _sort(leaf: Part, data: bytes, texts: list[str], pages: list[str], files: list[Attachment]) -> None:
    name = _name(leaf)
    body = not name and not leaf.header("content-disposition").lower().lstrip().startswith("attachment")
    if body and leaf.content_type == "text/plain":
        text = decode_bytes(data, leaf.parameter("content-type", "charset"))
        text = _without_files(clean_text(text), files)
        if leaf.parameter("content-type", "format").lower() == "flowed":
            text = unflow(text, leaf.parameter("content-type", "delsp").lower() == "yes")
        texts.append(_without_signature(text))
    elif body and leaf.content_type == "text/html":
        pages.append(clean_text(decode_bytes(data, _page_charset(leaf, data))))
    else:
        files.append(Attachment(name or _default_name(leaf.content_type), leaf.content_type, data))


def _join(parts: Parts, texts: list[str], pages: list[str], reading: Reading) -> None:
    """The texts and pages of the mail, each kind as one; no longer than what is read further on."""
    text, html = "\n".join(texts), "\n".join(pages)
    if len(text) > _MOST_TEXT or len(html) > _MOST_HTML:
        reading.note("text too long")
    parts.text = text[:_MOST_TEXT] if texts else None
    parts.html = html[:_MOST_HTML] if pages else None


def _for_recognition(leaf: Part, data: bytes) -> bytes:
    """The bytes that tell this part from another; line ends of text change on the way, text does not."""
    if leaf.content_type.startswith(("text/", "message/")):
        return data.replace(b"\r\n", b"\n").rstrip(b"\n")
    return data


def _page_charset(leaf: Part, data: bytes) -> str:
    declared = leaf.parameter("content-type", "charset")
    if declared:
        return declared
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    said = _META_CHARSET.search(data[:4096])
    # A page that can be searched for ASCII is not in UTF-16, whatever it says of itself.
    return said.group(1).decode("ascii") if said and not said.group(1).lower().startswith(b"utf-16") else ""


def _without_files(text: str, files: list[Attachment]) -> str:
    """Old Outlook's plain text mails carry their attachments uuencoded in the text itself."""

    def take_out(match: re.Match[str]) -> str:
        data = uudecoded(match.group(2).encode("ascii", "replace"))
        files.append(Attachment(_clean_name(match.group(1)), "application/octet-stream", data))
        return ""

    return _UUENCODED.sub(take_out, text) if "\nend" in text else text


def _without_signature(text: str) -> str:
    """What stands inside a clear-signed text, without its dash escapes (RFC 9580, section 7)."""
    before, begins, signed = text.partition(_SIGNED)
    inside, ends, after = signed.partition(_SIGNATURE)
    if not begins or not ends:
        return text
    plain = re.sub(r"(?m)^- ", "", inside.partition("\n\n")[2])
    return f"{before}{plain}\n{after.partition(_SIGNED_END)[2]}".strip("\n")


def _name(part: Part) -> str:
    return _clean_name(
        part.parameter("content-disposition", "filename") or part.parameter("content-type", "name")
    )


def _clean_name(name: str) -> str:
    """The file name as a name: no folders, no control characters, no longer than 150 characters."""
    if not name:
        return ""
    plain = clean_line(name).replace("\\", "/").rpartition("/")[2]
    return plain.strip(". ")[-150:] or "file"


def _default_name(kind: str) -> str:
    return {
        "message/rfc822": "mail.eml", "text/calendar": "invite.ics", "text/html": "page.html",
        "text/plain": "text.txt", "application/pdf": "file.pdf", "application/ms-tnef": "winmail.dat",
    }.get(kind, "file")  # fmt: skip
