"""Was this mail written by a robot? By the headers robots set, by words where they set none. Decides no more.

Where only words say so, a mail in which a person speaks (a verdict, BATAL, a question) is no robot's."""

import re
from collections.abc import Iterator

from pipeline.mail.handwriting import gives_command, gives_verdict, is_personal, opens_with_verdict
from pipeline.mail.htmltext import read_page
from pipeline.mail.quotes import lay_out
from pipeline.mail.robot_signs import (
    AWAY_SUBJECT,
    AWAY_TEXT,
    BOUNCE_TEXT,
    BUSY_TEXT,
    CALENDAR_TEXT,
    COURTESY_TEXT,
    HEADER_SIGNS,
    NO_REPLY_SENDERS,
    OWN_AWAY_TEXT,
    PLAN_TEXT,
    RECEIPT_TEXT,
    REPLY_SUBJECT,
    ROBOT_SENDERS,
    ROBOT_START,
    ROBOT_TEXT,
    SUBJECT_SIGNS,
    AutomaticKind,
)
from pipeline.model import REQUEST_NUMBER, Mail

__all__ = ["AutomaticKind", "automatic_kind", "robot_headers", "shows_absence"]

_LIST_HEADERS = ("list-unsubscribe", "list-id", "list-post", "feedback-id-list")


def robot_headers(mail: Mail) -> Iterator[tuple[str, str, AutomaticKind]]:
    """The headers that only robots set: (name, value, what kind of robot), the most telling first."""
    for name, pattern, kind in HEADER_SIGNS:
        value = next((v for v in mail.header_all(name) if re.search(pattern, v, re.I)), None)
        if value is not None:
            yield name, value, kind


def automatic_kind(mail: Mail) -> AutomaticKind:
    """What kind of robot wrote `mail`; "" for a person. Never raises."""
    by_header = next(robot_headers(mail), None)
    if by_header is not None:
        return _refined(mail, by_header[2])
    kinds = {part.content_type for part in mail.attachments}
    if "message/disposition-notification" in kinds and mail.content_type == "multipart/report":
        return "receipt"
    if "message/delivery-status" in kinds:
        return "bounce"
    if _is_from(mail, ROBOT_SENDERS):
        return "bounce"
    if _has_calendar_answer(mail, kinds):
        return "calendar"
    return _by_words(mail)


def _refined(mail: Mail, kind: AutomaticKind) -> AutomaticKind:
    """Auto-Submitted also stands on bounces and receipts: what the mail is in itself goes first."""
    if kind != "auto_reply":
        return kind
    kinds = {part.content_type for part in mail.attachments}
    if "message/delivery-status" in kinds or _is_from(mail, ROBOT_SENDERS):
        return "bounce"
    if "message/disposition-notification" in kinds:
        return "receipt"
    by_subject = _by_subject(mail)
    return by_subject if by_subject in {"bounce", "receipt", "calendar"} else "auto_reply"


def shows_absence(mail: Mail) -> bool:
    """Is `mail` beyond doubt the answer of a program that stands in for somebody who is away?

    Words are not enough, unless only a program says them: a deputy may be brought in for it."""
    if automatic_kind(mail) != "auto_reply":
        return False
    head, _quotes = _typed_head(mail)
    if re.search(REPLY_SUBJECT, mail.subject.strip(), re.I) or re.match(ROBOT_START, head, re.I):
        return True
    return _has_robot_header(mail) and not gives_verdict(head)


def _has_robot_header(mail: Mail) -> bool:
    by_name = any(kind == "auto_reply" for _name, _value, kind in robot_headers(mail))
    return by_name or mail.header("return-path").strip() == "<>"


def _by_words(mail: Mail) -> AutomaticKind:
    head, quotes = _typed_head(mail)
    if _calls_itself_bulk(mail):
        # No person's program writes so: whatever words stand there, they are a robot's.
        away = re.search(f"{AWAY_SUBJECT}|{AWAY_TEXT}", f"{mail.subject.strip()}\n{head}", re.I)
        return _by_subject(mail) or ("auto_reply" if away else "list")
    return (
        _by_subject_and_words(mail, head)
        or _by_text(head, quotes, mail.header("return-path").strip() == "<>")
        or ("list" if _is_from(mail, NO_REPLY_SENDERS) or _is_bulk(mail) else "")
    )


