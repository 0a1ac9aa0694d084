"""What the register says to those who open it, in Indonesian and English. Draws nothing."""

from dataclasses import dataclass
from typing import Literal

from pipeline.model import Language

#: How a word is coloured: waiting, granted, being done, done, refused, over.
Tone = Literal["wait", "good", "work", "done", "bad", "over"]


@dataclass(frozen=True)
class Word:
    """A word that stands in a cell, its colour, and what it means."""

    label_id: str
    label_en: str
    tone: Tone
    means_id: str
    means_en: str

    def label(self, language: Language) -> str:
        return self.label_en if language == "en" else self.label_id

    def means(self, language: Language) -> str:
        return self.means_en if language == "en" else self.means_id


#: What stands in the column "decision" where nobody decided: the row comes from the company's old register.
IMPORTED: dict[str, Word] = {
    "provisioned": Word(
        "Diimpor", "Imported", "done",
        "Diambil alih dari register lama; persetujuannya tidak diketahui. Asalnya tertulis di kolom Alasan.",
        "Taken over from the old register; no approval is known. Where from stands in the column Reason."),
    "revoked": Word(
        "Diimpor, sudah dicabut", "Imported, revoked", "over",
        "Diambil alih dari register lama; aksesnya sudah dicabut.",
        "Taken over from the old register; the access was taken away."),
}  # fmt: skip

#: The words of the column "decision", as the letters use them too.
DECISIONS = (
    Word("Menunggu keputusan", "Waiting for a decision", "wait",
         "Pemberi persetujuan belum menjawab.", "The approver has not answered yet."),
    Word("Disetujui", "Approved", "good",
         "Tim IT boleh mengerjakan butir ini.", "IT may carry this item out."),
    Word("Ditolak", "Rejected", "bad",
         "Tidak dikerjakan; alasannya tertulis di kolom Alasan.",
         "Not carried out; the reason stands in its column."),
    Word("Selesai dikerjakan", "Done", "done",
         "Tim IT sudah mengerjakannya dan pemohon diberi tahu.", "IT has done it and the requester is told."),
    Word("Akses dicabut", "Access revoked", "over",
         "Akses yang pernah diberikan sudah dicabut.", "Access once given was taken away."),
    Word("Masa berlaku habis", "Expired", "over",
         "Tanggal berakhir sudah lewat.", "The end date has passed."),
    Word("Dibatalkan", "Cancelled", "over",
         "Butir ini tidak jadi dikerjakan.", "The item is no longer wanted."),
    *IMPORTED.values(),
)  # fmt: skip

#: What a red end date means.
END_PASSED = Word(
    "Tanggal berakhir berlatar merah", "End date on red", "bad",
    "Masa berlaku sudah lewat, tetapi Tanggal dicabut belum diisi.",
    "The term is over, and no date stands in Revoked on.",
)  # fmt: skip

#: The words of the column "state": where the whole request stands.
STATES = (
    Word("Diterima", "Received", "wait", "Formulir sudah diterima.", "The form has arrived."),
    Word("Dikembalikan untuk diperbaiki", "Returned for correction", "bad",
         "Formulir dikembalikan kepada pemohon untuk dilengkapi.", "The form went back to be completed."),
    Word("Menunggu pengesahan kepala divisi", "Waiting for the division head's sign-off", "wait",
         "Tanda tangan kepala divisi belum ada.", "The division head has not signed yet."),
    Word("Menunggu persetujuan", "Waiting for approval", "wait",
         "Pemberi persetujuan sudah ditanya lewat email.", "The approver has been asked by mail."),
    Word("Ditolak", "Rejected", "bad",
         "Dikembalikan kepada pemohon; formulir yang diperbaiki memakai nomor yang sama.",
         "Went back to the requester; a corrected form keeps the number."),
    Word("Disetujui", "Approved", "good", "Semua butir disetujui.", "Every item is approved."),
    Word("Disetujui sebagian", "Partly approved", "good",
         "Sebagian butir disetujui; lihat kolom Keputusan.", "Some items are approved; see their decision."),
    Word("Sedang dikerjakan Tim IT", "In progress at IT", "work",
         "Masih ada butir yang belum selesai.", "Some items are not done yet."),
    Word("Selesai", "Completed", "done",
         "Semua butir yang disetujui sudah selesai.", "Every approved item is done."),
    Word("Ditarik kembali", "Withdrawn", "over",
         "Pemohon menarik permintaannya.", "The requester took it back."),
    Word("Gugur karena tidak dijawab", "Lapsed without an answer", "over",
         "Tidak ada jawaban sampai batas waktu.", "Nobody answered in time."),
)  # fmt: skip

