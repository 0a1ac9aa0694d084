"""Harmless requests beside a verdict: to carry it out, by a day, to tell, to contact. Sees one piece."""

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import (
    LIGHT,
    NONE,
    SOON,
    WORK,
    Words,
    asks,
    first_of,
    has_any,
    is_clear,
    is_mine,
    led_by,
    parted,
)
from pipeline.approval.reply_sets import ALONE
from pipeline.approval.words import Kind


def _ends_done(words: Words) -> bool:
    """ "kalau sudah selesai", "once the account is active", "when everything is ready"."""
    made = all(
        w.kind in LIGHT or w.kind is Kind.GO or w.text in sets.READY | sets.MADE | sets.PRONOUNS
        for w in words[1:]
    )
    done = any(w.text in sets.READY for w in words[1:]) or (len(words) > 1 and words[-1].kind is Kind.PAST)
    papers = any(w.text.startswith(("dokumen", "document", "form", "surat")) for w in words)
    return made and done and not papers and not any(w.kind is Kind.YES for w in words)


def _tells(words: Words, texts: frozenset[str], *kinds: Kind) -> bool:
    """Behind the verb anybody may stand, and "when it is done"; nothing that must happen first."""
    if not words:
        return True
    at = next((n for n, w in enumerate(words) if w.text in sets.IF), len(words))
    head, tail = words[:at], words[at:]
    people = [w for w in head if w.kind is Kind.AGENT]
    if has_any(head, frozenset({"final", "word", "resmi", "official"})) or _orders(head):
        return False
    if any(w.text in {"oleh", "by", "kata", "menurut"} and w.text not in texts for w in people):
        return False
    if any(w.system and not _fetched(head, n) for n, w in enumerate(head)):
        return False
    lone = has_any(head, frozenset({"dulu", "dahulu", "first"}))
    return (
        not lone
        and is_clear(head, Kind.AGENT, Kind.TARGET, Kind.DEADLINE, *kinds, texts=texts)
        and (not tail or _ends_done(tail) or is_trouble(tail))
    )


def _orders(words: Words) -> bool:
    """ "Tell Kevin to see HR", "that it is for reports": more than news of a password or a laptop."""
    at = first_of(words, frozenset({"to", "it", "its", "access", "aksesnya"}))
    if at < 0 or has_any(words, sets.SECRETS | sets.EQUIPMENT | {"use"}):
        return False
    behind = words[at + 1 :]
    if words[at].text == "to":
        strange = any(
            (w.kind is Kind.UNKNOWN and not w.capital) or w.kind in WORK | {Kind.HOLD} for w in behind
        )
        return strange or has_any(behind, sets.RECORDED)
    return words[at].text == "its" or has_any(behind[:1], frozenset({"'s", "is", "untuk"}))


def _fetched(words: Words, place: int) -> bool:
    """ "Contact Yanto for the data center key": a thing of the system's is asked for, not the system."""
    things = frozenset({"key", "keys", "kunci", "kuncinya", "card", "kartu", "token", "installer"})
    return has_any(words[max(0, place - 2) : place + 3], things)


def is_telling(words: Words) -> bool:
    """ "Tolong kabari Bu Dewi ya", "let Sarah know once it is active", "jangan lupa kasih tau Joko"."""
    words = tuple(
        w for n, w in enumerate(words) if (n > 2 or w.text not in SOON) and not _is_channel(words, n)
    )
    place = first_of(words, sets.IF)
    if (
        place > 0
        and has_any(words[:place], sets.REPORTS)
        and _ends_done(words[place:])
        and not is_mine(words[:place], 2)
    ):
        return is_clear(words[:place], texts=sets.REPORTS | {"balik", "thread", "jangan lupa", "email"})
    place = led_by(words, sets.TELLS, 6)
    if place >= 0 and is_mine(words[: place + 1]):
        return False
    if place >= 0:
        return _tells(words[place + 1 :], _changes(words))
    place = next(
        (n for n, w in enumerate(words[:5]) if w.text in {"kasih", "kasi", "beri", "diberi", "dikasih"}), -1
    )
    if place >= 0 and place + 1 < len(words) and words[place + 1].text in {"tau", "tahu", "kabar", "info"}:
        light = all(w.kind in LIGHT or w.text in sets.ASKS for w in words[:place])
        return light and _tells(words[place + 2 :], _changes(words))
    place = next((n for n, w in enumerate(words[:4]) if w.text == "let"), -1)
    know = first_of(words, frozenset({"know"}))
    if 0 <= place < know:
        return (
            all(w.kind in LIGHT for w in words[:place])
            and _tells(words[place + 1 : know], NONE)
            and _is_news(words[know + 1 :])
        )
    return (
        _is_sending(words)
        or _is_handing(words)
        or _led_idiom(words)
        or _keeps_told(words)
        or _awaits_news(words)
    )


def _awaits_news(words: Words) -> bool:
    """ "Ditunggu kabarnya kalau sudah beres": from who does the work, and not from somebody who decides."""
    head = words[:2]
    awaited = len(words) > 1 and head[0].text == "ditunggu" and head[1].text in _AWAITED
    behind = words[2:]
    light = all(w.kind in LIGHT and w.kind is not Kind.FIRST for w in behind)
    return awaited and (light or (behind[0].text in sets.IF and _ends_done(behind)))


_AWAITED = frozenset({"kabarnya", "kabar", "infonya", "info", "update", "updatenya", "laporannya"})