def _typed_head(mail: Mail) -> tuple[str, bool]:
    """The first words outside quotes, and whether there are quotes: a quoted letter of ours says
    "Email ini dikirim otomatis" of itself."""
    lines = (
        mail.text.split("\n")
        if mail.text and mail.text.strip()
        else read_page(mail.html).lines
        if mail.html
        else []
    )
    layout = lay_out([line[:4000] for line in lines[:2000]])
    typed = "\n".join(line for block in layout.blocks if not block.quoted for line in block.lines)
    quotes = any(block.quoted for block in layout.blocks) or bool(
        re.search(r"<blockquote|divRplyFwdMsg|gmail_quote", mail.html or "")
    )
    return typed.lstrip()[:1500], quotes


def _by_subject_and_words(mail: Mail, head: str) -> AutomaticKind:
    """What the subject says, unless the words beneath it are a person's."""
    kind, subject = _by_subject(mail), mail.subject.strip()
    if kind == "calendar":
        return kind if _is_calendar_text(subject, head) else ""
    if kind in {"bounce", "receipt"}:
        said = opens_with_verdict(head) or gives_command(head)
        return "" if said and not re.search(f"{BOUNCE_TEXT}|{RECEIPT_TEXT}", head, re.I | re.S) else kind
    if kind or not re.search(AWAY_SUBJECT, subject, re.I) or is_personal(head):
        return kind
    says_so = re.search(f"{AWAY_TEXT}|{COURTESY_TEXT}|{PLAN_TEXT}", head, re.I)
    return "auto_reply" if says_so or not head else ""


def _is_calendar_text(subject: str, head: str) -> bool:
    """Without a calendar part "Ditolak: ..." may be typed by a person; no invitation bears our numbers."""
    ours = re.search(REQUEST_NUMBER, subject, re.I)
    about = head if ours else f"{subject.partition(':')[2]} {head}"
    if not re.search(CALENDAR_TEXT, about, re.I):
        return not head and not ours
    return not ours or not (opens_with_verdict(head) or gives_command(head))


def _by_text(head: str, quotes: bool, empty_path: bool) -> AutomaticKind:
    if re.search(BOUNCE_TEXT, head, re.I | re.S) and (empty_path or (not quotes and not gives_verdict(head))):
        return "bounce"
    if re.search(RECEIPT_TEXT, head, re.I | re.S) and not quotes and not opens_with_verdict(head):
        return "receipt"
    robot = re.search(ROBOT_TEXT, head[:500], re.I | re.M) and not quotes and not gives_verdict(head)
    if robot or empty_path or re.match(ROBOT_START, head, re.I) or _is_away_text(head, quotes):
        return "auto_reply"
    return ""


def _is_away_text(head: str, quotes: bool) -> bool:
    """Do the words of a mail without any header of robots read like a vacation program's?"""
    if is_personal(head):
        return False
    plan = re.search(PLAN_TEXT, head, re.I)
    if quotes:
        return bool(plan and re.search(OWN_AWAY_TEXT, head, re.I))
    away = re.search(AWAY_TEXT, head, re.I)
    if away is None or (re.search(BUSY_TEXT, away.group(), re.I) and not plan):
        return bool(re.search(COURTESY_TEXT, head, re.I))
    return True


def _by_subject(mail: Mail) -> AutomaticKind:
    subject = mail.subject.strip()
    if re.search(REPLY_SUBJECT, subject, re.I):
        return "auto_reply"
    return next((kind for pattern, kind in SUBJECT_SIGNS if re.search(pattern, subject, re.I)), "")


def _calls_itself_bulk(mail: Mail) -> bool:
    """Precedence bulk or junk, and that not from a list that passes on what people write."""
    listed = any(mail.header(h) for h in _LIST_HEADERS)
    return bool(re.search(r"bulk|junk", mail.header("precedence"), re.I)) and not listed


def _is_bulk(mail: Mail) -> bool:
    """List mail. A list or group address in front of our mailbox marks answers too: they answer something."""
    bulk = re.search(r"bulk|list|junk", mail.header("precedence"), re.I) or any(
        mail.header(h) for h in _LIST_HEADERS
    )
    return bool(bulk) and not mail.in_reply_to and not mail.references


def _is_from(mail: Mail, pattern: str) -> bool:
    for value in mail.from_[:1]:
        address = value.rpartition("<")[2].strip().strip("<>").lower()
        if re.match(pattern, address.partition("@")[0]):
            return True
    return False


def _has_calendar_answer(mail: Mail, kinds: set[str]) -> bool:
    return "text/calendar" in kinds and any(
        part.content_type == "text/calendar" and b"METHOD:" in part.data.upper().replace(b" ", b"")
        for part in mail.attachments
    )
