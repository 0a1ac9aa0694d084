"""What an answer to a list of requests says of each line; in doubt, of none."""

import pytest

from pipeline.approval.digest_reading import Reader
from pipeline.mail.message import read_mail
from pipeline.mail.newtext import NewText

READER = Reader(
    {n: f"REQ-2026-000{n}" for n in range(1, 7)}, frozenset({1, 2}), "andi@contoh.example",
    "akses-it@contoh.example", accept_ok=False,
)  # fmt: skip


def mail(subject="Re: [Akses] 6 permintaan menunggu [AK1-0]", threaded="In-Reply-To: <d@contoh.example>\r\n"):
    return read_mail(
        f"From: Andi <andi@contoh.example>\r\nTo: akses-it@contoh.example\r\nSubject: {subject}\r\n{threaded}"
        "Message-ID: <m@contoh.example>\r\n\r\nx\r\n".encode()
    )  # fmt: skip


def read(text: str, **seen):
    return READER.read(mail(), NewText(text, **seen))


def lines(text: str) -> tuple[set[int], set[int]]:
    said = read(text).lines
    return {n for n in said if said[n] == "approve"}, {n for n in said if said[n] == "reject"}


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("SETUJU SEMUA", {1, 2, 3, 4, 5, 6}, set()),
        ("acc semua", {1, 2, 3, 4, 5, 6}, set()),
        ("Setuju semuanya. Terima kasih", {1, 2, 3, 4, 5, 6}, set()),
        ("Approve all", {1, 2, 3, 4, 5, 6}, set()),
        ("TOLAK SEMUA\nAlasan: ", set(), {1, 2, 3, 4, 5, 6}),
        ("SETUJU 1", {1}, set()),
        ("TOLAK 3\nAlasan: ", set(), {3}),
        ("setuju 1, 3 dan 5", {1, 3, 5}, set()),
        ("1-3 ok", {1, 2, 3}, set()),
        ("1 ya, 2 tidak", {1}, {2}),
        ("1. ok\n2. ok\n3. no", {1, 2}, {3}),
        ("setuju nomor 1 dan 3 di atas", {1, 3}, set()),
        ("tolak 2 dan 3, sisanya setuju", {1, 4, 5, 6}, {2, 3}),
        ("setuju 1-4, tolak 5 & 6 krn ganda", {1, 2, 3, 4}, {5, 6}),
        ("approve all except 2 and 4", {1, 3, 5, 6}, {2, 4}),
        ("REQ-2026-0003 tolak", set(), {3}),
        ("REQ 2026 0003 tolak", set(), {3}),
        ("Approve REQ-2026-0001, REQ-2026-0002 and REQ-2026-0004", {1, 2, 4}, set()),
        ("semua setuju kecuali REQ-2026-0005", {1, 2, 3, 4, 6}, {5}),
    ],
)
def test_numbers_requests_and_all_of_them_are_understood(text, yes, no):
    assert lines(text) == (yes, no)


@pytest.mark.parametrize(
    "text",
    [
        # Which of so many?
        "setuju", "tolak", "ok", "approve it", "setuju IT", "setuju IT, tolak Sales", "Setuju IT. Tolak 3",
        # Of a line, or an item in it?
        "setuju no 3 item 1", "setuju item pertama dari no 3", "setuju akses 1 di no 3",
        "setuju no 3 yang no 1 saja",
        "no 3, yang pertama saja disetujui", "REQ-2026-0003 setuju no 1", "REQ-2026-0003 setuju VPN saja",
        "REQ-2026-0003 hanya yang pertama", "setuju 1 (VPN saja)", "setuju 3.1",
        # Names, other requests, other numbers, conditions, questions.
        "setuju Finance", "REQ-2026-0009 setuju", "setuju 7", "setuju 1 asal VPN dihapus",
        "belum bisa saya setujui",
        "Mohon dijelaskan dulu nomor 3, yang lain setuju", "",
    ],
)  # fmt: skip
def test_what_leaves_open_which_lines_or_how_much_of_them_decides_nothing(text):
    assert (read(text).decision, read(text).lines) == ("unclear", {})


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("2 tolak karena Budi resign\n3 tolak karena terlalu luas", {2: "Budi resign", 3: "terlalu luas"}),
        ("TOLAK 1 alasan: Budi resign, TOLAK 3 alasan: terlalu luas", {1: "Budi resign", 3: "terlalu luas"}),
        ("1 setuju, 2 tolak karena resign, 3 tolak karena luas", {2: "resign", 3: "luas"}),
        (
            "TOLAK 1\nAlasan: kuota habis\n\nTOLAK 3\nAlasan: tidak perlu",
            {1: "kuota habis", 3: "tidak perlu"},
        ),
        ("tolak 2 dan 3 karena dana habis", {2: "dana habis", 3: "dana habis"}),
        ("TOLAK SEMUA\nAlasan: belum dianggarkan", dict.fromkeys(range(1, 7), "belum dianggarkan")),
        ("TOLAK 3\nAlasan: ", {3: ""}),
    ],
)
def test_each_refused_line_keeps_its_own_reason(text, reasons):
    assert dict(read(text).reasons) == reasons


def test_below_quoted_lines_only_a_line_of_one_item_is_decided():
    one = (("1. REQ-2026-0001", "setuju"), ("2. REQ-2026-0002", "tolak karena ganda"))
    assert read("", answers=one).lines == {1: "approve", 2: "reject"}
    for several in (
        (("3. REQ-2026-0003", "setuju"), ("4. REQ-2026-0004", "setuju")),
        (("1. REQ-2026-0001", "setuju"), ("1 Desember 2026, tanpa batas akhir", "setuju")),
        (("1. REQ-2026-0001", "setuju"), ("* Putri Lestari: VPN", "setuju")),
    ):
        assert not read("", answers=several).lines


def test_a_subject_that_names_a_request_or_decides_something_is_in_doubt():
    for subject, threaded in (("Re: [REQ-2026-0003] x", ""), ("TOLAK SEMUA [AK1-0]", "")):
        assert not READER.read(mail(subject, threaded), NewText("SETUJU SEMUA")).lines
    assert READER.read(mail("Daftar kemarin [AK1-0]", ""), NewText("SETUJU SEMUA")).lines


def test_robots_and_forwarded_messages_approve_nothing():
    assert read("SETUJU SEMUA", automatic="auto_reply").decision == "auto_reply"
    assert not read("SETUJU SEMUA", forwarded=True).lines
    assert not read("SETUJU SEMUA", conflict=True, conflict_why="struck out").lines


def test_a_request_that_stands_in_two_lines_is_meant_by_their_numbers_only():
    twice = Reader(
        {1: "REQ-2026-0001", 2: "REQ-2026-0001", 3: "REQ-2026-0002"}, frozenset({1, 2, 3}),
        READER.approver, READER.portal, accept_ok=False,
    )  # fmt: skip
    assert not twice.read(mail(), NewText("REQ-2026-0001 setuju")).lines
    assert twice.read(mail(), NewText("setuju 1")).lines == {1: "approve"}


def test_a_list_of_one_line_needs_no_number():
    alone = Reader({1: "REQ-2026-0001"}, frozenset({1}), READER.approver, READER.portal, accept_ok=False)
    assert alone.read(mail(), NewText("SETUJU")).lines == {1: "approve"}
