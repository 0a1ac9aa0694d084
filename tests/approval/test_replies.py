"""What is read from an answer: every line of the table, and the gates in front of it."""

import json

import pytest

from pipeline.approval.contract import contract_line, known_from_json
from pipeline.approval.replies import KnownRequest, Reply, read_reply
from pipeline.mail.message import read_mail
from pipeline.mail.newtext import NewText, new_text
from tests.approval.reply_table import APPROVER, LETTER, PORTAL, REF, Line, known, lines, mail, read, wrong
from tests.mail import answers


def judge(new: NewText, accept_ok: bool = False, **changes: object) -> Reply:
    """What is read from a mail with this new text; `changes` are made to the mail."""
    return read_reply(
        mail(**changes), new, (known("C"),), approver=APPROVER, portal=PORTAL, accept_ok=accept_ok
    )


@pytest.mark.parametrize("line", list(lines()), ids=lambda line: f"{line.number}")
def test_each_sentence_of_the_table_is_read_as_the_office_means_it(line: Line) -> None:
    reply = read(line.sentence, line.request)
    assert not wrong(line, reply), (line.sentence, reply)


def test_the_table_is_large_enough_to_mean_something() -> None:
    table = list(lines())
    assert len(table) >= 500
    assert sum("approve" not in line.decisions for line in table) >= len(table) / 3


def test_the_record_says_which_words_decided() -> None:
    assert read("Saya tidak setuju, kuota habis").why == 'refuses: "tidak setuju"'
    assert "asalkan" in read("Setuju asalkan dibatasi").why


def test_a_lone_ok_approves_only_where_the_company_says_so() -> None:
    assert read("Ok").decision == "unclear"
    assert read("Ok", accept_ok=True).decision == "approve"
    assert read("Ok, kalau CFO setuju", accept_ok=True).decision == "unclear"


def test_an_item_that_is_not_mentioned_stays_open() -> None:
    reply = read("Setuju 1 dan 3")
    assert (reply.decision, dict(reply.items)) == ("partial", {1: "approve", 3: "approve"})


@pytest.mark.parametrize("kind", ["auto_reply", "bounce", "receipt"])
def test_automatic_mail_decides_nothing(kind: str) -> None:
    reply = judge(NewText("Setuju", automatic=kind))  # type: ignore[arg-type]
    assert (reply.decision, reply.items) == (kind, {})


def test_a_calendar_answer_is_no_answer_to_a_request() -> None:
    assert judge(NewText("Setuju", automatic="calendar")).decision == "not_a_reply"


@pytest.mark.parametrize(
    "from_",
    [
        ("Ratna Wibowo <ratna.wibowo@sentosa-abadi.co>",),
        ("ratna.wibowo@sentosa-abadi.example <ratna@evil.example>",),
        (f"Ratna Wibowo <{APPROVER}>", "Lain <lain@evil.example>"),
        (f"{APPROVER}, lain@evil.example",),
        (f"<{PORTAL}>",),
        (),
        ("",),
    ],
)
def test_nobody_else_approves(from_: tuple[str, ...]) -> None:
    reply = judge(NewText("Setuju"), from_=from_)
    assert (reply.decision, reply.items) == ("unclear", {})


def test_a_mail_about_nothing_we_asked_is_no_answer() -> None:
    strange = {
        "in_reply_to": (),
        "references": (),
        "subject": "Penawaran harga",
        "from_": ("s@toko.example",),
    }
    assert judge(NewText("Our products are approved"), **strange).decision == "not_a_reply"


def test_the_number_in_the_subject_ties_a_mail_whose_thread_was_lost() -> None:
    assert judge(NewText("Setuju"), in_reply_to=(), references=()).decision == "approve"


def test_two_requests_in_one_mail_are_asked_back() -> None:
    other = KnownRequest("REQ-2026-0043", ("<ask-0043@sentosa-abadi.example>",), {1: "VPN"})
    reply = read_reply(
        mail(subject="Re: [REQ-2026-0043]"),
        NewText("Setuju"),
        (known("C"), other),
        approver=APPROVER,
        portal=PORTAL,
        accept_ok=False,
    )
    assert reply.decision == "unclear"


def test_a_text_that_exists_twice_and_differs_is_asked_back() -> None:
    assert judge(NewText("Setuju", conflict=True, conflict_why="differs")).decision == "unclear"


def test_a_forwarded_message_approves_nothing() -> None:
    assert judge(NewText("Setuju", forwarded=True)).items == {}


def test_no_words_of_ones_own_are_unclear() -> None:
    assert judge(NewText("", quoted=True)).decision == "unclear"


