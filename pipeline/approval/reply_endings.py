"""Words that only open or round off a sentence ("Keputusan: ...", "setuju bos"). Decides nothing."""

from pipeline.approval.reply_sets import word_set
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import Kind

#: A boss who is spoken to, not one who decides: "disetujui bos" is "approved by the boss".
_SPOKEN_TO = word_set("bos boss")
_BEFORE_BOSS = word_set("setuju oke ok okeh okay siap ya iya lanjut acc approve approved semua semuanya gas")
#: "Saya setuju kok" assures; "kok setuju" and "setuju kok semua" wonder.
_ASSURES = word_set("kok koq")
_BEFORE_ASSURING = word_set("setuju setujui semua semuanya acc approve")
_STILL_SO = word_set("perlu butuh dibutuhkan diperlukan membutuhkan memerlukan kerja bekerja")
#: "Keputusan: DISETUJUI", "my decision: rejected": what the verdict behind the colon is called.
_OPENING = word_set("keputusan keputusannya decision")
_OWN = word_set("saya sy my")


def settle_endings(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` with those made harmless that only name the verdict behind them or close its sentence."""
    found = list(words)
    for place, word in enumerate(words):
        if word.text in _OPENING and _opens(words, place):
            found[place] = word.as_kind(Kind.SAFE)
    _settle_widening(found)
    _settle_beside_these(found)
    for place in range(1, len(found)):
        if found[place].text == "dah" and found[place - 1].kind is not Kind.MARK and _ends(found, place + 1):
            # "Gue setuju dah": the Betawi "deh", not "sudah".
            found[place] = found[place].as_kind(Kind.SAFE)
        before, word = found[place - 1].text, found[place]
        if word.text == "kali" and before in _BEFORE_BOSS and _is_text(found, place + 1, "lah"):
            # "Setuju kali lah" is Medan's "very much"; "setuju kali ya" is Jakarta's "perhaps".
            found[place] = word.as_kind(Kind.SAFE)
        if before in {"masih", "msh"} and word.text in _STILL_SO:
            # "Setuju, masih dibutuhkan" tells why; "masih saya cek" puts off.
            found[place - 1] = found[place - 1].as_kind(Kind.SAFE)
        closing = (word.text in _SPOKEN_TO and before in _BEFORE_BOSS) or (
            word.text in _ASSURES and before in _BEFORE_ASSURING
        )
        if closing and _ends(found, place + 1):
            found[place] = word.as_kind(Kind.SAFE)
    return tuple(found)


def _opens(words: tuple[Word, ...], place: int) -> bool:
    """Does nothing but "saya" and "my" stand between it, the head of its line and the colon?"""
    first, behind = place, place + 1
    while first and words[first - 1].text in _OWN:
        first -= 1
    while behind < len(words) and words[behind].text in _OWN:
        behind += 1
    at_head = not first or words[first - 1].text in {"\n", "."}
    return at_head and behind < len(words) and is_mark(words[behind], ":")


def _is_text(words: list[Word], place: int, text: str) -> bool:
    return place < len(words) and words[place].text == text


def _ends(words: list[Word], place: int) -> bool:
    if place == len(words) or (words[place].kind is Kind.MARK and words[place].text in ",.!\n"):
        return True
    # "Ok setuju bos 👍": a picture that agrees closes it as a full stop does.
    return words[place].kind in {Kind.WEAK, Kind.SAFE} and not words[place].text[0].isalnum()


def _settle_widening(found: list[Word]) -> None:
    """ "Bukan cuma VPN-nya ya, semuanya", "not just Tracy but everything": all of them, whatever is named."""
    for place, word in enumerate(found):
        if word.kind is not Kind.HOLD or word.text.split()[-1] not in _ONLY or " " not in word.text:
            continue
        whole = next((n for n in range(place + 1, len(found)) if found[n].kind is Kind.ALL), 0)
        between = found[place + 1 : whole]
        named = any(w.kind is Kind.TARGET for w in between)
        ends = whole + 1 == len(found) or found[whole + 1].kind is Kind.MARK
        if whole and named and ends and all(w.kind in _WIDENS for w in between):
            for at in range(place, whole):
                if found[at].kind is not Kind.MARK:
                    found[at] = found[at].as_kind(Kind.SAFE)


def _settle_beside_these(found: list[Word]) -> None:
    """ "Tolak 3 dan 6, selain itu setuju": in the sentence that refuses items by name, the others."""
    for place, word in enumerate(found):
        first = max((n for n in range(place) if is_mark(found[n], ".!?;\n")), default=-1) + 1
        before = {w.kind for w in found[first:place]}
        verdict = any(w.kind is Kind.YES for w in found[place + 1 : place + 3])
        if word.text == "selain itu" and verdict:
            rest = {Kind.NO, Kind.TARGET} <= before and Kind.YES not in before
            # With nothing refused in front of it, nobody knows beside what.
            found[place] = word.as_kind(Kind.REST if rest else Kind.UNKNOWN)


_ONLY = word_set("hanya cuma cuman sekedar only just")
_WIDENS = frozenset({
    Kind.TARGET, Kind.SAFE, Kind.WEAK, Kind.TITLE, Kind.AND, Kind.CONTRAST, Kind.MARK, Kind.FIRST,
})  # fmt: skip
