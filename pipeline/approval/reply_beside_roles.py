"""The writer's own office beside a verdict: "saya selaku kepala divisi". Decides nothing."""

from pipeline.approval.reply_beside_sets import ROLES
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def settle_roles(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` with the writer's office and division made SAFE."""
    found = list(words)
    for place, word in enumerate(words):
        if word.text in _ROLE_FIRSTS:
            _settle_role(found, place)
    return tuple(found)


def _settle_role(found: list[Word], place: int) -> None:
    """ "Saya selaku kepala divisi", "kami dari Divisi Keuangan", "on behalf of the division": who writes."""
    length = next(
        (
            len(lead)
            for lead in _ROLE_LEADS
            if tuple(w.text for w in found[place : place + len(lead)]) == lead
        ),
        0,
    )
    role = next(
        (n for n in range(place + length, min(place + length + 4, len(found))) if found[n].text in ROLES), 0
    )
    between = found[place + length : role]
    if not length or not role or any(w.kind is not Kind.SAFE and not w.capital for w in between):
        return
    mine = found[max(0, place - 2) : place] + found[role + 1 : role + 5]
    spoken_for = length == 3 and found[role].text in _GROUPS
    if not spoken_for and not any(w.kind is Kind.FIRST for w in mine):
        return
    end = role + 1
    while end < len(found) and end - role <= 2 and (found[end].text in ROLES or _is_named(found[end])):
        end += 1
    for at in range(place, end):
        found[at] = found[at].as_kind(Kind.SAFE)


def _is_named(word: Word) -> bool:
    return word.capital and word.kind in {Kind.UNKNOWN, Kind.TARGET}


_GROUPS = frozenset({"divisi", "departemen", "department", "bagian", "bidang", "unit", "dept", "division"})
_ROLE_LEADS = (("on", "behalf", "of"), ("atas nama",), ("selaku",), ("sebagai",), ("dari",), ("as",))
_ROLE_FIRSTS = frozenset(lead[0] for lead in _ROLE_LEADS)
