"""What stands beside BATAL: item numbers, a reason, or words that leave open what is meant. Knows no request.

Whoever writes "BATAL, nomor 2 saja" once lost all his items. So what follows the word is all read, and
whatever could mean a part of the request, or nothing of it, is never taken for a mere reason.
"""

import re
from dataclasses import dataclass

from pipeline.model import REQUEST_NUMBER

#: Said after the word or the numbers without changing what they mean.
PARTICLE = (
    r"(?:saja|aja|only|ya|yah|yaa|dong|pak|bu|bapak|ibu|kak|mas|mbak|please|pls|sir|madam|"
    r"terima kasih|makasih|trims|thanks|thank you|tks|thx)"
)
_NOUN = r"(?:(?:no(?:mor)?|nmr|items?|butir|baris|poin|point|numbers?|num)\b\s*[.:#]?\s*|#\s*)"
_NUMBER = r"\d{1,3}(?!\d|[/.:]\d|\w)"
_RANGE = r"(?:[-–—]|s/d|s\.d\.?|sd|sampai(?: dengan)?|hingga|to|through|until)"
_AND = r"(?:[,;&+]\s*(?:dan|and)?|dan|and|serta)"
_LIST = re.compile(
    rf"{_NOUN}?{_NUMBER}(?:[^\S\n]*(?:{_RANGE}|{_AND})[^\S\n]*{_NOUN}?{_NUMBER})*", re.IGNORECASE
)
_PART = re.compile(rf"(?P<no>\d+)|(?P<range>{_RANGE})", re.IGNORECASE)
_ALL = re.compile(
    r"(?:semua(?:nya)?|seluruh(?:nya)?|all|everything)(?!\w)"
    r"(?:\s+(?:of (?:it|them)|items?|permintaan|pengajuan|permohonan|requests?|akses|access|ini|nya|the|this)"
    r"(?!\w))*",
    re.IGNORECASE,
)
_PARTICLES = re.compile(rf"(?:[^\S\n]+{PARTICLE}(?!\w))*", re.IGNORECASE)
_THANKS_ALONE = re.compile(rf"(?:{PARTICLE}\W*)*", re.IGNORECASE)
_GAP = re.compile(r"[\s.!,;:()\[\]*_~…–—-]*")
_APART = re.compile(r"[\n.!,;:()…–—-]")
_BECAUSE = re.compile(
    r"(?:karena|karna|krn|dikarenakan|sebab|berhubung|lantaran|mengingat|akibat|because|since|as|due to)\b",
    re.IGNORECASE,
)
#: Only a part of it may be meant by what follows.
_LIMITS = re.compile(
    r"(?:yang|yg|untuk|utk|buat|hanya|cuma|kecuali|selain|only|for|except|jika|kalau|bila|if|unless)\b",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|pebruari|mar(?:et|ch)?|apr(?:il)?|mei|may|june?|juni|july?|"
    r"juli|agustus|agust|agu|agt|aug(?:ust)?|sep(?:t(?:ember)?)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|"
    r"nop(?:ember)?|des(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s*{_MONTH}\b\.?(?:\s+\d{{4}})?|"
    rf"\b{_MONTH}\s+\d{{1,2}}\b(?:,?\s*\d{{4}})?|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
)
_STARTS_WITH_DATE = re.compile(_DATE, re.IGNORECASE)
#: Figures that are no item's number: days, requests, telephones, a NIK or a year.
_OTHER_FIGURES = re.compile(
    rf"{REQUEST_NUMBER}|{_DATE}|(?:ext|ekst|telp?|hp|wa|phone|mobile)\b\W{{0,3}}\d[\d\s()+-]*|\d{{4,}}",
    re.IGNORECASE,
)
#: Words that would raise a doubt, in turns of phrase that raise none.
_PLAIN = re.compile(
    r"(?:mohon |minta )?maaf (?:atas |telah |sudah |bila |jika |kalau )?"
    r"(?:mengganggu|merepotkan|ketidaknyamanan\w*|sebelumnya|sebesar-besarnya|repot\w*)|"
    r"sorry for (?:the |any )?(?:inconvenience|trouble|bother)|yang bersangkutan|"
    r"\b(?:tidak|tak|gak|ga|nggak|belum|jangan|no longer|not)\s+(?:perlu |usah |akan |lagi |jadi |dulu |be )*"
    r"(?:di)?(?:lanjut(?:kan)?|teruskan|proses|kerjakan|setujui?|processed|continued|approved)\b|"
    r"\bnot (?:needed|required|necessary|joining|moving|coming)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:saja|aja|hanya|cuma|cukup|only|just|yang|yg|kecuali|selain|except|tapi|tetapi|tetap|namun|but|keep|"
    r"unless|jangan|jgn|bukan|not|don'?t|ralat|maksud\w*|mean|meant|salah (?:kirim|alamat|orang)|kirim salah|"
    r"abaikan|diabaikan|ignore|disregard|maaf|sorry|apolog\w+|eh|ups|oops|never ?mind|by mistake|"
    r"wrong (?:mail|email|e-mail|thread)|kalau|kalo|jika|bila|apabila|if|asal|asalkan|mungkin|maybe|perhaps|"
    r"sampai|hingga|until|till|masih|still|tunggu|wait|lanjut\w*|dilanjut\w*|terus\w*|diterus\w*|jalan|diproses|"
    r"silakan|silahkan|process|proceed|continue|setuju|disetujui|approved?|rapat|meeting|undangan|acara|"
    r"sebagian|separuh|setengah|sisanya|lainnya|beberapa|others?|rest|some|partly|partially|half|both|"
    r"(?:ke)?(?:dua|tiga|empat|lima|enam|tujuh)(?:nya)?|satu|pertama|one|two|three|four|five|first|second|"
    r"third|nomor|nmr|items?|butir|baris|poin)\b|\bno\.|#|"
    r"\b(?:tidak|tak|gak|ga|nggak|belum|don'?t)\W+(?:\w+\W+){0,2}(?:di|me[mn]?)?(?:batal|tarik|withdraw|cancel)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Beside:
    """What was read: `items` are the numbers, none for all; `unsure` where only a part of it may be meant."""

    items: tuple[int, ...] = ()
    reason: str = ""
    everything: bool = False
    unsure: bool = False


def read_beside(said: str, plainly: bool) -> Beside | None:
    """What the text behind the word means; None where it makes the whole a sentence about something else.

    `plainly`: the word stands in capitals, as a command."""
    rest, apart = _next(said, True)
    everything = _ALL.match(rest)
    if everything:
        rest, apart = _next(_without_particles(rest[everything.end() :]), False)
    listed = None if _STARTS_WITH_DATE.match(rest) else _LIST.match(rest)
    numbers: tuple[int, ...] | None = ()
    if listed:
        numbers = _expand(listed.group())
        rest, apart = _next(_without_particles(rest[listed.end() :]), False)
    known = bool(everything or listed or plainly)
    because = _BECAUSE.match(rest)
    limits = bool(_LIMITS.match(rest)) and not _PLAIN.match(rest)
    if rest and not (apart or because or known or limits):
        return None
    reason = (
        "" if _THANKS_ALONE.fullmatch(rest) else " ".join(rest[because.end() if because else 0 :].split())
    )
    bare = bool(reason) and (limits or not (apart or because))
    odd = numbers is None or (bool(everything) and bool(numbers))
    return Beside(numbers or (), reason, bool(everything), odd or bare or raises_doubt(reason))


def raises_doubt(reason: str) -> bool:
    """Could these words mean a part of the request, or that nothing is to be taken back?"""
    words = _PLAIN.sub(" ", _OTHER_FIGURES.sub(" ", reason))
    only_figures = bool(reason) and not re.search(r"[^\W\d_]{2,}", words) and bool(re.search(r"\d", reason))
    return bool(re.search(r"\d", words) or _DOUBT.search(words)) or only_figures


def _next(text: str, first: bool) -> tuple[str, bool]:
    """The text after spaces and punctuation, and whether these set it apart from what came before."""
    gap = _GAP.match(text)
    end = gap.end() if gap else 0
    return text[end:].rstrip(), bool(_APART.search(text[:end])) or (first and not text[end:])


def _without_particles(text: str) -> str:
    found = _PARTICLES.match(text)
    return text[found.end() :] if found else text


def _expand(listed: str) -> tuple[int, ...] | None:
    """The numbers of "1, 3-5"; None where a range runs backwards or goes on and on."""
    numbers: list[int] = []
    open_range = after_range = False
    for part in _PART.finditer(listed):
        if part["range"]:
            if after_range or not numbers:
                return None
            open_range = True
            continue
        no = int(part["no"])
        if open_range and no <= numbers[-1]:
            return None
        numbers += range(numbers[-1] + 1, no) if open_range else ()
        numbers.append(no)
        after_range, open_range = open_range, False
    return tuple(sorted(set(numbers)))
