"""Items named side by side to one TARGET: "1, 2 dan 3", "2 (VPN)", "VPN untuk Putri". Knows no verdicts."""

from dataclasses import replace

from pipeline.approval.reply_names import is_joint
from pipeline.approval.reply_numbers import VERBS
from pipeline.approval.reply_sets import word_set
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import Kind

_AND = word_set("dan dn and serta juga plus sama ama karo lan jeung sareng kalih")
_BESIDE = frozenset({Kind.SAFE, Kind.ITEM, Kind.FIRST, Kind.TARGET, Kind.AND, Kind.TITLE, Kind.CAN})


def join_lists(words: list[Word]) -> list[Word]:
    """1, 2 dan 3; item 1 & item 3; Accurate dan VPN; item 2 (VPN); VPN untuk Putri."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        place += 1
        while word.kind is Kind.TARGET:
            length, other, how = _next_target(words, place)
            if other is None:
                break
            if how == "of":
                more, other = _right_list(words, place + length, other)
                length += more
            if how == "list" and other.by_number:
                more, other = _bracketed(words, place + length, other)
                length += more
            both = _together(word, other, how)
            if how == "list" and (other.items == word.items or _comma_parts(words, found, place, length)):
                # "kecuali VPN, VPN ditolak" and "setuju 1, 2 tolak" say two things.
                break
            if both is None or not other.items:
                break
            if mixed(word, other) and (how == "list" or not (how or word.items & other.items)):
                both = frozenset()
            word = replace(
                word,
                items=both,
                end=other.end,
                count=(word.count or 1) + (other.count or 1) if how == "list" else word.count,
                by_number=word.by_number and other.by_number,
                kind=Kind.TARGET if both else Kind.UNKNOWN,
                narrowed=both < word.items | other.items
                if how != "list"
                else word.narrowed and other.narrowed,
            )
            place += length
        found.append(word)
    return found


def _bracketed(words: list[Word], place: int, word: Word) -> tuple[int, Word]:
    """The number `word` with the name in brackets behind it: "7 (WhatsApp Web)"; none where they disagree."""
    behind = words[place : place + 3]
    if len(behind) < 3 or not (is_mark(behind[0], "(") and is_mark(behind[2], "(")):
        return 0, word
    if behind[1].kind is not Kind.TARGET:
        return 0, word
    shared = word.items & behind[1].items
    return 3, replace(word, items=shared, end=behind[2].end, kind=Kind.TARGET if shared else Kind.UNKNOWN)


def mixed(word: Word, other: Word) -> bool:
    """ "Tracy dan Nur Aini" is a system and a person, "Tracy Putri dan Agung" may be Tracy for both."""
    if word.by_number or other.by_number:
        return False
    if word.items & other.items and word.items != other.items:
        return True
    wide = other if word.narrowed else word
    return word.narrowed != other.narrowed and len(wide.items) > 1


def _right_list(words: list[Word], place: int, word: Word) -> tuple[int, Word]:
    """The whole list that begins with `word`: "Putri dan Agung" in "VPN untuk Putri dan Agung"."""
    taken = 0
    while True:
        length, other, how = _next_target(words, place + taken)
        if other is None or how != "list":
            return taken, word
        word = replace(word, items=word.items | other.items, end=other.end)
        taken += length


def _next_target(words: list[Word], place: int) -> tuple[int, Word | None, str]:
    """(words taken, the target, how it is joined) for a target that goes on the list before `place`."""
    how, at = "", place
    if _is_closed(words, place):
        at = place + 1
    while at < len(words) and at - place < 4 and words[at].kind is not Kind.TARGET:
        word = words[at]
        if is_mark(word, ",&+/") or word.text in _AND:
            how = "list"
        elif is_mark(word, "(") and not _closes(words, at):
            return 0, None, ""
        elif is_joint(word) and not how:
            how = "(" if is_mark(word, "(") else "of"
        elif word.kind is not Kind.ITEM and word.text not in {
            "yang",
            "yg",
            "the",
            "akses",
            "access",
            "karyawan",
            "user",
            "atas",
            "nama",
            "pak",
            "bu",
            "ibu",
            "bapak",
            "mas",
            "mbak",
        }:
            return 0, None, ""
        at += 1
    if at >= len(words) or words[at].kind is not Kind.TARGET:
        return 0, None, ""
    return at - place + 1, words[at], how


def _comma_parts(words: list[Word], found: list[Word], place: int, length: int) -> bool:
    """Does the comma part two verdicts, one before its items and one behind ("setuju 1, 2 tolak")?"""
    if not any(is_mark(word, ",") for word in words[place : place + length]):
        return False
    before = found[-6:]
    if any(word.kind is Kind.MARK for word in before) or not any(word.kind in VERBS for word in before):
        return False
    refuses = any(word.kind in {Kind.NO, Kind.REVISE, Kind.NEG} for word in before)
    at = place + length
    while at < len(words) and words[at].kind in _BESIDE:
        at += 1
    if refuses and at < len(words) and words[at].kind in {Kind.SOFT, Kind.NOOBJ}:
        # "Tolak 1, 2 tidak masalah."
        return True
    if at >= len(words) or words[at].kind not in VERBS:
        return False
    if refuses and words[at].kind in {Kind.NEG, Kind.YET}:
        # "TOLAK 2,3 tidak perlu": the negation begins the reason of the refusal in front of it.
        return False
    behind = next(
        (w for w in words[at + 1 : at + 6] if w.kind in {Kind.TARGET, Kind.MARK, Kind.BECAUSE}), None
    )
    return behind is None or behind.kind is not Kind.TARGET


def _is_closed(words: list[Word], place: int) -> bool:
    """Is this the bracket behind "4 (VPN" in "4 (VPN) dan 7 (WhatsApp Web)"?"""
    here = place < len(words) and place >= 3 and is_mark(words[place], "(")
    return (
        here
        and words[place - 1].kind is Kind.TARGET
        and is_mark(words[place - 2], "(")
        and words[place - 3].kind is Kind.TARGET
    )


def _closes(words: list[Word], place: int) -> bool:
    """Does the bracket at `place` hold a name and nothing else ("2 (VPN)")?"""
    return place + 2 < len(words) and is_mark(words[place + 2], "(")


def _together(word: Word, other: Word, how: str) -> frozenset[int] | None:
    shared = word.items & other.items
    if how == "list":
        return word.items | other.items
    if how in {"of", "("}:
        # "VPN untuk Putri" is hers alone; where no item is both, nobody knows what was meant.
        return shared
    if word.by_number and other.by_number:
        return word.items | other.items
    if word.by_number != other.by_number:
        return shared
    return shared or (word.items | other.items)
