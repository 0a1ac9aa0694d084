"""What Akses says about a form, in Indonesian and English: what is wrong, how to mend it. Judges nothing."""

from collections.abc import Mapping

from pipeline.form.fields import field_named
from pipeline.model import Language, Problem, ProblemKind, Severity

_EMPLOYEE = frozenset({"name", "employee_id", "position", "email"})

#: message -> (Indonesian, English). {label} is the field's label with its row.
_MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("{label} belum diisi. Mohon diisi.", "{label} is missing. Please fill it in."),
    "missing_type": (
        "{label} belum dipilih. Mohon pilih satu: Akses Baru, Perubahan atau Pencabutan.",
        "{label} is not chosen. Please choose one: new access, change or revocation.",
    ),
    "missing_employees": (
        "Belum ada karyawan yang diisi. Mohon isi paling sedikit satu baris: nama, NIK dan jabatan.",
        "No employee is filled in. Please fill in at least one row: name, employee number and position.",
    ),
    "missing_items": (
        "Belum ada akses yang diminta. Mohon isi paling sedikit satu baris: sistem, level, tanggal mulai dan "
        "keterangan kebutuhan.",
        "No access is asked for. Please fill in at least one row: system, level, start date and the need.",
    ),
    "missing_signature": (
        "Tanda tangan kepala divisi belum ada. Mohon minta kepala divisi menandatangani formulir: "
        "tempelkan gambar "
        "tanda tangan atau ketik namanya di kotak tanda tangan.",
        "The division head's signature is missing. Please have the form signed: place a picture of the "
        "signature "
        "in the box or type the name there.",
    ),
    "signature_later": (
        "Tanda tangan kepala divisi belum ada. Karena darurat, permintaan tetap kami teruskan; kepala divisi "
        "kami minta mengesahkannya kemudian. Tanpa itu aksesnya dicabut.",
        "The division head's signature is missing. As this is an emergency, we pass the request on all the "
        "same, and ask the division head to sign for it afterwards. Without that, access is taken away.",
    ),
    "signature_refused": (
        "Kotak tanda tangan berisi \"{text}\": yang ditolak kepala divisi tidak bisa menjadi darurat.",
        "The signature box says \"{text}\": what the division head refused can't be an emergency.",
    ),
    "unknown_urgency": (
        "Urgensi \"{text}\" tidak kami pahami dan kami anggap biasa. Pilihannya: Mendesak atau Darurat.",
        "We do not understand urgency \"{text}\" and take it as normal. The choices: Urgent or Emergency.",
    ),
    "everything": (
        "{label}: \"Semua akses\" hanya untuk pencabutan. Mohon sebutkan sistemnya satu per satu.",
        "{label}: \"All access\" is for revoking only. Please name each system.",
    ),
    "nothing_held": (
        "{label}: di register tidak ada akses atas nama {names}. Mohon periksa NIK-nya, atau sebutkan "
        "sistemnya satu per satu.",
        "{label}: nothing is known in the register for {names}. Please check the employee number, or name "
        "each system.",
    ),
    "same_level": (
        "{label}: {names} sudah mempunyai level {level} pada {text}. Mohon periksa level yang baru; abaikan "
        "bila yang berubah hanya masa berlakunya.",
        "{label}: {names} has level {level} of {text} already. Please check the new level; ignore this if "
        "only the dates change.",
    ),
    "unknown_system": (
        "Sistem \"{text}\" tidak ada di daftar.{nearest} Mohon pilih dari daftar sistem.",
        "System \"{text}\" is not in the list.{nearest} Please choose from the list of systems.",
    ),
    "guessed_system": (
        "Sistem \"{text}\" kami baca sebagai {system}. Bila bukan itu, mohon pilih dari daftar sistem.",
        "We take system \"{text}\" for {system}. If that is wrong, please choose from the list of systems.",
    ),
    "nearest": (" Mungkin maksudnya: {names}.", " Perhaps you mean: {names}."),
    "unknown_type": (
        "Jenis permintaan \"{text}\" tidak dikenal. Mohon pilih satu: Akses Baru, Perubahan atau Pencabutan.",
        "Request type \"{text}\" is not known. Please choose one: new access, change or revocation.",
    ),
    "unknown_action": (
        "{label}: \"{text}\" tidak dikenal. Mohon pilih Pemberian, Perubahan atau Pencabutan.",
        "{label}: \"{text}\" is not known. Please choose Grant, Change or Revoke.",
    ),
    "unknown_employee_no": (
        "{label}: tidak ada karyawan \"{text}\" pada formulir ini. Mohon isi nomor urut karyawan pada tabel "
        "karyawan, atau kosongkan bila untuk semua.",
        "{label}: there is no employee \"{text}\" in this form. Please give the employee's row number, or "
        "leave "
        "it blank for all.",
    ),
    "invalid_date": (
        "{label}: \"{text}\" bukan tanggal yang dapat kami baca. Mohon tulis hari/bulan/tahun, misalnya "
        "24/11/2026.",
        "{label}: \"{text}\" is not a date that we can read. Please write day/month/year, for example "
        "24/11/2026.",
    ),
    "far_date": (
        "{label}: tahun pada \"{text}\" tampaknya keliru. Mohon periksa kembali tahunnya.",
        "{label}: the year in \"{text}\" seems to be wrong. Please check it.",
    ),
    "two_dates": (
        "{label}: \"{text}\" berisi lebih dari satu tanggal. Mohon tulis satu tanggal saja.",
        "{label}: \"{text}\" holds more than one date. Please write one date only.",
    ),
    "invalid_email": (
        "{label}: \"{text}\" bukan alamat email yang lengkap. Mohon perbaiki, "
        "misalnya nama@perusahaan.co.id.",
        "{label}: \"{text}\" is not a complete email address. Please correct it, for example "
        "name@company.com.",
    ),
    "two_emails": (
        "{label}: \"{text}\" berisi lebih dari satu alamat. Mohon tulis satu alamat saja.",
        "{label}: \"{text}\" holds more than one address. Please write one address only.",
    ),
    "two_ids": (
        "{label}: \"{text}\" berisi lebih dari satu NIK. Mohon tulis satu karyawan per baris.",
        "{label}: \"{text}\" holds more than one employee number. Please write one employee a row.",
    ),
    "invalid_id": (
        "{label}: \"{text}\" bukan NIK. Mohon isi NIK lengkap termasuk angka nol di depan, sebagai teks.",
        "{label}: \"{text}\" is not an employee number. Please give it in full with leading zeros, as text.",
    ),
    "invalid_text": (
        "{label}: \"{text}\" tampaknya bukan isian yang dimaksud. Mohon periksa kembali.",
        "{label}: \"{text}\" does not seem to be what was meant. Please check it.",
    ),
    "many_types": (
        "Lebih dari satu jenis permintaan dipilih. Mohon pilih satu saja.",
        "More than one request type is chosen. Please choose only one.",
    ),
    "no_formula_value": (
        "{label} berisi rumus tanpa hasil. Mohon ketik isinya langsung, bukan sebagai rumus.",
        "{label} holds a formula without a result. Please type the value itself, not a formula.",
    ),
    "error_value": (
        "{label} berisi kesalahan rumus ({text}). Mohon ketik isinya langsung.",
        "{label} holds a formula error ({text}). Please type the value itself.",
    ),
    "dangerous_formula": (
        "{label} berisi rumus yang memanggil program lain. Mohon hapus rumus itu dan ketik isinya langsung.",
        "{label} holds a formula that calls another program. Please remove it and type the value itself.",
    ),
    "order": (
        "{label}: tanggal berakhir ({end}) lebih awal daripada tanggal mulai ({start}). Mohon perbaiki "
        "salah satunya.",
        "{label}: the end date ({end}) is before the start date ({start}). Please correct one of them.",
    ),
    "duplicate_id": (
        "{label}: NIK {text} sudah tertulis pada karyawan baris ke-{other}. Mohon hapus baris ganda atau "
        "perbaiki NIK.",
        "{label}: employee number {text} already stands in employee row {other}. Please remove the double "
        "row or "
        "correct the number.",
    ),
    "duplicate_item": (
        "{label}: permintaan {text} yang sama sudah tertulis pada baris ke-{other}. Mohon hapus salah "
        "satunya.",
        "{label}: the same request for {text} already stands in row {other}. Please remove one of them.",
    ),
    "old_version": (
        "Formulir ini bukan versi yang berlaku ({text}). Mohon gunakan versi {current} untuk permintaan "
        "berikutnya.",
        "This is not the current version of the form ({text}). Please use version {current} next time.",
    ),
    "old_version_refused": (
        "Formulir ini bukan versi yang berlaku ({text}), sehingga tidak dapat kami terima. Mohon gunakan "
        "versi {current} yang kami lampirkan.",
        "This is not the current version of the form ({text}), so we can't accept it. Please use version "
        "{current}, which is attached.",
    ),
    "end_required": (
        "{label}: akses {text} harus mempunyai tanggal berakhir. Mohon diisi.",
        "{label}: access to {text} must have an end date. Please fill it in.",
    ),
    "too_long": (
        "{label}: akses {text} paling lama {days} hari. Mohon majukan tanggal berakhir.",
        "{label}: access to {text} lasts {days} days at most. Please choose an earlier end date.",
    ),
    "unknown_department": (
        "Departemen \"{text}\" tidak ada di daftar. Mohon pilih salah satu: {names}.",
        "Department \"{text}\" is not in the directory. Please choose one of: {names}.",
    ),
    "not_entitled": (
        "Permintaan untuk departemen {text} hanya dapat diajukan oleh manager atau penanggung jawabnya: "
        "{names}. "
        "Mohon minta yang bersangkutan mengirim formulir ini.",
        "Only the manager or person in charge may ask for department {text}: {names}. Please have one of "
        "them "
        "send this form.",
    ),
    "other_sender": (
        "Email pemohon pada formulir ({text}) berbeda dari alamat pengirim ({sender}). Mohon samakan, atau "
        "kirim "
        "dari alamat pemohon.",
        "The requester's email in the form ({text}) is not the sender's ({sender}). Please make them "
        "agree, or "
        "send the form from the requester's address.",
    ),
    "other_head": (
        "Kepala divisi pada formulir ({text}) berbeda dari yang tercatat ({head}). Mohon dipastikan.",
        "The division head in the form ({text}) is not the one on record ({head}). Please make sure.",
    ),
    "signed_by_requester": (
        "Kotak tanda tangan kepala divisi berisi nama pemohon sendiri ({text}). Mohon minta kepala divisi "
        "yang menandatangani.",
        "The division head's signature box holds the requester's own name ({text}). Please have the division "
        "head sign.",
    ),
    "other_signer": (
        "Di kotak tanda tangan tertulis {text}, bukan nama kepala divisi ({head}). Mohon dipastikan.",
        "The signature box says {text}, which is not the division head's name ({head}). Please make sure.",
    ),
    "too_much_text": (
        "{label} terlalu panjang ({count} huruf). Mohon ringkas menjadi paling banyak {most} huruf.",
        "{label} is too long ({count} characters). Please shorten it to {most} characters at most.",
    ),
    "unknown_level": (
        "{label}: {text} bukan level untuk {system}. Mohon pilih salah satu: {names}.",
        "{label}: {text} is no level of {system}. Please choose one of: {names}.",
    ),
    "not_held": (
        "{label}: {names} tidak tercatat mempunyai akses {text}. Mohon pastikan bahwa ini benar.",
        "{label}: {names} has no access to {text} on record. Please make sure that this is right.",
    ),
    "conflict": (
        "{label}: {text} tidak boleh dimiliki bersama {with_} oleh satu orang (pemisahan tugas). Mohon "
        "hapus salah "
        "satunya.",
        "{label}: one person must not have {text} together with {with_} (separation of duties). Please "
        "remove one.",
    ),
    "held_already": (
        "{label}: akses {text} sudah dimiliki oleh {names}. Mohon hapus baris ini, atau pilih Perubahan.",
        "{label}: {names} already has access to {text}. Please remove this row, or choose Change.",
    ),
    "blank_form": (
        "Formulir ini masih kosong. Mohon isi formulir lalu kirim kembali.",
        "This form is still blank. Please fill it in and send it again.",
    ),
    "other_form": (
        "Berkas ini bukan formulir permintaan akses. Mohon gunakan formulir terlampir dan isi di sana.",
        "This file is not the access request form. Please fill in the attached form instead.",
    ),
    "two_forms": (
        "Berkas ini berisi lebih dari satu formulir yang terisi ({text}). Mohon kirim satu formulir per "
        "berkas.",
        "This file holds more than one filled form ({text}). Please send one form per file.",
    ),
    "no_cells": (
        "Berkas ini tidak berisi isian yang dapat dibaca (kosong, atau hanya gambar). Mohon isi formulir "
        "sebagai teks.",
        "This file holds nothing that can be read (empty, or only a picture). Please fill in the form as "
        "text.",
    ),
}  # fmt: skip


