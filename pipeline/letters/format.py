"""How dates, times, states and lists are written for people, in Indonesian and English. Reads no clock."""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date, format_datetime, get_timezone

from pipeline.model import AccessItem, Action, ItemStatus, Language, RequestState, RequestType

_STATES: dict[RequestState, tuple[str, str]] = {
    "received": ("Diterima", "Received"),
    "returned": ("Dikembalikan untuk diperbaiki", "Returned for correction"),
    "awaiting_signoff": ("Menunggu pengesahan kepala divisi", "Waiting for the division head's sign-off"),
    "awaiting_approval": ("Menunggu persetujuan", "Waiting for approval"),
    "rejected": ("Ditolak", "Rejected"),
    "approved": ("Disetujui", "Approved"),
    "partly_approved": ("Disetujui sebagian", "Partly approved"),
    "provisioning": ("Sedang dikerjakan Tim IT", "In progress at IT"),
    "completed": ("Selesai", "Completed"),
    "withdrawn": ("Ditarik kembali", "Withdrawn"),
    "lapsed": ("Gugur karena tidak dijawab", "Lapsed without an answer"),
}
_STATUSES: dict[ItemStatus, tuple[str, str]] = {
    "requested": ("Menunggu keputusan", "Waiting for a decision"),
    "approved": ("Disetujui", "Approved"),
    "rejected": ("Ditolak", "Rejected"),
    "provisioned": ("Selesai dikerjakan", "Done"),
    "revoked": ("Akses dicabut", "Access revoked"),
    "expired": ("Masa berlaku habis", "Expired"),
    "cancelled": ("Dibatalkan", "Cancelled"),
}
_ACTIONS: dict[Action, tuple[str, str]] = {
    "grant": ("Pemberian akses", "Grant access"),
    "change": ("Perubahan akses", "Change access"),
    "revoke": ("Pencabutan akses", "Revoke access"),
}
_TYPES: dict[RequestType, tuple[str, str]] = {
    "new": ("Akses baru", "New access"),
    "change": ("Perubahan akses", "Change of access"),
    "revoke": ("Pencabutan akses", "Revocation of access"),
}
#: The approvals the house itself knows; a company's own have their names in config.yaml.
_STEPS: dict[str, tuple[str, str]] = {
    "sign_off": ("pengesahan kepala divisi", "the division head's sign-off"),
    "owner": ("persetujuan pemilik sistem", "the system owner's approval"),
    "exception": ("pengecualian atas pemisahan tugas", "the exception from separation of duties"),
    "main": ("persetujuan IT Manager", "the IT Manager's approval"),
}
_KINDS: dict[str, tuple[str, str]] = {
    "returned": ("formulir dikembalikan", "form returned"),
    "received": ("tanda terima", "acknowledgement"),
    "duplicate": ("formulir sudah diterima", "form already received"),
    "decided": ("hasil keputusan", "decision"),
    "ready": ("permintaan selesai", "request done"),
    "approval": ("permintaan persetujuan", "request for approval"),
    "unclear": ("persetujuan ditanyakan lagi", "approval asked again"),
    "recorded": ("konfirmasi keputusan", "confirmation of a decision"),
    "digest": ("daftar persetujuan", "list for approval"),
    "digest_unclear": ("daftar ditanyakan lagi", "list asked again"),
    "digest_recorded": ("konfirmasi atas daftar", "confirmation of a list"),
    "withdrawn": ("penarikan permintaan", "withdrawal of a request"),
    "withdraw_unclear": ("penarikan ditanyakan lagi", "withdrawal asked again"),
    "withdrawn_notice": ("pemberitahuan penarikan", "notice of a withdrawal"),
    "overtaken": ("dihentikan karena pencabutan", "stopped by a revocation"),
    "status": ("keadaan permintaan", "state of a request"),
    "reminder": ("pengingat persetujuan", "reminder to decide"),
    "objection": ("keberatan atas permintaan", "objection to a request"),
    "passed_on": ("diteruskan ke orang lain", "passed on to somebody else"),
    "lapsed": ("permintaan gugur", "request lapsed"),
    "ended": ("akses darurat dicabut", "emergency access taken away"),
    "signed": ("akses darurat disahkan", "emergency access signed for"),
    "take_away": ("pencabutan untuk Tim IT", "revocation for IT"),
    "deputy_named": ("konfirmasi deputi", "confirmation of a deputy"),
    "deputy_duty": ("penunjukan deputi", "notice to a deputy"),
    "deputy_away": ("deputi tidak di tempat", "a deputy is away"),
    "deputy_ended": ("deputi berakhir", "end of a deputy's term"),
    "deputy_refused": ("deputi ditanyakan lagi", "deputy asked again"),
    "late": ("jawaban terlambat", "late answer"),
    "ready_employee": ("akses siap dipakai", "access ready"),
    "provision": ("tugas untuk Tim IT", "work for IT"),
    "quarantine": ("email disisihkan", "mail set aside"),
    "alarm": ("peringatan kode persetujuan", "alarm about approval codes"),
    "register_notice": ("pemberitahuan register", "register notice"),
    "undeliverable": ("email tidak sampai", "mail not delivered"),
    "approver_missing": ("tanpa pemberi persetujuan", "no approver"),
    "monthly": ("ringkasan bulanan", "monthly summary"),
}


