"""An office with a real journal and real files, in which only the register is kept: time moves by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, cast

from python_calamine import CalamineWorkbook

from pipeline.approval.items import digest_of, spread_items, to_plain
from pipeline.config import read_config
from pipeline.desks.completing import complete_if_done
from pipeline.journal import Journal
from pipeline.keeping import keep_register, rebuild_register
from pipeline.keys import Keys
from pipeline.letters.render import House as Letterhead
from pipeline.model import AccessItem, AccessLine, Case, Directory, Employee, Form, Person
from pipeline.office import Office
from pipeline.turn import Turn
from tests import once
from tests.register.samples import Hand

ROOT = Path(__file__).parents[2]
BOSS, SARI, HENDRA = "andi@sefas.example.com", "sari@sefas.example.com", "hendra@sefas.example.com"
PUTRI = Employee(1, "Putri Lestari", "0012034", "Staf", "putri@sefas.example.com")
BAYU = Employee(2, "Bayu Saputra", "00871", "Staf", "")
_PEOPLE = Directory(
    (
        Person("Andi Nugroho", BOSS, "IT", "Umum", "it_manager"),
        Person("Hendra Wijaya", HENDRA, "IT", "Umum", "it_staff"),
        Person("Sari Wulandari", SARI, "Finance", "Keuangan", "manager"),
    ),
    (),
)


def seen(path: Path) -> dict[str, list[object]]:
    """The register's rows as another program reads them, by the hidden key."""
    rows = (
        CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Register").to_python(skip_empty_area=False)
    )
    return {str(row[29]): list(row) for row in rows if str(row[29]).startswith("REQ-")}


