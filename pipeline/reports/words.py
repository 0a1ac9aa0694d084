"""Every word of the monthly summary in Indonesian and English, and how numbers and dates are written."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from pipeline.model import Language

#: key: (Indonesian, English)
WORDS: dict[str, tuple[str, str]] = {
    "title": ("Ringkasan permintaan akses", "Access request summary"),
    "subtitle": (
        "Sistem informasi (supporting tools) · SOP-IT-003",
        "Information systems (supporting tools) · SOP-IT-003",
    ),
    "running": ("sampai {until}, bulan masih berjalan", "up to {until}, the month is still running"),
    "file": ("Ringkasan Akses {month}.xlsx", "Access Summary {month}.xlsx"),
    "this_month": ("Bulan ini", "This month"),
    "last_month": ("Bulan lalu", "Last month"),
    "change": ("Selisih", "Change"),
    "last_year": ("{month}", "{month}"),
    "nothing_before": ("tanpa pembanding", "nothing to compare"),
    "unit_days": ("hari kerja", "working days"),
    "unit_day": ("hari kerja", "working day"),
    # key figures
    "requests_in": ("Permintaan masuk", "Requests received"),
    "decided": ("Permintaan diputuskan", "Requests decided"),
    "completed": ("Permintaan selesai", "Requests completed"),
    "rejected": ("Permintaan ditolak seluruhnya", "Requests rejected entirely"),
    "items_in": ("Item akses diminta", "Access items asked for"),
    "items_approved": ("Item disetujui", "Items approved"),
    "items_rejected": ("Item ditolak", "Items rejected"),
    "items_done": ("Item selesai dikerjakan", "Items carried out"),
    "decision_median": ("Diajukan → diputuskan, median", "Submitted → decided, median"),
    "decision_p90": ("Diajukan → diputuskan, persentil 90", "Submitted → decided, 90th percentile"),
    "ready_median": ("Diajukan → akses siap, median", "Submitted → access ready, median"),
    "ready_p90": ("Diajukan → akses siap, persentil 90", "Submitted → access ready, 90th percentile"),
    "pending": ("Permintaan yang menunggu", "Requests pending"),
    "pending_decision": ("  di antaranya menunggu keputusan", "  of these waiting for a decision"),
    "pending_it": ("  di antaranya menunggu pengerjaan Tim IT", "  of these waiting for IT's work"),
    "pending_oldest": ("Yang terlama menunggu", "Longest wait"),
    # cards
    "card_in": ("Masuk", "Received"),
    "card_completed": ("Selesai", "Completed"),
    "card_pending": ("Menunggu", "Pending"),
    "card_decision": ("Waktu keputusan", "Time to decide"),
    "card_ready": ("Waktu sampai siap", "Time until ready"),
    "card_days_note": ("hari kerja, median", "working days, median"),
    # parts of the first page
    "part_figures": ("Angka utama", "Key figures"),
    "part_trend": ("Permintaan 12 bulan terakhir", "Requests in the last 12 months"),
    "part_system": ("Item diminta bulan ini, per sistem", "Items asked for this month, by system"),
    "part_department": (
        "Item diminta bulan ini, per departemen",
        "Items asked for this month, by department",
    ),
    "part_attention": ("Untuk diperhatikan", "For your attention"),
    "nothing_special": ("Tidak ada yang perlu perhatian khusus.", "Nothing needs special attention."),
    "no_chart": ("Tidak ada item bulan ini.", "No items this month."),
    "footer": (
        "Waktu tunggu dihitung dalam hari kerja sejak formulir pertama diterima, termasuk waktu "
        "perbaikan oleh pemohon; permintaan yang direvisi dihitung menurut revisi terakhirnya. "
        "Dibuat {made}. Kepala jurnal {head}.",
        "Waiting times are in working days since the first form arrived, the requester's "
        "corrections included; a revised request counts as its last revision. Made {made}. Journal "
        "head {head}.",
    ),
    # sheets
    "sheet_summary": ("Ringkasan", "Summary"),
    "sheet_department": ("Per departemen", "By department"),
    "sheet_system": ("Per sistem", "By system"),
    "sheet_reasons": ("Alasan penolakan", "Rejections"),
    "sheet_pending": ("Menunggu", "Pending"),
    "sheet_urgent": ("Mendesak", "Urgent"),
    "sheet_items": ("Item bulan ini", "Items this month"),
    "sheet_mail": ("Email", "Mail"),
    "sheet_security": ("Keamanan", "Security"),
    "sheet_trend": ("Tren", "Trend"),
    "about_department": (
        "Permintaan yang masuk bulan ini dan nasib itemnya per akhir periode.",
        "Requests received this month, and what had become of their items at the end of the period.",
    ),
    "about_system": (
        "Item dari permintaan yang masuk bulan ini dan nasibnya per akhir periode.",
        "Items of requests received this month, and what had become of them at the end of the period.",
    ),
    "about_reasons": (
        "Item yang ditolak bulan ini, dengan alasannya.",
        "Items rejected this month, with the reasons.",
    ),
    "about_pending": (
        "Yang belum selesai per akhir periode, yang terlama lebih dahulu. Umur dalam hari kerja.",
        "What was not finished at the end of the period, the oldest first. Ages in working days.",
    ),
    "about_urgent": (
        "Yang diajukan bulan ini sebagai mendesak atau darurat. Akses darurat diberikan lebih dahulu dan "
        "dicabut bila tidak disahkan.",
        "What was asked for this month as urgent or as an emergency. Emergency access is given first and "
        "taken away if nobody signs for it.",
    ),
    "urgency": ("Urgensi", "Urgency"),
    "urgency_urgent": ("Mendesak", "Urgent"),
    "urgency_emergency": ("Darurat", "Emergency"),
    "ended": ("Dicabut karena tidak disahkan", "Taken away, not signed for"),
    "about_items": (
        "Item yang masuk, diputuskan, atau dikerjakan bulan ini.",
        "Items that were received, decided or carried out this month.",
    ),
    "about_mail": (
        "Setiap email yang masuk berakhir di tepat satu hasil; jumlahnya sama dengan semua email "
        "masuk.",
        "Every mail received ends in exactly one outcome; they add up to all mail received.",
    ),
    "about_security": (
        "Email yang disisihkan tanpa diproses, menurut alasannya.",
        "Mails that were set aside unprocessed, by reason.",
    ),
    "about_trend": ("Dua belas bulan terakhir.", "The last twelve months."),
    "none": ("Tidak ada.", "None."),
    "total": ("Jumlah", "Total"),
    # column heads
    "department": ("Departemen", "Department"),
    "system": ("Sistem", "System"),
    "requests": ("Permintaan", "Requests"),
    "items": ("Item", "Items"),
    "approved": ("Disetujui", "Approved"),
    "rejected_items": ("Ditolak", "Rejected"),
    "waiting": ("Menunggu", "Waiting"),
    "done": ("Siap dipakai", "Ready"),
    "median_decision": ("Median waktu keputusan (hari kerja)", "Median time to decide (working days)"),
    "often": ("Kali", "Times"),
    "reason": ("Alasan", "Reason"),
    "ref": ("Permintaan", "Request"),
    "no": ("Item", "Item"),
    "requester": ("Pemohon", "Requester"),
    "employee": ("Karyawan", "Employee"),
    "employee_id": ("NIK", "Employee no."),
    "level": ("Tingkat akses", "Access level"),
    "action": ("Tindakan", "Action"),
    "start": ("Mulai", "Start"),
    "end": ("Sampai", "End"),
    "received": ("Diterima", "Received"),
    "outcome": ("Hasil per akhir periode", "Outcome at the end of the period"),
    "decided_by": ("Diputuskan oleh", "Decided by"),
    "decided_at": ("Diputuskan", "Decided"),
    "provisioned_at": ("Siap dipakai", "Ready"),
    "days_decision": ("Hari kerja sampai keputusan", "Working days to decide"),
    "days_ready": ("Hari kerja sampai siap", "Working days until ready"),
    "waits_for": ("Menunggu siapa", "Waiting for"),
    "waiting_since": ("Sejak", "Since"),
    "waiting_days": ("Lama di sini", "Waiting here"),
    "age_days": ("Umur seluruhnya", "Age in all"),
    "systems": ("Sistem", "Systems"),
    "result": ("Hasil", "Outcome"),
    "mails": ("Email", "Mails"),
    "code": ("Kode", "Code"),
    "suspicious": ("Dugaan pemalsuan", "Suspected forgery"),
    "yes": ("ya", "yes"),
    "month": ("Bulan", "Month"),
    "it_team": ("Tim IT", "IT team"),
    "nobody_asked": ("Belum ada yang ditanya", "Nobody was asked yet"),
    # values
    "grant": ("Pemberian", "Grant"),
    "change_action": ("Perubahan", "Change"),
    "revoke": ("Pencabutan", "Revoke"),
    "outcome_approved": ("Disetujui", "Approved"),
    "outcome_rejected": ("Ditolak", "Rejected"),
    "outcome_waiting": ("Menunggu keputusan", "Waiting for a decision"),
    "outcome_dropped": ("Tidak diminta lagi", "No longer asked for"),
    "outcome_lapsed": ("Gugur, tidak diputuskan", "Lapsed without a decision"),
    "outcome_done": ("Siap dipakai", "Ready"),
    "outcome_revoked": ("Akses dicabut", "Access revoked"),
    "mail_processed": ("Diproses", "Processed"),
    "mail_returned": ("Formulir dikembalikan untuk diperbaiki", "Form returned for correction"),
    "mail_ignored": ("Email otomatis, diabaikan", "Automatic mail, ignored"),
    "mail_duplicate": ("Kiriman ulang yang sama", "The same mail again"),
    "mail_quarantined": ("Disisihkan untuk Tim IT", "Set aside for IT"),
    "mail_total": ("Email masuk seluruhnya", "All mail received"),
    # attention
    "note_token_only": (
        "Bukti pengirim memakai mode lemah (token-only): siapa pun yang mendapat terusan email "
        "persetujuan dapat memalsukan jawaban. Aktifkan mode require di config.yaml.",
        "Sender proof is in its weak mode (token-only): whoever is sent the approval mail on could "
        "forge an answer. Switch to require in config.yaml.",
    ),
    "note_old": (
        "{ref} ({department}) menunggu {who} sejak {since}: {days} hari kerja.",
        "{ref} ({department}) has been waiting for {who} since {since}: {days} working days.",
    ),
    "note_old_more": (
        "Dan {count} permintaan lain menunggu lebih dari {limit} hari kerja; lihat lembar Menunggu.",
        "And {count} more requests have been waiting more than {limit} working days; see the sheet "
        "Pending.",
    ),
    "note_lapsed": (
        "Gugur karena tidak diputuskan dalam batas waktu: {refs}.",
        "Lapsed, since nobody decided in time: {refs}.",
    ),
    "note_late": (
        "{count} item sudah disetujui tetapi belum siap, padahal tanggal mulainya sudah lewat.",
        "{count} items were approved but are not ready, although their start date has passed.",
    ),
    "note_forged": (
        "{count} email diduga memalsukan pengirim atau jawaban persetujuan; tidak satu pun "
        "berpengaruh. Lihat lembar Keamanan.",
        "{count} mails are suspected of forging a sender or an approval; none had any effect. See "
        "the sheet Security.",
    ),
    "note_running": (
        "Bulan ini masih berjalan: angka per {until}.",
        "The month is still running: figures as of {until}.",
    ),
    "note_empty": ("Tidak ada permintaan yang masuk bulan ini.", "No requests were received this month."),
    "mode_require": (
        "Bukti pengirim: mode require. Keputusan hanya diterima bila pengirimnya terbukti: oleh server "
        "email (DMARC), atau dengan cara lain yang dinyalakan di config.yaml (ARC, Microsoft 365, S/MIME).",
        "Sender proof: mode require. A decision counts only when its sender is proven: by the mail "
        "server (DMARC), or in another way that config.yaml turns on (ARC, Microsoft 365, S/MIME).",
    ),
}  # fmt: skip


def say(key: str, language: Language, **facts: object) -> str:
    """The words of that key, with facts filled in."""
    return WORDS[key][1 if language == "en" else 0].format(**facts)


def number(value: float, language: Language) -> str:
    """ "1,5" or "1.5": at most one decimal."""
    return format_decimal(value, format="#,##0.#", locale=language)


def month_name(day: date, language: Language) -> str:
    """ "November 2026"."""
    return format_date(day, "MMMM y", locale=language)


def month_short(day: date, language: Language) -> str:
    """ "Nov 2026"."""
    return format_date(day, "MMM y", locale=language)


def day_name(day: date, language: Language) -> str:
    """ "24 November 2026"."""
    return format_date(day, "d MMMM y", locale=language)


def moment_name(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    """ "24 November 2026 15.05 WIB", shown in that zone."""
    local = moment.astimezone(zone)
    clock = format_datetime(local, "HH:mm" if language == "en" else "HH.mm", locale=language)
    return (
        f"{day_name(local.date(), language)} {clock} {format_datetime(local, 'z', tzinfo=zone, locale='id')}"
    )