def test_an_answer_under_an_item_decides_that_item() -> None:
    new = NewText(
        "",
        (
            ("> 1. Accurate Online", "Setuju"),
            ("> 2. VPN", "Tidak, kuota habis"),
            ("> 3. Folder bersama", "ok"),
        ),
    )
    reply = judge(new)
    assert dict(reply.items) == {1: "approve", 2: "reject", 3: "approve"}
    assert "kuota habis" in reply.reason


def test_an_unclear_answer_under_an_item_leaves_only_that_item_open() -> None:
    new = NewText(
        "", (("> 1. Accurate Online", "Setuju"), ("> 2. VPN", "kalau CFO setuju"), ("> 3. Folder", "Tolak"))
    )
    assert dict(judge(new).items) == {1: "approve", 3: "reject"}


def test_an_answer_under_a_line_whose_number_and_name_disagree_is_asked_back() -> None:
    assert judge(NewText("", (("> 1. VPN", "Setuju"), ("> 2. VPN", "Tolak")))).items == {}


def test_see_below_leaves_the_verdict_to_the_answers_below() -> None:
    new = NewText("Jawaban saya di bawah.", (("> 1. Accurate Online", "Setuju"), ("> 2. VPN", "Tolak")))
    assert dict(judge(new).items) == {1: "approve", 2: "reject"}


def test_one_word_below_a_whole_list_is_asked_back() -> None:
    assert judge(NewText("", (("> 3. Folder bersama", "Setuju"),))).items == {}


@pytest.mark.parametrize("program", answers.PROGRAMS, ids=lambda program: program.name)
@pytest.mark.parametrize(
    ("typed", "decision", "reason"),
    [
        ("Setuju, terima kasih.", "approve", ""),
        ("Ditolak, kuota VPN habis.", "reject", "kuota VPN habis."),
        ("Setuju 1 dan 3, tolak 2 karena sudah ada", "partial", "sudah ada"),
        ("Belum, saya tanya dulu ke CFO.", "unclear", ""),
    ],
)
def test_every_mail_program_is_understood(
    program: answers.Program, typed: str, decision: str, reason: str
) -> None:
    requests = (KnownRequest(answers.REF, (answers.LETTER,), answers.ITEMS),)
    read_ = read_mail(answers.answer(program, typed))
    reply = read_reply(
        read_, new_text(read_), requests, approver=answers.APPROVER, portal=answers.PORTAL, accept_ok=False
    )
    assert (reply.decision, reply.reason) == (decision, reason)


META = {
    "approver": APPROVER.upper(),
    "portal": PORTAL,
    "requests": {
        REF: {"subject": "S", "message_id": LETTER, "requester": "r@x.example", "items": {"1": "VPN"}}
    },
}


@pytest.mark.parametrize("data", [META, {"meta": META, "labels": []}])
def test_the_known_requests_are_read_with_or_without_the_labels_around(data: dict[str, object]) -> None:
    approver, portal, requests = known_from_json(json.loads(json.dumps(data)))
    assert (approver, portal) == (APPROVER, PORTAL)
    assert requests == (KnownRequest(REF, (LETTER,), {1: "VPN"}, "S", "r@x.example"),)


def test_a_line_of_the_contract_names_items_as_text() -> None:
    line = contract_line("m.eml", Reply("partial", {2: "reject", 1: "approve"}, "penuh"))
    assert line == {
        "file": "m.eml",
        "decision": "partial",
        "items": {"1": "approve", "2": "reject"},
        "reason": "penuh",
    }


@pytest.mark.parametrize(
    ("subject", "text", "decision"),
    [
        (f"SETUJU {REF}", "", "approve"),
        (f"TOLAK {REF}", "belum ada anggaran", "reject"),
        (f"SETUJU {REF}", "kecuali VPN", "partial"),
        (f"SETUJU {REF}", "kalau sudah ttd", "unclear"),
        (f"TOLAK {REF}", "Setuju", "unclear"),
        (f"SETUJU {REF}", "Tolak", "unclear"),
        (f"Setuju? {REF}", "", "unclear"),
        (f"Re: SETUJU {REF}", "", "unclear"),
        (f"[{REF}] Persetujuan permintaan akses", "", "unclear"),
    ],
)
def test_a_new_mail_whose_subject_gives_the_verdict(subject: str, text: str, decision: str) -> None:
    reply = judge(NewText(text), subject=subject, in_reply_to=(), references=())
    assert reply.decision == decision
    assert decision != "reject" or reply.reason == "belum ada anggaran"


def test_the_subject_of_an_answer_is_ours_and_says_nothing() -> None:
    assert judge(NewText(""), subject=f"SETUJU {REF}").decision == "unclear"
