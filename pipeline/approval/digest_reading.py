"""What an answer to a digest says of each line, read as a single answer is. What may mean part of a line, or
leaves open which lines are meant, decides nothing. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from pipeline.approval.replies import KnownRequest, Reply, read_reply
from pipeline.approval.reply_acts import Does
from pipeline.approval.reply_names import names_of
from pipeline.approval.reply_reading import acts_of
from pipeline.approval.reply_ties import refs_in, typed_subject
from pipeline.approval.reply_typed import Typed
from pipeline.approval.words import CARDINALS, ORDINALS
from pipeline.model import Mail, ReplyDecision

#: Stands in the place of a thread: the code has already said which digest is answered.
_TIE = "<digest>"
_REF = re.compile(r"\bREQ[-\s]?\d{4}[-\s]?\d{4,6}\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_VERDICTS = r"(?:di)?tolak|(?:di|me)?setujui?|reject(?:ed)?|approved?|acc|ok(?:e|ay)?|ya|yes|tidak"
_PART = r"item\w*|akses\w*|access\w*|poin\w*|points?|sistem\w*|systems?|hak"
#: "no 3 item 1", "akses 2 dari no 3", "3 on 1": a part of a line. "1 dan 3 di atas" is none.
_PARTS = re.compile(
    rf"\b(?:{_PART})\W{{0,2}}\d|\d\W{{0,2}}(?:{_PART})\b|\d\W{{0,2}}(?:dari|pada|dalam|di|of|in|from|on)\b(?!\s*atas)",
    re.IGNORECASE,
)
#: What stands between the numbers of two lines: nothing, a sign, "and", or a verdict.
_BETWEEN = re.compile(
    rf"^\s*$|[,;:&/+\n()–-]|\.(?:\s|$)|\b(?:dan|and|serta|plus|sampai|hingga|sd|to|until|kecuali|except|but|tapi|"
    rf"tetapi|{_VERDICTS})\b",
    re.IGNORECASE,
)
#: Where a typed text may be cut to find which reason belongs to which line: at its lines, or at its verdicts.
_CUTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\n",
        rf"(?=\b(?:(?:no|nomor|item)\W{{0,2}})?\b\d{{1,2}}\W{{0,3}}(?:{_VERDICTS})\b)",
        rf"(?=\b(?:{_VERDICTS})\b)",
    )
)
_ALL = re.compile(
    r"^(?:semua(?:nya)?|all|everything)\b[\s:,.-]*(?:(?:alasan(?:nya)?|reasons?|karena|because)\b[\s:,.-]*)?",
    re.IGNORECASE,
)
Verdict = Literal["approve", "reject"]


@dataclass(frozen=True)
class ListReply:
    """What an answer says. `lines` holds only what was clearly decided, `reasons` those of refused lines."""

    decision: ReplyDecision
    lines: Mapping[int, Verdict] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    #: which words decided, or why none did; for the record
    why: str = ""


@dataclass(frozen=True)
class _Words:
    """Typed words with the line's number in the place of a request's."""

    text: str
    answers: tuple[tuple[str, str], ...]
    conflict: bool
    conflict_why: str
    forwarded: bool
    automatic: str


@dataclass(frozen=True)
class Reader:
    """Reads answers to one digest. `lines`: line number -> request number; `single`: lines of one item."""

    lines: Mapping[int, str]
    single: frozenset[int]
    approver: str
    portal: str
    accept_ok: bool

    def read(self, mail: Mail, new: Typed) -> ListReply:
        """The verdict on each line that `new`, the newly typed words of `mail`, decides."""
        tied = replace(mail, in_reply_to=(_TIE,), references=(), subject="")
        if new.automatic:
            return ListReply(self._reply(tied, new).decision, why=f"automatic mail: {new.automatic}")
        words, doubt = self._by_line(new)
        doubt = doubt or self._doubt_in_subject(mail, tied)
        if doubt:
            return ListReply("unclear", why=doubt)
        reply = self._reply(tied, words)
        if reply.decision not in {"approve", "reject", "partial"} or not reply.items:
            return ListReply(reply.decision, why=reply.why)
        if len(self.lines) > 1 and not self._all_named(new, words, reply):
            return ListReply("unclear", why=f"names neither lines nor all of them; {reply.why}")
        return ListReply(reply.decision, reply.items, self._reasons(tied, words, reply), reply.why)

    def _reply(self, tied: Mail, words: Typed) -> Reply:
        # No names but their numbers: a system or an employee may be less than the whole line.
        known = KnownRequest("digest", (_TIE,), {no: f"line{no}" for no in self.lines})
        return read_reply(
            tied, words, (known,), approver=self.approver, portal=self.portal, accept_ok=self.accept_ok
        )

    def _by_line(self, new: Typed) -> tuple[_Words, str]:
        """The words with "item 3" for the number of the request in line 3, and what is in doubt: a number
        beside a request's, or beside another number, may be that of one of its items."""
        numbers = {ref: no for no, ref in self.lines.items() if list(self.lines.values()).count(ref) == 1}
        said = "\n".join([new.text, *(answer for _line, answer in new.answers)])
        doubt = "numbers beside a request number" if refs_in(said) and _counts(_REF.sub(" ", said)) else ""
        doubt = doubt or ("may mean a part of a line" if _speaks_of_parts(said) else "")
        answers = []
        for line, answer in new.answers:
            under = self._line_of_quote(line)
            if under not in self.single:
                doubt = doubt or "an answer between the quoted lines that may mean a part of a line"
            answers.append((f"{under}.", _numbered(answer, numbers)))
        return _Words(
            _numbered(new.text, numbers), tuple(answers), new.conflict, new.conflict_why, new.forwarded,
            new.automatic,
        ), doubt  # fmt: skip

    def _doubt_in_subject(self, mail: Mail, tied: Mail) -> str:
        """A subject that names a request, or decides something, does not go with a list of requests."""
        if refs_in(mail.subject):
            return "the subject names a request"
        subject = _Words(_REF.sub(" ", typed_subject(mail)), (), False, "", False, "")
        return "the subject decides something" if self._reply(tied, subject).items else ""

    def _all_named(self, new: Typed, words: _Words, reply: Reply) -> bool:
        """Was each decided line named, or all of them? Of so many requests, "setuju" alone may mean any."""
        everything = frozenset(self.lines)
        named: dict[str, frozenset[int]] = {"approve": frozenset(), "reject": frozenset()}
        for act in acts_of(words.text, everything, names_of({}), ""):
            if act.does in {Does.APPROVE, Does.REFUSE}:
                verdict = "approve" if act.does is Does.APPROVE else "reject"
                named[verdict] |= everything if act.scope or act.without else act.items or frozenset()
                named["reject"] |= act.without
        under = {self._line_of_quote(line) for line, _answer in new.answers}
        return all(no in named[verdict] or no in under for no, verdict in reply.items.items())

    def _line_of_quote(self, quoted: str) -> int:
        """The line whose request number the quoted words carry; 0 where it is not one."""
        found = [no for ref in refs_in(quoted) for no, other in self.lines.items() if other == ref]
        return found[0] if len(found) == 1 else 0

    def _reasons(self, tied: Mail, words: _Words, reply: Reply) -> dict[int, str]:
        """The reason of each refused line. Who wrote several shall not tell one requester another's."""
        refused = [no for no, verdict in reply.items.items() if verdict == "reject"]
        whole = _ALL.sub("", reply.reason)
        cuts = [self._pieces(tied, words, cut) for cut in _CUTS] if len(refused) > 1 else []
        fitting = [
            pieces for pieces in cuts
            if {no: verdict for piece in pieces for no, verdict in piece.items.items()} == dict(reply.items)
        ]  # fmt: skip
        apart = {
            no: _ALL.sub("", piece.reason)
            for piece in max(fitting, key=len, default=[])
            for no in piece.items
        }
        return {no: apart.get(no, whole) for no in refused}

    def _pieces(self, tied: Mail, words: _Words, cut: re.Pattern[str]) -> list[Reply]:
        """The text cut where a new verdict begins, each piece read by itself."""
        found: list[tuple[str, Reply]] = []
        for piece in filter(str.strip, cut.split(words.text)):
            alone = self._reply(tied, replace(words, text=piece, answers=()))
            if alone.items or not found:
                found.append((piece, alone))
            else:
                longer = f"{found[-1][0]}\n{piece}"
                found[-1] = (longer, self._reply(tied, replace(words, text=longer, answers=())))
        return [reply for _text, reply in found]


def _numbered(text: str, numbers: Mapping[str, int]) -> str:
    return _REF.sub(lambda match: _line_of(match.group(), numbers), text)


def _line_of(written: str, numbers: Mapping[str, int]) -> str:
    (ref,) = refs_in(written)
    return f"item {numbers[ref]}" if ref in numbers else written


def _counts(text: str) -> bool:
    """Does a number stand here, in digits or in words?"""
    return any(char.isdecimal() for char in text) or any(
        word in CARDINALS or word in ORDINALS for word in _WORD.findall(text.casefold())
    )


def _speaks_of_parts(text: str) -> bool:
    """Could a number here be that of an item within a line?"""
    plain = re.sub(r"\bno\.", "no ", _REF.sub(" ", text), flags=re.IGNORECASE)
    numbers = list(_NUMBER.finditer(plain))
    gaps = [plain[one.end() : other.start()] for one, other in pairwise(numbers)]
    ordinal = bool(numbers) and any(word in ORDINALS for word in _WORD.findall(plain.casefold()))
    return ordinal or bool(_PARTS.search(plain)) or not all(map(_BETWEEN.search, gaps))
