"""How the mails of the month ended, and why some were set aside. Draws nothing."""

from collections.abc import Mapping

from pipeline.reports.page import Head, Month, Page
from pipeline.reports.set_aside_words import QUARANTINE


def mail_ledger(month: Month, mails: Mapping[str, int]) -> Page:
    """How every mail of the month ended; the outcomes add up to all mail received."""
    heads = (Head("result", 46), Head("mails", 12, "count"))
    known = ("processed", "returned", "ignored", "duplicate", "quarantined")
    others = sorted(set(mails) - set(known))
    rows = [(month.say(f"mail_{o}") if o in known else o, int(mails.get(o, 0))) for o in (*known, *others)]
    total = (month.say("mail_total"), sum(count for _, count in rows))
    return month.page("mail", heads, rows, total=total)


def security(month: Month, quarantined: Mapping[str, int], sender_mode: str) -> Page:
    """Why mails were set aside, and how sure the pipeline is of its senders."""
    heads = (Head("reason", 58, "wide"), Head("suspicious", 20), Head("code", 24), Head("mails", 12, "count"))
    rows = []
    for code, count in sorted(quarantined.items(), key=lambda pair: (-pair[1], pair[0])):
        *words, forged = QUARANTINE.get(code, (code, code, False))
        text = words[1] if month.language == "en" else words[0]
        rows.append((text, month.say("yes") if forged else "", code, count))
    total = (month.say("total"), "", "", sum(quarantined.values())) if rows else ()
    mode = month.say("note_token_only" if sender_mode == "token-only" else "mode_require")
    return month.page("security", heads, rows, total=total, remarks=(mode,))


def forged(quarantined: Mapping[str, int]) -> int:
    """How many of the mails set aside look like forgeries."""
    return sum(count for code, count in quarantined.items() if QUARANTINE.get(code, ("", "", False))[2])
