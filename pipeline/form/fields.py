"""The fields of the form and the words that name them: the one list that blank form and reader share."""

from dataclasses import dataclass
from typing import Literal

from pipeline.model import Action, Language, RequestType, Urgency

Part = Literal["request", "requester", "employees", "items", "signoff"]
Kind = Literal["text", "long", "date", "choice", "email", "number", "id"]

#: Stands in the hidden sheet, in the cell that the hidden name VERSION_NAME points to.
FORM_VERSION = "2"
VERSION_NAME = "AKSES_FORM_VERSION"
SHEET_NAME = "Form"
LISTS_NAME = "Lists"


@dataclass(frozen=True)
class Field:
    """One field of the form. `also` are other labels people write for it, in either language."""

    #: as in model.Form, model.Employee and model.AccessLine
    name: str
    part: Part
    label_id: str
    label_en: str
    kind: Kind
    required: bool
    also: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        return self.label_en if language == "en" else self.label_id


FIELDS: tuple[Field, ...] = (
    Field(
        "request_date", "request", "Tanggal Permintaan", "Request date", "date", True,
        ("Tanggal Pengajuan", "Tgl Permintaan", "Tgl Pengajuan", "Tanggal Permohonan", "Tgl Permohonan",
         "Tanggal Form", "Tanggal Diajukan", "Tanggal Request", "Tgl Request", "Tanggal Pengisian",
         "Tanggal Surat", "Tanggal Dibuat", "Tgl Dibuat",
         "Date of request", "Requested on", "Date requested", "Submission date",
         "Date submitted", "Application date", "Form date", "Tanggal Pembuatan", "Date of application",
         "Tanggal Formulir", "Hari/Tanggal", "Hari Tanggal"),
    ),
    Field(
        "request_type", "request", "Jenis Permintaan", "Request type", "choice", True,
        ("Tipe Permintaan", "Jenis Pengajuan", "Jenis Permohonan", "Tipe Pengajuan", "Tipe Permohonan",
         "Type of request", "Kind of request", "Macam Permintaan", "Jenis Request", "Tipe Request",
         "Kategori Permintaan", "Request category", "Jenis Akses Diminta", "Sifat Permintaan",
         "Permintaan untuk", "Jenis", "Tipe", "Type", "Access request type", "Jenis Permintaan Akses",
         "Type of access request", "Nature of request"),
    ),
    Field(
        "revises", "request", "No. Permintaan yang Direvisi", "Revises request no.", "text", False,
        ("Number of the request it revises", "Nomor Permintaan yang Direvisi", "Nomor Permintaan Lama",
         "Revisi dari", "Revisi atas", "Revision of", "Revises", "No Permintaan", "Nomor Permintaan",
         "Request number", "Request no", "No Request", "Nomor Request", "Merevisi Permintaan No",
         "Previous request number", "No Tiket", "Nomor Tiket", "Ticket number"),
    ),
    Field(
        "urgency", "request", "Urgensi", "Urgency", "choice", False,
        ("Tingkat Urgensi", "Level Urgensi", "Sifat Urgensi", "Urgensi Permintaan", "Urgency level",
         "Level of urgency", "Degree of urgency", "Prioritas", "Priority", "Tingkat Prioritas",
         "Skala Prioritas", "Level Prioritas", "Prioritas Permintaan", "Priority level", "Request priority",
         "Tingkat Kepentingan", "Sifat", "Sifat Surat", "Urgent Ya Tidak", "Urgent Yes No",
         "Mendesak Ya Tidak", "Apakah mendesak", "Apakah urgent", "Is it urgent", "Is this urgent"),
    ),
    Field(
        "requester_name", "requester", "Nama Pemohon", "Requester's name", "text", True,
        ("Nama Lengkap Pemohon", "Your name", "Pemohon", "Requester name", "Requestor name", "Requester",
         "Requestor",
         "Requested by", "Diajukan oleh", "Nama Pengaju", "Nama yang Mengajukan", "Name of requester",
         "Name of requestor", "Nama Manager", "Nama Manajer", "Nama User", "Nama Penanggung Jawab",
         "Manager / Penanggung Jawab", "Nama Manager / PIC", "Applicant", "Applicant name",
         "Nama Peminta", "Dimohon oleh", "Pengaju", "Nama PIC", "Penanggung Jawab Departemen",
         "Name of applicant", "Requester full name", "Nama Atasan", "Yang Mengajukan", "Dibuat oleh",
         "Nama Requester", "Nama Pemohon / Manager", "Yang Bertanda Tangan"),
    ),
    Field(
        "requester_position", "requester", "Jabatan", "Position", "text", True,
        ("Jab", "Jabatan Pemohon", "Posisi Pemohon", "Requester position", "Requester's position",
         "Position of requester", "Requester title", "Requester's title", "Requestor position",
         "Jabatan Manager", "Jabatan User", "Jabatan Pengaju", "Requester job title",
         "Requester's job title", "Title of requester"),
    ),
    Field(
        "requester_email", "requester", "Email", "Email", "email", True,
        ("Email Pemohon", "Alamat Email Pemohon", "Requester email", "Requester's email",
         "Requestor email", "Surel Pemohon", "Requester e-mail address", "Email of requester",
         "Email Manager", "Email User", "Email Pengaju", "Requester email address"),
    ),
    Field(
        "requester_department", "requester", "Departemen", "Department", "text", True,
        ("Departemen Pemohon", "Department Pemohon", "Requester department", "Requester's department",
         "Dept", "Dept.", "Bagian", "Unit Kerja", "Departement", "Departmen", "Unit", "Departemen / Bagian",
         "Department / Section", "Requestor department", "Nama Departemen", "Dept / Bagian", "Seksi",
         "Dept Pemohon", "Bagian / Departemen", "Department name", "Unit / Departemen", "Fungsi"),
    ),
    Field(
        "requester_division", "requester", "Divisi", "Division", "text", False,
        ("Divisi Pemohon", "Requester division", "Requester's division", "Direktorat", "Directorate",
         "Nama Divisi", "Business unit"),
    ),
    Field(
        "name", "employees", "Nama Karyawan", "Employee name", "text", True,
        ("Nama", "Name", "Nama Lengkap", "Nama Kary", "Nama Peg", "Full name", "Nama Pegawai", "Nama Staff",
        "Nama Staf",
         "Nama Lengkap Karyawan", "Karyawan", "Employee", "Name of employee", "Nama Pengguna",
         "User name", "Nama User", "Staff name", "Nama Personel", "Who needs access", "Nama Pengguna Akses",
         "Employee full name", "Pegawai",
         "Nama Penerima Akses", "Nama Pekerja", "Nama Calon Pengguna", "Employee's name", "Pengguna"),
    ),
    Field(
        "employee_id", "employees", "NIK", "Employee number", "id", True,
        ("No Karyawan", "No Kary", "No Peg", "Nomor Induk Karyawan", "Nomor Induk", "No Induk", "NIP",
        "ID Karyawan",
         "Employee ID", "Emp code", "Employee code", "Kode Karyawan",
         "Kode Pegawai", "Employee no", "Emp ID", "Emp No", "Staff ID", "NIK Karyawan", "No. NIK",
         "Nomor Karyawan", "ID", "ID Pegawai", "Nomor Pegawai", "No Pegawai", "Badge", "Badge no",
         "Staff no", "Staff number", "No Induk Karyawan", "Nomor NIK", "N.I.K.", "N I K", "Payroll no",
         "Personnel no", "Personnel number", "NIK / Employee ID", "Employee id no", "NRP", "NPK", "No ID",
         "ID No"),
    ),
    Field(
        "position", "employees", "Jabatan", "Position", "text", True,
        ("Jab", "Posisi", "Jabatan Karyawan", "Job title", "Title", "Employee position", "Posisi Jabatan",
         "Job position", "Jabatan Pegawai", "Role", "Jabatan / Posisi", "Designation", "Job",
         "Employee's position", "Posisi / Jabatan"),
    ),
    Field(
        "email", "employees", "Email", "Email", "email", False,
        ("E-mail", "Email ID", "Alamat Email", "Email Karyawan", "Email address", "Surel", "Alamat Surel",
         "Employee email", "Alamat e-mail", "Email kantor", "Office email", "Mail", "Email perusahaan",
         "Employee's email", "Email Pegawai", "E-mail address", "Corporate email", "Work email"),
    ),
    Field(
        "employee_no", "items", "No. Karyawan", "Employee no.", "number", False,
        ("Untuk Karyawan No", "Karyawan No", "No. Urut Karyawan", "For employee no", "Employee row",
         "Karyawan ke", "Untuk No", "Untuk Karyawan", "For employee", "Employee number (blank: all)"),
    ),
    Field(
        "system", "items", "Sistem", "System", "choice", True,
        ("Nama Sistem", "Nama Sistem Informasi", "Which system", "System name", "Aplikasi", "Application",
         "Nama Aplikasi", "Application name",
         "Sistem / Aplikasi", "System / Application", "Sistem yang Diminta", "Akses Sistem", "Layanan",
         "Nama Akses", "Jenis Akses", "Akses", "Access", "Platform", "Sistem Informasi", "Software",
         "Akses yang Diminta", "Requested system", "System requested", "Systems", "Access to", "Akses ke",
         "Nama Platform", "Supporting tools", "Supporting tool", "Tools", "Tool", "Program", "Service",
         "Information system", "Akses Sistem / Aplikasi", "Sistem yang Dimohon", "Sistem yang Dibutuhkan",
         "Systems requested", "Requested access", "Requested systems", "Modul", "Module", "Type of access",
         "Access requested", "Nama Sistem / Aplikasi", "Application / System", "Aplikasi / Sistem",
         "Sistem diminta", "Sistem Informasi (supporting tools)", "Nama Layanan", "Access type"),
    ),
    Field(
        "access_level", "items", "Level Akses", "Access level", "text", True,
        ("Level", "What level", "Jenis Hak Akses", "Hak Akses", "Tingkat Akses", "Role", "Access role",
         "Access level / role", "Peran",
         "Level / Role", "Level Akses / Role", "Otorisasi", "Otoritas", "Authorization", "Permission",
         "Permissions",
         "Access right", "Access rights", "Level Hak Akses", "Tingkatan Akses", "Role Akses",
         "Level Otorisasi", "Privilege", "Level Pengguna", "User level", "User role", "Lingkup Akses",
         "Level / Hak Akses", "Kewenangan", "Wewenang", "Access scope", "Akses Level", "Tipe Akses",
         "Hak / Level Akses"),
    ),
    Field(
        "action", "items", "Tindakan", "Action", "choice", False,
        ("Aksi", "Jenis Tindakan", "Action requested", "Perlakuan", "Requested action", "Permintaan"),
    ),
    Field(
        "start_date", "items", "Tanggal Mulai", "Start date", "date", True,
        ("Mulai", "Tgl Mulai", "Mulai Akses", "Start Akses", "Akses Mulai", "Tanggal Aktif",
         "Tgl Aktif", "Aktif Mulai", "From when",
         "Start", "Dari", "Dari Tanggal", "Mulai Berlaku", "Berlaku Mulai",
         "Berlaku Dari", "Tanggal Mulai Akses", "From", "Valid from", "Effective from", "Mulai Tanggal",
         "Tanggal Awal", "Awal", "Start of access", "From date", "Date from", "Terhitung Mulai", "TMT",
         "Tanggal Mulai Berlaku", "Mulai Tgl", "Tgl Mulai Akses", "Starting date", "Begin date",
         "Effective date", "Berlaku Sejak", "Access start date", "Access from", "Sejak", "Start on",
         "Tanggal Berlaku", "Periode Mulai", "Tgl Awal", "Periode", "Masa Berlaku", "Jangka Waktu",
         "Periode Akses", "Validity", "Validity period", "Access period", "Period", "Masa Berlaku Akses"),
    ),
    Field(
        "end_date", "items", "Tanggal Berakhir", "End date", "date", False,
        ("Berakhir", "Selesai", "Tanggal Selesai", "Tgl Berakhir", "Tgl Selesai", "Akhir Akses", "End Akses",
         "Until when",
         "Selesai Akses", "Akses Berakhir", "Akses Sampai", "Tanggal Nonaktif",
         "Tgl Nonaktif", "Aktif Sampai", "End", "Sampai",
         "Sampai Tanggal", "Sampai Dengan", "S/d", "s.d.", "Berlaku s/d", "Tgl s/d", "Tanggal s/d",
         "Mulai s/d", "Berlaku Sampai", "Berlaku Hingga", "To", "Until",
         "Valid until", "Valid to", "Expiry date", "Tanggal Akhir", "Akhir", "Hingga", "End of access",
         "To date", "Date to", "Expires", "Expired date", "Tanggal Berakhir Akses", "Berakhir Tanggal",
         "Tgl Akhir", "Expiration date", "Expiry", "Tanggal Kedaluwarsa", "Ending date", "Finish date",
         "Access end date", "Access until", "Tanggal Berakhirnya", "Periode Berakhir", "End on",
         "Periode Selesai", "Tgl Berakhir Akses", "Hingga Tanggal"),
    ),
    Field(
        "justification", "items", "Keterangan Kebutuhan", "Short description of the need", "long", True,
        ("Uraian Kebutuhan", "Deskripsi Kebutuhan", "Deskripsi Singkat Kebutuhan", "Keterangan",
         "Ket", "Ket Kebutuhan",
         "Justification", "Alasan", "Alasan Kebutuhan", "Alasan Permintaan", "Keperluan", "Kebutuhan",
         "Tujuan", "Tujuan Penggunaan", "Purpose", "Reason", "Need", "Description", "Deskripsi", "Remarks",
         "Uraian", "Uraian Singkat", "Business need", "Business justification", "Justifikasi",
         "Description of need", "Description of the need", "Deskripsi Singkat", "Reason for access",
         "Keterangan / Kebutuhan", "Alasan / Keperluan", "Uraian Singkat Kebutuhan", "Short description",
         "Deskripsi Keperluan", "Kegunaan", "Peruntukan", "Latar Belakang", "Latar Belakang Permintaan",
         "Why", "Purpose of access",
         "Alasan Pengajuan", "Reason for request", "Keterangan Keperluan", "Untuk Keperluan", "Notes",
         "Penjelasan Kebutuhan", "Penjelasan", "Need description", "Business reason", "Purpose / Need"),
    ),
    Field(
        "division_head_name", "signoff", "Nama Kepala Divisi", "Division head's name", "text", True,
        ("Kepala Divisi", "Division head name", "Division head", "Head of division", "Nama Kadiv", "Kadiv",
         "Nama Ka. Divisi", "Ka. Divisi", "Ka Div", "Nama Penyetuju", "Approver name", "Approved by",
         "Disetujui oleh", "Name of division head", "Head of division name", "Nama Pejabat Penyetuju",
         "Kepala Divisi yang Berwenang", "Nama Kepala Divisi yang Berwenang", "Menyetujui", "Mengetahui",
         "Disetujui", "Mengetahui / Menyetujui", "Kepala Divisi terkait", "Division manager",
         "Name of the division head", "Authorised by", "Authorized by", "Diketahui oleh",
         "Nama Approver", "Pejabat yang Menyetujui", "Disetujui oleh Kepala Divisi",
         "Approved by division head",
         "Nama Kepala Divisi / Direktorat"),
    ),
    Field(
        "signed_on", "signoff", "Tanggal Tanda Tangan", "Date of signature", "date", False,
        ("Tgl Tanda Tangan", "Tanggal TTD", "Tgl TTD", "Signature date", "Signed on", "Date signed",
         "Tanggal Persetujuan", "Approval date", "Tgl Persetujuan", "Sign-off date", "Date of sign-off",
         "Tanggal Disetujui", "Date of approval", "Tanggal Pengesahan", "Tgl Pengesahan",
         "Date approved", "Tanggal Ditandatangani"),
    ),
    Field(
        "signature", "signoff", "Tanda Tangan Kepala Divisi", "Division head's signature", "text", True,
        ("Tanda Tangan", "Tandatangan", "Tandatangan Kepala Divisi", "TTD", "TTD Kepala Divisi", "Signature",
         "Sign",
         "Division head signature", "Signature of division head", "Tanda Tangan Kadiv", "TTD Kadiv",
         "Paraf Kepala Divisi", "Sign-off", "Signed", "Tanda Tangan Penyetuju", "Approver signature",
         "Tanda Tangan Persetujuan", "Tanda Tangan Ka. Divisi", "Signed by", "Ditandatangani oleh",
         "Signed by division head", "Head of division signature", "Tanda Tangan & Nama Jelas",
         "Signature of the division head", "Tanda Tangan dan Tanggal", "Signature and date", "Paraf",
         "Tanda Tangan / Tanggal", "Signature / Date", "T. Tangan Kepala Divisi",
         "Tanda Tangan Kepala Divisi dan Tanggal", "Approval signature"),
    ),
)  # fmt: skip

