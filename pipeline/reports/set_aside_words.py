"""Why mails were set aside, as the monthly summary says it."""

#: Reasons for setting a mail aside: Indonesian, English, and whether it looks like a forgery.
QUARANTINE: dict[str, tuple[str, str, bool]] = {
    "stranger": (
        "Formulir dari alamat yang tidak ada di direktori",
        "Form from an address not in the directory",
        False,
    ),
    "sender-not-proven": (
        "Pengirim tidak terbukti (DMARC atau bukti lain)",
        "Sender not proven (by DMARC or in another way)",
        True,
    ),
    "from-defect": (
        "Baris From tidak menyebut tepat satu alamat",
        "From line does not name exactly one address",
        True,
    ),
    "no-token": ("Jawaban persetujuan tanpa kode", "Approval answer without its code", False),
    "token-unknown": ("Kode persetujuan palsu atau tidak dikenal", "Approval code forged or unknown", True),
    "token-conflict": ("Kode dari beberapa permintaan sekaligus", "Codes of several requests at once", False),
    "not-the-approver": (
        "Jawaban dari orang yang tidak ditanya",
        "Answer from somebody who was not asked",
        True,
    ),
    "self-approval": (
        "Persetujuan oleh pemohon atau penerima akses",
        "Approval by requester or beneficiary",
        True,
    ),
    "same-id-other-content": ("Message-ID sama, isi berbeda", "Same Message-ID, other content", True),
    "too-large": ("Email terlalu besar", "Mail too large", False),
    "unreadable": ("Email tidak dapat dibaca", "Mail that cannot be read", False),
    "too-many-answers": (
        "Alamat yang terlalu sering dijawab otomatis",
        "Address answered automatically too often",
        False,
    ),
    "too-many-returned": (
        "Terlalu banyak formulir dikembalikan dalam sehari",
        "Too many forms sent back in a day",
        False,
    ),
    "too-many-files": (
        "Terlalu banyak buku kerja dalam satu email",
        "Too many workbooks in one mail",
        False,
    ),
    "not-the-requester": (
        "BATAL atau STATUS dari orang yang tidak terkait",
        "BATAL or STATUS from somebody not concerned",
        False,
    ),
    "late-refusal": (
        "Penolakan setelah keputusan tercatat", "Refusal after the decision was recorded", False,
    ),
    "old-mail": (
        "Kemungkinan email lama yang dikirim ulang",
        "Perhaps an old mail, sent again",
        True,
    ),
    "no-form": ("Permintaan tanpa formulir", "Request without a form", False),
    "for-a-person": ("Email yang harus dibaca orang", "Mail for a person to read", False),
}  # fmt: skip