def _is_channel(words: Words, place: int) -> bool:
    """ "... lewat WA": how somebody is told."""
    behind = words[place + 1].text if place + 1 < len(words) else ""
    return words[place].text == "lewat" and behind in {
        "wa",
        "whatsapp",
        "email",
        "telepon",
        "telpon",
        "chat",
        "sms",
    }


def _keeps_told(words: Words) -> bool:
    """ "Tolong keep Dedi in the loop"."""
    place = led_by(words, frozenset({"keep"}))
    loop = has_any(words, frozenset({"loop", "posted", "updated", "informed"}))
    return (
        place >= 0 and loop and is_clear(words, Kind.AGENT, texts=sets.PRONOUNS) and len(words) - place <= 7
    )


def _is_news(words: Words) -> bool:
    """Behind "let her know": nothing, or when it is done."""
    light = all(w.kind in LIGHT and w.text not in sets.GRANTED for w in words)
    return light or (words[0].text in sets.IF and _ends_done(words))


def _changes(words: Words) -> frozenset[str]:
    """ "Kasih tau Joko buat ganti password": what is changed is no access."""
    password = has_any(words, sets.SECRETS) and not has_any(words, sets.GRANTED)
    return frozenset({"ganti", "change", "buat"}) if password else NONE


def _led_idiom(words: Words) -> bool:
    """ "let me know", with "once done" or nothing behind it."""
    place = next(
        (n for n, w in enumerate(words[:3]) if w.text.startswith(("let me know", "let us know"))), -1
    )
    return (
        place >= 0
        and all(w.kind in LIGHT for w in words[:place])
        and (place + 1 == len(words) or _ends_done(words[place + 1 :]) or is_trouble(words[place + 1 :]))
    )


def _is_sending(words: Words) -> bool:
    """ "Send the credentials directly to her"."""
    place = led_by(words, sets.SENDS)
    return (
        place >= 0
        and has_any(words, sets.SECRETS)
        and _tells(words[place + 1 :], sets.PRONOUNS | sets.SENDS | {"by"})
    )


def _is_handing(words: Words) -> bool:
    """ "Mohon password awal diserahkan langsung ke Rina"."""
    handed = frozenset(
        {"diserahkan", "serahkan", "dikirim", "dikirimkan", "dikasih", "diberikan", "kasih", "sent", "given"}
    )
    return (
        asks(words)
        and has_any(words[:4], sets.SECRETS)
        and has_any(words, handed)
        and is_clear(words, Kind.AGENT, texts=handed)
        and not has_any(words, ALONE | sets.GRANTED)
    )


def is_contact(words: Words) -> bool:
    """ "Hubungi Pak Yanto", "call me on my mobile", "so contact Yanto for the key"."""
    words = tuple(w for n, w in enumerate(words) if n > 3 or w.text not in SOON | sets.SECRETS | {"just"})
    if not words:
        return False
    if words[0].text in {"urusan", "soal", "untuk", "utk", "for"}:
        at = first_of(words, sets.CONTACTS)
        words = words[at:] if at > 0 and is_clear(words[1:at]) else words
    place = led_by(words, sets.CONTACTS, 6)
    behind = words[place + 1 :] if place >= 0 else ()
    if (
        place >= 0
        and words[place].text in {"langsung", "email"}
        and not has_any(behind, frozenset({"ke", "me", "saya"}))
    ):
        return False
    if place < 0 or not behind or is_mine(words[: place + 1]):
        return False
    at = next(
        (
            n
            for n, w in enumerate(behind)
            if w.text in {"kalau", "kalo", "kl", "jika", "bila", "if", "apabila"}
        ),
        -1,
    )
    if at > 0 and is_trouble(behind[at:]):
        behind = behind[:at]
    if words[place].text == "tanya" and not any(w.kind is Kind.FIRST for w in behind):
        return False
    return _tells(behind, sets.PRONOUNS | {"by", "oleh"}, Kind.NUMBER)


def is_ready_by(words: Words) -> bool:
    """ "Kevin's mailbox should be ready by 1 December", "akunnya aktif pada tanggal 7"."""
    # "Sudah aktif tanggal 7" is a day to be ready by, "aktif tanggal 7" one to start on.
    by_then = any(w.kind is Kind.PAST for w in words) or has_any(words, frozenset({"ready", "siap"}))
    head, date = parted(words, starts=by_then)
    if not date or has_any(words, ALONE | {"dulu", "first"}):
        return False
    done = has_any(head, sets.READY | {"pengerjaannya", "dikerjain", "need"})
    return done and all(
        w.kind in LIGHT
        or w.kind in {Kind.SHOULD, Kind.TARGET}
        or w.text in sets.READY | sets.MADE | sets.ASKS | {"'s"}
        or (w.kind is Kind.UNKNOWN and n + 1 < len(head) and head[n + 1].text == "'s")
        or (w.kind is Kind.UNKNOWN and w.text.endswith("'s"))
        for n, w in enumerate(head)
    )


def is_trouble(words: Words) -> bool:
    """ "Bila ada kendala teknis", "should you have any questions": somebody to contact must follow."""
    start = led_by(words, sets.IF | {"any"}, 2)
    if start < 0 or any(w.kind is Kind.NEG for w in words):
        return False
    noun = first_of(words, sets.TROUBLE)
    rest = words[start + 1 :]
    return noun > start and is_clear(
        rest, texts=sets.PRONOUNS | sets.TROUBLE | {"ada yang", "ada yg", "kurang", "belum"}
    )


def is_completion(words: Words) -> bool:
    """ "Kalau sudah selesai": somebody to tell must stand behind it."""
    words = words[1:] if words[0].text in SOON else words
    start = led_by(words, sets.IF, 2)
    return start >= 0 and _ends_done(words[start:])