#: The staff's own status, by the codes of columns.STATUSES.
WORK = {
    "open": Word("Belum", "Open", "wait",
                 "Belum mulai dikerjakan. Kosong berarti sama.", "Not started. Empty means the same."),
    "progress": Word("Proses", "In progress", "work", "Sedang dikerjakan.", "Being worked on."),
    "done": Word("Selesai", "Done", "done",
                 "Sudah dikerjakan. Bila semua butir selesai, pemohon diberi tahu otomatis.",
                 "Carried out. When every item is done, the requester is told by mail."),
    "cancelled": Word("Batal", "Cancelled", "over",
                      "Tidak jadi dikerjakan; tulis sebabnya di Catatan IT.",
                      "Not to be done; say why in IT note."),
}  # fmt: skip

_TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Register Akses Sistem Informasi", "Register of Information System Access"),
    "subtitle": (
        "Catatan resmi SOP-IT-003 butir 5.5: satu baris untuk setiap butir permintaan; "
        "baris tidak pernah dihapus",
        "Official record under SOP-IT-003, 5.5: one row for each item requested; no row is ever removed",
    ),
    "group-ours": ("PERMINTAAN DAN KEPUTUSAN  ·  diisi Akses, jangan diubah",
                   "REQUEST AND DECISION  ·  filled in by Akses, please don't change"),
    "group-staff": ("PENGERJAAN  ·  diisi Tim IT", "WORK  ·  filled in by IT staff"),
    "group-details": ("RINCIAN DAN BUKTI  ·  diisi Akses, jangan diubah",
                      "DETAILS AND EVIDENCE  ·  filled in by Akses, please don't change"),
    "page": ("Halaman &P dari &N", "Page &P of &N"),
    "status-title": ("Status pengerjaan", "Work status"),
    "status-error": ("Mohon pilih dari daftar: {choices}.", "Please choose from the list: {choices}."),
    "date-title": ("Tanggal", "Date"),
    "date-error": ("Mohon isi tanggal, misalnya 24/11/2026, paling lambat hari ini.",
                   "Please enter a date such as 24/11/2026, not later than today."),
    # the legend
    "legend": ("Keterangan", "Legend"),
    "legend-title": ("Cara membaca dan mengisi register", "How to read and fill in the register"),
    "columns": ("Kolom", "Column"),
    "owner": ("Diisi oleh", "Filled in by"),
    "meaning": ("Isi", "Content"),
    "owner-akses": ("Akses (otomatis)", "Akses (automatic)"),
    "owner-staff": ("Tim IT", "IT staff"),
    "word": ("Tertulis", "It says"),
    "decisions": ("Kolom Keputusan", "Column Decision"),
    "states": ("Kolom Tahap permintaan", "Column Request stage"),
    "statuses": ("Kolom Status pengerjaan (dipilih Tim IT)", "Column Work status (chosen by IT staff)"),
    "rules": ("Yang perlu diketahui", "Good to know"),
    # the summary
    "summary": ("Ringkasan", "Summary"),
    "summary-title": ("Ringkasan register", "Summary of the register"),
    "summary-note": (
        "Angka dihitung langsung dari lembar Register. Yang dihitung adalah butir (baris), bukan permintaan.",
        "Counted live from the sheet Register. What is counted are items (rows), not requests.",
    ),
    "by-decision": ("Menurut keputusan", "By decision"),
    "by-state": ("Menurut tahap permintaan", "By request stage"),
    "by-work": ("Pengerjaan butir yang disetujui", "Work on approved items"),
    "by-system": ("Menurut sistem", "By system"),
    "count": ("Butir", "Items"),
    "all": ("Semua", "All"),
    "all-systems": ("Semua sistem", "All systems"),
    "share": ("Porsi", "Share"),
}  # fmt: skip

