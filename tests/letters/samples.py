"""Facts for the letters' tests: the doctor's samples, and the same made long or hostile."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from pipeline.letters.kinds import KINDS
from pipeline.letters.render import House, Templates
from pipeline.letters.samples import SAMPLE_CODE, SAMPLE_NOW, sample_case, sample_facts
from pipeline.model import AccessItem, Case, CaseItem, Employee, ItemStatus, Language, Letter

TEMPLATES = Path(__file__).parents[2] / "templates"
HOUSE = House(
    "PT Nusantara Contoh",
    "akses-it@nusantara.example",
    "Portal Akses IT",
    "Asia/Jakarta",
    "IT Helpdesk, ext. 110",
)
#: The kinds that ask for a decision, with a code and buttons.
ASKING = frozenset({"approval", "unclear", "reminder", "digest", "digest_unclear"})
LANGUAGES: tuple[Language, ...] = ("id", "en")
EVERY_LETTER = [(kind.name, language) for kind in KINDS for language in LANGUAGES]

LONG_NEED = (
    "Dibutuhkan untuk menyusun laporan keuangan bulanan anak perusahaan, rekonsiliasi piutang dengan bank, "
    "dan pemeriksaan silang saldo awal selama proses tutup buku akhir tahun. Selama ini data diminta lewat "
    "email ke bagian akuntansi sehingga laporan terlambat dua sampai tiga hari kerja setiap bulannya.\n"
    "Akses hanya dipakai pada jam kerja."
)
_PEOPLE = (
    Employee(
        1,
        "Raden Ayu Kusumawardhani Prawirodirdjo",
        "00000417",
        "Supervisor Akuntansi dan Pelaporan Keuangan",
        "ra.kusuma@nusantara.example",
    ),
    Employee(2, "Muhammad Rizky Ramadhan", "00421", "Staf Piutang", ""),
    Employee(3, "Yohana br. Simanjuntak", "00588", "Staf Pajak", "yohana@nusantara.example"),
)
_SYSTEMS = (
    ("ACCURATE", "Accurate", "Operator buku besar dan piutang", "grant", None),
    ("VPN", "VPN", "", "grant", date(2027, 3, 31)),
    ("INTERNAL", "Akses Internal", "Baca dan tulis folder Keuangan/Laporan/2026", "change", None),
    ("HRIS", "HRIS", "Lihat data karyawan", "revoke", None),
)


def a_letter(kind: str, language: Language = "id", facts: Mapping[str, object] | None = None) -> Letter:
    """A letter of this kind to an invented person, with sample facts unless others are given."""
    return Letter(
        key=f"{kind}/REQ-2026-0001/r0/1", kind=kind, to=("andi.nugroho@nusantara.example",),
        language=language, facts=sample_facts(kind, language) if facts is None else facts,
        ref="REQ-2026-0001", token=SAMPLE_CODE if kind in ASKING else "",
    )  # fmt: skip


@cache
def the_templates() -> Templates:
    return Templates(TEMPLATES, HOUSE)


def long_case(language: Language = "id") -> Case:
    """A request as a busy department writes it: three people with long names, eight items, long reasons."""
    items: list[CaseItem] = []
    for employee in _PEOPLE:
        for code, label, level, action, end in _SYSTEMS[: 4 - employee.no + 1]:
            item = AccessItem(
                len(items) + 1, employee, code, label, level, action, date(2026, 12, 1), end,  # type: ignore[arg-type]
                LONG_NEED if code != "VPN" else "Bekerja dari kantor cabang.",
            )  # fmt: skip
            items.append(CaseItem(item, "requested"))
    case = sample_case(language)
    form = replace(
        case.form, requester_name="Drs. Sari Wulandari Hadiningrat, M.Ak.", employees=_PEOPLE,
        requester_position="Manajer Keuangan, Akuntansi dan Pelaporan",
        requester_department="Finance, Accounting & Tax",
    )  # fmt: skip
    return replace(case, form=form, items=tuple(items), revision=1)


def long_facts(kind: str, language: Language = "id") -> dict[str, Any]:
    """The sample facts of a kind with the long case in place of the short one."""
    facts = dict(sample_facts(kind, language))
    case = long_case(language)
    short = facts.get("case")
    if not isinstance(short, Case):
        return facts
    verdicts = ("approved", "approved", "rejected") if short.decided_at else ("requested",) * 3
    done = short.state == "completed"
    items = tuple(_settled(one, verdicts[n % 3], done) for n, one in enumerate(case.items))
    case = replace(case, state=short.state, items=items, decided_at=short.decided_at)
    facts["case"] = case
    for name in ("items", "decided"):
        if name in facts:
            facts[name] = case.items
    if kind in {"provision", "ready_employee"}:
        facts["items"] = tuple(one for one in case.items if one.status in {"approved", "provisioned"})
    if "open_items" in facts:
        facts["decided"], facts["open_items"] = case.items[:7], case.items[7:]
    if "previous" in facts:
        facts["previous"] = (
            "Akses HRIS tidak diperlukan untuk pelaporan keuangan.\nMohon cukup folder Laporan."
        )
    if "quoted" in facts:
        facts["quoted"] = (
            "Saya setuju kalau hanya akses baca, dan VPN-nya sampai akhir Januari saja.\nTerima kasih."
        )
    return facts


def crowded_facts(kind: str, language: Language = "id") -> dict[str, Any]:
    """The most a form can hold: 15 employees times 30 lines, each line with a reason of 5,000 characters."""
    facts = long_facts(kind, language)
    items = tuple(
        CaseItem(
            AccessItem(
                person * 30 + line + 1,
                Employee(person + 1, f"Karyawan Nomor {person + 1}", f"{person:05d}", "Staf", ""),
                f"S{line}", f"Sistem {line}", "Operator", "grant", date(2026, 12, 1), None,
                f"Alasan {line}: " + "keperluan pekerjaan " * 250,
            ),
            "approved" if kind == "decided" else "requested",
        )
        for person in range(15)
        for line in range(30)
    )  # fmt: skip
    facts["case"] = replace(facts["case"], items=items)
    return facts | {name: items for name in ("items", "decided") if name in facts}


def _settled(one: CaseItem, verdict: str, done: bool) -> CaseItem:
    status = "provisioned" if done and verdict == "approved" else verdict
    reason = "Cukup folder Laporan; folder lain bukan tugas bagian ini." if verdict == "rejected" else ""
    staff = (
        {"account_id": f"NUSANTARA\\user{one.item.no:03d}", "note": "Berlaku setelah masuk ulang."}
        if done
        else {}
    )
    by = "andi.nugroho@nusantara.example"
    return replace(one, status=cast(ItemStatus, status), reason=reason, staff=staff, decided_by=by)


def with_every_text(facts: Mapping[str, object], change: Callable[[str, str], str]) -> dict[str, Any]:
    """The facts with every text in them, however deep, replaced by change(its name, the text)."""
    return {name: _changed(value, name, change) for name, value in facts.items()}


def _changed(value: Any, name: str, change: Callable[[str, str], str]) -> Any:
    if isinstance(value, str):
        return change(name, value)
    if isinstance(value, tuple):
        return tuple(_changed(part, name, change) for part in value)
    if isinstance(value, Mapping):
        return {key: _changed(part, str(key), change) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: _changed(getattr(value, f.name), f.name, change) for f in fields(value)}
        )
    return value


__all__ = [
    "ASKING", "EVERY_LETTER", "HOUSE", "LANGUAGES", "SAMPLE_CODE", "SAMPLE_NOW", "TEMPLATES", "a_letter",
    "crowded_facts", "long_case", "long_facts", "sample_facts", "the_templates", "with_every_text",
]  # fmt: skip
