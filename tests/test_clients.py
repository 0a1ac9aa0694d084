"""The full path for each family of mail programs: approval mail, a real answer, Dovecot, decision, SMTP.

One company for all of them, played once; robots answer too, and decide nothing."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import SMTP

from pipeline.demo import clients, company
from pipeline.demo.clients import XLSX, Received, read_letter
from tests.company import BOSS, MORNING, workbook
from tests.mail.client_mail import CLIENTS, Client, client_answer
from tests.mail.robot_mail import ROBOTS
from tests.worlds import ServerWorld

FORM = company.sales_form(MORNING.date())
NIK = "79999"


@dataclass(frozen=True)
class Typed:
    """What the approver types, in Indonesian and English, and what must become of the two items."""

    words: tuple[str, str]
    statuses: tuple[str, str]
    reason: str = ""

    def by(self, client: Client) -> str:
        return self.words[" en" in client.program]


TYPED = (
    Typed(("Setuju, silakan diproses. Terima kasih.", "Approved, please proceed."), ("approved", "approved")),
    Typed(("Ditolak, kuota penuh", "Rejected, kuota penuh"), ("rejected", "rejected"), "kuota penuh"),
    Typed(("Setuju 1, tolak 2 karena belum perlu", "Approve 1, reject 2 because belum perlu"),
          ("approved", "rejected"), "belum perlu"),
)  # fmt: skip
#: One request each, in this order.
PLAYED = tuple((client, typed) for client in CLIENTS for typed in TYPED[: client.answers])

#: Of people, in the examples that issue 4 names.
FAMILIES = (
    "apple_mac", "gmail_android", "gmail_web", "html_only", "ios_mail", "mutt", "notes", "outlook_android",
    "outlook_desktop", "outlook_ios", "outlook_mac", "outlook_web", "proton", "roundcube", "samsung",
    "thunderbird", "yahoo", "zimbra",
)  # fmt: skip


def test_no_family_is_left_out():
    assert {client.family for client in CLIENTS if client.answers == len(TYPED)} == set(FAMILIES)


def test_every_family_of_mail_programs_decides_over_imap_and_smtp(
    tmp_path, dovecot, smtp_server, monkeypatch
):
    # The form that goes with a rejection costs more than all the rest, and is no matter of mail programs.
    monkeypatch.setattr("pipeline.desks.returning.write_blank", lambda *_facts: b"the form to correct")
    world = ServerWorld(tmp_path, dovecot, smtp_server)
    send_forms(world, len(PLAYED) + 1)
    asked = letters(world, "approval")
    assert len(asked) == len(PLAYED) + 1
    for (client, typed), letter in zip(PLAYED, asked, strict=False):
        deliver(world, client_answer(client, typed.by(client), letter, BOSS, world.company.clock.now))
    world.poll()
    assert list(wrong_decisions(world)) == []
    check_letters(world)
    before = world.company.digest()
    for robot in ROBOTS.values():
        deliver(world, robot(asked[-1], BOSS, world.company.clock.now))
    world.poll()
    assert list(wrong_robots(world)) == []
    assert world.company.digest() == before
    assert world.company.cases()[-1].state == "awaiting_approval"
    assert (world.count("inbox"), world.count("quarantine")) == (0, 0)


def send_forms(world: ServerWorld, count: int) -> None:
    """A request of its own for each answer: the same two systems for another employee; ten forms a mail."""
    form = replace(FORM, employees=(replace(FORM.employees[0], employee_id=NIK),))
    books = [with_nik(workbook(form), f"{70000 + number}") for number in range(count)]
    for first in range(0, count, 10):
        now = world.company.clock.now
        raw = clients.form_mail(company.SALES_PIC, books[first], "Form akses", "Mohon diproses.", now)
        mail = message_from_bytes(raw, policy=SMTP)
        for book in books[first + 1 : first + 10]:
            mail.add_attachment(book, maintype=XLSX[0], subtype=XLSX[1], filename="Form.xlsx")
        deliver(world, mail.as_bytes())
    world.poll()


def with_nik(book: bytes, nik: str) -> bytes:
    """The workbook for another employee. Filling each by the library would be half of the test's time."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(NIK.encode(), nik.encode()))
    return made.getvalue()


def deliver(world: ServerWorld, raw: bytes) -> None:
    world.deliver(raw)
    world.company.clock.pass_minutes(1)


def letters(world: ServerWorld, kind: str) -> list[Received]:
    """What the SMTP server has taken of one kind, in the order of the requests' numbers."""
    mark = f"X-Akses-Letter: {kind}/".encode()
    read = [read_letter(raw) for raw in world.letters() if mark in raw]
    return sorted(read, key=lambda letter: letter.subject)


def wrong_decisions(world: ServerWorld) -> Iterator[str]:
    """A line for each answer that was not read as its author meant it."""
    answered = world.company.mails()[-len(PLAYED) :]
    for (client, typed), case, mail in zip(PLAYED, world.company.cases(), answered, strict=False):
        found = tuple(item.status for item in case.items)
        reasons = {item.reason for item in case.items if item.status == "rejected"}
        if (mail.outcome, mail.reason) != ("processed", "decision") or found != typed.statuses:
            yield f"{client.family}: {typed.words[0]!r} gave {mail.outcome}: {mail.reason}, {found}"
        elif not all(typed.reason in reason for reason in reasons):
            yield f"{client.family}: the reason is {reasons}"


def check_letters(world: ServerWorld) -> None:
    """Each decision is confirmed to the approver, told to the requester, and given to IT where approved."""
    confirmed = letters(world, "recorded")
    assert {letter.to for letter in confirmed} == {BOSS.email}
    assert len(confirmed) == len(letters(world, "decided")) == len(PLAYED)
    assert len(letters(world, "provision")) == sum("approved" in typed.statuses for _client, typed in PLAYED)
    assert not letters(world, "unclear")


def wrong_robots(world: ServerWorld) -> Iterator[str]:
    for name, mail in zip(ROBOTS, world.company.mails()[-len(ROBOTS) :], strict=True):
        wanted = "bounce" if name.startswith("dsn") else "receipt" if name.startswith("mdn") else "automatic"
        if (mail.outcome, mail.reason) != ("ignored", wanted):
            yield f"{name}: {mail.outcome}: {mail.reason}"
    told = len(letters(world, "undeliverable"))
    if told != 1:
        yield f"IT was told {told} times of the letter that came back"
