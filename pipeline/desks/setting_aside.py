"""Quarantine: a mail that nothing may be done with is kept whole, and IT is told why and what to do."""

from pipeline.desks.alarming import count_bad_code
from pipeline.model import Language, Mail, Sender
from pipeline.turn import Outcome, Turn

#: Every reason there is: (Indonesian, English). The words end with what to do next.
REASONS: dict[str, tuple[str, str]] = {
    "stranger": (
        "Formulir dari alamat yang tidak ada di directory.xlsx. Pengirim tidak dijawab. Bila ia berhak, "
        "tambahkan ke direktori lalu minta formulir dikirim ulang.",
        "A form from an address that isn't in directory.xlsx. The sender got no answer. If entitled, add "
        "them to the directory and ask for the form again.",
    ),
    "sender-not-proven": (
        "Tidak terbukti bahwa email ini sungguh dari alamat pengirimnya (DMARC, atau bukti lain yang "
        "dipakai perusahaan). Hubungi orangnya lewat jalur lain sebelum mempercayainya.",
        "It is not proven that this mail is really from its sender (by DMARC, or by another proof the "
        "company uses). Ask the person by another way before you believe it.",
    ),
    "from-defect": (
        "Baris From tidak menyebut tepat satu alamat yang jelas; ini cara umum memalsukan pengirim. Anggap "
        "sebagai upaya pemalsuan sampai terbukti sebaliknya.",
        "The From line does not name exactly one clear address, a common way to forge a sender. Treat it as "
        "an attempt until shown otherwise.",
    ),
    "not-the-requester": (
        "BATAL atau STATUS dari orang yang tidak terkait dengan permintaan itu. Tidak ada yang berubah dan "
        "pengirim tidak dijawab.",
        "BATAL or STATUS from somebody who has nothing to do with that request. Nothing was changed and the "
        "sender got no answer.",
    ),
    "old-mail": (
        "Email ini dari pemberi persetujuan, tetapi tidak ditujukan kepada portal atau ditulis sebelum kami "
        "bertanya; kodenya hanya ada pada kepala email. Mungkin email lama yang dikirim ulang oleh orang "
        "lain. "
        "Tidak ada yang diputuskan. Tanyakan kepada pengirimnya lewat jalur lain.",
        "This mail is from the approver, but not addressed to the portal or written before we asked; its "
        "code stands only in the mail's headers. It may be an old mail that somebody else has sent again. "
        "Nothing was decided. Ask its sender by another way.",
    ),
    "no-token": (
        "Jawaban persetujuan tanpa kode. Tidak ada yang diputuskan. Minta pemberi persetujuan membalas email "
        "persetujuan yang asli.",
        "An approval answer without its code. Nothing was decided. Ask the approver to reply to the "
        "original approval mail.",
    ),
    "token-unknown": (
        "Kode persetujuan di email ini tidak pernah kami terbitkan atau tidak cocok. Tidak ada yang "
        "diputuskan.",
        "The approval code in this mail was never issued by us or does not fit. Nothing was decided.",
    ),
    "token-conflict": (
        "Email ini membawa kode dari beberapa permintaan, sehingga tidak jelas mana yang dijawab. Minta "
        "jawaban terpisah untuk tiap permintaan.",
        "This mail carries the codes of several requests, so nobody can say which it answers. Ask for one "
        "answer per request.",
    ),
    "not-the-approver": (
        "Jawaban datang dari orang lain, bukan dari pemberi persetujuan yang ditanya. Tidak ada yang "
        "diputuskan. Mungkin email persetujuan diteruskan.",
        "The answer came from somebody other than the approver who was asked. Nothing was decided. The "
        "approval mail may have been forwarded.",
    ),
    "self-approval": (
        "Pemberi persetujuan adalah pemohon sendiri atau penerima akses. Tidak ada yang diputuskan.",
        "The approver is the requester or would gain the access. Nothing was decided.",
    ),
    "same-id-other-content": (
        "Message-ID email ini sama dengan email lain yang isinya berbeda. Bandingkan keduanya.",
        "This mail has the Message-ID of another mail whose content differs. Compare the two.",
    ),
    "too-large": (
        "Email ini lebih besar dari batas dan tidak dibaca. Minta pengirim mengirim formulirnya saja.",
        "This mail is larger than the limit and was not read. Ask the sender for the form alone.",
    ),
    "unreadable": (
        "Email ini berulang kali gagal dibaca, sehingga disisihkan agar email lain tetap jalan. Simpan email "
        "aslinya dan laporkan.",
        "Reading this mail failed repeatedly, so it was set aside to let the others pass. Keep the original "
        "and report it.",
    ),
    "too-many-answers": (
        "Alamat ini sudah terlalu sering dijawab otomatis dalam 24 jam; mungkin ada dua robot yang saling "
        "membalas. Periksa kotak suratnya.",
        "This address has been answered automatically too often in 24 hours; two robots may be answering "
        "each other. Look into that mailbox.",
    ),
    "too-many-returned": (
        "Dalam 24 jam terakhir terlalu banyak formulir dikembalikan kepada semua pengirim; mungkin ada kotak "
        "surat yang diambil alih. Bila formulir ini wajar, mohon jawab pengirimnya secara pribadi.",
        "Too many forms were sent back to all senders together in the last 24 hours; mailboxes may have been "
        "taken over. If this form is a genuine one, please answer its sender in person.",
    ),
    "too-many-files": (
        "Email ini membawa lebih banyak buku kerja daripada yang wajar dan tidak dibaca. Minta pengirim "
        "mengirim satu formulir per email.",
        "This mail brings more workbooks than is reasonable and was not read. Ask for one form a mail.",
    ),
    "late-refusal": (
        "Pemberi persetujuan menolak atau meragukan keputusan yang sudah tercatat. Keputusan tidak berubah, "
        "tetapi mohon "
        "jangan kerjakan dulu aksesnya: hubungi beliau segera.",
        "The approver refuses or doubts what was recorded. The decision stands, but please don't do "
        "the work yet: ask the approver at once.",
    ),
    "no-form": (
        "Email ini tampak seperti permintaan akses tetapi tidak membawa formulir. Jawablah secara pribadi.",
        "This mail looks like an access request but brings no form. Please answer it in person.",
    ),
    "for-a-person": (
        "Email ini bukan formulir, bukan jawaban persetujuan, dan bukan email otomatis. Silakan dibaca dan "
        "dijawab sendiri.",
        "This mail is no form, no approval answer and no automatic mail. Please read and answer it yourself.",
    ),
}  # fmt: skip