def words(message: str, language: Language, facts: Mapping[str, object]) -> str:
    """One of the messages with its facts put in; what comes from the form is cut to a readable length."""
    short = {name: _short(str(fact)) for name, fact in facts.items()}
    return _MESSAGES[message][language == "en"].format(**short)


def problem(
    message: str, field: str, kind: ProblemKind, cell: str, language: Language,
    facts: Mapping[str, object] | None = None, severity: Severity = "error",
) -> Problem:  # fmt: skip
    """A Problem in words; {label} is made from the field's path."""
    said = words(message, language, {"label": label_of(field, language), **(facts or {})})
    return Problem(field, kind, cell, severity, said)


def label_of(path: str, language: Language) -> str:
    """ "items[1].start_date" -> "Akses baris ke-2, Tanggal Mulai"."""
    table, _, rest = path.partition("[")
    if not rest:
        return field_named(path).label(language) if _is_field(path) else path
    number, _, name = rest.partition("]")
    part = _PARTS[table][language == "en"].format(int(number) + 1)
    name = name.lstrip(".")
    if not name:
        return part
    field = field_named(name, "employees" if table == "employees" else "items")
    return f"{part}, {field.label(language)}"


_PARTS: Mapping[str, tuple[str, str]] = {
    "employees": ("Karyawan baris ke-{}", "Employee row {}"),
    "items": ("Akses baris ke-{}", "Access row {}"),
}


def _is_field(name: str) -> bool:
    try:
        field_named(name)
    except KeyError:
        return False
    return True


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
