"""How well and how fast answers are read: the table's sentences as whole mails of every known mail program.

Run: uv run python benchmarks/replies.py --json        (one core, nothing from disk but the table)
Baselines, in the same run on the same mails: "search", the body searched for the word; "mail-parser-reply",
the same search in what that package leaves of the text, where it is installed.
"""

import argparse
import importlib
import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.approval.replies import Reply, read_reply
from pipeline.mail.message import read_mail
from pipeline.mail.newtext import new_text
from tests.approval.reply_table import ITEMS, Line, known, lines, wrong
from tests.mail.answers import APPROVER, LETTER, PORTAL, PROGRAMS, REF, answer

_YES = re.compile(r"\b(?:setuju|disetujui|setujui|acc|approved?|silakan|lanjut)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:tolak|ditolak|reject(?:ed)?|tidak (?:di)?setuju\w*|not approved)\b", re.IGNORECASE)
Reader = Callable[[bytes, str], Reply]


def ours(raw: bytes, request: str) -> Reply:
    mail = read_mail(raw)
    asked = (replace(known(request), ref=REF, message_ids=(LETTER,)),)
    return read_reply(mail, new_text(mail), asked, approver=APPROVER, portal=PORTAL, accept_ok=False)


def search(raw: bytes, request: str) -> Reply:
    """What a first attempt does: look for the word anywhere in the body."""
    mail = read_mail(raw)
    return _by_word(mail.text or mail.html or "", request)


def stripper() -> Reader | None:
    """The same search in the newest reply as mail-parser-reply strips it; None where it is not installed."""
    try:
        parser = importlib.import_module("mailparser_reply").EmailReplyParser(languages=["en", "de"])
    except ImportError:
        return None

    def stripped(raw: bytes, request: str) -> Reply:
        return _by_word(parser.parse_reply(text=read_mail(raw).text or "") or "", request)

    return stripped


def _by_word(text: str, request: str) -> Reply:
    numbers = ITEMS[request]
    if _YES.search(text):
        return Reply("approve", dict.fromkeys(numbers, "approve"))
    return Reply("reject", dict.fromkeys(numbers, "reject")) if _NO.search(text) else Reply("unclear")


def measure(reader: Reader, mails: list[tuple[Line, bytes]]) -> dict[str, float | int]:
    """Accuracy, the two bad errors, and mails a second."""
    reader(mails[0][1], mails[0][0].request)
    began = time.perf_counter()
    replies = [reader(raw, line.request) for line, raw in mails]
    seconds = time.perf_counter() - began
    errors = [wrong(line, reply) for (line, _raw), reply in zip(mails, replies, strict=True)]
    return {
        "accuracy": round(sum(error in {"", "reason"} for error in errors) / len(errors), 4),
        "false_approvals": errors.count("false approval"),
        "false_rejections": errors.count("false rejection"),
        "mails_per_s": round(len(mails) / seconds, 1),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    as_json = arguments.parse_args().json
    mails = [(line, answer(PROGRAMS[n % len(PROGRAMS)], line.sentence)) for n, line in enumerate(lines())]
    result = measure(ours, mails)
    baselines = {"search": measure(search, mails)}
    strip = stripper()
    if strip is not None:
        baselines["mail-parser-reply"] = measure(strip, mails)
    name = "mail-parser-reply" if strip is not None else "search"
    base = baselines[name]
    report = {
        "mails": len(mails), **result, "baselines": baselines, "baseline": name,
        "ratio": {
            "accuracy": round(result["accuracy"] / (base["accuracy"] or 1), 2),
            "false_approvals": f"{result['false_approvals']} to {base['false_approvals']}",
            "speed": round(result["mails_per_s"] / base["mails_per_s"], 3),
        },
    }  # fmt: skip
    if not as_json:
        for reader, figures in {"akses": result, **baselines}.items():
            print(f"{reader:18} {figures}")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
