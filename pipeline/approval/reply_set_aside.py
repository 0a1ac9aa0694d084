"""What stands beside the verdicts: headings, items left waiting, a refusal said twice, a slip, "ignore this".

Decides nothing."""

from pipeline.approval.reply_acts import Act, Does
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_sets import DECIDERS, DONE, word_set
from pipeline.approval.words import Kind


def without_held(acts: tuple[Act, ...], numbers: frozenset[int]) -> tuple[tuple[Act, ...], frozenset[int]]:
    """Acts and items without those that wait ("2 pending dulu"), where the others are named."""
    waiting = [act for act in acts if _holds_items(act)]
    deciding = [act for act in acts if act.does in {Does.APPROVE, Does.REFUSE}]
    picked = bool(deciding) and all(act.items or act.scope == "rest" for act in deciding)
    again = frozenset().union(*((act.items or frozenset()) | act.without for act in deciding))
    held = frozenset().union(*(w.items for act in waiting for w in act.clause.words if w.kind is Kind.TARGET))
    if any(act.clause.has(Kind.REST) for act in waiting):
        if any(act.scope == "rest" for act in deciding):
            return acts, numbers
        held |= numbers - again
    if not waiting or not picked or again & held or held >= numbers:
        return acts, numbers
    return tuple(act for act in acts if act not in waiting), numbers - held


def _holds_items(act: Act) -> bool:
    words = act.clause.words
    texts = {w.text for w in words}
    waits = bool(texts & _WAITING and act.clause.has(Kind.TARGET)) or bool(
        texts & _STUDIED and texts & _STILL
    )
    named = act.clause.has(Kind.TARGET, Kind.REST)
    light = all(w.kind in _HELD or w.text in _WAITING | _STILL for w in words)
    return act.does is Does.BLOCK and waits and named and light


_WAITING = word_set(
    """
    pending dipending skip tunda ditunda tahan ditahan menyusul nanti nunggu tunggu hold
    """
)
#: "Yang lain masih saya pelajari": in the writer's hands, and not yet decided.
_STUDIED = word_set(
    """
    pelajari mempelajari dipelajari cek ngecek dicek pertimbangkan mempertimbangkan dipertimbangkan
    review direview bahas dibahas pikirkan verifikasi
    """
)
_STILL = word_set("masih msh sedang sdg")
_HELD = frozenset(
    {Kind.TARGET, Kind.HOLD, Kind.SAFE, Kind.ITEM, Kind.TITLE, Kind.WEAK, Kind.LATER, Kind.FIRST, Kind.ONLY}
) | {Kind.REST}


def without_heading(acts: tuple[Act, ...], numbers: frozenset[int]) -> tuple[Act, ...]:
    """Acts without "Berikut keputusan saya:" where a verdict on every item stands below it."""
    below = frozenset().union(
        *(act.items or frozenset() for act in acts if act.does in {Does.APPROVE, Does.REFUSE})
    )
    if below != numbers or len(numbers) < 2:
        return acts
    first = next(n for n, act in enumerate(acts) if act.does in {Does.APPROVE, Does.REFUSE})
    return tuple(act for n, act in enumerate(acts) if n >= first or not _is_heading(act))


def _is_heading(act: Act) -> bool:
    plain = all(word.kind in _HEADING or word.text in _HEADS for word in act.clause.words)
    return act.does is Does.BLOCK and plain and not act.clause.asked


_HEADING = frozenset(
    {Kind.BELOW, Kind.SAFE, Kind.FIRST, Kind.NOUN, Kind.TITLE, Kind.MARK, Kind.GREETING, Kind.ITEM}
)
_HEADS = frozenset(
    {
        "disampaikan",
        "keputusan",
        "hasil",
        "jawaban",
        "decision",
        "decisions",
        "result",
        "sbb",
        "here",
        "are",
        "is",
    }
)


def without_echoes(refusing: list[Act], approving: list[Act]) -> list[Act]:
    """ "Nomor 3 jangan dulu, tolak", "kecuali Meta, itu jangan": the second refuses no more."""
    kept: list[Act] = []
    for act in refusing:
        same = bool(kept) and kept[-1].items and kept[-1].clause.sentence == act.clause.sentence
        same = same or any(
            other.without
            and other.clause.sentence == act.clause.sentence
            and other.clause.end <= act.clause.start
            for other in approving
        )
        bare = act.items is None and not act.scope and not act.without
        if not (same and bare) and not refuses_excepted(act, approving):
            kept.append(act)
    return kept


