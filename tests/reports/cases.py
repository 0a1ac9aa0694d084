"""Invented requests as the journal would fold them: seeded, so that every run sees the same ones."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.model import AccessItem, Action, Asked, Case, CaseItem, Employee, Form, ItemStatus, RequestState

JAKARTA = ZoneInfo("Asia/Jakarta")
DEPARTMENTS = (
    "Finance", "HRGA", "Sales", "Teknikal", "Gudang", "Produksi", "Legal", "Pengadaan", "Logistik",
    "Audit Internal", "Layanan Pelanggan", "Riset & Pengembangan",
)  # fmt: skip
SYSTEMS = (
    ("ACCURATE", "Accurate"), ("EMAIL", "Email"), ("INTERNET", "Internet"), ("VPN", "VPN"), ("ERP", "ERP"),
    ("HRIS", "HRIS"), ("INTERNAL", "Akses Internal"), ("TRACY", "Tracy"), ("CL", "CL"), ("CCTV", "CCTV"),
    ("DATACENTER", "Data Center"),
)  # fmt: skip
REASONS = (
    "Tingkat akses melebihi kebutuhan pekerjaan", "Mohon lampirkan persetujuan pemilik sistem",
    "Sudah memiliki akses yang setara", "=Tidak sesuai kebijakan",
)  # fmt: skip
NAMES = (
    "Putri Lestari", "Agung Saputra", "Mega Puspita", "Nur Aini", "Oktavianus Sinaga", "Bayu Wicaksono",
    "Citra Maharani", "Dimas Prayoga", "Eka Yuliana", "Gilang Permana",
)  # fmt: skip
BOSS = "andi.nugroho@nusantara.example"


def moment(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A time of day in Jakarta."""
    return datetime(year, month, day, hour, minute, tzinfo=JAKARTA)


def employee(no: int = 1, name: str = "Putri Lestari", nik: str = "00417") -> Employee:
    return Employee(no, name, nik, "Staf", "")


def form(department: str = "Finance", requester: str = "sari@nusantara.example") -> Form:
    return Form(
        request_date=date(2026, 11, 2), request_type="new", revises="", requester_name="Sari Wulandari",
        requester_position="Manajer", requester_email=requester, requester_department=department,
        requester_division="Umum", division_head_name="Bambang Prakoso", signature="typed", signed_on=None,
        employees=(employee(),), lines=(),
    )  # fmt: skip


def item(
    no: int = 1,
    system: str = "ERP",
    status: ItemStatus = "requested",
    decided: datetime | None = None,
    done: datetime | None = None,
    start: date = date(2026, 12, 1),
    action: Action = "grant",
    reason: str = "",
    who: Employee | None = None,
) -> CaseItem:
    label = dict(SYSTEMS).get(system, system)
    asked = AccessItem(
        no, who or employee(), system, label, "Operator", action, start, None, "Pekerjaan harian"
    )
    return CaseItem(asked, status, reason, BOSS if decided else "", decided, 7 if decided else 0, {}, done)


def case(
    ref: str,
    received: datetime,
    *items: CaseItem,
    state: RequestState = "awaiting_approval",
    department: str = "Finance",
    decided: datetime | None = None,
    completed: datetime | None = None,
) -> Case:
    asked = Asked(
        1,
        "AAAA",
        BOSS,
        "",
        received + timedelta(days=30),
        "<a@x>",
        tuple(i.item.no for i in items),
        True,
        received,
    )
    return Case(
        ref=ref, revision=0, state=state, form=form(department), requester="sari@nusantara.example",
        items=items, digest="", content_key="", asked=(asked,), received_at=received, revised_at=received,
        decided_at=decided, completed_at=completed, form_sha256="", mail_sha256="",
    )  # fmt: skip


