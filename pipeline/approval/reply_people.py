"""Names of people in an answer: those greeted or thanked, and those said to have decided. Knows no items."""

from dataclasses import replace

from pipeline.approval.reply_beside_sets import DANGEROUS, SORRY, TITLES
from pipeline.approval.reply_sets import word_set
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import Kind

_VERBS = frozenset({Kind.YES, Kind.NO, Kind.REVISE, Kind.NEG, Kind.YET, Kind.NOOBJ, Kind.SOFT, Kind.WEAK})
#: May stand between a name and the verb it is the subject of.
_BETWEEN = frozenset({Kind.PAST, Kind.CAN, Kind.LATER, Kind.SAFE, Kind.ALL})
_CALLS = word_set("pak bang mas mbak kak gan bro bos om cak kang")
_ATTRIBUTES = word_set(
    """
    dari kata menurut sama dengan dgn oleh by from with per sesuai arahan perintah instruksi info
    minta ask tanya tunggu hubungi wakil atasnama
    """
)
#: A name directly behind one of these may be the one who did it.
_BY_OTHERS = word_set(
    "disetujui disetuju acc diacc di-acc approve approved diapprove accepted ditolak rejected"
)


def settle_people(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` with names of people made harmless, or AGENT where somebody else decides."""
    found = list(words)
    _settle_owners(found)
    for place, word in enumerate(words):
        if word.kind is Kind.TITLE:
            _settle_title(found, place)
        elif word.kind is Kind.GREETING:
            _settle_greeting(found, place)
        elif word.kind is Kind.THANKS:
            _settle_signed(found, place)
            for at in range(place + 1, min(place + 3, len(found))):
                person = found[at].kind is Kind.TARGET and not found[at].system
                if (
                    person
                    or found[at].kind is Kind.ALL
                    or (found[at].kind is Kind.UNKNOWN and found[at].capital)
                ):
                    found[at] = found[at].as_kind(Kind.SAFE)
                elif found[at].kind is not Kind.TITLE:
                    break
    _settle_submitted(found)
    return tuple(found)


_SUBMITTED = word_set(
    "submitted made raised filed requested sent diajukan dikirim dibuat diminta dimohonkan disampaikan"
)


_REQUESTS = word_set(
    """
    request requests access form permintaan permintaannya permohonan pengajuan formulir akses yang yg that
    was were
    """
)


def _settle_submitted(found: list[Word]) -> None:
    """ "The request submitted by Mr. Lim", "diajukan oleh Pak Slamet": whose request it is."""
    for place in range(1, len(found) - 1):
        if found[place].text not in {"by", "oleh"} or found[place - 1].text not in _SUBMITTED:
            continue
        if place < 2 or found[place - 2].text.split()[-1] not in _REQUESTS:
            continue
        end = place + 1
        while end < len(found) and end - place <= 4 and _is_submitter(found[end]):
            end += 1
        if end > place + 1:
            for at in range(place - 1, end):
                found[at] = found[at].as_kind(Kind.SAFE)


def _is_submitter(word: Word) -> bool:
    titled = word.kind is Kind.TITLE or word.text in TITLES
    return titled or word.named or (word.capital and word.kind in {Kind.UNKNOWN, Kind.AGENT, Kind.SAFE})


def _settle_signed(found: list[Word], place: int) -> None:
    """ "Thanks, Steven." and nothing behind it: the name of who is thanked, or who writes."""
    first = place + 1
    while first < len(found) and is_mark(found[first], ",\n"):
        first += 1
    end = first
    while end < len(found) and end - first < 2 and _may_sign(found[end]):
        end += 1
    if first > place + 1 and all(is_mark(word, ".!\n") for word in found[end:]):
        for at in range(first, end):
            found[at] = found[at].as_kind(Kind.SAFE)


def _may_sign(word: Word) -> bool:
    return (
        word.kind is Kind.UNKNOWN and word.capital and word.text.isalpha() and not DANGEROUS.match(word.text)
    )


def _settle_owners(found: list[Word]) -> None:
    """ "Punya Stefani ditolak", "milik Rina boleh": whose, in front of a name of the request."""
    for place, word in enumerate(found):
        behind = [w for w in found[place + 1 : place + 3] if w.kind is not Kind.TITLE][:1]
        if word.text in _OWNED and behind and behind[0].kind is Kind.TARGET and not behind[0].system:
            found[place] = word.as_kind(Kind.SAFE)


_OWNED = word_set("punya punyanya kepunyaan milik jatah bagiannya")


def _settle_title(found: list[Word], place: int) -> None:
    end = place + 1
    while end < len(found) and end - place <= 3 and _is_name(found[end]):
        if end > place + 1 and DANGEROUS.match(found[end].text):
            # "Bu Dewi menggantikan Fitri": a verb behind the name, and no more of it.
            break
        end += 1
    before = found[place - 1] if place else None
    named = end > place + 1
    # "Ok bang setuju": spoken to, between two words of one's own.
    called = not named and before is not None and before.kind is Kind.WEAK and found[place].text in _CALLS
    # "Sorry pak reject dulu": so is who is asked for pardon.
    verb = found[end].kind if end < len(found) else Kind.UNKNOWN
    called = called or (not named and before is not None and before.text in SORRY and verb is Kind.NO)
    decides = (_decides(found, end) and not called) or (named and _goes_on(found, end))
    attributed = before is not None and before.kind is not Kind.MARK and before.text in _ATTRIBUTES
    attributed = attributed or (named and before is not None and before.text == "atas nama")
    # "Disetujui Pak Budi" needs no "oleh"; "Pak Budi: setuju" is what he wrote.
    own = before is not None and before.text in {"acc", "approve"} and any(w.named for w in found[place:end])
    attributed = attributed or (named and not own and before is not None and before.text in _BY_OTHERS)
    attributed = attributed or (named and _speaks(found, place, end))
    for at in range(place, end):
        if attributed or decides:
            found[at] = found[at].as_kind(Kind.AGENT)
        elif found[at].kind is Kind.UNKNOWN:
            found[at] = found[at].as_kind(Kind.SAFE)
    if not named and not attributed and not decides:
        found[place] = replace(found[place], kind=Kind.TITLE)


def _speaks(found: list[Word], place: int, end: int) -> bool:
    """ "Pak Budi: setuju", at the head of a line or sentence, and with the words on the same line."""
    at_head = not place or found[place - 1].text == "\n" or _ends_sentence(found, place - 1)
    behind = found[end + 1] if end + 1 < len(found) else None
    return at_head and behind is not None and is_mark(found[end], ":") and behind.text != "\n"


def _ends_sentence(found: list[Word], place: int) -> bool:
    """Does a sentence end here, and not the short form of "Yth. Pak Budi"?"""
    return is_mark(found[place], ".!") and not (place and found[place - 1].kind is Kind.GREETING)


_NO_NAMES = frozenset({"pengganti", "penggantinya", "wakil", "pemilik"})


def _is_name(word: Word) -> bool:
    return word.kind is Kind.UNKNOWN and word.text.isalpha() and word.text not in _NO_NAMES


def _decides(found: list[Word], at: int) -> bool:
    """Is it the subject of a verdict ("Pak Budi sudah setuju")? A comma would make it an address."""
    for word in found[at : at + 4]:
        if word.kind in _VERBS:
            return True
        if word.kind not in _BETWEEN:
            return False
    return False


def _goes_on(found: list[Word], at: int) -> bool:
    """ "Pak Budi yang ...", "Bu Rina sudah ...": what follows is told of them."""
    return at < len(found) and (
        found[at].text in {"yang", "yg", "akan", "mau"} or found[at].kind is Kind.PAST
    )


def _settle_greeting(found: list[Word], place: int) -> None:
    end = place + 1
    while (
        end < len(found)
        and end - place <= 6
        and found[end].kind
        in {Kind.UNKNOWN, Kind.TITLE, Kind.TARGET, Kind.SAFE, Kind.GREETING, Kind.AGENT, Kind.ALL}
    ):
        end += 1
    closed = end == len(found) or is_mark(found[end], ",.!\n:-")
    if not closed:
        return
    for at in range(place + 1, end):
        found[at] = found[at].as_kind(Kind.GREETING)
