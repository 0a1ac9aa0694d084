"""Which lines of a mail its writer wrote and which were quoted or forwarded. Knows no verdicts."""

import functools
import re
from collections import Counter
from dataclasses import dataclass

#: Verbs of the line above a quote ("On ... X wrote:"), in the languages whose clients have been met.
_WROTE = (
    r"(?:wrote|writes|menulis|menuliskan|tulis|berkata|schrieb|schreef|a écrit|écrit|escribió|escreveu|ha scritto|"
    r"scrisse|skrev|kirjoitti|napisał\(?a?\)?|написал\(?а?\)?|写道|寫道|님이 작성|のメール)"
)
_ATTRIBUTIONS = (
    re.compile(
        rf"^\W{{0,4}}(?:on|pada|op|am|le|el|il|em|den|di|at)\b(?=.*(?:\d|@)).{{4,280}}\b{_WROTE}\s*:?\s*$",
        re.I,
    ),
    re.compile(rf"^.{{0,160}}<[^<>]*@[^<>]*>.{{0,80}}\b{_WROTE}\b.{{0,60}}:?\s*$", re.I),
    re.compile(
        rf"^\W{{0,3}}(?=\S)[^.!?]{{2,90}}\b{_WROTE}(?:\s+(?:on|pada|at|tanggal)\b.{{4,60}})?\s*:\s*$", re.I
    ),
    # Gmail before 2015, and Mutt in Indonesian offices: "2026-11-25 8:47 GMT+07:00 Portal <it@...>:"
    re.compile(r"^\W{0,3}\d{4}-\d\d-\d\d\b.{0,120}<[^<>]*@[^<>]*>\s*:\s*$"),
    re.compile(r"^\W{0,3}.{0,90}<[^<>]*@[^<>]*>\s*\[\d{4}-\d\d-\d\d[^\]]*\]\s*:\s*$"),
    # Notes: "Portal Akses IT ---25/11/2026 08.47.00---Permintaan akses"
    re.compile(r"^.{2,120}-{3,}\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.{0,40}-{3}"),
    # Any language: a year, a time of day, an address, and a colon behind them ("вт, 24 нояб. 2026 г. в 10:12, Portal <it@...>:").
    re.compile(
        r"^(?=.*(?:19|20)\d\d)(?=.*\d{1,2}[:.]\d{2})[^!?]{0,200}<[^<>@\s]{1,64}@[^<>\s]{1,190}>[^.!?<>]{0,30}:\s*$"
    ),
    # Tutanota: "24 Nov 2026, 10:12 by it@...:"
    re.compile(
        r"^\W{0,3}(?:\d{1,2}|[A-Z][a-z]{2})[. ][^@<>!?]{6,40}\d{1,2}[:.]\d{2}\W{1,3}(?:by|oleh|von|door|par|da)\s+"
        r"[^@\s]{1,64}@[\w.-]{1,190}:\s*$"
    ),
    re.compile(r"^\W{0,3}(?:quoting|mengutip|zitat von)\b.{3,160}:\s*$", re.I),
)
_OPENS = re.compile(r"^\W{0,4}(?:on|pada|op|am|le|el|il|em|den|di|at|\d{4}-\d\d-\d\d)\b", re.I)
_FORWARD_WORDS = (
    r"forwarded message|forwarded by|begin forwarded|pesan terusan|pesan (?:yang )?diteruskan|awal pesan|mulai pesan|diteruskan oleh|"
    r"mail diteruskan|email (?:yang )?diteruskan|doorgestuurd|weitergeleitete|message transféré|mensaje reenviado|fwd message"
)
_ORIGINAL_WORDS = (
    r"original message|original appointment|original mail|original e-?mail|pesan asli|pesan asal|pesan sebelumnya|pesan semula|"
    r"surat asli|email asli|e-?mail sebelumnya|previous message|reply message|reply separator|balasan untuk|"
    r"oorspronkelijk bericht|ursprüngliche nachricht|message d'origine|mensaje original|mensagem original|原始邮件|邮件原件|原始郵件|元のメッセージ"
)
_SEPARATOR = re.compile(rf"^\W*(?:{_ORIGINAL_WORDS}|{_FORWARD_WORDS})\b.{{0,100}}$", re.I)
#: QQ Mail and Foxmail: "------------------ Original ------------------".
_RULED_WORD = re.compile(r"^\s*-{4,}\s*(?:original|asli|semula)\s*-{4,}\s*$", re.I)
#: GroupWise, whose quoted text has no mark of its own: ">>> Portal <it@...> 11/24/2026 10:12 AM >>>".
_ANGLED = re.compile(r"^\s{0,3}>>>\s+\S.{0,200}\d.{0,60}\s>>>\s*$")
#: "PAI> text", the way of The Bat! and of supercite: the initials of the one quoted in front of each line.
_INITIALS = re.compile(r"^\s{0,3}(?P<who>[^\W\d_]{1,10})>(?=[>\s]|$)")
_RULED = re.compile(r"^\s*[-_=*~—–]{2,}|[-_=*~—–]{2,}\s*$|:\s*$")
_FORWARD = re.compile(rf"(?:{_FORWARD_WORDS})", re.I)
_RULER = re.compile(r"^\s*[-_=*~—–]{5,}\s*$")
#: The labels of a quoted header, by what they name. "Untuk" and "Hal" count only among others.
_LABELS = {
    "from": r"from|dari|von|van|de|pengirim|sender|发件人|寄件者|差出人|보낸 사람",
    "sent": r"sent|dikirim|terkirim|date|tanggal|tgl|gesendet|verzonden|enviado|envoyé|datum|dikirim pada|waktu|sent on|hari/tanggal|发送时间|日期|寄件日期|送信日時|日時|보낸 날짜|날짜",
    "to": r"to|kepada|ke|untuk|an|aan|para|à|penerima|reply-to|balas ke|收件人|收件者|宛先|받는 사람",
    "subject": r"subject|subjek|perihal|hal|judul|betreff|onderwerp|asunto|objet|topik|主题|主旨|件名|제목",
    "cc": r"cc|bcc|tembusan|cc\s*\(tembusan\)|salinan|importance|prioritas|lampiran|attachments?",
}
_LABEL = {
    name: re.compile(rf"^[\s*_|]*(?:{words})[\s*_]*:[\s*_]*(?P<value>.*)$", re.I)
    for name, words in _LABELS.items()
}
#: eM Client writes its header without colons, always below a separator.
_BARE_LABEL = {
    name: re.compile(rf"^\s*(?:{words})\s+(?P<value>\S.*)$", re.I) for name, words in _LABELS.items()
}
#: A chat pasted into a mail: "[25/11 08.47] Pak Budi: ...", "25/11/26 08.47 - Pak Budi: ..."
_CHAT = re.compile(
    r"^\W{0,3}\[?\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?,?\s+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s*[AaPp][Mm])?\]?\s*[-–]?\s*[^:\n]{2,50}:"
)