def many_cases(seed: int, count: int, first: date, last: date) -> tuple[Case, ...]:
    """So many requests over these days, with decisions and work that are slow, refused, pending or odd."""
    chance = random.Random(seed)
    days = (last - first).days
    arrivals = sorted(
        moment(first.year, first.month, first.day)
        + timedelta(days=chance.randint(0, days), minutes=chance.randint(-540, 880))
        for _ in range(count)
    )
    recent = moment(last.year, last.month, last.day) - timedelta(days=30)
    return tuple(
        _one(f"REQ-{at.year}-{n:04d}", at, at > recent, chance) for n, at in enumerate(arrivals, start=1)
    )


def _one(ref: str, received: datetime, recent: bool, chance: random.Random) -> Case:
    decided = received + timedelta(hours=chance.lognormvariate(3.2, 0.9))
    if chance.random() < (0.2 if recent else 0.0):
        decided = None
    department = chance.choices(DEPARTMENTS, range(len(DEPARTMENTS), 0, -1))[0]
    if chance.random() < 0.1:
        department = f" {department.upper()} "
    items = tuple(
        _item(no, received, decided, recent, chance) for no in range(1, chance.choice((1, 1, 2, 3, 5)) + 1)
    )
    granted = [i for i in items if i.status in {"approved", "provisioned", "revoked"}]
    done = [i.provisioned_at for i in granted if i.provisioned_at]
    state: RequestState = "awaiting_approval"
    completed = None
    if decided is not None:
        state = "provisioning" if granted else "rejected"
        if granted and len(done) == len(granted):
            state, completed = "completed", max(d for d in done) + timedelta(minutes=2)
    elif chance.random() < 0.2:
        state = "withdrawn"
    made = case(
        ref, received, *items, state=state, department=department, decided=decided, completed=completed
    )
    if decided is not None and chance.random() < 0.1:
        # A corrected form came later; the approved items were carried over.
        made = replace(made, revision=1, revised_at=received + (decided - received) / 2)
    return made


def _item(
    no: int, received: datetime, decided: datetime | None, recent: bool, chance: random.Random
) -> CaseItem:
    code = chance.choices([code for code, _ in SYSTEMS], range(len(SYSTEMS), 0, -1))[0]
    action: Action = chance.choices(("grant", "change", "revoke"), (8, 1, 1))[0]
    start = received.date() + timedelta(days=chance.randint(0, 14))
    who = employee(1, chance.choice(NAMES), f"{chance.randint(1, 999):05d}")
    if decided is None:
        return item(no, code, start=start, action=action, who=who)
    if chance.random() < 0.18:
        return item(no, code, "rejected", decided, None, start, action, chance.choice(REASONS), who)
    if chance.random() < 0.04:
        cancelled = item(no, code, "cancelled", decided, None, start, action, who=who)
        return replace(cancelled, staff={"status": "cancelled"} if chance.random() < 0.5 else {})
    if chance.random() < (0.3 if recent else 0.0):
        return item(no, code, "approved", decided, None, start, action, who=who)
    done = decided + timedelta(hours=chance.lognormvariate(3.4, 0.8))
    status: ItemStatus = "revoked" if action == "revoke" else "provisioned"
    return item(no, code, status, decided, done, start, action, who=who)


def known_at(cases: Sequence[Case], moment_: datetime) -> tuple[Case, ...]:
    """What the journal knew at a moment: later requests, decisions and work had not happened yet."""
    return tuple(_cut(one, moment_) for one in cases if one.received_at < moment_)


def _cut(one: Case, at: datetime) -> Case:
    def before(time: datetime | None) -> datetime | None:
        return time if time is not None and time < at else None

    items = tuple(_cut_item(i, at) for i in one.items)
    decided, completed = before(one.decided_at), before(one.completed_at)
    state = one.state if decided or one.state == "withdrawn" else "awaiting_approval"
    return replace(one, items=items, decided_at=decided, completed_at=completed, state=state)


def _cut_item(one: CaseItem, at: datetime) -> CaseItem:
    if one.decided_at is not None and one.decided_at >= at:
        return replace(
            one, status="requested", decided_at=None, decided_by="", provisioned_at=None, reason="", staff={}
        )
    if one.provisioned_at is not None and one.provisioned_at >= at:
        return replace(one, status="approved", provisioned_at=None)
    return one
