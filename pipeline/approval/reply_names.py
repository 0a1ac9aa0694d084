"""Which items a name in an answer means: a system or an employee of the request. Knows no verdicts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.approval.reply_sets import word_set
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import Kind

_PIECE = re.compile(r"[^\W_]+")
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w.-]+")
_DOMAIN = re.compile(r"@[\w.-]+")
#: The name inside an address or a path is a part of what the system is called.
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|\\\\\S+")
#: Words that may stand in the middle of a name but never name anything alone.
_INNER = frozenset(
    {
        Kind.SAFE,
        Kind.LIMIT,
        Kind.AGENT,
        Kind.DO,
        Kind.HOLD,
        Kind.AND,
        Kind.ITEM,
        Kind.RANGE,
        Kind.NUMBER,
        Kind.BECAUSE,
        Kind.LATER,
        Kind.GO,
    }
)
#: Words of these kinds are names only where nothing else can be meant ("tolak email").
_WEAK = frozenset({Kind.SAFE, Kind.LIMIT})
_NOT_THIS = word_set(
    """
    ini tersebut tsb itu this that di above diatas berikut sebelumnya bapak ibu anda saya your my
    pak bu
    """
)
_NOT_VIA = word_set(
    """
    balas via lewat melalui by per reply membalas menindaklanjuti menanggapi lihat sesuai subject
    judul form permintaan formulir kelewat terlewat kelewatan ketumpuk tertimbun
    """
)
_DULL = word_set(
    """
    ini itu di ke dari yang untuk for of the a an this that is are on in at with dengan dan and or
    hak akses access user permintaan pengajuan mohon kerja tim team kantor new baru to atas form
    saya i
    """
)


@dataclass(frozen=True)
class Names:
    """The words of the items' descriptions."""

    #: word -> the items it occurs in
    items: Mapping[str, frozenset[int]]
    #: (word, next word) of a description -> the items
    pairs: Mapping[tuple[str, str], frozenset[int]]
    #: the first word of each description: what people call the system
    heads: frozenset[str]
    #: names of the request's requester and department, which pick no item by themselves
    whole: frozenset[str] = frozenset()
    #: the writer's own names, and their initials
    own: frozenset[str] = frozenset()
    initials: str = ""
    #: every item takes something away, so that "dicabut" is the work that is asked for
    revokes: bool = False

    def alone(self, word: Word) -> bool:
        """May this word name items all by itself?"""
        if word.text not in self.items or len(word.text) < 2 or word.text in _DULL | self.whole:
            return False
        return word.kind is Kind.UNKNOWN or (word.text in self.heads and word.kind in _WEAK)


def names_of(items: Mapping[int, str], people: Iterable[str] = (), writer: str = "") -> Names:
    """What the items of a request are called, from their descriptions.

    `people`: requester and department of the whole request; `writer`: the approver's own name."""
    words: dict[str, set[int]] = {}
    pairs: dict[tuple[str, str], set[int]] = {}
    heads: set[str] = set()
    for number, description in list(items.items())[:500]:
        pieces = [piece.lower() for piece in _PIECE.findall(_DOMAIN.sub("", description[:300]))]
        heads.update(pieces[:1])
        for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
            words.setdefault(piece, set()).add(number)
            pairs.setdefault((piece, following), set()).add(number)
    for short, numbers in _short_names(items).items():
        words.setdefault(short, set()).update(numbers)
        heads.add(short)
    told = [piece for description in items.values() for piece in _names_in(_ADDRESS.sub(" ", description))]
    # Where the requester is one of several employees, the name does tell items apart.
    requester, *groups = [_names_in(name) for name in people] or [[]]
    whole = {name for name in requester if name not in told}
    # "dedi" in "dedi.kurniawan@..." is who he is; it names no system by itself.
    whole |= {name for one in items.values() for name in _addressed(one) if name not in told}
    whole |= {name for group in groups for name in group} - heads
    own = [name for name in _names_in(writer) if name not in words and name not in whole]
    return Names(
        {word: frozenset(numbers) for word, numbers in words.items()},
        {pair: frozenset(numbers) for pair, numbers in pairs.items()},
        frozenset(heads),
        frozenset(whole) - _DULL,
        frozenset(own) - _DULL,
        "".join(name[0] for name in _names_in(writer)),
        bool(items) and all(_REVOKES.match(one) for one in items.values()),
    )