#: In the legend, one paragraph each.
RULES = (
    (
        "Tim IT hanya mengisi kolom berjudul hijau. Kolom berjudul biru berasal dari jurnal Akses; bila "
        "diubah, isinya dikembalikan dan Tim IT diberi tahu.",
        "IT staff fill in only the columns with a green header. Those with a blue header come from the "
        "journal of Akses; if changed by hand they are put back and IT is told.",
    ),
    (
        "Silakan menyaring, mengurutkan, mewarnai, memberi komentar, serta menambah kolom, lembar, dan "
        "grafik. Untuk mengurutkan atau menambah kolom, buka dulu proteksi lembar: Tinjau > Buka "
        "Proteksi Lembar (tanpa kata sandi).",
        "You are free to filter, sort, colour, comment, and to add columns, sheets and charts. To sort or to "
        "add columns, first lift the protection: Review > Unprotect Sheet (there is no password).",
    ),
    (
        "Judul kolom dan kolom tersembunyi “Akses ID” mohon dibiarkan: dari situlah baris dan kolom "
        "dikenali.",
        "Please leave the column headers and the hidden column “Akses ID” as they are: rows and columns "
        "are recognised by them.",
    ),
    (
        "Baris tidak dihapus, apa pun akhirnya. Keputusan hanya berubah lewat formulir dan email "
        "persetujuan.",
        "No row is deleted, whatever becomes of it. A decision changes only through the form and the "
        "approval mail.",
    ),
    (
        "Simpan lalu tutup berkas ini setelah mengisi: selama terbuka, baris baru belum dapat ditulis.",
        "Save and close the file when you are done: while it is open, new rows have to wait.",
    ),
)

#: What stands in each column, for the legend.
MEANINGS: dict[str, tuple[str, str]] = {
    "number": ("Nomor permintaan; tidak pernah berubah.", "Number of the request; it never changes."),
    "item": ("Nomor butir: satu karyawan, satu sistem.", "Number of the item: one employee, one system."),
    "employee": ("Karyawan yang memerlukan akses.", "The employee who needs the access."),
    "employee_id": ("Nomor induk karyawan.", "The employee's number."),
    "system": ("Sistem yang diminta.", "The system asked for."),
    "level": ("Level akses yang diminta.", "The access level asked for."),
    "action": ("Pemberian, perubahan, atau pencabutan akses.", "Grant, change or revoke."),
    "start": ("Tanggal mulai.", "First day."),
    "end": ("Tanggal berakhir; kosong: tanpa batas.", "Last day; empty: no end."),
    "decision": ("Keputusan atas butir ini.", "What was decided on this item."),
    "state": ("Tahap permintaan secara keseluruhan.", "Where the whole request stands."),
    "status": ("Pilih dari daftar.", "Choose from the list."),
    "done_by": ("Nama petugas IT.", "Name of the IT staff member."),
    "done_on": ("Tanggal akses dibuat, diubah, atau dicabut.", "Day on which the access was set up."),
    "account_id": ("Nama atau nomor akun yang dibuat.", "Name or number of the account."),
    "note": ("Catatan bebas Tim IT.", "Free text of IT staff."),
    "revoked_on": ("Tanggal akses dicabut kembali.", "Day on which the access was taken away."),
    "revision": ("0 untuk formulir pertama, lalu 1, 2, dan seterusnya.", "0 for the first form, then 1."),
    "received": ("Tanggal formulir pertama diterima.", "Day on which the first form arrived."),
    "type": ("Akses baru, perubahan, atau pencabutan.", "New, change or revocation."),
    "requester": ("Yang mengirim permintaan.", "Who sent the request."),
    "department": ("Departemen pemohon.", "The requester's department."),
    "division": ("Divisi pemohon.", "The requester's division."),
    "position": ("Jabatan karyawan.", "The employee's position."),
    "need": ("Uraian singkat keperluan.", "Short description of the need."),
    "decided_on": ("Tanggal keputusan.", "Day of the decision."),
    "approver": ("Alamat email yang memutuskan.", "Email address that decided."),
    "reason": ("Alasan penolakan; untuk yang diimpor, berkas dan baris asalnya.",
               "Reason of a rejection; of what was imported, the file and row it comes from."),
    "evidence": ("Nomor peristiwa dalam jurnal yang membuktikan keputusan.",
                 "Number of the journal event that proves the decision."),
}  # fmt: skip


def say(key: str, language: Language) -> str:
    """One of the texts above."""
    return _TEXTS[key][language == "en"]
