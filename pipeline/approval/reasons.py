"""Does an approval that must have a reason give one? Decides nothing else. Pure."""

import re
from collections.abc import Iterable

from pipeline.approval.routes import steps_asked
from pipeline.model import Asked, CaseItem

#: Words that approve, greet or count, and tell no reason.
_EMPTY = frozenset((
    "setuju", "disetujui", "menyetujui", "saya", "approve", "approved", "acc", "oke", "okay", "silakan",
    "diproses", "lanjut", "lanjutkan", "semua", "semuanya", "untuk", "nomor", "item", "dan", "pak", "bapak",
    "ibu", "mas", "mbak", "terima", "kasih", "makasih", "thanks", "thank", "you", "the", "all", "items",
    "yth", "dear", "salam", "regards", "best", "hormat", "kami", "mohon", "tolong", "please", "alasan",
    "reason", "karena", "because", "pengecualian", "exception", "permintaan", "request", "ini", "this",
    "dengan", "hal", "tim", "team", "bisa", "dapat", "sudah", "agreed", "agree", "yes",
))  # fmt: skip
_ENOUGH = 2
_LONGEST = 1000
_BECAUSE = re.compile(
    r"\b(?:karena|karna|krn|sebab|soalnya|mengingat|alasan(?:nya)?|because|since|reason|due to)\b[\s:,-]*",
    re.IGNORECASE,
)


def needs_reason(asked: Asked, items: Iterable[CaseItem]) -> bool:
    """Does this question ask about one of the items for a step that wants a reason with an approval?"""
    return any(
        step.reason and step.name in steps_asked(asked, item.item.no) for item in items for step in item.route
    )


def gives_reason(text: str) -> bool:
    """Does the newly written text say more than that it approves?"""
    named = _BECAUSE.search(text)
    if named and len(re.findall(r"[^\W\d_]{3,}", text[named.end() :])) >= _ENOUGH:
        return True
    words = set(re.findall(r"[^\W\d_]{3,}", text.casefold()))
    return len(words - _EMPTY) >= _ENOUGH


def grounds_of(text: str) -> str:
    """The reason of an approval, in the writer's words on one line: behind "karena" or "alasan:", else all
    that was typed."""
    named = _BECAUSE.search(text)
    behind = " ".join(text[named.end() :].split()) if named else ""
    return (behind or " ".join(text.split())).strip(" .:-")[:_LONGEST]


_COURTESY = frozenset((
    "terima", "kasih", "terimakasih", "makasih", "trims", "thanks", "thank", "you", "thx", "tks",
    "noted", "ok", "oke", "okay", "siap", "baik", "sip", "mantap", "pak", "bu", "bapak", "ibu", "mas",
    "mbak", "tim", "team", "ya", "yes", "sama", "well", "received", "diterima", "banyak", "very",
    "much", "kembali", "atas", "konfirmasinya", "informasinya", "infonya", "confirmation",
))  # fmt: skip


def is_courtesy(text: str) -> bool:
    """Does the newly written text say nothing, or nothing but thanks?"""
    return set(re.findall(r"[^\W\d_]+", text.casefold())) <= _COURTESY


_YES = re.compile(r"\b(?:(?:di)?setuju\w*|menyetujui|approved?|acc|agreed?)\b", re.IGNORECASE)
_TROUBLED = re.compile(
    r"\b(?:tidak|tdk|tak|bukan|jangan|jgn|belum|blm|stop|batal\w*|(?:di)?tolak\w*|menolak|salah|keliru|tunggu|tahan|"
    r"kalau|jika|asal\w*|kecuali|tapi|tetapi|not|never|don'?t|didn'?t|cancel\w*|reject\w*|wrong|mistake|wait|hold|"
    r"unless|but|if)\b|\?",
    re.IGNORECASE,
)


def says_yes_again(text: str) -> bool:
    """Does it approve once more, in whatever words, and hold no word of doubt?"""
    return bool(_YES.search(text)) and not _TROUBLED.search(text)
