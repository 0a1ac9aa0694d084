"""The reason of a refusal, in the writer's own words. Decides nothing."""

import re

from pipeline.approval.reply_acts import Act, Does
from pipeline.approval.reply_folding import Verdict
from pipeline.approval.reply_set_aside import is_slip
from pipeline.approval.words import Kind

_LONGEST = 1000
_LEADING = re.compile(
    r"^(?:[\s,.:;!?)\]}>=*_/|-]+|[–—→⇒…]+|(?:karena|karna|krn|krna|sebab|soalnya|mengingat|berhubung|lantaran|"
    r"because|since|due to|as|alasan(?:nya)?|reasons?|ket(?:erangan)?|ya|yaa|"
    r"(?:pak|bu|mas|mbak|kang|bang|nya|nggih|njih)(?=\s*[.,:;!-])|(?:mas|mbak|kang|bang)(?=\s+(?:pak|bu|mas|mbak)\b)|dulu|dong|deh|"
    r"saja|aja|dan|jadi|both|(?:ke)?(?:dua|tiga|empat|lima|enam|tujuh|delapan)(?:-\w+)?nya|"
    r"(?:this one|this request|this|it|ini|(?:permintaan|permohonan|pengajuan|akses)(?: ini| tersebut| tsb)?|"
    r"(?:semua|seluruh|all)(?: items?| akses| permintaan)?|semuanya|seluruhnya|everything|"
    r"saya|sy|gue|gw|gua|aku|kami|ye|yo)(?=\s*(?:[.,:;!-]|$)))"
    r"(?![\w'])[\s:,.-]*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,;:([{<=-]|\b(?:dan|sedangkan|sementara|tapi|tetapi|namun|and|but|while|for)(?=\W*$))+$",
    re.IGNORECASE,
)
#: What may stand between the verb and "karena" without telling anything.
_OBJECT = re.compile(
    r"^(?:\W*(?:permintaan|permohonan|pengajuan|akses|item|ini|tersebut|tsb|itu|di|atas|ya|pak|bu|"
    r"the|this|request|it)\b){1,6}\W+"
    r"(?=(?:karena|krn|karna|sebab|mengingat|berhubung|lantaran|soalnya|because|since|as|due)\b)",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"^\W*(?:(?:isi |tulis |your )?(?:alasan|reason)(?:nya)?(?: anda| here| di sini)?|xxx+)?\W*$",
    re.IGNORECASE,
)


#: Words that close a refusal and tell nothing: "Ditolak nya kang".
_FILLER = re.compile(
    r"^(?:\W*(?:mas|mbak|mba|kang|bang|pak|bu|bro|bos|kak|nya|ya|yaa?h|nggih|njih|itu|jangan|dulu|mawon|saja|aja|sih|"
    r"dong|deh|lah|euy|atuh|om|koh|cik|min|admin|tim|team|please|thanks|makasih|tolong|maaf|punten|sorry)\b)+\W*$",
    re.IGNORECASE,
)


def reason_of(text: str, acts: tuple[Act, ...], verdict: Verdict) -> str:
    """Why something was refused, as typed; "" where nothing was refused or no reason stands there."""
    refusing = [act for act in verdict.counted if act.does is Does.REFUSE or act.without]
    if not refusing:
        return ""
    found: dict[str, str] = {}
    whole = refusing[0].items is None and "approve" not in verdict.items.values()
    if whole:
        # All is refused at once: what it says of single items behind that belongs to the reason.
        refusing = [act for act in refusing if act.items is None]
        verdict = Verdict(
            verdict.items, verdict.why, tuple(act for act in verdict.counted if act.items is None)
        )
    for place, act in enumerate(refusing):
        if place + 1 < len(refusing) and _said_again(text, act, refusing[place + 1]):
            continue
        end = _reason_end(text, act, acts, verdict)
        piece = clean_reason(text[act.end : end]) and clean_reason(text[_reason_start(text, act) : end])
        if piece and piece not in found:
            found[piece] = ", ".join(map(str, sorted(act.items or act.without)))
    # "Mohon ajukan ulang dengan ttd": the longer one holds what the shorter one says.
    found = {
        piece: numbers
        for piece, numbers in found.items()
        if not any(other != piece and other.endswith(piece) for other in found)
    }
    head = _head(text, refusing[0], acts, verdict)
    if not found:
        return head
    if head and verdict.counted[0] is refusing[0]:
        first = next(iter(found))
        joined = f"{head} {first}"[:_LONGEST]
        found = {joined if piece == first else piece: numbers for piece, numbers in found.items()}
    if len(found) == 1:
        return next(iter(found))
    return "; ".join(f"{numbers}: {piece}" if numbers else piece for piece, numbers in found.items())[
        :_LONGEST
    ]


