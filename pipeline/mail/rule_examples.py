"""The examples that stand in the inbox rules, made into real mails and tried. Changes nothing."""

from email.message import EmailMessage
from email.policy import SMTP

from pipeline.mail.conditions import Seen
from pipeline.mail.message import read_mail
from pipeline.mail.rules import Example, Rule, classify
from pipeline.mail.sender import SenderPolicy, check_sender
from pipeline.model import Mail

#: What an example answers when it says `answers: true`.
OUR_LETTER = "<approval.example@akses.example>"
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf",
    "png": "image/png", "jpg": "image/jpeg", "ics": "text/calendar",
}  # fmt: skip


def example_mail(example: Example) -> bytes:
    """The example as the bytes of a mail."""
    if example.raw:
        return example.raw.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = example.from_, "akses-it@contoh.example"
    mail["Subject"] = example.subject
    mail["Message-ID"] = "<example@contoh.example>"
    if example.answers:
        mail["In-Reply-To"] = OUR_LETTER
    mail.set_content(example.text or "-")
    if example.html:
        mail.add_alternative(example.html, subtype="html")
    for name in example.attachments:
        kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
        main, _, sub = kind.partition("/")
        mail.add_attachment(b"example", maintype=main, subtype=sub, filename=name)
    for name, value in example.headers.items():
        del mail[name]
        mail[name] = value
    return mail.as_bytes()


def example_failures(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """Every example that does not do what its rule says: a line each, naming rule and example."""
    failures = []
    for rule in rules:
        for example in rule.matches:
            mail = read_mail(example_mail(example))
            seen = _seen(mail)
            desk = classify(mail, rules, seen.sender, seen.is_ours).desk
            if not rule.hits(seen):
                failures.append(f"{rule.name}: does not match its example {example.about!r}")
            elif desk != rule.desk:
                failures.append(f"{rule.name}: an earlier rule sends its example {example.about!r} to {desk}")
        for example in rule.misses:
            why = rule.hits(_seen(read_mail(example_mail(example))))
            if why:
                failures.append(f"{rule.name}: matches {example.about!r}, which it must miss ({why})")
    return tuple(failures)


def _seen(mail: Mail) -> Seen:
    return Seen(mail, check_sender(mail, SenderPolicy("token-only", ())), lambda name: name == OUR_LETTER)
