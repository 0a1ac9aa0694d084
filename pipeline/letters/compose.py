"""From a letter's words to the final bytes of a mail: the same letter gives the same bytes. Sends nothing."""

import binascii
import hashlib
import hmac
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime

from pipeline.letters import headers
from pipeline.letters.attachments import safe_attachments
from pipeline.letters.kinds import kind_of
from pipeline.letters.render import Rendered
from pipeline.model import Attachment, Letter, PipelineError

#: Message-IDs in References: RFC 5322 sets no limit, servers do.
_MOST_REFERENCES = 20
#: Bytes in a line of 76 characters (RFC 2045, section 6.8).
_BASE64_LINE = 57


def message_id(key: str, token: str, secret: bytes, domain: str) -> str:
    """The Message-ID of the letter with this key: readable, not to be guessed, the same each time.

    A token goes along in lower case, so that the answer's In-Reply-To brings it back.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:60].strip("-") or "letter"
    seal = hmac.digest(secret, f"{key}\n{token}".encode("utf-8", "surrogatepass"), hashlib.sha256).hex()[:16]
    return f"<{'.'.join(part for part in (slug, seal, token.lower()) if part)}@{domain}>"


def compose(
    letter: Letter,
    rendered: Rendered,
    *,
    sender: str,
    sender_name: str,
    message_id: str,
    date: datetime,
    head: str,
) -> bytes:
    """The whole mail as bytes, 7-bit, lines ended with CR LF.

    `head` is the journal's "seq:hash": every mail is a witness of it. The bytes are read back before they are
    returned; PipelineError when they hold anything but our own headers and words (CVE-2024-6923).
    """
    headers.check_message_id(message_id)
    subject = headers.header_text(rendered.subject)
    references = headers.sound_ids(letter.references, _MOST_REFERENCES)
    in_reply_to = headers.sound_ids((letter.in_reply_to,), 1)
    lines = [
        headers.mailbox("From", sender_name, sender),
        headers.addresses("To", letter.to),
        # By it, Exchange keeps letters with different subjects in one conversation; it counts where it stands
        # before Subject (MS-OXCMAIL, section 2.2.3.2.7).
        headers.unstructured("Thread-Topic", headers.header_text(letter.ref)) if letter.ref else "",
        headers.unstructured("Subject", subject),
        headers.unstructured("Date", format_datetime(date.astimezone(UTC))),
        headers.message_ids("Message-ID", (message_id,)),
        headers.message_ids("In-Reply-To", in_reply_to) if in_reply_to else "",
        headers.message_ids("References", references) if references else "",
        # RFC 3834, section 5; the X- header asks Exchange not to answer with an out-of-office.
        headers.unstructured("Auto-Submitted", kind_of(letter.kind).auto_submitted),
        headers.unstructured("X-Auto-Response-Suppress", "All"),
        headers.unstructured("X-Akses-Letter", headers.header_text(letter.key)),
        headers.unstructured("X-Akses-Head", headers.header_text(head)),
        "MIME-Version: 1.0\r\n",
    ]
    files = safe_attachments(letter.attachments)
    # Read back without what the files hold, which is base64 and can say nothing else: a mail of 10 MB is read
    # by the standard library at ten times that.
    empty = tuple(replace(one, data=b"") for one in files)
    frame = "".join(lines).encode("ascii") + _body(rendered, empty, message_id)
    _read_back(frame, [line for line in lines if line], subject, letter, rendered)
    return _filled(frame, files, message_id)


def _filled(frame: bytes, files: tuple[Attachment, ...], message_id: str) -> bytes:
    """The mail with the files in it, one after the other, each put at the end of its empty part."""
    if not files:
        return frame
    mark = f"\r\n--=_akses_m_{_seed(message_id)}".encode()
    # The first mark opens the text, and each file's part ends where the next one stands.
    first, *parts = frame.split(mark)
    if len(parts) != len(files) + 2:
        raise PipelineError("A letter's files have no place in it.", "This is a bug: please report it.")
    mail = io.BytesIO()
    mail.write(first + mark + parts[0])
    for part, file in zip(parts[1:], files, strict=False):
        mail.write(mark + part)
        for start in range(0, len(file.data), _BASE64_LINE):
            mail.write(binascii.b2a_base64(file.data[start : start + _BASE64_LINE], newline=False) + b"\r\n")
    mail.write(mark + parts[-1])
    return mail.getvalue()


def _seed(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:24]


def _body(rendered: Rendered, attachments: tuple[Attachment, ...], message_id: str) -> bytes:
    """The parts, with boundaries made from the Message-ID instead of chance."""
    seed = _seed(message_id)
    body = MIMEPart(policy=policy.SMTP)
    body.set_content(rendered.text, cte="quoted-printable")
    body.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    # "=_" never occurs in quoted-printable or base64, so no content can imitate a boundary (RFC 2045, 6.7).
    body.set_boundary(f"=_akses_a_{seed}")
    if attachments:
        body.make_mixed(boundary=f"=_akses_m_{seed}")
    for one in attachments:
        maintype, _, subtype = one.content_type.partition("/")
        body.add_attachment(one.data, maintype=maintype, subtype=subtype, filename=one.name)
    return body.as_bytes()


def _read_back(data: bytes, lines: list[str], subject: str, letter: Letter, rendered: Rendered) -> None:
    """Read the bytes as their recipient will, and compare them with what was meant."""
    raw = message_from_bytes(data, policy=policy.compat32)
    ours = [line.partition(":")[0] for line in lines]
    found = [name for name in raw if name.lower() != "content-type"]
    read = message_from_bytes(data, policy=policy.SMTP)
    checks = {
        "headers": found == ours and len(raw.keys()) == len(ours) + 1,
        "subject": str(make_header(decode_header(_unfolded(raw["Subject"])))) == subject,
        "recipients": _unfolded(raw["To"]) == ", ".join(letter.to),
        "line ends": _lines_are_sound(data),
        "text": _content(read, "plain") == _lines(rendered.text),
        "html": _content(read, "html") == _lines(rendered.html),
        "attachments": _files(read) == [b""] * len(letter.attachments),
    }
    wrong = [name for name, holds in checks.items() if not holds]
    if wrong:
        raise PipelineError(
            f"The letter {letter.key!r} does not read back as it was written ({', '.join(wrong)}).",
            "It was not queued. This is a bug: please report it with the mail it answers.",
        )


def _lines_are_sound(data: bytes) -> bool:
    """Nothing but printable ASCII, CR LF at each end, and no line longer than SMTP carries."""
    lines = data.split(b"\r\n")
    return not any(re.search(rb"[^\t -~]", line) or len(line) > 998 for line in lines)


def _content(mail: EmailMessage, subtype: str) -> str:
    part = mail.get_body((subtype,))
    return _lines(part.get_content()) if part is not None else ""


def _files(mail: EmailMessage) -> list[bytes]:
    if mail.get_content_type() != "multipart/mixed":
        return []
    return [bytes(part.get_payload(decode=True) or b"") for part in mail.iter_attachments()]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip("\n")


def _unfolded(value: str) -> str:
    return re.sub(r"\r?\n(?=[ \t])", "", str(value))