def kind_text(kind: str, language: Language) -> str:
    """What a kind of letter is called: "permintaan persetujuan"; an unknown kind keeps its own name."""
    return _pick(_KINDS.get(kind, (kind, kind)), language)


def state_text(state: RequestState, language: Language) -> str:
    """A request's state as people read it: "Menunggu persetujuan"."""
    return _pick(_STATES[state], language)


def status_text(status: ItemStatus, language: Language) -> str:
    """An item's status as people read it: "Disetujui"."""
    return _pick(_STATUSES[status], language)


def step_text(name: str, language: Language) -> str:
    """An approval as people read it: "pengesahan kepala divisi"."""
    return _pick(_STEPS.get(name, (name, name)), language)


def on_behalf(who: str, of: str, language: Language) -> str:
    """Somebody, and whom he stood in for; `of` is "" where he spoke for himself."""
    stands = "for" if language == "en" else "mewakili"
    return f"{who} ({stands} {of})" if of else who


def action_text(action: Action, language: Language) -> str:
    """What is asked for: "Pemberian akses", "Perubahan akses", "Pencabutan akses"."""
    return _pick(_ACTIONS[action], language)


def type_text(request_type: RequestType | None, language: Language) -> str:
    """The type of the whole request; "" where the form names none."""
    return _pick(_TYPES[request_type], language) if request_type else ""


def date_text(day: date | None, language: Language) -> str:
    """ "1 Desember 2026"; a dash where there is no date."""
    return format_date(day, "d MMMM y", locale=language) if day else "-"


def month_text(day: date, language: Language) -> str:
    """ "November 2026"."""
    return format_date(day, "MMMM y", locale=language)


def time_text(moment: datetime, timezone: str, language: Language) -> str:
    """ "24 November 2026 pukul 15.05 WIB": an aware moment, shown in `timezone` (a tz database name)."""
    zone = get_timezone(timezone)
    # Only the Indonesian locale knows WIB, WITA and WIT; English would write +0700.
    name = format_datetime(moment, "z", tzinfo=zone, locale="id")
    pattern = "d MMMM y, HH:mm" if language == "en" else "d MMMM y 'pukul' HH.mm"
    return f"{format_datetime(moment, pattern, tzinfo=zone, locale=language)} {name}"


def period_text(item: AccessItem, language: Language) -> str:
    """From when until when an item runs; for a revocation the day it takes effect."""
    start = date_text(item.start_date, language)
    if item.action == "revoke":
        return f"per {start}" if language == "id" else f"as of {start}"
    if item.end_date is None:
        return f"mulai {start}, tanpa batas akhir" if language == "id" else f"from {start}, no end date"
    return f"{start} – {date_text(item.end_date, language)}"


def listing(words: Sequence[str], language: Language) -> str:
    """ "A", "A dan B", "A, B, dan C"; each word once, in order."""
    once = list(dict.fromkeys(words))
    last = "and" if language == "en" else "dan"
    if len(once) < 3:
        return f" {last} ".join(once)
    return f"{', '.join(once[:-1])}, {last} {once[-1]}"


def listing_short(words: Sequence[str], language: Language, most: int = 2) -> str:
    """The first words and how many more there are: "Accurate, ERP, dan 3 lainnya"."""
    once = list(dict.fromkeys(words))
    if len(once) <= most:
        return listing(once, language)
    left = len(once) - most + 1
    more = f"{left} more" if language == "en" else f"{left} lainnya"
    return listing([*once[: most - 1], more], language)


def short(text: str, length: int) -> str:
    """At most `length` characters, with an ellipsis where something was left out."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _pick(words: tuple[str, str], language: Language) -> str:
    return words[1] if language == "en" else words[0]