@dataclass(frozen=True)
class Block:
    """Lines in a row that are all quoted or all new."""

    quoted: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A mail's lines in order, and what was found in its quoted part."""

    blocks: tuple[Block, ...]
    #: somebody's message was forwarded or a chat pasted in
    forwarded: bool
    #: the From values of the quoted headers and attributions, outermost first
    senders: tuple[str, ...]


def lay_out(lines: list[str]) -> Layout:
    """Split `lines` into new and quoted blocks."""
    return _laid_out(tuple(lines))


# Rules and desks ask seven times about the one mail in hand; its text, its page, each cut in two ways.
@functools.lru_cache(maxsize=4)
def _laid_out(given: tuple[str, ...]) -> Layout:
    lines = _plain_marks(list(given))
    quoted = [bool(re.match(r"^\s{0,3}>", line)) and not _ANGLED.match(line) for line in lines]
    forwarded = False
    place = 0
    while place < len(lines):
        if quoted[place]:
            place += 1
            continue
        end = _head_of_quote(lines, place)
        if not end:
            if _CHAT.match(lines[place]):
                quoted[place] = forwarded = True
            place += 1
            continue
        forwarded = forwarded or any(
            _FORWARD.search(line) for line in lines[place:end] if _SEPARATOR.match(line)
        )
        below = next((n for n in range(end, len(lines)) if lines[n].strip()), len(lines))
        stop = end if below < len(lines) and quoted[below] else len(lines)
        quoted[place:stop] = [True] * (stop - place)
        _take_rulers(lines, quoted, place)
        place = stop
    return Layout(_blocks(lines, quoted), forwarded, _senders(lines, quoted))


