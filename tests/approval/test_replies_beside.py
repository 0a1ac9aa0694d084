"""What stands beside a clear approval: courtesies change nothing of it, near misses of them always do."""

import csv
from pathlib import Path

import pytest

from tests.approval.reply_table import read

NEIGHBOURS = Path(__file__).resolve().parent.parent / "specimens" / "replies" / "neighbours.tsv"


def _sentences(expected: str) -> list[tuple[str, str]]:
    """(request, sentence) of the lines that expect this."""
    with NEIGHBOURS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            (row["request"], row["sentence"].replace("\\n", "\n"))
            for row in rows
            if row["expected"] == expected
        ]


APPROVED, ASKED, NEVER = (_sentences(expected) for expected in ("approve", "asked", "never"))
COURTESIES = (
    "Maaf baru balas, tadi rapat seharian. {}", "{} Terima kasih ya.", "Semoga sehat selalu. {} Salam.",
    "{} Kalau sudah selesai tolong kabari Bu Rina ya.", "{} Bila ada kendala, hubungi Pak Yanto.",
    "Thanks for chasing me on this. {}", "{} Have a great weekend!", "{} Jangan lupa update register.",
)  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(APPROVED) >= 350
    assert len(NEVER) >= 400


@pytest.mark.parametrize(("request_", "sentence"), APPROVED)
def test_a_courtesy_beside_an_approval_takes_nothing_back(request_: str, sentence: str) -> None:
    assert read(sentence, request_).decision == "approve"


@pytest.mark.parametrize(("request_", "sentence"), ASKED)
def test_what_is_not_understood_is_never_a_refusal(request_: str, sentence: str) -> None:
    """These approve, and are asked back: the price of believing no strange word."""
    assert "reject" not in read(sentence, request_).items.values()


@pytest.mark.parametrize(("request_", "sentence"), NEVER)
def test_a_near_miss_of_a_courtesy_is_never_an_approval(request_: str, sentence: str) -> None:
    assert "approve" not in read(sentence, request_).items.values()


@pytest.mark.parametrize("courtesy", COURTESIES)
def test_a_courtesy_carries_no_near_miss_through(courtesy: str) -> None:
    told = [courtesy.format(sentence) for _request, sentence in NEVER]
    assert [sentence for sentence in told if "approve" in read(sentence).items.values()] == []


def test_a_person_to_be_told_is_no_item() -> None:
    """ "Setuju. Tolong kabari Bu Putri ya" approved only what Putri asked for."""
    reply = read("Setuju. Tolong kabari Bu Putri ya.", "N")
    assert reply.decision == "approve"


def test_the_number_of_the_request_itself_is_no_other_and_no_refusal() -> None:
    assert read("Permintaan no. REQ-2026-0042 disetujui.").decision == "approve"
    assert read("Permintaan no. REQ-2026-0099 disetujui.").decision == "unclear"


def test_a_denied_refusal_alone_approves_nothing() -> None:
    assert read("saya tidak menolak").decision == "unclear"
    assert read("saya tidak menolak, saya setuju semua item").decision == "approve"


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("1: yes, approved\n2: no, rejected\n3: yes, approved", "ara"),
        ("satu dan dua ditolak, tiga disetujui", "rra"),
        ("Dua yang pertama setuju, yang ketiga tolak.", "aar"),
        ("Yang pertama setuju, dua terakhir tolak.", "arr"),
        ("VPN ditolak, yang lain disetujui. VPN pakai punya kantor.", "ara"),
    ],
)
def test_verdicts_side_by_side(sentence: str, items: str) -> None:
    votes = {"a": "approve", "r": "reject"}
    assert read(sentence).items == {n: votes[vote] for n, vote in enumerate(items, 1)}


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("No, declined. Use the shared mailbox instead.", "Use the shared mailbox instead."),
        ("Tidak. Saya tolak semua item. Lisensi habis.", "Lisensi habis."),
        ("Nope, rejecting this one. Too broad.", "Too broad."),
        ("gw tolak ye, si Fajar kan udeh ada akses", "si Fajar kan udeh ada akses"),
        ("Saya tidak menyetujui permintaan ini, internet dibatasi.", "internet dibatasi."),
        ("Saya TOLAK.\nAlasan: pemisahan tugas, yang input kas tidak boleh yang approve kas.",
         "pemisahan tugas, yang input kas tidak boleh yang approve kas."),
        ("Unfortunately I must reject it because the server is being relocated.",
         "the server is being relocated."),
        ("tolak semuanya", ""),
    ],
)  # fmt: skip
def test_a_reason_is_told_once_and_without_debris(sentence: str, reason: str) -> None:
    reply = read(sentence)
    assert (reply.decision, reply.reason) == ("reject", reason)
