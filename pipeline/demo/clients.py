"""The mail programs of the demo company: real MIME, as people's clients write it. Sends nothing itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from pipeline.demo.company import AUTHSERV, DOMAIN, PORTAL
from pipeline.model import Person

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True)
class Received:
    """A letter as it lies in somebody's inbox."""

    to: str
    subject: str
    message_id: str
    text: str
    kind: str
    raw: bytes


def read_letter(raw: bytes) -> Received:
    """One of our letters, read with Python's own parser: a second opinion on what we wrote."""
    message = message_from_bytes(raw, policy=SMTP)
    body = message.get_body(("plain",))
    return Received(
        to=str(message["To"]), subject=str(message["Subject"]), message_id=str(message["Message-ID"]),
        text=body.get_content() if body else "", kind=str(message["X-Akses-Letter"]).partition("/")[0],
        raw=raw,
    )  # fmt: skip


def form_mail(
    sender: Person, workbook: bytes, subject: str, text: str, at: datetime, reply_to: Received | None = None
) -> bytes:
    """A mail with a filled form attached, new or as an answer in a thread."""
    mail = _envelope(sender.name, sender.email, subject, at, "pass")
    if reply_to is not None:
        mail["In-Reply-To"] = mail["References"] = reply_to.message_id
    mail.set_content(f"{text}\n\nSalam,\n{sender.name}\n")
    mail.add_attachment(workbook, maintype=XLSX[0], subtype=XLSX[1], filename="Form Permintaan Akses.xlsx")
    return mail.as_bytes()


def answer(sender: Person, letter: Received, text: str, at: datetime, dmarc: str = "pass") -> bytes:
    """A reply from a phone: the new text on top, Gmail's quote beneath."""
    mail = _envelope(sender.name, sender.email, f"Re: {letter.subject}", at, dmarc)
    mail["In-Reply-To"] = mail["References"] = letter.message_id
    quote = "\n".join(f"> {line}" for line in letter.text.splitlines())
    mail.set_content(f"{text}\n\nPada {at:%d/%m/%Y %H.%M}, Portal Akses IT <{PORTAL}> menulis:\n\n{quote}\n")
    return mail.as_bytes()


def out_of_office(sender: Person, letter: Received, at: datetime) -> bytes:
    """What Outlook sends by itself; it quotes the word that must not count."""
    mail = _envelope(sender.name, sender.email, f"Balasan otomatis: {letter.subject}", at, "pass")
    mail["In-Reply-To"] = mail["References"] = letter.message_id
    mail["Auto-Submitted"] = "auto-replied"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(
        "Saya sedang rapat sampai siang. Permintaan yang saya setuju akan saya balas setelahnya.\n"
    )
    return mail.as_bytes()


def forged_approval(victim: Person, letter: Received, at: datetime) -> bytes:
    """Somebody outside who got hold of the approval mail and writes under the IT Manager's name."""
    return answer(victim, letter, "SETUJU semua", at, dmarc="fail")


def strangers_form(workbook: bytes, at: datetime) -> bytes:
    mail = _envelope("Budi", "budi.vendor@luar.example", "Permintaan akses VPN", at, "pass", "luar.example")
    mail.set_content("Mohon dibuatkan akses VPN untuk vendor.\n")
    mail.add_attachment(workbook, maintype=XLSX[0], subtype=XLSX[1], filename="form.xlsx")
    return mail.as_bytes()


def newsletter(at: datetime) -> bytes:
    mail = _envelope(
        "Kabar IT", "news@berita.example", "10 tips keamanan minggu ini", at, "pass", "berita.example"
    )
    mail["List-Id"] = "<kabar.berita.example>"
    mail["List-Unsubscribe"] = "<https://berita.example/u>"
    mail["Precedence"] = "bulk"
    mail.set_content("Setuju menerima kabar kami? Klik di sini.\n")
    return mail.as_bytes()


def _envelope(
    name: str, address: str, subject: str, at: datetime, dmarc: str, domain: str = DOMAIN
) -> EmailMessage:
    """The headers of a mail that the company's server has received and judged."""
    mail = EmailMessage(policy=SMTP)
    mail["Return-Path"] = f"<{address}>"
    mail["Authentication-Results"] = (
        f"{AUTHSERV}; dmarc={dmarc} header.from={domain}; spf={dmarc} smtp.mailfrom={address}"
    )
    mail["Received"] = f"from mail.{domain} by {AUTHSERV} with ESMTPS; {format_datetime(at)}"
    mail["From"] = f'"{name}" <{address}>'
    mail["To"] = f"Portal Akses IT <{PORTAL}>"
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at - timedelta(seconds=3))
    mail["Message-ID"] = make_msgid(domain=domain)
    return mail
