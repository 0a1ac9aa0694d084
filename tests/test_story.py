"""The whole day of the demo company, on every mailbox there is: the same mails, the same outcomes."""

from collections import Counter

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pipeline.commands.demo import MaildirWorld
from pipeline.commands.verifying import verify
from pipeline.demo import company
from pipeline.demo.clients import read_letter
from pipeline.demo.story import Story
from tests.company import Company
from tests.worlds import ServerWorld

OUTCOMES = {
    "processed: new-request": 4, "processed: decision": 5, "processed: unclear-answer": 1,
    "processed: next-revision": 1, "returned: form-problems": 1, "ignored: automatic": 2,
    "quarantined: stranger": 1, "quarantined: sender-not-proven": 1,
}  # fmt: skip


def check_the_day(house: Company, letters: list[bytes], told: list[str]) -> None:
    """What must have come of the day, wherever it was played."""
    assert told
    assert Counter(f"{m.outcome}: {m.reason}" for m in house.mails()) == OUTCOMES
    assert {case.ref: (case.revision, case.state) for case in house.cases()} == {
        "REQ-2026-0001": (0, "completed"), "REQ-2026-0002": (1, "completed"),
        "REQ-2026-0003": (0, "completed"), "REQ-2026-0004": (0, "completed"),
    }  # fmt: skip
    assert house.statuses("REQ-2026-0003") == {
        1: "provisioned", 2: "provisioned", 3: "provisioned", 4: "rejected",
    }  # fmt: skip
    check_letters(letters)
    check_register(house)
    assert verify(house.config_file, as_json=True) == 0


def check_letters(letters: list[bytes]) -> None:
    read = [read_letter(raw) for raw in letters]
    assert len({letter.message_id for letter in read}) == len(read), "no letter was sent twice"
    kinds = Counter(letter.kind for letter in read)
    assert kinds["approval"] == 5
    assert kinds["ready"] == 4
    assert kinds["returned"] == kinds["unclear"] == 1
    assert kinds["quarantine"] == 2
    told = {letter.to for letter in read if letter.kind == "ready_employee"}
    assert told == {f"{name}@contoh.example" for name in (
        "putri.lestari", "mega.puspita", "oktavianus.sinaga", "nur.aini", "agung.saputra"
    )}  # fmt: skip
    outside = [letter.to for letter in read if not letter.to.endswith(f"@{company.DOMAIN}")]
    assert outside == [], "strangers get no answer"


def check_register(house: Company) -> None:
    path = house.config.files.register_workbook
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Register").to_python()
    sheet = openpyxl.load_workbook(path)["Register"]
    (table,) = sheet.tables.values()
    top = openpyxl.utils.cell.range_boundaries(table.ref)[1]
    header, body = rows[top - 1], rows[top:]
    assert table.autoFilter is not None
    assert sheet.freeze_panes
    decisions = [row[header.index("Keputusan")] for row in body]
    assert len(body) == 10
    assert decisions.count("Ditolak") == 1
    accounts = [row[header.index("ID akun")] for row in body]
    assert sum(bool(account) for account in accounts) == 9


def test_the_day_on_the_embedded_maildir(tmp_path):
    house = Company(tmp_path)
    world = MaildirWorld(house.office)
    told = Story(world, house.clock, house.config.systems).play()
    check_the_day(house, list(world.letters()), told)
    folders = ("inbox", "processed", "returned", "ignored", "duplicates", "quarantine")
    assert [len(house.in_folder(name)) for name in folders] == [0, 11, 1, 2, 0, 2]


@pytest.mark.parametrize("security", ["plain", "ssl"])
def test_the_day_on_dovecot_and_smtp(tmp_path, dovecot, start_smtp, security):
    world = ServerWorld(tmp_path, dovecot, start_smtp(starttls=security == "ssl"), security)
    story = Story(world, world.company.clock, world.company.config.systems)
    check_the_day_on_servers(world, story.play())


def test_the_day_on_pymap_and_smtp(tmp_path, pymap_server, smtp_server):
    world = ServerWorld(tmp_path, pymap_server, smtp_server)
    story = Story(world, world.company.clock, world.company.config.systems)
    check_the_day_on_servers(world, story.play())


def check_the_day_on_servers(world: ServerWorld, told: list[str]) -> None:
    check_the_day(world.company, list(world.letters()), told)
    folders = ("inbox", "processed", "returned", "ignored", "duplicates", "quarantine")
    assert [world.count(name) for name in folders] == [0, 11, 1, 2, 0, 2]