def tells_why(clause: Clause, refused: frozenset[int]) -> bool:
    """ "Kecuali VPN, nggak ada WFH buat Finance": says what is not so, and nothing of what is approved."""
    named = frozenset().union(*(w.items for w in clause.words if w.kind is Kind.TARGET))
    denies = any(w.kind in {Kind.NEG, Kind.YET} for w in clause.words[:3])
    return denies and named <= refused and not clause.has(*_WIDER)


_WIDER = frozenset({
    Kind.ALL, Kind.REST, Kind.COND, Kind.ONLY, Kind.LATER, Kind.LIMIT, Kind.YES, Kind.NO, Kind.REVISE,
    Kind.HOLD,
    Kind.CONTRAST, Kind.CORRECTION, Kind.CHOICE, Kind.DOUBLE, Kind.ASK, Kind.BOTH,
})  # fmt: skip


def _makes_condition(act: Act) -> bool:
    """ "Pak Dedi belum memenuhi syarat" names one that is not met, and makes none."""
    unmet = act.clause.has(Kind.NEG, Kind.YET)
    return any(w.kind is Kind.COND and not (unmet and w.text in _MET) for w in act.clause.words)


_MET = frozenset({"syarat", "syaratnya", "persyaratan", "ketentuan", "kondisi"})


def opens_refusal(act: Act, acts: tuple[Act, ...]) -> bool:
    """ "Kalau tidak lengkap, tolak" and "besok, saya tolak": the refusal behind it is not one of now."""
    time_only = act.clause.has(Kind.LATER) and act.clause.kinds <= _TIME
    if not (_makes_condition(act) or time_only):
        return False
    return any(
        other.does is Does.REFUSE
        and other.clause.sentence == act.clause.sentence
        and other.clause.start > act.clause.start
        for other in acts
    )


_TIME = frozenset({Kind.LATER, Kind.SAFE, Kind.FIRST, Kind.LIMIT, Kind.GREETING, Kind.TITLE, Kind.NUMBER})


def withdrawn(acts: tuple[Act, ...], deciding: tuple[Act, ...]) -> str:
    """ "Rejected. Sorry, wrong request, please ignore this": why no verdict in front of it counts, or ""."""
    first = min(act.clause.start for act in deciding)
    conditions = {act.clause.sentence for act in acts if act.clause.has(Kind.COND)}
    for act in acts:
        # "If you are not the recipient, ignore this mail" is a footer's.
        if act.clause.start > first and act.clause.sentence not in conditions and _withdraws(act.clause):
            return f"takes the answer back; {act.why}"
    return ""


def _withdraws(clause: Clause) -> bool:
    """ "Abaikan saja", "please disregard this email"; who ignores a request refuses it once more."""
    texts = {w.text for w in clause.words}
    light = all(w.kind in _POLITE or w.text in _IGNORE | _MESSAGE for w in clause.words)
    return bool(texts & _IGNORE) and light and not texts & _REQUESTED


_POLITE = frozenset({Kind.SAFE, Kind.FIRST, Kind.TITLE, Kind.THANKS, Kind.WEAK, Kind.GREETING})
_IGNORE = word_set("abaikan diabaikan abaiken ignore ignored disregard")
_MESSAGE = word_set("pesan message msg reply replies response chat previous sebelumnya tadi earlier last")
_REQUESTED = word_set(
    """
    permintaan permintaannya permohonan permohonannya pengajuan pengajuannya usulan request requests akses
    aksesnya access accesses form formulir formulirnya formnya user usernya pemohon requester
    """
)


def is_slip(clause: Clause) -> bool:
    """ "Tadi saya keliru menulis setuju": tells of a verdict that was not meant."""
    return any(w.kind is Kind.HOLD and " " in w.text and w.text.split()[-1] in _SLIPS for w in clause.words)


_SLIPS = word_set(
    "setuju acc approve approved disetujui tolak ditolak reject rejected mistake accident error"
)