def _plain_marks(lines: list[str]) -> list[str]:
    """`lines` with ">" in place of the initials some programs put in front of each quoted line.

    Only below a line that says who wrote, and only where three lines have the same: "VPN> tolak" is an answer.
    """
    marked = [match["who"] for line in lines if (match := _INITIALS.match(line))]
    who, times = Counter(marked).most_common(1)[0] if marked else ("", 0)
    if times < 3:
        return lines
    first = next(
        n for n, line in enumerate(lines) if (match := _INITIALS.match(line)) and match["who"] == who
    )
    if not any(_attribution_end(lines, place) for place in range(max(0, first - 4), first)):
        return lines
    return [
        _INITIALS.sub(">", line) if (match := _INITIALS.match(line)) and match["who"] == who else line
        for line in lines
    ]


def _head_of_quote(lines: list[str], place: int) -> int:
    """The line after a separator, quoted header or attribution that starts at `place`; 0 when none does."""
    line = lines[place].strip()
    if not line:
        return 0
    if _RULED_WORD.match(line) or _ANGLED.match(line):
        return _header_end(lines, place + 1, bare=True) or place + 1
    if _SEPARATOR.match(line) and (_RULED.search(line) or _next_is_header(lines, place + 1)):
        return _header_end(lines, place + 1, bare=True) or place + 1
    return _attribution_end(lines, place) or _header_end(lines, place, bare=False)


def _attribution_end(lines: list[str], place: int) -> int:
    """Where an attribution that starts at `place` ends, wrapped over at most three lines; 0: none."""
    for more in (1, 2, 3):
        pieces = [piece.strip() for piece in lines[place : place + more]]
        if not all(pieces) or len(pieces) < more:
            return 0
        if more > 1 and any(_OPENS.match(piece) for piece in pieces[1:]):
            # The attribution starts further down; what stands here was typed.
            return 0
        joined = " ".join(pieces)
        if len(joined) <= 400 and any(pattern.match(joined) for pattern in _ATTRIBUTIONS):
            return place + more if more == 1 or _OPENS.match(pieces[0]) or "<" in pieces[0] else 0
    return 0


def _next_is_header(lines: list[str], place: int) -> bool:
    return bool(_header_end(lines, place, bare=True))


def _header_end(lines: list[str], place: int, bare: bool) -> int:
    """Where a quoted header that starts at `place` (blank lines before it allowed when `bare`) ends; 0: none."""
    labels = _LABEL | {f"{name} ": pattern for name, pattern in _BARE_LABEL.items()} if bare else _LABEL
    found: set[str] = set()
    end = 0
    first = place
    while bare and first < len(lines) and not lines[first].strip():
        first += 1
    for number in range(first, min(first + 10, len(lines))):
        line = lines[number].lstrip("> ")
        name = next((name.strip() for name, pattern in labels.items() if pattern.match(line)), "")
        if name:
            found.add(name)
            end = number + 1
        elif number == first or (not line.strip() and number > end):
            break
    enough = len(found) >= 3 or ("from" in found and len(found) >= 2)
    return end if enough else 0


def _take_rulers(lines: list[str], quoted: list[bool], place: int) -> None:
    """A ruler directly above a quote belongs to it."""
    above = place - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    if above >= 0 and _RULER.match(lines[above]):
        quoted[above:place] = [True] * (place - above)


def _blocks(lines: list[str], quoted: list[bool]) -> tuple[Block, ...]:
    """Runs of equal lines; a blank line between two quoted lines is quoted."""
    blocks: list[Block] = []
    run: list[str] = []
    kind = False
    for number, line in enumerate(lines):
        is_quoted = quoted[number] if line.strip() or quoted[number] else kind
        if is_quoted != kind and run:
            blocks.append(Block(kind, tuple(run)))
            run = []
        kind = is_quoted
        run.append(line)
    if run:
        blocks.append(Block(kind, tuple(run)))
    return tuple(blocks)


def _senders(lines: list[str], quoted: list[bool]) -> tuple[str, ...]:
    found: list[str] = []
    for number, line in enumerate(lines):
        if not quoted[number]:
            continue
        plain = line.lstrip("> ").strip()
        match = _LABEL["from"].match(plain)
        if match and match.group("value").strip():
            found.append(match.group("value").strip())
        elif plain and any(p.match(plain) for p in _ATTRIBUTIONS):
            found.append(plain)
        elif number + 1 < len(lines) and quoted[number + 1] and plain:
            joined = f"{plain} {lines[number + 1].lstrip('> ').strip()}"
            if len(joined) <= 400 and any(pattern.match(joined) for pattern in _ATTRIBUTIONS):
                found.append(joined)
    return tuple(found)