#: Told one by one, whatever else comes in: somebody may have to stop, or to be stopped.
_URGENT = frozenset({"late-refusal", "old-mail", "not-the-approver", "self-approval"})


def set_aside(turn: Turn, mail: Mail, sender: Sender, reason: str) -> Outcome:
    """Quarantine `mail`, and in the same transaction the notice to IT (threats I8)."""
    language = turn.office.config.company.language
    key, many = _key(turn, mail, sender, reason)
    turn.tell_it(key, "quarantine", {
        "reason": reason, "words": _words(reason, language, many), "from_text": ", ".join(mail.from_)[:300],
        "subject": mail.subject, "received_at": turn.now, "sha256": mail.sha256, "proof": sender.detail,
    })  # fmt: skip
    count_bad_code(turn, mail, reason)
    return Outcome("quarantined", reason)


def _key(turn: Turn, mail: Mail, sender: Sender, reason: str) -> tuple[str, bool]:
    """The notice's key, and whether it stands for many mails.

    A flood makes one more notice an hour, not one a mail: the outbox knows a letter by its key. Strangers
    cannot use up the notices about people we know, and what may have to stop IT's work is never combined."""
    if reason in _URGENT:
        return f"quarantine/{mail.sha256[:32]}", False
    known = sender.proven and turn.directory.person(sender.address) is not None
    begin = f"quarantine/{'known' if known else 'strange'}/"
    hour = turn.now.replace(minute=0, second=0, microsecond=0)
    if turn.entry.outbox.queued_like(begin, hour) < turn.office.config.limits.notices_per_hour:
        return begin + mail.sha256[:32], False
    return f"{begin}hour/{hour:%Y-%m-%dT%H}", True


def _words(reason: str, language: Language, many: bool) -> str:
    words = REASONS[reason][1 if language == "en" else 0]
    if not many:
        return words
    flood = (
        "Banyak email disisihkan pada jam ini; pemberitahuan berikutnya digabung. Lihat `run.py status`. ",
        "Many mails were set aside this hour; further notices are combined. See `run.py status`. ",
    )
    return flood[1 if language == "en" else 0] + words
