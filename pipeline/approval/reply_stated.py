"""The reason an answer states behind "alasan:" or "reason:", told apart from what it limits. Decides nothing.

"TOLAK 2 alasan: cukup akses baca" limits nothing: its words say why 2 is refused. The reason of an
approval is left out only where one was asked for ("SETUJU, alasan: hanya selama tutup buku"); elsewhere
it may be a limit.
"""

import re

_HEAD = re.compile(r"\b(?:alasan(?:nya)?|reasons?)[^\S\n]*[:=][^\S\n]*", re.IGNORECASE)
_REFUSES = (
    r"(?:di)?tolak|menolak|reject(?:ed)?|declined?|(?:tidak|tdk|not) (?:di)?(?:setuju|setujui|approved?)"
)
_VERDICT = re.compile(
    rf"\b(?:(?P<no>{_REFUSES})|(?:di)?setuju\w*|menyetujui|approved?|acc|oke?|boleh|izinkan|diizinkan)\b",
    re.IGNORECASE,
)
#: Where the reason of a refusal ends: its line, its sentence, the next verdict, other items.
_END = re.compile(
    r"[.\n;]|\b(?:(?:di)?setuju\w*|menyetujui|approved?|acc|(?:di)?tolak|reject(?:ed)?|semua\w*|sisanya|lainnya|"
    r"yang lain|all|both|rest|others?|ralat|koreksi|tapi|but|(?:nomor |no\.? |item )?\d{1,3}(?=[\s:,.)]))\b",
    re.IGNORECASE,
)
_ALL_REFUSED = re.compile(r"[.\n;]|\b(?:ralat|koreksi|correction|tolak|reject)\b", re.IGNORECASE)
#: What takes an approval back or doubts it is no reason of it.
_DOUBTS = re.compile(
    r"\b(?:tolak|ditolak|reject\w*|tunggu|tahan|tunda|dulu|belum|jangan|batal\w*|kecuali|tapi|tetapi|asal\w*|kalau|"
    r"jika|if|unless|but|except|wait|hold|not|don't|tidak setuju|ralat|cabut|cek|check|tanya|besok|"
    r"nanti|later)\b|\?",
    re.IGNORECASE,
)


def without_stated_reasons(text: str, asked: bool) -> str:
    """`text` with blanks in the place of stated reasons, no place moved. `asked`: of approvals too."""
    found = text
    for head in _HEAD.finditer(text):
        before = list(_VERDICT.finditer(text, 0, head.start()))
        if not before or text[before[-1].end() : head.start()].count("\n") > 1:
            continue
        if before[-1]["no"]:
            named = re.search(r"\d", text[before[-1].end() : head.start()])
            some = bool(named) or any(not verdict["no"] for verdict in before)
            end = (_END if some else _ALL_REFUSED).search(text, head.end())
            found = _blank(found, head.start(), end.start() if end else len(text))
        elif asked and not _DOUBTS.search(text, head.end()) and not any(b["no"] for b in before):
            line = re.compile(r"\n|$").search(text, head.end())
            found = _blank(found, head.start(), line.start() if line else len(text))
    return found


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
