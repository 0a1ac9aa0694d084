"""Does a person speak in these words, though they sound like an automatic answer? Judges words alone."""

import re

#: A verdict as an approver says it, in both languages and in short.
_VERDICT = (
    r"(?:(?:di|me(?:nye)?)?setuju(?:i)?|(?:di|me)?tolak|menolak|acc|accept|approve[ds]?|reject(?:ed)?|declined?|denied|"
    r"deny)"
)
#: What may stand in front of it in the same clause: "semua saya", "untuk nomor 3", "tidak", "ini".
_BEFORE = (
    r"(?:(?:saya|sy|aku|kami|i|we|it'?s|ini|yang ini|itu|semua(?:nya)?|all|yes|ya|ok|oke|baik|maaf|sorry|tidak|tdk|"
    r"belum|blm|not|tetap|sudah|sdh|telah|pokoknya|intinya|untuk|utk|no(?:mor)?\.?|item|butir|permintaan(?:nya)?|"
    r"request|singkat|saja|aja|dengan|hereby|am|is|are|have|has|been|pak|bu|mas|mbak|\d{1,3})\W+){0,6}"
)
_CLAUSE = re.compile(
    r"[.!?;,:\n]+|\s[–—-]+\s|\b(?:dan|tapi|tetapi|namun|jadi|karena|but|and|so|however|because)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(rf"\W*{_BEFORE}{_VERDICT}\b", re.IGNORECASE)
#: Such a clause tells what will be, what somebody else does, or what became of a mail: it is no verdict.
_NOT_NOW = re.compile(
    r"\b(?:akan|nanti|setelah|sekembali\w*|kembali|when|after|once|until|upon|will|shall|next|by|oleh|hubungi|contact|"
    r"requests? (?:are|is)|handled|pesan|mail|e-?mail|message|recipient|penerima|alamat|address|delivery|policy|"
    r"processing|undangan|invitation|urgent|mendesak|otomatis|automatic\w*)\b",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"\W*(?:(?:mohon|tolong|harap|minta|please|pls|pak|bu|maaf)\W+)*"
    r"(?:(?:di)?batal(?:kan)?|pembatalan|withdraw\w*|cancel(?:led|ed)?|status|deput[iy]|pengganti)\b",
    re.IGNORECASE,
)
#: Words between two people, and what one does with a request before one decides it.
_PERSONAL = re.compile(
    r"\?|\b(?:ya|yaa|pak|bu|mas|mbak|kak|bro|gan|dong|kok|sih)\s*(?=[.,!\n]|$)|"
    r"\b(?:putuskan|diputuskan|memutuskan|saya (?:cek|periksa|lihat|pelajari|baca|tinjau|pikir\w*|tunggu|jawab)|singkat saja|"
    r"(?:nanti|besok) (?:pagi|siang|sore|malam|saya)|sebentar|tolong tunggu|mohon tunggu|let me|i'?ll (?:check|look|decide|"
    r"review|see|think)|i will (?:check|look|decide|review|see|think))\b|"
    r"\b(?:dikirim|sent) (?:dari|from) (?:my |)(?:iphone|ipad|android|samsung|hp|ponsel|phone|mobile)",
    re.IGNORECASE,
)


def gives_verdict(text: str) -> bool:
    """Does a clause of `text` approve or refuse here and now? "Yang saya setuju akan saya balas" does not."""
    return any(_SAYS.match(clause) and not _NOT_NOW.search(clause) for clause in _CLAUSE.split(text))


def opens_with_verdict(text: str) -> bool:
    """Is a verdict the first thing said?"""
    first = next((clause for clause in _CLAUSE.split(text) if clause.strip()), "")
    polite = re.compile(r"\W*(?:ya|oke?|baik|maaf|mohon maaf|halo|hi|hai|dear|selamat \w+)\W*", re.IGNORECASE)
    if polite.fullmatch(first):
        rest = text.lstrip()[len(first) :]
        first = next((clause for clause in _CLAUSE.split(rest) if clause.strip()), "")
    return bool(_SAYS.match(first)) and not _NOT_NOW.search(first)


def gives_command(text: str) -> bool:
    """Does `text` begin with BATAL, STATUS, DEPUTI or the like?"""
    return bool(_COMMAND.match(text))


def is_personal(text: str) -> bool:
    """Is there a verdict, a command, a question, or a word of one person to another in `text`?"""
    return gives_verdict(text) or gives_command(text) or bool(_PERSONAL.search(text))