def _said_again(text: str, act: Act, other: Act) -> bool:
    """ "No, declined. Too broad": the same refusal twice; what is to be revised is a reason of its own."""
    between = text[act.end : other.clause.start]
    same = act.items is None and other.items is None and not other.clause.has(Kind.REVISE)
    return same and not re.search(r"\w", between)


def clean_reason(piece: str) -> str:
    """`piece` on one line, without "karena", "alasan:" and signs at its ends; "" for an unfilled place."""
    line = _OBJECT.sub("", " ".join(piece.split()))
    bracketed = (
        line.lstrip(" -:").startswith("(") and line.rstrip(" .").endswith(")") and line.count("(") == 1
    )
    line = line.strip(" -:.()") if bracketed else line
    line = _TRAILING.sub("", _LEADING.sub("", line))
    return (
        ""
        if _BLANK.match(line) or _FILLER.match(line) or not re.search(r"[^\W\d_]{2}", line)
        else line[:_LONGEST]
    )


def _reason_start(text: str, act: Act) -> int:
    """Behind the items; "reject 5: USB is banned" and "tolak 4 hak admin cukup di kepala" name their item
    with the first words of the reason."""
    last = next((word for word in act.clause.words if word.end == act.end), None)
    named = re.match(r"\d{1,3}\s*:", text[last.start : last.end]) if last else None
    if last and not named and _GOES_ON.match(text, act.end):
        named = _NUMBER_AND_NAME.match(text[last.start : last.end])
    return last.start + named.end() if last and named and act.does is Does.REFUSE else act.end


_NUMBER_AND_NAME = re.compile(
    r"\d{1,3}\s+(?!(?:dan|dn|and|serta|sama|sampai|to|yang|yg|untuk|utk|for)\b)(?=[^\W\d][^\d,()&/+]*$)"
)
_GOES_ON = re.compile(
    r"[^\S\n]+(?!(?:karena|karna|krn|krna|sebab|soalnya|mengingat|berhubung|lantaran|because|since|due|as|"
    r"ya|saja|aja|dulu|dong|deh|terima|makasih|trims|thanks?|tks|please|pls|pak|bu|mas|mbak|tolong|mohon)\b)"
    r"[^\W\d]"
)


def _reason_end(text: str, act: Act, acts: tuple[Act, ...], verdict: Verdict) -> int:
    """Where the reason behind `act` ends: at the next verdict on other items, or at the closing thanks."""
    behind = [other for other in acts if other.clause.start >= act.end]
    for other in behind:
        if other.does is Does.APPROVE and other.clause.kinds <= {Kind.WEAK, Kind.TITLE, Kind.SAFE}:
            # "Kecuali USB nggih, rawan virus": the "nggih" says nothing of other items.
            continue
        if other in verdict.counted and (other.does is Does.APPROVE or other.items is not None):
            return _before_list_number(text, other.clause.start)
    end = len(text)
    for other in reversed(behind):
        if other.does is not Does.NOTHING or other.clause.because or not other.clause.kinds <= _COURTESY:
            break
        end = other.clause.start
    return end


_COURTESY = frozenset({Kind.THANKS, Kind.GREETING, Kind.TITLE, Kind.SAFE, Kind.FIRST, Kind.WEAK, Kind.MARK})


def _before_list_number(text: str, place: int) -> int:
    match = re.search(r"(?:\n|^)[^\w\n]*$", text[:place])
    return match.start() if match else place


def _head(text: str, act: Act, acts: tuple[Act, ...], verdict: Verdict) -> str:
    """The reason in front of the verdict ("Kuota habis, jadi saya tolak")."""
    before = [
        other for other in acts if other.clause.end <= act.clause.start and other not in verdict.counted
    ]
    last = max((other.end for other in verdict.counted if other.clause.end <= act.clause.start), default=0)
    telling = [other for other in before if other.clause.start >= last and _tells(other)]
    if telling:
        return clean_reason(text[telling[0].clause.start : act.clause.start])
    words = act.clause.words
    strangers = [word for word in words if word.kind is Kind.UNKNOWN and word.end <= act.end]
    if len(strangers) >= 2 and not act.items:
        return clean_reason(text[words[0].start : act.end])
    return ""


def _tells(act: Act) -> bool:
    tells = act.does is Does.BLOCK or act.clause.because
    return tells and not act.clause.asked and not is_slip(act.clause)
