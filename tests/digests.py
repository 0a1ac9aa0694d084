"""Six requests that wait for one approver, made once and copied for each test, and the digest of them."""

import functools
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline.demo import clients, company
from pipeline.demo.clients import Received
from tests.company import BOSS, MORNING, Company, edited
from tests.once import new_folder

TODAY = MORNING.date()
#: Eight in the morning in Jakarta on the Wednesday after.
EIGHT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def _other(form, name: str, nik: str, **changes):
    one = replace(
        form.employees[0],
        name=name,
        employee_id=nik,
        email=f"{name.lower().replace(' ', '.')}@contoh.example",
    )
    return replace(form, employees=(one,), **changes)


#: REQ-2026-0001 to 0006; the fifth is urgent and so is line 1 of the digest.
SIX = (
    company.finance_form(TODAY),
    company.sales_form(TODAY),
    company.hr_form(TODAY),
    company.technical_form(TODAY),
    _other(company.finance_form(TODAY), "Wahyu Hidayat", "00511", urgency="urgent"),
    _other(company.hr_form(TODAY), "Citra Dewi", "00512"),
)
#: Line of the digest -> request.
LINES = {1: "REQ-2026-0005", 2: "REQ-2026-0001", 3: "REQ-2026-0002", 4: "REQ-2026-0003", 5: "REQ-2026-0004",
         6: "REQ-2026-0006"}  # fmt: skip


@functools.cache
def _model() -> Company:
    """The company with its six requests, asked on Tuesday morning."""
    made = Company(new_folder())
    for form in SIX:
        made.send_form(form)
    made.poll()
    return made


@functools.cache
def _listed() -> Company:
    """The same on Wednesday at eight, with the digest written."""
    made = six(new_folder())
    at(made, EIGHT)
    return made


def six(folder: Path, change=None) -> Company:
    """Six open questions to the IT Manager, none answered, on Tuesday. `change` may edit config.yaml."""
    made = _model().copied(folder)
    if change is not None:
        made._change(change)
        made.open()
    made.clock.now = MORNING.replace(hour=3)
    return made


def at(house: Company, moment: datetime) -> None:
    house.clock.now = moment
    house.poll()


def listed(folder: Path, change=None) -> Company:
    """The same on Wednesday at eight, with the digest written."""
    if change is None:
        return _listed().copied(folder)
    made = six(folder, change)
    at(made, EIGHT)
    return made


def digest(house: Company, to: str = BOSS.email) -> Received:
    return house.letters("digest", to=to)[-1]


def say(house: Company, text: str, sender=BOSS, letter: Received | None = None, **headers) -> tuple[str, str]:
    """An answer to the digest, and how it ended."""
    house.answer(letter or digest(house), text, sender, **headers)
    house.poll()
    return house.last()


def press(house: Company, text: str, letter: Received, sender=BOSS) -> tuple[str, str]:
    """A button of the digest: a new mail, whose subject and last line bring the code."""
    raw = clients.answer(sender, letter, "", house.clock.now)
    head = edited(raw, In_Reply_To=None, References=None).partition(b"\r\n\r\n")[0]
    code = letter.subject.rpartition("[")[2].rstrip("]")
    house.send(head + f"\r\n\r\n{text}\r\n\r\n[Daftar 1 - Kode {code}]\r\n".encode())
    house.poll()
    return house.last()


def states(house: Company) -> dict[str, str]:
    return {case.ref: case.state for case in house.cases()}


def approved(house: Company) -> set[int]:
    """The lines of the digest whose requests are approved."""
    now = states(house)
    return {no for no, ref in LINES.items() if now[ref] == "approved"}


def rejected(house: Company) -> set[int]:
    now = states(house)
    return {no for no, ref in LINES.items() if now[ref] == "rejected"}


def events(house: Company, kind: str):
    with house.office.journal.entry() as entry:
        return entry.events(kind=kind)


def plain(letter: Received) -> str:
    return " ".join(letter.text.split())
