"""The alarm: approval codes tried by whoever may not use them, told to IT and management once a day."""

import json
from datetime import timedelta

from pipeline.approval.tokens import carried_codes
from pipeline.journal import read_stamp, stamp
from pipeline.model import Letter, Mail
from pipeline.turn import Turn

#: So many mails with a code that did not hold, within 24 hours, are no accident any more.
_ALARMING = 5
_DAY = timedelta(hours=24)
#: What is remembered of a flood of guesses, and named in the letter.
_MOST = 20
#: A code nobody issued was guessed; a true one in other hands, or under an unproven name, has leaked.
#: Not among them: codes of several requests (an approver who quotes two of our letters), an approver who
#: gains (he was asked), an answer without a code: honest people do all three, and IT hears of each anyway.
_REASONS = frozenset({"token-unknown", "not-the-approver", "sender-not-proven", "from-defect", "old-mail"})


def count_bad_code(turn: Turn, mail: Mail, reason: str) -> None:
    """Remember a mail that is set aside, if it tried a code; with the fifth of a day raise the alarm."""
    if reason not in _REASONS or not carried_codes(mail, f"{mail.text or ''}\n{mail.html or ''}").all:
        return
    kept = json.loads(turn.entry.value("bad_codes") or "[]")
    recent = [one for one in kept if turn.now - read_stamp(one[0]) < _DAY]
    recent = [*recent, [stamp(turn.now), ", ".join(mail.from_)[:200]]][-_MOST:]
    turn.entry.keep_value("bad_codes", json.dumps(recent))
    if len(recent) >= _ALARMING and not turn.said_today("alarm/"):
        _raise_alarm(turn, mail, recent)


def _raise_alarm(turn: Turn, mail: Mail, recent: list[list[str]]) -> None:
    claimed = tuple(dict.fromkeys(text for _, text in recent))
    turn.record("alarm_raised", "", "akses", {
        "why": "bad-codes", "mails": len(recent), "claimed": list(claimed), "since": recent[0][0],
    })  # fmt: skip
    turn.write(Letter(
        key=f"alarm/{mail.sha256[:32]}", kind="alarm", to=turn.it_and_management(),
        language=turn.office.config.company.language,
        # No mail program makes a link of it: nobody is to answer these addresses.
        facts={
            "count": len(recent), "claimed": tuple(text.replace("@", "[at]") for text in claimed),
            "since": read_stamp(recent[0][0]),
        },
    ))  # fmt: skip