@dataclass
class House:
    """The register of a small company, as polls keep it."""

    folder: Path
    now: datetime = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "config.yaml").write_bytes((ROOT / "config.yaml").read_bytes())
        with once.opening():
            config = read_config(self.folder / "config.yaml")
        files = config.files.model_copy(update={"templates": ROOT / "templates"})
        config = config.model_copy(update={"files": files})
        config.files.state.mkdir(parents=True, exist_ok=True)
        head = Letterhead(config.company.name, config.portal.address, "Portal", "Asia/Jakarta", "ext. 110")
        none = cast(Any, None)
        self.office = Office(
            config=config, clock=lambda: self.now, journal=Journal(config.files.state / "journal.sqlite"),
            spool=none, keys=Keys({1: b"t" * 32}, b"l" * 32), rules=(),
            templates=once.templates(config.files.templates, head), sandbox=none, workdays=once.workdays(),
            policy=none,
            open_mailbox=none, open_post=none,
        )  # fmt: skip

    @property
    def path(self) -> Path:
        return self.office.config.files.register_workbook

    @property
    def aside(self) -> list[Path]:
        return sorted(self.path.parent.glob("*.broken-*"))

    def poll(self) -> str:
        """The register's part of one poll, a minute after the last."""
        self.now += timedelta(minutes=1)
        return keep_register(self.office, _PEOPLE)

    def rebuild(self) -> str:
        return rebuild_register(self.office, _PEOPLE)

    def hand(self) -> Hand:
        """The register as somebody opens it."""
        return Hand(self.path.read_bytes())

    def save(self, hand: Hand) -> None:
        self.path.write_bytes(hand.save())

    def lock(self, locked: bool = True) -> None:
        """Somebody opens the register in LibreOffice, or closes it."""
        file = self.path.with_name(f".~lock.{self.path.name}#")
        if locked:
            file.write_text(",hendra,pc-07,24.11.2026 15:05,file:///x;", encoding="utf-8")
        else:
            file.unlink()

    # what the desks do

    def ask(self, *systems: str, people: tuple[Employee, ...] = (PUTRI,), **form: Any) -> str:
        """A request that has arrived: its number."""
        with self.office.journal.entry() as entry:
            turn = Turn(self.office, entry, self.now, _PEOPLE)
            ref = f"REQ-2026-{entry.next_number(2026):04d}"
            turn.record(
                "request_received", ref, SARI, {"requester": SARI, **_content(ref, systems, people, form)}
            )
            turn.close()
        return ref

    def decide(self, ref: str, **verdicts: str) -> None:
        """The IT Manager's decision by item number (_1="approve"); all approved when none is given."""
        with self.office.journal.entry() as entry:
            turn = Turn(self.office, entry, self.now, _PEOPLE)
            items = cast(Case, turn.case(ref)).items
            decisions = {no.lstrip("_"): verdict for no, verdict in verdicts.items()} or {
                str(item.item.no): "approve" for item in items
            }
            data = {"revision": 0, "approver": BOSS, "decisions": decisions, "reason": "terlalu luas"}
            turn.record("decision_recorded", ref, BOSS, data)
            turn.close()

    def write(self, key: str, **cells: str) -> None:
        """What staff entered, as the register's keeper records it."""
        ref, _, number = key.partition("/")
        with self.office.journal.entry() as entry:
            turn = Turn(self.office, entry, self.now, _PEOPLE)
            for column, new in cells.items():
                data = {"item": int(number), "column": column, "old": "", "new": new}
                turn.record("staff_wrote", ref, "register", data)
            complete_if_done(turn, ref)
            turn.close()

    def approved(self, *systems: str, **more: Any) -> str:
        """The key of the first row of a request that was approved, in a register that shows it."""
        ref = self.ask(*(systems or ("ERP",)), **more)
        self.decide(ref)
        assert self.poll() == "written"
        return f"{ref}/1"

    # what can be seen

    def case(self, key: str) -> Case:
        with self.office.journal.entry() as entry:
            return cast(Case, Turn(self.office, entry, self.now, _PEOPLE).case(key.partition("/")[0]))

    def staff(self, key: str) -> Mapping[str, str]:
        """What is recorded of a row's staff cells."""
        number = int(key.partition("/")[2])
        return next(item.staff for item in self.case(key).items if item.item.no == number)

    def letters(self, kind: str) -> list[str]:
        """The letters of a kind, oldest first, as the words in their bytes."""
        with self.office.journal.entry() as entry:
            rows = [entry.outbox.by_key(key) for key in entry.outbox.due(self.now + timedelta(days=1))]
        return [_words(row.data) for row in rows if row is not None and row.kind == kind]


def _words(data: bytes) -> str:
    body = message_from_bytes(data, policy=policy.default).get_body(("plain",))
    return " ".join(str(body.get_content()).split()) if body else ""


def _content(
    ref: str, systems: tuple[str, ...], people: tuple[Employee, ...], more: Mapping[str, Any]
) -> dict[str, object]:
    lines = tuple(
        AccessLine(
            no, None, code, code.title(), "Operator", "grant", date(2026, 12, 1), None, "Input jurnal."
        )
        for no, code in enumerate(systems, start=1)
    )
    form = Form(
        request_date=date(2026, 11, 24), request_type="new", revises="", requester_name="Sari Wulandari",
        requester_position="Manajer", requester_email=SARI, requester_department="Finance",
        requester_division="Keuangan", division_head_name="Bambang Prakoso", signature="typed",
        signed_on=None, employees=people, lines=lines,
    )  # fmt: skip
    form = replace(form, **more)
    items = spread_items(form)
    return {
        "revision": 0, "form": to_plain(Form, form), "items": [to_plain(AccessItem, item) for item in items],
        "digest": digest_of(ref, 0, form, items), "content_key": ref, "form_sha256": "f", "mail_sha256": "m",
        "message_id": f"<{ref}@sefas.example.com>",
    }  # fmt: skip


def yearly(house: House) -> House:
    """The same house, with a new register each year."""
    files = house.office.config.files.model_copy(update={"register_yearly": True})
    object.__setattr__(house.office, "config", house.office.config.model_copy(update={"files": files}))
    return house
