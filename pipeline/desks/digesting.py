"""Answers to a digest, line by line. The mail has passed the gates of the desk for answers; here each line
passes those of its own request, as if it had been answered by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.approval.digest_reading import ListReply, Reader, Verdict
from pipeline.approval.replies import Reply
from pipeline.approval.routes import answerable
from pipeline.desks.absence import note_automatic
from pipeline.desks.deciding import record_decision
from pipeline.desks.listing import Digest, Listed, Question, digest_facts, why_apart, why_left
from pipeline.desks.setting_aside import set_aside
from pipeline.letters.digest import DigestVerdict, Left
from pipeline.mail.newtext import NewText
from pipeline.model import Asked, Case, Letter, Mail, PipelineError, Sender
from pipeline.turn import Outcome, Turn

#: What IT is told of, in this order of weight: the first always, the others where no line is his to decide.
_TOLD = ("late-refusal", "not-the-approver", "self-approval")
_ALARMS: dict[Left, str] = {"not_yours": "not-the-approver", "gains": "self-approval"}
#: Left to the approval mail itself, which shows all of it or asks for a reason.
_APART = frozenset({"reason", "many"})


@dataclass(frozen=True)
class _Done:
    """What came of one line. `alarm`: the reason why IT is told, or ""."""

    shown: DigestVerdict
    alarm: str = ""


def decide_digest(turn: Turn, mail: Mail, sender: Sender, digest: Digest, text: NewText) -> Outcome:
    """Record what the answer decides, line by line; what no longer stands is told, and not decided."""
    if turn.directory.person(sender.address) is None:
        return set_aside(turn, mail, sender, "not-the-approver")
    reply = _read(turn, mail, digest, text)
    if reply.decision in {"auto_reply", "bounce", "receipt"}:
        note_automatic(turn, mail, sender, reply.decision)
        return Outcome("ignored", reply.decision.replace("_", "-"))
    verdicts: dict[int, str] = dict(reply.lines)
    if not verdicts:
        open_ = _open_lines(turn, digest)
        if open_:
            return _ask_back(turn, mail, digest, open_, text.text, reply.why)
        # Nothing is left to ask about: he is told of each line what became of it.
        verdicts = {line.no: "" for line in digest.lines}
    done = [_decide(turn, mail, sender, digest, line, verdicts[line.no], reply)
            for line in digest.lines if line.no in verdicts]  # fmt: skip
    return _close(turn, mail, sender, digest, done)


def _read(turn: Turn, mail: Mail, digest: Digest, text: NewText) -> ListReply:
    reader = Reader(
        {line.no: line.ref for line in digest.lines},
        frozenset(line.no for line in digest.lines if len(line.items) == 1),
        digest.approver, turn.office.config.portal.address, turn.office.config.approval.accept_ok,
    )  # fmt: skip
    return reader.read(mail, text)


def _look_up(turn: Turn, line: Listed) -> tuple[Case, Asked]:
    case = turn.case(line.ref)
    asked = next((a for a in case.asked if a.code == line.code), None) if case else None
    if case is None or asked is None:
        raise PipelineError(f"{line.ref} does not have what a digest lists of it.", "Run `run.py verify`.")
    return case, asked


def _why_left(turn: Turn, digest: Digest, line: Listed, case: Case, asked: Asked) -> Left:
    return why_left(turn, case, asked, line) or ("expired" if turn.now > digest.expires else "")


def _open_lines(turn: Turn, digest: Digest) -> dict[int, Question]:
    """The lines that can still be answered with this digest."""
    found = {}
    for line in digest.lines:
        case, asked = _look_up(turn, line)
        if not _why_left(turn, digest, line, case, asked):
            found[line.no] = Question(case, asked, answerable(case, asked))
    return found


def _decide(
    turn: Turn, mail: Mail, sender: Sender, digest: Digest, line: Listed, verdict: str, reply: ListReply
) -> _Done:
    """One line, looked up anew: an answer to the line before may have changed it."""
    case, asked = _look_up(turn, line)
    reason = reply.reasons.get(line.no, "")
    shown = DigestVerdict(
        no=line.no, ref=line.ref, requester=case.form.requester_name, count=len(line.items), verdict="",
        department=case.form.requester_department, left="", reason="", next_step=False,
    )  # fmt: skip
    left = _why_left(turn, digest, line, case, asked)
    if left:
        turn.record("reply_late", line.ref, "akses", {"code": line.code, "mail_sha256": mail.sha256})
        alarm = _ALARMS.get(left, "")
        if verdict == "reject" and _was_granted(case, asked, line):
            alarm = "late-refusal"
        return _Done(replace(shown, left=left), alarm)
    apart = why_apart(case, asked) if verdict == "approve" else ""
    if apart:
        turn.record("reply_unclear", line.ref, "akses", {
            "code": line.code, "why": f"not by digest: {apart}", "mail_sha256": mail.sha256,
        })  # fmt: skip
        return _Done(replace(shown, left=apart))
    said: Verdict = "approve" if verdict == "approve" else "reject"
    record_decision(
        turn, mail, sender, case, asked,
        Reply(said, dict.fromkeys(line.items, said), reason, reply.why, line.ref), through=digest.code,
    )  # fmt: skip
    after = turn.case(line.ref) or case
    waits = any(i.status == "requested" and i.item.no in line.items for i in after.items)
    return _Done(replace(shown, verdict=said, reason=reason, next_step=waits))


def _was_granted(case: Case, asked: Asked, line: Listed) -> bool:
    """Did this approver or his deputy approve items of this line, so that IT may be at work on them?"""
    deciders = {asked.approver, asked.handed_to}
    granted = (item for item in case.items if item.status in {"approved", "provisioned"})
    return any(item.item.no in line.items and item.decided_by in deciders for item in granted)


def _close(turn: Turn, mail: Mail, sender: Sender, digest: Digest, done: Sequence[_Done]) -> Outcome:
    """One confirmation for all lines, and how the mail ends."""
    recorded = any(one.shown.verdict for one in done)
    outsider = not recorded and {one.shown.left for one in done} <= set(_ALARMS)
    if not outsider:
        _confirm(turn, mail, digest, tuple(one.shown for one in done), recorded)
    told = _TOLD if outsider else _TOLD[:1]
    alarm = next((reason for reason in told if any(one.alarm == reason for one in done)), "")
    if alarm:
        # Its subject names no request, and IT must know which.
        refs = ", ".join(one.shown.ref for one in done if one.alarm == alarm)
        aside = set_aside(turn, replace(mail, subject=f"[{refs}] {mail.subject}"), sender, alarm)
        if not recorded:
            return aside
    ref = done[0].shown.ref if len(done) == 1 else ""
    if recorded:
        return Outcome("processed", "decision", ref)
    late = any(one.shown.left not in _APART for one in done)
    return Outcome("processed", "late-answer" if late else "unclear-answer", ref)


def _confirm(
    turn: Turn, mail: Mail, digest: Digest, verdicts: tuple[DigestVerdict, ...], recorded: bool
) -> None:
    """Each recorded answer is confirmed; what is too late is told once, and not at every copy of the mail."""
    which = mail.sha256[:32] if recorded else "-".join(str(one.no) for one in verdicts)
    turn.write(Letter(
        key=f"digest_recorded/{digest.number}/{which}", kind="digest_recorded",
        to=(digest.approver,), language=turn.language_of(digest.approver), in_reply_to=mail.message_id,
        references=(digest.message_id, mail.message_id),
        facts={"number": digest.number, "verdicts": verdicts, "recorded": recorded},
    ))  # fmt: skip


def _ask_back(
    turn: Turn, mail: Mail, digest: Digest, lines: dict[int, Question], text: str, why: str
) -> Outcome:
    """An unclear answer is asked back once, with the lines that are still open under their old numbers."""
    turn.record("reply_unclear", "", "akses", {"code": digest.code, "why": why, "mail_sha256": mail.sha256})
    turn.write(Letter(
        key=f"digest_unclear/{digest.number}", kind="digest_unclear", to=(digest.approver,),
        token=digest.code, language=turn.language_of(digest.approver), in_reply_to=mail.message_id,
        references=(digest.message_id, mail.message_id),
        facts=digest_facts(turn, digest, lines) | {"quoted": text[:500], "why": why},
    ))  # fmt: skip
    return Outcome("processed", "unclear-answer")