#: How an item's description begins that asks to take something away.
_REVOKES = re.compile(
    r"\W*(?:pencabutan|cabut|revoke|revocation|penghapusan|hapus|removal|remove)\b", re.IGNORECASE
)
_REVOKING = word_set("cabut dicabut mencabut revoke revoked hapus dihapus remove removed")
_GONE = word_set("resign keluar pindah mutasi pensiun berhenti resigned left dimutasi")
_ASKED = word_set(
    """
    setuju setujui disetujui acc approve approved untuk utk to silakan silahkan monggo tolong mohon please
    segera
    langsung dan and lanjut ok oke boleh akses aksesnya it they be
    """
)


def settle_revoking(words: tuple[Word, ...], names: Names) -> tuple[Word, ...]:
    """ "Setuju untuk dicabut" where the request is to take away: the work, and nothing put off.

    "Saya cabut" and "persetujuan dicabut" take an answer back, and stay what they are."""
    if not names.revokes:
        return words
    found = list(words)
    for place, word in enumerate(words):
        before = words[place - 1] if place else None
        whole = any(w.kind in {Kind.ALL, Kind.BOTH} for w in words[place + 1 : place + 2])
        # "Setujunya dicabut" takes it back.
        bent = before is not None and " " not in before.text and before.end - before.start > len(before.text)
        named = before is not None and before.kind in {Kind.ALL, Kind.BOTH, Kind.TARGET}
        led = (
            before is None
            or named
            or before.text.split()[-1] in _ASKED
            or (whole and is_mark(before, ",.!\n"))
        )
        gone = before is not None and before.kind is Kind.PAST and word.text in _GONE
        if gone:
            found[place] = word.as_kind(Kind.SAFE)
        elif word.text in _REVOKING and led and not bent and not (before is None and not whole):
            found[place] = word.as_kind(Kind.DO)
    return tuple(found)


#: What people write for the name of a system; it counts where one system can be meant.
_SHORT_NAMES = {
    "rdp": "remote desktop", "gdrive": "google drive", "gws": "google workspace", "m365": "microsoft 365",
    "o365": "office 365", "ms365": "microsoft 365", "dc": "data center", "datacenter": "data center",
}  # fmt: skip


def _short_names(items: Mapping[int, str]) -> dict[str, set[int]]:
    """Short name -> the items of that system; none where an item is called so itself, or two kinds are."""
    found: dict[str, set[int]] = {}
    for short, full in _SHORT_NAMES.items():
        fits = {number for number, description in items.items() if full in description.lower()}
        heads = {items[number].lower().startswith(full) for number in fits}
        if (len(fits) == 1 or heads == {True}) and not any(
            short in _PIECE.findall(one.lower()) for one in items.values()
        ):
            found[short] = fits
    return found


def _addressed(description: str) -> list[str]:
    """The names in the mail addresses of a description."""
    return [name for address in _MAILBOX.findall(description[:300]) for name in _names_in(address)]


def _names_in(text: str) -> list[str]:
    """The words of a name or of an address in front of its "@", lower case; single letters are none."""
    return [piece.lower() for piece in _PIECE.findall(_DOMAIN.sub("", text[:300])) if len(piece) > 1]


def own_spelling(words: tuple[Word, ...], text: str, names: Names) -> tuple[Word, ...]:
    """`words` as typed in `text` where they are names of the request: "Tania" is no slip of "tanpa"."""
    return tuple(_as_typed(word, text[word.start : word.end].lower(), names) for word in words)


