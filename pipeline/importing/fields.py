"""What a column of an old register may be, and by which headings people name it. Reads no file."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.form.words import key

#: A column that is not used; its cells stand in the journal as they stood, like all others.
IGNORE = "ignore"
#: A column whose cells are never kept, nowhere: the journal is for ever, and a password is not for it.
SECRET = "secret"  # noqa: S105 - a word of the mapping file
#: How a column is mapped whose heading is a system and whose cells are ticks or levels: "system: VPN".
SYSTEM_COLUMN = "system: "


@dataclass(frozen=True)
class Field:
    """What a cell of the old register can tell, and the headings it stands under."""

    name: str
    headings: tuple[str, ...]


FIELDS = (
    Field("employee", (
        "Nama", "Nama Karyawan", "Nama Pegawai", "Nama User", "Nama Pengguna", "Nama Lengkap", "Karyawan",
        "Pegawai", "User", "Pengguna", "Pemegang Akses", "Pemilik Akun", "Nama Staff", "Name", "Employee",
        "Employee name", "Full name", "User full name", "Staff name", "Account owner", "Granted to",
    )),
    Field("employee_id", (
        "NIK", "NIK Karyawan", "No NIK", "NIP", "NRP", "Nomor Induk", "Nomor Induk Karyawan", "No Induk",
        "ID Karyawan", "ID Pegawai", "No Karyawan", "Kode Karyawan", "Employee no", "Employee number",
        "Employee ID", "Emp ID", "Emp no", "Staff ID", "Staff no", "Personnel number", "Badge no",
    )),
    Field("position", ("Jabatan", "Posisi", "Position", "Job title", "Title")),
    Field("email", ("Email Karyawan", "Alamat Email", "Email address", "Email User", "Employee email")),
    Field("department", (
        "Departemen", "Departement", "Dept", "Dep", "Bagian", "Unit", "Unit Kerja", "Department", "Section",
        "Departemen Karyawan",
    )),
    Field("division", ("Divisi", "Div", "Division", "Direktorat")),
    Field("requester", (
        "Pemohon", "Nama Pemohon", "Diminta oleh", "Diajukan oleh", "Requester", "Requested by", "Requestor",
    )),
    Field("system", (
        "Sistem", "Aplikasi", "Sistem/Aplikasi", "Nama Sistem", "Nama Aplikasi", "Jenis Akses", "Akses",
        "Akses Sistem", "Layanan", "Software", "Platform", "Program", "System", "Application",
        "System/Application", "System name", "App", "Service", "Jenis Layanan", "Access to",
    )),
    Field("level", (
        "Level", "Level Akses", "Hak Akses", "Tingkat Akses", "Role", "Peran", "Otorisasi", "Access level",
        "Access right", "Access rights", "Permission", "Permissions", "Privilege", "User level", "Grup",
        "Group", "Hak", "Wewenang",
    )),
    Field("start", (
        "Mulai", "Tgl Mulai", "Tanggal Mulai", "Mulai Berlaku", "Berlaku Mulai", "Tgl Berlaku",
        "Berlaku Sejak", "Sejak", "Tanggal Aktif", "Tgl Aktif", "Start", "Start date", "Valid from", "From",
        "Effective date", "Masa Berlaku Mulai", "Dari", "Masa Berlaku Dari", "Active since", "Granted on",
        "Date granted",
    )),
    Field("end", (
        "Berakhir", "Tgl Berakhir", "Tanggal Berakhir", "Selesai Berlaku", "Masa Berlaku s/d",
        "Berlaku s/d", "Berlaku sampai", "Sampai", "s/d", "Sampai dengan", "Tgl Akhir", "Tanggal Akhir",
        "Kadaluarsa", "Tgl Kadaluarsa", "Expired", "End", "End date", "Valid until", "Valid to", "Until",
        "To", "Expiry", "Expiry date", "Expires", "Masa Berlaku Sampai", "Masa Berlaku Selesai", "Hingga",
    )),
    Field("period", ("Masa Berlaku", "Periode", "Periode Akses", "Jangka Waktu", "Period", "Validity")),
    Field("requested_on", (
        "Tanggal", "Tgl", "Tgl Permintaan", "Tanggal Permintaan", "Tgl Request", "Tgl Pengajuan",
        "Tanggal Pengajuan", "Tgl Permohonan", "Date", "Request date", "Requested on", "Date requested",
    )),
    Field("account_id", (
        "ID Akun", "Akun", "User ID", "UserID", "Username", "User name", "Login", "Login ID", "Nama Akun",
        "Account", "Account ID", "Account name", "ID User", "ID Login",
    )),
    Field("done_by", (
        "PIC IT", "PIC", "Dikerjakan oleh", "Diproses oleh", "Petugas IT", "Petugas", "Pelaksana",
        "Dibuat oleh", "IT Staff", "Staff IT", "Admin", "Done by", "Processed by", "Handled by",
        "Executed by", "Created by", "IT PIC",
    )),
    Field("done_on", (
        "Tgl Selesai", "Tanggal Selesai", "Tgl Dikerjakan", "Tanggal Dikerjakan", "Tgl Proses",
        "Tgl Dibuat", "Tanggal Dibuat", "Tgl Realisasi", "Tgl Pembuatan", "Tanggal Pembuatan",
        "Tgl Aktivasi", "Done on", "Date done", "Completed on", "Date created", "Created on",
        "Completion date", "Processed on", "Tgl Diberikan", "Tanggal Diberikan", "Selesai",
        "Diberikan Tanggal", "Tgl Selesai Dikerjakan", "Selesai Dikerjakan", "Tgl Pengerjaan",
        "Tgl Penyelesaian", "Given on",
    )),
    Field("note", (
        "Keterangan", "Ket", "Catatan", "Catatan IT", "Remark", "Remarks", "Note", "Notes", "Comment",
        "Comments", "IT note",
    )),
    Field("need", (
        "Keperluan", "Kebutuhan", "Deskripsi Kebutuhan", "Alasan", "Tujuan", "Deskripsi", "Purpose",
        "Reason", "Need", "Description", "Justification", "Business need",
    )),
    Field("revoked_on", (
        "Tgl Dicabut", "Tanggal Dicabut", "Tgl Pencabutan", "Tanggal Pencabutan", "Dicabut",
        "Dicabut Tanggal", "Pencabutan", "Pencabutan Tanggal", "Tgl Nonaktif", "Tanggal Nonaktif",
        "Tgl Non Aktif", "Tgl Hapus", "Tgl Resign", "Revoked", "Revoked on", "Date revoked",
        "Revocation date", "Removed on", "Disabled on", "Date removed", "Deactivated on",
    )),
    Field("status", (
        "Status", "Status Akses", "Status Akun", "Status User", "Kondisi", "Aktif/Tidak", "Access status",
        "Account status", "State", "Status pengerjaan", "Work status",
    )),
    Field("number", (
        "No Permintaan", "Nomor Permintaan", "No Form", "No Formulir", "No Request", "No Tiket",
        "Nomor Tiket", "No Dokumen", "No Ref", "No Reg", "No Registrasi", "Ticket", "Ticket no",
        "Ticket number", "Request no", "Request number", "Reference", "Form no",
    )),
    Field("action", (
        "Jenis Permintaan", "Jenis Request", "Jenis Permohonan", "Jenis Pengajuan", "Tipe Permintaan",
        "Tindakan", "Jenis Tindakan", "Aksi", "Action", "Action type", "Request type", "Type of request",
        "Jenis Perubahan",
        "Baru/Perubahan/Pencabutan", "Change type", "Kategori Permintaan",
    )),
    # Told apart so that they are taken for nothing else, and never for an approval.
    Field(IGNORE, (
        "No", "No Urut", "Nomor", "#", "Number", "Disetujui oleh", "Disetujui", "Approved by", "Approver",
        "Approval", "Tgl Disetujui", "Tanggal Disetujui", "Approved on", "Approval date", "Keputusan",
        "Decision", "Persetujuan", "Atasan", "Kepala Divisi", "Tanda Tangan", "TTD", "Paraf", "Signature",
        "Diketahui oleh", "Diperiksa oleh", "Checked by", "No HP", "Telepon", "Ext", "Phone", "Lokasi",
        "Cabang", "Location", "Branch", "Hostname", "IP Address", "IP", "Dicabut oleh", "Revoked by",
        "Pencabutan Oleh",
    )),
    Field(SECRET, (
        "Password", "Kata Sandi", "Sandi", "Pass", "Passwd", "PWD", "PIN", "Password Awal",
        "Default Password", "Password Default", "Initial password", "Password Email",
    )),
)  # fmt: skip
NAMES = tuple(field.name for field in FIELDS)
#: Cells are read as days.
DAYS = ("start", "end", "requested_on", "done_on", "revoked_on")

#: Beside a first day these are the last day, and else the day on which the work was done.
FINISHED = ("Tgl Selesai", "Tanggal Selesai", "Selesai", "Finish", "Finish date")

#: Words that headings shorten or spell otherwise.
_SHORT = {
    "tanggal": "tgl", "tgl": "tgl", "tg": "tgl", "nomor": "no", "nmr": "no", "number": "no", "departement":
    "departemen", "sd": "s d", "nm": "nama", "kary": "karyawan", "peg": "pegawai", "applikasi": "aplikasi",
}  # fmt: skip


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """A heading as it is compared: "TANGGAL MULAI *" and "Tgl. Mulai" are the same."""
    return " ".join(_SHORT.get(word, word) for word in key(heading).split()) or heading.strip()


@lru_cache(maxsize=4096)
def field_named(heading: str) -> tuple[str, int]:
    """The field that a heading names, and how surely: 100 for its very words, less for a misspelling.

    ("", 0) where it names none. A heading of two languages ("Nama / Name") is that of either half.
    """
    known = _known()
    whole = heading_key(heading)
    if whole in known:
        return known[whole], 100
    halves = [heading_key(part) for part in _halves(heading)]
    said = {known[half] for half in halves if half in known}
    if len(said) == 1:
        return said.pop(), 95
    allowed = 0 if len(whole) < 5 else 1 if len(whole) < 9 else 2
    near = process.extractOne(whole, list(known), scorer=OSA.distance, score_cutoff=allowed)
    if allowed and near is not None:
        return known[near[0]], 90 - near[1]
    return "", 0


def _halves(heading: str) -> list[str]:
    text = heading
    for mark in ("\n", "(", ")", "[", "]", "|", " - "):
        text = text.replace(mark, "/")
    return [part for part in text.split("/") if part.strip()]


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {heading_key(heading): field.name for field in FIELDS for heading in field.headings}
