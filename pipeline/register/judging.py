"""Judges what staff entered in one cell: possible, or why not. Changes nothing and records nothing."""

from collections.abc import Mapping
from datetime import date

from pipeline.model import Language
from pipeline.register.columns import STATUSES, Column, Row
from pipeline.register.values import plain

#: The work status of an item that somebody has.
DONE = "done"
#: Nothing in the register is older; a year such as 1926 or 0206 is a slip of the fingers.
_EARLIEST = date(2000, 1, 1)

_REASONS = {
    "unknown-status": ("Pilih salah satu dari: {choices}.", "Please choose one of: {choices}."),
    "not-approved": (
        "Butir ini belum (atau tidak) disetujui, jadi belum boleh dikerjakan.",
        "This item is not approved (yet), so that nothing can be done on it.",
    ),
    "not-done": (
        "Butir ini belum selesai dikerjakan, jadi belum ada yang dapat dicabut. Isi dulu Status "
        "pengerjaan dengan Selesai, atau kosongkan tanggal ini.",
        "This item is not done, so that there is nothing to revoke. Set Work status to Done first, or empty "
        "this day.",
    ),
    "no-date": (
        "Tanggal tidak terbaca; tulis misalnya 24/11/2026.",
        "Not a date; write for example 24/11/2026.",
    ),
    "formula": (
        "Tanggal tidak terbaca karena di sel ini ada rumus; ketik tanggalnya, misalnya 24/11/2026.",
        "Not a date, since this cell holds a formula; type the day, for example 24/11/2026.",
    ),
    "future": ("Tanggal itu masih akan datang.", "That day is still to come."),
    "too-early": ("Tahunnya tidak mungkin; mohon diperiksa.", "The year cannot be right; please check."),
    "before-decision": (
        "Lebih awal daripada tanggal keputusan ({day}).",
        "Earlier than the day of the decision ({day}).",
    ),
    "before-done": ("Lebih awal daripada Tanggal selesai ({day}).", "Earlier than Done on ({day})."),
    "mixed-row": (
        "No. permintaan dan Butir di baris ini bukan milik baris ini, jadi isian tidak dibaca dan "
        "dikembalikan. Mohon isi lagi di baris yang benar.",
        "Request no. and Item in this row are another row's, so that the entry is not read and was undone. "
        "Please enter it again in the right row.",
    ),
    "too-old-copy": (
        "Register disimpan dari salinan yang sudah terlalu lama; yang berlaku tetap “{known}”. "
        "Mohon isi lagi bila perlu.",
        "The register was saved from a copy that is too old; “{known}” stays. Please enter it again if need "
        "be.",
    ),
}


def reason_text(code: str, language: Language, **facts: str) -> str:
    """A reason in words, as a sentence."""
    return _REASONS[code][language == "en"].format(**facts)


def check_entry(
    column: Column,
    text: str,
    row: Row,
    found: Mapping[str, str],
    approved: bool,
    today: date,
    language: Language,
) -> str:
    """Why an entry cannot be accepted, as a sentence for staff; "" when it can. An emptied cell always can.

    `found` is the row as it stands in the sheet, for dates that depend on each other.
    """
    if not text:
        return ""
    if column.kind == "choice":
        code = _check_status(text, approved)
    elif column.kind == "date":
        code = _check_day(column, text, row, found, approved, today)
    else:
        return ""
    choices = ", ".join(choice.label(language) for choice in column.choices)
    day = plain(row.cells.get("decided_on")) if code == "before-decision" else found.get("done_on", "")
    return reason_text(code, language, choices=choices, day=_shown(day)) if code else ""


def _check_status(text: str, approved: bool) -> str:
    if text not in {choice.code for choice in STATUSES}:
        return "unknown-status"
    # SOP 5.3: nothing is provisioned before it is approved.
    return "" if approved or text == "open" else "not-approved"


def _check_day(
    column: Column, text: str, row: Row, found: Mapping[str, str], approved: bool, today: date
) -> str:
    day = _day(text)
    if day is None:
        return "formula" if text.startswith("=") else "no-date"
    if day > today:
        return "future"
    if day < _EARLIEST:
        return "too-early"
    if not approved:
        return "not-approved"
    earlier = {"done_on": row.cells.get("decided_on"), "revoked_on": _day(found.get("done_on", ""))}.get(
        column.key
    )
    if isinstance(earlier, date) and day < earlier:
        return "before-decision" if column.key == "done_on" else "before-done"
    return "not-done" if column.key == "revoked_on" and found.get("status") != DONE else ""


def _day(text: str) -> date | None:
    """A canonical text that is a date; what could not be read still stands as it was typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _shown(text: str) -> str:
    day = _day(text)
    return f"{day:%d/%m/%Y}" if day else text