def _as_typed(word: Word, typed: str, names: Names) -> Word:
    known = typed in names.items or typed in names.whole or typed in names.own
    slipped = typed != word.text and len(typed) > 2 and known
    return replace(word, text=typed, kind=Kind.UNKNOWN) if slipped else word


def mark_names(words: tuple[Word, ...], names: Names) -> tuple[Word, ...]:
    """`words` with the names of items as TARGETs; the rest as it was."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        length, items = _name_at(words, place, names)
        if not length:
            found.append(words[place])
            place += 1
            continue
        taken = words[place : place + length]
        found.append(
            replace(
                taken[0],
                text=" ".join(word.text for word in taken),
                kind=Kind.TARGET,
                end=taken[-1].end,
                items=items,
                system=taken[0].text in names.heads,
                narrowed=length > 1 and items < _widest(taken, names),
                cited=any(word.cited for word in taken),
            )
        )
        place += length
    return tuple(found)


def _widest(taken: tuple[Word, ...], names: Names) -> frozenset[int]:
    """All items any of these words occurs in."""
    return frozenset().union(
        *(names.items.get(word.text, frozenset()) for word in taken if names.alone(word))
    )


def _name_at(words: tuple[Word, ...], place: int, names: Names) -> tuple[int, frozenset[int]]:
    """How many words the name that starts at `place` has, and whose it is; (0, none): no name starts here."""
    first = words[place]
    bare = first.text.removesuffix("nya") if not first.capital else re.sub(r"(?:nya|s)$", "", first.text)
    if bare != first.text and first.kind is Kind.UNKNOWN and bare in names.heads:
        # "Accuratenya jangan dulu", "emailnya boleh".
        first = replace(first, text=bare)
        words = (*words[:place], first, *words[place + 1 :])
    if first.text not in names.items or first.kind is Kind.MARK:
        return 0, frozenset()
    items, length, named, last = names.items[first.text], 1, names.alone(first), first.text
    at = place + 1
    while at < len(words) and at - place < 14:
        if words[at].kind is Kind.MARK:
            if (
                words[at].text not in "-&/(+:"
                or at + 1 >= len(words)
                or words[at].end - words[at - 1].end > 2
            ):
                break
            at += 1
            continue
        shared = items & names.pairs.get((last, words[at].text), frozenset())
        if not shared:
            break
        items, last, length = shared, words[at].text, at - place + 1
        named = named or names.alone(words[at]) or _says_more(words, place, at)
        at += 1
    kinds = {word.kind for word in words[place : place + length]}
    if not named or not kinds <= _INNER | {Kind.UNKNOWN, Kind.MARK}:
        return 0, frozenset()
    return (0, frozenset()) if _only_mentioned(words, place, length) else (length, items)


def _says_more(words: tuple[Word, ...], place: int, at: int) -> bool:
    """Two dull words of one description in a row, one of them telling ("hak admin")."""
    return at > place and any(word.kind is Kind.LIMIT for word in words[place : at + 1])


def _only_mentioned(words: tuple[Word, ...], place: int, length: int) -> bool:
    """ "email ini", "balas email", "via email": the mail itself, not the item of that name."""
    if length == 1 and words[place].text == "order" and place and words[place - 1].text == "in":
        return True
    if length > 1 or words[place].kind is Kind.UNKNOWN:
        return False
    before = words[place - 1].text if place else ""
    after = words[place + 1].text if place + 1 < len(words) else ""
    return before in _NOT_VIA or after in _NOT_THIS


def is_joint(word: Word) -> bool:
    """Does this stand between two names that belong together ("VPN untuk Putri")?"""
    return word.text in {
        "untuk",
        "utk",
        "buat",
        "bagi",
        "milik",
        "for",
        "punya",
        "atas nama",
        "nya",
    } or is_mark(word, "(-:")