def is_of_its_line(act: Act, acts: tuple[Act, ...]) -> bool:
    """ "2. Tolak, pakai VPN kantor cabang saja" in a list: limits what its own line refuses, nothing else.

    Only in front of another line of it: what stands behind the last one may be meant for all of them."""
    deciding = [other for other in acts if other.does in {Does.APPROVE, Does.REFUSE}]
    lines = [other for other in deciding if other.clause.words[0].by_number and other.items]
    if act.final or len(lines) != len(deciding) or act.clause.has(*_WIDER - {Kind.LIMIT, Kind.ONLY}):
        return False
    own = next((n for n, line in enumerate(lines) if line.clause.sentence == act.clause.sentence), -1)
    if own < 0 or own + 1 == len(lines) or lines[own].does is not Does.REFUSE:
        return False
    alone = sum(line.clause.sentence == act.clause.sentence for line in lines) == 1
    named = frozenset().union(*(w.items for w in act.clause.words if w.kind is Kind.TARGET))
    return alone and act.clause.start > lines[own].clause.start and named <= (lines[own].items or frozenset())


def is_bracketed_reason(act: Act, acts: tuple[Act, ...]) -> bool:
    """ "4 & 5 ditolak (masuk ruang server harus didampingi)": why the items in front of it are refused."""
    if not act.clause.bracketed or act.final or act.clause.asked:
        return False
    before = [other for other in acts if other.clause.start < act.clause.start and not other.clause.bracketed]
    own = before[-1] if before else None
    if own is None or own.does is not Does.REFUSE or not own.items:
        return False
    same = own.clause.sentence == act.clause.sentence
    named = frozenset().union(*(w.items for w in act.clause.words if w.kind is Kind.TARGET))
    same = same and named <= own.items and not any(w.text in _AS_WELL for w in act.clause.words)
    condition = any(w.kind is Kind.COND and w.text not in _MUST for w in act.clause.words)
    return (
        same
        and not condition
        and not act.clause.has(*_WIDER - {Kind.COND, Kind.HOLD, Kind.LIMIT, Kind.LATER})
    )


#: "2 ditolak (sama yang di bawahnya)": more may be refused than is named.
_AS_WELL = word_set(
    """
    juga jg also too sama beserta berikut termasuk including plus likewise ditto dan and serta
    begitu pula seperti
    """
)
_MUST = word_set("harus hrs wajib must diharuskan")


def without_past(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Acts with "sudah oke semua" and "sudah approved ya" as the hint they are, where an own verdict or an
    order to go on stands right behind them."""
    kept = list(acts)
    for place, act in enumerate(acts[:-1]):
        behind = acts[place + 1]
        near = behind.clause.sentence <= act.clause.sentence + 1 and not behind.clause.contrast
        whole = behind.does is Does.APPROVE and behind.items is None and behind.scope != "rest"
        if act.does is Does.BLOCK and near and whole and _only_past(act.clause):
            kept[place] = Act(Does.NOTHING, act.clause, hints=frozenset({Kind.WEAK}))
    return tuple(kept)


def _only_past(clause: Clause) -> bool:
    past = [w for w in clause.words if w.kind is Kind.PAST]
    approves = clause.has(Kind.YES, Kind.WEAK) and not clause.asked and not clause.contrast
    light = all(w.kind in _PAST_AND_LIGHT and w.text not in DECIDERS for w in clause.words)
    return approves and bool(past) and light and all(w.text in DONE for w in past)


_PAST_AND_LIGHT = frozenset({
    Kind.PAST, Kind.YES, Kind.WEAK, Kind.SAFE, Kind.TITLE, Kind.ALL, Kind.FIRST, Kind.GREETING,
})  # fmt: skip


def refuses_excepted(act: Act, approving: list[Act]) -> bool:
    """ "All approved except Tracy; that one is declined": the pointing refusal says the exception again."""
    points = act.clause.words[0].text in _POINTING
    bare = act.items is None and not act.scope and not act.without
    return (
        points
        and bare
        and any(other.without and other.clause.sentence == act.clause.sentence - 1 for other in approving)
    )


_POINTING = word_set("that those it itu yang")
