"""Names beside a verdict that pick no item: the request's people and department, and the writer's own.

"Permintaan Marketing", "untuk Pak Dedi" and "a.n. Rina Marlina" mean the request as a whole, whatever item's
description holds the same word; "Saya Hendra Wijaya" and "Setuju. HW" are who writes. Decides nothing.
"""

import re
from dataclasses import replace

from pipeline.approval.reply_names import Names
from pipeline.approval.reply_sets import word_set
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import Kind

_GROUPS = word_set(
    "divisi departemen department bagian bidang unit tim team dept division div dep staf staff orang"
)
#: In front of a name these make it the name of the request: whose it is, or whom it is for.
_POINTS = word_set(
    """
    permintaan permintaannya permohonan pengajuan request requests akses aksesnya access form
    formulir untuk utk
    buat bagi for dari from milik punya diminta diajukan requested asked an kepada ke to bantu grant give nama
    """
) | {"atas nama"}
#: In front of a name these make it somebody else's who has the same one.
_OTHERS = word_set("kata menurut says said bilang sama")
_GETS = word_set("diberi diberikan dikasih mendapat mendapatkan memiliki punya")
_JOINS = word_set("bersama nya milik punya untuk utk for dari")
_POSSESSED = re.compile(r"'?s$")


def settle_whole(words: tuple[Word, ...], names: Names) -> tuple[Word, ...]:
    """`words` with the request's own people marked `named`, and SAFE where they only say whose it is."""
    if not names.whole and not names.own:
        return words
    found: list[Word] = []
    for word in words:
        if word.kind is Kind.UNKNOWN and _possessed(word.text) in names.whole:
            _add_named(found, word, names)
        elif _is_own(found, word, names) or _is_initial(found, word, names):
            found.append(word.as_kind(Kind.FIRST))
        else:
            found.append(word)
    return _pointed(_signed(found, names))


def _possessed(text: str) -> str:
    return _POSSESSED.sub("", text) if "'" in text else text


def _add_named(found: list[Word], word: Word, names: Names) -> None:
    """ "Folder Produksi" is the item's whole name; "Dedi Kurniawan" is one name."""
    before = found[-1] if found else None
    at = len(found) - 1
    while at > 0 and len(found) - at <= 3 and (found[at].text in _JOINS or found[at].kind is Kind.TITLE):
        at -= 1
    system = found[at] if found else None
    if (
        system is not None
        and system.kind is Kind.TARGET
        and system.items & names.items.get(word.text, frozenset())
    ):
        del found[at + 1 :]
        found[at] = replace(system, end=word.end)
        return
    if before is not None and (before.named or before.text in _GROUPS):
        found[-1] = replace(word, text=word.text, start=before.start, named=True)
        return
    found.append(replace(word, named=True))


def _is_own(found: list[Word], word: Word, names: Names) -> bool:
    return word.kind is Kind.UNKNOWN and word.text in names.own and not _of_another(found)


def _of_another(found: list[Word]) -> bool:
    """ "Pak Hendra", "kata Hendra": somebody of that name is spoken of."""
    return bool(found) and (found[-1].kind is Kind.TITLE or found[-1].text in _OTHERS)


def _is_initial(found: list[Word], word: Word, names: Names) -> bool:
    """ "Hendra W.": the rest of the writer's own name."""
    own = bool(found) and found[-1].kind is Kind.FIRST and found[-1].text in names.own
    return own and word.capital and len(word.text) == 1 and word.text in names.initials


def _signed(found: list[Word], names: Names) -> list[Word]:
    """The writer's initials at the very end: "Setuju. HW"."""
    last = next((n for n in range(len(found) - 1, -1, -1) if found[n].kind is not Kind.MARK), -1)
    if last > 0 and found[last].text == names.initials and found[last].capital:
        found[last] = found[last].as_kind(Kind.FIRST)
    return found


def _this_access(behind: list[Word]) -> bool:
    texts = [word.text for word in behind]
    named = any(text in {"akses", "aksesnya", "access"} for text in texts[:1])
    return named and bool({"ini", "tersebut", "tsb", "itu", "dimaksud"} & set(texts[1:2]))


def _pointed(found: list[Word]) -> tuple[Word, ...]:
    """Named words SAFE where "permintaan", "untuk" or "'s" says that the request is theirs."""
    for place, word in enumerate(found):
        if not word.named:
            continue
        at = place - 1
        while at >= 0 and found[at].kind is Kind.TITLE:
            at -= 1
        theirs = at >= 0 and found[at].text in _POINTS
        owned = word.text.endswith("'s") and place + 1 < len(found) and found[place + 1].kind is Kind.SAFE
        behind = found[place + 1] if place + 1 < len(found) else None
        only = behind is not None and (
            behind.text in {"saja", "aja", "doang", "yang", "yg"} or behind.kind is Kind.ONLY
        )
        given = behind is not None and behind.text in _GETS and _this_access(found[place + 2 : place + 5])
        if (theirs or owned or given) and not only and not (at > 0 and is_mark(found[at], ",")):
            found[place] = word.as_kind(Kind.SAFE)
            if given and found[place + 1].kind is Kind.UNKNOWN:
                found[place + 1] = found[place + 1].as_kind(Kind.SAFE)
            for title in range(at + 1, place):
                found[title] = found[title].as_kind(Kind.SAFE)
    return tuple(found)