#: What the form offers for the request's type and a row's action, by language.
TYPES: dict[RequestType, dict[Language, str]] = {
    "new": {"id": "Akses Baru", "en": "New access"},
    "change": {"id": "Perubahan Akses", "en": "Change of access"},
    "revoke": {"id": "Pencabutan Akses", "en": "Revocation of access"},
}
ACTIONS: dict[Action, dict[Language, str]] = {
    "grant": {"id": "Pemberian", "en": "Grant"},
    "change": {"id": "Perubahan", "en": "Change"},
    "revoke": {"id": "Pencabutan", "en": "Revoke"},
}

#: What the form offers for its urgency; blank is normal.
URGENCIES: dict[Urgency, dict[Language, str]] = {
    "normal": {"id": "Biasa", "en": "Normal"},
    "urgent": {"id": "Mendesak", "en": "Urgent"},
    "emergency": {"id": "Darurat", "en": "Emergency"},
}
#: What the form offers for the system of a row that takes everything away.
EVERYTHING: dict[Language, str] = {"id": "Semua akses", "en": "All access"}


def field_named(name: str, part: Part | None = None) -> Field:
    """The field of that name; `part` where a name stands in two parts. KeyError when there is none."""
    for field in FIELDS:
        if field.name == name and part in (None, field.part):
            return field
    raise KeyError(name)
