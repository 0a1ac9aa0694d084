"""Sample facts for every kind of letter: what `run.py doctor` fills templates with. Invented people only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from pipeline.letters.digest import DigestLine, DigestVerdict
from pipeline.letters.sample_changes import sample_changes
from pipeline.model import (
    AccessItem,
    AccessLine,
    Case,
    CaseItem,
    Edit,
    Employee,
    Form,
    Language,
    Problem,
)

SAMPLE_NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
SAMPLE_CODE = "AK1-0123456789ABCDEFGHJKMNPQRS"

_PUTRI = Employee(1, "Putri Lestari", "00417", "Staf Akuntansi", "putri.lestari@contoh.example")
_BAYU = Employee(2, "Bayu Setiawan", "00421", "Staf Piutang", "")
_SIGNATURE: dict[Language, str] = {
    "id": "Bambang Prakoso (gambar tanda tangan pada formulir)",
    "en": "Bambang Prakoso (a signature picture on the form)",
}


_STEPS: dict[Language, tuple[str, str]] = {
    "id": ("pengesahan kepala divisi", "persetujuan IT Manager"),
    "en": ("the division head's sign-off", "the IT Manager's approval"),
}

_REMARKS: dict[Language, tuple[str, ...]] = {
    "id": ("VPN, Putri Lestari: sedang berjalan pula REQ-2026-0003 no. 1 (Disetujui)",),
    "en": ("VPN, Putri Lestari: also on its way: REQ-2026-0003 no. 1 (Approved)",),
}
_STOPS: dict[Language, tuple[str, ...]] = {
    "id": ("VPN, Putri Lestari (REQ-2026-0003 no. 2: Disetujui)",),
    "en": ("VPN, Putri Lestari (REQ-2026-0003 no. 2: Approved)",),
}


def sample_case(language: Language = "id") -> Case:
    """A request for two employees with three items, waiting for its approver."""
    items = tuple(CaseItem(item, "requested") for item in _items(language))
    return Case(
        ref="REQ-2026-0001", revision=0, state="awaiting_approval", form=_form(),
        requester="sari.wulandari@contoh.example", items=items, digest="3f9a1c" * 10 + "beef",
        content_key="c" * 64, asked=(), received_at=SAMPLE_NOW, revised_at=SAMPLE_NOW, decided_at=None,
        completed_at=None, form_sha256="a" * 64, mail_sha256="b" * 64,
    )  # fmt: skip


def sample_facts(kind: str, language: Language = "id") -> Mapping[str, object]:
    """The facts of one kind. KeyError for a kind that has no sample, which a test would find."""
    return {
        **_about_requests(language),
        **_about_digests(language),
        **_about_deputies(),
        **_about_the_house(),
    }[kind]


def _about_requests(language: Language) -> dict[str, Mapping[str, object]]:
    case = sample_case(language)
    decided = _decided(case)
    done = _done(decided)
    asking = {
        "case": case, "code": SAMPLE_CODE, "approver_name": "Andi Nugroho", "acting_for": "",
        "items": case.items, "previous": "", "changes": None,
        "until": datetime(2026, 12, 2, 8, 5, tzinfo=UTC), "stops": (),
        "signature_text": _SIGNATURE[language], "signature_also": (), "digest_short": case.digest[:12],
        "old_list": "", "as_what": "", "approved_before": (), "afterwards": False, "needs_reason": False,
        "conflicts": (), "remarks": (),
    }  # fmt: skip
    verdict = {"case": decided, "decided": decided.items, "open_items": ()}
    steps = _STEPS[language]
    return {
        "returned": {
            "sender_name": "Sari Wulandari", "file_name": "Form Permintaan Akses.xlsx",
            "problems": _problems(), "marked": True, "coloured": 3, "commented": True, "listed": "Perbaikan",
            "unhidden": (), "ref": "", "official_form_attached": False, "filled": True, "unread": False,
            "old_form": False,
        },
        "received": {"case": case, "approver_name": "Andi Nugroho", "hints": _problems()[2:],
            "current_form": False, "path": " → ".join(steps), "stops": _STOPS[language]},
        "approval": {**asking, "changes": sample_changes(case), "old_list": "Perbaikan", "as_what": steps[1],
            "approved_before": ("Bambang Prakoso",), "stops": _STOPS[language],
            "conflicts": ("Putri Lestari: Accurate + VPN",), "remarks": _REMARKS[language]},
        "unclear": {**asking, "signature_also": ("Lina Marlina (REQ-2026-0002)",),
            "quoted": "Setuju kalau hanya akses baca.", "why": "setuju dengan syarat"},
        "reminder": {
            **asking, "asked_at": SAMPLE_NOW, "passed_on_at": datetime(2026, 12, 2, 8, 5, tzinfo=UTC),
        },
        "objection": {
            "case": case, "items": case.items, "from_name": "Andi Nugroho",
            "quoted": "TOLAK, jangan diproses.",
        },
        "passed_on": {"case": case, "items": case.items, "to_name": "Lina Marlina",
            "approver_name": "Andi Nugroho"},
        "lapsed": {"case": case, "lapsed": case.items},
        "recorded": {**verdict, "next_step": False, "approver_name": "Andi Nugroho", "afterwards": False},
        "decided": {**verdict, "form_name": "Form Permintaan Akses REQ-2026-0001.xlsx"},
        "withdrawn": {"case": case, "withdrawn": case.items[:2], "refused": done.items[:1], "form_name": "",
            "asker_name": "Sari Wulandari"},
        "withdraw_unclear": {
            "case": case, "items": case.items, "asker_name": "Sari Wulandari", "why": "words",
            "quoted": "BATAL, VPN saja ya.", "form_name": "Form Permintaan Akses.xlsx",
        },
        "withdrawn_notice": {
            "case": case, "withdrawn": case.items[:2], "open_items": case.items[2:],
            "reason": "Karyawan tidak jadi pindah.", "asker_name": "Sari Wulandari", "at_work": False,
            "why": "withdrawn",
        },
        "status": {
            "case": case, "waits_for": "Andi Nugroho", "since": SAMPLE_NOW,
            "until": datetime(2026, 12, 24, 8, 5, tzinfo=UTC), "away_since": SAMPLE_NOW, "form_name": "",
            "asker_name": "Sari Wulandari",
        },
        "overtaken": {"case": case, "stopped": case.items[1:2], "revocation": "REQ-2026-0002",
            "asker_name": "Rina Kartika"},
        "late": {"case": decided, "quoted": "Maaf salah, maksud saya SETUJU", "deputy_name": "",
            "approver_name": "Andi Nugroho", "refused": decided.items[2:], "replaced": False,
            "decided": True},
        "provision": {
            "case": decided, "items": decided.items[:2], "register_name": "Register Akses IT.xlsx",
            "approvers": ("Andi Nugroho",),
        },
        "take_away": {
            "case": done, "items": done.items[:1], "reason": "", "register_name": "Register Akses IT.xlsx",
            "refused": False, "missing": _STEPS[language][:1],
        },
        "ended": {"case": done, "items": done.items[:1], "reason": "Bukan keadaan darurat.", "refused": True,
            "missing": _STEPS[language][:1], "sign_off": True},
        "signed": {"case": done, "items": done.items[:1], "by_name": "Bambang Prakoso"},
        "ready": {"case": done},
        "ready_employee": {"employee": _PUTRI, "items": done.items[:2], "case": done},
        "duplicate": {"case": case},
        "approver_missing": {"case": case, "why": "it_manager, management"},
    }  # fmt: skip


def _about_digests(language: Language) -> dict[str, Mapping[str, object]]:
    """A list of two: one can be decided in it, the other must be approved in its own mail."""
    items, step = sample_case(language).items, _STEPS[language][1]
    first = DigestLine(
        no=1, ref="REQ-2026-0001", revision=1, requester="Sari Wulandari", department="Finance",
        urgency="emergency", acting_for="Lina Marlina", as_what=step, afterwards=True, conflicts=(),
        signature_also=("Lina Marlina (REQ-2026-0002)",), days=0, items=items[:2], more=0, apart="",
    )  # fmt: skip
    second = DigestLine(
        no=2, ref="REQ-2026-0004", revision=0, requester="Rudi Hartono", department="Sales", urgency="normal",
        acting_for="", as_what="", afterwards=False, conflicts=("Bayu Setiawan: Accurate + VPN",),
        signature_also=(), days=3, items=items[2:], more=2, apart="reason",
    )  # fmt: skip
    shown = {
        "number": 7, "code": SAMPLE_CODE, "approver_name": "Andi Nugroho", "lines": (first, second),
        "expires": datetime(2026, 11, 27, 1, 0, tzinfo=UTC),
    }  # fmt: skip
    approved = DigestVerdict(1, first.ref, first.requester, first.department, "approve", "", "", 2, True)
    refused = replace(approved, no=2, verdict="reject", reason="Cukup akses baca.", next_step=False)
    left = replace(refused, no=3, verdict="", left="revised", reason="")
    return {
        "digest": {**shown, "more": 4},
        "digest_unclear": {**shown, "quoted": "Setuju.", "why": "names neither lines nor all of them"},
        "digest_recorded": {"number": 7, "verdicts": (approved, refused, left), "recorded": True},
    }  # fmt: skip


@dataclass(frozen=True)
class _Term:
    name: str
    first: date
    last: date


def _about_deputies() -> dict[str, Mapping[str, object]]:
    first, last = date(2026, 12, 1), date(2026, 12, 14)
    who = {"approver_name": "Andi Nugroho", "deputy_name": "Dewi Anggraini"}
    return {
        "deputy_named": {
            **who, "deputy_email": "dewi.anggraini@contoh.example", "first": first, "last": last,
            "others": (_Term("Lina Marlina", date(2027, 1, 4), date(2027, 1, 8)),),
            "away": (_Term("Fajar Ramadhan", date(2026, 12, 10), date(2026, 12, 11)),),
            "cut": (_Term("Fajar Ramadhan", first, date(2026, 12, 3)),),
        },
        "deputy_away": {"approver_name": "Andi Nugroho", "away": (_Term("Dewi Anggraini", first, last),)},
        "deputy_duty": {**who, "first": first, "last": last},
        "deputy_ended": {**who, "deputy_name": "", "ended": (_Term("Dewi Anggraini", first, last),)},
        "deputy_refused": {
            "approver_name": "Andi Nugroho", "why": "past", "who": "dewi.anggraini@contoh.example",
            "when": "1-14 Nov", "example_email": "dewi.anggraini@contoh.example",
            "example_days": "01/12/2026 - 14/12/2026",
        },
    }  # fmt: skip


def _about_the_house() -> dict[str, Mapping[str, object]]:
    edit = Edit("REQ-2026-0001/1", "decision", "Disetujui", "Ditolak")
    return {
        "quarantine": {
            "reason": "sender-not-proven",
            "words": "Server email tidak membenarkan bahwa email ini dari alamat pengirimnya (DMARC).",
            "from_text": "Andi Nugroho <andi.nugroho@contoh.example>", "subject": "Re: SETUJU",
            "received_at": SAMPLE_NOW, "sha256": "d" * 64, "proof": "dmarc=fail",
        },
        "alarm": {
            "count": 5, "since": SAMPLE_NOW,
            "claimed": ("Andi Nugroho <andi.nugroho[at]contoh.example>", "Andi <andi[at]luar.example>"),
        },
        "register_notice": {
            "restored": (edit,), "missing": ("REQ-2026-0001/2",),
            "refused": ((Edit("REQ-2026-0001/3", "done_on", "", "kemarin"), "bukan tanggal"),), "note": "",
        },
        "undeliverable": {
            "letter_kind": "approval", "ref": "REQ-2026-0001", "recipient": "andi.nugroho@contoh.example",
            "diagnosis": "smtp; 550 5.1.1 User unknown",
        },
        "monthly": {
            "month": date(2026, 11, 1), "file_name": "Ringkasan Akses 2026-11.xlsx",
            "figures": (
                ("Permintaan masuk", "34"),
                ("Disetujui", "27"),
                ("Median waktu keputusan", "1,5 hari kerja"),
            ),
            "notes": ("REQ-2026-0019 menunggu keputusan sejak 12 November 2026.",),
        },
    }  # fmt: skip


def _form() -> Form:
    line = AccessLine(
        1, None, "ACCURATE", "Accurate", "Operator", "grant", date(2026, 12, 1), None, "Input jurnal harian."
    )
    return Form(
        request_date=date(2026, 11, 24), request_type="new", revises="", requester_name="Sari Wulandari",
        requester_position="Manajer Finance", requester_email="sari.wulandari@contoh.example",
        requester_department="Finance", requester_division="Keuangan dan Administrasi",
        division_head_name="Bambang Prakoso", signature="image", signed_on=date(2026, 11, 23),
        employees=(_PUTRI, _BAYU), lines=(line,),
    )  # fmt: skip


def _items(language: Language) -> tuple[AccessItem, ...]:
    internal = "Internal access" if language == "en" else "Akses Internal"
    start = date(2026, 12, 1)
    return (
        AccessItem(1, _PUTRI, "ACCURATE", "Accurate", "Operator", "grant", start, None, "Input jurnal."),
        AccessItem(2, _PUTRI, "VPN", "VPN", "", "grant", start, date(2027, 3, 31), "Tutup buku."),
        AccessItem(3, _BAYU, "INTERNAL", internal, "Baca", "change", start, None, "Pindah bagian."),
    )


def _decided(case: Case) -> Case:
    """The same request, two items approved and the last rejected."""
    by, at = "andi.nugroho@contoh.example", SAMPLE_NOW
    granted = tuple(
        replace(one, status="approved", decided_by=by, decided_at=at, decided_event=7)
        for one in case.items[:2]
    )
    refused = replace(
        case.items[2], status="rejected", reason="Cukup folder piutang saja.", decided_by=by, decided_at=at
    )
    return replace(case, state="partly_approved", items=(*granted, refused), decided_at=at)


def _done(case: Case) -> Case:
    staff = {"status": "done", "account_id": "putri.l", "note": "Masuk lewat portal dengan akun Windows."}
    items = tuple(
        replace(one, status="provisioned", staff=staff) if one.status == "approved" else one
        for one in case.items
    )
    return replace(case, state="completed", items=items, completed_at=SAMPLE_NOW)


def _problems() -> tuple[Problem, ...]:
    return (
        Problem("employees[0].employee_id", "missing", "Form!D16", "error", "NIK belum diisi. Isi NIK-nya."),
        Problem("items[0].system", "unknown", "Form!C30", "error", "“Acc” tak dikenal. Pilih dari daftar."),
        Problem("items[0].end_date", "order", "Form!G30", "warning", "Tanggal berakhir hari Minggu."),
    )  # fmt: skip
